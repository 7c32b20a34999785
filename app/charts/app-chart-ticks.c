/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where the ticks of an axis stand. Numbers: the step is 1, 2 or 5 times a power of ten, the
 * nearest from above to the range over the number of ticks that fit. Logarithmic: the powers of
 * ten, and 2 and 5 between them while there are few. Dates: whole days, weeks, months, quarters or
 * years of the calendar, never 30.4 days.
 */
#include "config.h"

#include "app-chart-ticks.h"

#include <math.h>

#define MOST_TICKS 64
#define FEWEST_TICKS 3

/* The day 0 of GDate, 1 January of the year 1 being day 1, seen from 1 January 1970. */
#define EPOCH_JULIAN 719163

static AppChartTicks *
ticks_new (AppChartUnit unit)
{
  AppChartTicks *self = g_new0 (AppChartTicks, 1);

  self->values = g_array_new (FALSE, FALSE, sizeof (double));
  self->unit = unit;
  return self;
}

void
app_chart_ticks_free (AppChartTicks *self)
{
  g_array_unref (self->values);
  g_free (self);
}

double
app_chart_ticks_get (AppChartTicks *self,
                     guint          index)
{
  g_return_val_if_fail (self != NULL && index < self->values->len, 0);

  return g_array_index (self->values, double, index);
}

static double
find_nice_step (double rough)
{
  double power = pow (10, floor (log10 (rough)));
  double share = rough / power;

  return power * (share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10);
}

/**
 * app_chart_ticks_new_linear:
 * @low: the least value
 * @high: the greatest value
 * @wanted: about how many ticks fit
 */
AppChartTicks *
app_chart_ticks_new_linear (double low,
                            double high,
                            guint  wanted)
{
  AppChartTicks *self = ticks_new (APP_CHART_UNIT_NUMBER);

  if (!isfinite (low) || !isfinite (high) || high <= low)
    return self;

  double step = find_nice_step ((high - low) / MAX (wanted, 1));
  double first = ceil (low / step - 1e-9);

  self->decimals = CLAMP ((int) -floor (log10 (step) + 1e-9), 0, 9);
  for (guint i = 0; i < MOST_TICKS; i++)
    {
      double value = (first + i) * step;

      if (value > high + step * 1e-9)
        break;
      g_array_append_val (self->values, value);
    }
  return self;
}

/**
 * app_chart_ticks_new_logarithmic:
 * @low: the least value, above 0
 * @high: the greatest value
 */
AppChartTicks *
app_chart_ticks_new_logarithmic (double low,
                                 double high)
{
  AppChartTicks *self = ticks_new (APP_CHART_UNIT_NUMBER);

  if (!(low > 0) || !isfinite (high) || high <= low)
    return self;

  static const double parts[] = { 1, 2, 5 };
  int first = (int) floor (log10 (low));
  int last = (int) ceil (log10 (high));
  guint n_parts = last - first <= 3 ? G_N_ELEMENTS (parts) : 1;
  int stride = MAX (1, (last - first) / 8);

  self->decimals = CLAMP (-first, 0, 9);
  for (int power = first; power <= last; power += stride)
    for (guint part = 0; part < n_parts; part++)
      {
        double value = parts[part] * pow (10, power);

        if (value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9))
          g_array_append_val (self->values, value);
      }
  if (self->values->len >= FEWEST_TICKS)
    return self;

  /* So little of a decade is nearly straight. */
  app_chart_ticks_free (self);
  return app_chart_ticks_new_linear (low, high, FEWEST_TICKS + 1);
}

static void
get_date (double  day,
          GDate  *date)
{
  double julian = CLAMP (floor (day) + EPOCH_JULIAN, 1, 3652059);

  g_date_clear (date, 1);
  g_date_set_julian (date, (guint32) julian);
}

static double
get_day (const GDate *date)
{
  return (double) g_date_get_julian (date) - EPOCH_JULIAN;
}

static void
add_days (AppChartTicks *self,
          double         low,
          double         high,
          guint          step)
{
  /* The first of January 1970 was a Thursday; weeks begin on Monday. */
  double origin = step % 7 == 0 ? 4 : 0;
  double day = ceil ((low - origin) / step) * step + origin;

  for (; day <= high && self->values->len < MOST_TICKS; day += step)
    g_array_append_val (self->values, day);
}

static void
add_months (AppChartTicks *self,
            double         low,
            double         high,
            guint          step)
{
  GDate date;

  get_date (low, &date);
  g_date_set_day (&date, 1);
  g_date_subtract_months (&date, (g_date_get_month (&date) - 1) % step);
  if (step >= 12)
    g_date_subtract_years (&date, g_date_get_year (&date) % (step / 12));

  for (; get_day (&date) <= high && self->values->len < MOST_TICKS; g_date_add_months (&date, step))
    {
      double day = get_day (&date);

      if (day >= low)
        g_array_append_val (self->values, day);
    }
}

/**
 * app_chart_ticks_new_calendar:
 * @low: the first day, days since 1970
 * @high: the last day
 * @wanted: about how many ticks fit
 */
AppChartTicks *
app_chart_ticks_new_calendar (double low,
                              double high,
                              guint  wanted)
{
  static const guint days[] = { 1, 2, 7, 14 };
  static const guint months[] = { 1, 2, 3, 6, 12, 24, 60, 120, 240, 1200 };

  if (!isfinite (low) || !isfinite (high) || high <= low)
    return ticks_new (APP_CHART_UNIT_DAY);

  double rough = (high - low) / MAX (wanted, 1);

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    if (days[i] >= rough)
      {
        AppChartTicks *self = ticks_new (APP_CHART_UNIT_DAY);

        add_days (self, low, high, days[i]);
        return self;
      }

  guint index = 0;

  while (index + 1 < G_N_ELEMENTS (months) && months[index] * 30.44 < rough)
    index++;

  AppChartTicks *self = ticks_new (months[index] < 12 ? APP_CHART_UNIT_MONTH
                                                      : APP_CHART_UNIT_YEAR);

  add_months (self, low, high, months[index]);
  return self;
}
