/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A forecast as a model: the fitted method, and where its series began, so that a series which has
 * grown since goes on with the same states, and another one begins with its own. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "store-error.h"
#include "store-forecast-private.h"
#include "store-insight-json.h"
#include "store-model-body.h"

#define VERSION 1

/**
 * store_forecast_to_model:
 * @self: a result
 *
 * Returns: (transfer full) (nullable): what another series of such periods can be forecast by;
 *   %NULL where there is no forecast
 */
StoreModel *
store_forecast_to_model (const StoreForecast *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *fingerprint = store_series_dup_fingerprint (self->series);
  StoreModelHead head = {
    .analysis = "forecast",
    .version = VERSION,
    .until = self->series->until,
    .fingerprint = fingerprint,
    .n_rows = self->series->n,
  };
  guint n;

  if (self->forecaster == NULL)
    return NULL;
  head.method = store_forecast_method_get_name (store_forecaster_get_method (self->forecaster));
  store_forecast_get_recent (self, &n);
  json_builder_begin_object (builder);
  store_insight_json_add_count (builder, "every", self->series->every);
  store_insight_json_add_count (builder, "first", self->series->first +
                                                    (gint64) (self->series->n - n));
  store_forecaster_add_body (self->forecaster, builder);
  json_builder_end_object (builder);
  return store_model_new (&head, json_builder_get_root (builder));
}

static gboolean
find_method (const char           *name,
             StoreForecastMethod  *method,
             GError              **error)
{
  for (guint i = 0; i < STORE_FORECAST_N_METHODS; i++)
    if (g_strcmp0 (name, store_forecast_method_get_name (i)) == 0)
      {
        *method = i;
        return TRUE;
      }
  g_set_error_literal (error, STORE_ERROR, STORE_ERROR_DAMAGED,
                       _("The model is of a method that is not known here."));
  return FALSE;
}

/* Reads the method, and how much later @series begins. */
static StoreForecaster *
read_forecaster (StoreModel         *model,
                 const StoreSeries  *series,
                 gint64             *first,
                 GError            **error)
{
  JsonObject *body = store_model_get_body (model);
  StoreForecastMethod method;
  gint64 every;

  if (!store_model_check (model, "forecast", VERSION, error) ||
      !find_method (store_model_get_head (model)->method, &method, error) ||
      !store_model_body_read_count (body, "every", 0, STORE_SERIES_N_PERIODS - 1, &every, error) ||
      !store_model_body_read_count (body, "first", -G_MAXINT32 / 4, G_MAXINT32 / 4, first, error))
    return NULL;
  if (every != (gint64) series->every)
    {
      g_set_error (error, STORE_ERROR, STORE_ERROR_INVALID,
                   _("The model was made of values for each %s, these are for each %s."),
                   store_series_period_get_name ((StoreSeriesPeriod) every),
                   store_series_period_get_name (series->every));
      return NULL;
    }
  return store_forecaster_new_from_body (method, body, error);
}

/**
 * store_forecast_new_from_model:
 * @model: of store_forecast_to_model()
 * @series: a series of the same periods
 * @options: horizon and unit; the method is the model's
 * @error: return location
 *
 * Forecasts by a method that was fitted before; nothing is fitted and there is no race.
 *
 * Returns: (transfer full): the forecast, or %NULL with %STORE_ERROR_DAMAGED, %STORE_ERROR_INVALID,
 *   %STORE_ERROR_TOO_NEW or %STORE_ERROR_TOO_LITTLE_DATA
 */
StoreForecast *
store_forecast_new_from_model (StoreModel                  *model,
                               const StoreSeries           *series,
                               const StoreForecastOptions  *options,
                               GError                     **error)
{
  g_autoptr (StoreForecast) self = store_forecast_begin (series, options);
  const double *values;
  gint64 first;
  guint n;

  self->forecaster = read_forecaster (model, series, &first, error);
  if (self->forecaster == NULL)
    return NULL;
  if (series->n == 0)
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA,
                           _("There is no whole period to go on from."));
      return NULL;
    }
  if (self->options.horizon > STORE_FORECAST_LONGEST_HORIZON)
    {
      g_set_error (error, STORE_ERROR, STORE_ERROR_INVALID,
                   _("At most %u periods can be forecast."), STORE_FORECAST_LONGEST_HORIZON);
      return NULL;
    }
  values = store_forecast_get_recent (self, &n);
  self->prediction = store_forecaster_predict (self->forecaster, values, n,
                                               (gint) (series->first +
                                                       (gint64) (series->n - n) - first),
                                               self->options.horizon, error);
  if (self->prediction == NULL)
    return NULL;
  store_forecast_look (self);
  return g_steal_pointer (&self);
}
