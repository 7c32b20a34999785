/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The Pareto/NBD model (Schmittlein, Morrison and Colombo, "Counting your customers", 1987): a
 * customer buys at a rate of Gamma(r, alpha) until they leave, and leaves at a rate of
 * Gamma(s, beta). The likelihood of (x, t_x, T) is
 *
 *   prod_{i<x} (r+i)  (1 + T/alpha)^-r (alpha+T)^-x  (1 + T/beta)^-s  [ 1 + I ],
 *
 * with the integral I of `store-pareto-integral.c`. P(alive) is 1 / (1 + I), and with it
 *
 *   E[Y] = P(alive) (r+x) (beta+T) / (alpha+T) (1 - (1 + t/(beta+T))^(1-s)) / (s-1).
 *
 * All purchases to come, discounted continuously at a rate d (Fader, Hardie and Lee, "RFM and
 * CLV", 2005), are P(alive) (r+x) / (alpha+T) times the integral of e^-dt (1 + t/(beta+T))^-s. */

#include "config.h"

#include <math.h>

#include "store-pareto-integral.h"
#include "store-pareto-nbd.h"
#include "store-purchase-likelihood.h"

#define TAIL 40.0
#define N_STEPS 400

/* log (1 + e^scale left) by the logarithms of the parameters. */
static double
add_bracket (const StoreParetoIntegral *integral,
             const double              *natural,
             double                     weight,
             double                    *gradient,
             double                    *hessian)
{
  double all = exp (-integral->scale) + integral->left;

  for (guint i = 0; i < N_PARAMETERS; i++)
    {
      double slope_i = natural[i] * integral->slope[i] / all;

      gradient[i] += weight * slope_i;
      hessian[i * N_PARAMETERS + i] += weight * slope_i;
      for (guint j = i; j < N_PARAMETERS; j++)
        hessian[i * N_PARAMETERS + j] += weight * (natural[i] * natural[j] *
                                                   integral->curve[i * N_PARAMETERS + j] / all -
                                                   slope_i * natural[j] * integral->slope[j] / all);
    }
  return weight * (integral->scale + log (all));
}

static double
add_patterns (const StorePurchaseLikelihood *likelihood,
              const double                  *point,
              guint                          first,
              guint                          end,
              double                        *gradient,
              double                        *hessian)
{
  const StorePurchasePatterns *patterns = likelihood->patterns;
  const double natural[N_PARAMETERS] = { exp (point[R]), exp (point[ALPHA]), exp (point[S]),
                                         exp (point[BETA]) };
  double sum = 0.0;

  for (guint i = first; i < end; i++)
    {
      double x = patterns->x[i];
      double T = patterns->T[i] / likelihood->time_unit;
      double weight = patterns->weight[i];
      StoreParetoIntegral integral;

      sum += store_purchase_likelihood_add_survival (natural[R], natural[ALPHA], x, T, weight, R,
                                                     gradient, hessian);
      sum += store_purchase_likelihood_add_survival (natural[S], natural[BETA], 0.0, T, weight, S,
                                                     gradient, hessian);
      store_pareto_integral_differentiate (&integral, natural, x,
                                           patterns->t_x[i] / likelihood->time_unit, T);
      sum += add_bracket (&integral, natural, weight, gradient, hessian);
    }
  return sum;
}

static void
find_start (const StorePurchasePatterns *patterns,
            guint                        k,
            guint                        start,
            double                      *point)
{
  static const double shapes[STORE_PURCHASE_MODEL_STARTS] = { 0.5, 1.5, 0.3, 1.0 };
  static const double leaving[STORE_PURCHASE_MODEL_STARTS] = { 0.5, 1.0, 0.2, 3.0 };
  static const double half_life[STORE_PURCHASE_MODEL_STARTS] = { 0.3, 1.0, 1.0, 5.0 };
  double rate = MAX (patterns->n_repeats / patterns->n_customers, 1e-3);

  point[R] = log (shapes[start]);
  point[ALPHA] = log (shapes[start] / (1.5 * rate));
  point[S] = log (leaving[start]);
  point[BETA] = log (half_life[start]);
}

static double
get_p_alive (const StorePurchaseModel *model,
             double                    x,
             double                    t_x,
             double                    T)
{
  StoreParetoIntegral integral;

  if (model->parameters[S] <= 0.0)
    return 1.0;
  store_pareto_integral_evaluate (&integral, model->parameters, x, t_x, T);
  return 1.0 / (1.0 + exp (integral.scale) * integral.left);
}

/* Purchases of a customer who is active at the cut. */
static double
expect_while_alive (const StorePurchaseModel *model,
                    double                    x,
                    double                    T,
                    double                    weeks)
{
  double rate = (model->parameters[R] + x) / (model->parameters[ALPHA] + T);
  double s = model->parameters[S];
  double elapsed = model->parameters[BETA] + T;
  double grown;

  if (s <= 0.0)
    return rate * weeks;
  grown = log1p (weeks / elapsed);
  return rate * elapsed * (s != 1.0 ? expm1 ((1.0 - s) * grown) / (1.0 - s) : grown);
}

static double
get_expected (const StorePurchaseModel *model,
              double                    x,
              double                    t_x,
              double                    T,
              double                    weeks)
{
  return get_p_alive (model, x, t_x, T) * expect_while_alive (model, x, T, weeks);
}

static void
expect_all (const StorePurchaseModel    *model,
            const StorePurchasePatterns *patterns,
            guint                        first,
            guint                        n,
            const double                *weeks,
            guint                        n_weeks,
            double                      *p_alive,
            double                      *expected)
{
  for (guint i = 0; i < n; i++)
    {
      double x = patterns->x[first + i];
      double T = patterns->T[first + i];

      p_alive[i] = get_p_alive (model, x, patterns->t_x[first + i], T);
      for (guint j = 0; j < n_weeks; j++)
        expected[(gsize) i * n_weeks + j] = p_alive[i] *
                                            expect_while_alive (model, x, T, weeks[j]);
    }
}

/* Who is active at the cut and buys nothing in the time to come is still there at its end or left
 * before: the same two terms as in the past, from the cut on. */
static double
get_p_active (const StorePurchaseModel *model,
              double                    x,
              double                    t_x,
              double                    T,
              double                    weeks)
{
  StoreParetoIntegral integral;

  if (model->parameters[S] <= 0.0)
    return -expm1 (-(model->parameters[R] + x) * log1p (weeks / (model->parameters[ALPHA] + T)));
  store_pareto_integral_evaluate (&integral, model->parameters, x, T, T + weeks);
  return get_p_alive (model, x, t_x, T) *
         MAX (-expm1 (-integral.scale) - integral.left, 0.0);
}

static double
get_p_silence (const StorePurchaseModel *model,
               double                    x,
               double                    t_x,
               double                    T)
{
  return exp (-(model->parameters[R] + x) * log1p ((T - t_x) / (model->parameters[ALPHA] + t_x)));
}

/* The integral over v >= 0 of e^-zv (1+v)^-s, by the trapezoidal rule over y, v = e^(y - e^-y): both
 * tails end doubly exponentially. */
static double
integrate_decay (double z,
                 double s)
{
  double low = -log (TAIL);
  double high = low;
  double sum = 0.0;
  double step;

  while (z * exp (high - exp (-high)) < TAIL)
    high += 0.5;
  step = (high - low) / N_STEPS;
  for (guint i = 0; i <= N_STEPS; i++)
    {
      double y = low + i * step;
      double v = exp (y - exp (-y));

      sum += v * (1.0 + exp (-y)) * exp (-z * v - s * log1p (v));
    }
  return sum * step;
}

/**
 * store_pareto_nbd_get_discounted:
 * @self: a model of the kind %STORE_PARETO_NBD
 * @x: repeat purchases
 * @t_x: weeks from the first purchase to the last
 * @T: weeks from the first purchase to the cut
 * @rate: discount a week, continuous, positive
 *
 * Returns: the expected number of all purchases to come, without end, each worth less the later it
 *   comes
 */
double
store_pareto_nbd_get_discounted (const StorePurchaseModel *self,
                                 double                    x,
                                 double                    t_x,
                                 double                    T,
                                 double                    rate)
{
  double elapsed = self->parameters[BETA] + T;
  double pace = (self->parameters[R] + x) / (self->parameters[ALPHA] + T);

  g_return_val_if_fail (self->kind == STORE_PARETO_NBD && rate > 0.0, 0.0);

  if (self->parameters[S] <= 0.0)
    return pace / rate;
  return get_p_alive (self, x, t_x, T) * pace * elapsed *
         integrate_decay (rate * elapsed, self->parameters[S]);
}

const StorePurchaseModelClass store_pareto_nbd_class = {
  .name = "pareto",
  .label = "Pareto/NBD",
  .n_parameters = N_PARAMETERS,
  .parameter_names = { "r", "alpha", "s", "beta" },
  .in_time = { FALSE, TRUE, FALSE, TRUE },
  .find_start = find_start,
  .add_common = store_purchase_likelihood_add_rates,
  .add_patterns = add_patterns,
  .get_p_alive = get_p_alive,
  .get_expected = get_expected,
  .get_p_active = get_p_active,
  .get_p_silence = get_p_silence,
  .expect_all = expect_all,
};
