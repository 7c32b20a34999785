/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verbs that say what the data tell: the table of analyses, and what all of them do alike. */
#include "config.h"

#include "app-cli-insight.h"

#include "app-cli-error.h"
#include "app-cli-insight-people.h"

#include "store-parallel.h"

#include <glib/gi18n.h>
#include <string.h>

static const AppCliInsight *const insights[] = {
  &app_cli_insight_rfm,
  &app_cli_insight_cohorts,
  &app_cli_insight_segments,
  &app_cli_insight_indices,
  &app_cli_insight_clv,
  &app_cli_insight_churn,
  &app_cli_insight_response,
  &app_cli_insight_demand,
  &app_cli_insight_intent,
  &app_cli_insight_drops,
  &app_cli_insight_tournament,
  &app_cli_insight_forecast,
  &app_cli_insight_rules,
  &app_cli_insight_recommend,
};

static const AppCliVerb *const verbs[] = {
  &app_cli_insight_rfm.verb,
  &app_cli_insight_cohorts.verb,
  &app_cli_insight_segments.verb,
  &app_cli_insight_indices.verb,
  &app_cli_insight_clv.verb,
  &app_cli_insight_churn.verb,
  &app_cli_insight_response.verb,
  &app_cli_insight_demand.verb,
  &app_cli_insight_intent.verb,
  &app_cli_insight_drops.verb,
  &app_cli_insight_tournament.verb,
  &app_cli_insight_forecast.verb,
  &app_cli_insight_rules.verb,
  &app_cli_insight_recommend.verb,
  &app_cli_insight_fit,
  &app_cli_insight_predict,
  NULL,
};

const AppCliFamily app_cli_insight = { N_("Insight:"), NULL, verbs };

/**
 * app_cli_insight_get_word:
 *
 * Returns: (transfer none): the word behind "insight".
 */
const char *
app_cli_insight_get_word (const AppCliInsight *insight)
{
  g_return_val_if_fail (insight != NULL, NULL);

  return insight->verb.name + strlen ("insight ");
}

/**
 * app_cli_insight_find:
 *
 * Returns: (transfer none) (nullable): the analysis of a word.
 */
const AppCliInsight *
app_cli_insight_find (const char *word)
{
  g_return_val_if_fail (word != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (insights); i++)
    if (g_str_equal (app_cli_insight_get_word (insights[i]), word))
      return insights[i];
  return NULL;
}

/**
 * app_cli_insight_get_seed:
 * @seed: (inout): left as it is where --seed was not given
 */
gboolean
app_cli_insight_get_seed (AppCliArguments  *arguments,
                          guint64          *seed,
                          GError          **error)
{
  g_return_val_if_fail (arguments != NULL && seed != NULL, FALSE);

  const char *text = app_cli_arguments_get_value (arguments, "seed");

  if (!text || g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, seed, NULL))
    return TRUE;
  g_set_error (error, APP_CLI_ERROR, APP_CLI_ERROR_USAGE,
               _("--%s needs a whole number from %u on, not “%s”."), "seed", 0, text);
  return FALSE;
}

/**
 * app_cli_insight_begin:
 *
 * What stands before every computation: Ctrl-C is watched, --threads counts, and a customer who is
 * called by name is found.
 */
gboolean
app_cli_insight_begin (const AppCliInsight  *insight,
                       AppCliSession        *session,
                       AppCliArguments      *arguments,
                       GError              **error)
{
  g_return_val_if_fail (insight != NULL && session != NULL && arguments != NULL, FALSE);

  guint threads = 0;

  if (!app_cli_arguments_get_number (arguments, "threads", 1, &threads, error))
    return FALSE;
  if (threads > 0)
    store_parallel_set_n_threads (threads);
  app_cli_session_get_cancellable (session);
  return app_cli_insight_find_person (session, arguments, &insight->view, error);
}

/**
 * app_cli_insight_end:
 * @document: (transfer full) (nullable): what was computed; %NULL with @error set
 *
 * What stands behind every computation: the document is shown, unless Ctrl-C came.
 */
gboolean
app_cli_insight_end (const AppCliInsight  *insight,
                     AppCliSession        *session,
                     AppCliArguments      *arguments,
                     JsonNode             *document,
                     GError              **error)
{
  g_return_val_if_fail (insight != NULL && session != NULL, FALSE);

  if (!document)
    return FALSE;
  if (!g_cancellable_set_error_if_cancelled (app_cli_session_get_cancellable (session), error) &&
      app_cli_insight_name_people (session, arguments, document, &insight->view, error))
    return app_cli_insight_show (session, arguments, document, &insight->view, error);
  json_node_unref (document);
  return FALSE;
}

/**
 * app_cli_insight_run:
 *
 * Computes and shows: what the verb of every analysis does.
 */
gboolean
app_cli_insight_run (const AppCliInsight  *insight,
                     AppCliSession        *session,
                     AppCliArguments      *arguments,
                     GError              **error)
{
  g_return_val_if_fail (insight != NULL, FALSE);

  return app_cli_insight_begin (insight, session, arguments, error) &&
         app_cli_insight_end (insight, session, arguments,
                              insight->compute (session, arguments, error), error);
}
