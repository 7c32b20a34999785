/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The value of a purchase day varies around the customer's own mean as Gamma(p, nu), and nu over
 * the customers as Gamma(q, v) (Fader and Hardie, "The Gamma-Gamma model of monetary value",
 * 2013). Fitted to the customers with repeat purchases, by the mean z of their repeat days: the
 * first purchase is left out, as it is for the count x. With the x repeat days a customer adds
 *
 *   lnG(px+q) - lnG(px) - lnG(q) + q ln v + (px-1) ln z + px ln x - (px+q) ln(xz + v)
 *
 * to the log-likelihood. The expected value, p (v + xz) / (px + q - 1), is a weighted mean of z and
 * of the mean of all customers, p v / (q-1); the weight of the latter is the "share". */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <gsl/gsl_sf_psi.h>
#include <math.h>
#include <string.h>

#include "store-error.h"
#include "store-estimate.h"
#include "store-gamma-gamma.h"
#include "store-gsl.h"

#define N_PARAMETERS STORE_GAMMA_GAMMA_PARAMETERS
#define N_STARTS 4
#define FEW_SPENDERS 4000

enum { P, Q, V };

/* Customers of equal x share the gamma functions: they are computed once for a run of equal x. */
typedef struct
{
  double x;
  double mean;
} Spender;

/* What does not depend on the parameters is summed once: x ln (xz) and ln z. */
typedef struct
{
  const Spender *spenders;
  guint n;
  double sum_x_log;
  double sum_log;
} Likelihood;

typedef struct
{
  double log_gamma;
  double psi_all;
  double psi_p;
  double psi1_all;
  double psi1_p;
} Gammas;

static void
find_gammas (Gammas *self,
             double  p,
             double  q,
             double  x)
{
  self->log_gamma = lgamma (p * x + q) - lgamma (p * x);
  self->psi_all = gsl_sf_psi (p * x + q);
  self->psi_p = gsl_sf_psi (p * x);
  self->psi1_all = gsl_sf_psi_1 (p * x + q);
  self->psi1_p = gsl_sf_psi_1 (p * x);
}

static void
likelihood_init (Likelihood    *self,
                 const Spender *spenders,
                 guint          n)
{
  store_gsl_prepare ();
  *self = (Likelihood) { .spenders = spenders, .n = n };
  for (guint i = 0; i < n; i++)
    {
      self->sum_x_log += spenders[i].x * log (spenders[i].x * spenders[i].mean);
      self->sum_log += log (spenders[i].mean);
    }
}

static double
add_spender (const Spender *spender,
             const Gammas  *gammas,
             double         p,
             double         q,
             double         v,
             double        *gradient,
             double        *hessian)
{
  double x = spender->x;
  double total = x * spender->mean + v;
  double log_total = log (total);
  double of_v = v / total;
  double shape = p * x + q;

  gradient[P] += p * x * (gammas->psi_all - gammas->psi_p - log_total);
  gradient[Q] += q * (gammas->psi_all - log_total);
  gradient[V] += q - shape * of_v;

  hessian[P * 3 + P] += p * x * p * x * (gammas->psi1_all - gammas->psi1_p);
  hessian[P * 3 + Q] += p * x * q * gammas->psi1_all;
  hessian[P * 3 + V] -= p * x * of_v;
  hessian[Q * 3 + Q] += q * q * gammas->psi1_all;
  hessian[Q * 3 + V] += q * (1.0 - of_v);
  hessian[V * 3 + V] -= shape * of_v * (1.0 - of_v);

  return gammas->log_gamma - shape * log_total;
}

static double
likelihood_evaluate (const double *point,
                     double       *gradient,
                     double       *hessian,
                     gpointer      data)
{
  const Likelihood *self = data;
  double p = exp (point[P]);
  double q = exp (point[Q]);
  double v = exp (point[V]);
  double sum = 0.0;
  Gammas gammas = { 0 };

  for (guint i = 0; i < 3; i++)
    gradient[i] = 0.0;
  for (guint i = 0; i < 9; i++)
    hessian[i] = 0.0;

  for (guint i = 0; i < self->n; i++)
    {
      if (i == 0 || self->spenders[i].x > self->spenders[i - 1].x)
        find_gammas (&gammas, p, q, self->spenders[i].x);
      sum += add_spender (&self->spenders[i], &gammas, p, q, v, gradient, hessian);
    }

  sum += p * self->sum_x_log - self->sum_log + self->n * (q * point[V] - lgamma (q));
  gradient[P] += p * self->sum_x_log;
  gradient[Q] += self->n * q * (point[V] - gsl_sf_psi (q));
  hessian[Q * 3 + Q] -= self->n * q * q * gsl_sf_psi_1 (q);

  /* By the logarithm of a parameter, its slope is part of its own curvature. */
  hessian[P * 3 + P] += gradient[P];
  hessian[Q * 3 + Q] += gradient[Q];
  hessian[Q * 3 + P] = hessian[P * 3 + Q];
  hessian[V * 3 + P] = hessian[P * 3 + V];
  hessian[V * 3 + Q] = hessian[Q * 3 + V];
  return sum;
}

/**
 * store_gamma_gamma_differentiate:
 * @x: repeat purchases, ascending, all positive
 * @mean: means of the repeat purchases, all positive
 * @n: how many customers
 * @log_parameters: logarithms of p, q and v
 * @gradient: (out): 3 first derivatives
 * @hessian: (out): 9 second derivatives
 *
 * Returns: the log-likelihood
 */
double
store_gamma_gamma_differentiate (const double *x,
                                 const double *mean,
                                 guint         n,
                                 const double *log_parameters,
                                 double       *gradient,
                                 double       *hessian)
{
  g_autofree Spender *spenders = g_new (Spender, n);
  Likelihood likelihood;

  for (guint i = 0; i < n; i++)
    spenders[i] = (Spender) { x[i], mean[i] };
  likelihood_init (&likelihood, spenders, n);
  return likelihood_evaluate (log_parameters, gradient, hessian, &likelihood);
}

/**
 * store_gamma_gamma_get_mean_of:
 * @table: a finished table
 * @row: a row
 *
 * Returns: the mean of the customer's repeat purchase days, in the currency's own unit; 0 without
 *   repeat purchases
 */
double
store_gamma_gamma_get_mean_of (const StorePurchaseTable *table,
                               guint                     row)
{
  const StorePurchaseColumns *columns = store_purchase_table_get_columns (table);
  guint repeats = columns->purchases[row] - 1;

  if (repeats == 0)
    return 0.0;
  return store_purchase_table_to_major (table, (double) columns->value[row] -
                                               (double) columns->first_value[row]) / repeats;
}

static int
compare_spenders (gconstpointer a,
                  gconstpointer b)
{
  const Spender *left = a;
  const Spender *right = b;

  if (left->x != right->x)
    return left->x < right->x ? -1 : 1;
  return (left->mean > right->mean) - (left->mean < right->mean);
}

static GArray *
find_spenders (const StorePurchaseTable *table)
{
  const StorePurchaseColumns *columns = store_purchase_table_get_columns (table);
  GArray *spenders = g_array_new (FALSE, FALSE, sizeof (Spender));

  for (guint row = 0; row < columns->n_rows; row++)
    {
      Spender spender = { columns->purchases[row] - 1.0,
                          store_gamma_gamma_get_mean_of (table, row) };

      if (spender.mean > 0.0)
        g_array_append_val (spenders, spender);
    }
  g_array_sort (spenders, compare_spenders);
  return spenders;
}

static double
find_mean (const Spender *spenders,
           guint          n)
{
  double sum = 0.0;

  for (guint i = 0; i < n; i++)
    sum += spenders[i].mean;
  return sum / n;
}

/* Where there are many spenders, every n-th of them will do to choose among the starts. */
static void
find_estimate (StoreEstimate *estimate,
               const Spender *spenders,
               guint          n)
{
  static const double starts[N_STARTS][N_PARAMETERS] =
    { { 4.0, 4.0, 1.0 }, { 1.0, 2.0, 1.0 }, { 20.0, 8.0, 0.5 }, { 0.5, 10.0, 10.0 } };
  guint n_few = MIN (n, FEW_SPENDERS);
  g_autofree Spender *few = g_new (Spender, n_few);
  Likelihood rough;
  Likelihood full;
  StoreEstimateSearch search = {
    .n = N_PARAMETERS,
    .n_starts = N_STARTS,
    .func = likelihood_evaluate,
    .rough = &rough,
    .full = &full,
  };

  for (guint i = 0; i < n_few; i++)
    few[i] = spenders[(guint64) i * n / n_few];
  likelihood_init (&rough, few, n_few);
  likelihood_init (&full, spenders, n);
  for (guint start = 0; start < N_STARTS; start++)
    for (guint i = 0; i < N_PARAMETERS; i++)
      search.starts[start][i] = log (starts[start][i]);
  store_estimate_find (estimate, &search);
}

/**
 * store_gamma_gamma_fit:
 * @self: (out): the model
 * @table: a finished table
 * @error: return location
 *
 * Finds the parameters under which the values of the customers' repeat purchases are most likely.
 * Customers whose repeat purchases sum to nothing or less are left out.
 *
 * Returns: %FALSE with %STORE_ERROR_TOO_LITTLE_DATA if fewer than two customers are left
 */
gboolean
store_gamma_gamma_fit (StoreGammaGamma          *self,
                       const StorePurchaseTable *table,
                       GError                  **error)
{
  g_autoptr (GArray) found = find_spenders (table);
  Spender *spenders = (Spender *) (gpointer) found->data;
  StoreEstimate estimate;

  g_return_val_if_fail (self != NULL, FALSE);

  if (found->len < 2)
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA,
                           _("Fewer than two customers bought again for money, so the value of a "
                             "purchase cannot be estimated."));
      return FALSE;
    }

  *self = (StoreGammaGamma) { .n_customers = found->len, .mean = find_mean (spenders, found->len) };
  for (guint i = 0; i < found->len; i++)
    spenders[i].mean /= self->mean;
  find_estimate (&estimate, spenders, found->len);

  self->p = exp (estimate.point[P]);
  self->q = exp (estimate.point[Q]);
  self->v = exp (estimate.point[V]) * self->mean;
  memcpy (self->covariance, estimate.covariance, sizeof self->covariance);
  self->converged = estimate.converged;
  self->at_limit = estimate.at_limit != 0;
  self->log_likelihood = estimate.value - found->len * log (self->mean);
  return TRUE;
}

/**
 * store_gamma_gamma_get_share:
 * @self: a model
 * @x: repeat purchases of positive mean value
 *
 * Returns: how much of the expected value comes from the mean of all customers, 0 to 1
 */
double
store_gamma_gamma_get_share (const StoreGammaGamma *self,
                             double                 x)
{
  if (x <= 0.0)
    return 1.0;
  if (self->q <= 1.0)
    return 0.0;
  return (self->q - 1.0) / (self->p * x + self->q - 1.0);
}

/**
 * store_gamma_gamma_get_expected:
 * @self: a model
 * @x: repeat purchases
 * @mean: their mean value, in the currency's own unit
 *
 * Where the model knows no mean of all customers (q <= 1), the mean of those seen stands for it.
 *
 * Returns: the expected value of one more purchase day, in the currency's own unit
 */
double
store_gamma_gamma_get_expected (const StoreGammaGamma *self,
                                double                 x,
                                double                 mean)
{
  double share;

  if (mean <= 0.0)
    x = 0.0;
  share = store_gamma_gamma_get_share (self, x);
  if (self->q <= 1.0)
    return x > 0.0 ? mean : self->mean;
  if (x <= 0.0)
    return self->p * self->v / (self->q - 1.0);
  return share * self->p * self->v / (self->q - 1.0) + (1.0 - share) * mean;
}
