/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "store-insight-json.h"
#include "store-tournament.h"

static const StoreStanding *
find_named (const StoreTournament *self,
            const char            *name)
{
  for (guint i = 0; i < self->standings->len; i++)
    if (g_str_equal (store_tournament_get (self, i)->contestant.name, name))
      return store_tournament_get (self, i);
  return NULL;
}

static const StoreStanding *
find_best (const StoreTournament *self,
           gboolean               naive)
{
  for (guint i = 0; i < self->standings->len; i++)
    if (store_tournament_get (self, i)->contestant.naive == naive)
      return store_tournament_get (self, i);
  return NULL;
}

/**
 * store_tournament_dup_verdict:
 * @self: a result with enough data
 *
 * Returns: (transfer full): who won, in a translated sentence
 */
char *
store_tournament_dup_verdict (const StoreTournament *self)
{
  const StoreStanding *winner;

  g_return_val_if_fail (self != NULL && self->enough, NULL);

  winner = store_tournament_get (self, 0);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "On the last %u day, held back, “%s” told best who buys "
                                       "again: of a customer who did and one who did not, it put "
                                       "the right one ahead %.1f times in a hundred.",
                                       "On the last %u days, held back, “%s” told best who buys "
                                       "again: of a customer who did and one who did not, it put "
                                       "the right one ahead %.1f times in a hundred.",
                                       self->options.horizon_days * self->periods->len),
                          self->options.horizon_days * self->periods->len,
                          _(winner->contestant.label), 100.0 * winner->auc);
}

/**
 * store_tournament_dup_reason:
 * @self: a result
 * @row: a row of its table
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Lets the winner look ahead from today.
 *
 * Returns: (transfer full): where it places the customer, a translated sentence, or %NULL with an
 *   error of the winner
 */
char *
store_tournament_dup_reason (const StoreTournament  *self,
                             guint                   row,
                             GCancellable           *cancellable,
                             GError                **error)
{
  guint n = store_purchase_table_get_n_rows (self->table);
  g_autofree double *activity = NULL;
  g_autofree double *purchases = NULL;
  const StoreContestant *winner;
  guint ahead = 0;

  g_return_val_if_fail (row < n, NULL);

  if (!self->enough)
    return g_strdup (self->notes[0]);
  winner = &store_tournament_get (self, 0)->contestant;
  activity = g_new0 (double, n);
  purchases = g_new0 (double, n);
  if (!winner->func (self->table, self->options.horizon_days, activity, purchases, cancellable,
                     error, winner->data))
    return NULL;
  for (guint i = 0; i < n; i++)
    ahead += activity[i] > activity[row];
  return g_strdup_printf (_("By “%s”, the best method here, %u of %u customers are likelier to buy "
                            "in the next %u days."),
                          _(winner->label), ahead, n, self->options.horizon_days);
}

static void
add_standing (JsonBuilder         *builder,
              const StoreStanding *standing)
{
  store_insight_json_add_text (builder, "name", standing->contestant.name);
  store_insight_json_add_text (builder, "label", _(standing->contestant.label));
  store_insight_json_add_truth (builder, "naive", standing->contestant.naive);
  store_insight_json_add_number (builder, "auc", standing->auc);
  store_insight_json_add_number (builder, "mae", standing->mae);
  store_insight_json_add_number (builder, "bias", standing->bias);
}

static void
add_standing_as (JsonBuilder         *builder,
                 const char          *name,
                 const StoreStanding *standing)
{
  json_builder_set_member_name (builder, name);
  if (standing == NULL)
    {
      json_builder_add_null_value (builder);
      return;
    }
  json_builder_begin_object (builder);
  add_standing (builder, standing);
  json_builder_end_object (builder);
}

/* The best model against the best rule that needs none, and how many against the own rate. */
static void
add_validation (JsonBuilder           *builder,
                const StoreTournament *self)
{
  g_autofree char *words = self->enough ? store_tournament_dup_verdict (self) : NULL;
  const StoreStanding *model = find_best (self, FALSE);
  const StoreStanding *naive = find_best (self, TRUE);
  const StoreStanding *rate = find_named (self, "rate");

  json_builder_set_member_name (builder, "validation");
  json_builder_begin_object (builder);
  store_insight_json_add_count (builder, "periods", self->periods->len);
  add_standing_as (builder, "model", model);
  add_standing_as (builder, "naive", naive);
  store_insight_json_add_truth (builder, "helps",
                                model != NULL && naive != NULL && model->auc > naive->auc);
  store_insight_json_add_truth (builder, "helps_to_count",
                                self->best_count >= 0 && rate != NULL &&
                                store_tournament_get (self, self->best_count) != rate);
  store_insight_json_add_text (builder, "words", words);
  json_builder_end_object (builder);
}

static void
add_periods (JsonBuilder           *builder,
             const StoreTournament *self)
{
  json_builder_set_member_name (builder, "periods");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->periods->len; i++)
    {
      const StoreTournamentPeriod *period =
        &g_array_index (self->periods, StoreTournamentPeriod, i);

      json_builder_begin_object (builder);
      store_insight_json_add_day (builder, "start", period->start);
      store_insight_json_add_count (builder, "n_customers", period->n_customers);
      store_insight_json_add_count (builder, "n_active", period->n_active);
      store_insight_json_add_number (builder, "purchases", period->purchases);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/**
 * store_tournament_to_json:
 * @self: a result
 *
 * {the head, "horizon_days", "min_repeaters", "periods": [{"start", "n_customers", "n_active",
 * "purchases"}], "winner", "winner_how_many", "validation": {"periods", "model", "naive", "helps",
 * "helps_to_count", "words"}, "tournament": [{"name", "label", "naive", "auc", "mae", "bias"}]},
 * winner first.
 *
 * Returns: (transfer full): a JSON object
 */
JsonNode *
store_tournament_to_json (const StoreTournament *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  StoreInsightHead head = {
    .analysis = "tournament",
    .definition = _("Who foretells best on these orders. Each contestant saw the orders up to a "
                    "day and had to say who buys within the horizon after it (auc: 1 is always "
                    "right, .5 is chance) and how many purchases each customer makes (mae: how far "
                    "off for a customer)."),
    .unit = _("purchases of a customer within the horizon"),
    .until = store_purchase_table_get_columns (self->table)->until,
    .enough = self->enough,
    .notes = (const char *const *) self->notes,
  };

  json_builder_begin_object (builder);
  store_insight_json_add_head (builder, &head);
  store_insight_json_add_count (builder, "horizon_days", self->options.horizon_days);
  store_insight_json_add_count (builder, "min_repeaters", self->options.min_repeaters);
  add_periods (builder, self);
  store_insight_json_add_text (builder, "winner",
                               self->enough ? store_tournament_get (self, 0)->contestant.name
                                            : NULL);
  store_insight_json_add_text (builder, "winner_how_many",
                               self->best_count < 0 ? NULL :
                               store_tournament_get (self, self->best_count)->contestant.name);
  add_validation (builder, self);
  json_builder_set_member_name (builder, "tournament");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->standings->len; i++)
    {
      json_builder_begin_object (builder);
      add_standing (builder, store_tournament_get (self, i));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}
