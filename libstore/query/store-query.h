/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-database.h"
#include "store-filter.h"

G_BEGIN_DECLS

#define STORE_TYPE_QUERY (store_query_get_type ())
G_DECLARE_FINAL_TYPE (StoreQuery, store_query, STORE, QUERY, GObject)

/* What to look for: a kind (or an alias such as "order"), a filter, words, an ordering, a limit.
 * Trashed records are left out unless asked for alone. A query is data: it may be shared between
 * threads once it is built. */
StoreQuery      *store_query_new         (const char      *kind_or_alias);
const StoreKind *store_query_get_kind    (StoreQuery      *self);
void             store_query_set_filter  (StoreQuery      *self,
                                          StoreFilter     *filter);
void             store_query_set_search  (StoreQuery      *self,
                                          const char      *words);
void             store_query_set_sort    (StoreQuery      *self,
                                          const char      *field,
                                          gboolean         descending);
void             store_query_set_limit   (StoreQuery      *self,
                                          guint            limit);
void             store_query_set_trashed (StoreQuery      *self,
                                          gboolean         only_trashed);
/* Records whose reference @field is @id: the timeline of one customer and the like. */
void             store_query_set_related (StoreQuery      *self,
                                          const char      *field,
                                          const StoreId   *id);

/* Blocking, on any thread that may block. */
GPtrArray       *store_query_run         (StoreQuery      *self,
                                          StoreDatabase   *database,
                                          GError         **error);
gboolean         store_query_count       (StoreQuery      *self,
                                          StoreDatabase   *database,
                                          guint           *count,
                                          GError         **error);
void             store_query_run_async   (StoreQuery      *self,
                                          StoreDatabase   *database,
                                          GCancellable    *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer         user_data);
GPtrArray       *store_query_run_finish  (StoreQuery      *self,
                                          GAsyncResult    *result,
                                          GError         **error);

G_END_DECLS
