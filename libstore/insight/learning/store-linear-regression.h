/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * StoreLinearRegression:
 * @n: number of observations
 * @p: number of columns
 * @coefficients: @p + 1 numbers, the constant first
 * @errors: their standard errors; NAN with no observation to spare
 * @p_values: of each being 0, by Student's t; NAN with no observation to spare
 * @r2: share of the variance that is explained; NAN where there is none
 * @sigma: standard deviation of the residuals; NAN with no observation to spare
 * @mae: mean absolute residual
 * @rmse: root of the mean square residual
 *
 * A linear fit by least squares.
 */
typedef struct
{
  guint n;
  guint p;
  double *coefficients;
  double *errors;
  double *p_values;
  double r2;
  double sigma;
  double mae;
  double rmse;
} StoreLinearRegression;

StoreLinearRegression *store_linear_regression_new     (const double                 *x,
                                                        const double                 *y,
                                                        guint                         n,
                                                        guint                         p,
                                                        GError                      **error);
void                   store_linear_regression_free    (StoreLinearRegression        *self);
double                 store_linear_regression_predict (const StoreLinearRegression  *self,
                                                        const double                 *x);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreLinearRegression, store_linear_regression_free)

G_END_DECLS
