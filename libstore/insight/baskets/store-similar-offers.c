/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What to offer to one customer: each item that the customer does not have is scored by the sum of
 * its similarities to those that the customer has, over lists of the most similar items (Deshpande
 * and Karypis, "Item-based top-N recommendation algorithms", 2004). */

#include "config.h"

#include "store-similar-items.h"

static double *
sum_scores (const StoreSimilarItems *self,
            const guint32           *owned,
            guint                    n_owned)
{
  guint n_items = store_similar_items_get_n (self);
  double *scores = g_new0 (double, (gsize) n_items + 1);

  for (guint i = 0; i < n_owned; i++)
    {
      guint n;
      const StoreSimilarItem *row = store_similar_items_get_offered (self, owned[i], &n);

      for (guint j = 0; j < n; j++)
        scores[row[j].item] += row[j].score;
    }
  return scores;
}

static guint8 *
mark_owned (const StoreSimilarItems *self,
            const guint32           *owned,
            guint                    n_owned)
{
  guint n_items = store_similar_items_get_n (self);
  guint8 *has = g_new0 (guint8, (gsize) n_items + 1);

  for (guint i = 0; i < n_owned; i++)
    if (owned[i] < n_items)
      has[owned[i]] = TRUE;
  return has;
}

/**
 * store_similar_items_recommend:
 * @self: similarities
 * @owned: numbers of the items that the customer has, ascending
 * @n_owned: how many
 * @n: how many to return at most
 *
 * Returns: (transfer full) (element-type StoreSimilarItem): items that the customer does not have,
 *   best first
 */
GArray *
store_similar_items_recommend (const StoreSimilarItems *self,
                               const guint32           *owned,
                               guint                    n_owned,
                               guint                    n)
{
  GArray *best = g_array_new (FALSE, FALSE, sizeof (StoreSimilarItem));
  g_autofree guint8 *has = mark_owned (self, owned, n_owned);
  g_autofree double *scores = sum_scores (self, owned, n_owned);
  guint n_items = store_similar_items_get_n (self);

  for (guint32 item = 0; item < n_items; item++)
    if (!has[item] && scores[item] > 0.0)
      store_similar_item_put_best (best, n, (StoreSimilarItem) { item, 0, scores[item] });
  return best;
}

/**
 * store_similar_items_list_popular:
 * @self: similarities
 * @owned: numbers of the items that the customer has
 * @n_owned: how many
 * @n: how many to return at most
 *
 * Returns: (transfer full) (element-type StoreSimilarItem): what most have and the customer has
 *   not, the score being how many have it
 */
GArray *
store_similar_items_list_popular (const StoreSimilarItems *self,
                                  const guint32           *owned,
                                  guint                    n_owned,
                                  guint                    n)
{
  GArray *best = g_array_new (FALSE, FALSE, sizeof (StoreSimilarItem));
  g_autofree guint8 *has = mark_owned (self, owned, n_owned);
  guint n_items = store_similar_items_get_n (self);

  for (guint32 item = 0; item < n_items; item++)
    if (!has[item] && store_similar_items_get_count (self, item) > 0)
      store_similar_item_put_best (
        best, n, (StoreSimilarItem) { item, 0, store_similar_items_get_count (self, item) });
  return best;
}

/**
 * store_similar_items_find_reason:
 * @self: similarities
 * @offered: an item
 * @owned: numbers of the items that the customer has
 * @n_owned: how many
 * @because: (out): which of them is most like it
 *
 * Returns: whether any of them is like it
 */
gboolean
store_similar_items_find_reason (const StoreSimilarItems *self,
                                 guint32                  offered,
                                 const guint32           *owned,
                                 guint                    n_owned,
                                 StoreSimilarItem        *because)
{
  *because = (StoreSimilarItem) { 0, 0, 0.0 };
  for (guint i = 0; i < n_owned; i++)
    {
      guint n;
      const StoreSimilarItem *row = store_similar_items_get_offered (self, owned[i], &n);

      for (guint j = 0; j < n && row[j].item <= offered; j++)
        if (row[j].item == offered && row[j].score > because->score)
          *because = (StoreSimilarItem) { owned[i], row[j].shared, row[j].score };
    }
  return because->shared > 0;
}
