/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-cli-insight.h"
#include "app-cli-insight-orders.h"

#include "app-drawing-clv.h"

#include "store-clv.h"
#include "store-neighbours.h"

#include <glib/gi18n.h>

#define MODELS "bgnbd|mbgnbd|pareto|bgcnbd|mbgcnbd|nbd|bgbb"

static gboolean
get_model (AppCliArguments  *arguments,
           StoreClvOptions  *options,
           GError          **error)
{
  const char *names[STORE_PURCHASE_MODEL_KINDS + 1] = { NULL };
  guint model = options->model;

  for (guint i = 0; i < STORE_PURCHASE_MODEL_KINDS; i++)
    names[i] = store_purchase_model_get_name (i);
  if (!app_cli_arguments_get_choice (arguments, "model", names, &model, error) ||
      !app_cli_arguments_get_number (arguments, "k", 1, &options->k, error) ||
      !app_cli_arguments_get_number (arguments, "occasion", 1, &options->occasion_days, error))
    return FALSE;
  options->model = model;
  return TRUE;
}

static gboolean
get_options (AppCliArguments  *arguments,
             StoreClvOptions  *options,
             GError          **error)
{
  guint horizon = (guint) options->horizon_days;

  if (!get_model (arguments, options, error) ||
      !app_cli_arguments_get_number (arguments, "horizon", 1, &horizon, error) ||
      !app_cli_arguments_get_real (arguments, "discount", 0.0, 1.0, &options->discount, error) ||
      !app_cli_arguments_get_real (arguments, "margin", -1e6, 1e6, &options->margin, error) ||
      !app_cli_arguments_get_number (arguments, "draws", 0, &options->n_draws, error) ||
      !app_cli_insight_get_seed (arguments, &options->seed, error))
    return FALSE;
  options->horizon_days = horizon;
  return TRUE;
}

static JsonNode *
list_nearest (const StoreClv *clv,
              guint           row)
{
  g_autoptr (StoreNeighbours) neighbours =
    store_neighbours_new (clv->table, store_clv_choose_period (clv));

  return store_neighbours_to_json (neighbours, row);
}

static JsonNode *
write_document (AppCliArguments  *arguments,
                const StoreClv   *clv,
                GError          **error)
{
  JsonNode *document;
  guint row;

  if (!app_cli_insight_find_explained (arguments, clv->table, &row, error))
    return NULL;
  document = store_clv_to_json (clv);
  if (row != G_MAXUINT)
    app_cli_insight_add_explanation (document, app_cli_arguments_get_value (arguments, "explain"),
                                     store_clv_dup_reason (clv, row), list_nearest (clv, row));
  return document;
}

static StoreClv *
find_value (AppCliSession    *session,
            AppCliArguments  *arguments,
            GError          **error)
{
  StoreClvOptions options = STORE_CLV_OPTIONS_INIT;
  g_autoptr (StorePurchaseTable) table = NULL;

  if (!get_options (arguments, &options, error))
    return NULL;
  table = app_cli_insight_read_orders (session, arguments, error);
  if (!table)
    return NULL;
  return store_clv_new (table, &options, app_cli_session_get_cancellable (session), error);
}

static JsonNode *
compute (AppCliSession    *session,
         AppCliArguments  *arguments,
         GError          **error)
{
  g_autoptr (StoreClv) clv = find_value (session, arguments, error);

  return clv ? write_document (arguments, clv, error) : NULL;
}

static StoreModel *
fit (AppCliSession    *session,
     AppCliArguments  *arguments,
     GError          **error)
{
  g_autoptr (StoreClv) clv = find_value (session, arguments, error);

  return clv ? store_clv_to_model (clv) : NULL;
}

static JsonNode *
predict (AppCliSession    *session,
         AppCliArguments  *arguments,
         StoreModel       *model,
         GError          **error)
{
  StoreClvOptions options = STORE_CLV_OPTIONS_INIT;
  g_autoptr (StorePurchaseTable) table = NULL;
  g_autoptr (StoreClv) clv = NULL;

  if (!get_options (arguments, &options, error))
    return NULL;
  table = app_cli_insight_read_orders (session, arguments, error);
  if (!table)
    return NULL;
  clv = store_clv_new_from_model (model, table, &options,
                                  app_cli_session_get_cancellable (session), error);
  return clv ? write_document (arguments, clv, error) : NULL;
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
  { "model", MODELS, N_("How customers come and go: mbgnbd if not given") },
  { "k", "N", N_("Regularity for bgcnbd and mbgcnbd: the likeliest if not given") },
  { "occasion", "DAYS", N_("For bgbb, from one occasion to buy to the next: 28 if not given") },
  { "discount", "SHARE", N_("What money loses in a month: .01 if not given") },
  { "margin", "SHARE", N_("What is earned of a sale: 1 if not given") },
  { "draws", "N", N_("Draws for the interval: 200 if not given, 0 for none") },
  APP_CLI_INSIGHT_EXPLAIN_OPTION,
  APP_CLI_INSIGHT_SEED_OPTION,
  APP_CLI_INSIGHT_COMMON_OPTIONS,
  { NULL },
};

static const AppCliInsightColumn columns[] = {
  { "id", N_("Customer") },
  { "p_alive", N_("Still one"), APP_CLI_INSIGHT_NUMBER, 4 },
  { "expected", N_("Purchases to come"), APP_CLI_INSIGHT_NUMBER, 4 },
  { "value", N_("Value of one"), APP_CLI_INSIGHT_NUMBER, 2 },
  { "clv", N_("Lifetime value"), APP_CLI_INSIGHT_NUMBER, 2 },
  { "clv_low", N_("At least"), APP_CLI_INSIGHT_NUMBER, 2 },
  { "clv_high", N_("At most"), APP_CLI_INSIGHT_NUMBER, 2 },
  { NULL },
};

const AppCliInsight app_cli_insight_clv = {
  .verb = {
    "insight clv",
    APP_CLI_INSIGHT_ORDERS_USAGE " [--horizon DAYS] [--model " MODELS "] [--explain ID]",
    N_("Say who is still a customer and what that is worth"),
    N_("A line a customer: id, probability of still being one, purchases expected within the\n"
       "horizon, value of one, lifetime value within the horizon, and between which values the\n"
       "average of customers with the same past lies in four of five cases."),
    0, 0, options, run },
  .view = { "customers", columns, app_drawing_clv, "name" },
  .compute = compute,
  .fit = fit,
  .predict = predict,
};
