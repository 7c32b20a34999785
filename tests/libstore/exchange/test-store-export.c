/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange-fixture.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "store-error.h"
#include "store-export-file.h"
#include "store-export-vcard.h"
#include "store-export.h"

static char *
get_folder (ExchangeFixture *fixture)
{
  return g_build_filename (fixture->folder, "out", NULL);
}

static JsonNode *
export (ExchangeFixture *fixture)
{
  g_autofree char *folder = get_folder (fixture);
  g_autoptr (GError) error = NULL;
  JsonNode *manifest = store_export_folder (fixture->database, folder, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return manifest;
}

static char *
read_file (ExchangeFixture *fixture,
           const char      *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, "out", name, NULL);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static void
add_product (ExchangeFixture *fixture,
             const char      *name,
             const char      *notes)
{
  g_autoptr (StoreRecord) record = store_record_new (STORE_KIND ("product"));
  g_autoptr (GError) error = NULL;

  store_record_set_text (record, "name", name);
  store_record_set_text (record, "notes", notes);
  store_record_set_text (record, "currency", "JPY");
  store_record_set_integer (record, "price", 1200);
  store_database_save (fixture->database, "Add", record, NULL, &error);
  g_assert_no_error (error);
}

/* The manifest's count of one kind. */
static gint64
get_count (JsonNode   *manifest,
           const char *kind)
{
  JsonArray *kinds = json_object_get_array_member (json_node_get_object (manifest), "kinds");

  for (guint i = 0; i < json_array_get_length (kinds); i++)
    {
      JsonObject *object = json_array_get_object_element (kinds, i);

      if (g_str_equal (json_object_get_string_member (object, "name"), kind))
        return json_object_get_int_member (object, "records");
    }
  return -1;
}

static void
test_everything_live_is_there (ExchangeFixture *fixture,
                               gconstpointer    data)
{
  g_autoptr (StoreImportReport) report = NULL;
  g_autoptr (JsonNode) manifest = NULL;
  guint n_kinds;
  const StoreKind *const *kinds = store_catalog_get_kinds (&n_kinds);

  report = exchange_fixture_import_file (fixture, "google.csv", FALSE);
  manifest = export (fixture);
  for (guint i = 0; i < n_kinds; i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM \"%s\" WHERE trashed = 0",
                                              kinds[i]->name);
      g_autofree char *name = g_strconcat (kinds[i]->name, ".json", NULL);
      g_autofree char *text = read_file (fixture, name);
      g_autoptr (JsonNode) node = json_from_string (text, NULL);
      gint64 n = exchange_fixture_count (fixture, sql);
      JsonArray *records;

      g_assert_nonnull (node);
      records = json_object_get_array_member (json_node_get_object (node), "records");
      g_assert_cmpint (json_array_get_length (records), ==, n);
      g_assert_cmpint (get_count (manifest, kinds[i]->name), ==, n);
    }
  g_assert_cmpint (get_count (manifest, "party"), >, 80);
}

static void
test_trash_stays_out (ExchangeFixture *fixture,
                      gconstpointer    data)
{
  g_autoptr (StoreRecord) record = store_record_new (STORE_KIND ("tag"));
  g_autoptr (JsonNode) manifest = NULL;

  store_record_set_text (record, "name", "gone");
  g_assert_true (store_database_save (fixture->database, "Add", record, NULL, NULL));
  g_assert_true (exchange_fixture_delete (fixture, STORE_KIND ("tag"),
                                          store_record_get_id (record)));
  manifest = export (fixture);
  g_assert_cmpint (get_count (manifest, "tag"), ==, 0);
}

static const char *
get_cell (StoreSheet *sheet,
          const char *name)
{
  return store_sheet_get_cell (sheet, (guint) store_sheet_find_column (sheet, name));
}

static void
test_any_text_comes_through (ExchangeFixture *fixture,
                             gconstpointer    data)
{
  static const char nasty[] = "=1+1 \"q\", \\ \n\t\x01 张 😀 </script> \x7f";
  g_autoptr (JsonNode) manifest = NULL;
  g_autofree char *csv = NULL;
  g_autofree char *json = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *product;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (StoreCsvReader) reader = NULL;
  g_autoptr (StoreSheet) sheet = NULL;

  add_product (fixture, "=cmd()", nasty);
  manifest = export (fixture);
  csv = read_file (fixture, "product.csv");
  json = read_file (fixture, "product.json");
  g_assert_true (g_str_has_prefix (csv, "\xef\xbb\xbfid,"));
  g_assert_null (strstr (csv, ",=cmd()"));

  stream = g_memory_input_stream_new_from_data (csv, -1, NULL);
  reader = store_csv_reader_new (stream, NULL, NULL, NULL);
  sheet = store_sheet_new (reader, NULL, NULL);
  g_assert_true (store_sheet_next (sheet, NULL, NULL));
  g_assert_cmpstr (get_cell (sheet, "name"), ==, "=cmd()");
  g_assert_cmpstr (get_cell (sheet, "notes"), ==, nasty);

  node = json_from_string (json, NULL);
  product = json_array_get_object_element (
    json_object_get_array_member (json_node_get_object (node), "records"), 0);
  g_assert_cmpstr (json_object_get_string_member (product, "notes"), ==, nasty);
  g_assert_cmpstr (json_object_get_string_member (product, "price"), ==, "1200");
  g_assert_false (json_object_has_member (product, "sku"));
}

static void
test_export_can_be_imported (ExchangeFixture *fixture,
                             gconstpointer    data)
{
  g_autoptr (JsonNode) manifest = NULL;
  g_autofree char *csv = NULL;
  g_autoptr (StoreImportReport) report = NULL;

  add_product (fixture, "Tea", "green");
  manifest = export (fixture);
  csv = read_file (fixture, "product.csv");
  report = exchange_fixture_import (fixture, csv, "product", NULL, FALSE);
  g_assert_cmpuint (report->unchanged, ==, 1);
  g_assert_cmpint (exchange_fixture_count (fixture, "SELECT count(*) FROM product"), ==, 1);
}

static void
test_customers_move_to_another_store_as_they_are (ExchangeFixture *fixture,
                                                  gconstpointer    data)
{
  static const char sql[] = "SELECT group_concat(id || display_name || kind, ',') FROM (SELECT "
                            "hex(id) AS id, display_name, kind FROM party ORDER BY id)";
  ExchangeFixture other = { 0 };
  g_autoptr (StoreImportReport) report = NULL;
  g_autoptr (StoreImportReport) moved = NULL;
  g_autoptr (JsonNode) manifest = NULL;
  g_autofree char *csv = NULL;
  g_autofree char *here = NULL;
  g_autofree char *there = NULL;

  report = exchange_fixture_import_file (fixture, "google.csv", FALSE);
  manifest = export (fixture);
  csv = read_file (fixture, "party.csv");
  here = exchange_fixture_get_text (fixture, sql);
  exchange_fixture_set_up (&other, NULL);
  moved = exchange_fixture_import (&other, csv, "party", NULL, FALSE);
  there = exchange_fixture_get_text (&other, sql);
  g_assert_cmpint (moved->taken, ==, get_count (manifest, "party"));
  g_assert_cmpuint (report->refused, ==, 0);
  g_assert_cmpstr (here, ==, there);
  exchange_fixture_tear_down (&other, NULL);
}

/* What a card can say of a customer, one line each. */
static const char card_sql[] =
  "SELECT group_concat(line, char(10)) FROM (SELECT hex(p.id) || p.kind || p.display_name || "
  "coalesce(p.birthday, '') || coalesce(p.notes, '') || coalesce((SELECT group_concat(normalised) "
  "FROM (SELECT normalised FROM contact_point c WHERE c.party = p.id ORDER BY 1)), '') || "
  "coalesce((SELECT o.display_name FROM party_link l JOIN party o ON o.id = l.other "
  "WHERE l.party = p.id), '') AS line FROM party p ORDER BY p.id)";

static void
test_cards_carry_customers_to_another_store (ExchangeFixture *fixture,
                                             gconstpointer    data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "cards.vcf", NULL);
  ExchangeFixture other = { 0 };
  g_autoptr (StoreImportReport) report = NULL;
  g_autoptr (StoreImportReport) more = NULL;
  g_autoptr (StoreImportReport) moved = NULL;
  g_autofree char *text = NULL;
  g_autofree char *here = NULL;
  g_autofree char *there = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = NULL;
  guint64 n_cards;

  report = exchange_fixture_import_file (fixture, "excel_zh_gbk.csv", FALSE);
  more = exchange_fixture_import (fixture,
                                  "name,email,birthday,city,notes,tags\n"
                                  "Zoë,z@b.example,3月22日,Rome,\"a;b,\\ \",x\n",
                                  "party", NULL, FALSE);
  g_assert_cmpuint (report->refused + more->refused, ==, 0);
  g_assert_true (store_export_vcards (fixture->database, path, &n_cards, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_cards, ==, report->taken + more->taken + report->companies);

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_utf8_validate (text, -1, NULL));
  lines = g_strsplit (text, "\r\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    g_assert_cmpuint (strlen (lines[i]), <=, 75);

  exchange_fixture_set_up (&other, NULL);
  moved = exchange_fixture_import (&other, text, "party", NULL, FALSE);
  g_assert_cmpuint (moved->refused, ==, 0);
  here = exchange_fixture_get_text (fixture, card_sql);
  there = exchange_fixture_get_text (&other, card_sql);
  g_assert_cmpstr (here, ==, there);
  exchange_fixture_tear_down (&other, NULL);
}

static void
test_full_folder_is_left_alone (ExchangeFixture *fixture,
                                gconstpointer    data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (store_export_folder (fixture->database, fixture->folder, NULL, NULL, NULL,
                                      &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_EXISTS);
}

static void
test_empty_folder_is_taken (ExchangeFixture *fixture,
                            gconstpointer    data)
{
  g_autofree char *folder = get_folder (fixture);
  g_autoptr (JsonNode) manifest = NULL;
  struct stat found;

  g_assert_cmpint (g_mkdir (folder, 0755), ==, 0);
  manifest = export (fixture);
  g_assert_cmpint (g_stat (folder, &found), ==, 0);
  g_assert_cmpuint (found.st_mode & 0777, ==, 0700);
}

static guint
count_entries (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (folder) != NULL)
    n++;
  return n;
}

static void
test_stopped_export_leaves_nothing (ExchangeFixture *fixture,
                                    gconstpointer    data)
{
  g_autofree char *folder = get_folder (fixture);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  guint before;

  add_product (fixture, "Tea", "green");
  before = count_entries (fixture->folder);
  g_cancellable_cancel (cancellable);
  g_assert_null (store_export_folder (fixture->database, folder, NULL, NULL, cancellable, &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_CANCELLED);
  g_assert_cmpuint (count_entries (fixture->folder), ==, before);
}

static void
test_place_that_is_no_folder_is_told (ExchangeFixture *fixture,
                                      gconstpointer    data)
{
  g_autofree char *folder = g_build_filename ("/dev/null", "out", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (store_export_folder (fixture->database, folder, NULL, NULL, NULL, &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_FAILED);
}

/* A limit on the size of files stands in for a full disk. */
static void
test_failed_write_leaves_nothing (ExchangeFixture *fixture,
                                  gconstpointer    data)
{
  g_autofree char *folder = get_folder (fixture);
  g_autoptr (GError) error = NULL;
  struct rlimit before, tight;
  guint n_entries = count_entries (fixture->folder);

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  signal (SIGXFSZ, SIG_IGN);
  tight = before;
  tight.rlim_cur = 16;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &tight), ==, 0);
  g_assert_null (store_export_folder (fixture->database, folder, NULL, NULL, NULL, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_error (error, STORE_ERROR, STORE_ERROR_FAILED);
  g_assert_cmpuint (count_entries (fixture->folder), ==, n_entries);
}

static void
test_full_disk_is_told (ExchangeFixture *fixture,
                        gconstpointer    data)
{
  g_autoptr (GError) error = NULL;

  store_export_set_error (&error, "out/party.csv", ENOSPC);
  g_assert_error (error, STORE_ERROR, STORE_ERROR_FULL);
  g_assert_nonnull (strstr (error->message, "party.csv"));
}

static void
note_progress (double   fraction,
               gpointer data)
{
  double *last = data;

  g_assert_cmpfloat (fraction, >=, *last);
  g_assert_cmpfloat (fraction, <=, 1.01);
  *last = fraction;
}

static void
test_progress_rises (ExchangeFixture *fixture,
                     gconstpointer    data)
{
  g_autoptr (StoreImportReport) report = NULL;
  g_autofree char *folder = get_folder (fixture);
  g_autoptr (JsonNode) manifest = NULL;
  double last = 0;

  report = exchange_fixture_import_file (fixture, "google.csv", FALSE);
  manifest = store_export_folder (fixture->database, folder, note_progress, &last, NULL, NULL);
  g_assert_nonnull (manifest);
  g_assert_cmpfloat (last, >, 0);
}

static void
add (const char *name,
     void      (*test) (ExchangeFixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/export/", name, NULL);

  g_test_add (path, ExchangeFixture, NULL, exchange_fixture_set_up, test,
              exchange_fixture_tear_down);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("everything-live-is-there", test_everything_live_is_there);
  add ("trash-stays-out", test_trash_stays_out);
  add ("any-text-comes-through", test_any_text_comes_through);
  add ("export-can-be-imported", test_export_can_be_imported);
  add ("customers-move-to-another-store-as-they-are",
       test_customers_move_to_another_store_as_they_are);
  add ("cards-carry-customers-to-another-store", test_cards_carry_customers_to_another_store);
  add ("full-folder-is-left-alone", test_full_folder_is_left_alone);
  add ("empty-folder-is-taken", test_empty_folder_is_taken);
  add ("stopped-export-leaves-nothing", test_stopped_export_leaves_nothing);
  add ("failed-write-leaves-nothing", test_failed_write_leaves_nothing);
  add ("full-disk-is-told", test_full_disk_is_told);
  add ("place-that-is-no-folder-is-told", test_place_that_is_no_folder_is_told);
  add ("progress-rises", test_progress_rises);

  return g_test_run ();
}
