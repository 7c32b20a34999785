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

static StoreSeries *
read_orders (AppCliSession             *session,
             AppCliArguments           *arguments,
             const StoreSeriesOptions  *options,
             const char               **unit,
             GError                   **error)
{
  const char *const sums[] = { "value", "purchases", NULL };
  g_autoptr (StorePurchaseTable) table = NULL;
  guint sum = STORE_SERIES_OF_VALUE;

  if (!app_cli_arguments_get_choice (arguments, "sum", sums, &sum, error))
    return NULL;
  table = app_cli_insight_read_orders (session, arguments, error);
  if (!table)
    return NULL;
  *unit = sum == STORE_SERIES_OF_VALUE ? _("Value of the orders") : _("Number of purchases");
  return store_series_new_from_purchases (table, sum, options, error);
}

static StoreSeries *
read_series (AppCliSession             *session,
             AppCliArguments           *arguments,
             const char               **unit,
             GError                   **error)
{
  StoreSeriesOptions options = STORE_SERIES_OPTIONS_INIT;
  g_autoptr (AppCliSeries) values = NULL;

  if (!get_series_options (arguments, &options, error))
    return NULL;
  if (!app_cli_arguments_has (arguments, "series"))
    return read_orders (session, arguments, &options, unit, error);
  values = app_cli_insight_read_series (session, arguments, error);
  if (!values)
    return NULL;
  *unit = app_cli_arguments_get_value (arguments, "value");
  return store_series_new (values->days, values->values, values->n, &options, error);
}

static StoreForecast *
forecast (AppCliSession    *session,
          AppCliArguments  *arguments,
          GError          **error)
{
  StoreForecastOptions options = STORE_FORECAST_OPTIONS_INIT;
  g_autoptr (StoreSeries) series = NULL;

  if (!get_options (session, arguments, &options, error))
    return NULL;
  series = read_series (session, arguments, &options.unit, error);
  if (!series)
    return NULL;
  return store_forecast_new (series, &options, app_cli_session_get_cancellable (session), error);
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
  g_autoptr (StoreForecast) result = forecast (session, arguments, error);

  return result ? write_document (session, result) : NULL;
}

static StoreModel *
fit (AppCliSession    *session,
     AppCliArguments  *arguments,
     GError          **error)
{
  g_autoptr (StoreForecast) result = forecast (session, arguments, error);
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
  StoreForecastOptions options = STORE_FORECAST_OPTIONS_INIT;
  g_autoptr (StoreSeries) series = NULL;
  g_autoptr (StoreForecast) result = NULL;

  if (!get_options (session, arguments, &options, error))
    return NULL;
  series = read_series (session, arguments, &options.unit, error);
  result = series ? store_forecast_new_from_model (model, series, &options, error) : NULL;
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
  { "low80", N_("80 % from"), APP_CLI_INSIGHT_NUMBER, 2 },
  { "high80", N_("to"), APP_CLI_INSIGHT_NUMBER, 2 },
  { "low95", N_("95 % from"), APP_CLI_INSIGHT_NUMBER, 2 },
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
