/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-run.h"

#include <glib/gstdio.h>
#include <string.h>

static void
set_up (CliFolder     *folder,
        gconstpointer  data)
{
  cli_folder_set_up (folder, data);
  g_free (cli_answer (folder, "init", NULL));
}

static char *
get_digest (CliFolder *folder)
{
  g_autoptr (JsonNode) status = cli_json (folder, "status", NULL);

  return g_strdup (json_object_get_string_member (json_node_get_object (status), "digest"));
}

static void
assert_digest (CliFolder  *folder,
               const char *expected)
{
  g_autofree char *digest = get_digest (folder);

  g_assert_cmpstr (digest, ==, expected);
}

/* Any field that changes changes the digest; undone, it is what it was. */
static void
test_status_of_a_store_alone (CliFolder     *folder,
                              gconstpointer  data)
{
  g_autofree char *empty = get_digest (folder);
  g_autofree char *id = cli_answer (folder, "add", "person", "display_name=Ada", NULL);
  g_autofree char *one = get_digest (folder);

  g_assert_cmpstr (one, !=, empty);
  g_free (cli_answer (folder, "set", id, "language=zh", NULL));

  g_autofree char *two = get_digest (folder);
  g_autoptr (JsonNode) status = cli_json (folder, "status", NULL);
  JsonObject *object = json_node_get_object (status);

  g_assert_cmpstr (two, !=, one);
  g_assert_cmpint (json_object_get_int_member (object, "clashes"), ==, 0);
  g_assert_cmpint (json_object_get_int_member (object, "pending"), ==, 2);
  g_assert_true (json_object_get_null_member (object, "last_sync"));
  g_assert_nonnull (json_object_get_object_member (object, "vector"));
  g_free (cli_answer (folder, "undo", NULL));
  assert_digest (folder, one);
}

static void
test_backup_gives_back_what_was (CliFolder     *folder,
                                 gconstpointer  data)
{
  g_autofree char *id = cli_answer (folder, "add", "person", "display_name=欧阳娜娜", NULL);
  g_autofree char *digest = get_digest (folder);
  g_autofree char *backup = g_build_filename (folder->path, "备份", NULL);

  g_free (cli_answer (folder, "backup", backup, NULL));
  g_free (cli_answer (folder, "set", id, "display_name=x", NULL));

  g_autoptr (JsonNode) answer = cli_json (folder, "restore-backup", backup, NULL);
  const char *kept = json_object_get_string_member (json_node_get_object (answer), "kept");

  assert_digest (folder, digest);
  g_assert_true (g_file_test (kept, G_FILE_TEST_EXISTS));
  g_free (cli_answer (folder, "check", NULL));
  g_free (cli_answer (folder, "set", id, "display_name=y", NULL));
}

static void
test_passphrase_is_asked_for (CliFolder     *folder,
                              gconstpointer  data)
{
  g_autofree char *backup = g_build_filename (folder->path, "backup", NULL);
  g_autofree char *right = g_build_filename (folder->path, "right", NULL);
  g_autofree char *wrong = g_build_filename (folder->path, "wrong", NULL);
  g_autofree char *digest = get_digest (folder);
  g_autofree char *sealed = NULL;
  gsize length;

  g_free (cli_answer (folder, "add", "person", "display_name=Zanzibar", NULL));
  g_free (cli_answer (folder, "undo", NULL));
  g_assert_true (g_file_set_contents (right, "correct horse\n", -1, NULL));
  g_assert_true (g_file_set_contents (wrong, "battery staple\n", -1, NULL));
  g_free (cli_answer (folder, "backup", backup, "--passphrase-file", right, NULL));
  g_assert_true (g_file_get_contents (backup, &sealed, &length, NULL));
  g_assert_null (memmem (sealed, length, "Zanzibar", strlen ("Zanzibar")));

  cli_fails (folder, 1, "restore-backup", backup, NULL);
  cli_fails (folder, 1, "restore-backup", backup, "--passphrase-file", wrong, NULL);
  g_free (cli_answer (folder, "restore-backup", backup, "--passphrase-file", right, NULL));
  assert_digest (folder, digest);
}

/* A backup that is cut or changed is refused, and the store stays as it is. */
static void
test_damaged_backup_changes_nothing (CliFolder     *folder,
                                     gconstpointer  data)
{
  g_autofree char *backup = g_build_filename (folder->path, "backup", NULL);
  g_autofree char *bytes = NULL;
  gsize length;

  g_free (cli_answer (folder, "backup", backup, NULL));
  g_free (cli_answer (folder, "add", "person", "display_name=Ada", NULL));

  g_autofree char *digest = get_digest (folder);

  g_assert_true (g_file_get_contents (backup, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (backup, bytes, (gssize) length / 2, NULL));
  cli_fails (folder, 1, "restore-backup", backup, NULL);
  bytes[length / 2] ^= 0x40;
  g_assert_true (g_file_set_contents (backup, bytes, (gssize) length, NULL));
  cli_fails (folder, 1, "restore-backup", backup, NULL);
  g_assert_true (g_file_set_contents (backup, "no backup at all", -1, NULL));
  cli_fails (folder, 1, "restore-backup", backup, NULL);
  cli_fails (folder, 1, "restore-backup", "nowhere", NULL);
  assert_digest (folder, digest);
}

/* A byte that changed in the file is named, and the answer is JSON all the same. */
static void
test_check_names_a_changed_byte (CliFolder     *folder,
                                 gconstpointer  data)
{
  g_autofree char *bytes = NULL;
  g_autoptr (CliRun) run = NULL;
  g_autoptr (JsonNode) answer = NULL;
  gsize length;
  char *at;

  g_free (cli_answer (folder, "add", "person", "display_name=Zanzibar Wanderer", NULL));
  g_free (cli_answer (folder, "check", NULL));

  /* In the table's row, and nowhere else, the name stands right behind the kind. */
  g_assert_true (g_file_get_contents (folder->store, &bytes, &length, NULL));
  at = memmem (bytes, length, "personZanzibar", strlen ("personZanzibar"));
  g_assert_nonnull (at);
  at += strlen ("person");
  *at = 'B';
  g_assert_true (g_file_set_contents (folder->store, bytes, (gssize) length, NULL));

  run = cli_run (folder, "--json", "check", NULL);
  g_assert_cmpint (run->status, ==, 1);
  answer = json_from_string (run->out, NULL);
  g_assert_nonnull (answer);
  g_assert_false (json_object_get_boolean_member (json_node_get_object (answer), "sound"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (
                      json_node_get_object (answer), "findings")), >=, 1);
}

static void
test_export_is_whole_or_absent (CliFolder     *folder,
                                gconstpointer  data)
{
  g_autofree char *target = g_build_filename (folder->path, "导出", NULL);
  g_autofree char *csv = g_build_filename (target, "party.csv", NULL);
  g_autofree char *text = NULL;

  g_free (cli_answer (folder, "add", "person", "display_name=欧阳娜娜", NULL));
  g_free (cli_answer (folder, "export", target, NULL));
  g_assert_true (g_file_get_contents (csv, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "欧阳娜娜"));
  cli_fails (folder, 1, "export", target, NULL);
  cli_fails (folder, 1, "export", "/proc/nowhere/export", NULL);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) \
  g_test_add ("/cli-safety/" name, CliFolder, NULL, set_up, func, cli_folder_tear_down)
  ADD ("status-of-a-store-alone", test_status_of_a_store_alone);
  ADD ("backup-gives-back-what-was", test_backup_gives_back_what_was);
  ADD ("passphrase-is-asked-for", test_passphrase_is_asked_for);
  ADD ("damaged-backup-changes-nothing", test_damaged_backup_changes_nothing);
  ADD ("check-names-a-changed-byte", test_check_names_a_changed_byte);
  ADD ("export-is-whole-or-absent", test_export_is_whole_or_absent);
  return g_test_run ();
}
