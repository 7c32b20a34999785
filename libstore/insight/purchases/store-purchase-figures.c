/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-purchase-figures.h"

#include "store-calendar-month.h"

#include <math.h>
#include <string.h>

/**
 * store_purchase_value_add:
 *
 * Returns: the sum of two amounts; one that does not fit stays at the limit, for a wrapped sum
 *   would change its sign
 */
gint64
store_purchase_value_add (gint64 a,
                          gint64 b)
{
  gint64 sum;

  if (!__builtin_add_overflow (a, b, &sum))
    return sum;
  return a < 0 ? G_MININT64 : G_MAXINT64;
}

static double
get_log (gint64 value)
{
  return value > 0 ? log ((double) value) : 0.0;
}

static void
count_month (StorePurchaseFigures *self,
             gint32                day)
{
  guint passed = self->purchases == 0
                   ? STORE_PURCHASE_MONTHS
                   : (guint) (store_calendar_month_of_day (day) -
                              store_calendar_month_of_day (self->last_day));
  guint shift = MIN (passed, STORE_PURCHASE_MONTHS);

  memmove (self->months + shift, self->months,
           (STORE_PURCHASE_MONTHS - shift) * sizeof *self->months);
  memset (self->months, 0, shift * sizeof *self->months);
  self->months[0] += self->months[0] < G_MAXUINT16;
}

static void
begin_purchase (StorePurchaseFigures *self,
                gint32                day,
                gint64                value)
{
  count_month (self, day);
  if (self->purchases == 0)
    {
      self->first_day = day;
    }
  else
    {
      self->squares += (double) self->last_value * (double) self->last_value;
      self->log_values += get_log (self->last_value);
      self->log_gaps += log ((double) (day - self->last_day));
    }
  self->purchases++;
  self->last_day = day;
  self->last_value = value;
}

/**
 * store_purchase_figures_add:
 * @day: day of an order
 * @value: its value, in minor units
 *
 * Returns: %FALSE, with nothing changed, if the day lies before the last one: then all must be
 *   added anew in order
 */
gboolean
store_purchase_figures_add (StorePurchaseFigures *self,
                            gint32                day,
                            gint64                value)
{
  if (self->purchases > 0 && day < self->last_day)
    return FALSE;

  if (self->purchases > 0 && day == self->last_day)
    self->last_value = store_purchase_value_add (self->last_value, value);
  else
    begin_purchase (self, day, value);
  if (self->purchases == 1)
    self->first_value = self->last_value;
  self->orders++;
  self->value = store_purchase_value_add (self->value, value);
  return TRUE;
}

/**
 * store_purchase_figures_count_months:
 * @until: a day on or after the last
 * @months: how many calendar months, that of @until included, at most 12
 *
 * Returns: the purchases in these months
 */
guint
store_purchase_figures_count_months (const StorePurchaseFigures *self,
                                     gint32                      until,
                                     guint                       months)
{
  gint32 passed = store_calendar_month_of_day (until) -
                  store_calendar_month_of_day (self->last_day);
  guint sum = 0;

  for (gint32 i = 0; i + passed < (gint32) MIN (months, STORE_PURCHASE_MONTHS); i++)
    sum += self->months[i];
  return sum;
}

/* Sum of the squares of all purchases, in minor units. */
double
store_purchase_figures_get_squares (const StorePurchaseFigures *self)
{
  return self->squares + (double) self->last_value * (double) self->last_value;
}

/* Sum of the logarithms of all purchases above 0. */
double
store_purchase_figures_get_log_values (const StorePurchaseFigures *self)
{
  return self->log_values + get_log (self->last_value);
}
