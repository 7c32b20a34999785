/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store-phone-text.c, store-email-text.c and the cell text below both. */
#include <string.h>

#include "store-cell-text.h"
#include "store-email-text.h"
#include "store-error.h"
#include "store-phone-text.h"

static void
assert_phone (const char *text,
              const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *number = NULL;

  g_assert_cmpint (store_phone_text_parse (text, &number, &error), ==, STORE_READING_VALUE);
  g_assert_no_error (error);
  g_assert_cmpstr (number, ==, expected);
}

static void
test_ways_of_writing_a_number_are_one_number (void)
{
  static const char *const mobile[] = {
    "13875663404", "+86 138 7566 3404", "8613875663404", "008613875663404", "138-7566-3404",
    "'13875663404", "１３８７５６６３４０４", "13875663404 ", "tel:+86-138-7566-3404",
    "\u202a+8613875663404\u202c", "+86 (0) 138 7566 3404", "(+86)13875663404",
  };
  static const char *const british[] = {
    "+44 7700 9008121", "0044 7700 9008121", "+4477009008121", "+44-7700-9008121",
    "+44 (0)7700 9008121",
  };

  for (guint i = 0; i < G_N_ELEMENTS (mobile); i++)
    assert_phone (mobile[i], "+8613875663404");
  for (guint i = 0; i < G_N_ELEMENTS (british); i++)
    assert_phone (british[i], "+4477009008121");
  assert_phone ("001 415 555 0132", "+14155550132");
}

static void
test_country_is_never_guessed (void)
{
  assert_phone ("0151 555 8777", "01515558777");
  assert_phone ("010-8888 7777", "01088887777");
  assert_phone ("(03) 5330 2874", "0353302874");
  assert_phone ("250-453-4211", "2504534211");
  assert_phone ("110", "110");
}

static void
test_extension_is_kept_apart (void)
{
  assert_phone ("010-88887777 转 123", "01088887777;ext=123");
  assert_phone ("+1 415 555 0132 ext. 9", "+14155550132;ext=9");
  assert_phone ("+1 415 555 0132x9", "+14155550132;ext=9");
}

static void
test_lost_digits_are_refused_with_the_reason (void)
{
  static const char *const cases[] = { "1.38E+10", "1.38788E+10", "1,38E+10", "１.38E+10" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *number = NULL;

      g_assert_cmpint (store_phone_text_parse (cases[i], &number, &error), ==,
                       STORE_READING_REFUSED);
      g_assert_error (error, STORE_ERROR, STORE_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, "spreadsheet"));
      g_assert_null (number);
    }
}

static void
test_no_number_is_refused (void)
{
  static const char *const cases[] = {
    "call me", "12", "1234567890123456", "+", "a@b.example", "+86+138", "13800138000 ext", "喂",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *number = NULL;

      if (store_phone_text_parse (cases[i], &number, NULL) != STORE_READING_REFUSED)
        g_error ("“%s” was taken as %s", cases[i], number);
    }
}

static void
assert_parts (char       **parts,
              const char  *expected)
{
  g_autofree char *joined = g_strjoinv ("+", parts);

  g_assert_cmpstr (joined, ==, expected);
  g_strfreev (parts);
}

static void
test_cell_with_several_is_taken_apart (void)
{
  assert_parts (store_phone_text_split ("15098272950/10592728905"), "15098272950+10592728905");
  assert_parts (store_phone_text_split ("123456; 234567、345678"), "123456+ 234567+345678");
  assert_parts (store_phone_text_split ("010-88887777/8888"), "010-88887777");
  assert_parts (store_phone_text_split ("010-88887777;ext=12"), "010-88887777;ext=12");
  assert_parts (store_phone_text_split (" "), "");
  assert_parts (store_email_text_split ("a@b.example; c@d.example"), "a@b.example+ c@d.example");
  assert_parts (store_email_text_split ("a@b.example/c@d.example"), "a@b.example+c@d.example");
  assert_parts (store_email_text_split ("-"), "");
}

static void
assert_email (const char *text,
              const char *expected)
{
  g_autofree char *address = NULL;
  StoreReading reading = store_email_text_parse (text, &address, NULL);

  g_assert_cmpint (reading, ==, expected != NULL ? STORE_READING_VALUE : STORE_READING_REFUSED);
  g_assert_cmpstr (address, ==, expected);
}

static void
test_ways_of_writing_an_address_are_one_address (void)
{
  assert_email ("<LIU.217@163.EXAMPLE>", "liu.217@163.example");
  assert_email ("Ann Lee <Ann@B.Example>", "ann@b.example");
  assert_email ("mailto:ann@b.example?subject=hi", "ann@b.example");
  assert_email (" ann＠b.example ", "ann@b.example");
  assert_email ("ANN.LEE at B.EXAMPLE", "ann.lee@b.example");
  assert_email ("ann (at) b.example", "ann@b.example");
  assert_email ("o'neil+x@b.example", "o'neil+x@b.example");
  assert_email ("张@例子.测试", "张@例子.测试");
}

static void
test_no_address_is_refused (void)
{
  static const char *const cases[] = {
    "ann", "ann@", "@b.example", "ann@b", "a b@c.example", "ann@b..example", "a@b@c.example",
    "ann@b.example.", "ann@-b.example", "ann@b,example", "call at noon", "at b.example",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_email (cases[i], NULL);
}

static void
test_words_for_nothing_are_blank (void)
{
  static const char *const blank[] = {
    "", " ", "-", "—", "N/A", "n/a", "NULL", "null", "#N/A", "\\N", "无", "\xe3\x80\x80", "Ｎ／Ａ",
  };
  static const char *const full[] = { "0", "Na", "None", "Nil Armstrong", "x", "无锡" };

  for (guint i = 0; i < G_N_ELEMENTS (blank); i++)
    g_assert_true (store_cell_text_is_blank (blank[i]));
  for (guint i = 0; i < G_N_ELEMENTS (full); i++)
    g_assert_false (store_cell_text_is_blank (full[i]));
}

static void
test_formula_cells_are_guarded_and_read_back (void)
{
  static const char *const cases[] = {
    "=1+1", "+8613875663404", "-12.00", "@x", "-x", "'=1", "''", "'abc", "+44 7700", "", "'", "a=b",
    "\t=1", "''=1", "'+1", "-", "+", "=HYPERLINK(\"x\")",
  };
  static const char *const unguarded[] = { "+8613875663404", "-12.00", "a=b", "'abc" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *cell = store_cell_text_guard (cases[i]);

      g_assert_cmpstr (store_cell_text_unguard (cell), ==, cases[i]);
      g_assert_true (cell[0] == '\0' || strchr ("=@\t\r", cell[0]) == NULL);
    }
  for (guint i = 0; i < G_N_ELEMENTS (unguarded); i++)
    {
      g_autofree char *cell = store_cell_text_guard (unguarded[i]);

      g_assert_cmpstr (cell, ==, unguarded[i]);
    }
}

static void
test_clean_text_keeps_its_words (void)
{
  g_autofree char *clean = store_cell_text_clean (" \xef\xbb\xbfline1\r\nline2\rＡ\x01 b \n");
  g_autofree char *a = store_cell_text_key ("吕 鹏诗");
  g_autofree char *b = store_cell_text_key (" 吕鹏诗 ");

  g_assert_cmpstr (clean, ==, "line1\nline2\nＡ b");
  g_assert_cmpstr (a, ==, b);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/phone-text/ways-of-writing-a-number-are-one-number",
                   test_ways_of_writing_a_number_are_one_number);
  g_test_add_func ("/phone-text/country-is-never-guessed", test_country_is_never_guessed);
  g_test_add_func ("/phone-text/extension-is-kept-apart", test_extension_is_kept_apart);
  g_test_add_func ("/phone-text/lost-digits-are-refused-with-the-reason",
                   test_lost_digits_are_refused_with_the_reason);
  g_test_add_func ("/phone-text/no-number-is-refused", test_no_number_is_refused);
  g_test_add_func ("/contact-text/cell-with-several-is-taken-apart",
                   test_cell_with_several_is_taken_apart);
  g_test_add_func ("/email-text/ways-of-writing-an-address-are-one-address",
                   test_ways_of_writing_an_address_are_one_address);
  g_test_add_func ("/email-text/no-address-is-refused", test_no_address_is_refused);
  g_test_add_func ("/cell-text/words-for-nothing-are-blank", test_words_for_nothing_are_blank);
  g_test_add_func ("/cell-text/formula-cells-are-guarded-and-read-back",
                   test_formula_cells_are_guarded_and_read_back);
  g_test_add_func ("/cell-text/clean-text-keeps-its-words", test_clean_text_keeps_its_words);

  return g_test_run ();
}
