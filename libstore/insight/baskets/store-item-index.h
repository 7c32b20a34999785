/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-item-sets.h"

G_BEGIN_DECLS

/**
 * StoreItemIndex:
 *
 * Finds a set of items among others, in constant time. The sets must outlive it and stay as they
 * are. Once made it is only read, so it may be used on several threads at once.
 */
typedef struct _StoreItemIndex StoreItemIndex;

StoreItemIndex *store_item_index_new  (const GArray         *sets);
void            store_item_index_free (StoreItemIndex       *self);
gboolean        store_item_index_find (const StoreItemIndex *self,
                                       const guint32        *items,
                                       guint                 n,
                                       guint                *which);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreItemIndex, store_item_index_free)

G_END_DECLS
