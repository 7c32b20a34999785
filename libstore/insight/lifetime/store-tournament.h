/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "store-indices.h"
#include "store-parallel.h"
#include "store-purchase-table.h"

G_BEGIN_DECLS

/**
 * StoreContestantFunc:
 * @past: the purchases up to the cut
 * @days: how far to look ahead
 * @activity: (out): for each row of @past, a number that is larger the likelier they buy again
 * @purchases: (out): for each row, how many purchases are expected; left as it is (not a number)
 *   where the contestant does not say
 * @cancellable: (nullable): to stop
 * @error: return location
 * @data: of the contestant
 *
 * What a contestant makes of the past. Too little data for it is %STORE_ERROR_TOO_LITTLE_DATA: it
 * does not run.
 *
 * Returns: %FALSE with an error
 */
typedef gboolean (*StoreContestantFunc) (StorePurchaseTable  *past,
                                         guint                days,
                                         double              *activity,
                                         double              *purchases,
                                         GCancellable        *cancellable,
                                         GError             **error,
                                         gpointer             data);

/**
 * StoreContestant:
 * @name: as JSON has it
 * @label: for a person, translated
 * @naive: whether it is a rule that needs no model
 * @func: foretells
 * @data: for @func
 */
typedef struct
{
  const char *name;
  const char *label;
  gboolean naive;
  StoreContestantFunc func;
  gpointer data;
} StoreContestant;

/**
 * StoreTournamentOptions:
 * @horizon_days: how far each forecast looks ahead
 * @n_periods: how many periods of that length to hold back, one before the other
 * @min_repeaters: customers who must have come back before a period
 * @contestants: (nullable): the contestants; %NULL for store_tournament_get_contestants()
 * @n_contestants: how many
 * @progress: (nullable): told how much is done
 * @progress_data: for @progress
 *
 * Start from %STORE_TOURNAMENT_OPTIONS_INIT.
 */
typedef struct
{
  guint horizon_days;
  guint n_periods;
  guint min_repeaters;
  const StoreContestant *contestants;
  guint n_contestants;
  StoreProgressFunc progress;
  gpointer progress_data;
} StoreTournamentOptions;

#define STORE_TOURNAMENT_OPTIONS_INIT { 90, 3, 50, NULL, 0, NULL, NULL }

/**
 * StoreTournamentPeriod:
 * @start: last day that the contestants saw
 * @n_customers: customers by then
 * @n_active: of them, who bought in the period
 * @purchases: that they made in it
 */
typedef struct
{
  gint32 start;
  guint n_customers;
  guint n_active;
  double purchases;
} StoreTournamentPeriod;

/**
 * StoreStanding:
 * @contestant: who
 * @n_periods: in how many periods it ran
 * @auc: how well it tells who buys again, mean over the periods: the probability that of a
 *   customer who did and one who did not, it puts the first ahead
 * @mae: how far it is off for a customer, mean over the periods; not a number where it does not say
 * @bias: mean of forecast less actual for a customer, in the same way
 */
typedef struct
{
  StoreContestant contestant;
  guint n_periods;
  double auc;
  double mae;
  double bias;
} StoreStanding;

/**
 * StoreTournament:
 * @table: the purchases
 * @options: as asked
 * @enough: whether there was a period to hold back
 * @notes: (array zero-terminated=1): what the person must know about the answer, in sentences
 * @periods: (element-type StoreTournamentPeriod): the periods held back, latest first
 * @standings: (element-type StoreStanding): who tells best who buys again first
 * @best_count: position of who tells best how many, or -1
 *
 * Who foretells best on these purchases: rules that need no model, and the models.
 */
typedef struct
{
  StorePurchaseTable *table;
  StoreTournamentOptions options;
  gboolean enough;
  char **notes;
  GArray *periods;
  GArray *standings;
  int best_count;
} StoreTournament;

StoreTournament       *store_tournament_new             (StorePurchaseTable            *table,
                                                         const StoreTournamentOptions  *options,
                                                         GCancellable                  *cancellable,
                                                         GError                       **error);
void                   store_tournament_free            (StoreTournament               *self);
const StoreStanding   *store_tournament_get             (const StoreTournament         *self,
                                                         guint                          place);
char                  *store_tournament_dup_verdict     (const StoreTournament         *self);
char                  *store_tournament_dup_reason      (const StoreTournament         *self,
                                                         guint                          row,
                                                         GCancellable                  *cancellable,
                                                         GError                       **error);
JsonNode              *store_tournament_to_json         (const StoreTournament         *self);
const StoreContestant *store_tournament_get_contestants (guint                         *n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreTournament, store_tournament_free)

G_END_DECLS
