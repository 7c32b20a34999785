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

/**
 * store_backtest_count_later:
 * @table: a finished table
 * @start: a day before its cut
 * @n: (out): how many customers there were by then
 *
 * Returns: (transfer full): for each customer of store_purchase_table_cut() at @start, in its order,
 *   the purchases after that day
 */
double *
store_backtest_count_later (const StorePurchaseTable *table,
                            gint32                    start,
                            guint                    *n)
{
  guint n_rows = store_purchase_table_get_n_rows (table);
  double *later = g_new (double, n_rows);

  *n = 0;
  for (guint row = 0; row < n_rows; row++)
    {
      guint n_purchases;
      g_autofree StorePurchase *purchases =
        store_purchase_table_dup_purchases (table, row, &n_purchases);
      guint after = 0;

      if (purchases[0].day > start)
        continue;
      while (purchases[n_purchases - 1 - after].day > start)
        after++;
      later[(*n)++] = after;
    }
  return later;
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
         StorePurchaseTable          *table,
         StorePurchaseTable          *before,
         const StorePurchasePatterns *patterns,
         double                       purchases_an_occasion)
{
  const StorePurchaseColumns *columns = store_purchase_table_get_columns (before);
  const double weeks = self->days / DAYS_A_WEEK;
  g_autofree double *of_pattern = g_new (double, patterns->n);
  g_autofree double *p_alive = g_new (double, patterns->n);
  g_autofree double *later = store_backtest_count_later (table, self->start, &self->n_customers);
  g_autofree double *predicted = g_new (double, self->n_customers);
  g_autofree double *naive = g_new (double, self->n_customers);

  store_purchase_model_expect_all (&self->model, patterns, 0, patterns->n, &weeks, 1, p_alive,
                                   of_pattern);
  for (guint row = 0; row < self->n_customers; row++)
    {
      double T = columns->until - columns->first_day[row];

      predicted[row] = purchases_an_occasion * of_pattern[patterns->row_pattern[row]];
      naive[row] = T > 0.0 ? self->days * (columns->purchases[row] - 1.0) / T : 0.0;
    }

  self->actual = add_up (later, self->n_customers);
  self->predicted = add_up (predicted, self->n_customers);
  self->naive_predicted = add_up (naive, self->n_customers);
  store_index_get_errors (later, predicted, self->n_customers, &self->errors);
  store_index_get_errors (later, naive, self->n_customers, &self->naive_errors);
  self->helps = self->errors.mae < self->naive_errors.mae;
}

static gboolean
check_days (guint    days,
            GError **error)
{
  if (days >= 1 && days <= 36500)
    return TRUE;
  g_set_error_literal (error, STORE_ERROR, STORE_ERROR_INVALID,
                       _("The days held back must be 1 to 36500."));
  return FALSE;
}

/**
 * store_backtest_new:
 * @table: a finished table
 * @options: which model
 * @days: how many of its last days to hold back
 * @min_repeaters: customers who must have come back before them
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Returns: (transfer full): how the forecast would have done, or %NULL with
 *   %STORE_ERROR_TOO_LITTLE_DATA, %STORE_ERROR_INVALID or %STORE_ERROR_CANCELLED
 */
StoreBacktest *
store_backtest_new (StorePurchaseTable              *table,
                    const StorePurchaseModelOptions *options,
                    guint                            days,
                    guint                            min_repeaters,
                    GCancellable                    *cancellable,
                    GError                         **error)
{
  g_autoptr (StoreBacktest) self = g_new0 (StoreBacktest, 1);
  g_autoptr (StorePurchaseTable) before = NULL;
  g_autoptr (StorePurchasePatterns) patterns = NULL;
  StorePurchaseModelOptions past = *options;

  if (!check_days (days, error))
    return NULL;

  self->days = days;
  self->start = store_purchase_table_get_columns (table)->until - (gint32) days;
  before = store_purchase_table_cut (table, self->start);
  patterns = store_purchase_model_find_patterns (options->kind, before, options->occasion_weeks);
  if (patterns->n_repeaters < MAX (min_repeaters, 1))
    {
      g_set_error (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA,
                   _("Before the last %u days, fewer than %u customers had bought more than once; "
                     "that is too few to tell what is usual."),
                   days, min_repeaters);
      return NULL;
    }
  if (store_purchase_model_needs_gaps (options->kind))
    past.sum_log_gaps = store_purchase_model_sum_log_gaps (before);
  if (!store_purchase_model_fit (&self->model, &past, patterns, cancellable, error))
    return NULL;
  compare (self, table, before, patterns,
           store_purchase_model_get_purchases_an_occasion (before, patterns));
  return g_steal_pointer (&self);
}

void
store_backtest_free (StoreBacktest *self)
{
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
 * store_backtest_dup_verdict:
 * @self: a result
 *
 * Returns: (transfer full): how the forecast did, beside the simple rule, a translated sentence
 */
char *
store_backtest_dup_verdict (const StoreBacktest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "On the last %u day, held back, the forecast was off by "
                                       "%.2f purchases for a customer; the simple rule “everybody "
                                       "goes on at their own rate” by %.2f.",
                                       "On the last %u days, held back, the forecast was off by "
                                       "%.2f purchases for a customer; the simple rule “everybody "
                                       "goes on at their own rate” by %.2f.",
                                       self->days),
                          self->days, self->errors.mae, self->naive_errors.mae);
}

/**
 * store_backtest_to_json:
 * @self: a result
 *
 * {"model", "calibrated_until", "held_back" (days), "n_customers", "actual", "forecast":
 * {"predicted", "mae", "rmse", "bias"}, "naive": the same for the rule "goes on at their own rate",
 * "helps", "words"}.
 *
 * Returns: (transfer full): a JSON object
 */
JsonNode *
store_backtest_to_json (const StoreBacktest *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *words = store_backtest_dup_verdict (self);

  json_builder_begin_object (builder);
  store_insight_json_add_text (builder, "model", store_purchase_model_get_name (self->model.kind));
  store_insight_json_add_day (builder, "calibrated_until", self->start);
  store_insight_json_add_count (builder, "held_back", self->days);
  store_insight_json_add_count (builder, "n_customers", self->n_customers);
  store_insight_json_add_number (builder, "actual", self->actual);
  add_errors (builder, "forecast", self->predicted, &self->errors);
  add_errors (builder, "naive", self->naive_predicted, &self->naive_errors);
  store_insight_json_add_truth (builder, "helps", self->helps);
  store_insight_json_add_text (builder, "words", words);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}
