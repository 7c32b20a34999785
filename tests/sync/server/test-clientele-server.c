/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server-fixture.h"

#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/wait.h>

/* The program itself: what it prints, how it ends, and what is left after kill -9. */

#define PROGRAM_VARIABLE "CLIENTELE_SERVER"

typedef struct
{
  ServerFixture server;
  GSubprocess *process;
} Fixture;

static GSubprocess *
spawn (const char *const  *arguments,
       char              **line)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GDataInputStream) output = NULL;
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_ptr_array_add (argv, (gpointer) g_getenv (PROGRAM_VARIABLE));
  for (guint i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer) arguments[i]);
  g_ptr_array_add (argv, NULL);

  process = g_subprocess_newv ((const char *const *) argv->pdata,
                               G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                               &error);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (output), FALSE);
  *line = g_data_input_stream_read_line (output, NULL, NULL, NULL);
  return process;
}

static void
start (Fixture *fixture)
{
  const char *const arguments[] = { "--port", "0", "--data", fixture->server.directory, NULL };

  g_clear_pointer (&fixture->server.url, g_free);
  fixture->process = spawn (arguments, &fixture->server.url);
  g_assert_nonnull (fixture->server.url);
  g_assert_true (g_str_has_prefix (fixture->server.url, "http://127.0.0.1:"));
  fixture->server.remote = server_fixture_make_remote (&fixture->server, &fixture->server.device);
}

static void
stop (Fixture *fixture,
      int      number)
{
  g_clear_object (&fixture->server.remote);
  g_subprocess_send_signal (fixture->process, number);
  g_subprocess_wait (fixture->process, NULL, NULL);
  if (number == SIGTERM)
    g_assert_true (g_subprocess_get_successful (fixture->process));
  g_clear_object (&fixture->process);
}

static void
set_up (Fixture    *fixture,
        const void *data)
{
  server_fixture_set_up (&fixture->server, data);
  start (fixture);
  server_fixture_join (&fixture->server);
}

static void
tear_down (Fixture    *fixture,
           const void *data)
{
  if (fixture->process != NULL)
    stop (fixture, SIGTERM);
  g_clear_pointer (&fixture->server.url, g_free);
  server_fixture_tear_down (&fixture->server, data);
}

static void
test_ends_cleanly_and_keeps_all (Fixture    *fixture,
                                 const void *data)
{
  g_autoptr (GBytes) batch = server_fixture_make_batch (&fixture->server,
                                                        &fixture->server.device,
                                                        1,
                                                        3,
                                                        "a",
                                                        10);

  g_assert_cmpint (server_fixture_put (fixture->server.remote, batch), ==, SYNC_PUT_TAKEN);
  stop (fixture, SIGTERM);
  start (fixture);
  g_assert_cmpuint (server_fixture_get_end (fixture->server.remote, &fixture->server.device), ==, 3);
}

typedef struct
{
  Fixture *fixture;
  gint acknowledged;
} Pusher;

static gpointer
push_until_dead (gpointer data)
{
  Pusher *pusher = data;
  ServerFixture *server = &pusher->fixture->server;
  g_autoptr (SyncRemote) remote = server_fixture_make_remote (server, &server->device);
  guint64 number = pusher->acknowledged + 1;
  gboolean is_alive = TRUE;

  while (is_alive)
    {
      g_autoptr (GBytes) batch = server_fixture_make_batch (server,
                                                            &server->device,
                                                            number,
                                                            number,
                                                            "a",
                                                            20000);
      SyncPutReply reply;

      is_alive = sync_remote_put_batch (remote, batch, &reply, NULL, NULL);
      if (is_alive && reply.status == SYNC_PUT_TAKEN)
        g_atomic_int_set (&pusher->acknowledged, (gint) number++);
    }

  return NULL;
}

static void
assert_is_whole (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->server.directory, "server.sqlite", NULL);
  sqlite3 *connection;
  sqlite3_stmt *statement;

  g_assert_cmpint (sqlite3_open (path, &connection), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (connection,
                                       "SELECT integrity_check = 'ok' AND"
                                       " (SELECT count (*) = max (last) AND count (*) = max (arrival)"
                                       "  FROM batch) AND"
                                       " (SELECT max (last) FROM batch) ="
                                       " (SELECT last FROM device) AND"
                                       " (SELECT arrival FROM account) ="
                                       " (SELECT count (*) FROM batch)"
                                       " FROM pragma_integrity_check",
                                       -1,
                                       &statement,
                                       NULL),
                   ==,
                   SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  g_assert_cmpint (sqlite3_column_int (statement, 0), ==, 1);
  sqlite3_finalize (statement);
  sqlite3_close (connection);
}

/* Killed in the midst of puts, again and again: what was acknowledged is there, and the log, the
 * heads and the counts agree.
 */
static void
test_kill_keeps_what_was_acknowledged (Fixture    *fixture,
                                       const void *data)
{
  for (guint round = 0; round < 5; round++)
    {
      Pusher pusher = {
        .fixture = fixture,
        .acknowledged = server_fixture_get_end (fixture->server.remote, &fixture->server.device),
      };
      GThread *thread = g_thread_new ("pusher", push_until_dead, &pusher);
      guint64 end;

      g_usleep (60 * 1000 + round * 7000);
      stop (fixture, SIGKILL);
      g_thread_join (thread);
      start (fixture);

      end = server_fixture_get_end (fixture->server.remote, &fixture->server.device);
      g_test_message ("%d acknowledged, %" G_GUINT64_FORMAT " there", pusher.acknowledged, end);
      g_assert_cmpuint (end, >=, (guint64) pusher.acknowledged);
      g_assert_cmpuint (end, <=, (guint64) pusher.acknowledged + 1);
      assert_is_whole (fixture);
    }
}

static int
run_to_end (const char *const  *arguments,
            char              **line)
{
  g_autoptr (GSubprocess) process = spawn (arguments, line);

  g_subprocess_wait (process, NULL, NULL);
  return g_subprocess_get_exit_status (process);
}

static void
test_second_server_on_a_folder_is_refused (Fixture    *fixture,
                                           const void *data)
{
  const char *const arguments[] = { "--port", "0", "--data", fixture->server.directory, NULL };
  g_autofree char *line = NULL;

  g_assert_cmpint (run_to_end (arguments, &line), ==, 1);
  g_assert_null (line);
}

static void
test_invite_prints_a_code_while_serving (Fixture    *fixture,
                                         const void *data)
{
  const char *const arguments[] = { "invite", "--data", fixture->server.directory, NULL };
  g_autofree char *code = NULL;

  g_assert_cmpint (run_to_end (arguments, &code), ==, 0);
  g_assert_cmpuint (strlen (code), ==, 19);
}

static void
test_wrong_usage_is_told (Fixture    *fixture,
                          const void *data)
{
  static const char *const wrong[][3] = {
    { "--port", "70000", NULL }, { "--port", "x", NULL },  { "--what", NULL },
    { "serve", NULL },           { "--days", "0", NULL }, { "invite", "again", NULL },
  };
  const char *const bad_address[] = { "--address", "nowhere", "--data", fixture->server.directory,
                                      NULL };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *line = NULL;

      g_assert_cmpint (run_to_end (wrong[i], &line), ==, 2);
    }

  {
    g_autofree char *line = NULL;

    stop (fixture, SIGTERM);
    g_assert_cmpint (run_to_end (bad_address, &line), ==, 1);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                         \
  g_test_add ("/clientele-server/" name, Fixture, NULL, set_up, function, tear_down)

  ADD ("ends-cleanly-and-keeps-all", test_ends_cleanly_and_keeps_all);
  ADD ("kill-keeps-what-was-acknowledged", test_kill_keeps_what_was_acknowledged);
  ADD ("second-server-on-a-folder-is-refused", test_second_server_on_a_folder_is_refused);
  ADD ("invite-prints-a-code-while-serving", test_invite_prints_a_code_while_serving);
  ADD ("wrong-usage-is-told", test_wrong_usage_is_told);

  return g_test_run ();
}
