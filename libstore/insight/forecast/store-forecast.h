/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-model.h"
#include "store-race.h"
#include "store-series.h"

G_BEGIN_DECLS

/**
 * STORE_FORECAST_BEST:
 *
 * As a method: whichever wins the race.
 */
#define STORE_FORECAST_BEST STORE_FORECAST_N_METHODS

/**
 * StoreForecastOptions:
 * @method: a #StoreForecastMethod, or %STORE_FORECAST_BEST
 * @horizon: periods to forecast, 0 for what is usual for such periods
 * @seed: of random numbers
 * @unit: (nullable): what the values count, translated
 * @progress: (nullable): told on the calling thread
 * @progress_data: for @progress
 */
typedef struct
{
  guint method;
  guint horizon;
  guint64 seed;
  const char *unit;
  StoreProgressFunc progress;
  gpointer progress_data;
} StoreForecastOptions;

#define STORE_FORECAST_OPTIONS_INIT { .method = STORE_FORECAST_BEST, .seed = 1 }
#define STORE_FORECAST_LONGEST_HORIZON 1000

/**
 * StoreForecast:
 * @series: what happened
 * @options: what was asked for; @horizon filled in
 * @season: periods of the season that is used, 1 for none
 * @season_strength: 0 (no season) to 1 (nothing else)
 * @growth: the periods to come against the same ones a season ago, or against as many before them
 *   where there is no season, as a share; NAN where those are not above 0
 * @sum: of all periods to come; NAN where there is no forecast
 * @from_customers: what of it the customers of today will bring by their own models; NAN unless
 *   store_forecast_add_customers() could tell
 * @race: the methods compared on held-back periods
 * @forecaster: (nullable): the winner, or the method asked for, fitted to the whole series
 * @prediction: (nullable): its forecast
 * @enough: whether there is a forecast
 * @notes: (array zero-terminated=1): what a person must know about it
 *
 * A forecast, and why to believe it.
 */
typedef struct
{
  StoreSeries *series;
  StoreForecastOptions options;
  char *unit;
  guint season;
  double season_strength;
  double growth;
  double sum;
  double from_customers;
  StoreRace *race;
  StoreForecaster *forecaster;
  StorePrediction *prediction;
  gboolean enough;
  char **notes;
} StoreForecast;

StoreForecast *store_forecast_new            (const StoreSeries           *series,
                                              const StoreForecastOptions  *options,
                                              GCancellable                *cancellable,
                                              GError                     **error);
void           store_forecast_free           (StoreForecast               *self);
char          *store_forecast_dup_reason     (const StoreForecast         *self);
char          *store_forecast_dup_validation (const StoreForecast         *self);
JsonNode      *store_forecast_to_json        (const StoreForecast         *self);
gboolean       store_forecast_add_customers  (StoreForecast               *self,
                                              StorePurchaseTable          *table,
                                              StoreSeriesSum               sum,
                                              GCancellable                *cancellable,
                                              GError                     **error);

StoreModel    *store_forecast_to_model       (const StoreForecast         *self);
StoreForecast *store_forecast_new_from_model (StoreModel                  *model,
                                              const StoreSeries           *series,
                                              const StoreForecastOptions  *options,
                                              GError                     **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreForecast, store_forecast_free)

G_END_DECLS
