/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-database.h"

G_BEGIN_DECLS

void       store_list_page_load_async  (StoreDatabase        *database,
                                        const StoreKind      *kind,
                                        GArray               *numbers,
                                        guint                 round_to,
                                        GAsyncReadyCallback   callback,
                                        gpointer              data);
GPtrArray *store_list_page_load_finish (StoreDatabase        *database,
                                        GAsyncResult         *result,
                                        GError              **error);
gboolean   store_list_page_find_number (StoreDatabase        *database,
                                        const StoreKind      *kind,
                                        const StoreId        *id,
                                        gint64               *number,
                                        GError              **error);

G_END_DECLS
