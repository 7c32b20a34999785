/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "series-row.h"
#include "shared-data.h"
#include "store-decompose.h"
#include "store-stationarity.h"
#include "store-stl.h"

/* By R: mstl (AirPassengers), stl (AirPassengers, s.window = 11). */
static void
test_parts_agree_with_r (void)
{
  double seasonal[144];
  double trend[144];

  g_assert_true (store_stl_decompose (series_row_airline, 144, 12, seasonal, trend));
  assert_close (trend[0], 123.145056928, 1e-9);
  assert_close (trend[1], 123.725069240, 1e-9);
  assert_close (trend[69], 251.162308361, 1e-9);
  assert_close (trend[143], 496.683254025, 1e-9);
  assert_close (seasonal[0], -16.9770740864, 1e-9);
  assert_close (seasonal[69], -21.7110053102, 1e-9);
  assert_close (seasonal[143], -44.1963249790, 1e-9);
  assert_close (store_stl_seasonal_strength (series_row_airline, 144, 12), 0.94067249031, 1e-10);
  assert_close (store_stl_trend_strength (series_row_airline, 144, 12), 0.990955036767, 1e-10);
}

static void
test_two_seasons_are_too_few (void)
{
  double seasonal[24];
  double trend[24];

  g_assert_false (store_stl_decompose (series_row_airline, 24, 12, seasonal, trend));
  assert_close (store_stl_seasonal_strength (series_row_airline, 24, 12), 0.0, 0.0);
}

/* By R: decompose (AirPassengers, "multiplicative"), decompose (AirPassengers). */
static void
test_figures_agree_with_r (void)
{
  double figure[12];

  g_assert_true (store_decompose (series_row_airline, 144, 12, TRUE, figure));
  assert_close (figure[0], 0.9102303674, 1e-9);
  assert_close (figure[6], 1.2265555429, 1e-9);
  assert_close (figure[11], 0.8988243900, 1e-9);
  g_assert_true (store_decompose (series_row_airline, 144, 12, FALSE, figure));
  assert_close (figure[0], -24.748737374, 1e-9);
  assert_close (figure[6], 63.830808081, 1e-9);
  g_assert_false (store_decompose (series_row_airline, 23, 12, FALSE, figure));
}

/* By R: ur.kpss (AirPassengers, "mu", use.lag = trunc (3 * sqrt (144) / 13)), and of its
 * differences. */
static void
test_test_of_level_agrees_with_r (void)
{
  double changes[143];

  for (guint t = 0; t < 143; t++)
    changes[t] = series_row_airline[t + 1] - series_row_airline[t];
  assert_close (store_stationarity_test (series_row_airline, 144), 4.34228679711, 1e-10);
  assert_close (store_stationarity_test (changes, 143), 0.0114847283387, 1e-10);
  g_assert_cmpuint (store_stationarity_find_differences (series_row_airline, 144, 2), ==, 1);
  g_assert_cmpuint (store_stationarity_find_differences (changes, 143, 2), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stl/parts-agree-with-r", test_parts_agree_with_r);
  g_test_add_func ("/stl/two-seasons-are-too-few", test_two_seasons_are_too_few);
  g_test_add_func ("/decompose/figures-agree-with-r", test_figures_agree_with_r);
  g_test_add_func ("/stationarity/test-of-level-agrees-with-r", test_test_of_level_agrees_with_r);
  return g_test_run ();
}
