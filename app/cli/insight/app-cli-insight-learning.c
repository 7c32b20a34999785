/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables to learn from, and what is told of one of their rows. */
#include "config.h"

#include "app-cli-insight-learning.h"

#include "app-cli-error.h"
#include "app-cli-insight.h"
#include "app-cli-insight-rows.h"

#include "store-error.h"

#include <glib/gi18n.h>

static char **
take_names (const AppCliRows *table)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < table->n_columns; i++)
    if (i != table->label && i != table->id)
      g_strv_builder_add (names, table->names[i]);
  return g_strv_builder_end (names);
}

static void
add_row (StoreRows        *rows,
         const AppCliRows *table,
         guint             row,
         const char      **cells)
{
  const char *id = table->id != APP_CLI_ROWS_NONE ? app_cli_rows_get (table, row, table->id) : NULL;
  const char *label =
    table->label != APP_CLI_ROWS_NONE ? app_cli_rows_get (table, row, table->label) : NULL;
  guint n = 0;

  for (guint i = 0; i < table->n_columns; i++)
    if (i != table->label && i != table->id)
      cells[n++] = app_cli_rows_get (table, row, i);
  store_rows_add (rows, id, label, cells);
}

/**
 * app_cli_insight_read_table:
 * @arguments: with --rows
 * @needs_label: whether there is nothing to do without --label
 *
 * Returns: (transfer full) (nullable): the rows of the file, finished
 */
StoreRows *
app_cli_insight_read_table (AppCliSession    *session,
                            AppCliArguments  *arguments,
                            gboolean          needs_label,
                            GError          **error)
{
  g_autoptr (AppCliRows) table = NULL;
  g_autoptr (StoreRows) rows = NULL;
  g_auto (GStrv) names = NULL;
  g_autofree const char **cells = NULL;

  if (needs_label && !app_cli_arguments_has (arguments, "label"))
    {
      g_set_error_literal (error, APP_CLI_ERROR, APP_CLI_ERROR_USAGE,
                           _("--rows needs --label to name the column that is to be foretold."));
      return NULL;
    }
  table = app_cli_insight_read_rows (session, arguments, error);
  if (!table)
    return NULL;
  names = take_names (table);
  cells = g_new0 (const char *, table->n_columns + 1);
  rows = store_rows_new ((const char *const *) names);
  for (guint row = 0; row < table->n_rows; row++)
    add_row (rows, table, row, cells);
  store_rows_finish (rows);
  return g_steal_pointer (&rows);
}

/**
 * app_cli_insight_get_learning:
 * @options: (inout): takes what was given
 */
gboolean
app_cli_insight_get_learning (AppCliSession         *session,
                              AppCliArguments       *arguments,
                              StoreOutcomesOptions  *options,
                              GError               **error)
{
  g_auto (GStrv) methods = g_strsplit (APP_CLI_INSIGHT_LEARNING_METHODS, "|", -1);
  const char *method = app_cli_arguments_get_value (arguments, "method");
  guint choice;

  if (method)
    {
      if (!app_cli_arguments_get_choice (arguments, "method", (const char *const *) methods, &choice,
                                         error))
        return FALSE;
      options->method = method;
    }
  options->leave_out = app_cli_arguments_get_values (arguments, "leave-out");
  options->yes = app_cli_arguments_get_value (arguments, "yes");
  options->progress = app_cli_session_report;
  options->progress_data = session;
  return app_cli_insight_get_seed (arguments, &options->seed, error);
}

/**
 * app_cli_insight_find_row:
 * @row: (out): which row --explain names; G_MAXUINT where it was not given
 *
 * Returns: %FALSE where there is no such row
 */
gboolean
app_cli_insight_find_row (AppCliArguments  *arguments,
                          const StoreRows  *rows,
                          guint            *row,
                          GError          **error)
{
  const char *id = app_cli_arguments_get_value (arguments, "explain");

  *row = G_MAXUINT;
  if (!id || store_rows_find (rows, id, row))
    return TRUE;
  g_set_error (error, STORE_ERROR, STORE_ERROR_NOT_FOUND,
               _("There is no row “%s”. Take an id from the list."), id);
  return FALSE;
}

/**
 * app_cli_insight_tell_outcomes:
 *
 * Returns: (transfer full) (nullable): the document, with the explanation that was asked for
 */
JsonNode *
app_cli_insight_tell_outcomes (AppCliArguments      *arguments,
                               const StoreOutcomes  *outcomes,
                               GError              **error)
{
  JsonNode *document;
  guint row;

  if (!app_cli_insight_find_row (arguments, outcomes->rows, &row, error))
    return NULL;
  document = store_outcomes_to_json (outcomes);
  if (row != G_MAXUINT)
    app_cli_insight_add_explanation (document, app_cli_arguments_get_value (arguments, "explain"),
                                     store_outcomes_dup_reason (outcomes, row),
                                     store_outcomes_find_nearest (outcomes, row));
  return document;
}

/**
 * app_cli_insight_check_enough:
 * @notes: (array zero-terminated=1): of the analysis; the last says what is missing
 *
 * Returns: %FALSE where there is nothing that could be kept
 */
gboolean
app_cli_insight_check_enough (gboolean   enough,
                              char     **notes,
                              GError   **error)
{
  guint n = g_strv_length (notes);

  if (!enough)
    g_set_error_literal (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA,
                         n > 0 ? notes[n - 1] : _("There is too little data."));
  return enough;
}

static StoreOutcomes *
learn_rows (AppCliSession               *session,
            AppCliArguments             *arguments,
            const StoreOutcomesOptions  *options,
            GError                     **error)
{
  g_autoptr (StoreRows) rows = app_cli_insight_read_table (session, arguments, TRUE, error);

  if (!rows)
    return NULL;
  return store_outcomes_new (rows, NULL, NULL, options, app_cli_session_get_cancellable (session),
                             error);
}

/**
 * app_cli_insight_compute_rows:
 * @options: what to learn and how
 *
 * Returns: (transfer full) (nullable): what a table of rows says
 */
JsonNode *
app_cli_insight_compute_rows (AppCliSession               *session,
                              AppCliArguments             *arguments,
                              const StoreOutcomesOptions  *options,
                              GError                     **error)
{
  g_autoptr (StoreOutcomes) outcomes = learn_rows (session, arguments, options, error);

  return outcomes ? app_cli_insight_tell_outcomes (arguments, outcomes, error) : NULL;
}

/**
 * app_cli_insight_fit_rows:
 * @options: what to learn and how
 *
 * Returns: (transfer full) (nullable): the model of a table of rows
 */
StoreModel *
app_cli_insight_fit_rows (AppCliSession               *session,
                          AppCliArguments             *arguments,
                          const StoreOutcomesOptions  *options,
                          GError                     **error)
{
  g_autoptr (StoreOutcomes) outcomes = learn_rows (session, arguments, options, error);

  if (!outcomes || !app_cli_insight_check_enough (outcomes->enough, outcomes->notes, error))
    return NULL;
  return store_outcomes_to_model (outcomes);
}

/**
 * app_cli_insight_predict_rows:
 * @model: fitted by app_cli_insight_fit_rows()
 * @options: what to tell
 *
 * Returns: (transfer full) (nullable): what the model says of another table of rows
 */
JsonNode *
app_cli_insight_predict_rows (AppCliSession               *session,
                              AppCliArguments             *arguments,
                              StoreModel                  *model,
                              const StoreOutcomesOptions  *options,
                              GError                     **error)
{
  g_autoptr (StoreRows) rows = app_cli_insight_read_table (session, arguments, FALSE, error);
  g_autoptr (StoreOutcomes) outcomes = NULL;

  if (!rows)
    return NULL;
  outcomes = store_outcomes_new_from_model (model, rows, options,
                                            app_cli_session_get_cancellable (session), error);
  return outcomes ? app_cli_insight_tell_outcomes (arguments, outcomes, error) : NULL;
}
