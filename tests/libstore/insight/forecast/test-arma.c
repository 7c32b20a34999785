/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include "shared-data.h"
#include "store-arma.h"
#include "store-counter-random.h"

#define N 60
#define AHEAD 12

/* What a shock of long ago weighs now. */
static void
find_weights (const StoreArma *arma,
              double          *weights,
              guint            n)
{
  weights[0] = 1.0;
  for (guint j = 1; j < n; j++)
    {
      weights[j] = j <= arma->q ? arma->theta[j - 1] : 0.0;
      for (guint i = 1; i <= MIN (j, arma->p); i++)
        weights[j] += arma->phi[i - 1] * weights[j - i];
    }
}

/* Covariances the slow way: sums of products of thousands of weights. */
static void
find_covariances (const StoreArma *arma,
                  double          *covariances,
                  guint            n)
{
  enum { LONG = 6000 };
  g_autofree double *weights = g_new (double, LONG);

  find_weights (arma, weights, LONG);
  for (guint h = 0; h < n; h++)
    {
      covariances[h] = 0.0;
      for (guint j = 0; j + h < LONG; j++)
        covariances[h] += weights[j] * weights[j + h];
    }
}

/* The Cholesky factor of the covariance matrix gives the errors one step ahead of any forecast. */
static void
factor (const double *covariances,
        double       *lower,
        guint         n)
{
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j <= i; j++)
      {
        double sum = covariances[i - j];

        for (guint k = 0; k < j; k++)
          sum -= lower[i * n + k] * lower[j * n + k];
        lower[i * n + j] = i == j ? sqrt (sum) : sum / lower[j * n + j];
      }
}

static void
check_process (const StoreArma *arma)
{
  enum { ALL = N + AHEAD };
  double values[N];
  double errors[N];
  double forecasts[AHEAD];
  double variances[AHEAD];
  double gains[AHEAD * AHEAD];
  double covariances[ALL];
  double expected[N];
  g_autofree double *lower = g_new0 (double, ALL * ALL);
  const double *const columns[] = { values };
  double *const out[] = { errors };
  double *const ahead[] = { forecasts };
  StoreArmaFilter filter = { 1, N, columns, out, 0.0, AHEAD, ahead, variances, gains };
  double logs = 0.0;

  for (guint t = 0; t < N; t++)
    values[t] = 4.0 * store_counter_random (9, arma->p, t) - 2.0;
  g_assert_true (store_arma_filter (arma, &filter));

  find_covariances (arma, covariances, ALL);
  factor (covariances, lower, ALL);
  for (guint t = 0; t < N; t++)
    {
      expected[t] = values[t];
      for (guint k = 0; k < t; k++)
        expected[t] -= lower[t * ALL + k] * expected[k];
      expected[t] /= lower[t * ALL + t];
      logs += 2.0 * log (lower[t * ALL + t]);
      assert_close (errors[t], expected[t], 1e-9);
    }
  assert_close (filter.log_variances, logs, 1e-9);
  for (guint h = 0; h < AHEAD; h++)
    {
      const double *row = lower + (N + h) * ALL;
      double mean = 0.0;

      for (guint k = 0; k < N; k++)
        mean += row[k] * expected[k];
      assert_close (forecasts[h], mean, 1e-9);
      assert_close (sqrt (variances[h]), row[N + h], 1e-9);
      for (guint k = 0; k < h; k++)
        assert_close (gains[k * (AHEAD - 1) + h - k - 1], row[N + k] / lower[(N + k) * (ALL + 1)],
                      1e-9);
    }
}

static void
test_errors_are_those_of_the_covariance_matrix (void)
{
  const double ar2[] = { 1.2, -0.5 };
  const double ar1[] = { 0.95 };
  const double ma2[] = { -0.4, 0.3 };
  const double seasonal[13] = { [0] = -0.4, [11] = -0.55, [12] = 0.22 };
  const double not_invertible[] = { 1.8, 1.1 };
  const double late[12] = { [11] = 0.7 };

  check_process (&(StoreArma){ 0, 0, NULL, NULL });
  check_process (&(StoreArma){ 2, 0, ar2, NULL });
  check_process (&(StoreArma){ 0, 2, NULL, ma2 });
  check_process (&(StoreArma){ 0, 13, NULL, seasonal });
  check_process (&(StoreArma){ 1, 13, ar1, seasonal });
  check_process (&(StoreArma){ 12, 2, late, ma2 });
  check_process (&(StoreArma){ 2, 2, ar2, not_invertible });
}

static void
test_what_grows_is_no_process (void)
{
  const double walk[] = { 1.0 };
  const double grows[] = { 0.5, 0.7 };
  const double stays[] = { 0.5, 0.4 };

  g_assert_false (store_arma_is_stationary (walk, 1, 1.0));
  g_assert_false (store_arma_is_stationary (grows, 2, 1.0));
  g_assert_true (store_arma_is_stationary (stays, 2, 1.0));
  /* The root of 1 - .5 z - .4 z^2 that is nearest to 1 is 1.0752. */
  g_assert_true (store_arma_is_stationary (stays, 2, 1.075));
  g_assert_false (store_arma_is_stationary (stays, 2, 1.076));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/arma/errors-are-those-of-the-covariance-matrix",
                   test_errors_are_those_of_the_covariance_matrix);
  g_test_add_func ("/arma/what-grows-is-no-process", test_what_grows_is_no_process);
  return g_test_run ();
}
