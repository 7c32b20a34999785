/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Means and variances of forecasts by exponential smoothing (Hyndman, Koehler, Ord, Snyder,
 * "Forecasting with Exponential Smoothing", 2008, chapter 6): class 1, where everything is added;
 * class 2, where errors are relative; class 3, where the season multiplies too, by the covariance
 * of the products of state and figure, kept in blocks of one period of the season each. */

#include "config.h"

#include <math.h>
#include <string.h>

#include "store-ets-private.h"

/* How an error now moves the forecast @j steps later, 1 or more. */
static double
get_move (const StoreEts *self,
          guint           j)
{
  double move = self->alpha;
  double fading = 1.0;

  if (self->kind.trend != STORE_ETS_NONE)
    {
      double sum = 0.0;

      for (guint i = 0; i < j; i++)
        {
          fading *= self->phi;
          sum += fading;
        }
      move += self->beta * sum;
    }
  if (self->kind.season != STORE_ETS_NONE && j % self->season == 0)
    move += self->gamma;
  return move;
}

static void
predict_added (const StoreEts      *self,
               const StoreEtsState *state,
               StorePrediction     *prediction)
{
  double fading = 1.0;
  double trend = 0.0;

  for (guint h = 0; h < prediction->horizon; h++)
    {
      fading *= self->phi;
      trend += fading * state->slope;
      prediction->mean[h] = state->level + (self->kind.trend != STORE_ETS_NONE ? trend : 0.0);
      if (self->kind.season == STORE_ETS_ADDED)
        prediction->mean[h] += state->figure[(state->now + h) % self->season];
    }
}

static void
limit_added (const StoreEts  *self,
             StorePrediction *prediction)
{
  double sum = 1.0;

  for (guint h = 0; h < prediction->horizon; h++)
    {
      if (h > 0)
        sum += get_move (self, h) * get_move (self, h);
      store_prediction_set_variance (prediction, h, self->variance * sum);
    }
}

static void
limit_relative (const StoreEts  *self,
                StorePrediction *prediction)
{
  g_autofree double *squares = g_new (double, prediction->horizon);
  g_autofree double *moves = g_new0 (double, prediction->horizon);

  for (guint h = 0; h < prediction->horizon; h++)
    {
      double mean = prediction->mean[h];

      moves[h] = h > 0 ? get_move (self, h) : 0.0;
      squares[h] = mean * mean;
      for (guint j = 1; j <= h; j++)
        squares[h] += self->variance * moves[j] * moves[j] * squares[h - j];
      store_prediction_set_variance (prediction, h,
                                     (1.0 + self->variance) * squares[h] - mean * mean);
    }
}

/* Level and slope times one period's figure: a pair, and the covariances of pairs. */
typedef struct
{
  double at[2];
} Pair;

typedef struct
{
  double at[2][2];
} Block;

static Block
around (const Block *left,
        const Block *inner,
        const Block *right)
{
  Block half = { 0 };
  Block result = { 0 };

  for (guint i = 0; i < 2; i++)
    for (guint j = 0; j < 2; j++)
      for (guint k = 0; k < 2; k++)
        half.at[i][j] += left->at[i][k] * inner->at[k][j];
  for (guint i = 0; i < 2; i++)
    for (guint j = 0; j < 2; j++)
      for (guint k = 0; k < 2; k++)
        result.at[i][j] += half.at[i][k] * right->at[j][k];
  return result;
}

static void
add_times (Block       *sum,
           const Block *what,
           double       times)
{
  for (guint i = 0; i < 2; i++)
    for (guint j = 0; j < 2; j++)
      sum->at[i][j] += times * what->at[i][j];
}

static Block
multiply_pairs (const Pair *a,
                const Pair *b)
{
  Block product;

  for (guint i = 0; i < 2; i++)
    for (guint j = 0; j < 2; j++)
      product.at[i][j] = a->at[i] * b->at[j];
  return product;
}

/* The step of level and slope without an error, and what an error adds to it. */
typedef struct
{
  Block still;
  Block moved;
  double gamma;
  double variance;
  guint season;
} Steps;

static Block
step_block (const Steps *steps,
            const Block *covariance,
            const Pair  *a,
            const Pair  *b,
            guint        i,
            guint        j)
{
  Block products = multiply_pairs (a, b);
  Block with_products = *covariance;
  Block left = steps->moved;
  Block right = steps->moved;
  Block result = around (&steps->still, covariance, &steps->still);
  Block part;

  add_times (&with_products, &products, 1.0);
  if (i == 0)
    add_times (&left, &steps->still, steps->gamma);
  if (j == 0)
    add_times (&right, &steps->still, steps->gamma);
  part = around (&left, &with_products, &right);
  add_times (&result, &part, steps->variance);
  if (j == 0)
    {
      part = around (&steps->still, covariance, &steps->moved);
      add_times (&result, &part, steps->variance * steps->gamma);
    }
  if (i == 0)
    {
      part = around (&steps->moved, covariance, &steps->still);
      add_times (&result, &part, steps->variance * steps->gamma);
    }
  if (i == 0 && j == 0)
    {
      with_products = (Block){ 0 };
      add_times (&with_products, covariance, 3.0);
      add_times (&with_products, &products, 2.0);
      part = around (&steps->moved, &with_products, &steps->moved);
      add_times (&result, &part,
                 steps->variance * steps->variance * steps->gamma * steps->gamma);
    }
  return result;
}

static void
step_pairs (const Steps *steps,
            Pair        *pairs)
{
  const guint m = steps->season;
  Pair last = pairs[m - 1];

  for (guint i = m; i-- > 0;)
    {
      Pair from = i == 0 ? last : pairs[i - 1];

      for (guint a = 0; a < 2; a++)
        {
          pairs[i].at[a] = 0.0;
          for (guint b = 0; b < 2; b++)
            {
              pairs[i].at[a] += steps->still.at[a][b] * from.at[b];
              if (i == 0)
                pairs[i].at[a] += steps->variance * steps->gamma * steps->moved.at[a][b] *
                                  last.at[b];
            }
        }
    }
}

static void
predict_multiplied (const StoreEts      *self,
                    const StoreEtsState *state,
                    StorePrediction     *prediction)
{
  const guint m = self->season;
  const gboolean has_trend = self->kind.trend != STORE_ETS_NONE;
  const Steps steps = {
    .still = { { { 1.0, has_trend ? 1.0 : 0.0 }, { 0.0, has_trend ? self->phi : 0.0 } } },
    .moved = { { { self->alpha, has_trend ? self->alpha : 0.0 },
                 { self->phi * self->beta, has_trend ? self->phi * self->beta : 0.0 } } },
    .gamma = self->gamma,
    .variance = self->variance,
    .season = m,
  };
  g_autofree Block *covariances = g_new0 (Block, (gsize) m * m);
  g_autofree Block *next = g_new0 (Block, (gsize) m * m);
  g_autofree Pair *pairs = g_new0 (Pair, m);

  /* The slope is kept as the next period will add it. */
  for (guint i = 0; i < m; i++)
    {
      double figure = state->figure[(state->now + m - 1 - i) % m];

      pairs[i].at[0] = state->level * figure;
      pairs[i].at[1] = has_trend ? self->phi * state->slope * figure : 0.0;
    }
  for (guint h = 0; h < prediction->horizon; h++)
    {
      const Block *last = &covariances[(gsize) m * m - 1];
      double mean = pairs[m - 1].at[0] + pairs[m - 1].at[1];
      double spread = last->at[0][0] + last->at[0][1] + last->at[1][0] + last->at[1][1];

      prediction->mean[h] = mean;
      store_prediction_set_variance (prediction, h, (1.0 + self->variance) * spread +
                                                      self->variance * mean * mean);
      for (guint i = 0; i < m; i++)
        for (guint j = 0; j < m; j++)
          {
            guint a = (i + m - 1) % m;
            guint b = (j + m - 1) % m;

            next[(gsize) i * m + j] = step_block (&steps, &covariances[(gsize) a * m + b],
                                                  &pairs[a], &pairs[b], i, j);
          }
      memcpy (covariances, next, (gsize) m * m * sizeof *next);
      step_pairs (&steps, pairs);
    }
}

/**
 * store_ets_predict:
 * @self: a fit
 * @values: a series that begins where the one it was fitted to began
 * @n: its length
 * @horizon: periods to forecast, 1 or more
 *
 * Returns: (transfer full): the forecast after the end of @values
 */
StorePrediction *
store_ets_predict (const StoreEts *self,
                   const double   *values,
                   guint           n,
                   guint           horizon)
{
  StorePrediction *prediction = store_prediction_new (horizon);
  StoreEtsState state;

  store_ets_run (self, values, n, &state);
  if (self->kind.season == STORE_ETS_MULTIPLIED)
    {
      predict_multiplied (self, &state, prediction);
      return prediction;
    }
  predict_added (self, &state, prediction);
  if (self->kind.error == STORE_ETS_ADDED)
    limit_added (self, prediction);
  else
    limit_relative (self, prediction);
  return prediction;
}

/**
 * store_ets_begin:
 * @self: a fit
 * @values: a series
 * @n: its length
 * @later: how many periods after the series of the fit it begins; may be negative
 *
 * Returns: (transfer full): the same model at the beginning of @values: as it is where that is the
 *   beginning of its own series; else with its smoothing and season, and the level and slope that a
 *   line through the first values of @values has
 */
StoreEts *
store_ets_begin (const StoreEts *self,
                 const double   *values,
                 guint           n,
                 gint            later)
{
  StoreEts *begun = g_memdup2 (self, sizeof *self);
  StoreEts start = *self;

  if (later == 0)
    return begun;
  for (guint j = 0; j < self->season; j++)
    {
      gint m = (gint) self->season;
      gint from = (((gint) j + later) % m + m) % m;

      begun->figure[j] = self->figure[from];
    }
  if (store_ets_find_start (&start, values, n))
    {
      begun->level = start.level;
      begun->slope = start.slope;
    }
  return begun;
}
