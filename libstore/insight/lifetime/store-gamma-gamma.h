/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-purchase-table.h"

G_BEGIN_DECLS

#define STORE_GAMMA_GAMMA_PARAMETERS 3

/**
 * StoreGammaGamma:
 * @p: shape of the value of one purchase
 * @q: shape of its scale over the customers
 * @v: scale, in the currency's own unit
 * @covariance: 3 by 3, of the logarithms of @p, @q and @v; zero for what is not determined
 * @log_likelihood: of the fit
 * @n_customers: customers with a repeat purchase of positive value that it was fitted to
 * @mean: mean over these of their mean repeat purchase
 * @at_limit: whether a parameter rests on the limit of the search: the customers' means all differ
 *   by chance alone, or not by chance at all
 * @converged: whether the search ended by itself
 *
 * The Gamma-Gamma model of the value of a purchase day.
 */
typedef struct
{
  double p;
  double q;
  double v;
  double covariance[STORE_GAMMA_GAMMA_PARAMETERS * STORE_GAMMA_GAMMA_PARAMETERS];
  double log_likelihood;
  guint n_customers;
  double mean;
  gboolean at_limit;
  gboolean converged;
} StoreGammaGamma;

gboolean store_gamma_gamma_fit          (StoreGammaGamma          *self,
                                         const StorePurchaseTable *table,
                                         GError                  **error);
double   store_gamma_gamma_get_expected (const StoreGammaGamma    *self,
                                         double                    x,
                                         double                    mean);
double   store_gamma_gamma_get_share    (const StoreGammaGamma    *self,
                                         double                    x);
double   store_gamma_gamma_get_mean_of  (const StorePurchaseTable *table,
                                         guint                     row);

double   store_gamma_gamma_differentiate (const double            *x,
                                          const double            *mean,
                                          guint                    n,
                                          const double            *log_parameters,
                                          double                  *gradient,
                                          double                  *hessian);

G_END_DECLS
