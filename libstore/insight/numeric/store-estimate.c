/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Maximum likelihood, the same for every model: Newton's method in the logarithms of the
 * parameters, from several starts on coarse data and from the best of them on all. The inverse of
 * the information (minus the second derivatives) is the covariance of the estimates.
 *
 * The score test (Rao, 1948) asks whether given parameters still fit other data without a new
 * fit: with slope g and information J there, g' J^-1 g is about chi-square, with a degree of freedom
 * for each parameter, if the parameters are the true ones. */

#include "config.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

#include "store-estimate.h"
#include "store-gsl.h"

#define N_MAX STORE_NEWTON_MAX_PARAMETERS
#define LIMIT_LOW (-16.0)
#define LIMIT_HIGH 14.0
#define MAX_ITERATIONS 200
#define SAME_LIKELIHOOD 1e-6

static void
search_from (StoreNewton               *newton,
             const StoreEstimateSearch *search,
             gpointer                   data,
             double                    *point)
{
  *newton = (StoreNewton) { .n = search->n, .max_iterations = MAX_ITERATIONS };
  for (guint i = 0; i < search->n; i++)
    {
      newton->lower[i] = LIMIT_LOW;
      newton->upper[i] = LIMIT_HIGH;
      point[i] = CLAMP (point[i], LIMIT_LOW, LIMIT_HIGH);
    }
  store_newton_maximise (newton, point, search->func, data);
}

static void
find_start (const StoreEstimateSearch *search,
            double                    *point)
{
  double best = -HUGE_VAL;

  memcpy (point, search->starts[0], sizeof search->starts[0]);
  if (search->n_starts == 1)
    return;
  for (guint start = 0; start < search->n_starts; start++)
    {
      double from[N_MAX];
      StoreNewton newton;

      memcpy (from, search->starts[start], sizeof from);
      search_from (&newton, search, search->rough != NULL ? search->rough : search->full, from);
      if (!(newton.value > best + SAME_LIKELIHOOD))
        continue;
      best = newton.value;
      memcpy (point, from, sizeof from);
    }
}

/* The inverse of the free part of the information; the rest stays zero. */
static void
find_covariance (StoreEstimate     *self,
                 const StoreNewton *newton)
{
  guint n = self->n;
  double information[N_MAX * N_MAX] = { 0.0 };

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n; j++)
      {
        gboolean both_free = !(self->at_limit >> i & 1) && !(self->at_limit >> j & 1);

        information[i * n + j] = both_free ? -newton->hessian[i * n + j] : i == j ? 1.0 : 0.0;
      }
  for (guint i = 0; i < n; i++)
    {
      double unit[N_MAX] = { 0.0 };
      double column[N_MAX] = { 0.0 };

      if (self->at_limit >> i & 1)
        continue;
      unit[i] = 1.0;
      if (!store_newton_solve (information, unit, column, n))
        {
          memset (self->covariance, 0, sizeof self->covariance);
          return;
        }
      for (guint j = 0; j < n; j++)
        self->covariance[j * n + i] = column[j];
    }
}

/**
 * store_estimate_find:
 * @self: (out): the estimate
 * @search: what is to be found
 *
 * Searches the maximum of the likelihood. One start goes straight to the full data: so a fit is
 * warmed by the parameters of an earlier one.
 */
void
store_estimate_find (StoreEstimate             *self,
                     const StoreEstimateSearch *search)
{
  StoreNewton newton;

  g_return_if_fail (self != NULL && search != NULL);
  g_return_if_fail (search->n_starts >= 1 && search->n_starts <= STORE_ESTIMATE_MAX_STARTS);

  *self = (StoreEstimate) { .n = search->n };
  find_start (search, self->point);
  search_from (&newton, search, search->full, self->point);
  self->value = newton.value;
  self->at_limit = newton.at_limit;
  self->converged = newton.converged;
  self->iterations = newton.iterations;
  find_covariance (self, &newton);
}

/**
 * store_estimate_test_score:
 * @gradient: slope of the log-likelihood at the parameters in question
 * @hessian: its second derivatives there, @n by @n
 * @n: number of parameters
 * @statistic: (out): about chi-square with @n degrees of freedom if the parameters fit
 * @p_value: (out): probability of so large a statistic or larger
 *
 * Returns: %FALSE where the likelihood is not concave there: the parameters are far off
 */
gboolean
store_estimate_test_score (const double *gradient,
                           const double *hessian,
                           guint         n,
                           double       *statistic,
                           double       *p_value)
{
  double information[N_MAX * N_MAX] = { 0.0 };
  double solution[N_MAX] = { 0.0 };

  g_return_val_if_fail (n >= 1 && n <= N_MAX, FALSE);

  store_gsl_prepare ();
  for (guint i = 0; i < n * n; i++)
    information[i] = -hessian[i];
  *statistic = HUGE_VAL;
  *p_value = 0.0;
  if (!store_newton_solve (information, gradient, solution, n))
    return FALSE;
  *statistic = 0.0;
  for (guint i = 0; i < n; i++)
    *statistic += gradient[i] * solution[i];
  *statistic = MAX (*statistic, 0.0);
  *p_value = gsl_cdf_chisq_Q (*statistic, n);
  return TRUE;
}

/**
 * store_estimate_factor:
 * @covariance: @n by @n; a row and column of zeros is a number that does not vary
 * @n: how many numbers
 * @lower: (out): lower triangle with lower lower' = covariance
 *
 * Independent normal numbers times @lower have this covariance.
 *
 * Returns: %FALSE if @covariance is not one
 */
gboolean
store_estimate_factor (const double *covariance,
                       guint         n,
                       double       *lower)
{
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n; j++)
      {
        double sum = covariance[i * n + j];

        lower[i * n + j] = 0.0;
        if (j > i || covariance[i * n + i] == 0.0 || covariance[j * n + j] == 0.0)
          continue;
        for (guint k = 0; k < j; k++)
          sum -= lower[i * n + k] * lower[j * n + k];
        if (i == j && !(sum > 0.0 && isfinite (sum)))
          return FALSE;
        lower[i * n + j] = i == j ? sqrt (sum) : sum / lower[j * n + j];
      }
  return TRUE;
}
