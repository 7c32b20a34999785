/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-database.h"

G_BEGIN_DECLS

gboolean store_export_vcards (StoreDatabase  *database,
                              const char     *path,
                              guint64        *n_cards,
                              GCancellable   *cancellable,
                              GError        **error);

G_END_DECLS
