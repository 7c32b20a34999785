/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a finished table says. */
#include "config.h"

#include <math.h>
#include <string.h>

#include "store-purchase-table-private.h"

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
 * store_purchase_table_dup_purchases:
 * @self: a finished table of orders
 * @row: a row
 * @n: (out): how many, at least 1
 *
 * Returns: (transfer full) (array length=n): the customer's purchases by day; free with
 *   g_free()
 */
StorePurchase *
store_purchase_table_dup_purchases (const StorePurchaseTable *self,
                                    guint                     row,
                                    guint                    *n)
{
  StorePurchase *purchases;

  g_return_val_if_fail (self != NULL && self->finished && self->events != NULL, NULL);
  g_return_val_if_fail (row < self->columns.n_rows && n != NULL, NULL);

  purchases = g_new (StorePurchase,
                     store_purchase_events_count (self->events, self->order[row]));
  *n = store_purchase_events_read (self->events, self->order[row], purchases);
  return purchases;
}

/**
 * store_purchase_table_has_purchases:
 * @self: a finished table
 *
 * Returns: whether single purchases are known, for store_purchase_table_dup_purchases() and
 *   store_purchase_table_cut(); else there are the columns alone
 */
gboolean
store_purchase_table_has_purchases (const StorePurchaseTable *self)
{
  g_return_val_if_fail (self != NULL && self->finished, FALSE);

  return self->events != NULL;
}

static double
sum_gaps_of (const StorePurchaseTable *self,
             guint                     row)
{
  guint n;
  g_autofree StorePurchase *purchases = store_purchase_table_dup_purchases (self, row, &n);
  double sum = 0.0;

  for (guint i = 1; i < n; i++)
    sum += log ((double) (purchases[i].day - purchases[i - 1].day));
  return sum;
}

/**
 * store_purchase_table_sum_log_gaps:
 * @self: a finished table
 *
 * Returns: the sum over all customers of the logarithms of the days from one purchase to the next
 */
double
store_purchase_table_sum_log_gaps (const StorePurchaseTable *self)
{
  double sum = 0.0;

  g_return_val_if_fail (self != NULL && self->finished, 0.0);

  if (self->events == NULL)
    return self->log_gaps;
  for (guint row = 0; row < self->columns.n_rows; row++)
    sum += sum_gaps_of (self, row);
  return sum;
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
