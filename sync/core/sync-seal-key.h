/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "sync-batch-header.h"

G_BEGIN_DECLS

#define SYNC_SEAL_KEY_SIZE 32

/**
 * SyncSealKey:
 * @epoch: counts the account's keys, from 1
 * @id: a public name that follows from @secret
 * @secret: the key of XChaCha20-Poly1305
 *
 * What batches are sealed with during one epoch.
 */
typedef struct
{
  guint32 epoch;
  guint8 id[SYNC_BATCH_KEY_ID_SIZE];
  guint8 secret[SYNC_SEAL_KEY_SIZE];
} SyncSealKey;

void    sync_seal_key_init   (SyncSealKey   *key,
                              guint32        epoch,
                              const guint8   secret[SYNC_SEAL_KEY_SIZE]);

GBytes *sync_seal_key_seal   (const SyncSealKey  *key,
                              const guint8       *plain,
                              gsize               plain_size,
                              const guint8       *associated,
                              gsize               associated_size);
GBytes *sync_seal_key_unseal (const SyncSealKey  *key,
                              const guint8       *sealed,
                              gsize               sealed_size,
                              const guint8       *associated,
                              gsize               associated_size,
                              GError            **error);

#define SYNC_SEAL_OVERHEAD (24 + 16)

G_END_DECLS
