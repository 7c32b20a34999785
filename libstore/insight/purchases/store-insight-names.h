/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-database.h"

G_BEGIN_DECLS

GHashTable *store_insight_names_read (StoreDatabase  *database,
                                      GError        **error);
GPtrArray  *store_insight_names_find (StoreDatabase  *database,
                                      const char     *name,
                                      GError        **error);

G_END_DECLS
