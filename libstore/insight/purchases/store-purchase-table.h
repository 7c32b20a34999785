/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "store-purchase-figures.h"

G_BEGIN_DECLS

/**
 * STORE_PURCHASE_UNTIL_LAST:
 *
 * As the cut of a table: the last day that was added.
 */
#define STORE_PURCHASE_UNTIL_LAST G_MAXINT32

/* Days since 1970-01-01 that a table takes: the years 1600 to 2599. */
#define STORE_PURCHASE_FIRST_DAY (-135140)
#define STORE_PURCHASE_LAST_DAY 230102

/**
 * StorePurchase:
 * @orders: how many orders the day holds
 * @day: the day, counted from 1970-01-01
 * @value: their sum, in minor units
 *
 * One purchase: all orders that one customer placed on one day.
 */
typedef struct
{
  guint32 orders;
  gint32 day;
  gint64 value;
} StorePurchase;

/**
 * StorePurchaseColumns:
 * @n_rows: number of customers
 * @until: the cut, as days since 1970-01-01; nothing later is in any figure
 * @minor_digits: decimal places of the currency (2 for cents)
 * @first_day: day of the first purchase
 * @last_day: day of the last purchase
 * @purchases: number of purchases (days with an order)
 * @orders: number of orders
 * @value: sum of all orders, in minor units
 * @first_value: value of the first purchase, in minor units
 *
 * The figures of all customers, an array a figure, all parallel to the rows.
 */
typedef struct
{
  guint n_rows;
  gint32 until;
  guint minor_digits;
  const gint32 *first_day;
  const gint32 *last_day;
  const guint32 *purchases;
  const guint32 *orders;
  const gint64 *value;
  const gint64 *first_value;
} StorePurchaseColumns;

/**
 * StorePurchaseTable:
 *
 * Who bought when and for how much: the one table that every analysis starts from. A row is a
 * customer with at least one order up to the cut; rows are sorted by the bytes of the customer's
 * key, so that any order of input gives the same table. It is filled with
 * store_purchase_table_add(), closed by store_purchase_table_finish() and then only read; a
 * finished table may be read from any thread. One that is filled with figures by
 * store_purchase_table_add_figures() has the columns alone, and no single purchases.
 */
typedef struct _StorePurchaseTable StorePurchaseTable;

#define STORE_TYPE_PURCHASE_TABLE (store_purchase_table_get_type ())

GType                       store_purchase_table_get_type      (void);
StorePurchaseTable         *store_purchase_table_new           (gint32                    until,
                                                                guint                     digits);
StorePurchaseTable         *store_purchase_table_ref           (StorePurchaseTable       *self);
void                        store_purchase_table_unref         (StorePurchaseTable       *self);

gboolean                    store_purchase_table_add           (StorePurchaseTable       *self,
                                                                const char               *id,
                                                                gint32                    day,
                                                                gint64                    minor);
gboolean                    store_purchase_table_add_uuid      (StorePurchaseTable       *self,
                                                                const guint8             *uuid,
                                                                gint32                    day,
                                                                gint64                    minor);
gboolean                    store_purchase_table_add_figures   (StorePurchaseTable       *self,
                                                                const guint8             *uuid,
                                                                const StorePurchaseFigures *row);
void                        store_purchase_table_finish        (StorePurchaseTable       *self);
gboolean                    store_purchase_table_has_purchases (const StorePurchaseTable *self);
StorePurchaseTable         *store_purchase_table_cut           (StorePurchaseTable       *self,
                                                                gint32                    until);

const StorePurchaseColumns *store_purchase_table_get_columns   (const StorePurchaseTable *self);
guint                       store_purchase_table_get_n_rows    (const StorePurchaseTable *self);
StorePurchase              *store_purchase_table_dup_purchases (const StorePurchaseTable *self,
                                                                guint                     row,
                                                                guint                    *n);
double                      store_purchase_table_sum_log_gaps  (const StorePurchaseTable *self);
gconstpointer               store_purchase_table_get_key       (const StorePurchaseTable *self,
                                                                guint                     row,
                                                                gsize                    *length);
char                       *store_purchase_table_dup_id        (const StorePurchaseTable *self,
                                                                guint                     row);
gboolean                    store_purchase_table_find          (const StorePurchaseTable *self,
                                                                const char               *id,
                                                                guint                    *row);
double                      store_purchase_table_to_major      (const StorePurchaseTable *self,
                                                                double                    minor);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StorePurchaseTable, store_purchase_table_unref)

G_END_DECLS
