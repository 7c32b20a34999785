/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-cli-error.h"
#include "app-cli-insight.h"
#include "app-cli-insight-learning.h"

#include "app-drawing-outcomes.h"

#include <glib/gi18n.h>
#include <math.h>

#define MOST_MONEY 1e15

static gboolean
get_options (AppCliSession         *session,
             AppCliArguments       *arguments,
             StoreOutcomesOptions  *options,
             GError               **error)
{
  if (!app_cli_arguments_has (arguments, "rows"))
    {
      g_set_error_literal (error, APP_CLI_ERROR, APP_CLI_ERROR_USAGE,
                           _("A store holds no campaigns. Give a table of whom you asked and who "
                             "answered: --rows FILE.csv --label COLUMN."));
      return FALSE;
    }
  options->analysis = "response";
  options->definition = _("The probability that a row says yes, such as a customer who is asked in "
                          "a campaign.");
  return app_cli_insight_get_learning (session, arguments, options, error) &&
         app_cli_arguments_get_real (arguments, "cost", 0, MOST_MONEY, &options->cost, error) &&
         app_cli_arguments_get_real (arguments, "value", 0, MOST_MONEY, &options->value, error);
}

static JsonNode *
compute (AppCliSession    *session,
         AppCliArguments  *arguments,
         GError          **error)
{
  StoreOutcomesOptions options = STORE_OUTCOMES_OPTIONS_INIT;

  if (!get_options (session, arguments, &options, error))
    return NULL;
  return app_cli_insight_compute_rows (session, arguments, &options, error);
}

static StoreModel *
fit (AppCliSession    *session,
     AppCliArguments  *arguments,
     GError          **error)
{
  StoreOutcomesOptions options = STORE_OUTCOMES_OPTIONS_INIT;

  if (!get_options (session, arguments, &options, error))
    return NULL;
  return app_cli_insight_fit_rows (session, arguments, &options, error);
}

static JsonNode *
predict (AppCliSession    *session,
         AppCliArguments  *arguments,
         StoreModel       *model,
         GError          **error)
{
  StoreOutcomesOptions options = STORE_OUTCOMES_OPTIONS_INIT;

  if (!get_options (session, arguments, &options, error))
    return NULL;
  return app_cli_insight_predict_rows (session, arguments, model, &options, error);
}

static gboolean
run (AppCliSession    *session,
     AppCliArguments  *arguments,
     GError          **error)
{
  return app_cli_insight_run (&app_cli_insight_response, session, arguments, error);
}

static const AppCliOption options[] = {
  APP_CLI_INSIGHT_ROWS_OPTIONS,
  APP_CLI_INSIGHT_LEARNING_OPTIONS,
  { "cost", "NUMBER", N_("What it costs to ask one, to say whom to ask; with --value") },
  { "value", "NUMBER", N_("What one yes is worth; with --cost") },
  APP_CLI_INSIGHT_EXPLAIN_OPTION,
  APP_CLI_INSIGHT_SEED_OPTION,
  APP_CLI_INSIGHT_COMMON_OPTIONS,
  { NULL },
};

static const AppCliInsightColumn columns[] = {
  { "id", N_("Row") },
  { "probability", N_("Probability"), APP_CLI_INSIGHT_PERCENT, 1 },
  { "known", N_("Known") },
  { NULL },
};

const AppCliInsight app_cli_insight_response = {
  .verb = {
    "insight response",
    "--rows FILE.csv --label COLUMN [--id COLUMN] [--leave-out COLUMN]... [--method METHOD]"
    " [--yes WORD] [--cost NUMBER --value NUMBER] [--seed N] [--explain ID]",
    N_("Say who is likely to answer a campaign"),
    N_("A line a row, the likeliest first: id, probability of a yes, what is known. Leave out\n"
       "columns that are only known afterwards, such as how long the call took."),
    0, 0, options, run },
  .view = { "rows", columns, app_drawing_outcomes },
  .compute = compute,
  .fit = fit,
  .predict = predict,
};
