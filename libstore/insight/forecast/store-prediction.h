/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * StorePrediction:
 * @horizon: how many periods
 * @mean: what is expected in each of them
 * @low80: in four of five cases it will be above this ...
 * @high80: ... and below this
 * @low95: the same for 19 of 20 cases
 * @high95: the same for 19 of 20 cases
 *
 * A forecast with its limits, arrays of @horizon numbers in the unit of the series.
 */
typedef struct
{
  guint horizon;
  double *mean;
  double *low80;
  double *high80;
  double *low95;
  double *high95;
} StorePrediction;

StorePrediction *store_prediction_new           (guint                   horizon);
void             store_prediction_free          (StorePrediction        *self);
void             store_prediction_set_variance  (StorePrediction        *self,
                                                 guint                   step,
                                                 double                  variance);
void             store_prediction_raise         (StorePrediction        *self,
                                                 double                  least);
gboolean         store_prediction_is_finite     (const StorePrediction  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StorePrediction, store_prediction_free)

G_END_DECLS
