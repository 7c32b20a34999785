/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Platt's probabilities (1999) with the outcomes he proposes, a little inside 0 and 1, so that
 * decisions which tell all rows apart do not claim to be certain. The fit is a logistic regression
 * on one column. */

#include "config.h"

#include <math.h>

#include "store-logit.h"
#include "store-sigmoid.h"

/**
 * store_sigmoid_fit:
 * @self: (out): the fit
 * @decisions: of rows that the machine has not learnt from, or of many more than it has columns
 * @y: their outcomes, 0 or 1
 * @n: how many
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Returns: %FALSE as from store_logit_new()
 */
gboolean
store_sigmoid_fit (StoreSigmoid  *self,
                   const double  *decisions,
                   const double  *y,
                   guint          n,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autofree double *targets = g_new (double, n + 1);
  g_autoptr (StoreLogit) logit = NULL;
  double n_yes = 0.0;

  for (guint i = 0; i < n; i++)
    n_yes += y[i];
  for (guint i = 0; i < n; i++)
    targets[i] = y[i] > 0.5 ? (n_yes + 1.0) / (n_yes + 2.0) : 1.0 / (n - n_yes + 2.0);
  logit = store_logit_new (decisions, targets, n, 1, 0.0, cancellable, error);
  if (logit == NULL)
    return FALSE;
  self->constant = logit->coefficients[0];
  self->slope = logit->coefficients[1];
  return TRUE;
}

double
store_sigmoid_get (const StoreSigmoid *self,
                   double              decision)
{
  return 1.0 / (1.0 + exp (-(self->constant + self->slope * decision)));
}
