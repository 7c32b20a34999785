/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values as a person reads them: money, dates and numbers in their locale, choices by label.
 *
 * ICU does the writing, told the locale of each of the C library's categories, so that LC_MONETARY
 * and LC_TIME count even where the language of the sentences is another. Money goes to ICU as
 * decimal text, never as a double. */
#include "config.h"

#include "app-value-text.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <stdio.h>
#include <unicode/udat.h>
#include <unicode/unum.h>
#include <unicode/ustring.h>

#include "store-money.h"

#define MAX_TEXT 128

static char *
dup_icu_locale (int category)
{
  const char *name = setlocale (category, NULL);
  g_auto (GStrv) parts = NULL;

  if (!name || g_str_equal (name, "C") || g_str_has_prefix (name, "C.") ||
      g_str_equal (name, "POSIX"))
    return g_strdup ("en_US_POSIX");

  parts = g_strsplit_set (name, ".@", 2);
  return g_strdup (parts[0]);
}

static char *
utf8_from_uchars (const UChar *text,
                  int32_t      length)
{
  return g_utf16_to_utf8 ((const gunichar2 *) text, length, NULL, NULL, NULL);
}

static char *
format_number (UNumberFormat *format,
               const char    *decimal)
{
  UErrorCode status = U_ZERO_ERROR;
  UChar text[MAX_TEXT];
  int32_t length = unum_formatDecimal (format, decimal, -1, text, MAX_TEXT, NULL, &status);

  return U_SUCCESS (status) ? utf8_from_uchars (text, length) : g_strdup (decimal);
}

static char *
format_decimal (const char *decimal,
                int         min_digits,
                int         max_digits)
{
  g_autofree char *locale = dup_icu_locale (LC_NUMERIC);
  UErrorCode status = U_ZERO_ERROR;
  UNumberFormat *format = unum_open (UNUM_DECIMAL, NULL, 0, locale, NULL, &status);
  char *text;

  if (U_FAILURE (status))
    return g_strdup (decimal);

  unum_setAttribute (format, UNUM_MIN_FRACTION_DIGITS, min_digits);
  unum_setAttribute (format, UNUM_MAX_FRACTION_DIGITS, max_digits);
  text = format_number (format, decimal);
  unum_close (format);

  return text;
}

/**
 * app_money_to_text:
 * @minor: minor units of @currency
 * @currency: (nullable): ISO 4217
 *
 * Returns: (transfer full): the amount with its sign, in the person's locale
 */
char *
app_money_to_text (gint64      minor,
                   const char *currency)
{
  g_autofree char *locale = dup_icu_locale (LC_MONETARY);
  g_autofree char *decimal = store_money_to_text (minor, currency);
  UErrorCode status = U_ZERO_ERROR;
  UNumberFormat *format;
  UChar code[4] = { 0 };
  int digits = (int) store_money_get_digits (currency);
  char *text;

  if (!currency || strlen (currency) != 3)
    return format_decimal (decimal, digits, digits);

  u_charsToUChars (currency, code, 3);
  format = unum_open (UNUM_CURRENCY, NULL, 0, locale, NULL, &status);
  if (U_FAILURE (status))
    return g_strdup_printf ("%s %s", currency, decimal);

  unum_setTextAttribute (format, UNUM_CURRENCY_CODE, code, 3, &status);
  unum_setAttribute (format, UNUM_MIN_FRACTION_DIGITS, digits);
  unum_setAttribute (format, UNUM_MAX_FRACTION_DIGITS, digits);
  text = format_number (format, decimal);
  unum_close (format);

  return text;
}

char *
app_number_to_text (gint64 number)
{
  g_autofree char *decimal = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  return format_decimal (decimal, 0, 0);
}

/**
 * app_decimal_to_text:
 * @digits: at most so many behind the point
 */
char *
app_decimal_to_text (double number,
                     int    digits)
{
  char decimal[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (decimal, sizeof decimal, "%.6f", number);
  return format_decimal (decimal, 0, digits);
}

static char *
format_time (gint64           unix_ms,
             UDateFormatStyle date_style,
             UDateFormatStyle time_style,
             const char      *skeleton,
             gboolean         local)
{
  static const UChar utc[] = { 'U', 'T', 'C', 0 };
  g_autofree char *locale = dup_icu_locale (LC_TIME);
  UErrorCode status = U_ZERO_ERROR;
  UDateFormat *format;
  UChar pattern[MAX_TEXT];
  UChar text[MAX_TEXT];
  int32_t pattern_length = 0;
  int32_t length;

  if (skeleton)
    u_strFromUTF8 (pattern, MAX_TEXT, &pattern_length, skeleton, -1, &status);
  format = udat_open (skeleton ? UDAT_PATTERN : time_style, skeleton ? UDAT_PATTERN : date_style,
                      locale, local ? NULL : utc, -1, skeleton ? pattern : NULL, pattern_length,
                      &status);
  if (U_FAILURE (status))
    return g_strdup ("");

  length = udat_format (format, (UDate) unix_ms, text, MAX_TEXT, NULL, &status);
  udat_close (format);

  return U_SUCCESS (status) ? utf8_from_uchars (text, length) : g_strdup ("");
}

/**
 * app_date_to_text:
 * @date: YYYY-MM-DD, or --MM-DD
 *
 * Returns: (transfer full): the day in the person's locale; @date itself where it is no day
 */
char *
app_date_to_text (const char *date)
{
  g_autoptr (GDateTime) day = NULL;
  int year;
  int month;
  int month_day;

  if (sscanf (date, "%4d-%2d-%2d", &year, &month, &month_day) == 3 && year > 0)
    day = g_date_time_new_utc (year, month, month_day, 12, 0, 0);
  if (day)
    return format_time (g_date_time_to_unix (day) * 1000, UDAT_MEDIUM, UDAT_NONE, NULL, FALSE);

  /* A birthday without a year: any leap year will do to write day and month. */
  if (sscanf (date, "--%2d-%2d", &month, &month_day) == 2)
    day = g_date_time_new_utc (2000, month, month_day, 12, 0, 0);
  if (day)
    /* Translators: day and month as ICU writes them, for example "MMMM d" or "M月d日". */
    return format_time (g_date_time_to_unix (day) * 1000, UDAT_NONE, UDAT_NONE, _("MMMM d"),
                        FALSE);

  return g_strdup (date);
}

/**
 * app_time_to_text:
 *
 * Returns: (transfer full): date and time of day, in the person's locale and time zone
 */
char *
app_time_to_text (gint64 unix_ms)
{
  return format_time (unix_ms, UDAT_MEDIUM, UDAT_SHORT, NULL, TRUE);
}

/**
 * app_moment_to_text:
 *
 * Returns: (transfer full): like app_time_to_text(), but in words for today and yesterday
 */
char *
app_moment_to_text (gint64 unix_ms)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_local (unix_ms / 1000);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *clock = NULL;
  GDate day;
  GDate today;
  int ago;

  if (!moment)
    return g_strdup ("");

  g_date_set_dmy (&day, g_date_time_get_day_of_month (moment), g_date_time_get_month (moment),
                  g_date_time_get_year (moment));
  g_date_set_dmy (&today, g_date_time_get_day_of_month (now), g_date_time_get_month (now),
                  g_date_time_get_year (now));
  ago = g_date_days_between (&day, &today);
  if (ago < 0 || ago > 1)
    return app_time_to_text (unix_ms);

  clock = format_time (unix_ms, UDAT_NONE, UDAT_SHORT, NULL, TRUE);
  /* Translators: %s is a time of day. */
  return g_strdup_printf (ago == 0 ? _("Today, %s") : _("Yesterday, %s"), clock);
}

/**
 * app_value_to_text:
 * @field: whose value it is
 * @value: the value
 * @currency: (nullable): of money
 *
 * Returns: (transfer full): what a person reads; empty for nothing, and for a reference, whose
 *   record has to be loaded to be named
 */
char *
app_value_to_text (const StoreField *field,
                   const StoreValue *value,
                   const char       *currency)
{
  g_autofree char *text = NULL;
  const char *label;

  g_return_val_if_fail (field, NULL);

  if (!value || value->type == STORE_VALUE_NULL || value->type == STORE_VALUE_BLOB)
    return g_strdup ("");

  if (value->type == STORE_VALUE_INTEGER)
    switch (field->type)
      {
      case STORE_FIELD_BOOLEAN:
        return g_strdup (value->integer ? _("Yes") : _("No"));
      case STORE_FIELD_MONEY:
        return app_money_to_text (value->integer, currency);
      case STORE_FIELD_TIME:
        return app_moment_to_text (value->integer);
      case STORE_FIELD_QUANTITY:
        text = store_decimal_to_text (value->integer, 4);
        return format_decimal (text, 0, 4);
      default:
        return app_number_to_text (value->integer);
      }

  text = store_value_dup_text (value);
  if (field->type == STORE_FIELD_DATE)
    return app_date_to_text (text);
  if (field->type != STORE_FIELD_ENUM)
    return g_steal_pointer (&text);

  label = store_field_get_choice_label (field, text);
  return label ? g_strdup (label) : g_steal_pointer (&text);
}

static const char *
get_currency (StoreRecord      *record,
              const StoreField *money)
{
  const StoreKind *kind = store_record_get_kind (record);

  for (guint i = 0; i < kind->n_fields; i++)
    {
      const StoreField *field = &kind->fields[i];

      if (field->type == STORE_FIELD_CURRENCY &&
          store_field_get_group (field) == store_field_get_group (money))
        return store_record_get_text (record, field->name);
    }

  return NULL;
}

/**
 * app_record_to_text:
 * @field: the name of a field of the record's kind
 *
 * Returns: (transfer full): its value as a person reads it, see app_value_to_text()
 */
char *
app_record_to_text (StoreRecord *record,
                    const char  *field)
{
  const StoreField *declared;

  g_return_val_if_fail (STORE_IS_RECORD (record), NULL);

  declared = store_kind_get_field (store_record_get_kind (record), field);
  g_return_val_if_fail (declared, NULL);

  return app_value_to_text (declared, store_record_get_value (record, field),
                            declared->type == STORE_FIELD_MONEY ? get_currency (record, declared)
                                                                : NULL);
}
