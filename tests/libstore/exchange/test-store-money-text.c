/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-error.h"
#include "store-money-text.h"

static void
assert_money (const char            *cell,
              const StoreMoneyGuess *guess,
              const char            *currency,
              gint64                 expected,
              const char            *expected_currency)
{
  g_autoptr (GError) error = NULL;
  char found[4];
  gint64 minor;

  g_assert_cmpint (store_money_text_parse (cell, guess, currency, &minor, found, &error), ==,
                   STORE_READING_VALUE);
  g_assert_no_error (error);
  if (minor != expected)
    g_error ("“%s” was read as %" G_GINT64_FORMAT ", not as %" G_GINT64_FORMAT, cell, minor,
             expected);
  g_assert_cmpstr (found, ==, expected_currency);
}

static void
test_every_form_is_read (void)
{
  static const struct
  {
    const char *cell;
    gint64 minor;
  } cases[] = {
    { "1,234.50", 123450 },
    { "1.234,50", 123450 },
    { "1 234,50", 123450 },
    { "1'234.50", 123450 },
    { "1234.5", 123450 },
    { "1,234,567", 123456700 },
    { "1.234.567", 123456700 },
    { "1.2万", 1200000 },
    { "3千", 300000 },
    { "2k", 200000 },
    { "-12.00", -1200 },
    { "12.00-", -1200 },
    { "(12.00)", -1200 },
    { "−12", -1200 },
    { "12,-", 1200 },
    { "0", 0 },
    { "+5", 500 },
    { ".5", 50 },
    { "29.330000000000002", 2933 },
    { "0.125", 13 },
    { "-0.125", -13 },
    { "1,234", 123400 },
    { "１２３．４５", 12345 },
    { "'12.50", 1250 },
    { "0,125", 13 },
    { "92233720368547758.07", G_MAXINT64 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_money (cases[i].cell, NULL, "EUR", cases[i].minor, "EUR");
}

static void
test_sign_tells_the_currency (void)
{
  assert_money ("¥88", NULL, "CNY", 8800, "CNY");
  assert_money ("￥88", NULL, "EUR", 8800, "CNY");
  assert_money ("¥88", NULL, "JPY", 88, "JPY");
  assert_money ("88元", NULL, "EUR", 8800, "CNY");
  assert_money ("1.2万元", NULL, "CNY", 1200000, "CNY");
  assert_money ("€ 12,00", NULL, "CNY", 1200, "EUR");
  assert_money ("$5", NULL, "CNY", 500, "USD");
  assert_money ("$5", NULL, "CAD", 500, "CAD");
  assert_money ("US$5", NULL, "CAD", 500, "USD");
  assert_money ("USD 5.25", NULL, "EUR", 525, "USD");
  assert_money ("5.25 gbp", NULL, "EUR", 525, "GBP");
  assert_money ("1000", NULL, "KWD", 1000000, "KWD");
  assert_money ("1000円", NULL, "CNY", 1000, "JPY");
}

static void
test_column_decides_what_one_sign_means (void)
{
  StoreMoneyGuess german = { 0 };
  StoreMoneyGuess english = { 0 };

  store_money_guess_add (&german, "12,50");
  store_money_guess_add (&english, "12.50");
  assert_money ("1.234", &german, "EUR", 123400, "EUR");
  assert_money ("1,234", &german, "EUR", 123, "EUR");
  assert_money ("1.234", &english, "EUR", 123, "EUR");
  assert_money ("1,234", &english, "EUR", 123400, "EUR");
}

static void
test_no_amount_is_refused (void)
{
  static const char *const cases[] = {
    "abc", "12abc", "2024-05-18", "1,23,4", "1.2.3,4.5", "=1+1", "1.5E+05", "12 34", "(12", "€",
    "99999999999999999999", "1..2", "12%",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      char found[4];
      gint64 minor;

      if (store_money_text_parse (cases[i], NULL, "EUR", &minor, found, &error) !=
          STORE_READING_REFUSED)
        g_error ("“%s” was taken as %" G_GINT64_FORMAT, cases[i], minor);
      g_assert_error (error, STORE_ERROR, STORE_ERROR_INVALID);
    }
}

static void
test_number_keeps_its_decimals (void)
{
  gint64 number;

  g_assert_cmpint (store_number_text_parse ("2.5", NULL, 4, &number, NULL), ==,
                   STORE_READING_VALUE);
  g_assert_cmpint (number, ==, 25000);
  g_assert_cmpint (store_number_text_parse ("1,200", NULL, 0, &number, NULL), ==,
                   STORE_READING_VALUE);
  g_assert_cmpint (number, ==, 1200);
  g_assert_cmpint (store_number_text_parse ("5 €", NULL, 0, &number, NULL), ==,
                   STORE_READING_REFUSED);
  g_assert_cmpint (store_number_text_parse (" - ", NULL, 0, &number, NULL), ==,
                   STORE_READING_EMPTY);
}

static void
test_printed_amounts_are_read_back (void)
{
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (int i = 0; i < 2000; i++)
    {
      int shift = g_rand_int_range (random, 0, 31);
      gint64 minor = (gint64) g_rand_int_range (random, 0, G_MAXINT32) >> shift;
      gint64 major = minor / 100;
      int cents = (int) (minor % 100);
      g_autofree char *plain = g_strdup_printf ("%" G_GINT64_FORMAT ".%02d", major, cents);
      g_autofree char *comma = g_strdup_printf ("%" G_GINT64_FORMAT ",%02d €", major, cents);
      g_autofree char *grouped = NULL;

      grouped = major >= 1000
                  ? g_strdup_printf ("-%d,%03d.%02d", (int) (major / 1000), (int) (major % 1000),
                                     cents)
                  : g_strdup_printf ("-%d.%02d", (int) major, cents);
      assert_money (plain, NULL, "EUR", minor, "EUR");
      assert_money (comma, NULL, "EUR", minor, "EUR");
      if (major < 1000000)
        assert_money (grouped, NULL, "EUR", -minor, "EUR");
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/money-text/every-form-is-read", test_every_form_is_read);
  g_test_add_func ("/money-text/sign-tells-the-currency", test_sign_tells_the_currency);
  g_test_add_func ("/money-text/column-decides-what-one-sign-means",
                   test_column_decides_what_one_sign_means);
  g_test_add_func ("/money-text/no-amount-is-refused", test_no_amount_is_refused);
  g_test_add_func ("/money-text/number-keeps-its-decimals", test_number_keeps_its_decimals);
  g_test_add_func ("/money-text/printed-amounts-are-read-back", test_printed_amounts_are_read_back);

  return g_test_run ();
}
