/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-import.h"

/* A store of its own in a folder of its own. */
typedef struct
{
  char *folder;
  StoreDatabase *database;
} ExchangeFixture;

void               exchange_fixture_set_up    (ExchangeFixture   *fixture,
                                               gconstpointer      data);
void               exchange_fixture_tear_down (ExchangeFixture   *fixture,
                                               gconstpointer      data);
gint64             exchange_fixture_count     (ExchangeFixture   *fixture,
                                               const char        *sql);
char              *exchange_fixture_get_text  (ExchangeFixture   *fixture,
                                               const char        *sql);
gboolean           exchange_fixture_delete    (ExchangeFixture   *fixture,
                                               const StoreKind   *kind,
                                               const StoreId     *id);
StoreImportReport *exchange_fixture_import    (ExchangeFixture   *fixture,
                                               const char        *text,
                                               const char        *kind,
                                               const char *const *rules,
                                               gboolean           rehearse);
StoreImportReport *exchange_fixture_import_file (ExchangeFixture *fixture,
                                               const char        *name,
                                               gboolean           rehearse);
void               exchange_assert_counts     (StoreImportReport *report,
                                               guint64            taken,
                                               guint64            updated,
                                               guint64            unchanged,
                                               guint64            refused);
