/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * AppChartUnit:
 * @APP_CHART_UNIT_NUMBER: plain steps of 1, 2 or 5 times a power of ten
 * @APP_CHART_UNIT_DAY: days since 1970; steps by the calendar, days
 * @APP_CHART_UNIT_MONTH: the same, from one month to six
 * @APP_CHART_UNIT_YEAR: the same, years
 */
typedef enum
{
  APP_CHART_UNIT_NUMBER,
  APP_CHART_UNIT_DAY,
  APP_CHART_UNIT_MONTH,
  APP_CHART_UNIT_YEAR,
} AppChartUnit;

/**
 * AppChartTicks:
 * @values: (element-type gdouble): where the ticks stand, ascending
 * @unit: what they count
 * @decimals: digits behind the point that tell neighbours apart
 */
typedef struct
{
  GArray *values;
  AppChartUnit unit;
  int decimals;
} AppChartTicks;

AppChartTicks *app_chart_ticks_new_linear      (double         low,
                                                double         high,
                                                guint          wanted);
AppChartTicks *app_chart_ticks_new_logarithmic (double         low,
                                                double         high);
AppChartTicks *app_chart_ticks_new_calendar    (double         low,
                                                double         high,
                                                guint          wanted);
void           app_chart_ticks_free            (AppChartTicks *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AppChartTicks, app_chart_ticks_free)

double         app_chart_ticks_get             (AppChartTicks *self,
                                                guint          index);

G_END_DECLS
