/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The room between two limits: at each x from y to y + extent, filled so faintly that bands may lie
 * over one another (80 % within 95 %) and a curve is read through them.
 */
#include "config.h"

#include "app-chart-band.h"

#define FAINT .22
#define REACH 3.f

struct _AppChartBand
{
  AppChartLayer parent_instance;
};

G_DEFINE_FINAL_TYPE (AppChartBand, app_chart_band, APP_TYPE_CHART_LAYER)

static void
app_chart_band_get_mark_area (AppChartLayer      *layer,
                              const AppChartPlot *plot,
                              guint               index,
                              graphene_rect_t    *area)
{
  const AppChartPoint *point = app_chart_series_get (app_chart_layer_get_series (layer), index);
  float top = app_chart_plot_get_y (plot, point->y + point->extent);
  float bottom = app_chart_plot_get_y (plot, point->y);

  graphene_rect_init (area, app_chart_plot_get_x (plot, point->x) - REACH, top, 2 * REACH,
                      bottom - top);
}

static void
trace (AppChartSeries     *series,
       const AppChartPlot *plot,
       cairo_t            *cr)
{
  guint size = app_chart_series_get_size (series);

  for (guint i = 0; i < size; i++)
    {
      const AppChartPoint *point = app_chart_series_get (series, i);

      cairo_line_to (cr, app_chart_plot_get_x (plot, point->x),
                     app_chart_plot_get_y (plot, point->y));
    }
  for (guint i = size; i > 0; i--)
    {
      const AppChartPoint *point = app_chart_series_get (series, i - 1);

      cairo_line_to (cr, app_chart_plot_get_x (plot, point->x),
                     app_chart_plot_get_y (plot, point->y + point->extent));
    }
  cairo_close_path (cr);
}

static void
app_chart_band_snapshot (AppChartLayer      *layer,
                         const AppChartPlot *plot,
                         GtkSnapshot        *snapshot)
{
  AppChartSeries *series = app_chart_layer_get_series (layer);

  if (app_chart_series_get_size (series) == 0)
    return;

  GdkRGBA color =
    app_chart_palette_get_mark (&plot->palette, app_chart_series_get (series, 0)->color);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &plot->area);

  color.alpha = APP_CHART_LAYER_GET_CLASS (layer)->opacity;
  gdk_cairo_set_source_rgba (cr, &color);
  trace (series, plot, cr);
  cairo_fill (cr);
  cairo_destroy (cr);
}

static void
app_chart_band_class_init (AppChartBandClass *klass)
{
  AppChartLayerClass *layer_class = APP_CHART_LAYER_CLASS (klass);

  layer_class->snapshot = app_chart_band_snapshot;
  layer_class->get_mark_area = app_chart_band_get_mark_area;
  layer_class->opacity = FAINT;
}

static void
app_chart_band_init (AppChartBand *self)
{
}

/**
 * app_chart_band_new:
 * @series: the lower limits as y, how far the upper ones lie above them as extent
 *
 * Returns: (transfer full): a layer that fills the room between the limits.
 */
AppChartLayer *
app_chart_band_new (AppChartSeries *series)
{
  g_return_val_if_fail (APP_IS_CHART_SERIES (series), NULL);

  return g_object_new (APP_TYPE_CHART_BAND, "series", series, NULL);
}
