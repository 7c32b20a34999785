/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-connection.h"
#include "store-purchase-figures.h"

G_BEGIN_DECLS

/* The table purchase_figures of the store file, see store-purchase-follow.c. The thread of the
 * connection. Private to libstore. */

/* What store_purchase_rows_read() wants, in this order. */
#define STORE_PURCHASE_ROW_COLUMNS                                                                 \
  "first_day, last_day, purchases, orders, value, first_value, last_value, squares, log_values,"  \
  " log_gaps, months"

void     store_purchase_rows_read      (StoreStatement              *statement,
                                        int                          first_column,
                                        StorePurchaseFigures        *figures);
gboolean store_purchase_rows_find      (StoreConnection             *connection,
                                        const StoreId               *party,
                                        const char                  *currency,
                                        StorePurchaseFigures        *figures,
                                        gboolean                    *found,
                                        GError                     **error);
gboolean store_purchase_rows_put       (StoreConnection             *connection,
                                        const StoreId               *party,
                                        const char                  *currency,
                                        const StorePurchaseFigures  *figures,
                                        GError                     **error);
gboolean store_purchase_rows_recompute (StoreConnection             *connection,
                                        const StoreId               *party,
                                        GError                     **error);
gboolean store_purchase_rows_build     (StoreConnection             *connection,
                                        StoreId                     *place,
                                        guint                        most,
                                        gboolean                    *end,
                                        GError                     **error);

G_END_DECLS
