/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#define SMALL 100

static void
set_up (ServerFixture *fixture,
        const void    *data)
{
  server_fixture_set_up (fixture, data);
  server_fixture_start (fixture);
  server_fixture_join (fixture);
}

static SyncPutStatus
put (ServerFixture *fixture,
     guint64        first,
     guint64        last,
     const char    *branch,
     SyncPutReply  *reply)
{
  g_autoptr (GBytes) batch = server_fixture_make_batch (fixture,
                                                        &fixture->device,
                                                        first,
                                                        last,
                                                        branch,
                                                        SMALL);
  g_autoptr (GError) error = NULL;

  sync_remote_put_batch (fixture->remote, batch, reply, NULL, &error);
  g_assert_no_error (error);
  return reply->status;
}

static guint
count_batches (ServerFixture *fixture,
               guint64        after,
               gsize          max_size,
               guint64       *cursor,
               guint64       *epoch)
{
  g_auto (SyncRemotePage) page = { 0 };
  g_autoptr (GError) error = NULL;

  sync_remote_page_init (&page);
  sync_remote_get_arrivals (fixture->remote, after, max_size, 0, &page, NULL, &error);
  g_assert_no_error (error);
  if (cursor != NULL)
    *cursor = page.cursor;
  if (epoch != NULL)
    *epoch = page.epoch;
  return page.batches->len;
}

static void
test_batches_come_back_as_they_were_put (ServerFixture *fixture,
                                         const void    *data)
{
  g_autoptr (GBytes) first = server_fixture_make_batch (fixture, &fixture->device, 1, 3, "a", 1);
  g_autoptr (GBytes) second = server_fixture_make_batch (fixture, &fixture->device, 4, 4, "a", 9000);
  g_auto (SyncRemotePage) page = { 0 };
  g_autoptr (GError) error = NULL;
  guint8 stream[SYNC_STREAM_ID_SIZE];

  g_assert_cmpint (server_fixture_put (fixture->remote, first), ==, SYNC_PUT_TAKEN);
  g_assert_cmpint (server_fixture_put (fixture->remote, second), ==, SYNC_PUT_TAKEN);

  sync_stream_id_from_public_key (stream, fixture->device.public_key);
  sync_remote_page_init (&page);
  sync_remote_get_stream (fixture->remote, stream, 0, G_MAXSIZE, &page, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page.batches->len, ==, 2);
  g_assert_true (g_bytes_equal (g_ptr_array_index (page.batches, 0), first));
  g_assert_true (g_bytes_equal (g_ptr_array_index (page.batches, 1), second));
  g_assert_false (page.more);

  sync_remote_get_stream (fixture->remote, stream, 2, G_MAXSIZE, &page, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page.batches->len, ==, 2);
  sync_remote_get_stream (fixture->remote, stream, 3, G_MAXSIZE, &page, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page.batches->len, ==, 1);
  sync_remote_get_stream (fixture->remote, (const guint8 *) "nobody's", 0, 1, &page, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page.batches->len, ==, 0);
}

static void
test_duplicate_batch_is_idempotent (ServerFixture *fixture,
                                    const void    *data)
{
  SyncPutReply reply;

  g_assert_cmpint (put (fixture, 1, 2, "a", &reply), ==, SYNC_PUT_TAKEN);
  g_assert_cmpint (put (fixture, 1, 2, "a", &reply), ==, SYNC_PUT_SAME);
  g_assert_cmpint (put (fixture, 3, 3, "a", &reply), ==, SYNC_PUT_TAKEN);
  g_assert_cmpint (put (fixture, 1, 2, "a", &reply), ==, SYNC_PUT_SAME);
  g_assert_cmpuint (count_batches (fixture, 0, G_MAXSIZE, NULL, NULL), ==, 2);
}

static void
test_gap_is_refused_with_the_end (ServerFixture *fixture,
                                  const void    *data)
{
  g_autoptr (GBytes) batch = server_fixture_make_batch (fixture, &fixture->device, 1, 2, "a", 1);
  SyncBatchHeader header;
  SyncPutReply reply;

  g_assert_cmpint (put (fixture, 3, 4, "a", &reply), ==, SYNC_PUT_CONFLICT);
  g_assert_cmpuint (reply.have, ==, 0);

  g_assert_cmpint (server_fixture_put (fixture->remote, batch), ==, SYNC_PUT_TAKEN);
  g_assert_cmpint (put (fixture, 4, 5, "a", &reply), ==, SYNC_PUT_CONFLICT);
  g_assert_cmpuint (reply.have, ==, 2);
  sync_batch_header_parse (&header,
                           g_bytes_get_data (batch, NULL),
                           g_bytes_get_size (batch),
                           NULL);
  g_assert_cmpmem (reply.hash, SYNC_HASH_SIZE, header.hash_after, SYNC_HASH_SIZE);
}

static void
test_forked_stream_is_refused (ServerFixture *fixture,
                               const void    *data)
{
  SyncPutReply reply;

  g_assert_cmpint (put (fixture, 1, 2, "a", &reply), ==, SYNC_PUT_TAKEN);
  g_assert_cmpint (put (fixture, 1, 2, "b", &reply), ==, SYNC_PUT_CONFLICT);
  g_assert_cmpint (put (fixture, 3, 3, "b", &reply), ==, SYNC_PUT_CONFLICT);
  g_assert_cmpuint (reply.have, ==, 2);
}

static void
test_other_batching_is_refused (ServerFixture *fixture,
                                const void    *data)
{
  SyncPutReply reply;

  g_assert_cmpint (put (fixture, 1, 4, "a", &reply), ==, SYNC_PUT_TAKEN);
  g_assert_cmpint (put (fixture, 1, 3, "a", &reply), ==, SYNC_PUT_CONFLICT);
  g_assert_cmpint (put (fixture, 3, 6, "a", &reply), ==, SYNC_PUT_CONFLICT);
  g_assert_cmpuint (reply.have, ==, 4);
  g_assert_cmpint (put (fixture, 3, 4, "a", &reply), ==, SYNC_PUT_SAME);
}

static guint
put_raw (ServerFixture *fixture,
         GBytes        *batch,
         const char    *range,
         SyncProblem   *problem)
{
  guint8 stream[SYNC_STREAM_ID_SIZE];
  g_autofree char *hex = NULL;
  g_autofree char *rest = NULL;
  g_autofree char *path = NULL;
  SyncSignedRequest request = { .method = "PUT", .body = batch, .type = "application/octet-stream" };

  sync_stream_id_from_public_key (stream, fixture->device.public_key);
  hex = sync_identity_to_hex (stream, sizeof stream);
  rest = g_strdup_printf ("/streams/%s/%s", hex, range);
  request.path = path = server_fixture_dup_path (fixture, rest);
  return server_fixture_ask (fixture, &fixture->device, &request, problem);
}

static void
test_batch_that_is_not_the_path_s (ServerFixture *fixture,
                                   const void    *data)
{
  g_autoptr (GBytes) batch = server_fixture_make_batch (fixture, &fixture->device, 1, 2, "a", SMALL);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (batch, 0, SYNC_BATCH_HEADER_SIZE + SMALL - 1);
  g_autoptr (GBytes) header = g_bytes_new_from_bytes (batch, 0, 10);
  SyncProblem problem;

  g_assert_cmpuint (put_raw (fixture, batch, "1-3", &problem), ==, 400);
  g_assert_cmpint (problem, ==, SYNC_PROBLEM_BATCH_DAMAGED);
  g_assert_cmpuint (put_raw (fixture, cut, "1-2", &problem), ==, 400);
  g_assert_cmpuint (put_raw (fixture, header, "1-2", &problem), ==, 400);
  g_assert_cmpuint (put_raw (fixture, batch, "01-2", &problem), ==, 404);
  g_assert_cmpuint (put_raw (fixture, batch, "2-1", &problem), ==, 404);
  g_assert_cmpuint (put_raw (fixture, batch, "1-2", &problem), ==, 201);
}

static void
test_forged_author_is_refused (ServerFixture *fixture,
                               const void    *data)
{
  g_autoptr (GBytes) batch = server_fixture_make_batch (fixture, &fixture->device, 1, 2, "a", SMALL);
  gsize size;
  g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (batch, &size), g_bytes_get_size (batch));
  g_autoptr (GBytes) forged = NULL;
  SyncProblem problem;

  bytes[120] ^= 1;
  forged = g_bytes_new (bytes, size);
  g_assert_cmpuint (put_raw (fixture, forged, "1-2", &problem), ==, 403);
  g_assert_cmpint (problem, ==, SYNC_PROBLEM_BATCH_FORGED);
  g_assert_cmpuint (server_fixture_get_end (fixture->remote, &fixture->device), ==, 0);
}

static void
test_any_device_heals_another_stream (ServerFixture *fixture,
                                      const void    *data)
{
  SyncSigningKey other;
  g_autoptr (GBytes) batch = NULL;
  g_autoptr (GBytes) stranger = NULL;
  g_autoptr (GError) error = NULL;
  SyncPutReply reply;

  sync_signing_key_generate (&other);
  batch = server_fixture_make_batch (fixture, &other, 1, 1, "o", SMALL);
  sync_remote_put_batch (fixture->remote, batch, &reply, NULL, &error);
  g_assert_error (error, SYNC_ERROR, SYNC_ERROR_NOT_FOUND);
  g_clear_error (&error);

  sync_remote_enrol (fixture->remote, &fixture->account, other.public_key, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (server_fixture_put (fixture->remote, batch), ==, SYNC_PUT_TAKEN);
  g_assert_cmpuint (server_fixture_get_end (fixture->remote, &other), ==, 1);
}

static void
test_revoked_device_is_shut_out (ServerFixture *fixture,
                                 const void    *data)
{
  guint8 stream[SYNC_STREAM_ID_SIZE];
  g_autofree char *hex = NULL;
  g_autofree char *rest = NULL;
  g_autofree char *path = NULL;
  g_auto (SyncRemoteHeads) heads = { 0 };
  g_autoptr (GError) error = NULL;
  SyncSignedRequest request = { .method = "DELETE", .account = &fixture->account };
  SyncPutReply reply;

  g_assert_cmpint (put (fixture, 1, 1, "a", &reply), ==, SYNC_PUT_TAKEN);
  sync_stream_id_from_public_key (stream, fixture->device.public_key);
  hex = sync_identity_to_hex (stream, sizeof stream);
  rest = g_strdup_printf ("/devices/%s", hex);
  request.path = path = server_fixture_dup_path (fixture, rest);
  g_assert_cmpuint (server_fixture_ask (fixture, &fixture->device, &request, NULL), ==, 200);

  g_assert_cmpint (put (fixture, 2, 2, "a", &reply), ==, SYNC_PUT_REVOKED);
  sync_remote_heads_init (&heads);
  g_assert_false (sync_remote_get_heads (fixture->remote, &heads, NULL, &error));
  g_assert_error (error, SYNC_ERROR, SYNC_ERROR_REVOKED);
  g_clear_error (&error);
  sync_remote_enrol (fixture->remote, &fixture->account, fixture->device.public_key, NULL, &error);
  g_assert_error (error, SYNC_ERROR, SYNC_ERROR_REVOKED);
}

static gpointer
put_thread (gpointer data)
{
  g_autoptr (GBytes) batch = NULL;
  ServerFixture *fixture = data;
  g_autofree char *branch = g_strdup_printf ("branch %p", (void *) g_thread_self ());
  g_autoptr (SyncRemote) remote = server_fixture_make_remote (fixture, &fixture->device);

  batch = server_fixture_make_batch (fixture, &fixture->device, 1, 5, branch, SMALL);
  return GINT_TO_POINTER (server_fixture_put (remote, batch));
}

static void
test_of_parallel_putters_one_wins (ServerFixture *fixture,
                                   const void    *data)
{
  GThread *threads[8];
  guint taken = 0;

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("putter", put_thread, fixture);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      SyncPutStatus status = GPOINTER_TO_INT (g_thread_join (threads[i]));

      g_assert_true (status == SYNC_PUT_TAKEN || status == SYNC_PUT_CONFLICT);
      taken += status == SYNC_PUT_TAKEN;
    }

  g_assert_cmpuint (taken, ==, 1);
  g_assert_cmpuint (count_batches (fixture, 0, G_MAXSIZE, NULL, NULL), ==, 1);
}

static void
test_pages_are_bounded_and_go_on (ServerFixture *fixture,
                                  const void    *data)
{
  guint64 cursor = 0;
  guint seen = 0;
  SyncPutReply reply;

  for (guint n = 1; n <= 7; n++)
    g_assert_cmpint (put (fixture, n, n, "a", &reply), ==, SYNC_PUT_TAKEN);

  while (cursor < 7)
    {
      guint count = count_batches (fixture, cursor, 2 * (SYNC_BATCH_HEADER_SIZE + SMALL), &cursor, NULL);

      g_assert_cmpuint (count, <=, 2);
      seen += count;
    }
  g_assert_cmpuint (seen, ==, 7);
  g_assert_cmpuint (count_batches (fixture, 0, 1, &cursor, NULL), ==, 1);
}

static void
test_restart_keeps_heads_and_epoch (ServerFixture *fixture,
                                    const void    *data)
{
  guint64 epoch;
  guint64 epoch_after;
  SyncPutReply reply;

  g_assert_cmpint (put (fixture, 1, 9, "a", &reply), ==, SYNC_PUT_TAKEN);
  count_batches (fixture, 0, 1, NULL, &epoch);
  server_fixture_stop (fixture);
  server_fixture_start (fixture);
  g_assert_cmpuint (server_fixture_get_end (fixture->remote, &fixture->device), ==, 9);
  g_assert_cmpuint (count_batches (fixture, 0, 1, NULL, &epoch_after), ==, 1);
  g_assert_cmpuint (epoch, ==, epoch_after);
  g_assert_cmpint (put (fixture, 10, 10, "a", &reply), ==, SYNC_PUT_TAKEN);
}

static void
copy (ServerFixture *fixture,
      const char    *from,
      const char    *to)
{
  g_autofree char *source = g_build_filename (fixture->directory, from, NULL);
  g_autofree char *target = g_build_filename (fixture->directory, to, NULL);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  g_file_get_contents (source, &bytes, &size, &error);
  g_assert_no_error (error);
  g_file_set_contents (target, bytes, size, &error);
  g_assert_no_error (error);
}

static void
test_database_put_back_takes_a_new_epoch (ServerFixture *fixture,
                                          const void    *data)
{
  guint64 epoch;
  guint64 epoch_after;
  SyncPutReply reply;

  g_assert_cmpint (put (fixture, 1, 1, "a", &reply), ==, SYNC_PUT_TAKEN);
  server_fixture_stop (fixture);
  copy (fixture, "server.sqlite", "backup");

  server_fixture_start (fixture);
  g_assert_cmpint (put (fixture, 2, 2, "a", &reply), ==, SYNC_PUT_TAKEN);
  count_batches (fixture, 0, 1, NULL, &epoch);
  server_fixture_stop (fixture);
  copy (fixture, "backup", "server.sqlite");

  server_fixture_start (fixture);
  count_batches (fixture, 0, 1, NULL, &epoch_after);
  g_assert_cmpuint (epoch, !=, epoch_after);
  g_assert_cmpuint (server_fixture_get_end (fixture->remote, &fixture->device), ==, 1);
}

static void
test_cursor_ahead_of_server_takes_a_new_epoch (ServerFixture *fixture,
                                               const void    *data)
{
  guint64 epoch;
  guint64 epoch_after;
  guint64 cursor;
  SyncPutReply reply;

  g_assert_cmpint (put (fixture, 1, 1, "a", &reply), ==, SYNC_PUT_TAKEN);
  count_batches (fixture, 0, 1, &cursor, &epoch);
  g_assert_cmpuint (count_batches (fixture, cursor + 40, 1, NULL, &epoch_after), ==, 0);
  g_assert_cmpuint (epoch, !=, epoch_after);

  g_assert_cmpint (put (fixture, 2, 2, "a", &reply), ==, SYNC_PUT_TAKEN);
  g_assert_cmpuint (count_batches (fixture, cursor + 40, 1, &cursor, &epoch), ==, 1);
  g_assert_cmpuint (epoch, ==, epoch_after);
}

static gpointer
put_later (gpointer data)
{
  SyncPutReply reply;

  g_usleep (200 * 1000);
  put (data, 1, 1, "a", &reply);
  return NULL;
}

static void
test_long_poll_wakes (ServerFixture *fixture,
                      const void    *data)
{
  g_autoptr (SyncRemote) waiting = server_fixture_make_remote (fixture, &fixture->device);
  g_auto (SyncRemotePage) page = { 0 };
  g_autoptr (GError) error = NULL;
  GThread *thread = g_thread_new ("putter", put_later, fixture);
  gint64 start = g_get_monotonic_time ();

  sync_remote_page_init (&page);
  sync_remote_get_arrivals (waiting, 0, G_MAXSIZE, 50, &page, NULL, &error);
  g_assert_no_error (error);
  g_thread_join (thread);
  g_assert_cmpuint (page.batches->len, ==, 1);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 40 * G_USEC_PER_SEC);

  sync_remote_get_arrivals (waiting, page.cursor, G_MAXSIZE, 1, &page, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page.batches->len, ==, 0);
  g_assert_cmpuint (page.cursor, ==, 1);
}

static gpointer
stop_later (gpointer data)
{
  ServerFixture *fixture = data;

  g_usleep (200 * 1000);
  server_fixture_stop (fixture);
  return NULL;
}

static void
test_stopping_sends_those_who_wait_home (ServerFixture *fixture,
                                         const void    *data)
{
  g_autoptr (SyncRemote) waiting = server_fixture_make_remote (fixture, &fixture->device);
  g_auto (SyncRemotePage) page = { 0 };
  g_autoptr (GError) error = NULL;
  GThread *thread = g_thread_new ("stopper", stop_later, fixture);

  sync_remote_page_init (&page);
  sync_remote_get_arrivals (waiting, 0, G_MAXSIZE, 50, &page, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page.batches->len, ==, 0);
  g_thread_join (thread);
}

static void
set_up_small (ServerFixture *fixture,
              const void    *data)
{
  server_fixture_set_up (fixture, data);
  fixture->limits.max_batch_size = 1000;
  fixture->limits.quota = 1500;
  fixture->limits.requests_per_second = 1;
  fixture->limits.request_burst = 12;
  server_fixture_start (fixture);
  server_fixture_join (fixture);
}

static void
test_what_is_too_much_is_said (ServerFixture *fixture,
                               const void    *data)
{
  g_autoptr (GBytes) large = server_fixture_make_batch (fixture, &fixture->device, 1, 1, "a", 900);
  g_autoptr (GBytes) one = server_fixture_make_batch (fixture, &fixture->device, 1, 1, "a", 700);
  g_autoptr (GBytes) two = server_fixture_make_batch (fixture, &fixture->device, 2, 2, "a", 700);
  g_autoptr (GError) error = NULL;
  SyncPutReply reply;

  sync_remote_put_batch (fixture->remote, large, &reply, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (reply.status, ==, SYNC_PUT_TOO_LARGE);
  g_assert_cmpuint (reply.limit, ==, 1000);

  g_assert_cmpint (server_fixture_put (fixture->remote, one), ==, SYNC_PUT_TAKEN);
  g_assert_cmpint (server_fixture_put (fixture->remote, two), ==, SYNC_PUT_QUOTA);
  g_assert_cmpint (server_fixture_put (fixture->remote, one), ==, SYNC_PUT_SAME);

  for (guint i = 0; i < 20 && reply.status != SYNC_PUT_LATER; i++)
    {
      sync_remote_put_batch (fixture->remote, one, &reply, NULL, &error);
      g_assert_no_error (error);
    }
  g_assert_cmpint (reply.status, ==, SYNC_PUT_LATER);
  g_assert_cmpuint (reply.retry_after, >=, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, set_up_function, function)                                                        \
  g_test_add ("/server/stream/" name, ServerFixture, NULL, set_up_function, function,               \
              server_fixture_tear_down)

  ADD ("batches-come-back-as-they-were-put", set_up, test_batches_come_back_as_they_were_put);
  ADD ("duplicate-batch-is-idempotent", set_up, test_duplicate_batch_is_idempotent);
  ADD ("gap-is-refused-with-the-end", set_up, test_gap_is_refused_with_the_end);
  ADD ("forked-stream-is-refused", set_up, test_forked_stream_is_refused);
  ADD ("other-batching-is-refused", set_up, test_other_batching_is_refused);
  ADD ("batch-that-is-not-the-paths", set_up, test_batch_that_is_not_the_path_s);
  ADD ("forged-author-is-refused", set_up, test_forged_author_is_refused);
  ADD ("any-device-heals-another-stream", set_up, test_any_device_heals_another_stream);
  ADD ("revoked-device-is-shut-out", set_up, test_revoked_device_is_shut_out);
  ADD ("of-parallel-putters-one-wins", set_up, test_of_parallel_putters_one_wins);
  ADD ("pages-are-bounded-and-go-on", set_up, test_pages_are_bounded_and_go_on);
  ADD ("restart-keeps-heads-and-epoch", set_up, test_restart_keeps_heads_and_epoch);
  ADD ("database-put-back", set_up, test_database_put_back_takes_a_new_epoch);
  ADD ("cursor-ahead-of-server", set_up, test_cursor_ahead_of_server_takes_a_new_epoch);
  ADD ("long-poll-wakes", set_up, test_long_poll_wakes);
  ADD ("stopping-sends-those-who-wait-home", set_up, test_stopping_sends_those_who_wait_home);
  ADD ("what-is-too-much-is-said", set_up_small, test_what_is_too_much_is_said);

  return g_test_run ();
}
