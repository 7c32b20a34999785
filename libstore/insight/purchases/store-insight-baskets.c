/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-insight-baskets.h"

#include "store-database-private.h"
#include "store-purchase-order.h"

#include <string.h>

/* The columns of a line, in the order of the query. */
enum { ORDER, PARTY, DATE, PRODUCT, NAME, TEXT };

#define LINES                                                                                      \
  "SELECT sale.id, sale.party, sale.date, line.product, product.name, line.text"                   \
  " FROM (SELECT id, party, date FROM document WHERE " STORE_PURCHASE_ORDER_COUNTS ") AS sale"     \
  " JOIN document_line AS line ON line.document = sale.id"                                         \
  " LEFT JOIN product ON product.id = line.product"                                                \
  " WHERE line.trashed = 0 AND (line.quantity IS NULL OR line.quantity > 0)"

typedef struct
{
  StoreInsightBaskets *self;
  gint32 until;
} Reading;

/* The id of the product, with its name for the person; else what the line says. */
static gboolean
read_item (StoreStatement *statement,
           char            item[STORE_ID_STRING_LENGTH + 1],
           const char    **key,
           const char    **name)
{
  StoreId product;

  *name = (const char *) sqlite3_column_text (statement->handle, NAME);
  *key = (const char *) sqlite3_column_text (statement->handle, TEXT);
  if (!store_statement_get_id (statement, PRODUCT, &product))
    return *key != NULL && **key != '\0';
  store_id_print (&product, item);
  if (*name == NULL)
    *name = *key;
  *key = item;
  return TRUE;
}

static void
add_line (Reading        *reading,
          StoreStatement *statement)
{
  StoreInsightBaskets *self = reading->self;
  char basket[STORE_ID_STRING_LENGTH + 1];
  char customer[STORE_ID_STRING_LENGTH + 1];
  char item[STORE_ID_STRING_LENGTH + 1];
  StoreBasketLine line = { .basket = basket };
  const char *date = (const char *) sqlite3_column_text (statement->handle, DATE);
  const char *name;
  StoreId id;

  if (!store_statement_get_id (statement, ORDER, &id) ||
      !store_purchase_order_parse_day (date, &line.day) ||
      !read_item (statement, item, &line.item, &name))
    {
      self->n_incomplete++;
      return;
    }
  if (line.day > reading->until)
    return;
  store_id_print (&id, basket);
  if (store_statement_get_id (statement, PARTY, &id))
    {
      store_id_print (&id, customer);
      line.customer = customer;
    }
  store_baskets_add_line (self->baskets, &line);
  if (line.item == item && name != NULL)
    store_baskets_name_item (self->baskets, item, name);
  self->n_lines++;
}

static gboolean
read_lines (StoreConnection  *connection,
            gpointer          data,
            GError          **error)
{
  g_autoptr (StoreStatement) statement = store_connection_prepare (connection, LINES, error);
  gboolean row = statement != NULL;

  while (row)
    {
      if (!store_statement_step (statement, &row, error))
        return FALSE;
      if (row)
        add_line (data, statement);
    }
  return statement != NULL;
}

/**
 * store_insight_baskets_read:
 * @until: the day up to which orders count, days since 1970-01-01
 *
 * Blocks; on any thread that may block.
 *
 * Returns: (transfer full): the baskets, none of them where there are no orders with lines.
 */
StoreInsightBaskets *
store_insight_baskets_read (StoreDatabase  *database,
                            gint32          until,
                            GError        **error)
{
  g_return_val_if_fail (STORE_IS_DATABASE (database), NULL);

  g_autoptr (StoreInsightBaskets) self = g_new0 (StoreInsightBaskets, 1);
  Reading reading = { self, until };

  self->baskets = store_baskets_new ();
  if (!store_database_read (database, read_lines, &reading, error))
    return NULL;
  store_baskets_finish (self->baskets);
  return g_steal_pointer (&self);
}

void
store_insight_baskets_free (StoreInsightBaskets *self)
{
  g_clear_pointer (&self->baskets, store_baskets_free);
  g_free (self);
}
