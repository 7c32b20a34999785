/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who came back month by month: the drawing of the document, and the customers behind a month. */
#include "config.h"

#include "app-insights-scenes.h"

#include "app-drawing-cohorts.h"

#include "store-calendar-month.h"

#include <math.h>

/**
 * app_insights_scenes_cohorts:
 *
 * Returns: (transfer full) (nullable): retention month by month; %NULL where the orders do not
 * reach over a month.
 */
AppChartScene *
app_insights_scenes_cohorts (AppInsightsResult *result)
{
  const StoreCohorts *cohorts = app_insights_result_get_cohorts (result);
  g_autoptr (JsonNode) document = cohorts && cohorts->n > 1 ? store_cohorts_to_json (cohorts)
                                                            : NULL;

  return document ? app_drawing_cohorts (json_node_get_object (document), NULL) : NULL;
}

/* The month of a mark: those with nobody before them have none. */
static guint
find_month (const StoreCohorts *cohorts,
            guint               mark)
{
  guint month = 0;

  for (guint i = 0; i < cohorts->n; i++)
    if (isfinite (store_cohorts_get_retention (&cohorts->months[i])) && mark-- == 0)
      month = i;
  return month;
}

static gint32
find_first_month (AppInsightsResult *result)
{
  const StorePurchaseColumns *columns =
    store_purchase_table_get_columns (app_insights_result_get_orders (result)->table);
  gint32 first = G_MAXINT32;

  for (guint row = 0; row < columns->n_rows; row++)
    first = MIN (first, columns->first_day[row]);
  return store_calendar_month_of_day (first);
}

/* Whether a customer bought in a month and in the one before. */
static gboolean
came_back (AppInsightsResult *result,
           guint              row,
           gconstpointer      data)
{
  gint32 wanted = *(const gint32 *) data;
  gboolean before = FALSE;
  gboolean then = FALSE;
  guint n;
  g_autofree StorePurchase *purchases =
    store_purchase_table_dup_purchases (app_insights_result_get_orders (result)->table, row, &n);

  for (guint i = 0; i < n; i++)
    {
      gint32 month = store_calendar_month_of_day (purchases[i].day);

      before = before || month == wanted - 1;
      then = then || month == wanted;
    }
  return before && then;
}

GArray *
app_insights_scenes_cohort_rows (AppInsightsResult *result,
                                 AppChartMark       mark)
{
  const StoreCohorts *cohorts = app_insights_result_get_cohorts (result);
  gint32 month = find_first_month (result) + (gint32) find_month (cohorts, mark.index);

  return app_insights_scenes_collect (result, came_back, &month);
}
