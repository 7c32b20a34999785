/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "basket-data.h"
#include "shared-data.h"
#include "store-error.h"
#include "store-item-sets.h"
#include "store-wilson.h"

static void
assert_same_sets (const StoreItemSets *a,
                  const StoreItemSets *b)
{
  g_assert_cmpuint (store_item_sets_get_n (a), ==, store_item_sets_get_n (b));
  for (guint i = 0; i < store_item_sets_get_n (a); i++)
    {
      const StoreItemSet *left = store_item_sets_get (a, i);
      const StoreItemSet *right = store_item_sets_get (b, i);

      g_assert_cmpuint (left->count, ==, right->count);
      g_assert_cmpmem (left->items, left->n * sizeof (guint32), right->items,
                       right->n * sizeof (guint32));
    }
}

static void
compare_methods (const StoreBaskets *baskets,
                 double              support,
                 guint               largest,
                 guint               budget)
{
  g_autoptr (StoreItemSets) eclat = NULL;

  for (guint method = STORE_ITEM_SETS_ECLAT; method <= STORE_ITEM_SETS_FP_GROWTH; method++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (StoreItemSets) sets = store_item_sets_new (baskets, support, largest, method,
                                                            budget, NULL, &error);

      g_assert_no_error (error);
      if (eclat == NULL)
        eclat = g_steal_pointer (&sets);
      else
        assert_same_sets (eclat, sets);
    }
}

static void
test_three_methods_find_the_same_sets (void)
{
  g_autoptr (StoreBaskets) groceries = basket_data_load_groceries ();
  g_autoptr (StoreBaskets) retail = basket_data_load_retail (NULL, FALSE);
  g_autoptr (StoreBaskets) invented = basket_data_invent (503, 20, 1);

  compare_methods (invented, 0.002, 10, STORE_ITEM_SETS_BUDGET);
  compare_methods (invented, 0.02, 3, STORE_ITEM_SETS_BUDGET);
  compare_methods (invented, 0.02, 1, STORE_ITEM_SETS_BUDGET);
  compare_methods (invented, 1.0, 10, STORE_ITEM_SETS_BUDGET);
  if (groceries != NULL)
    compare_methods (groceries, 0.001, 10, STORE_ITEM_SETS_BUDGET);
  if (retail != NULL)
    compare_methods (retail, 0.005, 10, STORE_ITEM_SETS_BUDGET);
}

/* More items than a triangle of pairs may have in two megabytes. */
static void
test_pairs_need_no_table (void)
{
  g_autoptr (StoreBaskets) baskets = store_baskets_new ();

  for (guint i = 0; i < 700; i++)
    {
      g_autofree char *item = g_strdup_printf ("%u", i);

      for (guint j = 0; j < 2; j++)
        {
          g_autofree char *basket = g_strdup_printf ("%u", i / (3 + j));

          store_baskets_add (baskets, basket, item);
        }
    }
  store_baskets_finish (baskets);
  compare_methods (baskets, 1e-9, 3, 2);
}

static void
test_counts_agree_with_the_baskets (void)
{
  g_autoptr (StoreBaskets) baskets = basket_data_invent (200, 12, 1);
  g_autoptr (StoreItemSets) sets = store_item_sets_new (baskets, 0.02, 4, STORE_ITEM_SETS_ECLAT,
                                                        STORE_ITEM_SETS_BUDGET, NULL, NULL);

  for (guint s = 0; s < store_item_sets_get_n (sets); s++)
    {
      const StoreItemSet *set = store_item_sets_get (sets, s);
      guint count = 0;

      for (guint basket = 0; basket < 200; basket++)
        {
          guint n;
          const guint32 *items = store_baskets_get_items (baskets, basket, &n);
          guint found = 0;

          for (guint i = 0; i < n; i++)
            if (found < set->n && items[i] == set->items[found])
              found++;
          count += found == set->n;
        }
      g_assert_cmpuint (count, ==, set->count);
    }
}

static void
test_too_many_sets_are_refused (void)
{
  g_autoptr (StoreBaskets) baskets = basket_data_repeat (3, 20);

  for (guint method = STORE_ITEM_SETS_ECLAT; method <= STORE_ITEM_SETS_FP_GROWTH; method++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (store_item_sets_new (baskets, 0.5, 10, method, 2, NULL, &error));
      g_assert_error (error, STORE_ERROR, STORE_ERROR_FULL);
    }
}

static void
test_wilson_interval_says_something_at_the_ends (void)
{
  double low;
  double high;

  store_wilson_interval (50, 1000, &low, &high);
  assert_close (low, 0.03813007264328188, 1e-6);
  assert_close (high, 0.0653141360844696, 1e-6);
  store_wilson_interval (0, 3, &low, &high);
  g_assert_cmpfloat (low, ==, 0.0);
  g_assert_cmpfloat (high, >, 0.5);
  store_wilson_interval (0, 0, &low, &high);
  g_assert_cmpfloat (high, ==, 1.0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/item-sets/three-methods-find-the-same-sets",
                   test_three_methods_find_the_same_sets);
  g_test_add_func ("/item-sets/pairs-need-no-table", test_pairs_need_no_table);
  g_test_add_func ("/item-sets/counts-agree-with-the-baskets", test_counts_agree_with_the_baskets);
  g_test_add_func ("/item-sets/too-many-sets-are-refused", test_too_many_sets_are_refused);
  g_test_add_func ("/item-sets/wilson-interval-says-something-at-the-ends",
                   test_wilson_interval_says_something_at_the_ends);
  return g_test_run ();
}
