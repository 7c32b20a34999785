/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-connection.h"

G_BEGIN_DECLS

/* Every document of kind order that is neither in the trash nor cancelled is one order, by the day
 * and total written on it. Invoices are not read: an order and its invoice are one sale. */
#define STORE_PURCHASE_ORDER_COUNTS "kind = 'order' AND trashed = 0 AND state IS NOT 'cancelled'"

/* What store_purchase_order_read() wants, in this order. */
#define STORE_PURCHASE_ORDER_COLUMNS "party, date, total, currency"

/**
 * StorePurchaseOrder:
 * @party: the customer
 * @day: days since 1970-01-01
 * @total: in minor units
 * @currency: its code, "" for none; lives as long as the statement stays on its row
 *
 * One order as it stands in the store.
 */
typedef struct
{
  StoreId party;
  gint32 day;
  gint64 total;
  const char *currency;
} StorePurchaseOrder;

gboolean store_purchase_order_read      (StorePurchaseOrder *self,
                                         StoreStatement     *statement,
                                         int                 first_column);
gboolean store_purchase_order_parse_day (const char         *text,
                                         gint32             *day);

G_END_DECLS
