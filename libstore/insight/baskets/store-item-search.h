/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-item-sets.h"

G_BEGIN_DECLS

#define STORE_ITEM_SEARCH_RARE G_MAXUINT32

/**
 * StoreItemSearch:
 * @baskets: where to search
 * @n_baskets: how many there are
 * @min_count: baskets that a set must be in
 * @largest: items in a set at most
 * @cancellable: (nullable): to stop
 * @n: number of frequent items
 * @items: the frequent items, rarest first; places in it are called ranks
 * @ranks: the rank of each item, or %STORE_ITEM_SEARCH_RARE
 * @pairs: (nullable): baskets that hold two ranks, by store_item_search_get_pair()
 * @left: bytes that are left of the budget
 * @full: whether the budget did not do
 *
 * One search, as the three methods share it: what is frequent, and how much memory may be used.
 */
typedef struct
{
  const StoreBaskets *baskets;
  guint n_baskets;
  guint min_count;
  guint largest;
  GCancellable *cancellable;

  guint n;
  guint32 *items;
  guint32 *ranks;
  guint *pairs;
  gsize left;
  int full;
} StoreItemSearch;

gboolean       store_item_search_init        (StoreItemSearch       *self);
void           store_item_search_clear       (StoreItemSearch       *self);
gboolean       store_item_search_take        (StoreItemSearch       *self,
                                              gsize                  bytes);
gboolean       store_item_search_is_over     (StoreItemSearch       *self);
gboolean       store_item_search_put         (StoreItemSearch       *self,
                                              GArray                *sets,
                                              const guint32         *ranks,
                                              guint                  n,
                                              guint                  count);
const guint32 *store_item_search_get_holders (const StoreItemSearch *self,
                                              guint32                rank,
                                              guint                 *n);
guint64       *store_item_search_new_bits    (StoreItemSearch       *self,
                                              gsize                 *n_words);
GArray        *store_item_search_gather      (GArray               **parts,
                                              guint                  n_parts);

GArray        *store_item_search_eclat       (StoreItemSearch       *self);
GArray        *store_item_search_apriori     (StoreItemSearch       *self);
GArray        *store_item_search_fp_growth   (StoreItemSearch       *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StoreItemSearch, store_item_search_clear)

static inline gsize
store_item_search_get_place (guint low,
                             guint high)
{
  return (gsize) high * (high - 1) / 2 + low;
}

/* Whether the pair @low < @high may be frequent; without a table of pairs nobody knows. */
static inline gboolean
store_item_search_may_pair (const StoreItemSearch *self,
                            guint                  low,
                            guint                  high)
{
  return self->pairs == NULL ||
         self->pairs[store_item_search_get_place (low, high)] >= self->min_count;
}

static inline guint
store_item_search_get_bit (const guint64 *bits,
                           guint32        place)
{
  return bits[place >> 6] >> (place & 63) & 1;
}

G_END_DECLS
