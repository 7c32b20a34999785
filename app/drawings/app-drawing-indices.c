/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who brings in how much: customers from the best on, and what share of all they bring in together.
 * The straight line is what it would be if all brought in the same.
 */
#include "config.h"

#include "app-drawing-indices.h"

#include "app-chart-curve.h"

#include <glib/gi18n.h>
#include <math.h>

/* More points than this no eye tells apart. */
#define MOST_POINTS 500

static int
compare_shares (gconstpointer a,
                gconstpointer b)
{
  double left = *(const double *) a;
  double right = *(const double *) b;

  return (left > right) - (left < right);
}

/* The cumulative shares, from that of the best customer alone to that of all. */
static GArray *
collect_shares (JsonArray *customers)
{
  GArray *shares = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < json_array_get_length (customers); i++)
    {
      double share = app_drawing_get_number (json_array_get_object_element (customers, i),
                                             "cumulative");

      if (isfinite (share))
        g_array_append_val (shares, share);
    }
  g_array_sort (shares, compare_shares);
  return shares;
}

static AppChartSeries *
trace_shares (GArray *shares)
{
  AppChartSeries *series = app_chart_series_new (_("These customers"));
  guint step = MAX (1, shares->len / MOST_POINTS);
  AppChartPoint origin = { 0 };

  app_chart_series_add (series, &origin, NULL);
  for (guint i = 0; i < shares->len; i++)
    {
      AppChartPoint point = {
        .x = 100.0 * (i + 1) / shares->len,
        .y = 100.0 * g_array_index (shares, double, i),
      };
      g_autofree char *label =
        g_strdup_printf (_("The best %.0f %% bring in %.0f %%"), point.x, point.y);

      if (i % step == 0 || i + 1 == shares->len)
        app_chart_series_add (series, &point, label);
    }
  return series;
}

static AppChartSeries *
trace_equality (void)
{
  AppChartSeries *series = app_chart_series_new (_("If all brought in the same"));
  AppChartPoint ends[] = { { .color = 6 }, { .x = 100, .y = 100, .color = 6 } };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    app_chart_series_add (series, &ends[i], NULL);
  return series;
}

/**
 * app_drawing_indices:
 * @document: of store_simple_indices_to_json()
 *
 * Returns: (transfer full) (nullable): the cumulative contribution of the customers
 */
AppChartScene *
app_drawing_indices (JsonObject  *document,
                     GError     **error)
{
  JsonArray *customers = app_drawing_get_list (document, "customers", error);

  if (!customers)
    return NULL;

  g_autoptr (GArray) shares = collect_shares (customers);
  g_autoptr (AppChartSeries) curve = trace_shares (shares);
  g_autoptr (AppChartSeries) equality = trace_equality ();
  g_autoptr (AppChartAxis) x =
    app_chart_axis_new (APP_CHART_SCALE_LINEAR, _("Customers, the best first (%)"));
  g_autoptr (AppChartAxis) y =
    app_chart_axis_new (APP_CHART_SCALE_LINEAR, _("Share of all that they bring in (%)"));
  AppChartScene *scene = app_chart_scene_new (_("Who brings in how much"), x, y);

  app_chart_axis_set_range (x, 0, 100);
  app_chart_axis_set_range (y, 0, 105);
  app_chart_scene_take_layer (scene, app_chart_curve_new (curve));
  app_chart_scene_take_layer (scene, app_chart_curve_new (equality));
  return scene;
}
