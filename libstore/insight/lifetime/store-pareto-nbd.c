/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The Pareto/NBD model (Schmittlein, Morrison and Colombo, "Counting your customers", 1987): a
 * customer buys at a rate of Gamma(r, alpha) until they leave, and leaves at a rate of
 * Gamma(s, beta). The likelihood of (x, t_x, T) is, with R = r + x,
 *
 *   prod_{i<x} (r+i)  alpha^r beta^s  [ (alpha+T)^-R (beta+T)^-s + I ],
 *   I = integral from t_x to T of  s (alpha+t)^-R (beta+t)^-(s+1) dt.
 *
 * The papers write I by hypergeometric functions that overflow and cancel. Here it is taken as it
 * stands, by Gauss and Legendre's rule in u = log (c + t), c the smaller of alpha and beta: all
 * terms are positive, and the derivatives by the parameters are integrals of the same kind, so the
 * fit is Newton's method with exact derivatives. Where the integrand falls by more than e^40 the
 * rest is left out. P(alive) is the first term's share of the bracket, and with it
 *
 *   E[Y] = P(alive) (r+x) (beta+T) / (alpha+T) (1 - (1 + t/(beta+T))^(1-s)) / (s-1). */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "store-error.h"
#include "store-newton.h"
#include "store-pareto-nbd.h"

#define N_PARAMETERS 4
#define N_STARTS 4
#define N_NODES 48
#define COARSE_STEPS 16
#define LIMIT_LOW (-16.0)
#define LIMIT_HIGH 14.0
#define FALL 40.0
#define SAME_LIKELIHOOD 1e-6
#define RARE_LEAVING 1e-3

enum { R, ALPHA, S, BETA };

/* Nodes and weights on 0 to 1, found once by Newton's method on Legendre's polynomial. */
typedef struct
{
  double at[N_NODES];
  double weight[N_NODES];
} Rule;

static double
evaluate_legendre (double  z,
                   double *slope)
{
  double before = 1.0;
  double value = z;

  for (guint k = 2; k <= N_NODES; k++)
    {
      double next = ((2.0 * k - 1.0) * z * value - (k - 1.0) * before) / k;

      before = value;
      value = next;
    }
  *slope = N_NODES * (z * value - before) / (z * z - 1.0);
  return value;
}

static const Rule *
get_rule (void)
{
  static Rule rule;
  static gsize ready = 0;

  if (!g_once_init_enter (&ready))
    return &rule;
  for (guint i = 0; i < N_NODES; i++)
    {
      double z = cos (G_PI * (i + 0.75) / (N_NODES + 0.5));
      double slope = 1.0;

      for (guint round = 0; round < 20; round++)
        z -= evaluate_legendre (z, &slope) / slope;
      evaluate_legendre (z, &slope);
      rule.at[i] = (1.0 - z) / 2.0;
      rule.weight[i] = 1.0 / ((1.0 - z * z) * slope * slope);
    }
  g_once_init_leave (&ready, 1);
  return &rule;
}

/* The bracket in units of its first term: 1 and the rest. The rest may be huge, so it is kept as
 * e^scale times @left, and so are its derivatives. The slopes are by the natural parameters; of
 * the second derivatives only the upper half is kept. */
typedef struct
{
  double scale;
  double left;
  double slope[N_PARAMETERS];
  double curve[N_PARAMETERS * N_PARAMETERS];
} Bracket;

typedef struct
{
  double r;
  double alpha;
  double s;
  double beta;
} Parameters;

/* One node: the logarithm of the integrand has simple derivatives, and e^it is the weight. */
static void
add_node (Bracket          *self,
          const Parameters *parameters,
          double            x,
          double            T,
          double            t,
          double            weight)
{
  double shape = parameters->r + x;
  double of_alpha = 1.0 / (parameters->alpha + t);
  double of_beta = 1.0 / (parameters->beta + t);
  double to_T_alpha = log1p ((T - t) * of_alpha);
  double to_T_beta = log1p ((T - t) * of_beta);
  double part = weight * parameters->s * of_beta *
                exp (shape * to_T_alpha + parameters->s * to_T_beta - self->scale);
  double slope[N_PARAMETERS];
  double of_alpha_T = 1.0 / (parameters->alpha + T);
  double of_beta_T = 1.0 / (parameters->beta + T);

  slope[R] = to_T_alpha;
  slope[ALPHA] = shape * (of_alpha_T - of_alpha);
  slope[S] = 1.0 / parameters->s + to_T_beta;
  slope[BETA] = parameters->s * (of_beta_T - of_beta) - of_beta;

  self->left += part;
  for (guint i = 0; i < N_PARAMETERS; i++)
    {
      self->slope[i] += part * slope[i];
      for (guint j = i; j < N_PARAMETERS; j++)
        self->curve[i * N_PARAMETERS + j] += part * slope[i] * slope[j];
    }
  self->curve[R * N_PARAMETERS + ALPHA] += part * (of_alpha_T - of_alpha);
  self->curve[ALPHA * N_PARAMETERS + ALPHA] += part * shape *
                                               (of_alpha * of_alpha - of_alpha_T * of_alpha_T);
  self->curve[S * N_PARAMETERS + S] -= part / (parameters->s * parameters->s);
  self->curve[S * N_PARAMETERS + BETA] += part * (of_beta_T - of_beta);
  self->curve[BETA * N_PARAMETERS + BETA] += part * (parameters->s *
                                                     (of_beta * of_beta - of_beta_T * of_beta_T) +
                                                     of_beta * of_beta);
}

/* Steps of u in which the integrand falls by at most e^40. */
static void
integrate (Bracket          *self,
           const Parameters *parameters,
           double            x,
           double            t_x,
           double            T)
{
  const Rule *rule = get_rule ();
  double base = MIN (parameters->alpha, parameters->beta);
  double length = log1p ((T - t_x) / (base + t_x));
  double steepness = parameters->r + x + parameters->s + 1.0;

  *self = (Bracket) {
    .scale = (parameters->r + x) * log1p ((T - t_x) / (parameters->alpha + t_x)) +
             parameters->s * log1p ((T - t_x) / (parameters->beta + t_x)),
  };
  length = MIN (length, log1p (expm1 (FALL / steepness) *
                               (MAX (parameters->alpha, parameters->beta) + t_x) / (base + t_x)));
  for (guint i = 0; i < N_NODES; i++)
    {
      double grown = (base + t_x) * exp (rule->at[i] * length);

      add_node (self, parameters, x, T, grown - base, rule->weight[i] * length * grown);
    }
}

typedef struct
{
  const StorePurchasePatterns *patterns;
  gboolean leaving;
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
                 const StorePurchasePatterns *patterns,
                 double                       time_unit,
                 gboolean                     leaving)
{
  self->patterns = patterns;
  self->leaving = leaving;
  self->time_unit = time_unit;
  self->more_than = store_purchase_patterns_count_above (patterns, &self->n_more_than);
}

static double
add_rates (const Likelihood *self,
           double            r,
           double           *gradient,
           double           *hessian,
           guint             n)
{
  double sum = 0.0;

  for (guint i = 0; i < self->n_more_than; i++)
    {
      double share = r / (r + i);

      sum += self->more_than[i] * log (r + i);
      gradient[R] += self->more_than[i] * share;
      hessian[R * n + R] += self->more_than[i] * share * (1.0 - share);
    }
  return sum;
}

/* (1 + T/c)^-k (c+T)^-x by the logarithms of k and c, at places first and first + 1. */
static double
add_survival (double  k,
              double  c,
              double  x,
              double  T,
              double  weight,
              guint   first,
              guint   n,
              double *gradient,
              double *hessian)
{
  double log_ratio = log1p (T / c);
  double past = T / (c + T);
  double present = c / (c + T);

  gradient[first] -= weight * k * log_ratio;
  gradient[first + 1] += weight * (k * past - x * present);
  hessian[first * n + first] -= weight * k * log_ratio;
  hessian[first * n + first + 1] += weight * k * past;
  hessian[(first + 1) * n + first + 1] -= weight * (k + x) * present * past;
  return -weight * (k * log_ratio + x * (log (c) + log_ratio));
}

/* log (1 + e^scale left) by the logarithms of the parameters. */
static double
add_bracket (const Bracket *bracket,
             const double  *natural,
             double         weight,
             double        *gradient,
             double        *hessian)
{
  double all = exp (-bracket->scale) + bracket->left;

  for (guint i = 0; i < N_PARAMETERS; i++)
    {
      double slope_i = natural[i] * bracket->slope[i] / all;

      gradient[i] += weight * slope_i;
      hessian[i * N_PARAMETERS + i] += weight * slope_i;
      for (guint j = i; j < N_PARAMETERS; j++)
        hessian[i * N_PARAMETERS + j] += weight * (natural[i] * natural[j] *
                                                   bracket->curve[i * N_PARAMETERS + j] / all -
                                                   slope_i * natural[j] * bracket->slope[j] / all);
    }
  return weight * (bracket->scale + log (all));
}

static double
likelihood_evaluate (const double *point,
                     double       *gradient,
                     double       *hessian,
                     gpointer      data)
{
  const Likelihood *self = data;
  const StorePurchasePatterns *patterns = self->patterns;
  guint n = self->leaving ? N_PARAMETERS : 2;
  double natural[N_PARAMETERS] = { 0.0 };
  Parameters parameters;
  double sum;

  for (guint i = 0; i < n; i++)
    {
      gradient[i] = 0.0;
      natural[i] = exp (point[i]);
    }
  for (guint i = 0; i < n * n; i++)
    hessian[i] = 0.0;
  if (g_cancellable_is_cancelled (self->cancellable))
    return 0.0;

  parameters = (Parameters) { natural[R], natural[ALPHA], natural[S], natural[BETA] };
  sum = add_rates (self, parameters.r, gradient, hessian, n);
  for (guint i = 0; i < patterns->n; i++)
    {
      double x = patterns->x[i];
      double T = patterns->T[i] / self->time_unit;
      double weight = patterns->weight[i];
      Bracket bracket;

      sum += add_survival (parameters.r, parameters.alpha, x, T, weight, R, n, gradient, hessian);
      if (!self->leaving)
        continue;
      sum += add_survival (parameters.s, parameters.beta, 0.0, T, weight, S, n, gradient, hessian);
      integrate (&bracket, &parameters, x, patterns->t_x[i] / self->time_unit, T);
      sum += add_bracket (&bracket, natural, weight, gradient, hessian);
    }

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < i; j++)
      hessian[i * n + j] = hessian[j * n + i];
  return sum;
}

/**
 * store_pareto_nbd_differentiate:
 * @patterns: the customers
 * @log_parameters: logarithms of r, alpha (in weeks), s and beta (in weeks)
 * @gradient: (out): 4 first derivatives by @log_parameters
 * @hessian: (out): 16 second derivatives
 *
 * Returns: the log-likelihood, times in weeks
 */
double
store_pareto_nbd_differentiate (const StorePurchasePatterns *patterns,
                                const double                *log_parameters,
                                double                      *gradient,
                                double                      *hessian)
{
  g_auto (Likelihood) likelihood = { 0 };

  g_return_val_if_fail (patterns != NULL, 0.0);

  likelihood_init (&likelihood, patterns, 1.0, TRUE);
  return likelihood_evaluate (log_parameters, gradient, hessian, &likelihood);
}

static StoreNewton
search_from (Likelihood *likelihood,
             double     *point)
{
  StoreNewton newton = { .n = likelihood->leaving ? N_PARAMETERS : 2, .max_iterations = 200 };

  for (guint i = 0; i < newton.n; i++)
    {
      newton.lower[i] = LIMIT_LOW;
      newton.upper[i] = LIMIT_HIGH;
    }
  store_newton_maximise (&newton, point, likelihood_evaluate, likelihood);
  return newton;
}

static void
find_start (const StorePurchasePatterns *patterns,
            guint                        start,
            double                      *point)
{
  static const double shapes[N_STARTS] = { 0.5, 1.5, 0.3, 1.0 };
  static const double leaving[N_STARTS] = { 0.5, 1.0, 0.2, 3.0 };
  static const double half_life[N_STARTS] = { 0.3, 1.0, 1.0, 5.0 };
  double rate = MAX (patterns->n_repeats / patterns->n_customers, 1e-3);

  point[R] = log (shapes[start]);
  point[ALPHA] = log (shapes[start] / (1.5 * rate));
  point[S] = log (leaving[start]);
  point[BETA] = log (half_life[start]);
}

static StoreNewton
search_all (const StorePurchasePatterns *patterns,
            GCancellable                *cancellable,
            double                      *point)
{
  g_autoptr (StorePurchasePatterns) coarse =
    store_purchase_patterns_coarsen (patterns, COARSE_STEPS);
  g_auto (Likelihood) rough = { .cancellable = cancellable };
  g_auto (Likelihood) full = { .cancellable = cancellable };
  double best = -HUGE_VAL;

  likelihood_init (&rough, coarse, patterns->mean_T, TRUE);
  likelihood_init (&full, patterns, patterns->mean_T, TRUE);
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

static void
take_plain_nbd (StoreParetoNbd              *self,
                const StorePurchasePatterns *patterns,
                double                      *point,
                double                       in_weeks,
                GCancellable                *cancellable)
{
  g_auto (Likelihood) likelihood = { .cancellable = cancellable };
  StoreNewton newton;

  likelihood_init (&likelihood, patterns, patterns->mean_T, FALSE);
  newton = search_from (&likelihood, point);
  if (newton.value + in_weeks < self->log_likelihood - SAME_LIKELIHOOD)
    return;
  self->r = exp (point[R]);
  self->alpha = exp (point[ALPHA]) * patterns->mean_T;
  self->s = 0.0;
  self->beta = 0.0;
  self->log_likelihood = newton.value + in_weeks;
  self->nobody_leaves = TRUE;
  self->at_limit = newton.at_limit != 0;
  self->converged = newton.converged;
}

/**
 * store_pareto_nbd_fit:
 * @self: (out): the model
 * @patterns: the customers
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Finds the parameters under which the customers' purchases are most likely.
 *
 * Returns: %FALSE with %STORE_ERROR_TOO_LITTLE_DATA if nobody came back or no time has passed
 */
gboolean
store_pareto_nbd_fit (StoreParetoNbd              *self,
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

  newton = search_all (patterns, cancellable, point);
  in_weeks = -patterns->n_repeats * log (patterns->mean_T);
  *self = (StoreParetoNbd) {
    .r = exp (point[R]),
    .alpha = exp (point[ALPHA]) * patterns->mean_T,
    .s = exp (point[S]),
    .beta = exp (point[BETA]) * patterns->mean_T,
    .log_likelihood = newton.value + in_weeks,
    .at_limit = newton.at_limit != 0,
    .converged = newton.converged,
    .iterations = newton.iterations,
  };
  if (self->s * patterns->mean_T < RARE_LEAVING * self->beta)
    take_plain_nbd (self, patterns, point, in_weeks, cancellable);

  if (g_cancellable_is_cancelled (cancellable))
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_CANCELLED, _("Stopped before the end."));
      return FALSE;
    }
  return TRUE;
}

/**
 * store_pareto_nbd_get_p_alive:
 * @self: a model
 * @x: repeat purchases
 * @t_x: weeks from the first purchase to the last
 * @T: weeks from the first purchase to the cut
 *
 * Returns: the probability that the customer has not left
 */
double
store_pareto_nbd_get_p_alive (const StoreParetoNbd *self,
                              double                x,
                              double                t_x,
                              double                T)
{
  Parameters parameters = { self->r, self->alpha, self->s, self->beta };
  Bracket bracket;

  if (self->s <= 0.0)
    return 1.0;
  integrate (&bracket, &parameters, x, t_x, T);
  return 1.0 / (1.0 + exp (bracket.scale) * bracket.left);
}

/**
 * store_pareto_nbd_get_expected:
 * @self: a model
 * @x: repeat purchases
 * @t_x: weeks from the first purchase to the last
 * @T: weeks from the first purchase to the cut
 * @weeks: how far to look ahead
 *
 * Returns: the expected number of purchases in the @weeks after the cut
 */
double
store_pareto_nbd_get_expected (const StoreParetoNbd *self,
                               double                x,
                               double                t_x,
                               double                T,
                               double                weeks)
{
  double rate = (self->r + x) / (self->alpha + T);
  double grown;
  double active;

  if (self->s <= 0.0)
    return rate * weeks;
  grown = log1p (weeks / (self->beta + T));
  active = self->s != 1.0 ? expm1 ((1.0 - self->s) * grown) / (1.0 - self->s) : grown;
  return store_pareto_nbd_get_p_alive (self, x, t_x, T) * rate * (self->beta + T) * active;
}
