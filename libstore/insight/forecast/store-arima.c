/* SPDX-License-Identifier: GPL-3.0-or-later */

/* ARIMA models by exact likelihood. A series is differenced first, and what is made as large as
 * possible is the likelihood of its differences (what a diffuse start gives too: Ansley, Kohn,
 * Annals of Statistics 13, 1985); for what is told of it see store-arima-start.c. The variance and
 * the numbers of regressors follow for given lags, and the search is over the lags alone: own lags
 * by their partial autocorrelations, which keeps the model stationary (Jones, Technometrics 22,
 * 1980), lags of shocks as they are; afterwards those are turned into the one of the equally likely
 * sets that can be inverted. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <gsl/gsl_poly.h>
#include <math.h>
#include <string.h>

#include "store-arima-private.h"
#include "store-bfgs.h"
#include "store-error.h"
#include "store-gsl.h"

#define MAX_ITERATIONS 200

/* Roots nearer to the unit circle than this are the edge of the kind of model. */
#define SMALLEST_ROOT 1.01

typedef struct
{
  StoreArima *model;
  StoreArimaDesign *design;
  const double *values;
  double log_variances;
} Search;

static void
take_partial (const double *from,
              double       *to,
              guint         n)
{
  double former[STORE_ARIMA_MAX_LAGS];

  for (guint k = 0; k < n; k++)
    {
      double partial = tanh (from[k]);

      memcpy (former, to, k * sizeof *to);
      for (guint i = 0; i < k; i++)
        to[i] = former[i] - partial * former[k - 1 - i];
      to[k] = partial;
    }
}

static void
take_point (StoreArima   *model,
            const double *point)
{
  const StoreArimaOrder *order = &model->order;

  take_partial (point, model->ar, order->p);
  point += order->p;
  memcpy (model->ma, point, order->q * sizeof *point);
  point += order->q;
  take_partial (point, model->seasonal_ar, order->seasonal_p);
  point += order->seasonal_p;
  memcpy (model->seasonal_ma, point, order->seasonal_q * sizeof *point);
}

/* Half of minus twice the logarithm of the likelihood by observation, without its constant. */
static double
evaluate (Search *search,
          double *regression,
          double *sum_of_squares)
{
  StoreArimaDesign *design = search->design;
  g_auto (StoreArimaLags) lags = { 0 };
  StoreArmaFilter filter = {
    .n_columns = design->n_columns,
    .n = design->n,
    .columns = (const double *const *) design->columns,
    .errors = design->errors,
  };

  store_arima_lags_init (&lags, search->model);
  if (!store_arma_filter (&lags.arma, &filter))
    return INFINITY;
  search->log_variances = filter.log_variances;
  *sum_of_squares = store_arima_design_regress (design, regression);
  if (!(*sum_of_squares > 0.0))
    return INFINITY;
  return 0.5 * (log (*sum_of_squares / design->n) + filter.log_variances / design->n);
}

static double
evaluate_point (const double *point,
                gpointer      data)
{
  Search *search = data;
  double sum_of_squares;

  take_point (search->model, point);
  return evaluate (search, NULL, &sum_of_squares);
}

/* Roots inside of the unit circle are mirrored to the outside; the likelihood stays what it is. */
static void
invert (double *theta,
        guint   n)
{
  double numbers[STORE_ARIMA_MAX_LAGS + 1] = { 1.0 };
  double roots[2 * STORE_ARIMA_MAX_LAGS] = { 0 };
  double real[STORE_ARIMA_MAX_LAGS + 1] = { 1.0 };
  double imaginary[STORE_ARIMA_MAX_LAGS + 1] = { 0.0 };
  g_autofree double *turned = g_new0 (double, n + 1);
  gsl_poly_complex_workspace *workspace;

  for (guint i = 0; i < n; i++)
    turned[i] = -theta[i];
  while (n > 0 && fabs (theta[n - 1]) < 1e-12)
    n--;
  if (n == 0 || store_arma_is_stationary (turned, n, 1.0))
    return;

  memcpy (numbers + 1, theta, n * sizeof *theta);
  store_gsl_prepare ();
  workspace = gsl_poly_complex_workspace_alloc (n + 1);
  gsl_poly_complex_solve (numbers, n + 1, workspace, roots);
  gsl_poly_complex_workspace_free (workspace);
  for (guint j = 0; j < n; j++)
    {
      double size = roots[2 * j] * roots[2 * j] + roots[2 * j + 1] * roots[2 * j + 1];
      /* 1 / root, or the conjugate of the root where it lies inside. */
      double re = size < 1.0 ? roots[2 * j] : roots[2 * j] / size;
      double im = size < 1.0 ? -roots[2 * j + 1] : -roots[2 * j + 1] / size;

      for (guint i = j + 1; i > 0; i--)
        {
          real[i] -= re * real[i - 1] - im * imaginary[i - 1];
          imaginary[i] -= re * imaginary[i - 1] + im * real[i - 1];
        }
    }
  memcpy (theta, real + 1, n * sizeof *theta);
}

static gboolean
is_far_from_edge (const StoreArima *model)
{
  g_auto (StoreArimaLags) lags = { 0 };

  store_arima_lags_init (&lags, model);
  for (guint i = 0; i < lags.arma.q; i++)
    lags.theta[i] = -lags.theta[i];
  return store_arma_is_stationary (lags.phi, lags.arma.p, SMALLEST_ROOT) &&
         store_arma_is_stationary (lags.theta, lags.arma.q, SMALLEST_ROOT);
}

static void
finish (Search *search)
{
  StoreArima *model = search->model;
  const double n = search->design->n;
  const double k = model->n_coefficients + 1.0;
  double squares = 0.0;
  double first_squares = 0.0;

  invert (model->ma, model->order.q);
  invert (model->seasonal_ma, model->order.seasonal_q);
  evaluate (search, model->regression, &squares);
  model->sigma2 = squares / n;
  store_arima_add_start (model, search->design, search->values, &squares, &search->log_variances,
                         &first_squares);
  model->variance = (squares + first_squares) / (n > k - 1.0 ? n - k + 1.0 : n);
  model->loglik = -0.5 * (n * (log (squares / n) + 1.0 + log (2.0 * G_PI)) +
                          search->log_variances);
  model->aicc = INFINITY;
  if (n - k - 1.0 > 0.0)
    model->aicc = -2.0 * model->loglik + 2.0 * k + 2.0 * k * (k + 1.0) / (n - k - 1.0);
  if (!isfinite (model->loglik))
    model->aicc = INFINITY;
}

/* Nothing is left to be explained: the series follows its own past without any shock. */
static gboolean
finish_exact (Search *search)
{
  StoreArima *model = search->model;
  double largest = 0.0;
  double sum_of_squares = 0.0;

  for (guint t = 0; t < search->design->n; t++)
    largest = MAX (largest, fabs (search->design->columns[0][t]));
  memset (model->ar, 0, sizeof model->ar + sizeof model->ma + sizeof model->seasonal_ar +
                        sizeof model->seasonal_ma);
  evaluate (search, model->regression, &sum_of_squares);
  if (sum_of_squares > 1e-24 * search->design->n * largest * largest)
    return FALSE;
  model->sound = TRUE;
  model->aicc = -INFINITY;
  model->loglik = INFINITY;
  return TRUE;
}

static void
fit (Search *search)
{
  StoreArima *model = search->model;
  const StoreArimaOrder *order = &model->order;
  StoreBfgs bfgs = {
    .n = order->p + order->q + order->seasonal_p + order->seasonal_q,
    .max_iterations = MAX_ITERATIONS,
  };
  double point[STORE_BFGS_MAX_PARAMETERS] = { 0 };

  if (finish_exact (search))
    return;
  store_bfgs_minimise (&bfgs, point, evaluate_point, search);
  model->sound = store_bfgs_is_minimum (point, bfgs.n, evaluate_point, search);
  take_point (model, point);
  finish (search);
  model->sound &= isfinite (model->aicc) && is_far_from_edge (model);
}

static gboolean
check_input (const double          *values,
             guint                  n,
             const StoreArimaOrder *order,
             GError               **error)
{
  if (n < store_arima_order_get_lost (order) + 2)
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA,
                           _("The series is too short for this model."));
      return FALSE;
    }
  for (guint t = 0; t < n; t++)
    if (!isfinite (values[t]))
      {
        g_set_error_literal (error, STORE_ERROR, STORE_ERROR_INVALID,
                             _("Every value of a series must be a number."));
        return FALSE;
      }
  return TRUE;
}

/**
 * store_arima_new:
 * @values: the series, a value a period
 * @n: how many
 * @order: which model
 * @error: return location
 *
 * Fits one model by exact likelihood. On any thread.
 *
 * Returns: (transfer full): the fit, or %NULL with %STORE_ERROR_TOO_LITTLE_DATA or
 *   %STORE_ERROR_INVALID
 */
StoreArima *
store_arima_new (const double           *values,
                 guint                   n,
                 const StoreArimaOrder  *order,
                 GError                **error)
{
  g_autoptr (StoreArima) self = g_new0 (StoreArima, 1);
  g_auto (StoreArimaDesign) design = { 0 };
  Search search = { self, &design, values, 0.0 };

  g_return_val_if_fail (values != NULL && order->season > 0, NULL);
  g_return_val_if_fail (order->p <= STORE_ARIMA_MAX_LAGS && order->q <= STORE_ARIMA_MAX_LAGS, NULL);
  g_return_val_if_fail (order->seasonal_p <= STORE_ARIMA_MAX_SEASONAL_LAGS, NULL);
  g_return_val_if_fail (order->seasonal_q <= STORE_ARIMA_MAX_SEASONAL_LAGS, NULL);
  g_return_val_if_fail (order->waves <= STORE_ARIMA_MAX_WAVES, NULL);

  if (!check_input (values, n, order, error))
    return NULL;
  self->order = *order;
  self->n_regressors = store_arima_order_n_regressors (order);
  self->n_coefficients = order->p + order->q + order->seasonal_p + order->seasonal_q +
                         self->n_regressors;
  store_arima_design_init (&design, order, values, n);
  self->n_used = design.n;
  fit (&search);
  return g_steal_pointer (&self);
}

void
store_arima_free (StoreArima *self)
{
  g_free (self);
}

/**
 * store_arima_dup_name:
 * @self: a fit
 *
 * Returns: (transfer full): as ARIMA(0,1,1)(0,1,1)[12] with drift
 */
char *
store_arima_dup_name (const StoreArima *self)
{
  const StoreArimaOrder *order = &self->order;
  GString *name = g_string_new (NULL);

  g_string_append_printf (name, "ARIMA(%u,%u,%u)", order->p, order->d, order->q);
  if (order->seasonal_p + order->seasonal_d + order->seasonal_q > 0)
    g_string_append_printf (name, "(%u,%u,%u)[%u]", order->seasonal_p, order->seasonal_d,
                            order->seasonal_q, order->season);
  if (order->constant)
    g_string_append (name, order->d + order->seasonal_d > 0 ? " with drift" : " with mean");
  if (order->waves > 0)
    g_string_append_printf (name, " + Fourier(%u)[%u]", order->waves, order->season);
  return g_string_free (name, FALSE);
}
