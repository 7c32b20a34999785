/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-store.h"

static StoreRecord *
new_note (StoreRecord *party)
{
  StoreRecord *note = store_record_new (STORE_KIND ("activity"));

  store_record_set_text (note, "kind", "note");
  store_record_set_reference (note, "party", store_record_get_id (party));
  return note;
}

static void
undo (TestStore  *store,
      const char *group,
      guint       undone,
      guint       kept)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreUndoReport) report = store_undo (store->database, group, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (report->undone, ==, undone);
  g_assert_cmpuint (report->kept->len, ==, kept);
}

static void
assert_nickname (TestStore     *store,
                 const StoreId *id,
                 const char    *wanted)
{
  g_autofree char *text = test_store_get (store, "party", id, "nickname");

  g_assert_cmpstr (text, ==, wanted);
}

typedef struct
{
  StoreRecord *party;
  StoreRecord *note;
} Pair;

static gboolean
save_pair (StoreTransaction *transaction,
           gpointer          data,
           GError          **error)
{
  Pair *pair = data;

  return store_transaction_save (transaction, pair->party, error) &&
         store_transaction_save (transaction, pair->note, error);
}

static char *
add_pair (TestStore *store,
          Pair      *pair)
{
  g_autoptr (GError) error = NULL;
  char *group = NULL;

  pair->party = store_record_new (STORE_KIND ("party"));
  store_record_set_text (pair->party, "kind", "person");
  store_record_set_text (pair->party, "display_name", "Ada");
  pair->note = new_note (pair->party);
  store_database_write (store->database, "Add", NULL, save_pair, pair, &group, &error);
  g_assert_no_error (error);
  return group;
}

static void
test_what_came_together_goes_together (void)
{
  g_autoptr (TestStore) store = test_store_new ();
  Pair pair;
  g_autofree char *group = add_pair (store, &pair);
  g_autoptr (StoreRecord) party = pair.party;
  g_autoptr (StoreRecord) note = pair.note;

  undo (store, group, 2, 0);
  g_assert_true (test_store_is_trashed (store, "party", store_record_get_id (party)));
  g_assert_true (test_store_is_trashed (store, "activity", store_record_get_id (note)));
}

static void
test_later_note_keeps_the_record (void)
{
  g_autoptr (TestStore) store = test_store_new ();
  g_autoptr (GError) error = NULL;
  Pair pair;
  g_autofree char *group = add_pair (store, &pair);
  g_autoptr (StoreRecord) party = pair.party;
  g_autoptr (StoreRecord) first = pair.note;
  g_autoptr (StoreRecord) later = new_note (party);

  store_database_save (store->database, "Add", later, NULL, &error);
  g_assert_no_error (error);
  undo (store, group, 1, 1);
  g_assert_false (test_store_is_trashed (store, "party", store_record_get_id (party)));
  g_assert_false (test_store_is_trashed (store, "activity", store_record_get_id (later)));
  g_assert_true (test_store_is_trashed (store, "activity", store_record_get_id (first)));
}

static void
test_later_edit_of_a_child_keeps_both (void)
{
  g_autoptr (TestStore) store = test_store_new ();
  Pair pair;
  g_autofree char *group = add_pair (store, &pair);
  g_autoptr (StoreRecord) party = pair.party;
  g_autoptr (StoreRecord) note = pair.note;

  g_free (test_store_set (store, "activity", store_record_get_id (note), "body", "important"));
  undo (store, group, 0, 2);
  g_assert_false (test_store_is_trashed (store, "party", store_record_get_id (party)));
  g_assert_false (test_store_is_trashed (store, "activity", store_record_get_id (note)));
}

static void
test_note_after_a_restore_keeps_the_record (void)
{
  g_autoptr (TestStore) store = test_store_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreRecord) party = test_store_add_party (store, "Ada");
  g_autoptr (StoreRecord) later = new_note (party);
  g_autoptr (StoreUndoReport) report = NULL;

  test_store_delete (store, "party", store_record_get_id (party));
  report = store_undo (store->database, NULL, &error);
  g_assert_no_error (error);
  store_database_save (store->database, "Add", later, NULL, &error);
  g_assert_no_error (error);
  undo (store, report->new_group, 0, 1);
  g_assert_false (test_store_is_trashed (store, "party", store_record_get_id (party)));
  g_assert_false (test_store_is_trashed (store, "activity", store_record_get_id (later)));
}

static void
test_redo_of_a_delete_deletes_again (void)
{
  g_autoptr (TestStore) store = test_store_new ();
  g_autoptr (GError) error = NULL;
  Pair pair;
  g_autofree char *group = add_pair (store, &pair);
  g_autoptr (StoreRecord) party = pair.party;
  g_autoptr (StoreRecord) note = pair.note;
  g_autoptr (StoreUndoReport) report = NULL;

  test_store_delete (store, "party", store_record_get_id (party));
  report = store_undo (store->database, NULL, &error);
  g_assert_no_error (error);
  undo (store, report->new_group, 2, 0);
  g_assert_true (test_store_is_trashed (store, "party", store_record_get_id (party)));
  g_assert_true (test_store_is_trashed (store, "activity", store_record_get_id (note)));
}

/* What an undo put back is what the group before it wrote. */
static void
test_undo_goes_back_step_by_step (void)
{
  g_autoptr (TestStore) store = test_store_new ();
  g_autoptr (StoreRecord) party = test_store_add_party (store, "Ada");
  const StoreId *id = store_record_get_id (party);

  g_free (test_store_set (store, "party", id, "nickname", "one"));
  g_free (test_store_set (store, "party", id, "nickname", "two"));
  undo (store, NULL, 1, 0);
  assert_nickname (store, id, "one");
  undo (store, NULL, 1, 0);
  assert_nickname (store, id, NULL);
  undo (store, NULL, 1, 0);
  g_assert_true (test_store_is_trashed (store, "party", id));
}

static void
test_what_is_undone_stays_so_under_another_name (void)
{
  g_autoptr (TestStore) store = test_store_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreRecord) party = test_store_add_party (store, "Ada");
  const StoreId *id = store_record_get_id (party);
  const StoreStreamId named = { "account" };

  g_free (test_store_set (store, "party", id, "nickname", "one"));
  undo (store, NULL, 1, 0);
  store_log_name_own_stream (store->database, &named, &error);
  g_assert_no_error (error);
  undo (store, NULL, 1, 0);
  g_assert_true (test_store_is_trashed (store, "party", id));
}

typedef struct
{
  const StoreId *id;
  const char *nickname;
} Rename;

static gboolean
rename_party (StoreTransaction *transaction,
              gpointer          data,
              GError          **error)
{
  Rename *rename = data;
  g_autoptr (StoreRecord) party = store_transaction_load (transaction, STORE_KIND ("party"),
                                                          rename->id, error);

  if (party == NULL)
    return FALSE;
  store_record_set_text (party, "nickname", rename->nickname);
  return store_transaction_save (transaction, party, error);
}

static void
test_group_that_wrote_a_field_twice_is_no_clash (void)
{
  g_autoptr (TestStore) store = test_store_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreRecord) party = test_store_add_party (store, "Ada");
  const StoreId *id = store_record_get_id (party);
  g_autofree char *group = store_database_new_group (store->database);
  Rename renames[] = { { id, "one" }, { id, "two" } };

  for (guint i = 0; i < G_N_ELEMENTS (renames); i++)
    {
      store_database_write (store->database, "Import", group, rename_party, &renames[i], NULL,
                            &error);
      g_assert_no_error (error);
    }
  undo (store, group, 2, 0);
  assert_nickname (store, id, NULL);
  g_assert_cmpuint (test_store_count_clashes (store), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add_func (name, func)
  ADD ("/undo/what-came-together-goes-together", test_what_came_together_goes_together);
  ADD ("/undo/later-note-keeps-the-record", test_later_note_keeps_the_record);
  ADD ("/undo/later-edit-of-a-child-keeps-both", test_later_edit_of_a_child_keeps_both);
  ADD ("/undo/note-after-a-restore-keeps-the-record", test_note_after_a_restore_keeps_the_record);
  ADD ("/undo/redo-of-a-delete-deletes-again", test_redo_of_a_delete_deletes_again);
  ADD ("/undo/undo-goes-back-step-by-step", test_undo_goes_back_step_by_step);
  ADD ("/undo/what-is-undone-stays-so-under-another-name",
       test_what_is_undone_stays_so_under_another_name);
  ADD ("/undo/group-that-wrote-a-field-twice-is-no-clash",
       test_group_that_wrote_a_field_twice_is_no_clash);
  return g_test_run ();
}
