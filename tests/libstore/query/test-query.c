/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-store.h"

#include "store-database-private.h"
#include "store-error.h"
#include "store-query-private.h"
#include "store-search-index.h"

/* The titles found, with commas. */
static char *
run (StoreFixture *fixture,
     StoreQuery   *query)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = store_query_run (query, fixture->database, &error);
  g_autoptr (GString) titles = g_string_new (NULL);
  guint count;

  g_assert_no_error (error);
  for (guint i = 0; i < records->len; i++)
    g_string_append_printf (titles, "%s%s", i > 0 ? "," : "",
                            store_record_get_title (records->pdata[i]));
  if (query->limit == 0)
    {
      store_query_count (query, fixture->database, &count, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (count, ==, records->len);
    }
  return g_strdup (titles->str);
}

static void
assert_found (StoreFixture *fixture,
              StoreQuery   *query,
              const char   *expected)
{
  g_autofree char *titles = run (fixture, query);

  g_assert_cmpstr (titles, ==, expected);
}

static void
add_people (StoreFixture *fixture)
{
  g_object_unref (store_fixture_add (fixture, "party", "kind", "person", "display_name", "Carl",
                                     "sort_name", "Adams", "source", "fair", NULL));
  g_object_unref (store_fixture_add (fixture, "party", "kind", "company", "display_name", "bolt",
                                     NULL));
  g_object_unref (store_fixture_add (fixture, "party", "kind", "person", "display_name", "Anna",
                                     "sort_name", "Zorn", "source", "ad", NULL));
}

static void
test_order_falls_back_to_another_field (StoreFixture  *fixture,
                                        gconstpointer  data)
{
  g_autoptr (StoreQuery) query = store_query_new ("party");

  add_people (fixture);
  assert_found (fixture, query, "Carl,bolt,Anna");
  store_query_set_sort (query, "sort_name", FALSE);
  assert_found (fixture, query, "Carl,bolt,Anna");
  store_query_set_sort (query, "sort_name", TRUE);
  assert_found (fixture, query, "Anna,bolt,Carl");
  store_query_set_limit (query, 2);
  assert_found (fixture, query, "Anna,bolt");
}

static void
test_empty_fields_come_last (StoreFixture  *fixture,
                             gconstpointer  data)
{
  g_autoptr (StoreQuery) query = store_query_new ("party");

  add_people (fixture);
  store_query_set_sort (query, "source", FALSE);
  assert_found (fixture, query, "Anna,Carl,bolt");
  store_query_set_sort (query, "source", TRUE);
  assert_found (fixture, query, "Carl,Anna,bolt");
}

static void
test_alias_stands_for_a_part_of_a_kind (StoreFixture  *fixture,
                                        gconstpointer  data)
{
  g_autoptr (StoreQuery) people = store_query_new ("person");
  g_autoptr (StoreQuery) companies = store_query_new ("company");

  add_people (fixture);
  assert_found (fixture, people, "Carl,Anna");
  assert_found (fixture, companies, "bolt");
  g_assert_null (store_query_new ("nobody"));
}

static void
test_trash_is_seen_only_when_asked_for (StoreFixture  *fixture,
                                        gconstpointer  data)
{
  g_autoptr (StoreQuery) query = store_query_new ("party");
  g_autoptr (StoreRecord) dora =
    store_fixture_add (fixture, "party", "kind", "person", "display_name", "Dora", NULL);

  add_people (fixture);
  store_fixture_delete (fixture, dora);
  assert_found (fixture, query, "Carl,bolt,Anna");
  store_query_set_search (query, "dora");
  assert_found (fixture, query, "");
  store_query_set_trashed (query, TRUE);
  assert_found (fixture, query, "Dora");
  store_query_set_search (query, NULL);
  assert_found (fixture, query, "Dora");
  store_fixture_restore (fixture, dora);
  assert_found (fixture, query, "");
}

static void
test_related_and_filtered (StoreFixture  *fixture,
                           gconstpointer  data)
{
  g_autoptr (StoreQuery) query = store_query_new ("task");
  g_autoptr (StoreFilter) filter =
    store_filter_parse (STORE_KIND ("task"), "due >= 2025", NULL);
  g_autoptr (StoreRecord) dora =
    store_fixture_add (fixture, "party", "kind", "person", "display_name", "Dora", NULL);
  g_autofree char *id = store_fixture_dup_id (dora);

  g_object_unref (store_fixture_add (fixture, "task", "title", "call", "party", id, "due",
                                     "2025-01-02", NULL));
  g_object_unref (store_fixture_add (fixture, "task", "title", "visit", "party", id, "due",
                                     "2024-01-02", NULL));
  g_object_unref (store_fixture_add (fixture, "task", "title", "tidy up", "due", "2025-01-02",
                                     NULL));
  store_query_set_related (query, "party", store_record_get_id (dora));
  assert_found (fixture, query, "call,visit");
  store_query_set_filter (query, filter);
  assert_found (fixture, query, "call");
}

static void
test_unknown_field_to_sort_by (StoreFixture  *fixture,
                               gconstpointer  data)
{
  g_autoptr (StoreQuery) query = store_query_new ("party");
  g_autoptr (GError) error = NULL;

  store_query_set_sort (query, "shoe_size", FALSE);
  g_assert_null (store_query_run (query, fixture->database, &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_NOT_FOUND);
}

static void
on_run (GObject      *source,
        GAsyncResult *result,
        gpointer      data)
{
  *(GPtrArray **) data = store_query_run_finish (STORE_QUERY (source), result, NULL);
}

static void
test_run_beside_the_main_loop (StoreFixture  *fixture,
                               gconstpointer  data)
{
  g_autoptr (StoreQuery) query = store_query_new ("party");
  g_autoptr (GPtrArray) records = NULL;

  add_people (fixture);
  store_query_run_async (query, fixture->database, NULL, on_run, &records);
  while (records == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (records->len, ==, 3);
}

static gboolean
explain (StoreConnection  *connection,
         gpointer          data,
         GError          **error)
{
  g_autoptr (StoreSql) sql = store_sql_new ();
  g_autoptr (StoreStatement) statement = NULL;
  g_autoptr (GString) plan = g_string_new (NULL);
  g_autoptr (GString) text = g_string_new ("EXPLAIN QUERY PLAN ");
  gboolean row = TRUE;

  store_query_add_sql (data, STORE_QUERY_ROWS, NULL, sql, error);
  g_string_append (text, sql->text->str);
  statement = store_connection_prepare (connection, text->str, error);
  g_assert_nonnull (statement);
  while (store_statement_step (statement, &row, error) && row)
    g_string_append_printf (plan, "%s;", sqlite3_column_text (statement->handle, 3));

  g_test_message ("%s: %s", text->str, plan->str);
  g_assert_nonnull (strstr (plan->str, "COVERING INDEX"));
  g_assert_null (strstr (plan->str, "TEMP B-TREE"));
  return TRUE;
}

/* A million rows in order must come from the index alone. */
static void
test_list_is_answered_by_the_index_alone (StoreFixture  *fixture,
                                          gconstpointer  data)
{
  static const char *const fields[] = { "sort_name", "display_name", "lifecycle", "external_id" };

  for (guint i = 0; i < 2 * G_N_ELEMENTS (fields); i++)
    {
      g_autoptr (StoreQuery) query = store_query_new ("party");
      g_autoptr (GError) error = NULL;

      store_query_set_sort (query, fields[i / 2], i % 2);
      store_database_read (fixture->database, explain, query, &error);
      g_assert_no_error (error);
    }
}

#define ADD(name, func) \
  g_test_add (name, StoreFixture, NULL, store_fixture_set_up, func, store_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/query/order-falls-back-to-another-field", test_order_falls_back_to_another_field);
  ADD ("/query/empty-fields-come-last", test_empty_fields_come_last);
  ADD ("/query/alias-stands-for-a-part-of-a-kind", test_alias_stands_for_a_part_of_a_kind);
  ADD ("/query/trash-is-seen-only-when-asked-for", test_trash_is_seen_only_when_asked_for);
  ADD ("/query/related-and-filtered", test_related_and_filtered);
  ADD ("/query/unknown-field-to-sort-by", test_unknown_field_to_sort_by);
  ADD ("/query/run-beside-the-main-loop", test_run_beside_the_main_loop);
  ADD ("/query/list-is-answered-by-the-index-alone", test_list_is_answered_by_the_index_alone);
  return g_test_run ();
}
