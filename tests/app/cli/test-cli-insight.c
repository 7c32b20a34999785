/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures out of a file, for which no store is needed and none is made, and out of a store. */
#include "cli-manual.h"
#include "cli-run.h"

#include <glib/gstdio.h>
#include <math.h>
#include <sqlite3.h>
#include <string.h>

static char *
find_shared (const char *name)
{
  const char *folder = g_getenv ("CLIENTELE_SHARED_DATA");
  g_autofree char *beside =
    g_build_filename (g_getenv ("G_TEST_SRCDIR"), "..", "..", "shared", "data", NULL);
  char *path = g_build_filename (folder ? folder : beside, name, NULL);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return path;
  g_free (path);
  g_test_skip ("data not here");
  return NULL;
}

static char *
write_file (CliFolder  *folder,
            const char *name,
            const char *text)
{
  char *path = g_build_filename (folder->path, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static void
assert_no_store (CliFolder *folder)
{
  g_autofree char *own = g_build_filename (folder->path, "clientele", NULL);

  g_assert_false (g_file_test (folder->store, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (own, G_FILE_TEST_EXISTS));
}

static double
get_parameter (JsonObject *object,
               const char *name)
{
  return json_object_get_double_member (json_object_get_object_member (object, "parameters"), name);
}

static void
assert_near (double value,
             double expected,
             double tolerance)
{
  g_assert_cmpfloat (fabs (value - expected), <=, tolerance);
}

/* The published fit of BG/NBD to the CDNOW sample. */
static void
test_cdnow_gives_the_published_fit (CliFolder     *folder,
                                    gconstpointer  data)
{
  g_autofree char *path = find_shared ("clv/cdnow_sample.csv");

  if (!path)
    return;

  g_autoptr (JsonNode) document =
    cli_json (folder, "insight", "clv", "--orders", path, "--id", "master_id", "--date", "date",
              "--value", "value", "--until", "1997-09-30", "--model", "bgnbd", NULL);
  JsonObject *object = json_node_get_object (document);
  JsonArray *customers = json_object_get_array_member (object, "customers");

  g_assert_cmpstr (json_object_get_string_member (object, "model"), ==, "bgnbd");
  assert_near (get_parameter (object, "r"), .242595, 1e-5);
  assert_near (get_parameter (object, "alpha"), 4.413602, 1e-4);
  assert_near (get_parameter (object, "a"), .792922, 1e-4);
  assert_near (get_parameter (object, "b"), 2.425907, 1e-4);
  assert_near (json_object_get_double_member (object, "log_likelihood"), -9582.429207, 1e-4);
  assert_near (get_parameter (object, "p"), 6.2496, 1e-3);
  assert_near (get_parameter (object, "q"), 3.7442, 1e-3);
  assert_near (get_parameter (object, "v"), 15.4435, 1e-2);
  g_assert_cmpuint (json_array_get_length (customers), ==, 2357);
  for (guint i = 0; i < 2357; i++)
    {
      JsonObject *customer = json_array_get_object_element (customers, i);

      g_assert_nonnull (json_object_get_string_member (customer, "id"));
      for (const char *const *name = (const char *const[]){ "p_alive", "expected", "value", "clv",
                                                            NULL };
           *name; name++)
        g_assert_true (isfinite (json_object_get_double_member (customer, *name)));
    }
  assert_no_store (folder);
}

static char *
make_orders (CliFolder *folder,
             const char *name)
{
  g_autoptr (GString) text = g_string_new ("客户;日期;金额\n");

  for (guint customer = 0; customer < 60; customer++)
    for (guint order = 0; order <= customer % 7; order++)
      g_string_append_printf (text, "客户%u;%02u.%02u.2024;%u,50\n", customer,
                              1 + (customer * 5 + order * 3) % 28, 1 + (order * 2 + customer) % 12,
                              20 + customer * 3);
  return write_file (folder, name, text->str);
}

/* Semicolons, dates and commas as Germans write them, names in Chinese, all under LC_ALL=C. */
static void
test_foreign_files_are_read (CliFolder     *folder,
                             gconstpointer  data)
{
  g_autofree char *path = make_orders (folder, "订单.csv");
  g_autoptr (JsonNode) document =
    cli_json (folder, "insight", "rfm", "--orders", path, "--id", "客户", "--date", "日期",
              "--value", "金额", NULL);
  g_autofree char *text =
    cli_answer (folder, "insight", "rfm", "--orders", path, "--id", "客户", "--date", "日期",
                "--value", "金额", NULL);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  g_assert_true (JSON_NODE_HOLDS_OBJECT (document));
  g_assert_cmpuint (g_strv_length (lines), ==, 60);
  g_assert_nonnull (strstr (text, "客户59\t"));
  assert_no_store (folder);
}

static void
test_segments_are_named (CliFolder     *folder,
                         gconstpointer  data)
{
  g_autofree char *path = make_orders (folder, "orders.csv");
  g_autoptr (JsonNode) document =
    cli_json (folder, "insight", "segments", "--orders", path, "--id", "1", "--date", "2",
              "--value", "3", NULL);
  g_autofree char *text =
    cli_answer (folder, "insight", "segments", "--orders", path, "--id", "1", "--date", "2",
                "--value", "3", NULL);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint total = 0;

  g_assert_true (JSON_NODE_HOLDS_OBJECT (document));
  for (guint i = 0; lines[i]; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], "\t", -1);

      g_assert_cmpuint (strlen (cells[0]), >, 2);
      total += (guint) g_ascii_strtoull (cells[1], NULL, 10);
    }
  g_assert_cmpuint (total, ==, 60);
}

/* A line that cannot be taken is told by its number, and the others count. */
static void
test_bad_lines_are_told (CliFolder     *folder,
                         gconstpointer  data)
{
  g_autofree char *path = write_file (folder, "orders.csv",
                                      "id,date,value\n"
                                      "a,2024-01-01,10\n"
                                      "b,never,10\n"
                                      ",2024-01-01,10\n"
                                      "c,2024-01-02,much\n"
                                      "d,2024-01-02,12\n");
  g_autoptr (CliRun) run = cli_run (folder, "insight", "rfm", "--orders", path, "--id", "id",
                                    "--date", "date", "--value", "value", NULL);

  g_assert_cmpint (run->status, ==, 0);
  g_assert_nonnull (strstr (run->err, "Line 3 "));
  g_assert_nonnull (strstr (run->err, "Line 4 "));
  g_assert_nonnull (strstr (run->err, "Line 5 "));
  g_assert_null (strstr (run->err, "Line 2 "));
  g_assert_true (g_str_has_prefix (run->out, "a\t"));
  g_assert_nonnull (strstr (run->out, "\nd\t"));
}

/* A log of purchases without amounts still says who comes back; nothing is said about money. */
static void
test_money_may_be_unknown (CliFolder     *folder,
                           gconstpointer  data)
{
  g_autofree char *path = find_shared ("clv/grocery_elog.csv");

  if (!path)
    return;

  g_autoptr (JsonNode) document = cli_json (folder, "insight", "clv", "--orders", path, "--id",
                                            "cust", "--date", "date", NULL);
  JsonArray *customers =
    json_object_get_array_member (json_node_get_object (document), "customers");
  g_autofree char *rfm = cli_answer (folder, "insight", "rfm", "--orders", path, "--id", "cust",
                                     "--date", "date", NULL);
  double expected = 0;

  for (guint i = 0; i < json_array_get_length (customers); i++)
    expected += json_object_get_double_member (json_array_get_object_element (customers, i),
                                               "expected");
  g_assert_cmpuint (json_array_get_length (customers), ==, 1525);
  g_assert_cmpfloat (expected, >, 100);
  g_assert_cmpuint (strlen (rfm), >, 1525 * 10);
}

/* Customers and orders as another program writes them; the same orders as a file. The first customer
 * and the last have the same name. */
static char *
make_store (CliFolder *folder)
{
  g_autoptr (GString) csv = g_string_new ("id,date,value\n");
  g_autoptr (GString) sql = g_string_new ("BEGIN;");
  char *message = NULL;
  sqlite3 *handle;

  for (guint i = 0; i < 60; i++)
    {
      g_string_append_printf (sql, "INSERT INTO party (id, kind, display_name)"
                                   " VALUES (CAST ('C%015u' AS BLOB), 'person', 'Ada %02u');", i, i % 59);
      for (guint j = 0; j <= i % 7; j++)
        {
          g_autofree char *date = g_strdup_printf ("2024-%02u-%02u", 1 + (j * 2 + i) % 12,
                                                   1 + (i * 5 + j * 3) % 28);

          g_string_append_printf (sql, "INSERT INTO document (id, kind, party, date, total,"
                                       " currency) VALUES (randomblob (16), 'order',"
                                       " CAST ('C%015u' AS BLOB), '%s', %u, 'EUR');",
                                  i, date, 2050 + 300 * i);
          g_string_append_printf (csv, "43303030-3030-3030-3030-30303030%02x%02x,%s,%u.50\n",
                                  '0' + i / 10, '0' + i % 10, date, 20 + 3 * i);
        }
    }
  g_string_append (sql, "COMMIT");
  g_free (cli_answer (folder, "init", NULL));
  g_assert_cmpint (sqlite3_open (folder->store, &handle), ==, SQLITE_OK);
  sqlite3_exec (handle, sql->str, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  sqlite3_close (handle);
  return write_file (folder, "same.csv", csv->str);
}

/* Takes the names out, which a file of ids does not have. */
static char *
write_nameless (JsonNode *document)
{
  JsonArray *customers =
    json_object_get_array_member (json_node_get_object (document), "customers");

  for (guint i = 0; i < json_array_get_length (customers); i++)
    {
      JsonObject *customer = json_array_get_object_element (customers, i);

      if (!g_str_has_prefix (json_object_get_string_member_with_default (customer, "name", ""),
                             "Ada "))
        g_error ("A customer has no name");
      json_object_remove_member (customer, "name");
    }
  return json_to_string (document, FALSE);
}

/* From a store customers are read by their figures, from a file order by order. */
static void
test_store_is_read_as_a_file_is (CliFolder     *folder,
                                 gconstpointer  data)
{
  g_autofree char *path = make_store (folder);

  for (const char *const *verb = (const char *const[]){ "segments", "rfm", NULL }; *verb; verb++)
    {
      g_autoptr (JsonNode) of_store = cli_json (folder, "insight", *verb, "--until", "2024-12-31",
                                                NULL);
      g_autoptr (JsonNode) of_file = cli_json (folder, "insight", *verb, "--orders", path, "--id",
                                               "id", "--date", "date", "--value", "value",
                                               "--until", "2024-12-31", NULL);
      g_autofree char *nameless = write_nameless (of_store);
      g_autofree char *same = json_to_string (of_file, FALSE);

      g_assert_cmpstr (nameless, ==, same);
    }
}

/* What names a customer of the store in a question and in the answer; a file has ids alone. */
static void
test_customers_have_names (CliFolder     *folder,
                           gconstpointer  data)
{
  const char *id = "43303030-3030-3030-3030-303030303036";
  g_autofree char *path = make_store (folder);
  g_autofree char *lines = cli_answer (folder, "insight", "rfm", NULL);
  g_autofree char *of_file = cli_answer (folder, "insight", "rfm", "--orders", path, "--id", "id",
                                         "--date", "date", "--value", "value", NULL);
  g_autofree char *named = g_strconcat (id, "\tAda 06\t", NULL);
  g_autofree char *by_name =
    cli_answer (folder, "insight", "clv", "--draws", "5", "--explain", "Ada 06", NULL);
  g_autofree char *by_id =
    cli_answer (folder, "insight", "clv", "--draws", "5", "--explain", id, NULL);
  g_autoptr (JsonNode) document =
    cli_json (folder, "insight", "clv", "--draws", "5", "--explain", "Ada 06", NULL);
  JsonObject *explanation =
    json_object_get_object_member (json_node_get_object (document), "explanation");
  JsonArray *nearest = json_object_get_array_member (explanation, "nearest");

  g_assert_nonnull (strstr (lines, named));
  g_assert_null (strstr (of_file, "Ada"));
  g_assert_true (g_str_has_prefix (by_name, "Ada 06: Bought "));
  g_assert_cmpstr (by_name, ==, by_id);
  g_assert_cmpstr (json_object_get_string_member (explanation, "id"), ==, id);
  g_assert_cmpstr (json_object_get_string_member (explanation, "name"), ==, "Ada 06");
  g_assert_cmpuint (json_array_get_length (nearest), >, 0);
  for (guint i = 0; i < json_array_get_length (nearest); i++)
    g_assert_true (json_object_has_member (json_array_get_object_element (nearest, i), "name"));
  cli_manual_check (document, "insight clv", NULL);
  cli_fails (folder, 2, "insight", "clv", "--explain", "Ada 00", NULL);
  cli_fails (folder, 1, "insight", "clv", "--explain", "Grace", NULL);
}

static void
test_what_is_missing_is_told (CliFolder     *folder,
                              gconstpointer  data)
{
  g_autofree char *path = write_file (folder, "orders.csv", "id,date,value\na,2024-01-01,10\n");

  cli_fails (folder, 1, "insight", "rfm", "--orders", "nowhere.csv", "--id", "a", "--date", "b",
             "--value", "c", NULL);
  cli_fails (folder, 1, "insight", "rfm", "--orders", path, "--id", "name", "--date", "date",
             "--value", "value", NULL);
  cli_fails (folder, 2, "insight", "rfm", "--orders", path, NULL);
  cli_fails (folder, 1, "insight", "rfm", "--orders", path, "--id", "id", "--date", "date",
             "--value", "value", "--until", "1999-01-01", NULL);
  cli_fails (folder, 2, "insight", "rfm", "--orders", path, "--id", "id", "--date", "date",
             "--value", "value", "--until", "9999-12-31", NULL);
  assert_no_store (folder);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) \
  g_test_add ("/cli-insight/" name, CliFolder, NULL, cli_folder_set_up, func, cli_folder_tear_down)
  ADD ("cdnow-gives-the-published-fit", test_cdnow_gives_the_published_fit);
  ADD ("foreign-files-are-read", test_foreign_files_are_read);
  ADD ("segments-are-named", test_segments_are_named);
  ADD ("bad-lines-are-told", test_bad_lines_are_told);
  ADD ("money-may-be-unknown", test_money_may_be_unknown);
  ADD ("store-is-read-as-a-file-is", test_store_is_read_as_a_file_is);
  ADD ("customers-have-names", test_customers_have_names);
  ADD ("what-is-missing-is-told", test_what_is_missing_is_told);
  return g_test_run ();
}
