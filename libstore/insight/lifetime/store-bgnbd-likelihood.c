/* SPDX-License-Identifier: GPL-3.0-or-later */

/* While active, a customer buys at a rate of their own, Gamma(r, alpha) over the customers; after a
 * purchase they leave for good with a probability of their own, Beta(a, b). In the BG/NBD model
 * (Fader, Hardie and Lee, "Counting your customers the easy way", 2005) the first purchase is no
 * chance to leave; in the modified one (Batislam, Denizel and Filiztekin, 2007) it is. With m
 * chances to leave, m = x in the first and x + 1 in the second, both have the likelihood
 *
 *   prod_{i<x} (r+i)  prod_{i<m} (b+i)/(a+b+i)  (1 + T/alpha)^-r  (alpha+T)^-x  (1 + e^d),
 *   d = log a - log(b+m-1) + (r+x) log((alpha+T) / (alpha+t_x)),        e^d = 0 where m = 0,
 *
 * written here without gamma functions: the products over i are sums over i of the number of
 * customers with more than i purchases, exact for any size of r, a and b. P(alive) is
 * 1 / (1 + e^d). */

#include "config.h"

#include <math.h>

#include "store-bgnbd-private.h"

void
store_bgnbd_likelihood_init (StoreBgnbdLikelihood        *self,
                             StoreBgnbdKind               kind,
                             const StorePurchasePatterns *patterns,
                             double                       time_unit,
                             guint                        n_parameters)
{
  self->patterns = patterns;
  self->n_parameters = n_parameters;
  self->first_chance = kind == STORE_MBGNBD ? 1 : 0;
  self->time_unit = time_unit;
  self->more_than = store_purchase_patterns_count_above (patterns, &self->n_more_than);
}

void
store_bgnbd_likelihood_clear (StoreBgnbdLikelihood *self)
{
  g_free (self->more_than);
}

/* prod (r+i): by log r, its value, slope and curvature. */
static double
add_rates (const StoreBgnbdLikelihood *self,
           double                      r,
           double                     *gradient,
           double                     *hessian)
{
  double sum = 0.0;

  for (guint i = 0; i < self->n_more_than; i++)
    {
      double share = r / (r + i);

      sum += self->more_than[i] * log (r + i);
      gradient[R] += self->more_than[i] * share;
      hessian[R * self->n_parameters + R] += self->more_than[i] * share * (1.0 - share);
    }
  return sum;
}

static double
add_one_chance (double  weight,
                double  a,
                double  b_i,
                double  b,
                double *gradient,
                double *hessian)
{
  double stay = b / b_i;
  double of_a = a / (a + b_i);
  double of_b = b / (a + b_i);

  gradient[A] -= weight * of_a;
  gradient[B] += weight * (stay - of_b);
  hessian[A * N_PARAMETERS + A] -= weight * of_a * (1.0 - of_a);
  hessian[A * N_PARAMETERS + B] += weight * of_a * of_b;
  hessian[B * N_PARAMETERS + B] += weight * (stay * (1.0 - stay) - of_b * (1.0 - of_b));
  return -weight * log1p (a / b_i);
}

/* prod (b+i)/(a+b+i) over the chances to leave. */
static double
add_chances (const StoreBgnbdLikelihood *self,
             double                      a,
             double                      b,
             double                     *gradient,
             double                     *hessian)
{
  double sum = 0.0;

  if (self->first_chance)
    sum += add_one_chance (self->patterns->n_customers, a, b, b, gradient, hessian);
  for (guint i = 0; i < self->n_more_than; i++)
    sum += add_one_chance (self->more_than[i], a, b + i + self->first_chance, b, gradient, hessian);
  return sum;
}

/* (1 + T/alpha)^-r (alpha+T)^-x, by log r and log alpha. */
static double
add_timing (double  r,
            double  alpha,
            double  log_alpha,
            double  x,
            double  T,
            double  weight,
            double *slope,
            double *curve)
{
  double log_ratio = log1p (T / alpha);
  double past = T / (alpha + T);
  double present = alpha / (alpha + T);

  slope[R] += weight * -r * log_ratio;
  slope[ALPHA] += weight * (r * past - x * present);
  curve[0] += weight * -r * log_ratio;
  curve[1] += weight * r * past;
  curve[2] += weight * -(r + x) * present * past;
  return weight * (-r * log_ratio - x * (log_alpha + log_ratio));
}

typedef struct
{
  double value;
  double slope[N_PARAMETERS];
  double rr;
  double r_alpha;
  double alpha_alpha;
  double bb;
} Departure;

/* The d of e^d by the logarithms of the parameters; by log a its slope is 1. */
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

static void
mirror (double *hessian,
        guint   n)
{
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < i; j++)
      hessian[i * n + j] = hessian[j * n + i];
}

static double
add_patterns (const StoreBgnbdLikelihood *self,
              const double               *point,
              double                     *gradient,
              double                     *hessian)
{
  const StorePurchasePatterns *patterns = self->patterns;
  gboolean leaving = self->n_parameters == N_PARAMETERS;
  double r = exp (point[R]);
  double alpha = exp (point[ALPHA]);
  double b = leaving ? exp (point[B]) : 0.0;
  double curve[3] = { 0.0 };
  double sum = 0.0;

  for (guint i = 0; i < patterns->n; i++)
    {
      double x = patterns->x[i];
      double t_x = patterns->t_x[i] / self->time_unit;
      double T = patterns->T[i] / self->time_unit;
      double last_chance = x + self->first_chance - 1.0;
      Departure departure;

      sum += add_timing (r, alpha, point[ALPHA], x, T, patterns->weight[i], gradient, curve);
      if (!leaving || last_chance < 0.0)
        continue;
      find_departure (&departure, r, alpha, point[A], b, x, t_x, T, last_chance);
      sum += add_departure (&departure, patterns->weight[i], gradient, hessian);
    }

  hessian[R * self->n_parameters + R] += curve[0];
  hessian[R * self->n_parameters + ALPHA] += curve[1];
  hessian[ALPHA * self->n_parameters + ALPHA] += curve[2];
  return sum;
}

double
store_bgnbd_likelihood_evaluate (const double *point,
                                 double       *gradient,
                                 double       *hessian,
                                 gpointer      data)
{
  const StoreBgnbdLikelihood *self = data;
  guint n = self->n_parameters;
  double sum;

  for (guint i = 0; i < n; i++)
    gradient[i] = 0.0;
  for (guint i = 0; i < n * n; i++)
    hessian[i] = 0.0;
  if (g_cancellable_is_cancelled (self->cancellable))
    return 0.0;

  sum = add_rates (self, exp (point[R]), gradient, hessian);
  if (n == N_PARAMETERS)
    sum += add_chances (self, exp (point[A]), exp (point[B]), gradient, hessian);
  sum += add_patterns (self, point, gradient, hessian);
  mirror (hessian, n);
  return sum;
}

/**
 * store_bgnbd_differentiate:
 * @kind: which model
 * @patterns: the customers
 * @log_parameters: logarithms of r, alpha (in weeks), a and b
 * @gradient: (out): 4 first derivatives by @log_parameters
 * @hessian: (out): 16 second derivatives
 *
 * Returns: the log-likelihood, times in weeks
 */
double
store_bgnbd_differentiate (StoreBgnbdKind               kind,
                           const StorePurchasePatterns *patterns,
                           const double                *log_parameters,
                           double                      *gradient,
                           double                      *hessian)
{
  g_auto (StoreBgnbdLikelihood) likelihood = { 0 };

  g_return_val_if_fail (patterns != NULL, 0.0);

  store_bgnbd_likelihood_init (&likelihood, kind, patterns, 1.0, N_PARAMETERS);
  return store_bgnbd_likelihood_evaluate (log_parameters, gradient, hessian, &likelihood);
}
