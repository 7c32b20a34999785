/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Our own stream can be cut into batches anywhere, for we sign; another's only where its author
 * signed, at the ends of the batches that we got.
 *
 * Own records are read from libstore, which hands them out only when they are durable; the signed
 * point is kept before the batch leaves, for a point that was shown to anybody binds us.
 */
#include "config.h"

#include "sync-parcel.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "sync-batch.h"

/**
 * sync_parcel_clear:
 * @parcel: a parcel, or zeros
 */
void
sync_parcel_clear (SyncParcel *parcel)
{
  g_clear_pointer (&parcel->records, g_ptr_array_unref);
}

/* Leaves as many records as fit, at least one. */
static void
cut_to_budget (GPtrArray *records,
               gsize      budget)
{
  gsize size = 0;

  for (guint i = 0; i < records->len; i++)
    {
      size += g_bytes_get_size (g_ptr_array_index (records, i)) + SYNC_BATCH_RECORD_OVERHEAD;
      if (size > budget && i > 0)
        {
          g_ptr_array_set_size (records, i);
          return;
        }
    }
}

static gboolean
fill_header (SyncParcel           *parcel,
             SyncRun              *run,
             const StoreStreamId  *stream,
             guint64               after,
             GError              **error)
{
  SyncAccount *account = sync_keys_get_account (run->keys);
  SyncBatchHeader *header = &parcel->header;

  memcpy (header->account, account->id, sizeof header->account);
  memcpy (header->stream, stream->bytes, sizeof header->stream);
  header->first = after + 1;
  header->last = after + parcel->records->len;

  return store_log_get_hash (run->store, stream, after, header->hash_before, error) &&
         store_log_get_hash (run->store, stream, header->last, header->hash_after, error);
}

static gboolean
sign (SyncParcel           *parcel,
      SyncRun              *run,
      const StoreStreamId  *stream,
      GError              **error)
{
  SyncBatchHeader *header = &parcel->header;
  g_autoptr (GBytes) signature = NULL;
  StoreSignedPoint point;

  sync_batch_header_sign (header, sync_keys_get_device (run->keys));
  signature = g_bytes_new (header->signature, sizeof header->signature);
  point.number = header->last;
  memcpy (point.hash, header->hash_after, sizeof point.hash);
  point.signature = signature;

  return store_log_add_signed_point (run->store, stream, &point, error);
}

/**
 * sync_parcel_pack_own:
 * @parcel: (out caller-allocates): zeros; filled
 * @run: a run
 * @stream: our own stream
 * @after: the last record that is not wanted
 * @until: the last record that may be in it, after @after
 * @budget: how many bytes of records fit; one record goes in whatever its size
 * @error: a #StoreError
 *
 * Packs the next records of ours, signs them, and keeps the signed point.
 *
 * Returns: whether @parcel is filled
 */
gboolean
sync_parcel_pack_own (SyncParcel           *parcel,
                      SyncRun              *run,
                      const StoreStreamId  *stream,
                      guint64               after,
                      guint64               until,
                      gsize                 budget,
                      GError              **error)
{
  parcel->records = store_log_read (run->store, stream, after, until, budget, error);
  if (parcel->records == NULL)
    return FALSE;

  cut_to_budget (parcel->records, budget);
  return fill_header (parcel, run, stream, after, error) && sign (parcel, run, stream, error);
}

static gboolean
take_signature (SyncParcel        *parcel,
                StoreSignedPoint  *point,
                GError           **error)
{
  gsize size;
  const guint8 *signature = g_bytes_get_data (point->signature, &size);

  if (size != SYNC_SIGNATURE_SIZE)
    {
      g_set_error_literal (error,
                           SYNC_ERROR,
                           SYNC_ERROR_DAMAGED,
                           _("The store holds a signature that is none; run a check."));
      return FALSE;
    }

  memcpy (parcel->header.signature, signature, size);
  return TRUE;
}

/**
 * sync_parcel_pack_foreign:
 * @parcel: (out caller-allocates): zeros; filled
 * @run: a run
 * @stream: another device's stream
 * @after: the last record that is not wanted
 * @packed: (out): %FALSE where its author signed nothing after @after
 * @error: a #StoreError
 *
 * Packs the next records up to the next place where their author signed.
 *
 * Returns: whether it is known if there is anything to pack
 */
gboolean
sync_parcel_pack_foreign (SyncParcel           *parcel,
                          SyncRun              *run,
                          const StoreStreamId  *stream,
                          guint64               after,
                          gboolean             *packed,
                          GError              **error)
{
  g_autoptr (GError) local_error = NULL;
  StoreSignedPoint point;
  gboolean ok;

  *packed = store_log_get_signed_point (run->store, stream, after, &point, &local_error);
  if (!*packed)
    {
      if (local_error == NULL)
        return TRUE;

      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  parcel->records = store_log_read (run->store, stream, after, point.number, G_MAXSIZE, error);
  ok = parcel->records != NULL && fill_header (parcel, run, stream, after, error) &&
       take_signature (parcel, &point, error);
  store_signed_point_clear (&point);

  return ok;
}

/**
 * sync_parcel_seal:
 * @parcel: a parcel
 * @run: a run
 * @error: %SYNC_ERROR_TOO_LARGE
 *
 * Returns: (transfer full) (nullable): the batch
 */
GBytes *
sync_parcel_seal (const SyncParcel  *parcel,
                  SyncRun           *run,
                  GError           **error)
{
  return sync_batch_seal (&parcel->header,
                          parcel->records,
                          &sync_keys_get_account (run->keys)->first_seal,
                          error);
}
