/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-chart-layer.h"

G_BEGIN_DECLS

#define APP_TYPE_CHART_BAND (app_chart_band_get_type ())
G_DECLARE_FINAL_TYPE (AppChartBand, app_chart_band, APP, CHART_BAND, AppChartLayer)

AppChartLayer *app_chart_band_new (AppChartSeries *series);

G_END_DECLS
