/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-chart-scene.h"

G_BEGIN_DECLS

/* Between things, and about what a tick with its label takes. */
#define GAP 6.f
#define TICK_WIDTH 72.f
#define TICK_HEIGHT 44.f

struct _AppChartScene
{
  GObject parent_instance;

  char *title;
  AppChartAxis *x;
  AppChartAxis *y;
  GPtrArray *layers;
};

AppChartSeries *app_chart_scene_get_series     (AppChartScene      *self,
                                                guint               layer);
gboolean        app_chart_scene_has_lying_bars (AppChartScene      *self);
guint           app_chart_scene_count_ticks    (float               length,
                                                float               room);
float           app_chart_scene_place_legend   (AppChartScene      *self,
                                                const AppChartPlot *plot,
                                                GtkSnapshot        *snapshot,
                                                float               width);

G_END_DECLS
