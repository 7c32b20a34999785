/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app-demo-day.h"

/* The Julian day number that GDate gives to 1970-01-01. */
#define EPOCH 719163

gint
app_demo_day_of_today (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  gint year, month, day;

  g_date_time_get_ymd (now, &year, &month, &day);
  return app_demo_day_of_date (year, month, day);
}

gint
app_demo_day_of_date (gint year,
                      gint month,
                      gint day)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return (gint) g_date_get_julian (&date) - EPOCH;
}

/* Reads YYYY-MM-DD; APP_DEMO_DAY_NONE where it is no such date. */
gint
app_demo_day_of_text (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "-", 3);
  guint64 numbers[3] = { 0 };

  for (guint i = 0; i < 3; i++)
    {
      if (parts[i] == NULL
          || !g_ascii_string_to_unsigned (parts[i], 10, 1, 9999, &numbers[i], NULL))
        return APP_DEMO_DAY_NONE;
    }
  if (numbers[1] > 12 || numbers[2] > 31
      || !g_date_valid_dmy ((GDateDay) numbers[2], (GDateMonth) numbers[1], (GDateYear) numbers[0]))
    return APP_DEMO_DAY_NONE;

  return app_demo_day_of_date ((gint) numbers[0], (gint) numbers[1], (gint) numbers[2]);
}

void
app_demo_day_split (gint  self,
                    gint *year,
                    gint *month,
                    gint *day)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32) (self + EPOCH));
  *year = g_date_get_year (&date);
  *month = (gint) g_date_get_month (&date);
  *day = g_date_get_day (&date);
}

char *
app_demo_day_to_text (gint self)
{
  gint year, month, day;

  app_demo_day_split (self, &year, &month, &day);
  return g_strdup_printf ("%04d-%02d-%02d", year, month, day);
}

/* The day itself, or the Monday after it where it is a Sunday. */
gint
app_demo_day_to_work (gint self)
{
  /* 1970-01-01 was a Thursday, so day 3 was a Sunday. */
  return (self % 7 + 7) % 7 == 3 ? self + 1 : self;
}

/* UTC milliseconds. */
gint64
app_demo_day_at_hour (gint self,
                      gint hour,
                      gint minute)
{
  return (((gint64) self * 24 + hour) * 60 + minute) * 60 * 1000;
}
