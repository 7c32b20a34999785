/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rule that every forecast must beat: as a season ago, or as last time where there is no
 * season. Its errors add up over whole seasons. The mean absolute error of the rule within the
 * series is the scale of MASE (Hyndman, Koehler, "Another look at measures of forecast accuracy",
 * International Journal of Forecasting 22, 2006). */

#include "config.h"

#include <math.h>

#include "store-seasonal-naive.h"

static guint
get_lag (guint n,
         guint season)
{
  return n > season ? season : 1;
}

/**
 * store_seasonal_naive_predict:
 * @values: a series
 * @n: its length, 1 or more
 * @season: periods of a season, 1 for none; taken as 1 where the series is no longer than it
 * @horizon: periods to forecast
 *
 * Returns: (transfer full): the forecast; one value alone gives limits of no width
 */
StorePrediction *
store_seasonal_naive_predict (const double *values,
                              guint         n,
                              guint         season,
                              guint         horizon)
{
  StorePrediction *self = store_prediction_new (horizon);
  const guint lag = get_lag (n, season);
  double squares = 0.0;

  for (guint t = lag; t < n; t++)
    squares += (values[t] - values[t - lag]) * (values[t] - values[t - lag]) / (n - lag);
  for (guint h = 0; h < horizon; h++)
    {
      self->mean[h] = values[n - MIN (lag, n) + h % lag];
      store_prediction_set_variance (self, h, squares * (h / lag + 1));
    }
  return self;
}

/**
 * store_seasonal_naive_get_scale:
 * @values: a series
 * @n: its length
 * @season: periods of a season, 1 for none
 *
 * Returns: how far off the rule is within the series on average, 0 where it cannot be told
 */
double
store_seasonal_naive_get_scale (const double *values,
                                guint         n,
                                guint         season)
{
  const guint lag = get_lag (n, season);
  double sum = 0.0;

  for (guint t = lag; t < n; t++)
    sum += fabs (values[t] - values[t - lag]) / (n - lag);
  return sum;
}
