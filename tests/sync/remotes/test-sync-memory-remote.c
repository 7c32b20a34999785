/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "sync-account.h"
#include "sync-batch.h"
#include "sync-error.h"
#include "sync-memory-remote.h"

typedef struct
{
  SyncAccount *account;
  SyncSigningKey device;
  SyncMemoryVault *vault;
  SyncRemote *remote;
} Fixture;

static void
set_up (Fixture    *fixture,
        const void *data)
{
  fixture->account = sync_account_new ();
  fixture->vault = sync_memory_vault_new ();
  sync_signing_key_generate (&fixture->device);
  fixture->remote = SYNC_REMOTE (sync_memory_remote_new (fixture->vault,
                                                         fixture->account->id,
                                                         fixture->device.public_key));
  g_assert_true (sync_remote_create_account (fixture->remote,
                                             &fixture->account->signing,
                                             NULL,
                                             NULL,
                                             NULL));
  g_assert_true (sync_remote_enrol (fixture->remote,
                                    &fixture->account->signing,
                                    fixture->device.public_key,
                                    NULL,
                                    NULL));
}

static void
tear_down (Fixture    *fixture,
           const void *data)
{
  g_object_unref (fixture->remote);
  sync_memory_vault_unref (fixture->vault);
  sync_account_free (fixture->account);
}

static GBytes *
make_batch (Fixture *fixture,
            guint64  first,
            guint64  last,
            guint8   branch)
{
  g_autoptr (GPtrArray) records = NULL;
  SyncBatchHeader header = { .first = first, .last = last };

  records = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  for (guint64 i = first; i <= last; i++)
    g_ptr_array_add (records, g_bytes_new ("record", 6));

  memcpy (header.account, fixture->account->id, sizeof header.account);
  sync_stream_id_from_public_key (header.stream, fixture->device.public_key);
  memset (header.hash_before, first - 1 + branch, sizeof header.hash_before);
  memset (header.hash_after, last + branch, sizeof header.hash_after);
  sync_batch_header_sign (&header, &fixture->device);

  return sync_batch_seal (&header, records, &fixture->account->first_seal, NULL);
}

static SyncPutStatus
put (Fixture *fixture,
     guint64  first,
     guint64  last,
     guint8   branch)
{
  g_autoptr (GBytes) batch = make_batch (fixture, first, last, branch);
  g_autoptr (GError) error = NULL;
  SyncPutReply reply;

  sync_remote_put_batch (fixture->remote, batch, &reply, NULL, &error);
  g_assert_no_error (error);
  return reply.status;
}

static void
test_duplicate_batch_is_idempotent (Fixture    *fixture,
                                    const void *data)
{
  g_auto (SyncRemoteHeads) heads;

  g_assert_cmpint (put (fixture, 1, 3, 0), ==, SYNC_PUT_TAKEN);
  g_assert_cmpint (put (fixture, 1, 3, 0), ==, SYNC_PUT_SAME);
  g_assert_cmpint (put (fixture, 4, 4, 0), ==, SYNC_PUT_TAKEN);

  sync_remote_heads_init (&heads);
  g_assert_true (sync_remote_get_heads (fixture->remote, &heads, NULL, NULL));
  g_assert_cmpuint (heads.heads->len, ==, 1);
  g_assert_cmpuint (g_array_index (heads.heads, SyncHead, 0).number, ==, 4);
  g_assert_cmpuint (heads.cursor, ==, 2);
}

static void
test_gaps_and_branches_are_conflicts (Fixture    *fixture,
                                      const void *data)
{
  g_autoptr (GBytes) gap = make_batch (fixture, 6, 6, 0);
  SyncPutReply reply;

  g_assert_cmpint (put (fixture, 2, 2, 0), ==, SYNC_PUT_CONFLICT);
  g_assert_cmpint (put (fixture, 1, 3, 0), ==, SYNC_PUT_TAKEN);
  g_assert_cmpint (put (fixture, 1, 3, 9), ==, SYNC_PUT_CONFLICT);
  g_assert_cmpint (put (fixture, 4, 4, 9), ==, SYNC_PUT_CONFLICT);
  g_assert_cmpint (put (fixture, 3, 4, 0), ==, SYNC_PUT_CONFLICT);

  g_assert_true (sync_remote_put_batch (fixture->remote, gap, &reply, NULL, NULL));
  g_assert_cmpint (reply.status, ==, SYNC_PUT_CONFLICT);
  g_assert_cmpuint (reply.have, ==, 3);
  g_assert_cmphex (reply.hash[0], ==, 3);
}

static void
test_large_batches_are_refused_with_the_limit (Fixture    *fixture,
                                               const void *data)
{
  g_autoptr (GBytes) batch = make_batch (fixture, 1, 100, 0);
  SyncPutReply reply;

  sync_memory_vault_set_limit (fixture->vault, 1000, 400);
  g_assert_true (sync_remote_put_batch (fixture->remote, batch, &reply, NULL, NULL));
  g_assert_cmpint (reply.status, ==, SYNC_PUT_TOO_LARGE);
  g_assert_cmpuint (reply.limit, ==, 400);
}

static void
test_strangers_are_denied (Fixture    *fixture,
                           const void *data)
{
  g_autoptr (SyncRemote) stranger = NULL;
  g_autoptr (GBytes) batch = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (SyncRemoteHeads) heads;
  SyncPutReply reply;

  sync_signing_key_generate (&fixture->device);
  stranger = SYNC_REMOTE (sync_memory_remote_new (fixture->vault,
                                                  fixture->account->id,
                                                  fixture->device.public_key));
  sync_remote_heads_init (&heads);
  g_assert_false (sync_remote_get_heads (stranger, &heads, NULL, &error));
  g_assert_error (error, SYNC_ERROR, SYNC_ERROR_DENIED);
  g_clear_error (&error);

  batch = make_batch (fixture, 1, 1, 0);
  g_assert_false (sync_remote_put_batch (fixture->remote, batch, &reply, NULL, &error));
  g_assert_error (error, SYNC_ERROR, SYNC_ERROR_DENIED);
}

static void
test_pages_are_bounded_and_whole (Fixture    *fixture,
                                  const void *data)
{
  guint8 stream[SYNC_STREAM_ID_SIZE];
  guint64 after = 0;
  guint pages = 0;
  gboolean more = TRUE;

  for (guint i = 1; i <= 9; i++)
    g_assert_cmpint (put (fixture, i, i, 0), ==, SYNC_PUT_TAKEN);

  sync_stream_id_from_public_key (stream, fixture->device.public_key);
  while (more)
    {
      g_auto (SyncRemotePage) page;
      SyncBatchHeader header;

      sync_remote_page_init (&page);
      g_assert_true (sync_remote_get_stream (fixture->remote,
                                             stream,
                                             after,
                                             1000,
                                             &page,
                                             NULL,
                                             NULL));
      for (guint i = 0; i < page.batches->len; i++)
        {
          g_autoptr (GPtrArray) records = NULL;

          records = sync_batch_open (g_ptr_array_index (page.batches, i),
                                     &fixture->account->first_seal,
                                     &header,
                                     NULL);
          g_assert_nonnull (records);
          g_assert_cmpuint (header.first, ==, after + 1);
          after = header.last;
        }

      more = page.more;
      pages++;
    }

  g_assert_cmpuint (after, ==, 9);
  g_assert_cmpuint (pages, >, 2);
}

static void
test_roster_is_compared_and_swapped (Fixture    *fixture,
                                     const void *data)
{
  g_autoptr (GBytes) first = g_bytes_new ("first", 5);
  g_autoptr (GBytes) second = g_bytes_new ("second", 6);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;
  guint64 version;

  g_assert_true (sync_remote_append_roster (fixture->remote, first, 0, NULL, NULL));
  g_assert_true (sync_remote_append_roster (fixture->remote, first, 0, NULL, NULL));
  g_assert_false (sync_remote_append_roster (fixture->remote, second, 0, NULL, &error));
  g_assert_error (error, SYNC_ERROR, SYNC_ERROR_CONFLICT);
  g_assert_true (sync_remote_append_roster (fixture->remote, second, 1, NULL, NULL));

  g_assert_true (sync_remote_get_roster (fixture->remote, &entries, &version, NULL, NULL));
  g_assert_cmpuint (version, ==, 2);
  g_assert_true (g_bytes_equal (g_ptr_array_index (entries, 1), second));
}

static void
test_late_request_arrives_after_the_next (Fixture    *fixture,
                                          const void *data)
{
  SyncMemoryRemote *memory = SYNC_MEMORY_REMOTE (fixture->remote);
  g_autoptr (GBytes) batch = make_batch (fixture, 1, 1, 0);
  g_auto (SyncRemoteHeads) heads;
  g_autoptr (GError) error = NULL;
  SyncPutReply reply;

  sync_memory_remote_set_fault (memory,
                                sync_memory_remote_get_count (memory) + 1,
                                SYNC_MEMORY_FAULT_DELAY);
  g_assert_false (sync_remote_put_batch (fixture->remote, batch, &reply, NULL, &error));
  g_assert_error (error, SYNC_ERROR, SYNC_ERROR_UNREACHABLE);

  sync_remote_heads_init (&heads);
  g_assert_true (sync_remote_get_heads (fixture->remote, &heads, NULL, NULL));
  g_assert_cmpuint (heads.heads->len, ==, 0);
  g_assert_true (sync_remote_get_heads (fixture->remote, &heads, NULL, NULL));
  g_assert_cmpuint (heads.heads->len, ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/memory-remote/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("duplicate-batch-is-idempotent", test_duplicate_batch_is_idempotent);
  ADD ("gaps-and-branches-are-conflicts", test_gaps_and_branches_are_conflicts);
  ADD ("large-batches-are-refused-with-the-limit", test_large_batches_are_refused_with_the_limit);
  ADD ("strangers-are-denied", test_strangers_are_denied);
  ADD ("pages-are-bounded-and-whole", test_pages_are_bounded_and_whole);
  ADD ("roster-is-compared-and-swapped", test_roster_is_compared_and_swapped);
  ADD ("late-request-arrives-after-the-next", test_late_request_arrives_after_the_next);

  return g_test_run ();
}
