/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-chart-layer.h"

G_BEGIN_DECLS

#define APP_TYPE_CHART_DOTS (app_chart_dots_get_type ())
G_DECLARE_FINAL_TYPE (AppChartDots, app_chart_dots, APP, CHART_DOTS, AppChartLayer)

AppChartLayer *app_chart_dots_new (AppChartSeries *series);

G_END_DECLS
