/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a scene that is laid out draws itself: legend, axes, titles, layers, and the one mark that is
 * pointed at. */
#include "config.h"

#include "app-chart-scene-private.h"

#include <math.h>

#define SWATCH 10.f
#define WIDEST_TEXT 380.f

/* The legend: a swatch and a name a layer, in as many rows as it takes. Draws where @snapshot is
 * given; returns the height. */
float
app_chart_scene_place_legend (AppChartScene      *self,
                              const AppChartPlot *plot,
                              GtkSnapshot        *snapshot,
                              float               width)
{
  float line = app_chart_plot_get_line_height (plot);
  float x = 0;
  float y = 0;

  if (self->layers->len < 2)
    return 0;

  for (guint i = 0; i < self->layers->len; i++)
    {
      AppChartSeries *series = app_chart_scene_get_series (self, i);
      const char *name = app_chart_series_get_name (series);

      if (!name || app_chart_series_get_size (series) == 0)
        continue;

      g_autoptr (PangoLayout) layout =
        app_chart_plot_create_text (plot, name, width - SWATCH - GAP);
      PangoRectangle extents;

      pango_layout_get_pixel_extents (layout, NULL, &extents);
      float entry = SWATCH + GAP + (float) (extents.x + extents.width) + 2 * GAP;

      if (x > 0 && x + entry > width)
        {
          x = 0;
          y += line + 2;
        }
      if (snapshot)
        {
          GdkRGBA color =
            app_chart_palette_get_mark (&plot->palette, app_chart_series_get (series, 0)->color);
          graphene_rect_t swatch =
            GRAPHENE_RECT_INIT (x, y + (line - SWATCH) / 2, SWATCH, SWATCH);

          color.alpha = APP_CHART_LAYER_GET_CLASS (g_ptr_array_index (self->layers, i))->opacity;
          gtk_snapshot_append_color (snapshot, &color, &swatch);
          app_chart_plot_draw_text (plot, snapshot, layout, x + SWATCH + GAP, y,
                                    &plot->palette.foreground);
        }
      x += entry;
    }
  return x > 0 ? y + line + GAP : 0;
}

static void
draw_vertical_axis (AppChartScene      *self,
                    const AppChartPlot *plot,
                    GtkSnapshot        *snapshot)
{
  GdkRGBA grid = app_chart_palette_get_faint (&plot->palette, .12f);
  GdkRGBA ink = app_chart_palette_get_faint (&plot->palette, .75f);
  g_autoptr (AppChartTicks) ticks =
    app_chart_axis_make_ticks (plot->y, app_chart_scene_count_ticks (plot->area.size.height, TICK_HEIGHT));

  for (guint i = 0; i < ticks->values->len; i++)
    {
      double value = app_chart_ticks_get (ticks, i);
      float y = roundf (app_chart_plot_get_y (plot, value));
      g_autofree char *label = app_chart_axis_dup_label (plot->y, ticks, value);
      g_autoptr (PangoLayout) layout = app_chart_plot_create_text (plot, label, 0);
      int width, height;

      pango_layout_get_pixel_size (layout, &width, &height);
      gtk_snapshot_append_color (snapshot, &grid,
                                 &GRAPHENE_RECT_INIT (plot->area.origin.x, y,
                                                      plot->area.size.width, 1));
      app_chart_plot_draw_text (plot, snapshot, layout, plot->area.origin.x - GAP - width,
                                y - height / 2.f, &ink);
    }
}

/* The name of each lying bar stands above it. */
static void
draw_names (AppChartScene      *self,
            const AppChartPlot *plot,
            GtkSnapshot        *snapshot)
{
  for (guint i = 0; i < app_chart_axis_get_n_names (plot->y); i++)
    {
      g_autoptr (PangoLayout) layout =
        app_chart_plot_create_text (plot, app_chart_axis_get_name (plot->y, i),
                                    plot->area.size.width);

      app_chart_plot_draw_text (plot, snapshot, layout, plot->area.origin.x,
                                app_chart_plot_get_y (plot, i - .5), &plot->palette.foreground);
    }
}

static void
draw_horizontal_axis (AppChartScene      *self,
                      const AppChartPlot *plot,
                      GtkSnapshot        *snapshot,
                      float               right)
{
  GdkRGBA grid = app_chart_palette_get_faint (&plot->palette, .12f);
  GdkRGBA ink = app_chart_palette_get_faint (&plot->palette, .75f);
  float bottom = plot->area.origin.y + plot->area.size.height;
  float free_from = -G_MAXFLOAT;
  g_autoptr (AppChartTicks) ticks =
    app_chart_axis_make_ticks (plot->x, app_chart_scene_count_ticks (plot->area.size.width, TICK_WIDTH));

  for (guint i = 0; i < ticks->values->len; i++)
    {
      double value = app_chart_ticks_get (ticks, i);
      float x = roundf (app_chart_plot_get_x (plot, value));
      g_autofree char *label = app_chart_axis_dup_label (plot->x, ticks, value);
      g_autoptr (PangoLayout) layout = app_chart_plot_create_text (plot, label, 0);
      int width;

      pango_layout_get_pixel_size (layout, &width, NULL);
      gtk_snapshot_append_color (snapshot, &grid,
                                 &GRAPHENE_RECT_INIT (x, plot->area.origin.y, 1,
                                                      plot->area.size.height));

      float place = CLAMP (x - width / 2.f, 0, MAX (right - width, 0));

      /* A label that would touch the one before it is left out; its tick stays. */
      if (place < free_from)
        continue;
      app_chart_plot_draw_text (plot, snapshot, layout, place, bottom + 2, &ink);
      free_from = place + width + GAP;
    }
}

static void
draw_titles (AppChartScene      *self,
             const AppChartPlot *plot,
             GtkSnapshot        *snapshot,
             float               width)
{
  float line = app_chart_plot_get_line_height (plot);
  float bottom = plot->area.origin.y + plot->area.size.height;
  GdkRGBA ink = app_chart_palette_get_faint (&plot->palette, .75f);

  if (app_chart_axis_get_title (plot->y))
    {
      g_autoptr (PangoLayout) layout =
        app_chart_plot_create_text (plot, app_chart_axis_get_title (plot->y), width);

      app_chart_plot_draw_text (plot, snapshot, layout, 0, plot->area.origin.y - line - GAP, &ink);
    }
  if (app_chart_axis_get_title (plot->x))
    {
      g_autoptr (PangoLayout) layout =
        app_chart_plot_create_text (plot, app_chart_axis_get_title (plot->x), width);
      int text_width;

      pango_layout_get_pixel_size (layout, &text_width, NULL);
      app_chart_plot_draw_text (plot, snapshot, layout, MAX (width - text_width - 2 * GAP, 0),
                                bottom + line + GAP, &ink);
    }
}

/**
 * app_chart_scene_snapshot:
 * @plot: as app_chart_scene_lay_out() filled it in
 * @width: of the whole drawing
 *
 * Draws everything but the mark under the pointer.
 */
void
app_chart_scene_snapshot (AppChartScene      *self,
                          const AppChartPlot *plot,
                          GtkSnapshot        *snapshot,
                          float               width)
{
  g_return_if_fail (APP_IS_CHART_SCENE (self) && plot != NULL);

  app_chart_scene_place_legend (self, plot, snapshot, width);
  draw_titles (self, plot, snapshot, width);
  draw_horizontal_axis (self, plot, snapshot, width);
  if (app_chart_scene_has_lying_bars (self))
    draw_names (self, plot, snapshot);
  else
    draw_vertical_axis (self, plot, snapshot);

  for (guint i = 0; i < self->layers->len; i++)
    app_chart_layer_snapshot (g_ptr_array_index (self->layers, i), plot, snapshot);
}

static void
draw_bubble (const AppChartPlot    *plot,
             GtkSnapshot           *snapshot,
             const char            *text,
             const graphene_rect_t *area,
             float                  width,
             float                  height)
{
  g_autoptr (PangoLayout) layout = app_chart_plot_create_text (plot, text, 0);
  GdkRGBA frame = app_chart_palette_get_faint (&plot->palette, .3f);
  int text_width, text_height;
  GskRoundedRect box;

  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_NONE);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (layout, (int) (MIN (width - 4 * GAP, WIDEST_TEXT) * PANGO_SCALE));
  pango_layout_get_pixel_size (layout, &text_width, &text_height);

  float box_width = text_width + 2 * GAP;
  float box_height = text_height + 2 * GAP;
  float x = area->origin.x + area->size.width / 2 - box_width / 2;
  float y = area->origin.y - box_height - GAP;

  if (y < 0)
    y = MIN (area->origin.y + area->size.height + GAP, MAX (height - box_height, 0));
  x = CLAMP (x, 0, MAX (width - box_width, 0));

  gsk_rounded_rect_init_from_rect (&box, &GRAPHENE_RECT_INIT (x, y, box_width, box_height), 6);
  gtk_snapshot_push_rounded_clip (snapshot, &box);
  gtk_snapshot_append_color (snapshot, &plot->palette.background, &box.bounds);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &box, (float[4]){ 1, 1, 1, 1 },
                              (GdkRGBA[4]){ frame, frame, frame, frame });
  app_chart_plot_draw_text (plot, snapshot, layout, x + GAP, y + GAP, &plot->palette.foreground);
}

/**
 * app_chart_scene_snapshot_mark:
 *
 * Draws a frame around a mark and what is to be said about it, within the drawing.
 */
void
app_chart_scene_snapshot_mark (AppChartScene      *self,
                               const AppChartPlot *plot,
                               GtkSnapshot        *snapshot,
                               AppChartMark        mark,
                               float               width,
                               float               height)
{
  g_return_if_fail (APP_IS_CHART_SCENE (self) && mark.layer < self->layers->len);

  const char *label = app_chart_scene_get_label (self, mark);
  const GdkRGBA *ink = &plot->palette.foreground;
  graphene_rect_t area;
  GskRoundedRect frame;

  app_chart_layer_get_mark_area (g_ptr_array_index (self->layers, mark.layer), plot, mark.index,
                                 &area);
  graphene_rect_inset (&area, -2, -2);
  gsk_rounded_rect_init_from_rect (&frame, &area, 3);
  gtk_snapshot_append_border (snapshot, &frame, (float[4]){ 2, 2, 2, 2 },
                              (GdkRGBA[4]){ *ink, *ink, *ink, *ink });
  if (label)
    draw_bubble (plot, snapshot, label, &area, width, height);
}
