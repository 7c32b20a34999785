/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every document of kind order that is neither in the trash nor cancelled is one order, by the day
 * and total written on it. Invoices are not read: an order and its invoice are one sale.
 */
#include "config.h"

#include "store-insight-orders.h"

#include "store-connection.h"
#include "store-database-private.h"
#include "store-money-text.h"

#include <sqlite3.h>
#include <stdio.h>

#define COUNTED "FROM document WHERE kind = 'order' AND trashed = 0 AND state IS NOT 'cancelled'"

typedef struct
{
  StoreInsightOrders *orders;
  gint32 until;
  const char *wanted;
} Reading;

/* The currency of most orders; of two with as many, the first by name. */
static gboolean
choose_currency (StoreConnection  *connection,
                 Reading          *reading,
                 GError          **error)
{
  g_autoptr (StoreStatement) statement =
    store_connection_prepare (connection,
                              "SELECT currency " COUNTED " AND currency IS NOT NULL"
                              " GROUP BY currency ORDER BY count(*) DESC, currency LIMIT 1",
                              error);
  gboolean row;

  if (!statement || !store_statement_step (statement, &row, error))
    return FALSE;
  if (row)
    reading->orders->currency =
      g_strdup ((const char *) sqlite3_column_text (statement->handle, 0));
  return TRUE;
}

/* "2026-01-31" as days since 1970; the catalog lets no other form into the column. */
static gboolean
parse_day (const char *text,
           gint32     *day)
{
  GDate date;
  guint year, month, day_of_month;

  if (!text || sscanf (text, "%4u-%2u-%2u", &year, &month, &day_of_month) != 3 ||
      !g_date_valid_dmy ((GDateDay) day_of_month, (GDateMonth) month, (GDateYear) year))
    return FALSE;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day_of_month, (GDateMonth) month, (GDateYear) year);
  *day = (gint32) g_date_get_julian (&date) - 719163;
  return TRUE;
}

static void
add_order (Reading        *reading,
           StoreStatement *statement)
{
  StoreInsightOrders *orders = reading->orders;
  const char *currency = (const char *) sqlite3_column_text (statement->handle, 3);
  gboolean complete = sqlite3_column_type (statement->handle, 2) == SQLITE_INTEGER;
  StoreId party;
  gint32 day;

  complete = complete && store_statement_get_id (statement, 0, &party) &&
             parse_day ((const char *) sqlite3_column_text (statement->handle, 1), &day);
  if (!complete)
    orders->n_incomplete++;
  else if (currency && g_strcmp0 (currency, orders->currency) != 0)
    orders->n_other++;
  else if (store_purchase_table_add_uuid (orders->table, party.bytes, day,
                                          sqlite3_column_int64 (statement->handle, 2)))
    orders->n_orders++;
  else
    orders->n_incomplete++;
}

static gboolean
read_orders (StoreConnection  *connection,
             gpointer          data,
             GError          **error)
{
  Reading *reading = data;
  StoreInsightOrders *orders = reading->orders;

  if (reading->wanted)
    orders->currency = g_strdup (reading->wanted);
  else if (!choose_currency (connection, reading, error))
    return FALSE;

  g_autoptr (StoreStatement) statement =
    store_connection_prepare (connection, "SELECT party, date, total, currency " COUNTED, error);
  int digits = orders->currency ? store_currency_get_digits (orders->currency) : 2;
  gboolean row = statement != NULL;

  orders->table = store_purchase_table_new (reading->until, (guint) digits);
  while (row)
    {
      if (!store_statement_step (statement, &row, error))
        return FALSE;
      if (row)
        add_order (reading, statement);
    }
  return statement != NULL;
}

/**
 * store_insight_orders_read:
 * @until: the day up to which orders count, days since 1970-01-01
 * @currency: (nullable): which orders to take; %NULL for the currency that most of them are in
 *
 * Blocks; on any thread that may block.
 *
 * Returns: (transfer full): the orders, with an empty table where there are none.
 */
StoreInsightOrders *
store_insight_orders_read (StoreDatabase  *database,
                           gint32          until,
                           const char     *currency,
                           GError        **error)
{
  g_return_val_if_fail (STORE_IS_DATABASE (database), NULL);

  g_autoptr (StoreInsightOrders) orders = g_new0 (StoreInsightOrders, 1);
  Reading reading = { orders, until, currency };

  if (!store_database_read (database, read_orders, &reading, error))
    return NULL;
  store_purchase_table_finish (orders->table);
  return g_steal_pointer (&orders);
}

void
store_insight_orders_free (StoreInsightOrders *self)
{
  g_clear_pointer (&self->table, store_purchase_table_unref);
  g_free (self->currency);
  g_free (self);
}
