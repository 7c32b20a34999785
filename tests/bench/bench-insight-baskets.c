/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "basket-data.h"
#include "bench-insight.h"
#include "store-item-sets.h"
#include "store-similar-items.h"

#define N_SIMILAR 10

/* arules is not in Debian 12: its times are those of the reference answers. */
static const struct
{
  const char *name;
  const char *folder;
  const char *file;
  double support;
  BenchPeer peer;
} sets[] = {
  { "Groceries", "basket", "groceries.csv", 0.001, { "arules 1.7.13, Apriori", 0.022 } },
  { "Online Retail", "retail", "online_retail.csv", 0.003, { "arules 1.7.13, Apriori", 0.126 } },
  { "T10I4D100K", "basket", "T10I4D100K.dat", 0.002, { "arules 1.7.13, Apriori", 0.688 } },
};

static const char *const methods[] = { "Eclat", "Apriori", "FP-growth" };

typedef struct
{
  const StoreBaskets *baskets;
  double support;
  StoreItemSetsMethod method;
  guint n_found;
} Search;

static void
find_sets (gpointer data)
{
  Search *self = data;
  g_autoptr (StoreItemSets) found =
    store_item_sets_new (self->baskets, self->support, 10, self->method, STORE_ITEM_SETS_BUDGET,
                         NULL, NULL);

  self->n_found = store_item_sets_get_n (found);
}

static void
find_similar (gpointer data)
{
  Search *self = data;
  StoreSimilarOptions options = STORE_SIMILAR_OPTIONS_INIT;
  g_autoptr (StoreSimilarItems) similar =
    store_similar_items_new (self->baskets, &options, NULL, NULL);

  self->n_found = 0;
  for (guint32 item = 0; item < store_baskets_get_n_items (self->baskets); item++)
    {
      g_autoptr (GArray) found = store_similar_items_find (similar, item, N_SIMILAR);

      self->n_found += found->len;
    }
}

static StoreBaskets *
load (guint which)
{
  g_autofree char *path = bench_find_data (sets[which].folder, sets[which].file);

  if (path == NULL)
    return NULL;
  switch (which)
    {
    case 0:
      return basket_data_load_groceries ();
    case 1:
      return basket_data_load_retail (NULL, FALSE);
    default:
      return basket_data_load_t10 ();
    }
}

static void
bench_sets (guint which)
{
  g_autoptr (StoreBaskets) baskets = load (which);

  if (baskets == NULL)
    {
      bench_skip (sets[which].name);
      return;
    }
  for (guint method = STORE_ITEM_SETS_ECLAT; method <= STORE_ITEM_SETS_FP_GROWTH; method++)
    {
      Search search = { baskets, sets[which].support, method, 0 };
      g_autofree char *what = g_strdup_printf ("%s, %s at %g", methods[method], sets[which].name,
                                               sets[which].support);
      double seconds = bench_measure (find_sets, &search, 5);
      g_autofree char *figure = g_strdup_printf ("%u sets", search.n_found);

      bench_tell ("item-sets", what, seconds, figure, &sets[which].peer);
    }
}

void
bench_baskets (void)
{
  g_autoptr (StoreBaskets) retail = load (1);
  Search search = { .baskets = retail };

  for (guint which = 0; which < G_N_ELEMENTS (sets); which++)
    bench_sets (which);
  if (retail == NULL)
    return;
  bench_tell ("cosine", "item cosine, 10 nearest of all, Online Retail",
              bench_measure (find_similar, &search, 3), NULL, NULL);
}

/* Pairs of a basket and an item. */
void
bench_baskets_write (const char *folder)
{
  g_autoptr (StoreBaskets) retail = load (1);
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (double));

  if (retail == NULL)
    return;
  for (guint basket = 0; basket < store_baskets_get_n (retail); basket++)
    {
      guint n;
      const guint32 *items = store_baskets_get_items (retail, basket, &n);

      for (guint i = 0; i < n; i++)
        {
          double pair[2] = { basket, items[i] };

          g_array_append_vals (pairs, pair, 2);
        }
    }
  bench_write_numbers (folder, "pairs.f64", (const double *) (gpointer) pairs->data, pairs->len);
}
