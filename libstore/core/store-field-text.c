/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Raw text of a value by the type of its field: numbers in decimal, amounts in major units with a
 * point, quantities with up to four decimals, yes and no as true and false, dates as YYYY-MM-DD
 * (--MM-DD where the year may lack), times as ISO 8601 in UTC, references as 36 characters.
 */
#include "config.h"

#include "store-field-text.h"

#include "store-error.h"
#include "store-json-text.h"
#include "store-money.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#define QUANTITY_DIGITS 4
#define JSON_MAX_DEPTH 32

static gboolean
refuse (const StoreField *field,
        const char       *text,
        const char       *wanted,
        GError          **error)
{
  g_set_error (error, STORE_ERROR, STORE_ERROR_INVALID, _("“%s” cannot be taken for %s: %s."), text,
               field->name, wanted);
  return FALSE;
}

static gboolean
is_date (const char *text,
         gboolean    year_optional)
{
  guint year, month, day;
  int length = 0;

  if (year_optional && sscanf (text, "--%2u-%2u%n", &month, &day, &length) == 2 && length == 7 &&
      text[length] == '\0')
    return g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, 2000);
  for (int i = 0; text[i]; i++)
    if (i >= 10 || (i == 4 || i == 7 ? text[i] != '-' : !g_ascii_isdigit (text[i])))
      return FALSE;
  return sscanf (text, "%4u-%2u-%2u%n", &year, &month, &day, &length) == 3 && length == 10 &&
         g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year);
}

static gboolean
parse_boolean (const char *text,
               gint64     *number)
{
  static const char *const yes[] = { "1", "true", "yes", "on", "是", NULL };
  static const char *const no[] = { "0", "false", "no", "off", "否", NULL };
  g_autofree char *lower = g_ascii_strdown (text, -1);

  *number = g_strv_contains (yes, lower);
  return *number || g_strv_contains (no, lower);
}

static gboolean
parse_time (const char *text,
            gint64     *ms)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = NULL;
  g_autofree char *midnight = NULL;

  if (is_date (text, FALSE))
    midnight = g_strconcat (text, "T00:00:00Z", NULL);
  time = g_date_time_new_from_iso8601 (midnight ? midnight : text, utc);
  if (time)
    *ms = g_date_time_to_unix (time) * 1000 + g_date_time_get_microsecond (time) / 1000;
  return time != NULL || g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, ms, NULL);
}

static gboolean
is_json (const char *text)
{
  g_autoptr (JsonNode) node = store_json_text_parse (text, -1, JSON_MAX_DEPTH);

  return node != NULL;
}

static gboolean
parse_choice (const StoreField *field,
              const char       *text,
              GError          **error)
{
  g_autoptr (GString) choices = g_string_new (NULL);

  for (const StoreChoice *choice = field->choices; choice && choice->value; choice++)
    {
      if (g_str_equal (choice->value, text))
        return TRUE;
      g_string_append_printf (choices, "%s%s", choices->len ? ", " : "", choice->value);
    }
  /* TRANSLATORS: followed by the list of values, such as: person, company */
  g_string_prepend (choices, _("it is one of "));
  return refuse (field, text, choices->str, error);
}

static gboolean
parse_currency (const char *text)
{
  return strlen (text) == 3 && g_ascii_isupper (text[0]) && g_ascii_isupper (text[1]) &&
         g_ascii_isupper (text[2]);
}

/**
 * store_field_parse_text:
 * @field: a field
 * @text: (nullable): the raw text; %NULL or empty for NULL
 * @currency: (nullable): the currency of the record, for amounts
 * @value: (out): the value; free with store_value_clear()
 * @error: %STORE_ERROR_INVALID with a sentence that says what is wanted
 *
 * Any thread.
 */
gboolean
store_field_parse_text (const StoreField *field,
                        const char       *text,
                        const char       *currency,
                        StoreValue       *value,
                        GError          **error)
{
  StoreValue parsed;
  StoreId id;
  gint64 number;

  *value = STORE_VALUE_INIT;
  if (text == NULL || *text == '\0')
    return TRUE;
  if (!g_utf8_validate (text, -1, NULL))
    {
      g_autofree char *shown = g_utf8_make_valid (text, -1);

      return refuse (field, shown, _("it is no text (UTF-8)"), error);
    }

  switch (field->type)
    {
    case STORE_FIELD_INTEGER:
      if (!g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &number, NULL))
        return refuse (field, text, _("it is a whole number"), error);
      *value = store_value_integer (number);
      return TRUE;
    case STORE_FIELD_BOOLEAN:
      if (!parse_boolean (text, &number))
        return refuse (field, text, _("it is true or false"), error);
      *value = store_value_integer (number);
      return TRUE;
    case STORE_FIELD_TIME:
      if (!parse_time (text, &number))
        return refuse (field, text, _("it is a time such as 2026-03-31T14:30:00Z"), error);
      *value = store_value_integer (number);
      return TRUE;
    case STORE_FIELD_MONEY:
      if (!store_money_parse (text, currency, &number))
        return refuse (field, text, _("it is an amount such as 1234.50"), error);
      *value = store_value_integer (number);
      return TRUE;
    case STORE_FIELD_QUANTITY:
      if (!store_decimal_parse (text, QUANTITY_DIGITS, &number))
        return refuse (field, text, _("it is a quantity such as 2.5"), error);
      *value = store_value_integer (number);
      return TRUE;
    case STORE_FIELD_REFERENCE:
      if (!store_id_parse (&id, text))
        return refuse (field, text, _("it is the id of a record"), error);
      parsed = store_value_id (&id);
      *value = store_value_copy (&parsed);
      return TRUE;
    case STORE_FIELD_DATE:
      if (!is_date (text, (field->flags & STORE_FIELD_YEAR_OPTIONAL) != 0))
        return refuse (field, text, _("it is a date such as 2026-03-31"), error);
      break;
    case STORE_FIELD_CURRENCY:
      if (!parse_currency (text))
        return refuse (field, text, _("it is three capital letters such as EUR"), error);
      break;
    case STORE_FIELD_ENUM:
      if (!parse_choice (field, text, error))
        return FALSE;
      break;
    case STORE_FIELD_JSON:
      if (!is_json (text))
        return refuse (field, text, _("it is a JSON value"), error);
      break;
    case STORE_FIELD_TEXT:
    case STORE_FIELD_LONG_TEXT:
    case STORE_FIELD_RANK:
    default:
      break;
    }
  parsed = store_value_text (text);
  *value = store_value_copy (&parsed);
  return TRUE;
}

static char *
dup_time_text (gint64 ms)
{
  gint64 seconds = ms / 1000 - (ms % 1000 < 0);
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (seconds);
  g_autofree char *text = NULL;

  if (time == NULL)
    return g_strdup_printf ("%" G_GINT64_FORMAT, ms);
  text = g_date_time_format (time, "%Y-%m-%dT%H:%M:%S");
  return g_strdup_printf ("%s.%03dZ", text, (int) (ms - seconds * 1000));
}

/**
 * store_field_dup_text:
 * @field: a field
 * @value: one of its values
 * @currency: (nullable): the currency of the record, for amounts
 *
 * Returns: (transfer full) (nullable): the raw text, %NULL for NULL. Any thread.
 */
char *
store_field_dup_text (const StoreField *field,
                      const StoreValue *value,
                      const char       *currency)
{
  if (value->type == STORE_VALUE_INTEGER)
    {
      if (field->type == STORE_FIELD_MONEY)
        return store_money_to_text (value->integer, currency);
      if (field->type == STORE_FIELD_QUANTITY)
        return store_decimal_to_text (value->integer, QUANTITY_DIGITS);
      if (field->type == STORE_FIELD_BOOLEAN)
        return g_strdup (value->integer ? "true" : "false");
      if (field->type == STORE_FIELD_TIME)
        return dup_time_text (value->integer);
    }
  return store_value_dup_text (value);
}
