/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The exact errors of forecasts one step ahead of an ARMA process, and so its exact likelihood.
 *
 * The state has r = max (p, q + 1) numbers (Harvey's form, as in Gardner, Harvey, Phillips,
 * "Algorithm AS 154", Applied Statistics 29, 1980). Its covariance is never kept: a stationary
 * start changes it by a matrix of rank one at each step, so that the gain follows by the recursions
 * of Chandrasekhar (Morf, Sidhu, Kailath, IEEE Transactions on Automatic Control 19, 1974; Herbst,
 * "Using the Chandrasekhar recursions for likelihood evaluation", Computational Economics 45,
 * 2015), r operations a step instead of r squared. They need the covariance of the first state with
 * the first value alone, which is the autocovariance of the process: that of its autoregressive
 * part by the steps of Levinson and Durbin down and up again, put together by the weights of the
 * shocks.
 *
 * The same recursions run on after the end of the series give the variance of every forecast. */

#include "config.h"

#include <math.h>
#include <string.h>

#include "store-arma.h"

/* A change of the gain by less than this share is the end of the change. */
#define STEADY 1e-17

/**
 * store_arma_get_reflections:
 * @phi: autoregressive numbers
 * @p: how many
 * @reflections: (out) (nullable): @p partial autocorrelations
 *
 * Returns: whether the process is stationary; where not, @reflections are incomplete
 */
gboolean
store_arma_get_reflections (const double *phi,
                            guint         p,
                            double       *reflections)
{
  g_autofree double *now = g_memdup2 (phi, p * sizeof *phi);
  g_autofree double *former = g_new (double, p + 1);

  for (guint k = p; k > 0; k--)
    {
      double last = now[k - 1];
      double rest = 1.0 - last * last;

      if (!(fabs (last) < 1.0) || rest <= 0.0)
        return FALSE;
      if (reflections != NULL)
        reflections[k - 1] = last;
      for (guint i = 0; i + 1 < k; i++)
        former[i] = (now[i] + last * now[k - 2 - i]) / rest;
      memcpy (now, former, (k - 1) * sizeof *now);
    }
  return TRUE;
}

/**
 * store_arma_is_stationary:
 * @phi: numbers of a polynomial 1 - phi_1 z - ...
 * @p: how many
 * @smallest_root: a size, 1 for the unit circle
 *
 * Returns: whether all roots of the polynomial are larger than @smallest_root
 */
gboolean
store_arma_is_stationary (const double *phi,
                          guint         p,
                          double        smallest_root)
{
  g_autofree double *scaled = g_new (double, p + 1);
  double power = 1.0;

  for (guint i = 0; i < p; i++)
    {
      power *= smallest_root;
      scaled[i] = phi[i] * power;
    }
  return store_arma_get_reflections (scaled, p, NULL);
}

/* Autocovariances 0 to @last of the autoregressive part, shocks of variance 1. */
static gboolean
find_ar_covariances (const StoreArma *self,
                     guint            last,
                     double          *covariances)
{
  g_autofree double *reflections = g_new (double, self->p + 1);
  g_autofree double *now = g_new0 (double, self->p + 1);
  g_autofree double *next = g_new0 (double, self->p + 1);
  double variance = 1.0;

  if (!store_arma_get_reflections (self->phi, self->p, reflections))
    return FALSE;
  for (guint k = 0; k < self->p; k++)
    variance /= 1.0 - reflections[k] * reflections[k];
  covariances[0] = variance;
  for (guint k = 0; k < self->p; k++)
    {
      double sum = reflections[k] * variance;

      for (guint i = 0; i < k; i++)
        sum += now[i] * covariances[k - i];
      if (k + 1 <= last)
        covariances[k + 1] = sum;
      for (guint i = 0; i < k; i++)
        next[i] = now[i] - reflections[k] * now[k - 1 - i];
      next[k] = reflections[k];
      memcpy (now, next, (k + 1) * sizeof *now);
      variance *= 1.0 - reflections[k] * reflections[k];
    }
  for (guint h = self->p + 1; h <= last; h++)
    {
      covariances[h] = 0.0;
      for (guint i = 0; i < self->p; i++)
        covariances[h] += self->phi[i] * covariances[h - 1 - i];
    }
  return isfinite (covariances[0]);
}

/* Products of the shocks' weights (1, theta) at distances 0 to q. */
static void
find_ma_products (const StoreArma *self,
                  double          *products)
{
  for (guint h = 0; h <= self->q; h++)
    {
      products[h] = h == 0 ? 1.0 : self->theta[h - 1];
      for (guint i = 1; i + h <= self->q; i++)
        products[h] += self->theta[i - 1] * self->theta[i + h - 1];
    }
}

/* Autocovariances 0 to @last of the whole process. */
static gboolean
find_covariances (const StoreArma *self,
                  guint            last,
                  double          *covariances)
{
  const guint q = self->q;
  const guint reach = MAX (last + q, self->p);
  g_autofree double *of_ar = g_new (double, reach + 1);
  g_autofree double *products = g_new (double, q + 1);

  if (!find_ar_covariances (self, reach, of_ar))
    return FALSE;
  find_ma_products (self, products);
  for (guint k = 0; k <= last; k++)
    {
      covariances[k] = products[0] * of_ar[k];
      for (guint h = 1; h <= q; h++)
        if (products[h] != 0.0)
          covariances[k] += products[h] * (of_ar[k + h] + of_ar[k > h ? k - h : h - k]);
    }
  return TRUE;
}

/* What shocks of the past weigh in the process, 1 for its own. */
static void
find_weights (const StoreArma *self,
              guint            last,
              double          *weights)
{
  weights[0] = 1.0;
  for (guint j = 1; j <= last; j++)
    {
      weights[j] = j <= self->q ? self->theta[j - 1] : 0.0;
      for (guint i = 1; i <= MIN (j, self->p); i++)
        weights[j] += self->phi[i - 1] * weights[j - i];
    }
}

typedef struct
{
  guint r;
  double *phi;
  double *gain;
  double *change;
  double *states;
  double variance;
  double scale;
  gboolean steady;
} Recursion;

static void
recursion_clear (Recursion *recursion)
{
  g_free (recursion->phi);
  g_free (recursion->gain);
  g_free (recursion->change);
  g_free (recursion->states);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Recursion, recursion_clear)

/* The covariance of the first state with the first value, into @first. */
static gboolean
find_first (const StoreArma *self,
            guint            r,
            double          *first)
{
  g_autofree double *covariances = g_new (double, r + 1);
  g_autofree double *weights = g_new (double, r + 1);

  if (!find_covariances (self, r, covariances))
    return FALSE;
  find_weights (self, r, weights);
  first[0] = covariances[0];
  for (guint i = 2; i <= r; i++)
    {
      first[i - 1] = 0.0;
      for (guint k = i; k <= self->p; k++)
        first[i - 1] += self->phi[k - 1] * covariances[k - i + 1];
      for (guint k = i - 1; k <= self->q; k++)
        first[i - 1] += self->theta[k - 1] * weights[k - i + 1];
    }
  return TRUE;
}

static gboolean
recursion_init (Recursion       *recursion,
                const StoreArma *self,
                guint            n_columns)
{
  const guint r = MAX (self->p, self->q + 1);
  g_autofree double *first = g_new0 (double, r + 1);

  recursion->r = r;
  recursion->phi = g_new0 (double, r);
  recursion->gain = g_new (double, r);
  recursion->change = g_new0 (double, r + 1);
  recursion->states = g_new0 (double, (gsize) n_columns * (r + 1));
  for (guint i = 0; i < self->p; i++)
    recursion->phi[i] = self->phi[i];
  if (!find_first (self, r, first) || !(first[0] > 0.0) || !isfinite (first[0]))
    return FALSE;

  recursion->variance = first[0];
  recursion->scale = -1.0 / first[0];
  for (guint i = 0; i < r; i++)
    {
      recursion->change[i] = recursion->phi[i] * first[0] + first[i + 1];
      recursion->gain[i] = recursion->change[i] / first[0];
    }
  return TRUE;
}

/* One step of the gain, its variance and the two numbers that they change by. */
static void
recursion_step_gain (Recursion *recursion)
{
  const guint r = recursion->r;
  const double head = recursion->change[0];
  const double by_head = recursion->scale * head;
  const double before = recursion->variance;
  const double variance = before + head * by_head;
  double largest = 0.0;

  for (guint i = 0; i < r; i++)
    {
      double moved = recursion->phi[i] * head + recursion->change[i + 1];
      double gain = (recursion->gain[i] * before + moved * by_head) / variance;

      recursion->gain[i] = gain;
      recursion->change[i] = moved - gain * head;
      largest = MAX (largest, fabs (recursion->change[i]));
    }
  recursion->variance = variance;
  recursion->scale += by_head * by_head / before;
  recursion->steady = fabs (recursion->scale) * largest * largest < STEADY;
}

static inline void
recursion_step_state (const Recursion *recursion,
                      double          *state,
                      double           error)
{
  const guint r = recursion->r;
  const double head = state[0];

  for (guint i = 0; i < r; i++)
    state[i] = recursion->phi[i] * head + state[i + 1] + recursion->gain[i] * error;
}

static void
forecast_columns (const Recursion *recursion,
                  StoreArmaFilter *filter)
{
  for (guint c = 0; c < filter->n_columns; c++)
    {
      double *state = recursion->states + (gsize) c * (recursion->r + 1);

      for (guint h = 0; h < filter->n_ahead; h++)
        {
          filter->forecasts[c][h] = state[0];
          recursion_step_state (recursion, state, 0.0);
        }
    }
}

/* How an error now moves the forecasts of the steps to come. */
static void
spread_gain (const Recursion *recursion,
             guint            n_later,
             double          *moves)
{
  g_autofree double *state = g_new0 (double, recursion->r + 1);

  memcpy (state, recursion->gain, recursion->r * sizeof *state);
  for (guint j = 0; j < n_later; j++)
    {
      moves[j] = state[0];
      recursion_step_state (recursion, state, 0.0);
    }
}

static void
look_ahead (Recursion       *recursion,
            StoreArmaFilter *filter)
{
  const guint ahead = filter->n_ahead;

  forecast_columns (recursion, filter);
  for (guint k = 0; k < ahead; k++)
    {
      filter->variances[k] = recursion->variance;
      spread_gain (recursion, ahead - 1 - k, filter->gains + (gsize) k * (ahead - 1));
      if (!recursion->steady)
        recursion_step_gain (recursion);
    }
}

/**
 * store_arma_filter:
 * @self: a process
 * @filter: (inout): the series, and what comes out
 *
 * On any thread.
 *
 * Returns: whether the process is stationary and the numbers hold; the rest is filled only then
 */
gboolean
store_arma_filter (const StoreArma *self,
                   StoreArmaFilter *filter)
{
  g_auto (Recursion) recursion = { 0 };
  double product = 1.0;

  filter->log_variances = 0.0;
  if (!recursion_init (&recursion, self, filter->n_columns))
    return FALSE;
  for (guint t = 0; t < filter->n; t++)
    {
      double root;

      if (!(recursion.variance > 0.0) || !isfinite (recursion.variance))
        return FALSE;
      root = sqrt (recursion.variance);
      product *= recursion.variance;
      if (product > 1e100 || product < 1e-100 || t + 1 == filter->n)
        {
          filter->log_variances += log (product);
          product = 1.0;
        }
      for (guint c = 0; c < filter->n_columns; c++)
        {
          double *state = recursion.states + (gsize) c * (recursion.r + 1);
          double error = filter->columns[c][t] - state[0];

          filter->errors[c][t] = error / root;
          recursion_step_state (&recursion, state, error);
        }
      if (!recursion.steady)
        recursion_step_gain (&recursion);
    }
  if (filter->n_ahead > 0)
    look_ahead (&recursion, filter);
  return TRUE;
}
