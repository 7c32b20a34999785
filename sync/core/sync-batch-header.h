/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "sync-identity.h"

G_BEGIN_DECLS

#define SYNC_BATCH_VERSION 1
#define SYNC_BATCH_HEADER_SIZE 192
#define SYNC_BATCH_MAX_SIZE (1024 * 1024)
#define SYNC_BATCH_KEY_ID_SIZE 8
#define SYNC_BATCH_MAX_NUMBER ((guint64) G_MAXINT64)

/**
 * SyncBatchHeader:
 * @compressed: whether the sealed records are zstd (else as they are)
 * @account: whose business
 * @stream: whose device's stream
 * @first: number of the first record inside, from 1
 * @last: number of the last record inside
 * @hash_before: the stream's chain hash at @first - 1 (the chain's start for number 0)
 * @hash_after: the stream's chain hash at @last
 * @signature: the author's signature of @account, @stream, @last and @hash_after
 * @key_epoch: epoch of the sealing key, from 1
 * @key_id: which key of that epoch
 * @body_size: bytes that follow the header
 *
 * The clear part of a batch; see the head of sync-batch-header.c.
 */
typedef struct
{
  gboolean compressed;
  guint8 account[SYNC_ACCOUNT_ID_SIZE];
  guint8 stream[SYNC_STREAM_ID_SIZE];
  guint64 first;
  guint64 last;
  guint8 hash_before[SYNC_HASH_SIZE];
  guint8 hash_after[SYNC_HASH_SIZE];
  guint8 signature[SYNC_SIGNATURE_SIZE];
  guint32 key_epoch;
  guint8 key_id[SYNC_BATCH_KEY_ID_SIZE];
  guint32 body_size;
} SyncBatchHeader;

gboolean sync_batch_header_parse  (SyncBatchHeader        *header,
                                   const guint8           *bytes,
                                   gsize                   size,
                                   GError                **error);
void     sync_batch_header_write  (const SyncBatchHeader  *header,
                                   guint8                  bytes[SYNC_BATCH_HEADER_SIZE]);
void     sync_batch_header_sign   (SyncBatchHeader        *header,
                                   const SyncSigningKey   *device);
gboolean sync_batch_header_verify (const SyncBatchHeader  *header,
                                   const guint8            public_key[SYNC_PUBLIC_KEY_SIZE]);

G_END_DECLS
