/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How many values lie where, from 0 on. The last bar holds the long tail, so that a few very large
 * values do not press all others into the first bar.
 */
#include "config.h"

#include "app-drawing-histogram.h"

#include "app-chart-bars.h"

#include <glib/gi18n.h>
#include <math.h>

#define N_BINS 16
#define TAIL .98
#define ROOM 1.05

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double left = *(const double *) a;
  double right = *(const double *) b;

  return left < right ? -1 : left > right;
}

/**
 * app_drawing_bins_choose:
 * @values: finite
 *
 * Returns: bins of a round width up to where the longest tail begins
 */
AppDrawingBins
app_drawing_bins_choose (const double *values,
                         guint         n_values)
{
  AppDrawingBins bins = { 1, 1 };
  g_autoptr (GArray) sorted = g_array_sized_new (FALSE, FALSE, sizeof (double), n_values);

  if (n_values == 0)
    return bins;

  g_array_append_vals (sorted, values, n_values);
  g_array_sort (sorted, compare_doubles);

  double tail = g_array_index (sorted, double, (guint) (TAIL * (n_values - 1)));
  double most = g_array_index (sorted, double, n_values - 1);
  double span = tail > 0 ? tail : most > 0 ? most : 1;
  g_autoptr (AppChartTicks) ticks = app_chart_ticks_new_linear (0, span, N_BINS);

  bins.step = app_chart_ticks_get (ticks, 1) - app_chart_ticks_get (ticks, 0);
  bins.n_bins = (guint) floor (span / bins.step) + 1;
  return bins;
}

/**
 * app_drawing_bins_find:
 *
 * Returns: the bin that holds a value.
 */
guint
app_drawing_bins_find (const AppDrawingBins *bins,
                       double                value)
{
  g_return_val_if_fail (bins != NULL, 0);

  return (guint) CLAMP (floor (value / bins->step), 0, bins->n_bins - 1);
}

static guint *
count_bins (const AppDrawingBins *bins,
            const double         *values,
            guint                 n_values)
{
  guint *counts = g_new0 (guint, bins->n_bins);

  for (guint i = 0; i < n_values; i++)
    counts[app_drawing_bins_find (bins, values[i])]++;
  return counts;
}

/**
 * app_drawing_histogram:
 * @title: of the whole drawing
 * @x_title: what the values are, with their unit
 * @y_title: what is counted
 * @values: finite
 * @func: says what is to be said of a bar
 *
 * Returns: (transfer full): a bar for each of the bins that app_drawing_bins_choose() gives
 */
AppChartScene *
app_drawing_histogram (const char        *title,
                       const char        *x_title,
                       const char        *y_title,
                       const double      *values,
                       guint              n_values,
                       AppDrawingBinFunc  func,
                       gpointer           data)
{
  AppDrawingBins bins = app_drawing_bins_choose (values, n_values);
  g_autofree guint *counts = count_bins (&bins, values, n_values);
  g_autofree char *last = app_drawing_dup_number ((bins.n_bins - 1) * bins.step);
  /* Translators: the title of an axis, and where the last bar begins, which holds all above. */
  g_autofree char *ending = g_strdup_printf (_("%s (last bar: %s and more)"), x_title, last);
  g_autoptr (AppChartAxis) x = app_chart_axis_new (APP_CHART_SCALE_LINEAR, ending);
  g_autoptr (AppChartAxis) y = app_chart_axis_new (APP_CHART_SCALE_LINEAR, y_title);
  g_autoptr (AppChartSeries) series = app_chart_series_new (NULL);
  AppChartScene *scene = app_chart_scene_new (title, x, y);
  guint highest = 1;

  for (guint bin = 0; bin < bins.n_bins; bin++)
    {
      AppChartPoint point = { .x = bin * bins.step, .y = counts[bin], .extent = bins.step };
      g_autofree char *label = func (&bins, bin, counts[bin], data);

      app_chart_series_add (series, &point, label);
      highest = MAX (highest, counts[bin]);
    }
  app_chart_axis_set_range (x, 0, bins.n_bins * bins.step);
  app_chart_axis_set_range (y, 0, highest * ROOM);
  app_chart_scene_take_layer (scene, app_chart_bars_new (series));
  return scene;
}
