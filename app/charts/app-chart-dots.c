/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A dot for each point. Up to MOST_NODES each is a node of its own, which the renderer draws
 * sharply and cheaply; above that all of them become one texture, for a tree of a million nodes is
 * slower than any picture. A file to be printed gets shapes in any number.
 */
#include "config.h"

#include "app-chart-dots.h"

#include <math.h>

#define RADIUS 4.f
#define MOST_NODES 2000
#define OPACITY .75f

struct _AppChartDots
{
  AppChartLayer parent_instance;
};

G_DEFINE_FINAL_TYPE (AppChartDots, app_chart_dots, APP_TYPE_CHART_LAYER)

static void
app_chart_dots_get_mark_area (AppChartLayer      *layer,
                              const AppChartPlot *plot,
                              guint               index,
                              graphene_rect_t    *area)
{
  const AppChartPoint *point =
    app_chart_series_get (app_chart_layer_get_series (layer), index);

  graphene_rect_init (area, app_chart_plot_get_x (plot, point->x) - RADIUS,
                      app_chart_plot_get_y (plot, point->y) - RADIUS, 2 * RADIUS, 2 * RADIUS);
}

static GdkRGBA
get_color (const AppChartPlot *plot,
           AppChartSeries     *series,
           guint               index)
{
  GdkRGBA color =
    app_chart_palette_get_mark (&plot->palette, app_chart_series_get (series, index)->color);

  color.alpha = OPACITY;
  return color;
}

static void
append_nodes (AppChartLayer      *layer,
              const AppChartPlot *plot,
              GtkSnapshot        *snapshot)
{
  AppChartSeries *series = app_chart_layer_get_series (layer);

  for (guint i = 0; i < app_chart_series_get_size (series); i++)
    {
      GdkRGBA color = get_color (plot, series, i);
      graphene_rect_t area;
      GskRoundedRect dot;

      app_chart_dots_get_mark_area (layer, plot, i, &area);
      gsk_rounded_rect_init_from_rect (&dot, &area, RADIUS);
      gtk_snapshot_push_rounded_clip (snapshot, &dot);
      gtk_snapshot_append_color (snapshot, &color, &area);
      gtk_snapshot_pop (snapshot);
    }
}

static void
paint_dots (AppChartLayer      *layer,
            const AppChartPlot *plot,
            cairo_t            *cr)
{
  AppChartSeries *series = app_chart_layer_get_series (layer);

  for (guint i = 0; i < app_chart_series_get_size (series); i++)
    {
      GdkRGBA color = get_color (plot, series, i);
      graphene_rect_t area;

      app_chart_dots_get_mark_area (layer, plot, i, &area);
      gdk_cairo_set_source_rgba (cr, &color);
      cairo_arc (cr, area.origin.x + RADIUS, area.origin.y + RADIUS, RADIUS, 0, 2 * G_PI);
      cairo_fill (cr);
    }
}

static void
append_texture (AppChartLayer      *layer,
                const AppChartPlot *plot,
                GtkSnapshot        *snapshot)
{
  int scale = MAX (plot->scale, 1);
  int width = (int) ceilf (plot->area.size.width * scale);
  int height = (int) ceilf (plot->area.size.height * scale);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (surface);

  cairo_scale (cr, scale, scale);
  cairo_translate (cr, -plot->area.origin.x, -plot->area.origin.y);
  paint_dots (layer, plot, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);

  gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  g_autoptr (GBytes) bytes = g_bytes_new_with_free_func (
    cairo_image_surface_get_data (surface), stride * (gsize) height,
    (GDestroyNotify) cairo_surface_destroy, surface);
  g_autoptr (GdkTexture) texture =
    gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, stride);

  gtk_snapshot_append_texture (snapshot, texture, &plot->area);
}

static void
append_shapes (AppChartLayer      *layer,
               const AppChartPlot *plot,
               GtkSnapshot        *snapshot)
{
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &plot->area);

  paint_dots (layer, plot, cr);
  cairo_destroy (cr);
}

static void
app_chart_dots_snapshot (AppChartLayer      *layer,
                         const AppChartPlot *plot,
                         GtkSnapshot        *snapshot)
{
  guint size = app_chart_series_get_size (app_chart_layer_get_series (layer));

  if (plot->vector)
    append_shapes (layer, plot, snapshot);
  else if (size <= MOST_NODES)
    append_nodes (layer, plot, snapshot);
  else
    append_texture (layer, plot, snapshot);
}

static void
app_chart_dots_class_init (AppChartDotsClass *klass)
{
  AppChartLayerClass *layer_class = APP_CHART_LAYER_CLASS (klass);

  layer_class->snapshot = app_chart_dots_snapshot;
  layer_class->get_mark_area = app_chart_dots_get_mark_area;
}

static void
app_chart_dots_init (AppChartDots *self)
{
}

/**
 * app_chart_dots_new:
 *
 * Returns: (transfer full): a layer that draws a dot for each point.
 */
AppChartLayer *
app_chart_dots_new (AppChartSeries *series)
{
  g_return_val_if_fail (APP_IS_CHART_SERIES (series), NULL);

  return g_object_new (APP_TYPE_CHART_DOTS, "series", series, NULL);
}
