/* SPDX-License-Identifier: GPL-3.0-or-later */

/* All methods behind one face, so that they can run in one race. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "store-error.h"
#include "store-forecaster-private.h"
#include "store-insight-json.h"
#include "store-seasonal-naive.h"

/* Squares of numbers within these are numbers too. */
#define LARGE 1e60
#define SMALL 1e-60

/**
 * store_forecast_method_get_name:
 * @method: a method
 *
 * Returns: its name on the command line and in JSON
 */
const char *
store_forecast_method_get_name (StoreForecastMethod method)
{
  static const char *const names[] = { "snaive", "holt-winters", "theta", "ets", "arima",
                                       "lstm" };

  return names[method];
}

/**
 * store_forecast_method_get_title:
 * @method: a method
 *
 * Returns: its name for a person, translated
 */
const char *
store_forecast_method_get_title (StoreForecastMethod method)
{
  switch (method)
    {
    case STORE_FORECAST_HOLT_WINTERS:
      return _("Holt-Winters (smoothing of level, trend and season)");
    case STORE_FORECAST_THETA:
      return _("theta (smoothing with half of the trend)");
    case STORE_FORECAST_ETS:
      return _("exponential smoothing");
    case STORE_FORECAST_ARIMA:
      return _("ARIMA (the series follows its own past)");
    case STORE_FORECAST_LSTM:
      return _("a small neural network");
    case STORE_FORECAST_NAIVE:
    default:
      return _("the simple rule (as a season ago, or as last time)");
    }
}

static double
find_scale (const double *values,
            guint         n)
{
  double largest = 0.0;

  for (guint t = 0; t < n; t++)
    largest = MAX (largest, fabs (values[t]));
  return largest > LARGE || (largest > 0.0 && largest < SMALL) ? largest : 1.0;
}

static double *
dup_scaled (const StoreForecaster *self,
            const double          *values,
            guint                  n)
{
  double *scaled = g_new (double, n + 1);

  for (guint t = 0; t < n; t++)
    scaled[t] = values[t] / self->scale;
  return scaled;
}

static gboolean
fit (StoreForecaster  *self,
     const double     *values,
     guint             n,
     guint64           seed,
     GCancellable     *cancellable,
     GError          **error)
{
  switch (self->method)
    {
    case STORE_FORECAST_HOLT_WINTERS:
      self->holt_winters = store_holt_winters_new_auto (values, n, self->season, error);
      return self->holt_winters != NULL;
    case STORE_FORECAST_THETA:
      self->theta = store_theta_new (values, n, self->season, error);
      return self->theta != NULL;
    case STORE_FORECAST_ETS:
      self->ets = store_ets_new_auto (values, n, self->season, cancellable, error);
      return self->ets != NULL;
    case STORE_FORECAST_ARIMA:
      self->arima = store_arima_new_auto (values, n, self->season, cancellable, error);
      return self->arima != NULL;
    case STORE_FORECAST_LSTM:
      self->lstm = store_lstm_new (values, n, self->season, seed, cancellable, error);
      return self->lstm != NULL;
    case STORE_FORECAST_NAIVE:
    default:
      return TRUE;
    }
}

/**
 * store_forecaster_new:
 * @method: which method
 * @values: the series, finite numbers
 * @n: how many, 1 or more
 * @season: periods of a season, 1 for none
 * @seed: of random numbers, where there are any
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Returns: (transfer full): the fit, or %NULL with %STORE_ERROR_TOO_LITTLE_DATA or
 *   %STORE_ERROR_CANCELLED
 */
StoreForecaster *
store_forecaster_new (StoreForecastMethod   method,
                      const double         *values,
                      guint                 n,
                      guint                 season,
                      guint64               seed,
                      GCancellable         *cancellable,
                      GError              **error)
{
  g_autoptr (StoreForecaster) self = g_new0 (StoreForecaster, 1);
  g_autofree double *scaled = NULL;

  g_return_val_if_fail (values != NULL && n > 0 && season > 0, NULL);

  self->method = method;
  self->season = season;
  self->scale = find_scale (values, n);
  scaled = dup_scaled (self, values, n);
  return fit (self, scaled, n, seed, cancellable, error) ? g_steal_pointer (&self) : NULL;
}

void
store_forecaster_free (StoreForecaster *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->holt_winters, store_holt_winters_free);
  g_clear_pointer (&self->theta, store_theta_free);
  g_clear_pointer (&self->ets, store_ets_free);
  g_clear_pointer (&self->arima, store_arima_free);
  g_clear_pointer (&self->lstm, store_lstm_free);
  g_free (self);
}

StoreForecastMethod
store_forecaster_get_method (const StoreForecaster *self)
{
  return self->method;
}

static StorePrediction *
predict (const StoreForecaster  *self,
         const double           *values,
         guint                   n,
         gint                    later,
         guint                   horizon,
         GError                **error)
{
  g_autoptr (StoreEts) begun = NULL;
  g_autoptr (StoreTheta) turned = NULL;
  g_autoptr (StoreArima) moved = NULL;

  switch (self->method)
    {
    case STORE_FORECAST_HOLT_WINTERS:
      return store_holt_winters_predict (self->holt_winters, values, n, horizon, error);
    case STORE_FORECAST_THETA:
      turned = store_theta_begin (self->theta, values, n, later);
      return store_theta_predict (turned, values, n, horizon);
    case STORE_FORECAST_ETS:
      begun = store_ets_begin (self->ets, values, n, later);
      return store_ets_predict (begun, values, n, horizon);
    case STORE_FORECAST_ARIMA:
      moved = store_arima_begin (self->arima, later);
      return store_arima_predict (moved, values, n, horizon, error);
    case STORE_FORECAST_LSTM:
      return store_lstm_predict (self->lstm, values, n, horizon, error);
    case STORE_FORECAST_NAIVE:
    default:
      return store_seasonal_naive_predict (values, n, self->season, horizon);
    }
}

/* Back from the scale; what is not finite is an error. */
static gboolean
unscale (const StoreForecaster  *self,
         StorePrediction        *prediction,
         GError                **error)
{
  double *numbers[] = { prediction->mean, prediction->low80, prediction->high80,
                        prediction->low95, prediction->high95 };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    for (guint h = 0; h < prediction->horizon; h++)
      numbers[i][h] *= self->scale;
  if (!store_prediction_is_finite (prediction))
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA,
                           _("The model does not fit this series."));
      return FALSE;
    }
  return TRUE;
}

/**
 * store_forecaster_predict:
 * @self: a fit
 * @values: a series, the one of the fit or another one
 * @n: how many, 1 or more
 * @later: how many periods after the series of the fit it begins
 * @horizon: periods to forecast, 1 or more
 * @error: return location
 *
 * Returns: (transfer full): the forecast after the end of @values, or %NULL with
 *   %STORE_ERROR_TOO_LITTLE_DATA
 */
StorePrediction *
store_forecaster_predict (const StoreForecaster  *self,
                          const double           *values,
                          guint                   n,
                          gint                    later,
                          guint                   horizon,
                          GError                **error)
{
  g_autofree double *scaled = dup_scaled (self, values, n);
  g_autoptr (StorePrediction) prediction = predict (self, scaled, n, later, horizon, error);

  if (prediction == NULL || !unscale (self, prediction, error))
    return NULL;
  return g_steal_pointer (&prediction);
}

/**
 * store_forecaster_dup_name:
 * @self: a fit
 *
 * Returns: (transfer full): its model, as ARIMA(0,1,1)(0,1,1)[12]
 */
char *
store_forecaster_dup_name (const StoreForecaster *self)
{
  switch (self->method)
    {
    case STORE_FORECAST_HOLT_WINTERS:
      return g_strdup_printf (self->holt_winters->by_factors ? "Holt-Winters(M)[%u]"
                                                             : "Holt-Winters(A)[%u]",
                              self->season);
    case STORE_FORECAST_THETA:
      return self->theta->season > 1 ? g_strdup_printf ("Theta[%u]", self->theta->season)
                                     : g_strdup ("Theta");
    case STORE_FORECAST_ETS:
      return store_ets_dup_name (self->ets);
    case STORE_FORECAST_ARIMA:
      return store_arima_dup_name (self->arima);
    case STORE_FORECAST_LSTM:
      return g_strdup_printf ("LSTM(%u)[%u]", STORE_LSTM_UNITS, self->lstm->lag);
    case STORE_FORECAST_NAIVE:
    default:
      return self->season > 1 ? g_strdup_printf ("Naive[%u]", self->season) : g_strdup ("Naive");
    }
}

static void
add_numbered (JsonBuilder  *builder,
              const char   *stem,
              const double *numbers,
              guint         n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s%u", stem, i + 1);

      store_insight_json_add_number (builder, name, numbers[i]);
    }
}

static void
add_arima_coefficients (const StoreArima *arima,
                        double            scale,
                        JsonBuilder      *builder)
{
  const StoreArimaOrder *order = &arima->order;

  add_numbered (builder, "ar", arima->ar, order->p);
  add_numbered (builder, "ma", arima->ma, order->q);
  add_numbered (builder, "sar", arima->seasonal_ar, order->seasonal_p);
  add_numbered (builder, "sma", arima->seasonal_ma, order->seasonal_q);
  for (guint i = 0; i < arima->n_regressors; i++)
    {
      guint wave = i - (order->constant ? 1 : 0);
      g_autofree char *name = g_strdup_printf ("%s%u", wave % 2 == 0 ? "sin" : "cos", wave / 2 + 1);
      const char *constant = order->d + order->seasonal_d > 0 ? "drift" : "mean";

      store_insight_json_add_number (builder, order->constant && i == 0 ? constant : name,
                                     arima->regression[i] * scale);
    }
}

static void
add_ets_coefficients (const StoreEts *ets,
                      double          scale,
                      JsonBuilder    *builder)
{
  const double of_figure = ets->kind.season == STORE_ETS_ADDED ? scale : 1.0;

  store_insight_json_add_number (builder, "alpha", ets->alpha);
  if (ets->kind.trend != STORE_ETS_NONE)
    store_insight_json_add_number (builder, "beta", ets->beta);
  if (ets->kind.season != STORE_ETS_NONE)
    store_insight_json_add_number (builder, "gamma", ets->gamma);
  if (ets->kind.damped)
    store_insight_json_add_number (builder, "phi", ets->phi);
  store_insight_json_add_number (builder, "level", ets->level * scale);
  if (ets->kind.trend != STORE_ETS_NONE)
    store_insight_json_add_number (builder, "slope", ets->slope * scale);
  for (guint j = 0; ets->kind.season != STORE_ETS_NONE && j < ets->season; j++)
    {
      g_autofree char *name = g_strdup_printf ("season%u", j + 1);

      store_insight_json_add_number (builder, name, ets->figure[j] * of_figure);
    }
}

/**
 * store_forecaster_add_figures:
 * @self: a fit
 * @builder: in an object
 *
 * Adds "model", "loglik" and "aicc" (null where there is no likelihood), and "coefficients" by
 * their names, in the unit of the series.
 */
void
store_forecaster_add_figures (const StoreForecaster *self,
                              JsonBuilder           *builder)
{
  g_autofree char *name = store_forecaster_dup_name (self);

  store_insight_json_add_text (builder, "model", name);
  store_insight_json_add_number (builder, "loglik", self->arima != NULL ? self->arima->loglik
                                                    : self->ets != NULL ? self->ets->loglik : NAN);
  store_insight_json_add_number (builder, "aicc", self->arima != NULL ? self->arima->aicc
                                                  : self->ets != NULL ? self->ets->aicc : NAN);
  json_builder_set_member_name (builder, "coefficients");
  json_builder_begin_object (builder);
  if (self->arima != NULL)
    add_arima_coefficients (self->arima, self->scale, builder);
  if (self->ets != NULL)
    add_ets_coefficients (self->ets, self->scale, builder);
  if (self->holt_winters != NULL)
    {
      store_insight_json_add_number (builder, "alpha", self->holt_winters->alpha);
      store_insight_json_add_number (builder, "beta", self->holt_winters->beta);
      store_insight_json_add_number (builder, "gamma", self->holt_winters->gamma);
    }
  if (self->theta != NULL)
    {
      store_insight_json_add_number (builder, "alpha", self->theta->alpha);
      store_insight_json_add_number (builder, "drift", self->theta->drift * self->scale);
    }
  json_builder_end_object (builder);
}
