/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which method would have known what customers bought last. The baskets of each customer's last day
 * are held back, offers are made of the rest, and what counts is whether the baskets held back have
 * any of the offers. Only what was new to the customer, and known from others, can be found. */

#include "config.h"

#include "store-recommend-private.h"

#define BLOCKS 64

typedef struct
{
  StoreRecommendMethod method;
  const StoreSimilarItems *similar;
  const StoreBaskets *before;
  const StoreBaskets *after;
  guint k;
  guint tested[BLOCKS];
  guint hit[BLOCKS];
  guint found[BLOCKS];
  double recall[BLOCKS];
} Trial;

static gboolean
holds (const guint32 *items,
       guint          n,
       guint32        item)
{
  guint low = 0;

  while (low < n)
    {
      guint middle = low + (n - low) / 2;

      if (items[middle] == item)
        return TRUE;
      if (items[middle] < item)
        low = middle + 1;
      else
        n = middle;
    }
  return FALSE;
}

static void
try_customer (Trial *self,
              guint  block,
              guint  customer)
{
  guint n_owned;
  const guint32 *owned = store_baskets_get_items (self->before, customer, &n_owned);
  guint n_bought;
  const guint32 *bought = store_baskets_get_items (self->after, customer, &n_bought);
  g_autoptr (GArray) offers = NULL;
  guint n_new = 0;
  guint n_found = 0;

  for (guint i = 0; i < n_bought; i++)
    n_new += store_similar_items_get_count (self->similar, bought[i]) > 0 &&
             !holds (owned, n_owned, bought[i]);
  if (n_owned == 0 || n_new == 0)
    return;
  if (self->method == STORE_RECOMMEND_POPULAR)
    offers = store_similar_items_list_popular (self->similar, owned, n_owned, self->k);
  else
    offers = store_similar_items_recommend (self->similar, owned, n_owned, self->k);
  for (guint i = 0; i < offers->len; i++)
    n_found += holds (bought, n_bought, g_array_index (offers, StoreSimilarItem, i).item);

  self->tested[block]++;
  self->hit[block] += n_found > 0;
  self->found[block] += n_found;
  self->recall[block] += (double) n_found / n_new;
}

static void
try_block (guint    block,
           gpointer data)
{
  Trial *self = data;
  guint n = store_baskets_get_n (self->before);
  guint end = (guint64) (block + 1) * n / BLOCKS;

  for (guint customer = (guint64) block * n / BLOCKS; customer < end; customer++)
    try_customer (self, block, customer);
}

/**
 * store_recommend_try:
 * @trial: its method is tried, the rest is filled
 * @similar: similarities in @before
 * @before: what each customer had
 * @after: what each customer, by the same number, bought then
 * @k: how many offers each is made
 * @cancellable: (nullable): to stop
 * @error: %G_IO_ERROR_CANCELLED
 *
 * Returns: whether the trial came to its end
 */
gboolean
store_recommend_try (StoreRecommendTrial      *trial,
                     const StoreSimilarItems  *similar,
                     const StoreBaskets       *before,
                     const StoreBaskets       *after,
                     guint                     k,
                     GCancellable             *cancellable,
                     GError                  **error)
{
  Trial self = { .method = trial->method, .similar = similar, .before = before, .after = after,
                 .k = k };
  guint hit = 0;
  guint found = 0;
  double recall = 0.0;

  trial->n_tested = 0;
  if (!store_parallel_run (BLOCKS, try_block, &self, cancellable, error))
    return FALSE;
  for (guint block = 0; block < BLOCKS; block++)
    {
      trial->n_tested += self.tested[block];
      hit += self.hit[block];
      found += self.found[block];
      recall += self.recall[block];
    }
  trial->hit_rate = trial->n_tested > 0 ? (double) hit / trial->n_tested : 0.0;
  trial->recall = trial->n_tested > 0 ? recall / trial->n_tested : 0.0;
  trial->precision = trial->n_tested > 0 ? (double) found / ((double) k * trial->n_tested) : 0.0;
  return TRUE;
}

/* The last day of each customer who has an earlier one, if it is after @since, else
 * %STORE_BASKETS_NO_DAY. */
static gint32 *
find_last_days (const StoreBaskets            *baskets,
                const StoreRecommendCustomers *customers,
                gint32                         since)
{
  g_autofree gint32 *first = g_new (gint32, (gsize) customers->n_all + 1);
  gint32 *last = g_new (gint32, (gsize) customers->n_all + 1);

  for (guint i = 0; i < customers->n_all; i++)
    {
      first[i] = G_MAXINT32;
      last[i] = STORE_BASKETS_NO_DAY;
    }
  for (guint basket = 0; basket < store_baskets_get_n (baskets); basket++)
    {
      guint32 customer = customers->groups[basket];
      gint32 day = store_baskets_get_day (baskets, basket);

      if (day == STORE_BASKETS_NO_DAY)
        continue;
      first[customer] = MIN (first[customer], day);
      last[customer] = MAX (last[customer], day);
    }
  for (guint i = 0; i < customers->n_all; i++)
    if (first[i] >= last[i] || last[i] <= since)
      last[i] = STORE_BASKETS_NO_DAY;
  return last;
}

/* What each customer had before their last day, and what they bought on it. */
void
store_recommend_hold_back (const StoreBaskets             *baskets,
                           const StoreRecommendCustomers  *customers,
                           gint32                          since,
                           StoreBaskets                  **before,
                           StoreBaskets                  **after)
{
  guint n = store_baskets_get_n (baskets);
  g_autofree gint32 *last = find_last_days (baskets, customers, since);
  g_autofree guint32 *early = g_new (guint32, (gsize) n + 1);
  g_autofree guint32 *late = g_new (guint32, (gsize) n + 1);

  for (guint basket = 0; basket < n; basket++)
    {
      guint32 customer = customers->groups[basket];
      gboolean held = last[customer] != STORE_BASKETS_NO_DAY &&
                      store_baskets_get_day (baskets, basket) == last[customer];

      early[basket] = held ? STORE_BASKETS_LEFT_OUT : customer;
      late[basket] = held ? customer : STORE_BASKETS_LEFT_OUT;
    }
  *before = store_baskets_new_grouped (baskets, early, customers->n_all);
  *after = store_baskets_new_grouped (baskets, late, customers->n_all);
}

/* The best first; of equal ones the first tried, the naive one last. */
void
store_recommend_put_trial (StoreRecommend            *self,
                           const StoreRecommendTrial *trial)
{
  guint at = self->n_trials++;

  for (; at > 0 && self->trials[at - 1].hit_rate < trial->hit_rate; at--)
    self->trials[at] = self->trials[at - 1];
  self->trials[at] = *trial;
}

static void
report (const StoreRecommend *self,
        guint                 done)
{
  if (self->options.progress != NULL)
    self->options.progress ((double) done / (STORE_RECOMMEND_N_METHODS + 1),
                            self->options.progress_data);
}

gboolean
store_recommend_try_all (StoreRecommend                 *self,
                         const StoreBaskets             *baskets,
                         const StoreRecommendCustomers  *customers,
                         GCancellable                   *cancellable,
                         GError                        **error)
{
  g_autoptr (StoreBaskets) before = NULL;
  g_autoptr (StoreBaskets) after = NULL;

  store_recommend_hold_back (baskets, customers, STORE_BASKETS_NO_DAY, &before, &after);
  for (guint method = STORE_RECOMMEND_COSINE; method < STORE_RECOMMEND_N_METHODS; method++)
    {
      StoreRecommendTrial trial = { .method = method };
      g_autoptr (StoreSimilarItems) similar =
        store_recommend_find_similar (&self->options, method, before, cancellable, error);

      if (similar == NULL || !store_recommend_try (&trial, similar, before, after, self->options.k,
                                                   cancellable, error))
        return FALSE;
      store_recommend_put_trial (self, &trial);
      report (self, method);
    }
  return TRUE;
}
