/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-row.h"

G_BEGIN_DECLS

/**
 * StoreRowCache:
 *
 * The rows of a list that somebody holds, so that a record is one row only, and the ones looked at
 * last, which are kept. Main thread.
 */
typedef struct _StoreRowCache StoreRowCache;

StoreRowCache *store_row_cache_new     (guint           most_kept);
void           store_row_cache_free    (StoreRowCache  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreRowCache, store_row_cache_free)

StoreRow      *store_row_cache_find    (StoreRowCache  *self,
                                        gint64          number);
StoreRow      *store_row_cache_touch   (StoreRowCache  *self,
                                        gint64          number);
void           store_row_cache_clear   (StoreRowCache  *self);
void           store_row_cache_foreach (StoreRowCache  *self,
                                        GFunc           func,
                                        gpointer        data);
guint          store_row_cache_get_size (StoreRowCache *self);

G_END_DECLS
