/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The fit runs in the logarithms of the parameters and in times of mean T = 1, first from four
 * starts on coarsened patterns, then from the best of them on all. Where nobody seems to leave
 * (a -> 0) the model is the plain NBD; that is fitted too and taken when it is as likely. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "store-bgnbd-private.h"
#include "store-error.h"
#include "store-newton.h"

#define N_STARTS 4
#define COARSE_STEPS 24
#define LIMIT_LOW (-16.0)
#define LIMIT_HIGH 14.0
#define SAME_LIKELIHOOD 1e-6
#define RARE_LEAVING 1e-3
#define NO_SPREAD 1e4

static StoreNewton
search_from (StoreBgnbdLikelihood *likelihood,
             double               *point)
{
  StoreNewton newton = { .n = likelihood->n_parameters, .max_iterations = 200 };

  for (guint i = 0; i < newton.n; i++)
    {
      newton.lower[i] = LIMIT_LOW;
      newton.upper[i] = LIMIT_HIGH;
    }
  store_newton_maximise (&newton, point, store_bgnbd_likelihood_evaluate, likelihood);
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
  g_auto (StoreBgnbdLikelihood) rough = { .cancellable = cancellable };
  g_auto (StoreBgnbdLikelihood) full = { .cancellable = cancellable };
  double best = -HUGE_VAL;

  store_bgnbd_likelihood_init (&rough, kind, coarse, patterns->mean_T, N_PARAMETERS);
  store_bgnbd_likelihood_init (&full, kind, patterns, patterns->mean_T, N_PARAMETERS);
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
  g_auto (StoreBgnbdLikelihood) likelihood = { .cancellable = cancellable };
  StoreNewton newton;

  store_bgnbd_likelihood_init (&likelihood, self->kind, patterns, patterns->mean_T, 2);
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
