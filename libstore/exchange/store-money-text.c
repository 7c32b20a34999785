/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Amounts as people's exports write them.
 *
 *   1,234.50   1.234,50   1 234,50   1'234.50   ¥88   88元   € 12,00   USD 5   12,-   (12.00)
 *   12.00-   1.2万
 *
 * Of two different signs the last is the decimal one; a sign that comes twice groups. One sign
 * alone is the decimal one unless exactly three digits follow it and one to three stand before:
 * then the column decides, and where it is silent a comma groups and a point does not. An amount
 * with more decimals than its currency has is rounded half away from zero: spreadsheets export
 * 29.330000000000002.
 */
#include "config.h"
#include "store-money-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "store-cell-text.h"
#include "store-error.h"
#include "store-money.h"

#define MAX_DIGITS 40

/* The first currency is meant unless the one that the person uses is among the others. */
typedef struct
{
  const char *sign;
  const char *currencies;
} CurrencySign;

/* The text is folded (NFKC, lower case); what comes first is tried first. */
static const CurrencySign currency_signs[] = {
  { "人民币", "CNY" }, { "人民幣", "CNY" }, { "us$", "USD" }, { "hk$", "HKD" }, { "nt$", "TWD" },
  { "rmb", "CNY" },    { "元", "CNY TWD" }, { "圆", "CNY" },  { "円", "JPY" },  { "€", "EUR" },
  { "£", "GBP" },      { "₩", "KRW" },      { "₹", "INR" },   { "fr.", "CHF" }, { "¥", "CNY JPY" },
  { "$", "USD AUD CAD HKD MXN NZD SGD TWD" },
};

static const char *const codes[] = {
  "aud", "brl", "cad", "chf", "cny", "czk", "dkk", "eur", "gbp", "hkd", "huf", "inr", "jpy", "krw",
  "mop", "myr", "nok", "nzd", "pln", "rub", "sek", "sgd", "thb", "try", "twd", "usd", "vnd", "zar",
};

/* An amount taken apart: the digits without signs, and how many of them follow the decimal sign. */
typedef struct
{
  gboolean negative;
  char digits[MAX_DIGITS + 1];
  int n_digits;
  int n_decimals;
  int shift;
  char decimal_sign;
  gboolean is_open;
  char currencies[40];
} Amount;

/**
 * store_currency_get_digits:
 * @currency: an ISO 4217 code
 *
 * Returns: the number of decimals that the currency has: 2 for most, 0 for JPY. Any thread.
 */
int
store_currency_get_digits (const char *currency)
{
  g_return_val_if_fail (currency != NULL, 2);

  return (int) store_money_get_digits (currency);
}

static void
set_currencies (Amount     *amount,
                const char *currencies)
{
  if (amount->currencies[0] != '\0')
    return;
  for (gsize i = 0; currencies[i] != '\0' && i + 1 < sizeof amount->currencies; i++)
    amount->currencies[i] = g_ascii_toupper (currencies[i]);
}

static gboolean
take_currency (const char **at,
               Amount      *amount)
{
  for (guint i = 0; i < G_N_ELEMENTS (currency_signs); i++)
    if (g_str_has_prefix (*at, currency_signs[i].sign))
      {
        set_currencies (amount, currency_signs[i].currencies);
        *at += strlen (currency_signs[i].sign);
        return TRUE;
      }
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_str_has_prefix (*at, codes[i]) && !g_ascii_isalpha ((*at)[3]))
      {
        set_currencies (amount, codes[i]);
        *at += 3;
        return TRUE;
      }
  return FALSE;
}

static gboolean
take_minus (const char **at,
            Amount      *amount)
{
  const char *from = *at;

  if (*from == '-')
    from++;
  else if (g_str_has_prefix (from, "−"))
    from += strlen ("−");
  else
    return FALSE;
  amount->negative = TRUE;
  *at = from;
  return TRUE;
}

static gboolean
take_scale (const char **at,
            Amount      *amount)
{
  static const struct
  {
    const char *word;
    int shift;
  } scales[] = {
    { "万", 4 }, { "萬", 4 }, { "亿", 8 }, { "億", 8 }, { "千", 3 }, { "k", 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
    if (g_str_has_prefix (*at, scales[i].word) && amount->n_digits > 0 && amount->shift == 0)
      {
        amount->shift = scales[i].shift;
        *at += strlen (scales[i].word);
        return TRUE;
      }
  return FALSE;
}

/* Copies the digits and writes down where the signs among them stand. */
static const char *
take_digits (const char *at,
             Amount     *amount,
             char       *signs,
             int        *places,
             int        *n_signs)
{
  for (; *at != '\0'; at++)
    {
      gboolean is_sign = strchr (".,'", *at) != NULL;

      if (g_ascii_isdigit (*at) && amount->n_digits < MAX_DIGITS)
        amount->digits[amount->n_digits++] = *at;
      else if (*at == ' ' && g_ascii_isdigit (at[1]) && g_ascii_isdigit (at[2]) &&
               g_ascii_isdigit (at[3]) && !g_ascii_isdigit (at[4]))
        continue;
      else if (is_sign && *n_signs < MAX_DIGITS &&
               (g_ascii_isdigit (at[1]) || (*at != '\'' && amount->n_digits > 0)))
        {
          signs[*n_signs] = *at;
          places[(*n_signs)++] = amount->n_digits;
        }
      else
        break;
    }
  return at;
}

/* Groups of three behind every grouping sign but the last part, which the decimal sign cuts off. */
static gboolean
are_groups (const int *places,
            int        n_signs,
            int        end)
{
  for (int i = 0; i < n_signs; i++)
    if ((i + 1 < n_signs ? places[i + 1] : end) - places[i] != 3)
      return FALSE;
  return n_signs == 0 || (places[0] >= 1 && places[0] <= 3);
}

static gboolean
place_decimal_sign (Amount     *amount,
                    const char *signs,
                    const int  *places,
                    int         n_signs)
{
  char last = n_signs > 0 ? signs[n_signs - 1] : '\0';
  int behind = n_signs > 0 ? amount->n_digits - places[n_signs - 1] : 0;
  int n_groups = n_signs - 1;

  if (n_signs == 0)
    return TRUE;

  if (n_signs == 1)
    {
      amount->is_open = behind == 3 && places[0] >= 1 && places[0] <= 3 && last != '\'' &&
                        !(places[0] == 1 && amount->digits[0] == '0');
      if (last == '\'')
        return behind == 3;
      amount->decimal_sign = last;
      amount->n_decimals = behind;
      return TRUE;
    }

  for (int i = 1; i < n_groups; i++)
    if (signs[i] != signs[0])
      return FALSE;
  if (last == signs[0])
    return are_groups (places, n_signs, amount->n_digits);
  amount->decimal_sign = last;
  amount->n_decimals = behind;
  return last != '\'' && are_groups (places, n_groups, places[n_groups]);
}

static gboolean
parse_amount (const char *at,
              Amount     *amount)
{
  char signs[MAX_DIGITS];
  int places[MAX_DIGITS];
  int n_signs = 0;
  gboolean in_brackets = *at == '(';

  *amount = (Amount){ 0 };
  if (in_brackets)
    at++;
  while (*at == ' ' || *at == '+' || take_currency (&at, amount) || take_minus (&at, amount))
    if (*at == ' ' || *at == '+')
      at++;

  at = take_digits (at, amount, signs, places, &n_signs);
  if (*at == '-' && (at[-1] == '.' || at[-1] == ','))
    at++;
  while (*at == ' ' || take_scale (&at, amount) || take_currency (&at, amount) ||
         (!amount->negative && take_minus (&at, amount)))
    if (*at == ' ')
      at++;

  if (in_brackets)
    {
      if (*at != ')')
        return FALSE;
      at++;
      amount->negative = TRUE;
    }
  return *at == '\0' && amount->n_digits > 0 && place_decimal_sign (amount, signs, places, n_signs);
}

/**
 * store_money_guess_add:
 * @guess: the evidence so far
 * @cell: one cell of the column
 *
 * Takes a cell as evidence. One thread at a time.
 */
void
store_money_guess_add (StoreMoneyGuess *guess,
                       const char      *cell)
{
  g_autofree char *plain = NULL;
  Amount amount;

  g_return_if_fail (guess != NULL && cell != NULL);

  if (store_cell_text_is_blank (cell))
    return;
  plain = store_cell_text_plain (cell);
  if (!parse_amount (plain, &amount))
    {
      guess->others++;
      return;
    }
  guess->amounts++;
  if (!amount.is_open && amount.decimal_sign == ',')
    guess->decimal_comma++;
  if (!amount.is_open && amount.decimal_sign == '.')
    guess->decimal_point++;
}

/* "1.234" with exactly three digits behind its one sign: the column decides. */
static void
close_open_amount (Amount                *amount,
                   const StoreMoneyGuess *guess)
{
  gboolean comma_decides = guess != NULL && guess->decimal_comma > guess->decimal_point;

  if (amount->is_open && comma_decides != (amount->decimal_sign == ','))
    amount->n_decimals = 0;
}

/* digits x 10^(shift - n_decimals), in units of 10^-digits. */
static gboolean
scale_amount (const Amount *amount,
              int           digits,
              gint64       *number)
{
  int exponent = amount->shift + digits - amount->n_decimals;
  int n_kept = amount->n_digits + MIN (exponent, 0);
  gint64 value = 0;

  for (int i = 0; i < n_kept + MAX (exponent, 0); i++)
    {
      int digit = i < amount->n_digits ? amount->digits[i] - '0' : 0;

      if (__builtin_mul_overflow (value, 10, &value) ||
          __builtin_add_overflow (value, digit, &value))
        return FALSE;
    }
  if (exponent < 0 && n_kept >= 0 && amount->digits[n_kept] >= '5' &&
      __builtin_add_overflow (value, 1, &value))
    return FALSE;
  *number = amount->negative ? -value : value;
  return TRUE;
}

static StoreReading
refuse (const char  *cell,
        GError     **error)
{
  g_autofree char *shown = store_cell_text_shorten (cell);

  g_set_error (error, STORE_ERROR, STORE_ERROR_INVALID,
               _("“%s” is no number. Write it in digits, for example 1234.50."), shown);
  return STORE_READING_REFUSED;
}

static StoreReading
read_amount (const char             *cell,
             const StoreMoneyGuess  *guess,
             Amount                 *amount,
             GError                **error)
{
  g_autofree char *plain = NULL;

  if (store_cell_text_is_blank (cell))
    return STORE_READING_EMPTY;
  plain = store_cell_text_plain (cell);
  if (!parse_amount (plain, amount))
    return refuse (cell, error);
  close_open_amount (amount, guess);
  return STORE_READING_VALUE;
}

/**
 * store_money_text_parse:
 * @cell: one cell
 * @guess: (nullable): the evidence of the whole column
 * @currency: the currency that an amount without a sign is in, ISO 4217
 * @minor: (out): the amount in the smallest units of the currency
 * @found: (out): the currency that @minor is in
 * @error: %STORE_ERROR_INVALID with a sentence, for %STORE_READING_REFUSED
 *
 * A sign that several currencies share (¥, $) means @currency where that is one of them.
 *
 * Returns: what became of the cell. Any thread.
 */
StoreReading
store_money_text_parse (const char             *cell,
                        const StoreMoneyGuess  *guess,
                        const char             *currency,
                        gint64                 *minor,
                        char                    found[4],
                        GError                **error)
{
  StoreReading reading;
  Amount amount;

  g_return_val_if_fail (cell != NULL && currency != NULL && minor != NULL && found != NULL,
                        STORE_READING_EMPTY);

  *minor = 0;
  g_strlcpy (found, currency, 4);
  reading = read_amount (cell, guess, &amount, error);
  if (reading != STORE_READING_VALUE)
    return reading;

  if (amount.currencies[0] != '\0' && strstr (amount.currencies, currency) == NULL)
    g_strlcpy (found, amount.currencies, 4);
  if (!scale_amount (&amount, store_currency_get_digits (found), minor))
    return refuse (cell, error);
  return STORE_READING_VALUE;
}

/**
 * store_number_text_parse:
 * @cell: one cell
 * @guess: (nullable): the evidence of the whole column
 * @digits: decimals to keep: 0 for a count, 4 for a quantity
 * @number: (out): the number times ten to the power of @digits
 * @error: %STORE_ERROR_INVALID with a sentence, for %STORE_READING_REFUSED
 *
 * Returns: what became of the cell. Any thread.
 */
StoreReading
store_number_text_parse (const char             *cell,
                         const StoreMoneyGuess  *guess,
                         int                     digits,
                         gint64                 *number,
                         GError                **error)
{
  StoreReading reading;
  Amount amount;

  g_return_val_if_fail (cell != NULL && number != NULL && digits >= 0, STORE_READING_EMPTY);

  *number = 0;
  reading = read_amount (cell, guess, &amount, error);
  if (reading != STORE_READING_VALUE)
    return reading;
  if (amount.currencies[0] != '\0' || !scale_amount (&amount, digits, number))
    return refuse (cell, error);
  return STORE_READING_VALUE;
}
