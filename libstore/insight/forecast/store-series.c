/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Values with days become a regular series: a value for each period, in order, without gaps.
 * Where a period has several values they are added up; then its neighbours without any are 0,
 * and a first or last period that the days do not reach the ends of is left out. Where each
 * period has one value at most, it is a measurement: gaps are filled along the straight line
 * between their ends. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "store-calendar-month.h"
#include "store-error.h"
#include "store-fingerprint.h"
#include "store-series-private.h"

typedef struct
{
  gint32 day;
  double value;
} Dated;

static int
compare_dated (gconstpointer a,
               gconstpointer b)
{
  const Dated *left = a;
  const Dated *right = b;

  if (left->day != right->day)
    return left->day < right->day ? -1 : 1;
  return (left->value > right->value) - (left->value < right->value);
}

static int
compare_steps (gconstpointer a,
               gconstpointer b)
{
  gint32 left = *(const gint32 *) a;
  gint32 right = *(const gint32 *) b;

  return (left > right) - (left < right);
}

/* The period whose length is next to the usual distance between different days. */
static StoreSeriesPeriod
find_period (const Dated *dated,
             guint        n)
{
  g_autofree gint32 *steps = g_new (gint32, n);
  guint n_steps = 0;
  gint32 usual;

  for (guint i = 1; i < n; i++)
    if (dated[i].day != dated[i - 1].day)
      steps[n_steps++] = dated[i].day - dated[i - 1].day;
  if (n_steps == 0)
    return STORE_SERIES_DAY;
  qsort (steps, n_steps, sizeof *steps, compare_steps);
  usual = steps[n_steps / 2];
  if (usual <= 4)
    return STORE_SERIES_DAY;
  if (usual <= 16)
    return STORE_SERIES_WEEK;
  if (usual <= 60)
    return STORE_SERIES_MONTH;
  return usual <= 200 ? STORE_SERIES_QUARTER : STORE_SERIES_YEAR;
}

gboolean
store_series_init (StoreSeries        *self,
                   StoreSeriesPeriod   every,
                   guint               season,
                   gint32              first_day,
                   gint32              last_day,
                   GError            **error)
{
  gint32 last = store_series_period_of_day (every, last_day);

  self->every = every;
  self->season = season > 0 ? season : store_series_period_get_season (every);
  self->first = store_series_period_of_day (every, first_day);
  self->until = last_day;
  if (last - self->first >= STORE_SERIES_MOST)
    {
      g_set_error (error, STORE_ERROR, STORE_ERROR_INVALID,
                   _("The dates span more than %u periods. Look for a wrong date, or choose a "
                     "longer period."),
                   STORE_SERIES_MOST);
      return FALSE;
    }
  self->n = (guint) (last - self->first) + 1;
  self->values = g_new0 (double, self->n);
  return TRUE;
}

void
store_series_leave_out_parts (StoreSeries *self,
                              gint32       first_day,
                              gint32       last_day)
{
  gint32 last = self->first + (gint32) self->n - 1;

  if (store_series_period_get_day (self->every, last + 1) != last_day + 1)
    {
      self->last_left_out = TRUE;
      self->until = store_series_period_get_day (self->every, last) - 1;
      self->n--;
    }
  if (self->n > 0 && store_series_period_get_day (self->every, self->first) != first_day)
    {
      self->first_left_out = TRUE;
      self->first++;
      self->n--;
      memmove (self->values, self->values + 1, self->n * sizeof *self->values);
    }
}

static void
fill_gap (StoreSeries *self,
          guint        from,
          guint        to)
{
  double slope = (self->values[to] - self->values[from]) / (to - from);

  for (guint i = from + 1; i < to; i++)
    self->values[i] = self->values[from] + slope * (i - from);
}

static void
fill (StoreSeries *self,
      const guint *counts)
{
  guint reached = 0;

  for (guint i = 1; i < self->n; i++)
    if (counts[i] > 0)
      {
        fill_gap (self, reached, i);
        reached = i;
      }
}

static gboolean
take_dated (StoreSeries  *self,
            Dated        *dated,
            guint         n,
            guint         every,
            guint         season,
            GError      **error)
{
  g_autofree guint *counts = NULL;
  guint most = 0;

  /* Sorted by value within a day too, so that any order of the input gives the same sums. */
  qsort (dated, n, sizeof *dated, compare_dated);
  if (!store_series_init (self, every == STORE_SERIES_FIND_PERIOD ? find_period (dated, n) : every,
                          season, dated[0].day, dated[n - 1].day, error))
    return FALSE;
  counts = g_new0 (guint, self->n);
  for (guint i = 0; i < n; i++)
    {
      guint at = (guint) (store_series_period_of_day (self->every, dated[i].day) - self->first);

      self->values[at] += dated[i].value;
      counts[at]++;
      most = MAX (most, counts[at]);
    }
  for (guint i = 0; i < self->n; i++)
    self->n_filled += counts[i] == 0;
  if (most > 1)
    store_series_leave_out_parts (self, dated[0].day, dated[n - 1].day);
  else
    {
      self->is_measured = TRUE;
      fill (self, counts);
      self->until = store_series_period_get_day (self->every, self->first + (gint32) self->n) - 1;
    }
  return TRUE;
}

static gboolean
check (const gint32  *days,
       const double  *values,
       guint          n,
       GError       **error)
{
  gboolean sound = n > 0;

  for (guint i = 0; i < n; i++)
    sound &= isfinite (values[i]) && (days == NULL || (days[i] >= STORE_PURCHASE_FIRST_DAY &&
                                                       days[i] <= STORE_PURCHASE_LAST_DAY));
  if (n == 0)
    g_set_error_literal (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA,
                         _("There is no value."));
  else if (!sound)
    g_set_error_literal (error, STORE_ERROR, STORE_ERROR_INVALID,
                         _("Every value of a series must be a number, and every day between 1600 "
                           "and 2599."));
  return sound;
}

/**
 * store_series_new:
 * @days: (nullable): when each value was, days since 1970-01-01, in any order; %NULL where only the
 *   order of the values is known
 * @values: the values
 * @n: how many
 * @options: period and season
 * @error: return location
 *
 * Returns: (transfer full): the series, or %NULL with %STORE_ERROR_TOO_LITTLE_DATA or
 *   %STORE_ERROR_INVALID
 */
StoreSeries *
store_series_new (const gint32              *days,
                  const double              *values,
                  guint                      n,
                  const StoreSeriesOptions  *options,
                  GError                   **error)
{
  g_autoptr (StoreSeries) self = g_new0 (StoreSeries, 1);
  g_autofree Dated *dated = NULL;

  g_return_val_if_fail (options != NULL, NULL);

  if (!check (days, values, n, error))
    return NULL;
  dated = g_new (Dated, n);
  for (guint i = 0; i < n; i++)
    dated[i] = (Dated){ days != NULL ? days[i] : (gint32) i, values[i] };
  if (!take_dated (self, dated, n, days != NULL ? options->every : STORE_SERIES_STEP,
                   options->season, error))
    return NULL;
  if (days == NULL)
    self->until = STORE_PURCHASE_UNTIL_LAST;
  return g_steal_pointer (&self);
}

StoreSeries *
store_series_copy (const StoreSeries *self)
{
  StoreSeries *copy = g_memdup2 (self, sizeof *self);

  copy->values = g_memdup2 (self->values, self->n * sizeof *self->values);
  return copy;
}

void
store_series_free (StoreSeries *self)
{
  if (self == NULL)
    return;
  g_free (self->values);
  g_free (self);
}

/**
 * store_series_get_day:
 * @self: a series
 * @index: which value, from 0; those after the end may be asked for, too
 *
 * Returns: the first day of its period, days since 1970-01-01
 */
gint32
store_series_get_day (const StoreSeries *self,
                      guint              index)
{
  return store_series_period_get_day (self->every, self->first + (gint32) index);
}

/**
 * store_series_dup_name:
 * @self: a series
 * @index: which value, from 0; those after the end may be asked for, too
 *
 * Returns: (transfer full): its period as 2026, 2026-Q1, 2026-01 or, for days and weeks, the first
 *   day 2026-01-31; the number of a step from 1
 */
char *
store_series_dup_name (const StoreSeries *self,
                       guint              index)
{
  GDate date;

  if (self->every == STORE_SERIES_STEP)
    return g_strdup_printf ("%u", index + 1);
  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32) (store_series_get_day (self, index) + STORE_JULIAN_OF_EPOCH));
  switch (self->every)
    {
    case STORE_SERIES_YEAR:
      return g_strdup_printf ("%04u", g_date_get_year (&date));
    case STORE_SERIES_QUARTER:
      return g_strdup_printf ("%04u-Q%u", g_date_get_year (&date),
                              (g_date_get_month (&date) + 2) / 3);
    case STORE_SERIES_MONTH:
      return g_strdup_printf ("%04u-%02u", g_date_get_year (&date), g_date_get_month (&date));
    case STORE_SERIES_DAY:
    case STORE_SERIES_WEEK:
    case STORE_SERIES_STEP:
    default:
      return g_strdup_printf ("%04u-%02u-%02u", g_date_get_year (&date), g_date_get_month (&date),
                              g_date_get_day (&date));
    }
}

/**
 * store_series_dup_fingerprint:
 * @self: a series
 *
 * Returns: (transfer full): what tells it from any other series
 */
char *
store_series_dup_fingerprint (const StoreSeries *self)
{
  StoreFingerprint *fingerprint = store_fingerprint_new ("series");

  store_fingerprint_add_count (fingerprint, self->every);
  store_fingerprint_add_count (fingerprint, self->first);
  store_fingerprint_add_numbers (fingerprint, self->values, self->n);
  return store_fingerprint_end (fingerprint);
}
