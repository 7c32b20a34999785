/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * StoreBgbbPattern:
 * @x: occasions on which the customer bought
 * @t_x: the last of them, counted from 1; 0 where there was none
 * @n: occasions that there were
 * @weight: number of customers
 */
typedef struct
{
  guint x;
  guint t_x;
  guint n;
  double weight;
} StoreBgbbPattern;

/**
 * StoreBgbb:
 * @alpha: first parameter of the probability to buy
 * @beta: second parameter of the probability to buy
 * @gamma: first parameter of the probability to leave
 * @delta: second parameter of the probability to leave
 * @log_likelihood: of the fit
 * @at_limit: whether a parameter rests on the limit of the search
 * @converged: whether the search ended by itself
 *
 * The BG/BB model, for purchases at fixed occasions: yearly donations, monthly fairs.
 */
typedef struct
{
  double alpha;
  double beta;
  double gamma;
  double delta;
  double log_likelihood;
  gboolean at_limit;
  gboolean converged;
} StoreBgbb;

gboolean store_bgbb_fit           (StoreBgbb               *self,
                                   const StoreBgbbPattern  *patterns,
                                   guint                    n,
                                   GError                 **error);
double   store_bgbb_differentiate (const StoreBgbbPattern  *patterns,
                                   guint                    n,
                                   const double            *log_parameters,
                                   double                  *gradient,
                                   double                  *hessian);
double   store_bgbb_get_p_alive   (const StoreBgbb         *self,
                                   guint                    x,
                                   guint                    t_x,
                                   guint                    n);
double   store_bgbb_get_expected  (const StoreBgbb         *self,
                                   guint                    x,
                                   guint                    t_x,
                                   guint                    n,
                                   guint                    ahead);

G_END_DECLS
