/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-chart-layer.h"

G_BEGIN_DECLS

#define APP_TYPE_CHART_CURVE (app_chart_curve_get_type ())
G_DECLARE_FINAL_TYPE (AppChartCurve, app_chart_curve, APP, CHART_CURVE, AppChartLayer)

AppChartLayer *app_chart_curve_new (AppChartSeries *series);

G_END_DECLS
