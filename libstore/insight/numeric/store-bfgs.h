/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define STORE_BFGS_MAX_PARAMETERS 24

/**
 * StoreBfgsFunc:
 * @point: parameters
 * @data: of the caller
 *
 * Returns: the value to be made small; INFINITY where the point is not allowed
 */
typedef double (*StoreBfgsFunc) (const double *point,
                                 gpointer      data);

/**
 * StoreBfgs:
 * @n: number of parameters, at most %STORE_BFGS_MAX_PARAMETERS
 * @max_iterations: when to stop without an answer
 * @value: (out): the value reached
 * @iterations: (out): steps taken
 * @evaluations: (out): how often the function was called
 * @converged: (out): whether no step made it smaller any more
 *
 * One search for the minimum of a smooth function, with derivatives by central differences.
 */
typedef struct
{
  guint n;
  guint max_iterations;

  double value;
  guint iterations;
  guint evaluations;
  gboolean converged;
} StoreBfgs;

void     store_bfgs_minimise    (StoreBfgs      *self,
                                 double         *point,
                                 StoreBfgsFunc   func,
                                 gpointer        data);
gboolean store_bfgs_is_minimum  (const double   *point,
                                 guint           n,
                                 StoreBfgsFunc   func,
                                 gpointer        data);

G_END_DECLS
