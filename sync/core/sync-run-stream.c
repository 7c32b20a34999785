/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Our own stream, and whether it still is.
 *
 * A store that was copied, restored from a backup, or lost commits in a power cut must never write
 * on under its old name: two different records would have one number. It is found in three ways:
 *
 *   - the remote's end of our stream is further than ours, or its hash there is not ours,
 *   - the key file remembers more sent than the store holds,
 *   - the store's stream is not the key file's (a store copied without its key file, the backup of
 *     another device, or a run that was cut off between the two steps below).
 *
 * Then the keys are made anew and saved, and the store leaves its stream: the old one becomes that
 * of another device, up to the last record that both branches share, and what is ours alone moves
 * as new records into the new stream. What the remote does not show counts as ours alone: should
 * another device bring the old records back, they say the same twice, which is no clash. The
 * remote's branch is believed only as far as it is signed with the old stream's own key.
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "sync-batch.h"
#include "sync-run.h"

#define PAGE_SIZE (4 * 1024 * 1024)

static void
get_key_stream (SyncRun       *run,
                StoreStreamId *stream)
{
  memcpy (stream->bytes, sync_keys_get_stream (run->keys), sizeof stream->bytes);
}

/* Whether the store holds records of @stream, or records that speak of it. */
static gboolean
is_in_store (SyncRun              *run,
             const StoreStreamId  *stream,
             gboolean             *there,
             GError              **error)
{
  g_autoptr (GArray) streams = store_log_list_streams (run->store, error);

  if (streams == NULL)
    return FALSE;

  *there = FALSE;
  for (guint i = 0; i < streams->len; i++)
    if (store_stream_id_compare (&g_array_index (streams, StoreStream, i).id, stream) == 0)
      *there = TRUE;

  return TRUE;
}

/* A signed point was, or may have been, shown to others: they know the stream by its name. */
static gboolean
is_known_elsewhere (SyncRun              *run,
                    const StoreStreamId  *own,
                    gboolean             *known,
                    GError              **error)
{
  g_autoptr (GError) local_error = NULL;
  StoreSignedPoint point;

  *known = store_log_get_signed_point (run->store, own, 0, &point, &local_error);
  if (*known)
    store_signed_point_clear (&point);

  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * sync_run_adopt_stream:
 * @run: a run
 * @error: why not
 *
 * Gives the store the account's chain key and, while nothing has left this
 * device yet, the name of the key file's stream.
 *
 * Returns: whether the store is ready
 */
gboolean
sync_run_adopt_stream (SyncRun  *run,
                       GError  **error)
{
  SyncAccount *account = sync_keys_get_account (run->keys);
  StoreStreamId own;
  StoreStreamId ours;
  gboolean known;
  gboolean taken;

  store_log_get_own_stream (run->store, &own);
  get_key_stream (run, &ours);
  run->own_is_foreign = FALSE;

  if (store_stream_id_compare (&own, &ours) != 0)
    {
      if (!is_known_elsewhere (run, &own, &known, error) ||
          !is_in_store (run, &ours, &taken, error))
        return FALSE;

      run->own_is_foreign = known || taken;
      if (!run->own_is_foreign && !store_log_name_own_stream (run->store, &ours, error))
        return FALSE;
    }

  return store_log_set_chain_key (run->store, account->chain, error);
}

typedef struct
{
  StoreStream own;
  guint64 common;
  gboolean other_branch;
} Comparison;

static gboolean
same_hash (SyncRun              *run,
           const StoreStreamId  *stream,
           guint64               number,
           const guint8          hash[SYNC_HASH_SIZE],
           gboolean             *same,
           GError              **error)
{
  guint8 ours[STORE_HASH_SIZE];

  if (!store_log_get_hash (run->store, stream, number, ours, error))
    return FALSE;

  *same = memcmp (ours, hash, sizeof ours) == 0;
  return TRUE;
}

/* Follows one batch record by record, up to where it parts from ours. */
static gboolean
compare_records (SyncRun                *run,
                 Comparison             *comparison,
                 const SyncBatchHeader  *header,
                 GPtrArray              *records,
                 GError                **error)
{
  const guint8 *key = sync_keys_get_account (run->keys)->chain;
  guint8 hash[STORE_HASH_SIZE];

  memcpy (hash, header->hash_before, sizeof hash);
  for (guint i = 0; i < records->len; i++)
    {
      guint64 number = header->first + i;
      gboolean same;

      if (number > comparison->own.number ||
          !store_entry_chain (key, hash, g_ptr_array_index (records, i), hash, NULL))
        break;

      if (!same_hash (run, &comparison->own.id, number, hash, &same, error))
        return FALSE;

      if (!same)
        break;

      comparison->common = MAX (comparison->common, number);
    }

  comparison->other_branch = TRUE;
  return TRUE;
}

static gboolean
compare_batch (SyncRun     *run,
               Comparison  *comparison,
               GBytes      *batch,
               GError     **error)
{
  g_autoptr (GPtrArray) records = NULL;
  SyncBatchHeader header;

  if (!sync_run_open_batch (run, batch, &comparison->own.id, &header, &records, error))
    return FALSE;

  if (header.last <= comparison->own.number)
    {
      gboolean same;

      if (!same_hash (run, &comparison->own.id, header.last, header.hash_after, &same, error))
        return FALSE;

      if (same)
        {
          comparison->common = header.last;
          return TRUE;
        }
    }

  return compare_records (run, comparison, &header, records, error);
}

static gboolean
compare_with_remote (SyncRun     *run,
                     Comparison  *comparison,
                     GError     **error)
{
  guint64 after = 0;
  gboolean more = TRUE;

  while (more && !comparison->other_branch)
    {
      g_auto (SyncRemotePage) page;

      sync_remote_page_init (&page);
      if (!sync_remote_get_stream (run->remote,
                                   comparison->own.id.bytes,
                                   after,
                                   PAGE_SIZE,
                                   &page,
                                   run->cancellable,
                                   error))
        return FALSE;

      for (guint i = 0; i < page.batches->len && !comparison->other_branch; i++)
        if (!compare_batch (run, comparison, g_ptr_array_index (page.batches, i), error))
          return FALSE;

      more = page.more && comparison->common > after;
      after = comparison->common;
    }

  return TRUE;
}

/* The key file's stream is fresh only where a run was cut off between renewing and leaving. */
static gboolean
is_fresh (SyncRun   *run,
          gboolean  *fresh,
          GError   **error)
{
  StoreStreamId ours;
  gboolean taken;

  get_key_stream (run, &ours);
  if (!is_in_store (run, &ours, &taken, error))
    return FALSE;

  *fresh = run->own_is_foreign && !taken && sync_keys_get_sent (run->keys) == 0 &&
           sync_run_find_head (run, &ours) == NULL;
  return TRUE;
}

static gboolean
leave_stream (SyncRun     *run,
              Comparison  *comparison,
              GError     **error)
{
  StoreStreamId ours;
  gboolean fresh;

  if (!is_fresh (run, &fresh, error))
    return FALSE;

  if (!fresh)
    {
      sync_run_say_farewell (run);
      sync_keys_renew_device (run->keys);
      if (!sync_keys_save (run->keys, error))
        return FALSE;
    }

  get_key_stream (run, &ours);
  if (!store_log_leave_stream (run->store, &ours, comparison->common, error))
    return FALSE;

  run->result->new_stream = TRUE;
  run->again = TRUE;
  return TRUE;
}

static gboolean
looks_left_behind (SyncRun            *run,
                   const StoreStream  *own,
                   gboolean           *left,
                   GError            **error)
{
  const SyncHead *head = sync_run_find_head (run, &own->id);
  gboolean same = TRUE;

  if (head != NULL && head->number <= own->number &&
      !same_hash (run, &own->id, head->number, head->hash, &same, error))
    return FALSE;

  *left = !same || (head != NULL && head->number > own->number);
  return TRUE;
}

/**
 * sync_run_check_own_stream:
 * @run: a run whose heads were fetched
 * @error: why not
 *
 * Leaves our stream for a new one where it is not ours alone any more; @again
 * is set then.
 *
 * Returns: whether it was found out
 */
gboolean
sync_run_check_own_stream (SyncRun  *run,
                           GError  **error)
{
  Comparison comparison = { 0 };
  StoreStreamId own;
  gboolean rolled_back;
  gboolean left;

  store_log_get_own_stream (run->store, &own);
  if (!sync_run_find_stream (run, &own, &comparison.own, error) ||
      !looks_left_behind (run, &comparison.own, &left, error))
    return FALSE;

  rolled_back = run->own_is_foreign || sync_keys_get_sent (run->keys) > comparison.own.number;
  if (!left && !rolled_back)
    return TRUE;

  if (!compare_with_remote (run, &comparison, error))
    return sync_run_soften (run, &own, error);

  if (!rolled_back && !comparison.other_branch)
    {
      sync_run_notice (run,
                       SYNC_ERROR_FORGED,
                       &own,
                       _("The other side claims changes of this device that it cannot show."));
      sync_run_stop_stream (run, &own);
      return TRUE;
    }

  return leave_stream (run, &comparison, error);
}
