/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How often a series must be differenced before its level stays: the test of Kwiatkowski, Phillips,
 * Schmidt and Shin ("Testing the null hypothesis of stationarity against the alternative of a unit
 * root", Journal of Econometrics 54, 1992) around a constant level, with Bartlett's weights over
 * 3 sqrt (n) / 13 lags. It is differenced while the test is above the table's value at 5 %. */

#include "config.h"

#include <math.h>

#include "store-stationarity.h"

#define CRITICAL_5_PERCENT 0.463
#define SAME 1.5e-8

/**
 * store_stationarity_is_constant:
 * @values: a series
 * @n: its length
 *
 * Returns: whether it differs from its first value by no more than rounding does
 */
gboolean
store_stationarity_is_constant (const double *values,
                                guint         n)
{
  double size = n > 0 ? fabs (values[0]) : 0.0;
  double away = 0.0;

  for (guint t = 1; t < n; t++)
    away += fabs (values[t] - values[0]);
  return away <= SAME * n * (size > SAME ? size : 1.0);
}

/**
 * store_stationarity_test:
 * @values: a series that is not constant
 * @n: its length
 *
 * Returns: the statistic, large where the level does not stay
 */
double
store_stationarity_test (const double *values,
                         guint         n)
{
  const guint lags = MIN ((guint) (3.0 * sqrt (n) / 13.0), n > 0 ? n - 1 : 0);
  g_autofree double *rest = g_new (double, n);
  double mean = 0.0;
  double sum = 0.0;
  double of_sums = 0.0;
  double variance = 0.0;

  for (guint t = 0; t < n; t++)
    mean += values[t] / n;
  for (guint t = 0; t < n; t++)
    {
      rest[t] = values[t] - mean;
      sum += rest[t];
      of_sums += sum * sum;
    }
  for (guint lag = 0; lag <= lags; lag++)
    {
      double product = 0.0;

      for (guint t = lag; t < n; t++)
        product += rest[t] * rest[t - lag];
      variance += (lag == 0 ? 1.0 : 2.0 * (1.0 - lag / (lags + 1.0))) * product / n;
    }
  return of_sums / ((double) n * n) / variance;
}

/**
 * store_stationarity_find_differences:
 * @values: a series
 * @n: its length
 * @most: how often at most
 *
 * Returns: how often to difference it
 */
guint
store_stationarity_find_differences (const double *values,
                                     guint         n,
                                     guint         most)
{
  g_autofree double *now = g_memdup2 (values, n * sizeof *values);
  guint times = 0;

  while (times < most && n > 2 && !store_stationarity_is_constant (now, n) &&
         store_stationarity_test (now, n) > CRITICAL_5_PERCENT)
    {
      times++;
      n--;
      for (guint t = 0; t < n; t++)
        now[t] = now[t + 1] - now[t];
    }
  return times;
}
