/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A line from point to point, in the order of the series. It is not smoothed: between two points
 * nothing is known, and a spline would invent it.
 */
#include "config.h"

#include "app-chart-curve.h"

#define LINE_WIDTH 2.0
#define REACH 5.f

struct _AppChartCurve
{
  AppChartLayer parent_instance;
};

G_DEFINE_FINAL_TYPE (AppChartCurve, app_chart_curve, APP_TYPE_CHART_LAYER)

static void
app_chart_curve_get_mark_area (AppChartLayer      *layer,
                               const AppChartPlot *plot,
                               guint               index,
                               graphene_rect_t    *area)
{
  const AppChartPoint *point =
    app_chart_series_get (app_chart_layer_get_series (layer), index);

  graphene_rect_init (area, app_chart_plot_get_x (plot, point->x) - REACH,
                      app_chart_plot_get_y (plot, point->y) - REACH, 2 * REACH, 2 * REACH);
}

static void
app_chart_curve_snapshot (AppChartLayer      *layer,
                          const AppChartPlot *plot,
                          GtkSnapshot        *snapshot)
{
  AppChartSeries *series = app_chart_layer_get_series (layer);
  guint size = app_chart_series_get_size (series);

  if (size == 0)
    return;

  GdkRGBA color =
    app_chart_palette_get_mark (&plot->palette, app_chart_series_get (series, 0)->color);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &plot->area);

  gdk_cairo_set_source_rgba (cr, &color);
  cairo_set_line_width (cr, LINE_WIDTH);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (guint i = 0; i < size; i++)
    {
      const AppChartPoint *point = app_chart_series_get (series, i);

      cairo_line_to (cr, app_chart_plot_get_x (plot, point->x),
                     app_chart_plot_get_y (plot, point->y));
    }
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
app_chart_curve_class_init (AppChartCurveClass *klass)
{
  AppChartLayerClass *layer_class = APP_CHART_LAYER_CLASS (klass);

  layer_class->snapshot = app_chart_curve_snapshot;
  layer_class->get_mark_area = app_chart_curve_get_mark_area;
}

static void
app_chart_curve_init (AppChartCurve *self)
{
}

/**
 * app_chart_curve_new:
 *
 * Returns: (transfer full): a layer that draws a line through the points.
 */
AppChartLayer *
app_chart_curve_new (AppChartSeries *series)
{
  g_return_val_if_fail (APP_IS_CHART_SERIES (series), NULL);

  return g_object_new (APP_TYPE_CHART_CURVE, "series", series, NULL);
}
