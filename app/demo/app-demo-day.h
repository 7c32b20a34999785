/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Days are counted from 1970-01-01. */
gint   app_demo_day_of_today (void);
gint   app_demo_day_of_date  (gint         year,
                              gint         month,
                              gint         day);
gint   app_demo_day_of_text  (const char  *text);
void   app_demo_day_split    (gint         self,
                              gint        *year,
                              gint        *month,
                              gint        *day);
char  *app_demo_day_to_text  (gint         self);
gint   app_demo_day_to_work  (gint         self);
gint64 app_demo_day_at_hour  (gint         self,
                              gint         hour,
                              gint         minute);

#define APP_DEMO_DAY_NONE G_MININT

G_END_DECLS
