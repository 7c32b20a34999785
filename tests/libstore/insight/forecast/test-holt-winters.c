/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "series-row.h"
#include "shared-data.h"
#include "store-error.h"
#include "store-holt-winters.h"

static void
test_airline_agrees_with_r (void)
{
  g_autoptr (SeriesRow) row = series_row_load ("AirPassengers");
  g_autoptr (StoreHoltWinters) model = NULL;
  double squares;

  if (row == NULL)
    return;
  squares = series_row_get (row, "HoltWinters_mult/SSE");
  model = store_holt_winters_new (series_row_airline, 144, 12, TRUE, NULL);
  g_test_message ("%.9g, of R %.9g", model->squares, squares);
  g_assert_cmpfloat (model->squares, <=, squares * (1.0 + 1e-9));
  assert_close (model->alpha, series_row_get (row, "HoltWinters_mult/alpha"), 1e-3);
  assert_close (model->beta, series_row_get (row, "HoltWinters_mult/beta"), 1e-3);
  assert_close (model->gamma, series_row_get (row, "HoltWinters_mult/gamma"), 1e-3);
}

/* Two seasons to begin with, a trend and a figure without any noise: nothing is left to be off. */
static void
test_line_and_figure_go_on (void)
{
  const double figure[] = { 5, -2, 7, -10 };
  g_autoptr (StoreHoltWinters) model = NULL;
  g_autoptr (StorePrediction) prediction = NULL;
  double values[120];

  for (guint t = 0; t < 120; t++)
    values[t] = 50.0 + 0.5 * t + figure[t % 4];
  model = store_holt_winters_new_auto (values, 120, 4, NULL);
  prediction = store_holt_winters_predict (model, values, 120, 8, NULL);
  for (guint h = 0; h < 8; h++)
    assert_relative (prediction->mean[h], 50.0 + 0.5 * (120 + h) + figure[h % 4], 1e-3);
}

static void
test_limits_grow (void)
{
  g_autoptr (StoreHoltWinters) model = store_holt_winters_new_auto (series_row_airline, 144, 12,
                                                                    NULL);
  g_autoptr (StorePrediction) prediction = store_holt_winters_predict (model, series_row_airline,
                                                                       144, 24, NULL);

  g_assert_true (model->by_factors);
  for (guint h = 12; h < 24; h++)
    g_assert_cmpfloat (prediction->high95[h] - prediction->low95[h], >,
                       prediction->high95[h - 12] - prediction->low95[h - 12]);
}

static void
test_too_little_is_told (void)
{
  const double zeros[30] = { 0 };
  g_autoptr (StoreHoltWinters) flat = NULL;
  g_autoptr (GError) few = NULL;
  g_autoptr (GError) none = NULL;

  g_assert_null (store_holt_winters_new (series_row_airline, 24, 12, TRUE, &few));
  g_assert_error (few, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA);
  g_assert_null (store_holt_winters_new (zeros, 30, 4, TRUE, &none));
  g_assert_error (none, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA);
  flat = store_holt_winters_new_auto (zeros, 30, 4, NULL);
  g_assert_true (flat == NULL || flat->squares == 0.0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/holt-winters/airline-agrees-with-r", test_airline_agrees_with_r);
  g_test_add_func ("/holt-winters/line-and-figure-go-on", test_line_and_figure_go_on);
  g_test_add_func ("/holt-winters/limits-grow", test_limits_grow);
  g_test_add_func ("/holt-winters/too-little-is-told", test_too_little_is_told);
  return g_test_run ();
}
