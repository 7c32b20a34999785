/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A whole drawing apart from any window: two axes, layers over each other, a legend where there is
 * more than one. From top to bottom: legend, title of the vertical axis, the plot with its ticks,
 * the labels of the horizontal axis, its title. The window, PNG, SVG and PDF all draw this.
 */
#include "config.h"

#include "app-chart-scene-private.h"

#include <math.h>

#define EDGE 2.f
#define LYING_BAR 18.f
#define STANDING_HEIGHT 120.f

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

AppChartSeries *
app_chart_scene_get_series (AppChartScene *self,
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
    n_marks += app_chart_series_get_size (app_chart_scene_get_series (self, i));
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
      guint size = app_chart_series_get_size (app_chart_scene_get_series (self, mark.layer));

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
    position += app_chart_series_get_size (app_chart_scene_get_series (self, i));
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

  return app_chart_series_get_label (app_chart_scene_get_series (self, mark.layer), mark.index);
}

gboolean
app_chart_scene_has_lying_bars (AppChartScene *self)
{
  return app_chart_axis_get_scale (self->y) == APP_CHART_SCALE_CATEGORIES;
}

guint
app_chart_scene_count_ticks (float length,
                             float room)
{
  return (guint) MAX (length / room, 1);
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

  if (app_chart_scene_has_lying_bars (self))
    bands = app_chart_axis_get_n_names (self->y) * (line + 10 + LYING_BAR);

  return (int) ceilf (bands + 4 * (line + GAP));
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
  float top = app_chart_scene_place_legend (self, plot, NULL, width) + EDGE;
  float bottom = line + GAP;
  float left = EDGE;

  plot->x = self->x;
  plot->y = self->y;
  if (app_chart_axis_get_title (self->y))
    top += line + GAP;
  if (app_chart_axis_get_title (self->x))
    bottom += line + 2;
  if (!app_chart_scene_has_lying_bars (self))
    left += measure_labels (plot, self->y, app_chart_scene_count_ticks (height - top - bottom, TICK_HEIGHT)) + GAP;
  graphene_rect_init (&plot->area, left, top, MAX (width - left - 2 * GAP, 1),
                      MAX (height - top - bottom, 1));
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
