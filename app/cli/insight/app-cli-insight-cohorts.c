/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-cli-insight.h"
#include "app-cli-insight-orders.h"

#include "app-drawing-cohorts.h"

#include "store-cohorts.h"

#include <glib/gi18n.h>

static JsonNode *
compute (AppCliSession    *session,
         AppCliArguments  *arguments,
         GError          **error)
{
  g_autoptr (StorePurchaseTable) table = app_cli_insight_read_orders (session, arguments, error);
  g_autoptr (StoreCohorts) cohorts = table ? store_cohorts_new (table, error) : NULL;

  return cohorts ? store_cohorts_to_json (cohorts) : NULL;
}

static gboolean
run (AppCliSession    *session,
     AppCliArguments  *arguments,
     GError          **error)
{
  return app_cli_insight_run (&app_cli_insight_cohorts, session, arguments, error);
}

static const AppCliOption options[] = {
  APP_CLI_INSIGHT_ORDERS_OPTIONS,
  APP_CLI_INSIGHT_COMMON_OPTIONS,
  { NULL },
};

static const AppCliInsightColumn columns[] = {
  { "month", N_("Month") },
  { "active", N_("Bought"), APP_CLI_INSIGHT_COUNT },
  { "new", N_("New"), APP_CLI_INSIGHT_COUNT },
  { "active_before", N_("Month before"), APP_CLI_INSIGHT_COUNT },
  { "retained", N_("Of them again"), APP_CLI_INSIGHT_COUNT },
  { "retention", N_("Retention"), APP_CLI_INSIGHT_PERCENT, 1 },
  { "churn", N_("Churn"), APP_CLI_INSIGHT_PERCENT, 1 },
  { NULL },
};

const AppCliInsight app_cli_insight_cohorts = {
  .verb = {
    "insight cohorts",
    APP_CLI_INSIGHT_ORDERS_USAGE,
    N_("Say how many customers come back, month by month"),
    N_("A line a month: customers who bought in it, new ones among them, customers of the month\n"
       "before, how many of those bought again, retention and churn of those."),
    0, 0, options, run },
  .view = { "months", columns, app_drawing_cohorts },
  .compute = compute,
};
