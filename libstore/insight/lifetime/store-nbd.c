/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Ehrenberg's NBD (1959): rates are Gamma(r, alpha) over the customers. After x repeat purchases in
 * T a customer's rate is Gamma(r+x, alpha+T), so the number of purchases in the next t is negative
 * binomial with mean t (r+x) / (alpha+T). */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "store-error.h"
#include "store-nbd.h"
#include "store-newton.h"

#define LIMIT_LOW (-16.0)
#define LIMIT_HIGH 14.0

enum { R, ALPHA };

typedef struct
{
  const StorePurchasePatterns *patterns;
  double *more_than;
  guint n_more_than;
} Likelihood;

static double
add_pattern (double  r,
             double  alpha,
             double  x,
             double  T,
             double  weight,
             double *gradient,
             double *hessian)
{
  double log_ratio = log1p (T / alpha);
  double past = T / (alpha + T);
  double present = alpha / (alpha + T);

  gradient[R] -= weight * r * log_ratio;
  gradient[ALPHA] += weight * (r * past - x * present);
  hessian[0] -= weight * r * log_ratio;
  hessian[1] += weight * r * past;
  hessian[3] -= weight * (r + x) * present * past;
  return -weight * (r * log_ratio + x * log (alpha + T));
}

static double
likelihood_evaluate (const double *point,
                     double       *gradient,
                     double       *hessian,
                     gpointer      data)
{
  const Likelihood *self = data;
  const StorePurchasePatterns *patterns = self->patterns;
  double r = exp (point[R]);
  double alpha = exp (point[ALPHA]);
  double sum = 0.0;

  gradient[R] = gradient[ALPHA] = 0.0;
  hessian[0] = hessian[1] = hessian[2] = hessian[3] = 0.0;
  for (guint i = 0; i < self->n_more_than; i++)
    {
      double share = r / (r + i);

      sum += self->more_than[i] * log (r + i);
      gradient[R] += self->more_than[i] * share;
      hessian[0] += self->more_than[i] * share * (1.0 - share);
    }
  for (guint i = 0; i < patterns->n; i++)
    sum += add_pattern (r, alpha, patterns->x[i], patterns->T[i] / patterns->mean_T,
                        patterns->weight[i],
                        gradient, hessian);
  hessian[2] = hessian[1];
  return sum;
}

/**
 * store_nbd_fit:
 * @self: (out): the model
 * @patterns: the customers
 * @error: return location
 *
 * Returns: %FALSE with %STORE_ERROR_TOO_LITTLE_DATA if nobody came back or no time has passed
 */
gboolean
store_nbd_fit (StoreNbd                     *self,
               const StorePurchasePatterns  *patterns,
               GError                      **error)
{
  StoreNewton newton = { .n = 2, .max_iterations = 200 };
  g_autofree double *more_than = NULL;
  Likelihood likelihood = { .patterns = patterns };
  double point[2] = { 0.0 };

  g_return_val_if_fail (self != NULL && patterns != NULL, FALSE);

  if (patterns->n_repeaters == 0 || patterns->mean_T <= 0.0)
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA,
                           _("No customer has come back yet, so nothing can be said about who "
                             "will."));
      return FALSE;
    }

  likelihood.more_than = more_than =
    store_purchase_patterns_count_above (patterns, &likelihood.n_more_than);
  for (guint i = 0; i < 2; i++)
    {
      newton.lower[i] = LIMIT_LOW;
      newton.upper[i] = LIMIT_HIGH;
    }
  point[ALPHA] = -log (patterns->n_repeats / patterns->n_customers);
  store_newton_maximise (&newton, point, likelihood_evaluate, &likelihood);
  *self = (StoreNbd) {
    .r = exp (point[R]),
    .alpha = exp (point[ALPHA]) * patterns->mean_T,
    .log_likelihood = newton.value - patterns->n_repeats * log (patterns->mean_T),
    .at_limit = newton.at_limit != 0,
  };
  return TRUE;
}

/**
 * store_nbd_get_expected:
 * @self: a model
 * @x: repeat purchases
 * @T: weeks from the first purchase to the cut
 * @weeks: how far to look ahead
 *
 * Returns: the expected number of purchases in the @weeks after the cut
 */
double
store_nbd_get_expected (const StoreNbd *self,
                        double          x,
                        double          T,
                        double          weeks)
{
  return weeks * (self->r + x) / (self->alpha + T);
}

/**
 * store_nbd_get_p_at_most:
 * @self: a model
 * @x: repeat purchases
 * @T: weeks from the first purchase to the cut
 * @weeks: how far to look ahead
 * @purchases: a number of purchases
 *
 * Returns: the probability of that many or fewer in the @weeks after the cut
 */
double
store_nbd_get_p_at_most (const StoreNbd *self,
                         double          x,
                         double          T,
                         double          weeks,
                         guint           purchases)
{
  double shape = self->r + x;
  double z = weeks / (self->alpha + T + weeks);
  double log_mass = -shape * log1p (weeks / (self->alpha + T));
  double sum = exp (log_mass);

  for (guint k = 1; k <= purchases && sum < 1.0; k++)
    {
      log_mass += log (z * (shape + k - 1.0) / k);
      sum += exp (log_mass);
    }
  return MIN (sum, 1.0);
}
