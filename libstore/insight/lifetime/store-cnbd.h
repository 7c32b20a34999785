/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-bgnbd.h"

G_BEGIN_DECLS

#define STORE_CNBD_MAX_K 12

/**
 * StoreCnbd:
 * @kind: whether the first purchase is a chance to leave
 * @k: regularity: 1 buys at random, larger numbers buy ever more like clockwork
 * @r: shape of the rates
 * @alpha: inverse scale of the rates, in weeks; a customer buys once in @k events
 * @a: first parameter of the probability to leave
 * @b: second parameter of the probability to leave
 * @log_likelihood: of the fit, with times in weeks
 * @at_limit: whether a parameter rests on the limit of the search
 * @converged: whether the search ended by itself
 *
 * The BG/CNBD-k model and its modified form, for customers who buy regularly.
 */
typedef struct
{
  StoreBgnbdKind kind;
  guint k;
  double r;
  double alpha;
  double a;
  double b;
  double log_likelihood;
  gboolean at_limit;
  gboolean converged;
} StoreCnbd;

double   store_cnbd_sum_log_gaps  (const StorePurchaseTable    *table);
gboolean store_cnbd_fit           (StoreCnbd                   *self,
                                   StoreBgnbdKind               kind,
                                   guint                        k,
                                   const StorePurchasePatterns *patterns,
                                   double                       sum_log_gaps,
                                   GCancellable                *cancellable,
                                   GError                     **error);
double   store_cnbd_differentiate (StoreBgnbdKind               kind,
                                   guint                        k,
                                   const StorePurchasePatterns *patterns,
                                   const double                *log_parameters,
                                   double                      *gradient,
                                   double                      *hessian);
double   store_cnbd_get_p_alive   (const StoreCnbd             *self,
                                   double                       x,
                                   double                       t_x,
                                   double                       T);
double   store_cnbd_get_expected  (const StoreCnbd             *self,
                                   double                       x,
                                   double                       t_x,
                                   double                       T,
                                   double                       weeks);

G_END_DECLS
