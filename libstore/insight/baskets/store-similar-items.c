/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What to offer next: items are alike when the same customers (or baskets) hold them (Linden, Smith
 * and York, "Item-to-item collaborative filtering", 2003). Few shared baskets prove little, so a
 * similarity may be shrunk by shared / (shared + shrinkage). A recommendation sums the similarities
 * to all items that the customer has. Nothing is kept for all pairs: the baskets that hold an item
 * are walked when it is asked for. Ties go to the lower number, that is the earlier name. */

#include "config.h"

#include <math.h>

#include "store-similar-items.h"

struct _StoreSimilarItems
{
  const StoreBaskets *baskets;
  StoreSimilarity similarity;
  double shrinkage;
  guint *shared;
  double *scores;
};

/**
 * store_similar_items_new:
 * @baskets: closed baskets; they must outlive this
 * @similarity: what alike means
 * @shrinkage: how many shared baskets are needed for half of the similarity, 0 for none
 *
 * Returns: (transfer full): a place to look items up
 */
StoreSimilarItems *
store_similar_items_new (const StoreBaskets *baskets,
                         StoreSimilarity     similarity,
                         double              shrinkage)
{
  StoreSimilarItems *self;

  g_return_val_if_fail (baskets != NULL, NULL);
  g_return_val_if_fail (isfinite (shrinkage) && shrinkage >= 0.0, NULL);

  self = g_new0 (StoreSimilarItems, 1);
  self->baskets = baskets;
  self->similarity = similarity;
  self->shrinkage = shrinkage;
  self->shared = g_new0 (guint, store_baskets_get_n_items (baskets) + 1);
  self->scores = g_new0 (double, store_baskets_get_n_items (baskets) + 1);
  return self;
}

void
store_similar_items_free (StoreSimilarItems *self)
{
  if (self == NULL)
    return;
  g_free (self->shared);
  g_free (self->scores);
  g_free (self);
}

static void
count_shared (StoreSimilarItems *self,
              guint32            item)
{
  guint n_holders;
  const guint32 *holders = store_baskets_get_holders (self->baskets, item, &n_holders);
  guint n_items = store_baskets_get_n_items (self->baskets);

  for (guint other = 0; other < n_items; other++)
    self->shared[other] = 0;
  for (guint i = 0; i < n_holders; i++)
    {
      guint n;
      const guint32 *items = store_baskets_get_items (self->baskets, holders[i], &n);

      for (guint j = 0; j < n; j++)
        self->shared[items[j]]++;
    }
}

static double
find_score (const StoreSimilarItems *self,
            guint32                  item,
            guint32                  other)
{
  double shared = self->shared[other];
  guint n_item;
  guint n_other;
  double score;

  if (shared <= 0.0)
    return 0.0;
  store_baskets_get_holders (self->baskets, item, &n_item);
  store_baskets_get_holders (self->baskets, other, &n_other);
  if (self->similarity == STORE_SIMILARITY_JACCARD)
    score = shared / (n_item + n_other - shared);
  else
    score = shared / sqrt ((double) n_item * n_other);
  return score * shared / (shared + self->shrinkage);
}

static int
compare_similar (gconstpointer a,
                 gconstpointer b)
{
  const StoreSimilarItem *left = a;
  const StoreSimilarItem *right = b;

  if (left->score != right->score)
    return left->score > right->score ? -1 : 1;
  return (left->item > right->item) - (left->item < right->item);
}

static GArray *
keep_best (GArray *found,
           guint   n)
{
  g_array_sort (found, compare_similar);
  if (found->len > n)
    g_array_set_size (found, n);
  return found;
}

/**
 * store_similar_items_find:
 * @self: a place to look up
 * @item: number of an item
 * @n: how many to return at most
 *
 * Returns: (transfer full) (element-type StoreSimilarItem): the items most like it, best first
 */
GArray *
store_similar_items_find (StoreSimilarItems *self,
                          guint32            item,
                          guint              n)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (StoreSimilarItem));
  guint n_items = store_baskets_get_n_items (self->baskets);

  g_return_val_if_fail (item < n_items, found);

  count_shared (self, item);
  for (guint32 other = 0; other < n_items; other++)
    {
      StoreSimilarItem similar = { other, find_score (self, item, other), self->shared[other] };

      if (other != item && similar.score > 0.0)
        g_array_append_val (found, similar);
    }
  return keep_best (found, n);
}

/**
 * store_similar_items_recommend:
 * @self: a place to look up
 * @owned: numbers of the items that the customer has, ascending
 * @n_owned: how many
 * @n: how many to return at most
 *
 * Returns: (transfer full) (element-type StoreSimilarItem): items that the customer does not have,
 *   best first
 */
GArray *
store_similar_items_recommend (StoreSimilarItems *self,
                               const guint32     *owned,
                               guint              n_owned,
                               guint              n)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (StoreSimilarItem));
  guint n_items = store_baskets_get_n_items (self->baskets);
  guint at = 0;

  for (guint32 other = 0; other < n_items; other++)
    self->scores[other] = 0.0;
  for (guint i = 0; i < n_owned; i++)
    {
      g_return_val_if_fail (owned[i] < n_items, found);
      count_shared (self, owned[i]);
      for (guint32 other = 0; other < n_items; other++)
        self->scores[other] += find_score (self, owned[i], other);
    }

  for (guint32 other = 0; other < n_items; other++)
    {
      StoreSimilarItem similar = { other, self->scores[other], 0 };

      if (at < n_owned && owned[at] == other)
        at++;
      else if (similar.score > 0.0)
        g_array_append_val (found, similar);
    }
  return keep_best (found, n);
}
