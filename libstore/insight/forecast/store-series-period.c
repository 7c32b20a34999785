/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Days, weeks, months, quarters and years, each counted through from a fixed start so that the next
 * one is one more: days from 1970-01-01, weeks from the Monday before it, the others from the year
 * 0. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "store-calendar-month.h"
#include "store-series-period.h"

#define DAYS_A_WEEK 7
/* 1970-01-01 was a Thursday. */
#define DAYS_AFTER_MONDAY 3

/**
 * store_series_period_get_name:
 * @every: a period
 *
 * Returns: its name on the command line and in JSON
 */
const char *
store_series_period_get_name (StoreSeriesPeriod every)
{
  static const char *const names[] = { "day", "week", "month", "quarter", "year", "step" };

  return names[every];
}

static gint32
divide_down (gint32 number,
             gint32 by)
{
  return number >= 0 ? number / by : -((by - 1 - number) / by);
}

/**
 * store_series_period_of_day:
 * @every: a period
 * @day: days since 1970-01-01
 *
 * Returns: the period that holds the day
 */
gint32
store_series_period_of_day (StoreSeriesPeriod every,
                            gint32            day)
{
  switch (every)
    {
    case STORE_SERIES_WEEK:
      return divide_down (day + DAYS_AFTER_MONDAY, DAYS_A_WEEK);
    case STORE_SERIES_MONTH:
      return store_calendar_month_of_day (day);
    case STORE_SERIES_QUARTER:
      return store_calendar_month_of_day (day) / 3;
    case STORE_SERIES_YEAR:
      return store_calendar_month_of_day (day) / 12;
    case STORE_SERIES_DAY:
    case STORE_SERIES_STEP:
    default:
      return day;
    }
}

static gint32
get_day_of_month (gint32 month)
{
  guint year;
  guint of_year;
  GDate date;

  store_calendar_month_get (month, &year, &of_year);
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 1, (GDateMonth) of_year, (GDateYear) year);
  return (gint32) g_date_get_julian (&date) - STORE_JULIAN_OF_EPOCH;
}

/**
 * store_series_period_get_day:
 * @every: a period
 * @period: which one
 *
 * Returns: its first day, as days since 1970-01-01
 */
gint32
store_series_period_get_day (StoreSeriesPeriod every,
                             gint32            period)
{
  switch (every)
    {
    case STORE_SERIES_WEEK:
      return period * DAYS_A_WEEK - DAYS_AFTER_MONDAY;
    case STORE_SERIES_MONTH:
      return get_day_of_month (period);
    case STORE_SERIES_QUARTER:
      return get_day_of_month (period * 3);
    case STORE_SERIES_YEAR:
      return get_day_of_month (period * 12);
    case STORE_SERIES_DAY:
    case STORE_SERIES_STEP:
    default:
      return period;
    }
}

/**
 * store_series_period_get_season:
 * @every: a period
 *
 * Returns: how many of them usually make a season: a week of days, a year of the others
 */
guint
store_series_period_get_season (StoreSeriesPeriod every)
{
  static const guint seasons[] = { 7, 52, 12, 4, 1, 1 };

  return seasons[every];
}

/**
 * store_series_period_get_horizon:
 * @every: a period
 *
 * Returns: how many of them are forecast if nothing else is asked for
 */
guint
store_series_period_get_horizon (StoreSeriesPeriod every)
{
  static const guint horizons[] = { 28, 13, 12, 4, 3, 10 };

  return horizons[every];
}

/**
 * store_series_period_dup_count:
 * @every: a period
 * @count: how many
 *
 * Returns: (transfer full): as "12 months", translated
 */
char *
store_series_period_dup_count (StoreSeriesPeriod every,
                               guint             count)
{
  switch (every)
    {
    case STORE_SERIES_DAY:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u day", "%u days", count), count);
    case STORE_SERIES_WEEK:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u week", "%u weeks", count), count);
    case STORE_SERIES_MONTH:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u month", "%u months", count), count);
    case STORE_SERIES_QUARTER:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u quarter", "%u quarters", count),
                              count);
    case STORE_SERIES_YEAR:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u year", "%u years", count), count);
    case STORE_SERIES_STEP:
    default:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u value", "%u values", count), count);
    }
}
