/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-database.h"
#include "store-import-report.h"
#include "store-mapping.h"

G_BEGIN_DECLS

/**
 * StoreImportOptions:
 * @rehearse: go through all of it, count, and write nothing
 * @currency: (nullable): of amounts without a sign; %NULL for the setting "currency"
 * @chunk_rows: rows written in one transaction, 0 for the default; small under test
 */
typedef struct
{
  gboolean rehearse;
  const char *currency;
  guint chunk_rows;
} StoreImportOptions;

#define STORE_TYPE_IMPORT (store_import_get_type ())

G_DECLARE_FINAL_TYPE (StoreImport, store_import, STORE, IMPORT, GObject)

StoreImport       *store_import_new          (StoreDatabase             *database,
                                              StoreImportTarget         *target,
                                              StoreSheet                *sheet,
                                              StoreMapping              *mapping,
                                              const StoreImportOptions  *options);
gboolean           store_import_run          (StoreImport               *self,
                                              GCancellable              *cancellable,
                                              GError                   **error);
void               store_import_run_async    (StoreImport               *self,
                                              GCancellable              *cancellable,
                                              GAsyncReadyCallback        callback,
                                              gpointer                   user_data);
gboolean           store_import_run_finish   (StoreImport               *self,
                                              GAsyncResult              *result,
                                              GError                   **error);
StoreImportReport *store_import_get_report   (StoreImport               *self);
double             store_import_get_progress (StoreImport               *self);
guint64            store_import_get_rows     (StoreImport               *self);

StoreImportReport *store_import_file         (StoreDatabase             *database,
                                              GFile                     *file,
                                              const char                *kind,
                                              const char *const         *rules,
                                              const StoreImportOptions  *options,
                                              GCancellable              *cancellable,
                                              GError                   **error);

G_END_DECLS
