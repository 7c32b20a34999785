/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * StoreArma:
 * @p: lags of the process itself
 * @q: lags of its shocks
 * @phi: @p numbers
 * @theta: @q numbers
 *
 * A process w(t) = phi_1 w(t-1) + ... + e(t) + theta_1 e(t-1) + ..., shocks of variance 1. The
 * numbers belong to whoever made it.
 */
typedef struct
{
  guint p;
  guint q;
  const double *phi;
  const double *theta;
} StoreArma;

/**
 * StoreArmaFilter:
 * @n_columns: how many series go through the same filter
 * @n: length of each
 * @columns: the series
 * @errors: (out): for each column @n errors of the forecast one step ahead, over the square root of
 *   their variance
 * @log_variances: (out): sum of the logarithms of those variances
 * @n_ahead: steps after the end to be forecast, 0 for none
 * @forecasts: (out) (nullable): for each column @n_ahead forecasts
 * @variances: (out) (nullable): @n_ahead variances of the errors one step ahead, at each step after
 *   the end
 * @gains: (out) (nullable): @n_ahead times @n_ahead - 1 numbers; row k: how an error of step k
 *   moves the forecasts of the steps after it
 *
 * What goes into the filter and what comes out of it.
 */
typedef struct
{
  guint n_columns;
  guint n;
  const double *const *columns;
  double *const *errors;
  double log_variances;
  guint n_ahead;
  double *const *forecasts;
  double *variances;
  double *gains;
} StoreArmaFilter;

gboolean store_arma_get_reflections (const double      *phi,
                                     guint              p,
                                     double            *reflections);
gboolean store_arma_is_stationary   (const double      *phi,
                                     guint              p,
                                     double             smallest_root);
gboolean store_arma_filter          (const StoreArma   *self,
                                     StoreArmaFilter   *filter);

G_END_DECLS
