/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Learning from a store's own past: customers are looked at one window of days before the cut, when
 * what they did in that window is known, and the methods are tried by looking two windows back and
 * foretelling the last. The winner is then asked about today. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "store-churn.h"
#include "store-error.h"
#include "store-insight-json.h"
#include "store-model-body.h"

#define VERSION 2
#define LEAST_EARLIER 50

static StoreOutcomesOptions
get_outcomes_options (const StoreChurn *self)
{
  StoreOutcomesOptions options = STORE_OUTCOMES_OPTIONS_INIT;

  options.analysis = "churn";
  options.until = store_purchase_table_get_columns (self->table)->until;
  options.method = self->options.method;
  options.seed = self->options.seed;
  options.naive = "place";
  options.leave_out = store_churn_get_only_told ();
  options.describe = store_churn_describe;
  options.get_theme = store_churn_get_theme;
  options.yes_outcome = _("stayed away");
  options.no_outcome = _("bought again");
  options.progress = self->options.progress;
  options.progress_data = self->options.progress_data;
  return options;
}

static gboolean
check (StorePurchaseTable       *table,
       const StoreChurnOptions  *options,
       GError                  **error)
{
  if (options->window_days > 3650)
    g_set_error_literal (error, STORE_ERROR, STORE_ERROR_INVALID,
                         _("The window must be 1 to 3650 days."));
  else if (!store_purchase_table_has_purchases (table))
    g_set_error_literal (error, STORE_ERROR, STORE_ERROR_INVALID,
                         _("Churn needs the single orders, not their sums."));
  else
    return TRUE;
  return FALSE;
}

/* The definition by a model of buying, and churn by month, stand beside the window's. What has too
 * little data is left unsaid. */
static gboolean
add_other_definitions (StoreChurn    *self,
                       GCancellable  *cancellable,
                       GError       **error)
{
  StoreClvOptions options = STORE_CLV_OPTIONS_INIT;
  g_autoptr (StoreClv) clv = NULL;

  options.n_draws = 0;
  options.hold_back_days = 0;
  clv = store_clv_new (self->table, &options, cancellable, error);
  if (clv == NULL)
    return FALSE;
  if (clv->enough)
    {
      self->n_lost = store_clv_count_lost (clv);
      self->p_alive = g_steal_pointer (&clv->p_alive);
    }
  self->cohorts = store_cohorts_new (self->table, NULL);
  return TRUE;
}

static StoreChurn *
alloc_churn (StorePurchaseTable      *table,
             const StoreChurnOptions *options)
{
  StoreChurn *self = g_new0 (StoreChurn, 1);

  self->table = store_purchase_table_ref (table);
  self->options = *options;
  self->window_days = store_churn_find_window (table, &self->share_within);
  if (options->window_days > 0)
    {
      self->window_days = options->window_days;
      self->share_within = NAN;
    }
  self->n_lost = NAN;
  return self;
}

static gboolean
learn (StoreChurn    *self,
       GCancellable  *cancellable,
       GError       **error)
{
  StoreOutcomesOptions options = get_outcomes_options (self);
  guint w = self->window_days;
  g_autoptr (StoreRows) learnt =
    store_churn_rows_new (self->table, self->learnt_until, w, w);
  g_autoptr (StoreRows) earlier =
    store_churn_rows_new (self->table, self->learnt_until - (gint32) w, w, w);
  g_autoptr (StoreRows) now = store_churn_rows_new (self->table, options.until, w, 0);
  gboolean has_earlier = store_rows_get_n (earlier) >= LEAST_EARLIER;

  self->outcomes = store_outcomes_new (learnt, has_earlier ? earlier : NULL, now, &options,
                                       cancellable, error);
  return self->outcomes != NULL;
}

/**
 * store_churn_new:
 * @table: a finished table with its single purchases
 * @options: what to compute
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Too little data is an answer. Slow: call it on a worker thread.
 *
 * Returns: (transfer full): the result, or %NULL with %STORE_ERROR_INVALID or
 *   %G_IO_ERROR_CANCELLED
 */
StoreChurn *
store_churn_new (StorePurchaseTable       *table,
                 const StoreChurnOptions  *options,
                 GCancellable             *cancellable,
                 GError                  **error)
{
  g_autoptr (StoreChurn) self = NULL;

  g_return_val_if_fail (table != NULL && options != NULL, NULL);

  if (!check (table, options, error))
    return NULL;
  self = alloc_churn (table, options);
  self->learnt_until =
    store_purchase_table_get_columns (table)->until - (gint32) self->window_days;
  if (!learn (self, cancellable, error) || !add_other_definitions (self, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * store_churn_is_model:
 * @model: of the analysis "churn"
 *
 * Returns: whether it was learnt from purchases, not from rows of a table
 */
gboolean
store_churn_is_model (StoreModel *model)
{
  return json_object_has_member (store_model_get_body (model), "window_days");
}

/**
 * store_churn_new_from_model:
 * @model: from store_churn_to_model(), or of a file
 * @table: a finished table with its single purchases
 * @options: the window is that of the model
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Returns: (transfer full): the scores of other customers, or %NULL with %STORE_ERROR_DAMAGED,
 *   %STORE_ERROR_INVALID, %STORE_ERROR_NOT_FOUND or %G_IO_ERROR_CANCELLED
 */
StoreChurn *
store_churn_new_from_model (StoreModel               *model,
                            StorePurchaseTable       *table,
                            const StoreChurnOptions  *options,
                            GCancellable             *cancellable,
                            GError                  **error)
{
  g_autoptr (StoreChurn) self = NULL;
  g_autoptr (StoreRows) now = NULL;
  JsonObject *outcomes;
  gint64 window;
  gint64 until;

  if (!check (table, options, error) ||
      !store_model_check (model, "churn", VERSION, error) ||
      !store_model_body_read_count (store_model_get_body (model), "window_days", 1, 3650, &window,
                                    error) ||
      !store_model_body_read_count (store_model_get_body (model), "learnt_until", G_MININT32,
                                    G_MAXINT32, &until, error) ||
      !store_model_body_read_object (store_model_get_body (model), "outcomes", &outcomes, error))
    return NULL;
  self = alloc_churn (table, options);
  self->window_days = (guint) window;
  self->share_within = NAN;
  self->learnt_until = (gint32) until;

  StoreOutcomesOptions with = get_outcomes_options (self);

  now = store_churn_rows_new (table, with.until, self->window_days, 0);
  self->outcomes = store_outcomes_read (outcomes, now, &with, cancellable, error);
  if (self->outcomes == NULL || !add_other_definitions (self, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * store_churn_to_model:
 * @self: a result that was learnt, with enough data
 *
 * Returns: (transfer full): the model, to be kept
 */
StoreModel *
store_churn_to_model (const StoreChurn *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *fingerprint = NULL;
  StoreModelHead head = { "churn", self->outcomes->method, VERSION };

  g_return_val_if_fail (self->outcomes->enough && self->outcomes->learnt != NULL, NULL);

  fingerprint = store_outcomes_fingerprint (self->outcomes);
  head.until = self->outcomes->options.until;
  head.fingerprint = fingerprint;
  head.n_rows = self->outcomes->n_known;
  json_builder_begin_object (builder);
  store_insight_json_add_count (builder, "window_days", self->window_days);
  store_insight_json_add_count (builder, "learnt_until", self->learnt_until);
  json_builder_set_member_name (builder, "outcomes");
  json_builder_begin_object (builder);
  store_outcomes_write (self->outcomes, builder);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  return store_model_new (&head, json_builder_get_root (builder));
}

void
store_churn_free (StoreChurn *self)
{
  if (self == NULL)
    return;
  store_purchase_table_unref (self->table);
  store_outcomes_free (self->outcomes);
  g_free (self->p_alive);
  store_cohorts_free (self->cohorts);
  g_free (self);
}

/**
 * store_churn_dup_reason:
 * @self: a result
 * @row: a row of its table
 *
 * Returns: (transfer full): why the customer is likely to stay away, in translated sentences
 */
char *
store_churn_dup_reason (const StoreChurn *self,
                        guint             row)
{
  g_return_val_if_fail (self != NULL, NULL);

  return store_outcomes_dup_reason (self->outcomes, row);
}

/**
 * store_churn_find_nearest:
 * @self: a result
 * @row: a row of its table
 *
 * Returns: (transfer full): as store_outcomes_find_nearest(): the three customers who stood most
 *   like this one at the end of @learnt_until, and what they did then
 */
JsonNode *
store_churn_find_nearest (const StoreChurn *self,
                          guint             row)
{
  g_return_val_if_fail (self != NULL, NULL);

  return store_outcomes_find_nearest (self->outcomes, row);
}
