/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The purchases of all customers, added up by period: whole numbers of minor units and of
 * purchases, so that the order of the customers does not matter. A period without a purchase is
 * 0. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "store-error.h"
#include "store-series-private.h"

#define DAYS_FOR_MONTHS (2 * 365)
#define DAYS_FOR_WEEKS (20 * 7)

static gint32
find_first_day (const StorePurchaseColumns *columns)
{
  gint32 first = columns->until;

  for (guint row = 0; row < columns->n_rows; row++)
    first = MIN (first, columns->first_day[row]);
  return first;
}

/* Months where there are two years of them, else weeks or days. */
static StoreSeriesPeriod
find_period (gint32 first_day,
             gint32 last_day)
{
  gint32 days = last_day - first_day;

  if (days >= DAYS_FOR_MONTHS)
    return STORE_SERIES_MONTH;
  return days >= DAYS_FOR_WEEKS ? STORE_SERIES_WEEK : STORE_SERIES_DAY;
}

static void
add_purchases (const StoreSeries  *self,
               StorePurchaseTable *table,
               StoreSeriesSum      sum,
               gint64             *sums,
               guint              *counts)
{
  for (guint row = 0; row < store_purchase_table_get_n_rows (table); row++)
    {
      guint n;
      g_autofree StorePurchase *purchases = store_purchase_table_dup_purchases (table, row, &n);

      for (guint i = 0; i < n; i++)
        {
          gint32 at = store_series_period_of_day (self->every, purchases[i].day) - self->first;

          sums[at] += sum == STORE_SERIES_OF_VALUE ? purchases[i].value : 1;
          counts[at]++;
        }
    }
}

/* Orders that were given back can make a period negative. */
static gboolean
is_never_negative (const StoreSeries *self)
{
  for (guint i = 0; i < self->n; i++)
    if (self->values[i] < 0.0)
      return FALSE;
  return TRUE;
}

/**
 * store_series_new_from_purchases:
 * @table: a finished table
 * @sum: what to add up
 * @options: period and season
 * @error: return location
 *
 * Returns: (transfer full): the series up to the last whole period before the cut of the table, or
 *   %NULL with %STORE_ERROR_TOO_LITTLE_DATA (no purchase) or %STORE_ERROR_INVALID
 */
StoreSeries *
store_series_new_from_purchases (StorePurchaseTable        *table,
                                 StoreSeriesSum             sum,
                                 const StoreSeriesOptions  *options,
                                 GError                   **error)
{
  const StorePurchaseColumns *columns = store_purchase_table_get_columns (table);
  g_autoptr (StoreSeries) self = g_new0 (StoreSeries, 1);
  g_autofree gint64 *sums = NULL;
  g_autofree guint *counts = NULL;
  gint32 first_day = find_first_day (columns);
  guint every = options->every;

  if (columns->n_rows == 0)
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA,
                           _("There is no order yet."));
      return NULL;
    }
  if (every == STORE_SERIES_FIND_PERIOD || every == STORE_SERIES_STEP)
    every = find_period (first_day, columns->until);
  if (!store_series_init (self, every, options->season, first_day, columns->until, error))
    return NULL;
  sums = g_new0 (gint64, self->n);
  counts = g_new0 (guint, self->n);
  add_purchases (self, table, sum, sums, counts);
  for (guint i = 0; i < self->n; i++)
    {
      self->values[i] = sum == STORE_SERIES_OF_VALUE
                          ? store_purchase_table_to_major (table, sums[i])
                          : (double) sums[i];
      self->n_filled += counts[i] == 0;
    }
  store_series_leave_out_parts (self, first_day, columns->until);
  self->never_negative = is_never_negative (self);
  return g_steal_pointer (&self);
}
