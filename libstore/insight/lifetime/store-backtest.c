/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The last days are held back, the model is fitted to what was known before them, and its forecast
 * is compared with what came, beside a rule that needs no model: everybody goes on at the rate that
 * they had, their repeat purchases over their time as a customer. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "store-backtest.h"
#include "store-error.h"
#include "store-insight-json.h"

#define DAYS_A_WEEK 7.0

static void
count_later (StorePurchaseTable *before,
             StorePurchaseTable *all,
             double             *later)
{
  guint n = store_purchase_table_get_n_rows (before);

  for (guint row = 0; row < n; row++)
    {
      g_autofree char *id = store_purchase_table_dup_id (before, row);
      guint there;
      guint n_before;
      guint n_all;

      if (!store_purchase_table_find (all, id, &there))
        continue;
      store_purchase_table_get_purchases (before, row, &n_before);
      store_purchase_table_get_purchases (all, there, &n_all);
      later[row] = n_all - n_before;
    }
}

static double
add_up (const double *values,
        guint         n)
{
  double sum = 0.0;

  for (guint i = 0; i < n; i++)
    sum += values[i];
  return sum;
}

static void
compare (StoreBacktest               *self,
         StorePurchaseTable          *before,
         const StorePurchasePatterns *patterns)
{
  const double weeks = self->days / DAYS_A_WEEK;
  g_autofree double *of_pattern = g_new (double, patterns->n);
  g_autofree double *later = g_new0 (double, patterns->n_rows);
  g_autofree double *predicted = g_new (double, patterns->n_rows);
  g_autofree double *naive = g_new (double, patterns->n_rows);

  count_later (before, self->table, later);
  store_bgnbd_expect_all (&self->model, patterns, 0, patterns->n, &weeks, 1, of_pattern);
  for (guint row = 0; row < patterns->n_rows; row++)
    {
      guint i = patterns->row_pattern[row];

      predicted[row] = of_pattern[i];
      naive[row] = patterns->T[i] > 0.0 ? weeks * patterns->x[i] / patterns->T[i] : 0.0;
    }

  self->n_customers = patterns->n_rows;
  self->actual = add_up (later, patterns->n_rows);
  self->predicted = add_up (predicted, patterns->n_rows);
  self->naive_predicted = add_up (naive, patterns->n_rows);
  store_index_get_errors (later, predicted, patterns->n_rows, &self->errors);
  store_index_get_errors (later, naive, patterns->n_rows, &self->naive_errors);
  self->helps = self->errors.mae < self->naive_errors.mae;
}

/**
 * store_backtest_new:
 * @table: a finished table
 * @kind: which model
 * @days: how many of its last days to hold back
 * @min_repeaters: customers who must have come back before them
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Returns: (transfer full): how the forecast would have done, or %NULL with
 *   %STORE_ERROR_TOO_LITTLE_DATA, %STORE_ERROR_INVALID or %STORE_ERROR_CANCELLED
 */
StoreBacktest *
store_backtest_new (StorePurchaseTable  *table,
                    StoreBgnbdKind       kind,
                    guint                days,
                    guint                min_repeaters,
                    GCancellable        *cancellable,
                    GError             **error)
{
  g_autoptr (StoreBacktest) self = g_new0 (StoreBacktest, 1);
  g_autoptr (StorePurchaseTable) before = NULL;
  g_autoptr (StorePurchasePatterns) patterns = NULL;

  self->table = store_purchase_table_ref (table);
  self->days = days;
  if (days == 0 || days > 36500)
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_INVALID,
                           _("The days held back must be 1 to 36500."));
      return NULL;
    }

  self->start = store_purchase_table_get_columns (table)->until - (gint32) days;
  before = store_purchase_table_cut (table, self->start);
  patterns = store_purchase_patterns_new (before);
  if (patterns->n_repeaters < MAX (min_repeaters, 1))
    {
      g_set_error (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA,
                   _("Before the last %u days, fewer than %u customers had bought more than once; "
                     "that is too few to tell what is usual."),
                   days, min_repeaters);
      return NULL;
    }
  if (!store_bgnbd_fit (&self->model, kind, patterns, cancellable, error))
    return NULL;
  compare (self, before, patterns);
  return g_steal_pointer (&self);
}

void
store_backtest_free (StoreBacktest *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->table, store_purchase_table_unref);
  g_free (self);
}

static void
add_errors (JsonBuilder            *builder,
            const char             *name,
            double                  predicted,
            const StoreIndexErrors *errors)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  store_insight_json_add_number (builder, "predicted", predicted);
  store_insight_json_add_number (builder, "mae", errors->mae);
  store_insight_json_add_number (builder, "rmse", errors->rmse);
  store_insight_json_add_number (builder, "bias", errors->bias);
  json_builder_end_object (builder);
}

/**
 * store_backtest_to_json:
 * @self: a result
 *
 * {"model", "calibrated_until", "days", "n_customers", "actual", "forecast": {"predicted", "mae",
 * "rmse", "bias"}, "naive": the same for the rule "goes on at their own rate", "helps"}.
 *
 * Returns: (transfer full): a JSON object
 */
JsonNode *
store_backtest_to_json (const StoreBacktest *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  store_insight_json_add_text (builder, "model", store_bgnbd_get_name (self->model.kind));
  store_insight_json_add_day (builder, "calibrated_until", self->start);
  store_insight_json_add_count (builder, "days", self->days);
  store_insight_json_add_count (builder, "n_customers", self->n_customers);
  store_insight_json_add_number (builder, "actual", self->actual);
  add_errors (builder, "forecast", self->predicted, &self->errors);
  add_errors (builder, "naive", self->naive_predicted, &self->naive_errors);
  store_insight_json_add_truth (builder, "helps", self->helps);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}
