/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days, weeks, months and years that are told from today: 明天, 下周三, next Friday, 上个月. */
#include "config.h"

#include <string.h>

#include "store-entity-calendar-private.h"

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

guint
store_entity_scan_day_word (StoreEntityScan *scan,
                            guint            at)
{
  int days;
  guint length = match_word (scan->text, at, day_words, G_N_ELEMENTS (day_words), &days);

  return length == 0 ? 0 : store_entity_take_day (scan, at, at + length, scan->today + days);
}

guint
store_entity_scan_year_word (StoreEntityScan *scan,
                             guint            at)
{
  GDate date;
  gint32 first;
  int further;
  guint length = match_word (scan->text, at, year_words, G_N_ELEMENTS (year_words), &further);

  if (length == 0)
    return 0;
  store_entity_set_day (&date, scan->today);
  g_date_set_dmy (&date, 1, 1, (GDateYear) (g_date_get_year (&date) + further));
  first = store_entity_get_day (&date);
  return store_entity_take_span (scan, at, at + length, first,
                                 store_entity_get_month (first, 12) - 1);
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
  gint32 day = store_entity_get_monday (scan->today) + 7 * step + (gint32) weekday - 1;

  if (!stepped && day < scan->today)
    day += 7;
  return store_entity_take_day (scan, start, end, day);
}

static guint
take_week (StoreEntityScan *scan,
           guint            start,
           guint            end,
           int              step)
{
  gint32 monday = store_entity_get_monday (scan->today) + 7 * step;

  return store_entity_take_span (scan, start, end, monday, monday + 6);
}

static guint
take_weekend (StoreEntityScan *scan,
              guint            start,
              guint            end,
              int              step)
{
  gint32 saturday = store_entity_get_monday (scan->today) + 7 * step + 5;

  return store_entity_take_span (scan, start, end, saturday, saturday + 1);
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
  return take_week (scan, start, day, step);
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
  gint32 first = store_entity_get_month (scan->today, step);
  gint32 last = store_entity_get_month_end (first);
  guint end;
  int day;

  if (length == 0)
    return 0;
  end = store_entity_match_month_day (text, at + length, &day);
  if (end > 0)
    return store_entity_take_month_day (scan, start, end, first, day);
  if (store_folded_text_match_any (text, at + length, (const char *const[]){ "初", "底", NULL },
                                   &which) > 0)
    return store_entity_take_span (scan, start, at + length + 1, which == 0 ? first : last - 9,
                                   which == 0 ? first + 9 : last);
  return store_entity_take_span (scan, start, at + length, first, last);
}

guint
store_entity_scan_step (StoreEntityScan *scan,
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
    end = take_week (scan, at, next + 4, step);
  return end;
}
