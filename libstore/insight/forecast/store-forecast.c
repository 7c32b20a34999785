/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A series in, a forecast out: the methods race over its past, and the winner is fitted to all of
 * it. Whoever is asked for by name runs against the simple rule alone, so that it is always told
 * whether a method helps. With too little to race on, what is there is described and nothing is
 * forecast. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "store-error.h"
#include "store-forecast-private.h"
#include "store-stl.h"

#define FEWEST_VALUES 12
#define FEWEST_BEYOND_SEASONS 5

/* Of a line through few values its methods would foretell the line, and be tried on it. */
gboolean
store_forecast_has_gaps (const StoreForecast *self)
{
  const StoreSeries *series = self->series;

  return series->is_measured && 2 * series->n_filled > series->n;
}

/* A season counts where it has been seen twice and a little more. */
static guint
find_season (const StoreSeries *series)
{
  return series->n >= 2 * series->season + FEWEST_BEYOND_SEASONS ? series->season : 1;
}

StoreForecast *
store_forecast_begin (const StoreSeries          *series,
                      const StoreForecastOptions *options)
{
  StoreForecast *self = g_new0 (StoreForecast, 1);

  self->series = store_series_copy (series);
  self->options = *options;
  if (self->options.horizon == 0)
    self->options.horizon = store_series_period_get_horizon (series->every);
  self->unit = g_strdup (options->unit);
  self->options.unit = self->unit;
  self->season = find_season (series);
  self->growth = NAN;
  self->sum = NAN;
  self->from_customers = NAN;
  return self;
}

/* What methods are fitted to: all of the series, or its last part. */
const double *
store_forecast_get_recent (const StoreForecast *self,
                           guint               *n)
{
  *n = MIN (self->series->n, STORE_FORECAST_MOST_VALUES);
  return self->series->values + self->series->n - *n;
}

static double
find_growth (const StoreForecast *self)
{
  const guint lag = self->season > 1 ? self->season : self->prediction->horizon;
  const guint n = MIN (self->prediction->horizon, lag);
  double later = 0.0;
  double former = 0.0;

  if (self->series->n < lag)
    return NAN;
  for (guint h = 0; h < n; h++)
    {
      later += self->prediction->mean[h];
      former += self->series->values[self->series->n - lag + h];
    }
  return former > 0.0 ? later / former - 1.0 : NAN;
}

/* What is to be said about a forecast when it is there. */
void
store_forecast_look (StoreForecast *self)
{
  guint n;
  const double *values = store_forecast_get_recent (self, &n);

  if (self->prediction != NULL && self->series->never_negative)
    store_prediction_raise (self->prediction, 0.0);
  self->season_strength = self->season > 1 ? store_stl_seasonal_strength (values, n, self->season)
                                           : 0.0;
  if (self->prediction != NULL)
    {
      self->growth = find_growth (self);
      self->sum = 0.0;
      for (guint h = 0; h < self->prediction->horizon; h++)
        self->sum += self->prediction->mean[h];
    }
  self->enough = self->prediction != NULL;
  self->notes = store_forecast_write_notes (self);
}

static gboolean
race (StoreForecast  *self,
      GCancellable   *cancellable,
      GError        **error)
{
  const StoreRaceOptions options = {
    .season = self->season,
    .horizon = self->options.horizon,
    .only = self->options.method,
    .seed = self->options.seed,
    .progress = self->options.progress,
    .progress_data = self->options.progress_data,
  };
  guint n;
  const double *values = store_forecast_get_recent (self, &n);

  self->race = store_race_new (values, n, &options, cancellable, error);
  return self->race != NULL;
}

static gboolean
is_cancelled (GError *error)
{
  return g_error_matches (error, STORE_ERROR, STORE_ERROR_CANCELLED);
}

/* Takes the first of the race that can be fitted to the whole series. */
static gboolean
fit (StoreForecast  *self,
     GCancellable   *cancellable,
     GError        **error)
{
  guint n;
  const double *values = store_forecast_get_recent (self, &n);

  for (guint i = 0; i < self->race->n_entries && self->prediction == NULL; i++)
    {
      StoreForecastMethod method = self->race->entries[i].method;
      g_autoptr (StoreForecaster) forecaster = NULL;
      g_autoptr (GError) reason = NULL;

      if (self->options.method != STORE_FORECAST_BEST && self->options.method != method)
        continue;
      forecaster = store_forecaster_new (method, values, n, self->season, self->options.seed,
                                         cancellable, &reason);
      if (forecaster != NULL)
        self->prediction = store_forecaster_predict (forecaster, values, n, 0,
                                                     self->options.horizon, &reason);
      if (self->prediction != NULL)
        self->forecaster = g_steal_pointer (&forecaster);
      else if (is_cancelled (reason))
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * store_forecast_new:
 * @series: a series
 * @options: method, horizon and seed
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Takes up to some seconds; any thread. Too short a series is an answer with @enough %FALSE.
 *
 * Returns: (transfer full): the forecast, or %NULL with %STORE_ERROR_INVALID (the horizon) or
 *   %STORE_ERROR_CANCELLED
 */
StoreForecast *
store_forecast_new (const StoreSeries           *series,
                    const StoreForecastOptions  *options,
                    GCancellable                *cancellable,
                    GError                     **error)
{
  g_autoptr (StoreForecast) self = NULL;

  g_return_val_if_fail (series != NULL && options != NULL, NULL);

  if (options->horizon > STORE_FORECAST_LONGEST_HORIZON)
    {
      g_set_error (error, STORE_ERROR, STORE_ERROR_INVALID,
                   _("At most %u periods can be forecast."), STORE_FORECAST_LONGEST_HORIZON);
      return NULL;
    }
  self = store_forecast_begin (series, options);
  if (series->n >= FEWEST_VALUES && !store_forecast_has_gaps (self) &&
      (!race (self, cancellable, error) || !fit (self, cancellable, error)))
    return NULL;
  store_forecast_look (self);
  return g_steal_pointer (&self);
}

void
store_forecast_free (StoreForecast *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->series, store_series_free);
  g_clear_pointer (&self->race, store_race_free);
  g_clear_pointer (&self->forecaster, store_forecaster_free);
  g_clear_pointer (&self->prediction, store_prediction_free);
  g_strfreev (self->notes);
  g_free (self->unit);
  g_free (self);
}
