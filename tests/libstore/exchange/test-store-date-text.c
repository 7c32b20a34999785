/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-date-text.h"
#include "store-error.h"

static char *
read_date (const char           *cell,
           const StoreDateGuess *guess)
{
  g_autoptr (GError) error = NULL;
  StoreDateText date;

  switch (store_date_text_parse (cell, guess, &date, &error))
    {
    case STORE_READING_VALUE:
      g_assert_no_error (error);
      return store_date_text_to_iso (&date);
    case STORE_READING_EMPTY:
      g_assert_no_error (error);
      return g_strdup ("");
    case STORE_READING_REFUSED:
    default:
      g_assert_error (error, STORE_ERROR, STORE_ERROR_INVALID);
      return g_strdup ("refused");
    }
}

static void
assert_date (const char           *cell,
             const StoreDateGuess *guess,
             const char           *iso)
{
  g_autofree char *found = read_date (cell, guess);

  if (g_strcmp0 (found, iso) != 0)
    g_error ("“%s” was read as %s, not as %s", cell, found, iso);
}

static void
test_every_form_is_read (void)
{
  static const char *const cases[][2] = {
    { "2024-04-22", "2024-04-22" },
    { "2024/4/22", "2024-04-22" },
    { "2024年7月15日", "2024-07-15" },
    { "2024 年 7 月 15 号", "2024-07-15" },
    { "12.02.2024", "2024-02-12" },
    { "12/21/2024", "2024-12-21" },
    { "1/15/2024", "2024-01-15" },
    { "21/12/2024", "2024-12-21" },
    { "20240422", "2024-04-22" },
    { "２０２４／４／２２", "2024-04-22" },
    { "22 Apr 2024", "2024-04-22" },
    { "April 22nd, 2024", "2024-04-22" },
    { "22. März 2024", "2024-03-22" },
    { "22-APR-24", "2024-04-22" },
    { "12.02.69", "1969-02-12" },
    { "12.02.68", "2068-02-12" },
    { "45548", "2024-09-13" },
    { "21038", "1957-08-06" },
    { "2010-12-01 08:26:00", "2010-12-01" },
    { "2010-12-01T08:26:00.123Z", "2010-12-01" },
    { "2/29/2024 11:05 PM", "2024-02-29" },
    { "--04-22", "--04-22" },
    { "4月22日", "--04-22" },
    { "  2024-04-22  ", "2024-04-22" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_date (cases[i][0], NULL, cases[i][1]);
}

static void
test_nothing_is_not_an_error (void)
{
  static const char *const cases[] = {
    "", " ", "-", "N/A", "null", "0000-00-00", "0000-00-00 00:00:00", "00.00.0000", "0", "　",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_date (cases[i], NULL, "");
}

static void
test_no_date_is_refused (void)
{
  static const char *const cases[] = {
    "tomorrow", "2024-02-30", "2023-02-29", "13/13/2024", "2024-13-01", "10.10.10.10", "123456",
    "1.5", "2024", "2024-04-22 25:00", "2024-04-22x", "12/2024", "4/5", "99999999", "1/2/3",
    "2024.04-22", "💥", "2024-04-22 10:00+9",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_date (cases[i], NULL, "refused");
}

static void
test_one_clear_date_decides_the_column (void)
{
  StoreDateGuess guess = { 0 };

  assert_date ("1/2/2024", NULL, "2024-01-02");
  store_date_guess_add (&guess, "1/2/2024");
  g_assert_cmpuint (store_date_guess_get_ambiguous (&guess), ==, 1);
  store_date_guess_add (&guess, "25/2/2024");
  g_assert_cmpuint (store_date_guess_get_ambiguous (&guess), ==, 0);
  assert_date ("1/2/2024", &guess, "2024-02-01");
  assert_date ("12/21/2024", &guess, "2024-12-21");
}

static void
test_separators_do_not_speak_for_each_other (void)
{
  StoreDateGuess guess = { 0 };

  store_date_guess_add (&guess, "24.02.2024");
  store_date_guess_add (&guess, "12/21/2024");
  assert_date ("05.07.2024", &guess, "2024-07-05");
  assert_date ("5/7/2024", &guess, "2024-05-07");
}

static void
test_time_and_zone_become_utc (void)
{
  StoreDateText date;

  store_date_text_parse ("2024-04-22T12:30:15+08:00", NULL, &date, NULL);
  g_assert_true (date.has_zone);
  g_assert_cmpint (store_date_text_to_unix_ms (&date), ==, G_GINT64_CONSTANT (1713760215000));
  store_date_text_parse ("2024-04-22 04:30:15Z", NULL, &date, NULL);
  g_assert_cmpint (store_date_text_to_unix_ms (&date), ==, G_GINT64_CONSTANT (1713760215000));
}

static void
test_every_day_is_read_back (void)
{
  for (guint32 julian = 693594 + 10000; julian < 693594 + 60000; julian += 97)
    {
      g_autofree char *serial = g_strdup_printf ("%u", julian - 693594);
      g_autofree char *iso = NULL;
      char forms[4][32];
      GDate day;

      g_date_clear (&day, 1);
      g_date_set_julian (&day, julian);
      g_date_set_dmy (&day, g_date_get_day (&day), g_date_get_month (&day), g_date_get_year (&day));
      g_snprintf (forms[0], sizeof forms[0], "%04d-%02d-%02d", day.year, day.month, day.day);
      g_snprintf (forms[1], sizeof forms[1], "%d.%d.%d", day.day, day.month, day.year);
      g_snprintf (forms[2], sizeof forms[2], "%d年%d月%d日", day.year, day.month, day.day);
      g_snprintf (forms[3], sizeof forms[3], "%d/%d/%d", day.year, day.month, day.day);
      for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
        assert_date (forms[i], NULL, forms[0]);
      assert_date (serial, NULL, forms[0]);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/date-text/every-form-is-read", test_every_form_is_read);
  g_test_add_func ("/date-text/nothing-is-not-an-error", test_nothing_is_not_an_error);
  g_test_add_func ("/date-text/no-date-is-refused", test_no_date_is_refused);
  g_test_add_func ("/date-text/one-clear-date-decides-the-column",
                   test_one_clear_date_decides_the_column);
  g_test_add_func ("/date-text/separators-do-not-speak-for-each-other",
                   test_separators_do_not_speak_for_each_other);
  g_test_add_func ("/date-text/time-and-zone-become-utc", test_time_and_zone_become_utc);
  g_test_add_func ("/date-text/every-day-is-read-back", test_every_day_is_read_back);

  return g_test_run ();
}
