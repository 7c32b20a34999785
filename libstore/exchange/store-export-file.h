/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _StoreExportFile StoreExportFile;

StoreExportFile *store_export_file_new    (const char       *path,
                                           GError          **error);
GString         *store_export_file_buffer (StoreExportFile  *self);
gboolean         store_export_file_yield  (StoreExportFile  *self,
                                           GError          **error);
gboolean         store_export_file_close  (StoreExportFile  *self,
                                           GError          **error);
void             store_export_file_free   (StoreExportFile  *self);
gboolean         store_export_sync_folder (const char       *path,
                                           GError          **error);
void             store_export_set_error   (GError          **error,
                                           const char       *path,
                                           int               number);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreExportFile, store_export_file_free)

G_END_DECLS
