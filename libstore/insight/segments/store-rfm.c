/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Quintiles are taken of the values, with linear interpolation between neighbours (type 7 of
 * Hyndman and Fan, 1996), and a score is one more than the number of limits that the value
 * exceeds: equal values get equal scores, whatever the order of the rows. So a fifth of the
 * customers in each score is not promised; where most bought once, most have frequency 1.
 *
 * The cells divide the grid of recency against the mean of frequency and money. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "store-auc.h"
#include "store-rfm.h"

#define CHECK_DAYS 90
#define FEWEST_CHECK_DAYS 7

static const struct
{
  const char *name;
  const char *label;
} cells[STORE_RFM_N_CELLS] = {
  [STORE_RFM_CHAMPIONS] = { "champions", N_("Champions") },
  [STORE_RFM_LOYAL] = { "loyal", N_("Loyal customers") },
  [STORE_RFM_POTENTIAL] = { "potential", N_("Potential regulars") },
  [STORE_RFM_NEW] = { "new", N_("New customers") },
  [STORE_RFM_PROMISING] = { "promising", N_("Promising") },
  [STORE_RFM_ATTENTION] = { "attention", N_("Need attention") },
  [STORE_RFM_FADING] = { "fading", N_("About to fade") },
  [STORE_RFM_AT_RISK] = { "at-risk", N_("At risk") },
  [STORE_RFM_CANNOT_LOSE] = { "cannot-lose", N_("Not to be lost") },
  [STORE_RFM_HIBERNATING] = { "hibernating", N_("Hibernating") },
  [STORE_RFM_LOST] = { "lost", N_("Lost") },
};

/* By recency 1 to 5 downwards, by the mean of frequency and money 1 to 5 across. */
static const StoreRfmCell grid[5][5] = {
  { STORE_RFM_LOST, STORE_RFM_LOST, STORE_RFM_HIBERNATING, STORE_RFM_AT_RISK,
    STORE_RFM_CANNOT_LOSE },
  { STORE_RFM_HIBERNATING, STORE_RFM_HIBERNATING, STORE_RFM_AT_RISK, STORE_RFM_AT_RISK,
    STORE_RFM_CANNOT_LOSE },
  { STORE_RFM_FADING, STORE_RFM_FADING, STORE_RFM_ATTENTION, STORE_RFM_LOYAL, STORE_RFM_LOYAL },
  { STORE_RFM_PROMISING, STORE_RFM_POTENTIAL, STORE_RFM_POTENTIAL, STORE_RFM_LOYAL,
    STORE_RFM_CHAMPIONS },
  { STORE_RFM_NEW, STORE_RFM_POTENTIAL, STORE_RFM_POTENTIAL, STORE_RFM_CHAMPIONS,
    STORE_RFM_CHAMPIONS },
};

/**
 * store_rfm_get_recency:
 * @self: a result
 * @row: a row of its table
 *
 * Returns: days from the last purchase to the cut
 */
double
store_rfm_get_recency (const StoreRfm *self,
                       guint           row)
{
  const StorePurchaseColumns *columns = store_purchase_table_get_columns (self->table);

  return columns->until - columns->last_day[row];
}

/**
 * store_rfm_get_frequency:
 * @self: a result
 * @row: a row of its table
 *
 * Returns: the number of purchases or orders
 */
double
store_rfm_get_frequency (const StoreRfm *self,
                         guint           row)
{
  const StorePurchaseColumns *columns = store_purchase_table_get_columns (self->table);

  return self->frequency == STORE_RFM_ORDERS ? columns->orders[row] : columns->purchases[row];
}

/**
 * store_rfm_get_money:
 * @self: a result
 * @row: a row of its table
 *
 * Returns: the sum of all orders, in the currency's own unit
 */
double
store_rfm_get_money (const StoreRfm *self,
                     guint           row)
{
  const StorePurchaseColumns *columns = store_purchase_table_get_columns (self->table);

  return store_purchase_table_to_major (self->table, columns->value[row]);
}

static int
compare_values (gconstpointer a,
                gconstpointer b)
{
  double left = *(const double *) a;
  double right = *(const double *) b;

  return (left > right) - (left < right);
}

static void
find_limits (const StoreRfm *self,
             double        (*get) (const StoreRfm *self, guint row),
             double         *limits)
{
  guint n = store_purchase_table_get_n_rows (self->table);
  g_autofree double *values = g_new (double, n);

  for (guint row = 0; row < n; row++)
    values[row] = get (self, row);
  qsort (values, n, sizeof (double), compare_values);
  for (guint i = 0; i < 4; i++)
    {
      double at = (n - 1) * (i + 1) / 5.0;
      guint below = (guint) at;
      guint above = MIN (below + 1, n - 1);

      limits[i] = values[below] + (at - below) * (values[above] - values[below]);
    }
}

static guint
count_exceeded (double        value,
                const double *limits)
{
  guint count = 0;

  for (guint i = 0; i < 4; i++)
    count += value > limits[i];
  return count;
}

static void
score_row (StoreRfm *self,
           guint     row)
{
  guint both;

  self->r[row] = 5 - count_exceeded (store_rfm_get_recency (self, row), self->recency_limits);
  self->f[row] = 1 + count_exceeded (store_rfm_get_frequency (self, row), self->frequency_limits);
  self->m[row] = 1 + count_exceeded (store_rfm_get_money (self, row), self->money_limits);

  both = (self->f[row] + self->m[row] + 1) / 2;
  self->cell[row] = grid[self->r[row] - 1][both - 1];
  self->cell_sizes[self->cell[row]]++;
  self->cell_values[self->cell[row]] += store_rfm_get_money (self, row);
}

static StoreRfm *
allocate (StorePurchaseTable *table,
          StoreRfmFrequency   frequency)
{
  guint n = store_purchase_table_get_n_rows (table);
  StoreRfm *self = g_new0 (StoreRfm, 1);

  self->table = store_purchase_table_ref (table);
  self->frequency = frequency;
  self->r = g_new0 (guint8, n);
  self->f = g_new0 (guint8, n);
  self->m = g_new0 (guint8, n);
  self->cell = g_new0 (guint8, n);
  return self;
}

/**
 * store_rfm_new:
 * @table: a finished table
 * @frequency: what the frequency counts
 *
 * Returns: (transfer full): the scores of all customers of the table
 */
StoreRfm *
store_rfm_new (StorePurchaseTable *table,
               StoreRfmFrequency   frequency)
{
  guint n = store_purchase_table_get_n_rows (table);
  StoreRfm *self;

  g_return_val_if_fail (table != NULL, NULL);

  self = allocate (table, frequency);
  if (n == 0)
    return self;

  find_limits (self, store_rfm_get_recency, self->recency_limits);
  find_limits (self, store_rfm_get_frequency, self->frequency_limits);
  find_limits (self, store_rfm_get_money, self->money_limits);
  for (guint row = 0; row < n; row++)
    score_row (self, row);
  return self;
}

/**
 * store_rfm_new_by_limits:
 * @table: a finished table
 * @frequency: what the frequency counts
 * @limits: of other customers
 *
 * Returns: (transfer full): the scores of the customers of @table among those of the limits
 */
StoreRfm *
store_rfm_new_by_limits (StorePurchaseTable   *table,
                         StoreRfmFrequency     frequency,
                         const StoreRfmLimits *limits)
{
  StoreRfm *self;

  g_return_val_if_fail (table != NULL && limits != NULL, NULL);

  self = allocate (table, frequency);
  memcpy (self->recency_limits, limits->recency, sizeof limits->recency);
  memcpy (self->frequency_limits, limits->frequency, sizeof limits->frequency);
  memcpy (self->money_limits, limits->money, sizeof limits->money);
  for (guint row = 0; row < store_purchase_table_get_n_rows (table); row++)
    score_row (self, row);
  return self;
}

/* A quarter of the time that the table spans, at most. */
static guint
find_check_days (const StorePurchaseColumns *columns)
{
  gint32 first = columns->until;
  guint days;

  for (guint row = 0; row < columns->n_rows; row++)
    first = MIN (first, columns->first_day[row]);
  days = MIN ((guint) (columns->until - first) / 4, CHECK_DAYS);
  return days >= FEWEST_CHECK_DAYS ? days : 0;
}

static gboolean
bought_since (StorePurchaseTable *table,
              const char         *id,
              gint32              day)
{
  guint row;

  return store_purchase_table_find (table, id, &row) &&
         store_purchase_table_get_columns (table)->last_day[row] > day;
}

/**
 * store_rfm_check:
 * @self: a result
 * @check: (out): how well such scores tell who buys again
 *
 * Scores everybody by what came before the last days, and looks who bought in those.
 */
void
store_rfm_check (const StoreRfm *self,
                 StoreRfmCheck  *check)
{
  const StorePurchaseColumns *columns = store_purchase_table_get_columns (self->table);
  guint days = find_check_days (columns);
  gint32 cut = columns->until - (gint32) days;
  g_autoptr (StorePurchaseTable) before = NULL;
  g_autoptr (StoreRfm) past = NULL;
  g_autofree double *scores = NULL;
  g_autofree double *recency = NULL;
  g_autofree gboolean *outcomes = NULL;
  guint n;

  *check = (StoreRfmCheck) { 0, 0, NAN, NAN };
  if (days == 0)
    return;

  before = store_purchase_table_cut (self->table, cut);
  past = store_rfm_new (before, self->frequency);
  n = store_purchase_table_get_n_rows (before);
  scores = g_new (double, MAX (n, 1));
  recency = g_new (double, MAX (n, 1));
  outcomes = g_new (gboolean, MAX (n, 1));
  for (guint row = 0; row < n; row++)
    {
      g_autofree char *id = store_purchase_table_dup_id (before, row);

      scores[row] = past->r[row] + past->f[row] + past->m[row];
      recency[row] = -store_rfm_get_recency (past, row);
      outcomes[row] = bought_since (self->table, id, cut);
    }
  *check = (StoreRfmCheck) {
    days, n, store_auc_get (scores, outcomes, n), store_auc_get (recency, outcomes, n),
  };
}

void
store_rfm_free (StoreRfm *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->table, store_purchase_table_unref);
  g_free (self->r);
  g_free (self->f);
  g_free (self->m);
  g_free (self->cell);
  g_free (self);
}

/**
 * store_rfm_cell_get_name:
 * @cell: a cell
 *
 * Returns: (transfer none): its name in JSON and on the command line
 */
const char *
store_rfm_cell_get_name (StoreRfmCell cell)
{
  g_return_val_if_fail (cell < STORE_RFM_N_CELLS, NULL);

  return cells[cell].name;
}

/**
 * store_rfm_cell_get_label:
 * @cell: a cell
 *
 * Returns: (transfer none): its name for the person
 */
const char *
store_rfm_cell_get_label (StoreRfmCell cell)
{
  g_return_val_if_fail (cell < STORE_RFM_N_CELLS, NULL);

  return _(cells[cell].label);
}
