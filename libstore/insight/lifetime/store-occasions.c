/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Purchases at any day as purchases at occasions: the time before the cut is divided into periods of
 * equal length, backwards, so that the last one ends at the cut; a period with a purchase is an
 * occasion at which the customer bought, however often. */

#include "config.h"

#include "store-occasions.h"

#define DAYS_A_WEEK 7

/* The last day of an occasion's period stands for it, a week for an occasion. */
static gint32
find_occasion (gint32 until,
               gint32 day,
               guint  days)
{
  return -DAYS_A_WEEK * MIN ((until - day) / (gint32) days, STORE_OCCASIONS_MOST);
}

/**
 * store_occasions_new:
 * @table: a finished table
 * @days: from one occasion to the next
 *
 * What lies more than %STORE_OCCASIONS_MOST occasions back is taken for the first of these.
 *
 * Returns: (transfer full): a finished table with the same rows, in which a week stands for an
 *   occasion and the cut is day 0
 */
StorePurchaseTable *
store_occasions_new (const StorePurchaseTable *table,
                     guint                     days)
{
  const StorePurchaseColumns *columns = store_purchase_table_get_columns (table);
  StorePurchaseTable *occasions = store_purchase_table_new (0, columns->minor_digits);

  g_return_val_if_fail (days >= 1, NULL);

  for (guint row = 0; row < columns->n_rows; row++)
    {
      g_autofree char *id = store_purchase_table_dup_id (table, row);
      guint n;
      g_autofree StorePurchase *purchases = store_purchase_table_dup_purchases (table, row, &n);

      for (guint i = 0; i < n; i++)
        store_purchase_table_add (occasions, id,
                                  find_occasion (columns->until, purchases[i].day, days),
                                  purchases[i].value);
    }
  store_purchase_table_finish (occasions);
  return occasions;
}
