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
 * 1 / (1 + e^d).
 *
 * The fit runs in the logarithms of the parameters and in times of mean T = 1, first from four
 * starts on coarsened patterns, then from the best of them on all. Where nobody seems to leave
 * (a -> 0) the model is the plain NBD; that is fitted too and taken when it is as likely. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "store-bgnbd.h"
#include "store-error.h"
#include "store-expected-purchases.h"
#include "store-newton.h"

#define N_PARAMETERS 4
#define N_STARTS 4
#define COARSE_STEPS 24
#define LIMIT_LOW (-16.0)
#define LIMIT_HIGH 14.0
#define SAME_LIKELIHOOD 1e-6
#define RARE_LEAVING 1e-3
#define NO_SPREAD 1e4

enum { R, ALPHA, A, B };

typedef struct
{
  const StorePurchasePatterns *patterns;
  guint n_parameters;
  guint first_chance;
  double time_unit;
  double *more_than;
  guint n_more_than;
  GCancellable *cancellable;
} Likelihood;

static void
likelihood_clear (Likelihood *self)
{
  g_free (self->more_than);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Likelihood, likelihood_clear)

static void
likelihood_init (Likelihood                  *self,
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

/* prod (r+i): by log r, its value, slope and curvature. */
static double
add_rates (const Likelihood *self,
           double            r,
           double           *gradient,
           double           *hessian)
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
add_chances (const Likelihood *self,
             double            a,
             double            b,
             double           *gradient,
             double           *hessian)
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
add_patterns (const Likelihood *self,
              const double     *point,
              double           *gradient,
              double           *hessian)
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

static double
likelihood_evaluate (const double *point,
                     double       *gradient,
                     double       *hessian,
                     gpointer      data)
{
  const Likelihood *self = data;
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
  g_auto (Likelihood) likelihood = { 0 };

  g_return_val_if_fail (patterns != NULL, 0.0);

  likelihood_init (&likelihood, kind, patterns, 1.0, N_PARAMETERS);
  return likelihood_evaluate (log_parameters, gradient, hessian, &likelihood);
}

static StoreNewton
search_from (Likelihood *likelihood,
             double     *point)
{
  StoreNewton newton = { .n = likelihood->n_parameters, .max_iterations = 200 };

  for (guint i = 0; i < newton.n; i++)
    {
      newton.lower[i] = LIMIT_LOW;
      newton.upper[i] = LIMIT_HIGH;
    }
  store_newton_maximise (&newton, point, likelihood_evaluate, likelihood);
  return newton;
}

/* Rough sizes: rates that spread little or much, leaving that is rare or common. */
static void
find_start (const StorePurchasePatterns *patterns,
            guint                        start,
            double                      *point)
{
  static const double shapes[N_STARTS] = { 0.5, 2.0, 0.25, 1.0 };
  static const double leavers[N_STARTS] = { 0.8, 0.5, 0.2, 2.0 };
  static const double stayers[N_STARTS] = { 2.0, 1.0, 4.0, 2.0 };
  double rate = MAX (patterns->n_repeats / patterns->n_customers, 1e-3);

  point[R] = log (shapes[start]);
  point[ALPHA] = log (shapes[start] / (1.5 * rate));
  point[A] = log (leavers[start]);
  point[B] = log (stayers[start]);
}

static StoreNewton
search_all (StoreBgnbdKind               kind,
            const StorePurchasePatterns *patterns,
            GCancellable                *cancellable,
            double                      *point)
{
  g_autoptr (StorePurchasePatterns) coarse =
    store_purchase_patterns_coarsen (patterns, COARSE_STEPS);
  g_auto (Likelihood) rough = { .cancellable = cancellable };
  g_auto (Likelihood) full = { .cancellable = cancellable };
  double best = -HUGE_VAL;

  likelihood_init (&rough, kind, coarse, patterns->mean_T, N_PARAMETERS);
  likelihood_init (&full, kind, patterns, patterns->mean_T, N_PARAMETERS);
  for (guint start = 0; start < N_STARTS; start++)
    {
      double from[N_PARAMETERS];
      StoreNewton newton;

      find_start (patterns, start, from);
      newton = search_from (&rough, from);
      if (newton.value <= best + SAME_LIKELIHOOD)
        continue;
      best = newton.value;
      for (guint i = 0; i < N_PARAMETERS; i++)
        point[i] = from[i];
    }
  return search_from (&full, point);
}

static StoreBgnbdBoundary
find_boundary (const StoreBgnbd  *self,
               const StoreNewton *newton)
{
  if (self->r > NO_SPREAD)
    return STORE_BGNBD_EQUAL_RATES;
  if (self->a + self->b > NO_SPREAD)
    return STORE_BGNBD_EQUAL_LEAVING;
  return newton->at_limit != 0 ? STORE_BGNBD_LOOSE : STORE_BGNBD_INSIDE;
}

/* The same search with nobody leaving, from the rates found with leaving. */
static void
take_plain_nbd (StoreBgnbd                  *self,
                const StorePurchasePatterns *patterns,
                double                      *point,
                double                       in_weeks,
                GCancellable                *cancellable)
{
  g_auto (Likelihood) likelihood = { .cancellable = cancellable };
  StoreNewton newton;

  likelihood_init (&likelihood, self->kind, patterns, patterns->mean_T, 2);
  newton = search_from (&likelihood, point);
  if (newton.value + in_weeks < self->log_likelihood - SAME_LIKELIHOOD)
    return;
  self->r = exp (point[R]);
  self->alpha = exp (point[ALPHA]) * patterns->mean_T;
  self->a = 0.0;
  self->b = 0.0;
  self->log_likelihood = newton.value + in_weeks;
  self->converged = newton.converged;
  self->boundary = STORE_BGNBD_NOBODY_LEAVES;
}

/**
 * store_bgnbd_fit:
 * @self: (out): the model
 * @kind: which model
 * @patterns: the customers
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Finds the parameters under which the customers' purchases are most likely. A best model on the
 * boundary is an answer, not an error: see @boundary of the model.
 *
 * Returns: %FALSE with %STORE_ERROR_TOO_LITTLE_DATA if nobody came back or no time has passed
 */
gboolean
store_bgnbd_fit (StoreBgnbd                  *self,
                 StoreBgnbdKind               kind,
                 const StorePurchasePatterns *patterns,
                 GCancellable                *cancellable,
                 GError                     **error)
{
  double point[N_PARAMETERS];
  double in_weeks;
  StoreNewton newton;

  g_return_val_if_fail (self != NULL && patterns != NULL, FALSE);

  if (patterns->n_repeaters == 0 || patterns->mean_T <= 0.0)
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA,
                           _("No customer has come back yet, so nothing can be said about who "
                             "will."));
      return FALSE;
    }

  newton = search_all (kind, patterns, cancellable, point);
  in_weeks = -patterns->n_repeats * log (patterns->mean_T);
  *self = (StoreBgnbd) {
    .kind = kind,
    .r = exp (point[R]),
    .alpha = exp (point[ALPHA]) * patterns->mean_T,
    .a = exp (point[A]),
    .b = exp (point[B]),
    .log_likelihood = newton.value + in_weeks,
    .converged = newton.converged,
    .iterations = newton.iterations,
  };
  self->boundary = find_boundary (self, &newton);
  if (self->a < RARE_LEAVING * (self->a + self->b))
    take_plain_nbd (self, patterns, point, in_weeks, cancellable);

  if (g_cancellable_is_cancelled (cancellable))
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_CANCELLED, _("Stopped before the end."));
      return FALSE;
    }
  return TRUE;
}

static double
get_chances (const StoreBgnbd *self,
             double            x)
{
  return self->kind == STORE_MBGNBD ? x + 1.0 : x;
}

/**
 * store_bgnbd_get_p_alive:
 * @self: a model
 * @x: repeat purchases
 * @t_x: weeks from the first purchase to the last
 * @T: weeks from the first purchase to the cut
 *
 * Returns: the probability that the customer has not left
 */
double
store_bgnbd_get_p_alive (const StoreBgnbd *self,
                         double            x,
                         double            t_x,
                         double            T)
{
  double chances = get_chances (self, x);
  double departure;

  if (chances <= 0.0 || self->a <= 0.0)
    return 1.0;
  departure = log (self->a) - log (self->b + chances - 1.0) +
              (self->r + x) * log1p ((T - t_x) / (self->alpha + t_x));
  return 1.0 / (1.0 + exp (departure));
}

static void
prepare (const StoreBgnbd       *self,
         double                  x,
         StoreExpectedPurchases *expected)
{
  store_expected_purchases_init (expected, self->r, x, self->a, self->b + get_chances (self, x));
}

/**
 * store_bgnbd_get_expected:
 * @self: a model
 * @x: repeat purchases
 * @t_x: weeks from the first purchase to the last
 * @T: weeks from the first purchase to the cut
 * @weeks: how far to look ahead
 *
 * Returns: the expected number of purchases in the @weeks after the cut
 */
double
store_bgnbd_get_expected (const StoreBgnbd *self,
                          double            x,
                          double            t_x,
                          double            T,
                          double            weeks)
{
  StoreExpectedPurchases expected;

  prepare (self, x, &expected);
  return store_bgnbd_get_p_alive (self, x, t_x, T) *
         store_expected_purchases_while_alive (&expected, weeks / (self->alpha + T));
}

/**
 * store_bgnbd_expect_all:
 * @self: a model
 * @patterns: the customers
 * @first: the first pattern
 * @n: how many patterns
 * @weeks: how far to look ahead, one or several lengths
 * @n_weeks: how many
 * @expected: (out): for each pattern, @n_weeks expected numbers of purchases
 *
 * As store_bgnbd_get_expected() for many: what depends on x alone is computed once for each x.
 */
void
store_bgnbd_expect_all (const StoreBgnbd            *self,
                        const StorePurchasePatterns *patterns,
                        guint                        first,
                        guint                        n,
                        const double                *weeks,
                        guint                        n_weeks,
                        double                      *expected)
{
  StoreExpectedPurchases prepared;

  for (guint i = first; i < first + n; i++)
    {
      double T = patterns->T[i];
      double p_alive = store_bgnbd_get_p_alive (self, patterns->x[i], patterns->t_x[i], T);
      double *row = expected + (gsize) (i - first) * n_weeks;

      if (i == first || patterns->x[i] > patterns->x[i - 1])
        prepare (self, patterns->x[i], &prepared);
      for (guint j = 0; j < n_weeks; j += STORE_EXPECTED_PURCHASES_TIMES)
        {
          guint n_times = MIN (n_weeks - j, STORE_EXPECTED_PURCHASES_TIMES);
          double ahead[STORE_EXPECTED_PURCHASES_TIMES];

          for (guint k = 0; k < n_times; k++)
            ahead[k] = weeks[j + k] / (self->alpha + T);
          store_expected_purchases_for_all (&prepared, ahead, n_times, row + j);
        }
      for (guint j = 0; j < n_weeks; j++)
        row[j] *= p_alive;
    }
}

/**
 * store_bgnbd_get_p_silence:
 * @self: a model
 * @x: repeat purchases
 * @t_x: weeks from the first purchase to the last
 * @T: weeks from the first purchase to the cut
 *
 * How unusual is the silence since the last purchase? For a customer with this past who is still
 * active, the probability of no purchase from @t_x to @T.
 *
 * Returns: a probability
 */
double
store_bgnbd_get_p_silence (const StoreBgnbd *self,
                           double            x,
                           double            t_x,
                           double            T)
{
  return exp (-(self->r + x) * log1p ((T - t_x) / (self->alpha + t_x)));
}

/**
 * store_bgnbd_get_name:
 * @kind: which model
 *
 * Returns: (transfer none): the name that the command line and JSON use
 */
const char *
store_bgnbd_get_name (StoreBgnbdKind kind)
{
  return kind == STORE_MBGNBD ? "mbgnbd" : "bgnbd";
}

/**
 * store_bgnbd_describe:
 * @self: a model
 *
 * Returns: (transfer none) (nullable): a sentence about the boundary that the model lies on
 */
const char *
store_bgnbd_describe (const StoreBgnbd *self)
{
  switch (self->boundary)
    {
    case STORE_BGNBD_NOBODY_LEAVES:
      return _("These purchases show no sign that customers leave for good; only their pace tells "
               "them apart.");
    case STORE_BGNBD_EQUAL_RATES:
      return _("These purchases show no sign that some customers buy faster than others.");
    case STORE_BGNBD_EQUAL_LEAVING:
      return _("These purchases show no sign that some customers leave sooner than others.");
    case STORE_BGNBD_LOOSE:
      return _("These purchases do not settle every parameter of the model; the forecasts hold, "
               "the parameters say little.");
    case STORE_BGNBD_INSIDE:
    default:
      return NULL;
    }
}
