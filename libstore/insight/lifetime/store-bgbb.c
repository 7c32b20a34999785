/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The BG/BB model (Fader, Hardie and Shang, "Customer-base analysis in a discrete-time
 * noncontractual setting", 2010): at each occasion a customer leaves for good with a probability of
 * Beta(gamma, delta), and if not buys with one of Beta(alpha, beta). A customer whose last purchase
 * was at t_x of n occasions has stayed for m of them, m = t_x .. n, and left then or is there
 * still; with c = B(alpha, beta) B(gamma, delta),
 *
 *   L = B(alpha+x, beta+n-x) B(gamma, delta+n) / c
 *     + sum_{m=t_x}^{n-1} B(alpha+x, beta+m-x) B(gamma+1, delta+m) / c.
 *
 * Each ratio of beta functions is a product of a few factors, so each term is the exponential of a
 * sum of logarithms, with simple derivatives; Newton's method does the rest. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "store-bgbb.h"
#include "store-error.h"
#include "store-newton.h"

#define N_PARAMETERS 4
#define N_STARTS 4
#define LIMIT_LOW (-14.0)
#define LIMIT_HIGH 14.0

enum { ALPHA, BETA, GAMMA, DELTA };

/* A logarithm with its derivatives by the logarithms of the parameters, upper half. */
typedef struct
{
  double value;
  double slope[N_PARAMETERS];
  double curve[N_PARAMETERS * N_PARAMETERS];
} Term;

/* log of a product over i < k of (first+i), by log first. */
static void
add_rising (Term   *self,
            double  first,
            guint   k,
            guint   which)
{
  for (guint i = 0; i < k; i++)
    {
      double share = first / (first + i);

      self->value += log (first + i);
      self->slope[which] += share;
      self->curve[which * N_PARAMETERS + which] += share * (1.0 - share);
    }
}

/* Less the log of a product over i < k of (first+second+i). */
static void
subtract_rising_sum (Term   *self,
                     double  first,
                     double  second,
                     guint   k,
                     guint   which)
{
  for (guint i = 0; i < k; i++)
    {
      double of_first = first / (first + second + i);
      double of_second = second / (first + second + i);

      self->value -= log (first + second + i);
      self->slope[which] -= of_first;
      self->slope[which + 1] -= of_second;
      self->curve[which * N_PARAMETERS + which] -= of_first * (1.0 - of_first);
      self->curve[which * N_PARAMETERS + which + 1] += of_first * of_second;
      self->curve[(which + 1) * N_PARAMETERS + which + 1] -= of_second * (1.0 - of_second);
    }
}

/* x purchases in @m occasions; then left, or not. */
static void
find_term (Term         *self,
           const double *natural,
           guint         x,
           guint         m,
           gboolean      left)
{
  *self = (Term) { 0 };
  add_rising (self, natural[ALPHA], x, ALPHA);
  add_rising (self, natural[BETA], m - x, BETA);
  subtract_rising_sum (self, natural[ALPHA], natural[BETA], m, ALPHA);
  add_rising (self, natural[GAMMA], left ? 1 : 0, GAMMA);
  add_rising (self, natural[DELTA], m, DELTA);
  subtract_rising_sum (self, natural[GAMMA], natural[DELTA], m + (left ? 1 : 0), GAMMA);
}

/* The sum of the terms is a mean of them when it comes to slopes; curvature adds their spread. */
static double
add_pattern (const StoreBgbbPattern *pattern,
             const double           *natural,
             double                 *gradient,
             double                 *hessian)
{
  double sum = 0.0;
  double slope[N_PARAMETERS] = { 0.0 };
  double curve[N_PARAMETERS * N_PARAMETERS] = { 0.0 };
  double top = -HUGE_VAL;
  Term term;

  for (guint m = pattern->t_x; m <= pattern->n; m++)
    {
      find_term (&term, natural, pattern->x, m, m < pattern->n);
      top = MAX (top, term.value);
    }
  for (guint m = pattern->t_x; m <= pattern->n; m++)
    {
      double part;

      find_term (&term, natural, pattern->x, m, m < pattern->n);
      part = exp (term.value - top);
      sum += part;
      for (guint i = 0; i < N_PARAMETERS; i++)
        {
          slope[i] += part * term.slope[i];
          for (guint j = i; j < N_PARAMETERS; j++)
            curve[i * N_PARAMETERS + j] += part * (term.curve[i * N_PARAMETERS + j] +
                                                   term.slope[i] * term.slope[j]);
        }
    }

  for (guint i = 0; i < N_PARAMETERS; i++)
    {
      gradient[i] += pattern->weight * slope[i] / sum;
      for (guint j = i; j < N_PARAMETERS; j++)
        hessian[i * N_PARAMETERS + j] += pattern->weight * (curve[i * N_PARAMETERS + j] / sum -
                                                            slope[i] * slope[j] / (sum * sum));
    }
  return pattern->weight * (top + log (sum));
}

/**
 * store_bgbb_differentiate:
 * @patterns: the customers
 * @n: how many patterns
 * @log_parameters: logarithms of alpha, beta, gamma and delta
 * @gradient: (out): 4 first derivatives by @log_parameters
 * @hessian: (out): 16 second derivatives
 *
 * Returns: the log-likelihood
 */
double
store_bgbb_differentiate (const StoreBgbbPattern *patterns,
                          guint                   n,
                          const double           *log_parameters,
                          double                 *gradient,
                          double                 *hessian)
{
  double natural[N_PARAMETERS];
  double sum = 0.0;

  for (guint i = 0; i < N_PARAMETERS; i++)
    {
      natural[i] = exp (log_parameters[i]);
      gradient[i] = 0.0;
    }
  for (guint i = 0; i < N_PARAMETERS * N_PARAMETERS; i++)
    hessian[i] = 0.0;
  for (guint i = 0; i < n; i++)
    sum += add_pattern (&patterns[i], natural, gradient, hessian);
  for (guint i = 0; i < N_PARAMETERS; i++)
    for (guint j = 0; j < i; j++)
      hessian[i * N_PARAMETERS + j] = hessian[j * N_PARAMETERS + i];
  return sum;
}

typedef struct
{
  const StoreBgbbPattern *patterns;
  guint n;
} Data;

static double
evaluate (const double *point,
          double       *gradient,
          double       *hessian,
          gpointer      data)
{
  const Data *self = data;

  return store_bgbb_differentiate (self->patterns, self->n, point, gradient, hessian);
}

static gboolean
check_patterns (const StoreBgbbPattern  *patterns,
                guint                    n,
                GError                 **error)
{
  double purchases = 0.0;

  for (guint i = 0; i < n; i++)
    {
      const StoreBgbbPattern *pattern = &patterns[i];

      if (pattern->x > pattern->t_x || pattern->t_x > pattern->n ||
          (pattern->x == 0) != (pattern->t_x == 0) ||
          !(pattern->weight > 0.0 && isfinite (pattern->weight)))
        {
          g_set_error_literal (error, STORE_ERROR, STORE_ERROR_INVALID,
                               _("There cannot be more purchases than occasions, nor a last "
                                 "purchase without one."));
          return FALSE;
        }
      purchases += pattern->weight * pattern->x;
    }
  if (purchases > 0.0)
    return TRUE;
  g_set_error_literal (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA,
                       _("No customer has come back yet, so nothing can be said about who will."));
  return FALSE;
}

/**
 * store_bgbb_fit:
 * @self: (out): the model
 * @patterns: the customers
 * @n: how many patterns
 * @error: return location
 *
 * Finds the parameters under which the customers' purchases are most likely.
 *
 * Returns: %FALSE with %STORE_ERROR_INVALID (impossible patterns) or %STORE_ERROR_TOO_LITTLE_DATA
 */
gboolean
store_bgbb_fit (StoreBgbb               *self,
                const StoreBgbbPattern  *patterns,
                guint                    n,
                GError                 **error)
{
  static const double starts[N_STARTS][N_PARAMETERS] =
    { { 1.0, 1.0, 1.0, 4.0 }, { 0.5, 2.0, 0.5, 2.0 }, { 2.0, 1.0, 0.3, 3.0 },
      { 4.0, 8.0, 2.0, 10.0 } };
  Data data = { patterns, n };

  g_return_val_if_fail (self != NULL && (patterns != NULL || n == 0), FALSE);

  if (!check_patterns (patterns, n, error))
    return FALSE;
  *self = (StoreBgbb) { .log_likelihood = -HUGE_VAL };
  for (guint start = 0; start < N_STARTS; start++)
    {
      StoreNewton newton = { .n = N_PARAMETERS, .max_iterations = 200 };
      double point[N_PARAMETERS];

      for (guint i = 0; i < N_PARAMETERS; i++)
        {
          point[i] = log (starts[start][i]);
          newton.lower[i] = LIMIT_LOW;
          newton.upper[i] = LIMIT_HIGH;
        }
      store_newton_maximise (&newton, point, evaluate, &data);
      if (newton.value <= self->log_likelihood)
        continue;
      *self = (StoreBgbb) {
        exp (point[ALPHA]), exp (point[BETA]), exp (point[GAMMA]), exp (point[DELTA]),
        newton.value, newton.at_limit != 0, newton.converged,
      };
    }
  return TRUE;
}

/**
 * store_bgbb_get_p_alive:
 * @self: a model
 * @x: occasions on which the customer bought
 * @t_x: the last of them
 * @n: occasions that there were
 *
 * Returns: the probability that the customer is still there at the next occasion, that is after the
 *   chance to leave before it
 */
double
store_bgbb_get_p_alive (const StoreBgbb *self,
                        guint            x,
                        guint            t_x,
                        guint            n)
{
  const double natural[N_PARAMETERS] = { self->alpha, self->beta, self->gamma, self->delta };
  double stays = (self->delta + n) / (self->gamma + self->delta + n);
  double others = 0.0;
  Term there;

  g_return_val_if_fail (x <= t_x && t_x <= n, NAN);

  find_term (&there, natural, x, n, FALSE);
  for (guint m = t_x; m < n; m++)
    {
      Term left;

      find_term (&left, natural, x, m, TRUE);
      others += exp (left.value - there.value);
    }
  return stays / (1.0 + others);
}

/**
 * store_bgbb_get_expected:
 * @self: a model
 * @x: occasions on which the customer bought
 * @t_x: the last of them
 * @n: occasions that there were
 * @ahead: occasions to come
 *
 * Returns: the expected number of purchases in the next @ahead occasions
 */
double
store_bgbb_get_expected (const StoreBgbb *self,
                         guint            x,
                         guint            t_x,
                         guint            n,
                         guint            ahead)
{
  double buys = (self->alpha + x) / (self->alpha + self->beta + n);
  double there = store_bgbb_get_p_alive (self, x, t_x, n);
  double sum = 0.0;

  for (guint i = 1; i <= ahead; i++)
    {
      sum += there * buys;
      there *= (self->delta + n + i) / (self->gamma + self->delta + n + i);
    }
  return sum;
}
