/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "store-prediction.h"

G_BEGIN_DECLS

/**
 * StoreTheta:
 * @season: periods of the season that is taken out, 1 where none is
 * @alpha: how fast the level follows
 * @drift: half of the slope of the line through all values
 * @level: before the first period
 * @variance: of the errors one step ahead
 * @figure: factors of the season, the first period of the series first
 *
 * A fitted theta method.
 */
typedef struct
{
  guint season;
  double alpha;
  double drift;
  double level;
  double variance;
  double *figure;
} StoreTheta;

StoreTheta      *store_theta_new      (const double      *values,
                                       guint              n,
                                       guint              season,
                                       GError           **error);
void             store_theta_free     (StoreTheta        *self);
StoreTheta      *store_theta_begin    (const StoreTheta  *self,
                                       const double      *values,
                                       guint              n,
                                       gint               later);
StorePrediction *store_theta_predict  (const StoreTheta  *self,
                                       const double      *values,
                                       guint              n,
                                       guint              horizon);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreTheta, store_theta_free)

G_END_DECLS
