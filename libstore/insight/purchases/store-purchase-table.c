/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Orders are kept as StorePurchaseEvents does. Closing the table sorts them by customer and day and
 * sums the figures of each customer from the purchases, integers only; the rows are in the order of
 * the customers' keys. So the table does not depend on the order in which the orders came. */

#include "config.h"

#include <string.h>

#include "store-purchase-table-private.h"

G_DEFINE_BOXED_TYPE (StorePurchaseTable, store_purchase_table,
                     store_purchase_table_ref, store_purchase_table_unref)

/**
 * store_purchase_table_new:
 * @until: the last day that counts, in days since 1970-01-01, or %STORE_PURCHASE_UNTIL_LAST
 * @digits: decimal places of the currency that the values are in
 *
 * Returns: (transfer full): an empty table, to be filled
 */
StorePurchaseTable *
store_purchase_table_new (gint32 until,
                          guint  digits)
{
  StorePurchaseTable *self = g_new0 (StorePurchaseTable, 1);

  g_atomic_ref_count_init (&self->refs);
  self->keys = store_key_index_new ();
  self->events = store_purchase_events_new ();
  self->columns.until = until;
  self->columns.minor_digits = MIN (digits, 9);
  return self;
}

StorePurchaseTable *
store_purchase_table_ref (StorePurchaseTable *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
store_purchase_table_unref (StorePurchaseTable *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  store_key_index_free (self->keys);
  g_clear_pointer (&self->events, store_purchase_events_free);
  g_clear_pointer (&self->figures, g_array_unref);
  g_free (self->order);
  g_free (self->first_day);
  g_free (self->last_day);
  g_free (self->n_purchases);
  g_free (self->orders);
  g_free (self->value);
  g_free (self->first_value);
  g_free (self);
}

static gboolean
add_event (StorePurchaseTable *self,
           gconstpointer       key,
           gsize               length,
           gint32              day,
           gint64              minor)
{
  if (day < STORE_PURCHASE_FIRST_DAY || day > STORE_PURCHASE_LAST_DAY)
    return FALSE;
  if (day > self->columns.until)
    return TRUE;

  store_purchase_events_add (self->events, store_key_index_put (self->keys, key, length), day,
                             minor);
  return TRUE;
}

/* The other orders of the day add nothing but their number. */
static void
add_purchase (StorePurchaseTable  *self,
              gconstpointer        key,
              gsize                length,
              const StorePurchase *purchase)
{
  for (guint i = 0; i < purchase->orders; i++)
    add_event (self, key, length, purchase->day, i == 0 ? purchase->value : 0);
}

/**
 * store_purchase_table_add:
 * @self: a table that is being filled
 * @id: the customer's key, UTF-8
 * @day: day of the order, in days since 1970-01-01
 * @minor: its value, in minor units
 *
 * Adds one order; orders after the cut are left out silently. A table takes keys as text or as
 * UUIDs, not both.
 *
 * Returns: %FALSE if the day is out of the years 1600 to 2599 and the order was not taken
 */
gboolean
store_purchase_table_add (StorePurchaseTable *self,
                          const char         *id,
                          gint32              day,
                          gint64              minor)
{
  g_return_val_if_fail (self != NULL && !self->finished, FALSE);
  g_return_val_if_fail (id != NULL, FALSE);
  g_return_val_if_fail (!self->uuids, FALSE);

  return add_event (self, id, strlen (id), day, minor);
}

/* What a column keeps of a customer's figures, until the table is finished. */
typedef struct
{
  gint64 value;
  gint64 first_value;
  gint32 first_day;
  gint32 last_day;
  guint32 purchases;
  guint32 orders;
  double log_gaps;
} Row;

/**
 * store_purchase_table_add_uuid:
 * @self: a table that is being filled
 * @uuid: the customer's key, 16 bytes
 * @day: day of the order, in days since 1970-01-01
 * @minor: its value, in minor units
 *
 * As store_purchase_table_add(), with a key of the store.
 *
 * Returns: %FALSE if the day is out of the years 1600 to 2599 and the order was not taken
 */
gboolean
store_purchase_table_add_uuid (StorePurchaseTable *self,
                               const guint8       *uuid,
                               gint32              day,
                               gint64              minor)
{
  g_return_val_if_fail (self != NULL && !self->finished, FALSE);
  g_return_val_if_fail (uuid != NULL, FALSE);
  g_return_val_if_fail (self->uuids || store_key_index_get_n (self->keys) == 0, FALSE);

  self->uuids = TRUE;
  return add_event (self, uuid, UUID_BYTES, day, minor);
}

/**
 * store_purchase_table_add_figures:
 * @self: a table that is being filled, with nothing but figures
 * @uuid: the customer's key, 16 bytes, each once
 * @row: figures of at least one order
 *
 * Adds one customer. A last day after the cut is not taken: the orders up to the cut are not known.
 *
 * Returns: whether the customer was taken
 */
gboolean
store_purchase_table_add_figures (StorePurchaseTable         *self,
                                  const guint8               *uuid,
                                  const StorePurchaseFigures *row)
{
  Row kept = { row->value, row->first_value, row->first_day, row->last_day,
               row->purchases, row->orders, row->log_gaps };

  g_return_val_if_fail (self != NULL && !self->finished, FALSE);
  g_return_val_if_fail (uuid != NULL && row->purchases > 0, FALSE);
  g_return_val_if_fail (store_purchase_events_get_n (self->events) == 0, FALSE);

  if (row->last_day > self->columns.until)
    return FALSE;
  if (self->figures == NULL)
    self->figures = g_array_new (FALSE, FALSE, sizeof (Row));
  self->uuids = TRUE;
  store_key_index_put (self->keys, uuid, UUID_BYTES);
  g_return_val_if_fail (store_key_index_get_n (self->keys) == self->figures->len + 1, FALSE);
  g_array_append_val (self->figures, kept);
  return TRUE;
}

static void
sum_row (StorePurchaseTable  *self,
         guint                row,
         const StorePurchase *purchases,
         guint                n)
{
  self->first_day[row] = purchases[0].day;
  self->last_day[row] = purchases[n - 1].day;
  self->first_value[row] = purchases[0].value;
  self->n_purchases[row] = n;
  for (guint i = 0; i < n; i++)
    {
      self->orders[row] += purchases[i].orders;
      self->value[row] = store_purchase_value_add (self->value[row], purchases[i].value);
    }
}

static void
sum_rows (StorePurchaseTable *self)
{
  guint n_rows = self->columns.n_rows;
  g_autofree StorePurchase *purchases = NULL;
  guint most = 0;

  for (guint row = 0; row < n_rows; row++)
    most = MAX (most, store_purchase_events_count (self->events, self->order[row]));
  purchases = g_new (StorePurchase, most);
  for (guint row = 0; row < n_rows; row++)
    {
      guint n = store_purchase_events_read (self->events, self->order[row], purchases);

      sum_row (self, row, purchases, n);
    }
}

static void
copy_row (StorePurchaseTable *self,
          guint               row)
{
  const Row *from = &g_array_index (self->figures, Row, self->order[row]);

  self->first_day[row] = from->first_day;
  self->last_day[row] = from->last_day;
  self->first_value[row] = from->first_value;
  self->n_purchases[row] = from->purchases;
  self->orders[row] = from->orders;
  self->value[row] = from->value;
  self->log_gaps += from->log_gaps;
}

static void
make_columns (StorePurchaseTable *self)
{
  StorePurchaseColumns *columns = &self->columns;
  guint n = store_key_index_get_n (self->keys);

  columns->n_rows = n;
  columns->first_day = self->first_day = g_new (gint32, n);
  columns->last_day = self->last_day = g_new (gint32, n);
  columns->purchases = self->n_purchases = g_new (guint32, n);
  columns->orders = self->orders = g_new0 (guint32, n);
  columns->value = self->value = g_new0 (gint64, n);
  columns->first_value = self->first_value = g_new (gint64, n);
  for (guint row = 0; self->figures != NULL && row < n; row++)
    copy_row (self, row);
  if (self->figures == NULL)
    sum_rows (self);
}

static gint32
find_last_day (const StorePurchaseTable *self)
{
  gint32 last = store_purchase_events_get_last (self->events);

  for (guint i = 0; self->figures != NULL && i < self->figures->len; i++)
    last = MAX (last, g_array_index (self->figures, Row, i).last_day);
  return store_key_index_get_n (self->keys) > 0 ? last : 0;
}

/**
 * store_purchase_table_finish:
 * @self: a table that is being filled
 *
 * Closes the table: sorts it, folds the orders of a day into one purchase and sums the figures.
 */
void
store_purchase_table_finish (StorePurchaseTable *self)
{
  g_return_if_fail (self != NULL && !self->finished);

  if (self->columns.until == STORE_PURCHASE_UNTIL_LAST)
    self->columns.until = find_last_day (self);
  self->finished = TRUE;
  store_key_index_close (self->keys);
  self->order = store_key_index_order (self->keys);
  if (self->figures != NULL)
    g_clear_pointer (&self->events, store_purchase_events_free);
  else
    store_purchase_events_close (self->events);
  make_columns (self);
  g_clear_pointer (&self->figures, g_array_unref);
}

/**
 * store_purchase_table_cut:
 * @self: a finished table
 * @until: the last day that counts in the new one
 *
 * What the table was at an earlier day: customers whose first purchase is later are not in it.
 *
 * Returns: (transfer full): a finished table
 */
StorePurchaseTable *
store_purchase_table_cut (StorePurchaseTable *self,
                          gint32              until)
{
  StorePurchaseTable *cut;

  g_return_val_if_fail (self != NULL && self->finished && self->events != NULL, NULL);

  cut = store_purchase_table_new (MIN (until, self->columns.until), self->columns.minor_digits);
  cut->uuids = self->uuids;
  for (guint row = 0; row < self->columns.n_rows; row++)
    {
      gsize length;
      gconstpointer key = store_purchase_table_get_key (self, row, &length);
      guint n;
      g_autofree StorePurchase *purchases = store_purchase_table_dup_purchases (self, row, &n);

      for (guint i = 0; i < n; i++)
        add_purchase (cut, key, length, &purchases[i]);
    }
  store_purchase_table_finish (cut);
  return cut;
}
