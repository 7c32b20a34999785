/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "store-prediction.h"

G_BEGIN_DECLS

/**
 * StoreForecastMethod:
 * @STORE_FORECAST_NAIVE: as a season ago, or as last time where there is no season
 * @STORE_FORECAST_HOLT_WINTERS: smoothing of level, trend and season by least squares
 * @STORE_FORECAST_THETA: smoothing with half of the trend
 * @STORE_FORECAST_ETS: exponential smoothing, the model by AICc
 * @STORE_FORECAST_ARIMA: lags of the series and of its shocks, the model by AICc
 * @STORE_FORECAST_LSTM: a small network
 *
 * Ways to forecast, the simple rule first.
 */
typedef enum
{
  STORE_FORECAST_NAIVE,
  STORE_FORECAST_HOLT_WINTERS,
  STORE_FORECAST_THETA,
  STORE_FORECAST_ETS,
  STORE_FORECAST_ARIMA,
  STORE_FORECAST_LSTM,
} StoreForecastMethod;

#define STORE_FORECAST_N_METHODS (STORE_FORECAST_LSTM + 1)

/**
 * StoreForecaster:
 *
 * One method, fitted to one series. Never changes; any thread.
 */
typedef struct _StoreForecaster StoreForecaster;

const char          *store_forecast_method_get_name  (StoreForecastMethod     method);
const char          *store_forecast_method_get_title (StoreForecastMethod     method);

StoreForecaster     *store_forecaster_new            (StoreForecastMethod     method,
                                                      const double           *values,
                                                      guint                   n,
                                                      guint                   season,
                                                      guint64                 seed,
                                                      GCancellable           *cancellable,
                                                      GError                **error);
void                 store_forecaster_free           (StoreForecaster        *self);
StoreForecastMethod  store_forecaster_get_method     (const StoreForecaster  *self);
StorePrediction     *store_forecaster_predict        (const StoreForecaster  *self,
                                                      const double           *values,
                                                      guint                   n,
                                                      gint                    later,
                                                      guint                   horizon,
                                                      GError                **error);
char                *store_forecaster_dup_name       (const StoreForecaster  *self);
void                 store_forecaster_add_figures    (const StoreForecaster  *self,
                                                      JsonBuilder            *builder);

void                 store_forecaster_add_body       (const StoreForecaster  *self,
                                                      JsonBuilder            *builder);
StoreForecaster     *store_forecaster_new_from_body  (StoreForecastMethod     method,
                                                      JsonObject             *body,
                                                      GError                **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreForecaster, store_forecaster_free)

G_END_DECLS
