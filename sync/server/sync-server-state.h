/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync-server-database.h"

G_BEGIN_DECLS

gboolean sync_server_state_put (SyncServerDatabase  *database,
                                gint64               device,
                                GBytes              *bytes,
                                GError             **error);
gboolean sync_server_state_get (SyncServerDatabase  *database,
                                gint64               device,
                                GBytes             **bytes,
                                GError             **error);

G_END_DECLS
