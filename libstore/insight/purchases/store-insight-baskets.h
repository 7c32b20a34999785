/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-baskets.h"
#include "store-database.h"

G_BEGIN_DECLS

/**
 * StoreInsightBaskets:
 * @baskets: an order a basket, closed; items are the ids of products, or what a line says where it
 *   has no product, customers the ids of parties
 * @n_lines: lines that count
 * @n_incomplete: lines left out because they have no product and no text, or their order no day
 *
 * What was bought together, out of the orders of a store. Lines with a quantity of 0 or less, which
 * take something back, are not bought.
 */
typedef struct
{
  StoreBaskets *baskets;
  guint n_lines;
  guint n_incomplete;
} StoreInsightBaskets;

StoreInsightBaskets *store_insight_baskets_read (StoreDatabase        *database,
                                                 gint32                until,
                                                 GError              **error);
void                 store_insight_baskets_free (StoreInsightBaskets  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreInsightBaskets, store_insight_baskets_free)

G_END_DECLS
