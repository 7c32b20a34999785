/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Customers of a month who bought again in the next, as a share. The first month has nobody before
 * it, and the last may have just begun; a month with nobody before it leaves a gap in time, not a
 * zero.
 */
#include "config.h"

#include "app-drawing-cohorts.h"

#include "app-chart-curve.h"
#include "app-chart-dots.h"

#include <glib/gi18n.h>
#include <math.h>

static AppChartSeries *
collect_months (JsonArray *months)
{
  AppChartSeries *series = app_chart_series_new (NULL);

  for (guint i = 0; i < json_array_get_length (months); i++)
    {
      JsonObject *month = json_array_get_object_element (months, i);
      const char *name = app_drawing_get_text (month, "month");
      AppChartPoint point = {
        .x = app_drawing_get_day (month, "month"),
        .y = 100 * app_drawing_get_number (month, "retention"),
      };
      /* Translators: a month, and how many of the customers of the one before bought in it. */
      g_autofree char *label =
        g_strdup_printf (_("%s: %.0f of %.0f came back (%.1f %%)"), name,
                         app_drawing_get_number (month, "retained"),
                         app_drawing_get_number (month, "active_before"), point.y);

      if (isfinite (point.x) && isfinite (point.y))
        app_chart_series_add (series, &point, label);
    }
  return series;
}

/**
 * app_drawing_cohorts:
 * @document: of store_cohorts_to_json()
 *
 * Returns: (transfer full) (nullable): retention month by month
 */
AppChartScene *
app_drawing_cohorts (JsonObject  *document,
                     GError     **error)
{
  JsonArray *months = app_drawing_get_list (document, "months", error);
  g_autoptr (AppChartSeries) series = months ? collect_months (months) : NULL;
  guint n = series ? app_chart_series_get_size (series) : 0;
  double most = 0;

  if (!months)
    return NULL;
  for (guint i = 0; i < n; i++)
    most = MAX (most, app_chart_series_get (series, i)->y);

  g_autoptr (AppChartAxis) x = app_chart_axis_new (APP_CHART_SCALE_CALENDAR, _("Month"));
  g_autoptr (AppChartAxis) y =
    app_chart_axis_new (APP_CHART_SCALE_LINEAR,
                        _("Retention of the customers of the month before, in %"));
  AppChartScene *scene = app_chart_scene_new (_("Customers who come back"), x, y);

  if (n > 0)
    app_chart_axis_set_range (x, app_chart_series_get (series, 0)->x - 5,
                              app_chart_series_get (series, n - 1)->x + 5);
  app_chart_axis_set_range (y, 0, most * 1.1);
  app_chart_scene_take_layer (scene, app_chart_curve_new (series));
  app_chart_scene_take_layer (scene, app_chart_dots_new (series));
  return scene;
}
