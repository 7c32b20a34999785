/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "store-prediction.h"

G_BEGIN_DECLS

#define STORE_ETS_MAX_SEASON 24

typedef enum
{
  STORE_ETS_NONE,
  STORE_ETS_ADDED,
  STORE_ETS_MULTIPLIED,
} StoreEtsPart;

/**
 * StoreEtsKind:
 * @error: whether errors are added or multiplied
 * @trend: none or added
 * @damped: whether the trend fades out
 * @season: none, added or multiplied
 *
 * Which model of exponential smoothing.
 */
typedef struct
{
  StoreEtsPart error;
  StoreEtsPart trend;
  gboolean damped;
  StoreEtsPart season;
} StoreEtsKind;

/**
 * StoreEts:
 * @kind: which model
 * @season: periods of a season, 1 for none
 * @alpha: how fast the level follows
 * @beta: how fast the trend follows, 0 without
 * @gamma: how fast the season follows, 0 without
 * @phi: what is left of the trend after each period, 1 where it does not fade
 * @level: before the first period
 * @slope: before the first period
 * @figure: of the season, for the first period first
 * @n_used: observations
 * @n_coefficients: numbers found, without the variance
 * @loglik: logarithm of the likelihood, without its constant (as such models are compared)
 * @aicc: Akaike's criterion, corrected
 * @variance: of the errors, relative ones where they are multiplied
 *
 * A fitted model of exponential smoothing.
 */
typedef struct
{
  StoreEtsKind kind;
  guint season;
  double alpha;
  double beta;
  double gamma;
  double phi;
  double level;
  double slope;
  double figure[STORE_ETS_MAX_SEASON];
  guint n_used;
  guint n_coefficients;
  double loglik;
  double aicc;
  double variance;
} StoreEts;

/**
 * StoreEtsCriterion:
 * @STORE_ETS_LIKELIHOOD: the likelihood of the errors
 * @STORE_ETS_SQUARES: the mean square of the errors one step ahead
 *
 * What a fit makes best.
 */
typedef enum
{
  STORE_ETS_LIKELIHOOD,
  STORE_ETS_SQUARES,
} StoreEtsCriterion;

StoreEts        *store_ets_new       (const double         *values,
                                      guint                 n,
                                      guint                 season,
                                      const StoreEtsKind   *kind,
                                      StoreEtsCriterion     criterion,
                                      GError              **error);
StoreEts        *store_ets_new_auto  (const double         *values,
                                      guint                 n,
                                      guint                 season,
                                      GCancellable         *cancellable,
                                      GError              **error);
void             store_ets_free      (StoreEts             *self);
StorePrediction *store_ets_predict   (const StoreEts       *self,
                                      const double         *values,
                                      guint                 n,
                                      guint                 horizon);
StoreEts        *store_ets_begin     (const StoreEts       *self,
                                      const double         *values,
                                      guint                 n,
                                      gint                  later);
char            *store_ets_dup_name  (const StoreEts       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreEts, store_ets_free)

G_END_DECLS
