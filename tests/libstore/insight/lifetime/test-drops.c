/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include "shared-data.h"
#include "store-counter-random.h"
#include "store-drops.h"
#include "store-nbd.h"
#include "store-error.h"

static StorePurchaseTable *
load_grocery (const char *until)
{
  g_autofree char *path = shared_data_find ("clv/grocery_elog.csv");

  return purchases_load (path, 0, 1, -1, until);
}

static void
test_rates_of_grocery_are_exact (void)
{
  g_autoptr (StorePurchaseTable) table = load_grocery ("2006-12-31");
  g_autoptr (JsonNode) reference = shared_reference_load ("clv2_open.json");
  g_autoptr (StorePurchasePatterns) patterns = NULL;
  g_autoptr (GError) error = NULL;
  StorePurchaseModel model;

  if (table == NULL || reference == NULL)
    return;
  patterns = store_purchase_patterns_new (table);
  store_purchase_model_fit_kind (&model, STORE_NBD, patterns, NULL, &error);
  g_assert_no_error (error);
  assert_relative (model.parameters[0], shared_reference_get (reference, "grocery/nbd_limit/mle/r"), 1e-6);
  assert_relative (model.parameters[1], shared_reference_get (reference, "grocery/nbd_limit/mle/alpha"),
                   1e-6);
  assert_close (model.log_likelihood, shared_reference_get (reference, "grocery/nbd_limit/loglik"),
                1e-9);
}

/* The 25 most unusual of the reference, each by its own x and T. */
static void
test_predictive_probabilities_are_exact (void)
{
  g_autoptr (JsonNode) reference = shared_reference_load ("anomaly_open.json");
  StorePurchaseModel model = { .kind = STORE_NBD, .k = 1 };

  if (reference == NULL)
    return;
  model.parameters[0] = shared_reference_get (reference, "prior/r");
  model.parameters[1] = shared_reference_get (reference, "prior/alpha");
  for (guint i = 0; i < shared_reference_count (reference, "top"); i++)
    {
      double of[7] = { 0.0 };

      for (guint j = 1; j < 6; j++)
        {
          g_autofree char *path = g_strdup_printf ("top/%u/%u", i, j);

          of[j] = shared_reference_get (reference, path);
        }
      assert_close (store_purchase_model_get_expected (&model, of[1], 0.0, of[2], 12.0), of[4], 1e-9);
      assert_close (store_nbd_get_p_at_most (&model, of[1], of[2], 12.0, (guint) of[3]), of[5],
                    1e-9);
    }
}

/* The whole list: how many are judged, flagged at one percent, and left after the adjustment. */
static void
test_flags_of_grocery_agree (void)
{
  g_autofree char *path = shared_data_find ("clv/grocery_elog.csv");
  g_autoptr (StorePurchaseTable) table = purchases_load (path, 0, 1, -1, "2007-12-30");
  g_autoptr (JsonNode) reference = shared_reference_load ("anomaly_open.json");
  StorePurchaseModel model = { .kind = STORE_NBD, .k = 1 };
  StoreDropsOptions options = STORE_DROPS_OPTIONS_INIT;
  g_autoptr (StoreDrops) drops = NULL;
  guint n_flags = 0;

  if (table == NULL || reference == NULL)
    return;
  model.parameters[0] = shared_reference_get (reference, "prior/r");
  model.parameters[1] = shared_reference_get (reference, "prior/alpha");
  options.model = &model;
  drops = store_drops_new (table, &options, NULL, NULL);
  g_assert_cmpuint (drops->drops->len, ==, shared_reference_get (reference, "n"));
  for (guint i = 0; i < drops->drops->len; i++)
    n_flags += store_drops_get (drops, i)->p_value < 0.01;
  g_assert_cmpuint (n_flags, ==, shared_reference_get (reference, "flag_1pct"));
  g_assert_cmpuint (drops->n_alarms, ==, shared_reference_get (reference, "flag_BH_10pct"));

  /* The adjustment of the reference is that of all, cut off at 1 where ties stand. */
  for (guint i = 0; i < shared_reference_count (reference, "top"); i++)
    {
      const StoreDrop *drop = store_drops_get (drops, i);
      g_autofree char *id = store_purchase_table_dup_id (table, drop->row);
      g_autofree char *p_path = g_strdup_printf ("top/%u/5", i);

      assert_close (drop->p_value, shared_reference_get (reference, p_path), 1e-9);
      g_assert_cmpuint (strlen (id), >, 0);
    }
}

static StorePurchaseTable *
make_regulars (guint n_silent)
{
  StorePurchaseTable *table = store_purchase_table_new (700, 2);

  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *id = g_strdup_printf ("c%03u", i);
      gint32 end = i < n_silent ? 560 : 700;

      for (gint32 day = i % 14; day <= end; day += 10 + store_counter_random_bits (71, i, day) % 9)
        store_purchase_table_add (table, id, day, 1000);
    }
  store_purchase_table_finish (table);
  return table;
}

static void
test_silent_regulars_are_alarms (void)
{
  g_autoptr (StorePurchaseTable) table = make_regulars (7);
  StoreDropsOptions options = STORE_DROPS_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreDrops) drops = store_drops_new (table, &options, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (drops->drops->len, ==, 200);
  g_assert_cmpuint (drops->n_alarms, ==, 7);
  for (guint i = 0; i < 7; i++)
    {
      g_assert_true (store_drops_get (drops, i)->alarm);
      g_assert_cmpuint (store_drops_get (drops, i)->row, <, 7);
      g_assert_cmpuint (store_drops_get (drops, i)->purchases, ==, 0);
    }
}

static void
test_no_drop_no_alarm (void)
{
  g_autoptr (StorePurchaseTable) table = make_regulars (0);
  StoreDropsOptions options = STORE_DROPS_OPTIONS_INIT;
  g_autoptr (StoreDrops) drops = store_drops_new (table, &options, NULL, NULL);

  g_assert_cmpuint (drops->n_alarms, ==, 0);
  for (guint i = 1; i < drops->drops->len; i++)
    {
      const StoreDrop *before = store_drops_get (drops, i - 1);
      const StoreDrop *drop = store_drops_get (drops, i);

      g_assert_cmpfloat (before->p_value, <=, drop->p_value);
      g_assert_cmpfloat (before->p_adjusted, <=, drop->p_adjusted);
      g_assert_true (isfinite (drop->expected) && drop->p_value >= 0.0 && drop->p_adjusted <= 1.0);
    }
}

/* A window earlier, nobody had fallen silent yet; the reason is a sentence with its numbers. */
static void
test_alarms_are_explained_and_validated (void)
{
  g_autoptr (StorePurchaseTable) table = make_regulars (7);
  StoreDropsOptions options = STORE_DROPS_OPTIONS_INIT;
  g_autoptr (StoreDrops) drops = store_drops_new (table, &options, NULL, NULL);
  const StoreDrop *first = store_drops_get (drops, 0);
  g_autofree char *reason = store_drops_dup_reason (drops, first->row);
  g_autofree char *start = g_strdup_printf ("%u purchases in the last 84 days where %.1f were to be "
                                            "expected: ", first->purchases, first->expected);

  g_assert_true (first->alarm);
  g_assert_true (g_str_has_prefix (reason, start));
  g_assert_true (drops->validation.done);
  g_assert_cmpuint (drops->validation.n_silent, <=, drops->validation.n_alarms);
  g_assert_cmpuint (drops->validation.n_naive_silent, <=, drops->validation.n_naive);
}

static void
test_newcomers_are_not_judged (void)
{
  g_autoptr (StorePurchaseTable) table = make_regulars (0);
  StoreDropsOptions options = { 690, 0.1, 10, NULL };
  StorePurchaseModel model = { .kind = STORE_NBD, .k = 1, .parameters = { 1.0, 4.0 } };
  g_autoptr (StoreDrops) drops = NULL;

  options.model = &model;
  drops = store_drops_new (table, &options, NULL, NULL);
  g_assert_cmpuint (drops->drops->len, >, 0);
  g_assert_cmpuint (drops->drops->len, <, 200);
}

static void
test_too_little_data_and_impossible_windows_are_told (void)
{
  g_autoptr (StorePurchaseTable) table = store_purchase_table_new (700, 2);
  StoreDropsOptions options = STORE_DROPS_OPTIONS_INIT;
  g_autoptr (StoreDrops) drops = NULL;
  g_autoptr (JsonNode) document = NULL;
  g_autofree char *reason = NULL;
  g_autoptr (GError) few = NULL;
  g_autoptr (GError) impossible = NULL;

  store_purchase_table_add (table, "a", 1, 1);
  store_purchase_table_finish (table);
  drops = store_drops_new (table, &options, NULL, &few);
  g_assert_no_error (few);
  g_assert_false (drops->enough);
  g_assert_nonnull (strstr (drops->notes[0], "fewer than 50 customers"));
  document = store_drops_to_json (drops);
  g_assert_false (json_object_get_boolean_member (json_node_get_object (document), "enough"));
  reason = store_drops_dup_reason (drops, 0);
  g_assert_true (g_str_has_prefix (reason, "Not judged"));
  options.window_days = 0;
  g_assert_null (store_drops_new (table, &options, NULL, &impossible));
  g_assert_error (impossible, STORE_ERROR, STORE_ERROR_INVALID);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/drops/rates-of-grocery-are-exact", test_rates_of_grocery_are_exact);
  g_test_add_func ("/drops/predictive-probabilities-are-exact",
                   test_predictive_probabilities_are_exact);
  g_test_add_func ("/drops/flags-of-grocery-agree", test_flags_of_grocery_agree);
  g_test_add_func ("/drops/silent-regulars-are-alarms", test_silent_regulars_are_alarms);
  g_test_add_func ("/drops/no-drop-no-alarm", test_no_drop_no_alarm);
  g_test_add_func ("/drops/alarms-are-explained-and-validated",
                   test_alarms_are_explained_and_validated);
  g_test_add_func ("/drops/newcomers-are-not-judged", test_newcomers_are_not_judged);
  g_test_add_func ("/drops/too-little-data-and-impossible-windows-are-told",
                   test_too_little_data_and_impossible_windows_are_told);
  return g_test_run ();
}
