/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-today.h"

#include "store-calendar-month.h"

/**
 * app_today_get:
 *
 * Returns: the day it is here, by the calendar on the wall, counted from 1970-01-01 as analyses
 *   count days. Any thread.
 */
gint32
app_today_get (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) g_date_time_get_day_of_month (now),
                  (GDateMonth) g_date_time_get_month (now),
                  (GDateYear) g_date_time_get_year (now));
  return (gint32) g_date_get_julian (&date) - STORE_JULIAN_OF_EPOCH;
}
