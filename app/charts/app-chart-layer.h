/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-chart-plot.h"
#include "app-chart-series.h"

G_BEGIN_DECLS

#define APP_TYPE_CHART_LAYER (app_chart_layer_get_type ())
G_DECLARE_DERIVABLE_TYPE (AppChartLayer, app_chart_layer, APP, CHART_LAYER, GObject)

/**
 * AppChartLayerClass:
 * @snapshot: draws all marks
 * @get_mark_area: where one mark stands; also what the pointer hits
 * @opacity: of its colour in the legend, 1 if it sets none
 *
 * One way to draw a series. Property "series" is set when it is made.
 */
struct _AppChartLayerClass
{
  GObjectClass parent_class;

  void (*snapshot)      (AppChartLayer      *self,
                         const AppChartPlot *plot,
                         GtkSnapshot        *snapshot);
  void (*get_mark_area) (AppChartLayer      *self,
                         const AppChartPlot *plot,
                         guint               index,
                         graphene_rect_t    *area);
  float opacity;
};

AppChartSeries *app_chart_layer_get_series    (AppChartLayer      *self);
void            app_chart_layer_snapshot      (AppChartLayer      *self,
                                               const AppChartPlot *plot,
                                               GtkSnapshot        *snapshot);
void            app_chart_layer_get_mark_area (AppChartLayer      *self,
                                               const AppChartPlot *plot,
                                               guint               index,
                                               graphene_rect_t    *area);
int             app_chart_layer_find          (AppChartLayer      *self,
                                               const AppChartPlot *plot,
                                               float               x,
                                               float               y);

G_END_DECLS
