/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-query.h"
#include "store-row.h"

G_BEGIN_DECLS

/**
 * StoreList:
 *
 * A live #GListModel of #StoreRow over a query. The row numbers are in memory, in order (8 bytes
 * each); records are loaded by the page on a reader thread when they are looked at. It follows the
 * changes of the store and tells the changed middle only. Properties: "database", "query",
 * "loading" (row numbers are being read), "n-items". Main thread; works without a display.
 */
#define STORE_TYPE_LIST (store_list_get_type ())
G_DECLARE_FINAL_TYPE (StoreList, store_list, STORE, LIST, GObject)

StoreList    *store_list_new        (StoreDatabase *database,
                                     StoreQuery    *query);
void          store_list_set_query  (StoreList     *self,
                                     StoreQuery    *query);
StoreQuery   *store_list_get_query  (StoreList     *self);
gboolean      store_list_is_loading (StoreList     *self);
const GError *store_list_get_error  (StoreList     *self);
gint          store_list_find       (StoreList     *self,
                                     const StoreId *id);

G_END_DECLS
