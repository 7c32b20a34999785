/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a batch: what parses is written back as it was, and what lies behind the seal, which
 * is any bytes again to whoever has the key, never reaches outside its frame. */
#include <string.h>

#include "sync-account.h"
#include "sync-batch.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

static void
open_whole (GBytes            *batch,
            const SyncAccount *account)
{
  g_autoptr (GPtrArray) records = NULL;
  SyncBatchHeader header;

  records = sync_batch_open (batch, &account->first_seal, &header, NULL);
  if (records != NULL)
    g_assert_cmpuint (records->len, ==, header.last - header.first + 1);
}

/* The bytes as the sealed content of a batch whose header is right. */
static void
open_sealed (const guint8      *data,
             gsize              size,
             const SyncAccount *account)
{
  SyncBatchHeader header = { .first = 1, .last = 1, .key_epoch = 1 };
  guint8 bytes[SYNC_BATCH_HEADER_SIZE];
  g_autoptr (GByteArray) array = g_byte_array_new ();
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GBytes) batch = NULL;

  if (size < 2 || size > 65536)
    return;

  header.compressed = data[0] & 1;
  header.last = 1 + data[1];
  header.body_size = size - 2 + SYNC_SEAL_OVERHEAD;
  sync_batch_header_write (&header, bytes);
  body = sync_seal_key_seal (&account->first_seal, data + 2, size - 2, bytes, sizeof bytes);
  g_byte_array_append (array, bytes, sizeof bytes);
  g_byte_array_append (array, g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  batch = g_bytes_new_static (array->data, array->len);
  open_whole (batch, account);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  static const guint8 root[SYNC_ROOT_KEY_SIZE] = { 0 };
  g_autoptr (SyncAccount) account = sync_account_new_root (root);
  g_autoptr (GBytes) batch = g_bytes_new_static (data, size);
  SyncBatchHeader header;

  if (sync_batch_header_parse (&header, data, size, NULL))
    {
      guint8 written[SYNC_BATCH_HEADER_SIZE];

      sync_batch_header_write (&header, written);
      g_assert_cmpmem (written, sizeof written, data, sizeof written);
    }

  open_whole (batch, account);
  open_sealed (data, size, account);
  return 0;
}
