/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-baskets.h"

G_BEGIN_DECLS

/* The baskets that several tests use. Those of files are NULL where the file is not at hand, after
 * marking the running test as skipped. */
StoreBaskets *basket_data_load_groceries (void);
StoreBaskets *basket_data_load_t10       (void);
/* The invoices of customers of Online Retail, with customer and day: all sales up to before a day,
 * with a price where @priced. */
StoreBaskets *basket_data_load_retail    (const char *before,
                                          gboolean    priced);

/* @n baskets, whose lines come in an order that @stride gives; it has no common divisor with @n. */
StoreBaskets *basket_data_invent         (guint       n,
                                          guint       n_items,
                                          guint       stride);
/* @n baskets that all hold the same @n_items. */
StoreBaskets *basket_data_repeat         (guint       n,
                                          guint       n_items);

G_END_DECLS
