/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync-remote.h"

G_BEGIN_DECLS

#define SYNC_TYPE_ENDPOINT_REMOTE (sync_endpoint_remote_get_type ())

G_DECLARE_FINAL_TYPE (SyncEndpointRemote, sync_endpoint_remote, SYNC, ENDPOINT_REMOTE, GObject)

SyncEndpointRemote *sync_endpoint_remote_new      (const char            *url,
                                                   const guint8           account[SYNC_ACCOUNT_ID_SIZE],
                                                   const SyncSigningKey  *device,
                                                   GError               **error);
gint64              sync_endpoint_remote_get_skew (SyncEndpointRemote    *self);

G_END_DECLS
