/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Least squares by Householder's QR decomposition (GSL), never by normal equations, which square the
 * condition of the problem. Columns are first centred and brought to length 1: Longley's data
 * (1967), with a condition of 5e9 as they stand, then keep all nine digits that NIST certifies. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <math.h>

#include "store-error.h"
#include "store-gsl.h"
#include "store-linear-regression.h"

/* Below this share of its length, what a column adds to those before it is rounding. */
#define NOTHING_NEW 1e-10

typedef struct
{
  double *means;
  double *lengths;
  gsl_matrix *qr;
  gsl_vector *tau;
  gsl_vector *y;
  gsl_vector *slopes;
  gsl_vector *residuals;
  double y_mean;
} Work;

static void
work_clear (Work *self)
{
  g_free (self->means);
  g_free (self->lengths);
  g_clear_pointer (&self->qr, gsl_matrix_free);
  g_clear_pointer (&self->tau, gsl_vector_free);
  g_clear_pointer (&self->y, gsl_vector_free);
  g_clear_pointer (&self->slopes, gsl_vector_free);
  g_clear_pointer (&self->residuals, gsl_vector_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

static void
centre_column (Work         *self,
               const double *x,
               guint         n,
               guint         p,
               guint         j)
{
  double squares = 0.0;

  for (guint i = 0; i < n; i++)
    self->means[j] += x[(gsize) i * p + j] / n;
  for (guint i = 0; i < n; i++)
    {
      double centred = x[(gsize) i * p + j] - self->means[j];

      gsl_matrix_set (self->qr, i, j, centred);
      squares += centred * centred;
    }
  self->lengths[j] = sqrt (squares);
  for (guint i = 0; i < n && self->lengths[j] > 0.0; i++)
    gsl_matrix_set (self->qr, i, j, gsl_matrix_get (self->qr, i, j) / self->lengths[j]);
}

static void
work_init (Work         *self,
           const double *x,
           const double *y,
           guint         n,
           guint         p)
{
  self->means = g_new0 (double, p);
  self->lengths = g_new0 (double, p);
  self->qr = gsl_matrix_alloc (n, p);
  self->tau = gsl_vector_alloc (p);
  self->y = gsl_vector_alloc (n);
  self->slopes = gsl_vector_calloc (p);
  self->residuals = gsl_vector_alloc (n);
  for (guint j = 0; j < p; j++)
    centre_column (self, x, n, p, j);
  for (guint i = 0; i < n; i++)
    self->y_mean += y[i] / n;
  for (guint i = 0; i < n; i++)
    gsl_vector_set (self->y, i, y[i] - self->y_mean);
}

static gboolean
is_solvable (const Work *self)
{
  for (guint j = 0; j < self->tau->size; j++)
    if (!(self->lengths[j] > 0.0) || fabs (gsl_matrix_get (self->qr, j, j)) < NOTHING_NEW)
      return FALSE;
  return TRUE;
}

static void
take_coefficients (StoreLinearRegression *self,
                   const Work            *work)
{
  self->coefficients[0] = work->y_mean;
  for (guint j = 0; j < self->p; j++)
    {
      self->coefficients[j + 1] = gsl_vector_get (work->slopes, j) / work->lengths[j];
      self->coefficients[0] -= self->coefficients[j + 1] * work->means[j];
    }
}

static void
take_residuals (StoreLinearRegression *self,
                const Work            *work)
{
  guint spare = self->n - self->p - 1;
  double squares = 0.0;
  double absolute = 0.0;
  double total = 0.0;

  for (guint i = 0; i < self->n; i++)
    {
      double residual = gsl_vector_get (work->residuals, i);
      double y = gsl_vector_get (work->y, i);

      squares += residual * residual;
      absolute += fabs (residual);
      total += y * y;
    }
  self->sigma = spare > 0 ? sqrt (squares / spare) : NAN;
  self->rmse = sqrt (squares / self->n);
  self->mae = absolute / self->n;
  self->r2 = total > 0.0 ? 1.0 - squares / total : NAN;
}

/* The rows of R^-1: the square of the length of row j is the variance of slope j. */
static double *
invert_r (const Work *work,
          guint       p)
{
  double *inverse = g_new0 (double, (gsize) p * p);

  for (guint column = 0; column < p; column++)
    for (guint row = column + 1; row-- > 0;)
      {
        double sum = row == column ? 1.0 : 0.0;

        for (guint k = row + 1; k <= column; k++)
          sum -= gsl_matrix_get (work->qr, row, k) * inverse[k * p + column];
        inverse[row * p + column] = sum / gsl_matrix_get (work->qr, row, row);
      }
  return inverse;
}

/* The constant is the mean of y less the slopes at the means of x: it varies with both. */
static void
find_errors (StoreLinearRegression *self,
             const Work            *work)
{
  guint p = self->p;
  g_autofree double *inverse = invert_r (work, p);
  double of_constant = 1.0 / self->n;

  for (guint column = 0; column < p; column++)
    {
      double at_means = 0.0;

      for (guint j = 0; j < p; j++)
        {
          double part = inverse[j * p + column] / work->lengths[j];

          self->errors[j + 1] += part * part;
          at_means += part * work->means[j];
        }
      of_constant += at_means * at_means;
    }
  self->errors[0] = of_constant;
  for (guint j = 0; j <= p; j++)
    {
      double t;

      self->errors[j] = self->sigma * sqrt (self->errors[j]);
      t = fabs (self->coefficients[j]) / self->errors[j];
      self->p_values[j] = isfinite (t) ? 2.0 * gsl_cdf_tdist_Q (t, self->n - p - 1.0) : NAN;
    }
}

static gboolean
check_numbers (const double  *x,
               const double  *y,
               guint          n,
               guint          p,
               GError       **error)
{
  gboolean finite = TRUE;

  for (gsize i = 0; i < (gsize) n * p; i++)
    finite &= isfinite (x[i]) != 0;
  for (guint i = 0; i < n; i++)
    finite &= isfinite (y[i]) != 0;
  if (!finite)
    g_set_error_literal (error, STORE_ERROR, STORE_ERROR_INVALID,
                         _("Every value of the columns must be a number."));
  return finite;
}

/**
 * store_linear_regression_new:
 * @x: @n times @p numbers, observation by observation
 * @y: what is to be explained
 * @n: number of observations
 * @p: number of columns, without the constant
 * @error: return location
 *
 * Returns: (transfer full): the fit, or %NULL with %STORE_ERROR_TOO_LITTLE_DATA (fewer observations
 *   than numbers to be found) or %STORE_ERROR_INVALID (columns that follow from others, or values
 *   that are no numbers)
 */
StoreLinearRegression *
store_linear_regression_new (const double  *x,
                             const double  *y,
                             guint          n,
                             guint          p,
                             GError       **error)
{
  g_autoptr (StoreLinearRegression) self = NULL;
  g_auto (Work) work = { 0 };

  g_return_val_if_fail (x != NULL && y != NULL && p > 0, NULL);

  if (n < p + 1)
    {
      g_set_error (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA,
                   _("For %u columns at least %u observations are needed."), p, p + 1);
      return NULL;
    }
  if (!check_numbers (x, y, n, p, error))
    return NULL;

  store_gsl_prepare ();
  work_init (&work, x, y, n, p);
  if (gsl_linalg_QR_decomp (work.qr, work.tau) != GSL_SUCCESS || !is_solvable (&work) ||
      gsl_linalg_QR_lssolve (work.qr, work.tau, work.y, work.slopes, work.residuals) != GSL_SUCCESS)
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_INVALID,
                           _("A column is constant or follows from the others. Leave it out."));
      return NULL;
    }

  self = g_new0 (StoreLinearRegression, 1);
  self->n = n;
  self->p = p;
  self->coefficients = g_new0 (double, p + 1);
  self->errors = g_new0 (double, p + 1);
  self->p_values = g_new0 (double, p + 1);
  take_coefficients (self, &work);
  take_residuals (self, &work);
  find_errors (self, &work);
  return g_steal_pointer (&self);
}

void
store_linear_regression_free (StoreLinearRegression *self)
{
  if (self == NULL)
    return;
  g_free (self->coefficients);
  g_free (self->errors);
  g_free (self->p_values);
  g_free (self);
}

/**
 * store_linear_regression_predict:
 * @self: a fit
 * @x: as many numbers as the fit has columns
 *
 * Returns: what the fit expects there
 */
double
store_linear_regression_predict (const StoreLinearRegression *self,
                                 const double                *x)
{
  double sum = self->coefficients[0];

  for (guint j = 0; j < self->p; j++)
    sum += self->coefficients[j + 1] * x[j];
  return sum;
}
