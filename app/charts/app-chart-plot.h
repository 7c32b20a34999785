/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app-chart-axis.h"
#include "app-chart-palette.h"

G_BEGIN_DECLS

/**
 * AppChartPlot:
 * @area: where marks stand
 * @x: (not owned): the horizontal axis
 * @y: (not owned): the vertical axis
 * @palette: the colours
 * @context: (not owned): how text is set
 * @vector: whether many marks stay shapes (a file to be printed) or may become one picture
 * @scale: device pixels for one of ours
 *
 * What a layer needs to know to draw itself.
 */
typedef struct
{
  graphene_rect_t area;
  AppChartAxis *x;
  AppChartAxis *y;
  AppChartPalette palette;
  PangoContext *context;
  gboolean vector;
  int scale;
} AppChartPlot;

float app_chart_plot_get_x (const AppChartPlot *self,
                            double              value);
float app_chart_plot_get_y (const AppChartPlot *self,
                            double              value);

PangoLayout *app_chart_plot_create_text (const AppChartPlot *self,
                                         const char         *text,
                                         float               width);
void         app_chart_plot_draw_text   (const AppChartPlot *self,
                                         GtkSnapshot        *snapshot,
                                         PangoLayout        *layout,
                                         float               x,
                                         float               y,
                                         const GdkRGBA      *color);
float        app_chart_plot_get_line_height (const AppChartPlot *self);

G_END_DECLS
