/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pulling: streams that go further at the remote than here are fetched from where ours end, batch
 * by batch. A batch counts where its author's signature is right; libstore then checks the chain of
 * hashes, keeps the records, and merges what has all that its writer had seen, in one transaction.
 * So what was taken before a cut stays taken, and the next run asks for what follows.
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "sync-batch.h"
#include "sync-run.h"

#define PAGE_SIZE (4 * 1024 * 1024)

static gboolean
check_origin (SyncRun                *run,
              const SyncBatchHeader  *header,
              const StoreStreamId    *stream,
              GError                **error)
{
  const SyncDevice *device = sync_roster_find_stream (run->roster, stream->bytes);
  SyncAccount *account = sync_keys_get_account (run->keys);

  if (device != NULL &&
      memcmp (header->account, account->id, sizeof header->account) == 0 &&
      memcmp (header->stream, stream->bytes, sizeof header->stream) == 0 &&
      sync_batch_header_verify (header, device->public_key))
    return TRUE;

  g_set_error_literal (error,
                       SYNC_ERROR,
                       SYNC_ERROR_FORGED,
                       _("Changes arrived that are not signed by the device they name; "
                         "they were not taken."));
  return FALSE;
}

static gboolean
check_key (SyncRun                *run,
           const SyncBatchHeader  *header,
           GError                **error)
{
  const SyncSealKey *key = &sync_keys_get_account (run->keys)->first_seal;

  if (header->key_epoch == key->epoch && memcmp (header->key_id, key->id, sizeof key->id) == 0)
    return TRUE;

  g_set_error_literal (error,
                       SYNC_ERROR,
                       SYNC_ERROR_TOO_NEW,
                       _("Changes are sealed with a key that this device does not have."));
  return FALSE;
}

/**
 * sync_run_open_batch:
 * @run: a run whose roster is known
 * @batch: a batch
 * @stream: the stream that it was asked from
 * @header: (out caller-allocates): its header
 * @records: (out) (transfer full) (element-type GBytes): its records
 * @error: %SYNC_ERROR_FORGED, %SYNC_ERROR_DAMAGED or %SYNC_ERROR_TOO_NEW
 *
 * Checks who wrote a batch, and opens it.
 *
 * Returns: whether it is what it says
 */
gboolean
sync_run_open_batch (SyncRun              *run,
                     GBytes               *batch,
                     const StoreStreamId  *stream,
                     SyncBatchHeader      *header,
                     GPtrArray           **records,
                     GError              **error)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (batch, &size);

  if (!sync_batch_header_parse (header, bytes, size, error) ||
      !check_origin (run, header, stream, error) || !check_key (run, header, error))
    return FALSE;

  *records = sync_batch_open (batch,
                              &sync_keys_get_account (run->keys)->first_seal,
                              header,
                              error);
  return *records != NULL;
}

static void
count_intake (SyncRun           *run,
              const StoreIntake *intake)
{
  run->result->received += intake->taken;
  run->result->applied += intake->applied;
  run->result->quarantined += intake->quarantined;
}

/* What libstore found wrong with a stream is said in words of this storey. */
static void
translate_error (SyncRun              *run,
                 const StoreStreamId  *stream,
                 GError              **error)
{
  g_autofree char *name = NULL;
  gboolean is_fork = g_error_matches (*error, STORE_ERROR, STORE_ERROR_EXISTS);
  gboolean is_broken = g_error_matches (*error, STORE_ERROR, STORE_ERROR_DAMAGED) ||
                       g_error_matches (*error, STORE_ERROR, STORE_ERROR_NOT_FOUND);

  if (!is_fork && !is_broken)
    return;

  name = sync_run_dup_device_name (run, stream);
  g_debug ("Stream of %s: %s", name, (*error)->message);
  g_clear_error (error);
  g_set_error (error,
               SYNC_ERROR,
               SYNC_ERROR_FORGED,
               is_fork ? _("Two different histories of “%s” exist; "
                           "the one that arrived second was not taken.")
                       : _("The chain of changes of “%s” is broken; "
                           "what follows was not taken."),
               name);
}

static gboolean
take_batch (SyncRun              *run,
            const StoreStreamId  *stream,
            GBytes               *batch,
            guint64              *after,
            GError              **error)
{
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GBytes) signature = NULL;
  SyncBatchHeader header;
  StoreIntake intake = { 0 };

  if (!sync_run_open_batch (run, batch, stream, &header, &records, error))
    return FALSE;

  if (header.last <= *after)
    return TRUE;

  signature = g_bytes_new (header.signature, sizeof header.signature);
  if (!store_log_take (run->store,
                       stream,
                       header.first,
                       records,
                       header.hash_after,
                       signature,
                       NULL,
                       NULL,
                       &intake,
                       error))
    {
      translate_error (run, stream, error);
      return FALSE;
    }

  count_intake (run, &intake);
  *after = header.last;
  return TRUE;
}

typedef struct
{
  guint64 done;
  guint64 total;
} PullCount;

static gboolean
pull_stream (SyncRun              *run,
             const StoreStreamId  *stream,
             guint64               after,
             guint64               until,
             PullCount            *count,
             GError              **error)
{
  guint64 before;

  do
    {
      g_auto (SyncRemotePage) page;

      before = after;
      sync_remote_page_init (&page);
      if (!sync_remote_get_stream (run->remote,
                                   stream->bytes,
                                   after,
                                   PAGE_SIZE,
                                   &page,
                                   run->cancellable,
                                   error))
        return FALSE;

      for (guint i = 0; i < page.batches->len; i++)
        if (!take_batch (run, stream, g_ptr_array_index (page.batches, i), &after, error))
          return FALSE;

      count->done += after - before;
      sync_run_report (run, SYNC_PHASE_PULL, count->done, count->total);
    }
  while (after < until && after > before);

  return TRUE;
}

static gboolean
pull_head (SyncRun         *run,
           const SyncHead  *head,
           PullCount       *count,
           GError         **error)
{
  StoreStreamId id;
  StoreStream here;

  memcpy (id.bytes, head->stream, sizeof id.bytes);
  if (sync_run_is_stopped (run, &id))
    return TRUE;

  if (!sync_run_find_stream (run, &id, &here, error))
    return FALSE;

  if (here.own || head->number <= here.received)
    return TRUE;

  return pull_stream (run, &id, here.received, head->number, count, error) ||
         sync_run_soften (run, &id, error);
}

static gboolean
count_missing (SyncRun    *run,
               PullCount  *count,
               GError    **error)
{
  for (guint i = 0; i < run->heads.heads->len; i++)
    {
      const SyncHead *head = &g_array_index (run->heads.heads, SyncHead, i);
      StoreStreamId id;
      StoreStream here;

      memcpy (id.bytes, head->stream, sizeof id.bytes);
      if (!sync_run_find_stream (run, &id, &here, error))
        return FALSE;

      if (!here.own && head->number > here.received)
        count->total += head->number - here.received;
    }

  return TRUE;
}

static gboolean
count_waiting (SyncRun  *run,
               GError  **error)
{
  g_autoptr (GArray) streams = store_log_list_streams (run->store, error);

  if (streams == NULL)
    return FALSE;

  run->result->waiting = 0;
  for (guint i = 0; i < streams->len; i++)
    {
      const StoreStream *stream = &g_array_index (streams, StoreStream, i);

      if (!stream->own)
        run->result->waiting += stream->received - stream->number;
    }

  return TRUE;
}

/**
 * sync_run_pull:
 * @run: a run whose roster and heads were fetched
 * @error: why it stopped
 *
 * Fetches what the remote has and the store has not. Streams that fail alone
 * are stopped and noted.
 *
 * Returns: whether all streams were tried
 */
gboolean
sync_run_pull (SyncRun  *run,
               GError  **error)
{
  PullCount count = { 0 };

  if (!count_missing (run, &count, error))
    return FALSE;

  for (guint i = 0; i < run->heads.heads->len; i++)
    if (!pull_head (run, &g_array_index (run->heads.heads, SyncHead, i), &count, error))
      return FALSE;

  return count_waiting (run, error);
}
