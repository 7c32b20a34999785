/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A bar for each of a few named things, one under the other. */
#include "config.h"

#include "app-drawing-bars.h"

#include "app-chart-bars.h"

#include <math.h>

#define ROOM 1.05

/**
 * app_drawing_bars:
 * @title: of the whole drawing
 * @unit: what the length counts
 * @bars: the bars, from top to bottom; those that are not finite are left out
 *
 * Returns: (transfer full): the drawing
 */
AppChartScene *
app_drawing_bars (const char          *title,
                  const char          *unit,
                  const AppDrawingBar *bars,
                  guint                n_bars)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (AppChartSeries) series = app_chart_series_new (NULL);
  double least = 0;
  double most = 0;

  for (guint i = 0; i < n_bars; i++)
    {
      AppChartPoint point = { .x = bars[i].value, .y = names->len, .color = bars[i].color };

      if (!isfinite (bars[i].value))
        continue;
      g_ptr_array_add (names, (gpointer) bars[i].name);
      app_chart_series_add (series, &point, bars[i].label);
      least = MIN (least, bars[i].value);
      most = MAX (most, bars[i].value);
    }
  g_ptr_array_add (names, NULL);

  g_autoptr (AppChartAxis) x = app_chart_axis_new (APP_CHART_SCALE_LINEAR, unit);
  g_autoptr (AppChartAxis) y =
    app_chart_axis_new_categories ((const char *const *) names->pdata, NULL);
  AppChartScene *scene = app_chart_scene_new (title, x, y);

  app_chart_axis_set_range (x, least * ROOM, most * ROOM);
  app_chart_scene_take_layer (scene, app_chart_bars_new (series));
  return scene;
}

/**
 * app_drawing_bars_list:
 * @list: of objects
 * @name_member: what a bar is of, a text
 * @value_member: how long it is, a number; it is written behind the name
 * @most: how many bars at most, the first ones; 0 for all
 *
 * Returns: (transfer full): a bar for each object
 */
AppChartScene *
app_drawing_bars_list (const char *title,
                       const char *unit,
                       JsonArray  *list,
                       const char *name_member,
                       const char *value_member,
                       guint       most)
{
  guint n = json_array_get_length (list);
  g_autoptr (GArray) bars = g_array_new (FALSE, TRUE, sizeof (AppDrawingBar));
  g_autoptr (GStringChunk) names = g_string_chunk_new (256);

  for (guint i = 0; i < n && (most == 0 || i < most); i++)
    {
      JsonObject *object = json_array_get_object_element (list, i);
      double value = app_drawing_get_number (object, value_member);
      g_autofree char *number = app_drawing_dup_number (value);
      g_autofree char *name =
        g_strdup_printf ("%s — %s", app_drawing_get_text (object, name_member), number);
      AppDrawingBar bar = { g_string_chunk_insert (names, name), value };

      bar.label = bar.name;
      g_array_append_val (bars, bar);
    }
  return app_drawing_bars (title, unit, (const AppDrawingBar *) bars->data, bars->len);
}
