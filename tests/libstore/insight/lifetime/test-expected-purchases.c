/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include "shared-data.h"
#include "store-purchase-model.h"
#include "store-counter-random.h"
#include "store-expected-purchases.h"

/* The program of the reference was off by more than ours on the same kind of cases. */
static void
compare_with_reference (double worst,
                        guint  n)
{
  g_autoptr (JsonNode) reference = shared_reference_load ("bgnbd_EY_stress.json");

  if (reference == NULL)
    return;
  g_assert_cmpuint (n, ==, shared_reference_get (reference, "cases"));
  g_assert_cmpfloat (worst, <=, shared_reference_get (reference, "ours/worst_rel"));
  g_assert_cmpfloat (shared_reference_get (reference, "ours/rel_gt_1e9"), ==, 0.0);
}

/* 1,545 cases in arithmetic of 120 digits, made by tests/data/make-bgnbd-expected.py. */
static void
test_stress_grid_is_exact (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "bgnbd-expected.csv", NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = NULL;
  double worst = 0.0;
  guint n = 0;

  g_file_get_contents (path, &contents, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (contents, "\n", -1);
  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], ",", -1);
      double number[11];
      StorePurchaseModel model = { .k = 1 };
      double expected;

      for (guint j = 0; j < 11; j++)
        number[j] = g_ascii_strtod (cells[j], NULL);
      model.kind = number[0] > 0.0 ? STORE_MBGNBD : STORE_BGNBD;
      model.parameters[0] = number[1];
      model.parameters[1] = number[2];
      model.parameters[2] = number[3];
      model.parameters[3] = number[4];
      expected = store_purchase_model_get_expected (&model, number[5], number[6], number[7], number[8]);
      worst = MAX (worst, fabs (expected / number[9] - 1.0));
      if (!(fabs (expected / number[9] - 1.0) <= 1e-9))
        g_test_message ("%s: %.15g", lines[i], expected);
      assert_relative (expected, number[9], 1e-9);
      assert_relative (store_purchase_model_get_p_alive (&model, number[5], number[6], number[7]),
                       number[10], 1e-9);
      n++;
    }
  g_assert_cmpuint (n, ==, 1545);
  g_test_message ("worst relative error %g", worst);
  compare_with_reference (worst, n);
}

static double
draw (guint64 trial,
      guint64 which,
      double  low,
      double  high)
{
  return pow (10.0, low + (high - low) * store_counter_random (21, trial, which));
}

static void
test_extreme_inputs_stay_finite (void)
{
  for (guint trial = 0; trial < 3000; trial++)
    {
      StorePurchaseModel model = {
        .kind = trial % 2 ? STORE_MBGNBD : STORE_BGNBD,
        .parameters = { draw (trial, 0, -6, 6),
                        draw (trial, 1, -4, 7),
                        draw (trial, 2, -8, 6),
                        draw (trial, 3, -8, 6) },
      };
      double T = trial % 5 ? draw (trial, 4, -1, 4) : 0.0;
      double x = trial % 3 ? floor (draw (trial, 5, 0, 4)) : 0.0;
      double t_x = x > 0.0 ? T * store_counter_random (21, trial, 6) : 0.0;
      double weeks = draw (trial, 7, -2, 4);
      double p_alive = store_purchase_model_get_p_alive (&model, x, t_x, T);
      double expected = store_purchase_model_get_expected (&model, x, t_x, T, weeks);
      double later = store_purchase_model_get_expected (&model, x, t_x, T, weeks * 1.5);

      g_assert_true (isfinite (expected) && isfinite (p_alive) && isfinite (later));
      g_assert_cmpfloat (p_alive, >=, 0.0);
      g_assert_cmpfloat (p_alive, <=, 1.0);
      g_assert_cmpfloat (expected, >=, 0.0);
      g_assert_cmpfloat (expected, <=, (model.parameters[0] + x) * weeks / (model.parameters[1] + T) * (1.0 + 1e-9));
      g_assert_cmpfloat (later, >=, expected * (1.0 - 1e-9));
    }
}

static void
test_series_and_integral_agree (void)
{
  for (guint trial = 0; trial < 500; trial++)
    {
      StoreExpectedPurchases model;
      double ahead = draw (trial, 10, -2, 1);
      double by_integral;

      store_expected_purchases_init (&model, draw (trial, 11, -2, 1), trial % 7,
                                     draw (trial, 12, -3, 1),
                                     draw (trial, 13, -3, 1.5) + trial % 7);
      by_integral = store_expected_purchases_integrate (&model, ahead);
      assert_relative (store_expected_purchases_while_alive (&model, ahead), by_integral, 1e-10);
    }
}

/* Of a narrow weight the rounding is large: a search for more digits than there are took a thousand
 * times as long. At so narrow a weight nothing but its mean matters. */
static void
test_narrow_weights_end_soon (void)
{
  const double a = 4.9e8;
  const double b = 4.2e9;
  const double p = a / (a + b);
  gint64 start = g_get_monotonic_time ();

  for (guint trial = 0; trial < 3000; trial++)
    {
      StoreExpectedPurchases model;
      double ahead = draw (trial, 30, -2, 1);
      double shape = draw (trial, 31, -2, 1);

      store_expected_purchases_init (&model, shape, 0.0, a, b);
      assert_relative (store_expected_purchases_integrate (&model, ahead),
                       -expm1 (-shape * log1p (p * ahead)) / p, 1e-6);
    }
  g_assert_cmpint (g_get_monotonic_time () - start, <, 4 * G_USEC_PER_SEC);
}

static void
test_many_times_agree_with_one (void)
{
  for (guint trial = 0; trial < 400; trial++)
    {
      StoreExpectedPurchases model;
      double ahead[12];
      double together[12];
      double step = draw (trial, 20, -3, 1);

      store_expected_purchases_init (&model, draw (trial, 21, -2, 1), trial % 9,
                                     draw (trial, 22, -3, 1),
                                     draw (trial, 23, -3, 2) + trial % 9);
      for (guint i = 0; i < 12; i++)
        ahead[i] = i * step;
      store_expected_purchases_for_all (&model, ahead, 12, together);
      for (guint i = 0; i < 12; i++)
        assert_relative (together[i], store_expected_purchases_while_alive (&model, ahead[i]),
                         1e-11);
    }
}

static void
test_nobody_leaves_means_a_steady_rate (void)
{
  StorePurchaseModel model = { .kind = STORE_BGNBD, .k = 1, .parameters = { 0.7, 9.5 } };

  g_assert_cmpfloat (store_purchase_model_get_p_alive (&model, 3.0, 4.0, 30.0), ==, 1.0);
  assert_relative (store_purchase_model_get_expected (&model, 3.0, 4.0, 30.0, 10.0), 10.0 * 3.7 / 39.5,
                   1e-14);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/expected-purchases/stress-grid-is-exact", test_stress_grid_is_exact);
  g_test_add_func ("/expected-purchases/extreme-inputs-stay-finite", test_extreme_inputs_stay_finite);
  g_test_add_func ("/expected-purchases/series-and-integral-agree", test_series_and_integral_agree);
  g_test_add_func ("/expected-purchases/narrow-weights-end-soon", test_narrow_weights_end_soon);
  g_test_add_func ("/expected-purchases/many-times-agree-with-one", test_many_times_agree_with_one);
  g_test_add_func ("/expected-purchases/nobody-leaves-means-a-steady-rate", test_nobody_leaves_means_a_steady_rate);
  return g_test_run ();
}
