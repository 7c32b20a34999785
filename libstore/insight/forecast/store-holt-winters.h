/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "store-prediction.h"

G_BEGIN_DECLS

/**
 * StoreHoltWinters:
 * @by_factors: whether the season multiplies the level, instead of adding to it
 * @season: its periods
 * @alpha: how fast the level follows
 * @beta: how fast the trend follows
 * @gamma: how fast the season follows
 * @squares: sum of the squared errors one step ahead, after the first season
 * @variance: of those errors
 *
 * Smoothing with trend and season by the least squares. It takes its start from the first two
 * seasons of whatever series it runs through.
 */
typedef struct
{
  gboolean by_factors;
  guint season;
  double alpha;
  double beta;
  double gamma;
  double squares;
  double variance;
} StoreHoltWinters;

StoreHoltWinters *store_holt_winters_new      (const double            *values,
                                               guint                    n,
                                               guint                    season,
                                               gboolean                 by_factors,
                                               GError                 **error);
StoreHoltWinters *store_holt_winters_new_auto (const double            *values,
                                               guint                    n,
                                               guint                    season,
                                               GError                 **error);
void              store_holt_winters_free     (StoreHoltWinters        *self);
StorePrediction  *store_holt_winters_predict  (const StoreHoltWinters  *self,
                                               const double            *values,
                                               guint                    n,
                                               guint                    horizon,
                                               GError                 **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreHoltWinters, store_holt_winters_free)

G_END_DECLS
