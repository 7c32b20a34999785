/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days that are told by their month or its number: 3月15日, 5号, March 5th 2026, the
 * 5th, 2026-03-15. */
#include "config.h"

#include "store-date-text.h"
#include "store-entity-calendar-private.h"

#define MOST_WRITTEN 10
#define FIRST_YEAR 1600
#define LAST_YEAR 2599
#define THIS_CENTURY 2000
#define YEAR_SIGN 0x5e74
#define MONTH_SIGN 0x6708

static const char *const months[] = {
  "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
  "november", "december", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct",
  "nov", "dec", "sept", NULL,
};

static const char *const span_words[] = { "in", "for", "until", "till", "by", "of", "since", "from",
                                          "before", "after", "during", "through", "end of",
                                          "beginning of", NULL };

static gboolean
is_year (const StoreTextNumber *number)
{
  return number->value >= FIRST_YEAR && number->value <= LAST_YEAR;
}

/* Whether a number and then @sign stand right before @at. What follows a year or a month that is
 * none ("2月30日") is no date of its own. */
static gboolean
is_behind_number (const StoreFoldedText *text,
                  guint                  at,
                  gunichar               sign)
{
  static const gunichar digits[] = { 0x4e00, 0x4e8c, 0x4e09, 0x56db, 0x4e94, 0x516d,
                                     0x4e03, 0x516b, 0x4e5d, 0x5341, 0x96f6, 0x3007 };

  while (at > 0 && text->chars[at - 1] == ' ')
    at--;
  if (at < 2 || text->chars[at - 1] != sign)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (digits); i++)
    if (text->chars[at - 2] == digits[i])
      return TRUE;
  return store_folded_text_is_digit (text, at - 2);
}

/* The next to come of a day of a month; a year of 0 is to be found. */
static guint
take_month_day (StoreEntityScan *scan,
                guint            start,
                guint            end,
                int              year,
                int              month,
                int              day)
{
  GDate today, date;

  store_entity_set_day (&today, scan->today);
  if (month < 1 || month > 12 || day < 1 || day > 31)
    return 0;
  g_date_clear (&date, 1);
  if (!g_date_valid_dmy ((GDateDay) day, (GDateMonth) month,
                         (GDateYear) (year > 0 ? year : g_date_get_year (&today))))
    return 0;
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month,
                  (GDateYear) (year > 0 ? year : g_date_get_year (&today)));
  if (year == 0 && store_entity_get_day (&date) < scan->today)
    g_date_add_years (&date, 1);
  return store_entity_take_day (scan, start, end, store_entity_get_day (&date));
}

static guint
take_month (StoreEntityScan *scan,
            guint            start,
            guint            end,
            int              year,
            int              month)
{
  GDate date;
  gint32 first;

  store_entity_set_day (&date, scan->today);
  if (month < 1 || month > 12)
    return 0;
  if (year == 0)
    year = g_date_get_year (&date) + (month < (int) g_date_get_month (&date) ? 1 : 0);
  g_date_set_dmy (&date, 1, (GDateMonth) month, (GDateYear) year);
  first = store_entity_get_day (&date);
  return store_entity_take_span (scan, start, end, first, store_entity_get_month_end (first));
}

/* 2026年 and 26年; 0 where the number is no year. */
static int
read_year (const StoreFoldedText *text,
           guint                  at,
           const StoreTextNumber *number)
{
  if (store_folded_text_match (text, number->end, "年") == 0)
    return 0;
  if (number->end - at == 2 && store_folded_text_is_digit (text, at))
    return THIS_CENTURY + (int) number->value;
  return is_year (number) ? (int) number->value : 0;
}

/* 2026年3月15日, 3月15号, 三月; a number and 月 that is neither 个月 nor a span of months. */
guint
store_entity_scan_han_month (StoreEntityScan *scan,
                             guint            at)
{
  const StoreFoldedText *text = scan->text;
  StoreTextNumber number;
  guint start = at;
  int year = 0;
  guint end;
  int day;

  if (is_behind_number (text, at, YEAR_SIGN) || !store_text_number_scan (text, at, &number))
    return 0;
  year = read_year (text, at, &number);
  if (year > 0)
    {
      at = store_entity_scan_spaces (scan, number.end + 1);
      if (!store_text_number_scan (text, at, &number))
        return 0;
    }
  if (store_folded_text_match (text, number.end, "月") == 0 || number.value < 1 ||
      number.value > 12)
    return 0;
  end = store_entity_match_month_day (text, number.end + 1, &day);
  if (end == 0)
    return take_month (scan, start, number.end + 1, year, (int) number.value);
  return take_month_day (scan, start, end, year, (int) number.value, day);
}

guint
store_entity_scan_han_day (StoreEntityScan *scan,
                           guint            at)
{
  int day;
  guint end = store_entity_match_month_day (scan->text, at, &day);
  gint32 first = store_entity_get_month (scan->today, 0);

  if (end == 0 || is_behind_number (scan->text, at, MONTH_SIGN))
    return 0;
  if (first + day - 1 < scan->today)
    first = store_entity_get_month (scan->today, 1);
  return store_entity_take_month_day (scan, at, end, first, day);
}

static guint
match_english_day (const StoreFoldedText *text,
                   guint                  at,
                   int                   *day)
{
  static const char *const endings[] = { "st", "nd", "rd", "th", NULL };
  StoreTextNumber number;

  at += store_folded_text_match (text, at, "the ");
  if (!store_folded_text_is_digit (text, at) || !store_text_number_scan (text, at, &number) ||
      number.value < 1 || number.value > 31 || number.end - at > 2)
    return 0;
  *day = (int) number.value;
  return number.end + store_folded_text_match_any (text, number.end, endings, NULL);
}

static guint
match_year (StoreEntityScan *scan,
            guint            at,
            int             *year)
{
  StoreTextNumber number;
  guint start = at;

  while (at < scan->text->n && (scan->text->chars[at] == ' ' || scan->text->chars[at] == ','))
    at++;
  if (at == start || !store_folded_text_is_digit (scan->text, at) ||
      !store_text_number_scan (scan->text, at, &number) || number.end - at != 4 ||
      !is_year (&number))
    return 0;
  *year = (int) number.value;
  return number.end;
}

/* March 5(th)(, 2026); a month alone only behind a word that asks for a time ("may", "march"). */
guint
store_entity_scan_english_month (StoreEntityScan *scan,
                                 guint            at)
{
  const StoreFoldedText *text = scan->text;
  guint which = 0;
  guint length = store_folded_text_match_any (text, at, months, &which);
  int month = which == 24 ? 9 : (int) which % 12 + 1;
  int day = 0, year = 0;
  guint end, year_end;

  if (length == 0)
    return 0;
  end = match_english_day (text, store_entity_scan_spaces (scan, at + length), &day);
  year_end = match_year (scan, end > 0 ? end : at + length, &year);
  if (end > 0)
    return take_month_day (scan, at, year_end > 0 ? year_end : end, year, month, day);
  if (year_end == 0 && !store_entity_scan_behind (scan, at, span_words))
    return 0;
  return take_month (scan, at, year_end > 0 ? year_end : at + length, year, month);
}

/* 5 March, the 5th of March 2026, and "the 5th" alone. */
guint
store_entity_scan_english_day (StoreEntityScan *scan,
                               guint            at)
{
  const StoreFoldedText *text = scan->text;
  int day = 0, year = 0;
  guint end = match_english_day (text, at, &day);
  guint which = 0;
  guint next, length;
  gint32 first;

  if (end == 0 || (at > 0 && store_folded_text_is_latin (text, at - 1)))
    return 0;
  next = store_entity_scan_spaces (scan, end);
  next += store_folded_text_match (text, next, "of ");
  length = store_folded_text_match_any (text, next, months, &which);
  if (length > 0)
    {
      guint year_end = match_year (scan, next + length, &year);

      return take_month_day (scan, at, year_end > 0 ? year_end : next + length, year,
                             which == 24 ? 9 : (int) which % 12 + 1, day);
    }
  if (store_folded_text_match (text, at, "the ") == 0 ||
      !g_ascii_isalpha ((char) text->chars[end - 1]))
    return 0;
  first = store_entity_get_month (scan->today, 0);
  if (first + day - 1 < scan->today)
    first = store_entity_get_month (scan->today, 1);
  return store_entity_take_month_day (scan, at, end, first, day);
}

/* 2026-03-15, 15.3.2026, 3/15/2026: as in a table. */
guint
store_entity_scan_written_date (StoreEntityScan *scan,
                                guint            at)
{
  const StoreFoldedText *text = scan->text;
  g_autofree char *written = NULL;
  StoreDateText date;
  guint n_signs = 0;
  guint end = at;

  if (!store_folded_text_is_digit (text, at) ||
      (at > 0 && (store_folded_text_is_latin (text, at - 1) || text->chars[at - 1] == '-')))
    return 0;
  for (; end < text->n && end - at < MOST_WRITTEN; end++)
    if (text->chars[end] == '-' || text->chars[end] == '/' || text->chars[end] == '.')
      n_signs++;
    else if (!store_folded_text_is_digit (text, end))
      break;
  while (end > at && !store_folded_text_is_digit (text, end - 1))
    end--;
  if (n_signs < 2 || end - at < 6 || store_folded_text_is_latin (text, end))
    return 0;
  written = store_folded_text_dup (text, at, end);
  if (store_date_text_parse (written, NULL, &date, NULL) != STORE_READING_VALUE || date.year == 0)
    return 0;
  return take_month_day (scan, at, end, date.year, date.month, date.day);
}
