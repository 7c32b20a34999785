/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-drawing-rules.h"

#include "app-chart-dots.h"

#include <glib/gi18n.h>
#include <math.h>

/* Sides of a rule read "bread, butter → jam". */
static char *
dup_label (JsonObject *rule)
{
  JsonArray *left = json_object_get_array_member (rule, "left");
  g_autoptr (GString) label = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (left); i++)
    g_string_append_printf (label, "%s%s", i > 0 ? ", " : "",
                            json_array_get_string_element (left, i));
  g_string_append_printf (label, " → %s", app_drawing_get_text (rule, "right"));
  return g_string_free (g_steal_pointer (&label), FALSE);
}

typedef struct
{
  double low_x;
  double low_y;
  double high_y;
} Extent;

static AppChartSeries *
collect_dots (JsonArray *rules,
              Extent    *extent)
{
  AppChartSeries *series = app_chart_series_new (_("Rules"));

  *extent = (Extent) { 100.0, INFINITY, 0.0 };
  for (guint i = 0; i < json_array_get_length (rules); i++)
    {
      JsonObject *rule = json_array_get_object_element (rules, i);
      AppChartPoint point = { app_drawing_get_number (rule, "confidence") * 100.0,
                              app_drawing_get_number (rule, "lift"), 0, 0 };
      g_autofree char *label = dup_label (rule);

      if (!isfinite (point.x) || !isfinite (point.y) || point.y <= 0.0)
        continue;
      app_chart_series_add (series, &point, label);
      extent->low_x = MIN (extent->low_x, point.x);
      extent->low_y = MIN (extent->low_y, point.y);
      extent->high_y = MAX (extent->high_y, point.y);
    }
  return series;
}

/**
 * app_drawing_rules:
 * @document: of store_rules_to_json()
 *
 * Returns: (transfer full) (nullable): a dot for each rule, by confidence and lift
 */
AppChartScene *
app_drawing_rules (JsonObject  *document,
                   GError     **error)
{
  JsonArray *rules = app_drawing_get_list (document, "rules", error);
  g_autoptr (AppChartSeries) series = NULL;
  g_autoptr (AppChartScene) scene = NULL;
  g_autoptr (AppChartAxis) x = NULL;
  g_autoptr (AppChartAxis) y = NULL;
  Extent extent;

  if (!rules)
    return NULL;
  series = collect_dots (rules, &extent);
  if (app_chart_series_get_size (series) == 0)
    {
      app_drawing_set_empty (error);
      return NULL;
    }
  x = app_chart_axis_new (APP_CHART_SCALE_LINEAR, _("Confidence, %"));
  y = app_chart_axis_new (APP_CHART_SCALE_LOGARITHMIC,
                          _("Lift: times as often as in all baskets"));
  app_chart_axis_set_range (x, MAX (0.0, floor (extent.low_x / 10.0 - 0.2) * 10.0), 100.0);
  app_chart_axis_set_range (y, extent.low_y / 1.1, extent.high_y * 1.1);
  scene = app_chart_scene_new (_("What is bought together"), x, y);
  app_chart_scene_take_layer (scene, app_chart_dots_new (series));
  return g_steal_pointer (&scene);
}
