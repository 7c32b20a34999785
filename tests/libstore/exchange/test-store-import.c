/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange-fixture.h"

#include <string.h>

#include "store-error.h"
#include "store-history.h"
#include "store-party-clues.h"

#define PARTIES "SELECT count(*) FROM party WHERE trashed = 0"
#define PEOPLE "SELECT count(*) FROM party WHERE trashed = 0 AND kind = 'person'"
#define CONTACTS "SELECT count(*) FROM contact_point WHERE trashed = 0"

static void
test_row_becomes_all_its_records (ExchangeFixture *fixture,
                                  gconstpointer    data)
{
  g_autoptr (StoreImportReport) report = NULL;
  g_autofree char *city = NULL;
  g_autofree char *normal = NULL;
  g_autofree char *birthday = NULL;

  report = exchange_fixture_import (fixture,
                                    "Name,Email,Mobile,Company,Street,Postcode,City,Country,Tags,"
                                    "Birthday,Source\n"
                                    "Ann Lee,<ANN@B.example>,138 7566 3404,Acme,1 Road,123,Rome,"
                                    "Italy,vip; friend,24.12.1980,fair\n",
                                    "party", NULL, FALSE);
  exchange_assert_counts (report, 1, 0, 0, 0);
  g_assert_cmpuint (report->companies, ==, 1);
  g_assert_nonnull (report->group);
  g_assert_cmpint (exchange_fixture_count (fixture, PARTIES), ==, 2);
  g_assert_cmpint (exchange_fixture_count (fixture, CONTACTS), ==, 2);
  g_assert_cmpint (exchange_fixture_count (fixture, "SELECT count(*) FROM party_link"), ==, 1);
  g_assert_cmpint (exchange_fixture_count (fixture, "SELECT count(*) FROM tagging"), ==, 2);
  normal = exchange_fixture_get_text (fixture, "SELECT group_concat(channel || normalised, ' ') "
                                               "FROM (SELECT * FROM contact_point ORDER BY n)");
  g_assert_cmpstr (normal, ==, "emailann@b.example mobile+8613875663404");
  city = exchange_fixture_get_text (fixture, "SELECT street || postcode || city || country "
                                             "FROM address");
  g_assert_cmpstr (city, ==, "1 Road123RomeItaly");
  birthday = exchange_fixture_get_text (fixture, "SELECT birthday || source FROM party "
                                                 "WHERE kind = 'person'");
  g_assert_cmpstr (birthday, ==, "1980-12-24fair");
}

static void
test_same_file_twice_doubles_nothing (ExchangeFixture *fixture,
                                      gconstpointer    data)
{
  static const char *const files[] = {
    "excel_zh_gbk.csv", "crm_export_broken.csv", "google.csv", "noheader.csv",
    "german_semicolon_latin1.csv", "mautic_fakeleads.csv", "icloud_vcard30.vcf",
    "phone_vcard21_qp.vcf",
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (StoreImportReport) first = NULL;
      g_autoptr (StoreImportReport) second = NULL;
      gint64 parties, contacts;

      first = exchange_fixture_import_file (fixture, files[i], FALSE);
      parties = exchange_fixture_count (fixture, PARTIES);
      contacts = exchange_fixture_count (fixture, CONTACTS);
      second = exchange_fixture_import_file (fixture, files[i], FALSE);

      g_test_message ("%s: %" G_GUINT64_FORMAT " taken, %" G_GUINT64_FORMAT " updated, "
                      "%" G_GUINT64_FORMAT " refused, %" G_GUINT64_FORMAT " cells left out",
                      files[i], first->taken, first->updated, first->refused, first->left_out);
      g_assert_cmpuint (second->taken, ==, 0);
      g_assert_cmpuint (second->refused, ==, first->refused);
      g_assert_cmpint (exchange_fixture_count (fixture, PARTIES), ==, parties);
      g_assert_cmpint (exchange_fixture_count (fixture, CONTACTS), ==, contacts);
    }
}

static void
test_rehearsal_counts_the_same_and_writes_nothing (ExchangeFixture *fixture,
                                                   gconstpointer    data)
{
  static const char *const files[] = { "excel_zh_gbk.csv", "crm_export_broken.csv" };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      gint64 parties = exchange_fixture_count (fixture, PARTIES);
      g_autoptr (StoreImportReport) rehearsal = NULL;
      g_autoptr (StoreImportReport) real = NULL;

      rehearsal = exchange_fixture_import_file (fixture, files[i], TRUE);
      g_assert_true (rehearsal->rehearsal);
      g_assert_null (rehearsal->group);
      g_assert_cmpint (exchange_fixture_count (fixture, PARTIES), ==, parties);

      real = exchange_fixture_import_file (fixture, files[i], FALSE);
      exchange_assert_counts (real, rehearsal->taken, rehearsal->updated, rehearsal->unchanged,
                              rehearsal->refused);
      g_assert_cmpuint (real->left_out, ==, rehearsal->left_out);
      g_assert_cmpuint (real->companies, ==, rehearsal->companies);
      g_assert_cmpuint (real->taken, >, 0);
    }
}

static void
test_lost_letters_are_nobodys_name (ExchangeFixture *fixture,
                                    gconstpointer    data)
{
  g_autoptr (StoreImportReport) report = NULL;

  report = exchange_fixture_import (fixture, "name,email\n???,a@b.example\n???,c@d.example\n???,\n",
                                    "party", NULL, FALSE);
  exchange_assert_counts (report, 2, 0, 0, 1);
  g_assert_cmpuint (report->left_out, ==, 3);
  g_assert_cmpint (exchange_fixture_count (fixture, "SELECT count(*) FROM party WHERE "
                                                    "display_name LIKE '%?%'"), ==, 0);
}

static void
test_rounded_number_is_left_out_with_the_reason (ExchangeFixture *fixture,
                                                 gconstpointer    data)
{
  g_autoptr (StoreImportReport) report = NULL;
  const StoreImportRemark *remark;

  report = exchange_fixture_import (fixture, "name,phone\nAnn,\nBob,1.38795E+10\n", "party", NULL,
                                    FALSE);
  exchange_assert_counts (report, 2, 0, 0, 0);
  g_assert_cmpuint (report->left_out, ==, 1);
  remark = report->remarks->pdata[0];
  g_assert_cmpuint (remark->line, ==, 3);
  g_assert_cmpstr (remark->field, ==, "phone");
  g_assert_cmpint (exchange_fixture_count (fixture, CONTACTS), ==, 0);
}

static void
test_empty_cell_wipes_nothing (ExchangeFixture *fixture,
                               gconstpointer    data)
{
  g_autoptr (StoreImportReport) first = NULL;
  g_autoptr (StoreImportReport) second = NULL;
  g_autofree char *kept = NULL;

  first = exchange_fixture_import (fixture,
                                   "name,email,notes,birthday,city,street\n"
                                   "Ann,a@b.example,old,1980-01-02,Rome,1 Road\n",
                                   "party", NULL, FALSE);
  second = exchange_fixture_import (fixture,
                                    "name,email,notes,birthday,city,street\n"
                                    "Ann,a@b.example,,0000-00-00,Rome,\n",
                                    "party", NULL, FALSE);
  exchange_assert_counts (second, 0, 0, 1, 0);
  g_assert_null (second->group);
  kept = exchange_fixture_get_text (fixture,
                                    "SELECT notes || birthday || street FROM party, address");
  g_assert_cmpstr (kept, ==, "old1980-01-021 Road");
}

static void
test_corrected_number_survives_the_old_file (ExchangeFixture *fixture,
                                             gconstpointer    data)
{
  static const char text[] = "name,email,phone\nAnn,a@b.example,+49 151 5550001\n";
  g_autoptr (StoreImportReport) first = NULL;
  g_autoptr (StoreImportReport) second = NULL;
  g_autoptr (StoreRecord) contact = NULL;
  g_autofree char *hex = NULL;
  g_autofree char *numbers = NULL;
  g_autoptr (GError) error = NULL;
  StoreId id;

  first = exchange_fixture_import (fixture, text, "party", NULL, FALSE);
  hex = exchange_fixture_get_text (fixture,
                                   "SELECT lower(substr(hex(id), 1, 8) || '-' || "
                                   "substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' "
                                   "|| substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) "
                                   "FROM contact_point WHERE channel = 'phone'");
  g_assert_true (store_id_parse (&id, hex));
  contact = store_database_load (fixture->database, STORE_KIND ("contact_point"), &id, &error);
  g_assert_no_error (error);
  store_record_set_text (contact, "value", "+49 151 5550009");
  store_record_set_text (contact, "normalised", "+491515550009");
  store_database_save (fixture->database, "Edit", contact, NULL, &error);
  g_assert_no_error (error);

  second = exchange_fixture_import (fixture, text, "party", NULL, FALSE);
  exchange_assert_counts (second, 0, 0, 1, 0);
  numbers = exchange_fixture_get_text (fixture,
                                       "SELECT group_concat(normalised) FROM contact_point "
                                       "WHERE trashed = 0 AND channel = 'phone'");
  g_assert_cmpstr (numbers, ==, "+491515550009");
}

static void
test_line_about_nobody_is_refused (ExchangeFixture *fixture,
                                   gconstpointer    data)
{
  g_autoptr (StoreImportReport) report = NULL;
  const StoreImportRemark *remark;

  report = exchange_fixture_import (fixture,
                                    "name,email,company,city\n"
                                    ",,,Rome\n"
                                    ",x@y.example,,\n"
                                    ",,Acme,\n"
                                    "\"open,1\n",
                                    "party", NULL, FALSE);
  exchange_assert_counts (report, 2, 0, 0, 2);
  remark = report->refusals->pdata[0];
  g_assert_cmpuint (remark->line, ==, 2);
  remark = report->refusals->pdata[1];
  g_assert_cmpuint (remark->line, ==, 5);
  g_assert_cmpint (exchange_fixture_count (fixture, PEOPLE), ==, 1);
}

static void
test_two_devices_make_the_same_records (ExchangeFixture *fixture,
                                        gconstpointer    data)
{
  static const char sql[] = "SELECT group_concat(id, '') FROM (SELECT hex(id) AS id FROM party "
                            "UNION SELECT hex(id) FROM contact_point UNION SELECT hex(id) FROM "
                            "party_link UNION SELECT hex(id) FROM address ORDER BY 1)";
  ExchangeFixture other = { 0 };
  g_autoptr (StoreImportReport) here = NULL;
  g_autoptr (StoreImportReport) there = NULL;
  g_autofree char *ids = NULL;
  g_autofree char *other_ids = NULL;

  exchange_fixture_set_up (&other, NULL);
  here = exchange_fixture_import_file (fixture, "excel_zh_gbk.csv", FALSE);
  there = exchange_fixture_import_file (&other, "excel_zh_gbk.csv", FALSE);
  ids = exchange_fixture_get_text (fixture, sql);
  other_ids = exchange_fixture_get_text (&other, sql);
  g_assert_cmpstr (ids, ==, other_ids);
  exchange_fixture_tear_down (&other, NULL);
}

static void
test_trashed_customer_comes_back (ExchangeFixture *fixture,
                                  gconstpointer    data)
{
  static const char text[] = "name,email\nAnn,a@b.example\n";
  g_autoptr (StoreImportReport) first = NULL;
  g_autoptr (StoreImportReport) second = NULL;
  g_autoptr (StorePartyClues) clues = store_party_clues_new ();
  StoreId id;

  first = exchange_fixture_import (fixture, text, "party", NULL, FALSE);
  store_party_clues_set_name (clues, "Ann");
  store_party_clues_add_contact (clues, "email", "a@b.example", "a@b.example");
  store_party_clues_derive_id (clues, &id);
  g_assert_true (exchange_fixture_delete (fixture, STORE_KIND ("party"), &id));
  g_assert_cmpint (exchange_fixture_count (fixture, PARTIES), ==, 0);

  second = exchange_fixture_import (fixture, text, "party", NULL, FALSE);
  exchange_assert_counts (second, 0, 1, 0, 0);
  g_assert_cmpint (exchange_fixture_count (fixture, PARTIES), ==, 1);
  g_assert_cmpint (exchange_fixture_count (fixture, CONTACTS), ==, 1);
}

static void
test_undo_takes_the_import_back (ExchangeFixture *fixture,
                                 gconstpointer    data)
{
  static const char kept[] = "name,email,notes\nAnn,a@b.example,mine\n";
  g_autoptr (StoreImportReport) before = NULL;
  g_autoptr (StoreImportReport) over = NULL;
  g_autoptr (StoreImportReport) first = NULL;
  g_autoptr (StoreImportReport) second = NULL;
  g_autoptr (StoreUndoReport) undo = NULL;
  g_autofree char *notes = NULL;
  g_autoptr (GError) error = NULL;
  gint64 parties, contacts;

  before = exchange_fixture_import (fixture, kept, "party", NULL, FALSE);
  over = exchange_fixture_import (fixture, "name,email,notes\nAnn,a@b.example,theirs\n", "party",
                                  NULL, FALSE);
  exchange_assert_counts (over, 0, 1, 0, 0);
  first = exchange_fixture_import_file (fixture, "excel_zh_gbk.csv", FALSE);
  parties = exchange_fixture_count (fixture, PARTIES);
  contacts = exchange_fixture_count (fixture, CONTACTS);
  g_assert_cmpstr (before->group, !=, first->group);

  undo = store_undo (fixture->database, first->group, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (undo->kept->len, ==, 0);
  g_assert_cmpint (exchange_fixture_count (fixture, PARTIES), ==, 1);
  g_assert_cmpint (exchange_fixture_count (fixture, CONTACTS), ==, 1);
  notes = exchange_fixture_get_text (fixture, "SELECT notes FROM party WHERE trashed = 0");
  g_assert_cmpstr (notes, ==, "theirs");

  second = exchange_fixture_import_file (fixture, "excel_zh_gbk.csv", FALSE);
  g_assert_cmpuint (second->refused, ==, first->refused);
  g_assert_cmpint (exchange_fixture_count (fixture, PARTIES), ==, parties);
  g_assert_cmpint (exchange_fixture_count (fixture, CONTACTS), ==, contacts);
}

static void
test_stopped_import_says_so (ExchangeFixture *fixture,
                             gconstpointer    data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "import.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (StoreImportTarget) target = store_import_target_new ("party", NULL);
  g_autoptr (StoreSheet) sheet = NULL;
  g_autoptr (StoreMapping) mapping = NULL;
  g_autoptr (StoreImport) import = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "name\nAnn\nBob\n", -1, NULL));
  sheet = store_sheet_open (file, NULL, NULL, &error);
  mapping = store_mapping_new (target, sheet);
  g_assert_true (store_mapping_guess (mapping, NULL, &error));
  import = store_import_new (fixture->database, target, sheet, mapping, NULL);
  g_cancellable_cancel (cancellable);
  store_import_run (import, cancellable, &error);
  g_assert_false (store_import_get_report (import)->complete);
  g_assert_cmpint (exchange_fixture_count (fixture, PARTIES), ==, 0);
}

typedef struct
{
  GCancellable *cancellable;
  GMainLoop *loop;
  gboolean done;
} Stop;

static void
stop_at_first_change (StoreDatabase  *database,
                      StoreChangeSet *changes,
                      Stop           *stop)
{
  g_cancellable_cancel (stop->cancellable);
}

static void
note_end (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  Stop *stop = data;
  g_autoptr (GError) error = NULL;

  stop->done = store_import_run_finish (STORE_IMPORT (source), result, &error);
  g_assert_no_error (error);
  g_main_loop_quit (stop->loop);
}

static void
test_import_stopped_on_the_way_can_be_undone (ExchangeFixture *fixture,
                                              gconstpointer    data)
{
  static const StoreImportOptions options = { .chunk_rows = 1 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autofree char *path = g_build_filename (fixture->folder, "import.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GString) text = g_string_new ("name\n");
  g_autoptr (StoreImportTarget) target = store_import_target_new ("party", NULL);
  g_autoptr (StoreSheet) sheet = NULL;
  g_autoptr (StoreMapping) mapping = NULL;
  g_autoptr (StoreImport) import = NULL;
  g_autoptr (StoreUndoReport) undo = NULL;
  g_autoptr (GError) error = NULL;
  Stop stop = { cancellable, loop, FALSE };
  StoreImportReport *report;

  for (int i = 0; i < 5000; i++)
    g_string_append_printf (text, "Ann %d\n", i);
  g_assert_true (g_file_set_contents (path, text->str, -1, NULL));
  sheet = store_sheet_open (file, NULL, NULL, &error);
  mapping = store_mapping_new (target, sheet);
  store_mapping_set (mapping, "display_name", 0);
  import = store_import_new (fixture->database, target, sheet, mapping, &options);
  g_signal_connect (fixture->database, "changed", G_CALLBACK (stop_at_first_change), &stop);
  store_import_run_async (import, cancellable, note_end, &stop);
  g_main_loop_run (loop);

  report = store_import_get_report (import);
  g_assert_true (stop.done);
  g_assert_false (report->complete);
  g_assert_cmpuint (report->taken, >, 0);
  g_assert_cmpint (exchange_fixture_count (fixture, PARTIES), ==, report->taken);
  undo = store_undo (fixture->database, report->group, &error);
  g_assert_no_error (error);
  g_assert_cmpint (exchange_fixture_count (fixture, PARTIES), ==, 0);
}

static void
add (const char *name,
     void      (*test) (ExchangeFixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/import/", name, NULL);

  g_test_add (path, ExchangeFixture, NULL, exchange_fixture_set_up, test,
              exchange_fixture_tear_down);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("row-becomes-all-its-records", test_row_becomes_all_its_records);
  add ("same-file-twice-doubles-nothing", test_same_file_twice_doubles_nothing);
  add ("rehearsal-counts-the-same-and-writes-nothing",
       test_rehearsal_counts_the_same_and_writes_nothing);
  add ("lost-letters-are-nobodys-name", test_lost_letters_are_nobodys_name);
  add ("rounded-number-is-left-out-with-the-reason",
       test_rounded_number_is_left_out_with_the_reason);
  add ("empty-cell-wipes-nothing", test_empty_cell_wipes_nothing);
  add ("corrected-number-survives-the-old-file", test_corrected_number_survives_the_old_file);
  add ("line-about-nobody-is-refused", test_line_about_nobody_is_refused);
  add ("two-devices-make-the-same-records", test_two_devices_make_the_same_records);
  add ("trashed-customer-comes-back", test_trashed_customer_comes_back);
  add ("undo-takes-the-import-back", test_undo_takes_the_import_back);
  add ("stopped-import-says-so", test_stopped_import_says_so);
  add ("import-stopped-on-the-way-can-be-undone", test_import_stopped_on_the_way_can_be_undone);

  return g_test_run ();
}
