/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-check.h"

#include "test-store.h"

#define DEFINE_PAIR                                                                                \
  g_autoptr (TestStore) a = test_store_new ();                                                     \
  g_autoptr (TestStore) b = test_store_new ();                                                     \
  g_autoptr (StoreRecord) party = test_store_add_party (a, "Ada");                                 \
  const StoreId *id = store_record_get_id (party);

#define SET(store, field, text) g_free (test_store_set (store, "party", id, field, text))

static void
assert_same (TestStore *a,
             TestStore *b)
{
  g_autofree char *left = test_store_describe (a);
  g_autofree char *right = test_store_describe (b);

  g_assert_cmpstr (left, ==, right);
}

static void
assert_field (TestStore     *store,
              const StoreId *id,
              const char    *field,
              const char    *wanted)
{
  g_autofree char *text = test_store_get (store, "party", id, field);

  g_assert_cmpstr (text, ==, wanted);
}

static void
test_fresh_stores_are_the_same (void)
{
  g_autoptr (TestStore) a = test_store_new ();
  g_autoptr (TestStore) b = test_store_new ();

  assert_same (a, b);
}

static void
test_different_fields_are_both_kept (void)
{
  DEFINE_PAIR
  test_store_sync (a, b);
  SET (a, "nickname", "Countess");
  SET (b, "source", "letter");
  test_store_sync (a, b);
  assert_field (a, id, "source", "letter");
  assert_field (b, id, "nickname", "Countess");
  g_assert_cmpuint (test_store_count_clashes (a), ==, 0);
  assert_same (a, b);
}

static void
test_same_field_is_one_clash_on_both (void)
{
  DEFINE_PAIR
  test_store_sync (a, b);
  SET (a, "nickname", "one");
  SET (b, "nickname", "two");
  test_store_sync (a, b);
  g_assert_cmpuint (test_store_count_clashes (a), ==, 1);
  g_assert_cmpuint (test_store_count_clashes (b), ==, 1);
  assert_same (a, b);
}

static void
test_equal_values_are_no_clash (void)
{
  DEFINE_PAIR
  test_store_sync (a, b);
  SET (a, "nickname", "same");
  SET (b, "nickname", "same");
  test_store_sync (a, b);
  g_assert_cmpuint (test_store_count_clashes (a), ==, 0);
  assert_same (a, b);
}

static void
test_settled_clash_stays_settled_everywhere (void)
{
  DEFINE_PAIR
  g_autoptr (GPtrArray) clashes = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *shown = NULL;
  const StoreClash *clash;

  test_store_sync (a, b);
  SET (a, "nickname", "one");
  SET (b, "nickname", "two");
  test_store_sync (a, b);
  shown = test_store_get (a, "party", id, "nickname");
  clashes = store_clash_list (a->database, &error);
  g_assert_no_error (error);
  clash = g_ptr_array_index (clashes, 0);
  store_clash_settle (a->database, clash->name, clash->version, 1, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (test_store_count_clashes (a), ==, 0);
  test_store_sync (a, b);
  g_assert_cmpuint (test_store_count_clashes (b), ==, 0);
  assert_same (a, b);
  assert_field (b, id, "nickname", g_str_equal (shown, "one") ? "two" : "one");
}

static void
test_settling_for_what_is_shown_is_a_write (void)
{
  DEFINE_PAIR
  g_autoptr (GPtrArray) clashes = NULL;
  g_autoptr (GError) error = NULL;
  const StoreClash *clash;

  test_store_sync (a, b);
  SET (a, "nickname", "one");
  SET (b, "nickname", "two");
  test_store_sync (a, b);
  clashes = store_clash_list (b->database, &error);
  clash = g_ptr_array_index (clashes, 0);
  store_clash_settle (b->database, clash->name, clash->version, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (test_store_count_clashes (b), ==, 0);
  test_store_sync (a, b);
  g_assert_cmpuint (test_store_count_clashes (a), ==, 0);
  assert_same (a, b);
}

/* What came while the person was still looking is not written over. */
static void
test_side_that_came_after_the_look_stays (void)
{
  DEFINE_PAIR
  g_autoptr (TestStore) c = test_store_new ();
  g_autoptr (GPtrArray) clashes = NULL;
  g_autoptr (GError) error = NULL;
  const StoreClash *clash;

  test_store_sync (a, b);
  test_store_sync (a, c);
  SET (a, "nickname", "one");
  SET (b, "nickname", "two");
  c->now += 1000;
  SET (c, "nickname", "three");
  test_store_sync (a, b);
  clashes = store_clash_list (a->database, &error);
  clash = g_ptr_array_index (clashes, 0);
  test_store_sync (a, c);
  g_assert_false (store_clash_settle (a->database, clash->name, clash->version, 1, NULL, &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_EXISTS);
  g_assert_cmpuint (test_store_count_clashes (a), ==, 1);
  assert_field (a, id, "nickname", "three");
}

static void
test_row_deleted_here_edited_there_comes_back (void)
{
  DEFINE_PAIR
  test_store_sync (a, b);
  test_store_delete (a, "party", id);
  SET (b, "nickname", "alive");
  test_store_sync (a, b);
  g_assert_false (test_store_is_trashed (a, "party", id));
  g_assert_false (test_store_is_trashed (b, "party", id));
  assert_same (a, b);
}

static void
test_seen_edit_does_not_save_a_row (void)
{
  DEFINE_PAIR
  test_store_sync (a, b);
  SET (b, "nickname", "seen");
  test_store_sync (a, b);
  test_store_delete (a, "party", id);
  test_store_sync (a, b);
  g_assert_true (test_store_is_trashed (a, "party", id));
  g_assert_true (test_store_is_trashed (b, "party", id));
  assert_same (a, b);
}

static void
test_new_child_saves_its_parent (void)
{
  DEFINE_PAIR
  g_autoptr (StoreRecord) task = store_record_new (STORE_KIND ("task"));
  g_autoptr (GError) error = NULL;

  test_store_sync (a, b);
  test_store_delete (a, "party", id);
  store_record_set_text (task, "title", "Call");
  store_record_set_reference (task, "party", id);
  store_database_save (b->database, "Add", task, NULL, &error);
  g_assert_no_error (error);
  test_store_sync (a, b);
  g_assert_false (test_store_is_trashed (a, "party", id));
  g_assert_false (test_store_is_trashed (b, "party", id));
  assert_same (a, b);
}

static void
test_two_deletes_need_two_ends (void)
{
  DEFINE_PAIR
  test_store_sync (a, b);
  test_store_delete (a, "party", id);
  test_store_delete (b, "party", id);
  test_store_restore (a, "party", id);
  test_store_sync (a, b);
  g_assert_true (test_store_is_trashed (a, "party", id));
  test_store_restore (b, "party", id);
  test_store_sync (a, b);
  g_assert_false (test_store_is_trashed (a, "party", id));
  assert_same (a, b);
}

static void
test_undo_travels (void)
{
  DEFINE_PAIR
  g_autoptr (StoreUndoReport) report = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *group = NULL;

  SET (a, "nickname", "before");
  test_store_sync (a, b);
  group = test_store_set (a, "party", id, "nickname", "after");
  test_store_sync (a, b);
  test_store_reopen (b);
  report = store_undo (b->database, group, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->undone, ==, 1);
  test_store_sync (a, b);
  assert_field (a, id, "nickname", "before");
  assert_same (a, b);
}

static void
test_edit_of_a_stale_form_is_a_clash (void)
{
  DEFINE_PAIR
  g_autoptr (StoreRecord) form = NULL;
  g_autoptr (GError) error = NULL;

  test_store_sync (a, b);
  form = store_database_load (a->database, STORE_KIND ("party"), id, &error);
  SET (b, "nickname", "theirs");
  test_store_sync (a, b);
  store_record_set_text (form, "nickname", "mine");
  store_database_save (a->database, "Edit", form, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (test_store_count_clashes (a), ==, 1);
  test_store_sync (a, b);
  g_assert_cmpuint (test_store_count_clashes (b), ==, 1);
  assert_same (a, b);
}

static void
test_clock_beyond_2200_loses_nothing (void)
{
  DEFINE_PAIR
  const gint64 year_2300 = 10413792000000;

  test_store_sync (a, b);
  a->now = year_2300;
  SET (a, "nickname", "later");
  test_store_sync (a, b);
  assert_field (b, id, "nickname", "later");
  a->now = 1700000001000;
  SET (a, "nickname", "now");
  test_store_sync (a, b);
  assert_field (b, id, "nickname", "now");
  assert_same (a, b);
}

/* The street of one address and the city of another are no address. */
static void
test_stale_form_writes_the_group_it_showed (void)
{
  DEFINE_PAIR
  g_autoptr (StoreRecord) address = store_record_new (STORE_KIND ("address"));
  const StoreId *at = store_record_get_id (address);
  g_autoptr (StoreRecord) form = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *city = NULL;
  g_autofree char *street = NULL;

  store_record_set_reference (address, "party", id);
  store_record_set_text (address, "street", "First Street 1");
  store_record_set_text (address, "city", "Berlin");
  store_database_save (a->database, "Add", address, NULL, &error);
  g_assert_no_error (error);
  test_store_sync (a, b);
  form = store_database_load (a->database, STORE_KIND ("address"), at, &error);
  g_free (test_store_set (b, "address", at, "city", "Paris"));
  test_store_sync (a, b);
  store_record_set_text (form, "street", "First Street 11");
  store_database_save (a->database, "Edit", form, NULL, &error);
  g_assert_no_error (error);
  test_store_sync (a, b);
  street = test_store_get (b, "address", at, "street");
  city = test_store_get (b, "address", at, "city");
  g_assert_cmpstr (street, ==, "First Street 11");
  g_assert_cmpstr (city, ==, "Berlin");
  g_assert_cmpuint (test_store_count_clashes (a), ==, 1);
  assert_same (a, b);
}

static void
test_tag_made_twice_is_one_without_a_clash (void)
{
  g_autoptr (TestStore) a = test_store_new ();
  g_autoptr (TestStore) b = test_store_new ();
  g_autoptr (StoreRecord) here = store_record_new (STORE_KIND ("tag"));
  g_autoptr (StoreRecord) there = store_record_new (STORE_KIND ("tag"));
  g_autoptr (GError) error = NULL;

  store_record_set_text (here, "name", "VIP");
  store_database_save (a->database, "Tag", here, NULL, &error);
  g_assert_no_error (error);
  store_record_set_text (there, "name", "vip");
  store_database_save (b->database, "Tag", there, NULL, &error);
  g_assert_no_error (error);
  test_store_sync (a, b);
  g_assert_cmpuint (test_store_count_clashes (a), ==, 0);
  assert_same (a, b);
}

/* Random histories */

typedef struct
{
  GRand *rand;
  TestStore *stores[4];
  guint n_stores;
  GArray *ids;
} World;

static void
act (World     *world,
     TestStore *store)
{
  static const char *const fields[] = { "nickname", "source", "given_name", "family_name", "notes" };
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreRecord) record = NULL;
  g_autoptr (GPtrArray) clashes = NULL;
  const StoreId *id;
  char value[2] = { 'a' + (char) g_rand_int_range (world->rand, 0, 5), 0 };
  guint dice = (guint) g_rand_int_range (world->rand, 0, 100);

  store->now += g_rand_int_range (world->rand, -3, 5);
  if (world->ids->len == 0 || dice < 10)
    {
      record = test_store_add_party (store, value);
      g_array_append_val (world->ids, *store_record_get_id (record));
      return;
    }
  id = &g_array_index (world->ids, StoreId,
                       g_rand_int_range (world->rand, 0, (gint32) world->ids->len));
  record = store_database_load (store->database, STORE_KIND ("party"), id, NULL);
  if (record == NULL)
    return;

  if (dice < 60)
    {
      g_free (test_store_set (store, "party", id,
                              fields[g_rand_int_range (world->rand, 0, G_N_ELEMENTS (fields))],
                              value));
    }
  else if (dice < 68)
    {
      test_store_delete (store, "party", id);
    }
  else if (dice < 74)
    {
      test_store_restore (store, "party", id);
    }
  else if (dice < 84)
    {
      g_autoptr (StoreRecord) tag = store_record_new (STORE_KIND ("tag"));
      g_autoptr (StoreRecord) tagging = store_record_new (STORE_KIND ("tagging"));

      store_record_set_text (tag, "name", value);
      store_database_save (store->database, "Tag", tag, NULL, &error);
      g_assert_no_error (error);
      store_record_set_reference (tagging, "party", id);
      store_record_set_reference (tagging, "tag", store_record_get_id (tag));
      store_database_save (store->database, "Tag", tagging, NULL, &error);
      g_assert_no_error (error);
      if (value[0] < 'c')
        test_store_delete (store, "tagging", store_record_get_id (tagging));
    }
  else if (dice < 92)
    {
      g_autoptr (StoreUndoReport) report = store_undo (store->database, NULL, &error);

      if (report == NULL)
        g_assert_error (error, STORE_ERROR, STORE_ERROR_NOT_FOUND);
    }
  else
    {
      clashes = store_clash_list (store->database, &error);
      g_assert_no_error (error);
      if (clashes->len > 0)
        {
          const StoreClash *clash = g_ptr_array_index (clashes, 0);

          store_clash_settle (store->database, clash->name, clash->version,
                              (guint) g_rand_int_range (world->rand, 0, (gint32) clash->sides->len),
                              NULL, &error);
          g_assert_no_error (error);
        }
    }
}

static void
test_random_histories_converge (void)
{
  guint rounds = g_test_slow () ? 60 : 6;

  for (guint round = 0; round < rounds; round++)
    {
      guint32 seed = g_test_rand_int ();
      World world = { g_rand_new_with_seed (seed), { NULL }, 0, NULL };

      g_test_message ("seed %u", seed);
      world.ids = g_array_new (FALSE, FALSE, sizeof (StoreId));
      world.n_stores = (guint) g_rand_int_range (world.rand, 2, 5);
      for (guint i = 0; i < world.n_stores; i++)
        {
          world.stores[i] = test_store_new ();
          store_database_set_part_size (world.stores[i]->database, 120);
        }
      for (guint step = 0; step < 120; step++)
        {
          TestStore *store = world.stores[g_rand_int_range (world.rand, 0,
                                                            (gint32) world.n_stores)];

          if (g_rand_int_range (world.rand, 0, 6) == 0)
            {
              TestStore *other = world.stores[g_rand_int_range (world.rand, 0,
                                                                (gint32) world.n_stores)];

              if (other != store)
                test_store_pull (store, other);
            }
          else
            {
              act (&world, store);
            }
        }
      for (guint i = 0; i < world.n_stores * 2; i++)
        for (guint j = 0; j < world.n_stores; j++)
          if (i % world.n_stores != j)
            test_store_pull (world.stores[i % world.n_stores], world.stores[j]);
      for (guint i = 1; i < world.n_stores; i++)
        assert_same (world.stores[0], world.stores[i]);
      for (guint i = 0; i < world.n_stores; i++)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (GPtrArray) problems = store_check (world.stores[i]->database, NULL, NULL,
                                                        NULL, &error);

          g_assert_no_error (error);
          for (guint j = 0; j < problems->len; j++)
            g_test_message ("%s", (const char *) g_ptr_array_index (problems, j));
          g_assert_cmpuint (problems->len, ==, 0);
        }
      for (guint i = 0; i < world.n_stores; i++)
        test_store_free (world.stores[i]);
      g_array_unref (world.ids);
      g_rand_free (world.rand);
    }
}

typedef struct
{
  const StoreId *first;
  const StoreId *second;
} Two;

static gboolean
save_twice (StoreTransaction *transaction,
            gpointer          data,
            GError          **error)
{
  static const char *const texts[] = { "one", "two" };
  Two *two = data;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (StoreRecord) record = store_transaction_load (transaction, STORE_KIND ("party"),
                                                               two->first, error);

      if (record == NULL)
        return FALSE;
      store_record_set_text (record, "nickname", texts[i]);
      if (!store_transaction_save (transaction, record, error))
        return FALSE;
    }
  return TRUE;
}

static void
test_second_save_in_one_transaction_is_no_clash (void)
{
  DEFINE_PAIR
  g_autoptr (GError) error = NULL;
  Two two = { id, NULL };

  SET (a, "nickname", "before");
  test_store_sync (a, b);
  store_database_write (a->database, "Edit", NULL, save_twice, &two, NULL, &error);
  g_assert_no_error (error);
  test_store_sync (a, b);
  g_assert_cmpuint (test_store_count_clashes (a), ==, 0);
  g_assert_cmpuint (test_store_count_clashes (b), ==, 0);
  assert_field (b, id, "nickname", "two");
  assert_same (a, b);
}

static gboolean
delete_two_restore_one (StoreTransaction *transaction,
                        gpointer          data,
                        GError          **error)
{
  const StoreKind *kind = STORE_KIND ("party");
  Two *two = data;

  return store_transaction_delete (transaction, kind, two->first, error) &&
         store_transaction_delete (transaction, kind, two->second, error) &&
         store_transaction_restore (transaction, kind, two->first, error);
}

static void
test_deleted_and_brought_back_at_once_stays (void)
{
  DEFINE_PAIR
  g_autoptr (StoreRecord) other = test_store_add_party (a, "Charles");
  g_autoptr (GError) error = NULL;
  Two two = { id, store_record_get_id (other) };

  test_store_sync (a, b);
  store_database_write (a->database, "Edit", NULL, delete_two_restore_one, &two, NULL, &error);
  g_assert_no_error (error);
  test_store_sync (a, b);
  g_assert_false (test_store_is_trashed (a, "party", two.first));
  g_assert_false (test_store_is_trashed (b, "party", two.first));
  g_assert_true (test_store_is_trashed (a, "party", two.second));
  g_assert_true (test_store_is_trashed (b, "party", two.second));
  assert_same (a, b);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add_func (name, func)
  ADD ("/merge/fresh-stores-are-the-same", test_fresh_stores_are_the_same);
  ADD ("/merge/different-fields-are-both-kept", test_different_fields_are_both_kept);
  ADD ("/merge/same-field-is-one-clash-on-both", test_same_field_is_one_clash_on_both);
  ADD ("/merge/equal-values-are-no-clash", test_equal_values_are_no_clash);
  ADD ("/merge/settled-clash-stays-settled-everywhere",
       test_settled_clash_stays_settled_everywhere);
  ADD ("/merge/settling-for-what-is-shown-is-a-write", test_settling_for_what_is_shown_is_a_write);
  ADD ("/merge/side-that-came-after-the-look-stays", test_side_that_came_after_the_look_stays);
  ADD ("/merge/row-deleted-here-edited-there-comes-back",
       test_row_deleted_here_edited_there_comes_back);
  ADD ("/merge/seen-edit-does-not-save-a-row", test_seen_edit_does_not_save_a_row);
  ADD ("/merge/new-child-saves-its-parent", test_new_child_saves_its_parent);
  ADD ("/merge/two-deletes-need-two-ends", test_two_deletes_need_two_ends);
  ADD ("/merge/undo-travels", test_undo_travels);
  ADD ("/merge/edit-of-a-stale-form-is-a-clash", test_edit_of_a_stale_form_is_a_clash);
  ADD ("/merge/clock-beyond-2200-loses-nothing", test_clock_beyond_2200_loses_nothing);
  ADD ("/merge/stale-form-writes-the-group-it-showed", test_stale_form_writes_the_group_it_showed);
  ADD ("/merge/tag-made-twice-is-one-without-a-clash", test_tag_made_twice_is_one_without_a_clash);
  ADD ("/merge/second-save-in-one-transaction-is-no-clash",
       test_second_save_in_one_transaction_is_no_clash);
  ADD ("/merge/deleted-and-brought-back-at-once-stays",
       test_deleted_and_brought_back_at_once_stays);
  ADD ("/merge/random-histories-converge", test_random_histories_converge);
  return g_test_run ();
}
