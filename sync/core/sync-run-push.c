/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pushing: streams that go further here than at the remote are offered from where the remote's end,
 * our own and those of others alike, so a server that lost something gets it back from whoever has
 * it. "Sent" in the key file follows the remote's answer, never precedes it.
 *
 * A remote that takes less at once says so, and the batch is halved. A refusal (no room, shut out,
 * too busy) is a notice, and ends the push of that stream.
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "sync-batch.h"
#include "sync-parcel.h"
#include "sync-run.h"

#define MAX_CONFLICTS 3
#define MIN_BUDGET 64

typedef struct
{
  StoreStreamId id;
  gboolean own;
  guint64 at;
  guint64 until;
  gsize budget;
  guint conflicts;
  gboolean enrolled;
} Push;

static gsize
budget_for (gsize max_batch_size)
{
  gsize budget = max_batch_size / 8 * 7;

  return CLAMP (budget, MIN_BUDGET, SYNC_BATCH_MAX_CONTENT);
}

static gboolean
note_sent (SyncRun  *run,
           Push     *push,
           guint64   count,
           GError  **error)
{
  if (!push->own)
    {
      run->result->healed += count;
      return TRUE;
    }

  run->result->sent += count;
  if (push->at <= sync_keys_get_sent (run->keys))
    return TRUE;

  sync_keys_set_sent (run->keys, push->at);
  return sync_keys_save (run->keys, error);
}

/* The remote ends elsewhere than it said: go on from there, if that is on our way. */
static gboolean
follow_conflict (SyncRun             *run,
                 Push                *push,
                 const SyncPutReply  *reply,
                 GError             **error)
{
  guint8 hash[STORE_HASH_SIZE];
  gboolean on_our_way = FALSE;

  if (reply->have <= push->until)
    {
      if (!store_log_get_hash (run->store, &push->id, reply->have, hash, error))
        return FALSE;

      on_our_way = reply->have == 0 || memcmp (hash, reply->hash, sizeof hash) == 0;
    }

  if (on_our_way && push->conflicts++ < MAX_CONFLICTS)
    {
      push->at = reply->have;
      return TRUE;
    }

  /* Further there than here, or another branch: the next round looks at it afresh. */
  push->until = push->at;
  run->again = TRUE;
  return TRUE;
}

static gboolean
set_refused (SyncPutStatus   status,
             GError        **error)
{
  const char *text;
  SyncError code;

  switch (status)
    {
    case SYNC_PUT_REVOKED:
      code = SYNC_ERROR_REVOKED;
      text = _("This device was shut out of the account; its changes stay here.");
      break;
    case SYNC_PUT_QUOTA:
      code = SYNC_ERROR_QUOTA;
      text = _("The other side has no room left; changes wait here until there is.");
      break;
    case SYNC_PUT_TOO_LARGE:
      code = SYNC_ERROR_TOO_LARGE;
      text = _("A change is larger than the other side takes; it waits here.");
      break;
    default:
      code = SYNC_ERROR_BUSY;
      text = _("The other side asks to wait; changes are sent the next time.");
      break;
    }

  g_set_error_literal (error, SYNC_ERROR, code, text);
  return FALSE;
}

static gboolean
follow_reply (SyncRun             *run,
              Push                *push,
              const SyncParcel    *parcel,
              const SyncPutReply  *reply,
              GError             **error)
{
  switch (reply->status)
    {
    case SYNC_PUT_TAKEN:
    case SYNC_PUT_SAME:
      push->at = parcel->header.last;
      return note_sent (run, push, parcel->records->len, error);
    case SYNC_PUT_CONFLICT:
      return follow_conflict (run, push, reply, error);
    case SYNC_PUT_TOO_LARGE:
      if (!push->own || parcel->records->len == 1)
        return set_refused (reply->status, error);
      push->budget = MAX (push->budget / 2, MIN_BUDGET);
      return TRUE;
    default:
      return set_refused (reply->status, error);
    }
}

/* A remote that forgot who writes the stream is told once. */
static gboolean
put (SyncRun       *run,
     Push          *push,
     GBytes        *batch,
     SyncPutReply  *reply,
     GError       **error)
{
  const SyncDevice *device = sync_roster_find_stream (run->roster, push->id.bytes);
  SyncAccount *account = sync_keys_get_account (run->keys);
  g_autoptr (GError) local_error = NULL;

  if (sync_remote_put_batch (run->remote, batch, reply, run->cancellable, &local_error))
    return TRUE;

  if (push->enrolled || device == NULL || !sync_run_is_unknown_there (local_error))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  push->enrolled = TRUE;
  return sync_remote_enrol (run->remote,
                            &account->signing,
                            device->public_key,
                            run->cancellable,
                            error) &&
         sync_remote_put_batch (run->remote, batch, reply, run->cancellable, error);
}

static gboolean
pack (SyncRun     *run,
      Push        *push,
      SyncParcel  *parcel,
      gboolean    *packed,
      GError     **error)
{
  if (!push->own)
    return sync_parcel_pack_foreign (parcel, run, &push->id, push->at, packed, error);

  *packed = TRUE;
  return sync_parcel_pack_own (parcel,
                               run,
                               &push->id,
                               push->at,
                               push->until,
                               push->budget,
                               error);
}

static gboolean
push_one (SyncRun  *run,
          Push     *push,
          GError  **error)
{
  g_auto (SyncParcel) parcel = { 0 };
  g_autoptr (GBytes) batch = NULL;
  SyncPutReply reply;
  gboolean packed;

  if (!pack (run, push, &parcel, &packed, error))
    return FALSE;

  if (!packed || parcel.records->len == 0)
    {
      push->until = push->at;
      return TRUE;
    }

  batch = sync_parcel_seal (&parcel, run, error);

  return batch != NULL && put (run, push, batch, &reply, error) &&
         follow_reply (run, push, &parcel, &reply, error);
}

static gboolean
push_stream (SyncRun            *run,
             const StoreStream  *stream,
             GError            **error)
{
  const SyncHead *head = sync_run_find_head (run, &stream->id);
  Push push = { .id = stream->id, .own = stream->own };
  guint64 total;

  push.at = head != NULL ? head->number : 0;
  push.until = stream->own ? stream->number : stream->received;
  push.budget = budget_for (run->greeting.max_batch_size);
  total = push.until > push.at ? push.until - push.at : 0;

  while (push.at < push.until)
    {
      if (!push_one (run, &push, error))
        return FALSE;

      sync_run_report (run, SYNC_PHASE_PUSH, total - MIN (push.until - push.at, total), total);
    }

  return TRUE;
}

/* What the remote shows of a stream must be what lies here; else nothing is put on top of it. */
static gboolean
check_head (SyncRun            *run,
            const StoreStream  *stream,
            gboolean           *sound,
            GError            **error)
{
  const SyncHead *head = sync_run_find_head (run, &stream->id);
  guint8 hash[STORE_HASH_SIZE];
  g_autofree char *name = NULL;

  *sound = TRUE;
  if (head == NULL || head->number == 0 || head->number > stream->received)
    return TRUE;

  if (!store_log_get_hash (run->store, &stream->id, head->number, hash, error))
    return FALSE;

  *sound = memcmp (hash, head->hash, sizeof hash) == 0;
  if (*sound)
    return TRUE;

  name = sync_run_dup_device_name (run, &stream->id);
  sync_run_notice (run,
                   SYNC_ERROR_FORGED,
                   &stream->id,
                   _("Two different histories of “%s” exist; the one that arrived second "
                     "was not taken."),
                   name);
  sync_run_stop_stream (run, &stream->id);
  return TRUE;
}

/* What we know to be sent is what the remote shows, even if the answer to the push was lost. */
static gboolean
note_arrived (SyncRun            *run,
              const StoreStream  *stream,
              GError            **error)
{
  const SyncHead *head = sync_run_find_head (run, &stream->id);

  if (!stream->own || head == NULL || head->number > stream->number ||
      head->number <= sync_keys_get_sent (run->keys))
    return TRUE;

  sync_keys_set_sent (run->keys, head->number);
  return sync_keys_save (run->keys, error);
}

/**
 * sync_run_push:
 * @run: a run whose roster and heads were fetched
 * @error: why it stopped
 *
 * Offers what the store has and the remote had not. Streams that fail alone
 * are stopped and noted.
 *
 * Returns: whether all streams were tried
 */
gboolean
sync_run_push (SyncRun  *run,
               GError  **error)
{
  g_autoptr (GArray) streams = store_log_list_streams (run->store, error);

  if (streams == NULL)
    return FALSE;

  for (guint i = 0; i < streams->len; i++)
    {
      const StoreStream *stream = &g_array_index (streams, StoreStream, i);
      g_autoptr (GError) local_error = NULL;
      gboolean sound;

      if (sync_run_is_stopped (run, &stream->id))
        continue;

      if (!check_head (run, stream, &sound, error) || !note_arrived (run, stream, error))
        return FALSE;

      if (!sound || push_stream (run, stream, &local_error))
        continue;

      if (!sync_run_soften (run, &stream->id, &local_error))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
    }

  return TRUE;
}
