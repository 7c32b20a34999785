/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The course of an answer about lifetime value: is there enough to go by, the two fits, the scores
 * (`store-clv-scores.c`) with their intervals (`store-clv-interval.c`), and how a forecast of the
 * same kind would have done on held-back days. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "store-clv-private.h"
#include "store-error.h"
#include "store-occasions.h"

#define DAYS_A_WEEK 7.0
#define USUAL_OCCASION_DAYS 28

void
store_clv_free (StoreClv *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->table, store_purchase_table_unref);
  g_clear_pointer (&self->patterns, store_purchase_patterns_free);
  g_clear_pointer (&self->backtest, store_backtest_free);
  g_strfreev (self->notes);
  g_free (self->p_alive);
  g_free (self->expected);
  g_free (self->value);
  g_free (self->clv);
  g_free (self->low);
  g_free (self->high);
  g_free (self);
}

static char *
describe_too_few (const StoreClv *self)
{
  guint n = self->n_repeaters;

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "Only %u customer has bought more than once; with at least "
                                       "%u the models can say who will buy again.",
                                       "Only %u customers have bought more than once; with at "
                                       "least %u the models can say who will buy again.",
                                       n),
                          n, self->options.min_repeaters);
}

/* Days from one purchase to the next, over all customers who came back; 0 without any. */
static double
find_cycle_days (const StoreClv *self,
                 gint32         *first_day)
{
  const StorePurchaseColumns *columns = store_purchase_table_get_columns (self->table);
  double days = 0.0;
  double gaps = 0.0;

  *first_day = columns->until;
  for (guint row = 0; row < columns->n_rows; row++)
    {
      *first_day = MIN (*first_day, columns->first_day[row]);
      days += columns->last_day[row] - columns->first_day[row];
      gaps += columns->purchases[row] - 1.0;
    }
  return gaps > 0.0 ? days / gaps : 0.0;
}

static char *
describe_too_short (double cycle_days,
                    double span_days)
{
  return g_strdup_printf (_("Customers who come back do so every %.0f days, and the orders span %.0f "
                            "days; with at least three times as many days as that the models can "
                            "say who will buy again."),
                          cycle_days, span_days);
}

static double
get_occasion_weeks (const StoreClvOptions *options)
{
  guint days = options->occasion_days > 0 ? options->occasion_days : USUAL_OCCASION_DAYS;

  return days / DAYS_A_WEEK;
}

static gboolean
has_too_many_occasions (const StoreClv *self,
                        double          span_days)
{
  double most = get_occasion_weeks (&self->options) * DAYS_A_WEEK * STORE_OCCASIONS_MOST;

  return self->options.model == STORE_BGBB && span_days > most;
}

/* Fewer than 50 repeat buyers or three cycles: descriptive figures only. */
static gboolean
check_enough (StoreClv     *self,
              GStrvBuilder *notes)
{
  const StorePurchaseColumns *columns = store_purchase_table_get_columns (self->table);
  g_autofree char *reason = NULL;
  gint32 first_day;
  double cycle_days = find_cycle_days (self, &first_day);
  double span_days = columns->until - first_day;

  if (self->n_repeaters < MAX (self->options.min_repeaters, 1))
    reason = describe_too_few (self);
  else if (self->patterns->n_repeaters == 0)
    reason = g_strdup (_("All purchases of a customer fall into one occasion; shorter occasions "
                         "can tell them apart."));
  else if (has_too_many_occasions (self, span_days))
    reason = g_strdup (_("There are too many occasions in the time of these orders; count longer "
                         "ones."));
  else if (span_days < STORE_CLV_MIN_CYCLES * cycle_days)
    reason = describe_too_short (cycle_days, span_days);
  if (reason != NULL)
    g_strv_builder_add (notes, reason);
  return reason == NULL;
}

static gboolean
check_options (const StoreClvOptions *options,
               GError               **error)
{
  if (isfinite (options->horizon_days) && options->horizon_days > 0.0 &&
      options->horizon_days <= 36500.0 &&
      isfinite (options->discount) && options->discount >= 0.0 && options->discount <= 1.0 &&
      isfinite (options->margin) && fabs (options->margin) <= 1e6 &&
      options->model < STORE_PURCHASE_MODEL_KINDS && options->k <= STORE_PURCHASE_MODEL_MAX_K &&
      options->occasion_days <= 3650 && options->n_draws <= 10000)
    return TRUE;
  g_set_error_literal (error, STORE_ERROR, STORE_ERROR_INVALID,
                       _("The horizon must be 1 to 36500 days, the discount a month 0 to 1 and the "
                         "margin a number."));
  return FALSE;
}

static StorePurchaseModelOptions
get_model_options (const StoreClv *self)
{
  StorePurchaseModelOptions options = {
    .kind = self->options.model,
    .k = self->options.k,
    .occasion_weeks = get_occasion_weeks (&self->options),
    .known = self->options.known,
  };

  if (store_purchase_model_needs_gaps (options.kind))
    options.sum_log_gaps = store_purchase_model_sum_log_gaps (self->table);
  return options;
}

static gboolean
fit_models (StoreClv      *self,
            GStrvBuilder  *notes,
            GCancellable  *cancellable,
            GError       **error)
{
  StorePurchaseModelOptions options = get_model_options (self);
  g_autoptr (GError) no_spend = NULL;

  if (!store_purchase_model_fit (&self->model, &options, self->patterns, cancellable, error))
    return FALSE;
  self->has_spend = store_gamma_gamma_fit (&self->spend, self->table, &no_spend);
  if (!self->has_spend)
    g_strv_builder_add (notes, no_spend->message);
  return TRUE;
}

static void
describe_models (const StoreClv *self,
                 GStrvBuilder   *notes)
{
  const char *boundary = store_purchase_model_describe (&self->model);

  if (boundary != NULL)
    g_strv_builder_add (notes, boundary);
  if (self->has_spend && (self->spend.at_limit || self->spend.q <= 1.0))
    g_strv_builder_add (notes, _("The values of these purchases do not settle every parameter of "
                                 "the model; the expected values hold, the parameters say "
                                 "little."));
}

/**
 * store_clv_choose_period:
 * @self: a result
 *
 * Returns: how many days there are to look back to, to see what came: the horizon, but no more than
 *   the last third of the time that the orders span
 */
guint
store_clv_choose_period (const StoreClv *self)
{
  const StorePurchaseColumns *columns;
  gint32 first_day;

  g_return_val_if_fail (self != NULL, 1);

  columns = store_purchase_table_get_columns (self->table);
  first_day = columns->until;
  for (guint row = 0; row < columns->n_rows; row++)
    first_day = MIN (first_day, columns->first_day[row]);
  return (guint) MAX (1.0, MIN (self->options.horizon_days, (columns->until - first_day) / 3));
}

/* Too short a past to hold anything back is told, and no error; a table of figures alone has no past
 * to go back to. */
static gboolean
hold_back (StoreClv      *self,
           GStrvBuilder  *notes,
           GCancellable  *cancellable,
           GError       **error)
{
  StorePurchaseModelOptions options = get_model_options (self);
  guint days = self->options.hold_back_days;
  g_autoptr (GError) local = NULL;

  if (days == STORE_CLV_HOLD_BACK_USUAL)
    days = store_clv_choose_period (self);
  if (days == 0 || !store_purchase_table_has_purchases (self->table))
    return TRUE;
  options.known = NULL;
  self->backtest = store_backtest_new (self->table, &options, days, self->options.min_repeaters,
                                       cancellable, &local);
  if (g_error_matches (local, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA))
    g_strv_builder_add (notes, local->message);
  else if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return self->backtest != NULL || local != NULL;
}

static StoreClv *
allocate (StorePurchaseTable    *table,
          const StoreClvOptions *options)
{
  StoreClv *self = g_new0 (StoreClv, 1);
  const StorePurchaseColumns *columns = store_purchase_table_get_columns (table);
  guint n = columns->n_rows;

  self->table = store_purchase_table_ref (table);
  self->options = *options;
  self->patterns = store_purchase_model_find_patterns (options->model, table,
                                                       get_occasion_weeks (options));
  self->purchases_an_occasion = 1.0;
  if (options->model == STORE_BGBB)
    self->purchases_an_occasion = store_purchase_model_get_purchases_an_occasion (table,
                                                                                  self->patterns);
  for (guint row = 0; row < n; row++)
    self->n_repeaters += columns->purchases[row] > 1;
  self->p_alive = g_new0 (double, n);
  self->expected = g_new0 (double, n);
  self->value = g_new0 (double, n);
  self->clv = g_new0 (double, n);
  return self;
}

/**
 * store_clv_new:
 * @table: a finished table
 * @options: what to compute
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Fits the models to the table and scores each of its rows. Too little data is an answer with
 * @enough unset and the reason in the notes. Slow for large tables: call it on a worker thread.
 *
 * Returns: (transfer full): the result, or %NULL with %STORE_ERROR_INVALID or
 *   %STORE_ERROR_CANCELLED
 */
StoreClv *
store_clv_new (StorePurchaseTable    *table,
               const StoreClvOptions *options,
               GCancellable          *cancellable,
               GError               **error)
{
  g_autoptr (StoreClv) self = NULL;
  g_autoptr (GStrvBuilder) notes = g_strv_builder_new ();

  g_return_val_if_fail (table != NULL && options != NULL, NULL);

  if (!check_options (options, error))
    return NULL;
  g_return_val_if_fail (options->model != STORE_BGBB || store_purchase_table_has_purchases (table),
                        NULL);

  self = allocate (table, options);
  self->enough = check_enough (self, notes);
  if (self->enough)
    {
      if (!fit_models (self, notes, cancellable, error) ||
          !store_clv_score_rows (self, cancellable, error) ||
          !hold_back (self, notes, cancellable, error))
        return NULL;
      describe_models (self, notes);
    }
  self->options.known = NULL;
  self->notes = g_strv_builder_end (notes);
  return g_steal_pointer (&self);
}

/**
 * store_clv_new_with:
 * @table: a finished table
 * @options: what to compute; the model in it is not looked at
 * @model: a fitted model of purchases
 * @spend: (nullable): a fitted model of their value
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * As store_clv_new() with models that were fitted before, to this table or another: any number of
 * customers will do, and nothing is held back.
 *
 * Returns: (transfer full): as store_clv_new()
 */
StoreClv *
store_clv_new_with (StorePurchaseTable       *table,
                    const StoreClvOptions    *options,
                    const StorePurchaseModel *model,
                    const StoreGammaGamma    *spend,
                    GCancellable             *cancellable,
                    GError                  **error)
{
  g_autoptr (StoreClv) self = NULL;
  g_autoptr (GStrvBuilder) notes = g_strv_builder_new ();
  StoreClvOptions with = *options;

  g_return_val_if_fail (table != NULL && options != NULL && model != NULL, NULL);

  with.model = model->kind;
  with.k = model->k;
  with.occasion_days = (guint) MAX (lround (model->occasion_weeks * DAYS_A_WEEK), 1);
  with.hold_back_days = 0;
  if (!check_options (&with, error))
    return NULL;

  self = allocate (table, &with);
  self->enough = TRUE;
  self->model = *model;
  self->has_spend = spend != NULL;
  if (spend != NULL)
    self->spend = *spend;
  if (!store_clv_score_rows (self, cancellable, error))
    return NULL;
  describe_models (self, notes);
  self->notes = g_strv_builder_end (notes);
  return g_steal_pointer (&self);
}

/**
 * store_clv_get_shrinkage:
 * @self: a result with the value of purchases
 * @row: a row of its table
 *
 * Returns: how much of the expected value of the customer's purchases comes from the average of all
 *   customers, 0 (all their own) to 1 (nothing known of them)
 */
double
store_clv_get_shrinkage (const StoreClv *self,
                         guint           row)
{
  double x;
  double mean;

  g_return_val_if_fail (self != NULL && row < self->patterns->n_rows, 1.0);

  x = store_purchase_table_get_columns (self->table)->purchases[row] - 1.0;
  mean = store_gamma_gamma_get_mean_of (self->table, row);
  return store_gamma_gamma_get_share (&self->spend, mean > 0.0 ? x : 0.0);
}

/**
 * store_clv_count_lost:
 * @self: a result with enough data
 *
 * Who is no longer a customer is never told where there is no contract; but how many there are is
 * estimated well, as the sum of 1 - P(alive).
 *
 * Returns: the expected number of customers who have left
 */
double
store_clv_count_lost (const StoreClv *self)
{
  double sum = 0.0;

  g_return_val_if_fail (self != NULL, 0.0);

  for (guint row = 0; row < self->patterns->n_rows && self->enough; row++)
    sum += 1.0 - self->p_alive[row];
  return sum;
}
