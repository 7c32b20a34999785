/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From the root key, 32 random bytes, everything else of an account follows by libsodium's
 * crypto_kdf with the context "clientel" and these numbers:
 *
 *   1   seed of the account's Ed25519 keys; the account id is a hash of the public one
 *   2   key of the chain hashes, for the account's life
 *   3   key of event names, for the account's life
 *   4   key that seals device names in the roster
 *   5   key that seals the devices' state objects
 *   16  key that seals batches in epoch 1 (later epochs have random keys, handed on sealed)
 *
 * These are for life: a device that joins with the recovery words must find the same.
 */
#include "sync-account.h"

#include <sodium.h>
#include <string.h>

#define CONTEXT "clientel"

enum
{
  SUBKEY_SIGNING = 1,
  SUBKEY_CHAIN = 2,
  SUBKEY_EVENT = 3,
  SUBKEY_NAMES = 4,
  SUBKEY_STATE = 5,
  SUBKEY_FIRST_SEAL = 16,
};

G_STATIC_ASSERT (crypto_kdf_KEYBYTES == SYNC_ROOT_KEY_SIZE);
G_STATIC_ASSERT (crypto_kdf_CONTEXTBYTES == sizeof CONTEXT - 1);

static void
derive (const SyncAccount *account,
        guint64            number,
        guint8             subkey[SYNC_SUBKEY_SIZE])
{
  crypto_kdf_derive_from_key (subkey, SYNC_SUBKEY_SIZE, number, CONTEXT, account->root);
}

static void
derive_seal_key (const SyncAccount *account,
                 guint64            number,
                 SyncSealKey       *key)
{
  guint8 subkey[SYNC_SUBKEY_SIZE];

  derive (account, number, subkey);
  sync_seal_key_init (key, 1, subkey);
  sodium_memzero (subkey, sizeof subkey);
}

/**
 * sync_account_new:
 *
 * Returns: (transfer full): an account with a new random root key
 */
SyncAccount *
sync_account_new (void)
{
  guint8 root[SYNC_ROOT_KEY_SIZE];
  SyncAccount *account;

  randombytes_buf (root, sizeof root);
  account = sync_account_new_root (root);
  sodium_memzero (root, sizeof root);

  return account;
}

/**
 * sync_account_new_root:
 * @root: a root key
 *
 * Returns: (transfer full): the account with that root key
 */
SyncAccount *
sync_account_new_root (const guint8 root[SYNC_ROOT_KEY_SIZE])
{
  SyncAccount *account = g_new0 (SyncAccount, 1);
  guint8 seed[SYNC_SEED_SIZE];

  memcpy (account->root, root, SYNC_ROOT_KEY_SIZE);

  derive (account, SUBKEY_SIGNING, seed);
  sync_signing_key_from_seed (&account->signing, seed);
  sodium_memzero (seed, sizeof seed);
  sync_account_id_from_public_key (account->id, account->signing.public_key);

  derive (account, SUBKEY_CHAIN, account->chain);
  derive (account, SUBKEY_EVENT, account->event);
  derive_seal_key (account, SUBKEY_NAMES, &account->names);
  derive_seal_key (account, SUBKEY_STATE, &account->state);
  derive_seal_key (account, SUBKEY_FIRST_SEAL, &account->first_seal);

  return account;
}

/**
 * sync_account_free:
 * @account: an account
 *
 * Frees @account and overwrites its secrets.
 */
void
sync_account_free (SyncAccount *account)
{
  if (account == NULL)
    return;

  sodium_memzero (account, sizeof *account);
  g_free (account);
}
