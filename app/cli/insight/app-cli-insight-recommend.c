/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-cli-insight-baskets.h"
#include "app-cli-insight-orders.h"
#include "app-cli-insight.h"

#include "app-drawing-recommend.h"

#include "store-again.h"
#include "store-recommend.h"

#include <glib/gi18n.h>

/* Behind the methods of StoreRecommendMethod. */
#define AGAIN STORE_RECOMMEND_N_METHODS

static gboolean
get_method (AppCliArguments  *arguments,
            guint            *method,
            GError          **error)
{
  const char *names[STORE_RECOMMEND_N_METHODS + 2] = { NULL };

  for (guint i = 0; i < STORE_RECOMMEND_N_METHODS; i++)
    names[i] = store_recommend_method_get_name (i);
  names[AGAIN] = "again";
  *method = STORE_RECOMMEND_BEST;
  return app_cli_arguments_get_choice (arguments, "method", names, method, error);
}

static gboolean
get_options (AppCliSession          *session,
             AppCliArguments        *arguments,
             StoreRecommendOptions  *options,
             GError                **error)
{
  options->customer = app_cli_arguments_get_value (arguments, "explain");
  options->progress = app_cli_session_report;
  options->progress_data = session;
  return app_cli_arguments_get_number (arguments, "k", 1, &options->k, error);
}

/* As of a day that was asked for, or of today for a store, whenever the last order was. */
static gboolean
get_again_options (AppCliArguments    *arguments,
                   StoreAgainOptions  *options,
                   GError            **error)
{
  gint32 until;

  if (!app_cli_insight_get_until (arguments, "orders", &until, error))
    return FALSE;
  if (until != STORE_PURCHASE_UNTIL_LAST)
    options->until = until;
  options->customer = app_cli_arguments_get_value (arguments, "explain");
  return app_cli_arguments_get_number (arguments, "horizon", 0, &options->horizon, error);
}

static StoreAgain *
find_due (AppCliSession    *session,
          AppCliArguments  *arguments,
          GError          **error)
{
  StoreAgainOptions options = STORE_AGAIN_OPTIONS_INIT;
  g_autoptr (StoreBaskets) baskets = NULL;

  if (!get_again_options (arguments, &options, error))
    return NULL;
  baskets = app_cli_insight_read_baskets (session, arguments, error);
  return baskets ? store_again_new (baskets, &options, app_cli_session_get_cancellable (session),
                                    error)
                 : NULL;
}

static StoreRecommend *
recommend (AppCliSession    *session,
           AppCliArguments  *arguments,
           guint             method,
           GError          **error)
{
  StoreRecommendOptions options = STORE_RECOMMEND_OPTIONS_INIT;
  g_autoptr (StoreBaskets) baskets = NULL;

  options.method = method;
  if (!get_options (session, arguments, &options, error))
    return NULL;
  baskets = app_cli_insight_read_baskets (session, arguments, error);
  return baskets ? store_recommend_new (baskets, &options,
                                        app_cli_session_get_cancellable (session), error)
                 : NULL;
}

static JsonNode *
compute (AppCliSession    *session,
         AppCliArguments  *arguments,
         GError          **error)
{
  g_autoptr (StoreRecommend) offers = NULL;
  g_autoptr (StoreAgain) again = NULL;
  guint method;

  if (!get_method (arguments, &method, error))
    return NULL;
  if (method == AGAIN)
    {
      again = find_due (session, arguments, error);
      return again ? store_again_to_json (again) : NULL;
    }
  offers = recommend (session, arguments, method, error);
  return offers ? store_recommend_to_json (offers) : NULL;
}

static StoreModel *
fit (AppCliSession    *session,
     AppCliArguments  *arguments,
     GError          **error)
{
  g_autoptr (StoreRecommend) offers = NULL;
  g_autoptr (StoreAgain) again = NULL;
  guint method;

  if (!get_method (arguments, &method, error))
    return NULL;
  if (method == AGAIN)
    {
      again = find_due (session, arguments, error);
      return again ? store_again_to_model (again) : NULL;
    }
  offers = recommend (session, arguments, method, error);
  return offers ? store_recommend_to_model (offers) : NULL;
}

static JsonNode *
predict_again (AppCliArguments     *arguments,
               StoreModel          *model,
               const StoreBaskets  *baskets,
               GError             **error)
{
  StoreAgainOptions options = STORE_AGAIN_OPTIONS_INIT;
  g_autoptr (StoreAgain) again = NULL;

  if (!get_again_options (arguments, &options, error))
    return NULL;
  again = store_again_new_from_model (model, baskets, &options, error);
  return again ? store_again_to_json (again) : NULL;
}

static JsonNode *
predict (AppCliSession    *session,
         AppCliArguments  *arguments,
         StoreModel       *model,
         GError          **error)
{
  StoreRecommendOptions options = STORE_RECOMMEND_OPTIONS_INIT;
  g_autoptr (StoreBaskets) baskets = NULL;
  g_autoptr (StoreRecommend) offers = NULL;

  if (!get_options (session, arguments, &options, error))
    return NULL;
  baskets = app_cli_insight_read_baskets (session, arguments, error);
  if (!baskets)
    return NULL;
  if (g_strcmp0 (store_model_get_head (model)->method, "again") == 0)
    return predict_again (arguments, model, baskets, error);
  offers = store_recommend_new_from_model (model, baskets, &options,
                                           app_cli_session_get_cancellable (session), error);
  return offers ? store_recommend_to_json (offers) : NULL;
}

static gboolean
run (AppCliSession    *session,
     AppCliArguments  *arguments,
     GError          **error)
{
  return app_cli_insight_run (&app_cli_insight_recommend, session, arguments, error);
}

static const AppCliOption options[] = {
  APP_CLI_INSIGHT_BASKETS_OPTIONS,
  { "method", "best|cosine|jaccard|popular|again",
    N_("By similar things, by what most buy, or what is due again by the customer's own rhythm; "
       "if not given, the best on each customer's last day") },
  { "k", "N", N_("How many offers for each customer: 10 if not given") },
  { "horizon", "DAYS", N_("With again, how far to look ahead: 14 if not given") },
  APP_CLI_INSIGHT_EXPLAIN_OPTION,
  APP_CLI_INSIGHT_COMMON_OPTIONS,
  { NULL },
};

static const AppCliInsightColumn columns[] = {
  { "id", N_("Customer") },
  { "name", N_("Offer") },
  { "score", N_("Score"), APP_CLI_INSIGHT_NUMBER, 4 },
  { "reason", N_("Why") },
  { NULL },
};

const AppCliInsight app_cli_insight_recommend = {
  .verb = {
    "insight recommend",
    APP_CLI_INSIGHT_BASKETS_USAGE
    " [--method best|cosine|jaccard|popular|again] [--k N] [--horizon DAYS] [--explain ID]",
    N_("Say what each customer may buy next"),
    N_("A line an offer: customer, what to offer, how well it fits, and why. With --method again a\n"
       "line for each thing that is due: how far the customer is in the usual gap, as score."),
    0, 0, options, run },
  .view = { "offers", columns, app_drawing_recommend, "customer" },
  .compute = compute,
  .fit = fit,
  .predict = predict,
};
