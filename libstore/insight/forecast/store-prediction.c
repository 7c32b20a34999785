/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include "store-prediction.h"

/* Quantiles of the normal distribution at .9 and .975. */
#define NORMAL_80 1.2815515655446004
#define NORMAL_95 1.9599639845400545

#define N_ARRAYS 5

static void
point_into (StorePrediction *self,
            double          *numbers)
{
  self->mean = numbers;
  self->low80 = numbers + self->horizon;
  self->high80 = numbers + 2 * self->horizon;
  self->low95 = numbers + 3 * self->horizon;
  self->high95 = numbers + 4 * self->horizon;
}

/**
 * store_prediction_new:
 * @horizon: how many periods, 1 or more
 *
 * Returns: (transfer full): a forecast of zeros
 */
StorePrediction *
store_prediction_new (guint horizon)
{
  StorePrediction *self = g_new0 (StorePrediction, 1);

  self->horizon = horizon;
  point_into (self, g_new0 (double, (gsize) N_ARRAYS * horizon));
  return self;
}

void
store_prediction_free (StorePrediction *self)
{
  if (self == NULL)
    return;
  g_free (self->mean);
  g_free (self);
}

/**
 * store_prediction_set_variance:
 * @self: a forecast
 * @step: which period, from 0
 * @variance: of its error, normally distributed around the mean
 *
 * Sets the limits of that period.
 */
void
store_prediction_set_variance (StorePrediction *self,
                               guint            step,
                               double           variance)
{
  double deviation = sqrt (MAX (variance, 0.0));

  self->low80[step] = self->mean[step] - NORMAL_80 * deviation;
  self->high80[step] = self->mean[step] + NORMAL_80 * deviation;
  self->low95[step] = self->mean[step] - NORMAL_95 * deviation;
  self->high95[step] = self->mean[step] + NORMAL_95 * deviation;
}

/**
 * store_prediction_raise:
 * @self: a forecast
 * @least: what nothing can be below
 *
 * Lifts whatever is below it, means and limits.
 */
void
store_prediction_raise (StorePrediction *self,
                        double           least)
{
  for (guint i = 0; i < N_ARRAYS * self->horizon; i++)
    self->mean[i] = MAX (self->mean[i], least);
}

/**
 * store_prediction_is_finite:
 * @self: a forecast
 *
 * Returns: whether every number is one
 */
gboolean
store_prediction_is_finite (const StorePrediction *self)
{
  for (guint i = 0; i < N_ARRAYS * self->horizon; i++)
    if (!isfinite (self->mean[i]))
      return FALSE;
  return TRUE;
}
