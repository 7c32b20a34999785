/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SYNC_ACCOUNT_ID_SIZE 16
#define SYNC_STREAM_ID_SIZE 8
#define SYNC_PUBLIC_KEY_SIZE 32
#define SYNC_SECRET_KEY_SIZE 64
#define SYNC_SEED_SIZE 32
#define SYNC_SIGNATURE_SIZE 64
#define SYNC_HASH_SIZE 32

/**
 * SyncSigningKey:
 * @public_key: Ed25519 public key
 * @secret_key: Ed25519 secret key as libsodium keeps it (seed, then public key)
 *
 * A pair of keys that signs: a device's, or the account's own.
 */
typedef struct
{
  guint8 public_key[SYNC_PUBLIC_KEY_SIZE];
  guint8 secret_key[SYNC_SECRET_KEY_SIZE];
} SyncSigningKey;

void sync_signing_key_generate  (SyncSigningKey *key);
void sync_signing_key_from_seed (SyncSigningKey *key,
                                 const guint8    seed[SYNC_SEED_SIZE]);
void sync_signing_key_clear     (SyncSigningKey *key);

void sync_account_id_from_public_key (guint8       account[SYNC_ACCOUNT_ID_SIZE],
                                      const guint8 public_key[SYNC_PUBLIC_KEY_SIZE]);
void sync_stream_id_from_public_key  (guint8       stream[SYNC_STREAM_ID_SIZE],
                                      const guint8 public_key[SYNC_PUBLIC_KEY_SIZE]);

char     *sync_identity_to_hex   (const guint8 *bytes,
                                  gsize         size);
gboolean  sync_identity_from_hex (const char   *hex,
                                  guint8       *bytes,
                                  gsize         size);

G_END_DECLS
