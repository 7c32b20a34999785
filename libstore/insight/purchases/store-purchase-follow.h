/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-connection.h"
#include "store-database.h"

G_BEGIN_DECLS

gboolean store_purchase_follow_catch_up    (StoreDatabase    *database,
                                            GCancellable     *cancellable,
                                            GError          **error);
gboolean store_purchase_follow_rebuild     (StoreDatabase    *database,
                                            GCancellable     *cancellable,
                                            GError          **error);
void     store_purchase_follow_start       (StoreDatabase    *database);
/* For tests: small steps are crossed by small stores. */
void     store_purchase_follow_set_step    (guint             most);
/* Whether the figures are those of all customers: somebody else may be making them anew. */
gboolean store_purchase_follow_is_whole    (StoreConnection  *connection,
                                            gboolean         *whole,
                                            GError          **error);
/* How many customers and orders have changed since the figures were first made. */
gboolean store_purchase_follow_get_changes (StoreConnection  *connection,
                                            gint64           *changes,
                                            GError          **error);

G_END_DECLS
