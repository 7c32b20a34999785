/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "shared-data.h"
#include "store-similar-items.h"

/* What each customer of Online Retail has bought by 2011-10-30. */
static StoreBaskets *
load_online_retail (void)
{
  g_autofree char *path = shared_data_find ("retail/online_retail.csv");
  g_autofree char *contents = NULL;
  StoreBaskets *baskets;
  char *rest;
  char *line;

  if (path == NULL || !g_file_get_contents (path, &contents, NULL, NULL))
    return NULL;
  baskets = store_baskets_new ();
  rest = contents;
  line_next (&rest);
  while ((line = line_next (&rest)) != NULL)
    {
      g_auto (GStrv) cells = g_strsplit (line, ",", -1);
      guint n = g_strv_length (cells);

      if (n >= 8 && cells[0][0] != 'C' && *cells[n - 2] != '\0' && atof (cells[n - 5]) > 0.0 &&
          atof (cells[n - 3]) > 0.0 && strncmp (cells[n - 4], "2011-10-31", 10) < 0)
        store_baskets_add (baskets, cells[n - 2], cells[1]);
    }
  store_baskets_finish (baskets);
  return baskets;
}

static void
compare_with_reference (const StoreBaskets *baskets,
                        JsonNode           *reference,
                        StoreSimilarity     similarity,
                        const char         *name)
{
  g_autoptr (StoreSimilarItems) similar = store_similar_items_new (baskets, similarity, 0.0);
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

static void
test_online_retail_is_exact (void)
{
  g_autoptr (StoreBaskets) baskets = load_online_retail ();
  g_autoptr (JsonNode) reference = shared_reference_load ("itemcf_open.json");

  if (baskets == NULL || reference == NULL)
    return;
  g_assert_cmpuint (store_baskets_get_n (baskets), ==, 2784);
  g_assert_cmpuint (store_baskets_get_n_items (baskets), ==, 3509);
  compare_with_reference (baskets, reference, STORE_SIMILARITY_COSINE, "cosine");
  compare_with_reference (baskets, reference, STORE_SIMILARITY_JACCARD, "jaccard");
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
  g_autoptr (StoreSimilarItems) similar = store_similar_items_new (baskets, STORE_SIMILARITY_COSINE,
                                                                   0.0);
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
  g_autoptr (StoreSimilarItems) plain = store_similar_items_new (baskets, STORE_SIMILARITY_COSINE,
                                                                 0.0);
  g_autoptr (StoreSimilarItems) shrunk = store_similar_items_new (baskets, STORE_SIMILARITY_COSINE,
                                                                  3.0);
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
  g_test_add_func ("/similar-items/what-is-owned-is-not-offered",
                   test_what_is_owned_is_not_offered);
  g_test_add_func ("/similar-items/one-shared-basket-proves-little", test_one_shared_basket_proves_little);
  g_test_add_func ("/similar-items/unknown-item-is-not-found", test_unknown_item_is_not_found);
  return g_test_run ();
}
