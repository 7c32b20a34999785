/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "basket-data.h"
#include "shared-data.h"
#include "store-parallel.h"
#include "store-rules.h"

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
compare_sizes (const StoreItemSets *sets,
               JsonNode            *reference,
               const char          *row)
{
  guint counts[STORE_ITEM_SETS_LARGEST + 1] = { 0 };

  for (guint i = 0; i < store_item_sets_get_n (sets); i++)
    counts[store_item_sets_get (sets, i)->n]++;
  for (guint size = 1; size <= STORE_ITEM_SETS_LARGEST && counts[size] > 0; size++)
    {
      g_autofree char *path = g_strdup_printf ("%s/by_size/%u", row, size);

      g_assert_cmpfloat (counts[size], ==, shared_reference_get (reference, path));
    }
}

/* The best of the reference are among so many here, whatever the order of equal ones. */
#define N_TOP 5000

/* "{a,b} => {c}", with the items as the reference sorts them. */
static char *
write_rule (const StoreRules *rules,
            const StoreRule  *rule)
{
  g_autoptr (GString) text = g_string_new ("{");

  for (guint i = 0; i < rule->n_left; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "," : "", rules->items[rule->left[i]]);
  g_string_append_printf (text, "} => {%s}", rules->items[rule->right]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const StoreRule *
find_rule (const StoreRules *rules,
           const char       *wanted)
{
  for (guint i = 0; i < MIN (N_TOP, store_rules_get_n (rules)); i++)
    {
      g_autofree char *text = write_rule (rules, store_rules_get (rules, i));

      if (g_str_equal (text, wanted))
        return store_rules_get (rules, i);
    }
  return NULL;
}

/* The best rules, by lift; of names with the same bytes in another order only the figures count. */
static void
compare_top (const StoreRules *rules,
             JsonNode         *reference,
             const char       *row)
{
  g_autofree char *top = g_strdup_printf ("%s/top", row);

  for (guint i = 0; i < shared_reference_count (reference, top); i++)
    {
      g_autofree char *lift = g_strdup_printf ("%s/%u/lift", top, i);
      g_autofree char *name = g_strdup_printf ("%s/%u/rule", top, i);
      g_autofree char *support = g_strdup_printf ("%s/%u/support", top, i);
      g_autofree char *confidence = g_strdup_printf ("%s/%u/confidence", top, i);
      const StoreRule *rule = find_rule (rules, shared_reference_get_text (reference, name));

      assert_relative (store_rules_get (rules, i)->lift, shared_reference_get (reference, lift),
                       1e-12);
      if (rule == NULL)
        continue;
      assert_relative (rule->lift, shared_reference_get (reference, lift), 1e-12);
      assert_relative (rule->support, shared_reference_get (reference, support), 1e-12);
      assert_relative (rule->confidence, shared_reference_get (reference, confidence), 1e-12);
    }
}

static void
compare_with_reference (const StoreBaskets *baskets,
                        const char         *set,
                        guint               n_grid)
{
  g_autoptr (JsonNode) reference = shared_reference_load ("rules_open_R.json");

  for (guint i = 0; i < n_grid && reference != NULL; i++)
    {
      StoreRulesOptions options = STORE_RULES_OPTIONS_INIT;
      g_autofree char *row = g_strdup_printf ("%s/grid/%u", set, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (StoreItemSets) sets = NULL;
      g_autoptr (StoreRules) rules = NULL;

      options.support = get_of_grid (reference, set, i, "supp");
      options.confidence = get_of_grid (reference, set, i, "conf");
      options.validate = FALSE;
      rules = store_rules_new (baskets, &options, NULL, &error);
      g_assert_no_error (error);
      g_test_message ("%s, support %g: %u sets, %u rules, %u explained", set, options.support,
                      rules->n_sets, store_rules_get_n (rules), rules->n_explained);
      g_assert_cmpfloat (rules->n_sets, ==, get_of_grid (reference, set, i, "itemsets"));
      g_assert_cmpfloat (store_rules_get_n (rules), ==, get_of_grid (reference, set, i, "rules"));
      compare_top (rules, reference, row);
      sets = store_item_sets_new (baskets, options.support, 10, STORE_ITEM_SETS_ECLAT, 256, NULL,
                                  &error);
      g_assert_no_error (error);
      compare_sizes (sets, reference, row);
    }
}

static void
test_groceries_are_exact (void)
{
  g_autoptr (StoreBaskets) baskets = basket_data_load_groceries ();

  if (baskets == NULL)
    return;
  g_assert_cmpuint (store_baskets_get_n (baskets), ==, 9835);
  g_assert_cmpuint (store_baskets_get_n_items (baskets), ==, 169);
  compare_with_reference (baskets, "groceries", 4);
}

static void
test_t10_is_exact (void)
{
  g_autoptr (StoreBaskets) baskets = basket_data_load_t10 ();

  if (baskets != NULL)
    compare_with_reference (baskets, "T10I4D100K", 3);
}

static void
test_online_retail_is_exact (void)
{
  g_autoptr (StoreBaskets) baskets = basket_data_load_retail (NULL, FALSE);

  if (baskets == NULL)
    return;
  g_assert_cmpuint (store_baskets_get_n (baskets), ==, 12922);
  g_assert_cmpuint (store_baskets_get_n_items (baskets), ==, 3558);
  compare_with_reference (baskets, "retail", 4);
}

static char *
write_with_threads (const StoreBaskets  *baskets,
                    StoreItemSetsMethod  method,
                    guint                n_threads)
{
  StoreRulesOptions options = STORE_RULES_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreRules) rules = NULL;
  g_autoptr (JsonNode) node = NULL;

  options.confidence = 0.1;
  options.method = method;
  store_parallel_set_n_threads (n_threads);
  rules = store_rules_new (baskets, &options, NULL, &error);
  store_parallel_set_n_threads (0);
  g_assert_no_error (error);
  g_assert_cmpuint (store_rules_get_n (rules), >, 10);
  node = store_rules_to_json (rules);
  return json_to_string (node, FALSE);
}

static void
test_any_number_of_threads_gives_the_same_bits (void)
{
  g_autoptr (StoreBaskets) baskets = basket_data_invent (503, 20, 1);

  for (guint method = STORE_ITEM_SETS_ECLAT; method <= STORE_ITEM_SETS_FP_GROWTH; method++)
    {
      g_autofree char *one = write_with_threads (baskets, method, 1);
      g_autofree char *two = write_with_threads (baskets, method, 2);
      g_autofree char *eight = write_with_threads (baskets, method, 8);

      g_assert_cmpstr (one, ==, two);
      g_assert_cmpstr (one, ==, eight);
    }
}

static void
test_shuffled_lines_give_the_same_document (void)
{
  StoreRulesOptions options = STORE_RULES_OPTIONS_INIT;
  g_autoptr (StoreBaskets) straight = basket_data_invent (503, 20, 1);
  g_autoptr (StoreBaskets) shuffled = basket_data_invent (503, 20, 101);
  g_autoptr (StoreRules) a = NULL;
  g_autoptr (StoreRules) b = NULL;
  g_autoptr (JsonNode) a_node = NULL;
  g_autoptr (JsonNode) b_node = NULL;
  g_autofree char *a_text = NULL;
  g_autofree char *b_text = NULL;

  options.confidence = 0.2;
  a = store_rules_new (straight, &options, NULL, NULL);
  b = store_rules_new (shuffled, &options, NULL, NULL);
  a_node = store_rules_to_json (a);
  b_node = store_rules_to_json (b);
  a_text = json_to_string (a_node, FALSE);
  b_text = json_to_string (b_node, FALSE);
  g_assert_cmpuint (store_rules_get_n (a), >, 10);
  g_assert_cmpstr (a_text, ==, b_text);
}

/* Bread goes with butter; that the basket also holds a bag says nothing, and that one with bread
 * holds a bag says nothing either, for all do. */
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
      g_assert_cmpfloat (rule->p_adjusted, >=, 0.0);
      g_assert_cmpfloat (rule->p_adjusted, <=, 1.0);
      if (rule->n_left == 2 || g_str_equal (rules->names[rule->right], "bag"))
        {
          g_assert_true (rule->explained);
          explained++;
        }
    }
  g_assert_cmpuint (explained, >, 2);
  g_assert_cmpuint (rules->n_explained, ==, explained);
  g_assert_cmpuint (store_rules_get_n (rules), >, explained);
}

/* Is one of the smaller left sides as confident? Slowly, by the baskets themselves. */
static gboolean
is_explained (const StoreBaskets *baskets,
              const StoreRule    *rule)
{
  for (guint mask = 0; mask < (1u << rule->n_left) - 1; mask++)
    {
      guint left = 0;
      guint both = 0;

      for (guint basket = 0; basket < store_baskets_get_n (baskets); basket++)
        {
          guint n;
          const guint32 *items = store_baskets_get_items (baskets, basket, &n);
          guint missing = mask;
          gboolean right = FALSE;

          for (guint i = 0; i < n; i++)
            {
              right = right || items[i] == rule->right;
              for (guint j = 0; j < rule->n_left; j++)
                if (items[i] == rule->left[j])
                  missing &= ~(1u << j);
            }
          left += missing == 0;
          both += missing == 0 && right;
        }
      if (both >= rule->confidence * left * (1.0 - 1e-12))
        return TRUE;
    }
  return FALSE;
}

static void
test_explained_is_what_a_slow_search_says (void)
{
  StoreRulesOptions options = STORE_RULES_OPTIONS_INIT;
  g_autoptr (StoreBaskets) baskets = basket_data_invent (150, 8, 1);
  g_autoptr (StoreRules) rules = NULL;

  options.confidence = 0.0;
  options.largest = 4;
  rules = store_rules_new (baskets, &options, NULL, NULL);
  g_assert_cmpuint (store_rules_get_n (rules), >, 100);
  g_assert_cmpuint (rules->n_explained, <, store_rules_get_n (rules));
  for (guint i = 0; i < store_rules_get_n (rules); i++)
    g_assert_true (store_rules_get (rules, i)->explained ==
                   is_explained (baskets, store_rules_get (rules, i)));
}

/* The same order again and again: 616,665 combinations of up to ten of its things. */
static void
test_what_does_not_fit_is_made_smaller_and_said (void)
{
  StoreRulesOptions options = STORE_RULES_OPTIONS_INIT;
  g_autoptr (StoreBaskets) baskets = basket_data_repeat (40, 20);
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreRules) rules = NULL;

  options.budget = 4;
  rules = store_rules_new (baskets, &options, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (rules->enough);
  g_assert_cmpuint (rules->used.largest, ==, 4);
  g_assert_nonnull (rules->notes[0]);
  g_assert_cmpuint (store_rules_get_n (rules), >, 0);
  g_assert_cmpuint (rules->n_explained, ==, store_rules_get_n (rules));
}

/* By day: before the last fifth, b follows a; then it does not any more. */
static StoreBaskets *
make_days (gboolean lasts)
{
  StoreBaskets *baskets = store_baskets_new ();

  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *basket = g_strdup_printf ("%u", i);
      StoreBasketLine line = { basket, "a", NULL, (gint32) (199 - i) };
      gboolean early = 199 - i < 160;

      if (i % 4 == 0)
        store_baskets_add_line (baskets, &line);
      line.item = "b";
      if ((i % 4 == 0) == (early || lasts) && i % 2 == 0)
        store_baskets_add_line (baskets, &line);
      line.item = "c";
      store_baskets_add_line (baskets, &line);
    }
  store_baskets_finish (baskets);
  return baskets;
}

static void
test_rules_are_tried_on_later_baskets (void)
{
  StoreRulesOptions options = STORE_RULES_OPTIONS_INIT;
  g_autoptr (StoreBaskets) lasting = make_days (TRUE);
  g_autoptr (StoreBaskets) passing = make_days (FALSE);
  g_autoptr (StoreRules) good = store_rules_new (lasting, &options, NULL, NULL);
  g_autoptr (StoreRules) bad = store_rules_new (passing, &options, NULL, NULL);

  g_assert_true (good->validation.by_day);
  g_assert_cmpuint (good->validation.n_held_back, ==, 40);
  g_assert_cmpfloat (good->validation.promised, ==, 1.0);
  g_assert_cmpfloat (good->validation.kept, ==, 1.0);
  g_assert_true (good->validation.helps);
  g_assert_cmpfloat (bad->validation.kept, <, 0.5);
  g_assert_false (bad->validation.helps);
  g_assert_nonnull (bad->notes[0]);
}

static void
test_rules_of_a_shop_hold_in_later_baskets (void)
{
  StoreRulesOptions options = STORE_RULES_OPTIONS_INIT;
  g_autoptr (StoreBaskets) baskets = basket_data_load_groceries ();
  g_autoptr (StoreRules) rules = NULL;

  if (baskets == NULL)
    return;
  rules = store_rules_new (baskets, &options, NULL, NULL);
  g_test_message ("promised %.3f, kept %.3f, naive %.3f; error %.4f, naive %.4f",
                  rules->validation.promised, rules->validation.kept, rules->validation.base,
                  rules->validation.error, rules->validation.naive_error);
  g_assert_true (rules->validation.helps);
  g_assert_cmpfloat (rules->validation.kept, >, 1.5 * rules->validation.base);
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
      g_assert_false (rules->enough);
      g_assert_nonnull (rules->notes[0]);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/groceries-are-exact", test_groceries_are_exact);
  g_test_add_func ("/rules/t10-is-exact", test_t10_is_exact);
  g_test_add_func ("/rules/online-retail-is-exact", test_online_retail_is_exact);
  g_test_add_func ("/rules/shuffled-lines-give-the-same-document",
                   test_shuffled_lines_give_the_same_document);
  g_test_add_func ("/rules/longer-rule-that-adds-nothing-is-explained",
                   test_longer_rule_that_adds_nothing_is_explained);
  g_test_add_func ("/rules/what-does-not-fit-is-made-smaller-and-said",
                   test_what_does_not_fit_is_made_smaller_and_said);
  g_test_add_func ("/rules/any-number-of-threads-gives-the-same-bits",
                   test_any_number_of_threads_gives_the_same_bits);
  g_test_add_func ("/rules/explained-is-what-a-slow-search-says",
                   test_explained_is_what_a_slow_search_says);
  g_test_add_func ("/rules/rules-are-tried-on-later-baskets",
                   test_rules_are_tried_on_later_baskets);
  g_test_add_func ("/rules/rules-of-a-shop-hold-in-later-baskets",
                   test_rules_of_a_shop_hold_in_later_baskets);
  g_test_add_func ("/rules/no-baskets-have-no-rules", test_no_baskets_have_no_rules);
  return g_test_run ();
}
