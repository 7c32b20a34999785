/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How two stores become the same, seen from one of them:
 *
 *   1. greet the remote; be enrolled; read the roster, and give back to it what it lacks,
 *   2. ask how far each stream goes there,
 *   3. our own stream further there, or other there, than here: this store is a copy or was rolled
 *      back; it becomes a new device with a new stream (sync-run-stream.c), and all begins again,
 *   4. pull: what is further there than here (sync-run-pull.c),
 *   5. push: what is further here than there, be it ours or another's (sync-run-push.c),
 *   6. leave our state beside the streams and compare it with the others' (sync-run-state.c).
 *
 * There is no cursor to go wrong: where to go on follows each time from what lies in the store, in
 * the same transaction as the data, and from what the remote says it has, number and hash. So every
 * step may be cut off, lost or repeated, and the next run goes on from there.
 *
 * What is wrong with one stream stops that stream and is told (a notice); what is wrong with the
 * connection or the disk stops the run. A refused push is a notice, and comes after the pull.
 */
#include "config.h"

#include "sync-run.h"

#include <string.h>

#define MAX_ROUNDS 4

/**
 * sync_run_init:
 * @run: (out caller-allocates): a run that has not begun
 * @store: the store; borrowed
 * @keys: its keys; borrowed
 */
void
sync_run_init (SyncRun       *run,
               StoreDatabase *store,
               SyncKeys      *keys)
{
  memset (run, 0, sizeof *run);
  run->store = store;
  run->keys = keys;
  run->stopped = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  run->result = sync_result_new ();
  sync_remote_heads_init (&run->heads);
}

/**
 * sync_run_clear:
 * @run: a run
 */
void
sync_run_clear (SyncRun *run)
{
  g_clear_object (&run->remote);
  g_clear_pointer (&run->roster, sync_roster_free);
  g_clear_pointer (&run->stopped, g_hash_table_unref);
  g_clear_pointer (&run->result, sync_result_free);
  sync_remote_heads_clear (&run->heads);
}

/**
 * sync_run_connect:
 * @run: a run
 * @error: why not
 *
 * Makes the remote for the keys as they are now, and greets it.
 *
 * Returns: whether it answered
 */
gboolean
sync_run_connect (SyncRun  *run,
                  GError  **error)
{
  g_clear_object (&run->remote);
  run->remote = run->connect (run->keys, run->connect_data, error);
  if (run->remote == NULL)
    return FALSE;

  if (!sync_remote_hello (run->remote, &run->greeting, run->cancellable, error))
    return FALSE;

  if (run->greeting.server_time != 0)
    run->result->clock_offset = run->greeting.server_time - g_get_real_time () / 1000;

  return TRUE;
}

/**
 * sync_run_notice:
 * @run: a run
 * @code: what the person can do about it
 * @stream: (nullable): which stream it is about
 * @format: a translated sentence
 * @...: what it speaks of
 *
 * Notes something that does not stop the rest.
 */
void
sync_run_notice (SyncRun             *run,
                 SyncError            code,
                 const StoreStreamId *stream,
                 const char          *format,
                 ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  g_ptr_array_add (run->result->notices,
                   sync_notice_new (code, stream != NULL ? stream->bytes : NULL, text));
}

static gboolean
stops_everything (const GError *error)
{
  return error->domain != SYNC_ERROR || error->code == SYNC_ERROR_UNREACHABLE ||
         error->code == SYNC_ERROR_CANCELLED;
}

/**
 * sync_run_soften:
 * @run: a run
 * @stream: the stream that the error is about
 * @error: (inout): an error that is set
 *
 * Turns an error of one stream into a notice, and stops that stream for this
 * run. Errors of the connection and of the store stay errors.
 *
 * Returns: whether the run goes on; @error is cleared then
 */
gboolean
sync_run_soften (SyncRun              *run,
                 const StoreStreamId  *stream,
                 GError              **error)
{
  if (error == NULL || *error == NULL || stops_everything (*error))
    return FALSE;

  sync_run_notice (run, (*error)->code, stream, "%s", (*error)->message);
  sync_run_stop_stream (run, stream);
  g_clear_error (error);

  return TRUE;
}

/**
 * sync_run_stop_stream:
 * @run: a run
 * @stream: a stream that is left alone until the next run
 */
void
sync_run_stop_stream (SyncRun             *run,
                      const StoreStreamId *stream)
{
  g_hash_table_add (run->stopped, store_stream_id_to_string (stream));
}

/**
 * sync_run_is_stopped:
 * @run: a run
 * @stream: a stream
 *
 * Returns: whether @stream is left alone until the next run
 */
gboolean
sync_run_is_stopped (SyncRun             *run,
                     const StoreStreamId *stream)
{
  g_autofree char *name = store_stream_id_to_string (stream);

  return g_hash_table_contains (run->stopped, name);
}

/**
 * sync_run_dup_device_name:
 * @run: a run
 * @stream: a stream
 *
 * Returns: (transfer full): what the person calls its device, else the stream's own name
 */
char *
sync_run_dup_device_name (SyncRun             *run,
                          const StoreStreamId *stream)
{
  const SyncDevice *device = sync_roster_find_stream (run->roster, stream->bytes);

  if (device != NULL && *device->name != '\0')
    return g_strdup (device->name);

  return store_stream_id_to_string (stream);
}

/**
 * sync_run_report:
 * @run: a run
 * @phase: what is under way
 * @done: records done
 * @total: records in all
 */
void
sync_run_report (SyncRun   *run,
                 SyncPhase  phase,
                 guint64    done,
                 guint64    total)
{
  if (run->progress != NULL)
    run->progress (phase, done, total, run->progress_data);
}

/**
 * sync_run_find_head:
 * @run: a run whose heads were fetched
 * @stream: a stream
 *
 * Returns: (transfer none) (nullable): how far it goes at the remote
 */
const SyncHead *
sync_run_find_head (SyncRun             *run,
                    const StoreStreamId *stream)
{
  for (guint i = 0; i < run->heads.heads->len; i++)
    {
      const SyncHead *head = &g_array_index (run->heads.heads, SyncHead, i);

      if (memcmp (head->stream, stream->bytes, SYNC_STREAM_ID_SIZE) == 0)
        return head;
    }

  return NULL;
}

/**
 * sync_run_find_stream:
 * @run: a run
 * @id: a stream
 * @stream: (out caller-allocates): how far it goes here; 0 where it is unknown
 * @error: why the store did not answer
 *
 * Returns: whether the store answered
 */
gboolean
sync_run_find_stream (SyncRun              *run,
                      const StoreStreamId  *id,
                      StoreStream          *stream,
                      GError              **error)
{
  g_autoptr (GArray) streams = store_log_list_streams (run->store, error);

  if (streams == NULL)
    return FALSE;

  *stream = (StoreStream) { .id = *id };
  for (guint i = 0; i < streams->len; i++)
    {
      const StoreStream *other = &g_array_index (streams, StoreStream, i);

      if (store_stream_id_compare (&other->id, id) == 0)
        *stream = *other;
    }

  return TRUE;
}

static gboolean
do_round (SyncRun  *run,
          GError  **error)
{
  sync_run_report (run, SYNC_PHASE_CONNECT, 0, 0);
  if (!sync_run_adopt_stream (run, error) || !sync_run_connect (run, error))
    return FALSE;

  if (!sync_keys_get_confirmed (run->keys) && !sync_run_enrol (run, FALSE, NULL, error))
    return FALSE;

  if (!sync_run_fetch_roster (run, error) ||
      !sync_remote_get_heads (run->remote, &run->heads, run->cancellable, error) ||
      !sync_run_check_own_stream (run, error))
    return FALSE;

  if (run->again)
    return TRUE;

  return sync_run_pull (run, error) && sync_run_push (run, error);
}

/**
 * sync_run_execute:
 * @run: a run whose @connect is set and whose keys have an account
 * @error: %SYNC_ERROR or %STORE_ERROR; what was done so far stays done
 *
 * Synchronises. What went wrong with one stream alone is among the notices of
 * the run's result.
 *
 * Returns: whether it went through
 */
gboolean
sync_run_execute (SyncRun  *run,
                  GError  **error)
{
  for (guint round = 0; round == 0 || (run->again && round < MAX_ROUNDS); round++)
    {
      run->again = FALSE;
      if (!do_round (run, error))
        return FALSE;
    }

  sync_run_compare_states (run);
  if (run->result->notices->len > 0)
    return TRUE;

  return sync_status_record (run->store, run->result, g_get_real_time () / 1000, error);
}
