/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sodium.h>
#include <string.h>

#include "sync-account.h"
#include "sync-batch.h"
#include "sync-error.h"

static SyncAccount *
make_account (void)
{
  guint8 root[SYNC_ROOT_KEY_SIZE];

  for (guint i = 0; i < sizeof root; i++)
    root[i] = i;

  return sync_account_new_root (root);
}

static void
make_device (SyncSigningKey *device)
{
  guint8 seed[SYNC_SEED_SIZE];

  memset (seed, 0x11, sizeof seed);
  sync_signing_key_from_seed (device, seed);
}

static GPtrArray *
make_records (guint    count,
              gsize    size,
              gboolean random)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (guint i = 0; i < count; i++)
    {
      guint8 *bytes = g_malloc (size + 1);

      if (random)
        randombytes_buf (bytes, size);
      else
        memset (bytes, 'a' + i % 26, size);
      g_ptr_array_add (records, g_bytes_new_take (bytes, size));
    }

  return records;
}

static void
fill_header (SyncBatchHeader *header,
             SyncAccount     *account,
             guint            count)
{
  SyncSigningKey device;

  make_device (&device);
  memset (header, 0, sizeof *header);
  memcpy (header->account, account->id, sizeof header->account);
  sync_stream_id_from_public_key (header->stream, device.public_key);
  header->first = 1;
  header->last = count;
  memset (header->hash_after, 0x5a, sizeof header->hash_after);
  sync_batch_header_sign (header, &device);
}

static GBytes *
seal (SyncAccount *account,
      GPtrArray   *records)
{
  SyncBatchHeader header;
  g_autoptr (GError) error = NULL;
  GBytes *batch;

  fill_header (&header, account, records->len);
  batch = sync_batch_seal (&header, records, &account->first_seal, &error);
  g_assert_no_error (error);
  return batch;
}

static void
assert_round_trip (guint    count,
                   gsize    size,
                   gboolean random)
{
  g_autoptr (SyncAccount) account = make_account ();
  g_autoptr (GPtrArray) records = make_records (count, size, random);
  g_autoptr (GBytes) batch = seal (account, records);
  g_autoptr (GPtrArray) back = NULL;
  g_autoptr (GError) error = NULL;
  SyncBatchHeader header;

  g_assert_cmpuint (g_bytes_get_size (batch), <=, SYNC_BATCH_MAX_SIZE);
  back = sync_batch_open (batch, &account->first_seal, &header, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (back->len, ==, count);
  g_assert_cmpuint (header.last, ==, count);
  for (guint i = 0; i < count; i++)
    g_assert_true (g_bytes_equal (g_ptr_array_index (back, i), g_ptr_array_index (records, i)));
}

static void
test_round_trip (void)
{
  assert_round_trip (1, 0, FALSE);
  assert_round_trip (1, 1, FALSE);
  assert_round_trip (1, 495, FALSE);
  assert_round_trip (1, 496, FALSE);
  assert_round_trip (40, 100, FALSE);
  assert_round_trip (40, 100, TRUE);
  assert_round_trip (15, 65536, TRUE);
  assert_round_trip (1, SYNC_BATCH_MAX_CONTENT - SYNC_BATCH_RECORD_OVERHEAD, TRUE);
}

static void
test_more_than_fits_is_refused (void)
{
  g_autoptr (SyncAccount) account = make_account ();
  g_autoptr (GPtrArray) records = make_records (1, SYNC_BATCH_MAX_CONTENT, FALSE);
  g_autoptr (GError) error = NULL;
  SyncBatchHeader header;

  fill_header (&header, account, 1);
  g_assert_null (sync_batch_seal (&header, records, &account->first_seal, &error));
  g_assert_error (error, SYNC_ERROR, SYNC_ERROR_TOO_LARGE);
}

static void
test_sizes_fall_in_few_classes (void)
{
  g_autoptr (SyncAccount) account = make_account ();
  g_autoptr (GHashTable) sizes = g_hash_table_new (NULL, NULL);

  for (gsize size = 1; size <= 400; size++)
    {
      g_autoptr (GPtrArray) records = make_records (1, size, TRUE);
      g_autoptr (GBytes) batch = seal (account, records);

      g_hash_table_add (sizes, GSIZE_TO_POINTER (g_bytes_get_size (batch)));
    }

  g_assert_cmpuint (g_hash_table_size (sizes), <=, 12);
}

static void
test_same_content_never_looks_the_same (void)
{
  g_autoptr (SyncAccount) account = make_account ();
  g_autoptr (GPtrArray) records = make_records (1, 20, FALSE);
  g_autoptr (GBytes) a = seal (account, records);
  g_autoptr (GBytes) b = seal (account, records);

  g_assert_false (g_bytes_equal (a, b));
}

static void
assert_refused (SyncAccount *account,
                GBytes      *batch)
{
  SyncBatchHeader header;
  g_autoptr (GError) error = NULL;

  g_assert_null (sync_batch_open (batch, &account->first_seal, &header, &error));
  g_assert_nonnull (error);
}

static void
test_any_changed_byte_is_found (void)
{
  g_autoptr (SyncAccount) account = make_account ();
  g_autoptr (GPtrArray) records = make_records (2, 30, FALSE);
  g_autoptr (GBytes) batch = seal (account, records);
  gsize size;
  const guint8 *good = g_bytes_get_data (batch, &size);

  for (gsize i = 0; i < size; i++)
    {
      guint8 *copy = g_memdup2 (good, size);
      g_autoptr (GBytes) changed = g_bytes_new_take (copy, size);

      copy[i] ^= 1;
      assert_refused (account, changed);
    }
}

static void
test_any_cut_is_found (void)
{
  g_autoptr (SyncAccount) account = make_account ();
  g_autoptr (GPtrArray) records = make_records (2, 30, FALSE);
  g_autoptr (GBytes) batch = seal (account, records);

  for (gsize size = 0; size < g_bytes_get_size (batch); size++)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (batch, 0, size);

      assert_refused (account, cut);
    }
}

/* A sealed frame that promises four gigabytes must not be believed. */
static void
test_bomb_is_bounded (void)
{
  g_autoptr (SyncAccount) account = make_account ();
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GBytes) batch = NULL;
  g_autoptr (GByteArray) array = g_byte_array_new ();
  SyncBatchHeader header;
  guint8 header_bytes[SYNC_BATCH_HEADER_SIZE];
  guint8 frame[256] = { 4, 0, 0, 0, 0xff, 0xff, 0xff, 0xff };

  fill_header (&header, account, 1);
  header.compressed = TRUE;
  header.key_epoch = 1;
  header.body_size = sizeof frame + SYNC_SEAL_OVERHEAD;
  sync_batch_header_write (&header, header_bytes);
  body = sync_seal_key_seal (&account->first_seal,
                             frame,
                             sizeof frame,
                             header_bytes,
                             sizeof header_bytes);
  g_byte_array_append (array, header_bytes, sizeof header_bytes);
  g_byte_array_append (array, g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  batch = g_bytes_new (array->data, array->len);

  assert_refused (account, batch);
}

/* A batch written when version 1 was laid down, for every later version to read. */
static void
test_sample_of_version_1 (void)
{
  g_autoptr (SyncAccount) account = make_account ();
  g_autoptr (GPtrArray) back = NULL;
  g_autoptr (GBytes) batch = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  char *data;
  gsize size;
  SyncSigningKey device;
  SyncBatchHeader header;

  path = g_test_build_filename (G_TEST_DIST, "data", "wire", "batch-v1.bin", NULL);
  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  batch = g_bytes_new_take (data, size);

  back = sync_batch_open (batch, &account->first_seal, &header, &error);
  g_assert_no_error (error);
  g_assert_true (header.compressed);
  g_assert_cmpuint (header.first, ==, 1);
  g_assert_cmpuint (header.last, ==, 3);
  g_assert_cmpuint (back->len, ==, 3);
  g_assert_cmpmem (g_bytes_get_data (g_ptr_array_index (back, 0), NULL),
                   g_bytes_get_size (g_ptr_array_index (back, 0)),
                   "first",
                   5);
  g_assert_cmpuint (g_bytes_get_size (g_ptr_array_index (back, 1)), ==, 0);
  g_assert_cmpuint (g_bytes_get_size (g_ptr_array_index (back, 2)), ==, 600);

  make_device (&device);
  g_assert_true (sync_batch_header_verify (&header, device.public_key));
  g_assert_cmpmem (header.account, 16, account->id, 16);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/batch/round-trip", test_round_trip);
  g_test_add_func ("/batch/more-than-fits-is-refused", test_more_than_fits_is_refused);
  g_test_add_func ("/batch/sizes-fall-in-few-classes", test_sizes_fall_in_few_classes);
  g_test_add_func ("/batch/same-content-never-looks-the-same",
                   test_same_content_never_looks_the_same);
  g_test_add_func ("/batch/any-changed-byte-is-found", test_any_changed_byte_is_found);
  g_test_add_func ("/batch/any-cut-is-found", test_any_cut_is_found);
  g_test_add_func ("/batch/bomb-is-bounded", test_bomb_is_bounded);
  g_test_add_func ("/batch/sample-of-version-1", test_sample_of_version_1);

  return g_test_run ();
}
