/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-chart-layer.h"

G_BEGIN_DECLS

/**
 * AppChartMark:
 * @layer: which layer, in the order in which they were added
 * @index: which point of its series
 */
typedef struct
{
  guint layer;
  guint index;
} AppChartMark;

#define APP_TYPE_CHART_SCENE (app_chart_scene_get_type ())
G_DECLARE_FINAL_TYPE (AppChartScene, app_chart_scene, APP, CHART_SCENE, GObject)

AppChartScene *app_chart_scene_new                (const char            *title,
                                                   AppChartAxis          *x,
                                                   AppChartAxis          *y);
const char    *app_chart_scene_get_title          (AppChartScene         *self);
void           app_chart_scene_take_layer         (AppChartScene         *self,
                                                   AppChartLayer         *layer);
guint          app_chart_scene_get_n_marks        (AppChartScene         *self);
AppChartMark   app_chart_scene_get_mark           (AppChartScene         *self,
                                                   guint                  position);
guint          app_chart_scene_get_position       (AppChartScene         *self,
                                                   AppChartMark           mark);
const char    *app_chart_scene_get_label          (AppChartScene         *self,
                                                   AppChartMark           mark);
int            app_chart_scene_get_minimum_height (AppChartScene         *self,
                                                   PangoContext          *context);

void           app_chart_scene_lay_out            (AppChartScene         *self,
                                                   AppChartPlot          *plot,
                                                   float                  width,
                                                   float                  height);
void           app_chart_scene_snapshot           (AppChartScene         *self,
                                                   const AppChartPlot    *plot,
                                                   GtkSnapshot           *snapshot,
                                                   float                  width);
void           app_chart_scene_snapshot_mark      (AppChartScene         *self,
                                                   const AppChartPlot    *plot,
                                                   GtkSnapshot           *snapshot,
                                                   AppChartMark           mark,
                                                   float                  width,
                                                   float                  height);
gboolean       app_chart_scene_find               (AppChartScene         *self,
                                                   const AppChartPlot    *plot,
                                                   float                  x,
                                                   float                  y,
                                                   AppChartMark          *mark);

G_END_DECLS
