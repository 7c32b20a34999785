/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync-engine.h"

G_BEGIN_DECLS

#define APP_TYPE_SYNC_STATE (app_sync_state_get_type ())
G_DECLARE_FINAL_TYPE (AppSyncState, app_sync_state, APP, SYNC_STATE, GObject)

/* Signals:
 *   "changed": the status, the devices or whether it runs is another
 *   "finished" (text): a synchronisation ended, told in a translated sentence */

AppSyncState *app_sync_state_new            (StoreDatabase *database);
void          app_sync_state_close          (AppSyncState  *self);
SyncEngine   *app_sync_state_get_engine     (AppSyncState  *self);
SyncStatus   *app_sync_state_get_status     (AppSyncState  *self);
GPtrArray    *app_sync_state_get_devices    (AppSyncState  *self);
gboolean      app_sync_state_is_running     (AppSyncState  *self);
char         *app_sync_state_dup_words      (AppSyncState  *self);
void          app_sync_state_refresh        (AppSyncState  *self);
void          app_sync_state_run            (AppSyncState  *self);
void          app_sync_state_stop           (AppSyncState  *self);

G_END_DECLS
