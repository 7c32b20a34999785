/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* 1970-01-01, from which analyses count days, as g_date_get_julian() counts it. */
#define STORE_JULIAN_OF_EPOCH 719163

gint32 store_calendar_month_of_day  (gint32  day);
void   store_calendar_month_get     (gint32  month,
                                     guint  *year,
                                     guint  *month_of_year);

G_END_DECLS
