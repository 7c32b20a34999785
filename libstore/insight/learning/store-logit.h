/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * StoreLogit:
 * @n: number of rows
 * @p: number of columns
 * @penalty: half of it times the squared length of the standardised coefficients was taken off the
 *   log-likelihood; 0 for none
 * @means: of each column
 * @sds: their standard deviations, by division by @n
 * @coefficients: @p + 1 numbers in the columns' own units, the constant first
 * @covariance: of the coefficients, @p + 1 times @p + 1
 * @errors: their standard errors; NAN where a column says nothing new or with a penalty
 * @p_values: of each being 0, by the normal distribution; NAN like @errors
 * @is_left_out: for each column, whether it is constant or follows from those before it; its
 *   coefficient is 0
 * @log_likelihood: at the coefficients, without the penalty
 * @null_log_likelihood: of the constant alone
 * @aic: Akaike's criterion
 * @pseudo_r2: McFadden's
 * @iterations: passes over the rows
 * @is_separated: whether some combination of columns tells every outcome, so that no finite
 *   coefficients are best; they are then where the search stopped
 *
 * A logistic regression.
 */
typedef struct
{
  guint n;
  guint p;
  double penalty;
  double *means;
  double *sds;
  double *coefficients;
  double *covariance;
  double *errors;
  double *p_values;
  gboolean *is_left_out;
  double log_likelihood;
  double null_log_likelihood;
  double aic;
  double pseudo_r2;
  guint iterations;
  gboolean is_separated;
} StoreLogit;

StoreLogit *store_logit_new     (const double      *x,
                                 const double      *y,
                                 guint              n,
                                 guint              p,
                                 double             penalty,
                                 GCancellable      *cancellable,
                                 GError           **error);
StoreLogit *store_logit_alloc   (guint              p);
void        store_logit_free    (StoreLogit        *self);
double      store_logit_predict (const StoreLogit  *self,
                                 const double      *x);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreLogit, store_logit_free)

G_END_DECLS
