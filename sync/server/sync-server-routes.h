/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync-server-private.h"

G_BEGIN_DECLS

void sync_server_add_routes (SyncServer *server);

G_END_DECLS
