/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store-sheet.c and store-mapping.c on the exports in tests/data/contacts. */
#include "store-mapping.h"

#include <glib/gstdio.h>

#include "store-error.h"

static StoreSheet *
open_sheet (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "contacts", name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  StoreSheet *sheet = store_sheet_open (file, NULL, NULL, &error);

  g_assert_no_error (error);
  return sheet;
}

static StoreSheet *
open_text (const char *text)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, -1, NULL);
  g_autoptr (StoreCsvReader) reader = store_csv_reader_new (stream, NULL, NULL, NULL);

  return store_sheet_new (reader, NULL, NULL);
}

static StoreMapping *
guess (StoreSheet *sheet,
       const char *kind)
{
  g_autoptr (StoreImportTarget) target = NULL;
  g_autoptr (GError) error = NULL;
  StoreMapping *mapping;

  target = store_import_target_new (kind, &error);
  g_assert_no_error (error);
  mapping = store_mapping_new (target, sheet);
  g_assert_true (store_mapping_guess (mapping, NULL, &error));
  g_assert_no_error (error);
  return mapping;
}

/* The fields of the columns from left to right, "-" for a column that is nothing. */
static void
assert_fields (StoreSheet   *sheet,
               StoreMapping *mapping,
               const char   *expected)
{
  g_autoptr (GString) fields = g_string_new (NULL);

  for (guint i = 0; i < store_sheet_get_n_columns (sheet); i++)
    {
      const char *field = store_mapping_get_field (mapping, i);

      g_string_append_printf (fields, "%s%s", i > 0 ? " " : "", field != NULL ? field : "-");
    }
  g_assert_cmpstr (fields->str, ==, expected);
}

static void
assert_export (const char        *name,
               StoreTextEncoding  encoding,
               char               delimiter,
               guint              n_rows,
               const char        *fields)
{
  g_autoptr (StoreSheet) sheet = open_sheet (name);
  g_autoptr (StoreMapping) mapping = guess (sheet, "party");
  g_autoptr (GError) error = NULL;
  guint n = 0;

  g_test_message ("%s", name);
  g_assert_cmpint (store_csv_reader_get_encoding (store_sheet_get_reader (sheet)), ==, encoding);
  g_assert_cmpint (store_csv_reader_get_delimiter (store_sheet_get_reader (sheet)), ==, delimiter);
  assert_fields (sheet, mapping, fields);
  while (store_sheet_next (sheet, NULL, &error))
    {
      g_assert_null (store_sheet_get_fault (sheet));
      n += store_sheet_get_row (sheet) == STORE_SHEET_ROW_DATA;
    }
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, n_rows);
}

static void
test_real_exports_are_understood (void)
{
  assert_export ("excel_zh_gbk.csv", STORE_TEXT_ENCODING_GB18030, ',', 140,
                 "display_name phone company email birthday notes");
  assert_export ("crm_export_broken.csv", STORE_TEXT_ENCODING_UTF_8, ',', 70,
                 "external_id display_name phone email - -");
  assert_export ("german_semicolon_latin1.csv", STORE_TEXT_ENCODING_WINDOWS_1252, ';', 71,
                 "family_name given_name company phone email birthday");
  assert_export ("utf16_tab.txt", STORE_TEXT_ENCODING_UTF_16LE, '\t', 71,
                 "display_name phone email company");
  assert_export ("noheader.csv", STORE_TEXT_ENCODING_UTF_8, ',', 71, "display_name phone email");
  assert_export ("google.csv", STORE_TEXT_ENCODING_UTF_8, ',', 145,
                 "display_name given_name family_name tag birthday notes - email - phone company");
  assert_export ("outlook.csv", STORE_TEXT_ENCODING_UTF_8, ',', 141,
                 "given_name middle_name family_name company phone email birthday notes");
  assert_export ("mautic_fakeleads.csv", STORE_TEXT_ENCODING_UTF_8, ',', 54,
                 "name_prefix given_name family_name city street region postcode country email "
                 "phone company web - - - -");
}

static void
test_title_and_total_lines_are_no_rows (void)
{
  g_autoptr (StoreSheet) sheet = open_sheet ("crm_export_broken.csv");
  guint n_totals = 0;

  g_assert_cmpstr (store_sheet_get_name (sheet, 0), ==, "客户编号");
  g_assert_true (store_sheet_next (sheet, NULL, NULL));
  g_assert_cmpuint (store_sheet_get_line (sheet), ==, 4);
  g_assert_cmpstr (store_sheet_get_cell (sheet, 0), ==, "C000074");
  do
    n_totals += store_sheet_get_row (sheet) == STORE_SHEET_ROW_TOTAL;
  while (store_sheet_next (sheet, NULL, NULL));
  g_assert_cmpuint (n_totals, ==, 1);
}

static void
test_ragged_rows_are_kept (void)
{
  g_autoptr (StoreSheet) sheet = open_text ("name,email\nAnn,a@b.example,x,\nBob\n\nTotal\n");

  g_assert_true (store_sheet_next (sheet, NULL, NULL));
  g_assert_cmpuint (store_sheet_get_n_extra (sheet), ==, 1);
  g_assert_true (store_sheet_next (sheet, NULL, NULL));
  g_assert_cmpstr (store_sheet_get_cell (sheet, 0), ==, "Bob");
  g_assert_cmpstr (store_sheet_get_cell (sheet, 1), ==, "");
  g_assert_cmpint (store_sheet_get_row (sheet), ==, STORE_SHEET_ROW_DATA);
  g_assert_true (store_sheet_next (sheet, NULL, NULL));
  g_assert_cmpuint (store_sheet_get_line (sheet), ==, 5);
  g_assert_cmpint (store_sheet_get_row (sheet), ==, STORE_SHEET_ROW_TOTAL);
  g_assert_false (store_sheet_next (sheet, NULL, NULL));
}

static void
test_company_called_total_is_a_customer (void)
{
  g_autoptr (StoreSheet) sheet = open_text ("name,email\nTotal,info@total.example\n");

  g_assert_true (store_sheet_next (sheet, NULL, NULL));
  g_assert_cmpint (store_sheet_get_row (sheet), ==, STORE_SHEET_ROW_DATA);
}

static void
test_empty_files_have_no_rows (void)
{
  static const char *const texts[] = { "", "\n\n", "name,email\n", ",,,\n", "\xef\xbb\xbf" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (StoreSheet) sheet = open_text (texts[i]);
      g_autoptr (GError) error = NULL;

      g_assert_false (store_sheet_next (sheet, NULL, &error));
      g_assert_no_error (error);
    }
}

static void
test_orders_are_understood (void)
{
  g_autoptr (StoreSheet) cdnow = open_text ("master_id,id,date,units,value\n"
                                            "00004,0001,1997-01-01,2,29.33\n");
  g_autoptr (StoreMapping) mapping = guess (cdnow, "order");
  g_autoptr (StoreSheet) shop = open_text ("订单号,客户,下单时间,金额(元),币种\n"
                                           "A1,张静,2024-04-22 10:00,88,CNY\n");
  g_autoptr (StoreMapping) shop_mapping = guess (shop, "order");
  g_autoptr (GError) error = NULL;

  g_assert_false (store_mapping_check (mapping, &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (store_mapping_apply (mapping, (const char *[]){ "party=id", NULL }, &error));
  g_assert_true (store_mapping_check (mapping, &error));
  assert_fields (cdnow, mapping, "- party date - total");
  assert_fields (shop, shop_mapping, "number party date total currency");
}

static void
test_person_goes_before_the_guess (void)
{
  g_autoptr (StoreSheet) sheet = open_text ("name,mail,tel,tel 2\nAnn,a@b.example,1,2\n");
  g_autoptr (StoreMapping) mapping = guess (sheet, "party");
  g_autoptr (GError) error = NULL;

  assert_fields (sheet, mapping, "display_name email phone phone");
  g_assert_true (store_mapping_apply (mapping, (const char *[]){ "notes=TEL", "email=", NULL },
                                      &error));
  assert_fields (sheet, mapping, "display_name - notes phone");
  g_assert_true (store_mapping_apply (mapping,
                                      (const char *[]){ "phone=3", "phone=4", "notes=", NULL },
                                      &error));
  assert_fields (sheet, mapping, "display_name - phone phone");

  g_assert_false (store_mapping_apply (mapping, (const char *[]){ "nonsense=name", NULL }, &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (store_mapping_apply (mapping, (const char *[]){ "email=nowhere", NULL }, &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (store_mapping_apply (mapping, (const char *[]){ "email", NULL }, &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_INVALID);
}

static void
test_every_kind_takes_its_own_fields (void)
{
  g_autoptr (StoreSheet) sheet = open_text ("sku,name,price,currency,unit\nA,B,1.50,EUR,kg\n");
  g_autoptr (StoreMapping) mapping = guess (sheet, "product");

  assert_fields (sheet, mapping, "sku name price currency unit");
}

static void
test_word_of_two_meanings_needs_the_contents (void)
{
  g_autoptr (StoreSheet) ours = open_text ("customer,date,total,state\nA,2024-01-02,5,paid\n");
  g_autoptr (StoreMapping) our_mapping = guess (ours, "order");
  g_autoptr (StoreSheet) shop = open_text ("customer,date,total,state,id\nA,2024-01-02,5,NY,17\n");
  g_autoptr (StoreMapping) shop_mapping = guess (shop, "order");

  assert_fields (ours, our_mapping, "party date total state");
  assert_fields (shop, shop_mapping, "party date total - -");
}

static void
test_office_file_is_told_apart (void)
{
  g_autofree char *folder = g_dir_make_tmp ("clientele-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "people.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "PK\003\004abc", -1, NULL));
  g_assert_null (store_sheet_open (file, NULL, NULL, &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_INVALID);
  g_remove (path);
  g_rmdir (folder);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/mapping/real-exports-are-understood", test_real_exports_are_understood);
  g_test_add_func ("/mapping/orders-are-understood", test_orders_are_understood);
  g_test_add_func ("/mapping/person-goes-before-the-guess", test_person_goes_before_the_guess);
  g_test_add_func ("/mapping/every-kind-takes-its-own-fields",
                   test_every_kind_takes_its_own_fields);
  g_test_add_func ("/mapping/word-of-two-meanings-needs-the-contents",
                   test_word_of_two_meanings_needs_the_contents);
  g_test_add_func ("/sheet/office-file-is-told-apart", test_office_file_is_told_apart);
  g_test_add_func ("/sheet/title-and-total-lines-are-no-rows",
                   test_title_and_total_lines_are_no_rows);
  g_test_add_func ("/sheet/ragged-rows-are-kept", test_ragged_rows_are_kept);
  g_test_add_func ("/sheet/company-called-total-is-a-customer",
                   test_company_called_total_is_a_customer);
  g_test_add_func ("/sheet/empty-files-have-no-rows", test_empty_files_have_no_rows);

  return g_test_run ();
}
