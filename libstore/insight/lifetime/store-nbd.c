/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Ehrenberg's NBD (1959): rates are Gamma(r, alpha) over the customers. After x repeat purchases in
 * T a customer's rate is Gamma(r+x, alpha+T), so the number of purchases in the next t is negative
 * binomial with mean t (r+x) / (alpha+T). */

#include "config.h"

#include <math.h>

#include "store-nbd.h"
#include "store-purchase-likelihood.h"

static double
add_patterns (const StorePurchaseLikelihood *likelihood,
              const double                  *point,
              guint                          first,
              guint                          end,
              double                        *gradient,
              double                        *hessian)
{
  const StorePurchasePatterns *patterns = likelihood->patterns;
  double r = exp (point[R]);
  double alpha = exp (point[ALPHA]);
  double sum = 0.0;

  for (guint i = first; i < end; i++)
    sum += store_purchase_likelihood_add_survival (r, alpha, patterns->x[i],
                                                   patterns->T[i] / likelihood->time_unit,
                                                   patterns->weight[i], R, gradient, hessian);
  return sum;
}

static double
get_p_alive (const StorePurchaseModel *model,
             double                    x,
             double                    t_x,
             double                    T)
{
  return 1.0;
}

static double
get_expected (const StorePurchaseModel *model,
              double                    x,
              double                    t_x,
              double                    T,
              double                    weeks)
{
  return weeks * (model->parameters[R] + x) / (model->parameters[ALPHA] + T);
}

static double
get_p_active (const StorePurchaseModel *model,
              double                    x,
              double                    t_x,
              double                    T,
              double                    weeks)
{
  return -expm1 (-(model->parameters[R] + x) * log1p (weeks / (model->parameters[ALPHA] + T)));
}

static double
get_p_silence (const StorePurchaseModel *model,
               double                    x,
               double                    t_x,
               double                    T)
{
  return exp (-(model->parameters[R] + x) * log1p ((T - t_x) / (model->parameters[ALPHA] + t_x)));
}

/**
 * store_nbd_get_p_at_most:
 * @self: a model of the kind %STORE_NBD
 * @x: repeat purchases
 * @T: weeks from the first purchase to the cut
 * @weeks: how far to look ahead
 * @purchases: a number of purchases
 *
 * Returns: the probability of that many or fewer in the @weeks after the cut
 */
double
store_nbd_get_p_at_most (const StorePurchaseModel *self,
                         double                    x,
                         double                    T,
                         double                    weeks,
                         guint                     purchases)
{
  double shape = self->parameters[R] + x;
  double z = weeks / (self->parameters[ALPHA] + T + weeks);
  double log_mass = -shape * log1p (weeks / (self->parameters[ALPHA] + T));
  double sum = exp (log_mass);

  g_return_val_if_fail (self->kind == STORE_NBD, 0.0);

  for (guint k = 1; k <= purchases && sum < 1.0; k++)
    {
      log_mass += log (z * (shape + k - 1.0) / k);
      sum += exp (log_mass);
    }
  return MIN (sum, 1.0);
}

const StorePurchaseModelClass store_nbd_class = {
  .name = "nbd",
  .label = "NBD",
  .n_parameters = 2,
  .parameter_names = { "r", "alpha" },
  .in_time = { FALSE, TRUE },
  .find_start = store_purchase_likelihood_find_start,
  .add_common = store_purchase_likelihood_add_rates,
  .add_patterns = add_patterns,
  .get_p_alive = get_p_alive,
  .get_expected = get_expected,
  .get_p_active = get_p_active,
  .get_p_silence = get_p_silence,
};
