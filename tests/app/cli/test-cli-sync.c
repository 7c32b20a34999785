/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two stores and a real server on loopback, each step a process of its own. */
#include "cli-run.h"

#include <signal.h>
#include <string.h>

typedef struct
{
  CliFolder laptop;
  CliFolder desktop;
  GSubprocess *server;
  char *url;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *folder = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  g_autoptr (GError) error = NULL;

  cli_folder_set_up (&fixture->laptop, data);
  cli_folder_set_up (&fixture->desktop, data);
  folder = g_build_filename (fixture->laptop.path, "server", NULL);
  fixture->server = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                                      g_getenv ("CLIENTELE_SERVER"), "--port", "0", "--data",
                                      folder, NULL);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (fixture->server));
  fixture->url = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  g_assert_no_error (error);
  g_free (cli_answer (&fixture->laptop, "init", NULL));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_subprocess_send_signal (fixture->server, SIGTERM);
  g_subprocess_wait (fixture->server, NULL, NULL);
  g_clear_object (&fixture->server);
  g_free (fixture->url);
  cli_folder_tear_down (&fixture->laptop, data);
  cli_folder_tear_down (&fixture->desktop, data);
}

static void
join (Fixture *fixture)
{
  g_autofree char *words = NULL;

  g_free (cli_answer (&fixture->laptop, "account", "create", fixture->url, "--name", "笔记本", NULL));
  words = cli_answer (&fixture->laptop, "account", "recovery", NULL);
  fixture->desktop.input = words;
  g_free (cli_answer (&fixture->desktop, "account", "join", fixture->url, "--name", "台式机", NULL));
  fixture->desktop.input = NULL;
}

static void
sync_both (Fixture *fixture)
{
  g_free (cli_answer (&fixture->laptop, "sync", NULL));
  g_free (cli_answer (&fixture->desktop, "sync", NULL));
  g_free (cli_answer (&fixture->laptop, "sync", NULL));
}

static char *
get_status (CliFolder  *folder,
            const char *member)
{
  g_autoptr (JsonNode) status = cli_json (folder, "status", NULL);

  return json_to_string (json_object_get_member (json_node_get_object (status), member), FALSE);
}

static void
assert_same (Fixture    *fixture,
             const char *member)
{
  g_autofree char *laptop = get_status (&fixture->laptop, member);
  g_autofree char *desktop = get_status (&fixture->desktop, member);

  g_assert_cmpstr (laptop, ==, desktop);
}

static char *
get_field (CliFolder  *folder,
           const char *id,
           const char *field)
{
  g_autoptr (JsonNode) record = cli_json (folder, "show", id, NULL);

  return g_strdup (json_object_get_string_member_with_default (json_node_get_object (record), field,
                                                              NULL));
}

static void
assert_field (CliFolder  *folder,
              const char *id,
              const char *field,
              const char *expected)
{
  g_autofree char *value = get_field (folder, id, field);

  g_assert_cmpstr (value, ==, expected);
}

/* The key alone is 24 words on one line, and joins a store that has data already. */
static void
test_a_store_with_data_joins (Fixture       *fixture,
                              gconstpointer  data)
{
  g_autofree char *ada = cli_answer (&fixture->laptop, "add", "person", "display_name=阿达", NULL);
  g_autofree char *bob = NULL;
  g_autofree char *words = NULL;
  g_auto (GStrv) split = NULL;
  g_autoptr (JsonNode) devices = NULL;

  g_free (cli_answer (&fixture->desktop, "init", NULL));
  bob = cli_answer (&fixture->desktop, "add", "person", "display_name=Bob", NULL);
  join (fixture);
  words = cli_answer (&fixture->laptop, "account", "recovery", NULL);
  split = g_strsplit (words, " ", -1);
  g_assert_cmpuint (g_strv_length (split), ==, 24);

  sync_both (fixture);
  assert_same (fixture, "digest");
  assert_same (fixture, "vector");
  assert_field (&fixture->desktop, ada, "display_name", "阿达");
  assert_field (&fixture->laptop, bob, "display_name", "Bob");
  devices = cli_json (&fixture->desktop, "devices", NULL);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (devices)), ==, 2);

  /* With nothing to say no record is written. */
  g_autofree char *before = get_status (&fixture->laptop, "vector");

  sync_both (fixture);

  g_autofree char *after = get_status (&fixture->laptop, "vector");

  g_assert_cmpstr (before, ==, after);
}

/* What is settled as "mine" is this device's value on both, and the clash is gone on both. */
static void
test_a_clash_is_settled_once (Fixture       *fixture,
                              gconstpointer  data)
{
  g_autofree char *id = cli_answer (&fixture->laptop, "add", "person", "display_name=Ada", NULL);
  g_autofree char *name = NULL;
  g_autoptr (JsonNode) clashes = NULL;
  g_autoptr (JsonNode) none = NULL;

  join (fixture);
  sync_both (fixture);
  g_free (cli_answer (&fixture->laptop, "set", id, "display_name=Augusta", "source=fair", NULL));
  g_free (cli_answer (&fixture->desktop, "set", id, "display_name=Ada King", "language=en", NULL));
  sync_both (fixture);
  assert_field (&fixture->laptop, id, "source", "fair");
  assert_field (&fixture->laptop, id, "language", "en");
  assert_same (fixture, "clashes");

  clashes = cli_json (&fixture->laptop, "clashes", NULL);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (clashes)), ==, 1);
  name = g_strdup (json_object_get_string_member (
    json_array_get_object_element (json_node_get_array (clashes), 0), "clash"));
  cli_fails (&fixture->laptop, 2, "settle", name, "both", NULL);
  cli_fails (&fixture->laptop, 1, "settle", "no-such-clash", "mine", NULL);
  g_free (cli_answer (&fixture->laptop, "settle", name, "mine", NULL));
  sync_both (fixture);
  assert_field (&fixture->desktop, id, "display_name", "Augusta");
  none = cli_json (&fixture->desktop, "clashes", NULL);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (none)), ==, 0);
  assert_same (fixture, "digest");
  g_free (cli_answer (&fixture->desktop, "check", NULL));
}

/* A backup of an account's store is sealed, and opens where one of the account's keys is near. */
static void
test_a_restored_store_goes_on (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autofree char *backup = g_build_filename (fixture->laptop.path, "backup", NULL);
  g_autofree char *sealed = NULL;
  g_autofree char *words = NULL;
  gsize length;

  g_free (cli_answer (&fixture->laptop, "add", "person", "display_name=Zanzibar", NULL));
  join (fixture);
  words = cli_answer (&fixture->laptop, "account", "recovery", NULL);
  sync_both (fixture);
  g_free (cli_answer (&fixture->laptop, "backup", backup, NULL));
  g_assert_true (g_file_get_contents (backup, &sealed, &length, NULL));
  g_assert_null (memmem (sealed, length, "Zanzibar", strlen ("Zanzibar")));
  g_free (cli_answer (&fixture->laptop, "add", "person", "display_name=Later", NULL));
  sync_both (fixture);

  g_free (cli_answer (&fixture->laptop, "restore-backup", backup, NULL));
  g_free (cli_answer (&fixture->laptop, "add", "person", "display_name=After", NULL));
  sync_both (fixture);
  g_free (cli_answer (&fixture->desktop, "sync", NULL));
  assert_same (fixture, "digest");

  g_autoptr (JsonNode) people = cli_json (&fixture->desktop, "list", "person", NULL);

  g_assert_cmpuint (json_array_get_length (json_node_get_array (people)), ==, 3);
}

static void
test_what_stops_a_sync_is_told (Fixture       *fixture,
                                gconstpointer  data)
{
  cli_fails (&fixture->laptop, 1, "sync", NULL);
  cli_fails (&fixture->laptop, 1, "account", "recovery", NULL);
  cli_fails (&fixture->desktop, 1, "account", "join", fixture->url, NULL);
  fixture->desktop.input = "abandon abandon abandon";
  cli_fails (&fixture->desktop, 1, "account", "join", fixture->url, NULL);
  fixture->desktop.input = NULL;
  g_assert_false (g_file_test (fixture->desktop.store, G_FILE_TEST_EXISTS));
  g_free (cli_answer (&fixture->laptop, "account", "create", fixture->url, NULL));
  cli_fails (&fixture->laptop, 1, "account", "create", fixture->url, NULL);

  g_subprocess_force_exit (fixture->server);
  g_subprocess_wait (fixture->server, NULL, NULL);
  g_free (cli_answer (&fixture->laptop, "add", "person", "display_name=Ada", NULL));
  cli_fails (&fixture->laptop, 1, "sync", NULL);

  g_autofree char *pending = get_status (&fixture->laptop, "pending");

  g_assert_cmpstr (pending, ==, "1");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/cli-sync/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("a-store-with-data-joins", test_a_store_with_data_joins);
  ADD ("a-clash-is-settled-once", test_a_clash_is_settled_once);
  ADD ("a-restored-store-goes-on", test_a_restored_store_goes_on);
  ADD ("what-stops-a-sync-is-told", test_what_stops_a_sync_is_told);
  return g_test_run ();
}
