/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "store-baskets.h"

G_BEGIN_DECLS

/**
 * StoreSimilarity:
 * @STORE_SIMILARITY_COSINE: baskets with both over the root of the product of those with each
 * @STORE_SIMILARITY_JACCARD: baskets with both over those with either
 */
typedef enum
{
  STORE_SIMILARITY_COSINE,
  STORE_SIMILARITY_JACCARD,
} StoreSimilarity;

/**
 * StoreSimilarOptions:
 * @similarity: what alike means
 * @shrinkage: how many shared baskets are needed for half of the similarity, 0 for none
 * @n_neighbours: how many items each remembers as most like it, 0 for all
 * @of_owned: whether an offer counts by the neighbours of what the customer has (Linden, Smith and
 *   York), or what the customer has by the neighbours of the offer, which does not favour items
 *   that are bought with everything
 *
 * Start from %STORE_SIMILAR_OPTIONS_INIT.
 */
typedef struct
{
  StoreSimilarity similarity;
  double shrinkage;
  guint n_neighbours;
  gboolean of_owned;
} StoreSimilarOptions;

#define STORE_SIMILAR_OPTIONS_INIT { STORE_SIMILARITY_COSINE, 0.0, 50, FALSE }

/**
 * StoreSimilarItem:
 * @item: number of an item
 * @shared: baskets that hold both; for an offer, 0
 * @score: similarity, or the sum of several
 */
typedef struct
{
  guint32 item;
  guint32 shared;
  double score;
} StoreSimilarItem;

/**
 * StoreSimilarItems:
 *
 * Which items are bought by those who bought others. Made once, then only read, on any thread.
 */
typedef struct _StoreSimilarItems StoreSimilarItems;

StoreSimilarItems      *store_similar_items_new           (const StoreBaskets        *baskets,
                                                           const StoreSimilarOptions *options,
                                                           GCancellable              *cancellable,
                                                           GError                   **error);
StoreSimilarItems      *store_similar_items_new_from_rows (guint                      n_items,
                                                           const guint32             *counts,
                                                           const gsize               *ends,
                                                           const GArray              *rows,
                                                           const StoreSimilarOptions *options);
void                    store_similar_items_free          (StoreSimilarItems         *self);
guint                   store_similar_items_get_n         (const StoreSimilarItems   *self);
guint32                 store_similar_items_get_count     (const StoreSimilarItems   *self,
                                                           guint32                    item);
const StoreSimilarItem *store_similar_items_get_row       (const StoreSimilarItems   *self,
                                                           guint32                    item,
                                                           guint                     *n);
const StoreSimilarItem *store_similar_items_get_offered   (const StoreSimilarItems   *self,
                                                           guint32                    item,
                                                           guint                     *n);
GArray                 *store_similar_items_find          (const StoreSimilarItems   *self,
                                                           guint32                    item,
                                                           guint                      n);
GArray                 *store_similar_items_recommend     (const StoreSimilarItems   *self,
                                                           const guint32             *owned,
                                                           guint                      n_owned,
                                                           guint                      n);
GArray                 *store_similar_items_list_popular  (const StoreSimilarItems   *self,
                                                           const guint32             *owned,
                                                           guint                      n_owned,
                                                           guint                      n);
gboolean                store_similar_items_find_reason   (const StoreSimilarItems   *self,
                                                           guint32                    offered,
                                                           const guint32             *owned,
                                                           guint                      n_owned,
                                                           StoreSimilarItem          *because);

void                    store_similar_item_put_best       (GArray                    *best,
                                                           guint                      n,
                                                           StoreSimilarItem           offer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreSimilarItems, store_similar_items_free)

G_END_DECLS
