/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The clear header of a batch, version 1. All numbers are little endian.
 *
 *   offset  size  what
 *        0     4  magic, the ASCII letters "CLTB"
 *        4     1  version, 1
 *        5     1  compression of the sealed records: 0 none, 1 zstd
 *        6     2  zeros
 *        8    16  account id
 *       24     8  stream id
 *       32     8  number of the first record inside, from 1
 *       40     8  number of the last record inside, at least the first, below 2^63
 *       48    32  chain hash of the stream before the first record (where first is 1, the start of
 *                 the chain: it follows from the account's chain key, so a server cannot check it)
 *       80    32  chain hash of the stream after the last record
 *      112    64  the author's Ed25519 signature, of the message below
 *      176     4  epoch of the sealing key, from 1
 *      180     8  id of the sealing key
 *      188     4  size of the body
 *      192     -  the body: nonce, ciphertext, tag (sync-batch.c)
 *
 * A whole batch is 192 + body size bytes, at most 1 MiB, so batches can be laid end to end.
 *
 * The signed message is 82 bytes:
 *
 *   offset  size  what
 *        0    18  the ASCII letters "clientele stream 1"
 *       18    16  account id
 *       34     8  stream id
 *       42     8  number of the last record
 *       50    32  chain hash after the last record
 *
 * It speaks of the content, not of the ciphertext nor of where the batch begins: whoever holds the
 * records may batch them anew up to a signed point, and seal them with another key.
 */
#include "config.h"

#include "sync-batch-header.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "sync-error.h"

#define MAGIC "CLTB"
#define SIGNATURE_DOMAIN "clientele stream 1"
#define SIGNATURE_DOMAIN_SIZE 18
#define SIGNED_SIZE 82

static guint32
read_u32 (const guint8 *bytes)
{
  guint32 value;

  memcpy (&value, bytes, sizeof value);
  return GUINT32_FROM_LE (value);
}

static guint64
read_u64 (const guint8 *bytes)
{
  guint64 value;

  memcpy (&value, bytes, sizeof value);
  return GUINT64_FROM_LE (value);
}

static void
write_u32 (guint8  *bytes,
           guint32  value)
{
  value = GUINT32_TO_LE (value);
  memcpy (bytes, &value, sizeof value);
}

static void
write_u64 (guint8  *bytes,
           guint64  value)
{
  value = GUINT64_TO_LE (value);
  memcpy (bytes, &value, sizeof value);
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

static gboolean
fields_are_sound (const SyncBatchHeader *header)
{
  if (header->first < 1 || header->last < header->first || header->last > SYNC_BATCH_MAX_NUMBER)
    return FALSE;

  return header->key_epoch >= 1 &&
         header->body_size <= SYNC_BATCH_MAX_SIZE - SYNC_BATCH_HEADER_SIZE;
}

/**
 * sync_batch_header_parse:
 * @header: (out caller-allocates): what the bytes say
 * @bytes: (array length=size): the beginning of a batch
 * @size: how many bytes there are; those after the header are not looked at
 * @error: %SYNC_ERROR_TOO_NEW for another version, else %SYNC_ERROR_DAMAGED
 *
 * Reads the clear header. Nothing is proved by it: check the size of the whole
 * against @body_size and the signature with sync_batch_header_verify().
 *
 * Returns: whether it is a header of version 1 whose fields can be true
 */
gboolean
sync_batch_header_parse (SyncBatchHeader  *header,
                         const guint8     *bytes,
                         gsize             size,
                         GError          **error)
{
  g_return_val_if_fail (header != NULL, FALSE);
  g_return_val_if_fail (bytes != NULL || size == 0, FALSE);

  if (size < SYNC_BATCH_HEADER_SIZE || memcmp (bytes, MAGIC, 4) != 0)
    return set_damaged (error);

  if (bytes[4] != SYNC_BATCH_VERSION)
    {
      g_set_error_literal (error,
                           SYNC_ERROR,
                           SYNC_ERROR_TOO_NEW,
                           _("Another device uses a later version of Clientele; "
                             "update this one to receive its changes."));
      return FALSE;
    }

  if (bytes[5] > 1 || bytes[6] != 0 || bytes[7] != 0)
    return set_damaged (error);

  header->compressed = bytes[5] == 1;
  memcpy (header->account, bytes + 8, SYNC_ACCOUNT_ID_SIZE);
  memcpy (header->stream, bytes + 24, SYNC_STREAM_ID_SIZE);
  header->first = read_u64 (bytes + 32);
  header->last = read_u64 (bytes + 40);
  memcpy (header->hash_before, bytes + 48, SYNC_HASH_SIZE);
  memcpy (header->hash_after, bytes + 80, SYNC_HASH_SIZE);
  memcpy (header->signature, bytes + 112, SYNC_SIGNATURE_SIZE);
  header->key_epoch = read_u32 (bytes + 176);
  memcpy (header->key_id, bytes + 180, SYNC_BATCH_KEY_ID_SIZE);
  header->body_size = read_u32 (bytes + 188);

  return fields_are_sound (header) || set_damaged (error);
}

/**
 * sync_batch_header_write:
 * @header: a header
 * @bytes: (out caller-allocates): its 192 bytes
 *
 * The inverse of sync_batch_header_parse().
 */
void
sync_batch_header_write (const SyncBatchHeader *header,
                         guint8                 bytes[SYNC_BATCH_HEADER_SIZE])
{
  g_return_if_fail (header != NULL);

  memset (bytes, 0, SYNC_BATCH_HEADER_SIZE);
  memcpy (bytes, MAGIC, 4);
  bytes[4] = SYNC_BATCH_VERSION;
  bytes[5] = header->compressed ? 1 : 0;
  memcpy (bytes + 8, header->account, SYNC_ACCOUNT_ID_SIZE);
  memcpy (bytes + 24, header->stream, SYNC_STREAM_ID_SIZE);
  write_u64 (bytes + 32, header->first);
  write_u64 (bytes + 40, header->last);
  memcpy (bytes + 48, header->hash_before, SYNC_HASH_SIZE);
  memcpy (bytes + 80, header->hash_after, SYNC_HASH_SIZE);
  memcpy (bytes + 112, header->signature, SYNC_SIGNATURE_SIZE);
  write_u32 (bytes + 176, header->key_epoch);
  memcpy (bytes + 180, header->key_id, SYNC_BATCH_KEY_ID_SIZE);
  write_u32 (bytes + 188, header->body_size);
}

static void
write_signed_message (const SyncBatchHeader *header,
                      guint8                 message[SIGNED_SIZE])
{
  memcpy (message, SIGNATURE_DOMAIN, SIGNATURE_DOMAIN_SIZE);
  memcpy (message + 18, header->account, SYNC_ACCOUNT_ID_SIZE);
  memcpy (message + 34, header->stream, SYNC_STREAM_ID_SIZE);
  write_u64 (message + 42, header->last);
  memcpy (message + 50, header->hash_after, SYNC_HASH_SIZE);
}

/**
 * sync_batch_header_sign:
 * @header: a header whose account, stream, last and hash after are set
 * @device: the keys of the device that writes the stream
 *
 * Fills in the signature.
 */
void
sync_batch_header_sign (SyncBatchHeader      *header,
                        const SyncSigningKey *device)
{
  guint8 message[SIGNED_SIZE];

  g_return_if_fail (header != NULL);
  g_return_if_fail (device != NULL);

  write_signed_message (header, message);
  crypto_sign_detached (header->signature, NULL, message, sizeof message, device->secret_key);
}

/**
 * sync_batch_header_verify:
 * @header: a header as it was parsed
 * @public_key: the key of the device that writes the stream
 *
 * Checks the author's signature and that the stream is the one that belongs to
 * @public_key. It needs no secret, so servers use it too.
 *
 * Returns: whether the author vouches for the chain hash after the last record
 */
gboolean
sync_batch_header_verify (const SyncBatchHeader *header,
                          const guint8           public_key[SYNC_PUBLIC_KEY_SIZE])
{
  guint8 stream[SYNC_STREAM_ID_SIZE];
  guint8 message[SIGNED_SIZE];

  g_return_val_if_fail (header != NULL, FALSE);

  sync_stream_id_from_public_key (stream, public_key);
  if (memcmp (stream, header->stream, sizeof stream) != 0)
    return FALSE;

  write_signed_message (header, message);
  return crypto_sign_verify_detached (header->signature, message, sizeof message, public_key) == 0;
}
