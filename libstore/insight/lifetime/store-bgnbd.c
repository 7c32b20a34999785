/* SPDX-License-Identifier: GPL-3.0-or-later */

/* While active, a customer buys at a rate of their own, Gamma(r, alpha) over the customers; after a
 * purchase they leave for good with a probability of their own, Beta(a, b). In the BG/NBD model
 * (Fader, Hardie and Lee, "Counting your customers the easy way", 2005) the first purchase is no
 * chance to leave; in the modified one (Batislam, Denizel and Filiztekin, 2007) it is. With m
 * chances to leave, m = x in the first and x + 1 in the second, both have the likelihood
 *
 *   prod_{i<x} (r+i)  prod_{i<m} (b+i)/(a+b+i)  (1 + T/alpha)^-r  (alpha+T)^-x  (1 + e^d),
 *   d = log a - log(b+m-1) + (r+x) log((alpha+T) / (alpha+t_x)),        e^d = 0 where m = 0.
 *
 * P(alive) is 1 / (1 + e^d); the expected purchases are in `store-expected-purchases.c`. */

#include "config.h"

#include <math.h>

#include "store-expected-purchases.h"
#include "store-purchase-likelihood.h"

/* The d of e^d, with its derivatives by the logarithms of the parameters; by log a it is 1. */
typedef struct
{
  double value;
  double slope[N_PARAMETERS];
  double rr;
  double r_alpha;
  double alpha_alpha;
  double bb;
} Departure;

static void
find_departure (Departure *self,
                double     r,
                double     alpha,
                double     log_a,
                double     b,
                double     x,
                double     t_x,
                double     T,
                double     last_chance)
{
  double silence = log1p ((T - t_x) / (alpha + t_x));
  double rate = alpha * (T - t_x) / ((alpha + T) * (alpha + t_x));
  double of_T = alpha / (alpha + T);
  double of_t = alpha / (alpha + t_x);
  double of_b = b / (b + last_chance);

  self->value = log_a - log (b + last_chance) + (r + x) * silence;
  self->slope[R] = r * silence;
  self->slope[ALPHA] = -(r + x) * rate;
  self->slope[A] = 1.0;
  self->slope[B] = -of_b;
  self->rr = r * silence;
  self->r_alpha = -r * rate;
  self->alpha_alpha = (r + x) * (of_t * of_t - of_T * of_T) - (r + x) * rate;
  self->bb = -of_b * (1.0 - of_b);
}

static double
add_departure (const Departure *departure,
               double           weight,
               double          *gradient,
               double          *hessian)
{
  double left = 1.0 / (1.0 + exp (-departure->value));
  double spread = weight * left * (1.0 - left);

  for (guint i = 0; i < N_PARAMETERS; i++)
    {
      gradient[i] += weight * left * departure->slope[i];
      for (guint j = i; j < N_PARAMETERS; j++)
        hessian[i * N_PARAMETERS + j] += spread * departure->slope[i] * departure->slope[j];
    }
  hessian[R * N_PARAMETERS + R] += weight * left * departure->rr;
  hessian[R * N_PARAMETERS + ALPHA] += weight * left * departure->r_alpha;
  hessian[ALPHA * N_PARAMETERS + ALPHA] += weight * left * departure->alpha_alpha;
  hessian[B * N_PARAMETERS + B] += weight * left * departure->bb;

  if (departure->value > 36.0)
    return weight * departure->value;
  return weight * log1p (exp (departure->value));
}

static double
add_common (const StorePurchaseLikelihood *likelihood,
            const double                  *point,
            double                        *gradient,
            double                        *hessian)
{
  return store_purchase_likelihood_add_rates (likelihood, point, gradient, hessian) +
         store_purchase_likelihood_add_chances (likelihood, point, gradient, hessian);
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
  double r = exp (point[R]);
  double alpha = exp (point[ALPHA]);
  double b = exp (point[B]);
  double sum = 0.0;

  for (guint i = first; i < end; i++)
    {
      double x = patterns->x[i];
      double t_x = patterns->t_x[i] / likelihood->time_unit;
      double T = patterns->T[i] / likelihood->time_unit;
      double last_chance = x + (likelihood->klass->first_chance ? 0.0 : -1.0);
      Departure departure;

      sum += store_purchase_likelihood_add_survival (r, alpha, x, T, patterns->weight[i], R,
                                                     gradient, hessian);
      if (last_chance < 0.0)
        continue;
      find_departure (&departure, r, alpha, point[A], b, x, t_x, T, last_chance);
      sum += add_departure (&departure, patterns->weight[i], gradient, hessian);
    }
  return sum;
}

static double
get_chances (const StorePurchaseModel *model,
             double                    x)
{
  return model->kind == STORE_MBGNBD ? x + 1.0 : x;
}

static double
get_p_alive (const StorePurchaseModel *model,
             double                    x,
             double                    t_x,
             double                    T)
{
  const double *parameters = model->parameters;
  double chances = get_chances (model, x);
  double departure;

  if (chances <= 0.0 || parameters[A] <= 0.0)
    return 1.0;
  departure = log (parameters[A]) - log (parameters[B] + chances - 1.0) +
              (parameters[R] + x) * log1p ((T - t_x) / (parameters[ALPHA] + t_x));
  return 1.0 / (1.0 + exp (departure));
}

static void
prepare (const StorePurchaseModel *model,
         double                    x,
         StoreExpectedPurchases   *expected)
{
  store_expected_purchases_init (expected, model->parameters[R], x, model->parameters[A],
                                 model->parameters[B] + get_chances (model, x));
}

static double
get_expected (const StorePurchaseModel *model,
              double                    x,
              double                    t_x,
              double                    T,
              double                    weeks)
{
  StoreExpectedPurchases expected;

  prepare (model, x, &expected);
  return get_p_alive (model, x, t_x, T) *
         store_expected_purchases_while_alive (&expected, weeks / (model->parameters[ALPHA] + T));
}

static void
expect_while_alive (const StorePurchaseModel *model,
                    StoreExpectedPurchases   *prepared,
                    double                    T,
                    const double             *weeks,
                    guint                     n_weeks,
                    double                   *expected)
{
  for (guint j = 0; j < n_weeks; j += STORE_EXPECTED_PURCHASES_TIMES)
    {
      guint n_times = MIN (n_weeks - j, STORE_EXPECTED_PURCHASES_TIMES);
      double ahead[STORE_EXPECTED_PURCHASES_TIMES];

      for (guint k = 0; k < n_times; k++)
        ahead[k] = weeks[j + k] / (model->parameters[ALPHA] + T);
      store_expected_purchases_for_all (prepared, ahead, n_times, expected + j);
    }
}

/* What depends on x alone is computed once for each x: patterns are sorted by it. */
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
  StoreExpectedPurchases prepared;

  for (guint i = 0; i < n; i++)
    {
      double x = patterns->x[first + i];
      double T = patterns->T[first + i];
      double *row = expected + (gsize) i * n_weeks;

      p_alive[i] = get_p_alive (model, x, patterns->t_x[first + i], T);
      if (i == 0 || x > patterns->x[first + i - 1])
        prepare (model, x, &prepared);
      expect_while_alive (model, &prepared, T, weeks, n_weeks, row);
      for (guint j = 0; j < n_weeks; j++)
        row[j] *= p_alive[i];
    }
}

/* Who is active buys once more before the next chance to leave. */
static double
get_p_active (const StorePurchaseModel *model,
              double                    x,
              double                    t_x,
              double                    T,
              double                    weeks)
{
  return get_p_alive (model, x, t_x, T) *
         -expm1 (-(model->parameters[R] + x) * log1p (weeks / (model->parameters[ALPHA] + T)));
}

static double
get_p_silence (const StorePurchaseModel *model,
               double                    x,
               double                    t_x,
               double                    T)
{
  return exp (-(model->parameters[R] + x) * log1p ((T - t_x) / (model->parameters[ALPHA] + t_x)));
}

const StorePurchaseModelClass store_bgnbd_class = {
  .name = "bgnbd",
  .label = "BG/NBD",
  .n_parameters = N_PARAMETERS,
  .parameter_names = { "r", "alpha", "a", "b" },
  .in_time = { FALSE, TRUE, FALSE, FALSE },
  .find_start = store_purchase_likelihood_find_start,
  .add_common = add_common,
  .add_patterns = add_patterns,
  .get_p_alive = get_p_alive,
  .get_expected = get_expected,
  .get_p_active = get_p_active,
  .get_p_silence = get_p_silence,
  .expect_all = expect_all,
};

const StorePurchaseModelClass store_mbgnbd_class = {
  .name = "mbgnbd",
  .label = "MBG/NBD",
  .n_parameters = N_PARAMETERS,
  .parameter_names = { "r", "alpha", "a", "b" },
  .in_time = { FALSE, TRUE, FALSE, FALSE },
  .first_chance = TRUE,
  .find_start = store_purchase_likelihood_find_start,
  .add_common = add_common,
  .add_patterns = add_patterns,
  .get_p_alive = get_p_alive,
  .get_expected = get_expected,
  .get_p_active = get_p_active,
  .get_p_silence = get_p_silence,
  .expect_all = expect_all,
};
