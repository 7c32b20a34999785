/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rules that are kept, and brought to other baskets. */

#include "config.h"

#include "basket-data.h"
#include "store-error.h"
#include "store-purchase-table.h"
#include "store-rules.h"

static void
test_model_gives_the_same_bits (void)
{
  StoreRulesOptions options = STORE_RULES_OPTIONS_INIT;
  g_autoptr (StoreBaskets) baskets = basket_data_invent (503, 20, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreRules) rules = NULL;
  g_autoptr (StoreRules) carried = NULL;
  g_autoptr (StoreModel) model = NULL;
  g_autoptr (StoreModel) read = NULL;
  g_autofree char *text = NULL;

  options.confidence = 0.2;
  rules = store_rules_new (baskets, &options, NULL, NULL);
  model = store_rules_to_model (rules);
  text = store_model_to_text (model);
  read = store_model_new_from_text (text, -1, &error);
  g_assert_no_error (error);
  carried = store_rules_new_from_model (read, baskets, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (store_rules_get_n (rules), ==, store_rules_get_n (carried));
  for (guint i = 0; i < store_rules_get_n (rules); i++)
    {
      const StoreRule *a = store_rules_get (rules, i);
      const StoreRule *b = store_rules_get (carried, i);
      g_autofree char *a_reason = store_rules_dup_reason (rules, i);
      g_autofree char *b_reason = store_rules_dup_reason (carried, i);

      g_assert_cmpstr (a_reason, ==, b_reason);
      g_assert_cmpfloat (a->lift, ==, b->lift);
      g_assert_cmpfloat (a->confidence_low, ==, b->confidence_low);
      g_assert_cmpfloat (a->p_adjusted, ==, b->p_adjusted);
    }
}

static void
test_damaged_model_is_refused (void)
{
  static const char *const bodies[] = {
    "{}",
    "{\"support\":0.1,\"confidence\":0.1,\"largest\":3,\"min_count\":2,\"n_baskets\":9,"
    "\"n_sets\":1,\"items\":[\"a\"],\"names\":[],\"rules\":[],\"p_adjusted\":[]}",
    "{\"support\":0.1,\"confidence\":0.1,\"largest\":3,\"min_count\":2,\"n_baskets\":9,"
    "\"n_sets\":1,\"items\":[\"a\"],\"names\":[\"a\"],\"rules\":[[0,3,2,3,0,0]],"
    "\"p_adjusted\":[0]}",
    "{\"support\":0.1,\"confidence\":0.1,\"largest\":3,\"min_count\":2,\"n_baskets\":9,"
    "\"n_sets\":1,\"items\":[\"a\"],\"names\":[\"a\"],\"rules\":[[0,2,2,3,0,7]],"
    "\"p_adjusted\":[0]}",
    "{\"support\":0.1,\"confidence\":0.1,\"largest\":3,\"min_count\":2,\"n_baskets\":9,"
    "\"n_sets\":1,\"items\":[\"a\"],\"names\":[\"a\"],\"rules\":[7],\"p_adjusted\":[0]}",
  };
  StoreRulesOptions options = STORE_RULES_OPTIONS_INIT;
  StoreModelHead head = { .analysis = "rules", .method = "eclat", .version = 1, .fingerprint = "0",
                          .until = STORE_PURCHASE_UNTIL_LAST };
  g_autoptr (StoreBaskets) baskets = basket_data_invent (50, 8, 1);

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (StoreModel) model = store_model_new (&head, json_from_string (bodies[i], NULL));

      g_assert_null (store_rules_new_from_model (model, baskets, &options, &error));
      g_assert_error (error, STORE_ERROR, STORE_ERROR_DAMAGED);
    }
}

/* Who takes bread takes butter; @n baskets from the one numbered @first on, all of one day. */
static void
add_day (StoreBaskets *baskets,
         guint         first,
         guint         n,
         gint32        day)
{
  for (guint i = first; i < first + n; i++)
    {
      g_autofree char *basket = g_strdup_printf ("%05u", i);
      StoreBasketLine line = { basket, i % 3 == 0 ? "bread" : "milk", NULL, day };

      store_baskets_add_line (baskets, &line);
      line.item = "butter";
      if (i % 3 == 0 && i % 5 != 0)
        store_baskets_add_line (baskets, &line);
    }
}

static StoreRules *
carry_to (const StoreBaskets *learnt_from,
          const StoreBaskets *to)
{
  StoreRulesOptions options = STORE_RULES_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreRules) rules = NULL;
  g_autoptr (StoreModel) model = NULL;
  StoreRules *carried;

  options.support = 0.02;
  options.validate = FALSE;
  rules = store_rules_new (learnt_from, &options, NULL, NULL);
  model = store_rules_to_model (rules);
  carried = store_rules_new_from_model (model, to, &options, &error);
  g_assert_no_error (error);
  return carried;
}

static void
test_model_is_not_tried_on_what_it_learnt_from (void)
{
  g_autoptr (StoreBaskets) baskets = store_baskets_new ();
  g_autoptr (StoreRules) carried = NULL;

  add_day (baskets, 0, 300, 100);
  store_baskets_finish (baskets);
  carried = carry_to (baskets, baskets);
  g_assert_cmpuint (store_rules_get_n (carried), >, 0);
  g_assert_cmpuint (carried->validation.n_held_back, ==, 0);
  g_assert_nonnull (carried->notes[0]);
}

static void
test_model_is_tried_on_later_baskets (void)
{
  g_autoptr (StoreBaskets) before = store_baskets_new ();
  g_autoptr (StoreBaskets) all = store_baskets_new ();
  g_autoptr (StoreRules) carried = NULL;

  add_day (before, 0, 300, 100);
  store_baskets_finish (before);
  add_day (all, 0, 300, 100);
  add_day (all, 300, 200, 130);
  store_baskets_finish (all);
  carried = carry_to (before, all);
  g_assert_cmpuint (carried->validation.n_held_back, ==, 200);
  g_assert_true (carried->validation.helps);
  g_assert_null (carried->notes[0]);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules-model/gives-the-same-bits", test_model_gives_the_same_bits);
  g_test_add_func ("/rules-model/damaged-is-refused", test_damaged_model_is_refused);
  g_test_add_func ("/rules-model/is-not-tried-on-what-it-learnt-from",
                   test_model_is_not_tried_on_what_it_learnt_from);
  g_test_add_func ("/rules-model/is-tried-on-later-baskets", test_model_is_tried_on_later_baskets);
  return g_test_run ();
}
