/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-request-signature.h"

#include <string.h>

/* The vector that the head of sync-request-signature.c speaks of. */
static void
make_vector (SyncSigningKey       *key,
             SyncRequest          *request,
             SyncRequestSignature *signature)
{
  static const guint8 stream[] = { 1, 2, 3, 4, 5, 6, 7, 8 };
  guint8 seed[SYNC_SEED_SIZE];

  for (guint i = 0; i < sizeof seed; i++)
    seed[i] = i;
  sync_signing_key_from_seed (key, seed);

  *request = (SyncRequest) {
    .method = "PUT",
    .origin = "http://127.0.0.1:8080",
    .path = "/v1/a/streams/b/1-2",
  };
  sync_request_hash_body (request, "abc", 3);
  *signature = (SyncRequestSignature) { .time = G_GINT64_CONSTANT (1700000000000) };
  memcpy (signature->stream, stream, sizeof stream);
  sync_request_sign (request, key, signature);
}

static void
test_vector (void)
{
  SyncSigningKey key;
  SyncRequest request;
  SyncRequestSignature signature;
  g_autofree char *canonical = NULL;
  g_autofree char *header = NULL;

  make_vector (&key, &request, &signature);
  canonical = sync_request_dup_canonical (&request, &signature);
  header = sync_request_signature_format (&signature);

  g_assert_cmpstr (canonical, ==,
                   "clientele-request-v1\n"
                   "PUT\n"
                   "http://127.0.0.1:8080\n"
                   "/v1/a/streams/b/1-2\n"
                   "\n"
                   "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319\n"
                   "1700000000000\n"
                   "0102030405060708\n"
                   "end\n");
  g_assert_cmpstr (header, ==,
                   "Clientele-Ed25519 signer=0102030405060708, time=1700000000000, signature="
                   "b6b9b9c0e5ad3e468391dc4956c7b7f1830bc9584b89b3e046993e89935d73b8"
                   "01a3e59c28890cd6b53c5caf6a45871255b011107f9aa65c10577f270b746809");
}

static void
test_what_is_written_is_read (void)
{
  SyncSigningKey key;
  SyncRequest request;
  SyncRequestSignature signature;
  SyncRequestSignature read;
  g_autofree char *header = NULL;

  make_vector (&key, &request, &signature);
  header = sync_request_signature_format (&signature);
  g_assert_true (sync_request_signature_parse (header, &read));
  g_assert_false (read.is_account);
  g_assert_cmpint (read.time, ==, signature.time);
  g_assert_cmpmem (read.stream, sizeof read.stream, signature.stream, sizeof signature.stream);
  g_assert_true (sync_request_verify (&request, &read, key.public_key));

  signature.is_account = TRUE;
  g_free (header);
  header = sync_request_signature_format (&signature);
  g_assert_true (sync_request_signature_parse (header, &read));
  g_assert_true (read.is_account);
  g_assert_false (sync_request_verify (&request, &read, key.public_key));
}

static void
test_each_part_is_covered (void)
{
  SyncSigningKey key;
  SyncSigningKey other;
  SyncRequest request;
  SyncRequestSignature signature;

  make_vector (&key, &request, &signature);
  sync_signing_key_generate (&other);
  g_assert_true (sync_request_verify (&request, &signature, key.public_key));
  g_assert_false (sync_request_verify (&request, &signature, other.public_key));

#define ASSERT_COVERED(change, restore)                                                             \
  change;                                                                                           \
  g_assert_false (sync_request_verify (&request, &signature, key.public_key));                      \
  restore

  ASSERT_COVERED (request.method = "GET", request.method = "PUT");
  ASSERT_COVERED (request.origin = "https://127.0.0.1:8080",
                  request.origin = "http://127.0.0.1:8080");
  ASSERT_COVERED (request.path = "/v1/a/streams/b/1-3", request.path = "/v1/a/streams/b/1-2");
  ASSERT_COVERED (request.query = "x", request.query = NULL);
  ASSERT_COVERED (request.body_hash[31] ^= 1, request.body_hash[31] ^= 1);
  ASSERT_COVERED (signature.time++, signature.time--);
  ASSERT_COVERED (signature.stream[7] ^= 1, signature.stream[7] ^= 1);
  ASSERT_COVERED (signature.signature[63] ^= 1, signature.signature[63] ^= 1);
  g_assert_true (sync_request_verify (&request, &signature, key.public_key));
}

/* A line feed in one part could stand for the border of two. */
static void
test_control_characters_are_refused (void)
{
  SyncSigningKey key;
  SyncRequest request;
  SyncRequestSignature signature;

  make_vector (&key, &request, &signature);
  request.path = "/v1/a\n/b";
  sync_request_sign (&request, &key, &signature);
  g_assert_false (sync_request_verify (&request, &signature, key.public_key));
}

static void
test_header_has_one_spelling (void)
{
  static const char *const signer = "Clientele-Ed25519 signer=0102030405060708, time=1, signature=";
  g_autofree char *proof = g_strnfill (128, 'a');
  g_autofree char *good = g_strconcat (signer, proof, NULL);
  g_autofree char *longer = g_strconcat (good, "a", NULL);
  g_autofree char *spaced = g_strconcat (good, " ", NULL);
  g_autofree char *upper = g_strconcat (signer, proof, NULL);
  const char *const tricks[] = {
    longer,
    spaced,
    upper,
    signer,
    "",
    "Clientele-Ed25519",
    "Clientele-Ed25519 signer=accounts, time=1, signature=",
    "Clientele-Ed25519 signer=01020304, time=1, signature=",
    "Clientele-Ed25519 signer=0102030405060708, time=, signature=",
    "Clientele-Ed25519 signer=0102030405060708, time=-1, signature=",
    "Clientele-Ed25519 signer=0102030405060708, time=01, signature=",
    "Clientele-Ed25519 signer=0102030405060708, time=9999999999999999, signature=",
    "Clientele-Ed25519 signer=0102030405060708; time=1; signature=",
  };
  SyncRequestSignature signature;

  upper[strlen (upper) - 1] = 'A';
  g_assert_true (sync_request_signature_parse (good, &signature));
  g_assert_false (sync_request_signature_parse (NULL, &signature));
  for (guint i = 0; i < G_N_ELEMENTS (tricks); i++)
    {
      g_autofree char *signed_trick = g_strconcat (tricks[i], i >= 6 ? proof : "", NULL);

      g_test_message ("%s", signed_trick);
      g_assert_false (sync_request_signature_parse (signed_trick, &signature));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/request-signature/vector", test_vector);
  g_test_add_func ("/request-signature/what-is-written-is-read", test_what_is_written_is_read);
  g_test_add_func ("/request-signature/each-part-is-covered", test_each_part_is_covered);
  g_test_add_func ("/request-signature/control-characters-are-refused",
                   test_control_characters_are_refused);
  g_test_add_func ("/request-signature/header-has-one-spelling", test_header_has_one_spelling);
  return g_test_run ();
}
