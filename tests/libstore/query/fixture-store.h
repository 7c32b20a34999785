/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-database.h"

/* A store in a folder of its own, made for one test. */
typedef struct
{
  char *folder;
  char *path;
  StoreDatabase *database;
} StoreFixture;

void         store_fixture_set_up    (StoreFixture  *fixture,
                                      gconstpointer  data);
void         store_fixture_tear_down (StoreFixture  *fixture,
                                      gconstpointer  data);
/* A record of @kind with the fields and raw texts that follow, ended by NULL, saved. */
StoreRecord *store_fixture_add       (StoreFixture  *fixture,
                                      const char    *kind,
                                      ...) G_GNUC_NULL_TERMINATED;
void         store_fixture_set       (StoreFixture  *fixture,
                                      StoreRecord   *record,
                                      const char    *field,
                                      const char    *text);
void         store_fixture_delete    (StoreFixture  *fixture,
                                      StoreRecord   *record);
void         store_fixture_restore   (StoreFixture  *fixture,
                                      StoreRecord   *record);
char        *store_fixture_dup_id    (StoreRecord   *record);
