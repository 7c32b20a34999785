/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-purchase-table.h"

G_BEGIN_DECLS

/**
 * StorePurchaseEvents:
 *
 * The orders behind a table, eight bytes each. They are added in any order, closed once, and then
 * only read, from any thread. Customers are numbered as by #StoreKeyIndex.
 */
typedef struct _StorePurchaseEvents StorePurchaseEvents;

StorePurchaseEvents *store_purchase_events_new      (void);
void                 store_purchase_events_free     (StorePurchaseEvents        *self);
void                 store_purchase_events_add      (StorePurchaseEvents        *self,
                                                     guint32                     customer,
                                                     gint32                      day,
                                                     gint64                      value);
gsize                store_purchase_events_get_n    (const StorePurchaseEvents  *self);
gint32               store_purchase_events_get_last (const StorePurchaseEvents  *self);
void                 store_purchase_events_close    (StorePurchaseEvents        *self);
guint                store_purchase_events_count    (const StorePurchaseEvents  *self,
                                                     guint32                     customer);
guint                store_purchase_events_read     (const StorePurchaseEvents  *self,
                                                     guint32                     customer,
                                                     StorePurchase              *purchases);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StorePurchaseEvents, store_purchase_events_free)

G_END_DECLS
