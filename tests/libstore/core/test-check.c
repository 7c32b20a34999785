/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-check.h"

#include "test-store.h"

#include <sqlite3.h>

/* Another program writes to the file: with its own connection, triggers and all. */
static void
write_beside (TestStore  *store,
              const char *sql,
              gboolean    with_triggers)
{
  sqlite3 *handle;
  char *message = NULL;

  g_assert_cmpint (sqlite3_open (store->path, &handle), ==, SQLITE_OK);
  if (!with_triggers)
    sqlite3_db_config (handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
  sqlite3_exec (handle, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  sqlite3_close (handle);
}

static void
write_from_outside (TestStore  *store,
                    const char *sql,
                    gboolean    with_triggers)
{
  g_clear_object (&store->database);
  write_beside (store, sql, with_triggers);
  test_store_reopen (store);
}

static void
assert_checked (TestStore  *store,
                const char *wanted)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = store_check (store->database, NULL, NULL, NULL, &error);
  gboolean found = FALSE;

  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    {
      g_test_message ("%s", (const char *) g_ptr_array_index (problems, i));
      found |= wanted && strstr (g_ptr_array_index (problems, i), wanted);
    }
  if (wanted)
    g_assert_true (found);
  else
    g_assert_cmpuint (problems->len, ==, 0);
}

static TestStore *
make_lively_store (StoreId *id)
{
  TestStore *store = test_store_new ();
  g_autoptr (StoreRecord) party = test_store_add_party (store, "Ada");
  g_autoptr (StoreRecord) other = test_store_add_party (store, "Grace");

  *id = *store_record_get_id (party);
  g_free (test_store_set (store, "party", id, "nickname", "one"));
  g_free (test_store_set (store, "party", id, "nickname", "two"));
  test_store_delete (store, "party", store_record_get_id (other));
  return store;
}

static void
test_sound_store_has_no_problems (void)
{
  StoreId id;
  g_autoptr (TestStore) store = make_lively_store (&id);

  assert_checked (store, NULL);
}

static void
test_changed_field_is_named (void)
{
  StoreId id;
  g_autoptr (TestStore) store = make_lively_store (&id);
  g_autofree char *text = store_id_to_string (&id);

  write_from_outside (store, "UPDATE party SET nickname = 'x' WHERE nickname = 'two'", FALSE);
  assert_checked (store, "nickname");
  assert_checked (store, text);
  assert_checked (store, "digest");
}

static void
test_changed_clock_is_named (void)
{
  StoreId id;
  g_autoptr (TestStore) store = make_lively_store (&id);

  write_from_outside (store,
                      "UPDATE party SET clock = CAST (substr(clock, 1, 3) || x'7e' || substr(clock, 5)"
                      " AS BLOB) WHERE nickname = 'two'",
                      FALSE);
  assert_checked (store, "clock");
}

static void
test_changed_entry_is_named (void)
{
  StoreId id;
  g_autoptr (TestStore) store = make_lively_store (&id);

  write_from_outside (store,
                      "UPDATE log SET body = CAST (substr(body, 1, length(body) - 1) || 'z' AS BLOB)"
                      " WHERE seq = 4",
                      FALSE);
  assert_checked (store, "4");
}

static void
test_missing_row_is_named (void)
{
  StoreId id;
  g_autoptr (TestStore) store = make_lively_store (&id);

  write_from_outside (store, "DELETE FROM party WHERE nickname = 'two'", FALSE);
  assert_checked (store, "gone");
}

static void
test_other_programs_edit_is_logged (void)
{
  StoreId id;
  g_autoptr (TestStore) store = make_lively_store (&id);
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (GError) error = NULL;
  const StoreHistoryEntry *entry;
  const StoreHistoryChange *change;

  write_from_outside (store, "UPDATE party SET nickname = 'shell' WHERE nickname = 'two'", TRUE);
  assert_checked (store, NULL);
  history = store_history_of_record (store->database, STORE_KIND ("party"), &id, 10, &error);
  g_assert_no_error (error);
  entry = g_ptr_array_index (history, 0);
  change = g_ptr_array_index (entry->changes, 0);
  g_assert_cmpstr ((const char *) change->old_value.data, ==, "two");
  g_assert_cmpstr ((const char *) change->new_value.data, ==, "shell");
}

static void
test_other_programs_delete_is_trash (void)
{
  StoreId id;
  g_autoptr (TestStore) store = make_lively_store (&id);

  write_from_outside (store, "DELETE FROM party WHERE nickname = 'two'", TRUE);
  g_assert_true (test_store_is_trashed (store, "party", &id));
  assert_checked (store, NULL);
}

static void
test_other_programs_insert_is_logged (void)
{
  StoreId id;
  g_autoptr (TestStore) store = make_lively_store (&id);

  write_from_outside (store,
                      "INSERT INTO party (id, kind, display_name) VALUES"
                      " (x'00112233445566778899aabbccddeeff', 'person', 'Shell')",
                      TRUE);
  assert_checked (store, NULL);
}

static void
test_edit_over_other_programs_edit_is_logged (void)
{
  StoreId id;
  g_autoptr (TestStore) store = make_lively_store (&id);
  g_autofree char *nickname = NULL;
  g_autofree char *source = NULL;

  write_beside (store, "UPDATE party SET source = 'shell' WHERE nickname = 'two'", TRUE);
  g_free (test_store_set (store, "party", &id, "nickname", "three"));
  test_store_reopen (store);
  assert_checked (store, NULL);
  nickname = test_store_get (store, "party", &id, "nickname");
  source = test_store_get (store, "party", &id, "source");
  g_assert_cmpstr (nickname, ==, "three");
  g_assert_cmpstr (source, ==, "shell");
}

static void
test_row_removed_and_added_again_is_an_edit (void)
{
  StoreId id;
  g_autoptr (TestStore) store = make_lively_store (&id);
  g_autofree char *nickname = NULL;

  write_from_outside (store,
                      "CREATE TEMP TABLE kept AS SELECT id FROM party WHERE nickname = 'two';"
                      "DELETE FROM party WHERE nickname = 'two';"
                      "INSERT INTO party (id, kind, display_name, nickname)"
                      " SELECT id, 'person', 'Ada', 'again' FROM kept",
                      TRUE);
  g_assert_false (test_store_is_trashed (store, "party", &id));
  nickname = test_store_get (store, "party", &id, "nickname");
  g_assert_cmpstr (nickname, ==, "again");
  assert_checked (store, NULL);
}

static void
test_clashes_check_out (void)
{
  StoreId id;
  g_autoptr (TestStore) a = make_lively_store (&id);
  g_autoptr (TestStore) b = test_store_new ();

  test_store_sync (a, b);
  g_free (test_store_set (a, "party", &id, "nickname", "here"));
  g_free (test_store_set (b, "party", &id, "nickname", "there"));
  test_store_sync (a, b);
  g_assert_cmpuint (test_store_count_clashes (a), ==, 1);
  assert_checked (a, NULL);
  assert_checked (b, NULL);
  write_from_outside (b, "DELETE FROM head", FALSE);
  assert_checked (b, "clash");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add_func (name, func)
  ADD ("/check/sound-store-has-no-problems", test_sound_store_has_no_problems);
  ADD ("/check/changed-field-is-named", test_changed_field_is_named);
  ADD ("/check/changed-clock-is-named", test_changed_clock_is_named);
  ADD ("/check/changed-entry-is-named", test_changed_entry_is_named);
  ADD ("/check/missing-row-is-named", test_missing_row_is_named);
  ADD ("/check/other-programs-edit-is-logged", test_other_programs_edit_is_logged);
  ADD ("/check/other-programs-delete-is-trash", test_other_programs_delete_is_trash);
  ADD ("/check/other-programs-insert-is-logged", test_other_programs_insert_is_logged);
  ADD ("/check/edit-over-other-programs-edit-is-logged",
       test_edit_over_other_programs_edit_is_logged);
  ADD ("/check/row-removed-and-added-again-is-an-edit",
       test_row_removed_and_added_again_is_an_edit);
  ADD ("/check/clashes-check-out", test_clashes_check_out);
  return g_test_run ();
}
