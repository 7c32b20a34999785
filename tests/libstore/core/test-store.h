/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-clash.h"
#include "store-database-private.h"
#include "store-history.h"
#include "store-log.h"

/* A store in a folder of its own, for tests; gone with test_store_free(). */
typedef struct
{
  char *folder;
  char *path;
  StoreDatabase *database;
  gint64 now;
} TestStore;

TestStore   *test_store_new       (void);
void         test_store_free      (TestStore     *self);
void         test_store_reopen    (TestStore     *self);
StoreRecord *test_store_add_party (TestStore     *self,
                                   const char    *name);
char        *test_store_set       (TestStore     *self,
                                   const char    *kind,
                                   const StoreId *id,
                                   const char    *field,
                                   const char    *text);
char        *test_store_get       (TestStore     *self,
                                   const char    *kind,
                                   const StoreId *id,
                                   const char    *field);
void         test_store_delete    (TestStore     *self,
                                   const char    *kind,
                                   const StoreId *id);
void         test_store_restore   (TestStore     *self,
                                   const char    *kind,
                                   const StoreId *id);
gboolean     test_store_is_trashed (TestStore    *self,
                                   const char    *kind,
                                   const StoreId *id);
void         test_store_pull      (TestStore     *self,
                                   TestStore     *from);
void         test_store_sync      (TestStore     *a,
                                   TestStore     *b);
char        *test_store_describe  (TestStore     *self);
guint        test_store_count_clashes (TestStore *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestStore, test_store_free)
