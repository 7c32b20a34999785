/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists with pages of four rows, watched by a copy that does nothing but what it is told. */
#include "fixture-store.h"

#include "store-error.h"
#include "store-list-private.h"

#define PAGE 4
#define KEPT 8

typedef struct
{
  StoreFixture store;
  StoreList *list;
  GArray *copy;
  guint n_told;
  guint n_rows_told;
} Fixture;

static gint64
number_at (StoreList *list,
           guint      position)
{
  g_autoptr (StoreRow) row = g_list_model_get_item (G_LIST_MODEL (list), position);

  g_assert_nonnull (row);
  return store_row_get_number (row);
}

/* What was told makes the copy the list, at every step. */
static void
on_items_changed (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  Fixture    *fixture)
{
  g_assert_cmpuint (position + removed, <=, fixture->copy->len);
  if (removed > 0)
    g_array_remove_range (fixture->copy, position, removed);
  for (guint i = 0; i < added; i++)
    {
      gint64 number = number_at (STORE_LIST (model), position + i);

      g_array_insert_val (fixture->copy, position + i, number);
    }
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, fixture->copy->len);
  for (guint i = 0; i < fixture->copy->len; i++)
    g_assert_cmpint (number_at (STORE_LIST (model), i), ==,
                     g_array_index (fixture->copy, gint64, i));
  fixture->n_told++;
  fixture->n_rows_told += removed + added;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  store_fixture_set_up (&fixture->store, data);
  fixture->copy = g_array_new (FALSE, FALSE, sizeof (gint64));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->list);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_array_unref (fixture->copy);
  store_fixture_tear_down (&fixture->store, data);
}

static gboolean
on_tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Until the list has heard of all that was committed, and has nothing left to do. */
static void
settle (Fixture *fixture)
{
  guint tick = g_timeout_add (10, on_tick, NULL);
  int quiet = 0;

  while (quiet < 4)
    {
      g_main_context_iteration (NULL, TRUE);
      quiet = store_list_is_settled (fixture->list) ? quiet + 1 : 0;
    }
  g_source_remove (tick);
}

static void
make_list (Fixture    *fixture,
           StoreQuery *query)
{
  fixture->list = store_list_new_sized (fixture->store.database, query, PAGE, KEPT);
  g_signal_connect (fixture->list, "items-changed", G_CALLBACK (on_items_changed), fixture);
  settle (fixture);
}

static StoreRecord *
add_person (Fixture    *fixture,
            const char *name)
{
  return store_fixture_add (&fixture->store, "party", "kind", "person", "display_name", name, NULL);
}

static void
add_people (Fixture *fixture,
            int      n)
{
  for (int i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("Person %02d", i);

      g_object_unref (add_person (fixture, name));
    }
}

static StoreQuery *
by_name (void)
{
  StoreQuery *query = store_query_new ("party");

  store_query_set_sort (query, "sort_name", FALSE);
  return query;
}

/* The titles in the list, with commas; loads them. */
static char *
dup_titles (Fixture *fixture)
{
  g_autoptr (GString) titles = g_string_new (NULL);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (fixture->list)); i++)
    g_ptr_array_add (rows, g_list_model_get_item (G_LIST_MODEL (fixture->list), i));
  settle (fixture);
  for (guint i = 0; i < rows->len; i++)
    {
      StoreRecord *record = store_row_get_record (rows->pdata[i]);

      g_string_append_printf (titles, "%s%s", i > 0 ? "," : "",
                              record ? store_record_get_title (record) : "?");
    }
  return g_strdup (titles->str);
}

/* The list is what a plain run of its query gives. */
static void
assert_true_to_store (Fixture *fixture)
{
  StoreQuery *query = store_list_get_query (fixture->list);
  g_autoptr (GPtrArray) records = store_query_run (query, fixture->store.database, NULL);
  g_autoptr (GString) expected = g_string_new (NULL);
  g_autofree char *titles = dup_titles (fixture);

  for (guint i = 0; i < records->len; i++)
    g_string_append_printf (expected, "%s%s", i > 0 ? "," : "",
                            store_record_get_title (records->pdata[i]));
  g_assert_cmpstr (titles, ==, expected->str);
}

static void
test_records_come_by_the_page (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autoptr (StoreQuery) query = by_name ();
  g_autoptr (StoreRow) row = NULL;
  g_autoptr (StoreRow) neighbour = NULL;
  g_autoptr (StoreRow) far = NULL;

  add_people (fixture, 30);
  fixture->list = store_list_new_sized (fixture->store.database, query, PAGE, KEPT);
  g_assert_true (store_list_is_loading (fixture->list));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 0);
  settle (fixture);
  g_assert_false (store_list_is_loading (fixture->list));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 30);

  row = g_list_model_get_item (G_LIST_MODEL (fixture->list), 9);
  g_assert_null (store_row_get_record (row));
  settle (fixture);
  g_assert_cmpstr (store_record_get_title (store_row_get_record (row)), ==, "Person 09");
  neighbour = g_list_model_get_item (G_LIST_MODEL (fixture->list), 10);
  g_assert_nonnull (store_row_get_record (neighbour));
  far = g_list_model_get_item (G_LIST_MODEL (fixture->list), 20);
  g_assert_null (store_row_get_record (far));
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (fixture->list), 30));
}

static void
test_one_record_is_one_row (Fixture       *fixture,
                            gconstpointer  data)
{
  g_autoptr (StoreQuery) query = by_name ();
  g_autoptr (StoreRow) row = NULL;
  g_autoptr (StoreRow) again = NULL;

  add_people (fixture, 30);
  make_list (fixture, query);
  row = g_list_model_get_item (G_LIST_MODEL (fixture->list), 0);
  for (guint i = 1; i < 30; i++)
    g_object_unref (g_list_model_get_item (G_LIST_MODEL (fixture->list), i));
  settle (fixture);
  again = g_list_model_get_item (G_LIST_MODEL (fixture->list), 0);
  g_assert_true (row == again);
}

static void
test_memory_stays_small (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr (StoreQuery) query = by_name ();

  add_people (fixture, 60);
  make_list (fixture, query);
  for (guint i = 0; i < 60; i++)
    {
      g_object_unref (g_list_model_get_item (G_LIST_MODEL (fixture->list), i));
      g_assert_cmpuint (store_list_count_living (fixture->list), <=, KEPT);
    }
  settle (fixture);
  g_assert_cmpuint (store_list_count_living (fixture->list), <=, KEPT);
}

static void
on_record (StoreRow   *row,
           GParamSpec *pspec,
           gpointer    data)
{
  ++*(guint *) data;
}

static void
test_edit_is_told_to_the_row_alone (Fixture       *fixture,
                                    gconstpointer  data)
{
  g_autoptr (StoreQuery) query = by_name ();
  g_autoptr (StoreRecord) anna = add_person (fixture, "Anna");
  g_autoptr (StoreRow) row = NULL;
  guint n_told;
  guint n_records = 0;

  add_people (fixture, 5);
  make_list (fixture, query);
  row = g_list_model_get_item (G_LIST_MODEL (fixture->list), 0);
  settle (fixture);
  g_signal_connect (row, "notify::record", G_CALLBACK (on_record), &n_records);
  n_told = fixture->n_told;

  store_fixture_set (&fixture->store, anna, "notes", "called");
  settle (fixture);
  g_assert_cmpuint (fixture->n_told, ==, n_told);
  g_assert_cmpuint (n_records, ==, 1);
  g_assert_cmpstr (store_record_get_text (store_row_get_record (row), "notes"), ==, "called");
}

static void
test_only_the_moved_row_is_told (Fixture       *fixture,
                                 gconstpointer  data)
{
  g_autoptr (StoreQuery) query = by_name ();
  g_autoptr (StoreRecord) anna = add_person (fixture, "Anna");
  g_autoptr (StoreRecord) zoe = NULL;

  add_people (fixture, 20);
  make_list (fixture, query);
  fixture->n_rows_told = 0;
  store_fixture_set (&fixture->store, anna, "display_name", "Qanna");
  settle (fixture);
  g_assert_cmpuint (fixture->n_rows_told, ==, 2);
  g_assert_cmpint (store_list_find (fixture->list, store_record_get_id (anna)), ==, 20);

  fixture->n_rows_told = 0;
  zoe = add_person (fixture, "Bert");
  settle (fixture);
  g_assert_cmpuint (fixture->n_rows_told, ==, 1);
  g_assert_cmpint (store_list_find (fixture->list, store_record_get_id (zoe)), ==, 0);

  fixture->n_rows_told = 0;
  store_fixture_delete (&fixture->store, anna);
  settle (fixture);
  g_assert_cmpuint (fixture->n_rows_told, ==, 1);
  g_assert_cmpint (store_list_find (fixture->list, store_record_get_id (anna)), ==, -1);
  assert_true_to_store (fixture);
}

static void
test_other_query_of_the_same_kind (Fixture       *fixture,
                                   gconstpointer  data)
{
  g_autoptr (StoreQuery) query = by_name ();
  g_autoptr (StoreQuery) fewer = by_name ();

  add_people (fixture, 20);
  make_list (fixture, query);
  store_query_set_search (fewer, "person 1");
  store_list_set_query (fixture->list, fewer);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 20);
  settle (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 10);
  assert_true_to_store (fixture);
  g_object_unref (add_person (fixture, "Person 1 more"));
  settle (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 11);
}

static void
test_other_kind_empties_at_once (Fixture       *fixture,
                                 gconstpointer  data)
{
  g_autoptr (StoreQuery) people = by_name ();
  g_autoptr (StoreQuery) tasks = store_query_new ("task");
  g_autoptr (StoreRow) row = NULL;

  add_people (fixture, 10);
  g_object_unref (store_fixture_add (&fixture->store, "task", "title", "call", NULL));
  make_list (fixture, people);
  row = g_list_model_get_item (G_LIST_MODEL (fixture->list), 0);
  store_list_set_query (fixture->list, tasks);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 0);
  settle (fixture);
  assert_true_to_store (fixture);
}

/* Typing puts one query after the other in place; only the last may be seen in the end. */
static void
test_queries_that_overtake_each_other (Fixture       *fixture,
                                       gconstpointer  data)
{
  static const char *const typed[] = { "p", "pe", "per", "person", "person 1", "person 12" };
  g_autoptr (StoreQuery) query = by_name ();

  add_people (fixture, 20);
  make_list (fixture, query);
  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autoptr (StoreQuery) next = by_name ();

      store_query_set_search (next, typed[i]);
      store_list_set_query (fixture->list, next);
      if (i % 2)
        g_main_context_iteration (NULL, FALSE);
    }
  settle (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 1);
  assert_true_to_store (fixture);
}

static void
test_query_that_fails (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr (StoreQuery) query = by_name ();
  g_autoptr (StoreQuery) bad = store_query_new ("party");

  add_people (fixture, 3);
  make_list (fixture, query);
  store_query_set_sort (bad, "shoe_size", FALSE);
  store_list_set_query (fixture->list, bad);
  settle (fixture);
  g_assert_error (store_list_get_error (fixture->list), STORE_ERROR, STORE_ERROR_NOT_FOUND);
  store_list_set_query (fixture->list, query);
  settle (fixture);
  g_assert_null (store_list_get_error (fixture->list));
  assert_true_to_store (fixture);
}

/* While the window is open the command line may work on the same store. */
static void
test_other_program_is_followed (Fixture       *fixture,
                                gconstpointer  data)
{
  g_autoptr (StoreQuery) query = by_name ();
  g_autoptr (GError) error = NULL;
  StoreFixture second = fixture->store;
  g_autoptr (StoreRecord) anna = NULL;
  guint tick = g_timeout_add (10, on_tick, NULL);

  add_people (fixture, 5);
  make_list (fixture, query);
  second.database = store_database_open (fixture->store.path, STORE_OPEN_EXISTING, &error);
  g_assert_no_error (error);
  anna = store_fixture_add (&second, "party", "kind", "person", "display_name", "Anna", NULL);
  while (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)) < 6)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
  assert_true_to_store (fixture);
  store_database_close (second.database);
  g_object_unref (second.database);
}

/* A customer's tasks go into the trash with the customer, and come back. */
static void
test_rows_that_go_with_their_parent (Fixture       *fixture,
                                     gconstpointer  data)
{
  g_autoptr (StoreQuery) query = store_query_new ("task");
  g_autoptr (StoreRecord) anna = add_person (fixture, "Anna");
  g_autofree char *id = store_fixture_dup_id (anna);

  g_object_unref (store_fixture_add (&fixture->store, "task", "title", "call", "party", id, NULL));
  g_object_unref (store_fixture_add (&fixture->store, "task", "title", "tidy up", NULL));
  make_list (fixture, query);
  store_fixture_delete (&fixture->store, anna);
  settle (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 1);
  store_fixture_restore (&fixture->store, anna);
  settle (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 2);
}

static void
on_emptied (GListModel *model,
            guint       position,
            guint       removed,
            guint       added,
            StoreQuery *tasks)
{
  if (store_list_get_query (STORE_LIST (model)) != tasks)
    store_list_set_query (STORE_LIST (model), tasks);
}

/* Somebody who listens changes the query in the middle of what is told. */
static void
test_listener_changes_the_query (Fixture       *fixture,
                                 gconstpointer  data)
{
  g_autoptr (StoreQuery) people = by_name ();
  g_autoptr (StoreQuery) tasks = store_query_new ("task");
  g_autoptr (StoreRecord) anna = add_person (fixture, "Anna");

  add_people (fixture, 10);
  fixture->list = store_list_new_sized (fixture->store.database, people, PAGE, KEPT);
  settle (fixture);
  g_signal_connect (fixture->list, "items-changed", G_CALLBACK (on_emptied), tasks);
  store_fixture_set (&fixture->store, anna, "display_name", "Qanna");
  settle (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 0);
}

static void
test_list_dropped_while_it_is_read (Fixture       *fixture,
                                    gconstpointer  data)
{
  g_autoptr (StoreQuery) query = by_name ();

  add_people (fixture, 20);
  for (int i = 0; i < 10; i++)
    {
      g_autoptr (StoreList) list =
        store_list_new_sized (fixture->store.database, query, PAGE, KEPT);

      for (int k = 0; k < i; k++)
        g_main_context_iteration (NULL, FALSE);
      g_clear_object (&list);
    }
  make_list (fixture, query);
  assert_true_to_store (fixture);
}

static void
change_something (Fixture   *fixture,
                  GPtrArray *people)
{
  StoreRecord *person = people->pdata[g_test_rand_int_range (0, (int) people->len)];
  g_autofree char *name = g_strdup_printf ("%c%d", 'a' + g_test_rand_int_range (0, 26),
                                           g_test_rand_int_range (0, 100));

  switch (g_test_rand_int_range (0, 6))
    {
    case 0:
      g_ptr_array_add (people, add_person (fixture, name));
      break;
    case 1:
    case 2:
      store_fixture_set (&fixture->store, person, "display_name", name);
      break;
    case 3:
      store_fixture_set (&fixture->store, person, "star", g_test_rand_bit () ? "yes" : "no");
      break;
    case 4:
      store_fixture_delete (&fixture->store, person);
      break;
    default:
      store_fixture_restore (&fixture->store, person);
      break;
    }
}

static void
run_random_edits (Fixture    *fixture,
                  StoreQuery *query)
{
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func (g_object_unref);

  for (int i = 0; i < 12; i++)
    {
      g_autofree char *name = g_strdup_printf ("m%d", i);

      g_ptr_array_add (people, add_person (fixture, name));
    }
  make_list (fixture, query);
  for (int round = 0; round < 12; round++)
    {
      for (int i = g_test_rand_int_range (1, 6); i > 0; i--)
        change_something (fixture, people);
      while (g_test_rand_int_range (0, 3) > 0)
        g_main_context_iteration (NULL, FALSE);
      if (round % 3 == 0)
        {
          settle (fixture);
          assert_true_to_store (fixture);
        }
    }
  settle (fixture);
  assert_true_to_store (fixture);
}

static void
test_random_edits (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (StoreQuery) query = by_name ();

  run_random_edits (fixture, query);
}

static void
test_random_edits_under_a_filter (Fixture       *fixture,
                                  gconstpointer  data)
{
  g_autoptr (StoreQuery) query = by_name ();
  g_autoptr (StoreFilter) filter =
    store_filter_parse (STORE_KIND ("party"), "star = no", NULL);

  store_query_set_filter (query, filter);
  store_query_set_sort (query, "display_name", TRUE);
  store_query_set_limit (query, 7);
  run_random_edits (fixture, query);
}

static void
test_random_edits_under_a_search (Fixture       *fixture,
                                  gconstpointer  data)
{
  g_autoptr (StoreQuery) query = store_query_new ("party");

  store_query_set_search (query, "m");
  run_random_edits (fixture, query);
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/list/records-come-by-the-page", test_records_come_by_the_page);
  ADD ("/list/one-record-is-one-row", test_one_record_is_one_row);
  ADD ("/list/memory-stays-small", test_memory_stays_small);
  ADD ("/list/edit-is-told-to-the-row-alone", test_edit_is_told_to_the_row_alone);
  ADD ("/list/only-the-moved-row-is-told", test_only_the_moved_row_is_told);
  ADD ("/list/other-query-of-the-same-kind", test_other_query_of_the_same_kind);
  ADD ("/list/other-kind-empties-at-once", test_other_kind_empties_at_once);
  ADD ("/list/queries-that-overtake-each-other", test_queries_that_overtake_each_other);
  ADD ("/list/query-that-fails", test_query_that_fails);
  ADD ("/list/other-program-is-followed", test_other_program_is_followed);
  ADD ("/list/rows-that-go-with-their-parent", test_rows_that_go_with_their_parent);
  ADD ("/list/listener-changes-the-query", test_listener_changes_the_query);
  ADD ("/list/list-dropped-while-it-is-read", test_list_dropped_while_it_is_read);
  ADD ("/list/random-edits", test_random_edits);
  ADD ("/list/random-edits-under-a-filter", test_random_edits_under_a_filter);
  ADD ("/list/random-edits-under-a-search", test_random_edits_under_a_search);
  return g_test_run ();
}
