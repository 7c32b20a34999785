/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "store-log.h"
#include "sync-keys.h"
#include "sync-result.h"

G_BEGIN_DECLS

/**
 * SyncStatus:
 * @has_account: whether the store belongs to an account
 * @remote: (nullable): address of the place to synchronise through
 * @pending: transactions of ours that no remote has acknowledged
 * @last_sync: when a synchronisation last went through, UTC milliseconds, 0 for never
 * @identical: (element-type utf8): names of the devices found identical then
 * @behind: (element-type utf8): names of the devices that had less or more then
 *
 * The state of synchronisation as the store knows it, without a network.
 */
typedef struct
{
  gboolean has_account;
  char *remote;
  guint64 pending;
  gint64 last_sync;
  GPtrArray *identical;
  GPtrArray *behind;
} SyncStatus;

SyncStatus *sync_status_load       (StoreDatabase     *store,
                                    SyncKeys          *keys,
                                    GError           **error);
gboolean    sync_status_record     (StoreDatabase     *store,
                                    const SyncResult  *result,
                                    gint64             now,
                                    GError           **error);
char       *sync_status_to_string  (const SyncStatus  *status);
void        sync_status_free       (SyncStatus        *status);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyncStatus, sync_status_free)

G_END_DECLS
