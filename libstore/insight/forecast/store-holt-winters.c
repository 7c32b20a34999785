/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The classical method of Holt and Winters (Winters, "Forecasting sales by exponentially weighted
 * moving averages", Management Science 6, 1960), its start and its sum of squares as in R's
 * HoltWinters: the season from a decomposition of the first two seasons, level and trend from the
 * line through their moving average. It needs no likelihood, so that it also takes seasons that are
 * too long for the models of exponential smoothing, such as the weeks of a year. The limits follow
 * from what an error moves later (Yar, Chatfield, International Journal of Forecasting 6, 1990);
 * with factors errors are taken to grow with the forecast. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "store-decompose.h"
#include "store-error.h"
#include "store-holt-winters.h"
#include "store-nelder-mead.h"

#define FIRST_ALPHA 0.3
#define FIRST_OTHERS 0.1
#define TOLERANCE 1e-10
#define MAX_EVALUATIONS 1000

typedef struct
{
  double level;
  double slope;
  double *figure;
  double squares;
  double relative_squares;
} State;

static void
state_clear (State *state)
{
  g_free (state->figure);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (State, state_clear)

static gboolean
find_start (const StoreHoltWinters *self,
            const double           *values,
            State                  *state)
{
  const guint m = self->season;
  g_autofree double *trend = g_new (double, 2 * m);
  guint n = 0;

  state->figure = g_new (double, m);
  if (!store_decompose (values, 2 * m, m, self->by_factors, state->figure))
    return FALSE;
  for (guint t = m / 2; t + m / 2 < 2 * m; t++)
    trend[n++] = store_decompose_get_trend (values, t, m);
  store_line_fit (trend, n, &state->level, &state->slope);
  return TRUE;
}

static void
run (const StoreHoltWinters *self,
     const double           *values,
     guint                   n,
     State                  *state)
{
  for (guint t = self->season; t < n; t++)
    {
      double *part = &state->figure[t % self->season];
      double base = state->level + state->slope;
      double forecast = self->by_factors ? base * *part : base + *part;
      double error = values[t] - forecast;
      double level = self->by_factors ? values[t] / *part : values[t] - *part;

      state->squares += error * error;
      state->relative_squares += error / forecast * (error / forecast);
      level = self->alpha * level + (1.0 - self->alpha) * base;
      state->slope = self->beta * (level - state->level) + (1.0 - self->beta) * state->slope;
      state->level = level;
      *part = self->gamma * (self->by_factors ? values[t] / level : values[t] - level) +
              (1.0 - self->gamma) * *part;
    }
}

typedef struct
{
  StoreHoltWinters *model;
  const double *values;
  guint n;
} Search;

static double
evaluate (const double *point,
          gpointer      data)
{
  Search *search = data;
  g_auto (State) state = { 0 };

  for (guint i = 0; i < 3; i++)
    if (!(point[i] >= 0.0 && point[i] <= 1.0))
      return INFINITY;
  search->model->alpha = point[0];
  search->model->beta = point[1];
  search->model->gamma = point[2];
  if (!find_start (search->model, search->values, &state))
    return INFINITY;
  run (search->model, search->values, search->n, &state);
  search->model->squares = state.squares;
  search->model->variance = (search->model->by_factors ? state.relative_squares : state.squares) /
                            (search->n - search->model->season);
  return state.squares;
}

static gboolean
can_be_fitted (const double *values,
               guint         n,
               guint         season,
               gboolean      by_factors)
{
  for (guint t = 0; t < n && by_factors; t++)
    if (values[t] <= 0.0)
      return FALSE;
  return season >= 2 && n >= 2 * season + 1;
}

/**
 * store_holt_winters_new:
 * @values: the series, a value a period
 * @n: how many
 * @season: periods of a season
 * @by_factors: whether the season multiplies
 * @error: return location
 *
 * On any thread.
 *
 * Returns: (transfer full): the fit, or %NULL with %STORE_ERROR_TOO_LITTLE_DATA: no season, less
 *   than two of them, or factors of values that are not above 0
 */
StoreHoltWinters *
store_holt_winters_new (const double  *values,
                        guint          n,
                        guint          season,
                        gboolean       by_factors,
                        GError       **error)
{
  g_autoptr (StoreHoltWinters) self = g_new0 (StoreHoltWinters, 1);
  StoreNelderMead simplex = { .n = 3, .tolerance = TOLERANCE, .max_evaluations = MAX_EVALUATIONS };
  double point[] = { FIRST_ALPHA, FIRST_OTHERS, FIRST_OTHERS };
  Search search = { self, values, n };

  g_return_val_if_fail (values != NULL && season > 0, NULL);

  self->by_factors = by_factors;
  self->season = season;
  simplex.value = INFINITY;
  if (can_be_fitted (values, n, season, by_factors))
    store_nelder_mead_minimise (&simplex, point, evaluate, &search);
  if (!isfinite (simplex.value) || !isfinite (evaluate (point, &search)) ||
      !isfinite (self->variance))
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA,
                           _("The series is too short for this model."));
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * store_holt_winters_new_auto:
 * @values: the series, a value a period
 * @n: how many
 * @season: periods of a season
 * @error: return location
 *
 * Returns: (transfer full): the one of both kinds with the smaller sum of squares, or %NULL as
 *   store_holt_winters_new()
 */
StoreHoltWinters *
store_holt_winters_new_auto (const double  *values,
                             guint          n,
                             guint          season,
                             GError       **error)
{
  g_autoptr (StoreHoltWinters) added = store_holt_winters_new (values, n, season, FALSE, error);
  g_autoptr (StoreHoltWinters) multiplied = NULL;

  if (added == NULL)
    return NULL;
  multiplied = store_holt_winters_new (values, n, season, TRUE, NULL);
  if (multiplied != NULL && multiplied->squares < added->squares)
    return g_steal_pointer (&multiplied);
  return g_steal_pointer (&added);
}

void
store_holt_winters_free (StoreHoltWinters *self)
{
  g_free (self);
}

/* How an error now moves the forecast @later periods on, 1 or more. */
static double
get_move (const StoreHoltWinters *self,
          guint                   later)
{
  double move = self->alpha * (1.0 + later * self->beta);

  return later % self->season == 0 ? move + self->gamma * (1.0 - self->alpha) : move;
}

/**
 * store_holt_winters_predict:
 * @self: a fit
 * @values: a series with two seasons at least
 * @n: its length
 * @horizon: periods to forecast, 1 or more
 * @error: return location
 *
 * Returns: (transfer full): the forecast after the end of @values, or %NULL with
 *   %STORE_ERROR_TOO_LITTLE_DATA
 */
StorePrediction *
store_holt_winters_predict (const StoreHoltWinters *self,
                            const double           *values,
                            guint                   n,
                            guint                   horizon,
                            GError                **error)
{
  g_auto (State) state = { 0 };
  StorePrediction *prediction;
  double spread = 0.0;

  if (n < 2 * self->season || !find_start (self, values, &state))
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA,
                           _("The series is too short for this model."));
      return NULL;
    }
  run (self, values, n, &state);
  prediction = store_prediction_new (horizon);
  for (guint h = 0; h < horizon; h++)
    {
      double base = state.level + (h + 1) * state.slope;
      double part = state.figure[(n + h) % self->season];
      double mean = self->by_factors ? base * part : base + part;

      spread += h == 0 ? 1.0 : get_move (self, h) * get_move (self, h);
      prediction->mean[h] = mean;
      store_prediction_set_variance (prediction, h, self->variance * spread *
                                                      (self->by_factors ? mean * mean : 1.0));
    }
  return prediction;
}
