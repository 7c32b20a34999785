/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How level, trend and season follow the series (Hyndman, Koehler, Ord, Snyder, "Forecasting with
 * Exponential Smoothing", 2008, table 2.1), and where they may start and move. A season that
 * multiplies is divided out; a level or figure of next to nothing is kept from dividing by 0. */

#include "config.h"

#include <math.h>
#include <string.h>

#include "store-arma.h"
#include "store-decompose.h"
#include "store-ets-private.h"
#include "store-linear-regression.h"

#define NEXT_TO_NOTHING 1e-10
#define FAR_AWAY 1e10
#define SMALLEST_SIZE 1e-8
#define LOWEST 0.0001
#define HIGHEST 0.9999
#define LOWEST_PHI 0.8
#define HIGHEST_PHI 0.98
#define SMALLEST_FACTOR 0.01

/* Seasons that a decomposition needs. */
#define ENOUGH_SEASONS 3

static double
divide (double what,
        double by)
{
  return fabs (by) < NEXT_TO_NOTHING ? FAR_AWAY : what / by;
}

/* Goes one period on; returns what was forecast for it. */
static inline double
step (const StoreEts *self,
      StoreEtsState  *state,
      double          by_level,
      double          value)
{
  const gboolean has_trend = self->kind.trend != STORE_ETS_NONE;
  const double faded = has_trend ? self->phi * state->slope : 0.0;
  const double base = state->level + faded;
  double *part = &state->figure[state->now];
  double forecast = base;
  double target = value;

  if (self->kind.season == STORE_ETS_ADDED)
    {
      forecast = base + *part;
      target = value - *part;
      *part += self->gamma * (value - base - *part);
    }
  else if (self->kind.season == STORE_ETS_MULTIPLIED)
    {
      forecast = base * *part;
      target = divide (value, *part);
      *part += self->gamma * (divide (value, base) - *part);
    }
  state->level = base + self->alpha * (target - base);
  if (has_trend)
    state->slope = faded + by_level * (state->level - base);
  state->now = state->now + 1 == self->season ? 0 : state->now + 1;
  return forecast;
}

/* Runs from the start of @self through @values, and leaves in @state what is known at the end. */
StoreEtsRun
store_ets_run (const StoreEts *self,
               const double   *values,
               guint           n,
               StoreEtsState  *state)
{
  const double by_level = self->kind.trend != STORE_ETS_NONE ? self->beta / self->alpha : 0.0;
  StoreEtsRun run = { 0.0, 0.0, TRUE };
  double product = 1.0;

  *state = (StoreEtsState){ .level = self->level, .slope = self->slope };
  memcpy (state->figure, self->figure, self->season * sizeof *self->figure);
  for (guint t = 0; t < n; t++)
    {
      double forecast = step (self, state, by_level, values[t]);
      double error = values[t] - forecast;

      if (self->kind.error == STORE_ETS_MULTIPLIED)
        {
          double size = fabs (forecast);

          error /= size < NEXT_TO_NOTHING ? forecast + NEXT_TO_NOTHING : forecast;
          product *= size > 0.0 ? size : SMALLEST_SIZE;
          if (product > 1e200 || product < 1e-200)
            {
              run.log_forecasts += log (product);
              product = 1.0;
            }
        }
      run.squares += error * error;
    }
  run.log_forecasts += log (product);
  run.defined = isfinite (run.squares) && isfinite (run.log_forecasts);
  return run;
}

/* Whether what is forgotten stays forgotten (chapter 10 there): no root of the characteristic
 * polynomial lies outside of the unit circle. */
static gboolean
forgets (const StoreEts *self)
{
  const double alpha = self->alpha;
  const double beta = self->beta;
  const double gamma = self->gamma;
  const double phi = self->phi;
  const guint m = self->season;
  double lags[STORE_ETS_MAX_SEASON + 1];

  if (self->kind.season == STORE_ETS_NONE)
    return alpha >= 1.0 - 1.0 / phi && alpha <= 1.0 + 1.0 / phi &&
           (self->kind.trend == STORE_ETS_NONE ||
            (beta >= alpha * (phi - 1.0) && beta <= (1.0 + phi) * (2.0 - alpha)));
  if (gamma < MAX (1.0 - 1.0 / phi - alpha, 0.0) || gamma > 1.0 + 1.0 / phi - alpha ||
      alpha < 1.0 - 1.0 / phi - gamma * (1.0 - m + phi + phi * m) / (2.0 * phi * m) ||
      beta < -(1.0 - phi) * (gamma / m + alpha))
    return FALSE;
  lags[0] = -(alpha + beta - phi);
  for (guint i = 1; i + 1 < m; i++)
    lags[i] = -(alpha + beta - alpha * phi);
  lags[m - 1] = -(alpha + beta - alpha * phi + gamma - 1.0);
  lags[m] = -phi * (1.0 - alpha - gamma);
  return store_arma_is_stationary (lags, m + 1, 1.0 / (1.0 + 1e-10));
}

/* Whether all parameters are where such models are usually kept, and where they forget. */
gboolean
store_ets_is_allowed (const StoreEts *self)
{
  if (!(self->alpha >= LOWEST && self->alpha <= HIGHEST))
    return FALSE;
  if (self->kind.trend != STORE_ETS_NONE &&
      !(self->beta >= LOWEST && self->beta <= MIN (self->alpha, HIGHEST)))
    return FALSE;
  if (self->kind.damped && !(self->phi >= LOWEST_PHI && self->phi <= HIGHEST_PHI))
    return FALSE;
  if (self->kind.season != STORE_ETS_NONE &&
      !(self->gamma >= LOWEST && self->gamma <= MIN (1.0 - self->alpha, HIGHEST)))
    return FALSE;
  if (self->kind.season == STORE_ETS_MULTIPLIED)
    for (guint j = 0; j < self->season; j++)
      if (self->figure[j] < 0.0)
        return FALSE;
  return forgets (self);
}

/* The first guess at the smoothing, within its limits. */
static void
guess_smoothing (StoreEts *self)
{
  const double room = HIGHEST - LOWEST;

  self->alpha = LOWEST + 0.2 * room / self->season;
  self->phi = self->kind.damped ? LOWEST_PHI + 0.99 * (HIGHEST_PHI - LOWEST_PHI) : 1.0;
  self->beta = 0.0;
  self->gamma = 0.0;
  if (self->kind.trend != STORE_ETS_NONE)
    self->beta = LOWEST + 0.1 * (MIN (HIGHEST, self->alpha) - LOWEST);
  if (self->kind.season != STORE_ETS_NONE)
    self->gamma = LOWEST + 0.05 * (MIN (HIGHEST, 1.0 - self->alpha) - LOWEST);
}

/* With less than three seasons a line and one wave stand for the decomposition: what is left beside
 * the line is the season of each period. */
static gboolean
find_short_season (const double *values,
                   guint         n,
                   guint         season,
                   gboolean      by_factors,
                   double       *seasonal)
{
  const guint p = season > 2 ? 3 : 2;
  g_autofree double *columns = g_new (double, (gsize) n * p);
  g_autoptr (StoreLinearRegression) line = NULL;

  for (guint t = 0; t < n; t++)
    {
      double angle = 2.0 * G_PI * (t + 1.0) / season;

      columns[t * p] = t + 1.0;
      columns[t * p + 1] = cos (angle);
      if (season > 2)
        columns[t * p + 2] = sin (angle);
    }
  line = store_linear_regression_new (columns, values, n, p, NULL);
  if (line == NULL)
    return FALSE;
  for (guint t = 0; t < n; t++)
    {
      double at = line->coefficients[0] + line->coefficients[1] * (t + 1.0);

      seasonal[t] = by_factors ? divide (values[t], at) : values[t] - at;
    }
  return TRUE;
}

static gboolean
find_season (StoreEts     *self,
             const double *values,
             guint         n,
             double       *adjusted)
{
  const gboolean by_factors = self->kind.season == STORE_ETS_MULTIPLIED;
  const guint m = self->season;
  g_autofree double *seasonal = g_new (double, MAX (n, m));
  double sum = 0.0;

  if (n < ENOUGH_SEASONS * m)
    {
      if (n < m || !find_short_season (values, n, m, by_factors, seasonal))
        return FALSE;
    }
  else
    {
      if (!store_decompose (values, n, m, by_factors, seasonal))
        return FALSE;
      for (guint t = m; t < n; t++)
        seasonal[t] = seasonal[t - m];
    }
  for (guint t = 0; t < n; t++)
    adjusted[t] = by_factors ? values[t] / MAX (seasonal[t], SMALLEST_FACTOR)
                             : values[t] - seasonal[t];
  for (guint j = 1; j < m; j++)
    {
      self->figure[j] = by_factors ? MAX (seasonal[j], SMALLEST_FACTOR) : seasonal[j];
      sum += self->figure[j];
    }
  if (by_factors && sum > m)
    for (guint j = 1; j < m; j++)
      self->figure[j] /= sum + SMALLEST_FACTOR * (m - 1.0);
  return TRUE;
}

/* The first guess at everything: smoothing by a share of its limits; season by decomposition, level
 * and trend by a line through the first values without it. */
gboolean
store_ets_find_start (StoreEts     *self,
                      const double *values,
                      guint         n)
{
  const guint m = self->kind.season == STORE_ETS_NONE ? 1 : self->season;
  const guint first = MIN (MAX (10, 2 * m), n);
  g_autofree double *adjusted = g_memdup2 (values, n * sizeof *values);

  guess_smoothing (self);
  if (self->kind.season != STORE_ETS_NONE && !find_season (self, values, n, adjusted))
    return FALSE;
  store_line_fit (adjusted, first, &self->level, &self->slope);
  if (self->kind.trend == STORE_ETS_NONE)
    {
      self->level += self->slope * (first + 1.0) / 2.0;
      self->slope = 0.0;
    }
  else if (fabs (self->level + self->slope) < 1e-8)
    {
      self->level *= 1.001;
      self->slope *= 0.999;
    }
  return isfinite (self->level) && isfinite (self->slope);
}
