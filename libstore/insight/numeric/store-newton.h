/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define STORE_NEWTON_MAX_PARAMETERS 6

/**
 * StoreNewtonFunc:
 * @point: parameters
 * @gradient: (out): first derivatives
 * @hessian: (out): second derivatives, row by row, both halves
 * @data: of the caller
 *
 * Returns: the value to be made as large as possible
 */
typedef double (*StoreNewtonFunc) (const double *point,
                                   double       *gradient,
                                   double       *hessian,
                                   gpointer      data);

/**
 * StoreNewton:
 * @n: number of parameters
 * @lower: lowest value of each
 * @upper: highest value of each
 * @max_iterations: when to stop without an answer
 * @value: (out): the value reached
 * @gradient: (out): at the point reached
 * @hessian: (out): at the point reached
 * @iterations: (out): evaluations used
 * @converged: (out): whether the last step was below 1e-9
 * @at_limit: (out): bit i is set where parameter i rests on its limit
 *
 * One search for the maximum of a smooth function.
 */
typedef struct
{
  guint n;
  double lower[STORE_NEWTON_MAX_PARAMETERS];
  double upper[STORE_NEWTON_MAX_PARAMETERS];
  guint max_iterations;

  double value;
  double gradient[STORE_NEWTON_MAX_PARAMETERS];
  double hessian[STORE_NEWTON_MAX_PARAMETERS * STORE_NEWTON_MAX_PARAMETERS];
  guint iterations;
  gboolean converged;
  guint at_limit;
} StoreNewton;

void     store_newton_maximise (StoreNewton     *self,
                                double          *point,
                                StoreNewtonFunc  func,
                                gpointer         data);
gboolean store_newton_solve    (const double    *matrix,
                                const double    *right,
                                double          *solution,
                                guint            n);

G_END_DECLS
