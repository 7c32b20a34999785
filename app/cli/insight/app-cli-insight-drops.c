/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-cli-insight.h"
#include "app-cli-insight-orders.h"

#include "app-drawing-drops.h"

#include "store-drops.h"
#include "store-neighbours.h"

#include <glib/gi18n.h>

static JsonNode *
compute (AppCliSession    *session,
         AppCliArguments  *arguments,
         GError          **error)
{
  StoreDropsOptions options = STORE_DROPS_OPTIONS_INIT;
  g_autoptr (StorePurchaseTable) table = NULL;
  g_autoptr (StoreDrops) drops = NULL;
  JsonNode *document;
  guint row;

  if (!app_cli_arguments_get_number (arguments, "window", 1, &options.window_days, error) ||
      !app_cli_arguments_get_real (arguments, "false-alarms", 0.001, 0.999, &options.false_alarms,
                                   error))
    return NULL;
  table = app_cli_insight_read_orders (session, arguments, error);
  if (!table || !app_cli_insight_find_explained (arguments, table, &row, error))
    return NULL;
  drops = store_drops_new (table, &options, app_cli_session_get_cancellable (session), error);
  if (!drops)
    return NULL;

  document = store_drops_to_json (drops);
  if (row != G_MAXUINT)
    {
      g_autoptr (StoreNeighbours) neighbours = store_neighbours_new (table, options.window_days);

      app_cli_insight_add_explanation (document, app_cli_arguments_get_value (arguments, "explain"),
                                       store_drops_dup_reason (drops, row),
                                       store_neighbours_to_json (neighbours, row));
    }
  return document;
}

static gboolean
run (AppCliSession    *session,
     AppCliArguments  *arguments,
     GError          **error)
{
  return app_cli_insight_run (&app_cli_insight_drops, session, arguments, error);
}

static const AppCliOption options[] = {
  APP_CLI_INSIGHT_ORDERS_OPTIONS,
  { "window", "DAYS", N_("The last days, which are judged by the time before: 84 if not given") },
  { "false-alarms", "SHARE", N_("How many of the alarms may be false: .1 if not given") },
  APP_CLI_INSIGHT_EXPLAIN_OPTION,
  APP_CLI_INSIGHT_COMMON_OPTIONS,
  { NULL },
};

static const AppCliInsightColumn columns[] = {
  { "id", N_("Customer") },
  { "alarm", N_("Alarm") },
  { "purchases", N_("Purchases"), APP_CLI_INSIGHT_COUNT },
  { "expected", N_("To be expected"), APP_CLI_INSIGHT_NUMBER, 1 },
  { "p_value", N_("By chance"), APP_CLI_INSIGHT_NUMBER, 6 },
  { "p_adjusted", N_("Among all"), APP_CLI_INSIGHT_NUMBER, 4 },
  { NULL },
};

const AppCliInsight app_cli_insight_drops = {
  .verb = {
    "insight drops",
    APP_CLI_INSIGHT_ORDERS_USAGE " [--window DAYS] [--false-alarms SHARE] [--explain ID]",
    N_("Say who fell silent"),
    N_("A line a customer, the most unusual first: id, whether it is an alarm, purchases in the\n"
       "window, purchases that were to be expected, probability of so few by chance, and the same\n"
       "with all customers taken into account."),
    0, 0, options, run },
  .view = { "customers", columns, app_drawing_drops, "name" },
  .compute = compute,
};
