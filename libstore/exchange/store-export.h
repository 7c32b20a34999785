/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "store-database.h"

G_BEGIN_DECLS

/* The version of the folder's format, in its manifest. */
#define STORE_EXPORT_VERSION 1

/**
 * StoreExportProgress:
 * @fraction: how much is written, 0 to 1
 * @data: the caller's
 *
 * Called on the thread that writes.
 */
typedef void (*StoreExportProgress) (double   fraction,
                                     gpointer data);

JsonNode *store_export_folder        (StoreDatabase        *database,
                                      const char           *path,
                                      StoreExportProgress   progress,
                                      gpointer              progress_data,
                                      GCancellable         *cancellable,
                                      GError              **error);
void      store_export_folder_async  (StoreDatabase        *database,
                                      const char           *path,
                                      StoreExportProgress   progress,
                                      gpointer              progress_data,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
JsonNode *store_export_folder_finish (StoreDatabase        *database,
                                      GAsyncResult         *result,
                                      GError              **error);

G_END_DECLS
