/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-cli-insight.h"
#include "app-cli-insight-orders.h"

#include "app-drawing-tournament.h"

#include "store-neighbours.h"
#include "store-tournament.h"

#include <glib/gi18n.h>

static gboolean
explain (AppCliSession          *session,
         AppCliArguments        *arguments,
         const StoreTournament  *tournament,
         guint                   row,
         JsonNode               *document,
         GError                **error)
{
  g_autoptr (StoreNeighbours) neighbours = NULL;
  char *reason = store_tournament_dup_reason (tournament, row,
                                              app_cli_session_get_cancellable (session), error);

  if (!reason)
    return FALSE;
  neighbours = store_neighbours_new (tournament->table, tournament->options.horizon_days);
  app_cli_insight_add_explanation (document, app_cli_arguments_get_value (arguments, "explain"),
                                   reason, store_neighbours_to_json (neighbours, row));
  return TRUE;
}

static JsonNode *
compute (AppCliSession    *session,
         AppCliArguments  *arguments,
         GError          **error)
{
  StoreTournamentOptions options = STORE_TOURNAMENT_OPTIONS_INIT;
  g_autoptr (StorePurchaseTable) table = NULL;
  g_autoptr (StoreTournament) tournament = NULL;
  g_autoptr (JsonNode) document = NULL;
  guint row;

  if (!app_cli_arguments_get_number (arguments, "horizon", 1, &options.horizon_days, error) ||
      !app_cli_arguments_get_number (arguments, "periods", 1, &options.n_periods, error))
    return NULL;
  table = app_cli_insight_read_orders (session, arguments, error);
  if (!table || !app_cli_insight_find_explained (arguments, table, &row, error))
    return NULL;
  options.progress = app_cli_session_report;
  options.progress_data = session;
  tournament = store_tournament_new (table, &options, app_cli_session_get_cancellable (session),
                                     error);
  if (!tournament)
    return NULL;

  document = store_tournament_to_json (tournament);
  if (row != G_MAXUINT && !explain (session, arguments, tournament, row, document, error))
    return NULL;
  return g_steal_pointer (&document);
}

static gboolean
run (AppCliSession    *session,
     AppCliArguments  *arguments,
     GError          **error)
{
  return app_cli_insight_run (&app_cli_insight_tournament, session, arguments, error);
}

static const AppCliOption options[] = {
  APP_CLI_INSIGHT_ORDERS_OPTIONS,
  { "horizon", "DAYS", N_("How far each forecast looks ahead: 90 days if not given") },
  { "periods", "N", N_("How many such periods to hold back: 3 if not given") },
  APP_CLI_INSIGHT_EXPLAIN_OPTION,
  APP_CLI_INSIGHT_COMMON_OPTIONS,
  { NULL },
};

static const AppCliInsightColumn columns[] = {
  { "name", N_("Method") },
  { "label", N_("In words") },
  { "auc", N_("Who buys again"), APP_CLI_INSIGHT_NUMBER, 4 },
  { "mae", N_("Off by"), APP_CLI_INSIGHT_NUMBER, 4 },
  { "bias", N_("Too many"), APP_CLI_INSIGHT_NUMBER, 4 },
  { NULL },
};

const AppCliInsight app_cli_insight_tournament = {
  .verb = {
    "insight tournament",
    APP_CLI_INSIGHT_ORDERS_USAGE " [--horizon DAYS] [--periods N] [--explain ID]",
    N_("Let simple rules and models foretell what is known, and say who wins"),
    N_("A line a method, the winner first: name, in words, how well it tells who buys again (1 is\n"
       "always right, .5 is chance), how many purchases it is off for a customer, and by how many it\n"
       "says too many. A rule that does not say how many has nothing there."),
    0, 0, options, run },
  .view = { "tournament", columns, app_drawing_tournament, "name" },
  .compute = compute,
};
