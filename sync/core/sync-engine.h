/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "store-database.h"
#include "sync-device.h"
#include "sync-keys.h"
#include "sync-remote.h"
#include "sync-result.h"
#include "sync-status.h"

G_BEGIN_DECLS

/**
 * SyncConnectFunc:
 * @keys: whose account, device keys and remote's address are used
 * @data: the caller's
 * @error: why there can be no such remote
 *
 * Makes the remote that @keys speaks of. Called on a worker thread.
 *
 * Returns: (transfer full) (nullable): a remote
 */
typedef SyncRemote *(*SyncConnectFunc) (SyncKeys  *keys,
                                        gpointer   data,
                                        GError   **error);

/**
 * SyncPhase:
 * @SYNC_PHASE_CONNECT: greeting the remote and reading the roster
 * @SYNC_PHASE_PULL: fetching records
 * @SYNC_PHASE_PUSH: sending records
 * @SYNC_PHASE_COMPARE: comparing states with the other devices
 */
typedef enum
{
  SYNC_PHASE_CONNECT,
  SYNC_PHASE_PULL,
  SYNC_PHASE_PUSH,
  SYNC_PHASE_COMPARE,
} SyncPhase;

/**
 * SyncProgressFunc:
 * @phase: what is under way
 * @done: records done
 * @total: records in all, 0 where that is unknown
 * @data: the caller's
 *
 * Called on the worker thread.
 */
typedef void (*SyncProgressFunc) (SyncPhase phase,
                                  guint64   done,
                                  guint64   total,
                                  gpointer  data);

#define SYNC_TYPE_ENGINE (sync_engine_get_type ())

G_DECLARE_FINAL_TYPE (SyncEngine, sync_engine, SYNC, ENGINE, GObject)

SyncEngine *sync_engine_new                   (StoreDatabase        *store,
                                               SyncConnectFunc       connect,
                                               gpointer              connect_data,
                                               GDestroyNotify        destroy);
SyncEngine *sync_engine_new_endpoint          (StoreDatabase        *store);

gboolean    sync_engine_create_account        (SyncEngine           *self,
                                               const char           *url,
                                               const char           *invite,
                                               const char           *device_name,
                                               GCancellable         *cancellable,
                                               GError              **error);
void        sync_engine_create_account_async  (SyncEngine           *self,
                                               const char           *url,
                                               const char           *invite,
                                               const char           *device_name,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
gboolean    sync_engine_create_account_finish (SyncEngine           *self,
                                               GAsyncResult         *result,
                                               GError              **error);

gboolean    sync_engine_join_account          (SyncEngine           *self,
                                               const char           *url,
                                               const char           *words,
                                               const char           *device_name,
                                               GCancellable         *cancellable,
                                               GError              **error);
void        sync_engine_join_account_async    (SyncEngine           *self,
                                               const char           *url,
                                               const char           *words,
                                               const char           *device_name,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
gboolean    sync_engine_join_account_finish   (SyncEngine           *self,
                                               GAsyncResult         *result,
                                               GError              **error);

gboolean    sync_engine_run                   (SyncEngine           *self,
                                               GCancellable         *cancellable,
                                               SyncProgressFunc      progress,
                                               gpointer              progress_data,
                                               SyncResult          **result,
                                               GError              **error);
void        sync_engine_run_async             (SyncEngine           *self,
                                               GCancellable         *cancellable,
                                               SyncProgressFunc      progress,
                                               gpointer              progress_data,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
gboolean    sync_engine_run_finish            (SyncEngine           *self,
                                               GAsyncResult         *async_result,
                                               SyncResult          **result,
                                               GError              **error);

char       *sync_engine_dup_recovery          (SyncEngine           *self,
                                               GError              **error);
GPtrArray  *sync_engine_list_devices          (SyncEngine           *self,
                                               GError              **error);
gboolean    sync_engine_rename_device         (SyncEngine           *self,
                                               const char           *name,
                                               GError              **error);
SyncStatus *sync_engine_load_status           (SyncEngine           *self,
                                               GError              **error);

G_END_DECLS
