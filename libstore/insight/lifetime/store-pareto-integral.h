/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-purchase-model-private.h"

G_BEGIN_DECLS

/**
 * StoreParetoIntegral:
 * @scale: logarithm of the unit of the others
 * @left: the integral in units of e^@scale
 * @slope: its derivatives by r, alpha, s and beta, in the same unit
 * @curve: its second derivatives, upper half
 *
 * The share of those who left since the last purchase, over those who did not. It may be huge.
 */
typedef struct
{
  double scale;
  double left;
  double slope[N_PARAMETERS];
  double curve[N_PARAMETERS * N_PARAMETERS];
} StoreParetoIntegral;

void store_pareto_integral_evaluate      (StoreParetoIntegral *self,
                                          const double        *parameters,
                                          double               x,
                                          double               t_x,
                                          double               T);
void store_pareto_integral_differentiate (StoreParetoIntegral *self,
                                          const double        *parameters,
                                          double               x,
                                          double               t_x,
                                          double               T);

G_END_DECLS
