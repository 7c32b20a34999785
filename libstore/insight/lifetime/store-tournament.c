/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A race on this person's own orders. Of the orders the last period is held back, each contestant
 * sees what came before and says of every customer how likely they buy again and how often; then
 * the period before is held back, and so on. Who buys again is judged by the area under the ROC
 * curve, how many by the mean absolute error. Rules that need no model run too: often the days
 * since the last purchase alone are hard to beat, and then the answer says so. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "store-auc.h"
#include "store-backtest.h"
#include "store-error.h"
#include "store-tournament.h"

#define MOST_PERIODS 12

static gboolean
check_options (const StoreTournamentOptions  *options,
               GError                       **error)
{
  if (options->horizon_days >= 1 && options->horizon_days <= 36500 && options->n_periods >= 1 &&
      options->n_periods <= MOST_PERIODS)
    return TRUE;
  g_set_error (error, STORE_ERROR, STORE_ERROR_INVALID,
               _("The horizon must be 1 to 36500 days and the periods 1 to %d."), MOST_PERIODS);
  return FALSE;
}

static guint
count_repeaters (StorePurchaseTable *past)
{
  const StorePurchaseColumns *columns = store_purchase_table_get_columns (past);
  guint n = 0;

  for (guint row = 0; row < columns->n_rows; row++)
    n += columns->purchases[row] > 1;
  return n;
}

static void
take_period (StoreTournament *self,
             gint32           start,
             const double    *later,
             guint            n)
{
  StoreTournamentPeriod period = { .start = start, .n_customers = n };

  for (guint i = 0; i < n; i++)
    {
      period.n_active += later[i] > 0.0;
      period.purchases += later[i];
    }
  g_array_append_val (self->periods, period);
}

/* Sums over the periods; they are divided at the end. */
static void
judge (StoreStanding  *standing,
       const double   *activity,
       const double   *purchases,
       const double   *later,
       const gboolean *active,
       guint           n)
{
  StoreIndexErrors errors = { .mae = NAN, .bias = NAN };

  if (isfinite (purchases[0]))
    store_index_get_errors (later, purchases, n, &errors);
  standing->auc += store_auc_get (activity, active, n);
  standing->mae += errors.mae;
  standing->bias += errors.bias;
  standing->n_periods++;
}

static gboolean
run_contestant (StoreTournament     *self,
                StoreStanding       *standing,
                StorePurchaseTable  *past,
                const double        *later,
                const gboolean      *active,
                GCancellable        *cancellable,
                GError             **error)
{
  guint n = store_purchase_table_get_n_rows (past);
  g_autofree double *activity = g_new0 (double, n);
  g_autofree double *purchases = g_new (double, n);
  g_autoptr (GError) local = NULL;

  for (guint i = 0; i < n; i++)
    purchases[i] = NAN;
  if (standing->contestant.func (past, self->options.horizon_days, activity, purchases, cancellable,
                                 &local, standing->contestant.data))
    judge (standing, activity, purchases, later, active, n);
  else if (!g_error_matches (local, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return TRUE;
}

static void
report (const StoreTournament *self,
        guint                  period,
        guint                  which)
{
  double all = (double) self->options.n_periods * self->standings->len;

  if (self->options.progress != NULL)
    self->options.progress ((period * self->standings->len + which) / all,
                            self->options.progress_data);
}

/* A period in which nobody or everybody bought tells nothing. */
static gboolean
run_period (StoreTournament  *self,
            guint             which,
            GCancellable     *cancellable,
            GError          **error)
{
  gint32 until = store_purchase_table_get_columns (self->table)->until;
  gint32 start = until - (gint32) ((which + 1) * self->options.horizon_days);
  gint32 end = start + (gint32) self->options.horizon_days;
  g_autoptr (StorePurchaseTable) past = store_purchase_table_cut (self->table, start);
  g_autoptr (StorePurchaseTable) then = store_purchase_table_cut (self->table, end);
  g_autofree gboolean *active = NULL;
  g_autofree double *later = NULL;
  guint n_active = 0;
  guint n;

  if (count_repeaters (past) < MAX (self->options.min_repeaters, 1))
    return TRUE;
  later = store_backtest_count_later (then, start, &n);
  active = g_new (gboolean, n);
  for (guint i = 0; i < n; i++)
    n_active += active[i] = later[i] > 0.0;
  if (n_active == 0 || n_active == n)
    return TRUE;

  for (guint i = 0; i < self->standings->len; i++)
    {
      report (self, which, i);
      if (!run_contestant (self, &g_array_index (self->standings, StoreStanding, i), past, later,
                           active, cancellable, error))
        return FALSE;
    }
  take_period (self, start, later, n);
  return TRUE;
}

static int
compare_standings (gconstpointer a,
                   gconstpointer b)
{
  const StoreStanding *left = a;
  const StoreStanding *right = b;

  if (left->auc != right->auc)
    return left->auc > right->auc ? -1 : 1;
  return g_strcmp0 (left->contestant.name, right->contestant.name);
}

/* Who did not run in every period that counts is out of the race. */
static void
rank (StoreTournament *self)
{
  for (guint i = self->standings->len; i-- > 0;)
    {
      StoreStanding *standing = &g_array_index (self->standings, StoreStanding, i);

      if (standing->n_periods < self->periods->len || !isfinite (standing->auc))
        {
          g_array_remove_index (self->standings, i);
          continue;
        }
      standing->auc /= standing->n_periods;
      standing->mae /= standing->n_periods;
      standing->bias /= standing->n_periods;
    }
  g_array_sort (self->standings, compare_standings);
  for (guint i = 0; i < self->standings->len; i++)
    if (isfinite (store_tournament_get (self, i)->mae) &&
        (self->best_count < 0 ||
         store_tournament_get (self, i)->mae < store_tournament_get (self, self->best_count)->mae))
      self->best_count = (int) i;
}

static void
enter_contestants (StoreTournament *self)
{
  guint n = self->options.n_contestants;
  const StoreContestant *contestants = self->options.contestants;

  if (contestants == NULL)
    contestants = store_tournament_get_contestants (&n);
  for (guint i = 0; i < n; i++)
    {
      StoreStanding standing = { .contestant = contestants[i] };

      g_array_append_val (self->standings, standing);
    }
}

/* Of the periods, the last one has the longest past. */
static char *
describe_too_little (const StoreTournament *self)
{
  gint32 start = store_purchase_table_get_columns (self->table)->until -
                 (gint32) self->options.horizon_days;
  g_autoptr (StorePurchaseTable) past = store_purchase_table_cut (self->table, start);

  if (count_repeaters (past) >= MAX (self->options.min_repeaters, 1))
    return g_strdup (_("In the time held back either nobody or everybody bought, so that nothing "
                       "tells the forecasts apart. Ask again with another horizon."));
  return g_strdup_printf (_("Before the last %u days, fewer than %u customers had bought more than "
                            "once; that is too few to compare forecasts. Ask again with a shorter "
                            "horizon or later."),
                          self->options.horizon_days, self->options.min_repeaters);
}

static char **
describe (const StoreTournament *self)
{
  g_autoptr (GStrvBuilder) notes = g_strv_builder_new ();

  if (!self->enough)
    {
      g_autofree char *note = describe_too_little (self);

      g_strv_builder_add (notes, note);
    }
  else if (store_tournament_get (self, 0)->contestant.naive)
    g_strv_builder_add (notes, _("On these orders a simple rule tells best who buys again; the "
                                 "models still say how many purchases to expect."));
  return g_strv_builder_end (notes);
}

/**
 * store_tournament_new:
 * @table: a finished table with single purchases
 * @options: horizon, periods and contestants
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Runs the race. Too little data is an answer, with @enough unset and the reason in the notes. Slow
 * for large tables: call it on a worker thread.
 *
 * Returns: (transfer full): the result, or %NULL with %STORE_ERROR_INVALID, %STORE_ERROR_CANCELLED
 *   or an error of a contestant
 */
StoreTournament *
store_tournament_new (StorePurchaseTable            *table,
                      const StoreTournamentOptions  *options,
                      GCancellable                  *cancellable,
                      GError                       **error)
{
  g_autoptr (StoreTournament) self = NULL;

  g_return_val_if_fail (table != NULL && options != NULL, NULL);
  g_return_val_if_fail (store_purchase_table_has_purchases (table), NULL);

  if (!check_options (options, error))
    return NULL;

  self = g_new0 (StoreTournament, 1);
  self->table = store_purchase_table_ref (table);
  self->options = *options;
  self->periods = g_array_new (FALSE, FALSE, sizeof (StoreTournamentPeriod));
  self->standings = g_array_new (FALSE, FALSE, sizeof (StoreStanding));
  self->best_count = -1;
  enter_contestants (self);
  for (guint i = 0; i < options->n_periods; i++)
    if (!run_period (self, i, cancellable, error))
      return NULL;
  if (self->periods->len > 0)
    rank (self);
  else
    g_array_set_size (self->standings, 0);
  self->enough = self->standings->len > 0;
  self->notes = describe (self);
  return g_steal_pointer (&self);
}

void
store_tournament_free (StoreTournament *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->table, store_purchase_table_unref);
  g_clear_pointer (&self->periods, g_array_unref);
  g_clear_pointer (&self->standings, g_array_unref);
  g_strfreev (self->notes);
  g_free (self);
}

/**
 * store_tournament_get:
 * @self: a result
 * @place: from 0, the winner
 *
 * Returns: (transfer none): who came in at that place
 */
const StoreStanding *
store_tournament_get (const StoreTournament *self,
                      guint                  place)
{
  g_return_val_if_fail (self != NULL && place < self->standings->len, NULL);

  return &g_array_index (self->standings, StoreStanding, place);
}
