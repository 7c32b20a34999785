/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-forecast.h"

G_BEGIN_DECLS

/* A method can be fitted to no more than the last so many values in a time that a person waits. */
#define STORE_FORECAST_MOST_VALUES 2000

StoreForecast *store_forecast_begin       (const StoreSeries           *series,
                                           const StoreForecastOptions  *options);
const double  *store_forecast_get_recent  (const StoreForecast         *self,
                                           guint                       *n);
gboolean       store_forecast_has_gaps    (const StoreForecast         *self);
void           store_forecast_look        (StoreForecast               *self);
char         **store_forecast_write_notes (const StoreForecast         *self);

G_END_DECLS
