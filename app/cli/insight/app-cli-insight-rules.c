/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-cli-insight-baskets.h"
#include "app-cli-insight.h"

#include "app-drawing-rules.h"

#include "store-rules.h"

#include <glib/gi18n.h>

static gboolean
get_options (AppCliArguments    *arguments,
             StoreRulesOptions  *options,
             GError            **error)
{
  const char *names[] = { store_item_sets_method_get_name (STORE_ITEM_SETS_ECLAT),
                          store_item_sets_method_get_name (STORE_ITEM_SETS_APRIORI),
                          store_item_sets_method_get_name (STORE_ITEM_SETS_FP_GROWTH), NULL };
  guint method = options->method;

  if (!app_cli_arguments_get_choice (arguments, "method", names, &method, error) ||
      !app_cli_arguments_get_real (arguments, "support", 0, 1, &options->support, error) ||
      !app_cli_arguments_get_real (arguments, "confidence", 0, 1, &options->confidence, error))
    return FALSE;
  options->method = method;
  options->explain = app_cli_arguments_get_value (arguments, "explain");
  return TRUE;
}

static StoreRules *
find_rules (AppCliSession    *session,
            AppCliArguments  *arguments,
            GError          **error)
{
  StoreRulesOptions options = STORE_RULES_OPTIONS_INIT;
  g_autoptr (StoreBaskets) baskets = NULL;

  if (!get_options (arguments, &options, error))
    return NULL;
  baskets = app_cli_insight_read_baskets (session, arguments, error);
  if (!baskets)
    return NULL;
  return store_rules_new (baskets, &options, app_cli_session_get_cancellable (session), error);
}

static JsonNode *
compute (AppCliSession    *session,
         AppCliArguments  *arguments,
         GError          **error)
{
  g_autoptr (StoreRules) rules = find_rules (session, arguments, error);

  return rules ? store_rules_to_json (rules) : NULL;
}

static StoreModel *
fit (AppCliSession    *session,
     AppCliArguments  *arguments,
     GError          **error)
{
  g_autoptr (StoreRules) rules = find_rules (session, arguments, error);

  return rules ? store_rules_to_model (rules) : NULL;
}

static JsonNode *
predict (AppCliSession    *session,
         AppCliArguments  *arguments,
         StoreModel       *model,
         GError          **error)
{
  StoreRulesOptions options = STORE_RULES_OPTIONS_INIT;
  g_autoptr (StoreBaskets) baskets = NULL;
  g_autoptr (StoreRules) rules = NULL;

  if (!get_options (arguments, &options, error))
    return NULL;
  baskets = app_cli_insight_read_baskets (session, arguments, error);
  rules = baskets ? store_rules_new_from_model (model, baskets, &options, error) : NULL;
  return rules ? store_rules_to_json (rules) : NULL;
}

static gboolean
run (AppCliSession    *session,
     AppCliArguments  *arguments,
     GError          **error)
{
  return app_cli_insight_run (&app_cli_insight_rules, session, arguments, error);
}

static const AppCliOption options[] = {
  APP_CLI_INSIGHT_BASKETS_OPTIONS,
  { "support", "SHARE", N_("Share of all baskets that have both sides: .01 if not given") },
  { "confidence", "SHARE",
    N_("Share of the baskets with the left side that have the right one: .5 if not given") },
  { "method", "eclat|apriori|fp-growth", N_("How to search; the answer is the same") },
  { "explain", "ITEM", N_("Only rules with this thing, the strongest in words") },
  APP_CLI_INSIGHT_COMMON_OPTIONS,
  { NULL },
};

static const AppCliInsightColumn columns[] = {
  { "left", N_("Who takes") },
  { "right", N_("also takes") },
  { "count", N_("Baskets"), APP_CLI_INSIGHT_COUNT },
  { "confidence", N_("Confidence"), APP_CLI_INSIGHT_PERCENT, 1 },
  { "confidence_low", N_("At least"), APP_CLI_INSIGHT_PERCENT, 1 },
  { "lift", N_("Lift"), APP_CLI_INSIGHT_NUMBER, 2 },
  { "p_adjusted", N_("By chance"), APP_CLI_INSIGHT_NUMBER, 4 },
  { NULL },
};

const AppCliInsight app_cli_insight_rules = {
  .verb = {
    "insight rules",
    APP_CLI_INSIGHT_BASKETS_USAGE
    " [--support SHARE] [--confidence SHARE] [--method eclat|apriori|fp-growth] [--explain ITEM]",
    N_("Find what is bought together"),
    N_("A line a rule, the strongest first: what is in a basket, what is then in it too, baskets\n"
       "with both, their share of those with the left side (confidence) and what it is at least,\n"
       "how many times as often as in all baskets (lift), share of rules that clear by chance alone."),
    0, 0, options, run },
  .view = { "rules", columns, app_drawing_rules },
  .compute = compute,
  .fit = fit,
  .predict = predict,
};
