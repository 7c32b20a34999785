/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the coming days, weeks or months will bring: of a file of values, or of the orders. */
#include "config.h"

#include "app-cli-insight.h"
#include "app-cli-insight-orders.h"
#include "app-cli-insight-series.h"

#include "app-drawing-forecast.h"

#include "store-error.h"
#include "store-forecast.h"

#include <glib/gi18n.h>

static gboolean
get_series_options (AppCliArguments     *arguments,
                    StoreSeriesOptions  *options,
                    GError             **error)
{
  const char *periods[STORE_SERIES_STEP + 1] = { NULL };

  for (guint i = 0; i < STORE_SERIES_STEP; i++)
    periods[i] = store_series_period_get_name (i);
  return app_cli_arguments_get_choice (arguments, "every", periods, &options->every, error) &&
         app_cli_arguments_get_number (arguments, "season", 1, &options->season, error);
}

static gboolean
get_options (AppCliSession         *session,
             AppCliArguments       *arguments,
             StoreForecastOptions  *options,
             GError               **error)
{
  const char *methods[STORE_FORECAST_N_METHODS + 2] = { NULL };

  for (guint i = 0; i < STORE_FORECAST_N_METHODS; i++)
    methods[i] = store_forecast_method_get_name (i);
  methods[STORE_FORECAST_BEST] = "auto";
  if (!app_cli_arguments_get_choice (arguments, "method", methods, &options->method, error) ||
      !app_cli_arguments_get_number (arguments, "horizon", 1, &options->horizon, error) ||
      !app_cli_insight_get_seed (arguments, &options->seed, error))
    return FALSE;
  options->progress = app_cli_session_report;
  options->progress_data = session;
  return TRUE;
}

/* What is forecast: a series, and the orders that it is of, if it is of orders. */
typedef struct
{
  StoreSeries *series;
  StorePurchaseTable *table;
  guint sum;
  const char *unit;
} Source;

static void
source_clear (Source *source)
{
  g_clear_pointer (&source->series, store_series_free);
  g_clear_pointer (&source->table, store_purchase_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Source, source_clear)

static gboolean
read_orders (AppCliSession             *session,
             AppCliArguments           *arguments,
             const StoreSeriesOptions  *options,
             Source                    *source,
             GError                   **error)
{
  const char *const sums[] = { "value", "purchases", NULL };

  if (!app_cli_arguments_get_choice (arguments, "sum", sums, &source->sum, error))
    return FALSE;
  source->table = app_cli_insight_read_orders (session, arguments, error);
  if (!source->table)
    return FALSE;
  source->unit = source->sum == STORE_SERIES_OF_VALUE ? _("Value of the orders")
                                                      : _("Number of purchases");
  source->series = store_series_new_from_purchases (source->table, source->sum, options, error);
  return source->series != NULL;
}

static gboolean
read_source (AppCliSession    *session,
             AppCliArguments  *arguments,
             Source           *source,
             GError          **error)
{
  StoreSeriesOptions options = STORE_SERIES_OPTIONS_INIT;
  g_autoptr (AppCliSeries) values = NULL;

  if (!get_series_options (arguments, &options, error))
    return FALSE;
  if (!app_cli_arguments_has (arguments, "series"))
    return read_orders (session, arguments, &options, source, error);
  values = app_cli_insight_read_series (session, arguments, error);
  if (!values)
    return FALSE;
  source->unit = app_cli_arguments_get_value (arguments, "value");
  source->series = store_series_new (values->days, values->values, values->n, &options, error);
  return source->series != NULL;
}

/* By a model of earlier, or by whatever does best now. */
static StoreForecast *
forecast (AppCliSession    *session,
          AppCliArguments  *arguments,
          StoreModel       *model,
          GError          **error)
{
  StoreForecastOptions options = STORE_FORECAST_OPTIONS_INIT;
  GCancellable *cancellable = app_cli_session_get_cancellable (session);
  g_auto (Source) source = { 0 };
  g_autoptr (StoreForecast) result = NULL;

  if (!get_options (session, arguments, &options, error) ||
      !read_source (session, arguments, &source, error))
    return NULL;
  options.unit = source.unit;
  result = model ? store_forecast_new_from_model (model, source.series, &options, error)
                 : store_forecast_new (source.series, &options, cancellable, error);
  if (!result || (source.table && !store_forecast_add_customers (result, source.table, source.sum,
                                                                 cancellable, error)))
    return NULL;
  return g_steal_pointer (&result);
}

static JsonNode *
write_document (AppCliSession       *session,
                const StoreForecast *result)
{
  g_autofree char *reason = store_forecast_dup_reason (result);

  if (*reason != '\0')
    app_cli_session_say (session, "%s", reason);
  return store_forecast_to_json (result);
}

static JsonNode *
compute (AppCliSession    *session,
         AppCliArguments  *arguments,
         GError          **error)
{
  g_autoptr (StoreForecast) result = forecast (session, arguments, NULL, error);

  return result ? write_document (session, result) : NULL;
}

static StoreModel *
fit (AppCliSession    *session,
     AppCliArguments  *arguments,
     GError          **error)
{
  g_autoptr (StoreForecast) result = forecast (session, arguments, NULL, error);
  StoreModel *model = result ? store_forecast_to_model (result) : NULL;

  if (result && !model)
    g_set_error (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA, "%s",
                 result->notes[0] ? result->notes[0] : _("There is too little to learn from."));
  return model;
}

static JsonNode *
predict (AppCliSession    *session,
         AppCliArguments  *arguments,
         StoreModel       *model,
         GError          **error)
{
  g_autoptr (StoreForecast) result = forecast (session, arguments, model, error);

  return result ? write_document (session, result) : NULL;
}

static gboolean
run (AppCliSession    *session,
     AppCliArguments  *arguments,
     GError          **error)
{
  return app_cli_insight_run (&app_cli_insight_forecast, session, arguments, error);
}

static const AppCliOption options[] = {
  APP_CLI_INSIGHT_SERIES_OPTIONS,
  { "orders", "FILE.csv", N_("Orders from this file; no store is needed or made") },
  { "id", "COLUMN", N_("Its column with the customer") },
  { "sum", "value|purchases", N_("What to add up of orders: their value if not given") },
  { "every", "day|week|month|quarter|year",
    N_("Add up by such periods: found from the dates if not given") },
  { "season", "N", N_("So many periods make a season, 1 for none: a year, of days a week") },
  { "horizon", "N", N_("Forecast so many periods") },
  { "method", "auto|snaive|holt-winters|theta|ets|arima|lstm",
    N_("How: whichever does best on this series if not given") },
  APP_CLI_INSIGHT_SEED_OPTION,
  APP_CLI_INSIGHT_COMMON_OPTIONS,
  { NULL },
};

static const AppCliInsightColumn columns[] = {
  { "period", N_("Period") },
  { "mean", N_("Expected"), APP_CLI_INSIGHT_NUMBER, 2 },
  { "low80", N_("From, 80 %"), APP_CLI_INSIGHT_NUMBER, 2 },
  { "high80", N_("to"), APP_CLI_INSIGHT_NUMBER, 2 },
  { "low95", N_("From, 95 %"), APP_CLI_INSIGHT_NUMBER, 2 },
  { "high95", N_("to"), APP_CLI_INSIGHT_NUMBER, 2 },
  { NULL },
};

const AppCliInsight app_cli_insight_forecast = {
  .verb = {
    "insight forecast",
    "[--series FILE.csv --value COLUMN [--date COLUMN]]\n"
    "    [--orders FILE.csv --id COLUMN --date COLUMN --value COLUMN] [--sum value|purchases]\n"
    "    [--until DATE] [--every day|week|month|quarter|year] [--season N] [--horizon N]\n"
    "    [--method auto|snaive|holt-winters|theta|ets|arima|lstm] [--seed N]",
    N_("Forecast the coming days, weeks or months"),
    N_("A line a period to come: its name, what is expected, and the limits that it lies between\n"
       "four times out of five (80 %) and nineteen times out of twenty (95 %)."),
    0, 0, options, run },
  .view = { "forecast", columns, app_drawing_forecast },
  .compute = compute,
  .fit = fit,
  .predict = predict,
};
