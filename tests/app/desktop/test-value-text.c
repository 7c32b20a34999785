/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <locale.h>

#include "app-change-text.h"
#include "app-value-text.h"
#include "store-catalog.h"

/* Runs in the given locale, or skips the test where the machine lacks it. */
static gboolean
use_locale (const char *name)
{
  if (setlocale (LC_ALL, name))
    return TRUE;

  g_test_skip_printf ("the locale %s is not here", name);
  return FALSE;
}

static void
assert_money (gint64      minor,
              const char *currency,
              const char *expected)
{
  g_autofree char *text = app_money_to_text (minor, currency);
  g_auto (GStrv) words = g_strsplit (text, "\u00a0", -1);
  g_autofree char *plain = g_strjoinv (" ", words);

  g_assert_cmpstr (plain, ==, expected);
}

static void
test_money_keeps_every_digit (void)
{
  if (!use_locale ("en_US.UTF-8"))
    return;

  assert_money (0, "EUR", "€0.00");
  assert_money (-5, "USD", "-$0.05");
  assert_money (123456789, "USD", "$1,234,567.89");
  assert_money (500, "JPY", "¥500");
  assert_money (1234, "KWD", "KWD 1.234");
  assert_money (G_MAXINT64, "USD", "$92,233,720,368,547,758.07");
  assert_money (G_MININT64, "USD", "-$92,233,720,368,547,758.08");
}

static void
test_money_without_currency (void)
{
  if (!use_locale ("en_US.UTF-8"))
    return;

  assert_money (123456, NULL, "1,234.56");
  assert_money (123456, "", "1,234.56");
}

static void
test_money_follows_the_locale (void)
{
  if (!use_locale ("de_DE.UTF-8"))
    return;
  assert_money (123456, "EUR", "1.234,56 €");

  if (!use_locale ("zh_CN.UTF-8"))
    return;
  assert_money (123456, "CNY", "¥1,234.56");
}

static void
test_dates_follow_the_locale (void)
{
  g_autofree char *english = NULL;
  g_autofree char *chinese = NULL;

  if (!use_locale ("en_US.UTF-8"))
    return;
  english = app_date_to_text ("2026-02-03");
  g_assert_cmpstr (english, ==, "Feb 3, 2026");

  if (!use_locale ("zh_CN.UTF-8"))
    return;
  chinese = app_date_to_text ("2026-02-03");
  g_assert_cmpstr (chinese, ==, "2026年2月3日");
}

static void
test_birthday_without_year (void)
{
  g_autofree char *leap = NULL;

  if (!use_locale ("en_US.UTF-8"))
    return;

  leap = app_date_to_text ("--02-29");
  g_assert_cmpstr (leap, ==, "February 29");
}

static void
test_what_is_no_date_stays (void)
{
  static const char *const texts[] = { "", "soon", "2026-13-45", "--13-01", "0000-00-00" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *text = app_date_to_text (texts[i]);

      g_assert_cmpstr (text, ==, texts[i]);
    }
}

static void
test_plain_locale_works (void)
{
  g_autofree char *number = NULL;
  g_autofree char *date = NULL;

  g_assert_nonnull (setlocale (LC_ALL, "C"));

  number = app_number_to_text (1234567);
  date = app_date_to_text ("2026-02-03");
  g_assert_cmpstr (number, ==, "1234567");
  g_assert_true (g_utf8_validate (date, -1, NULL));
  g_assert_nonnull (strstr (date, "2026"));
}

static void
test_unknown_choice_is_shown (void)
{
  const StoreField *field = store_kind_get_field (STORE_KIND ("party"), "lifecycle");
  StoreValue value = store_value_text ("of a later version");
  g_autofree char *text = app_value_to_text (field, &value, NULL);

  g_assert_cmpstr (text, ==, "of a later version");
}

static void
test_long_values_are_cut_between_characters (void)
{
  g_autoptr (GString) notes = g_string_new (NULL);
  g_autofree char *text = NULL;
  StoreHistoryChange change = { 0 };

  for (guint i = 0; i < 500; i++)
    g_string_append (notes, "重要");
  change.kind = STORE_KIND ("party");
  change.field = store_kind_get_field (change.kind, "notes");
  change.action = "edit";
  change.new_value = store_value_text (notes->str);

  text = app_change_to_text (&change);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (text, -1), <, 120);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/value-text/money-keeps-every-digit", test_money_keeps_every_digit);
  g_test_add_func ("/value-text/money-without-currency", test_money_without_currency);
  g_test_add_func ("/value-text/money-follows-the-locale", test_money_follows_the_locale);
  g_test_add_func ("/value-text/dates-follow-the-locale", test_dates_follow_the_locale);
  g_test_add_func ("/value-text/birthday-without-year", test_birthday_without_year);
  g_test_add_func ("/value-text/what-is-no-date-stays", test_what_is_no_date_stays);
  g_test_add_func ("/value-text/plain-locale-works", test_plain_locale_works);
  g_test_add_func ("/value-text/unknown-choice-is-shown", test_unknown_choice_is_shown);
  g_test_add_func ("/value-text/long-values-are-cut-between-characters",
                   test_long_values_are_cut_between_characters);

  return g_test_run ();
}
