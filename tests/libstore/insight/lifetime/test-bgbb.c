/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "shared-data.h"
#include "store-bgbb.h"
#include "store-counter-random.h"
#include "store-error.h"

static GArray *
load_donations (void)
{
  g_autofree char *path = shared_data_find ("clv/donations_bgbb.csv");
  GArray *patterns = g_array_new (FALSE, FALSE, sizeof (StoreBgbbPattern));
  guint n;
  g_autofree double *numbers = numbers_load (path, 0, 4, &n);

  for (guint i = 0; i < n; i++)
    {
      StoreBgbbPattern pattern = { numbers[i * 4], numbers[i * 4 + 1], numbers[i * 4 + 2],
                                   numbers[i * 4 + 3] };

      g_array_append_val (patterns, pattern);
    }
  return patterns;
}

/* The reference stops at a relative 1e-5 of the parameters. */
static void
test_donations_are_exact (void)
{
  g_autoptr (GArray) patterns = load_donations ();
  g_autoptr (JsonNode) reference = shared_reference_load ("clv_open.json");
  g_autoptr (GError) error = NULL;
  StoreBgbb model;
  double likelihood;

  if (patterns->len == 0 || reference == NULL)
    return;
  g_assert_cmpuint (patterns->len, ==, 22);
  store_bgbb_fit (&model, (StoreBgbbPattern *) (gpointer) patterns->data, patterns->len, &error);
  g_assert_no_error (error);
  g_assert_true (model.converged && !model.at_limit);
  assert_relative (model.alpha, shared_reference_get (reference, "bgbb_donations/lifetimes/alpha"),
                   2e-4);
  assert_relative (model.beta, shared_reference_get (reference, "bgbb_donations/lifetimes/beta"),
                   2e-4);
  assert_relative (model.gamma, shared_reference_get (reference, "bgbb_donations/lifetimes/gamma"),
                   2e-4);
  assert_relative (model.delta, shared_reference_get (reference, "bgbb_donations/lifetimes/delta"),
                   2e-4);
  likelihood = shared_reference_get (reference, "bgbb_donations/loglik");
  g_assert_cmpfloat (model.log_likelihood, >=, likelihood - 1e-6);
  g_assert_cmpfloat (model.log_likelihood, <=, likelihood + 1e-3);
}

static const StoreBgbbPattern invented[] = {
  { 0, 0, 5, 40.0 }, { 1, 1, 5, 10.0 }, { 2, 4, 5, 7.0 }, { 5, 5, 5,
                                                            3.0 }, { 1, 3, 4,
                                                                     6.0 }, { 3, 6, 12, 2.0 },
};

static void
test_derivatives_agree_with_differences (void)
{
  const double step = 1e-5;

  for (guint trial = 0; trial < 20; trial++)
    {
      double point[4];
      double gradient[4];
      double hessian[16];

      for (guint i = 0; i < 4; i++)
        point[i] = 4.0 * store_counter_random (81, trial, i) - 2.0;
      store_bgbb_differentiate (invented, G_N_ELEMENTS (invented), point, gradient, hessian);
      for (guint i = 0; i < 4; i++)
        {
          double low[4] = { point[0], point[1], point[2], point[3] };
          double high[4] = { point[0], point[1], point[2], point[3] };
          double low_slope[4];
          double high_slope[4];
          double unused[16];
          double rise;

          low[i] -= step;
          high[i] += step;
          rise = store_bgbb_differentiate (invented, G_N_ELEMENTS (invented), high, high_slope,
                                           unused) -
                 store_bgbb_differentiate (invented, G_N_ELEMENTS (invented), low, low_slope,
                                           unused);
          assert_close (gradient[i], rise / (2.0 * step), 1e-5);
          for (guint j = 0; j < 4; j++)
            assert_close (hessian[i * 4 + j], (high_slope[j] - low_slope[j]) / (2.0 * step), 1e-5);
        }
    }
}

/* All that can be seen in four occasions has probability 1 together. */
static void
test_likelihoods_of_all_histories_sum_to_one (void)
{
  const double point[] = { log (1.2), log (0.7), log (0.6), log (2.8) };
  double sum = 0.0;

  for (guint history = 0; history < 16; history++)
    {
      StoreBgbbPattern pattern = { 0, 0, 4, 1.0 };
      double gradient[4];
      double hessian[16];

      for (guint i = 0; i < 4; i++)
        if (history >> i & 1)
          {
            pattern.x++;
            pattern.t_x = i + 1;
          }
      sum += exp (store_bgbb_differentiate (&pattern, 1, point, gradient, hessian));
    }
  assert_close (sum, 1.0, 1e-12);
}

/* Ahead by one occasion is the ratio of two likelihoods: bought then, over seen until now. */
static void
test_forecast_agrees_with_the_likelihood (void)
{
  const double point[] = { log (1.2), log (0.7), log (0.6), log (2.8) };
  StoreBgbb model = { 1.2, 0.7, 0.6, 2.8, 0.0, FALSE, TRUE };

  for (guint i = 0; i < G_N_ELEMENTS (invented); i++)
    {
      StoreBgbbPattern now = { invented[i].x, invented[i].t_x, invented[i].n, 1.0 };
      StoreBgbbPattern then = { now.x + 1, now.n + 1, now.n + 1, 1.0 };
      double gradient[4];
      double hessian[16];
      double likelihood = store_bgbb_differentiate (&now, 1, point, gradient, hessian);
      double bought = store_bgbb_differentiate (&then, 1, point, gradient, hessian);

      assert_close (store_bgbb_get_expected (&model, now.x, now.t_x, now.n, 1),
                    exp (bought - likelihood), 1e-12);
    }
}

static void
test_impossible_histories_are_refused (void)
{
  const StoreBgbbPattern bad[] = { { 3, 2, 5, 1.0 }, { 1, 6, 5, 1.0 }, { 0, 2, 5, 1.0 },
                                   { 1, 1, 5, NAN } };
  const StoreBgbbPattern nobody = { 0, 0, 5, 10.0 };
  g_autoptr (GError) none = NULL;
  StoreBgbb model;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (store_bgbb_fit (&model, &bad[i], 1, &error));
      g_assert_error (error, STORE_ERROR, STORE_ERROR_INVALID);
    }
  g_assert_false (store_bgbb_fit (&model, &nobody, 1, &none));
  g_assert_error (none, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bgbb/donations-are-exact", test_donations_are_exact);
  g_test_add_func ("/bgbb/derivatives-agree-with-differences",
                   test_derivatives_agree_with_differences);
  g_test_add_func ("/bgbb/likelihoods-of-all-histories-sum-to-one",
                   test_likelihoods_of_all_histories_sum_to_one);
  g_test_add_func ("/bgbb/forecast-agrees-with-the-likelihood",
                   test_forecast_agrees_with_the_likelihood);
  g_test_add_func ("/bgbb/impossible-histories-are-refused", test_impossible_histories_are_refused);
  return g_test_run ();
}
