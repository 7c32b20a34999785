/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Months counted through from the year 0, so that differences are numbers of months. The day is
 * turned into a date by the arithmetic of Hinnant ("chrono-compatible low-level date algorithms"):
 * years begin in March, which puts the leap day last. */

#include "config.h"

#include "store-calendar-month.h"

#define DAYS_OF_ERA 146097
#define EPOCH_IN_ERAS 719468

/**
 * store_calendar_month_of_day:
 * @day: days since 1970-01-01, after the year 0
 *
 * Returns: the month, counted from January of the year 0
 */
gint32
store_calendar_month_of_day (gint32 day)
{
  gint32 shifted = day + EPOCH_IN_ERAS;
  gint32 era = shifted / DAYS_OF_ERA;
  gint32 of_era = shifted % DAYS_OF_ERA;
  gint32 year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  gint32 of_year = of_era - (365 * year + year / 4 - year / 100);
  gint32 from_march = (5 * of_year + 2) / 153;

  return (era * 400 + year) * 12 + from_march + 2;
}

/**
 * store_calendar_month_get:
 * @month: a month, counted from January of the year 0
 * @year: (out): its year
 * @month_of_year: (out): 1 to 12
 */
void
store_calendar_month_get (gint32  month,
                          guint  *year,
                          guint  *month_of_year)
{
  *year = month / 12;
  *month_of_year = month % 12 + 1;
}
