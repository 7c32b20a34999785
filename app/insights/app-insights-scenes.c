/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From a result to drawings, and from a mark back to the customers behind it.
 *
 * Segments: a bar a group. Map: a dot a customer, when they last bought against what they spent; at
 * most APP_INSIGHTS_MOST_DOTS, those with the most money. Value: a histogram of lifetime values.
 */
#include "config.h"

#include "app-insights-scenes.h"

#include "app-chart-dots.h"
#include "app-drawing-bars.h"
#include "app-drawing-histogram.h"

#include <glib/gi18n.h>
#include <math.h>

typedef struct
{
  guint32 row;
  double amount;
} Ranked;

static int
compare_ranked (gconstpointer a,
                gconstpointer b)
{
  const Ranked *left = a;
  const Ranked *right = b;

  if (left->amount != right->amount)
    return left->amount > right->amount ? -1 : 1;
  return left->row < right->row ? -1 : left->row > right->row;
}

static double
get_money (AppInsightsResult *result,
           guint              row)
{
  StorePurchaseTable *table = app_insights_result_get_orders (result)->table;

  return store_purchase_table_to_major (
    table, (double) store_purchase_table_get_columns (table)->value[row]);
}

/* What customers are ranked by: their lifetime value, or what they have spent. */
static double
get_worth (AppInsightsResult *result,
           guint              row)
{
  const StoreClv *clv = app_insights_result_get_clv (result);

  return clv && clv->has_spend ? clv->clv[row] : get_money (result, row);
}

/**
 * app_insights_scenes_collect:
 * @func: says of a customer whether it is wanted
 *
 * Returns: (transfer full) (element-type guint32): the customers that are wanted, best first.
 */
GArray *
app_insights_scenes_collect (AppInsightsResult     *result,
                             AppInsightsScenesFunc  func,
                             gconstpointer          data)
{
  g_autoptr (GArray) ranked = g_array_new (FALSE, FALSE, sizeof (Ranked));
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint row = 0; row < app_insights_result_get_n_rows (result); row++)
    if (func (result, row, data))
      {
        Ranked entry = { row, get_worth (result, row) };

        g_array_append_val (ranked, entry);
      }
  g_array_sort (ranked, compare_ranked);
  for (guint i = 0; i < ranked->len; i++)
    g_array_append_val (rows, g_array_index (ranked, Ranked, i).row);
  return rows;
}

static gboolean
is_any (AppInsightsResult *result,
        guint              row,
        gconstpointer      data)
{
  return TRUE;
}

/**
 * app_insights_scenes_best_rows:
 *
 * Returns: (transfer full) (element-type guint32): the best customers, best first.
 */
GArray *
app_insights_scenes_best_rows (AppInsightsResult *result,
                               guint              most)
{
  GArray *rows = app_insights_scenes_collect (result, is_any, NULL);

  if (rows->len > most)
    g_array_set_size (rows, most);
  return rows;
}

static char *
dup_segment_title (const StoreSegment *segment)
{
  /* Translators: a group of customers and how many there are in it. */
  return g_strdup_printf (ngettext ("%s — %'u person", "%s — %'u people", segment->size),
                          segment->name, segment->size);
}

static char *
dup_segment_label (AppInsightsResult  *result,
                   const StoreSegment *segment)
{
  g_autofree char *title = dup_segment_title (segment);
  g_autofree char *money = app_insights_result_dup_amount (result, segment->money);
  g_autofree char *total = app_insights_result_dup_amount (result, segment->value);

  return g_strdup_printf (_("%s\nTypical: last purchase %.0f days ago, %.1f purchases, %s\n"
                            "All together: %s"),
                          title, segment->recency, segment->frequency, money, total);
}

/**
 * app_insights_scenes_segments:
 *
 * Returns: (transfer full): a bar for each group; there must be groups.
 */
AppChartScene *
app_insights_scenes_segments (AppInsightsResult *result)
{
  const StoreSegments *segments = app_insights_result_get_segments (result);
  g_autofree AppDrawingBar *bars = g_new0 (AppDrawingBar, segments->k);
  g_autoptr (GStringChunk) texts = g_string_chunk_new (256);

  for (guint i = 0; i < segments->k; i++)
    {
      const StoreSegment *segment = &segments->segments[i];
      g_autofree char *title = dup_segment_title (segment);
      g_autofree char *label = dup_segment_label (result, segment);

      bars[i].name = g_string_chunk_insert (texts, title);
      bars[i].label = g_string_chunk_insert (texts, label);
      bars[i].value = segment->size;
      bars[i].color = i;
    }
  return app_drawing_bars (_("Customers in groups"), _("Number of people"), bars, segments->k);
}

static gboolean
is_in_segment (AppInsightsResult *result,
               guint              row,
               gconstpointer      data)
{
  return app_insights_result_get_segments (result)->labels[row] == GPOINTER_TO_UINT (data);
}

GArray *
app_insights_scenes_segment_rows (AppInsightsResult *result,
                                  AppChartMark       mark)
{
  return app_insights_scenes_collect (result, is_in_segment, GUINT_TO_POINTER (mark.index));
}

/* The rows that the map shows of one group, in the order of @best. */
static GArray *
collect_map_rows (AppInsightsResult *result,
                  GArray            *best,
                  guint              segment)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint i = 0; i < best->len; i++)
    {
      guint32 row = g_array_index (best, guint32, i);

      if (is_in_segment (result, row, GUINT_TO_POINTER (segment)) && get_money (result, row) > 0)
        g_array_append_val (rows, row);
    }
  return rows;
}

static void
add_dot (AppInsightsResult *result,
         AppChartSeries    *series,
         guint              row,
         guint              color)
{
  StorePurchaseTable *table = app_insights_result_get_orders (result)->table;
  const char *name = app_insights_result_get_name (result, row);
  g_autofree char *facts = app_insights_result_dup_facts (result, row);
  g_autofree char *label = name ? g_strdup_printf ("%s\n%s", name, facts) : g_strdup (facts);
  AppChartPoint point = {
    .x = store_purchase_table_get_columns (table)->last_day[row],
    .y = get_money (result, row),
    .color = color,
  };

  app_chart_series_add (series, &point, label);
}

static void
find_ranges (AppInsightsResult *result,
             AppChartAxis      *x,
             AppChartAxis      *y)
{
  StorePurchaseTable *table = app_insights_result_get_orders (result)->table;
  const StorePurchaseColumns *columns = store_purchase_table_get_columns (table);
  int first = G_MAXINT;
  double least = G_MAXDOUBLE;
  double most = 0;

  for (guint row = 0; row < columns->n_rows; row++)
    {
      double money = get_money (result, row);

      first = MIN (first, columns->last_day[row]);
      least = money > 0 ? MIN (least, money) : least;
      most = MAX (most, money);
    }
  app_chart_axis_set_range (x, first - 3, app_insights_result_get_until (result) + 3);
  app_chart_axis_set_range (y, least / 1.2, most * 1.2);
}

/**
 * app_insights_scenes_map:
 *
 * Returns: (transfer full): a dot for each customer, a colour for each group.
 */
AppChartScene *
app_insights_scenes_map (AppInsightsResult *result)
{
  const StoreSegments *segments = app_insights_result_get_segments (result);
  const char *currency = app_insights_result_get_orders (result)->currency;
  g_autoptr (GArray) best = app_insights_scenes_best_rows (result, APP_INSIGHTS_MOST_DOTS);
  g_autofree char *spent = g_strdup_printf (_("Spent in all (%s)"), currency ? currency : "—");
  g_autoptr (AppChartAxis) x = app_chart_axis_new (APP_CHART_SCALE_CALENDAR, _("Last purchase"));
  g_autoptr (AppChartAxis) y = app_chart_axis_new (APP_CHART_SCALE_LOGARITHMIC, spent);
  AppChartScene *scene =
    app_chart_scene_new (_("Each customer by last purchase and sum of orders"), x, y);

  find_ranges (result, x, y);
  for (guint segment = 0; segment < segments->k; segment++)
    {
      g_autoptr (GArray) rows = collect_map_rows (result, best, segment);
      g_autoptr (AppChartSeries) series =
        app_chart_series_new (segments->segments[segment].name);

      for (guint i = 0; i < rows->len; i++)
        add_dot (result, series, g_array_index (rows, guint32, i), segment);
      app_chart_scene_take_layer (scene, app_chart_dots_new (series));
    }
  return scene;
}

GArray *
app_insights_scenes_map_rows (AppInsightsResult *result,
                              AppChartMark       mark)
{
  g_autoptr (GArray) best = app_insights_scenes_best_rows (result, APP_INSIGHTS_MOST_DOTS);
  GArray *rows = collect_map_rows (result, best, mark.layer);

  g_return_val_if_fail (mark.index < rows->len, rows);

  guint32 row = g_array_index (rows, guint32, mark.index);

  g_array_set_size (rows, 0);
  g_array_append_val (rows, row);
  return rows;
}

static char *
dup_bin_label (const AppDrawingBins *bins,
               guint                 bin,
               guint                 count,
               gpointer              data)
{
  AppInsightsResult *result = data;
  g_autofree char *from = app_insights_result_dup_amount (result, bin * bins->step);
  g_autofree char *to = app_insights_result_dup_amount (result, (bin + 1) * bins->step);
  g_autofree char *people = g_strdup_printf (ngettext ("%'u person", "%'u people", count), count);

  if (bin + 1 == bins->n_bins)
    /* Translators: how many people have a lifetime value of so much and above. */
    return g_strdup_printf (_("%s: %s and more"), people, from);
  /* Translators: how many people have a lifetime value between two amounts. */
  return g_strdup_printf (_("%s: %s to %s"), people, from, to);
}

/**
 * app_insights_scenes_value:
 *
 * Returns: (transfer full): a histogram of lifetime values; there must be such.
 */
AppChartScene *
app_insights_scenes_value (AppInsightsResult *result)
{
  const StoreClv *clv = app_insights_result_get_clv (result);
  const char *currency = app_insights_result_get_orders (result)->currency;
  g_autofree char *title = g_strdup_printf (_("Lifetime value (%s)"), currency ? currency : "—");

  return app_drawing_histogram (_("Customers by lifetime value"), title, _("Number of people"),
                                clv->clv, store_purchase_table_get_n_rows (clv->table),
                                dup_bin_label, result);
}

typedef struct
{
  AppDrawingBins bins;
  guint bin;
} Bin;

static gboolean
is_in_bin (AppInsightsResult *result,
           guint              row,
           gconstpointer      data)
{
  const Bin *bin = data;

  return app_drawing_bins_find (&bin->bins, app_insights_result_get_clv (result)->clv[row]) ==
         bin->bin;
}

GArray *
app_insights_scenes_value_rows (AppInsightsResult *result,
                                AppChartMark       mark)
{
  const StoreClv *clv = app_insights_result_get_clv (result);
  Bin bin = {
    app_drawing_bins_choose (clv->clv, store_purchase_table_get_n_rows (clv->table)),
    mark.index,
  };

  return app_insights_scenes_collect (result, is_in_bin, &bin);
}
