/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "basket-data.h"
#include "shared-data.h"
#include "store-recommend.h"

#define SPLIT "2011-10-31"

/* What each customer of Online Retail bought up to the day before @before, or from @from on. */
static StoreBaskets *
group_by_customer (const StoreBaskets *baskets,
                   gint32              from,
                   gint32              before)
{
  guint n = store_baskets_get_n (baskets);
  g_autofree guint32 *groups = g_new (guint32, n);

  for (guint basket = 0; basket < n; basket++)
    {
      gint32 day = store_baskets_get_day (baskets, basket);

      groups[basket] = day >= from && day < before ? store_baskets_get_customer (baskets, basket)
                                                   : STORE_BASKETS_LEFT_OUT;
    }
  return store_baskets_new_grouped (baskets, groups, store_baskets_get_n_customers (baskets));
}

static StoreSimilarItems *
find_similar (const StoreBaskets *baskets,
              StoreSimilarity     similarity,
              double              shrinkage,
              guint               n_neighbours)
{
  StoreSimilarOptions options = { similarity, shrinkage, n_neighbours, TRUE };

  return store_similar_items_new (baskets, &options, NULL, NULL);
}

static void
compare_with_reference (const StoreBaskets *baskets,
                        JsonNode           *reference,
                        StoreSimilarity     similarity,
                        const char         *name)
{
  g_autoptr (StoreSimilarItems) similar = find_similar (baskets, similarity, 0.0, 0);
  JsonObject *members = json_object_get_object_member (json_node_get_object (reference), name);
  g_autoptr (GList) items = json_object_get_members (members);

  for (GList *l = items; l != NULL; l = l->next)
    {
      JsonArray *neighbours = json_object_get_array_member (members, l->data);
      g_autoptr (GArray) found = NULL;
      guint32 item;

      g_assert_true (store_baskets_find_item (baskets, l->data, &item));
      found = store_similar_items_find (similar, item, json_array_get_length (neighbours));
      for (guint i = 0; i < json_array_get_length (neighbours); i++)
        {
          JsonArray *pair = json_array_get_array_element (neighbours, i);
          const StoreSimilarItem *got = &g_array_index (found, StoreSimilarItem, i);
          g_autofree char *got_name = store_baskets_dup_item (baskets, got->item);

          g_assert_cmpstr (got_name, ==, json_array_get_string_element (pair, 0));
          assert_close (got->score, json_array_get_double_element (pair, 1), 1e-12);
        }
    }
}

static guint
count_known (const StoreBaskets *baskets,
             gboolean            items)
{
  guint n = items ? store_baskets_get_n_items (baskets) : store_baskets_get_n (baskets);
  guint n_known = 0;

  for (guint i = 0; i < n; i++)
    {
      guint n_row;

      if (items)
        store_baskets_get_holders (baskets, i, &n_row);
      else
        store_baskets_get_items (baskets, i, &n_row);
      n_known += n_row > 0;
    }
  return n_known;
}

static void
test_online_retail_is_exact (void)
{
  g_autoptr (StoreBaskets) invoices = basket_data_load_retail (NULL, TRUE);
  g_autoptr (JsonNode) reference = shared_reference_load ("itemcf_open.json");
  g_autoptr (StoreBaskets) baskets = NULL;

  if (invoices == NULL || reference == NULL)
    return;
  baskets = group_by_customer (invoices, G_MININT32, day_of (SPLIT));
  g_assert_cmpuint (count_known (baskets, FALSE), ==, 2784);
  g_assert_cmpuint (count_known (baskets, TRUE), ==, 3509);
  compare_with_reference (baskets, reference, STORE_SIMILARITY_COSINE, "cosine");
  compare_with_reference (baskets, reference, STORE_SIMILARITY_JACCARD, "jaccard");
}

static void
test_hit_rates_are_exact (void)
{
  static const struct
  {
    const char *name;
    StoreRecommendMethod method;
    guint n_neighbours;
  } rows[] = {
    { "popularity", STORE_RECOMMEND_POPULAR, 1 },
    { "item_cosine_sum", STORE_RECOMMEND_COSINE, 0 },
    { "item_jaccard_sum", STORE_RECOMMEND_JACCARD, 0 },
    { "item_cosine_top50", STORE_RECOMMEND_COSINE, 50 },
  };
  g_autoptr (StoreBaskets) invoices = basket_data_load_retail (NULL, TRUE);
  g_autoptr (JsonNode) reference = shared_reference_load ("itemcf_open.json");
  g_autoptr (StoreBaskets) before = NULL;
  g_autoptr (StoreBaskets) after = NULL;

  if (invoices == NULL || reference == NULL)
    return;
  before = group_by_customer (invoices, G_MININT32, day_of (SPLIT));
  after = group_by_customer (invoices, day_of (SPLIT), G_MAXINT32);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      StoreSimilarity similarity = rows[i].method == STORE_RECOMMEND_JACCARD
                                     ? STORE_SIMILARITY_JACCARD
                                     : STORE_SIMILARITY_COSINE;
      g_autoptr (StoreSimilarItems) similar = find_similar (before, similarity, 0.0,
                                                            rows[i].n_neighbours);
      g_autofree char *users = g_strdup_printf ("eval/%s/users", rows[i].name);
      g_autofree char *hit = g_strdup_printf ("eval/%s/hit_at_10", rows[i].name);
      g_autofree char *recall = g_strdup_printf ("eval/%s/recall_at_10", rows[i].name);
      g_autofree char *precision = g_strdup_printf ("eval/%s/precision_at_10", rows[i].name);
      StoreRecommendTrial trial = { .method = rows[i].method };

      g_assert_true (store_recommend_try (&trial, similar, before, after, 10, NULL, NULL));
      g_test_message ("%s: %u, %.4f", rows[i].name, trial.n_tested, trial.hit_rate);
      g_assert_cmpfloat (trial.n_tested, ==, shared_reference_get (reference, users));
      assert_close (trial.hit_rate, shared_reference_get (reference, hit), 1e-12);
      /* Which of equally similar items is the fiftieth is open. */
      assert_close (trial.recall, shared_reference_get (reference, recall),
                    rows[i].n_neighbours == 50 ? 1e-4 : 1e-12);
      assert_close (trial.precision, shared_reference_get (reference, precision),
                    rows[i].n_neighbours == 50 ? 1e-3 : 1e-12);
    }
}

static StoreBaskets *
make_baskets (void)
{
  static const char *const lines[][2] = {
    { "1", "bread" }, { "1", "butter" }, { "2", "bread" }, { "2", "butter" }, { "3", "bread" },
    { "3", "jam" }, { "4", "salt" }, { "4", "soap" }, { "5", "bread" }, { "5", "butter" },
  };
  StoreBaskets *baskets = store_baskets_new ();

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    store_baskets_add (baskets, lines[i][0], lines[i][1]);
  store_baskets_finish (baskets);
  return baskets;
}

static void
test_what_is_owned_is_not_offered (void)
{
  g_autoptr (StoreBaskets) baskets = make_baskets ();
  g_autoptr (StoreSimilarItems) similar = find_similar (baskets, STORE_SIMILARITY_COSINE, 0.0, 0);
  g_autoptr (GArray) offers = NULL;
  g_autofree char *best = NULL;
  guint32 owned;

  g_assert_true (store_baskets_find_item (baskets, "bread", &owned));
  offers = store_similar_items_recommend (similar, &owned, 1, 10);
  g_assert_cmpuint (offers->len, ==, 2);
  best = store_baskets_dup_item (baskets, g_array_index (offers, StoreSimilarItem, 0).item);
  g_assert_cmpstr (best, ==, "butter");
}

/* Soap and salt were bought together once, and never alone: a chance, not a law. */
static void
test_one_shared_basket_proves_little (void)
{
  g_autoptr (StoreBaskets) baskets = make_baskets ();
  g_autoptr (StoreSimilarItems) plain = find_similar (baskets, STORE_SIMILARITY_COSINE, 0.0, 0);
  g_autoptr (StoreSimilarItems) shrunk = find_similar (baskets, STORE_SIMILARITY_COSINE, 3.0, 0);
  g_autoptr (GArray) with = NULL;
  g_autoptr (GArray) without = NULL;
  guint32 soap;

  g_assert_true (store_baskets_find_item (baskets, "soap", &soap));
  without = store_similar_items_find (plain, soap, 1);
  with = store_similar_items_find (shrunk, soap, 1);
  g_assert_cmpfloat (g_array_index (without, StoreSimilarItem, 0).score, ==, 1.0);
  g_assert_cmpfloat (g_array_index (with, StoreSimilarItem, 0).score, ==, 0.25);
}

static void
test_unknown_item_is_not_found (void)
{
  g_autoptr (StoreBaskets) baskets = make_baskets ();
  guint32 item;

  g_assert_false (store_baskets_find_item (baskets, "caviar", &item));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/similar-items/online-retail-is-exact", test_online_retail_is_exact);
  g_test_add_func ("/similar-items/hit-rates-are-exact", test_hit_rates_are_exact);
  g_test_add_func ("/similar-items/what-is-owned-is-not-offered",
                   test_what_is_owned_is_not_offered);
  g_test_add_func ("/similar-items/one-shared-basket-proves-little",
                   test_one_shared_basket_proves_little);
  g_test_add_func ("/similar-items/unknown-item-is-not-found", test_unknown_item_is_not_found);
  return g_test_run ();
}
