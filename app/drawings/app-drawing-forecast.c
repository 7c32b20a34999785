/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What was and what is expected: the last part of the series as a curve, the forecast as another
 * one that goes on from its end, and around it the room of four in five and of nineteen in twenty
 * cases.
 */
#include "config.h"

#include "app-drawing-forecast.h"

#include "app-chart-band.h"
#include "app-chart-curve.h"

#include <glib/gi18n.h>
#include <math.h>

/* So much of the past is drawn for each period of the forecast, and at least so much. */
#define PAST_FOR_FUTURE 6
#define LEAST_PAST 60

#define PAST_COLOR 0
#define FUTURE_COLOR 1

typedef struct
{
  JsonArray *history;
  JsonArray *forecast;
  guint first;
  double low;
  double high;
} Drawing;

/* The first day of its period, or its number where there are no days. */
static double
get_x (JsonObject *period)
{
  double day = app_drawing_get_day (period, "begins");

  return isfinite (day) ? day : g_ascii_strtod (app_drawing_get_text (period, "period"), NULL);
}

static void
see (Drawing *drawing,
     double   value)
{
  if (!isfinite (value))
    return;
  drawing->low = fmin (drawing->low, value);
  drawing->high = fmax (drawing->high, value);
}

static void
add_point (AppChartSeries *series,
           JsonObject     *period,
           double          y,
           double          extent,
           guint           color)
{
  AppChartPoint point = { get_x (period), y, extent, color };
  g_autofree char *label = NULL;

  if (extent > 0)
    label = g_strdup_printf (_("%s: %.2f to %.2f"), app_drawing_get_text (period, "period"), y,
                             y + extent);
  else
    label = g_strdup_printf (_("%s: %.2f"), app_drawing_get_text (period, "period"), y);
  if (isfinite (point.x) && isfinite (point.y) && isfinite (extent))
    app_chart_series_add (series, &point, label);
}

static JsonObject *
get_last (const Drawing *drawing)
{
  return json_array_get_object_element (drawing->history,
                                        json_array_get_length (drawing->history) - 1);
}

static AppChartLayer *
draw_past (Drawing *drawing)
{
  g_autoptr (AppChartSeries) series = app_chart_series_new (_("So far"));

  for (guint i = drawing->first; i < json_array_get_length (drawing->history); i++)
    {
      JsonObject *period = json_array_get_object_element (drawing->history, i);
      double value = app_drawing_get_number (period, "value");

      see (drawing, value);
      add_point (series, period, value, 0, PAST_COLOR);
    }
  return app_chart_curve_new (series);
}

static AppChartLayer *
draw_future (Drawing *drawing)
{
  g_autoptr (AppChartSeries) series = app_chart_series_new (_("Expected"));
  JsonObject *last = get_last (drawing);

  add_point (series, last, app_drawing_get_number (last, "value"), 0, FUTURE_COLOR);
  for (guint i = 0; i < json_array_get_length (drawing->forecast); i++)
    {
      JsonObject *period = json_array_get_object_element (drawing->forecast, i);

      add_point (series, period, app_drawing_get_number (period, "mean"), 0, FUTURE_COLOR);
    }
  return app_chart_curve_new (series);
}

static AppChartLayer *
draw_room (Drawing    *drawing,
           const char *name,
           const char *low_member,
           const char *high_member)
{
  g_autoptr (AppChartSeries) series = app_chart_series_new (name);
  JsonObject *last = get_last (drawing);

  add_point (series, last, app_drawing_get_number (last, "value"), 0, FUTURE_COLOR);
  for (guint i = 0; i < json_array_get_length (drawing->forecast); i++)
    {
      JsonObject *period = json_array_get_object_element (drawing->forecast, i);
      double low = app_drawing_get_number (period, low_member);
      double high = app_drawing_get_number (period, high_member);

      see (drawing, low);
      see (drawing, high);
      add_point (series, period, low, high - low, FUTURE_COLOR);
    }
  return app_chart_band_new (series);
}

static AppChartScene *
make_scene (const Drawing *drawing,
            JsonObject    *document,
            AppChartAxis **value_axis)
{
  const char *unit = app_drawing_get_text (document, "unit");
  gboolean has_days = isfinite (app_drawing_get_day (get_last (drawing), "begins"));
  g_autoptr (AppChartAxis) x =
    app_chart_axis_new (has_days ? APP_CHART_SCALE_CALENDAR : APP_CHART_SCALE_LINEAR,
                        has_days ? _("Day") : _("Number"));
  g_autoptr (AppChartAxis) y =
    app_chart_axis_new (APP_CHART_SCALE_LINEAR, *unit != '\0' ? unit : _("Value"));
  JsonObject *first = json_array_get_object_element (drawing->history, drawing->first);
  JsonObject *end = json_array_get_object_element (drawing->forecast,
                                                   json_array_get_length (drawing->forecast) - 1);

  app_chart_axis_set_range (x, get_x (first), get_x (end));
  *value_axis = y;
  return app_chart_scene_new (_("What was, and what is expected"), x, y);
}

static guint
find_first (const Drawing *drawing)
{
  guint n = json_array_get_length (drawing->history);
  guint wanted = MAX (LEAST_PAST, PAST_FOR_FUTURE * json_array_get_length (drawing->forecast));

  return n > wanted ? n - wanted : 0;
}

/**
 * app_drawing_forecast:
 * @document: of store_forecast_to_json()
 *
 * Returns: (transfer full) (nullable): the series, its forecast and the limits
 */
AppChartScene *
app_drawing_forecast (JsonObject  *document,
                      GError     **error)
{
  Drawing drawing = { .low = INFINITY, .high = -INFINITY };
  AppChartScene *scene;
  AppChartAxis *values;

  drawing.history = app_drawing_get_list (document, "history", error);
  drawing.forecast = drawing.history ? app_drawing_get_list (document, "forecast", error) : NULL;
  if (!drawing.forecast)
    return NULL;

  drawing.first = find_first (&drawing);
  scene = make_scene (&drawing, document, &values);
  app_chart_scene_take_layer (scene, draw_room (&drawing, _("Nineteen in twenty cases"), "low95",
                                                "high95"));
  app_chart_scene_take_layer (scene, draw_room (&drawing, _("Four in five cases"), "low80",
                                                "high80"));
  app_chart_scene_take_layer (scene, draw_past (&drawing));
  app_chart_scene_take_layer (scene, draw_future (&drawing));
  if (drawing.low < drawing.high)
    app_chart_axis_set_range (values, drawing.low - 0.05 * (drawing.high - drawing.low),
                              drawing.high + 0.05 * (drawing.high - drawing.low));
  return scene;
}
