/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person writes as a condition, on plain tables made from the catalog. */
#include <glib.h>
#include <json-glib/json-glib.h>
#include <sqlite3.h>
#include <string.h>

#include "store-catalog.h"
#include "store-error.h"
#include "store-filter-private.h"
#include "store-query-functions.h"

typedef struct
{
  sqlite3 *handle;
} Fixture;

static void
execute (Fixture    *fixture,
         const char *sql)
{
  char *message = NULL;

  if (sqlite3_exec (fixture->handle, sql, NULL, NULL, &message) != SQLITE_OK)
    g_error ("%s: %s", sql, message);
}

static void
create_table (Fixture         *fixture,
              const StoreKind *kind)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  g_string_printf (sql, "CREATE TABLE %s (n INTEGER PRIMARY KEY, id BLOB UNIQUE", kind->name);
  for (guint i = 0; i < kind->n_fields; i++)
    g_string_append_printf (sql, ", \"%s\"", kind->fields[i].name);
  g_string_append (sql, ", trashed INTEGER NOT NULL DEFAULT 0)");
  execute (fixture, sql->str);
}

#define ANNA "0190a000-0000-7000-8000-000000000001"
#define TAG "0190a000-0000-7000-8000-000000000009"

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  const StoreKind *const *kinds;
  guint n_kinds;

  g_assert_cmpint (sqlite3_open (":memory:", &fixture->handle), ==, SQLITE_OK);
  store_query_functions_attach (fixture->handle, NULL);
  kinds = store_catalog_get_kinds (&n_kinds);
  for (guint i = 0; i < n_kinds; i++)
    create_table (fixture, kinds[i]);

  execute (fixture,
           "INSERT INTO party (id, kind, display_name, lifecycle, star, birthday, touch_every)"
           " VALUES"
           " (x'0190a000000070008000000000000001', 'person', 'Anna Müller', 'customer', 1, "
           "  '1980-05-17', 30),"
           " (x'0190a000000070008000000000000002', 'person', '陳偉', 'lead', 0, '--05-17', NULL),"
           " (x'0190a000000070008000000000000003', 'company', 'Salt and Pepper', NULL, NULL, NULL,"
           "  7);"
           "INSERT INTO tag (id, name) VALUES (x'0190a000000070008000000000000009', 'VIP');"
           "INSERT INTO tagging (party, tag) VALUES"
           " (x'0190a000000070008000000000000001', x'0190a000000070008000000000000009');"
           "INSERT INTO document (id, kind, party, date, total, currency) VALUES"
           " (x'01', 'order', x'0190a000000070008000000000000001', '2025-03-31', 10050, 'CNY'),"
           " (x'02', 'order', x'0190a000000070008000000000000001', '2025-04-01', 200, 'JPY'),"
           " (x'03', 'order', x'0190a000000070008000000000000002', '2024-12-31', 10050, NULL);");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  sqlite3_close (fixture->handle);
}

/* The row numbers that fulfil @filter, with commas. */
static char *
list_rows (Fixture         *fixture,
           const StoreKind *kind,
           StoreFilter     *filter)
{
  g_autoptr (StoreSql) sql = store_sql_new ();
  g_autoptr (GError) error = NULL;
  sqlite3_stmt *statement;
  char *rows;

  store_sql_add (sql, "SELECT group_concat (n) FROM ");
  store_sql_add_name (sql, kind->name);
  store_sql_add (sql, " WHERE ");
  store_filter_add_sql (filter, sql, &error);
  g_assert_no_error (error);
  if (sqlite3_prepare_v2 (fixture->handle, sql->text->str, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql->text->str, sqlite3_errmsg (fixture->handle));
  store_sql_bind (sql, statement);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  rows = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  return rows ? rows : g_strdup ("");
}

/* Also through JSON and back. */
static void
assert_rows (Fixture    *fixture,
             const char *kind_name,
             const char *text,
             const char *expected)
{
  const StoreKind *kind = store_catalog_find (kind_name);
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreFilter) filter = store_filter_parse (kind, text, &error);
  g_autoptr (StoreFilter) again = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *rows = NULL;
  g_autofree char *rows_again = NULL;

  g_test_message ("%s", text);
  g_assert_no_error (error);
  rows = list_rows (fixture, kind, filter);
  g_assert_cmpstr (rows, ==, expected);

  node = store_filter_to_json (filter);
  again = store_filter_from_json (kind, node, &error);
  g_assert_no_error (error);
  rows_again = list_rows (fixture, kind, again);
  g_assert_cmpstr (rows_again, ==, expected);
}

static void
assert_refused (const char *kind_name,
                const char *text,
                int         code,
                const char *part)
{
  g_autoptr (GError) error = NULL;

  g_test_message ("%s", text);
  g_assert_null (store_filter_parse (store_catalog_find (kind_name), text, &error));
  g_assert_error (error, STORE_ERROR, code);
  g_assert_nonnull (strstr (error->message, part));
}

static void
test_text (Fixture       *fixture,
           gconstpointer  data)
{
  assert_rows (fixture, "party", "display_name = Anna Müller", "1");
  assert_rows (fixture, "party", "display_name=anna müller", "");
  assert_rows (fixture, "party", "display_name ~ MULLER", "1");
  assert_rows (fixture, "party", "display_name ~ 陈", "2");
  assert_rows (fixture, "party", "display_name != \"Anna Müller\"", "2,3");
  assert_rows (fixture, "party", "display_name > B and display_name < T", "3");
  assert_rows (fixture, "party", "nickname = \"\"", "1,2,3");
  assert_rows (fixture, "party", "nickname != ''", "");
  assert_rows (fixture, "party", "nickname != Bob", "1,2,3");
}

static void
test_quotes (Fixture       *fixture,
             gconstpointer  data)
{
  assert_rows (fixture, "party", "display_name = \"Salt and Pepper\"", "3");
  assert_rows (fixture, "party", "display_name = 'Salt and Pepper' AND kind = company", "3");
  assert_rows (fixture, "party", "display_name = “Salt and Pepper”", "3");
  assert_rows (fixture, "party", "display_name = \"a\"\"b\\\"c\"", "");
  assert_rows (fixture, "party", "display_name ＝ 陳偉", "2");
  assert_rows (fixture, "party", "touch_every ≥ 7", "1,3");
  assert_refused ("party", "display_name = \"Salt", STORE_ERROR_INVALID, "Salt");
  assert_refused ("party", "display_name = Salt and Pepper", STORE_ERROR_INVALID, "Pepper");
  assert_refused ("party", "display_name = \"Salt\" Pepper", STORE_ERROR_INVALID, "Pepper");
}

static void
test_bad_part_is_named (Fixture       *fixture,
                        gconstpointer  data)
{
  assert_refused ("party", "colour = red", STORE_ERROR_NOT_FOUND, "display_name");
  assert_refused ("party", "colour = red", STORE_ERROR_NOT_FOUND, "colour");
  assert_refused ("party", "kind is person", STORE_ERROR_INVALID, "kind");
  assert_refused ("party", "kind =", STORE_ERROR_INVALID, "kind");
  assert_refused ("party", "", STORE_ERROR_INVALID, "FIELD OP VALUE");
  assert_refused ("party", "kind = person and", STORE_ERROR_INVALID, "FIELD OP VALUE");
  assert_refused ("party", "and", STORE_ERROR_INVALID, "and");
  assert_refused ("party", "= x", STORE_ERROR_INVALID, "= x");
  assert_refused ("party", "lifecycle = custmer", STORE_ERROR_INVALID, "prospect");
  assert_refused ("party", "lifecycle > lead", STORE_ERROR_INVALID, ">");
  assert_refused ("party", "star = maybe", STORE_ERROR_INVALID, "maybe");
  assert_refused ("party", "touch_every > soon", STORE_ERROR_INVALID, "soon");
  assert_refused ("party", "birthday < someday", STORE_ERROR_INVALID, "someday");
  assert_refused ("document", "total > much", STORE_ERROR_INVALID, "much");
  assert_refused ("document", "total ~ 1", STORE_ERROR_INVALID, "~");
  assert_refused ("party", "id = 7", STORE_ERROR_INVALID, "7");
  assert_refused ("party", "kind \xff", STORE_ERROR_INVALID, "UTF-8");
  assert_refused ("document", "tag = VIP", STORE_ERROR_NOT_FOUND, "tag");
}

static void
test_choices_and_yes_or_no (Fixture       *fixture,
                            gconstpointer  data)
{
  assert_rows (fixture, "party", "lifecycle = customer", "1");
  assert_rows (fixture, "party", "lifecycle = Customer", "1");
  assert_rows (fixture, "party", "lifecycle != customer", "2,3");
  assert_rows (fixture, "party", "lifecycle = \"\"", "3");
  assert_rows (fixture, "party", "star = yes", "1");
  assert_rows (fixture, "party", "star = no", "2,3");
  assert_rows (fixture, "party", "star != 1", "2,3");
  assert_rows (fixture, "party", "star = 是", "1");
}

static void
test_numbers_and_empty_fields (Fixture       *fixture,
                               gconstpointer  data)
{
  assert_rows (fixture, "party", "touch_every < 10", "3");
  assert_rows (fixture, "party", "touch_every <= 30", "1,3");
  assert_rows (fixture, "party", "touch_every != 30", "2,3");
  assert_rows (fixture, "party", "touch_every = \"\"", "2");
}

static void
test_money_in_whole_units_of_each_currency (Fixture       *fixture,
                                            gconstpointer  data)
{
  assert_rows (fixture, "document", "total > 100", "1,2,3");
  assert_rows (fixture, "document", "total = 100.50", "1,3");
  assert_rows (fixture, "document", "total >= 150", "2");
  assert_rows (fixture, "document", "total < 200", "1,3");
  assert_rows (fixture, "document", "total > 100 CNY", "1");
  assert_rows (fixture, "document", "total = 200 and currency = jpy", "2");
}

static void
test_days_months_years (Fixture       *fixture,
                        gconstpointer  data)
{
  assert_rows (fixture, "document", "date = 2025-03-31", "1");
  assert_rows (fixture, "document", "date = 2025/3/31", "1");
  assert_rows (fixture, "document", "date = 2025", "1,2");
  assert_rows (fixture, "document", "date != 2025", "3");
  assert_rows (fixture, "document", "date > 2025-03", "2");
  assert_rows (fixture, "document", "date <= 2025-03", "1,3");
  assert_rows (fixture, "document", "date < 2025", "3");
  assert_rows (fixture, "document", "date >= 2025-03-31", "1,2");
  assert_rows (fixture, "document", "date <= today", "1,2,3");
  assert_rows (fixture, "document", "date > today-30", "");
  assert_rows (fixture, "document", "date ~ -12-", "3");
  assert_rows (fixture, "party", "birthday = --05-17", "1,2");
  assert_rows (fixture, "party", "birthday < 2000", "1");
  assert_rows (fixture, "party", "birthday > 1970", "1");
}

static void
test_times_by_the_clock_on_the_wall (Fixture       *fixture,
                                     gconstpointer  data)
{
  g_autoptr (GDateTime) noon = g_date_time_new_local (2025, 3, 31, 12, 30, 10);
  gint64 noon_ms = g_date_time_to_unix (noon) * 1000;
  g_autofree char *sql = g_strdup_printf (
    "INSERT INTO activity (n, start) VALUES (5, %" G_GINT64_FORMAT ")", noon_ms);

  execute (fixture, sql);
  assert_rows (fixture, "activity", "start = 2025-03-31", "5");
  assert_rows (fixture, "activity", "start = 2025-03", "5");
  assert_rows (fixture, "activity", "start = 2025-04", "");
  assert_rows (fixture, "activity", "start = \"2025-03-31 12:30\"", "5");
  assert_rows (fixture, "activity", "start > \"2025-03-31 12:30\"", "");
  assert_rows (fixture, "activity", "start >= today", "");
}

static void
test_references_by_id_and_title (Fixture       *fixture,
                                 gconstpointer  data)
{
  assert_rows (fixture, "document", "party = " ANNA, "1,2");
  assert_rows (fixture, "document", "party != " ANNA, "3");
  assert_rows (fixture, "document", "party = Anna Müller", "1,2");
  assert_rows (fixture, "document", "party != Anna Müller", "3");
  assert_rows (fixture, "document", "party ~ 陈", "3");
  assert_rows (fixture, "document", "party = \"\"", "");
  assert_rows (fixture, "party", "id = " ANNA, "1");
  assert_rows (fixture, "party", "id != " ANNA, "2,3");
}

static void
test_tags (Fixture       *fixture,
           gconstpointer  data)
{
  assert_rows (fixture, "party", "tag = vip", "1");
  assert_rows (fixture, "party", "tag ~ i", "1");
  assert_rows (fixture, "party", "tag = VI", "");
  assert_rows (fixture, "party", "tag != VIP", "2,3");
  assert_rows (fixture, "party", "tag = \"\"", "2,3");
  assert_rows (fixture, "party", "tag != \"\"", "1");
  assert_rows (fixture, "party", "tag = " TAG, "1");
  execute (fixture, "UPDATE tagging SET trashed = 1");
  assert_rows (fixture, "party", "tag = vip", "");
  assert_rows (fixture, "party", "tag = " TAG, "");
}

static void
test_opposites_take_in_empty_fields (Fixture       *fixture,
                                     gconstpointer  data)
{
  const StoreKind *party = store_catalog_find ("party");
  StoreFilter *few = store_filter_parse (party, "touch_every < 10", NULL);
  g_autoptr (StoreFilter) filter = store_filter_new_not (few);
  g_autofree char *rows = list_rows (fixture, party, filter);

  g_assert_cmpstr (rows, ==, "1,2");
}

static void
test_values_of_the_program (Fixture       *fixture,
                            gconstpointer  data)
{
  const StoreKind *document = store_catalog_find ("document");
  StoreValue amount = store_value_integer (2000000);
  StoreValue jpy = store_value_text ("JPY");
  g_autoptr (StoreFilter) filter = store_filter_new_or (
    store_filter_new (document, "total", STORE_OPERATOR_GREATER_EQUAL, &amount),
    store_filter_new (document, "currency", STORE_OPERATOR_EQUAL, &jpy));
  g_autofree char *rows = list_rows (fixture, document, filter);

  g_assert_cmpstr (rows, ==, "2");
}

/* From a chart comes the list of the people behind a bar; it may be long. */
static void
test_many_ids (Fixture       *fixture,
               gconstpointer  data)
{
  const StoreKind *party = store_catalog_find ("party");
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (StoreId));

  for (int i = 2000; i >= 0; i--)
    {
      StoreId id;

      store_id_parse (&id, ANNA);
      id.bytes[14] = (guint8) (i / 256);
      id.bytes[15] = (guint8) i;
      if (i != 2)
        g_array_append_val (ids, id);
      if (ids->len == 3 || i == 0)
        {
          g_autoptr (StoreFilter) filter = store_filter_new_ids (party, ids);
          g_autofree char *rows = list_rows (fixture, party, filter);

          g_assert_cmpstr (rows, ==, i == 0 ? "1,3" : "");
        }
    }
}

static void
test_json_of_another_age (Fixture       *fixture,
                          gconstpointer  data)
{
  static const char *const bad[] = {
    "[]", "{}", "{\"field\":\"kind\"}", "{\"field\":\"kind\",\"op\":\"==\",\"value\":\"person\"}",
    "{\"field\":\"kind\",\"op\":\"=\",\"value\":7}", "{\"and\":[]}", "{\"and\":[7]}",
    "{\"not\":[]}",
    "{\"ids\":[\"x\"]}", "{\"ids\":[{}]}", "{\"field\":\"later\",\"op\":\"=\",\"value\":\"x\"}",
  };
  const StoreKind *party = store_catalog_find ("party");
  g_autoptr (GString) deep = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (JsonNode) node = json_from_string (bad[i], NULL);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", bad[i]);
      g_assert_null (store_filter_from_json (party, node, &error));
      g_assert_true (error && error->domain == STORE_ERROR);
    }

  for (int i = 0; i < 500; i++)
    g_string_append (deep, "{\"not\":");
  g_string_append (deep, "{\"field\":\"kind\",\"op\":\"=\",\"value\":\"person\"}");
  for (int i = 0; i < 500; i++)
    g_string_append_c (deep, '}');
  {
    g_autoptr (JsonNode) node = json_from_string (deep->str, NULL);
    g_autoptr (GError) error = NULL;

    g_assert_null (store_filter_from_json (party, node, &error));
    g_assert_error (error, STORE_ERROR, STORE_ERROR_INVALID);
  }
}

/* Nothing written may become SQL or crash: random pieces of conditions. */
static void
test_random_conditions (Fixture       *fixture,
                        gconstpointer  data)
{
  static const char *const pieces[] = {
    "kind", "display_name", "birthday", "star", "total", "tag", "id", "=", "!=", "<", "~", "≥", " ",
    " and ", "\"", "'", "“", "”", "\\", "2025", "-", "today", "陳", "yes", "person", ";", "--",
    "DROP",
    "\xe5", "1e9", "99999999999999999999", "%", "?", "0", ",", "\n", "and", "@",
  };
  const StoreKind *party = store_catalog_find ("party");

  for (int round = 0; round < 3000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (StoreFilter) filter = NULL;

      for (int i = g_test_rand_int_range (0, 12); i > 0; i--)
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      filter = store_filter_parse (party, text->str, &error);
      g_assert_true ((filter == NULL) == (error != NULL));
      if (filter)
        g_free (list_rows (fixture, party, filter));
    }
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/filter/text", test_text);
  ADD ("/filter/quotes", test_quotes);
  ADD ("/filter/bad-part-is-named", test_bad_part_is_named);
  ADD ("/filter/choices-and-yes-or-no", test_choices_and_yes_or_no);
  ADD ("/filter/numbers-and-empty-fields", test_numbers_and_empty_fields);
  ADD ("/filter/money-in-whole-units-of-each-currency", test_money_in_whole_units_of_each_currency);
  ADD ("/filter/days-months-years", test_days_months_years);
  ADD ("/filter/times-by-the-clock-on-the-wall", test_times_by_the_clock_on_the_wall);
  ADD ("/filter/references-by-id-and-title", test_references_by_id_and_title);
  ADD ("/filter/tags", test_tags);
  ADD ("/filter/opposites-take-in-empty-fields", test_opposites_take_in_empty_fields);
  ADD ("/filter/values-of-the-program", test_values_of_the_program);
  ADD ("/filter/many-ids", test_many_ids);
  ADD ("/filter/json-of-another-age", test_json_of_another_age);
  ADD ("/filter/random-conditions", test_random_conditions);
  return g_test_run ();
}
