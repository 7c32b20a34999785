/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sealing: XChaCha20-Poly1305 (IETF) of libsodium, with a random nonce a time.
 *
 *   offset  size  what
 *        0    24  nonce
 *       24     n  ciphertext
 *   24 + n    16  tag
 *
 * The key's id is the first 8 of the 32 bytes of BLAKE2b, unkeyed, of "clientele seal key 1" and
 * the key: public, and enough to choose the right key from a ring.
 */
#include "config.h"

#include "sync-seal-key.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "sync-error.h"

#define ID_DOMAIN "clientele seal key 1"
#define NONCE_SIZE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_SIZE crypto_aead_xchacha20poly1305_ietf_ABYTES

G_STATIC_ASSERT (NONCE_SIZE + TAG_SIZE == SYNC_SEAL_OVERHEAD);
G_STATIC_ASSERT (crypto_aead_xchacha20poly1305_ietf_KEYBYTES == SYNC_SEAL_KEY_SIZE);

/**
 * sync_seal_key_init:
 * @key: (out caller-allocates): the key
 * @epoch: its epoch
 * @secret: 32 secret bytes
 */
void
sync_seal_key_init (SyncSealKey  *key,
                    guint32       epoch,
                    const guint8  secret[SYNC_SEAL_KEY_SIZE])
{
  guint8 hash[crypto_generichash_BYTES];
  crypto_generichash_state state;

  g_return_if_fail (key != NULL);

  crypto_generichash_init (&state, NULL, 0, sizeof hash);
  crypto_generichash_update (&state, (const guint8 *) ID_DOMAIN, strlen (ID_DOMAIN));
  crypto_generichash_update (&state, secret, SYNC_SEAL_KEY_SIZE);
  crypto_generichash_final (&state, hash, sizeof hash);

  key->epoch = epoch;
  memcpy (key->id, hash, sizeof key->id);
  memcpy (key->secret, secret, SYNC_SEAL_KEY_SIZE);
}

/**
 * sync_seal_key_seal:
 * @key: the key
 * @plain: (array length=plain_size): what nobody else may read
 * @plain_size: its size
 * @associated: (array length=associated_size) (nullable): clear bytes that are vouched for with it
 * @associated_size: their size
 *
 * Returns: (transfer full): nonce, ciphertext and tag
 */
GBytes *
sync_seal_key_seal (const SyncSealKey *key,
                    const guint8      *plain,
                    gsize              plain_size,
                    const guint8      *associated,
                    gsize              associated_size)
{
  guint8 *sealed;

  g_return_val_if_fail (key != NULL, NULL);

  sealed = g_malloc (plain_size + SYNC_SEAL_OVERHEAD);
  randombytes_buf (sealed, NONCE_SIZE);
  crypto_aead_xchacha20poly1305_ietf_encrypt (sealed + NONCE_SIZE,
                                              NULL,
                                              plain,
                                              plain_size,
                                              associated,
                                              associated_size,
                                              NULL,
                                              sealed,
                                              key->secret);

  return g_bytes_new_take (sealed, plain_size + SYNC_SEAL_OVERHEAD);
}

/**
 * sync_seal_key_unseal:
 * @key: the key
 * @sealed: (array length=sealed_size): nonce, ciphertext and tag
 * @sealed_size: their size
 * @associated: (array length=associated_size) (nullable): as when it was sealed
 * @associated_size: its size
 * @error: %SYNC_ERROR_DAMAGED
 *
 * Returns: (transfer full) (nullable): the plain bytes
 */
GBytes *
sync_seal_key_unseal (const SyncSealKey  *key,
                      const guint8       *sealed,
                      gsize               sealed_size,
                      const guint8       *associated,
                      gsize               associated_size,
                      GError            **error)
{
  g_autofree guint8 *plain = NULL;

  g_return_val_if_fail (key != NULL, NULL);

  if (sealed_size >= SYNC_SEAL_OVERHEAD)
    {
      gsize plain_size = sealed_size - SYNC_SEAL_OVERHEAD;

      plain = g_malloc (plain_size + 1);
      if (crypto_aead_xchacha20poly1305_ietf_decrypt (plain,
                                                      NULL,
                                                      NULL,
                                                      sealed + NONCE_SIZE,
                                                      plain_size + TAG_SIZE,
                                                      associated,
                                                      associated_size,
                                                      sealed,
                                                      key->secret) == 0)
        return g_bytes_new_take (g_steal_pointer (&plain), plain_size);
    }

  g_set_error_literal (error,
                       SYNC_ERROR,
                       SYNC_ERROR_DAMAGED,
                       _("Something sealed does not open: it is damaged, "
                         "or sealed with a key that this device does not have."));
  return NULL;
}
