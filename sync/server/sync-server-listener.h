/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "sync-server-limits.h"

G_BEGIN_DECLS

typedef struct _SyncServerListener SyncServerListener;

SyncServerListener *sync_server_listener_new  (SoupServer              *soup,
                                               const SyncServerLimits  *limits,
                                               GError                 **error);
GSocketAddress     *sync_server_listener_add  (SyncServerListener      *self,
                                               GSocketAddress          *address,
                                               GError                 **error);
void                sync_server_listener_cut  (SyncServerListener      *self,
                                               SoupServerMessage       *message);
void                sync_server_listener_stop (SyncServerListener      *self);
void                sync_server_listener_free (SyncServerListener      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyncServerListener, sync_server_listener_free)

G_END_DECLS
