/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The table of purchases from the figures that follow the log: a row a customer instead of a row an
 * order. The single orders of a customer are read only where the figures cannot tell: some of them
 * are later than the cut, or some name no currency and some do.
 */
#include "config.h"

#include "store-insight-orders.h"

#include "store-database-private.h"
#include "store-error.h"
#include "store-money-text.h"
#include "store-purchase-follow.h"
#include "store-purchase-order.h"
#include "store-purchase-rows.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  StoreInsightOrders *orders;
  gint32 until;
  const char *wanted;
  GCancellable *cancellable;
  gboolean whole;
} Reading;

/* How often figures may be found being made anew, before the orders are read instead. */
#define MOST_TRIES 3

/* The rows of the customer that the reading has come to. */
typedef struct
{
  StoreId party;
  StorePurchaseFigures figures;
  guint n_rows;
} Customer;

static gboolean
choose_currency (StoreConnection  *connection,
                 char            **currency,
                 GError          **error)
{
  g_autoptr (StoreStatement) statement =
    store_connection_prepare (connection,
                              "SELECT currency FROM purchase_figures WHERE currency <> ''"
                              " GROUP BY currency ORDER BY sum (orders) DESC, currency LIMIT 1",
                              error);
  gboolean row;

  if (statement == NULL || !store_statement_step (statement, &row, error))
    return FALSE;
  if (row)
    *currency = g_strdup ((const char *) sqlite3_column_text (statement->handle, 0));
  return TRUE;
}

/* By the indexes of the three columns: those that lack one are few. */
static gboolean
count_incomplete (StoreConnection  *connection,
                  guint            *count,
                  GError          **error)
{
  gint64 number;

  if (!store_connection_get_number (connection,
                                    "SELECT count (*) FROM document WHERE (party IS NULL"
                                    " OR date IS NULL OR total IS NULL OR date < '1600'"
                                    " OR date >= '2600') AND " STORE_PURCHASE_ORDER_COUNTS,
                                    &number, error))
    return FALSE;
  *count = (guint) number;
  return TRUE;
}

static gboolean
read_orders_of (Reading          *reading,
                StoreConnection  *connection,
                Customer         *customer,
                GError          **error)
{
  g_autoptr (StoreStatement) statement =
    store_connection_prepare (connection,
                              "SELECT " STORE_PURCHASE_ORDER_COLUMNS " FROM document"
                              " WHERE party = ? AND " STORE_PURCHASE_ORDER_COUNTS
                              " ORDER BY date",
                              error);
  gboolean row = TRUE;

  customer->figures = (StorePurchaseFigures){ 0 };
  if (statement == NULL)
    return FALSE;
  store_statement_bind_id (statement, 1, &customer->party);
  while (row)
    {
      StorePurchaseOrder order;

      if (!store_statement_step (statement, &row, error))
        return FALSE;
      if (row && store_purchase_order_read (&order, statement, 0) && order.day <= reading->until &&
          (*order.currency == '\0' || g_strcmp0 (order.currency, reading->orders->currency) == 0))
        store_purchase_figures_add (&customer->figures, order.day, order.total);
    }
  return TRUE;
}

static gboolean
finish_customer (Reading          *reading,
                 StoreConnection  *connection,
                 Customer         *customer,
                 GError          **error)
{
  gboolean told = customer->n_rows == 1 && customer->figures.last_day <= reading->until;

  if (customer->n_rows == 0)
    return TRUE;
  if (!told && !read_orders_of (reading, connection, customer, error))
    return FALSE;
  if (customer->figures.purchases > 0)
    store_purchase_table_add_figures (reading->orders->table, customer->party.bytes,
                                      &customer->figures);
  customer->n_rows = 0;
  return TRUE;
}

static gboolean
add_row (Reading          *reading,
         StoreConnection  *connection,
         StoreStatement   *statement,
         Customer         *customer,
         GError          **error)
{
  const char *currency = (const char *) sqlite3_column_text (statement->handle, 1);
  StorePurchaseFigures figures;
  StoreId party;

  store_purchase_rows_read (statement, 2, &figures);
  if (*currency != '\0' && g_strcmp0 (currency, reading->orders->currency) != 0)
    {
      reading->orders->n_other += figures.orders;
      return TRUE;
    }
  if (!store_statement_get_id (statement, 0, &party))
    return TRUE;
  if (!store_id_equal (&party, &customer->party) &&
      !finish_customer (reading, connection, customer, error))
    return FALSE;

  reading->orders->n_orders += figures.orders;
  customer->party = party;
  customer->n_rows++;
  customer->figures = figures;
  return TRUE;
}

static gboolean
read_rows (Reading          *reading,
           StoreConnection  *connection,
           GError          **error)
{
  g_autoptr (StoreStatement) statement =
    store_connection_prepare (connection,
                              "SELECT party, currency, " STORE_PURCHASE_ROW_COLUMNS
                              " FROM purchase_figures ORDER BY party, currency",
                              error);
  gboolean row = statement != NULL;
  Customer customer = { 0 };

  while (row && !g_cancellable_is_cancelled (reading->cancellable))
    {
      if (!store_statement_step (statement, &row, error))
        return FALSE;
      if (row && !add_row (reading, connection, statement, &customer, error))
        return FALSE;
    }
  if (row && statement != NULL)
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_CANCELLED, _("Stopped before the end."));
      return FALSE;
    }
  return statement != NULL && finish_customer (reading, connection, &customer, error);
}

static gboolean
read_figures (StoreConnection  *connection,
              gpointer          data,
              GError          **error)
{
  Reading *reading = data;
  StoreInsightOrders *orders = reading->orders;
  int digits = 2;

  if (!store_purchase_follow_is_whole (connection, &reading->whole, error))
    return FALSE;
  if (!reading->whole)
    return TRUE;
  if (reading->wanted)
    orders->currency = g_strdup (reading->wanted);
  else if (!choose_currency (connection, &orders->currency, error))
    return FALSE;
  if (orders->currency)
    digits = store_currency_get_digits (orders->currency);
  orders->table = store_purchase_table_new (reading->until, (guint) digits);
  return count_incomplete (connection, &orders->n_incomplete, error) &&
         read_rows (reading, connection, error);
}

/**
 * store_insight_orders_read_figures:
 * @until: the day up to which orders count, days since 1970-01-01
 * @currency: (nullable): which orders to take; %NULL for the currency that most of them are in
 * @cancellable: (nullable): to stop
 * @error: %STORE_ERROR_CANCELLED, or why the store cannot be read or written
 *
 * As store_insight_orders_read(), by a row a customer instead of a row an order, brought up to date
 * first. The table has the columns alone, see store_purchase_table_has_purchases(), unless another
 * program goes on making the figures anew. Blocks; on any thread that may block.
 *
 * Returns: (transfer full): the orders, with an empty table where there are none
 */
StoreInsightOrders *
store_insight_orders_read_figures (StoreDatabase  *database,
                                   gint32          until,
                                   const char     *currency,
                                   GCancellable   *cancellable,
                                   GError        **error)
{
  g_return_val_if_fail (STORE_IS_DATABASE (database), NULL);

  g_autoptr (StoreInsightOrders) orders = g_new0 (StoreInsightOrders, 1);
  Reading reading = { orders, until, currency, cancellable, FALSE };

  for (guint i = 0; i < MOST_TRIES && !reading.whole; i++)
    if (!store_purchase_follow_catch_up (database, cancellable, error) ||
        !store_database_read (database, read_figures, &reading, error))
      return NULL;
  if (!reading.whole)
    return store_insight_orders_read (database, until, currency, error);
  store_purchase_table_finish (orders->table);
  return g_steal_pointer (&orders);
}
