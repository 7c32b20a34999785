/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-calendar-month.h"
#include "store-purchase-order.h"

#include "store-purchase-table.h"

#include <stdio.h>
#include <string.h>

/**
 * store_purchase_order_parse_day:
 * @text: (nullable): "2026-01-31"; the catalog lets no other form into the column, so that the
 *   order of the texts is the order of the days
 * @day: (out): days since 1970-01-01
 *
 * Returns: whether it is a day that a purchase can have
 */
gboolean
store_purchase_order_parse_day (const char *text,
                                gint32     *day)
{
  GDate date;
  guint year, month, day_of_month;

  if (!text || strlen (text) != 10 ||
      sscanf (text, "%4u-%2u-%2u", &year, &month, &day_of_month) != 3 ||
      !g_date_valid_dmy ((GDateDay) day_of_month, (GDateMonth) month, (GDateYear) year))
    return FALSE;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day_of_month, (GDateMonth) month, (GDateYear) year);
  *day = (gint32) g_date_get_julian (&date) - STORE_JULIAN_OF_EPOCH;
  return *day >= STORE_PURCHASE_FIRST_DAY && *day <= STORE_PURCHASE_LAST_DAY;
}

/**
 * store_purchase_order_read:
 * @self: (out): the order
 * @statement: on a row
 * @first_column: where %STORE_PURCHASE_ORDER_COLUMNS begin in it
 *
 * Returns: %FALSE if the order has no customer, day or total; @currency is set all the same
 */
gboolean
store_purchase_order_read (StorePurchaseOrder *self,
                           StoreStatement     *statement,
                           int                 first_column)
{
  sqlite3_stmt *handle = statement->handle;
  const char *currency = (const char *) sqlite3_column_text (handle, first_column + 3);

  self->currency = currency ? currency : "";
  self->total = sqlite3_column_int64 (handle, first_column + 2);
  return sqlite3_column_type (handle, first_column + 2) == SQLITE_INTEGER &&
         store_statement_get_id (statement, first_column, &self->party) &&
         store_purchase_order_parse_day ((const char *) sqlite3_column_text (handle,
                                                                             first_column + 1),
                                         &self->day);
}
