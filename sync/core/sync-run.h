/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-log.h"
#include "sync-engine.h"
#include "sync-keys.h"
#include "sync-remote.h"
#include "sync-result.h"
#include "sync-roster.h"

G_BEGIN_DECLS

/* Private to sync/core. */

/**
 * SyncRun:
 *
 * One synchronisation under way: what the parts of it (roster, own stream,
 * pull, push, states) share. Lives on the engine's worker thread, under the
 * store's sync lock.
 */
typedef struct
{
  StoreDatabase *store;
  SyncKeys *keys;
  SyncConnectFunc connect;
  gpointer connect_data;
  GCancellable *cancellable;
  SyncProgressFunc progress;
  gpointer progress_data;

  SyncRemote *remote;
  SyncRemoteGreeting greeting;
  SyncRoster *roster;
  SyncRemoteHeads heads;
  GHashTable *stopped;
  SyncResult *result;
  gboolean own_is_foreign;
  gboolean again;
} SyncRun;

void         sync_run_init             (SyncRun               *run,
                                        StoreDatabase         *store,
                                        SyncKeys              *keys);
void         sync_run_clear            (SyncRun               *run);
gboolean     sync_run_connect          (SyncRun               *run,
                                        GError               **error);
gboolean     sync_run_execute          (SyncRun               *run,
                                        GError               **error);

void         sync_run_notice           (SyncRun               *run,
                                        SyncError              code,
                                        const StoreStreamId   *stream,
                                        const char            *format,
                                        ...) G_GNUC_PRINTF (4, 5);
gboolean     sync_run_soften           (SyncRun               *run,
                                        const StoreStreamId   *stream,
                                        GError               **error);
void         sync_run_stop_stream      (SyncRun               *run,
                                        const StoreStreamId   *stream);
gboolean     sync_run_is_stopped       (SyncRun               *run,
                                        const StoreStreamId   *stream);
char        *sync_run_dup_device_name  (SyncRun               *run,
                                        const StoreStreamId   *stream);
void         sync_run_report           (SyncRun               *run,
                                        SyncPhase              phase,
                                        guint64                done,
                                        guint64                total);
const SyncHead *sync_run_find_head     (SyncRun               *run,
                                        const StoreStreamId   *stream);
gboolean     sync_run_find_stream      (SyncRun               *run,
                                        const StoreStreamId   *id,
                                        StoreStream           *stream,
                                        GError               **error);

gboolean     sync_run_enrol            (SyncRun               *run,
                                        gboolean               create,
                                        const char            *invite,
                                        GError               **error);
gboolean     sync_run_fetch_roster     (SyncRun               *run,
                                        GError               **error);
gboolean     sync_run_load_roster      (SyncRun               *run,
                                        GError               **error);
gboolean     sync_run_is_unknown_there (const GError          *error);

gboolean     sync_run_adopt_stream     (SyncRun               *run,
                                        GError               **error);
gboolean     sync_run_check_own_stream (SyncRun               *run,
                                        GError               **error);

gboolean     sync_run_pull             (SyncRun               *run,
                                        GError               **error);
gboolean     sync_run_open_batch       (SyncRun               *run,
                                        GBytes                *batch,
                                        const StoreStreamId   *stream,
                                        SyncBatchHeader       *header,
                                        GPtrArray            **records,
                                        GError               **error);
gboolean     sync_run_push             (SyncRun               *run,
                                        GError               **error);

void         sync_run_say_farewell     (SyncRun               *run);
void         sync_run_compare_states   (SyncRun               *run);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SyncRun, sync_run_clear)

G_END_DECLS
