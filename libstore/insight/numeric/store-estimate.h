/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "store-newton.h"

G_BEGIN_DECLS

#define STORE_ESTIMATE_MAX_STARTS 5

/**
 * StoreEstimateSearch:
 * @n: number of parameters
 * @starts: where to begin, in logarithms of the parameters, a row each
 * @n_starts: how many, at most %STORE_ESTIMATE_MAX_STARTS
 * @func: log-likelihood with its derivatives by the logarithms of the parameters
 * @rough: (nullable): data of @func for the search among the starts, where fewer will do
 * @full: data of @func
 *
 * What store_estimate_find() needs.
 */
typedef struct
{
  guint n;
  double starts[STORE_ESTIMATE_MAX_STARTS][STORE_NEWTON_MAX_PARAMETERS];
  guint n_starts;
  StoreNewtonFunc func;
  gpointer rough;
  gpointer full;
} StoreEstimateSearch;

/**
 * StoreEstimate:
 * @n: number of parameters
 * @point: their logarithms at the maximum
 * @covariance: of these logarithms, @n by @n; zero for a parameter that rests on its limit, and all
 *   zero where the maximum is flat
 * @value: log-likelihood there
 * @at_limit: bit i is set where parameter i rests on its limit
 * @converged: whether the last relative step was below 1e-9
 * @iterations: evaluations of the full data
 *
 * A maximum-likelihood estimate.
 */
typedef struct
{
  guint n;
  double point[STORE_NEWTON_MAX_PARAMETERS];
  double covariance[STORE_NEWTON_MAX_PARAMETERS * STORE_NEWTON_MAX_PARAMETERS];
  double value;
  guint at_limit;
  gboolean converged;
  guint iterations;
} StoreEstimate;

void     store_estimate_find       (StoreEstimate             *self,
                                    const StoreEstimateSearch *search);
gboolean store_estimate_test_score (const double              *gradient,
                                    const double              *hessian,
                                    guint                      n,
                                    double                    *statistic,
                                    double                    *p_value);
gboolean store_estimate_factor     (const double              *covariance,
                                    guint                      n,
                                    double                    *lower);

G_END_DECLS
