/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * StoreDayText:
 * @year: 0 for a day of any year
 * @month: 0 where only a year was written
 * @day: 0 where only a year or a month was written
 *
 * What a person means by a day, month or year.
 */
typedef struct
{
  int year;
  int month;
  int day;
} StoreDayText;

gboolean store_day_text_parse        (const char   *text,
                                      StoreDayText *day);
gboolean store_day_text_parse_moment (const char   *text,
                                      gint64       *first,
                                      gint64       *last);

G_END_DECLS
