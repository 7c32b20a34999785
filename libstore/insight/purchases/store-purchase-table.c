/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table is built in one array: an event (row, day, value) for each order. Closing it sorts
 * the events by the customer's key and the day, folds the orders of a day into one purchase, in
 * place, and sums the figures of each customer from the purchases, integers only. So the table
 * does not depend on the order in which the orders came. */

#include "config.h"

#include <math.h>
#include <string.h>

#include "store-key-index.h"
#include "store-purchase-figures.h"
#include "store-purchase-sort.h"
#include "store-purchase-table.h"

#define UUID_BYTES 16

struct _StorePurchaseTable
{
  gatomicrefcount refs;
  gboolean finished;
  gboolean uuids;

  StoreKeyIndex *keys;
  guint32 *order;
  GArray *purchases;
  guint64 *ends;
  GArray *figures;

  StorePurchaseColumns columns;
  gint32 *first_day;
  gint32 *last_day;
  guint32 *n_purchases;
  guint32 *orders;
  gint64 *value;
  gint64 *first_value;
};

G_DEFINE_BOXED_TYPE (StorePurchaseTable, store_purchase_table,
                     store_purchase_table_ref, store_purchase_table_unref)

/**
 * store_purchase_table_new:
 * @until: the last day that counts, in days since 1970-01-01, or %STORE_PURCHASE_UNTIL_LAST
 * @minor_digits: decimal places of the currency that the values are in
 *
 * Returns: (transfer full): an empty table, to be filled
 */
StorePurchaseTable *
store_purchase_table_new (gint32 until,
                          guint  minor_digits)
{
  StorePurchaseTable *self = g_new0 (StorePurchaseTable, 1);

  g_atomic_ref_count_init (&self->refs);
  self->keys = store_key_index_new ();
  self->purchases = g_array_new (FALSE, FALSE, sizeof (StorePurchase));
  self->columns.until = until;
  self->columns.minor_digits = MIN (minor_digits, 9);
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
  g_array_unref (self->purchases);
  g_clear_pointer (&self->figures, g_array_unref);
  g_free (self->order);
  g_free (self->ends);
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
  StorePurchase event = { .day = day, .value = minor };

  if (day < STORE_PURCHASE_FIRST_DAY || day > STORE_PURCHASE_LAST_DAY)
    return FALSE;
  if (day > self->columns.until)
    return TRUE;

  event.orders = store_key_index_put (self->keys, key, length);
  g_array_append_val (self->purchases, event);
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
  g_return_val_if_fail (self->uuids || self->purchases->len == 0, FALSE);

  self->uuids = TRUE;
  return add_event (self, uuid, UUID_BYTES, day, minor);
}

/**
 * store_purchase_table_add_figures:
 * @self: a table that is being filled, with nothing but figures
 * @uuid: the customer's key, 16 bytes, each once
 * @figures: of at least one order
 *
 * Adds one customer. A last day after the cut is not taken: the orders up to the cut are not known.
 *
 * Returns: whether the customer was taken
 */
gboolean
store_purchase_table_add_figures (StorePurchaseTable         *self,
                                  const guint8               *uuid,
                                  const StorePurchaseFigures *figures)
{
  Row row = { figures->value, figures->first_value, figures->first_day, figures->last_day,
              figures->purchases, figures->orders };

  g_return_val_if_fail (self != NULL && !self->finished, FALSE);
  g_return_val_if_fail (uuid != NULL && figures->purchases > 0, FALSE);
  g_return_val_if_fail (self->purchases->len == 0, FALSE);

  if (figures->last_day > self->columns.until)
    return FALSE;
  if (self->figures == NULL)
    self->figures = g_array_new (FALSE, FALSE, sizeof (Row));
  self->uuids = TRUE;
  store_key_index_put (self->keys, uuid, UUID_BYTES);
  g_return_val_if_fail (store_key_index_get_n (self->keys) == self->figures->len + 1, FALSE);
  g_array_append_val (self->figures, row);
  return TRUE;
}

static void
sort_events (StorePurchaseTable *self)
{
  guint n_rows = store_key_index_get_n (self->keys);
  g_autofree guint32 *rank = g_new (guint32, n_rows);
  StorePurchase *events = (StorePurchase *) (gpointer) self->purchases->data;

  for (guint row = 0; row < n_rows; row++)
    rank[self->order[row]] = row;
  for (guint i = 0; i < self->purchases->len; i++)
    events[i].orders = rank[events[i].orders];
  store_purchase_sort (events, self->purchases->len);
}

/* Reading runs ahead of writing, so the purchases replace the events in their own array. */
static void
fold_days (StorePurchaseTable *self)
{
  StorePurchase *events = (StorePurchase *) (gpointer) self->purchases->data;
  guint n = self->purchases->len;
  guint written = 0;
  guint i = 0;

  while (i < n)
    {
      guint32 row = events[i].orders;
      StorePurchase purchase = { 0, events[i].day, 0 };

      for (; i < n && events[i].orders == row && events[i].day == purchase.day; i++)
        {
          purchase.orders++;
          purchase.value = store_purchase_value_add (purchase.value, events[i].value);
        }
      events[written++] = purchase;
      self->ends[row] = written;
    }
  g_array_set_size (self->purchases, written);
}

static void
sum_row (StorePurchaseTable *self,
         guint               row)
{
  guint n;
  const StorePurchase *purchases = store_purchase_table_get_purchases (self, row, &n);

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
  for (guint row = 0; row < n; row++)
    if (self->figures != NULL)
      copy_row (self, row);
    else
      sum_row (self, row);
}

static gint32
find_last_day (const StorePurchaseTable *self)
{
  gint32 last = STORE_PURCHASE_FIRST_DAY;

  for (guint i = 0; i < self->purchases->len; i++)
    last = MAX (last, g_array_index (self->purchases, StorePurchase, i).day);
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
  if (self->figures == NULL)
    {
      self->ends = g_new (guint64, store_key_index_get_n (self->keys) + 1);
      sort_events (self);
      fold_days (self);
    }
  make_columns (self);
  g_clear_pointer (&self->figures, g_array_unref);
}

/**
 * store_purchase_table_has_purchases:
 * @self: a finished table
 *
 * Returns: whether single purchases are known, for store_purchase_table_get_purchases() and
 *   store_purchase_table_cut(); else there are the columns alone
 */
gboolean
store_purchase_table_has_purchases (const StorePurchaseTable *self)
{
  g_return_val_if_fail (self != NULL && self->finished, FALSE);

  return self->ends != NULL;
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

  g_return_val_if_fail (self != NULL && self->ends != NULL, NULL);

  cut = store_purchase_table_new (MIN (until, self->columns.until), self->columns.minor_digits);
  cut->uuids = self->uuids;
  for (guint row = 0; row < self->columns.n_rows; row++)
    {
      gsize length;
      gconstpointer key = store_purchase_table_get_key (self, row, &length);
      guint n;
      const StorePurchase *purchases = store_purchase_table_get_purchases (self, row, &n);

      for (guint i = 0; i < n; i++)
        add_purchase (cut, key, length, &purchases[i]);
    }
  store_purchase_table_finish (cut);
  return cut;
}

/**
 * store_purchase_table_get_columns:
 * @self: a finished table
 *
 * Returns: (transfer none): the figures of all rows
 */
const StorePurchaseColumns *
store_purchase_table_get_columns (const StorePurchaseTable *self)
{
  g_return_val_if_fail (self != NULL && self->finished, NULL);

  return &self->columns;
}

guint
store_purchase_table_get_n_rows (const StorePurchaseTable *self)
{
  g_return_val_if_fail (self != NULL && self->finished, 0);

  return self->columns.n_rows;
}

/**
 * store_purchase_table_get_purchases:
 * @self: a finished table
 * @row: a row
 * @n_purchases: (out): how many, at least 1
 *
 * Returns: (transfer none) (array length=n_purchases): the customer's purchases by day
 */
const StorePurchase *
store_purchase_table_get_purchases (const StorePurchaseTable *self,
                                    guint                     row,
                                    guint                    *n_purchases)
{
  guint64 start;

  g_return_val_if_fail (self != NULL && self->ends != NULL, NULL);
  g_return_val_if_fail (row < store_key_index_get_n (self->keys), NULL);

  start = row > 0 ? self->ends[row - 1] : 0;
  *n_purchases = self->ends[row] - start;
  return (const StorePurchase *) (gpointer) self->purchases->data + start;
}

static char *
format_uuid (const guint8 *bytes)
{
  return g_strdup_printf ("%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x",
                          bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5],
                          bytes[6], bytes[7], bytes[8], bytes[9], bytes[10], bytes[11],
                          bytes[12], bytes[13], bytes[14], bytes[15]);
}

/**
 * store_purchase_table_get_key:
 * @self: a finished table
 * @row: a row
 * @length: (out): its length in bytes
 *
 * Returns: (transfer none): the customer's key, as text without an end or as 16 bytes
 */
gconstpointer
store_purchase_table_get_key (const StorePurchaseTable *self,
                              guint                     row,
                              gsize                    *length)
{
  g_return_val_if_fail (self != NULL && self->finished, NULL);
  g_return_val_if_fail (row < self->columns.n_rows && length != NULL, NULL);

  return store_key_index_get (self->keys, self->order[row], length);
}

/**
 * store_purchase_table_dup_id:
 * @self: a finished table
 * @row: a row
 *
 * Returns: (transfer full): the customer's key as text
 */
char *
store_purchase_table_dup_id (const StorePurchaseTable *self,
                             guint                     row)
{
  gconstpointer key;
  gsize length;

  g_return_val_if_fail (self != NULL && self->finished, NULL);
  g_return_val_if_fail (row < self->columns.n_rows, NULL);

  key = store_purchase_table_get_key (self, row, &length);
  return self->uuids ? format_uuid (key) : g_strndup (key, length);
}

/**
 * store_purchase_table_find:
 * @self: a finished table
 * @id: a customer's key as text
 * @row: (out): its row
 *
 * Returns: whether the customer is in the table
 */
gboolean
store_purchase_table_find (const StorePurchaseTable *self,
                           const char               *id,
                           guint                    *row)
{
  guint low = 0;
  guint high;

  g_return_val_if_fail (self != NULL && self->finished, FALSE);
  g_return_val_if_fail (id != NULL && row != NULL, FALSE);

  high = self->columns.n_rows;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      g_autofree char *there = store_purchase_table_dup_id (self, middle);
      int order = strcmp (there, id);

      if (order == 0)
        {
          *row = middle;
          return TRUE;
        }
      if (order < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return FALSE;
}

/**
 * store_purchase_table_to_major:
 * @self: a table
 * @minor: an amount in minor units
 *
 * Returns: the amount in the currency's own unit (euros for cents)
 */
double
store_purchase_table_to_major (const StorePurchaseTable *self,
                               double                    minor)
{
  g_return_val_if_fail (self != NULL, 0.0);

  return minor / pow (10.0, self->columns.minor_digits);
}
