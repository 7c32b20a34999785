/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-chart-scene.h"

G_BEGIN_DECLS

#define APP_TYPE_CHART (app_chart_get_type ())
G_DECLARE_FINAL_TYPE (AppChart, app_chart, APP, CHART, GtkWidget)

/* Signal "mark-activated" (guint layer, guint index): a mark was clicked, or chosen by Enter. */

GtkWidget     *app_chart_new       (void);
void           app_chart_set_scene (AppChart      *self,
                                    AppChartScene *scene);
AppChartScene *app_chart_get_scene (AppChart      *self);

G_END_DECLS
