/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-purchase-likelihood.h"

G_BEGIN_DECLS

/* A logarithm, with its derivatives by r and alpha themselves. */
typedef struct
{
  double value;
  double r;
  double alpha;
  double rr;
  double r_alpha;
  double alpha_alpha;
} StoreCnbdTerm;

void   store_cnbd_find_staying (StoreCnbdTerm                 *self,
                                guint                          k,
                                double                         shape,
                                double                         alpha,
                                double                         t_x,
                                double                         T);
double store_cnbd_add_common   (const StorePurchaseLikelihood *likelihood,
                                const double                  *point,
                                double                        *gradient,
                                double                        *hessian);
double store_cnbd_add_patterns (const StorePurchaseLikelihood *likelihood,
                                const double                  *point,
                                guint                          first,
                                guint                          end,
                                double                        *gradient,
                                double                        *hessian);

G_END_DECLS
