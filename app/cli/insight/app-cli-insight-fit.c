/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A model in a file, as two steps: fitted to some data, then used to score other data. */
#include "config.h"

#include "app-cli-error.h"
#include "app-cli-insight.h"

#include "store-error.h"

#include <glib/gi18n.h>

/* What the word names, if its models can be kept. */
static const AppCliInsight *
find_fitting (const char  *word,
              GError     **error)
{
  const AppCliInsight *insight = word ? app_cli_insight_find (word) : NULL;

  if (insight && insight->fit)
    return insight;
  g_set_error (error, APP_CLI_ERROR, APP_CLI_ERROR_USAGE,
               _("“%s” has no model to keep. Behind “fit” comes what to fit, then the file."),
               word ? word : "");
  return NULL;
}

static const AppCliOption *
choose_fit_options (AppCliArguments  *arguments,
                    GError          **error)
{
  const AppCliInsight *insight = find_fitting (app_cli_arguments_get (arguments, 0), error);

  return insight ? insight->verb.options : NULL;
}

/* What is said of an answer; a model has none until it scores data. */
static gboolean
refuse_answers (AppCliArguments  *arguments,
                GError          **error)
{
  const char *const options[] = { "chart", "explain" };

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    if (app_cli_arguments_has (arguments, options[i]))
      {
        g_set_error (error, APP_CLI_ERROR, APP_CLI_ERROR_USAGE,
                     _("“fit” only keeps a model. Give --%s to “predict”, or to the verb itself."),
                     options[i]);
        return FALSE;
      }
  return TRUE;
}

static gboolean
run_fit (AppCliSession    *session,
         AppCliArguments  *arguments,
         GError          **error)
{
  const AppCliInsight *insight = find_fitting (app_cli_arguments_get (arguments, 0), error);
  const char *path = app_cli_arguments_get (arguments, 1);
  g_autoptr (StoreModel) model = NULL;

  if (!insight || !refuse_answers (arguments, error) ||
      !app_cli_insight_begin (insight, session, arguments, error))
    return FALSE;
  model = insight->fit (session, arguments, error);
  if (!model ||
      g_cancellable_set_error_if_cancelled (app_cli_session_get_cancellable (session), error) ||
      !store_model_save (model, path, error))
    return FALSE;

  const StoreModelHead *head = store_model_get_head (model);

  app_cli_session_take_json (session, store_model_to_json (model));
  app_cli_session_print (session, "%s\t%s\t%" G_GINT64_FORMAT "\t%s\n", head->analysis,
                         head->method ? head->method : "", head->n_rows, path);
  app_cli_session_say (session, _("The model is kept. To score data with it: "
                                  "clientele-cli insight predict %s"), path);
  return TRUE;
}

static const AppCliInsight *
find_of_model (const StoreModel  *model,
               GError           **error)
{
  const char *analysis = store_model_get_head (model)->analysis;
  const AppCliInsight *insight = app_cli_insight_find (analysis);

  if (insight && insight->predict)
    return insight;
  g_set_error (error, STORE_ERROR, STORE_ERROR_TOO_NEW,
               _("This is a model of “%s”, which this version cannot use. Update Clientele."),
               analysis);
  return NULL;
}

/* Which options there are depends on the model, and the model is in the file. */
static const AppCliOption *
choose_predict_options (AppCliArguments  *arguments,
                        GError          **error)
{
  const char *path = app_cli_arguments_get (arguments, 0);

  if (!path || path[0] == '-')
    {
      g_set_error_literal (error, APP_CLI_ERROR, APP_CLI_ERROR_USAGE,
                           _("Behind “predict” comes the file of a model, then the rest."));
      return NULL;
    }

  g_autoptr (StoreModel) model = store_model_load (path, error);
  const AppCliInsight *insight = model ? find_of_model (model, error) : NULL;

  return insight ? insight->verb.options : NULL;
}

static gboolean
run_predict (AppCliSession    *session,
             AppCliArguments  *arguments,
             GError          **error)
{
  const char *path = app_cli_arguments_get (arguments, 0);
  g_autoptr (StoreModel) model = store_model_load (path, error);
  const AppCliInsight *insight = model ? find_of_model (model, error) : NULL;

  return insight && app_cli_insight_begin (insight, session, arguments, error) &&
         app_cli_insight_end (insight, session, arguments,
                              insight->predict (session, arguments, model, error), error);
}

const AppCliVerb app_cli_insight_fit = {
  "insight fit", "WORD FILE.model [OPTION]...", N_("Fit a model and keep it in a file"),
  N_("WORD and its options are those of the verb: `insight clv --horizon 90` is fitted by\n"
     "`insight fit clv FILE.model --horizon 90`. A line: word, method, rows, file."),
  2, 2, NULL, run_fit, choose_fit_options,
};

const AppCliVerb app_cli_insight_predict = {
  "insight predict", "FILE.model [OPTION]...", N_("Score data with a model that was kept"),
  N_("Data, options and answer are those of the verb that the model was fitted for."),
  1, 1, NULL, run_predict, choose_predict_options,
};
