/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Dates as people's exports write them.
 *
 *   2024-04-22  2024/4/22  20240422  2024年7月15日  22.04.2024  4/22/2024  22 Apr 2024
 *   April 22, 2024
 *   --04-22 and 4月22日 (a birthday without its year), 45404 (a spreadsheet's day), any with a time.
 *
 * Which of two small numbers is the month is decided for a whole column and each separator apart:
 * one date that can only be read one way speaks for all. Where nothing speaks, the order is what
 * is usual with the separator: the month comes first only with a slash.
 *
 * A spreadsheet's day is a count from 1899-12-30 (the 1900 system; its wrong leap day lies before
 * the days taken here). Only numbers of five digits are taken, which is 1927 to 2173; years,
 * amounts and telephone numbers are longer or shorter.
 */
#include "config.h"
#include "store-date-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "store-cell-text.h"
#include "store-date-parts.h"
#include "store-error.h"

/* 0000-00-00, 00.00.0000, 0: what a database without NULL writes for no date. */
static gboolean
is_zero_date (const char *plain)
{
  return *plain == '0' && strspn (plain, "0-/.: t") == strlen (plain);
}

static gboolean
is_date (const StoreDateText *date)
{
  int year = date->year != 0 ? date->year : 2000;

  return year >= 1000 && year <= 9999 && date->month >= 1 && date->month <= 12 && date->day >= 1 &&
         g_date_valid_dmy ((GDateDay) MIN (date->day, 99), (GDateMonth) date->month,
                           (GDateYear) year);
}

static gboolean
resolve (StoreDateParts *parts,
         gboolean        month_first)
{
  parts->date.month = month_first ? parts->first : parts->second;
  parts->date.day = month_first ? parts->second : parts->first;
  return is_date (&parts->date);
}

/**
 * store_date_guess_add:
 * @guess: the evidence so far
 * @cell: one cell of the column
 *
 * Takes a cell as evidence. One thread at a time.
 */
void
store_date_guess_add (StoreDateGuess *guess,
                      const char     *cell)
{
  g_autofree char *plain = NULL;
  gboolean month_first, day_first;
  StoreDateParts parts;

  g_return_if_fail (guess != NULL && cell != NULL);

  if (store_cell_text_is_blank (cell))
    return;
  plain = store_cell_text_plain (cell);
  if (is_zero_date (plain))
    return;
  if (!store_date_parts_parse (plain, &parts))
    {
      guess->others++;
      return;
    }

  if (parts.shape == STORE_DATE_SHAPE_SERIAL)
    guess->serials++;
  if (parts.shape != STORE_DATE_SHAPE_ORDERED)
    {
      if (is_date (&parts.date))
        guess->dates++;
      else
        guess->others++;
      return;
    }

  month_first = resolve (&parts, TRUE);
  day_first = resolve (&parts, FALSE);
  if (month_first && day_first)
    guess->either[parts.separator] += parts.first != parts.second;
  else if (month_first)
    guess->month_first[parts.separator]++;
  else if (day_first)
    guess->day_first[parts.separator]++;
  if (month_first || day_first)
    guess->dates++;
  else
    guess->others++;
}

static gboolean
month_comes_first (const StoreDateGuess *guess,
                   StoreDateSeparator    separator)
{
  if (guess != NULL && guess->month_first[separator] != guess->day_first[separator])
    return guess->month_first[separator] > guess->day_first[separator];
  return separator == STORE_DATE_SEPARATOR_SLASH;
}

/**
 * store_date_guess_get_ambiguous:
 * @guess: the evidence of a column
 *
 * Returns: how many dates were read by custom alone, because nothing in the column tells day from
 * month; a person should be asked. Any thread.
 */
guint64
store_date_guess_get_ambiguous (const StoreDateGuess *guess)
{
  guint64 n = 0;

  g_return_val_if_fail (guess != NULL, 0);

  for (guint i = 0; i < G_N_ELEMENTS (guess->either); i++)
    if (guess->month_first[i] == guess->day_first[i])
      n += guess->either[i];
  return n;
}

/**
 * store_date_text_parse:
 * @cell: one cell
 * @guess: (nullable): the evidence of the whole column
 * @date: (out): what it says
 * @error: %STORE_ERROR_INVALID with a sentence, for %STORE_READING_REFUSED
 *
 * Returns: what became of the cell. Any thread.
 */
StoreReading
store_date_text_parse (const char            *cell,
                       const StoreDateGuess  *guess,
                       StoreDateText         *date,
                       GError               **error)
{
  g_autofree char *plain = NULL;
  g_autofree char *shown = NULL;
  StoreDateParts parts;

  g_return_val_if_fail (cell != NULL && date != NULL, STORE_READING_EMPTY);

  *date = (StoreDateText){ 0 };
  if (store_cell_text_is_blank (cell))
    return STORE_READING_EMPTY;
  plain = store_cell_text_plain (cell);
  if (is_zero_date (plain))
    return STORE_READING_EMPTY;

  if (store_date_parts_parse (plain, &parts))
    {
      gboolean month_first = month_comes_first (guess, parts.separator);
      gboolean taken = parts.shape == STORE_DATE_SHAPE_ORDERED
                         ? resolve (&parts, month_first) || resolve (&parts, !month_first)
                         : is_date (&parts.date);

      if (taken)
        {
          *date = parts.date;
          return STORE_READING_VALUE;
        }
    }

  shown = store_cell_text_shorten (cell);
  g_set_error (error, STORE_ERROR, STORE_ERROR_INVALID,
               _("“%s” is no date. Write it as year-month-day, for example 2024-04-22."), shown);
  return STORE_READING_REFUSED;
}

/**
 * store_date_text_to_iso:
 * @date: a date
 *
 * Returns: (transfer full): YYYY-MM-DD, or --MM-DD where the year is not known. Any thread.
 */
char *
store_date_text_to_iso (const StoreDateText *date)
{
  g_return_val_if_fail (date != NULL, NULL);

  if (date->year == 0)
    return g_strdup_printf ("--%02d-%02d", date->month, date->day);
  return g_strdup_printf ("%04d-%02d-%02d", date->year, date->month, date->day);
}

/**
 * store_date_text_to_unix_ms:
 * @date: a date with its year
 *
 * Takes a time without a zone as local time, and a date without a time as its local midnight.
 *
 * Returns: milliseconds since 1970 in UTC. Any thread.
 */
gint64
store_date_text_to_unix_ms (const StoreDateText *date)
{
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GDateTime) time = NULL;

  g_return_val_if_fail (date != NULL && date->year != 0, 0);

  zone = date->has_zone ? g_time_zone_new_offset (date->zone_minutes * 60)
                        : g_time_zone_new_local ();
  time = g_date_time_new (zone, date->year, date->month, date->day, date->hour, date->minute,
                          MIN (date->second, 59));
  g_return_val_if_fail (time != NULL, 0);
  return g_date_time_to_unix (time) * 1000;
}
