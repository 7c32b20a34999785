/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-cli-error.h"
#include "app-cli-insight.h"
#include "app-cli-insight-learning.h"
#include "app-cli-insight-series.h"

#include "app-drawing-demand.h"

#include "store-demand.h"

#include <glib/gi18n.h>

#define USUAL_LAGS 4
#define MOST_LAGS 60
#define NAIVE_OF_A_SERIES "lag 1"

typedef struct
{
  gint32 day;
  guint place;
  double value;
} Moment;

static int
compare_moments (gconstpointer a,
                 gconstpointer b)
{
  const Moment *left = a;
  const Moment *right = b;

  if (left->day != right->day)
    return left->day < right->day ? -1 : 1;
  return left->place < right->place ? -1 : 1;
}

/* The values in the order of their days, or as they stand where there are none. */
static double *
sort_values (const AppCliSeries *series,
             gboolean           *is_positive)
{
  g_autofree Moment *moments = g_new (Moment, series->n + 1);
  double *values = g_new (double, series->n + 1);

  for (guint i = 0; i < series->n; i++)
    moments[i] = (Moment) { series->days ? series->days[i] : 0, i, series->values[i] };
  qsort (moments, series->n, sizeof *moments, compare_moments);
  *is_positive = TRUE;
  for (guint i = 0; i < series->n; i++)
    {
      values[i] = moments[i].value;
      *is_positive &= values[i] >= 0;
    }
  return values;
}

static StoreRows *
read_series (AppCliSession       *session,
             AppCliArguments     *arguments,
             StoreDemandOptions  *options,
             GError             **error)
{
  g_autoptr (AppCliSeries) series = NULL;
  g_autofree double *values = NULL;
  guint lags = USUAL_LAGS;

  if (!app_cli_arguments_get_number (arguments, "lags", 1, &lags, error))
    return NULL;
  if (lags > MOST_LAGS)
    {
      g_set_error (error, APP_CLI_ERROR, APP_CLI_ERROR_USAGE, _("--%s is at most %u."), "lags",
                   MOST_LAGS);
      return NULL;
    }
  series = app_cli_insight_read_series (session, arguments, error);
  if (!series)
    return NULL;
  values = sort_values (series, &options->in_logs);
  options->by_time = TRUE;
  options->naive = NAIVE_OF_A_SERIES;
  return store_demand_rows_new (values, series->n, lags, options->in_logs);
}

static StoreRows *
read_rows (AppCliSession       *session,
           AppCliArguments     *arguments,
           gboolean             needs_label,
           StoreDemandOptions  *options,
           GError             **error)
{
  options->leave_out = app_cli_arguments_get_values (arguments, "leave-out");
  if (!app_cli_insight_get_seed (arguments, &options->seed, error))
    return NULL;
  if (app_cli_arguments_has (arguments, "rows"))
    return app_cli_insight_read_table (session, arguments, needs_label, error);
  if (app_cli_arguments_has (arguments, "series"))
    return read_series (session, arguments, options, error);
  g_set_error_literal (error, APP_CLI_ERROR, APP_CLI_ERROR_USAGE,
                       _("Give a table, --rows FILE.csv --label COLUMN, or values over time, "
                         "--series FILE.csv --date COLUMN --value COLUMN."));
  return NULL;
}

static JsonNode *
tell (AppCliArguments    *arguments,
      const StoreDemand  *demand,
      GError            **error)
{
  JsonNode *document;
  guint row;

  if (!app_cli_insight_find_row (arguments, demand->rows, &row, error))
    return NULL;
  document = store_demand_to_json (demand);
  if (row != G_MAXUINT)
    app_cli_insight_add_explanation (document, app_cli_arguments_get_value (arguments, "explain"),
                                     store_demand_dup_reason (demand, row),
                                     store_demand_find_nearest (demand, row));
  return document;
}

static StoreDemand *
learn (AppCliSession    *session,
       AppCliArguments  *arguments,
       GError          **error)
{
  StoreDemandOptions options = STORE_DEMAND_OPTIONS_INIT;
  g_autoptr (StoreRows) rows = read_rows (session, arguments, TRUE, &options, error);

  return rows ? store_demand_new (rows, &options, error) : NULL;
}

static JsonNode *
compute (AppCliSession    *session,
         AppCliArguments  *arguments,
         GError          **error)
{
  g_autoptr (StoreDemand) demand = learn (session, arguments, error);

  return demand ? tell (arguments, demand, error) : NULL;
}

static StoreModel *
fit (AppCliSession    *session,
     AppCliArguments  *arguments,
     GError          **error)
{
  g_autoptr (StoreDemand) demand = learn (session, arguments, error);

  if (!demand || !app_cli_insight_check_enough (demand->enough, demand->notes, error))
    return NULL;
  return store_demand_to_model (demand);
}

static JsonNode *
predict (AppCliSession    *session,
         AppCliArguments  *arguments,
         StoreModel       *model,
         GError          **error)
{
  StoreDemandOptions options = STORE_DEMAND_OPTIONS_INIT;
  g_autoptr (StoreRows) rows = read_rows (session, arguments, FALSE, &options, error);
  g_autoptr (StoreDemand) demand =
    rows ? store_demand_new_from_model (model, rows, &options, error) : NULL;

  return demand ? tell (arguments, demand, error) : NULL;
}

static gboolean
run (AppCliSession    *session,
     AppCliArguments  *arguments,
     GError          **error)
{
  return app_cli_insight_run (&app_cli_insight_demand, session, arguments, error);
}

static const AppCliOption options[] = {
  APP_CLI_INSIGHT_ROWS_OPTIONS,
  { "series", "FILE.csv", N_("Values over time from this file, foretold from those before") },
  { "date", "COLUMN", N_("Its column with the date") },
  { "value", "COLUMN", N_("Its column with the value") },
  { "until", "DATE", N_("Values up to this day count: all of the file if not given") },
  { "lags", "N", N_("How many values to look back: 4 if not given") },
  APP_CLI_INSIGHT_EXPLAIN_OPTION,
  APP_CLI_INSIGHT_SEED_OPTION,
  APP_CLI_INSIGHT_COMMON_OPTIONS,
  { NULL },
};

static const AppCliInsightColumn columns[] = {
  { "id", N_("Row") },
  { "expected", N_("Expected"), APP_CLI_INSIGHT_NUMBER, 2 },
  { "low", N_("From"), APP_CLI_INSIGHT_NUMBER, 2 },
  { "high", N_("To"), APP_CLI_INSIGHT_NUMBER, 2 },
  { "actual", N_("Known"), APP_CLI_INSIGHT_NUMBER, 2 },
  { NULL },
};

const AppCliInsight app_cli_insight_demand = {
  .verb = {
    "insight demand",
    "(--rows FILE.csv --label COLUMN [--id COLUMN] [--leave-out COLUMN]...\n"
    "    | --series FILE.csv --date COLUMN --value COLUMN [--lags N]) [--seed N] [--explain ID]",
    N_("Say what is likely to be sold, by a line over other columns"),
    N_("A line a row: id, what is expected, from where to where in eight of ten cases, what is\n"
       "known. A row without a known value is foretold; of a series the last line is the next one."),
    0, 0, options, run },
  .view = { "rows", columns, app_drawing_demand },
  .compute = compute,
  .fit = fit,
  .predict = predict,
};
