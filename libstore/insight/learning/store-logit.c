/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Logistic regression by Newton's method, written as least squares with weights that are made anew
 * in each pass (McCullagh and Nelder, "Generalized Linear Models", 1989, section 2.5) and solved by
 * reflections (store-tall-qr.c), so that the condition of the columns is not squared. Columns are
 * standardised inside. A penalty on the squared coefficients, never on the constant, is the square
 * root of it on the diagonal of the first triangle: rows that say "0".
 *
 * With separation (Albert and Anderson 1984) the likelihood grows for ever while the coefficients
 * go to infinity by a step of the same length each time; that is how it is recognised.
 *
 * Over many rows the search begins with one in sixteen; three or four passes over all then do. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <gsl/gsl_cdf.h>
#include <math.h>

#include "store-error.h"
#include "store-logit-search.h"
#include "store-parallel.h"
#include "store-tall-qr.h"

#define MANY_ROWS 262144
#define SAMPLE_EVERY 16
#define LAST_STEP 1e-7
#define SAMPLE_STEP 1e-4
#define SAMPLE_PENALTY 1.0
#define ALL_THE_SAME 1e-9

typedef struct
{
  StoreLogit *fit;
  const double *x;
  gboolean squares;
  double *sums;
} Moments;

static void
add_block (guint    block,
           gpointer data)
{
  const Moments *self = data;
  guint p = self->fit->p;
  double *sums = self->sums + (gsize) block * p;
  guint end = MIN ((block + 1) * STORE_LOGIT_BLOCK, self->fit->n);

  for (guint i = block * STORE_LOGIT_BLOCK; i < end; i++)
    for (guint j = 0; j < p; j++)
      {
        double x = self->x[(gsize) i * p + j] - self->fit->means[j];

        sums[j] += self->squares ? x * x : x;
      }
}

static gboolean
take_moments (StoreLogit    *fit,
              const double  *x,
              gboolean       squares,
              double        *moments,
              GCancellable  *cancellable,
              GError       **error)
{
  guint n_blocks = STORE_LOGIT_N_BLOCKS (fit->n);
  g_autofree double *sums = g_new0 (double, (gsize) n_blocks * fit->p);
  Moments work = { fit, x, squares, sums };

  if (!store_parallel_run (n_blocks, add_block, &work, cancellable, error))
    return FALSE;
  for (guint block = 0; block < n_blocks; block++)
    for (guint j = 0; j < fit->p; j++)
      moments[j] += sums[block * fit->p + j] / fit->n;
  return TRUE;
}

static gboolean
standardise (StoreLogit    *fit,
             const double  *x,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autofree double *means = g_new0 (double, fit->p + 1);

  if (!take_moments (fit, x, FALSE, means, cancellable, error))
    return FALSE;
  memcpy (fit->means, means, fit->p * sizeof *means);
  if (!take_moments (fit, x, TRUE, fit->sds, cancellable, error))
    return FALSE;
  for (guint j = 0; j < fit->p; j++)
    {
      fit->sds[j] = sqrt (fit->sds[j]);
      fit->is_left_out[j] = !(fit->sds[j] > ALL_THE_SAME * fabs (fit->means[j]));
    }
  return TRUE;
}

/* From standardised to the columns' own units: slope / sd, and the constant at zero. The same
 * matrix turns the inverse triangle, whose rows' products are the covariance. */
static void
take_slopes (StoreLogit   *fit,
             const double *slopes)
{
  fit->coefficients[0] = slopes[0];
  for (guint j = 0; j < fit->p; j++)
    if (!fit->is_left_out[j])
      {
        fit->coefficients[j + 1] = slopes[j + 1] / fit->sds[j];
        fit->coefficients[0] -= fit->coefficients[j + 1] * fit->means[j];
      }
}

static void
take_covariance (StoreLogit   *fit,
                 const double *triangle)
{
  guint n = fit->p + 1;
  g_autofree double *inverse = store_tall_qr_invert (triangle, n + 1);

  for (guint j = 0; j < fit->p; j++)
    for (guint k = 0; k < n && !fit->is_left_out[j]; k++)
      {
        inverse[(j + 1) * n + k] /= fit->sds[j];
        inverse[k] -= inverse[(j + 1) * n + k] * fit->means[j];
      }
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n; j++)
      for (guint k = 0; k < n; k++)
        fit->covariance[i * n + j] += inverse[i * n + k] * inverse[j * n + k];
}

static void
take_errors (StoreLogit *fit)
{
  guint n = fit->p + 1;

  for (guint j = 0; j < n; j++)
    {
      gboolean is_known = fit->penalty <= 0.0 && !fit->is_separated &&
                          (j == 0 || !fit->is_left_out[j - 1]);

      fit->errors[j] = is_known ? sqrt (fit->covariance[j * n + j]) : NAN;
      fit->p_values[j] =
        is_known ? 2.0 * gsl_cdf_ugaussian_Q (fabs (fit->coefficients[j]) / fit->errors[j]) : NAN;
    }
}

static void
take_likelihood (StoreLogit   *fit,
                 const double *y)
{
  double mean = 0.0;
  guint n_free = 1;

  for (guint i = 0; i < fit->n; i++)
    mean += y[i] / fit->n;
  for (guint j = 0; j < fit->p; j++)
    n_free += !fit->is_left_out[j];
  fit->null_log_likelihood = mean > 0.0 && mean < 1.0
                               ? fit->n * (mean * log (mean) + (1.0 - mean) * log1p (-mean))
                               : 0.0;
  fit->aic = 2.0 * n_free - 2.0 * fit->log_likelihood;
  fit->pseudo_r2 = fit->null_log_likelihood < 0.0
                     ? 1.0 - fit->log_likelihood / fit->null_log_likelihood
                     : NAN;
}

/* A sample may lack what tells two columns apart, so it is searched with a mild penalty. */
static gboolean
search_sample (StoreLogit        *fit,
               StoreLogitSearch  *work,
               double            *triangle,
               GCancellable      *cancellable,
               GError           **error)
{
  gboolean good;

  work->every = SAMPLE_EVERY;
  work->penalty = MAX (fit->penalty, SAMPLE_PENALTY);
  good = store_logit_search_run (work, fit, triangle, SAMPLE_STEP, cancellable, error);
  work->every = 1;
  work->penalty = fit->penalty;
  return good;
}

static gboolean
fit_slopes (StoreLogit        *fit,
            StoreLogitSearch  *work,
            double            *triangle,
            GCancellable      *cancellable,
            GError           **error)
{
  if (fit->n > MANY_ROWS && !search_sample (fit, work, triangle, cancellable, error))
    return FALSE;
  return store_logit_search_run (work, fit, triangle, LAST_STEP, cancellable, error);
}

static gboolean
check_numbers (const double  *x,
               const double  *y,
               guint          n,
               guint          p,
               GError       **error)
{
  gboolean good = TRUE;

  for (gsize i = 0; i < (gsize) n * p; i++)
    good &= isfinite (x[i]) != 0;
  for (guint i = 0; i < n; i++)
    good &= y[i] >= 0.0 && y[i] <= 1.0;
  if (!good)
    g_set_error_literal (error, STORE_ERROR, STORE_ERROR_INVALID,
                         _("Every value of the columns must be a number, and every outcome yes or "
                           "no."));
  return good;
}

/**
 * store_logit_alloc:
 * @p: number of columns
 *
 * Returns: (transfer full): a fit of zeroes, to be filled in
 */
StoreLogit *
store_logit_alloc (guint p)
{
  StoreLogit *self = g_new0 (StoreLogit, 1);

  self->p = p;
  self->means = g_new0 (double, p + 1);
  self->sds = g_new0 (double, p + 1);
  self->coefficients = g_new0 (double, p + 1);
  self->covariance = g_new0 (double, (gsize) (p + 1) * (p + 1));
  self->errors = g_new0 (double, p + 1);
  self->p_values = g_new0 (double, p + 1);
  self->is_left_out = g_new0 (gboolean, p + 1);
  return self;
}

/**
 * store_logit_new:
 * @x: @n times @p numbers, row by row
 * @y: outcomes, 0 or 1 (or a share between)
 * @n: number of rows
 * @p: number of columns
 * @penalty: 0 for the fit of greatest likelihood; 1 is the usual mild penalty
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * The bits of the fit do not depend on the number of threads. Slow for many rows: call it on a
 * worker thread.
 *
 * Returns: (transfer full): the fit, or %NULL with %STORE_ERROR_TOO_LITTLE_DATA,
 *   %STORE_ERROR_INVALID or %G_IO_ERROR_CANCELLED
 */
StoreLogit *
store_logit_new (const double  *x,
                 const double  *y,
                 guint          n,
                 guint          p,
                 double         penalty,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_autoptr (StoreLogit) fit = NULL;
  g_autofree double *slopes = g_new0 (double, p + 1);
  g_autofree double *triangle = g_new0 (double, (gsize) (p + 2) * (p + 2));

  g_return_val_if_fail (x != NULL && y != NULL && penalty >= 0.0, NULL);

  if (n < p + 1 && penalty <= 0.0)
    {
      g_set_error (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA,
                   _("For %u columns at least %u rows are needed."), p, p + 1);
      return NULL;
    }
  if (!check_numbers (x, y, n, p, error))
    return NULL;

  fit = store_logit_alloc (p);
  fit->n = n;
  fit->penalty = penalty;
  if (!standardise (fit, x, cancellable, error))
    return NULL;

  StoreLogitSearch work = { x, y, n, p, 1, penalty, fit->means, fit->sds, fit->is_left_out, slopes };

  if (!fit_slopes (fit, &work, triangle, cancellable, error))
    return NULL;
  take_slopes (fit, slopes);
  take_covariance (fit, triangle);
  take_errors (fit);
  take_likelihood (fit, y);
  return g_steal_pointer (&fit);
}

void
store_logit_free (StoreLogit *self)
{
  if (self == NULL)
    return;
  g_free (self->means);
  g_free (self->sds);
  g_free (self->coefficients);
  g_free (self->covariance);
  g_free (self->errors);
  g_free (self->p_values);
  g_free (self->is_left_out);
  g_free (self);
}

/**
 * store_logit_predict:
 * @self: a fit
 * @x: as many numbers as the fit has columns
 *
 * Returns: the log odds of "yes" there
 */
double
store_logit_predict (const StoreLogit *self,
                     const double     *x)
{
  double sum = self->coefficients[0];

  for (guint j = 0; j < self->p; j++)
    sum += self->coefficients[j + 1] * x[j];
  return sum;
}
