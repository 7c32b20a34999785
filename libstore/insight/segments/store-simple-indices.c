/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The indices of business articles, over the purchases. Time is cut into periods backwards from the
 * last day, so the last one is whole.
 *
 * P, the probability that a customer buys within a period, is the share of the periods after that
 * of the first purchase in which they bought, as if they had been seen for two more periods with
 * the share of all: a probability stays itself, and one lucky period is not certainty. ARPU is what
 * a period with a purchase brought in, so P · ARPU is the value expected of a period; RFM is an
 * index of mean 1. The last period is forecast from what came before it and compared with what
 * came, against the naive rule that a customer spends again what they spent in the period
 * before. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "store-error.h"
#include "store-rfm.h"
#include "store-simple-indices.h"
#include "store-wilson.h"

#define SEEN_BEFORE 2.0
#define DAYS_A_YEAR 365.25
#define MOST_PERIOD_DAYS 3660

/* What the periods say of a customer. */
typedef struct
{
  guint n_after;
  guint n_bought_after;
  guint n_bought;
  gboolean in_last;
  gboolean in_before;
  gboolean is_new;
  double value;
  double value_last;
} Periods;

static Periods
count_periods (StorePurchaseTable *table,
               guint               row,
               guint               period_days)
{
  gint32 until = store_purchase_table_get_columns (table)->until;
  Periods periods = { 0 };
  guint n;
  g_autofree StorePurchase *purchases = store_purchase_table_dup_purchases (table, row, &n);
  guint first = (until - purchases[0].day) / period_days;
  guint previous = G_MAXUINT;

  periods.n_after = first;
  periods.is_new = first == 0;
  for (guint i = 0; i < n; i++)
    {
      guint period = (until - purchases[i].day) / period_days;
      double value = store_purchase_table_to_major (table, purchases[i].value);

      periods.value += value;
      if (period == 0)
        periods.value_last += value;
      if (period == previous)
        continue;
      previous = period;
      periods.n_bought++;
      periods.n_bought_after += period != first;
      periods.in_last |= period == 0;
      periods.in_before |= period == 1;
    }
  return periods;
}

/* The share of all periods after the first ones in which somebody bought. */
static double
find_common_share (const Periods *periods,
                   guint          n)
{
  double bought = 0.0;
  double all = 0.0;

  for (guint row = 0; row < n; row++)
    {
      bought += periods[row].n_bought_after;
      all += periods[row].n_after;
    }
  return all > 0.0 ? bought / all : 0.0;
}

static double *
find_rfm_index (StorePurchaseTable *table)
{
  g_autoptr (StoreRfm) rfm = store_rfm_new (table, STORE_RFM_PURCHASES);
  guint n = store_purchase_table_get_n_rows (table);
  g_autofree double *scores = g_new (double, MAX (n, 1));

  for (guint row = 0; row < n; row++)
    scores[row] = rfm->r[row] + rfm->f[row] + rfm->m[row];
  return store_index_scale_to_mean (scores, n);
}

static StoreSimpleIndicesCustomer *
find_customers (StorePurchaseTable *table,
                const Periods      *periods)
{
  guint n = store_purchase_table_get_n_rows (table);
  StoreSimpleIndicesCustomer *customers = g_new0 (StoreSimpleIndicesCustomer, MAX (n, 1));
  g_autofree double *rfm = find_rfm_index (table);
  double common = find_common_share (periods, n);

  for (guint row = 0; row < n; row++)
    {
      StoreSimpleIndicesCustomer *customer = &customers[row];

      customer->p = (periods[row].n_bought_after + SEEN_BEFORE * common) /
                    (periods[row].n_after + SEEN_BEFORE);
      customer->arpu = periods[row].value / periods[row].n_bought;
      customer->rfm = rfm[row];
      customer->expected = customer->p * customer->arpu * customer->rfm;
    }
  return customers;
}

static Periods *
count_all_periods (StorePurchaseTable *table,
                   guint               period_days)
{
  guint n = store_purchase_table_get_n_rows (table);
  Periods *periods = g_new0 (Periods, MAX (n, 1));

  for (guint row = 0; row < n; row++)
    periods[row] = count_periods (table, row, period_days);
  return periods;
}

static void
value_customers (StoreSimpleIndices *self,
                 const Periods      *periods)
{
  guint n = store_purchase_table_get_n_rows (self->table);
  g_autofree double *money = g_new (double, MAX (n, 1));
  g_autofree double *ones = g_new (double, self->options.n_ahead);
  g_autofree StoreIndexShare *shares = g_new0 (StoreIndexShare, MAX (n, 1));
  double worth;

  for (guint i = 0; i < self->options.n_ahead; i++)
    ones[i] = 1.0;
  worth = store_index_discount (ones, self->options.n_ahead, self->period_rate,
                                self->options.timing);
  for (guint row = 0; row < n; row++)
    money[row] = periods[row].value;
  store_index_share_profit (money, n, shares);
  for (guint row = 0; row < n; row++)
    {
      StoreSimpleIndicesCustomer *customer = &self->customers[row];

      customer->clv = worth * customer->p * customer->arpu;
      customer->share = shares[row];
    }
}

static StoreSimpleIndexValue
find_share (double count,
            double of)
{
  StoreSimpleIndexValue value = { NAN, NAN, NAN };

  if (of <= 0.0 || count < 0.0)
    return value;
  value.value = count / of;
  store_wilson_interval (count, of, &value.low, &value.high);
  return value;
}

static StoreSimpleIndexValue
find_plain (double number)
{
  return (StoreSimpleIndexValue) { number, NAN, NAN };
}

/* Where nobody was asked, both counts are below 0. */
static double
get_answers (const StoreSimpleIndicesOptions *options)
{
  return options->pleased >= 0.0 && options->displeased >= 0.0
           ? options->pleased + options->displeased
           : 0.0;
}

static void
find_values (StoreSimpleIndices *self,
             guint               n_repeaters)
{
  guint n = store_purchase_table_get_n_rows (self->table);
  const StoreSimpleIndicesOptions *options = &self->options;
  guint lost = self->at_start - self->stayed;
  double a_year = DAYS_A_YEAR / options->period_days;
  StoreSimpleIndexValue *values = self->values;
  double churn;

  values[STORE_SIMPLE_INDEX_CHURN] = find_share (lost, self->at_start);
  values[STORE_SIMPLE_INDEX_RETENTION] = find_share (self->stayed, self->at_start);
  churn = values[STORE_SIMPLE_INDEX_CHURN].value;
  values[STORE_SIMPLE_INDEX_YEARLY_CHURN] = find_plain (-expm1 (a_year * log1p (-churn)));
  values[STORE_SIMPLE_INDEX_LIFETIME] = find_plain (store_index_get_lifetime (churn));
  values[STORE_SIMPLE_INDEX_LOYALTY] = find_share (n_repeaters, n);
  values[STORE_SIMPLE_INDEX_SATISFACTION] = find_share (options->pleased, get_answers (options));
  values[STORE_SIMPLE_INDEX_RESPONSE] = find_share (options->answered, options->asked);
  values[STORE_SIMPLE_INDEX_RELATION] =
    find_plain (get_answers (options) > 0.0
                  ? store_index_get_relation (options->pleased, options->displeased, self->stayed,
                                              lost, self->arrived)
                  : NAN);
}

static void
count_customers (StoreSimpleIndices *self,
                 const Periods      *periods)
{
  guint n = store_purchase_table_get_n_rows (self->table);
  guint n_repeaters = 0;

  for (guint row = 0; row < n; row++)
    {
      self->at_start += periods[row].in_before;
      self->stayed += periods[row].in_before && periods[row].in_last;
      self->arrived += periods[row].is_new;
      n_repeaters += store_purchase_table_get_columns (self->table)->purchases[row] > 1;
    }
  self->enough = self->at_start > 0;
  find_values (self, n_repeaters);
}

/* Forecasts the last period from what came before it. */
static void
check_last_period (StoreSimpleIndices *self,
                   const Periods      *now)
{
  gint32 until = store_purchase_table_get_columns (self->table)->until;
  g_autoptr (StorePurchaseTable) earlier =
    store_purchase_table_cut (self->table, until - (gint32) self->options.period_days);
  guint n = store_purchase_table_get_n_rows (earlier);
  g_autofree Periods *periods = count_all_periods (earlier, self->options.period_days);
  g_autofree StoreSimpleIndicesCustomer *customers = find_customers (earlier, periods);
  g_autofree double *numbers = g_new0 (double, 4 * (gsize) MAX (n, 1));
  double *actual = numbers;
  double *indexed = numbers + n;
  double *plain = indexed + n;
  double *naive = plain + n;

  for (guint row = 0; row < n; row++)
    {
      g_autofree char *id = store_purchase_table_dup_id (earlier, row);
      guint later;

      if (store_purchase_table_find (self->table, id, &later))
        actual[row] = now[later].value_last;
      indexed[row] = customers[row].expected;
      plain[row] = customers[row].p * customers[row].arpu;
      naive[row] = periods[row].value_last;
    }
  if (!store_index_get_errors (actual, indexed, n, &self->check.errors))
    return;
  self->check.n_customers = n;
  store_index_get_errors (actual, plain, n, &self->check.plain_errors);
  store_index_get_errors (actual, naive, n, &self->check.naive_errors);
}

static char **
find_notes (const StoreSimpleIndices *self)
{
  g_autoptr (GPtrArray) notes = g_ptr_array_new ();

  if (store_purchase_table_get_n_rows (self->table) == 0)
    g_ptr_array_add (notes, g_strdup (_("There are no orders up to that day. Add or import some, "
                                        "then ask again.")));
  else if (!self->enough)
    g_ptr_array_add (notes, g_strdup (_("Nobody bought in the period before the last, so churn and "
                                        "what follows from it are not known.")));
  if (get_answers (&self->options) <= 0.0)
    g_ptr_array_add (notes, g_strdup (_("Satisfaction is not known: say how many were pleased and "
                                        "how many complained.")));
  if (self->options.asked <= 0.0)
    g_ptr_array_add (notes, g_strdup (_("The response rate is not known: say how many you asked "
                                        "and how many answered.")));
  g_ptr_array_add (notes, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&notes), FALSE);
}

static gboolean
check_options (const StoreSimpleIndicesOptions  *options,
               GError                          **error)
{
  const char *wrong = NULL;

  if (options->period_days < 1 || options->period_days > MOST_PERIOD_DAYS)
    wrong = _("A period must have at least one day and at most ten years.");
  else if (options->n_ahead < 1 || options->n_ahead > MOST_PERIOD_DAYS)
    wrong = _("Look at least one period ahead, and not further than 3660.");
  else if (!(options->yearly_rate > -1.0) || !isfinite (options->yearly_rate))
    wrong = _("The rate must be above -100 %, for a year.");
  else if (options->answered > options->asked)
    wrong = _("More answered than were asked. Correct one of the two.");
  if (wrong == NULL)
    return TRUE;
  g_set_error_literal (error, STORE_ERROR, STORE_ERROR_INVALID, wrong);
  return FALSE;
}

/**
 * store_simple_indices_new:
 * @table: a finished table
 * @options: what to compute
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Computes the simple indices, in time by the number of purchases. Any thread.
 *
 * Returns: (transfer full): the indices, or %NULL with %STORE_ERROR_INVALID for options that cannot
 *   be or %STORE_ERROR_CANCELLED
 */
StoreSimpleIndices *
store_simple_indices_new (StorePurchaseTable               *table,
                          const StoreSimpleIndicesOptions  *options,
                          GCancellable                     *cancellable,
                          GError                          **error)
{
  g_autoptr (StoreSimpleIndices) self = NULL;
  g_autofree Periods *periods = NULL;

  g_return_val_if_fail (table != NULL && options != NULL, NULL);

  if (!check_options (options, error))
    return NULL;

  self = g_new0 (StoreSimpleIndices, 1);
  self->table = store_purchase_table_ref (table);
  self->options = *options;
  self->period_rate = expm1 (log1p (options->yearly_rate) * options->period_days / DAYS_A_YEAR);
  periods = count_all_periods (table, options->period_days);
  count_customers (self, periods);
  self->customers = find_customers (table, periods);
  value_customers (self, periods);
  if (g_cancellable_is_cancelled (cancellable))
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_CANCELLED, _("Stopped before the end."));
      return NULL;
    }
  check_last_period (self, periods);
  self->notes = find_notes (self);
  return g_steal_pointer (&self);
}

void
store_simple_indices_free (StoreSimpleIndices *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->table, store_purchase_table_unref);
  g_strfreev (self->notes);
  g_free (self->customers);
  g_free (self);
}
