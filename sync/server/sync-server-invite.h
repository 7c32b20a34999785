/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync-identity.h"
#include "sync-server-database.h"

G_BEGIN_DECLS

#define SYNC_SERVER_INVITE_MAX_LENGTH 64

char     *sync_server_invite_make  (SyncServerDatabase  *database,
                                    guint                days,
                                    GError             **error);
gboolean  sync_server_invite_spend (SyncServerDatabase  *database,
                                    const char          *code,
                                    const guint8         account[SYNC_ACCOUNT_ID_SIZE],
                                    gboolean            *is_good,
                                    GError             **error);

G_END_DECLS
