/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "store-database.h"

G_BEGIN_DECLS

#define APP_TYPE_IMPORT_DIALOG (app_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (AppImportDialog, app_import_dialog, APP, IMPORT_DIALOG, AdwWindow)

AppImportDialog *app_import_dialog_present   (GtkWindow       *parent,
                                              StoreDatabase   *database);
void             app_import_dialog_take_file (AppImportDialog *self,
                                              GFile           *file);

G_END_DECLS
