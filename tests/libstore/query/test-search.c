/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-store.h"

#include "store-database-private.h"
#include "store-history.h"
#include "store-log.h"
#include "store-query.h"
#include "store-search-index.h"
#include "store-search.h"

/* The titles found, those of owners in brackets, with commas. */
static char *
search (StoreFixture *fixture,
        const char   *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hits = store_search (fixture->database, words, 50, &error);
  g_autoptr (GString) titles = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < hits->len; i++)
    {
      StoreHit *hit = hits->pdata[i];

      g_string_append_printf (titles, "%s%s", i > 0 ? "," : "",
                              store_record_get_title (hit->record));
      if (hit->owner)
        g_string_append_printf (titles, " (%s)", store_record_get_title (hit->owner));
    }
  return g_strdup (titles->str);
}

static void
assert_found (StoreFixture *fixture,
              const char   *words,
              const char   *expected)
{
  g_autofree char *titles = search (fixture, words);

  g_test_message ("%s", words);
  g_assert_cmpstr (titles, ==, expected);
}

static StoreRecord *
add_person (StoreFixture *fixture,
            const char   *name)
{
  return store_fixture_add (fixture, "party", "kind", "person", "display_name", name, NULL);
}

static StoreRecord *
add_number (StoreFixture *fixture,
            StoreRecord  *person,
            const char   *number)
{
  g_autofree char *id = store_fixture_dup_id (person);

  return store_fixture_add (fixture, "contact_point", "party", id, "channel", "phone", "value",
                            number, NULL);
}

static void
test_way_to_reach_finds_the_customer (StoreFixture  *fixture,
                                      gconstpointer  data)
{
  g_autoptr (StoreRecord) anna = add_person (fixture, "Anna Müller");
  g_autoptr (StoreRecord) wang = add_person (fixture, "王小明");
  g_autofree char *id = store_fixture_dup_id (anna);
  g_autoptr (StoreRecord) number = add_number (fixture, wang, "+86 138-0013-8000");
  g_autoptr (StoreRecord) mail = NULL;
  g_autoptr (StoreRecord) address = NULL;

  mail = store_fixture_add (fixture, "contact_point", "party", id, "channel", "email", "value",
                            "anna.m@example.com", NULL);
  address = store_fixture_add (fixture, "address", "party", id, "city", "Köln", NULL);
  assert_found (fixture, "138 0013 8000", "王小明");
  assert_found (fixture, "小明 8000", "王小明");
  assert_found (fixture, "example", "Anna Müller");
  assert_found (fixture, "anna koln", "Anna Müller");
  assert_found (fixture, "wang", "");
  assert_found (fixture, "明", "王小明");
  assert_found (fixture, "  ", "");
}

static void
test_hit_names_its_owner (StoreFixture  *fixture,
                          gconstpointer  data)
{
  g_autoptr (StoreRecord) anna = add_person (fixture, "Anna");
  g_autofree char *id = store_fixture_dup_id (anna);
  g_autoptr (StoreRecord) task =
    store_fixture_add (fixture, "task", "title", "Send catalogue", "party", id, NULL);
  g_autoptr (StoreRecord) lone = store_fixture_add (fixture, "task", "title", "Send flowers", NULL);

  assert_found (fixture, "catalog", "Send catalogue (Anna)");
  assert_found (fixture, "send", "Send flowers,Send catalogue (Anna)");
}

static void
test_best_title_first (StoreFixture  *fixture,
                       gconstpointer  data)
{
  g_autoptr (StoreRecord) a = add_person (fixture, "Bo");
  g_autoptr (StoreRecord) b = add_person (fixture, "Bob");
  g_autoptr (StoreRecord) c =
    store_fixture_add (fixture, "party", "kind", "person", "display_name", "Carl", "notes",
                       "knows Bo", NULL);
  g_autoptr (StoreRecord) d = add_person (fixture, "Dr. Bo");

  assert_found (fixture, "bo", "Bo,Bob,Dr. Bo,Carl");
}

static void
test_edit_of_a_part (StoreFixture  *fixture,
                     gconstpointer  data)
{
  g_autoptr (StoreRecord) anna = add_person (fixture, "Anna");
  g_autoptr (StoreRecord) bert = add_person (fixture, "Bert");
  g_autofree char *bert_id = store_fixture_dup_id (bert);
  g_autoptr (StoreRecord) number = add_number (fixture, anna, "5550001");

  assert_found (fixture, "5550001", "Anna");
  store_fixture_set (fixture, number, "value", "5550002");
  assert_found (fixture, "5550001", "");
  assert_found (fixture, "5550002", "Anna");
  store_fixture_set (fixture, number, "party", bert_id);
  assert_found (fixture, "5550002", "Bert");
  store_fixture_delete (fixture, number);
  assert_found (fixture, "5550002", "");
  store_fixture_restore (fixture, number);
  assert_found (fixture, "5550002", "Bert");
}

static void
test_trashed_with_its_parent_and_back (StoreFixture  *fixture,
                                       gconstpointer  data)
{
  g_autoptr (StoreRecord) anna = add_person (fixture, "Anna");
  g_autofree char *id = store_fixture_dup_id (anna);
  g_autoptr (StoreRecord) number = add_number (fixture, anna, "5550001");
  g_autoptr (StoreRecord) task =
    store_fixture_add (fixture, "task", "title", "Send catalogue", "party", id, NULL);

  assert_found (fixture, "catalogue", "Send catalogue (Anna)");
  store_fixture_delete (fixture, anna);
  assert_found (fixture, "anna", "");
  assert_found (fixture, "5550001", "");
  assert_found (fixture, "catalogue", "");
  store_fixture_restore (fixture, anna);
  assert_found (fixture, "anna", "Anna");
  assert_found (fixture, "5550001", "Anna");
  assert_found (fixture, "catalogue", "Send catalogue (Anna)");
}

static void
test_undone_edit (StoreFixture  *fixture,
                  gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreRecord) anna = add_person (fixture, "Anna");
  g_autoptr (StoreUndoReport) report = NULL;

  store_fixture_set (fixture, anna, "display_name", "Hanna");
  assert_found (fixture, "hanna", "Hanna");
  report = store_undo (fixture->database, NULL, &error);
  g_assert_no_error (error);
  assert_found (fixture, "hanna", "");
  assert_found (fixture, "anna", "Anna");
}

/* The records of the first store's stream, merged into the second. */
static void
pull (StoreFixture *to,
      StoreFixture *from)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) bodies = NULL;
  guint8 hash[STORE_HASH_SIZE];
  StoreIntake intake;
  StoreStreamId stream;

  store_log_get_own_stream (from->database, &stream);
  bodies = store_log_read (from->database, &stream, 0, 0, G_MAXSSIZE, &error);
  g_assert_no_error (error);
  store_log_get_hash (from->database, &stream, bodies->len, hash, &error);
  g_assert_no_error (error);
  store_log_take (to->database, &stream, 1, bodies, hash, NULL, NULL, NULL, &intake, &error);
  g_assert_no_error (error);
}

static void
test_merged_from_another_device (StoreFixture  *fixture,
                                 gconstpointer  data)
{
  StoreFixture other = { 0 };
  g_autoptr (StoreRecord) wang = NULL;
  g_autoptr (StoreRecord) number = NULL;

  store_fixture_set_up (&other, NULL);
  wang = add_person (&other, "王小明");
  number = add_number (&other, wang, "5550001");
  assert_found (fixture, "小明", "");
  pull (fixture, &other);
  assert_found (fixture, "小明 5550001", "王小明");

  store_fixture_set (&other, number, "value", "5550002");
  store_fixture_set (&other, wang, "display_name", "王大明");
  pull (fixture, &other);
  assert_found (fixture, "5550001", "");
  assert_found (fixture, "大明 5550002", "王大明");
  store_fixture_delete (&other, wang);
  pull (fixture, &other);
  assert_found (fixture, "大明", "");
  store_fixture_tear_down (&other, NULL);
}

/* Another program on the same file finds what this one wrote, and writes on in the same index. */
static void
test_two_programs_on_one_file (StoreFixture  *fixture,
                               gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  StoreFixture second = *fixture;
  g_autoptr (StoreRecord) anna = add_person (fixture, "Anna");
  g_autoptr (StoreRecord) bert = NULL;

  second.database = store_database_open (fixture->path, STORE_OPEN_EXISTING, &error);
  g_assert_no_error (error);
  assert_found (fixture, "anna", "Anna");
  assert_found (&second, "anna", "Anna");
  bert = add_person (&second, "Bert");
  assert_found (&second, "bert", "Bert");
  assert_found (fixture, "bert", "Bert");
  store_fixture_set (fixture, anna, "display_name", "Hanna");
  assert_found (&second, "hanna", "Hanna");
  assert_found (&second, "anna", "");
  store_database_close (second.database);
  g_object_unref (second.database);
}

static gboolean
add_many (StoreTransaction *transaction,
          gpointer          data,
          GError          **error)
{
  for (int i = 0; i < GPOINTER_TO_INT (data); i++)
    {
      g_autoptr (StoreRecord) record = store_record_new (STORE_KIND ("party"));
      g_autofree char *name = g_strdup_printf ("Person%d 张%c", i, 'a' + i % 26);

      store_record_set_text (record, "kind", "person");
      store_record_set_text (record, "display_name", name);
      if (!store_transaction_save (transaction, record, error))
        return FALSE;
    }
  return TRUE;
}

static guint
count_hits (StoreFixture *fixture,
            const char   *words)
{
  g_autoptr (GPtrArray) hits = store_search (fixture->database, words, 0, NULL);

  return hits->len;
}

/* Larger than one batch, and brought in by pieces of a budget that is over at once. */
static void
test_import_in_small_steps (StoreFixture  *fixture,
                            gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  gboolean complete = FALSE;
  int rounds = 0;

  g_assert_cmpuint (count_hits (fixture, "张"), ==, 0);
  for (int i = 0; i < 3; i++)
    {
      store_database_write (fixture->database, "Import", NULL, add_many, GINT_TO_POINTER (1500),
                            NULL, &error);
      g_assert_no_error (error);
    }
  for (; !complete; rounds++)
    {
      store_search_index_catch_up (fixture->database, 1, &complete, &error);
      g_assert_no_error (error);
      g_assert_cmpint (rounds, <, 1000);
    }
  g_assert_cmpuint (count_hits (fixture, "张"), ==, 4500);
  g_assert_cmpuint (count_hits (fixture, "person1499 张"), ==, 3);
}

static void
assert_query_finds (StoreFixture *fixture,
                    const char   *words,
                    guint         expected)
{
  g_autoptr (StoreQuery) query = store_query_new ("party");
  g_autoptr (GPtrArray) records = NULL;

  store_query_set_search (query, words);
  store_query_set_sort (query, "sort_name", FALSE);
  records = store_query_run (query, fixture->database, NULL);
  g_assert_cmpuint (records->len, ==, expected);
  for (guint i = 1; i < records->len; i++)
    g_assert_cmpint (g_ascii_strcasecmp (store_record_get_title (records->pdata[i - 1]),
                                         store_record_get_title (records->pdata[i])), <=, 0);
}

/* Few rows are fetched, many are left of a walk through all: both are in order. */
static void
test_many_and_few_matches_in_order (StoreFixture  *fixture,
                                    gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  store_database_write (fixture->database, "Import", NULL, add_many, GINT_TO_POINTER (2500), NULL,
                        &error);
  g_assert_no_error (error);
  assert_query_finds (fixture, "张", 2500);
  assert_query_finds (fixture, "person24", 111);
  assert_query_finds (fixture, "nobody", 0);
}

static gboolean
spoil_index (StoreConnection  *connection,
             gpointer          data,
             GError          **error)
{
  return store_connection_execute (connection, data, error);
}

/* What an older or a damaged index left behind is made anew. */
static void
test_index_made_anew (StoreFixture  *fixture,
                      gconstpointer  data)
{
  static const char *const damages[] = {
    "UPDATE search_state SET version = '0'",
    "UPDATE search_state SET seq = 1000000",
    "DROP TABLE search_state",
    "DROP TABLE search",
    "DELETE FROM search_state",
  };
  g_autoptr (StoreRecord) anna = add_person (fixture, "Anna");
  g_autoptr (StoreRecord) number = add_number (fixture, anna, "5550001");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      assert_found (fixture, "5550001", "Anna");
      store_database_write_local (fixture->database, spoil_index, (gpointer) damages[i], &error);
      g_assert_no_error (error);
    }
  assert_found (fixture, "anna 5550001", "Anna");
  store_search_index_rebuild (fixture->database, &error);
  g_assert_no_error (error);
  assert_found (fixture, "anna 5550001", "Anna");
}

static char *
dup_random_name (void)
{
  static const char *const parts[] = {
    "Anna", "Bert", "Ｃarl", "小", "明", "王", "陳", "é", "12345678",
  };
  g_autoptr (GString) name = g_string_new ("x");

  for (int i = g_test_rand_int_range (1, 4); i > 0; i--)
    g_string_append_printf (name, "%s%s", g_test_rand_bit () ? " " : "",
                            parts[g_test_rand_int_range (0, G_N_ELEMENTS (parts))]);
  return g_strdup (name->str);
}

static void
change_something (StoreFixture *fixture,
                  GPtrArray    *people,
                  GPtrArray    *numbers)
{
  StoreRecord *person = people->pdata[g_test_rand_int_range (0, (int) people->len)];
  StoreRecord *number = numbers->pdata[g_test_rand_int_range (0, (int) numbers->len)];
  g_autofree char *name = dup_random_name ();
  g_autofree char *id = store_fixture_dup_id (person);
  g_autofree char *digits = g_strdup_printf ("555%04d", g_test_rand_int_range (0, 10000));

  switch (g_test_rand_int_range (0, 7))
    {
    case 0:
      g_ptr_array_add (people, add_person (fixture, name));
      break;
    case 1:
      store_fixture_set (fixture, person, "display_name", name);
      break;
    case 2:
      store_fixture_delete (fixture, person);
      break;
    case 3:
      store_fixture_restore (fixture, person);
      break;
    case 4:
      g_ptr_array_add (numbers, add_number (fixture, person, digits));
      break;
    case 5:
      store_fixture_set (fixture, number, "value", digits);
      break;
    default:
      store_fixture_set (fixture, number, "party", id);
      break;
    }
}

/* After any history, the index that followed the log is the index made anew from the rows. */
static void
test_index_that_followed_is_index_made_anew (StoreFixture  *fixture,
                                             gconstpointer  data)
{
  static const char *const probes[] = {
    "x", "anna", "carl", "小明", "明", "陈", "5", "555", "12345678",
  };
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) numbers = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) followed = g_new0 (char *, G_N_ELEMENTS (probes) + 1);

  g_ptr_array_add (people, add_person (fixture, "x Anna"));
  g_ptr_array_add (numbers, add_number (fixture, people->pdata[0], "5551234"));
  for (int i = 0; i < 120; i++)
    {
      change_something (fixture, people, numbers);
      if (g_test_rand_int_range (0, 8) == 0)
        g_free (search (fixture, "x"));
    }

  for (guint i = 0; i < G_N_ELEMENTS (probes); i++)
    followed[i] = search (fixture, probes[i]);
  store_search_index_rebuild (fixture->database, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (probes); i++)
    assert_found (fixture, probes[i], followed[i]);
}

static void
on_searched (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  *(GPtrArray **) data = store_search_finish (STORE_DATABASE (source), result, NULL);
}

static void
test_search_beside_the_main_loop (StoreFixture  *fixture,
                                  gconstpointer  data)
{
  g_autoptr (StoreRecord) anna = add_person (fixture, "Anna");
  g_autoptr (GPtrArray) hits = NULL;

  store_search_index_follow (fixture->database);
  store_search_async (fixture->database, "an", 5, NULL, on_searched, &hits);
  while (hits == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (hits->len, ==, 1);
}

#define ADD(name, func) \
  g_test_add (name, StoreFixture, NULL, store_fixture_set_up, func, store_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/search/way-to-reach-finds-the-customer", test_way_to_reach_finds_the_customer);
  ADD ("/search/hit-names-its-owner", test_hit_names_its_owner);
  ADD ("/search/best-title-first", test_best_title_first);
  ADD ("/search/edit-of-a-part", test_edit_of_a_part);
  ADD ("/search/trashed-with-its-parent-and-back", test_trashed_with_its_parent_and_back);
  ADD ("/search/undone-edit", test_undone_edit);
  ADD ("/search/merged-from-another-device", test_merged_from_another_device);
  ADD ("/search/two-programs-on-one-file", test_two_programs_on_one_file);
  ADD ("/search/import-in-small-steps", test_import_in_small_steps);
  ADD ("/search/many-and-few-matches-in-order", test_many_and_few_matches_in_order);
  ADD ("/search/index-made-anew", test_index_made_anew);
  ADD ("/search/index-that-followed-is-index-made-anew",
       test_index_that_followed_is_index_made_anew);
  ADD ("/search/search-beside-the-main-loop", test_search_beside_the_main_loop);
  return g_test_run ();
}
