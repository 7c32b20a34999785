/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "shared-data.h"
#include "store-counter-random.h"
#include "store-error.h"
#include "store-gamma-gamma.h"

static void
test_cdnow_is_exact (void)
{
  g_autofree char *path = shared_data_find ("clv/cdnow_sample.csv");
  g_autoptr (StorePurchaseTable) table = purchases_load (path, 1, 2, 4, "1997-09-30");
  g_autoptr (GError) error = NULL;
  StoreGammaGamma model;

  if (table == NULL)
    return;
  store_gamma_gamma_fit (&model, table, &error);
  g_assert_no_error (error);
  g_assert_true (model.converged);
  g_assert_false (model.at_limit);
  g_assert_cmpuint (model.n_customers, ==, 946);
  g_assert_cmpfloat_with_epsilon (model.p, 6.2496, 5e-5);
  g_assert_cmpfloat_with_epsilon (model.q, 3.7442, 5e-5);
  g_assert_cmpfloat_with_epsilon (model.v, 15.4435, 5e-5);
}

static StorePurchaseTable *
invent_table (guint n)
{
  StorePurchaseTable *table = store_purchase_table_new (STORE_PURCHASE_UNTIL_LAST, 2);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("%05u", i);
      double level = exp (store_counter_random (2, i, 0) * 2.0);

      for (guint j = 0; j < 2 + i % 5; j++)
        store_purchase_table_add (table, id, j,
                                  llround (1000.0 * level *
                                           (0.5 + store_counter_random (2, i, j + 1))));
    }
  store_purchase_table_finish (table);
  return table;
}

static void
test_fit_is_a_maximum (void)
{
  g_autoptr (StorePurchaseTable) table = invent_table (400);
  g_autofree double *x = g_new (double, 400);
  g_autofree double *mean = g_new (double, 400);
  g_autoptr (GError) error = NULL;
  StoreGammaGamma model;
  double point[3];
  double gradient[3];
  double hessian[9];
  double value;
  guint n = 0;

  store_gamma_gamma_fit (&model, table, &error);
  g_assert_no_error (error);
  for (guint repeats = 1; repeats < 6; repeats++)
    for (guint row = 0; row < 400; row++)
      if (store_purchase_table_get_columns (table)->purchases[row] == repeats + 1)
        {
          x[n] = repeats;
          mean[n++] = store_gamma_gamma_get_mean_of (table, row);
        }

  point[0] = log (model.p);
  point[1] = log (model.q);
  point[2] = log (model.v);
  value = store_gamma_gamma_differentiate (x, mean, n, point, gradient, hessian);
  assert_relative (value, model.log_likelihood, 1e-12);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpfloat_with_epsilon (gradient[i], 0.0, 1e-6);
      g_assert_cmpfloat (hessian[i * 3 + i], <, 0.0);
    }
}

static void
test_derivatives_agree_with_differences (void)
{
  const double x[] = { 1, 1, 2, 5, 5, 30 };
  const double mean[] = { 0.4, 3.0, 1.0, 0.9, 1.4, 2.2 };
  const double step = 1e-5;

  for (guint trial = 0; trial < 30; trial++)
    {
      double point[3];
      double gradient[3];
      double hessian[9];

      for (guint i = 0; i < 3; i++)
        point[i] = 5.0 * store_counter_random (9, trial, i) - 2.0;
      store_gamma_gamma_differentiate (x, mean, 6, point, gradient, hessian);
      for (guint i = 0; i < 3; i++)
        {
          double low[3] = { point[0], point[1], point[2] };
          double high[3] = { point[0], point[1], point[2] };
          double low_slope[3];
          double high_slope[3];
          double unused[9];
          double rise;

          low[i] -= step;
          high[i] += step;
          rise = store_gamma_gamma_differentiate (x, mean, 6, high, high_slope, unused) -
                 store_gamma_gamma_differentiate (x, mean, 6, low, low_slope, unused);
          assert_close (gradient[i], rise / (2.0 * step), 1e-5);
          for (guint j = 0; j < 3; j++)
            assert_close (hessian[i * 3 + j], (high_slope[j] - low_slope[j]) / (2.0 * step), 1e-5);
        }
    }
}

/* Customers 1 and 5 of the reference: expected values by its own parameters. */
static void
test_expected_value_is_between_own_and_common_mean (void)
{
  StoreGammaGamma model = { .p = 6.248802486592134, .q = 3.744588453413638,
                            .v = 15.447748018358588 };

  assert_relative (store_gamma_gamma_get_expected (&model, 2.0, 22.35), 24.658616175554414, 1e-6);
  assert_relative (store_gamma_gamma_get_expected (&model, 1.0, 11.77), 18.91147984460332, 1e-6);
  assert_relative (store_gamma_gamma_get_expected (&model, 0.0, 0.0), 35.17100208933211, 1e-9);
  g_assert_cmpfloat (store_gamma_gamma_get_share (&model, 0.0), ==, 1.0);
  g_assert_cmpfloat (store_gamma_gamma_get_share (&model, 1e6), <, 1e-5);
}

static void
test_no_common_mean_still_gives_a_number (void)
{
  StoreGammaGamma model = { .p = 0.5, .q = 0.9, .v = 3.0, .mean = 7.0 };

  g_assert_cmpfloat (store_gamma_gamma_get_expected (&model, 0.0, 0.0), ==, 7.0);
  g_assert_cmpfloat (store_gamma_gamma_get_expected (&model, 1.0, 9.0), ==, 9.0);
}

static void
test_equal_values_are_no_error (void)
{
  g_autoptr (StorePurchaseTable) table = store_purchase_table_new (STORE_PURCHASE_UNTIL_LAST, 2);
  g_autoptr (GError) error = NULL;
  StoreGammaGamma model;

  for (guint i = 0; i < 30; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);

      store_purchase_table_add (table, id, 0, 2000);
      store_purchase_table_add (table, id, 5, 2000);
    }
  store_purchase_table_finish (table);
  store_gamma_gamma_fit (&model, table, &error);
  g_assert_no_error (error);
  g_assert_true (model.at_limit);
  g_assert_cmpfloat_with_epsilon (store_gamma_gamma_get_expected (&model, 1.0, 20.0), 20.0, 0.1);
}

static void
test_refunds_alone_are_too_little (void)
{
  g_autoptr (StorePurchaseTable) table = store_purchase_table_new (STORE_PURCHASE_UNTIL_LAST, 2);
  g_autoptr (GError) error = NULL;
  StoreGammaGamma model;

  store_purchase_table_add (table, "a", 0, 2000);
  store_purchase_table_add (table, "a", 5, -2000);
  store_purchase_table_add (table, "b", 5, 0);
  store_purchase_table_add (table, "b", 6, 0);
  store_purchase_table_finish (table);
  g_assert_false (store_gamma_gamma_fit (&model, table, &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gamma-gamma/cdnow-is-exact", test_cdnow_is_exact);
  g_test_add_func ("/gamma-gamma/fit-is-a-maximum", test_fit_is_a_maximum);
  g_test_add_func ("/gamma-gamma/derivatives-agree-with-differences", test_derivatives_agree_with_differences);
  g_test_add_func ("/gamma-gamma/expected-value-is-between-own-and-common-mean",
                   test_expected_value_is_between_own_and_common_mean);
  g_test_add_func ("/gamma-gamma/no-common-mean-still-gives-a-number", test_no_common_mean_still_gives_a_number);
  g_test_add_func ("/gamma-gamma/equal-values-are-no-error", test_equal_values_are_no_error);
  g_test_add_func ("/gamma-gamma/refunds-alone-are-too-little", test_refunds_alone_are_too_little);
  return g_test_run ();
}
