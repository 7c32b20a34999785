/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server-fixture.h"

#include <string.h>

static void
set_up (ServerFixture *fixture,
        const void    *data)
{
  server_fixture_set_up (fixture, data);
  fixture->limits.max_roster_entries = 10;
  server_fixture_start (fixture);
  server_fixture_join (fixture);
}

static gboolean
append (SyncRemote  *remote,
        const char  *text,
        guint64      expected,
        SyncError   *code)
{
  g_autoptr (GBytes) entry = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;

  if (sync_remote_append_roster (remote, entry, expected, NULL, &error))
    return TRUE;

  g_assert_cmpuint (error->domain, ==, SYNC_ERROR);
  *code = error->code;
  return FALSE;
}

static GPtrArray *
get_entries (SyncRemote *remote,
             guint64    *version)
{
  GPtrArray *entries = NULL;
  g_autoptr (GError) error = NULL;

  sync_remote_get_roster (remote, &entries, version, NULL, &error);
  g_assert_no_error (error);
  return entries;
}

static void
test_append_compares_and_sets (ServerFixture *fixture,
                               const void    *data)
{
  g_autoptr (GPtrArray) entries = NULL;
  guint64 version;
  SyncError code;

  g_assert_true (append (fixture->remote, "one", 0, &code));
  g_assert_false (append (fixture->remote, "other", 0, &code));
  g_assert_cmpint (code, ==, SYNC_ERROR_CONFLICT);
  g_assert_true (append (fixture->remote, "two", 1, &code));
  g_assert_false (append (fixture->remote, "three", 5, &code));
  g_assert_cmpint (code, ==, SYNC_ERROR_CONFLICT);

  entries = get_entries (fixture->remote, &version);
  g_assert_cmpuint (version, ==, 2);
  g_assert_cmpuint (entries->len, ==, 2);
  g_assert_cmpmem (g_bytes_get_data (g_ptr_array_index (entries, 1), NULL), 3, "two", 3);
}

static void
test_lost_answer_is_no_conflict (ServerFixture *fixture,
                                 const void    *data)
{
  g_autoptr (GPtrArray) entries = NULL;
  guint64 version;
  SyncError code;

  g_assert_true (append (fixture->remote, "one", 0, &code));
  g_assert_true (append (fixture->remote, "one", 0, &code));
  g_assert_true (append (fixture->remote, "two", 1, &code));
  g_assert_false (append (fixture->remote, "one", 0, &code));
  entries = get_entries (fixture->remote, &version);
  g_assert_cmpuint (entries->len, ==, 2);
}

static gpointer
append_thread (gpointer data)
{
  g_autoptr (SyncRemote) remote = NULL;
  ServerFixture *fixture = data;
  g_autofree char *text = g_strdup_printf ("entry %p", (void *) g_thread_self ());
  SyncError code = SYNC_ERROR_CONFLICT;
  gboolean done;

  remote = server_fixture_make_remote (fixture, &fixture->device);
  done = append (remote, text, 0, &code);
  g_assert_cmpint (code, ==, SYNC_ERROR_CONFLICT);
  return GINT_TO_POINTER (done);
}

static void
test_of_parallel_writers_one_wins (ServerFixture *fixture,
                                   const void    *data)
{
  GThread *threads[6];
  guint done = 0;

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("writer", append_thread, fixture);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    done += GPOINTER_TO_INT (g_thread_join (threads[i]));

  g_assert_cmpuint (done, ==, 1);
}

static void
test_roster_is_bounded (ServerFixture *fixture,
                        const void    *data)
{
  SyncError code = SYNC_ERROR_FAILED;
  guint64 version = 0;

  while (version < 20 && append (fixture->remote, "entry", version, &code))
    version++;

  g_assert_cmpuint (version, ==, 10);
  g_assert_cmpint (code, ==, SYNC_ERROR_QUOTA);
  g_assert_false (append (fixture->remote, "", 10, &code));
  g_assert_cmpint (code, ==, SYNC_ERROR_FAILED);
}

static void
test_state_is_its_device_s (ServerFixture *fixture,
                            const void    *data)
{
  g_autoptr (GBytes) first = g_bytes_new_static ("first", 5);
  g_autoptr (GBytes) second = g_bytes_new_static ("2nd", 3);
  g_autoptr (GBytes) large = g_bytes_new_take (g_malloc0 (4097), 4097);
  g_autoptr (GBytes) state = NULL;
  g_autoptr (GError) error = NULL;
  SyncSigningKey other;
  guint8 own[SYNC_STREAM_ID_SIZE];
  guint8 foreign[SYNC_STREAM_ID_SIZE];

  sync_signing_key_generate (&other);
  sync_stream_id_from_public_key (own, fixture->device.public_key);
  sync_stream_id_from_public_key (foreign, other.public_key);

  g_assert_true (sync_remote_get_state (fixture->remote, foreign, &state, NULL, &error));
  g_assert_null (state);
  sync_remote_enrol (fixture->remote, &fixture->account, other.public_key, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (sync_remote_get_state (fixture->remote, foreign, &state, NULL, &error));
  g_assert_null (state);
  g_assert_false (sync_remote_put_state (fixture->remote, foreign, first, NULL, &error));
  g_assert_error (error, SYNC_ERROR, SYNC_ERROR_FAILED);
  g_clear_error (&error);

  g_assert_true (sync_remote_put_state (fixture->remote, own, first, NULL, &error));
  g_assert_true (sync_remote_put_state (fixture->remote, own, second, NULL, &error));
  g_assert_true (sync_remote_get_state (fixture->remote, own, &state, NULL, &error));
  g_assert_true (g_bytes_equal (state, second));
  g_assert_false (sync_remote_put_state (fixture->remote, own, large, NULL, &error));
  g_assert_error (error, SYNC_ERROR, SYNC_ERROR_TOO_LARGE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                         \
  g_test_add ("/server/roster/" name, ServerFixture, NULL, set_up, function,                        \
              server_fixture_tear_down)

  ADD ("append-compares-and-sets", test_append_compares_and_sets);
  ADD ("lost-answer-is-no-conflict", test_lost_answer_is_no_conflict);
  ADD ("of-parallel-writers-one-wins", test_of_parallel_writers_one_wins);
  ADD ("roster-is-bounded", test_roster_is_bounded);
  ADD ("state-is-its-devices", test_state_is_its_device_s);

  return g_test_run ();
}
