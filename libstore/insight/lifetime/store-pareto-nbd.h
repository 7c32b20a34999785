/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "store-purchase-patterns.h"

G_BEGIN_DECLS

/**
 * StoreParetoNbd:
 * @r: shape of the buying rates
 * @alpha: inverse scale of the buying rates, in weeks
 * @s: shape of the leaving rates
 * @beta: inverse scale of the leaving rates, in weeks
 * @log_likelihood: of the fit, with times in weeks
 * @nobody_leaves: the best model has s = 0, and beta has no meaning
 * @at_limit: whether some other parameter rests on the limit of the search
 * @converged: whether the search ended by itself
 * @iterations: evaluations of the likelihood of all patterns
 *
 * The Pareto/NBD model of repeat purchases: customers leave at any time, not at a purchase.
 */
typedef struct
{
  double r;
  double alpha;
  double s;
  double beta;
  double log_likelihood;
  gboolean nobody_leaves;
  gboolean at_limit;
  gboolean converged;
  guint iterations;
} StoreParetoNbd;

gboolean store_pareto_nbd_fit           (StoreParetoNbd              *self,
                                         const StorePurchasePatterns *patterns,
                                         GCancellable                *cancellable,
                                         GError                     **error);
double   store_pareto_nbd_differentiate (const StorePurchasePatterns *patterns,
                                         const double                *log_parameters,
                                         double                      *gradient,
                                         double                      *hessian);
double   store_pareto_nbd_get_p_alive   (const StoreParetoNbd        *self,
                                         double                       x,
                                         double                       t_x,
                                         double                       T);
double   store_pareto_nbd_get_expected  (const StoreParetoNbd        *self,
                                         double                       x,
                                         double                       t_x,
                                         double                       T,
                                         double                       weeks);

G_END_DECLS
