/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "series-row.h"
#include "shared-data.h"
#include "store-seasonal-naive.h"
#include "store-theta.h"

static void
check_row (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SeriesRow) row = series_row_load (name);
  g_autoptr (StoreTheta) theta = NULL;
  g_autoptr (StorePrediction) by_theta = NULL;
  g_autoptr (StorePrediction) naive = NULL;

  if (row == NULL)
    return;
  theta = store_theta_new (row->values, row->n, row->season, &error);
  g_assert_no_error (error);
  by_theta = store_theta_predict (theta, row->values, row->n, row->horizon);
  series_row_check (row, "theta", by_theta, 1e-6);
  naive = store_seasonal_naive_predict (row->values, row->n, row->season, row->horizon);
  series_row_check (row, "snaive", naive, 1e-12);
}

static void
test_every_series_agrees_with_r (void)
{
  for (guint i = 0; series_row_names[i] != NULL; i++)
    check_row (series_row_names[i]);
  check_row ("taylor");
}

static void
test_short_and_flat_series_are_finite (void)
{
  const double flat[] = { 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3 };
  const double zeros[16] = { 0 };

  for (guint n = 1; n <= 16; n++)
    for (guint season = 1; season <= 12; season++)
      {
        g_autoptr (StoreTheta) theta = store_theta_new (flat, n, season, NULL);
        g_autoptr (StorePrediction) naive = store_seasonal_naive_predict (zeros, n, season, 5);

        g_assert_true (store_prediction_is_finite (naive));
        if (theta != NULL)
          {
            g_autoptr (StorePrediction) ahead = store_theta_predict (theta, flat, n, 5);

            g_assert_true (store_prediction_is_finite (ahead));
            assert_close (ahead->mean[4], 3.0, 1e-6);
          }
      }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/theta/every-series-agrees-with-r", test_every_series_agrees_with_r);
  g_test_add_func ("/theta/short-and-flat-series-are-finite",
                   test_short_and_flat_series_are_finite);
  return g_test_run ();
}
