/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "sync-batch-header.h"
#include "sync-error.h"

static void
make_device (SyncSigningKey *device)
{
  guint8 seed[SYNC_SEED_SIZE];

  memset (seed, 0x11, sizeof seed);
  sync_signing_key_from_seed (device, seed);
}

static void
fill (SyncBatchHeader      *header,
      const SyncSigningKey *device)
{
  memset (header, 0, sizeof *header);
  memset (header->account, 0xa1, sizeof header->account);
  sync_stream_id_from_public_key (header->stream, device->public_key);
  header->compressed = TRUE;
  header->first = 7;
  header->last = 0x0102030405060708;
  memset (header->hash_before, 0xb2, sizeof header->hash_before);
  memset (header->hash_after, 0xc3, sizeof header->hash_after);
  header->key_epoch = 0x01020304;
  memset (header->key_id, 0xd4, sizeof header->key_id);
  header->body_size = 300;
  sync_batch_header_sign (header, device);
}

static void
test_round_trip_keeps_every_field (void)
{
  SyncSigningKey device;
  SyncBatchHeader header;
  SyncBatchHeader back = { 0 };
  guint8 bytes[SYNC_BATCH_HEADER_SIZE];
  g_autoptr (GError) error = NULL;

  make_device (&device);
  fill (&header, &device);
  sync_batch_header_write (&header, bytes);
  g_assert_true (sync_batch_header_parse (&back, bytes, sizeof bytes, &error));
  g_assert_no_error (error);

  g_assert_true (back.compressed);
  g_assert_cmpmem (back.account, 16, header.account, 16);
  g_assert_cmpmem (back.stream, 8, header.stream, 8);
  g_assert_cmpuint (back.first, ==, header.first);
  g_assert_cmpuint (back.last, ==, header.last);
  g_assert_cmpmem (back.hash_before, 32, header.hash_before, 32);
  g_assert_cmpmem (back.hash_after, 32, header.hash_after, 32);
  g_assert_cmpmem (back.signature, 64, header.signature, 64);
  g_assert_cmpuint (back.key_epoch, ==, header.key_epoch);
  g_assert_cmpmem (back.key_id, 8, header.key_id, 8);
  g_assert_cmpuint (back.body_size, ==, 300);
}

static void
test_numbers_lie_where_the_format_says (void)
{
  SyncSigningKey device;
  SyncBatchHeader header;
  guint8 bytes[SYNC_BATCH_HEADER_SIZE];
  const guint8 last[] = { 8, 7, 6, 5, 4, 3, 2, 1 };
  const guint8 epoch[] = { 4, 3, 2, 1 };

  make_device (&device);
  fill (&header, &device);
  sync_batch_header_write (&header, bytes);

  g_assert_cmpmem (bytes, 5, "CLTB\x01", 5);
  g_assert_cmpmem (bytes + 40, 8, last, 8);
  g_assert_cmphex (bytes[48], ==, 0xb2);
  g_assert_cmphex (bytes[111], ==, 0xc3);
  g_assert_cmpmem (bytes + 176, 4, epoch, 4);
  g_assert_cmphex (bytes[188], ==, 300 & 0xff);
}

static void
test_signature_covers_content_only (void)
{
  SyncSigningKey device;
  SyncSigningKey other;
  SyncBatchHeader header;

  make_device (&device);
  sync_signing_key_generate (&other);
  fill (&header, &device);
  g_assert_true (sync_batch_header_verify (&header, device.public_key));
  g_assert_false (sync_batch_header_verify (&header, other.public_key));

  header.first = 1;
  header.key_epoch = 9;
  header.body_size = 1;
  g_assert_true (sync_batch_header_verify (&header, device.public_key));

  header.last++;
  g_assert_false (sync_batch_header_verify (&header, device.public_key));
  header.last--;
  header.hash_after[31] ^= 1;
  g_assert_false (sync_batch_header_verify (&header, device.public_key));
  header.hash_after[31] ^= 1;
  header.account[0] ^= 1;
  g_assert_false (sync_batch_header_verify (&header, device.public_key));
}

static void
test_foreign_stream_is_refused (void)
{
  SyncSigningKey device;
  SyncBatchHeader header;

  make_device (&device);
  fill (&header, &device);
  header.stream[0] ^= 1;
  sync_batch_header_sign (&header, &device);
  g_assert_false (sync_batch_header_verify (&header, device.public_key));
}

static void
assert_refused (const guint8 *bytes,
                gsize         size,
                int           code)
{
  SyncBatchHeader header;
  g_autoptr (GError) error = NULL;

  g_assert_false (sync_batch_header_parse (&header, bytes, size, &error));
  g_assert_error (error, SYNC_ERROR, code);
}

static void
test_bad_bytes_are_errors (void)
{
  SyncSigningKey device;
  SyncBatchHeader header;
  guint8 good[SYNC_BATCH_HEADER_SIZE];
  guint8 bytes[SYNC_BATCH_HEADER_SIZE];
  const gsize damaged[] = { 0, 3, 5, 6, 7 };

  make_device (&device);
  fill (&header, &device);
  sync_batch_header_write (&header, good);

  for (gsize size = 0; size < sizeof good; size++)
    assert_refused (good, size, SYNC_ERROR_DAMAGED);

  for (guint i = 0; i < G_N_ELEMENTS (damaged); i++)
    {
      memcpy (bytes, good, sizeof bytes);
      bytes[damaged[i]] ^= 0x80;
      assert_refused (bytes, sizeof bytes, SYNC_ERROR_DAMAGED);
    }

  memcpy (bytes, good, sizeof bytes);
  bytes[4] = 2;
  assert_refused (bytes, sizeof bytes, SYNC_ERROR_TOO_NEW);
}

static void
assert_unsound (const SyncBatchHeader *header)
{
  guint8 bytes[SYNC_BATCH_HEADER_SIZE];

  sync_batch_header_write (header, bytes);
  assert_refused (bytes, sizeof bytes, SYNC_ERROR_DAMAGED);
}

static void
test_impossible_numbers_are_errors (void)
{
  SyncSigningKey device;
  SyncBatchHeader header;

  make_device (&device);

  fill (&header, &device);
  header.first = 0;
  assert_unsound (&header);

  fill (&header, &device);
  header.last = header.first - 1;
  assert_unsound (&header);

  fill (&header, &device);
  header.last = G_MAXUINT64;
  assert_unsound (&header);

  fill (&header, &device);
  header.body_size = SYNC_BATCH_MAX_SIZE;
  assert_unsound (&header);

  fill (&header, &device);
  header.key_epoch = 0;
  assert_unsound (&header);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/batch-header/round-trip-keeps-every-field", test_round_trip_keeps_every_field);
  g_test_add_func ("/batch-header/numbers-lie-where-the-format-says",
                   test_numbers_lie_where_the_format_says);
  g_test_add_func ("/batch-header/signature-covers-content-only",
                   test_signature_covers_content_only);
  g_test_add_func ("/batch-header/foreign-stream-is-refused", test_foreign_stream_is_refused);
  g_test_add_func ("/batch-header/bad-bytes-are-errors", test_bad_bytes_are_errors);
  g_test_add_func ("/batch-header/impossible-numbers-are-errors",
                   test_impossible_numbers_are_errors);

  return g_test_run ();
}
