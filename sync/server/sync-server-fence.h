/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync-server-database.h"

G_BEGIN_DECLS

typedef struct _SyncServerFence SyncServerFence;

SyncServerFence *sync_server_fence_open  (const char          *directory,
                                          SyncServerDatabase  *database,
                                          GError             **error);
void             sync_server_fence_raise (SyncServerFence     *self,
                                          SyncServerDatabase  *database);
void             sync_server_fence_close (SyncServerFence     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyncServerFence, sync_server_fence_close)

G_END_DECLS
