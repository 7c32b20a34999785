/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-purchase-rows.h"

#include "store-purchase-order.h"

#include <string.h>

/* Numbers of a month, least significant byte first. */
typedef struct
{
  guint16 of_month[STORE_PURCHASE_MONTHS];
} Months;

static void
pack_months (Months                     *self,
             const StorePurchaseFigures *figures)
{
  for (guint i = 0; i < STORE_PURCHASE_MONTHS; i++)
    self->of_month[i] = GUINT16_TO_LE (figures->months[i]);
}

static void
read_months (StoreStatement       *statement,
             int                   column,
             StorePurchaseFigures *figures)
{
  Months months = { { 0 } };

  if (sqlite3_column_bytes (statement->handle, column) == sizeof months)
    memcpy (&months, sqlite3_column_blob (statement->handle, column), sizeof months);
  for (guint i = 0; i < STORE_PURCHASE_MONTHS; i++)
    figures->months[i] = GUINT16_FROM_LE (months.of_month[i]);
}

void
store_purchase_rows_read (StoreStatement       *statement,
                          int                   first_column,
                          StorePurchaseFigures *figures)
{
  sqlite3_stmt *handle = statement->handle;
  int at = first_column;

  figures->first_day = sqlite3_column_int (handle, at++);
  figures->last_day = sqlite3_column_int (handle, at++);
  figures->purchases = (guint32) sqlite3_column_int64 (handle, at++);
  figures->orders = (guint32) sqlite3_column_int64 (handle, at++);
  figures->value = sqlite3_column_int64 (handle, at++);
  figures->first_value = sqlite3_column_int64 (handle, at++);
  figures->last_value = sqlite3_column_int64 (handle, at++);
  figures->squares = sqlite3_column_double (handle, at++);
  figures->log_values = sqlite3_column_double (handle, at++);
  figures->log_gaps = sqlite3_column_double (handle, at++);
  read_months (statement, at, figures);
}

gboolean
store_purchase_rows_find (StoreConnection      *connection,
                          const StoreId        *party,
                          const char           *currency,
                          StorePurchaseFigures *figures,
                          gboolean             *found,
                          GError              **error)
{
  g_autoptr (StoreStatement) statement =
    store_connection_prepare (connection,
                              "SELECT " STORE_PURCHASE_ROW_COLUMNS " FROM purchase_figures"
                              " WHERE party = ? AND currency = ?",
                              error);

  *figures = (StorePurchaseFigures){ 0 };
  if (statement == NULL)
    return FALSE;
  store_statement_bind_id (statement, 1, party);
  sqlite3_bind_text (statement->handle, 2, currency, -1, SQLITE_TRANSIENT);
  if (!store_statement_step (statement, found, error))
    return FALSE;
  if (*found)
    store_purchase_rows_read (statement, 0, figures);
  return TRUE;
}

gboolean
store_purchase_rows_put (StoreConnection             *connection,
                         const StoreId               *party,
                         const char                  *currency,
                         const StorePurchaseFigures  *figures,
                         GError                     **error)
{
  g_autoptr (StoreStatement) statement =
    store_connection_prepare (connection,
                              "REPLACE INTO purchase_figures (party, currency,"
                              " " STORE_PURCHASE_ROW_COLUMNS ")"
                              " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                              error);
  Months months;
  int at = 3;

  if (statement == NULL)
    return FALSE;
  pack_months (&months, figures);
  store_statement_bind_id (statement, 1, party);
  sqlite3_bind_text (statement->handle, 2, currency, -1, SQLITE_TRANSIENT);
  sqlite3_bind_int (statement->handle, at++, figures->first_day);
  sqlite3_bind_int (statement->handle, at++, figures->last_day);
  sqlite3_bind_int64 (statement->handle, at++, figures->purchases);
  sqlite3_bind_int64 (statement->handle, at++, figures->orders);
  sqlite3_bind_int64 (statement->handle, at++, figures->value);
  sqlite3_bind_int64 (statement->handle, at++, figures->first_value);
  sqlite3_bind_int64 (statement->handle, at++, figures->last_value);
  sqlite3_bind_double (statement->handle, at++, figures->squares);
  sqlite3_bind_double (statement->handle, at++, figures->log_values);
  sqlite3_bind_double (statement->handle, at++, figures->log_gaps);
  sqlite3_bind_blob (statement->handle, at, &months, sizeof months, SQLITE_TRANSIENT);
  return store_statement_run (statement, error);
}

/* Orders that come by customer, currency and day, summed until the next customer or currency. */
typedef struct
{
  StoreConnection *connection;
  StoreId party;
  char *currency;
  StorePurchaseFigures figures;
} Summing;

static void
summing_clear (Summing *self)
{
  g_free (self->currency);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Summing, summing_clear)

static gboolean
summing_put (Summing  *self,
             GError  **error)
{
  if (self->figures.purchases == 0)
    return TRUE;
  if (!store_purchase_rows_put (self->connection, &self->party, self->currency, &self->figures,
                                error))
    return FALSE;
  self->figures = (StorePurchaseFigures){ 0 };
  return TRUE;
}

static gboolean
summing_add (Summing                   *self,
             const StorePurchaseOrder  *order,
             GError                   **error)
{
  gboolean same_currency = g_strcmp0 (self->currency, order->currency) == 0;

  if ((!same_currency || !store_id_equal (&self->party, &order->party)) &&
      !summing_put (self, error))
    return FALSE;

  if (!same_currency)
    {
      g_free (self->currency);
      self->currency = g_strdup (order->currency);
    }
  self->party = order->party;
  store_purchase_figures_add (&self->figures, order->day, order->total);
  return TRUE;
}

static gboolean
remove_customer (StoreConnection  *connection,
                 const StoreId    *party,
                 GError          **error)
{
  g_autoptr (StoreStatement) statement =
    store_connection_prepare (connection, "DELETE FROM purchase_figures WHERE party = ?", error);

  if (statement == NULL)
    return FALSE;
  store_statement_bind_id (statement, 1, party);
  return store_statement_run (statement, error);
}

#define ORDERS_SORTED(which)                                                                       \
  "SELECT " STORE_PURCHASE_ORDER_COLUMNS " FROM document WHERE party " which                       \
  " AND " STORE_PURCHASE_ORDER_COUNTS " ORDER BY party, ifnull (currency, ''), date"

/**
 * store_purchase_rows_recompute:
 * @party: a customer, of whom there may be no orders left
 *
 * Makes the rows of one customer anew from their orders as they are.
 */
gboolean
store_purchase_rows_recompute (StoreConnection  *connection,
                               const StoreId    *party,
                               GError          **error)
{
  g_autoptr (StoreStatement) statement =
    store_connection_prepare (connection, ORDERS_SORTED ("= ?1"), error);
  g_auto (Summing) summing = { .connection = connection, .party = *party };
  gboolean row = TRUE;

  if (statement == NULL || !remove_customer (connection, party, error))
    return FALSE;
  store_statement_bind_id (statement, 1, party);
  while (row)
    {
      StorePurchaseOrder order;

      if (!store_statement_step (statement, &row, error))
        return FALSE;
      if (row && store_purchase_order_read (&order, statement, 0) &&
          !summing_add (&summing, &order, error))
        return FALSE;
    }
  return summing_put (&summing, error);
}

/**
 * store_purchase_rows_build:
 * @place: (inout): the customer after whom to go on; then the last one that is done
 * @most: how many customers
 * @end: (out): whether no customer is left
 *
 * Makes the rows of the next customers, whole ones.
 */
gboolean
store_purchase_rows_build (StoreConnection  *connection,
                           StoreId          *place,
                           guint             most,
                           gboolean         *end,
                           GError          **error)
{
  g_autoptr (StoreStatement) statement =
    store_connection_prepare (connection, ORDERS_SORTED ("> ?1"), error);
  g_auto (Summing) summing = { .connection = connection, .party = *place };
  guint n_customers = 0;
  gboolean row = TRUE;

  *end = FALSE;
  if (statement == NULL)
    return FALSE;
  if (store_id_is_nil (place))
    sqlite3_bind_zeroblob (statement->handle, 1, 0);
  else
    store_statement_bind_id (statement, 1, place);
  while (row)
    {
      StorePurchaseOrder order;

      if (!store_statement_step (statement, &row, error))
        return FALSE;
      if (!row || !store_purchase_order_read (&order, statement, 0))
        continue;
      if (!store_id_equal (&order.party, &summing.party) && n_customers++ == most)
        break;
      if (!summing_add (&summing, &order, error))
        return FALSE;
    }
  *place = summing.party;
  *end = !row;
  return summing_put (&summing, error);
}
