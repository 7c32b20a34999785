/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "sync-server-limits.h"

G_BEGIN_DECLS

#define SYNC_TYPE_SERVER (sync_server_get_type ())

G_DECLARE_FINAL_TYPE (SyncServer, sync_server, SYNC, SERVER, GObject)

SyncServer *sync_server_new        (const char              *directory,
                                    const SyncServerLimits  *limits,
                                    GError                 **error);
void        sync_server_add_origin (SyncServer              *self,
                                    const char              *origin);
gboolean    sync_server_listen     (SyncServer              *self,
                                    const char              *address,
                                    guint16                  port,
                                    GError                 **error);
const char *sync_server_get_uri    (SyncServer              *self);
void        sync_server_stop       (SyncServer              *self);

G_END_DECLS
