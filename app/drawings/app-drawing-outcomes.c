/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whether probabilities can be trusted: the rows held back in ten groups from low to high
 * probability, the mean of it against the share of "yes" that came. On the straight line both agree.
 */
#include "config.h"

#include "app-drawing-outcomes.h"

#include "app-chart-curve.h"
#include "app-chart-dots.h"

#include <glib/gi18n.h>
#include <math.h>

#define DOT_COLOR 1
#define LINE_COLOR 0

static AppChartLayer *
draw_agreement (void)
{
  g_autoptr (AppChartSeries) series = app_chart_series_new (_("As foretold"));

  for (guint i = 0; i <= 1; i++)
    {
      AppChartPoint point = { 100.0 * i, 100.0 * i, 0, LINE_COLOR };

      app_chart_series_add (series, &point, NULL);
    }
  return app_chart_curve_new (series);
}

static AppChartLayer *
draw_groups (JsonArray *groups)
{
  g_autoptr (AppChartSeries) series = app_chart_series_new (_("Rows held back"));

  for (guint i = 0; i < json_array_get_length (groups); i++)
    {
      JsonObject *group = json_array_get_object_element (groups, i);
      AppChartPoint point = {
        .x = 100.0 * app_drawing_get_number (group, "predicted"),
        .y = 100.0 * app_drawing_get_number (group, "actual"),
        .color = DOT_COLOR,
      };
      g_autofree char *label =
        g_strdup_printf (_("%.0f rows: %.0f %% foretold, %.0f %% came"),
                         app_drawing_get_number (group, "n"), point.x, point.y);

      if (isfinite (point.x) && isfinite (point.y))
        app_chart_series_add (series, &point, label);
    }
  return app_chart_dots_new (series);
}

/**
 * app_drawing_outcomes:
 * @document: of store_outcomes_to_json() or store_churn_to_json()
 *
 * Returns: (transfer full) (nullable): what was foretold against what came
 */
AppChartScene *
app_drawing_outcomes (JsonObject  *document,
                      GError     **error)
{
  JsonObject *validation = json_object_has_member (document, "validation")
                             ? json_object_get_object_member (document, "validation") : NULL;
  JsonArray *groups;
  AppChartScene *scene;
  g_autoptr (AppChartAxis) x = NULL;
  g_autoptr (AppChartAxis) y = NULL;

  if (!validation)
    {
      app_drawing_set_empty (error);
      return NULL;
    }
  groups = app_drawing_get_list (validation, "calibration", error);
  if (!groups)
    return NULL;
  x = app_chart_axis_new (APP_CHART_SCALE_LINEAR, _("Foretold probability (%)"));
  y = app_chart_axis_new (APP_CHART_SCALE_LINEAR, _("Share that came (%)"));
  app_chart_axis_set_range (x, 0, 100);
  app_chart_axis_set_range (y, 0, 100);
  scene = app_chart_scene_new (_("What was foretold, and what came"), x, y);
  app_chart_scene_take_layer (scene, draw_agreement ());
  app_chart_scene_take_layer (scene, draw_groups (groups));
  return scene;
}
