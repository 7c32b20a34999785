/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The days that a person writes into a filter: 2025-03-31, 2025-03, 2025, --03-31 (of any year),
 * today, today-30, and whatever else store-date-text.c takes for a date. */
#include "config.h"

#include "store-day-text.h"

#include <stdio.h>
#include <string.h>

#include "store-date-text.h"

#define MOST_DAYS 100000

static gboolean
parse_today (const char   *text,
             StoreDayText *day)
{
  g_autofree char *lower = g_ascii_strdown (text, -1);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) then = NULL;
  const char *rest = lower + strlen ("today");
  char *end = NULL;
  gint64 days = 0;

  if (!g_str_has_prefix (lower, "today") || (*rest && *rest != '-' && *rest != '+'))
    return FALSE;
  if (*rest)
    days = g_ascii_strtoll (rest, &end, 10);
  if ((*rest && (*end || !g_ascii_isdigit (rest[1]))) || ABS (days) > MOST_DAYS)
    return FALSE;
  then = g_date_time_add_days (now, (gint) days);
  if (then)
    g_date_time_get_ymd (then, &day->year, &day->month, &day->day);
  return then != NULL;
}

/* YYYY or YYYY-MM, digit by digit. */
static gboolean
parse_part_of_date (const char   *text,
                    StoreDayText *day)
{
  gsize length = strlen (text);

  if (length != 4 && length != 7)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (i == 4 ? text[i] != '-' : !g_ascii_isdigit (text[i]))
      return FALSE;
  day->year = (int) g_ascii_strtoll (text, NULL, 10);
  day->month = length == 7 ? (int) g_ascii_strtoll (text + 5, NULL, 10) : 0;
  return day->year > 0 && (length == 4 || (day->month >= 1 && day->month <= 12));
}

/**
 * store_day_text_parse:
 * @text: what was written
 * @day: (out): what is meant
 *
 * Returns: whether it was understood. Any thread.
 */
gboolean
store_day_text_parse (const char   *text,
                      StoreDayText *day)
{
  StoreDateText date = { 0 };

  memset (day, 0, sizeof *day);
  if (parse_part_of_date (text, day) || parse_today (text, day))
    return TRUE;
  if (store_date_text_parse (text, NULL, &date, NULL) != STORE_READING_VALUE || date.has_time)
    return FALSE;
  day->year = date.year;
  day->month = date.month;
  day->day = date.day;
  return TRUE;
}

/* The first moment of the year, month or day by the clock on the wall here, and of the next. */
static gboolean
get_moments (const StoreDayText *day,
             gint64             *first,
             gint64             *next)
{
  g_autoptr (GDateTime) start =
    g_date_time_new_local (day->year, MAX (day->month, 1), MAX (day->day, 1), 0, 0, 0);
  g_autoptr (GDateTime) end = NULL;

  if (start)
    end = g_date_time_add_full (start, day->month == 0, day->month > 0 && day->day == 0,
                                day->day > 0, 0, 0, 0);
  if (end == NULL)
    return FALSE;
  *first = g_date_time_to_unix (start) * 1000;
  *next = g_date_time_to_unix (end) * 1000;
  return TRUE;
}

/**
 * store_day_text_parse_moment:
 * @text: what was written: a day, month, year, a time of a day, or `@` and milliseconds
 * @first: (out): the first millisecond meant, in UTC since 1970
 * @last: (out): the last
 *
 * Returns: whether it was understood. Any thread.
 */
gboolean
store_day_text_parse_moment (const char *text,
                             gint64     *first,
                             gint64     *last)
{
  StoreDateText date = { 0 };
  StoreDayText day;
  gint64 next;

  if (text[0] == '@')
    {
      char *end;

      *first = *last = g_ascii_strtoll (text + 1, &end, 10);
      return text[1] != 0 && *end == 0;
    }
  if (store_day_text_parse (text, &day) && day.year > 0)
    {
      if (!get_moments (&day, first, &next))
        return FALSE;
      *last = next - 1;
      return TRUE;
    }
  if (store_date_text_parse (text, NULL, &date, NULL) != STORE_READING_VALUE || date.year == 0)
    return FALSE;
  *first = store_date_text_to_unix_ms (&date);
  *last = *first + (date.second > 0 ? 1000 : 60 * 1000) - 1;
  return TRUE;
}
