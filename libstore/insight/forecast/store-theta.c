/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The theta method (Assimakopoulos, Nikolopoulos, International Journal of Forecasting 16, 2000) in
 * the form of Hyndman and Billah ("Unmasking the Theta method", same journal 19, 2003): simple
 * exponential smoothing with half of the slope of the line through all values. A season is divided
 * out first where the autocorrelation at its length is beyond what chance makes of the shorter ones
 * (one-sided, 5 %), and multiplied in again. */

#include "config.h"

#include <math.h>

#include "store-decompose.h"
#include "store-ets.h"
#include "store-stationarity.h"
#include "store-theta.h"

#define NORMAL_95_ONE_SIDED 1.6448536269514722
#define SMALLEST_FACTOR 1e-4
#define SMALLEST_ALPHA 1e-10

static double
correlate (const double *values,
           guint         n,
           double        mean,
           guint         lag)
{
  double sum = 0.0;

  for (guint t = lag; t < n; t++)
    sum += (values[t] - mean) * (values[t - lag] - mean);
  return sum;
}

static gboolean
has_season (const double *values,
            guint         n,
            guint         season)
{
  double mean = 0.0;
  double whole;
  double of_chance = 1.0;

  if (season < 2 || n <= 2 * season || store_stationarity_is_constant (values, n))
    return FALSE;
  for (guint t = 0; t < n; t++)
    mean += values[t] / n;
  whole = correlate (values, n, mean, 0);
  for (guint lag = 1; lag < season; lag++)
    {
      double r = correlate (values, n, mean, lag) / whole;

      of_chance += 2.0 * r * r;
    }
  return fabs (correlate (values, n, mean, season) / whole) >
         NORMAL_95_ONE_SIDED * sqrt (of_chance / n);
}

/* Fills the figure where there is a season that can be divided out. */
static void
find_figure (StoreTheta   *self,
             const double *values,
             guint         n,
             guint         season)
{
  gboolean divides;

  self->season = 1;
  self->figure = g_new (double, MAX (season, 1));
  if (has_season (values, n, season))
    {
      divides = store_decompose (values, n, season, TRUE, self->figure);
      for (guint j = 0; j < season && divides; j++)
        divides = fabs (self->figure[j]) >= SMALLEST_FACTOR;
      if (divides)
        self->season = season;
    }
  if (self->season == 1)
    self->figure[0] = 1.0;
}

static double *
dup_adjusted (const StoreTheta *self,
              const double     *values,
              guint             n)
{
  double *adjusted = g_new (double, n);

  for (guint t = 0; t < n; t++)
    adjusted[t] = values[t] / self->figure[t % self->season];
  return adjusted;
}

/**
 * store_theta_new:
 * @values: the series, a value a period
 * @n: how many
 * @season: periods of a season, 1 for none
 * @error: return location
 *
 * On any thread.
 *
 * Returns: (transfer full): the fit, or %NULL with %STORE_ERROR_TOO_LITTLE_DATA or
 *   %STORE_ERROR_INVALID
 */
StoreTheta *
store_theta_new (const double  *values,
                 guint          n,
                 guint          season,
                 GError       **error)
{
  const StoreEtsKind kind = { STORE_ETS_ADDED, STORE_ETS_NONE, FALSE, STORE_ETS_NONE };
  g_autoptr (StoreTheta) self = g_new0 (StoreTheta, 1);
  g_autofree double *adjusted = NULL;
  g_autoptr (StoreEts) smoothing = NULL;
  double at_zero;

  g_return_val_if_fail (values != NULL && season > 0, NULL);

  find_figure (self, values, n, season);
  adjusted = dup_adjusted (self, values, n);
  smoothing = store_ets_new (adjusted, n, 1, &kind, STORE_ETS_SQUARES, error);
  if (smoothing == NULL)
    return NULL;
  store_line_fit (adjusted, n, &at_zero, &self->drift);
  self->drift /= 2.0;
  self->alpha = MAX (smoothing->alpha, SMALLEST_ALPHA);
  self->level = smoothing->level;
  self->variance = smoothing->variance;
  return g_steal_pointer (&self);
}

void
store_theta_free (StoreTheta *self)
{
  if (self == NULL)
    return;
  g_free (self->figure);
  g_free (self);
}

/**
 * store_theta_begin:
 * @self: a fit
 * @values: a series
 * @n: its length
 * @later: how many periods after the series of the fit it begins; may be negative
 *
 * Returns: (transfer full): the same at the beginning of @values: as it is where that is the
 *   beginning of its own series; else with its season turned, and the first value as its level
 */
StoreTheta *
store_theta_begin (const StoreTheta *self,
                   const double     *values,
                   guint             n,
                   gint              later)
{
  const gint m = (gint) self->season;
  StoreTheta *begun = g_memdup2 (self, sizeof *self);

  begun->figure = g_new (double, self->season);
  for (gint j = 0; j < m; j++)
    begun->figure[j] = self->figure[((j + later) % m + m) % m];
  if (later != 0 && n > 0)
    begun->level = values[0] / begun->figure[0];
  return begun;
}

/**
 * store_theta_predict:
 * @self: a fit
 * @values: a series that begins where the one it was fitted to began
 * @n: its length
 * @horizon: periods to forecast, 1 or more
 *
 * Returns: (transfer full): the forecast after the end of @values
 */
StorePrediction *
store_theta_predict (const StoreTheta *self,
                     const double     *values,
                     guint             n,
                     guint             horizon)
{
  StorePrediction *prediction = store_prediction_new (horizon);
  g_autofree double *adjusted = dup_adjusted (self, values, n);
  const double lag = (1.0 - pow (1.0 - self->alpha, n)) / self->alpha;
  double level = self->level;

  for (guint t = 0; t < n; t++)
    level += self->alpha * (adjusted[t] - level);
  for (guint h = 0; h < horizon; h++)
    {
      prediction->mean[h] = (level + self->drift * (h + lag)) *
                            self->figure[(n + h) % self->season];
      store_prediction_set_variance (prediction, h, self->variance *
                                                      (h * self->alpha * self->alpha + 1.0));
    }
  return prediction;
}
