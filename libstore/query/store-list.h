/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-query.h"
#include "store-row.h"

G_BEGIN_DECLS

#define STORE_TYPE_LIST (store_list_get_type ())
G_DECLARE_FINAL_TYPE (StoreList, store_list, STORE, LIST, GObject)

/* A live GListModel of StoreRow over a query: the sorted row numbers in memory (8 bytes each),
 * records loaded by the page on a reader thread; follows the store's changes and emits the changed
 * middle only. An item not loaded yet is an StoreRow without record that notifies "record" later. */
StoreList  *store_list_new       (StoreDatabase *database,
                                  StoreQuery    *query);
void        store_list_set_query (StoreList     *self,
                                  StoreQuery    *query);
StoreQuery *store_list_get_query (StoreList     *self);
/* Property "loading": the ids are being read. Property "n-items": how many. */
gboolean    store_list_is_loading (StoreList    *self);
GError     *store_list_get_error (StoreList     *self);
/* Position of a record, or -1. */
gint        store_list_find      (StoreList     *self,
                                  const StoreId *id);

G_END_DECLS
