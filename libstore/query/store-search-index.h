/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-database.h"

G_BEGIN_DECLS

#define STORE_SEARCH_NO_LIMIT (-1)

gboolean store_search_index_catch_up (StoreDatabase  *database,
                                      gint            budget_ms,
                                      gboolean       *complete,
                                      GError        **error);
gboolean store_search_index_rebuild  (StoreDatabase  *database,
                                      GError        **error);
void     store_search_index_follow   (StoreDatabase  *database);

G_END_DECLS
