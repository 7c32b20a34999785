/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Forecasts of a fitted ARIMA model: the filter runs through the differenced series, forecasts the
 * differences, and these are added up again from the end of the series. The variance of step h adds
 * up the variance of each shock to come times the square of what it moves until then, through the
 * lags and through the adding up. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "store-arima-private.h"
#include "store-error.h"

typedef struct
{
  double *forecasts[1 + STORE_ARIMA_MAX_REGRESSORS];
  double *variances;
  double *gains;
} Ahead;

static void
ahead_init (Ahead *ahead,
            guint  n_columns,
            guint  horizon)
{
  for (guint c = 0; c < n_columns; c++)
    ahead->forecasts[c] = g_new0 (double, horizon);
  ahead->variances = g_new0 (double, horizon);
  ahead->gains = g_new0 (double, (gsize) horizon * horizon);
}

static void
ahead_clear (Ahead *ahead)
{
  for (guint c = 0; c <= STORE_ARIMA_MAX_REGRESSORS; c++)
    g_free (ahead->forecasts[c]);
  g_free (ahead->variances);
  g_free (ahead->gains);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Ahead, ahead_clear)

/* Adds up forecasts of differences to forecasts of the series, without its regressors. */
static void
add_up (const StoreArima *self,
        const double     *values,
        guint             n,
        double           *forecasts,
        guint             horizon)
{
  guint length;
  g_autofree double *operator = store_arima_order_dup_operator (&self->order, &length);
  g_autofree double *tail = g_new (double, length + horizon);

  for (guint i = 0; i < length; i++)
    {
      guint t = n - length + i;

      tail[i] = values[t];
      for (guint c = 0; c < self->n_regressors; c++)
        tail[i] -= self->regression[c] * store_arima_regressor (&self->order, c, t + 1);
    }
  for (guint h = 0; h < horizon; h++)
    {
      tail[length + h] = forecasts[h];
      for (guint i = 0; i < length; i++)
        tail[length + h] += operator[i] * tail[length + h - 1 - i];
      forecasts[h] = tail[length + h];
    }
}

static void
find_means (const StoreArima *self,
            const double     *values,
            guint             n,
            Ahead            *ahead,
            StorePrediction  *prediction)
{
  double *forecasts = ahead->forecasts[0];

  /* What is forecast of the differenced regressors themselves is not theirs to come: their share
   * is taken out of the errors that the filter saw, and put back as it will be. */
  for (guint h = 0; h < prediction->horizon; h++)
    for (guint c = 0; c < self->n_regressors; c++)
      forecasts[h] -= self->regression[c] * ahead->forecasts[c + 1][h];
  add_up (self, values, n, forecasts, prediction->horizon);
  for (guint h = 0; h < prediction->horizon; h++)
    {
      prediction->mean[h] = forecasts[h];
      for (guint c = 0; c < self->n_regressors; c++)
        prediction->mean[h] += self->regression[c] *
                               store_arima_regressor (&self->order, c, n + h + 1);
    }
}

static void
find_limits (const StoreArima *self,
             const Ahead      *ahead,
             StorePrediction  *prediction)
{
  const guint horizon = prediction->horizon;
  guint length;
  g_autofree double *operator = store_arima_order_dup_operator (&self->order, &length);
  g_autofree double *variances = g_new0 (double, horizon);
  g_autofree double *moves = g_new (double, horizon);

  for (guint k = 0; k < horizon; k++)
    for (guint j = 0; k + j < horizon; j++)
      {
        moves[j] = j == 0 ? 1.0 : ahead->gains[(gsize) k * (horizon - 1) + j - 1];
        for (guint i = 0; i < MIN (length, j); i++)
          moves[j] += operator[i] * moves[j - 1 - i];
        variances[k + j] += ahead->variances[k] * moves[j] * moves[j];
      }
  for (guint h = 0; h < horizon; h++)
    store_prediction_set_variance (prediction, h, self->variance * variances[h]);
}

/**
 * store_arima_predict:
 * @self: a fit
 * @values: a series, the one it was fitted to or another one
 * @n: its length
 * @horizon: periods to forecast, 1 or more
 * @error: return location
 *
 * Returns: (transfer full): the forecast after the end of @values, or %NULL with
 *   %STORE_ERROR_TOO_LITTLE_DATA
 */
StorePrediction *
store_arima_predict (const StoreArima *self,
                     const double     *values,
                     guint             n,
                     guint             horizon,
                     GError          **error)
{
  g_autoptr (StorePrediction) prediction = store_prediction_new (horizon);
  g_auto (StoreArimaDesign) design = { 0 };
  g_auto (StoreArimaLags) lags = { 0 };
  g_auto (Ahead) ahead = { 0 };
  StoreArmaFilter filter = { 0 };

  if (n <= store_arima_order_get_lost (&self->order))
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA,
                           _("The series is too short for this model."));
      return NULL;
    }
  store_arima_design_init (&design, &self->order, values, n);
  store_arima_lags_init (&lags, self);
  ahead_init (&ahead, design.n_columns, horizon);
  filter = (StoreArmaFilter){
    .n_columns = design.n_columns,
    .n = design.n,
    .columns = (const double *const *) design.columns,
    .errors = design.errors,
    .n_ahead = horizon,
    .forecasts = ahead.forecasts,
    .variances = ahead.variances,
    .gains = ahead.gains,
  };
  if (!store_arma_filter (&lags.arma, &filter))
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA,
                           _("The model does not fit this series."));
      return NULL;
    }
  find_means (self, values, n, &ahead, prediction);
  find_limits (self, &ahead, prediction);
  return g_steal_pointer (&prediction);
}

/**
 * store_arima_begin:
 * @self: a fit
 * @later: how many periods after the series of the fit another one begins; may be negative
 *
 * Returns: (transfer full): the same model for that series: its waves turned, so that they stay
 * where they are in the calendar
 */
StoreArima *
store_arima_begin (const StoreArima *self,
                   gint              later)
{
  const StoreArimaOrder *order = &self->order;
  StoreArima *begun = g_memdup2 (self, sizeof *self);
  const guint first = order->constant ? 1 : 0;

  for (guint wave = 0; wave < order->waves; wave++)
    {
      double angle = 2.0 * G_PI * (wave + 1) * later / order->season;
      double *turned = &begun->regression[first + 2 * wave];
      double of_sine = turned[0];
      double of_cosine = turned[1];

      turned[0] = of_sine * cos (angle) - of_cosine * sin (angle);
      turned[1] = of_sine * sin (angle) + of_cosine * cos (angle);
    }
  return begun;
}
