/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange-fixture.h"

#include "store-email-text.h"
#include "store-phone-text.h"

#define PARTIES "SELECT count(*) FROM party WHERE trashed = 0"
#define PEOPLE "SELECT count(*) FROM party WHERE trashed = 0 AND kind = 'person'"

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
  exchange_assert_counts (report, 5, 1, 0, 0);
  later = exchange_fixture_import (fixture, "姓名,手机\n张伟,13900139000\n", "party", NULL, FALSE);
  exchange_assert_counts (later, 0, 0, 1, 0);
}

static void
test_namesakes_born_apart_stay_two (ExchangeFixture *fixture,
                                    gconstpointer    data)
{
  static const char text[] = "name,birthday\n张伟,1985-01-01\n张伟,1990-02-02\n";
  g_autoptr (StoreImportReport) first = NULL;
  g_autoptr (StoreImportReport) second = NULL;

  first = exchange_fixture_import (fixture, text, "party", NULL, FALSE);
  exchange_assert_counts (first, 2, 0, 0, 0);
  second = exchange_fixture_import (fixture, text, "party", NULL, FALSE);
  exchange_assert_counts (second, 0, 0, 2, 0);
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
  exchange_assert_counts (report, 3, 0, 0, 0);
  again = exchange_fixture_import (fixture, text, "party", NULL, FALSE);
  exchange_assert_counts (again, 0, 0, 3, 0);
  renamed = exchange_fixture_import (fixture, "name,email\nCy Roe,office@b.example\n", "party",
                                     NULL, FALSE);
  exchange_assert_counts (renamed, 0, 1, 0, 0);
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
  exchange_assert_counts (first, 2, 0, 0, 0);
  second = exchange_fixture_import (fixture, "customer id,name,email\nC1,Anne,new@b.example\n",
                                    "party", NULL, FALSE);
  exchange_assert_counts (second, 0, 1, 0, 0);
  g_assert_cmpint (exchange_fixture_count (fixture, PARTIES), ==, 2);
}

static void
add (const char *name,
     void      (*test) (ExchangeFixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/import-match/", name, NULL);

  g_test_add (path, ExchangeFixture, NULL, exchange_fixture_set_up, test,
              exchange_fixture_tear_down);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("no-two-people-become-one", test_no_two_people_become_one);
  add ("namesakes-with-other-numbers-stay-two", test_namesakes_with_other_numbers_stay_two);
  add ("namesakes-born-apart-stay-two", test_namesakes_born_apart_stay_two);
  add ("shared-address-does-not-make-two-people-one",
       test_shared_address_does_not_make_two_people_one);
  add ("number-from-elsewhere-is-the-customer", test_number_from_elsewhere_is_the_customer);

  return g_test_run ();
}
