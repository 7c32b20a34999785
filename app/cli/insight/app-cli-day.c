/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days as analyses count them, from 1970-01-01. */
#include "config.h"

#include "app-cli-day.h"

#include "app-cli-error.h"

#include "store-calendar-month.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define FIRST_YEAR 1600
#define LAST_YEAR 2599

/**
 * app_cli_day_from_date:
 * @date: with its year
 *
 * Returns: days since 1970-01-01, wherever the date was
 */
gint32
app_cli_day_from_date (const StoreDateText *date)
{
  GDate day;

  g_date_clear (&day, 1);
  g_date_set_dmy (&day, (GDateDay) date->day, (GDateMonth) date->month, (GDateYear) date->year);
  return (gint32) g_date_get_julian (&day) - STORE_JULIAN_OF_EPOCH;
}

/**
 * app_cli_day_from_year:
 * @text: a year with a fraction, as statistics programs write a quarter or a month: 1949.25
 * @day: (out): the first day of that month, or the nearest day where it is none
 *
 * Returns: whether it is one
 */
gboolean
app_cli_day_from_year (const char *text,
                       gint32     *day)
{
  g_return_val_if_fail (text != NULL && day != NULL, FALSE);

  char *end = NULL;
  double value = g_ascii_strtod (text, &end);
  int year = (int) CLAMP (value, 0, LAST_YEAR + 1);
  double month = 12 * (value - year);

  if (strspn (text, "0123456789.") != strlen (text) || *end || end - text < 4 ||
      year < FIRST_YEAR || year > LAST_YEAR)
    return FALSE;

  StoreDateText first = { .year = year, .month = 1, .day = 1 };
  StoreDateText next = { .year = year + 1, .month = 1, .day = 1 };
  gint32 start = app_cli_day_from_date (&first);

  if (fabs (month - round (month)) > 1e-3)
    {
      *day = start + (gint32) round ((value - year) * (app_cli_day_from_date (&next) - start));
      return TRUE;
    }
  first.month = 1 + (int) round (month);
  *day = app_cli_day_from_date (first.month > 12 ? &next : &first);
  return TRUE;
}

/**
 * app_cli_day_parse:
 * @text: what a person gave as a date
 * @day: (out): days since 1970-01-01
 */
gboolean
app_cli_day_parse (const char  *text,
                   gint32      *day,
                   GError     **error)
{
  g_return_val_if_fail (text != NULL && day != NULL, FALSE);

  StoreDateText date;

  if (store_date_text_parse (text, NULL, &date, NULL) != STORE_READING_VALUE || date.year == 0)
    {
      g_set_error (error, APP_CLI_ERROR, APP_CLI_ERROR_USAGE,
                   _("“%s” is no date. Write it as 2026-01-31."), text);
      return FALSE;
    }
  *day = app_cli_day_from_date (&date);
  return TRUE;
}
