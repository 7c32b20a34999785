/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The simple indices: of the whole business, or with --customers of each customer. */
#include "config.h"

#include "app-cli-insight.h"
#include "app-cli-insight-orders.h"

#include "app-drawing-indices.h"

#include "store-simple-indices.h"

#include <glib/gi18n.h>

#define MOST_RATE 100.0
#define MOST_PEOPLE 1e12

static gboolean
get_options (AppCliArguments            *arguments,
             StoreSimpleIndicesOptions  *options,
             GError                    **error)
{
  const char *const timings[] = { "end", "middle", "beginning", NULL };
  guint timing = options->timing;
  gboolean read =
    app_cli_arguments_get_number (arguments, "period", 1, &options->period_days, error) &&
    app_cli_arguments_get_number (arguments, "periods", 1, &options->n_ahead, error) &&
    app_cli_arguments_get_real (arguments, "rate", 0, MOST_RATE, &options->yearly_rate, error) &&
    app_cli_arguments_get_choice (arguments, "timing", timings, &timing, error) &&
    app_cli_arguments_get_real (arguments, "pleased", 0, MOST_PEOPLE, &options->pleased, error) &&
    app_cli_arguments_get_real (arguments, "displeased", 0, MOST_PEOPLE, &options->displeased,
                                error) &&
    app_cli_arguments_get_real (arguments, "asked", 0, MOST_PEOPLE, &options->asked, error) &&
    app_cli_arguments_get_real (arguments, "answered", 0, MOST_PEOPLE, &options->answered, error);

  options->timing = timing;
  return read;
}

static JsonNode *
compute (AppCliSession    *session,
         AppCliArguments  *arguments,
         GError          **error)
{
  StoreSimpleIndicesOptions options = STORE_SIMPLE_INDICES_OPTIONS_INIT;
  g_autoptr (StorePurchaseTable) table = NULL;
  g_autoptr (StoreSimpleIndices) indices = NULL;
  JsonNode *document;
  guint row;

  if (!get_options (arguments, &options, error))
    return NULL;
  table = app_cli_insight_read_orders (session, arguments, error);
  if (!table || !app_cli_insight_find_explained (arguments, table, &row, error))
    return NULL;
  indices = store_simple_indices_new (table, &options, app_cli_session_get_cancellable (session),
                                      error);
  if (!indices)
    return NULL;

  document = store_simple_indices_to_json (indices);
  if (row != G_MAXUINT)
    app_cli_insight_add_explanation (document, app_cli_arguments_get_value (arguments, "explain"),
                                     store_simple_indices_dup_reason (indices, row), NULL);
  return document;
}

static const AppCliInsightColumn customer_columns[] = {
  { "id", N_("Customer") },
  { "p", N_("Buys in a period"), APP_CLI_INSIGHT_PERCENT, 1 },
  { "arpu", N_("For"), APP_CLI_INSIGHT_NUMBER, 2 },
  { "rfm", N_("RFM index"), APP_CLI_INSIGHT_NUMBER, 3 },
  { "p_arpu_rfm", N_("P · ARPU · RFM"), APP_CLI_INSIGHT_NUMBER, 2 },
  { "simple_clv", N_("Simple CLV"), APP_CLI_INSIGHT_NUMBER, 2 },
  { "contribution", N_("Contribution"), APP_CLI_INSIGHT_PERCENT, 3 },
  { "cumulative", N_("With all above"), APP_CLI_INSIGHT_PERCENT, 1 },
  { NULL },
};

static const AppCliInsightView customers_view = {
  "customers", customer_columns, app_drawing_indices, "name",
};

static gboolean
run (AppCliSession    *session,
     AppCliArguments  *arguments,
     GError          **error)
{
  AppCliInsight insight = app_cli_insight_indices;

  if (app_cli_arguments_has (arguments, "customers"))
    insight.view = customers_view;
  return app_cli_insight_run (&insight, session, arguments, error);
}

static const AppCliOption options[] = {
  APP_CLI_INSIGHT_ORDERS_OPTIONS,
  { "customers", NULL, N_("List the customers, not the business") },
  { "period", "DAYS", N_("How long a period is: 30 days if not given") },
  { "periods", "N", N_("How many periods simple CLV looks ahead: 12 if not given") },
  { "rate", "RATE", N_("Interest a year: .1 (10 %) if not given") },
  { "timing", "end|middle|beginning",
    N_("When in a period money arrives: at its end if not given") },
  { "pleased", "N", N_("How many said that they are satisfied") },
  { "displeased", "N", N_("How many complained") },
  { "asked", "N", N_("How many an offer was sent to") },
  { "answered", "N", N_("How many of them answered") },
  APP_CLI_INSIGHT_EXPLAIN_OPTION,
  APP_CLI_INSIGHT_COMMON_OPTIONS,
  { NULL },
};

static const AppCliInsightColumn columns[] = {
  { "index", N_("Index") },
  { "value", N_("Value"), APP_CLI_INSIGHT_NUMBER, 4 },
  { "low", N_("At least"), APP_CLI_INSIGHT_NUMBER, 4 },
  { "high", N_("At most"), APP_CLI_INSIGHT_NUMBER, 4 },
  { "label", N_("Name") },
  { "definition", N_("What it is") },
  { NULL },
};

const AppCliInsight app_cli_insight_indices = {
  .verb = {
    "insight indices",
    APP_CLI_INSIGHT_ORDERS_USAGE " [--customers] [--period DAYS] [--explain ID]",
    N_("Compute the simple indices of business articles, corrected"),
    N_("A line an index: name, value, its interval (95 %), and what it is. With --customers a line a\n"
       "customer: id, probability to buy in a period, for how much, index of recency, frequency\n"
       "and money (mean 1), the product of the three, simple CLV, share of what all brought in,\n"
       "and that share together with all who brought in more."),
    0, 0, options, run },
  .view = { "indices", columns, app_drawing_indices, "name" },
  .compute = compute,
};
