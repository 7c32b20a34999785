/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who fell silent? The purchases of the last weeks are compared with the customer's own predictive
 * distribution from the time before (the NBD model of the rates). Because every customer is
 * tested, the p-values are adjusted after Benjamini and Hochberg (1995): of the alarms, about a
 * tenth may be false, however many customers there are. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "store-drops.h"
#include "store-error.h"
#include "store-insight-json.h"

#define DAYS_A_WEEK 7.0

static gboolean
find_model (StoreDrops  *self,
            gint32       start,
            GError     **error)
{
  g_autoptr (StorePurchaseTable) before = NULL;
  g_autoptr (StorePurchasePatterns) patterns = NULL;

  if (self->options.model != NULL)
    {
      self->model = *self->options.model;
      return TRUE;
    }
  before = store_purchase_table_cut (self->table, start);
  patterns = store_purchase_patterns_new (before);
  if (patterns->n_repeaters < self->options.min_repeaters)
    {
      g_set_error (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA,
                   _("Before the last %u days, fewer than %u customers had bought more than once; "
                     "that is too few to tell what is usual."),
                   self->options.window_days, self->options.min_repeaters);
      return FALSE;
    }
  return store_purchase_model_fit_kind (&self->model, STORE_NBD, patterns, NULL, error);
}

static void
add_customer (StoreDrops *self,
              guint       row,
              gint32      start)
{
  guint n;
  g_autofree StorePurchase *purchases = store_purchase_table_dup_purchases (self->table, row, &n);
  double weeks = self->options.window_days / DAYS_A_WEEK;
  StoreDrop drop = { .row = row, .purchases = n };

  if (purchases[0].day > start)
    return;
  while (drop.purchases > 0 && purchases[n - drop.purchases].day <= start)
    drop.purchases--;
  drop.x = n - drop.purchases - 1.0;
  drop.T = (start - purchases[0].day) / DAYS_A_WEEK;
  drop.expected = store_purchase_model_get_expected (&self->model, drop.x, 0.0, drop.T, weeks);
  drop.p_value = store_nbd_get_p_at_most (&self->model, drop.x, drop.T, weeks, drop.purchases);
  g_array_append_val (self->drops, drop);
}

static int
compare_drops (gconstpointer a,
               gconstpointer b)
{
  const StoreDrop *left = a;
  const StoreDrop *right = b;

  if (left->p_value != right->p_value)
    return left->p_value < right->p_value ? -1 : 1;
  return (left->row > right->row) - (left->row < right->row);
}

static void
adjust (StoreDrops *self)
{
  double least = 1.0;

  g_array_sort (self->drops, compare_drops);
  for (guint i = self->drops->len; i-- > 0;)
    {
      StoreDrop *drop = &g_array_index (self->drops, StoreDrop, i);

      least = MIN (least, drop->p_value * self->drops->len / (i + 1.0));
      drop->p_adjusted = least;
      drop->alarm = least <= self->options.false_alarms;
      self->n_alarms += drop->alarm;
    }
}

/**
 * store_drops_new:
 * @table: a finished table
 * @options: what to compare
 * @error: return location
 *
 * Returns: (transfer full): the customers by how unusual their silence is, or %NULL with
 *   %STORE_ERROR_TOO_LITTLE_DATA or %STORE_ERROR_INVALID (impossible window or share)
 */
StoreDrops *
store_drops_new (StorePurchaseTable       *table,
                 const StoreDropsOptions  *options,
                 GError                  **error)
{
  const StorePurchaseColumns *columns = store_purchase_table_get_columns (table);
  g_autoptr (StoreDrops) self = g_new0 (StoreDrops, 1);
  gint32 start;

  self->table = store_purchase_table_ref (table);
  self->options = *options;
  self->drops = g_array_new (FALSE, FALSE, sizeof (StoreDrop));
  if (options->window_days == 0 || options->window_days > 36500 ||
      !(options->false_alarms > 0.0 && options->false_alarms < 1.0))
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_INVALID,
                           _("The window must be 1 to 36500 days and the share of false alarms "
                             "between 0 and 1."));
      return NULL;
    }

  start = columns->until - (gint32) options->window_days;
  if (!find_model (self, start, error))
    return NULL;
  for (guint row = 0; row < columns->n_rows; row++)
    add_customer (self, row, start);
  adjust (self);
  return g_steal_pointer (&self);
}

void
store_drops_free (StoreDrops *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->table, store_purchase_table_unref);
  g_array_unref (self->drops);
  g_free (self);
}

const StoreDrop *
store_drops_get (const StoreDrops *self,
                 guint             which)
{
  return &g_array_index (self->drops, StoreDrop, which);
}

static void
add_drop (JsonBuilder      *builder,
          const StoreDrops *self,
          const StoreDrop  *drop)
{
  json_builder_begin_object (builder);
  store_insight_json_add_id (builder, self->table, drop->row);
  store_insight_json_add_count (builder, "purchases", drop->purchases);
  store_insight_json_add_number (builder, "expected", drop->expected);
  store_insight_json_add_number (builder, "p_value", drop->p_value);
  store_insight_json_add_number (builder, "p_adjusted", drop->p_adjusted);
  store_insight_json_add_truth (builder, "alarm", drop->alarm);
  json_builder_end_object (builder);
}

/**
 * store_drops_to_json:
 * @self: a result
 *
 * {"analysis": "drops", "until", "window_days", "false_alarms", "parameters": {"r", "alpha"
 * (weeks)}, "n_customers", "n_alarms", "customers": [{"id", "purchases" (in the window),
 * "expected", "p_value", "p_adjusted", "alarm"}]}, most unusual first.
 *
 * Returns: (transfer full): a JSON object
 */
JsonNode *
store_drops_to_json (const StoreDrops *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  store_insight_json_add_text (builder, "analysis", "drops");
  store_insight_json_add_day (builder, "until",
                              store_purchase_table_get_columns (self->table)->until);
  store_insight_json_add_count (builder, "window_days", self->options.window_days);
  store_insight_json_add_number (builder, "false_alarms", self->options.false_alarms);
  json_builder_set_member_name (builder, "parameters");
  json_builder_begin_object (builder);
  store_insight_json_add_number (builder, "r", self->model.parameters[0]);
  store_insight_json_add_number (builder, "alpha", self->model.parameters[1]);
  json_builder_end_object (builder);
  store_insight_json_add_count (builder, "n_customers", self->drops->len);
  store_insight_json_add_count (builder, "n_alarms", self->n_alarms);
  json_builder_set_member_name (builder, "customers");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->drops->len; i++)
    add_drop (builder, self, store_drops_get (self, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}
