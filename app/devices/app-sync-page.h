/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-page.h"

G_BEGIN_DECLS

#define APP_TYPE_SYNC_PAGE (app_sync_page_get_type ())
G_DECLARE_FINAL_TYPE (AppSyncPage, app_sync_page, APP, SYNC_PAGE, AppPage)

/* Properties "syncing" and "words": whether a synchronisation runs, and how it stands. */

AppPage *app_sync_page_new  (void);
void     app_sync_page_sync (AppSyncPage *self);
void     app_sync_page_join (AppSyncPage *self);

G_END_DECLS
