/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * AppChartPoint:
 * @x: along the horizontal axis
 * @y: along the vertical axis
 * @extent: how far a bar reaches along its base axis, or a band above y; 0 for a point
 * @color: which colour of the palette
 */
typedef struct
{
  double x;
  double y;
  double extent;
  guint color;
} AppChartPoint;

#define APP_TYPE_CHART_SERIES (app_chart_series_get_type ())
G_DECLARE_FINAL_TYPE (AppChartSeries, app_chart_series, APP, CHART_SERIES, GObject)

AppChartSeries      *app_chart_series_new       (const char          *name);
const char          *app_chart_series_get_name  (AppChartSeries      *self);
void                 app_chart_series_add       (AppChartSeries      *self,
                                                 const AppChartPoint *point,
                                                 const char          *label);
guint                app_chart_series_get_size  (AppChartSeries      *self);
const AppChartPoint *app_chart_series_get       (AppChartSeries      *self,
                                                 guint                index);
const char          *app_chart_series_get_label (AppChartSeries      *self,
                                                 guint                index);

G_END_DECLS
