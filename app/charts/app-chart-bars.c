/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bars stand on the zero of the value axis. Over numbers they reach from x to x + extent (a
 * histogram); over categories they lie, one under the other, each below the line that the scene
 * keeps free for its name, so that long names are read on a narrow window too.
 */
#include "config.h"

#include "app-chart-bars.h"

#define GAP 1
#define BAND_GAP 8
#define THINNEST 3

struct _AppChartBars
{
  AppChartLayer parent_instance;
};

G_DEFINE_FINAL_TYPE (AppChartBars, app_chart_bars, APP_TYPE_CHART_LAYER)

static void
get_lying_area (const AppChartPlot  *plot,
                const AppChartPoint *point,
                graphene_rect_t     *area)
{
  float name = app_chart_plot_get_line_height (plot) + 2;
  float top = app_chart_plot_get_y (plot, point->y - .5) + name;
  float bottom = app_chart_plot_get_y (plot, point->y + .5) - BAND_GAP;
  float left = app_chart_plot_get_x (plot, MIN (point->x, 0));
  float right = app_chart_plot_get_x (plot, MAX (point->x, 0));

  graphene_rect_init (area, left, top, MAX (right - left, 1), MAX (bottom - top, THINNEST));
}

static void
get_standing_area (const AppChartPlot  *plot,
                   const AppChartPoint *point,
                   graphene_rect_t     *area)
{
  gboolean centred = app_chart_axis_get_scale (plot->x) == APP_CHART_SCALE_CATEGORIES;
  double start = centred ? point->x - point->extent / 2 : point->x;
  float left = app_chart_plot_get_x (plot, start) + GAP;
  float right = app_chart_plot_get_x (plot, start + point->extent) - GAP;
  float top = app_chart_plot_get_y (plot, MAX (point->y, 0));
  float bottom = app_chart_plot_get_y (plot, MIN (point->y, 0));

  /* What is there is seen, be it ever so little beside the others. */
  if (point->y > 0 && bottom - top < 1)
    top = bottom - 1;
  graphene_rect_init (area, left, top, MAX (right - left, 1), bottom - top);
}

static void
app_chart_bars_get_mark_area (AppChartLayer      *layer,
                              const AppChartPlot *plot,
                              guint               index,
                              graphene_rect_t    *area)
{
  const AppChartPoint *point =
    app_chart_series_get (app_chart_layer_get_series (layer), index);

  if (app_chart_axis_get_scale (plot->y) == APP_CHART_SCALE_CATEGORIES)
    get_lying_area (plot, point, area);
  else
    get_standing_area (plot, point, area);
}

static void
app_chart_bars_snapshot (AppChartLayer      *layer,
                         const AppChartPlot *plot,
                         GtkSnapshot        *snapshot)
{
  AppChartSeries *series = app_chart_layer_get_series (layer);

  for (guint i = 0; i < app_chart_series_get_size (series); i++)
    {
      GdkRGBA color =
        app_chart_palette_get_mark (&plot->palette, app_chart_series_get (series, i)->color);
      graphene_rect_t area;

      app_chart_bars_get_mark_area (layer, plot, i, &area);
      gtk_snapshot_append_color (snapshot, &color, &area);
    }
}

static void
app_chart_bars_class_init (AppChartBarsClass *klass)
{
  AppChartLayerClass *layer_class = APP_CHART_LAYER_CLASS (klass);

  layer_class->snapshot = app_chart_bars_snapshot;
  layer_class->get_mark_area = app_chart_bars_get_mark_area;
}

static void
app_chart_bars_init (AppChartBars *self)
{
}

/**
 * app_chart_bars_new:
 *
 * Returns: (transfer full): a layer that draws a bar for each point.
 */
AppChartLayer *
app_chart_bars_new (AppChartSeries *series)
{
  g_return_val_if_fail (APP_IS_CHART_SERIES (series), NULL);

  return g_object_new (APP_TYPE_CHART_BARS, "series", series, NULL);
}
