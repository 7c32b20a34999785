/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-cli-insight.h"
#include "app-cli-insight-learning.h"
#include "app-cli-insight-orders.h"

#include "app-drawing-outcomes.h"

#include "store-churn.h"

#include <glib/gi18n.h>
#include <math.h>

static gboolean
get_options (AppCliSession      *session,
             AppCliArguments    *arguments,
             StoreChurnOptions  *options,
             GError            **error)
{
  StoreOutcomesOptions learning = STORE_OUTCOMES_OPTIONS_INIT;

  if (!app_cli_insight_get_learning (session, arguments, &learning, error) ||
      !app_cli_arguments_get_number (arguments, "window", 1, &options->window_days, error))
    return FALSE;
  options->method = learning.method;
  options->seed = learning.seed;
  options->progress = learning.progress;
  options->progress_data = learning.progress_data;
  return TRUE;
}

static gboolean
get_rows_options (AppCliSession         *session,
                  AppCliArguments       *arguments,
                  StoreOutcomesOptions  *options,
                  GError               **error)
{
  options->analysis = "churn";
  options->definition = _("The probability that the label of a row is a yes: that this customer "
                          "leaves.");
  return app_cli_insight_get_learning (session, arguments, options, error);
}

static StoreChurn *
learn_orders (AppCliSession    *session,
              AppCliArguments  *arguments,
              GError          **error)
{
  StoreChurnOptions options = STORE_CHURN_OPTIONS_INIT;
  g_autoptr (StorePurchaseTable) table = NULL;

  if (!get_options (session, arguments, &options, error))
    return NULL;
  table = app_cli_insight_read_orders (session, arguments, error);
  if (!table)
    return NULL;
  return store_churn_new (table, &options, app_cli_session_get_cancellable (session), error);
}

static JsonNode *
tell_churn (AppCliArguments   *arguments,
            const StoreChurn  *churn,
            GError           **error)
{
  JsonNode *document;
  guint row;

  if (!app_cli_insight_find_row (arguments, churn->outcomes->rows, &row, error))
    return NULL;
  document = store_churn_to_json (churn);
  if (row != G_MAXUINT)
    app_cli_insight_add_explanation (document, app_cli_arguments_get_value (arguments, "explain"),
                                     store_churn_dup_reason (churn, row),
                                     store_churn_find_nearest (churn, row));
  return document;
}

static JsonNode *
compute (AppCliSession    *session,
         AppCliArguments  *arguments,
         GError          **error)
{
  StoreOutcomesOptions options = STORE_OUTCOMES_OPTIONS_INIT;
  g_autoptr (StoreChurn) churn = NULL;

  if (app_cli_arguments_has (arguments, "rows"))
    return get_rows_options (session, arguments, &options, error)
             ? app_cli_insight_compute_rows (session, arguments, &options, error)
             : NULL;
  churn = learn_orders (session, arguments, error);
  return churn ? tell_churn (arguments, churn, error) : NULL;
}

static StoreModel *
fit (AppCliSession    *session,
     AppCliArguments  *arguments,
     GError          **error)
{
  StoreOutcomesOptions options = STORE_OUTCOMES_OPTIONS_INIT;
  g_autoptr (StoreChurn) churn = NULL;

  if (app_cli_arguments_has (arguments, "rows"))
    return get_rows_options (session, arguments, &options, error)
             ? app_cli_insight_fit_rows (session, arguments, &options, error)
             : NULL;
  churn = learn_orders (session, arguments, error);
  if (!churn || !app_cli_insight_check_enough (churn->outcomes->enough, churn->outcomes->notes,
                                               error))
    return NULL;
  return store_churn_to_model (churn);
}

static JsonNode *
predict (AppCliSession    *session,
         AppCliArguments  *arguments,
         StoreModel       *model,
         GError          **error)
{
  StoreChurnOptions options = STORE_CHURN_OPTIONS_INIT;
  StoreOutcomesOptions rows_options = STORE_OUTCOMES_OPTIONS_INIT;
  g_autoptr (StorePurchaseTable) table = NULL;
  g_autoptr (StoreChurn) churn = NULL;

  if (!store_churn_is_model (model))
    return get_rows_options (session, arguments, &rows_options, error)
             ? app_cli_insight_predict_rows (session, arguments, model, &rows_options, error)
             : NULL;
  if (!get_options (session, arguments, &options, error))
    return NULL;
  table = app_cli_insight_read_orders (session, arguments, error);
  if (!table)
    return NULL;
  churn = store_churn_new_from_model (model, table, &options,
                                      app_cli_session_get_cancellable (session), error);
  return churn ? tell_churn (arguments, churn, error) : NULL;
}

static gboolean
run (AppCliSession    *session,
     AppCliArguments  *arguments,
     GError          **error)
{
  return app_cli_insight_run (&app_cli_insight_churn, session, arguments, error);
}

static const AppCliOption options[] = {
  APP_CLI_INSIGHT_ORDERS_OPTIONS,
  { "rows", "FILE.csv", N_("A table of customers from this file, who left and who stayed") },
  { "label", "COLUMN", N_("Its column that says who left") },
  { "leave-out", "COLUMN", N_("A column of it not to be used; may be given again") },
  { "window", "DAYS", N_("Who does not order for so long has stayed away: from the orders if not "
                         "given") },
  APP_CLI_INSIGHT_LEARNING_OPTIONS,
  APP_CLI_INSIGHT_EXPLAIN_OPTION,
  APP_CLI_INSIGHT_SEED_OPTION,
  APP_CLI_INSIGHT_COMMON_OPTIONS,
  { NULL },
};

static const AppCliInsightColumn columns[] = {
  { "id", N_("Customer") },
  { "probability", N_("Probability"), APP_CLI_INSIGHT_PERCENT, 1 },
  { "known", N_("Known") },
  { NULL },
};

const AppCliInsight app_cli_insight_churn = {
  .verb = {
    "insight churn",
    APP_CLI_INSIGHT_ORDERS_USAGE
    " [--rows FILE.csv --label COLUMN [--id COLUMN] [--leave-out COLUMN]...] [--window DAYS]"
    " [--method METHOD] [--yes WORD] [--seed N] [--explain ID]",
    N_("Say who is likely to stay away"),
    N_("A line a customer, the likeliest first: id, probability of no order within the window (or,\n"
       "of a table, of a yes in its label), what is known."),
    0, 0, options, run },
  .view = { "rows", columns, app_drawing_outcomes, "name" },
  .compute = compute,
  .fit = fit,
  .predict = predict,
};
