/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "store-baskets.h"

G_BEGIN_DECLS

#define STORE_ITEM_SETS_LARGEST 10

/**
 * StoreItemSet:
 * @n: number of items
 * @count: baskets that hold all of them
 * @items: the items, ascending
 */
typedef struct
{
  guint n;
  guint count;
  guint32 items[STORE_ITEM_SETS_LARGEST];
} StoreItemSet;

/* Megabytes that a search may use beside the baskets themselves. */
#define STORE_ITEM_SETS_BUDGET 256

/**
 * StoreItemSetsMethod:
 * @STORE_ITEM_SETS_ECLAT: by the baskets of each item
 * @STORE_ITEM_SETS_APRIORI: level by level, counting candidates in the baskets
 * @STORE_ITEM_SETS_FP_GROWTH: by a tree of the baskets
 *
 * Three ways to the same sets.
 */
typedef enum
{
  STORE_ITEM_SETS_ECLAT,
  STORE_ITEM_SETS_APRIORI,
  STORE_ITEM_SETS_FP_GROWTH,
} StoreItemSetsMethod;

/**
 * StoreItemSets:
 * @n_baskets: number of baskets
 * @min_count: baskets that a set must be in
 * @sets: (element-type StoreItemSet): the sets, by size and then by their items
 */
typedef struct
{
  guint n_baskets;
  guint min_count;
  GArray *sets;
} StoreItemSets;

StoreItemSets      *store_item_sets_new       (const StoreBaskets    *baskets,
                                               double                 support,
                                               guint                  largest,
                                               StoreItemSetsMethod    method,
                                               guint                  budget,
                                               GCancellable          *cancellable,
                                               GError               **error);
void                store_item_sets_free      (StoreItemSets         *self);
guint               store_item_sets_get_n     (const StoreItemSets   *self);
const StoreItemSet *store_item_sets_get       (const StoreItemSets   *self,
                                               guint                  which);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreItemSets, store_item_sets_free)

G_END_DECLS
