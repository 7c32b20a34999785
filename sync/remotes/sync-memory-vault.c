/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The rules by which a remote keeps streams, in memory. A batch is taken where
 *
 *   - its header parses, its size is the one that the header says, its account is ours,
 *   - its stream belongs to an enrolled device, and the signature is that device's,
 *   - its first number follows on the last one kept, and so does its hash (nobody but the devices
 *     knows the hash that a stream starts from).
 *
 * A batch whose last number and hash are the end of a kept one is the same. Nothing is ever opened.
 */
#include "config.h"

#include "sync-memory-vault.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "sync-batch-header.h"
#include "sync-error.h"

typedef struct
{
  SyncBatchHeader header;
  GBytes *bytes;
} KeptBatch;

struct _SyncMemoryVault
{
  gatomicrefcount ref_count;
  gboolean registered;
  guint8 account[SYNC_PUBLIC_KEY_SIZE];
  guint8 account_id[SYNC_ACCOUNT_ID_SIZE];
  GPtrArray *devices;  /* GBytes, public keys */
  GPtrArray *roster;   /* GBytes */
  GPtrArray *arrivals; /* KeptBatch */
  GHashTable *states;  /* GBytes of a stream id -> GBytes */
  gsize announced_limit;
  gsize limit;
  SyncPutStatus answer;
  guint64 epoch;
};

static void
kept_batch_free (KeptBatch *kept)
{
  g_bytes_unref (kept->bytes);
  g_free (kept);
}

/**
 * sync_memory_vault_new:
 *
 * Returns: (transfer full): a vault without an account
 */
SyncMemoryVault *
sync_memory_vault_new (void)
{
  SyncMemoryVault *self = g_new0 (SyncMemoryVault, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->devices = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->roster = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->arrivals = g_ptr_array_new_with_free_func ((GDestroyNotify) kept_batch_free);
  self->states = g_hash_table_new_full (g_bytes_hash,
                                        g_bytes_equal,
                                        (GDestroyNotify) g_bytes_unref,
                                        (GDestroyNotify) g_bytes_unref);
  self->announced_limit = SYNC_BATCH_MAX_SIZE;
  self->limit = SYNC_BATCH_MAX_SIZE;
  self->epoch = 1;

  return self;
}

/**
 * sync_memory_vault_ref:
 * @self: a vault
 *
 * Returns: (transfer full): @self
 */
SyncMemoryVault *
sync_memory_vault_ref (SyncMemoryVault *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * sync_memory_vault_unref:
 * @self: (transfer full): a vault
 */
void
sync_memory_vault_unref (SyncMemoryVault *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_ptr_array_unref (self->devices);
  g_ptr_array_unref (self->roster);
  g_ptr_array_unref (self->arrivals);
  g_hash_table_unref (self->states);
  g_free (self);
}

/**
 * sync_memory_vault_set_limit:
 * @self: a vault
 * @announced: bytes of the largest batch that it says it takes
 * @taken: bytes of the largest batch that it takes
 */
void
sync_memory_vault_set_limit (SyncMemoryVault *self,
                             gsize            announced,
                             gsize            taken)
{
  g_return_if_fail (self != NULL);

  self->announced_limit = announced;
  self->limit = taken;
}

/**
 * sync_memory_vault_get_limit:
 * @self: a vault
 *
 * Returns: bytes of the largest batch that it says it takes
 */
gsize
sync_memory_vault_get_limit (SyncMemoryVault *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->announced_limit;
}

/**
 * sync_memory_vault_set_answer:
 * @self: a vault
 * @status: the answer to whoever puts a batch; %SYNC_PUT_TAKEN to judge each again
 *
 * Acts as a server that is full, or has shut a device out.
 */
void
sync_memory_vault_set_answer (SyncMemoryVault *self,
                              SyncPutStatus    status)
{
  g_return_if_fail (self != NULL);

  self->answer = status;
}

/**
 * sync_memory_vault_spoil:
 * @self: a vault
 * @arrival: number of an arrival, from 1
 *
 * Turns round the last bit of a kept batch; done twice, it is whole again.
 */
void
sync_memory_vault_spoil (SyncMemoryVault *self,
                         guint64          arrival)
{
  KeptBatch *kept;
  guint8 *bytes;
  gsize size;

  g_return_if_fail (self != NULL);
  g_return_if_fail (arrival >= 1 && arrival <= self->arrivals->len);

  kept = g_ptr_array_index (self->arrivals, arrival - 1);
  bytes = g_bytes_unref_to_data (kept->bytes, &size);
  bytes[size - 1] ^= 1;
  kept->bytes = g_bytes_new_take (bytes, size);
}

/**
 * sync_memory_vault_forget_after:
 * @self: a vault
 * @cursor: the last arrival that is left, 0 for none
 * @roster_version: how many roster entries are left
 *
 * Acts as a server that was restored from an older backup, and knows it.
 */
void
sync_memory_vault_forget_after (SyncMemoryVault *self,
                                guint64          cursor,
                                guint64          roster_version)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_set_size (self->arrivals, MIN (cursor, self->arrivals->len));
  g_ptr_array_set_size (self->roster, MIN (roster_version, self->roster->len));
  g_hash_table_remove_all (self->states);
  self->epoch++;
}

/**
 * sync_memory_vault_contains:
 * @self: a vault
 * @needle: (array length=size): bytes to look for
 * @size: how many
 *
 * Returns: whether @needle lies open in anything that the vault keeps
 */
gboolean
sync_memory_vault_contains (SyncMemoryVault *self,
                            const guint8    *needle,
                            gsize            size)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < self->arrivals->len; i++)
    {
      KeptBatch *kept = g_ptr_array_index (self->arrivals, i);
      gsize kept_size;
      const guint8 *bytes = g_bytes_get_data (kept->bytes, &kept_size);

      if (memmem (bytes, kept_size, needle, size) != NULL)
        return TRUE;
    }

  for (guint i = 0; i < self->roster->len; i++)
    {
      gsize entry_size;
      const guint8 *bytes = g_bytes_get_data (g_ptr_array_index (self->roster, i), &entry_size);

      if (memmem (bytes, entry_size, needle, size) != NULL)
        return TRUE;
    }

  return FALSE;
}

/**
 * sync_memory_vault_create_account:
 * @self: a vault
 * @account: the account's public key
 * @error: %SYNC_ERROR_EXISTS where it keeps another account
 *
 * Returns: whether it keeps this account
 */
gboolean
sync_memory_vault_create_account (SyncMemoryVault  *self,
                                  const guint8      account[SYNC_PUBLIC_KEY_SIZE],
                                  GError          **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->registered && memcmp (self->account, account, SYNC_PUBLIC_KEY_SIZE) != 0)
    {
      g_set_error_literal (error,
                           SYNC_ERROR,
                           SYNC_ERROR_EXISTS,
                           _("There is another account here already."));
      return FALSE;
    }

  self->registered = TRUE;
  memcpy (self->account, account, SYNC_PUBLIC_KEY_SIZE);
  sync_account_id_from_public_key (self->account_id, account);
  return TRUE;
}

static gboolean
set_unknown_account (GError **error)
{
  g_set_error_literal (error,
                       SYNC_ERROR,
                       SYNC_ERROR_NOT_FOUND,
                       _("There is no such account at this address; "
                         "compare the recovery key and the address."));
  return FALSE;
}

/**
 * sync_memory_vault_enrol:
 * @self: a vault
 * @account: the account's public key
 * @device: a device's public key
 * @error: %SYNC_ERROR_NOT_FOUND where it does not keep this account
 *
 * Returns: whether the device is enrolled
 */
gboolean
sync_memory_vault_enrol (SyncMemoryVault  *self,
                         const guint8      account[SYNC_PUBLIC_KEY_SIZE],
                         const guint8      device[SYNC_PUBLIC_KEY_SIZE],
                         GError          **error)
{
  g_autoptr (GBytes) key = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  if (!self->registered || memcmp (self->account, account, SYNC_PUBLIC_KEY_SIZE) != 0)
    return set_unknown_account (error);

  key = g_bytes_new (device, SYNC_PUBLIC_KEY_SIZE);
  if (!g_ptr_array_find_with_equal_func (self->devices, key, g_bytes_equal, NULL))
    g_ptr_array_add (self->devices, g_steal_pointer (&key));

  return TRUE;
}

/**
 * sync_memory_vault_knows:
 * @self: a vault
 * @account: id of an account
 * @device: a device's public key
 *
 * Returns: whether the device may read and write this account
 */
gboolean
sync_memory_vault_knows (SyncMemoryVault *self,
                         const guint8     account[SYNC_ACCOUNT_ID_SIZE],
                         const guint8     device[SYNC_PUBLIC_KEY_SIZE])
{
  g_autoptr (GBytes) key = g_bytes_new (device, SYNC_PUBLIC_KEY_SIZE);

  g_return_val_if_fail (self != NULL, FALSE);

  return self->registered && memcmp (self->account_id, account, SYNC_ACCOUNT_ID_SIZE) == 0 &&
         g_ptr_array_find_with_equal_func (self->devices, key, g_bytes_equal, NULL);
}

/**
 * sync_memory_vault_dup_roster:
 * @self: a vault
 *
 * Returns: (transfer full) (element-type GBytes): the roster's entries; their count is its version
 */
GPtrArray *
sync_memory_vault_dup_roster (SyncMemoryVault *self)
{
  GPtrArray *entries;

  g_return_val_if_fail (self != NULL, NULL);

  entries = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  for (guint i = 0; i < self->roster->len; i++)
    g_ptr_array_add (entries, g_bytes_ref (g_ptr_array_index (self->roster, i)));

  return entries;
}

/**
 * sync_memory_vault_append_roster:
 * @self: a vault
 * @entry: an entry
 * @expected_version: the version that the writer has seen
 * @error: %SYNC_ERROR_CONFLICT
 *
 * Returns: whether @entry is the last one
 */
gboolean
sync_memory_vault_append_roster (SyncMemoryVault  *self,
                                 GBytes           *entry,
                                 guint64           expected_version,
                                 GError          **error)
{
  guint length;

  g_return_val_if_fail (self != NULL, FALSE);

  length = self->roster->len;
  if (length > 0 && expected_version == length - 1 &&
      g_bytes_equal (g_ptr_array_index (self->roster, length - 1), entry))
    return TRUE;

  if (expected_version != length)
    {
      g_set_error_literal (error,
                           SYNC_ERROR,
                           SYNC_ERROR_CONFLICT,
                           _("Another device changed the list of devices at the same time."));
      return FALSE;
    }

  g_ptr_array_add (self->roster, g_bytes_ref (entry));
  return TRUE;
}

static const KeptBatch *
find_last (SyncMemoryVault *self,
           const guint8     stream[SYNC_STREAM_ID_SIZE])
{
  for (guint i = self->arrivals->len; i > 0; i--)
    {
      const KeptBatch *kept = g_ptr_array_index (self->arrivals, i - 1);

      if (memcmp (kept->header.stream, stream, SYNC_STREAM_ID_SIZE) == 0)
        return kept;
    }

  return NULL;
}

/**
 * sync_memory_vault_get_heads:
 * @self: a vault
 * @heads: initialised; filled
 */
void
sync_memory_vault_get_heads (SyncMemoryVault *self,
                             SyncRemoteHeads *heads)
{
  g_return_if_fail (self != NULL);

  g_array_set_size (heads->heads, 0);
  for (guint i = 0; i < self->arrivals->len; i++)
    {
      const KeptBatch *kept = g_ptr_array_index (self->arrivals, i);

      if (find_last (self, kept->header.stream) == kept)
        {
          SyncHead head = { .number = kept->header.last };

          memcpy (head.stream, kept->header.stream, sizeof head.stream);
          memcpy (head.hash, kept->header.hash_after, sizeof head.hash);
          g_array_append_val (heads->heads, head);
        }
    }

  heads->epoch = self->epoch;
  heads->cursor = self->arrivals->len;
}

static gboolean
is_from_enrolled (SyncMemoryVault       *self,
                  const SyncBatchHeader *header)
{
  if (!self->registered ||
      memcmp (header->account, self->account_id, SYNC_ACCOUNT_ID_SIZE) != 0)
    return FALSE;

  for (guint i = 0; i < self->devices->len; i++)
    if (sync_batch_header_verify (header,
                                  g_bytes_get_data (g_ptr_array_index (self->devices, i), NULL)))
      return TRUE;

  return FALSE;
}

static gboolean
is_kept (SyncMemoryVault       *self,
         const SyncBatchHeader *header)
{
  for (guint i = 0; i < self->arrivals->len; i++)
    {
      const KeptBatch *kept = g_ptr_array_index (self->arrivals, i);

      if (memcmp (kept->header.stream, header->stream, SYNC_STREAM_ID_SIZE) == 0 &&
          kept->header.last == header->last &&
          memcmp (kept->header.hash_after, header->hash_after, SYNC_HASH_SIZE) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
follows (const SyncBatchHeader *header,
         const KeptBatch       *last)
{
  if (last == NULL)
    return header->first == 1;

  return header->first == last->header.last + 1 &&
         memcmp (header->hash_before, last->header.hash_after, SYNC_HASH_SIZE) == 0;
}

static void
judge_batch (SyncMemoryVault       *self,
             const SyncBatchHeader *header,
             gsize                  size,
             SyncPutReply          *reply)
{
  const KeptBatch *last = find_last (self, header->stream);

  memset (reply, 0, sizeof *reply);
  if (self->answer != SYNC_PUT_TAKEN)
    {
      reply->status = self->answer;
      reply->retry_after = 1;
    }
  else if (size > self->limit)
    {
      reply->status = SYNC_PUT_TOO_LARGE;
      reply->limit = self->limit;
    }
  else if (is_kept (self, header))
    {
      reply->status = SYNC_PUT_SAME;
    }
  else if (!follows (header, last))
    {
      reply->status = SYNC_PUT_CONFLICT;
      if (last != NULL)
        {
          reply->have = last->header.last;
          memcpy (reply->hash, last->header.hash_after, SYNC_HASH_SIZE);
        }
    }
  else
    {
      reply->status = SYNC_PUT_TAKEN;
    }
}

/**
 * sync_memory_vault_put_batch:
 * @self: a vault
 * @batch: a batch
 * @reply: (out caller-allocates): what became of it
 * @error: %SYNC_ERROR_DAMAGED or %SYNC_ERROR_DENIED
 *
 * Returns: whether @reply is set
 */
gboolean
sync_memory_vault_put_batch (SyncMemoryVault  *self,
                             GBytes           *batch,
                             SyncPutReply     *reply,
                             GError          **error)
{
  SyncBatchHeader header;
  gsize size;
  const guint8 *bytes;

  g_return_val_if_fail (self != NULL, FALSE);

  bytes = g_bytes_get_data (batch, &size);
  if (!sync_batch_header_parse (&header, bytes, size, error))
    return FALSE;

  if (size != SYNC_BATCH_HEADER_SIZE + (gsize) header.body_size)
    {
      g_set_error_literal (error,
                           SYNC_ERROR,
                           SYNC_ERROR_DAMAGED,
                           _("A parcel of changes arrived damaged; synchronise again."));
      return FALSE;
    }

  if (!is_from_enrolled (self, &header))
    {
      g_set_error_literal (error,
                           SYNC_ERROR,
                           SYNC_ERROR_DENIED,
                           _("These changes are not signed by a device of this account."));
      return FALSE;
    }

  judge_batch (self, &header, size, reply);
  if (reply->status == SYNC_PUT_TAKEN)
    {
      KeptBatch *kept = g_new0 (KeptBatch, 1);

      kept->header = header;
      kept->bytes = g_bytes_ref (batch);
      g_ptr_array_add (self->arrivals, kept);
    }

  return TRUE;
}

/* Adds a batch to a page; FALSE where the page is full. */
static gboolean
add_to_page (SyncRemotePage  *page,
             const KeptBatch *kept,
             gsize           *room)
{
  gsize size = g_bytes_get_size (kept->bytes);

  if (page->batches->len > 0 && size > *room)
    {
      page->more = TRUE;
      return FALSE;
    }

  g_ptr_array_add (page->batches, g_bytes_ref (kept->bytes));
  *room -= MIN (size, *room);
  return TRUE;
}

/**
 * sync_memory_vault_get_arrivals:
 * @self: a vault
 * @after_cursor: the last arrival that is known
 * @max_size: about how many bytes
 * @page: initialised; filled
 *
 * A cursor from before the vault forgot something begins at the start again.
 */
void
sync_memory_vault_get_arrivals (SyncMemoryVault *self,
                                guint64          after_cursor,
                                gsize            max_size,
                                SyncRemotePage  *page)
{
  gsize room = max_size;
  guint64 cursor;

  g_return_if_fail (self != NULL);

  cursor = after_cursor > self->arrivals->len ? 0 : after_cursor;
  while (cursor < self->arrivals->len &&
         add_to_page (page, g_ptr_array_index (self->arrivals, cursor), &room))
    cursor++;

  page->epoch = self->epoch;
  page->cursor = cursor;
}

/**
 * sync_memory_vault_get_stream:
 * @self: a vault
 * @stream: whose stream
 * @after_number: the last record that is known
 * @max_size: about how many bytes
 * @page: initialised; filled
 */
void
sync_memory_vault_get_stream (SyncMemoryVault *self,
                              const guint8     stream[SYNC_STREAM_ID_SIZE],
                              guint64          after_number,
                              gsize            max_size,
                              SyncRemotePage  *page)
{
  gsize room = max_size;

  g_return_if_fail (self != NULL);

  for (guint i = 0; i < self->arrivals->len; i++)
    {
      const KeptBatch *kept = g_ptr_array_index (self->arrivals, i);

      if (memcmp (kept->header.stream, stream, SYNC_STREAM_ID_SIZE) == 0 &&
          kept->header.last > after_number && !add_to_page (page, kept, &room))
        break;
    }

  page->epoch = self->epoch;
}

/**
 * sync_memory_vault_put_state:
 * @self: a vault
 * @stream: a device's stream
 * @state: its state object
 */
void
sync_memory_vault_put_state (SyncMemoryVault *self,
                             const guint8     stream[SYNC_STREAM_ID_SIZE],
                             GBytes          *state)
{
  g_return_if_fail (self != NULL);

  g_hash_table_replace (self->states,
                        g_bytes_new (stream, SYNC_STREAM_ID_SIZE),
                        g_bytes_ref (state));
}

/**
 * sync_memory_vault_dup_state:
 * @self: a vault
 * @stream: a device's stream
 *
 * Returns: (transfer full) (nullable): its state object
 */
GBytes *
sync_memory_vault_dup_state (SyncMemoryVault *self,
                             const guint8     stream[SYNC_STREAM_ID_SIZE])
{
  g_autoptr (GBytes) key = g_bytes_new (stream, SYNC_STREAM_ID_SIZE);
  GBytes *state;

  g_return_val_if_fail (self != NULL, NULL);

  state = g_hash_table_lookup (self->states, key);
  return state != NULL ? g_bytes_ref (state) : NULL;
}
