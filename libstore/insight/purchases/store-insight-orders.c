/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-insight-orders.h"

#include "store-database-private.h"
#include "store-money-text.h"
#include "store-purchase-order.h"

#define COUNTED "FROM document WHERE " STORE_PURCHASE_ORDER_COUNTS

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
                              "SELECT currency " COUNTED " AND currency <> ''"
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

static void
add_order (Reading        *reading,
           StoreStatement *statement)
{
  StoreInsightOrders *orders = reading->orders;
  StorePurchaseOrder order;

  if (!store_purchase_order_read (&order, statement, 0))
    orders->n_incomplete++;
  else if (*order.currency != '\0' && g_strcmp0 (order.currency, orders->currency) != 0)
    orders->n_other++;
  else if (store_purchase_table_add_uuid (orders->table, order.party.bytes, order.day,
                                          order.total))
    orders->n_orders++;
}

static guint
get_digits (const char *currency)
{
  return currency ? (guint) store_currency_get_digits (currency) : 2;
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
    store_connection_prepare (connection, "SELECT " STORE_PURCHASE_ORDER_COLUMNS " " COUNTED,
                              error);
  gboolean row = statement != NULL;

  orders->table = store_purchase_table_new (reading->until, get_digits (orders->currency));
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

typedef struct
{
  StorePurchaseTable *table;
  const StoreId *party;
  const char *currency;
} OneCustomer;

static gboolean
read_customer (StoreConnection  *connection,
               gpointer          data,
               GError          **error)
{
  OneCustomer *one = data;
  g_autoptr (StoreStatement) statement =
    store_connection_prepare (connection, "SELECT " STORE_PURCHASE_ORDER_COLUMNS " " COUNTED
                                          " AND party = ?",
                              error);
  gboolean row = TRUE;

  if (statement == NULL)
    return FALSE;
  store_statement_bind_id (statement, 1, one->party);
  while (row)
    {
      StorePurchaseOrder order;

      if (!store_statement_step (statement, &row, error))
        return FALSE;
      if (row && store_purchase_order_read (&order, statement, 0) &&
          (*order.currency == '\0' || g_strcmp0 (order.currency, one->currency) == 0))
        store_purchase_table_add_uuid (one->table, order.party.bytes, order.day, order.total);
    }
  return TRUE;
}

/**
 * store_insight_orders_read_customer:
 * @party: a customer
 * @until: the day up to which orders count, days since 1970-01-01
 * @currency: (nullable): of the orders, as a model names it
 *
 * Blocks; on any thread that may block.
 *
 * Returns: (transfer full): a table of one row, or none where the customer has no such orders
 */
StorePurchaseTable *
store_insight_orders_read_customer (StoreDatabase  *database,
                                    const StoreId  *party,
                                    gint32          until,
                                    const char     *currency,
                                    GError        **error)
{
  g_return_val_if_fail (STORE_IS_DATABASE (database) && party != NULL, NULL);

  g_autoptr (StorePurchaseTable) table = store_purchase_table_new (until, get_digits (currency));
  OneCustomer one = { table, party, currency };

  if (!store_database_read (database, read_customer, &one, error))
    return NULL;
  store_purchase_table_finish (table);
  return g_steal_pointer (&table);
}

void
store_insight_orders_free (StoreInsightOrders *self)
{
  g_clear_pointer (&self->table, store_purchase_table_unref);
  g_free (self->currency);
  g_free (self);
}
