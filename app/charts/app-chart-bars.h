/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-chart-layer.h"

G_BEGIN_DECLS

#define APP_TYPE_CHART_BARS (app_chart_bars_get_type ())
G_DECLARE_FINAL_TYPE (AppChartBars, app_chart_bars, APP, CHART_BARS, AppChartLayer)

AppChartLayer *app_chart_bars_new (AppChartSeries *series);

G_END_DECLS
