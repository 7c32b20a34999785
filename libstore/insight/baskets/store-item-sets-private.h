/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-item-sets.h"

G_BEGIN_DECLS

/* One search: what it looks for, and where what it found is put. */
typedef struct
{
  const StoreBaskets *baskets;
  guint min_count;
  guint largest;
  guint budget;
  GCancellable *cancellable;
  GArray *sets;
  gboolean full;
} StoreItemSearch;

gboolean store_item_search_put       (StoreItemSearch *self,
                                      const guint32   *items,
                                      guint            n,
                                      guint            count);
void     store_item_search_eclat     (StoreItemSearch *self);
void     store_item_search_apriori   (StoreItemSearch *self);
void     store_item_search_fp_growth (StoreItemSearch *self);

G_END_DECLS
