/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-database.h"
#include "store-purchase-table.h"

G_BEGIN_DECLS

/**
 * StoreInsightOrders:
 * @table: the purchases, finished; the keys are the ids of parties
 * @currency: the one currency that they are in
 * @n_orders: orders that count
 * @n_other: orders left out because they are in another currency
 * @n_incomplete: orders left out because they have no customer, day or total
 *
 * The orders of a store as analyses want them. Currencies are never added: those in another one
 * than @currency are counted and left out; orders that name none are taken to be in @currency.
 */
typedef struct
{
  StorePurchaseTable *table;
  char *currency;
  guint n_orders;
  guint n_other;
  guint n_incomplete;
} StoreInsightOrders;

StoreInsightOrders *store_insight_orders_read          (StoreDatabase       *database,
                                                        gint32               until,
                                                        const char          *currency,
                                                        GError             **error);
StoreInsightOrders *store_insight_orders_read_figures  (StoreDatabase       *database,
                                                        gint32               until,
                                                        const char          *currency,
                                                        GCancellable        *cancellable,
                                                        GError             **error);
StorePurchaseTable *store_insight_orders_read_customer (StoreDatabase       *database,
                                                        const StoreId       *party,
                                                        gint32               until,
                                                        const char          *currency,
                                                        GError             **error);
void                store_insight_orders_free          (StoreInsightOrders  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreInsightOrders, store_insight_orders_free)

G_END_DECLS
