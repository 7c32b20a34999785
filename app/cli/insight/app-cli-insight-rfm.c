/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-cli-insight.h"
#include "app-cli-insight-orders.h"

#include "app-drawing-rfm.h"

#include "store-rfm.h"

#include <glib/gi18n.h>

static JsonNode *
compute (AppCliSession    *session,
         AppCliArguments  *arguments,
         GError          **error)
{
  const char *const counts[] = { "purchases", "orders", NULL };
  g_autoptr (StorePurchaseTable) table = NULL;
  g_autoptr (StoreRfm) rfm = NULL;
  JsonNode *document;
  guint frequency = STORE_RFM_PURCHASES;
  guint row;

  if (!app_cli_arguments_get_choice (arguments, "count", counts, &frequency, error))
    return NULL;
  table = app_cli_insight_read_orders (session, arguments, error);
  if (!table || !app_cli_insight_find_explained (arguments, table, &row, error))
    return NULL;

  rfm = store_rfm_new (table, frequency);
  document = store_rfm_to_json (rfm);
  if (row != G_MAXUINT)
    app_cli_insight_add_explanation (document, app_cli_arguments_get_value (arguments, "explain"),
                                     store_rfm_dup_reason (rfm, row), NULL);
  return document;
}

static gboolean
run (AppCliSession    *session,
     AppCliArguments  *arguments,
     GError          **error)
{
  return app_cli_insight_run (&app_cli_insight_rfm, session, arguments, error);
}

static const AppCliOption options[] = {
  APP_CLI_INSIGHT_ORDERS_OPTIONS,
  { "count", "purchases|orders", N_("What frequency counts: days with a purchase if not given") },
  APP_CLI_INSIGHT_EXPLAIN_OPTION,
  APP_CLI_INSIGHT_COMMON_OPTIONS,
  { NULL },
};

static const AppCliInsightColumn columns[] = {
  { "id", N_("Customer") },
  { "score", N_("Scores") },
  { "cell", N_("Group") },
  { "recency", N_("Days since"), APP_CLI_INSIGHT_COUNT },
  { "frequency", N_("Purchases"), APP_CLI_INSIGHT_COUNT },
  { "monetary", N_("Money"), APP_CLI_INSIGHT_NUMBER, 2 },
  { NULL },
};

const AppCliInsight app_cli_insight_rfm = {
  .verb = {
    "insight rfm",
    APP_CLI_INSIGHT_ORDERS_USAGE " [--count purchases|orders] [--explain ID]",
    N_("Score customers by recency, frequency and money"),
    N_("A line a customer: id, scores from 1 to 5, name of the group, days since the last\n"
       "purchase, days with a purchase, sum of all orders. Orders of one day are one purchase."),
    0, 0, options, run },
  .view = { "customers", columns, app_drawing_rfm, "name" },
  .compute = compute,
};
