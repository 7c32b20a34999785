/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-account.h"

static void
assert_hex (const guint8 *bytes,
            gsize         size,
            const char   *expected)
{
  g_autofree char *hex = sync_identity_to_hex (bytes, size);

  g_assert_cmpstr (hex, ==, expected);
}

/* What follows from a root key is for life; these were written down once. */
static void
test_vectors_of_version_1 (void)
{
  g_autoptr (SyncAccount) account = NULL;
  guint8 root[SYNC_ROOT_KEY_SIZE];
  guint8 stream[SYNC_STREAM_ID_SIZE];

  for (guint i = 0; i < sizeof root; i++)
    root[i] = i;

  account = sync_account_new_root (root);
  assert_hex (account->id, sizeof account->id, "106a63496a26ae23f441bf03161196dd");
  assert_hex (account->signing.public_key,
              32,
              "8542cd4de150a5f12e764d4f353b4488103eb4a10de42bb1cb158fd805a31e29");
  assert_hex (account->chain,
              32,
              "08d18a4a421b5f6d5fea7db2ba168e130bba89082c209043b5d06284038d522b");
  assert_hex (account->event,
              32,
              "e82a61deb4c736d8835623466de871438217cfc9c5556b4a0462755fe0dab5d7");
  assert_hex (account->names.secret,
              32,
              "98080ed55d0521d07ce6234c219bb40a202a6ff18160e45dc443cd4fa1ecf321");
  assert_hex (account->state.secret,
              32,
              "cd9430ad6b7d05f968a618f33c4ef338d78af522038437d49028c362993394e6");
  assert_hex (account->first_seal.secret,
              32,
              "8c0470618171d70f7c3188b28525697d1b088533c86ce1b8bf1f7ab3cd5d0f89");
  assert_hex (account->first_seal.id, 8, "fbf5f50a4a916da5");

  sync_stream_id_from_public_key (stream, account->signing.public_key);
  assert_hex (stream, sizeof stream, "7d108dfcc377748c");
}

static void
test_new_accounts_differ (void)
{
  g_autoptr (SyncAccount) a = sync_account_new ();
  g_autoptr (SyncAccount) b = sync_account_new ();
  g_autofree char *a_id = sync_identity_to_hex (a->id, sizeof a->id);
  g_autofree char *b_id = sync_identity_to_hex (b->id, sizeof b->id);

  g_assert_cmpstr (a_id, !=, b_id);
}

static void
test_hex_is_read_strictly (void)
{
  guint8 bytes[2];

  g_assert_true (sync_identity_from_hex ("01fF", bytes, sizeof bytes));
  g_assert_cmphex (bytes[0], ==, 0x01);
  g_assert_cmphex (bytes[1], ==, 0xff);
  g_assert_false (sync_identity_from_hex ("01f", bytes, sizeof bytes));
  g_assert_false (sync_identity_from_hex ("01ff0", bytes, sizeof bytes));
  g_assert_false (sync_identity_from_hex ("01fg", bytes, sizeof bytes));
  g_assert_false (sync_identity_from_hex ("", bytes, sizeof bytes));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/account/vectors-of-version-1", test_vectors_of_version_1);
  g_test_add_func ("/account/new-accounts-differ", test_new_accounts_differ);
  g_test_add_func ("/identity/hex-is-read-strictly", test_hex_is_read_strictly);

  return g_test_run ();
}
