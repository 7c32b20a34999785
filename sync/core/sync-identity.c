/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who signs, and the short names that follow from a public key.
 *
 *   account id = BLAKE2b, 16 bytes, unkeyed, of "clientele account 1" and the account's public key
 *   stream id  = BLAKE2b, the first 8 of 32 bytes, unkeyed, of "clientele stream 1" and the
 *                device's public key
 *
 * The words in front are ASCII without a closing zero. Both names can be checked by anyone who sees
 * the public key, so a server needs no secret to know whose stream or account it serves.
 */
#include "sync-identity.h"

#include <sodium.h>
#include <string.h>

/**
 * sync_signing_key_generate:
 * @key: (out caller-allocates): a new pair
 *
 * Makes a pair from the system's random source.
 */
void
sync_signing_key_generate (SyncSigningKey *key)
{
  g_return_if_fail (key != NULL);

  crypto_sign_keypair (key->public_key, key->secret_key);
}

/**
 * sync_signing_key_from_seed:
 * @key: (out caller-allocates): the pair that belongs to @seed
 * @seed: 32 secret bytes
 *
 * The same seed always gives the same pair.
 */
void
sync_signing_key_from_seed (SyncSigningKey *key,
                            const guint8    seed[SYNC_SEED_SIZE])
{
  g_return_if_fail (key != NULL);

  crypto_sign_seed_keypair (key->public_key, key->secret_key, seed);
}

/**
 * sync_signing_key_clear:
 * @key: a pair
 *
 * Overwrites the secret half, so that it does not linger in memory.
 */
void
sync_signing_key_clear (SyncSigningKey *key)
{
  g_return_if_fail (key != NULL);

  sodium_memzero (key, sizeof *key);
}

static void
hash_key (guint8       *out,
          gsize         out_size,
          const char   *domain,
          const guint8  public_key[SYNC_PUBLIC_KEY_SIZE])
{
  crypto_generichash_state state;

  crypto_generichash_init (&state, NULL, 0, out_size);
  crypto_generichash_update (&state, (const guint8 *) domain, strlen (domain));
  crypto_generichash_update (&state, public_key, SYNC_PUBLIC_KEY_SIZE);
  crypto_generichash_final (&state, out, out_size);
}

/**
 * sync_account_id_from_public_key:
 * @account: (out caller-allocates): 16 bytes
 * @public_key: the account's Ed25519 public key
 *
 * Names the account that @public_key speaks for.
 */
void
sync_account_id_from_public_key (guint8       account[SYNC_ACCOUNT_ID_SIZE],
                                 const guint8 public_key[SYNC_PUBLIC_KEY_SIZE])
{
  hash_key (account, SYNC_ACCOUNT_ID_SIZE, "clientele account 1", public_key);
}

/**
 * sync_stream_id_from_public_key:
 * @stream: (out caller-allocates): 8 bytes
 * @public_key: the device's Ed25519 public key
 *
 * Names the stream that the device with @public_key writes.
 */
void
sync_stream_id_from_public_key (guint8       stream[SYNC_STREAM_ID_SIZE],
                                const guint8 public_key[SYNC_PUBLIC_KEY_SIZE])
{
  guint8 hash[SYNC_HASH_SIZE];

  hash_key (hash, sizeof hash, "clientele stream 1", public_key);
  memcpy (stream, hash, SYNC_STREAM_ID_SIZE);
}

/**
 * sync_identity_to_hex:
 * @bytes: (array length=size): an id, key or hash
 * @size: how many bytes
 *
 * Returns: (transfer full): lower-case hexadecimal digits
 */
char *
sync_identity_to_hex (const guint8 *bytes,
                      gsize         size)
{
  gsize hex_size = size * 2 + 1;
  char *hex = g_malloc (hex_size);

  return sodium_bin2hex (hex, hex_size, bytes, size);
}

/**
 * sync_identity_from_hex:
 * @hex: hexadecimal digits, nothing else
 * @bytes: (out caller-allocates) (array length=size): the bytes
 * @size: how many bytes are expected
 *
 * Returns: whether @hex was exactly @size bytes
 */
gboolean
sync_identity_from_hex (const char *hex,
                        guint8     *bytes,
                        gsize       size)
{
  gsize hex_length;
  gsize got = 0;

  g_return_val_if_fail (hex != NULL, FALSE);

  hex_length = strlen (hex);
  if (hex_length != size * 2)
    return FALSE;

  return sodium_hex2bin (bytes, size, hex, hex_length, NULL, &got, NULL) == 0 && got == size;
}
