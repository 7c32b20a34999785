/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Days as people speak of them, counted from the day of the message:
 *
 *   明天  大后天  tomorrow  day after tomorrow                       a day
 *   下周三  这周末  周五  next Friday  on Monday                     a day of a week
 *   下个月5号  5号  3月15日  2026年3月15日  March 5  2026-03-15      a day of a month
 *   三天后  两周内  in 3 days  2 weeks ago                           so far away
 *   下周  上个月  next month  明年  until September                  a span: first and last day
 *
 * Weeks begin on Monday. A weekday alone is the next to come, today included; with 下 or "next" it
 * is that of the week after this one. A month or a day of the month alone is the next to come. Of
 * 3/5 and such nothing says which is the month; they are read as store-date-text.c does.
 */
#include "config.h"

#include <string.h>

#include "store-date-text.h"
#include "store-entity-scan-private.h"

#define JULIAN_OF_EPOCH 719163
#define MOST_DAYS_AWAY 36600
#define MOST_WRITTEN 10

typedef struct
{
  const char *word;
  int days;
} DayWord;

static const DayWord day_words[] = {
  { "大后天", 3 }, { "后天", 2 }, { "明天", 1 }, { "明早", 1 }, { "明晚", 1 }, { "明日", 1 },
  { "今天", 0 }, { "今晚", 0 }, { "今早", 0 }, { "今日", 0 }, { "大前天", -3 }, { "前天", -2 },
  { "昨天", -1 }, { "昨晚", -1 }, { "昨日", -1 }, { "day after tomorrow", 2 }, { "tomorrow", 1 },
  { "tmrw", 1 }, { "today", 0 }, { "tonight", 0 }, { "day before yesterday", -2 },
  { "yesterday", -1 }, { "last night", -1 },
};

/* What stands before a week, month or year, and how many further it leads. */
static const DayWord steps[] = {
  { "下下个", 2 }, { "下下", 2 }, { "下个", 1 }, { "下", 1 }, { "上上个", -2 }, { "上上", -2 },
  { "上个", -1 }, { "上", -1 }, { "这个", 0 }, { "这", 0 }, { "本", 0 }, { "next ", 1 },
  { "last ", -1 }, { "this coming ", 0 }, { "this ", 0 }, { "coming ", 0 },
};

static const DayWord year_words[] = {
  { "今年", 0 }, { "明年", 1 }, { "后年", 2 }, { "去年", -1 }, { "前年", -2 }, { "next year", 1 },
  { "this year", 0 }, { "last year", -1 },
};

static const char *const week_words[] = { "星期", "礼拜", "周", NULL };
static const char *const han_weekdays[] = { "一", "二", "三", "四", "五", "六", "日", "天", "末",
                                            "1", "2", "3", "4", "5", "6", "7", NULL };
static const char *const weekdays[] = { "monday", "tuesday", "wednesday", "thursday", "friday",
                                        "saturday", "sunday", "mon", "tue", "wed", "thu", "fri",
                                        "sat", "sun", "tues", "thur", "thurs", "weekend", NULL };
static const int weekday_numbers[] = { 1, 2, 3, 4, 5, 6, 7, 1, 2, 3, 4, 5, 6, 7, 2, 4, 4, 6 };

static const char *const months[] = {
  "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
  "november", "december", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct",
  "nov", "dec", "sept", NULL,
};

static const char *const span_words[] = { "in", "for", "until", "till", "by", "of", "since", "from",
                                          "before", "after", "during", "through", "end of",
                                          "beginning of", NULL };

static gint32
get_day (const GDate *date)
{
  return (gint32) g_date_get_julian (date) - JULIAN_OF_EPOCH;
}

static void
set_day (GDate  *date,
         gint32  day)
{
  g_date_clear (date, 1);
  g_date_set_julian (date, (guint32) (day + JULIAN_OF_EPOCH));
}

static char *
dup_day (gint32 day)
{
  GDate date;

  set_day (&date, day);
  return g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (&date), g_date_get_month (&date),
                          g_date_get_day (&date));
}

static guint
take_span (StoreEntityScan *scan,
           guint            start,
           guint            end,
           gint32           first,
           gint32           last)
{
  char *value = dup_day (first);

  if (last > first)
    {
      g_autofree char *from = value;
      g_autofree char *to = dup_day (last);

      value = g_strconcat (from, "/", to, NULL);
    }
  return store_entity_scan_take (scan, STORE_ENTITY_DATE, start, end, value, 0, NULL);
}

static guint
take_day (StoreEntityScan *scan,
          guint            start,
          guint            end,
          gint32           day)
{
  return take_span (scan, start, end, day, day);
}

static guint
match_word (const StoreFoldedText *text,
            guint                  at,
            const DayWord         *words,
            guint                  n_words,
            int                   *days)
{
  for (guint i = 0; i < n_words; i++)
    {
      guint length = store_folded_text_match (text, at, words[i].word);

      /* "next " ends with a space and so is bound to no word behind it. */
      if (length > 0)
        {
          *days = words[i].days;
          return length;
        }
    }
  return 0;
}

/* Adds months to the first of the month of @day. */
static gint32
get_month (gint32 day,
           int    further)
{
  GDate date;

  set_day (&date, day);
  g_date_set_day (&date, 1);
  if (further > 0)
    g_date_add_months (&date, (guint) further);
  else
    g_date_subtract_months (&date, (guint) -further);
  return get_day (&date);
}

static gint32
get_last_of_month (gint32 first)
{
  return get_month (first, 1) - 1;
}

static gint32
get_monday (gint32 day)
{
  GDate date;

  set_day (&date, day);
  return day - ((gint32) g_date_get_weekday (&date) - 1);
}

static guint
scan_day_word (StoreEntityScan *scan,
               guint            at)
{
  int days;
  guint length = match_word (scan->text, at, day_words, G_N_ELEMENTS (day_words), &days);

  return length == 0 ? 0 : take_day (scan, at, at + length, scan->today + days);
}

static guint
scan_year_word (StoreEntityScan *scan,
                guint            at)
{
  GDate date;
  gint32 first;
  int further;
  guint length = match_word (scan->text, at, year_words, G_N_ELEMENTS (year_words), &further);

  if (length == 0)
    return 0;
  set_day (&date, scan->today);
  g_date_set_dmy (&date, 1, 1, (GDateYear) (g_date_get_year (&date) + further));
  first = get_day (&date);
  return take_span (scan, at, at + length, first, get_month (first, 12) - 1);
}

/* @step is 0 also where nothing was said; then @stepped is FALSE and the next to come is meant. */
static guint
take_weekday (StoreEntityScan *scan,
              guint            start,
              guint            end,
              guint            weekday,
              int              step,
              gboolean         stepped)
{
  gint32 day = get_monday (scan->today) + 7 * step + (gint32) weekday - 1;

  if (!stepped && day < scan->today)
    day += 7;
  return take_day (scan, start, end, day);
}

static guint
take_weekend (StoreEntityScan *scan,
              guint            start,
              guint            end,
              int              step)
{
  gint32 saturday = get_monday (scan->today) + 7 * step + 5;

  return take_span (scan, start, end, saturday, saturday + 1);
}

static guint
scan_han_week (StoreEntityScan *scan,
               guint            start,
               guint            at,
               int              step,
               gboolean         stepped)
{
  const StoreFoldedText *text = scan->text;
  guint length = store_folded_text_match_any (text, at, week_words, NULL);
  guint which, day;

  if (length == 0)
    return 0;
  day = at + length;
  length = store_folded_text_match_any (text, day, han_weekdays, &which);
  /* 一周, 周一百: a number that goes on is no weekday. */
  if (length > 0 && !store_folded_text_is_digit (text, day + 1))
    {
      if (which == 8)
        return take_weekend (scan, start, day + length, step);
      return take_weekday (scan, start, day + length, which < 7 ? which + 1 : which == 7 ? 7
                                                                              : which - 8,
                           step, stepped);
    }
  if (!stepped)
    return 0;
  return take_span (scan, start, day, get_monday (scan->today) + 7 * step,
                    get_monday (scan->today) + 7 * step + 6);
}

static guint
scan_weekday (StoreEntityScan *scan,
              guint            start,
              guint            at,
              int              step,
              gboolean         stepped)
{
  guint which;
  guint length = store_folded_text_match_any (scan->text, at, weekdays, &which);

  if (length == 0)
    return 0;
  if (g_str_equal (weekdays[which], "weekend"))
    return take_weekend (scan, start, at + length, step);
  /* "sat" and "sun" alone are words of their own. */
  if (!stepped && which >= 7 &&
      !store_entity_scan_behind (scan, at, (const char *const[]){ "on", "by", "until", NULL }))
    return 0;
  return take_weekday (scan, start, at + length, (guint) weekday_numbers[which], step, stepped);
}

/* The day of a month, as in 5号, 5日, 初5; 12号楼 is a building. */
static guint
match_day_of_month (const StoreFoldedText *text,
                    guint                  at,
                    int                   *day)
{
  static const char *const places[] = { "楼", "店", "门", "线", "桌", "房", "室", "柜", "院", "馆",
                                        "厅", "床", "车", NULL };
  StoreTextNumber number;
  guint length;

  at += (guint) (at < text->n && text->chars[at] == ' ');
  if (!store_text_number_scan (text, at, &number) || number.value < 1 || number.value > 31 ||
      number.value != (int) number.value)
    return 0;
  length = store_folded_text_match_any (text, number.end, (const char *const[]){ "号", "日", NULL },
                                        NULL);
  if (length == 0 || store_folded_text_match_any (text, number.end + length, places, NULL) > 0)
    return 0;
  *day = (int) number.value;
  return number.end + length;
}

static guint
take_day_of_month (StoreEntityScan *scan,
                   guint            start,
                   guint            end,
                   gint32           first,
                   int              day)
{
  return take_day (scan, start, end, MIN (first + day - 1, get_last_of_month (first)));
}

static guint
scan_month_step (StoreEntityScan *scan,
                 guint            start,
                 guint            at,
                 int              step)
{
  const StoreFoldedText *text = scan->text;
  guint which;
  guint length = store_folded_text_match_any (text, at, (const char *const[]){ "月", "month", NULL },
                                              NULL);
  gint32 first = get_month (scan->today, step);
  guint end;
  int day;

  if (length == 0)
    return 0;
  end = match_day_of_month (text, at + length, &day);
  if (end > 0)
    return take_day_of_month (scan, start, end, first, day);
  if (store_folded_text_match_any (text, at + length, (const char *const[]){ "初", "底", NULL },
                                   &which) > 0)
    return which == 0 ? take_span (scan, start, at + length + 1, first, first + 9)
                      : take_span (scan, start, at + length + 1, get_last_of_month (first) - 9,
                                   get_last_of_month (first));
  return take_span (scan, start, at + length, first, get_last_of_month (first));
}

static guint
scan_step (StoreEntityScan *scan,
           guint            at)
{
  int step = 0;
  guint length = match_word (scan->text, at, steps, G_N_ELEMENTS (steps), &step);
  gboolean stepped = length > 0;
  guint next = at + length;
  guint end = scan_han_week (scan, at, next, step, stepped);

  if (end == 0)
    end = scan_weekday (scan, at, next, step, stepped);
  if (end == 0 && stepped)
    end = scan_month_step (scan, at, next, step);
  if (end == 0 && stepped && store_folded_text_match (scan->text, next, "week") > 0)
    end = take_span (scan, at, next + 4, get_monday (scan->today) + 7 * step,
                     get_monday (scan->today) + 7 * step + 6);
  return end;
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

  set_day (&today, scan->today);
  if (month < 1 || month > 12 || day < 1 || day > 31)
    return 0;
  g_date_clear (&date, 1);
  if (!g_date_valid_dmy ((GDateDay) day, (GDateMonth) month,
                         (GDateYear) (year > 0 ? year : g_date_get_year (&today))))
    return 0;
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month,
                  (GDateYear) (year > 0 ? year : g_date_get_year (&today)));
  if (year == 0 && get_day (&date) < scan->today)
    g_date_add_years (&date, 1);
  return take_day (scan, start, end, get_day (&date));
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

  set_day (&date, scan->today);
  if (month < 1 || month > 12)
    return 0;
  if (year == 0)
    year = g_date_get_year (&date) + (month < (int) g_date_get_month (&date) ? 1 : 0);
  g_date_set_dmy (&date, 1, (GDateMonth) month, (GDateYear) year);
  first = get_day (&date);
  return take_span (scan, start, end, first, get_last_of_month (first));
}

/* 2026年3月15日, 3月15号, 三月; a number and 月 that is neither 个月 nor a span of months. */
static guint
scan_han_month (StoreEntityScan *scan,
                guint            at)
{
  const StoreFoldedText *text = scan->text;
  StoreTextNumber number;
  guint start = at;
  int year = 0;
  guint end;
  int day;

  if (!store_text_number_scan (text, at, &number))
    return 0;
  if (store_folded_text_match (text, number.end, "年") > 0 && number.value >= 1900 &&
      number.value < 2200)
    {
      year = (int) number.value;
      at = store_entity_scan_spaces (scan, number.end + 1);
      if (!store_text_number_scan (text, at, &number))
        return 0;
    }
  if (store_folded_text_match (text, number.end, "月") == 0 || number.value < 1 ||
      number.value > 12)
    return 0;
  end = match_day_of_month (text, number.end + 1, &day);
  if (end == 0)
    return take_month (scan, start, number.end + 1, year, (int) number.value);
  return take_month_day (scan, start, end, year, (int) number.value, day);
}

static guint
scan_han_day (StoreEntityScan *scan,
              guint            at)
{
  int day;
  guint end = match_day_of_month (scan->text, at, &day);
  gint32 first = get_month (scan->today, 0);

  if (end == 0)
    return 0;
  if (first + day - 1 < scan->today)
    first = get_month (scan->today, 1);
  return take_day_of_month (scan, at, end, first, day);
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
      number.value < 1900 || number.value >= 2200)
    return 0;
  *year = (int) number.value;
  return number.end;
}

/* March 5(th)(, 2026); a month alone only behind a word that asks for a time ("may", "march"). */
static guint
scan_english_month (StoreEntityScan *scan,
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
static guint
scan_english_day (StoreEntityScan *scan,
                  guint            at)
{
  const StoreFoldedText *text = scan->text;
  int day = 0, year = 0;
  guint end = match_english_day (text, at, &day);
  guint which = 0;
  guint next, length;

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
  if (store_folded_text_match (text, at, "the ") == 0 || !g_ascii_isalpha ((char) text->chars[end - 1]))
    return 0;
  return take_day_of_month (scan, at, end,
                            get_month (scan->today, get_month (scan->today, 0) + day - 1 <
                                                      scan->today), day);
}

/* 2026-03-15, 15.3.2026, 3/15/2026: as in a table. */
static guint
scan_written_date (StoreEntityScan *scan,
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

/* How far: days in a unit of time, for 天 周 个月 年 and days weeks months years. */
static guint
match_unit (const StoreFoldedText *text,
            guint                  at,
            int                   *days,
            int                   *months_each)
{
  static const char *const words[] = { "天", "日", "周", "星期", "个星期", "个礼拜", "个月", "年",
                                       "days", "day", "weeks", "week", "months", "month", "years",
                                       "year", NULL };
  static const int unit_days[] = { 1, 1, 7, 7, 7, 7, 0, 0, 1, 1, 7, 7, 0, 0, 0, 0 };
  static const int unit_months[] = { 0, 0, 0, 0, 0, 0, 1, 12, 0, 0, 0, 0, 1, 1, 12, 12 };
  guint which;
  guint length = store_folded_text_match_any (text, at, words, &which);

  if (length == 0)
    return 0;
  *days = unit_days[which];
  *months_each = unit_months[which];
  return length;
}

static gint32
move_day (gint32 day,
          double days,
          int    n_months)
{
  GDate date;

  set_day (&date, day + (gint32) days);
  if (n_months > 0)
    g_date_add_months (&date, (guint) n_months);
  else
    g_date_subtract_months (&date, (guint) -n_months);
  return get_day (&date);
}

/* 三天后, 两周内, 半个月前; in 3 days, 2 weeks ago, within a week. */
static guint
scan_distance (StoreEntityScan *scan,
               guint            at)
{
  static const char *const behind[] = { "以后", "之后", "后", "以内", "之内", "内", "以前", "之前",
                                        "前", " from now", " later", " ago", NULL };
  static const char *const before[] = { "in", "within", NULL };
  const StoreFoldedText *text = scan->text;
  StoreTextNumber number;
  int days, months_each, sign;
  guint unit, length, end, which;
  double away;

  if (!store_text_number_scan (text, at, &number) || number.value > MOST_DAYS_AWAY)
    return 0;
  unit = store_entity_scan_spaces (scan, number.end);
  length = match_unit (text, unit, &days, &months_each);
  if (length == 0)
    return 0;
  end = unit + length;
  length = store_folded_text_match_any (text, end, behind, &which);
  if (length == 0 && !store_entity_scan_behind (scan, at, before))
    return 0;
  sign = length > 0 && ((which >= 6 && which <= 8) || which == 11) ? -1 : 1;
  away = number.value * days + (months_each > 0 && number.value == 0.5 ? 15.0 * months_each : 0);
  if (away > MOST_DAYS_AWAY || number.value * months_each > MOST_DAYS_AWAY / 31.0)
    return 0;
  return take_day (scan, at, end + length,
                   move_day (scan->today, sign * away, sign * (int) (number.value * months_each)));
}

/* 月底, 月初, 年底 alone are of this month and year. */
static guint
scan_end_of_month (StoreEntityScan *scan,
                   guint            at)
{
  static const char *const words[] = { "月底", "年底", "年末", NULL };
  gint32 first = get_month (scan->today, 0);
  guint which;
  guint length = store_folded_text_match_any (scan->text, at, words, &which);
  GDate date;

  if (length == 0)
    return 0;
  if (which > 0)
    {
      set_day (&date, scan->today);
      g_date_set_dmy (&date, 1, 12, g_date_get_year (&date));
      first = get_day (&date);
    }
  return take_span (scan, at, at + length, get_last_of_month (first) - 9,
                    get_last_of_month (first));
}

guint
store_entity_scan_date (StoreEntityScan *scan,
                        guint            at)
{
  static const StoreEntityScanner scanners[] = {
    scan_written_date, scan_day_word,      scan_year_word,   scan_step,
    scan_han_month,    scan_distance,      scan_han_day,     scan_english_month,
    scan_english_day,  scan_end_of_month,
  };

  for (guint i = 0; i < G_N_ELEMENTS (scanners); i++)
    {
      guint end = scanners[i](scan, at);

      if (end > 0)
        return end;
    }
  return 0;
}
