/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-purchase-model-private.h"

G_BEGIN_DECLS

/* The likelihood of the customers as a function of the logarithms of the parameters, with
 * @time_unit weeks as the unit of time. */
struct _StorePurchaseLikelihood
{
  const StorePurchaseModelClass *klass;
  const StorePurchasePatterns *patterns;
  guint k;
  double time_unit;
  double *more_than;
  guint n_more_than;
  GCancellable *cancellable;
};

void   store_purchase_likelihood_init         (StorePurchaseLikelihood       *self,
                                               const StorePurchaseModelClass *klass,
                                               guint                          k,
                                               const StorePurchasePatterns   *patterns,
                                               double                         time_unit,
                                               GCancellable                  *cancellable);
void   store_purchase_likelihood_clear        (StorePurchaseLikelihood       *self);
double store_purchase_likelihood_evaluate     (const double                  *point,
                                               double                        *gradient,
                                               double                        *hessian,
                                               gpointer                       data);

double store_purchase_likelihood_add_rates    (const StorePurchaseLikelihood *self,
                                               const double                  *point,
                                               double                        *gradient,
                                               double                        *hessian);
double store_purchase_likelihood_add_chances  (const StorePurchaseLikelihood *self,
                                               const double                  *point,
                                               double                        *gradient,
                                               double                        *hessian);
double store_purchase_likelihood_add_survival (double                         k,
                                               double                         c,
                                               double                         x,
                                               double                         T,
                                               double                         weight,
                                               guint                          first,
                                               double                        *gradient,
                                               double                        *hessian);
void   store_purchase_likelihood_find_start   (const StorePurchasePatterns   *patterns,
                                               guint                          k,
                                               guint                          start,
                                               double                        *point);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StorePurchaseLikelihood, store_purchase_likelihood_clear)

G_END_DECLS
