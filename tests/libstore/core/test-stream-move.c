/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-check.h"

#include "test-store.h"

#include <gio/gio.h>

static void
copy_store (TestStore *from,
            TestStore *to)
{
  g_autoptr (GFile) source = g_file_new_for_path (from->path);
  g_autoptr (GFile) target = g_file_new_for_path (to->path);
  g_autoptr (GError) error = NULL;

  g_clear_object (&from->database);
  g_clear_object (&to->database);
  g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  test_store_reopen (from);
  test_store_reopen (to);
}

static void
assert_sound (TestStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = store_check (store->database, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (problems, i));
  g_assert_cmpuint (problems->len, ==, 0);
}

static void
leave (TestStore  *store,
       const char *name,
       guint64     common)
{
  g_autoptr (GError) error = NULL;
  StoreStreamId fresh = { { 0 } };

  memcpy (fresh.bytes, name, MIN (strlen (name), sizeof fresh.bytes));
  store_log_leave_stream (store->database, &fresh, common, &error);
  g_assert_no_error (error);
}

static guint64
get_own_number (TestStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) streams = store_log_list_streams (store->database, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < streams->len; i++)
    if (g_array_index (streams, StoreStream, i).own)
      return g_array_index (streams, StoreStream, i).number;
  g_assert_not_reached ();
}

/* Two copies of one store write under one name; the one that is found out moves. */
static void
test_copied_store_takes_a_new_stream (void)
{
  g_autoptr (TestStore) a = test_store_new ();
  g_autoptr (TestStore) copy = test_store_new ();
  g_autoptr (TestStore) b = test_store_new ();
  g_autoptr (StoreRecord) party = test_store_add_party (a, "Ada");
  const StoreId *id = store_record_get_id (party);
  g_autofree char *left = NULL;
  g_autofree char *right = NULL;
  g_autofree char *middle = NULL;
  guint64 common;

  test_store_sync (a, b);
  g_free (test_store_set (b, "party", id, "source", "fair"));
  test_store_sync (a, b);
  g_free (test_store_set (a, "party", id, "family_name", "L"));
  common = get_own_number (a);
  copy_store (a, copy);

  g_free (test_store_set (a, "party", id, "nickname", "here"));
  g_free (test_store_set (copy, "party", id, "nickname", "there"));
  g_free (test_store_set (copy, "party", id, "notes", "only in the copy"));
  test_store_delete (copy, "party", id);
  test_store_restore (copy, "party", id);
  leave (copy, "fresh-01", common);
  assert_sound (copy);

  for (int i = 0; i < 3; i++)
    {
      test_store_sync (a, b);
      test_store_sync (copy, b);
    }
  left = test_store_describe (a);
  right = test_store_describe (b);
  middle = test_store_describe (copy);
  g_assert_cmpstr (left, ==, right);
  g_assert_cmpstr (middle, ==, right);
  g_assert_cmpuint (test_store_count_clashes (a), ==, 1);
  assert_sound (a);
  assert_sound (b);
  assert_sound (copy);
}

/* A restored store without unsent changes moves before it writes. */
static void
test_restored_store_moves_before_it_writes (void)
{
  g_autoptr (TestStore) a = test_store_new ();
  g_autoptr (TestStore) old = test_store_new ();
  g_autoptr (TestStore) b = test_store_new ();
  g_autoptr (StoreRecord) party = test_store_add_party (a, "Ada");
  const StoreId *id = store_record_get_id (party);
  g_autofree char *left = NULL;
  g_autofree char *right = NULL;
  guint64 common;

  common = get_own_number (a);
  copy_store (a, old);
  g_free (test_store_set (a, "party", id, "nickname", "later"));
  test_store_sync (a, b);

  leave (old, "fresh-02", common);
  assert_sound (old);
  test_store_sync (old, b);
  g_free (test_store_set (old, "party", id, "nickname", "after the restore"));
  test_store_sync (old, b);
  left = test_store_describe (old);
  right = test_store_describe (b);
  g_assert_cmpstr (left, ==, right);
  g_assert_cmpuint (test_store_count_clashes (b), ==, 0);
  assert_sound (old);
}

static gboolean
add_three (StoreTransaction *transaction,
           gpointer          data,
           GError          **error)
{
  static const char *const names[] = { "one", "two", "three" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (StoreRecord) party = store_record_new (STORE_KIND ("party"));

      store_record_set_text (party, "kind", "person");
      store_record_set_text (party, "display_name", names[i]);
      if (!store_transaction_save (transaction, party, error))
        return FALSE;
    }
  return TRUE;
}

/* The others have the first part of a transaction only: it moves with all its parts. */
static void
test_half_a_transaction_moves_whole (void)
{
  g_autoptr (TestStore) a = test_store_new ();
  g_autoptr (TestStore) b = test_store_new ();
  g_autoptr (StoreRecord) party = test_store_add_party (a, "Ada");
  g_autoptr (GError) error = NULL;
  g_autofree char *left = NULL;
  g_autofree char *right = NULL;
  guint64 common;

  test_store_sync (a, b);
  store_database_set_part_size (a->database, 1);
  common = get_own_number (a) + 1;
  store_database_write (a->database, "Add", NULL, add_three, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (get_own_number (a), ==, common + 2);

  leave (a, "fresh-03", common);
  assert_sound (a);
  test_store_sync (a, b);
  left = test_store_describe (a);
  right = test_store_describe (b);
  g_assert_cmpstr (left, ==, right);
  assert_sound (b);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stream-move/copied-store-takes-a-new-stream",
                   test_copied_store_takes_a_new_stream);
  g_test_add_func ("/stream-move/restored-store-moves-before-it-writes",
                   test_restored_store_moves_before_it_writes);
  g_test_add_func ("/stream-move/half-a-transaction-moves-whole",
                   test_half_a_transaction_moves_whole);
  return g_test_run ();
}
