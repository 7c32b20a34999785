/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "sync-engine.h"

G_BEGIN_DECLS

#define APP_TYPE_ACCOUNT_DIALOG (app_account_dialog_get_type ())
G_DECLARE_FINAL_TYPE (AppAccountDialog, app_account_dialog, APP, ACCOUNT_DIALOG, AdwWindow)

typedef enum
{
  APP_ACCOUNT_CREATE,
  APP_ACCOUNT_JOIN,
} AppAccountWay;

/* Called once the store belongs to an account, if the owner is still there. */
typedef void (*AppAccountMade) (gpointer owner);

void app_account_dialog_present (GtkWindow      *parent,
                                 SyncEngine     *engine,
                                 AppAccountWay   way,
                                 gpointer        owner,
                                 AppAccountMade  made);

G_END_DECLS
