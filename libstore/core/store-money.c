/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Money is a whole number of minor units beside a currency; a decimal text is the same number with
 * a point in it, never a float. The digits of a currency are those of ISO 4217.
 */
#include "store-money.h"

#include <string.h>

/**
 * store_money_get_digits:
 * @currency: (nullable): three letters
 *
 * Returns: how many decimals the currency's minor unit has; 2 where it is not known. Any thread.
 */
guint
store_money_get_digits (const char *currency)
{
  static const char *const none[] = { "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW",
                                      "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF",
                                      "XPF", NULL };
  static const char *const three[] = { "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND", NULL };

  if (currency == NULL)
    return 2;
  if (g_strv_contains (none, currency))
    return 0;
  return g_strv_contains (three, currency) ? 3 : 2;
}

/**
 * store_decimal_parse:
 * @text: an optional sign, digits, an optional point and at most @digits more
 * @digits: how many decimals the number counts
 * @number: (out): @text times ten to the power of @digits
 *
 * Returns: %FALSE if @text is no such number or does not fit. Any thread.
 */
gboolean
store_decimal_parse (const char *text,
                     guint       digits,
                     gint64     *number)
{
  gboolean negative = FALSE;
  gboolean any = FALSE;
  guint decimals = 0;
  gint64 result = 0;

  g_return_val_if_fail (text != NULL && number != NULL, FALSE);

  if (*text == '-' || *text == '+')
    negative = *text++ == '-';
  for (; g_ascii_isdigit (*text); text++, any = TRUE)
    if (__builtin_mul_overflow (result, 10, &result) ||
        __builtin_add_overflow (result, *text - '0', &result))
      return FALSE;
  if (*text == '.')
    for (text++; g_ascii_isdigit (*text); text++, any = TRUE)
      {
        /* Zeros behind the last decimal say nothing. */
        if (decimals == digits && *text == '0')
          continue;
        if (decimals++ >= digits || __builtin_mul_overflow (result, 10, &result) ||
            __builtin_add_overflow (result, *text - '0', &result))
          return FALSE;
      }
  for (; decimals < digits; decimals++)
    if (__builtin_mul_overflow (result, 10, &result))
      return FALSE;
  if (!any || *text != '\0')
    return FALSE;
  *number = negative ? -result : result;
  return TRUE;
}

/**
 * store_decimal_to_text:
 * @number: a number of 10^-@digits
 * @digits: how many decimals
 *
 * Returns: (transfer full): the decimal text, with a point, no grouping. Any thread.
 */
char *
store_decimal_to_text (gint64 number,
                       guint  digits)
{
  guint64 magnitude = number < 0 ? -(guint64) number : (guint64) number;
  guint64 unit = 1;

  for (guint i = 0; i < digits; i++)
    unit *= 10;
  if (digits == 0)
    return g_strdup_printf ("%" G_GINT64_FORMAT, number);
  return g_strdup_printf ("%s%" G_GUINT64_FORMAT ".%0*" G_GUINT64_FORMAT, number < 0 ? "-" : "",
                          magnitude / unit, (int) digits, magnitude % unit);
}

/**
 * store_money_parse:
 * @text: a decimal in major units
 * @currency: (nullable): three letters
 * @minor: (out): minor units
 *
 * Returns: %FALSE if @text is no amount of that currency. Any thread.
 */
gboolean
store_money_parse (const char *text,
                   const char *currency,
                   gint64     *minor)
{
  return store_decimal_parse (text, store_money_get_digits (currency), minor);
}

/**
 * store_money_to_text:
 * @minor: minor units
 * @currency: (nullable): three letters
 *
 * Returns: (transfer full): the decimal in major units, the form that store_money_parse() takes.
 *   Any thread.
 */
char *
store_money_to_text (gint64      minor,
                     const char *currency)
{
  return store_decimal_to_text (minor, store_money_get_digits (currency));
}
