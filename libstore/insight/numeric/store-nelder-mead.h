/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * StoreNelderMeadFunc:
 * @point: parameters
 * @data: of the caller
 *
 * Returns: the value to be made small; INFINITY where the point is not allowed
 */
typedef double (*StoreNelderMeadFunc) (const double *point,
                                       gpointer      data);

/**
 * StoreNelderMead:
 * @n: number of parameters
 * @tolerance: stop when all corners agree to this share of the first value
 * @max_evaluations: stop when this many were used
 * @value: (out): the value reached
 * @evaluations: (out): how many were used
 * @converged: (out): whether the corners agreed
 *
 * One search for the minimum of a function without derivatives.
 */
typedef struct
{
  guint n;
  double tolerance;
  guint max_evaluations;

  double value;
  guint evaluations;
  gboolean converged;
} StoreNelderMead;

void store_nelder_mead_minimise (StoreNelderMead     *self,
                                 double              *point,
                                 StoreNelderMeadFunc  func,
                                 gpointer             data);

G_END_DECLS
