/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was expected of each row against what there was. On the straight line both agree. */
#include "config.h"

#include "app-drawing-demand.h"

#include "app-chart-curve.h"
#include "app-chart-dots.h"

#include <glib/gi18n.h>
#include <math.h>

#define DOT_COLOR 1
#define LINE_COLOR 0
#define ROOM 0.03

typedef struct
{
  double low;
  double high;
} Range;

static AppChartLayer *
draw_rows (JsonArray *rows,
           Range     *range)
{
  g_autoptr (AppChartSeries) series = app_chart_series_new (_("Rows"));

  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);
      AppChartPoint point = {
        .x = app_drawing_get_number (row, "expected"),
        .y = app_drawing_get_number (row, "actual"),
        .color = DOT_COLOR,
      };
      g_autofree char *expected = app_drawing_dup_number (point.x);
      g_autofree char *came = app_drawing_dup_number (point.y);
      g_autofree char *label = g_strdup_printf (_("%s: %s expected, %s came"),
                                                app_drawing_get_text (row, "id"), expected, came);

      if (!isfinite (point.x) || !isfinite (point.y))
        continue;
      range->low = fmin (range->low, fmin (point.x, point.y));
      range->high = fmax (range->high, fmax (point.x, point.y));
      app_chart_series_add (series, &point, label);
    }
  return app_chart_dots_new (series);
}

/* So that no dot is cut by the edge. */
static void
widen (Range *range)
{
  double room = ROOM * (range->high - range->low);

  range->low -= room;
  range->high += room;
}

static AppChartLayer *
draw_agreement (const Range *range)
{
  g_autoptr (AppChartSeries) series = app_chart_series_new (_("As expected"));
  AppChartPoint low = { range->low, range->low, 0, LINE_COLOR };
  AppChartPoint high = { range->high, range->high, 0, LINE_COLOR };

  app_chart_series_add (series, &low, NULL);
  app_chart_series_add (series, &high, NULL);
  return app_chart_curve_new (series);
}

/**
 * app_drawing_demand:
 * @document: of store_demand_to_json()
 *
 * Returns: (transfer full) (nullable): what was expected against what there was
 */
AppChartScene *
app_drawing_demand (JsonObject  *document,
                    GError     **error)
{
  JsonArray *rows = app_drawing_get_list (document, "rows", error);
  Range range = { INFINITY, -INFINITY };
  g_autoptr (AppChartLayer) dots = NULL;
  g_autoptr (AppChartAxis) x = NULL;
  g_autoptr (AppChartAxis) y = NULL;
  AppChartScene *scene;

  if (!rows)
    return NULL;
  dots = draw_rows (rows, &range);
  if (!(range.high > range.low))
    {
      app_drawing_set_empty (error);
      return NULL;
    }
  widen (&range);
  x = app_chart_axis_new (APP_CHART_SCALE_LINEAR, _("Expected"));
  y = app_chart_axis_new (APP_CHART_SCALE_LINEAR, _("What there was"));
  app_chart_axis_set_range (x, range.low, range.high);
  app_chart_axis_set_range (y, range.low, range.high);
  scene = app_chart_scene_new (_("What was expected, and what there was"), x, y);
  app_chart_scene_take_layer (scene, draw_agreement (&range));
  app_chart_scene_take_layer (scene, g_steal_pointer (&dots));
  return scene;
}
