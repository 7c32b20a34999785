/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "shared-data.h"
#include "store-backtest.h"
#include "store-error.h"

static StoreBacktest *
run (StorePurchaseTable      *table,
     StorePurchaseModelKind   kind,
     guint                    days,
     guint                    min_repeaters,
     GCancellable            *cancellable,
     GError                 **error)
{
  StorePurchaseModelOptions options = STORE_PURCHASE_MODEL_OPTIONS_INIT;

  options.kind = kind;
  return store_backtest_new (table, &options, days, min_repeaters, cancellable, error);
}

static void
compare_with_reference (StorePurchaseModelKind  kind,
                        const char     *name)
{
  g_autofree char *path = shared_data_find ("clv/cdnow_sample.csv");
  g_autoptr (StorePurchaseTable) table = purchases_load (path, 1, 2, 4, "1998-06-30");
  g_autoptr (JsonNode) reference = shared_reference_load ("clv_open.json");
  g_autofree char *mae = g_strdup_printf ("cdnow_sample/%s/holdout/mae", name);
  g_autofree char *rmse = g_strdup_printf ("cdnow_sample/%s/holdout/rmse", name);
  g_autofree char *predicted = g_strdup_printf ("cdnow_sample/%s/holdout/predicted", name);
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreBacktest) test = NULL;

  if (table == NULL || reference == NULL)
    return;
  test = run (table, kind, 273, 50, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (test->n_customers, ==, 2357);
  g_assert_cmpfloat (test->actual, ==, 1882.0);
  assert_relative (test->predicted, shared_reference_get (reference, predicted), 1e-6);
  assert_relative (test->errors.mae, shared_reference_get (reference, mae), 1e-6);
  assert_relative (test->errors.rmse, shared_reference_get (reference, rmse), 1e-6);
  assert_relative (test->naive_errors.mae, 1.0236691632673869, 1e-9);
  assert_relative (test->naive_predicted, 2930.1011257197324, 1e-9);
  g_assert_true (test->helps);
}

static void
test_held_back_cdnow_is_exact (void)
{
  compare_with_reference (STORE_BGNBD, "bgnbd");
  compare_with_reference (STORE_MBGNBD, "mbgnbd");
}

static StorePurchaseTable *
load_cut (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "cdnow-cut.csv", NULL);

  return purchases_load (path, 0, 1, 2, "1998-06-30");
}

static void
test_the_model_does_not_see_what_is_held_back (void)
{
  g_autoptr (StorePurchaseTable) table = load_cut ();
  g_autoptr (StorePurchaseTable) past = store_purchase_table_cut (table, day_of ("1997-12-31"));
  g_autoptr (StorePurchasePatterns) patterns = store_purchase_patterns_new (past);
  g_autoptr (StoreBacktest) test = run (table, STORE_MBGNBD, 181, 50, NULL, NULL);
  StorePurchaseModel alone;

  store_purchase_model_fit_kind (&alone, STORE_MBGNBD, patterns, NULL, NULL);
  g_assert_cmpint (test->start, ==, day_of ("1997-12-31"));
  g_assert_cmpfloat (test->model.parameters[0], ==, alone.parameters[0]);
  g_assert_cmpfloat (test->model.log_likelihood, ==, alone.log_likelihood);
}

static void
test_too_short_a_past_is_told (void)
{
  g_autoptr (StorePurchaseTable) table = load_cut ();
  g_autoptr (GError) short_past = NULL;
  g_autoptr (GError) no_days = NULL;

  g_assert_null (run (table, STORE_MBGNBD, 20000, 50, NULL, &short_past));
  g_assert_error (short_past, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA);
  g_assert_null (run (table, STORE_MBGNBD, 0, 50, NULL, &no_days));
  g_assert_error (no_days, STORE_ERROR, STORE_ERROR_INVALID);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/backtest/held-back-cdnow-is-exact", test_held_back_cdnow_is_exact);
  g_test_add_func ("/backtest/the-model-does-not-see-what-is-held-back", test_the_model_does_not_see_what_is_held_back);
  g_test_add_func ("/backtest/too-short-a-past-is-told", test_too_short_a_past_is_told);
  return g_test_run ();
}
