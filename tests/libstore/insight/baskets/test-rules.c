/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include "shared-data.h"
#include "store-counter-random.h"
#include "store-error.h"
#include "store-rules.h"
#include "store-wilson.h"

static StoreBaskets *
load_groceries (void)
{
  g_autofree char *path = shared_data_find ("basket/groceries.csv");
  g_autofree char *contents = NULL;
  StoreBaskets *baskets;
  char *rest;
  char *line;

  if (path == NULL || !g_file_get_contents (path, &contents, NULL, NULL))
    return NULL;
  rest = contents;
  line_next (&rest);
  baskets = store_baskets_new ();
  while ((line = line_next (&rest)) != NULL)
    {
      char *comma = strchr (line, ',');

      *comma = '\0';
      store_baskets_add (baskets, line, comma + 1);
    }
  store_baskets_finish (baskets);
  return baskets;
}

static StoreBaskets *
load_t10 (void)
{
  g_autofree char *path = shared_data_find ("basket/T10I4D100K.dat");
  g_autofree char *contents = NULL;
  guint n = 0;
  StoreBaskets *baskets;
  char *rest;
  char *line;

  if (path == NULL || !g_file_get_contents (path, &contents, NULL, NULL))
    return NULL;
  rest = contents;
  baskets = store_baskets_new ();
  while ((line = line_next (&rest)) != NULL)
    {
      g_autofree char *basket = g_strdup_printf ("%06u", n++);
      g_auto (GStrv) items = g_strsplit (g_strstrip (line), " ", -1);

      for (guint j = 0; items[j] != NULL; j++)
        if (*items[j] != '\0')
          store_baskets_add (baskets, basket, items[j]);
    }
  store_baskets_finish (baskets);
  return baskets;
}

static double
get_of_grid (JsonNode   *reference,
             const char *set,
             guint       which,
             const char *name)
{
  g_autofree char *path = g_strdup_printf ("%s/grid/%u/%s", set, which, name);

  return shared_reference_get (reference, path);
}

static void
compare_with_reference (const StoreBaskets  *baskets,
                        const char          *set,
                        guint                n_grid,
                        StoreItemSetsMethod  method)
{
  g_autoptr (JsonNode) reference = shared_reference_load ("rules_open_R.json");

  for (guint i = 0; i < n_grid && reference != NULL; i++)
    {
      StoreRulesOptions options = STORE_RULES_OPTIONS_INIT;
      g_autofree char *top = g_strdup_printf ("%s/grid/%u/top", set, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (StoreRules) rules = NULL;

      options.support = get_of_grid (reference, set, i, "supp");
      options.confidence = get_of_grid (reference, set, i, "conf");
      options.method = method;
      rules = store_rules_new (baskets, &options, NULL, &error);
      g_assert_no_error (error);
      g_test_message ("%s, support %g: %u sets, %u rules, %u explained", set, options.support,
                      store_item_sets_get_n (rules->sets), store_rules_get_n (rules), rules->n_explained);
      g_assert_cmpfloat (store_item_sets_get_n (rules->sets), ==,
                         get_of_grid (reference, set, i, "itemsets"));
      g_assert_cmpfloat (store_rules_get_n (rules), ==, get_of_grid (reference, set, i, "rules"));
      for (guint j = 0; j < MIN (3, shared_reference_count (reference, top)); j++)
        {
          g_autofree char *lift = g_strdup_printf ("%s/%u/lift", top, j);

          assert_relative (store_rules_get (rules, j)->lift, shared_reference_get (reference, lift),
                           1e-12);
        }
    }
}

static void
test_groceries_by_eclat_are_exact (void)
{
  g_autoptr (StoreBaskets) baskets = load_groceries ();

  if (baskets == NULL)
    return;
  g_assert_cmpuint (store_baskets_get_n (baskets), ==, 9835);
  g_assert_cmpuint (store_baskets_get_n_items (baskets), ==, 169);
  compare_with_reference (baskets, "groceries", 3, STORE_ITEM_SETS_ECLAT);
}

static void
test_t10_by_eclat_is_exact (void)
{
  g_autoptr (StoreBaskets) baskets = load_t10 ();

  if (baskets != NULL)
    compare_with_reference (baskets, "T10I4D100K", 2, STORE_ITEM_SETS_ECLAT);
}

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
                 guint               largest)
{
  g_autoptr (StoreItemSets) eclat = NULL;

  for (guint method = STORE_ITEM_SETS_ECLAT; method <= STORE_ITEM_SETS_FP_GROWTH; method++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (StoreItemSets) sets = store_item_sets_new (baskets, support, largest, method,
                                                            1000000, NULL, &error);

      g_assert_no_error (error);
      if (eclat == NULL)
        eclat = g_steal_pointer (&sets);
      else
        assert_same_sets (eclat, sets);
    }
}

static StoreBaskets *
invent_baskets (guint n,
                guint n_items,
                guint stride)
{
  StoreBaskets *baskets = store_baskets_new ();

  for (guint i = 0; i < n; i++)
    {
      guint number = (guint64) i * stride % n;
      g_autofree char *basket = g_strdup_printf ("b%u", number);

      for (guint j = 0; j < 2 + number % 7; j++)
        {
          double random = store_counter_random (61, number, j);
          g_autofree char *item = g_strdup_printf ("i%u", (guint) (random * random * n_items));

          store_baskets_add (baskets, basket, item);
        }
    }
  store_baskets_finish (baskets);
  return baskets;
}

static void
test_three_methods_find_the_same_sets (void)
{
  g_autoptr (StoreBaskets) groceries = load_groceries ();
  g_autoptr (StoreBaskets) invented = invent_baskets (503, 20, 1);

  compare_methods (invented, 0.002, 10);
  compare_methods (invented, 0.02, 3);
  compare_methods (invented, 1.0, 10);
  if (groceries != NULL)
    compare_methods (groceries, 0.003, 10);
}

static void
test_shuffled_lines_give_the_same_document (void)
{
  StoreRulesOptions options = STORE_RULES_OPTIONS_INIT;
  g_autoptr (StoreBaskets) straight = invent_baskets (503, 20, 1);
  g_autoptr (StoreBaskets) shuffled = invent_baskets (503, 20, 101);
  g_autoptr (StoreRules) a = NULL;
  g_autoptr (StoreRules) b = NULL;
  g_autoptr (JsonNode) a_node = NULL;
  g_autoptr (JsonNode) b_node = NULL;
  g_autofree char *a_text = NULL;
  g_autofree char *b_text = NULL;

  options.confidence = 0.2;
  a = store_rules_new (straight, &options, NULL, NULL);
  b = store_rules_new (shuffled, &options, NULL, NULL);
  a_node = store_rules_to_json (a, straight);
  b_node = store_rules_to_json (b, shuffled);
  a_text = json_to_string (a_node, FALSE);
  b_text = json_to_string (b_node, FALSE);
  g_assert_cmpuint (store_rules_get_n (a), >, 10);
  g_assert_cmpstr (a_text, ==, b_text);
}

static void
test_counts_agree_with_the_baskets (void)
{
  g_autoptr (StoreBaskets) baskets = invent_baskets (200, 12, 1);
  g_autoptr (StoreItemSets) sets = store_item_sets_new (baskets, 0.02, 4, STORE_ITEM_SETS_ECLAT,
                                                        100000, NULL, NULL);

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

/* Bread goes with butter; that the basket also holds a bag says nothing. */
static void
test_longer_rule_that_adds_nothing_is_explained (void)
{
  StoreRulesOptions options = STORE_RULES_OPTIONS_INIT;
  g_autoptr (StoreBaskets) baskets = store_baskets_new ();
  g_autoptr (StoreRules) rules = NULL;
  guint explained = 0;

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *basket = g_strdup_printf ("%u", i);

      store_baskets_add (baskets, basket, "bag");
      store_baskets_add (baskets, basket, "bag");
      if (i < 40)
        store_baskets_add (baskets, basket, "bread");
      if (i < 30)
        store_baskets_add (baskets, basket, "butter");
    }
  store_baskets_finish (baskets);
  rules = store_rules_new (baskets, &options, NULL, NULL);
  for (guint i = 0; i < store_rules_get_n (rules); i++)
    {
      const StoreRule *rule = store_rules_get (rules, i);

      g_assert_cmpfloat (rule->confidence_low, <=, rule->confidence);
      g_assert_cmpfloat (rule->p_adjusted, >=, rule->p_value);
      if (rule->n_left == 2)
        {
          g_assert_true (rule->explained);
          explained++;
        }
    }
  g_assert_cmpuint (explained, >, 0);
  g_assert_cmpuint (rules->n_explained, ==, explained);
}

static void
test_too_many_sets_are_refused (void)
{
  g_autoptr (StoreBaskets) baskets = invent_baskets (200, 12, 1);

  for (guint method = STORE_ITEM_SETS_ECLAT; method <= STORE_ITEM_SETS_FP_GROWTH; method++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (store_item_sets_new (baskets, 0.005, 10, method, 20, NULL, &error));
      g_assert_error (error, STORE_ERROR, STORE_ERROR_FULL);
    }
}

static void
test_no_baskets_have_no_rules (void)
{
  StoreRulesOptions options = STORE_RULES_OPTIONS_INIT;
  g_autoptr (StoreBaskets) baskets = store_baskets_new ();

  store_baskets_finish (baskets);
  for (guint method = STORE_ITEM_SETS_ECLAT; method <= STORE_ITEM_SETS_FP_GROWTH; method++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (StoreRules) rules = NULL;

      options.method = method;
      rules = store_rules_new (baskets, &options, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (store_rules_get_n (rules), ==, 0);
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
  g_test_add_func ("/rules/groceries-by-eclat-are-exact", test_groceries_by_eclat_are_exact);
  g_test_add_func ("/rules/t10-by-eclat-is-exact", test_t10_by_eclat_is_exact);
  g_test_add_func ("/rules/three-methods-find-the-same-sets",
                   test_three_methods_find_the_same_sets);
  g_test_add_func ("/rules/shuffled-lines-give-the-same-document",
                   test_shuffled_lines_give_the_same_document);
  g_test_add_func ("/rules/counts-agree-with-the-baskets", test_counts_agree_with_the_baskets);
  g_test_add_func ("/rules/longer-rule-that-adds-nothing-is-explained", test_longer_rule_that_adds_nothing_is_explained);
  g_test_add_func ("/rules/too-many-sets-are-refused", test_too_many_sets_are_refused);
  g_test_add_func ("/rules/no-baskets-have-no-rules", test_no_baskets_have_no_rules);
  g_test_add_func ("/rules/wilson-interval-says-something-at-the-ends", test_wilson_interval_says_something_at_the_ends);
  return g_test_run ();
}
