/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>
#include <string.h>

#include "store-fold.h"

static void
assert_folds (const char *text,
              const char *expected)
{
  g_autofree char *folded = store_fold_text (text, -1);
  g_autofree char *twice = store_fold_text (folded, -1);

  g_assert_cmpstr (folded, ==, expected);
  g_assert_cmpstr (twice, ==, folded);
}

static void
test_accents_and_capitals (void)
{
  assert_folds ("Müller", "muller");
  assert_folds ("ÉCOLE", "ecole");
  assert_folds ("E\xcc\x81" "cole", "ecole");
  assert_folds ("Straße", "strasse");
  assert_folds ("ŁÓDŹ", "lodz");
  assert_folds ("Привет Й", "привет и");
  assert_folds ("ﬁn", "fin");
}

static void
test_full_width_forms (void)
{
  assert_folds ("ＡＢｃ１２３＠", "abc123@");
  assert_folds ("ｶﾀ", "カタ");
}

static void
test_traditional_meets_simplified (void)
{
  assert_folds ("陳偉國", "陈伟国");
  assert_folds ("陈伟国", "陈伟国");
}

static void
test_voiced_kana_and_hangul_stay (void)
{
  assert_folds ("がか", "がか");
  assert_folds ("한국", "한국");
}

static void
test_bytes_that_are_no_text (void)
{
  g_autofree char *folded = store_fold_text ("a\xff\xfe" "b", 4);

  g_assert_cmpstr (folded, ==, "a  b");
}

static void
test_contains (void)
{
  const char *text = "Gebr. Müller 陳家";

  g_assert_true (store_fold_contains (text, strlen (text), "muller", 6));
  g_assert_true (store_fold_contains (text, strlen (text), "陈家", 6));
  g_assert_false (store_fold_contains (text, strlen (text), "mullers", 7));
  g_assert_true (store_fold_contains ("ABC", 3, "bc", 2));
  g_assert_false (store_fold_contains ("ABC", 3, "abcd", 4));
  g_assert_true (store_fold_contains ("", 0, "", 0));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fold/accents-and-capitals", test_accents_and_capitals);
  g_test_add_func ("/fold/full-width-forms", test_full_width_forms);
  g_test_add_func ("/fold/traditional-meets-simplified", test_traditional_meets_simplified);
  g_test_add_func ("/fold/voiced-kana-and-hangul-stay", test_voiced_kana_and_hangul_stay);
  g_test_add_func ("/fold/bytes-that-are-no-text", test_bytes_that_are_no_text);
  g_test_add_func ("/fold/contains", test_contains);
  return g_test_run ();
}
