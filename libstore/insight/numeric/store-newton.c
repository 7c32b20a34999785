/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Newton's method with exact first and second derivatives, damped after Levenberg and Marquardt
 * where the function is not concave, inside a box. The parameters are logarithms of the model's
 * own, so a step is a relative one; the search ends when a step is below 1e-9. A parameter that
 * pushes against its limit is held there and the others go on: which ones were held tells the
 * caller that the best model lies on a boundary. */

#include "config.h"

#include <math.h>
#include <string.h>

#include "store-newton.h"

#define N_MAX STORE_NEWTON_MAX_PARAMETERS
#define STEP_ENOUGH 1e-9
#define STEP_LONGEST 2.0
#define DAMPING_FIRST 1e-3
#define DAMPING_LAST 1e12

/**
 * store_newton_solve:
 * @matrix: a symmetric matrix, row by row
 * @right: the right-hand side
 * @solution: (out): the solution
 * @n: number of equations, at most %STORE_NEWTON_MAX_PARAMETERS
 *
 * Solves by Cholesky's decomposition.
 *
 * Returns: %FALSE if the matrix is not positive definite
 */
gboolean
store_newton_solve (const double *matrix,
                    const double *right,
                    double       *solution,
                    guint         n)
{
  double lower[N_MAX * N_MAX];

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j <= i; j++)
      {
        double sum = matrix[i * n + j];

        for (guint k = 0; k < j; k++)
          sum -= lower[i * n + k] * lower[j * n + k];
        if (i != j)
          lower[i * n + j] = sum / lower[j * n + j];
        else if (sum > 1e-14 * fabs (matrix[i * n + i]) && isfinite (sum))
          lower[i * n + i] = sqrt (sum);
        else
          return FALSE;
      }

  for (guint i = 0; i < n; i++)
    {
      solution[i] = right[i];
      for (guint k = 0; k < i; k++)
        solution[i] -= lower[i * n + k] * solution[k];
      solution[i] /= lower[i * n + i];
    }
  for (guint i = n; i-- > 0;)
    {
      for (guint k = i + 1; k < n; k++)
        solution[i] -= lower[k * n + i] * solution[k];
      solution[i] /= lower[i * n + i];
    }
  return TRUE;
}

static guint
find_held (const StoreNewton *self,
           const double      *point)
{
  guint held = 0;

  for (guint i = 0; i < self->n; i++)
    if ((point[i] <= self->lower[i] && self->gradient[i] <= 0.0) ||
        (point[i] >= self->upper[i] && self->gradient[i] >= 0.0))
      held |= 1u << i;
  return held;
}

/* Held parameters get a row of the unit matrix and no slope, so their step is zero. */
static gboolean
find_step (const StoreNewton *self,
           guint              held,
           double             damping,
           double            *step)
{
  guint n = self->n;
  double matrix[N_MAX * N_MAX];
  double slope[N_MAX];

  for (guint i = 0; i < n; i++)
    {
      gboolean free_i = !(held >> i & 1);

      slope[i] = free_i ? self->gradient[i] : 0.0;
      for (guint j = 0; j < n; j++)
        matrix[i * n + j] = free_i && !(held >> j & 1) ? -self->hessian[i * n + j] : 0.0;
      if (free_i)
        matrix[i * n + i] += damping * MAX (fabs (self->hessian[i * n + i]), 1e-8);
      else
        matrix[i * n + i] = 1.0;
    }
  return store_newton_solve (matrix, slope, step, n);
}

static double
find_longest (const double *step,
              guint         n)
{
  double longest = 0.0;

  for (guint i = 0; i < n; i++)
    longest = MAX (longest, fabs (step[i]));
  return longest;
}

static void
move (const StoreNewton *self,
      const double      *from,
      const double      *step,
      double            *to)
{
  double longest = find_longest (step, self->n);
  double scale = longest > STEP_LONGEST ? STEP_LONGEST / longest : 1.0;

  for (guint i = 0; i < self->n; i++)
    to[i] = CLAMP (from[i] + scale * step[i], self->lower[i], self->upper[i]);
}

static gboolean
is_better (const StoreNewton *self,
           double             value,
           const double      *gradient,
           guint              held)
{
  double noise = 1e-13 * fabs (self->value);
  double before = 0.0;
  double after = 0.0;

  if (!isfinite (value))
    return FALSE;
  if (value > self->value + noise)
    return TRUE;
  if (value < self->value - noise)
    return FALSE;

  /* The values differ by rounding alone: the slope decides. */
  for (guint i = 0; i < self->n; i++)
    if (!(held >> i & 1))
      {
        before = MAX (before, fabs (self->gradient[i]));
        after = MAX (after, fabs (gradient[i]));
      }
  return after <= before;
}

static gboolean
try_step (StoreNewton     *self,
          double          *point,
          const double    *step,
          guint            held,
          StoreNewtonFunc  func,
          gpointer         data)
{
  double next[N_MAX] = { 0.0 };
  double gradient[N_MAX] = { 0.0 };
  double hessian[N_MAX * N_MAX] = { 0.0 };
  double value;

  move (self, point, step, next);
  value = func (next, gradient, hessian, data);
  self->iterations++;
  if (!is_better (self, value, gradient, held))
    return FALSE;

  self->value = value;
  memcpy (point, next, self->n * sizeof (double));
  memcpy (self->gradient, gradient, sizeof gradient);
  memcpy (self->hessian, hessian, sizeof hessian);
  return TRUE;
}

/**
 * store_newton_maximise:
 * @self: limits in, answer out
 * @point: (inout): where to start, and the point reached
 * @func: the function
 * @data: for @func
 *
 * Searches the maximum from one start. Look at @self->converged: a search that ran out of
 * iterations leaves the best point it saw.
 */
void
store_newton_maximise (StoreNewton     *self,
                       double          *point,
                       StoreNewtonFunc  func,
                       gpointer         data)
{
  double damping = 0.0;

  g_return_if_fail (self->n <= N_MAX);

  self->value = func (point, self->gradient, self->hessian, data);
  self->iterations = 1;
  self->converged = FALSE;

  while (self->iterations < self->max_iterations && damping < DAMPING_LAST)
    {
      guint held = find_held (self, point);
      double step[N_MAX] = { 0.0 };

      if (!find_step (self, held, damping, step))
        {
          damping = MAX (damping * 8.0, DAMPING_FIRST);
          continue;
        }
      if (find_longest (step, self->n) < STEP_ENOUGH)
        {
          self->converged = TRUE;
          break;
        }
      if (try_step (self, point, step, held, func, data))
        damping = damping > DAMPING_FIRST ? damping / 8.0 : 0.0;
      else
        damping = MAX (damping * 8.0, DAMPING_FIRST);
    }
  self->at_limit = find_held (self, point);
}
