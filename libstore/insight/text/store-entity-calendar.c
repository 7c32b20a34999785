/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reckoning with days, and taking one for what was found. */
#include "config.h"

#include "store-calendar-month.h"
#include "store-entity-calendar-private.h"

gint32
store_entity_get_day (const GDate *date)
{
  return (gint32) g_date_get_julian (date) - STORE_JULIAN_OF_EPOCH;
}

void
store_entity_set_day (GDate  *date,
                      gint32  day)
{
  g_date_clear (date, 1);
  g_date_set_julian (date, (guint32) (day + STORE_JULIAN_OF_EPOCH));
}

static char *
dup_day (gint32 day)
{
  GDate date;

  store_entity_set_day (&date, day);
  return g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (&date), g_date_get_month (&date),
                          g_date_get_day (&date));
}

guint
store_entity_take_span (StoreEntityScan *scan,
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

guint
store_entity_take_day (StoreEntityScan *scan,
                       guint            start,
                       guint            end,
                       gint32           day)
{
  return store_entity_take_span (scan, start, end, day, day);
}

/* Adds months to the first of the month of @day. */
gint32
store_entity_get_month (gint32 day,
                        int    further)
{
  GDate date;

  store_entity_set_day (&date, day);
  g_date_set_day (&date, 1);
  if (further > 0)
    g_date_add_months (&date, (guint) further);
  else
    g_date_subtract_months (&date, (guint) -further);
  return store_entity_get_day (&date);
}

gint32
store_entity_get_month_end (gint32 first)
{
  return store_entity_get_month (first, 1) - 1;
}

gint32
store_entity_get_monday (gint32 day)
{
  GDate date;

  store_entity_set_day (&date, day);
  return day - ((gint32) g_date_get_weekday (&date) - 1);
}

/* The day of a month, as in 5号, 5日, 初5; 12号楼 is a building. */
guint
store_entity_match_month_day (const StoreFoldedText *text,
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

guint
store_entity_take_month_day (StoreEntityScan *scan,
                             guint            start,
                             guint            end,
                             gint32           first,
                             int              day)
{
  gint32 last = store_entity_get_month_end (first);

  return store_entity_take_day (scan, start, end, MIN (first + day - 1, last));
}
