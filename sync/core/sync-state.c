/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The state object of a device, version 1, numbers little endian:
 *
 *   offset  size  what
 *        0     4  magic, the ASCII letters "CLTS"
 *        4     1  version, 1
 *        5     1  1 where the device left this stream for a new one (all else is zeros), else 0
 *        6     2  count of streams, n
 *        8    16  digest of all live data
 *       24  16 n  streams, sorted: id in 8 bytes, last applied number in 8
 *
 * sealed (sync-seal-key.c) with the account's key for states and the device's stream id as
 * associated data. It lies beside the streams and is replaced, so that two idle devices fall
 * silent. The same vector must have the same digest; another digest is a fault to report.
 */
#include "config.h"

#include "sync-state.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "sync-error.h"

#define MAGIC "CLTS"
#define VERSION 1
#define FIXED_SIZE 24
#define STREAM_SIZE 16

static SyncState *
sync_state_new (void)
{
  SyncState *state = g_new0 (SyncState, 1);

  state->vector = g_array_new (FALSE, FALSE, sizeof (StoreSeen));
  return state;
}

/**
 * sync_state_new_left:
 *
 * Returns: (transfer full): the last word of a stream that its device leaves
 */
SyncState *
sync_state_new_left (void)
{
  SyncState *state = sync_state_new ();

  state->left = TRUE;
  return state;
}

/**
 * sync_state_free:
 * @state: a state
 */
void
sync_state_free (SyncState *state)
{
  if (state == NULL)
    return;

  g_array_unref (state->vector);
  g_free (state);
}

static int
compare_seen (const void *a,
              const void *b)
{
  const StoreSeen *left = a;
  const StoreSeen *right = b;

  return store_stream_id_compare (&left->stream, &right->stream);
}

/**
 * sync_state_load:
 * @store: a store
 * @error: why not
 *
 * Returns: (transfer full) (nullable): what @store holds now
 */
SyncState *
sync_state_load (StoreDatabase  *store,
                 GError        **error)
{
  g_autoptr (SyncState) state = sync_state_new ();
  g_autoptr (GArray) streams = NULL;

  g_return_val_if_fail (STORE_IS_DATABASE (store), NULL);

  streams = store_log_list_streams (store, error);
  if (streams == NULL || !store_log_get_digest (store, state->digest, error))
    return NULL;

  for (guint i = 0; i < streams->len; i++)
    {
      const StoreStream *stream = &g_array_index (streams, StoreStream, i);
      StoreSeen seen = { stream->id, stream->number };

      if (stream->number > 0)
        g_array_append_val (state->vector, seen);
    }

  g_array_sort (state->vector, compare_seen);
  return g_steal_pointer (&state);
}

/**
 * sync_state_seal:
 * @state: a state
 * @account: whose business
 * @stream: stream id of the device that holds it
 *
 * Returns: (transfer full): the state object
 */
GBytes *
sync_state_seal (const SyncState   *state,
                 const SyncAccount *account,
                 const guint8       stream[SYNC_STREAM_ID_SIZE])
{
  g_autoptr (GByteArray) plain = g_byte_array_new ();
  guint8 fixed[FIXED_SIZE] = { 0 };
  guint16 count;

  g_return_val_if_fail (state != NULL, NULL);
  g_return_val_if_fail (account != NULL, NULL);

  count = GUINT16_TO_LE (state->vector->len);
  memcpy (fixed, MAGIC, 4);
  fixed[4] = VERSION;
  fixed[5] = state->left ? 1 : 0;
  memcpy (fixed + 6, &count, sizeof count);
  memcpy (fixed + 8, state->digest, STORE_DIGEST_SIZE);
  g_byte_array_append (plain, fixed, sizeof fixed);

  for (guint i = 0; i < state->vector->len; i++)
    {
      const StoreSeen *seen = &g_array_index (state->vector, StoreSeen, i);
      guint64 number = GUINT64_TO_LE (seen->number);

      g_byte_array_append (plain, seen->stream.bytes, STORE_STREAM_ID_SIZE);
      g_byte_array_append (plain, (const guint8 *) &number, sizeof number);
    }

  return sync_seal_key_seal (&account->state,
                             plain->data,
                             plain->len,
                             stream,
                             SYNC_STREAM_ID_SIZE);
}

static gboolean
read_plain (SyncState *state,
            GBytes    *plain)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (plain, &size);
  guint16 count;

  if (size < FIXED_SIZE || memcmp (bytes, MAGIC, 4) != 0 || bytes[4] != VERSION)
    return FALSE;

  memcpy (&count, bytes + 6, sizeof count);
  count = GUINT16_FROM_LE (count);
  if (size != FIXED_SIZE + (gsize) count * STREAM_SIZE)
    return FALSE;

  state->left = bytes[5] != 0;
  memcpy (state->digest, bytes + 8, STORE_DIGEST_SIZE);
  for (guint i = 0; i < count; i++)
    {
      const guint8 *at = bytes + FIXED_SIZE + i * STREAM_SIZE;
      StoreSeen seen;
      guint64 number;

      memcpy (seen.stream.bytes, at, STORE_STREAM_ID_SIZE);
      memcpy (&number, at + STORE_STREAM_ID_SIZE, sizeof number);
      seen.number = GUINT64_FROM_LE (number);
      g_array_append_val (state->vector, seen);
    }

  return TRUE;
}

/**
 * sync_state_open:
 * @sealed: a state object
 * @account: whose business
 * @stream: stream id of the device that it is said to be of
 * @error: %SYNC_ERROR_DAMAGED
 *
 * Returns: (transfer full) (nullable): the state
 */
SyncState *
sync_state_open (GBytes             *sealed,
                 const SyncAccount  *account,
                 const guint8        stream[SYNC_STREAM_ID_SIZE],
                 GError            **error)
{
  g_autoptr (SyncState) state = sync_state_new ();
  g_autoptr (GBytes) plain = NULL;
  gsize size;
  const guint8 *bytes;

  g_return_val_if_fail (sealed != NULL, NULL);
  g_return_val_if_fail (account != NULL, NULL);

  bytes = g_bytes_get_data (sealed, &size);
  plain = sync_seal_key_unseal (&account->state, bytes, size, stream, SYNC_STREAM_ID_SIZE, error);
  if (plain == NULL)
    return NULL;

  if (!read_plain (state, plain))
    {
      g_set_error_literal (error,
                           SYNC_ERROR,
                           SYNC_ERROR_DAMAGED,
                           _("What another device says of its state cannot be read."));
      return NULL;
    }

  return g_steal_pointer (&state);
}

/**
 * sync_state_equal_vectors:
 * @a: a state
 * @b: a state
 *
 * Returns: whether both have applied exactly the same
 */
gboolean
sync_state_equal_vectors (const SyncState *a,
                          const SyncState *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  if (a->left != b->left || a->vector->len != b->vector->len)
    return FALSE;

  for (guint i = 0; i < a->vector->len; i++)
    {
      const StoreSeen *left = &g_array_index (a->vector, StoreSeen, i);
      const StoreSeen *right = &g_array_index (b->vector, StoreSeen, i);

      if (compare_seen (left, right) != 0 || left->number != right->number)
        return FALSE;
    }

  return TRUE;
}

/**
 * sync_state_equal_digests:
 * @a: a state
 * @b: a state
 *
 * Returns: whether both hold the same live data
 */
gboolean
sync_state_equal_digests (const SyncState *a,
                          const SyncState *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return memcmp (a->digest, b->digest, sizeof a->digest) == 0;
}
