/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tests/data/store-version-1.clientele was written by the first version of the file format and is
 * kept for ever: every later version opens it, finds it sound, and reads what it said then.
 * Run with --write FILE to see how it was made.
 */
#include "store-check.h"

#include "test-store.h"

#include <gio/gio.h>

static const char digest_of_version_1[] = "ff2ced035109964c13f9147a1fcf334a";

static char *
describe_digest (StoreDatabase *database)
{
  g_autoptr (GError) error = NULL;
  guint8 digest[STORE_DIGEST_SIZE];
  GString *text = g_string_new (NULL);

  store_log_get_digest (database, digest, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < sizeof digest; i++)
    g_string_append_printf (text, "%02x", digest[i]);
  return g_string_free (text, FALSE);
}

/* Two devices' worth of everything that the file can hold: edits, a clash, a delete, a child, a
 * link, an undo, a record in several parts, a record that waits. */
static void
write_sample (const char *path)
{
  g_autoptr (TestStore) a = test_store_new ();
  g_autoptr (TestStore) b = test_store_new ();
  g_autoptr (StoreRecord) ada = test_store_add_party (a, "Ada Lovelace");
  g_autoptr (StoreRecord) wei = test_store_add_party (a, "张伟");
  g_autoptr (StoreRecord) order = store_record_new (STORE_KIND ("document"));
  g_autoptr (StoreRecord) tag = store_record_new (STORE_KIND ("tag"));
  g_autoptr (StoreRecord) tagging = store_record_new (STORE_KIND ("tagging"));
  g_autoptr (StoreUndoReport) report = NULL;
  g_autoptr (GFile) from = NULL;
  g_autoptr (GFile) to = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autofree char *digest = NULL;
  const StoreId *id = store_record_get_id (ada);

  test_store_sync (a, b);
  g_free (test_store_set (a, "party", id, "nickname", "Countess"));
  g_free (test_store_set (b, "party", id, "nickname", "Enchantress"));
  g_free (test_store_set (b, "party", id, "birthday", "--12-10"));
  store_record_set_text (order, "kind", "order");
  store_record_set_reference (order, "party", id);
  store_record_set_text (order, "currency", "EUR");
  store_record_set_integer (order, "total", 1250);
  store_record_set_text (order, "date", "2026-11-01");
  store_database_save (a->database, "Add", order, NULL, &error);
  store_record_set_text (tag, "name", "VIP");
  store_database_save (b->database, "Tag", tag, NULL, &error);
  store_record_set_reference (tagging, "party", id);
  store_record_set_reference (tagging, "tag", store_record_get_id (tag));
  store_database_save (b->database, "Tag", tagging, NULL, &error);
  g_assert_no_error (error);
  g_free (test_store_set (a, "party", store_record_get_id (wei), "notes", "to be undone"));
  report = store_undo (a->database, NULL, &error);
  g_assert_no_error (error);
  test_store_delete (b, "party", store_record_get_id (wei));
  test_store_sync (a, b);
  test_store_sync (a, b);
  digest = describe_digest (a->database);
  g_print ("digest %s, clashes %u\n", digest, test_store_count_clashes (a));
  g_clear_object (&a->database);
  from = g_file_new_for_path (a->path);
  g_file_copy (from, to, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  test_store_reopen (a);
}

static void
test_version_1_is_read (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "store-version-1.clientele",
                                                 NULL);
  g_autoptr (TestStore) store = test_store_new ();
  g_autoptr (GFile) from = g_file_new_for_path (path);
  g_autoptr (GFile) to = g_file_new_for_path (store->path);
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *digest = NULL;

  g_clear_object (&store->database);
  g_file_copy (from, to, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  test_store_reopen (store);
  problems = store_check (store->database, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (problems, i));
  g_assert_cmpuint (problems->len, ==, 0);
  digest = describe_digest (store->database);
  g_assert_cmpstr (digest, ==, digest_of_version_1);
  g_assert_cmpuint (test_store_count_clashes (store), ==, 1);
  history = store_history_of_store (store->database, 100, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (history->len, ==, 12);
}

static void
test_later_version_is_left_alone (void)
{
  g_autoptr (TestStore) store = test_store_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreDatabase) database = NULL;
  sqlite3 *handle;

  g_clear_object (&store->database);
  g_assert_cmpint (sqlite3_open (store->path, &handle), ==, SQLITE_OK);
  sqlite3_exec (handle, "PRAGMA user_version = 2", NULL, NULL, NULL);
  sqlite3_close (handle);
  database = store_database_open (store->path, STORE_OPEN_CREATE, &error);
  g_assert_null (database);
  g_assert_error (error, STORE_ERROR, STORE_ERROR_TOO_NEW);
}

static void
test_other_database_is_left_alone (void)
{
  g_autoptr (TestStore) store = test_store_new ();
  g_autofree char *path = g_strconcat (store->path, "-wal", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreDatabase) database = NULL;
  sqlite3 *handle;

  g_clear_object (&store->database);
  g_assert_true (g_file_set_contents (store->path, "", 0, NULL));
  g_assert_cmpint (sqlite3_open (store->path, &handle), ==, SQLITE_OK);
  sqlite3_exec (handle, "CREATE TABLE mine (a)", NULL, NULL, NULL);
  sqlite3_close (handle);
  database = store_database_open (store->path, STORE_OPEN_CREATE, &error);
  g_assert_null (database);
  g_assert_error (error, STORE_ERROR, STORE_ERROR_DAMAGED);
}

int
main (int    argc,
      char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], "--write"))
    {
      write_sample (argv[2]);
      return 0;
    }

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/file-version/version-1-is-read", test_version_1_is_read);
  g_test_add_func ("/file-version/later-version-is-left-alone", test_later_version_is_left_alone);
  g_test_add_func ("/file-version/other-database-is-left-alone", test_other_database_is_left_alone);
  return g_test_run ();
}
