/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

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
 * StoreSimilarItem:
 * @item: number of an item
 * @score: similarity, or the sum of several
 * @shared: baskets that hold both; for a recommendation, 0
 */
typedef struct
{
  guint32 item;
  double score;
  guint shared;
} StoreSimilarItem;

/**
 * StoreSimilarItems:
 *
 * Looks up which items are bought by those who bought others. Keeps what it needs from one look to
 * the next; for use in one thread at a time.
 */
typedef struct _StoreSimilarItems StoreSimilarItems;

StoreSimilarItems *store_similar_items_new       (const StoreBaskets *baskets,
                                                  StoreSimilarity     similarity,
                                                  double              shrinkage);
void               store_similar_items_free      (StoreSimilarItems  *self);
GArray            *store_similar_items_find      (StoreSimilarItems  *self,
                                                  guint32             item,
                                                  guint               n);
GArray            *store_similar_items_recommend (StoreSimilarItems  *self,
                                                  const guint32      *owned,
                                                  guint               n_owned,
                                                  guint               n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreSimilarItems, store_similar_items_free)

G_END_DECLS
