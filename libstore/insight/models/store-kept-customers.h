/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-customer-model.h"
#include "store-database.h"
#include "store-model-shelf.h"

G_BEGIN_DECLS

/* The model of a store's customers: kept in the store, and fitted anew when it is due. All of this
 * blocks; any thread that may. */

StoreCustomerModel *store_kept_customers_find    (StoreDatabase             *database,
                                                  gint32                     until,
                                                  StoreModelState           *state,
                                                  GError                   **error);
StoreCustomerModel *store_kept_customers_refresh (StoreDatabase             *database,
                                                  gint32                     until,
                                                  GCancellable              *cancellable,
                                                  GError                   **error);
gboolean            store_kept_customers_score   (StoreDatabase             *database,
                                                  const StoreCustomerModel  *model,
                                                  const StoreId             *party,
                                                  gint32                     until,
                                                  StoreCustomerScore        *score,
                                                  GError                   **error);

G_END_DECLS
