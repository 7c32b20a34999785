/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The forms that a date can have; store-date-text.c says which, and what they mean. */
#include "store-date-parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SERIAL_EPOCH 693594 /* the Julian day of GDate that is 1899-12-30 */
#define SERIAL_MIN 10000
#define SERIAL_MAX 99999
#define PIVOT 69

static const char *const months[12][6] = {
  { "january", "jan", "januar", "jänner", "janvier", "enero" },
  { "february", "feb", "februar", "février", "febrero", "fev" },
  { "march", "mar", "märz", "mär", "mars", "marzo" },
  { "april", "apr", "avril", "abril", "avr", "abr" },
  { "may", "mai", "mayo", "maio", NULL, NULL },
  { "june", "jun", "juni", "juin", "junio", NULL },
  { "july", "jul", "juli", "juillet", "julio", NULL },
  { "august", "aug", "août", "agosto", "ago", NULL },
  { "september", "sep", "sept", "septembre", "septiembre", NULL },
  { "october", "oct", "oktober", "okt", "octobre", "octubre" },
  { "november", "nov", "novembre", "noviembre", NULL, NULL },
  { "december", "dec", "dezember", "dez", "décembre", "diciembre" },
};

static gboolean
take_number (const char **at,
             int          max_digits,
             int         *number,
             int         *n_digits)
{
  int value = 0;
  int n = 0;

  while (g_ascii_isdigit ((*at)[n]) && n < max_digits)
    value = value * 10 + ((*at)[n++] - '0');
  if (n == 0 || g_ascii_isdigit ((*at)[n]))
    return FALSE;
  *at += n;
  *number = value;
  *n_digits = n;
  return TRUE;
}

static gboolean
take_text (const char **at,
           const char  *text)
{
  if (!g_str_has_prefix (*at, text))
    return FALSE;
  *at += strlen (text);
  return TRUE;
}

static void
skip_spaces (const char **at)
{
  *at += strspn (*at, " ");
}

static int
widen_year (int year,
            int n_digits)
{
  if (n_digits > 2)
    return year;
  return year + (year < PIVOT ? 2000 : 1900);
}

/* 2024年7月15日, and without the year; 號 and 号 are said for the day too. */
static gboolean
parse_han (const char     **at,
           StoreDateParts  *parts)
{
  StoreDateText *date = &parts->date;
  const char *from = *at;
  int number, n_digits;

  if (!take_number (&from, 4, &number, &n_digits))
    return FALSE;
  skip_spaces (&from);
  if (take_text (&from, "年"))
    {
      date->year = widen_year (number, n_digits);
      skip_spaces (&from);
      if (!take_number (&from, 2, &number, &n_digits))
        return FALSE;
      skip_spaces (&from);
    }
  if (!take_text (&from, "月"))
    return FALSE;
  date->month = number;
  skip_spaces (&from);
  if (!take_number (&from, 2, &date->day, &n_digits))
    return FALSE;
  skip_spaces (&from);
  if (!take_text (&from, "日") && !take_text (&from, "号"))
    take_text (&from, "號");

  parts->shape = STORE_DATE_SHAPE_FIXED;
  *at = from;
  return TRUE;
}

static gboolean
take_separator (const char         **at,
                StoreDateSeparator  *separator)
{
  static const char signs[] = "./- ";
  const char *sign;

  skip_spaces (at);
  sign = **at != '\0' ? strchr (signs, **at) : NULL;
  if (sign == NULL)
    {
      *separator = STORE_DATE_SEPARATOR_SPACE;
      return (*at)[-1] == ' ';
    }
  *separator = (StoreDateSeparator) (sign - signs);
  (*at)++;
  skip_spaces (at);
  return TRUE;
}

/* Three numbers with one separator, the year first or last. */
static gboolean
parse_numbers (const char     **at,
               StoreDateParts  *parts)
{
  const char *from = *at;
  StoreDateSeparator second_separator;
  int numbers[3];
  int n_digits[3];

  if (!take_number (&from, 4, &numbers[0], &n_digits[0]) ||
      !take_separator (&from, &parts->separator) ||
      !take_number (&from, 2, &numbers[1], &n_digits[1]) ||
      !take_separator (&from, &second_separator) || second_separator != parts->separator ||
      !take_number (&from, 4, &numbers[2], &n_digits[2]))
    return FALSE;
  if (n_digits[0] == 4 ? n_digits[2] > 2 : n_digits[0] > 2 || n_digits[2] % 2 == 1)
    return FALSE;

  if (n_digits[0] == 4)
    {
      parts->shape = STORE_DATE_SHAPE_FIXED;
      parts->date.year = numbers[0];
      parts->date.month = numbers[1];
      parts->date.day = numbers[2];
    }
  else
    {
      parts->shape = STORE_DATE_SHAPE_ORDERED;
      parts->date.year = widen_year (numbers[2], n_digits[2]);
      parts->first = numbers[0];
      parts->second = numbers[1];
    }
  *at = from;
  return TRUE;
}

static gboolean
take_month_name (const char **at,
                 int         *month)
{
  const char *end = *at;
  gsize length;

  while (g_unichar_isalpha (g_utf8_get_char (end)))
    end = g_utf8_next_char (end);
  length = (gsize) (end - *at);
  if (length < 3)
    return FALSE;

  for (int m = 0; m < 12; m++)
    for (guint i = 0; i < G_N_ELEMENTS (months[m]) && months[m][i] != NULL; i++)
      if (strlen (months[m][i]) == length && strncmp (months[m][i], *at, length) == 0)
        {
          *month = m + 1;
          *at = end;
          return TRUE;
        }
  return FALSE;
}

static void
skip_joints (const char **at)
{
  *at += strspn (*at, " .,-/");
}

/* 22 Apr 2024, 22. April 2024, April 22, 2024, 22-apr-24; day ordinals as in 22nd. */
static gboolean
parse_month_name (const char     **at,
                  StoreDateParts  *parts)
{
  StoreDateText *date = &parts->date;
  const char *from = *at;
  gboolean month_first = take_month_name (&from, &date->month);
  int n_digits;

  skip_joints (&from);
  if (!take_number (&from, 2, &date->day, &n_digits))
    return FALSE;
  if (!take_text (&from, "st") && !take_text (&from, "nd") && !take_text (&from, "rd"))
    take_text (&from, "th");
  skip_joints (&from);
  if (!month_first && !take_month_name (&from, &date->month))
    return FALSE;
  skip_joints (&from);
  if (!take_number (&from, 4, &date->year, &n_digits) || n_digits == 1 || n_digits == 3)
    return FALSE;

  date->year = widen_year (date->year, n_digits);
  parts->shape = STORE_DATE_SHAPE_FIXED;
  *at = from;
  return TRUE;
}

/* 20240422, and --04-22 or --0422 as vCard has it. */
static gboolean
parse_compact (const char     **at,
               StoreDateParts  *parts)
{
  StoreDateText *date = &parts->date;
  const char *from = *at;
  gboolean without_year = take_text (&from, "--");
  gsize n_digits = strspn (from, "0123456789");

  if (!without_year && n_digits == 8)
    {
      if (sscanf (from, "%4d%2d%2d", &date->year, &date->month, &date->day) != 3)
        return FALSE;
    }
  else if (without_year && n_digits == 4)
    {
      if (sscanf (from, "%2d%2d", &date->month, &date->day) != 2)
        return FALSE;
    }
  else if (without_year && n_digits == 2 && from[2] == '-' && strspn (from + 3, "0123456789") == 2)
    {
      date->month = atoi (from);
      date->day = atoi (from + 3);
      n_digits = 5;
    }
  else
    return FALSE;

  parts->shape = STORE_DATE_SHAPE_FIXED;
  *at = from + n_digits;
  return TRUE;
}

static void
set_time_of_day (StoreDateText *date,
                 int            seconds)
{
  date->has_time = TRUE;
  date->hour = seconds / 3600;
  date->minute = seconds / 60 % 60;
  date->second = seconds % 60;
}

static gboolean
parse_serial (const char     **at,
              StoreDateParts  *parts)
{
  gchar *end = NULL;
  double days;
  GDate day;
  int seconds;

  if (strspn (*at, "0123456789") != 5)
    return FALSE;
  days = g_ascii_strtod (*at, &end);
  if (*end != '\0' || days < SERIAL_MIN || days > SERIAL_MAX)
    return FALSE;

  seconds = (int) ((days - (int) days) * 86400 + 0.5);
  g_date_clear (&day, 1);
  g_date_set_julian (&day, (guint32) days + SERIAL_EPOCH);
  parts->shape = STORE_DATE_SHAPE_SERIAL;
  parts->date.year = g_date_get_year (&day);
  parts->date.month = (int) g_date_get_month (&day);
  parts->date.day = g_date_get_day (&day);
  if (strchr (*at, '.') != NULL)
    set_time_of_day (&parts->date, MIN (seconds, 86399));
  *at = end;
  return TRUE;
}

static gboolean
parse_zone (const char    **at,
            StoreDateText  *date)
{
  int sign = **at == '-' ? -1 : 1;
  int hours, minutes = 0;
  const char *digits = *at + 1;
  gsize n_digits;

  if (take_text (at, "z") || take_text (at, "utc") || take_text (at, "gmt"))
    {
      date->has_zone = TRUE;
      return TRUE;
    }
  if (**at != '+' && **at != '-')
    return TRUE;

  n_digits = strspn (digits, "0123456789");
  if (n_digits != 2 && n_digits != 4)
    return FALSE;
  hours = (digits[0] - '0') * 10 + digits[1] - '0';
  *at = digits + n_digits;
  if (n_digits == 2 && **at == ':')
    {
      digits = *at - 1;
      n_digits = 4;
      if (strspn (digits + 2, "0123456789") != 2)
        return FALSE;
      *at = digits + 4;
    }
  if (n_digits == 4)
    minutes = (digits[2] - '0') * 10 + digits[3] - '0';
  date->has_zone = TRUE;
  date->zone_minutes = sign * (hours * 60 + minutes);
  return hours < 24 && minutes < 60;
}

/* What follows the date: nothing, or a time of day. */
static gboolean
parse_time (const char    *at,
            StoreDateText *date)
{
  gboolean morning, afternoon;
  int n_digits;

  at += strspn (at, " t,");
  if (*at == '\0')
    return TRUE;

  morning = take_text (&at, "上午");
  afternoon = !morning && take_text (&at, "下午");
  date->has_time = TRUE;
  if (!take_number (&at, 2, &date->hour, &n_digits) || !take_text (&at, ":") ||
      !take_number (&at, 2, &date->minute, &n_digits))
    return FALSE;
  if (take_text (&at, ":") && !take_number (&at, 2, &date->second, &n_digits))
    return FALSE;
  if (*at == '.' || *at == ',')
    at += 1 + strspn (at + 1, "0123456789");
  skip_spaces (&at);
  morning = take_text (&at, "am") || morning;
  afternoon = take_text (&at, "pm") || afternoon;
  if (afternoon && date->hour < 12)
    date->hour += 12;
  if (morning && date->hour == 12)
    date->hour = 0;
  skip_spaces (&at);
  return parse_zone (&at, date) && *at == '\0' && date->hour < 24 && date->minute < 60 &&
         date->second <= 60;
}

/**
 * store_date_parts_parse:
 * @plain: a cell, as store_cell_text_plain() leaves it
 * @parts: (out): what it says
 *
 * Returns: whether it has the form of a date; whether there is such a day is another question.
 * Any thread.
 */
gboolean
store_date_parts_parse (const char     *plain,
                        StoreDateParts *parts)
{
  typedef gboolean (*Parser) (const char **at, StoreDateParts *parts);
  static const Parser parsers[] = {
    parse_numbers, parse_han, parse_compact, parse_serial, parse_month_name,
  };

  for (guint i = 0; i < G_N_ELEMENTS (parsers); i++)
    {
      const char *at = plain;

      *parts = (StoreDateParts){ 0 };
      if (parsers[i](&at, parts) && parse_time (at, &parts->date))
        return TRUE;
    }
  *parts = (StoreDateParts){ 0 };
  return FALSE;
}
