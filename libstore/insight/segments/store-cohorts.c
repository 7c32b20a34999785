/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Churn is the share of those who were there at the start that was lost, retention the share that
 * stayed; their names must not be swapped. Without a contract "there" means: bought in the month.
 * So a customer who skips a month counts as lost in one and is neither new nor retained when they
 * return. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>

#include "store-calendar-month.h"
#include "store-cohorts.h"
#include "store-error.h"

#define TOP_SHARE 0.2
#define MAX_MONTHS 1200

static gint32
find_first_month (const StorePurchaseColumns *columns)
{
  gint32 first = columns->first_day[0];

  for (guint row = 1; row < columns->n_rows; row++)
    first = MIN (first, columns->first_day[row]);
  return store_calendar_month_of_day (first);
}

static void
count_customer (StoreCohorts *self,
                guint         row,
                gint32        first_month)
{
  guint n;
  g_autofree StorePurchase *purchases = store_purchase_table_dup_purchases (self->table, row, &n);
  guint cohort = store_calendar_month_of_day (purchases[0].day) - first_month;
  guint before = cohort;

  self->months[cohort].arrived++;
  self->months[cohort].active++;
  self->counts[cohort * self->n]++;
  for (guint i = 1; i < n; i++)
    {
      guint month = store_calendar_month_of_day (purchases[i].day) - first_month;

      if (month == before)
        continue;
      self->counts[cohort * self->n + month - cohort]++;
      self->months[month].active++;
      if (month == before + 1)
        self->months[month].retained++;
      before = month;
    }
}

static int
compare_descending (gconstpointer a,
                    gconstpointer b)
{
  double left = *(const double *) a;
  double right = *(const double *) b;

  return (left < right) - (left > right);
}

static void
sum_values (StoreCohorts *self)
{
  const StorePurchaseColumns *columns = store_purchase_table_get_columns (self->table);
  guint n_top = (guint) (TOP_SHARE * columns->n_rows);
  g_autofree double *values = g_new (double, columns->n_rows);
  double top = 0.0;

  for (guint row = 0; row < columns->n_rows; row++)
    {
      values[row] = store_purchase_table_to_major (self->table, columns->value[row]);
      self->n_orders += columns->orders[row];
      self->n_repeaters += columns->orders[row] > 1;
    }
  qsort (values, columns->n_rows, sizeof (double), compare_descending);
  for (guint i = 0; i < columns->n_rows; i++)
    {
      self->value += values[i];
      if (i < n_top)
        top += values[i];
    }
  self->top_share = self->value > 0.0 ? top / self->value : NAN;
}

/* The last month is left out: it may not be over. */
static void
check_churn (StoreCohorts *self)
{
  double sum = 0.0;
  double before = 0.0;
  guint n_before = 0;

  for (guint i = 1; i + 1 < self->n; i++)
    {
      double churn = store_cohorts_get_churn (&self->months[i]);

      if (!isfinite (churn))
        continue;
      if (n_before > 0)
        {
          self->check.mae += fabs (churn - sum / n_before);
          self->check.naive_mae += fabs (churn - before);
          self->check.n++;
        }
      sum += churn;
      before = churn;
      n_before++;
    }
  self->check.mae /= MAX (self->check.n, 1);
  self->check.naive_mae /= MAX (self->check.n, 1);
}

/**
 * store_cohorts_new:
 * @table: a finished table
 * @error: return location
 *
 * Returns: (transfer full): the cohorts, or %NULL with %STORE_ERROR_TOO_LITTLE_DATA without orders
 *   or with %STORE_ERROR_INVALID if they span more than a century
 */
StoreCohorts *
store_cohorts_new (StorePurchaseTable  *table,
                   GError             **error)
{
  const StorePurchaseColumns *columns = store_purchase_table_get_columns (table);
  StoreCohorts *self;
  gint32 first_month;
  guint n_months;

  g_return_val_if_fail (table != NULL, NULL);

  if (columns->n_rows == 0)
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA,
                           _("There are no orders up to that day. Add or import some, then ask "
                             "again."));
      return NULL;
    }

  first_month = find_first_month (columns);
  n_months = store_calendar_month_of_day (columns->until) - first_month + 1;
  if (n_months > MAX_MONTHS)
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_INVALID,
                           _("The orders span more than a hundred years. Correct the date of the "
                             "first or the last one."));
      return NULL;
    }

  self = g_new0 (StoreCohorts, 1);
  self->table = store_purchase_table_ref (table);
  self->n = n_months;
  self->months = g_new0 (StoreCohortMonth, self->n);
  self->counts = g_new0 (guint, (gsize) self->n * self->n);
  for (guint row = 0; row < columns->n_rows; row++)
    count_customer (self, row, first_month);
  for (guint i = 0; i < self->n; i++)
    {
      store_calendar_month_get (first_month + i, &self->months[i].year, &self->months[i].month);
      self->months[i].before = i > 0 ? self->months[i - 1].active : 0;
    }
  sum_values (self);
  check_churn (self);
  return self;
}

void
store_cohorts_free (StoreCohorts *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->table, store_purchase_table_unref);
  g_free (self->months);
  g_free (self->counts);
  g_free (self);
}

/**
 * store_cohorts_get_count:
 * @self: cohorts
 * @cohort: number of the month of arrival
 * @age: months later
 *
 * Returns: how many of the cohort bought in that month
 */
guint
store_cohorts_get_count (const StoreCohorts *self,
                         guint               cohort,
                         guint               age)
{
  g_return_val_if_fail (cohort < self->n && age < self->n, 0);

  return self->counts[cohort * self->n + age];
}

/**
 * store_cohorts_get_retention:
 * @month: a month
 *
 * Returns: the share of the customers of the month before who bought again; NAN if there were none
 */
double
store_cohorts_get_retention (const StoreCohortMonth *month)
{
  return month->before > 0 ? (double) month->retained / month->before : NAN;
}

/**
 * store_cohorts_get_churn:
 * @month: a month
 *
 * Returns: the share of the customers of the month before who did not buy; NAN if there were none
 */
double
store_cohorts_get_churn (const StoreCohortMonth *month)
{
  return month->before > 0 ? (double) (month->before - month->retained) / month->before : NAN;
}
