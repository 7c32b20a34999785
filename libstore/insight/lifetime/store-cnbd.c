/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The scores of BG/CNBD-k and its modified form; `store-cnbd-likelihood.c` tells the models.
 *
 * The expected purchases are exact here (the authors use those of BG/NBD, scaled): given that the
 * customer is active, j has the weights of P, the rate then is Gamma(R+j, alpha+T), so the number
 * N of events in the next t is negative binomial, and the i-th purchase needs N >= ik - j and i -
 * 1 purchases without leaving:
 *
 *   E = sum_j P(j) sum_{i>=1} P(N >= ik - j) prod_{l<i-1} (b+m+l)/(a+b+m+l). */

#include "config.h"

#include <math.h>

#include "store-cnbd-likelihood.h"
#include "store-expected-purchases.h"

#define MANY_EVENTS 50000.0
#define SMALLEST_LOG (-600.0)

static double
get_chances (const StorePurchaseModel *model,
             double                    x)
{
  return model->kind == STORE_MBGCNBD ? x + 1.0 : x;
}

static double
get_shape (const StorePurchaseModel *model,
           double                    x)
{
  return model->parameters[R] + model->k * x;
}

static double
get_p_alive (const StorePurchaseModel *model,
             double                    x,
             double                    t_x,
             double                    T)
{
  const double *parameters = model->parameters;
  double chances = get_chances (model, x);
  StoreCnbdTerm staying;

  if (chances <= 0.0 || parameters[A] <= 0.0)
    return 1.0;
  store_cnbd_find_staying (&staying, model->k, get_shape (model, x), parameters[ALPHA], t_x, T);
  return 1.0 / (1.0 + exp (log (parameters[A]) - log (parameters[B] + chances - 1.0) -
                           staying.value));
}

static double
get_p_silence (const StorePurchaseModel *model,
               double                    x,
               double                    t_x,
               double                    T)
{
  StoreCnbdTerm staying;

  store_cnbd_find_staying (&staying, model->k, get_shape (model, x), model->parameters[ALPHA], t_x,
                           T);
  return MIN (exp (staying.value), 1.0);
}

/* With many thousand events to come, the phase does not matter, nor that purchases come at whole
 * numbers of them: it is BG/NBD with a rate of a k-th. */
static double
sum_many_purchases (const StorePurchaseModel *model,
                    double                    shape,
                    double                    chances,
                    double                    z)
{
  StoreExpectedPurchases expected;

  store_expected_purchases_init (&expected, shape, 0.0, model->parameters[A],
                                 model->parameters[B] + chances);
  return store_expected_purchases_while_alive (&expected, z / (1.0 - z) / model->k);
}

/* Purchases to come when @phase events have passed since the last: for each number of events, its
 * probability times the purchases that it brings. All terms are positive. Beyond the usual number
 * the probabilities fall like a geometric series, whose rest is known. */
static double
sum_purchases (const StorePurchaseModel *model,
               double                    shape,
               guint                     phase,
               double                    chances,
               double                    z)
{
  double a = model->parameters[A];
  double b = model->parameters[B];
  double log_mass = shape * log1p (-z);
  gboolean begun = log_mass > SMALLEST_LOG;
  double mass = begun ? exp (log_mass) : 0.0;
  double stays = 1.0;
  double purchases = 0.0;
  double sum = 0.0;

  if (shape * z / (1.0 - z) > MANY_EVENTS || z > 1.0 - 1.0 / MANY_EVENTS)
    return sum_many_purchases (model, shape, chances, z);
  for (guint n = 1;; n++)
    {
      double ratio = z * (shape + n - 1.0) / n;

      if (begun)
        mass *= ratio;
      else if ((begun = (log_mass += log (ratio)) > SMALLEST_LOG))
        mass = exp (log_mass);
      if ((n + phase) % model->k == 0)
        {
          double passed = (n + phase) / model->k - 1.0;

          purchases += stays;
          if (a > 0.0)
            stays *= (b + chances + passed) / (a + b + chances + passed);
        }
      sum += mass * purchases;
      if (begun && ratio < 1.0 && mass * (purchases + 1.0) <= 1e-17 * sum * (1.0 - ratio))
        break;
    }
  return sum;
}

static double
get_expected (const StorePurchaseModel *model,
              double                    x,
              double                    t_x,
              double                    T,
              double                    weeks)
{
  double shape = get_shape (model, x);
  double z = weeks / (model->parameters[ALPHA] + T + weeks);
  double w = (T - t_x) / (model->parameters[ALPHA] + T);
  double mass = 1.0;
  double all = 0.0;
  double sum = 0.0;

  if (weeks <= 0.0)
    return 0.0;
  for (guint j = 0; j < model->k; j++)
    {
      all += mass;
      sum += mass * sum_purchases (model, shape + j, j, get_chances (model, x), z);
      mass *= w * (shape + j) / (j + 1.0);
    }
  return get_p_alive (model, x, t_x, T) * sum / all;
}

/* Of fewer than @n events in the time to come. */
static double
get_p_fewer (double shape,
             double z,
             guint  n)
{
  double mass = exp (shape * log1p (-z));
  double sum = 0.0;

  for (guint i = 0; i < n; i++)
    {
      sum += mass;
      mass *= z * (shape + i) / (i + 1.0);
    }
  return MIN (sum, 1.0);
}

static double
get_p_active (const StorePurchaseModel *model,
              double                    x,
              double                    t_x,
              double                    T,
              double                    weeks)
{
  double shape = get_shape (model, x);
  double z = weeks / (model->parameters[ALPHA] + T + weeks);
  double w = (T - t_x) / (model->parameters[ALPHA] + T);
  double mass = 1.0;
  double all = 0.0;
  double none = 0.0;

  for (guint j = 0; j < model->k; j++)
    {
      all += mass;
      none += mass * get_p_fewer (shape + j, z, model->k - j);
      mass *= w * (shape + j) / (j + 1.0);
    }
  return get_p_alive (model, x, t_x, T) * (1.0 - none / all);
}

const StorePurchaseModelClass store_bgcnbd_class = {
  .name = "bgcnbd",
  .label = "BG/CNBD-k",
  .n_parameters = N_PARAMETERS,
  .parameter_names = { "r", "alpha", "a", "b" },
  .in_time = { FALSE, TRUE, FALSE, FALSE },
  .regular = TRUE,
  .find_start = store_purchase_likelihood_find_start,
  .add_common = store_cnbd_add_common,
  .add_patterns = store_cnbd_add_patterns,
  .get_p_alive = get_p_alive,
  .get_expected = get_expected,
  .get_p_active = get_p_active,
  .get_p_silence = get_p_silence,
};

const StorePurchaseModelClass store_mbgcnbd_class = {
  .name = "mbgcnbd",
  .label = "MBG/CNBD-k",
  .n_parameters = N_PARAMETERS,
  .parameter_names = { "r", "alpha", "a", "b" },
  .in_time = { FALSE, TRUE, FALSE, FALSE },
  .first_chance = TRUE,
  .regular = TRUE,
  .find_start = store_purchase_likelihood_find_start,
  .add_common = store_cnbd_add_common,
  .add_patterns = store_cnbd_add_patterns,
  .get_p_alive = get_p_alive,
  .get_expected = get_expected,
  .get_p_active = get_p_active,
  .get_p_silence = get_p_silence,
};
