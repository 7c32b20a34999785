/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A whole drawing apart from any window: two axes, layers over each other, a legend where there is
 * more than one. From top to bottom: legend, title of the vertical axis, the plot with its ticks,
 * the labels of the horizontal axis, its title. The window, PNG, SVG and PDF all draw this.
 */
#include "config.h"

#include "app-chart-scene.h"

#include <math.h>

#define GAP 6.f
#define EDGE 2.f
#define SWATCH 10.f
#define TICK_WIDTH 72.f
#define TICK_HEIGHT 44.f
#define LYING_BAR 18.f
#define STANDING_HEIGHT 120.f

struct _AppChartScene
{
  GObject parent_instance;

  char *title;
  AppChartAxis *x;
  AppChartAxis *y;
  GPtrArray *layers;
};

G_DEFINE_FINAL_TYPE (AppChartScene, app_chart_scene, G_TYPE_OBJECT)

static void
app_chart_scene_finalize (GObject *object)
{
  AppChartScene *self = APP_CHART_SCENE (object);

  g_free (self->title);
  g_clear_object (&self->x);
  g_clear_object (&self->y);
  g_ptr_array_unref (self->layers);
  G_OBJECT_CLASS (app_chart_scene_parent_class)->finalize (object);
}

static void
app_chart_scene_class_init (AppChartSceneClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = app_chart_scene_finalize;
}

static void
app_chart_scene_init (AppChartScene *self)
{
  self->layers = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * app_chart_scene_new:
 * @title: what the whole of it shows, for those who do not see it
 */
AppChartScene *
app_chart_scene_new (const char   *title,
                     AppChartAxis *x,
                     AppChartAxis *y)
{
  g_return_val_if_fail (APP_IS_CHART_AXIS (x) && APP_IS_CHART_AXIS (y), NULL);

  AppChartScene *self = g_object_new (APP_TYPE_CHART_SCENE, NULL);

  self->title = g_strdup (title);
  self->x = g_object_ref (x);
  self->y = g_object_ref (y);
  return self;
}

const char *
app_chart_scene_get_title (AppChartScene *self)
{
  g_return_val_if_fail (APP_IS_CHART_SCENE (self), NULL);

  return self->title;
}

/**
 * app_chart_scene_take_layer:
 * @layer: (transfer full): drawn above those before it
 */
void
app_chart_scene_take_layer (AppChartScene *self,
                            AppChartLayer *layer)
{
  g_return_if_fail (APP_IS_CHART_SCENE (self) && APP_IS_CHART_LAYER (layer));

  g_ptr_array_add (self->layers, layer);
}

static AppChartSeries *
get_series (AppChartScene *self,
            guint          layer)
{
  return app_chart_layer_get_series (g_ptr_array_index (self->layers, layer));
}

/**
 * app_chart_scene_get_n_marks:
 *
 * Returns: how many marks all layers have together.
 */
guint
app_chart_scene_get_n_marks (AppChartScene *self)
{
  g_return_val_if_fail (APP_IS_CHART_SCENE (self), 0);

  guint n_marks = 0;

  for (guint i = 0; i < self->layers->len; i++)
    n_marks += app_chart_series_get_size (get_series (self, i));
  return n_marks;
}

/**
 * app_chart_scene_get_mark:
 * @position: counted through all layers, below app_chart_scene_get_n_marks()
 */
AppChartMark
app_chart_scene_get_mark (AppChartScene *self,
                          guint          position)
{
  AppChartMark mark = { 0, 0 };

  g_return_val_if_fail (APP_IS_CHART_SCENE (self), mark);

  for (mark.layer = 0; mark.layer < self->layers->len; mark.layer++)
    {
      guint size = app_chart_series_get_size (get_series (self, mark.layer));

      if (position < size)
        break;
      position -= size;
    }
  mark.index = position;
  return mark;
}

guint
app_chart_scene_get_position (AppChartScene *self,
                              AppChartMark   mark)
{
  g_return_val_if_fail (APP_IS_CHART_SCENE (self), 0);

  guint position = mark.index;

  for (guint i = 0; i < mark.layer && i < self->layers->len; i++)
    position += app_chart_series_get_size (get_series (self, i));
  return position;
}

/**
 * app_chart_scene_get_label:
 *
 * Returns: (transfer none) (nullable): what is to be said about a mark.
 */
const char *
app_chart_scene_get_label (AppChartScene *self,
                           AppChartMark   mark)
{
  g_return_val_if_fail (APP_IS_CHART_SCENE (self) && mark.layer < self->layers->len, NULL);

  return app_chart_series_get_label (get_series (self, mark.layer), mark.index);
}

static gboolean
has_lying_bars (AppChartScene *self)
{
  return app_chart_axis_get_scale (self->y) == APP_CHART_SCALE_CATEGORIES;
}

/**
 * app_chart_scene_get_minimum_height:
 *
 * Returns: the height below which marks or names would lie over each other.
 */
int
app_chart_scene_get_minimum_height (AppChartScene *self,
                                    PangoContext  *context)
{
  g_return_val_if_fail (APP_IS_CHART_SCENE (self), 0);

  AppChartPlot plot = { .context = context };
  float line = app_chart_plot_get_line_height (&plot);
  float bands = STANDING_HEIGHT;

  if (has_lying_bars (self))
    bands = app_chart_axis_get_n_names (self->y) * (line + 10 + LYING_BAR);

  return (int) ceilf (bands + 4 * (line + GAP));
}

/* The legend: a swatch and a name a layer, in as many rows as it takes. Draws where @snapshot is
 * given; returns the height. */
static float
place_legend (AppChartScene      *self,
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
      AppChartSeries *series = get_series (self, i);
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

          gtk_snapshot_append_color (snapshot, &color, &swatch);
          app_chart_plot_draw_text (plot, snapshot, layout, x + SWATCH + GAP, y,
                                    &plot->palette.foreground);
        }
      x += entry;
    }
  return y + line + GAP;
}

static guint
count_ticks (float length,
             float room)
{
  return (guint) MAX (length / room, 1);
}

static float
measure_labels (const AppChartPlot *plot,
                AppChartAxis       *axis,
                guint               wanted)
{
  g_autoptr (AppChartTicks) ticks = app_chart_axis_make_ticks (axis, wanted);
  int widest = 0;

  for (guint i = 0; i < ticks->values->len; i++)
    {
      g_autofree char *label =
        app_chart_axis_dup_label (axis, ticks, app_chart_ticks_get (ticks, i));
      g_autoptr (PangoLayout) layout = app_chart_plot_create_text (plot, label, 0);
      int width;

      pango_layout_get_pixel_size (layout, &width, NULL);
      widest = MAX (widest, width);
    }
  return widest;
}

/**
 * app_chart_scene_lay_out:
 * @plot: (inout): palette, context, vector and scale are given; area and axes are filled in
 *
 * Finds where the marks stand in a drawing of this size.
 */
void
app_chart_scene_lay_out (AppChartScene *self,
                         AppChartPlot  *plot,
                         float          width,
                         float          height)
{
  g_return_if_fail (APP_IS_CHART_SCENE (self) && plot != NULL);

  float line = app_chart_plot_get_line_height (plot);
  float top = place_legend (self, plot, NULL, width) + EDGE;
  float bottom = line + GAP;
  float left = EDGE;

  plot->x = self->x;
  plot->y = self->y;
  if (app_chart_axis_get_title (self->y))
    top += line + GAP;
  if (app_chart_axis_get_title (self->x))
    bottom += line + 2;
  if (!has_lying_bars (self))
    left += measure_labels (plot, self->y, count_ticks (height - top - bottom, TICK_HEIGHT)) + GAP;
  graphene_rect_init (&plot->area, left, top, MAX (width - left - 2 * GAP, 1),
                      MAX (height - top - bottom, 1));
}

static void
draw_vertical_axis (AppChartScene      *self,
                    const AppChartPlot *plot,
                    GtkSnapshot        *snapshot)
{
  GdkRGBA grid = app_chart_palette_get_faint (&plot->palette, .12f);
  GdkRGBA ink = app_chart_palette_get_faint (&plot->palette, .75f);
  g_autoptr (AppChartTicks) ticks =
    app_chart_axis_make_ticks (plot->y, count_ticks (plot->area.size.height, TICK_HEIGHT));

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
    app_chart_axis_make_ticks (plot->x, count_ticks (plot->area.size.width, TICK_WIDTH));

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

  place_legend (self, plot, snapshot, width);
  draw_titles (self, plot, snapshot, width);
  draw_horizontal_axis (self, plot, snapshot, width);
  if (has_lying_bars (self))
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
  pango_layout_set_width (layout, (int) (MIN (width - 4 * GAP, 320) * PANGO_SCALE));
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

/**
 * app_chart_scene_find:
 * @mark: (out): the uppermost mark at a place
 *
 * Returns: whether there is one.
 */
gboolean
app_chart_scene_find (AppChartScene      *self,
                      const AppChartPlot *plot,
                      float               x,
                      float               y,
                      AppChartMark       *mark)
{
  g_return_val_if_fail (APP_IS_CHART_SCENE (self) && mark != NULL, FALSE);

  for (guint i = self->layers->len; i > 0; i--)
    {
      int index = app_chart_layer_find (g_ptr_array_index (self->layers, i - 1), plot, x, y);

      if (index < 0)
        continue;
      *mark = (AppChartMark){ i - 1, (guint) index };
      return TRUE;
    }
  return FALSE;
}
