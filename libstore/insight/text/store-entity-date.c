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

#include "store-entity-calendar-private.h"

#define MOST_DAYS_AWAY 36600

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

  store_entity_set_day (&date, day + (gint32) days);
  if (n_months > 0)
    g_date_add_months (&date, (guint) n_months);
  else
    g_date_subtract_months (&date, (guint) -n_months);
  return store_entity_get_day (&date);
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
  gint32 day;

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
  day = move_day (scan->today, sign * away, sign * (int) (number.value * months_each));
  return store_entity_take_day (scan, at, end + length, day);
}

/* 月底, 月初, 年底 alone are of this month and year. */
static guint
scan_end_of_month (StoreEntityScan *scan,
                   guint            at)
{
  static const char *const words[] = { "月底", "年底", "年末", NULL };
  gint32 first = store_entity_get_month (scan->today, 0);
  guint which;
  guint length = store_folded_text_match_any (scan->text, at, words, &which);
  GDate date;

  if (length == 0)
    return 0;
  if (which > 0)
    {
      store_entity_set_day (&date, scan->today);
      g_date_set_dmy (&date, 1, 12, g_date_get_year (&date));
      first = store_entity_get_day (&date);
    }
  return store_entity_take_span (scan, at, at + length, store_entity_get_month_end (first) - 9,
                                 store_entity_get_month_end (first));
}

guint
store_entity_scan_date (StoreEntityScan *scan,
                        guint            at)
{
  static const StoreEntityScanner scanners[] = {
    store_entity_scan_written_date,
    store_entity_scan_day_word,
    store_entity_scan_year_word,
    store_entity_scan_step,
    store_entity_scan_han_month,
    scan_distance,
    store_entity_scan_han_day,
    store_entity_scan_english_month,
    store_entity_scan_english_day,
    scan_end_of_month,
  };

  for (guint i = 0; i < G_N_ELEMENTS (scanners); i++)
    {
      guint end = scanners[i](scan, at);

      if (end > 0)
        return end;
    }
  return 0;
}
