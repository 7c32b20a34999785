/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include "shared-data.h"
#include "store-clv.h"
#include "store-error.h"

static StorePurchaseTable *
load_cut (const char *until)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "cdnow-cut.csv", NULL);

  return purchases_load (path, 0, 1, 2, until);
}

static void
assert_same_bits (const StoreClv *a,
                  const StoreClv *b)
{
  gsize size = a->patterns->n_rows * sizeof (double);

  g_assert_cmpuint (a->patterns->n_rows, ==, b->patterns->n_rows);
  g_assert_cmpmem (&a->model.parameters, sizeof a->model.parameters, &b->model.parameters,
                   sizeof b->model.parameters);
  g_assert_cmpmem (a->p_alive, size, b->p_alive, size);
  g_assert_cmpmem (a->expected, size, b->expected, size);
  g_assert_cmpmem (a->clv, size, b->clv, size);
  if (!a->has_interval)
    return;
  g_assert_cmpmem (a->low, size, b->low, size);
  g_assert_cmpmem (a->high, size, b->high, size);
  g_assert_cmpfloat (a->total_low, ==, b->total_low);
}

static void
test_round_trip_keeps_the_bits (void)
{
  g_autoptr (StorePurchaseTable) table = load_cut ("1997-09-30");

  for (guint kind = 0; kind < STORE_PURCHASE_MODEL_KINDS; kind++)
    {
      StoreClvOptions options = STORE_CLV_OPTIONS_INIT;
      g_autoptr (GError) error = NULL;
      g_autoptr (StoreClv) clv = NULL;
      g_autoptr (StoreClv) again = NULL;
      g_autoptr (StoreModel) model = NULL;
      g_autoptr (StoreModel) read = NULL;
      g_autofree char *text = NULL;

      options.model = kind;
      options.n_draws = 20;
      options.hold_back_days = 0;
      clv = store_clv_new (table, &options, NULL, &error);
      g_assert_no_error (error);
      g_assert_true (clv->enough && clv->has_spend);
      model = store_clv_to_model (clv);
      text = store_model_to_text (model);
      read = store_model_new_from_text (text, -1, &error);
      g_assert_no_error (error);
      again = store_clv_new_from_model (read, table, &options, NULL, &error);
      g_assert_no_error (error);
      assert_same_bits (clv, again);
    }
}

/* A few customers are enough to be scored by a model of many. */
static void
test_other_customers_are_scored (void)
{
  g_autoptr (StorePurchaseTable) table = load_cut ("1997-09-30");
  g_autoptr (StorePurchaseTable) few = store_purchase_table_new (day_of ("1997-09-30"), 2);
  StoreClvOptions options = STORE_CLV_OPTIONS_INIT;
  g_autoptr (StoreClv) clv = NULL;
  g_autoptr (StoreClv) scored = NULL;
  g_autoptr (StoreModel) model = NULL;
  g_autoptr (GError) error = NULL;

  options.n_draws = 0;
  clv = store_clv_new (table, &options, NULL, NULL);
  model = store_clv_to_model (clv);
  g_assert_cmpstr (store_model_get_head (model)->method, ==, "mbgnbd");

  store_purchase_table_add (few, "new", day_of ("1997-09-01"), 5000);
  store_purchase_table_finish (few);
  scored = store_clv_new_from_model (model, few, &options, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (scored->enough);
  assert_relative (scored->p_alive[0],
                   store_purchase_model_get_p_alive (&clv->model, 0.0, 0.0, 29.0 / 7.0), 1e-15);
  assert_relative (scored->value[0], store_gamma_gamma_get_expected (&clv->spend, 0.0, 0.0), 1e-15);
}

static void
test_broken_models_are_told (void)
{
  g_autoptr (StorePurchaseTable) table = load_cut ("1997-09-30");
  StoreClvOptions options = STORE_CLV_OPTIONS_INIT;
  g_autoptr (StoreClv) clv = NULL;
  g_autoptr (StoreModel) model = NULL;
  g_autofree char *text = NULL;
  const char *breaks[][2] = {
    { "\"k\" :", "\"K\" :" }, { "\"mbgnbd\"", "\"other\"" },
    { "\"converged\" : true", "\"converged\" : 2" },
    { "\"occasion_weeks\" : 1", "\"occasion_weeks\" : -1" },
    { "\"occasion_weeks\" : 1", "\"occasion_weeks\" : 1e-9" }, { "\"clv\"", "\"rules\"" },
    { "\"version\" : 1", "\"version\" : 99" },
  };

  options.n_draws = 0;
  options.hold_back_days = 0;
  clv = store_clv_new (table, &options, NULL, NULL);
  model = store_clv_to_model (clv);
  text = store_model_to_text (model);
  for (guint i = 0; i < G_N_ELEMENTS (breaks); i++)
    {
      g_autoptr (GString) broken = g_string_new (text);
      g_autoptr (StoreModel) read = NULL;
      g_autoptr (StoreClv) scored = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (g_string_replace (broken, breaks[i][0], breaks[i][1], 1), ==, 1);
      read = store_model_new_from_text (broken->str, broken->len, &error);
      if (read != NULL)
        scored = store_clv_new_from_model (read, table, &options, NULL, &error);
      g_assert_null (scored);
      g_assert_nonnull (error);
      g_assert_true (error->domain == STORE_ERROR);
    }
}

static void
test_a_model_of_too_little_says_so (void)
{
  g_autoptr (StorePurchaseTable) table = store_purchase_table_new (200, 2);
  StoreClvOptions options = STORE_CLV_OPTIONS_INIT;
  g_autoptr (StoreClv) clv = NULL;
  g_autoptr (StoreModel) model = NULL;
  g_autoptr (GError) error = NULL;

  store_purchase_table_add (table, "a", 1, 100);
  store_purchase_table_finish (table);
  clv = store_clv_new (table, &options, NULL, NULL);
  model = store_clv_to_model (clv);
  g_assert_null (store_clv_new_from_model (model, table, &options, NULL, &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clv-model/round-trip-keeps-the-bits", test_round_trip_keeps_the_bits);
  g_test_add_func ("/clv-model/other-customers-are-scored", test_other_customers_are_scored);
  g_test_add_func ("/clv-model/broken-models-are-told", test_broken_models_are_told);
  g_test_add_func ("/clv-model/a-model-of-too-little-says-so", test_a_model_of_too_little_says_so);
  return g_test_run ();
}
