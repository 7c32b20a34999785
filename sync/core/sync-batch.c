/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A batch: a run of whole records of one stream, sealed for transport.
 *
 *   offset  size  what
 *        0   192  the clear header (sync-batch-header.c), all of it associated data of the seal
 *      192    24  nonce
 *      216     n  ciphertext of the padded content
 *  216 + n    16  tag
 *
 * The padded content, numbers little endian:
 *
 *   offset  size  what
 *        0     4  size of the stored content
 *        4     4  size of the content once it is decompressed, the same where it is not compressed
 *        8     s  the stored content
 *    8 + s     p  zeros
 *
 * Padding goes to the next size of the Padmé scheme (Nikitin et al., "Reducing metadata leakage
 * from encrypted files and communication with PURBs", 2019), and at least to 256 bytes: a size of L
 * keeps only as many leading bits as the number of bits of its own logarithm, so sizes fall in
 * few classes and grow by at most 12 %.
 *
 * The content is, record after record: its size in 4 bytes, and the record's bytes as libstore
 * wrote them. Content of 500 bytes and more is compressed with zstd at level 1, if that is smaller.
 */
#include "config.h"

#include "sync-batch.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <zstd.h>

#include "sync-error.h"

#define FRAME_SIZE 8
#define MIN_PADDED 256
#define MIN_COMPRESSED 500
#define COMPRESSION_LEVEL 1

/* To set up zstd costs more than to pack a small batch, so each thread keeps its tools. */
static void
free_compressor (gpointer compressor)
{
  ZSTD_freeCCtx (compressor);
}

static void
free_decompressor (gpointer decompressor)
{
  ZSTD_freeDCtx (decompressor);
}

static GPrivate compressor = G_PRIVATE_INIT (free_compressor);
static GPrivate decompressor = G_PRIVATE_INIT (free_decompressor);

static ZSTD_CCtx *
get_compressor (void)
{
  if (g_private_get (&compressor) == NULL)
    g_private_set (&compressor, ZSTD_createCCtx ());

  return g_private_get (&compressor);
}

static ZSTD_DCtx *
get_decompressor (void)
{
  if (g_private_get (&decompressor) == NULL)
    g_private_set (&decompressor, ZSTD_createDCtx ());

  return g_private_get (&decompressor);
}

static guint32
read_u32 (const guint8 *bytes)
{
  guint32 value;

  memcpy (&value, bytes, sizeof value);
  return GUINT32_FROM_LE (value);
}

static void
append_u32 (GByteArray *array,
            guint32     value)
{
  value = GUINT32_TO_LE (value);
  g_byte_array_append (array, (const guint8 *) &value, sizeof value);
}

static gsize
get_padded_size (gsize size)
{
  guint exponent;
  guint kept;
  gsize mask;

  if (size <= MIN_PADDED)
    return MIN_PADDED;

  exponent = g_bit_storage (size) - 1;
  kept = g_bit_storage (exponent);
  mask = ((gsize) 1 << (exponent - kept)) - 1;

  return (size + mask) & ~mask;
}

static GByteArray *
join_records (GPtrArray *records)
{
  GByteArray *content = g_byte_array_new ();

  for (guint i = 0; i < records->len; i++)
    {
      gsize size;
      const guint8 *bytes = g_bytes_get_data (g_ptr_array_index (records, i), &size);

      append_u32 (content, size);
      g_byte_array_append (content, bytes, size);
    }

  return content;
}

static gboolean
compress (GByteArray *content)
{
  g_autofree guint8 *compressed = NULL;
  gsize bound;
  gsize size;

  if (content->len < MIN_COMPRESSED)
    return FALSE;

  bound = ZSTD_compressBound (content->len);
  compressed = g_malloc (bound);
  size = ZSTD_compressCCtx (get_compressor (),
                            compressed,
                            bound,
                            content->data,
                            content->len,
                            COMPRESSION_LEVEL);
  if (ZSTD_isError (size) || size >= content->len)
    return FALSE;

  g_byte_array_set_size (content, 0);
  g_byte_array_append (content, compressed, size);
  return TRUE;
}

static GByteArray *
pad (GByteArray *content,
     gsize       full_size)
{
  GByteArray *padded = g_byte_array_sized_new (get_padded_size (FRAME_SIZE + content->len));
  gsize used = FRAME_SIZE + content->len;
  gsize size = get_padded_size (used);

  append_u32 (padded, content->len);
  append_u32 (padded, full_size);
  g_byte_array_append (padded, content->data, content->len);
  g_byte_array_set_size (padded, size);
  memset (padded->data + used, 0, size - used);

  return padded;
}

/**
 * sync_batch_seal:
 * @header: all but @compressed, @key_epoch, @key_id and @body_size, signed
 * @records: (element-type GBytes): the records from @first to @last
 * @key: what to seal with
 * @error: %SYNC_ERROR_TOO_LARGE where the records do not fit into one batch
 *
 * Writes a batch. Their sizes and %SYNC_BATCH_RECORD_OVERHEAD for each record
 * must not exceed %SYNC_BATCH_MAX_CONTENT.
 *
 * Returns: (transfer full): the whole batch
 */
GBytes *
sync_batch_seal (const SyncBatchHeader  *header,
                 GPtrArray              *records,
                 const SyncSealKey      *key,
                 GError                **error)
{
  g_autoptr (GByteArray) content = NULL;
  g_autoptr (GByteArray) padded = NULL;
  g_autoptr (GByteArray) batch = NULL;
  g_autoptr (GBytes) body = NULL;
  SyncBatchHeader full = *header;
  guint8 header_bytes[SYNC_BATCH_HEADER_SIZE];
  gsize full_size;

  g_return_val_if_fail (records != NULL, NULL);
  g_return_val_if_fail (key != NULL, NULL);
  g_return_val_if_fail (records->len == header->last - header->first + 1, NULL);

  content = join_records (records);
  full_size = content->len;
  if (full_size > SYNC_BATCH_MAX_CONTENT)
    {
      g_set_error_literal (error,
                           SYNC_ERROR,
                           SYNC_ERROR_TOO_LARGE,
                           _("These changes are too large for one parcel."));
      return NULL;
    }

  full.compressed = compress (content);
  padded = pad (content, full_size);
  full.key_epoch = key->epoch;
  memcpy (full.key_id, key->id, sizeof full.key_id);
  full.body_size = padded->len + SYNC_SEAL_OVERHEAD;
  sync_batch_header_write (&full, header_bytes);

  body = sync_seal_key_seal (key, padded->data, padded->len, header_bytes, sizeof header_bytes);
  batch = g_byte_array_sized_new (SYNC_BATCH_HEADER_SIZE + full.body_size);
  g_byte_array_append (batch, header_bytes, sizeof header_bytes);
  g_byte_array_append (batch, g_bytes_get_data (body, NULL), g_bytes_get_size (body));

  return g_byte_array_free_to_bytes (g_steal_pointer (&batch));
}

static gboolean
set_damaged (GError **error)
{
  g_set_error_literal (error,
                       SYNC_ERROR,
                       SYNC_ERROR_DAMAGED,
                       _("A parcel of changes arrived damaged; synchronise again."));
  return FALSE;
}

/* The sealed content without its frame and padding, decompressed. */
static GBytes *
unpad (GBytes    *padded,
       gboolean   compressed,
       GError   **error)
{
  g_autofree guint8 *content = NULL;
  gsize size;
  const guint8 *bytes = g_bytes_get_data (padded, &size);
  gsize stored_size;
  gsize full_size;

  if (size < FRAME_SIZE)
    return set_damaged (error), NULL;

  stored_size = read_u32 (bytes);
  full_size = read_u32 (bytes + 4);
  if (stored_size > size - FRAME_SIZE || full_size > SYNC_BATCH_MAX_CONTENT)
    return set_damaged (error), NULL;

  if (!compressed)
    {
      if (stored_size != full_size)
        return set_damaged (error), NULL;
      return g_bytes_new_from_bytes (padded, FRAME_SIZE, stored_size);
    }

  content = g_malloc (full_size + 1);
  if (ZSTD_decompressDCtx (get_decompressor (),
                           content,
                           full_size,
                           bytes + FRAME_SIZE,
                           stored_size) != full_size)
    return set_damaged (error), NULL;

  return g_bytes_new_take (g_steal_pointer (&content), full_size);
}

static GPtrArray *
split_records (GBytes   *content,
               guint64   expected,
               GError  **error)
{
  g_autoptr (GPtrArray) records = NULL;
  gsize size;
  const guint8 *bytes = g_bytes_get_data (content, &size);
  gsize at = 0;

  records = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  while (size - at >= SYNC_BATCH_RECORD_OVERHEAD)
    {
      gsize record_size = read_u32 (bytes + at);

      at += SYNC_BATCH_RECORD_OVERHEAD;
      if (record_size > size - at)
        return set_damaged (error), NULL;

      g_ptr_array_add (records, g_bytes_new_from_bytes (content, at, record_size));
      at += record_size;
    }

  if (at != size || records->len != expected)
    return set_damaged (error), NULL;

  return g_steal_pointer (&records);
}

/**
 * sync_batch_open:
 * @batch: a whole batch, nothing more
 * @key: the key that its header names
 * @header: (out caller-allocates): its clear header
 * @error: %SYNC_ERROR_DAMAGED, or %SYNC_ERROR_TOO_NEW for a later version
 *
 * Opens what sync_batch_seal() wrote. The author's signature and the chain of
 * hashes are not looked at.
 *
 * Returns: (transfer full) (element-type GBytes): the records from first to last
 */
GPtrArray *
sync_batch_open (GBytes             *batch,
                 const SyncSealKey  *key,
                 SyncBatchHeader    *header,
                 GError            **error)
{
  g_autoptr (GBytes) padded = NULL;
  g_autoptr (GBytes) content = NULL;
  gsize size;
  const guint8 *bytes;

  g_return_val_if_fail (batch != NULL, NULL);
  g_return_val_if_fail (key != NULL, NULL);
  g_return_val_if_fail (header != NULL, NULL);

  bytes = g_bytes_get_data (batch, &size);
  if (!sync_batch_header_parse (header, bytes, size, error))
    return NULL;

  if (size != SYNC_BATCH_HEADER_SIZE + (gsize) header->body_size)
    return set_damaged (error), NULL;

  padded = sync_seal_key_unseal (key,
                                 bytes + SYNC_BATCH_HEADER_SIZE,
                                 header->body_size,
                                 bytes,
                                 SYNC_BATCH_HEADER_SIZE,
                                 error);
  if (padded == NULL)
    return NULL;

  content = unpad (padded, header->compressed, error);
  if (content == NULL)
    return NULL;

  return split_records (content, header->last - header->first + 1, error);
}
