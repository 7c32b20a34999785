/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sodium.h>
#include <string.h>

#include "sync-error.h"
#include "sync-recovery.h"

/* From BIP-39's own test vectors (trezor/python-mnemonic, vectors.json), 256 bits. */
static const struct
{
  guint8 byte;
  const char *words;
} vectors[] = {
  { 0x00,
    "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon "
    "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon "
    "abandon art" },
  { 0x7f,
    "legal winner thank year wave sausage worth useful legal winner thank year wave sausage "
    "worth useful legal winner thank year wave sausage worth title" },
  { 0x80,
    "letter advice cage absurd amount doctor acoustic avoid letter advice cage absurd amount "
    "doctor acoustic avoid letter advice cage absurd amount doctor acoustic bless" },
  { 0xff,
    "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo "
    "vote" },
};

static void
test_published_vectors (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      guint8 root[SYNC_ROOT_KEY_SIZE];
      guint8 back[SYNC_ROOT_KEY_SIZE];
      g_autofree char *words = NULL;
      g_autoptr (GError) error = NULL;

      memset (root, vectors[i].byte, sizeof root);
      words = sync_recovery_to_words (root);
      g_assert_cmpstr (words, ==, vectors[i].words);

      g_assert_true (sync_recovery_from_words (words, back, &error));
      g_assert_no_error (error);
      g_assert_cmpmem (back, sizeof back, root, sizeof root);
    }
}

static void
test_random_keys_round_trip (void)
{
  for (guint i = 0; i < 200; i++)
    {
      guint8 root[SYNC_ROOT_KEY_SIZE];
      guint8 back[SYNC_ROOT_KEY_SIZE];
      g_autofree char *words = NULL;

      randombytes_buf (root, sizeof root);
      words = sync_recovery_to_words (root);
      g_assert_true (sync_recovery_from_words (words, back, NULL));
      g_assert_cmpmem (back, sizeof back, root, sizeof root);
    }
}

static void
test_form_is_forgiven (void)
{
  const char *typed = "  1. LETTER\t2. Advice\n3. cage 4. absu\r\n5. amount, doct acoustic avoid\n"
                      "letter advice cage absurd amount doctor acoustic avoid letter advice cage "
                      "absurd amount doctor acoustic bless\n";
  guint8 expected[SYNC_ROOT_KEY_SIZE];
  guint8 root[SYNC_ROOT_KEY_SIZE];
  g_autoptr (GError) error = NULL;

  memset (expected, 0x80, sizeof expected);
  g_assert_true (sync_recovery_from_words (typed, root, &error));
  g_assert_no_error (error);
  g_assert_cmpmem (root, sizeof root, expected, sizeof expected);
}

#define MIDDLE                                                                                     \
  "cage absurd amount doctor acoustic avoid letter advice cage absurd amount doctor acoustic "     \
  "avoid letter advice cage absurd amount doctor acoustic "

static void
assert_refused (const char *words,
                const char *hint)
{
  guint8 root[SYNC_ROOT_KEY_SIZE];
  g_autoptr (GError) error = NULL;

  g_assert_false (sync_recovery_from_words (words, root, &error));
  g_assert_error (error, SYNC_ERROR, SYNC_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, hint));
}

static void
test_content_is_not_forgiven (void)
{
  assert_refused ("", "0");
  assert_refused ("letter advice cage", "3");
  assert_refused ("letter advice " MIDDLE "blessing", "24");
  assert_refused ("letter advice " MIDDLE "bless bless", "25");
  assert_refused ("advice letter " MIDDLE "bless", "order");
  assert_refused ("le advice " MIDDLE "bless", "Word 1 ");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/recovery/published-vectors", test_published_vectors);
  g_test_add_func ("/recovery/random-keys-round-trip", test_random_keys_round_trip);
  g_test_add_func ("/recovery/form-is-forgiven", test_form_is_forgiven);
  g_test_add_func ("/recovery/content-is-not-forgiven", test_content_is_not_forgiven);

  return g_test_run ();
}
