/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "app-chart-ticks.h"

G_BEGIN_DECLS

/**
 * AppChartScale:
 * @APP_CHART_SCALE_LINEAR: numbers
 * @APP_CHART_SCALE_LOGARITHMIC: numbers above 0, equal steps for equal factors
 * @APP_CHART_SCALE_CALENDAR: days since 1970
 * @APP_CHART_SCALE_CATEGORIES: 0, 1, 2 ..., each with a name
 */
typedef enum
{
  APP_CHART_SCALE_LINEAR,
  APP_CHART_SCALE_LOGARITHMIC,
  APP_CHART_SCALE_CALENDAR,
  APP_CHART_SCALE_CATEGORIES,
} AppChartScale;

#define APP_TYPE_CHART_AXIS (app_chart_axis_get_type ())
G_DECLARE_FINAL_TYPE (AppChartAxis, app_chart_axis, APP, CHART_AXIS, GObject)

AppChartAxis  *app_chart_axis_new            (AppChartScale      scale,
                                              const char        *title);
AppChartAxis  *app_chart_axis_new_categories (const char *const *names,
                                              const char        *title);
AppChartScale  app_chart_axis_get_scale      (AppChartAxis      *self);
const char    *app_chart_axis_get_title      (AppChartAxis      *self);
void           app_chart_axis_set_range      (AppChartAxis      *self,
                                              double             low,
                                              double             high);
void           app_chart_axis_get_range      (AppChartAxis      *self,
                                              double            *low,
                                              double            *high);
double         app_chart_axis_get_share      (AppChartAxis      *self,
                                              double             value);
AppChartTicks *app_chart_axis_make_ticks     (AppChartAxis      *self,
                                              guint              wanted);
char          *app_chart_axis_dup_label      (AppChartAxis      *self,
                                              AppChartTicks     *ticks,
                                              double             value);
guint          app_chart_axis_get_n_names    (AppChartAxis      *self);
const char    *app_chart_axis_get_name       (AppChartAxis      *self,
                                              guint              index);

G_END_DECLS
