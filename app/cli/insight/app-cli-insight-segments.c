/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-cli-insight.h"
#include "app-cli-insight-orders.h"

#include "app-drawing-segments.h"

#include "store-segments.h"

#include <glib/gi18n.h>

static gboolean
get_options (AppCliArguments       *arguments,
             StoreSegmentsOptions  *options,
             GError               **error)
{
  return app_cli_arguments_get_number (arguments, "k", STORE_SEGMENTS_MIN_K, &options->k, error) &&
         app_cli_insight_get_seed (arguments, &options->seed, error);
}

static JsonNode *
compute (AppCliSession    *session,
         AppCliArguments  *arguments,
         GError          **error)
{
  StoreSegmentsOptions options = STORE_SEGMENTS_OPTIONS_INIT;
  g_autoptr (StorePurchaseTable) table = NULL;
  g_autoptr (StoreSegments) segments = NULL;

  if (!get_options (arguments, &options, error))
    return NULL;
  table = app_cli_insight_read_orders (session, arguments, error);
  if (table)
    segments = store_segments_new (table, &options, app_cli_session_get_cancellable (session),
                                   error);
  return segments ? store_segments_to_json (segments) : NULL;
}

static gboolean
run (AppCliSession    *session,
     AppCliArguments  *arguments,
     GError          **error)
{
  return app_cli_insight_run (&app_cli_insight_segments, session, arguments, error);
}

static const AppCliOption options[] = {
  APP_CLI_INSIGHT_ORDERS_OPTIONS,
  { "k", "N", N_("How many groups: chosen by how well they part if not given") },
  APP_CLI_INSIGHT_SEED_OPTION,
  APP_CLI_INSIGHT_COMMON_OPTIONS,
  { NULL },
};

static const AppCliInsightColumn columns[] = {
  { "name", N_("Group") },
  { "customers", N_("Customers"), APP_CLI_INSIGHT_COUNT },
  { "value", N_("Their orders"), APP_CLI_INSIGHT_NUMBER, 2 },
  { "recency", N_("Days since"), APP_CLI_INSIGHT_NUMBER, 1 },
  { "frequency", N_("Purchases"), APP_CLI_INSIGHT_NUMBER, 1 },
  { "monetary", N_("Money"), APP_CLI_INSIGHT_NUMBER, 2 },
  { NULL },
};

const AppCliInsight app_cli_insight_segments = {
  .verb = {
    "insight segments",
    APP_CLI_INSIGHT_ORDERS_USAGE " [--k N] [--seed N]",
    N_("Divide customers into groups that are alike"),
    N_("A line a group: name, customers, sum of their orders; then what is typical: days since\n"
       "the last purchase, purchases, sum of orders."),
    0, 0, options, run },
  .view = { "segments", columns, app_drawing_segments },
  .compute = compute,
};
