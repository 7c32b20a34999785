/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who fell silent? The purchases of the last weeks are compared with the customer's own predictive
 * distribution from the time before (the NBD model of the rates). Because every customer is
 * tested, the p-values are adjusted after Benjamini and Hochberg (1995): of the alarms, about a
 * tenth may be false, however many customers there are.
 *
 * To see what an alarm is worth, the same is done a window earlier, and who was an alarm then should
 * have stayed silent in the window that followed; a rule that needs no model, silent for twice as
 * long as usual, stands beside it. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "store-backtest.h"
#include "store-drops.h"
#include "store-error.h"
#include "store-nbd.h"

#define DAYS_A_WEEK 7.0

/* FALSE without an error where there were too few customers before the window. */
static gboolean
find_model (StoreDrops    *self,
            gint32         start,
            GCancellable  *cancellable,
            GError       **error)
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
  if (patterns->n_repeaters < MAX (self->options.min_repeaters, 1))
    return FALSE;
  return store_purchase_model_fit_kind (&self->model, STORE_NBD, patterns, cancellable, error);
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

static gboolean
check_options (const StoreDropsOptions  *options,
               GError                  **error)
{
  if (options->window_days >= 1 && options->window_days <= 36500 &&
      options->false_alarms > 0.0 && options->false_alarms < 1.0)
    return TRUE;
  g_set_error_literal (error, STORE_ERROR, STORE_ERROR_INVALID,
                       _("The window must be 1 to 36500 days and the share of false alarms "
                         "between 0 and 1."));
  return FALSE;
}

static StoreDrops *
judge (StorePurchaseTable       *table,
       const StoreDropsOptions  *options,
       GCancellable             *cancellable,
       GError                  **error)
{
  const StorePurchaseColumns *columns = store_purchase_table_get_columns (table);
  g_autoptr (StoreDrops) self = g_new0 (StoreDrops, 1);
  gint32 start = columns->until - (gint32) options->window_days;
  g_autoptr (GError) local = NULL;

  self->table = store_purchase_table_ref (table);
  self->options = *options;
  self->drops = g_array_new (FALSE, FALSE, sizeof (StoreDrop));
  self->enough = find_model (self, start, cancellable, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  for (guint row = 0; row < columns->n_rows && self->enough; row++)
    add_customer (self, row, start);
  adjust (self);
  return g_steal_pointer (&self);
}

/* Whether a customer of @past is silent for twice the mean of their gaps. */
static gboolean
is_long_silent (StorePurchaseTable *past,
                guint               row)
{
  const StorePurchaseColumns *columns = store_purchase_table_get_columns (past);
  double span = columns->last_day[row] - columns->first_day[row];

  return columns->purchases[row] > 1 &&
         columns->until - columns->last_day[row] > 2.0 * span / (columns->purchases[row] - 1.0);
}

static gboolean
validate (StoreDrops    *self,
          GCancellable  *cancellable,
          GError       **error)
{
  gint32 cut = store_purchase_table_get_columns (self->table)->until -
               (gint32) self->options.window_days;
  g_autoptr (StorePurchaseTable) past = store_purchase_table_cut (self->table, cut);
  g_autofree double *later = NULL;
  g_autoptr (StoreDrops) then = NULL;
  StoreDropsOptions options = self->options;
  guint n;

  options.model = NULL;
  then = judge (past, &options, cancellable, error);
  if (then == NULL)
    return FALSE;
  self->validation.done = then->enough;
  if (!then->enough)
    return TRUE;

  later = store_backtest_count_later (self->table, cut, &n);
  for (guint i = 0; i < then->drops->len; i++)
    {
      const StoreDrop *drop = store_drops_get (then, i);
      gboolean naive = is_long_silent (past, drop->row);
      gboolean silent = later[drop->row] == 0.0;

      self->validation.n_alarms += drop->alarm;
      self->validation.n_silent += drop->alarm && silent;
      self->validation.n_naive += naive;
      self->validation.n_naive_silent += naive && silent;
    }
  return TRUE;
}

static char **
describe (const StoreDrops *self)
{
  g_autoptr (GStrvBuilder) notes = g_strv_builder_new ();
  g_autofree char *note = NULL;

  if (!self->enough)
    note = g_strdup_printf (_("Before the last %u days, fewer than %u customers had bought more "
                              "than once; that is too few to tell what is usual."),
                            self->options.window_days, MAX (self->options.min_repeaters, 1));
  else if (store_purchase_model_describe (&self->model) != NULL)
    note = g_strdup (store_purchase_model_describe (&self->model));
  if (note != NULL)
    g_strv_builder_add (notes, note);
  return g_strv_builder_end (notes);
}

/**
 * store_drops_new:
 * @table: a finished table with single purchases
 * @options: what to compare
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Too little data is an answer, with @enough unset and the reason in the notes.
 *
 * Returns: (transfer full): the customers by how unusual their silence is, or %NULL with
 *   %STORE_ERROR_INVALID (impossible window or share) or %STORE_ERROR_CANCELLED
 */
StoreDrops *
store_drops_new (StorePurchaseTable       *table,
                 const StoreDropsOptions  *options,
                 GCancellable             *cancellable,
                 GError                  **error)
{
  g_autoptr (StoreDrops) self = NULL;

  g_return_val_if_fail (table != NULL && options != NULL, NULL);
  g_return_val_if_fail (store_purchase_table_has_purchases (table), NULL);

  if (!check_options (options, error))
    return NULL;
  self = judge (table, options, cancellable, error);
  if (self == NULL || (self->enough && !validate (self, cancellable, error)))
    return NULL;
  self->notes = describe (self);
  return g_steal_pointer (&self);
}

void
store_drops_free (StoreDrops *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->table, store_purchase_table_unref);
  g_clear_pointer (&self->drops, g_array_unref);
  g_strfreev (self->notes);
  g_free (self);
}

const StoreDrop *
store_drops_get (const StoreDrops *self,
                 guint             which)
{
  g_return_val_if_fail (self != NULL && which < self->drops->len, NULL);

  return &g_array_index (self->drops, StoreDrop, which);
}

/**
 * store_drops_find:
 * @self: a result
 * @row: a row of its table
 *
 * Returns: (transfer none) (nullable): what is said of that customer; %NULL for who came only in the
 *   window
 */
const StoreDrop *
store_drops_find (const StoreDrops *self,
                  guint             row)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->drops->len; i++)
    if (store_drops_get (self, i)->row == row)
      return store_drops_get (self, i);
  return NULL;
}
