/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A fitted method as numbers in a model that can be carried, and back. Whatever a file holds must
 * be a model that could have been fitted: orders within their limits, numbers that are some. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "store-error.h"
#include "store-forecaster-private.h"
#include "store-insight-json.h"
#include "store-model-body.h"

#define LONGEST_SEASON 1000

static void
add_holt_winters (const StoreHoltWinters *model,
                  JsonBuilder            *builder)
{
  const double numbers[] = { model->by_factors, model->alpha, model->beta, model->gamma,
                             model->squares, model->variance };

  store_model_body_add_numbers (builder, "holt_winters", numbers, G_N_ELEMENTS (numbers));
}

static void
add_theta (const StoreTheta *theta,
           JsonBuilder      *builder)
{
  const double numbers[] = { theta->alpha, theta->drift, theta->level, theta->variance };

  store_model_body_add_numbers (builder, "theta", numbers, G_N_ELEMENTS (numbers));
  store_model_body_add_numbers (builder, "figure", theta->figure, theta->season);
}

static void
add_ets (const StoreEts *ets,
         JsonBuilder    *builder)
{
  const double numbers[] = { ets->alpha, ets->beta, ets->gamma, ets->phi, ets->level, ets->slope,
                             ets->variance, ets->loglik, ets->aicc };
  const double kind[] = { ets->kind.error, ets->kind.trend, ets->kind.damped, ets->kind.season,
                          ets->n_used, ets->n_coefficients };

  store_model_body_add_numbers (builder, "kind", kind, G_N_ELEMENTS (kind));
  store_model_body_add_numbers (builder, "smoothing", numbers, G_N_ELEMENTS (numbers));
  store_model_body_add_numbers (builder, "figure", ets->figure, ets->season);
}

static void
add_arima (const StoreArima *arima,
           JsonBuilder      *builder)
{
  const StoreArimaOrder *order = &arima->order;
  const double orders[] = { order->p, order->d, order->q, order->seasonal_p, order->seasonal_d,
                            order->seasonal_q, order->season, order->constant, order->waves,
                            arima->n_used, arima->n_coefficients };
  const double numbers[] = { arima->loglik, arima->aicc, arima->sigma2, arima->variance };

  store_model_body_add_numbers (builder, "order", orders, G_N_ELEMENTS (orders));
  store_model_body_add_numbers (builder, "ar", arima->ar, order->p);
  store_model_body_add_numbers (builder, "ma", arima->ma, order->q);
  store_model_body_add_numbers (builder, "sar", arima->seasonal_ar, order->seasonal_p);
  store_model_body_add_numbers (builder, "sma", arima->seasonal_ma, order->seasonal_q);
  store_model_body_add_numbers (builder, "regression", arima->regression, arima->n_regressors);
  store_model_body_add_numbers (builder, "fit", numbers, G_N_ELEMENTS (numbers));
}

static void
add_lstm (const StoreLstm *lstm,
          JsonBuilder     *builder)
{
  const double numbers[] = { lstm->lag, lstm->window, lstm->mean, lstm->deviation, lstm->variance,
                             lstm->n_rounds };

  store_model_body_add_numbers (builder, "lstm", numbers, G_N_ELEMENTS (numbers));
  store_model_body_add_numbers (builder, "weights", lstm->weights, STORE_LSTM_N_WEIGHTS);
}

/**
 * store_forecaster_add_body:
 * @self: a fit
 * @builder: in an object
 *
 * Adds all that store_forecaster_new_from_body() needs.
 */
void
store_forecaster_add_body (const StoreForecaster *self,
                           JsonBuilder           *builder)
{
  store_insight_json_add_count (builder, "season", self->season);
  store_insight_json_add_number (builder, "scale", self->scale);
  if (self->holt_winters != NULL)
    add_holt_winters (self->holt_winters, builder);
  if (self->theta != NULL)
    add_theta (self->theta, builder);
  if (self->ets != NULL)
    add_ets (self->ets, builder);
  if (self->arima != NULL)
    add_arima (self->arima, builder);
  if (self->lstm != NULL)
    add_lstm (self->lstm, builder);
}

static gboolean
refuse (GError **error)
{
  g_set_error_literal (error, STORE_ERROR, STORE_ERROR_DAMAGED,
                       _("The model holds a number that cannot be. Fit it again."));
  return FALSE;
}

static gboolean
are_finite (const double *numbers,
            guint         n)
{
  for (guint i = 0; i < n; i++)
    if (!isfinite (numbers[i]))
      return FALSE;
  return TRUE;
}

/* @numbers must be whole and within 0 and the @limits. */
static gboolean
are_counts (const double *numbers,
            const double *limits,
            guint         n)
{
  for (guint i = 0; i < n; i++)
    if (!(numbers[i] >= 0.0 && numbers[i] <= limits[i] && numbers[i] == floor (numbers[i])))
      return FALSE;
  return TRUE;
}

static gboolean
read_holt_winters (StoreForecaster  *self,
                   JsonObject       *body,
                   GError          **error)
{
  StoreHoltWinters *model = self->holt_winters = g_new0 (StoreHoltWinters, 1);
  double numbers[6];

  if (!store_model_body_read_numbers (body, "holt_winters", numbers, 6, error))
    return FALSE;
  model->by_factors = numbers[0] != 0.0;
  model->season = self->season;
  model->alpha = numbers[1];
  model->beta = numbers[2];
  model->gamma = numbers[3];
  model->squares = numbers[4];
  model->variance = numbers[5];
  return (are_finite (numbers, 6) && model->season >= 2) || refuse (error);
}

static gboolean
read_theta (StoreForecaster  *self,
            JsonObject       *body,
            GError          **error)
{
  StoreTheta *theta = self->theta = g_new0 (StoreTheta, 1);
  double numbers[4];

  if (!store_model_body_read_numbers (body, "theta", numbers, 4, error))
    return FALSE;
  theta->figure = store_model_body_dup_numbers (body, "figure", &theta->season, error);
  if (theta->figure == NULL)
    return FALSE;
  theta->alpha = numbers[0];
  theta->drift = numbers[1];
  theta->level = numbers[2];
  theta->variance = numbers[3];
  for (guint j = 0; j < theta->season; j++)
    if (!isfinite (theta->figure[j]) || theta->figure[j] == 0.0)
      return refuse (error);
  return (are_finite (numbers, 4) && theta->alpha > 0.0 && theta->season > 0) || refuse (error);
}

static gboolean
read_ets (StoreForecaster  *self,
          JsonObject       *body,
          GError          **error)
{
  static const double limits[] = { 2, 2, 1, 2, 1e6, 1e3 };
  StoreEts *ets = self->ets = g_new0 (StoreEts, 1);
  double kind[6];
  double numbers[9];

  if (!store_model_body_read_numbers (body, "kind", kind, 6, error) ||
      !store_model_body_read_numbers (body, "smoothing", numbers, 9, error))
    return FALSE;
  if (!are_counts (kind, limits, 6) || !are_finite (numbers, 7) || !(numbers[0] > 0.0))
    return refuse (error);
  ets->kind = (StoreEtsKind){ (StoreEtsPart) kind[0], (StoreEtsPart) kind[1], kind[2] != 0.0,
                              (StoreEtsPart) kind[3] };
  ets->season = ets->kind.season == STORE_ETS_NONE ? 1 : self->season;
  if (ets->season > STORE_ETS_MAX_SEASON ||
      (ets->kind.season != STORE_ETS_NONE && ets->season < 2))
    return refuse (error);
  ets->n_used = (guint) kind[4];
  ets->n_coefficients = (guint) kind[5];
  ets->alpha = numbers[0];
  ets->beta = numbers[1];
  ets->gamma = numbers[2];
  ets->phi = numbers[3];
  ets->level = numbers[4];
  ets->slope = numbers[5];
  ets->variance = numbers[6];
  ets->loglik = numbers[7];
  ets->aicc = numbers[8];
  return store_model_body_read_numbers (body, "figure", ets->figure, ets->season, error) &&
         (are_finite (ets->figure, ets->season) || refuse (error));
}

static gboolean
read_lags (StoreArima  *arima,
           JsonObject  *body,
           GError     **error)
{
  const StoreArimaOrder *order = &arima->order;

  return store_model_body_read_numbers (body, "ar", arima->ar, order->p, error) &&
         store_model_body_read_numbers (body, "ma", arima->ma, order->q, error) &&
         store_model_body_read_numbers (body, "sar", arima->seasonal_ar, order->seasonal_p,
                                        error) &&
         store_model_body_read_numbers (body, "sma", arima->seasonal_ma, order->seasonal_q,
                                        error) &&
         store_model_body_read_numbers (body, "regression", arima->regression,
                                        arima->n_regressors, error);
}

static gboolean
read_arima (StoreForecaster  *self,
            JsonObject       *body,
            GError          **error)
{
  static const double limits[] = { STORE_ARIMA_MAX_LAGS, 2, STORE_ARIMA_MAX_LAGS,
                                   STORE_ARIMA_MAX_SEASONAL_LAGS, 1, STORE_ARIMA_MAX_SEASONAL_LAGS,
                                   LONGEST_SEASON, 1, STORE_ARIMA_MAX_WAVES, 1e6, 1e3 };
  StoreArima *arima = self->arima = g_new0 (StoreArima, 1);
  double orders[11];
  double numbers[4];

  if (!store_model_body_read_numbers (body, "order", orders, 11, error) ||
      !store_model_body_read_numbers (body, "fit", numbers, 4, error))
    return FALSE;
  if (!are_counts (orders, limits, 11) || orders[6] < 1.0 || !isfinite (numbers[3]))
    return refuse (error);
  arima->order = (StoreArimaOrder){
    (guint) orders[0], (guint) orders[1], (guint) orders[2], (guint) orders[3], (guint) orders[4],
    (guint) orders[5], (guint) orders[6], orders[7] != 0.0, (guint) orders[8],
  };
  arima->n_used = (guint) orders[9];
  arima->n_coefficients = (guint) orders[10];
  arima->n_regressors = (arima->order.constant ? 1 : 0) + 2 * arima->order.waves;
  arima->loglik = numbers[0];
  arima->aicc = numbers[1];
  arima->sigma2 = numbers[2];
  arima->variance = numbers[3];
  arima->sound = TRUE;
  if (!read_lags (arima, body, error))
    return FALSE;
  return (are_finite (arima->ar, STORE_ARIMA_MAX_LAGS) &&
          are_finite (arima->ma, STORE_ARIMA_MAX_LAGS) &&
          are_finite (arima->seasonal_ar, STORE_ARIMA_MAX_SEASONAL_LAGS) &&
          are_finite (arima->seasonal_ma, STORE_ARIMA_MAX_SEASONAL_LAGS) &&
          are_finite (arima->regression, STORE_ARIMA_MAX_REGRESSORS)) ||
         refuse (error);
}

static gboolean
read_lstm (StoreForecaster  *self,
           JsonObject       *body,
           GError          **error)
{
  static const double limits[] = { LONGEST_SEASON, 24 };
  StoreLstm *lstm = self->lstm = g_new0 (StoreLstm, 1);
  double numbers[6];

  if (!store_model_body_read_numbers (body, "lstm", numbers, 6, error) ||
      !store_model_body_read_numbers (body, "weights", lstm->weights, STORE_LSTM_N_WEIGHTS, error))
    return FALSE;
  if (!are_counts (numbers, limits, 2) || numbers[0] < 1.0 || numbers[1] < 1.0 ||
      !are_finite (numbers, 6) || !(numbers[3] > 0.0) ||
      !are_finite (lstm->weights, STORE_LSTM_N_WEIGHTS))
    return refuse (error);
  lstm->lag = (guint) numbers[0];
  lstm->window = (guint) numbers[1];
  lstm->mean = numbers[2];
  lstm->deviation = numbers[3];
  lstm->variance = numbers[4];
  lstm->n_rounds = (guint) CLAMP (numbers[5], 0.0, 1e6);
  return TRUE;
}

static gboolean
read_fit (StoreForecaster  *self,
          JsonObject       *body,
          GError          **error)
{
  switch (self->method)
    {
    case STORE_FORECAST_HOLT_WINTERS:
      return read_holt_winters (self, body, error);
    case STORE_FORECAST_THETA:
      return read_theta (self, body, error);
    case STORE_FORECAST_ETS:
      return read_ets (self, body, error);
    case STORE_FORECAST_ARIMA:
      return read_arima (self, body, error);
    case STORE_FORECAST_LSTM:
      return read_lstm (self, body, error);
    case STORE_FORECAST_NAIVE:
    default:
      return TRUE;
    }
}

/**
 * store_forecaster_new_from_body:
 * @method: whose numbers they are
 * @body: as store_forecaster_add_body() wrote it
 * @error: return location
 *
 * Returns: (transfer full): the fit, or %NULL with %STORE_ERROR_DAMAGED
 */
StoreForecaster *
store_forecaster_new_from_body (StoreForecastMethod   method,
                                JsonObject           *body,
                                GError              **error)
{
  g_autoptr (StoreForecaster) self = g_new0 (StoreForecaster, 1);
  gint64 season;

  self->method = method;
  if (!store_model_body_read_count (body, "season", 1, LONGEST_SEASON, &season, error) ||
      !store_model_body_read_number (body, "scale", &self->scale, error))
    return NULL;
  self->season = (guint) season;
  if (!isfinite (self->scale) || self->scale <= 0.0)
    {
      refuse (error);
      return NULL;
    }
  return read_fit (self, body, error) ? g_steal_pointer (&self) : NULL;
}
