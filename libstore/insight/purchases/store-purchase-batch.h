/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-connection.h"

G_BEGIN_DECLS

gboolean store_purchase_batch_apply (StoreConnection  *connection,
                                     gint64           *seq,
                                     gint64            last_n,
                                     guint             most,
                                     gint64           *changes,
                                     GError          **error);

G_END_DECLS
