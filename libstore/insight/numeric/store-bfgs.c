/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The search of Broyden, Fletcher, Goldfarb and Shanno for the minimum of a smooth function of a
 * few parameters (Nocedal, Wright, "Numerical Optimization", 2nd edition, algorithm 6.1), with the
 * inverse of the second derivatives built up from differences of the first, and steps halved until
 * they go down far enough (condition of Armijo). The first derivatives are central differences of
 * the function. When no step goes down the matrix is thrown away once; when also the steepest way
 * does not, the search is at its end. */

#include "config.h"

#include <math.h>
#include <string.h>

#include "store-bfgs.h"

#define DIFFERENCE 1e-5
#define SECOND_DIFFERENCE 1e-3
#define ENOUGH_DESCENT 1e-4
#define SMALLEST_STEP 1e-10
#define LONGEST_STEP 1.0
#define ENOUGH 1e-12

typedef struct
{
  StoreBfgs *search;
  StoreBfgsFunc func;
  gpointer data;
  guint n;
  double point[STORE_BFGS_MAX_PARAMETERS];
  double gradient[STORE_BFGS_MAX_PARAMETERS];
  double inverse[STORE_BFGS_MAX_PARAMETERS * STORE_BFGS_MAX_PARAMETERS];
  double value;
} State;

static double
evaluate (State        *state,
          const double *point)
{
  double value = state->func (point, state->data);

  state->search->evaluations++;
  return isfinite (value) ? value : INFINITY;
}

/* At the edge of what is allowed the difference is one-sided, and 0 between two edges. */
static void
find_gradient (State  *state,
               double *gradient)
{
  double moved[STORE_BFGS_MAX_PARAMETERS];

  memcpy (moved, state->point, state->n * sizeof *moved);
  for (guint i = 0; i < state->n; i++)
    {
      double above;
      double below;
      double width = 2.0 * DIFFERENCE;

      moved[i] = state->point[i] + DIFFERENCE;
      above = evaluate (state, moved);
      moved[i] = state->point[i] - DIFFERENCE;
      below = evaluate (state, moved);
      moved[i] = state->point[i];
      if (!isfinite (above))
        above = state->value, width -= DIFFERENCE;
      if (!isfinite (below))
        below = state->value, width -= DIFFERENCE;
      gradient[i] = width > 0.0 ? (above - below) / width : 0.0;
    }
}

static void
forget_curvature (State *state)
{
  memset (state->inverse, 0, sizeof state->inverse);
  for (guint i = 0; i < state->n; i++)
    state->inverse[i * state->n + i] = 1.0;
}

static double
find_direction (const State *state,
                double      *direction)
{
  double slope = 0.0;
  double length = 0.0;

  for (guint i = 0; i < state->n; i++)
    {
      direction[i] = 0.0;
      for (guint j = 0; j < state->n; j++)
        direction[i] -= state->inverse[i * state->n + j] * state->gradient[j];
      slope += direction[i] * state->gradient[i];
      length += direction[i] * direction[i];
    }
  length = sqrt (length);
  for (guint i = 0; i < state->n && length > LONGEST_STEP; i++)
    direction[i] *= LONGEST_STEP / length;
  return length > LONGEST_STEP ? slope * LONGEST_STEP / length : slope;
}

/* Returns the share of @direction that goes down far enough, or 0. */
static double
step_down (State        *state,
           const double *direction,
           double        slope,
           double       *reached,
           double       *value)
{
  for (double share = 1.0; share > SMALLEST_STEP; share *= 0.4)
    {
      for (guint i = 0; i < state->n; i++)
        reached[i] = state->point[i] + share * direction[i];
      *value = evaluate (state, reached);
      if (*value <= state->value + ENOUGH_DESCENT * share * slope)
        return share;
    }
  return 0.0;
}

static void
learn_curvature (State        *state,
                 const double *step,
                 const double *change)
{
  const guint n = state->n;
  double applied[STORE_BFGS_MAX_PARAMETERS];
  double along = 0.0;
  double curvature = 0.0;

  for (guint i = 0; i < n; i++)
    {
      applied[i] = 0.0;
      for (guint j = 0; j < n; j++)
        applied[i] += state->inverse[i * n + j] * change[j];
      along += step[i] * change[i];
      curvature += change[i] * applied[i];
    }
  if (along <= 0.0)
    {
      forget_curvature (state);
      return;
    }
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n; j++)
      state->inverse[i * n + j] += (1.0 + curvature / along) * step[i] * step[j] / along -
                                   (applied[i] * step[j] + step[i] * applied[j]) / along;
}

static void
move_to (State        *state,
         const double *reached,
         double        value)
{
  double gradient[STORE_BFGS_MAX_PARAMETERS];
  double step[STORE_BFGS_MAX_PARAMETERS];
  double change[STORE_BFGS_MAX_PARAMETERS];

  for (guint i = 0; i < state->n; i++)
    step[i] = reached[i] - state->point[i];
  memcpy (state->point, reached, state->n * sizeof *reached);
  state->value = value;
  find_gradient (state, gradient);
  for (guint i = 0; i < state->n; i++)
    change[i] = gradient[i] - state->gradient[i];
  learn_curvature (state, step, change);
  memcpy (state->gradient, gradient, state->n * sizeof *gradient);
}

static void
search (State *state)
{
  gboolean fresh = TRUE;

  forget_curvature (state);
  find_gradient (state, state->gradient);
  while (state->search->iterations < state->search->max_iterations)
    {
      double direction[STORE_BFGS_MAX_PARAMETERS];
      double reached[STORE_BFGS_MAX_PARAMETERS];
      double slope = find_direction (state, direction);
      double before = state->value;
      double value = before;
      double share = slope < 0.0 ? step_down (state, direction, slope, reached, &value) : 0.0;

      if (share > 0.0)
        {
          move_to (state, reached, value);
          state->search->iterations++;
        }
      if (share == 0.0 || before - value <= ENOUGH * (fabs (before) + ENOUGH))
        {
          state->search->converged = fresh;
          if (fresh)
            return;
          forget_curvature (state);
          fresh = TRUE;
        }
      else
        fresh = FALSE;
    }
}

/**
 * store_bfgs_minimise:
 * @self: number of parameters and limit set
 * @point: (inout): where to start; the best point found
 * @func: (scope call): to be made small
 * @data: for @func
 *
 * On any thread. A start that is not allowed is given back with the value INFINITY.
 */
void
store_bfgs_minimise (StoreBfgs     *self,
                     double        *point,
                     StoreBfgsFunc  func,
                     gpointer       data)
{
  State state = { .search = self, .func = func, .data = data, .n = self->n };

  g_return_if_fail (self->n <= STORE_BFGS_MAX_PARAMETERS);

  self->iterations = 0;
  self->evaluations = 0;
  self->converged = FALSE;
  memcpy (state.point, point, self->n * sizeof *point);
  state.value = evaluate (&state, point);
  if (self->n > 0 && isfinite (state.value))
    search (&state);
  memcpy (point, state.point, self->n * sizeof *point);
  self->value = state.value;
}

/* In place; FALSE where a pivot is not above 0. */
static gboolean
is_positive_definite (double *matrix,
                      guint   n)
{
  for (guint k = 0; k < n; k++)
    {
      if (!(matrix[k * n + k] > 0.0))
        return FALSE;
      for (guint i = k + 1; i < n; i++)
        {
          double factor = matrix[i * n + k] / matrix[k * n + k];

          for (guint j = k; j < n; j++)
            matrix[i * n + j] -= factor * matrix[k * n + j];
        }
    }
  return TRUE;
}

/**
 * store_bfgs_is_minimum:
 * @point: where a search ended
 * @n: number of parameters
 * @func: (scope call): what was made small
 * @data: for @func
 *
 * Returns: whether the function curves upwards in every direction there (by second differences)
 */
gboolean
store_bfgs_is_minimum (const double  *point,
                       guint          n,
                       StoreBfgsFunc  func,
                       gpointer       data)
{
  const double h = SECOND_DIFFERENCE;
  double matrix[STORE_BFGS_MAX_PARAMETERS * STORE_BFGS_MAX_PARAMETERS];
  double moved[STORE_BFGS_MAX_PARAMETERS];

  g_return_val_if_fail (n <= STORE_BFGS_MAX_PARAMETERS, FALSE);

  memcpy (moved, point, n * sizeof *moved);
  for (guint i = 0; i < n; i++)
    for (guint j = i; j < n; j++)
      {
        double sum = 0.0;

        for (int a = -1; a <= 1; a += 2)
          for (int b = -1; b <= 1; b += 2)
            {
              moved[i] += a * h;
              moved[j] += b * h;
              sum += a * b * func (moved, data);
              moved[j] = point[j];
              moved[i] = point[i];
            }
        if (!isfinite (sum))
          return FALSE;
        matrix[i * n + j] = sum / (4.0 * h * h);
        matrix[j * n + i] = matrix[i * n + j];
      }
  return is_positive_definite (matrix, n);
}

