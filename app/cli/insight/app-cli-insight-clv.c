/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-cli-insight.h"
#include "app-cli-insight-orders.h"

#include "app-drawing-clv.h"

#include "store-clv.h"

#include <glib/gi18n.h>

static gboolean
get_options (AppCliArguments  *arguments,
             StoreClvOptions  *options,
             GError          **error)
{
  const char *const names[] = { "bgnbd", "mbgnbd", NULL };
  const StorePurchaseModelKind kinds[] = { STORE_BGNBD, STORE_MBGNBD };
  guint model = 1;
  guint horizon = (guint) options->horizon_days;

  if (!app_cli_arguments_get_number (arguments, "horizon", 1, &horizon, error) ||
      !app_cli_arguments_get_choice (arguments, "model", names, &model, error))
    return FALSE;
  options->horizon_days = horizon;
  options->model = kinds[model];
  return TRUE;
}

static JsonNode *
compute (AppCliSession    *session,
         AppCliArguments  *arguments,
         GError          **error)
{
  StoreClvOptions options = STORE_CLV_OPTIONS_INIT;
  g_autoptr (StorePurchaseTable) table = NULL;
  g_autoptr (StoreClv) clv = NULL;
  JsonNode *document;
  guint row;

  if (!get_options (arguments, &options, error))
    return NULL;
  table = app_cli_insight_read_orders (session, arguments, error);
  if (!table || !app_cli_insight_find_explained (arguments, table, &row, error))
    return NULL;
  clv = store_clv_new (table, &options, app_cli_session_get_cancellable (session), error);
  if (!clv)
    return NULL;

  document = store_clv_to_json (clv);
  if (row != G_MAXUINT)
    app_cli_insight_add_explanation (document, app_cli_arguments_get_value (arguments, "explain"),
                                     store_clv_dup_reason (clv, row), NULL);
  return document;
}

static gboolean
run (AppCliSession    *session,
     AppCliArguments  *arguments,
     GError          **error)
{
  return app_cli_insight_run (&app_cli_insight_clv, session, arguments, error);
}

static const AppCliOption options[] = {
  APP_CLI_INSIGHT_ORDERS_OPTIONS,
  { "horizon", "DAYS", N_("How far to look ahead: 365 days if not given") },
  { "model", "bgnbd|mbgnbd", N_("How customers come and go: mbgnbd if not given") },
  APP_CLI_INSIGHT_EXPLAIN_OPTION,
  APP_CLI_INSIGHT_COMMON_OPTIONS,
  { NULL },
};

static const AppCliInsightColumn columns[] = {
  { "id", N_("Customer") },
  { "p_alive", N_("Still one"), APP_CLI_INSIGHT_NUMBER, 4 },
  { "expected", N_("Purchases to come"), APP_CLI_INSIGHT_NUMBER, 4 },
  { "value", N_("Value of one"), APP_CLI_INSIGHT_NUMBER, 2 },
  { "clv", N_("Lifetime value"), APP_CLI_INSIGHT_NUMBER, 2 },
  { NULL },
};

const AppCliInsight app_cli_insight_clv = {
  .verb = {
    "insight clv",
    APP_CLI_INSIGHT_ORDERS_USAGE " [--horizon DAYS] [--model bgnbd|mbgnbd] [--explain ID]",
    N_("Say who is still a customer and what that is worth"),
    N_("A line a customer: id, probability of still being one, purchases expected within the\n"
       "horizon, value of one, lifetime value within the horizon (discounted by .01 a month)."),
    0, 0, options, run },
  .view = { "customers", columns, app_drawing_clv },
  .compute = compute,
};
