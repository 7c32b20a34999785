/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What rules say where there is nothing to be said, and to whom. */

#include "config.h"

#include "store-counter-random.h"
#include "store-error.h"
#include "store-rules.h"

#define N_ITEMS 40

/* Things that have nothing to do with each other; if wanted, what is called 2 also goes with 1. */
static StoreBaskets *
make_baskets (gboolean goes_together)
{
  static const double shares[] = { 0.02, 0.05, 0.1, 0.2 };
  StoreBaskets *baskets = store_baskets_new ();

  for (guint i = 0; i < 600; i++)
    for (guint item = 0; item < N_ITEMS; item++)
      {
        gboolean follows = goes_together && item == 2 && store_counter_random (7, i, 1) < shares[1];
        char basket[12];
        char name[12];

        if (store_counter_random (7, i, item) >= shares[item % G_N_ELEMENTS (shares)] && !follows)
          continue;
        g_snprintf (basket, sizeof basket, "%05u", i);
        g_snprintf (name, sizeof name, "%u", item);
        store_baskets_add (baskets, basket, name);
      }
  store_baskets_finish (baskets);
  return baskets;
}

static void
test_things_without_connection_are_chance (void)
{
  StoreRulesOptions options = STORE_RULES_OPTIONS_INIT;
  g_autoptr (StoreBaskets) baskets = make_baskets (FALSE);
  g_autoptr (StoreRules) rules = NULL;
  guint n_clear = 0;
  guint n_clear_alone = 0;

  options.support = 2.0 / 600;
  options.confidence = 0.3;
  options.validate = FALSE;
  rules = store_rules_new (baskets, &options, NULL, NULL);
  for (guint i = 0; i < store_rules_get_n (rules); i++)
    {
      n_clear += store_rules_get (rules, i)->p_adjusted < 0.05;
      n_clear_alone += store_rules_get (rules, i)->p_value < 0.05;
    }
  g_test_message ("%u rules, %u clear alone, %u among all", store_rules_get_n (rules),
                  n_clear_alone, n_clear);
  g_assert_cmpuint (n_clear_alone, >, 50);
  g_assert_cmpuint (n_clear, ==, 0);
}

static void
test_things_that_go_together_are_not (void)
{
  StoreRulesOptions options = STORE_RULES_OPTIONS_INIT;
  g_autoptr (StoreBaskets) baskets = make_baskets (TRUE);
  g_autoptr (StoreRules) rules = NULL;
  guint found = 0;

  options.support = 0.02;
  options.validate = FALSE;
  rules = store_rules_new (baskets, &options, NULL, NULL);
  for (guint i = 0; i < store_rules_get_n (rules); i++)
    {
      const StoreRule *rule = store_rules_get (rules, i);

      if (rule->n_left != 1 || !g_str_equal (rules->items[rule->left[0]], "1") ||
          !g_str_equal (rules->items[rule->right], "2"))
        continue;
      found++;
      g_assert_cmpfloat (rule->p_adjusted, <, 1e-12);
    }
  g_assert_cmpuint (found, ==, 1);
}

/* Of 32 cups 16 have milk first, and of 16 said to be so 12 are: 3,640,657 of 601,080,390 ways are
 * as far to that side. Three things can be six rules, of which two are there. */
static void
test_the_exact_test_is_fisher_s (void)
{
  StoreRulesOptions options = STORE_RULES_OPTIONS_INIT;
  g_autoptr (StoreBaskets) baskets = store_baskets_new ();
  g_autoptr (StoreRules) rules = NULL;

  options.validate = FALSE;
  for (guint i = 0; i < 32; i++)
    {
      g_autofree char *basket = g_strdup_printf ("%u", i);

      if (i < 16)
        store_baskets_add (baskets, basket, "milk first");
      if (i < 12 || i >= 28)
        store_baskets_add (baskets, basket, "said so");
      if (i >= 16 && i < 28)
        store_baskets_add (baskets, basket, "");
    }
  store_baskets_finish (baskets);
  rules = store_rules_new (baskets, &options, NULL, NULL);
  g_assert_cmpuint (store_rules_get_n (rules), ==, 2);
  g_assert_cmpfloat_with_epsilon (store_rules_get (rules, 0)->p_adjusted,
                                  2.0 * 3640657.0 / 601080390.0 * 6.0 / 2.0, 1e-12);
}

/* A thing goes by its number or its name; one that nobody bought is no answer. */
static void
test_what_is_explained_must_be_there (void)
{
  StoreRulesOptions options = STORE_RULES_OPTIONS_INIT;
  g_autoptr (StoreBaskets) baskets = store_baskets_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreRules) rules = NULL;
  g_autoptr (StoreRules) none = NULL;
  g_autoptr (JsonNode) document = NULL;

  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *basket = g_strdup_printf ("%u", i);

      store_baskets_add (baskets, basket, i % 2 == 0 ? "17" : "18");
      if (i % 2 == 0)
        store_baskets_add (baskets, basket, "19");
    }
  store_baskets_name_item (baskets, "17", "Tea");
  store_baskets_finish (baskets);
  options.explain = "Tea";
  rules = store_rules_new (baskets, &options, NULL, &error);
  g_assert_no_error (error);
  document = store_rules_to_json (rules);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (
    json_node_get_object (document), "rules")), ==, 2);
  options.explain = "Te";
  none = store_rules_new (baskets, &options, NULL, &error);
  g_assert_null (none);
  g_assert_error (error, STORE_ERROR, STORE_ERROR_NOT_FOUND);
}

static void
test_rules_that_say_nothing_new_are_told (void)
{
  StoreRulesOptions options = STORE_RULES_OPTIONS_INIT;
  g_autoptr (StoreBaskets) baskets = store_baskets_new ();
  g_autoptr (StoreRules) rules = NULL;

  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *basket = g_strdup_printf ("%u", i);

      store_baskets_add (baskets, basket, "a");
      store_baskets_add (baskets, basket, "b");
    }
  store_baskets_finish (baskets);
  rules = store_rules_new (baskets, &options, NULL, NULL);
  g_assert_cmpuint (store_rules_get_n (rules), ==, 2);
  g_assert_cmpuint (rules->n_explained, ==, 2);
  g_assert_nonnull (rules->notes[0]);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules-chance/things-without-connection-are-chance",
                   test_things_without_connection_are_chance);
  g_test_add_func ("/rules-chance/things-that-go-together-are-not",
                   test_things_that_go_together_are_not);
  g_test_add_func ("/rules-chance/the-exact-test-is-fisher-s", test_the_exact_test_is_fisher_s);
  g_test_add_func ("/rules-chance/what-is-explained-must-be-there",
                   test_what_is_explained_must_be_there);
  g_test_add_func ("/rules-chance/rules-that-say-nothing-new-are-told",
                   test_rules_that_say_nothing_new_are_told);
  return g_test_run ();
}
