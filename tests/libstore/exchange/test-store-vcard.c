/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store-vcard.c and store-vcard-sheet.c. */
#include <string.h>

#include "store-vcard-sheet.h"
#include "store-vcard.h"

static StoreSheet *
open_cards (const char *text)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, -1, NULL);
  g_autoptr (GError) error = NULL;
  StoreSheet *sheet = store_vcard_sheet_new (stream, NULL, &error);

  g_assert_no_error (error);
  return sheet;
}

static const char *
get (StoreSheet *sheet,
     const char *column)
{
  int found = store_sheet_find_column (sheet, column);

  g_assert_cmpint (found, >=, 0);
  return store_sheet_get_cell (sheet, (guint) found);
}

static void
assert_next (StoreSheet *sheet,
             guint64     line)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (store_sheet_next (sheet, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (store_sheet_get_line (sheet), ==, line);
}

static void
test_folded_lines_are_one (void)
{
  g_autoptr (StoreSheet) sheet = open_cards ("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann\r\n  Lee\r\n"
                                             "NOTE:one\\ntwo\\, th\r\n\tree\r\nEND:VCARD\r\n");

  assert_next (sheet, 1);
  g_assert_cmpstr (get (sheet, "Name"), ==, "Ann Lee");
  g_assert_cmpstr (get (sheet, "Notes"), ==, "one\ntwo, three");
}

static void
test_old_cards_keep_their_letters (void)
{
  static const char text[] =
    "BEGIN:VCARD\nVERSION:2.1\n"
    "N;CHARSET=GBK;ENCODING=QUOTED-PRINTABLE:;=20=D1=EE=D3=EA=20;;;\n"
    "FN;CHARSET=GBK;ENCODING=QUOTED-PRINTABLE:=20=D1=EE=\n=D3=EA=20\n"
    "NOTE;ENCODING=QUOTED-PRINTABLE:a=0D=0A=\nb=3Dc\nTEL;CELL:138 7566 3404\n"
    "END:VCARD\n"
    "BEGIN:VCARD\nVERSION:2.1\nFN;ENCODING=QUOTED-PRINTABLE:=D1=EE=D3=EA\nEND:VCARD\n";
  g_autoptr (StoreSheet) sheet = open_cards (text);

  assert_next (sheet, 1);
  g_assert_cmpstr (get (sheet, "Name"), ==, "杨雨");
  g_assert_cmpstr (get (sheet, "Given name"), ==, "杨雨");
  g_assert_cmpstr (get (sheet, "Notes"), ==, "a\nb=c");
  g_assert_cmpstr (get (sheet, "Mobile"), ==, "138 7566 3404");
  assert_next (sheet, 10);
  g_assert_cmpstr (get (sheet, "Name"), ==, "杨雨");
}

static void
test_groups_types_and_marks_are_understood (void)
{
  g_autoptr (StoreSheet) sheet = NULL;

  sheet = open_cards ("BEGIN:vCard\nVERSION:4.0\nFN:Ann\n"
                      "item1.TEL;type=CELL;type=VOICE;type=pref:1111111\n"
                      "TEL;VALUE=uri;TYPE=\"work,voice\":tel:+49-151-5550001\n"
                      "TEL;TYPE=WORK;TYPE=FAX:2222222\n"
                      "EMAIL;TYPE=work:a@b.example\nEMAIL:c@d.example\n"
                      "ORG:Acme\\, Inc.;Sales\nBDAY;X-APPLE-OMIT-YEAR=1604:1604-03-22\n"
                      "ADR;TYPE=home:;Flat 2;1 Road;Rome;RM;00100;Italy\n"
                      "ADR;LABEL=\"x:y;z\":;;2 Street;Paris;;75000;France\n"
                      "CATEGORIES:vip,friend\nEND:vCard\n");
  assert_next (sheet, 1);
  g_assert_cmpstr (get (sheet, "Mobile"), ==, "1111111");
  g_assert_cmpstr (get (sheet, "Phone"), ==, "tel:+49-151-5550001");
  g_assert_cmpstr (get (sheet, "Email"), ==, "a@b.example\nc@d.example");
  g_assert_cmpstr (get (sheet, "Company"), ==, "Acme, Inc.");
  g_assert_cmpstr (get (sheet, "Birthday"), ==, "--03-22");
  g_assert_cmpstr (get (sheet, "Street"), ==, "Flat 2\n1 Road");
  g_assert_cmpstr (get (sheet, "Postcode"), ==, "00100");
  g_assert_cmpstr (get (sheet, "Tags"), ==, "vip,friend");
  g_assert_nonnull (strstr (get (sheet, "Notes"), "2222222"));
  g_assert_nonnull (strstr (get (sheet, "Notes"), "2 Street, Paris, 75000, France"));
}

static void
test_pictures_and_inner_cards_are_passed_over (void)
{
  g_autoptr (StoreSheet) sheet = NULL;

  sheet = open_cards ("BEGIN:VCARD\nVERSION:2.1\nFN:Ann\nPHOTO;ENCODING=BASE64:\n /9j/4AAQ\n"
                      " Tm90ZTp4\n\nAGENT:\nBEGIN:VCARD\nVERSION:2.1\nFN:Agent\nEND:VCARD\n"
                      "EMAIL:a@b.example\nEND:VCARD\n");
  assert_next (sheet, 1);
  g_assert_cmpstr (get (sheet, "Name"), ==, "Ann");
  g_assert_cmpstr (get (sheet, "Email"), ==, "a@b.example");
  g_assert_false (store_sheet_next (sheet, NULL, NULL));
}

static void
test_card_of_a_company_names_a_company (void)
{
  g_autoptr (StoreSheet) sheet = NULL;

  sheet = open_cards ("BEGIN:VCARD\nVERSION:4.0\nKIND:org\nFN:Acme\nEND:VCARD\n"
                      "BEGIN:VCARD\nVERSION:3.0\nFN:Foo\nN:Foo;;;;\nORG:Foo Ltd\n"
                      "X-ABShowAs:COMPANY\nEND:VCARD\n"
                      "BEGIN:VCARD\nVERSION:4.0\nKIND:group\nFN:Friends\nEND:VCARD\n");
  assert_next (sheet, 1);
  g_assert_cmpstr (get (sheet, "Name"), ==, "");
  g_assert_cmpstr (get (sheet, "Company"), ==, "Acme");
  assert_next (sheet, 6);
  g_assert_cmpstr (get (sheet, "Family name"), ==, "");
  g_assert_cmpstr (get (sheet, "Company"), ==, "Foo Ltd");
  g_assert_false (store_sheet_next (sheet, NULL, NULL));
}

static void
test_cut_file_keeps_what_is_there (void)
{
  g_autoptr (GPtrArray) cards = store_vcard_parse ("BEGIN:VCARD\nFN:Ann\nEND:VCARD\n"
                                                   "BEGIN:VCARD\nFN:Bob\nNOTE;ENCODING=QUOTED-PRI"
                                                   "NTABLE:abc=");
  const StoreVcard *first = cards->pdata[0];
  const StoreVcard *second = cards->pdata[1];

  g_assert_cmpuint (cards->len, ==, 2);
  g_assert_true (first->is_whole);
  g_assert_false (second->is_whole);
  g_assert_cmpstr (store_vcard_find (second, "FN")->value, ==, "Bob");
  g_assert_cmpstr (store_vcard_find (second, "NOTE")->value, ==, "abc");
}

static void
test_cut_card_is_a_fault (void)
{
  g_autoptr (StoreSheet) sheet = open_cards ("BEGIN:VCARD\nFN:Ann\nEND:VCARD\n"
                                             "BEGIN:VCARD\nFN:Bob\nTEL:123");

  assert_next (sheet, 1);
  g_assert_cmpint (store_sheet_get_row (sheet), ==, STORE_SHEET_ROW_DATA);
  g_assert_null (store_sheet_get_fault (sheet));
  assert_next (sheet, 4);
  g_assert_cmpint (store_sheet_get_row (sheet), ==, STORE_SHEET_ROW_FAULT);
  g_assert_nonnull (store_sheet_get_fault (sheet));
}

static void
test_escaped_text_is_read_back (void)
{
  static const char *const texts[] = { "", "a;b,c\\d\ne", "\\n", "\\", "张;静", "a:b\"c" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *escaped = store_vcard_escape (texts[i]);
      char *parameters[] = { NULL };
      StoreVcardProperty property = { (char *) "NOTE", parameters, escaped };
      g_autofree char *text = store_vcard_property_dup_text (&property);
      g_auto (GStrv) parts = store_vcard_property_dup_parts (&property, ';');

      g_assert_cmpstr (text, ==, texts[i]);
      g_assert_cmpstr (parts[0], ==, texts[i]);
      g_assert_null (parts[1]);
    }
}

static void
test_files_are_told_apart (void)
{
  g_assert_true (store_vcard_sheet_is_card ("\xef\xbb\xbf" "begin:vcard\n", 15));
  g_assert_true (store_vcard_sheet_is_card ("\r\nBEGIN:VCARD\n", 14));
  g_assert_false (store_vcard_sheet_is_card ("BEGIN", 5));
  g_assert_false (store_vcard_sheet_is_card ("name,email\n", 11));
  g_assert_false (store_vcard_sheet_is_card ("", 0));
}

static void
test_any_lines_are_survived (void)
{
  static const char *const pieces[] = {
    "BEGIN:VCARD\n", "END:VCARD\r\n", "FN:", "N:", ";", "=", "=\n", " ", "\n", "\r", "\"", ":",
    "ENCODING=QUOTED-PRINTABLE", "CHARSET=GBK", "=D1", "\\", ",", "张", "TEL;", "ADR:", "ORG:", ".",
    "BDAY:", "X-APPLE-OMIT-YEAR=1604", "AGENT:\n", "BASE64",
  };
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (int round = 0; round < 300; round++)
    {
      g_autoptr (GString) text = g_string_new ("BEGIN:VCARD\n");
      g_autoptr (StoreSheet) sheet = NULL;

      for (int n = g_rand_int_range (random, 0, 60); n > 0; n--)
        g_string_append (text, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
      sheet = open_cards (text->str);
      while (store_sheet_next (sheet, NULL, NULL))
        for (guint i = 0; i < store_sheet_get_n_columns (sheet); i++)
          g_assert_true (g_utf8_validate (store_sheet_get_cell (sheet, i), -1, NULL));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/vcard/folded-lines-are-one", test_folded_lines_are_one);
  g_test_add_func ("/vcard/old-cards-keep-their-letters", test_old_cards_keep_their_letters);
  g_test_add_func ("/vcard/groups-types-and-marks-are-understood",
                   test_groups_types_and_marks_are_understood);
  g_test_add_func ("/vcard/pictures-and-inner-cards-are-passed-over",
                   test_pictures_and_inner_cards_are_passed_over);
  g_test_add_func ("/vcard/card-of-a-company-names-a-company",
                   test_card_of_a_company_names_a_company);
  g_test_add_func ("/vcard/cut-file-keeps-what-is-there", test_cut_file_keeps_what_is_there);
  g_test_add_func ("/vcard/cut-card-is-a-fault", test_cut_card_is_a_fault);
  g_test_add_func ("/vcard/escaped-text-is-read-back", test_escaped_text_is_read_back);
  g_test_add_func ("/vcard/files-are-told-apart", test_files_are_told_apart);
  g_test_add_func ("/vcard/any-lines-are-survived", test_any_lines_are_survived);

  return g_test_run ();
}
