/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "store-database.h"

G_BEGIN_DECLS

#define APP_TYPE_RECORD_DIALOG (app_record_dialog_get_type ())
G_DECLARE_FINAL_TYPE (AppRecordDialog, app_record_dialog, APP, RECORD_DIALOG, AdwWindow)

void app_record_dialog_add  (GtkWindow     *parent,
                             StoreDatabase *database,
                             const char    *form,
                             const StoreId *party);
void app_record_dialog_edit (GtkWindow     *parent,
                             StoreDatabase *database,
                             StoreRecord   *record);

G_END_DECLS
