/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync-request-signature.h"
#include "sync-server-exchange.h"

G_BEGIN_DECLS

gboolean sync_server_authenticate     (SyncServerExchange *exchange);
gboolean sync_server_authenticate_key (SyncServerExchange *exchange,
                                       const guint8        key[SYNC_PUBLIC_KEY_SIZE]);

G_END_DECLS
