/* SPDX-License-Identifier: GPL-3.0-or-later */

/* BG/CNBD-k (Platzer and Reutterer, "Ticking away the moments", 2016, and its modified form):
 * events come at a rate of Gamma(r, alpha), the customer buys at every k-th of them and may leave
 * at each purchase. So the gaps between purchases are Erlang, k times more regular than at random;
 * k = 1 is BG/NBD. With R = r + k x, m chances to leave and g the gaps, the likelihood is
 *
 *   (prod g)^(k-1) / (k-1)!^x  prod_{i<kx} (r+i)  prod_{i<m} (b+i)/(a+b+i)  alpha^r (alpha+t_x)^-R
 *     [ S + a/(b+m-1) ],    S = ((alpha+t_x)/(alpha+T))^R P,
 *   P = sum_{j<k} (R)_j / j!  w^j,    w = (T-t_x)/(alpha+T),
 *
 * where j counts the events since the last purchase. P(alive) is S over the bracket.
 *
 * The expected purchases are exact here (the authors use those of BG/NBD, scaled): given that the
 * customer is active, j has the weights of P, the rate then is Gamma(R+j, alpha+T), so the number
 * N of events in the next t is negative binomial, and the i-th purchase needs N >= ik - j and i -
 * 1 purchases without leaving:
 *
 *   E = sum_j P(j) sum_{i>=1} P(N >= ik - j) prod_{l<i-1} (b+m+l)/(a+b+m+l). */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "store-cnbd.h"
#include "store-error.h"
#include "store-newton.h"

#define N_PARAMETERS 4
#define COARSE_STEPS 24
#define N_STARTS 4
#define LIMIT_LOW (-16.0)
#define LIMIT_HIGH 14.0
#define MAX_EVENTS 400000
#define DAYS_A_WEEK 7.0

enum { R, ALPHA, A, B };

typedef struct
{
  const StorePurchasePatterns *patterns;
  guint k;
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
                 guint                        k,
                 const StorePurchasePatterns *patterns,
                 double                       time_unit)
{
  self->patterns = patterns;
  self->k = k;
  self->first_chance = kind == STORE_MBGNBD ? 1 : 0;
  self->time_unit = time_unit;
  self->more_than = store_purchase_patterns_count_above (patterns, &self->n_more_than);
}

static double
add_rates (const Likelihood *self,
           double            r,
           double           *gradient,
           double           *hessian)
{
  double sum = 0.0;

  for (guint i = 0; i < self->n_more_than * self->k; i++)
    {
      double weight = self->more_than[i / self->k];
      double share = r / (r + i);

      sum += weight * log (r + i);
      gradient[R] += weight * share;
      hessian[R * N_PARAMETERS + R] += weight * share * (1.0 - share);
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

/* log P and its derivatives by R and w. */
typedef struct
{
  double log_p;
  double of_r;
  double of_w;
  double of_rr;
  double of_rw;
  double of_ww;
} Phases;

static void
find_phases (Phases *self,
             guint   k,
             double  shape,
             double  w)
{
  double c = 1.0;
  double w_j = 1.0;
  double w_j1 = 0.0;
  double w_j2 = 0.0;
  double psi = 0.0;
  double psi2 = 0.0;
  double sum[6] = { 0.0 };

  for (guint j = 0; j < k; j++)
    {
      sum[0] += c * w_j;
      sum[1] += c * w_j * psi;
      sum[2] += c * j * w_j1;
      sum[3] += c * w_j * (psi * psi - psi2);
      sum[4] += c * j * w_j1 * psi;
      sum[5] += c * j * (j - 1.0) * w_j2;

      c *= (shape + j) / (j + 1.0);
      psi += 1.0 / (shape + j);
      psi2 += 1.0 / ((shape + j) * (shape + j));
      w_j2 = w_j1;
      w_j1 = w_j;
      w_j *= w;
    }
  self->log_p = log (sum[0]);
  self->of_r = sum[1] / sum[0];
  self->of_w = sum[2] / sum[0];
  self->of_rr = sum[3] / sum[0] - self->of_r * self->of_r;
  self->of_rw = sum[4] / sum[0] - self->of_r * self->of_w;
  self->of_ww = sum[5] / sum[0] - self->of_w * self->of_w;
}

/* A logarithm, with its derivatives by r and alpha themselves. */
typedef struct
{
  double value;
  double r;
  double alpha;
  double rr;
  double r_alpha;
  double alpha_alpha;
} Term;

static void
find_staying (Term   *self,
              guint   k,
              double  shape,
              double  alpha,
              double  t_x,
              double  T)
{
  double rest = alpha + T;
  double w = (T - t_x) / rest;
  double w_alpha = -w / rest;
  double w_alpha2 = 2.0 * w / (rest * rest);
  double fall = -log1p ((T - t_x) / (alpha + t_x));
  double fall_alpha = (T - t_x) / (rest * (alpha + t_x));
  double fall_alpha2 = 1.0 / (rest * rest) - 1.0 / ((alpha + t_x) * (alpha + t_x));
  Phases phases;

  find_phases (&phases, k, shape, w);
  self->value = shape * fall + phases.log_p;
  self->r = fall + phases.of_r;
  self->alpha = shape * fall_alpha + phases.of_w * w_alpha;
  self->rr = phases.of_rr;
  self->r_alpha = fall_alpha + phases.of_rw * w_alpha;
  self->alpha_alpha = shape * fall_alpha2 + phases.of_ww * w_alpha * w_alpha +
                      phases.of_w * w_alpha2;
}

/* alpha^r (alpha+t_x)^-R, by r and alpha themselves. */
static void
find_pace (Term   *self,
           double  r,
           double  shape,
           double  alpha,
           double  t_x)
{
  double elapsed = alpha + t_x;

  self->value = -r * log1p (t_x / alpha) - (shape - r) * log (elapsed);
  self->r = -log1p (t_x / alpha);
  self->alpha = r * t_x / (alpha * elapsed) - (shape - r) / elapsed;
  self->rr = 0.0;
  self->r_alpha = t_x / (alpha * elapsed);
  self->alpha_alpha = -r / (alpha * alpha) + shape / (elapsed * elapsed);
}

static void
add_term (const Term *term,
          double      weight,
          double      r,
          double      alpha,
          double     *gradient,
          double     *hessian)
{
  gradient[R] += weight * r * term->r;
  gradient[ALPHA] += weight * alpha * term->alpha;
  hessian[R * N_PARAMETERS + R] += weight * (r * r * term->rr + r * term->r);
  hessian[R * N_PARAMETERS + ALPHA] += weight * r * alpha * term->r_alpha;
  hessian[ALPHA * N_PARAMETERS + ALPHA] += weight * (alpha * alpha * term->alpha_alpha +
                                                     alpha * term->alpha);
}

/* log (S + a/(b+last)); @last is below 0 where there was no chance to leave. */
static double
add_bracket (const Term *staying,
             double      last,
             double      weight,
             double      r,
             double      alpha,
             double      log_a,
             double      b,
             double     *gradient,
             double     *hessian)
{
  double slope[N_PARAMETERS] = { r * staying->r, alpha * staying->alpha, -1.0, 0.0 };
  double leaving;
  double stays;
  double of_b;

  if (last < 0.0)
    {
      add_term (staying, weight, r, alpha, gradient, hessian);
      return weight * staying->value;
    }

  leaving = log_a - log (b + last);
  of_b = b / (b + last);
  slope[B] = of_b;
  stays = 1.0 / (1.0 + exp (leaving - staying->value));
  add_term (staying, weight * stays, r, alpha, gradient, hessian);
  gradient[A] += weight * (1.0 - stays);
  gradient[B] -= weight * (1.0 - stays) * of_b;
  hessian[B * N_PARAMETERS + B] -= weight * (1.0 - stays) * of_b * (1.0 - of_b);

  for (guint i = 0; i < N_PARAMETERS; i++)
    for (guint j = i; j < N_PARAMETERS; j++)
      hessian[i * N_PARAMETERS + j] += weight * stays * (1.0 - stays) * slope[i] * slope[j];
  return weight * (MAX (staying->value, leaving) + log1p (exp (-fabs (staying->value - leaving))));
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
  double b = exp (point[B]);
  double sum;

  for (guint i = 0; i < N_PARAMETERS; i++)
    gradient[i] = 0.0;
  for (guint i = 0; i < N_PARAMETERS * N_PARAMETERS; i++)
    hessian[i] = 0.0;
  if (g_cancellable_is_cancelled (self->cancellable))
    return 0.0;

  sum = add_rates (self, r, gradient, hessian);
  sum += add_chances (self, exp (point[A]), b, gradient, hessian);
  for (guint i = 0; i < patterns->n; i++)
    {
      double shape = r + self->k * patterns->x[i];
      double t_x = patterns->t_x[i] / self->time_unit;
      double weight = patterns->weight[i];
      Term pace;
      Term staying;

      find_pace (&pace, r, shape, alpha, t_x);
      add_term (&pace, weight, r, alpha, gradient, hessian);
      find_staying (&staying, self->k, shape, alpha, t_x, patterns->T[i] / self->time_unit);
      sum += weight * pace.value;
      sum += add_bracket (&staying, patterns->x[i] + self->first_chance - 1.0, weight, r, alpha,
                          point[A], b,
                          gradient, hessian);
    }
  for (guint i = 0; i < N_PARAMETERS; i++)
    for (guint j = 0; j < i; j++)
      hessian[i * N_PARAMETERS + j] = hessian[j * N_PARAMETERS + i];
  return sum;
}

/**
 * store_cnbd_differentiate:
 * @kind: whether the first purchase is a chance to leave
 * @k: regularity
 * @patterns: the customers
 * @log_parameters: logarithms of r, alpha (in weeks), a and b
 * @gradient: (out): 4 first derivatives by @log_parameters
 * @hessian: (out): 16 second derivatives
 *
 * Returns: the log-likelihood in weeks, without what depends on the gaps alone
 */
double
store_cnbd_differentiate (StoreBgnbdKind               kind,
                          guint                        k,
                          const StorePurchasePatterns *patterns,
                          const double                *log_parameters,
                          double                      *gradient,
                          double                      *hessian)
{
  g_auto (Likelihood) likelihood = { 0 };

  likelihood_init (&likelihood, kind, k, patterns, 1.0);
  return likelihood_evaluate (log_parameters, gradient, hessian, &likelihood);
}

/**
 * store_cnbd_sum_log_gaps:
 * @table: a finished table
 *
 * Returns: the sum over all customers of the logarithms of the weeks between two purchases
 */
double
store_cnbd_sum_log_gaps (const StorePurchaseTable *table)
{
  guint n_rows = store_purchase_table_get_n_rows (table);
  double sum = 0.0;

  for (guint row = 0; row < n_rows; row++)
    {
      guint n;
      const StorePurchase *purchases = store_purchase_table_get_purchases (table, row, &n);

      for (guint i = 1; i < n; i++)
        sum += log ((purchases[i].day - purchases[i - 1].day) / DAYS_A_WEEK);
    }
  return sum;
}

static void
find_start (const StorePurchasePatterns *patterns,
            guint                        k,
            guint                        start,
            double                      *point)
{
  static const double shapes[N_STARTS] = { 0.5, 2.0, 0.25, 1.0 };
  static const double leavers[N_STARTS] = { 0.8, 0.5, 0.2, 2.0 };
  static const double stayers[N_STARTS] = { 2.0, 1.0, 4.0, 2.0 };
  double rate = MAX (k * patterns->n_repeats / patterns->n_customers, 1e-3);

  point[R] = log (shapes[start]);
  point[ALPHA] = log (shapes[start] / (1.5 * rate));
  point[A] = log (leavers[start]);
  point[B] = log (stayers[start]);
}

static StoreNewton
search_from (Likelihood *likelihood,
             double     *point)
{
  StoreNewton newton = { .n = N_PARAMETERS, .max_iterations = 200 };

  for (guint i = 0; i < N_PARAMETERS; i++)
    {
      newton.lower[i] = LIMIT_LOW;
      newton.upper[i] = LIMIT_HIGH;
    }
  store_newton_maximise (&newton, point, likelihood_evaluate, likelihood);
  return newton;
}

static StoreNewton
search_all (StoreBgnbdKind               kind,
            guint                        k,
            const StorePurchasePatterns *patterns,
            GCancellable                *cancellable,
            double                      *point)
{
  g_autoptr (StorePurchasePatterns) coarse =
    store_purchase_patterns_coarsen (patterns, COARSE_STEPS);
  g_auto (Likelihood) rough = { .cancellable = cancellable };
  g_auto (Likelihood) full = { .cancellable = cancellable };
  double best = -HUGE_VAL;

  likelihood_init (&rough, kind, k, coarse, patterns->mean_T);
  likelihood_init (&full, kind, k, patterns, patterns->mean_T);
  for (guint start = 0; start < N_STARTS; start++)
    {
      double from[N_PARAMETERS];
      StoreNewton newton;

      find_start (patterns, k, start, from);
      newton = search_from (&rough, from);
      if (newton.value <= best)
        continue;
      best = newton.value;
      for (guint i = 0; i < N_PARAMETERS; i++)
        point[i] = from[i];
    }
  return search_from (&full, point);
}

/* In weeks: a time unit in each factor of r + k x, and k - 1 of them in the gaps. */
static void
fit_one_k (StoreCnbd                   *self,
           const StorePurchasePatterns *patterns,
           double                       sum_log_gaps,
           GCancellable                *cancellable)
{
  double point[N_PARAMETERS];
  StoreNewton newton = search_all (self->kind, self->k, patterns, cancellable, point);

  self->r = exp (point[R]);
  self->alpha = exp (point[ALPHA]) * patterns->mean_T;
  self->a = exp (point[A]);
  self->b = exp (point[B]);
  self->log_likelihood = newton.value - self->k * patterns->n_repeats * log (patterns->mean_T) +
                         (self->k - 1.0) * sum_log_gaps - patterns->n_repeats * lgamma (self->k);
  self->at_limit = newton.at_limit != 0;
  self->converged = newton.converged;
}

/**
 * store_cnbd_fit:
 * @self: (out): the model
 * @kind: whether the first purchase is a chance to leave
 * @k: regularity, or 0 to take the likeliest up to %STORE_CNBD_MAX_K
 * @patterns: the customers
 * @sum_log_gaps: from store_cnbd_sum_log_gaps()
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Finds the parameters under which the customers' purchases are most likely.
 *
 * Returns: %FALSE with %STORE_ERROR_TOO_LITTLE_DATA if nobody came back or no time has passed
 */
gboolean
store_cnbd_fit (StoreCnbd                   *self,
                StoreBgnbdKind               kind,
                guint                        k,
                const StorePurchasePatterns *patterns,
                double                       sum_log_gaps,
                GCancellable                *cancellable,
                GError                     **error)
{
  g_return_val_if_fail (self != NULL && patterns != NULL, FALSE);
  g_return_val_if_fail (k <= STORE_CNBD_MAX_K, FALSE);

  if (patterns->n_repeaters == 0 || patterns->mean_T <= 0.0)
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA,
                           _("No customer has come back yet, so nothing can be said about who "
                             "will."));
      return FALSE;
    }

  *self = (StoreCnbd) { .kind = kind, .k = MAX (k, 1) };
  fit_one_k (self, patterns, sum_log_gaps, cancellable);
  for (guint next = 2; k == 0 && next <= STORE_CNBD_MAX_K; next++)
    {
      StoreCnbd more = { .kind = kind, .k = next };

      fit_one_k (&more, patterns, sum_log_gaps, cancellable);
      if (more.log_likelihood <= self->log_likelihood)
        break;
      *self = more;
    }

  if (g_cancellable_is_cancelled (cancellable))
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_CANCELLED, _("Stopped before the end."));
      return FALSE;
    }
  return TRUE;
}

static double
get_chances (const StoreCnbd *self,
             double           x)
{
  return self->kind == STORE_MBGNBD ? x + 1.0 : x;
}

/**
 * store_cnbd_get_p_alive:
 * @self: a model
 * @x: repeat purchases
 * @t_x: weeks from the first purchase to the last
 * @T: weeks from the first purchase to the cut
 *
 * Returns: the probability that the customer has not left
 */
double
store_cnbd_get_p_alive (const StoreCnbd *self,
                        double           x,
                        double           t_x,
                        double           T)
{
  double chances = get_chances (self, x);
  Term staying;

  if (chances <= 0.0 || self->a <= 0.0)
    return 1.0;
  find_staying (&staying, self->k, self->r + self->k * x, self->alpha, t_x, T);
  return 1.0 / (1.0 + exp (log (self->a) - log (self->b + chances - 1.0) - staying.value));
}

/* Purchases to come when @phase events have passed since the last: the tail of N, by events. */
static double
sum_purchases (const StoreCnbd *self,
               double           shape,
               guint            phase,
               double           chances,
               double           z)
{
  double log_rest = log1p (-z);
  double log_mass = shape * log_rest;
  double tail = -expm1 (log_mass);
  double usual = shape * z / (1.0 - z);
  double stays = 1.0;
  double sum = 0.0;

  /* Beyond the usual number of events the masses only fall; below e^-37 they add nothing. */
  for (guint n = 1; n < MAX_EVENTS && tail > 0.0 && (n < usual || log_mass > -37.0); n++)
    {
      if ((n + phase) % self->k == 0)
        {
          double passed = (n + phase) / self->k - 1.0;

          sum += tail * stays;
          stays *= (self->b + chances + passed) / (self->a + self->b + chances + passed);
        }
      log_mass += log (z * (shape + n - 1.0) / n);
      tail -= exp (log_mass);
    }
  return sum;
}

/**
 * store_cnbd_get_expected:
 * @self: a model
 * @x: repeat purchases
 * @t_x: weeks from the first purchase to the last
 * @T: weeks from the first purchase to the cut
 * @weeks: how far to look ahead
 *
 * Returns: the expected number of purchases in the @weeks after the cut
 */
double
store_cnbd_get_expected (const StoreCnbd *self,
                         double           x,
                         double           t_x,
                         double           T,
                         double           weeks)
{
  double chances = get_chances (self, x);
  double shape = self->r + self->k * x;
  double z = weeks / (self->alpha + T + weeks);
  double w = (T - t_x) / (self->alpha + T);
  double mass = 1.0;
  double all = 0.0;
  double sum = 0.0;

  if (weeks <= 0.0)
    return 0.0;
  for (guint j = 0; j < self->k; j++)
    {
      all += mass;
      sum += mass * sum_purchases (self, shape + j, j, chances, z);
      mass *= w * (shape + j) / (j + 1.0);
    }
  return store_cnbd_get_p_alive (self, x, t_x, T) * sum / all;
}
