/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "store-prediction.h"

G_BEGIN_DECLS

#define STORE_ARIMA_MAX_LAGS 5
#define STORE_ARIMA_MAX_SEASONAL_LAGS 2
#define STORE_ARIMA_MAX_WAVES 4
#define STORE_ARIMA_MAX_REGRESSORS (1 + 2 * STORE_ARIMA_MAX_WAVES)
#define STORE_ARIMA_MAX_COEFFICIENTS                                                               \
  (2 * STORE_ARIMA_MAX_LAGS + 2 * STORE_ARIMA_MAX_SEASONAL_LAGS + STORE_ARIMA_MAX_REGRESSORS)

/**
 * StoreArimaOrder:
 * @p: lags of the series itself
 * @d: how often it is differenced
 * @q: lags of its shocks
 * @seasonal_p: the same in whole seasons
 * @seasonal_d: the same in whole seasons
 * @seasonal_q: the same in whole seasons
 * @season: periods of a season; 1 for none
 * @constant: whether there is a mean (not differenced) or a drift (differenced once)
 * @waves: pairs of sine and cosine for a season that is too long for lags, else 0
 *
 * Which ARIMA model.
 */
typedef struct
{
  guint p;
  guint d;
  guint q;
  guint seasonal_p;
  guint seasonal_d;
  guint seasonal_q;
  guint season;
  gboolean constant;
  guint waves;
} StoreArimaOrder;

/**
 * StoreArima:
 * @order: which model
 * @ar: numbers of its own lags
 * @ma: numbers of the lags of shocks
 * @seasonal_ar: the same in whole seasons
 * @seasonal_ma: the same in whole seasons
 * @n_regressors: mean or drift, then the waves, sine before cosine
 * @regression: their numbers
 * @n_used: observations left after differencing
 * @n_coefficients: numbers found, without the variance
 * @loglik: logarithm of the likelihood, the values before the series a million times as uncertain
 * as the shocks, as in other programs
 * @aicc: Akaike's criterion, corrected; INFINITY where there are too few observations for it
 * @sigma2: variance of the shocks that makes the likelihood largest
 * @variance: the same over the degrees of freedom, errors of the first values included; limits are
 *   made from it
 * @sound: whether it is far enough from the edge of its kind to be chosen
 *
 * A fitted ARIMA model.
 */
typedef struct
{
  StoreArimaOrder order;
  double ar[STORE_ARIMA_MAX_LAGS];
  double ma[STORE_ARIMA_MAX_LAGS];
  double seasonal_ar[STORE_ARIMA_MAX_SEASONAL_LAGS];
  double seasonal_ma[STORE_ARIMA_MAX_SEASONAL_LAGS];
  guint n_regressors;
  double regression[STORE_ARIMA_MAX_REGRESSORS];
  guint n_used;
  guint n_coefficients;
  double loglik;
  double aicc;
  double sigma2;
  double variance;
  gboolean sound;
} StoreArima;

StoreArima      *store_arima_new       (const double           *values,
                                        guint                   n,
                                        const StoreArimaOrder  *order,
                                        GError                **error);
StoreArima      *store_arima_new_auto  (const double           *values,
                                        guint                   n,
                                        guint                   season,
                                        GCancellable           *cancellable,
                                        GError                **error);
void             store_arima_free      (StoreArima             *self);
StorePrediction *store_arima_predict   (const StoreArima       *self,
                                        const double           *values,
                                        guint                   n,
                                        guint                   horizon,
                                        GError                **error);
StoreArima      *store_arima_begin     (const StoreArima       *self,
                                        gint                    later);
char            *store_arima_dup_name  (const StoreArima       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreArima, store_arima_free)

G_END_DECLS
