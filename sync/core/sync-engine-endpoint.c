/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The engine that speaks to our own server over HTTP: what the desktop and the command line use. */
#include "sync-endpoint-remote.h"
#include "sync-engine.h"

static SyncRemote *
connect_endpoint (SyncKeys  *keys,
                  gpointer   data,
                  GError   **error)
{
  SyncEndpointRemote *remote = sync_endpoint_remote_new (sync_keys_get_remote (keys),
                                                         sync_keys_get_account (keys)->id,
                                                         sync_keys_get_device (keys),
                                                         error);

  return remote != NULL ? SYNC_REMOTE (remote) : NULL;
}

/**
 * sync_engine_new_endpoint:
 * @store: an open store
 *
 * Returns: (transfer full): an engine whose remote is the server at the key file's address
 */
SyncEngine *
sync_engine_new_endpoint (StoreDatabase *store)
{
  return sync_engine_new (store, connect_endpoint, NULL, NULL);
}
