/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange-fixture.h"

#include <string.h>

#include "store-email-text.h"
#include "store-error.h"
#include "store-history.h"
#include "store-party-clues.h"
#include "store-phone-text.h"

#define PARTIES "SELECT count(*) FROM party WHERE trashed = 0"
#define PEOPLE "SELECT count(*) FROM party WHERE trashed = 0 AND kind = 'person'"
#define CONTACTS "SELECT count(*) FROM contact_point WHERE trashed = 0"
#define ORDERS "SELECT count(*) FROM document WHERE trashed = 0 AND kind = 'order'"

static void
assert_counts (StoreImportReport *report,
               guint64            taken,
               guint64            updated,
               guint64            unchanged,
               guint64            refused)
{
  for (guint i = 0; i < report->refusals->len; i++)
    {
      const StoreImportRemark *remark = report->refusals->pdata[i];

      g_test_message ("line %" G_GUINT64_FORMAT ": %s", remark->line, remark->reason);
    }
  g_assert_cmpuint (report->taken, ==, taken);
  g_assert_cmpuint (report->updated, ==, updated);
  g_assert_cmpuint (report->unchanged, ==, unchanged);
  g_assert_cmpuint (report->refused, ==, refused);
}

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
  assert_counts (report, 1, 0, 0, 0);
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
      assert_counts (real, rehearsal->taken, rehearsal->updated, rehearsal->unchanged,
                     rehearsal->refused);
      g_assert_cmpuint (real->left_out, ==, rehearsal->left_out);
      g_assert_cmpuint (real->companies, ==, rehearsal->companies);
      g_assert_cmpuint (real->taken, >, 0);
    }
}

/* Says for every address and number in the list of people whose it is. */
static GHashTable *
read_owners (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "contacts",
                                                 "TRUTH_persons.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (StoreSheet) sheet = store_sheet_open (file, NULL, NULL, NULL);
  GHashTable *owners = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  while (store_sheet_next (sheet, NULL, NULL))
    {
      const char *person = store_sheet_get_cell (sheet, 0);
      char *normalised = NULL;

      if (store_phone_text_parse (store_sheet_get_cell (sheet, 2), &normalised, NULL) ==
          STORE_READING_VALUE)
        g_hash_table_insert (owners, normalised, g_strdup (person));
      if (store_email_text_parse (store_sheet_get_cell (sheet, 3), &normalised, NULL) ==
          STORE_READING_VALUE)
        g_hash_table_insert (owners, normalised, g_strdup (person));
    }
  return owners;
}

static void
test_no_two_people_become_one (ExchangeFixture *fixture,
                               gconstpointer    data)
{
  static const char *const files[] = {
    "excel_zh_gbk.csv", "crm_export_broken.csv", "google.csv", "outlook.csv", "utf16_tab.txt",
    "noheader.csv", "german_semicolon_latin1.csv", "icloud_vcard30.vcf", "phone_vcard21_qp.vcf",
  };
  g_autoptr (GHashTable) owners = read_owners ();
  g_autoptr (GHashTable) people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *list = NULL;
  g_auto (GStrv) parties = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    store_import_report_unref (exchange_fixture_import_file (fixture, files[i], FALSE));
  list = exchange_fixture_get_text (fixture,
                                    "SELECT group_concat(contacts, char(10)) FROM (SELECT "
                                    "group_concat(normalised) AS contacts FROM contact_point "
                                    "WHERE trashed = 0 GROUP BY party)");
  parties = g_strsplit (list, "\n", -1);
  for (guint i = 0; parties[i] != NULL; i++)
    {
      g_auto (GStrv) contacts = g_strsplit (parties[i], ",", -1);
      const char *owner = NULL;

      for (guint j = 0; contacts[j] != NULL; j++)
        {
          const char *other = g_hash_table_lookup (owners, contacts[j]);

          if (owner != NULL && other != NULL)
            g_assert_cmpstr (owner, ==, other);
          owner = other != NULL ? other : owner;
        }
      if (owner != NULL)
        g_hash_table_add (people, g_strdup (owner));
    }
  g_test_message ("%u customers for %u people; %" G_GINT64_FORMAT " by name alone",
                  g_strv_length (parties), g_hash_table_size (people),
                  exchange_fixture_count (fixture, PEOPLE) - g_strv_length (parties));
  g_assert_cmpuint (g_hash_table_size (people), >, 300);
  g_assert_cmpuint (g_strv_length (parties), <, g_hash_table_size (people) * 6 / 5);
}

static void
test_lost_letters_are_nobodys_name (ExchangeFixture *fixture,
                                    gconstpointer    data)
{
  g_autoptr (StoreImportReport) report = NULL;

  report = exchange_fixture_import (fixture, "name,email\n???,a@b.example\n???,c@d.example\n???,\n",
                                    "party", NULL, FALSE);
  assert_counts (report, 2, 0, 0, 1);
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
  assert_counts (report, 2, 0, 0, 0);
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
  assert_counts (second, 0, 0, 1, 0);
  g_assert_null (second->group);
  kept = exchange_fixture_get_text (fixture,
                                    "SELECT notes || birthday || street FROM party, address");
  g_assert_cmpstr (kept, ==, "old1980-01-021 Road");
}

static void
test_namesakes_with_other_numbers_stay_two (ExchangeFixture *fixture,
                                            gconstpointer    data)
{
  g_autoptr (StoreImportReport) report = NULL;
  g_autoptr (StoreImportReport) later = NULL;

  report = exchange_fixture_import (fixture,
                                    "姓名,手机,邮箱,公司\n"
                                    "张伟,13800138000,,\n"
                                    "张伟,13900139000,,\n"
                                    "张伟,,zhang@b.example,\n"
                                    "李娜,,,甲公司\n"
                                    "李娜,,,乙公司\n"
                                    "李娜,,li@b.example,甲公司\n",
                                    "party", NULL, FALSE);
  assert_counts (report, 5, 1, 0, 0);
  later = exchange_fixture_import (fixture, "姓名,手机\n张伟,13900139000\n", "party", NULL, FALSE);
  assert_counts (later, 0, 0, 1, 0);
}

static void
test_shared_address_does_not_make_two_people_one (ExchangeFixture *fixture,
                                                  gconstpointer    data)
{
  g_autoptr (StoreImportReport) report = NULL;
  g_autoptr (StoreImportReport) again = NULL;
  g_autoptr (StoreImportReport) renamed = NULL;
  static const char text[] = "name,email,phone\n"
                             "Ann Lee,home@b.example,+49 151 5550001\n"
                             "Bob Fox,home@b.example,+49 151 5550002\n"
                             "Cy Dee,office@b.example,\n";

  report = exchange_fixture_import (fixture, text, "party", NULL, FALSE);
  assert_counts (report, 3, 0, 0, 0);
  again = exchange_fixture_import (fixture, text, "party", NULL, FALSE);
  assert_counts (again, 0, 0, 3, 0);
  renamed = exchange_fixture_import (fixture, "name,email\nCy Roe,office@b.example\n", "party",
                                     NULL, FALSE);
  assert_counts (renamed, 0, 1, 0, 0);
}

static void
test_number_from_elsewhere_is_the_customer (ExchangeFixture *fixture,
                                            gconstpointer    data)
{
  g_autoptr (StoreImportReport) first = NULL;
  g_autoptr (StoreImportReport) second = NULL;

  first = exchange_fixture_import (fixture,
                                   "customer id,name,email\n"
                                   "C1,Ann,a@b.example\nC2,Ann,a@b.example\n",
                                   "party", NULL, FALSE);
  assert_counts (first, 2, 0, 0, 0);
  second = exchange_fixture_import (fixture, "customer id,name,email\nC1,Anne,new@b.example\n",
                                    "party", NULL, FALSE);
  assert_counts (second, 0, 1, 0, 0);
  g_assert_cmpint (exchange_fixture_count (fixture, PARTIES), ==, 2);
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
  assert_counts (second, 0, 0, 1, 0);
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
  assert_counts (report, 2, 0, 0, 2);
  remark = report->refusals->pdata[0];
  g_assert_cmpuint (remark->line, ==, 2);
  remark = report->refusals->pdata[1];
  g_assert_cmpuint (remark->line, ==, 5);
  g_assert_cmpint (exchange_fixture_count (fixture, PEOPLE), ==, 1);
}

static void
test_orders_make_their_customers (ExchangeFixture *fixture,
                                  gconstpointer    data)
{
  static const char text[] = "master_id,id,date,units,value\n"
                             "00004,0001,1997-01-01,2,29.33\n"
                             "00004,0001,1997-01-01,2,29.33\n"
                             "00004,0001,1997-01-18,2,29.73\n"
                             "00021,0002,1997-13-01,3,63.34\n"
                             "00021,0002,1997-01-12,1,\n"
                             "00021,,1997-01-12,1,7\n";
  static const char *const rules[] = { "party=id", NULL };
  g_autoptr (StoreImportReport) rehearsal = NULL;
  g_autoptr (StoreImportReport) first = NULL;
  g_autoptr (StoreImportReport) second = NULL;

  rehearsal = exchange_fixture_import (fixture, text, "order", rules, TRUE);
  first = exchange_fixture_import (fixture, text, "order", rules, FALSE);
  assert_counts (first, 4, 0, 0, 2);
  assert_counts (rehearsal, 4, 0, 0, 2);
  g_assert_cmpuint (first->customers, ==, 2);
  g_assert_cmpint (exchange_fixture_count (fixture, ORDERS), ==, 4);
  g_assert_cmpint (exchange_fixture_count (fixture, "SELECT sum(total) FROM document"), ==,
                   2933 + 2933 + 2973);

  second = exchange_fixture_import (fixture, text, "order", rules, FALSE);
  assert_counts (second, 0, 0, 4, 2);
  g_assert_cmpuint (second->customers, ==, 0);
  g_assert_cmpint (exchange_fixture_count (fixture, ORDERS), ==, 4);
}

static void
test_order_finds_its_customer (ExchangeFixture *fixture,
                               gconstpointer    data)
{
  g_autoptr (StoreImportReport) people = NULL;
  g_autoptr (StoreImportReport) orders = NULL;
  g_autofree char *totals = NULL;

  people = exchange_fixture_import (fixture,
                                    "customer id,name,email,phone\n"
                                    "C1,Ann Lee,a@b.example,13800138000\n"
                                    "C2,Twin,t1@b.example,\nC3,Twin,t2@b.example,\n",
                                    "party", NULL, FALSE);
  assert_counts (people, 3, 0, 0, 0);
  orders = exchange_fixture_import (fixture,
                                    "order no,customer,date,amount,currency\n"
                                    "1,C1,2024-01-01,\"1.234,50\",EUR\n"
                                    "2,<A@B.example>,2024-01-02,5,EUR\n"
                                    "3,+86 138 0013 8000,2024-01-03,¥88,\n"
                                    "4,Ann Lee,2024-01-04,\"2,5\",EUR\n"
                                    "5,Twin,2024-01-05,5,EUR\n"
                                    "6,C1,2024-01-06,$5,EUR\n",
                                    "order", NULL, FALSE);
  assert_counts (orders, 5, 0, 0, 1);
  g_assert_cmpuint (orders->left_out, ==, 1);
  g_assert_cmpuint (orders->customers, ==, 0);
  totals = exchange_fixture_get_text (fixture,
                                      "SELECT group_concat(total) FROM (SELECT total FROM document "
                                      "ORDER BY number)");
  g_assert_cmpstr (totals, ==, "123450,500,8800,250");
  g_assert_cmpint (exchange_fixture_count (fixture, "SELECT count(DISTINCT party) FROM document"),
                   ==, 1);
}

static void
test_lines_of_one_invoice_do_not_overwrite_each_other (ExchangeFixture *fixture,
                                                       gconstpointer    data)
{
  static const char text[] = "InvoiceNo,CustomerID,InvoiceDate,Amount\n"
                             "536365,17850,2010-12-01 08:26:00,15.30\n"
                             "536365,17850,2010-12-01 08:26:00,20.34\n"
                             "536366,17850,2010-12-01 08:28:00,11.10\n";
  g_autoptr (StoreImportReport) first = NULL;
  g_autoptr (StoreImportReport) second = NULL;

  first = exchange_fixture_import (fixture, text, "order", NULL, FALSE);
  assert_counts (first, 2, 0, 0, 1);
  second = exchange_fixture_import (fixture, text, "order", NULL, FALSE);
  assert_counts (second, 0, 0, 2, 1);
  g_assert_cmpint (exchange_fixture_count (fixture, "SELECT sum(total) FROM document"), ==,
                   1530 + 1110);
}

static void
test_orders_of_two_shops_share_no_number (ExchangeFixture *fixture,
                                          gconstpointer    data)
{
  static const char one[] = "order no,customer,date,total\n1001,Ann,2024-01-01,5\n";
  static const char two[] = "order no,customer,date,total\n1001,Bob,2024-02-01,7\n";
  g_autoptr (StoreImportReport) first = NULL;
  g_autoptr (StoreImportReport) second = NULL;
  g_autoptr (StoreImportReport) again = NULL;

  first = exchange_fixture_import (fixture, one, "order", NULL, FALSE);
  second = exchange_fixture_import (fixture, two, "order", NULL, FALSE);
  assert_counts (second, 1, 0, 0, 0);
  again = exchange_fixture_import (fixture, one, "order", NULL, FALSE);
  assert_counts (again, 0, 0, 1, 0);
  g_assert_cmpuint (first->customers + second->customers, ==, 2);
  g_assert_cmpint (exchange_fixture_count (fixture, "SELECT sum(total) FROM document"), ==, 1200);
}

static void
test_namesakes_born_apart_stay_two (ExchangeFixture *fixture,
                                    gconstpointer    data)
{
  static const char text[] = "name,birthday\n张伟,1985-01-01\n张伟,1990-02-02\n";
  g_autoptr (StoreImportReport) first = NULL;
  g_autoptr (StoreImportReport) second = NULL;

  first = exchange_fixture_import (fixture, text, "party", NULL, FALSE);
  assert_counts (first, 2, 0, 0, 0);
  second = exchange_fixture_import (fixture, text, "party", NULL, FALSE);
  assert_counts (second, 0, 0, 2, 0);
}

static void
test_any_kind_is_taken_by_its_own_fields (ExchangeFixture *fixture,
                                          gconstpointer    data)
{
  static const char text[] = "sku,name,price,currency,archived\n"
                             "A1,Tea,12.50,EUR,no\nA2,Pot,\"1,200\",JPY,yes\nA3,,1,EUR,\n";
  g_autoptr (StoreImportReport) first = NULL;
  g_autoptr (StoreImportReport) second = NULL;
  g_autoptr (StoreImportReport) tasks = NULL;

  first = exchange_fixture_import (fixture, text, "product", NULL, FALSE);
  assert_counts (first, 2, 0, 0, 1);
  g_assert_cmpint (exchange_fixture_count (fixture, "SELECT price FROM product WHERE sku = 'A2'"),
                   ==, 1200);
  second = exchange_fixture_import (fixture, "sku,name,price,currency\nA1,Green tea,13,EUR\n",
                                    "product", NULL, FALSE);
  assert_counts (second, 0, 1, 0, 0);
  tasks = exchange_fixture_import (fixture, "title,due,priority,state\nCall,2024-01-02,High,open\n",
                                   "task", NULL, FALSE);
  assert_counts (tasks, 1, 0, 0, 0);
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
  assert_counts (second, 0, 1, 0, 0);
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
  assert_counts (over, 0, 1, 0, 0);
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
test_missing_column_is_named (ExchangeFixture *fixture,
                              gconstpointer    data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "import.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "date,amount\n2024-01-01,5\n", -1, NULL));
  g_assert_null (store_import_file (fixture->database, file, "order", NULL, NULL, NULL, &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "party"));
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
  add ("no-two-people-become-one", test_no_two_people_become_one);
  add ("lost-letters-are-nobodys-name", test_lost_letters_are_nobodys_name);
  add ("rounded-number-is-left-out-with-the-reason",
       test_rounded_number_is_left_out_with_the_reason);
  add ("empty-cell-wipes-nothing", test_empty_cell_wipes_nothing);
  add ("namesakes-with-other-numbers-stay-two", test_namesakes_with_other_numbers_stay_two);
  add ("shared-address-does-not-make-two-people-one",
       test_shared_address_does_not_make_two_people_one);
  add ("number-from-elsewhere-is-the-customer", test_number_from_elsewhere_is_the_customer);
  add ("corrected-number-survives-the-old-file", test_corrected_number_survives_the_old_file);
  add ("line-about-nobody-is-refused", test_line_about_nobody_is_refused);
  add ("orders-make-their-customers", test_orders_make_their_customers);
  add ("order-finds-its-customer", test_order_finds_its_customer);
  add ("lines-of-one-invoice-do-not-overwrite-each-other",
       test_lines_of_one_invoice_do_not_overwrite_each_other);
  add ("orders-of-two-shops-share-no-number", test_orders_of_two_shops_share_no_number);
  add ("namesakes-born-apart-stay-two", test_namesakes_born_apart_stay_two);
  add ("any-kind-is-taken-by-its-own-fields", test_any_kind_is_taken_by_its_own_fields);
  add ("two-devices-make-the-same-records", test_two_devices_make_the_same_records);
  add ("trashed-customer-comes-back", test_trashed_customer_comes_back);
  add ("undo-takes-the-import-back", test_undo_takes_the_import_back);
  add ("stopped-import-says-so", test_stopped_import_says_so);
  add ("import-stopped-on-the-way-can-be-undone", test_import_stopped_on_the_way_can_be_undone);
  add ("missing-column-is-named", test_missing_column_is_named);

  return g_test_run ();
}
