/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The fit of any purchase-history model: in the logarithms of the parameters and in times of mean
 * T = 1, first from four starts on coarsened patterns, then from the best of them on all. Where
 * nobody seems to leave (a -> 0) the model is the plain NBD; that is fitted too and taken when it
 * is as likely. Parameters that grow without end, or rest on the limit of the search, are told as
 * a boundary, never as an error. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "store-error.h"
#include "store-estimate.h"
#include "store-purchase-likelihood.h"

#define COARSE_STEPS 12
#define SAME_LIKELIHOOD 1e-6
#define RARE_LEAVING 1e-3
#define NO_SPREAD 1e4

static double
get_time_unit (const StorePurchaseModelClass *klass,
               const StorePurchasePatterns   *patterns)
{
  return klass->discrete ? 1.0 : patterns->mean_T;
}

/* An earlier fit whose every parameter means something is the only start. */
static gboolean
begin_at_known (StoreEstimateSearch           *search,
                const StorePurchaseModelClass *klass,
                const StorePurchaseModel      *known,
                double                         time_unit)
{
  if (known == NULL || store_purchase_model_get_class (known->kind) != klass)
    return FALSE;
  for (guint i = 0; i < klass->n_parameters; i++)
    {
      if (!(known->parameters[i] > 0.0 && isfinite (known->parameters[i])))
        return FALSE;
      search->starts[0][i] = log (known->parameters[i]);
      if (klass->in_time[i])
        search->starts[0][i] -= log (time_unit);
    }
  search->n_starts = 1;
  return TRUE;
}

static void
find_estimate (StoreEstimate                 *estimate,
               const StorePurchaseModelClass *klass,
               guint                          k,
               const StorePurchasePatterns   *patterns,
               const StorePurchaseModel      *known,
               GCancellable                  *cancellable)
{
  double time_unit = get_time_unit (klass, patterns);
  g_autoptr (StorePurchasePatterns) coarse = NULL;
  g_auto (StorePurchaseLikelihood) rough = { 0 };
  g_auto (StorePurchaseLikelihood) full = { 0 };
  StoreEstimateSearch search = {
    .n = klass->n_parameters,
    .func = store_purchase_likelihood_evaluate,
    .full = &full,
  };

  store_purchase_likelihood_init (&full, klass, k, patterns, time_unit, cancellable);
  if (!begin_at_known (&search, klass, known, time_unit))
    {
      search.n_starts = STORE_PURCHASE_MODEL_STARTS;
      for (guint start = 0; start < search.n_starts; start++)
        klass->find_start (patterns, k, start, search.starts[start]);
      if (!klass->discrete)
        {
          coarse = store_purchase_patterns_coarsen (patterns, COARSE_STEPS);
          store_purchase_likelihood_init (&rough, klass, k, coarse, time_unit, cancellable);
          search.rough = &rough;
        }
    }
  store_estimate_find (estimate, &search);
}

static void
take_estimate (StorePurchaseModel          *self,
               const StoreEstimate         *estimate,
               const StorePurchasePatterns *patterns,
               double                       sum_log_gaps)
{
  const StorePurchaseModelClass *klass = store_purchase_model_get_class (self->kind);
  double time_unit = get_time_unit (klass, patterns);
  guint n = estimate->n;

  memset (self->parameters, 0, sizeof self->parameters);
  memset (self->covariance, 0, sizeof self->covariance);
  for (guint i = 0; i < n; i++)
    {
      self->parameters[i] = exp (estimate->point[i]) * (klass->in_time[i] ? time_unit : 1.0);
      for (guint j = 0; j < n; j++)
        self->covariance[i * N_PARAMETERS + j] = estimate->covariance[i * n + j];
    }
  self->converged = estimate->converged;
  self->iterations = estimate->iterations;

  /* In weeks: a time unit in each factor of r + k x, and k - 1 of them in the gaps. */
  self->log_likelihood = estimate->value - self->k * patterns->n_repeats * log (time_unit);
  if (self->k > 1)
    self->log_likelihood += (self->k - 1.0) * sum_log_gaps -
                            patterns->n_repeats * lgamma (self->k);
}

static StorePurchaseBoundary
find_boundary (const StorePurchaseModel *self,
               guint                     at_limit)
{
  const StorePurchaseModelClass *klass = store_purchase_model_get_class (self->kind);
  double spread = klass->discrete ? self->parameters[R] + self->parameters[ALPHA]
                                  : self->parameters[R];
  double leaving = klass->in_time[BETA] ? self->parameters[S]
                                        : self->parameters[A] + self->parameters[B];

  if (spread > NO_SPREAD)
    return STORE_BOUNDARY_EQUAL_RATES;
  if (leaving > NO_SPREAD)
    return STORE_BOUNDARY_EQUAL_LEAVING;
  return at_limit != 0 ? STORE_BOUNDARY_LOOSE : STORE_BOUNDARY_INSIDE;
}

static void
forget_leaving (StorePurchaseModel *self)
{
  self->parameters[A] = 0.0;
  self->parameters[B] = 0.0;
  for (guint i = 0; i < N_PARAMETERS; i++)
    for (guint j = 0; j < N_PARAMETERS; j++)
      if (i >= A || j >= A)
        self->covariance[i * N_PARAMETERS + j] = 0.0;
  self->boundary = STORE_BOUNDARY_NOBODY_LEAVES;
}

/* The same search with nobody leaving, from the rates found with leaving. */
static void
take_plain_nbd (StorePurchaseModel          *self,
                const StorePurchasePatterns *patterns,
                GCancellable                *cancellable)
{
  StorePurchaseModel plain = *self;
  StoreEstimate estimate;

  plain.kind = STORE_NBD;
  find_estimate (&estimate, &store_nbd_class, 1, patterns, &plain, cancellable);
  plain.kind = self->kind;
  take_estimate (&plain, &estimate, patterns, 0.0);
  if (plain.log_likelihood < self->log_likelihood - SAME_LIKELIHOOD)
    return;
  *self = plain;
  forget_leaving (self);
}

static gboolean
seems_without_leaving (const StorePurchaseModel    *self,
                       const StorePurchasePatterns *patterns)
{
  const StorePurchaseModelClass *klass = store_purchase_model_get_class (self->kind);

  if (klass->in_time[BETA])
    return self->parameters[S] * patterns->mean_T < RARE_LEAVING * self->parameters[BETA];
  return self->parameters[A] < RARE_LEAVING * (self->parameters[A] + self->parameters[B]);
}

static void
fit_one_k (StorePurchaseModel              *self,
           const StorePurchaseModelOptions *options,
           const StorePurchasePatterns     *patterns,
           GCancellable                    *cancellable)
{
  const StorePurchaseModelClass *klass = store_purchase_model_get_class (self->kind);
  const StorePurchaseModel *known = options->known;
  StoreEstimate estimate;

  if (known != NULL && known->k != self->k)
    known = NULL;
  find_estimate (&estimate, klass, self->k, patterns, known, cancellable);
  take_estimate (self, &estimate, patterns, options->sum_log_gaps);
  self->boundary = find_boundary (self, estimate.at_limit);
  if (klass->n_parameters < N_PARAMETERS)
    return;
  if (!klass->discrete && !klass->regular && seems_without_leaving (self, patterns))
    take_plain_nbd (self, patterns, cancellable);
  else if (estimate.at_limit >> A & 1 && seems_without_leaving (self, patterns))
    forget_leaving (self);
}

/* The likelihood rises with k and falls again. */
static void
fit_likeliest_k (StorePurchaseModel              *self,
                 const StorePurchaseModelOptions *options,
                 const StorePurchasePatterns     *patterns,
                 GCancellable                    *cancellable)
{
  self->k = 1;
  fit_one_k (self, options, patterns, cancellable);
  for (guint k = 2; k <= STORE_PURCHASE_MODEL_MAX_K; k++)
    {
      StorePurchaseModel more = *self;

      more.k = k;
      fit_one_k (&more, options, patterns, cancellable);
      if (more.log_likelihood <= self->log_likelihood)
        break;
      *self = more;
    }
}

static gboolean
are_possible (const StorePurchasePatterns   *patterns,
              const StorePurchaseModelClass *klass)
{
  for (guint i = 0; i < patterns->n; i++)
    {
      double x = patterns->x[i];
      double t_x = patterns->t_x[i];

      if (!(x >= 0.0 && t_x >= 0.0 && t_x <= patterns->T[i] && isfinite (patterns->T[i])) ||
          (x > 0.0) != (t_x > 0.0) || (klass->discrete && x > t_x) ||
          !(patterns->weight[i] > 0.0 && isfinite (patterns->weight[i])))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_patterns (const StorePurchasePatterns    *patterns,
                const StorePurchaseModelClass  *klass,
                GError                        **error)
{
  if (!are_possible (patterns, klass))
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_INVALID,
                           _("There cannot be more purchases than occasions, nor a last purchase "
                             "without one."));
      return FALSE;
    }
  if (patterns->n_repeaters > 0 && patterns->mean_T > 0.0)
    return TRUE;
  g_set_error_literal (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA,
                       _("No customer has come back yet, so nothing can be said about who will."));
  return FALSE;
}

/**
 * store_purchase_model_fit:
 * @self: (out): the model
 * @options: what to fit
 * @patterns: the customers, as store_purchase_model_find_patterns() gives them
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Finds the parameters under which the customers' purchases are most likely. A best model on the
 * boundary is an answer, not an error: see @boundary of the model.
 *
 * Returns: %FALSE with %STORE_ERROR_TOO_LITTLE_DATA if nobody came back or no time has passed,
 *   %STORE_ERROR_INVALID (impossible patterns) or %STORE_ERROR_CANCELLED
 */
gboolean
store_purchase_model_fit (StorePurchaseModel              *self,
                          const StorePurchaseModelOptions *options,
                          const StorePurchasePatterns     *patterns,
                          GCancellable                    *cancellable,
                          GError                         **error)
{
  const StorePurchaseModelClass *klass;

  g_return_val_if_fail (self != NULL && options != NULL && patterns != NULL, FALSE);
  g_return_val_if_fail (options->kind < STORE_PURCHASE_MODEL_KINDS, FALSE);
  g_return_val_if_fail (options->k <= STORE_PURCHASE_MODEL_MAX_K, FALSE);

  klass = store_purchase_model_get_class (options->kind);
  if (!check_patterns (patterns, klass, error))
    return FALSE;

  *self = (StorePurchaseModel) {
    .kind = options->kind,
    .k = klass->regular ? options->k : 1,
    .occasion_weeks = klass->discrete ? options->occasion_weeks : 1.0,
  };
  if (self->k > 0)
    fit_one_k (self, options, patterns, cancellable);
  else
    fit_likeliest_k (self, options, patterns, cancellable);

  if (!g_cancellable_is_cancelled (cancellable))
    return TRUE;
  g_set_error_literal (error, STORE_ERROR, STORE_ERROR_CANCELLED, _("Stopped before the end."));
  return FALSE;
}

/**
 * store_purchase_model_fit_kind:
 * @self: (out): the model
 * @kind: which model, without k and occasions
 * @patterns: the customers
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * As store_purchase_model_fit() with all else as usual.
 *
 * Returns: as store_purchase_model_fit()
 */
gboolean
store_purchase_model_fit_kind (StorePurchaseModel           *self,
                               StorePurchaseModelKind        kind,
                               const StorePurchasePatterns  *patterns,
                               GCancellable                 *cancellable,
                               GError                      **error)
{
  StorePurchaseModelOptions options = STORE_PURCHASE_MODEL_OPTIONS_INIT;

  options.kind = kind;
  options.k = 1;
  return store_purchase_model_fit (self, &options, patterns, cancellable, error);
}

/**
 * store_purchase_model_differentiate:
 * @kind: which model
 * @k: regularity, 1 for the kinds without
 * @patterns: the customers
 * @log_parameters: logarithms of the parameters
 * @gradient: (out): first derivatives by @log_parameters
 * @hessian: (out): second derivatives, row by row
 *
 * Returns: the log-likelihood in weeks; for @k above 1 without what depends on the gaps alone
 */
double
store_purchase_model_differentiate (StorePurchaseModelKind       kind,
                                    guint                        k,
                                    const StorePurchasePatterns *patterns,
                                    const double                *log_parameters,
                                    double                      *gradient,
                                    double                      *hessian)
{
  g_auto (StorePurchaseLikelihood) likelihood = { 0 };

  g_return_val_if_fail (kind < STORE_PURCHASE_MODEL_KINDS && patterns != NULL, 0.0);

  store_purchase_likelihood_init (&likelihood, store_purchase_model_get_class (kind), k, patterns,
                                  1.0, NULL);
  return store_purchase_likelihood_evaluate (log_parameters, gradient, hessian, &likelihood);
}

/**
 * store_purchase_model_test_score:
 * @self: a model that was fitted to other customers, or to these at an earlier time
 * @patterns: the customers of now
 * @statistic: (out) (optional): chi-square, with a degree of freedom for each parameter that was
 *   determined
 *
 * Asks whether the parameters still fit, without a new fit. A small answer says that it is time for
 * one.
 *
 * Returns: the probability of a misfit like this by chance alone, 0 to 1
 */
double
store_purchase_model_test_score (const StorePurchaseModel    *self,
                                 const StorePurchasePatterns *patterns,
                                 double                      *statistic)
{
  StorePurchaseModelKind kind;
  double point[N_PARAMETERS] = { 0.0 };
  double gradient[N_PARAMETERS] = { 0.0 };
  double hessian[N_PARAMETERS * N_PARAMETERS] = { 0.0 };
  guint which[N_PARAMETERS];
  double chi_square = 0.0;
  double p_value = 1.0;
  guint n_all;
  guint n = 0;

  g_return_val_if_fail (self != NULL && patterns != NULL, 0.0);

  kind = self->boundary == STORE_BOUNDARY_NOBODY_LEAVES && self->k == 1 ? STORE_NBD : self->kind;
  n_all = store_purchase_model_get_n_parameters (kind);
  for (guint i = 0; i < n_all; i++)
    {
      point[i] = self->parameters[i] > 0.0 ? log (self->parameters[i]) : i == A ? -690.0 : 0.0;
      if (self->covariance[i * N_PARAMETERS + i] > 0.0)
        which[n++] = i;
    }
  store_purchase_model_differentiate (kind, self->k, patterns, point, gradient, hessian);
  for (guint i = 0; i < n; i++)
    {
      gradient[i] = gradient[which[i]];
      for (guint j = 0; j < n; j++)
        hessian[i * n + j] = hessian[which[i] * n_all + which[j]];
    }
  if (n > 0)
    store_estimate_test_score (gradient, hessian, n, &chi_square, &p_value);
  if (statistic != NULL)
    *statistic = chi_square;
  return p_value;
}
