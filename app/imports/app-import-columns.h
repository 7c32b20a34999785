/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app-import-file.h"

G_BEGIN_DECLS

#define APP_TYPE_IMPORT_COLUMNS (app_import_columns_get_type ())
G_DECLARE_FINAL_TYPE (AppImportColumns, app_import_columns, APP, IMPORT_COLUMNS,
                      AdwPreferencesGroup)

void          app_import_columns_show        (AppImportColumns  *self,
                                              AppImportFile     *file);
StoreMapping *app_import_columns_new_mapping (AppImportColumns  *self,
                                              GError           **error);

G_END_DECLS
