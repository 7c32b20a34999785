/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include "series-row.h"
#include "shared-data.h"
#include "store-counter-random.h"
#include "store-error.h"
#include "store-forecast.h"
#include "store-parallel.h"

static StoreSeries *
make_series (const double *values,
             guint         n)
{
  g_autofree gint32 *days = g_new (gint32, n);
  const StoreSeriesOptions options = { STORE_SERIES_MONTH, 0 };
  g_autoptr (GError) error = NULL;
  StoreSeries *series;

  for (guint i = 0; i < n; i++)
    days[i] = store_series_period_get_day (STORE_SERIES_MONTH, 1949 * 12 + (gint32) i);
  series = store_series_new (days, values, n, &options, &error);
  g_assert_no_error (error);
  return series;
}

static StoreForecast *
forecast (const StoreSeries *series,
          guint              method,
          guint              horizon)
{
  StoreForecastOptions options = STORE_FORECAST_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  StoreForecast *result;

  options.method = method;
  options.horizon = horizon;
  result = store_forecast_new (series, &options, NULL, &error);
  g_assert_no_error (error);
  return result;
}

static char *
dup_text (const StoreForecast *result)
{
  g_autoptr (JsonNode) node = store_forecast_to_json (result);

  return json_to_string (node, FALSE);
}

static void
test_winner_beats_the_simple_rule_and_says_so (void)
{
  g_autoptr (StoreSeries) series = make_series (series_row_airline, 144);
  g_autoptr (StoreForecast) result = forecast (series, STORE_FORECAST_BEST, 12);
  g_autofree char *reason = store_forecast_dup_reason (result);
  const StoreRace *race = result->race;

  g_assert_true (result->enough);
  g_assert_cmpuint (race->n_entries, ==, STORE_FORECAST_N_METHODS);
  g_assert_cmpuint (race->n_origins, ==, 6);
  g_assert_cmpuint (race->naive, >, 0);
  for (guint i = 1; i < race->n_entries; i++)
    g_assert_cmpfloat (race->entries[i - 1].mae, <=, race->entries[i].mae);
  g_assert_cmpint (store_forecaster_get_method (result->forecaster), ==, race->entries[0].method);
  g_assert_nonnull (strstr (reason, "It repeats every 12 months."));
  g_assert_nonnull (strstr (reason, "above the same time 12 months before"));
}

/* Walks that nothing can foretell: the winner of a race looks better than choosing it does. */
static void
test_luck_of_the_winner_is_told (void)
{
  const StoreSeriesOptions options = { STORE_SERIES_FIND_PERIOD, 1 };
  double winner = 0.0;
  double choice = 0.0;

  for (guint walk = 0; walk < 6; walk++)
    {
      g_autoptr (StoreSeries) series = NULL;
      g_autoptr (StoreForecast) result = NULL;
      double values[48];
      double level = 100.0;

      for (guint t = 0; t < G_N_ELEMENTS (values); t++)
        values[t] = level += store_counter_random (23, walk, t) - 0.5;
      series = store_series_new (NULL, values, G_N_ELEMENTS (values), &options, NULL);
      result = forecast (series, STORE_FORECAST_BEST, 6);
      winner += store_race_get_error (result->race, 0);
      choice += result->race->choice;
    }
  g_test_message ("winner %.3f, choice %.3f", winner / 6.0, choice / 6.0);
  g_assert_cmpfloat (choice, >, winner * 1.02);
}

/* Two measurements with a century between them are no series. */
static void
test_line_between_few_values_is_not_forecast (void)
{
  const StoreSeriesOptions options = STORE_SERIES_OPTIONS_INIT;
  const gint32 days[] = { -30000, 10000 };
  const double values[] = { 1.0, 2.0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreSeries) series = store_series_new (days, values, 2, &options, &error);
  g_autoptr (StoreForecast) result = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (series->n, >, 100);
  result = forecast (series, STORE_FORECAST_BEST, 0);
  g_assert_false (result->enough);
  g_assert_nonnull (strstr (result->notes[1], "More than half"));
}

static gboolean
has_note (const StoreForecast *result,
          const char          *part)
{
  for (guint i = 0; result->notes[i] != NULL; i++)
    if (strstr (result->notes[i], part) != NULL)
      return TRUE;
  return FALSE;
}

/* Numbers at the end of what there is: whatever is done, what is said of it is true and short. */
static void
test_notes_are_true_of_extreme_numbers (void)
{
  const StoreSeriesOptions options = { STORE_SERIES_STEP, 1 };
  double values[40];

  for (guint kind = 0; kind < 3; kind++)
    {
      g_autoptr (StoreSeries) series = NULL;
      g_autoptr (StoreForecast) result = NULL;

      for (guint t = 0; t < 40; t++)
        values[t] = kind == 0 ? (t % 2 == 0 ? 1e308 : -1e308)
                    : kind == 1 ? (t < 20 ? 1.7e308 : -1.7e308) : 1e15 + t;
      series = store_series_new (NULL, values, 40, &options, NULL);
      result = forecast (series, STORE_FORECAST_BEST, 0);
      if (result->forecaster == NULL ||
          store_forecaster_get_method (result->forecaster) != STORE_FORECAST_NAIVE)
        g_assert_false (has_note (result, "simple rule is used"));
      g_assert_false (has_note (result, "always the same"));
      g_assert_false (has_note (result, "Choose another one"));
      for (guint i = 0; result->notes[i] != NULL; i++)
        g_assert_cmpuint (strlen (result->notes[i]), <, 200);
    }
}

static void
test_straight_line_needs_no_lags (void)
{
  const StoreSeriesOptions options = { STORE_SERIES_STEP, 1 };
  g_autoptr (StoreSeries) series = NULL;
  g_autoptr (StoreForecast) result = NULL;
  g_autofree char *name = NULL;
  double values[30];

  for (guint t = 0; t < 30; t++)
    values[t] = 3.0 * t;
  series = store_series_new (NULL, values, 30, &options, NULL);
  result = forecast (series, STORE_FORECAST_ARIMA, 5);
  name = store_forecaster_dup_name (result->forecaster);
  g_assert_cmpstr (name, ==, "ARIMA(0,1,0) with drift");
}

/* The error of the simple rule can be added up by hand: cuts at 132, 126, ... months. */
static void
test_errors_are_those_of_held_back_months (void)
{
  g_autoptr (StoreSeries) series = make_series (series_row_airline, 144);
  g_autoptr (StoreForecast) result = forecast (series, STORE_FORECAST_NAIVE, 12);
  const StoreRaceEntry *naive = &result->race->entries[result->race->naive];
  double errors = 0.0;
  double size = 0.0;

  for (guint cut = 132; cut > 132 - 6 * 6; cut -= 6)
    for (guint h = 0; h < 12; h++)
      {
        errors += fabs (series_row_airline[cut + h] - series_row_airline[cut + h - 12]);
        size += series_row_airline[cut + h];
      }
  assert_relative (naive->mae, errors / 72.0, 1e-12);
  assert_relative (naive->wape, errors / size, 1e-12);
  g_assert_cmpfloat (naive->rmse, >=, naive->mae);
  g_assert_cmpfloat (naive->inside80, >=, 0.0);
  g_assert_cmpfloat (naive->inside80, <=, 1.0);
}

static void
test_threads_change_no_bit (void)
{
  g_autoptr (StoreSeries) series = make_series (series_row_airline, 60);
  g_autofree char *one = NULL;

  store_parallel_set_n_threads (1);
  {
    g_autoptr (StoreForecast) result = forecast (series, STORE_FORECAST_BEST, 12);

    one = dup_text (result);
  }
  for (guint threads = 2; threads <= 8; threads += 6)
    {
      g_autoptr (StoreForecast) result = NULL;
      g_autofree char *many = NULL;

      store_parallel_set_n_threads (threads);
      result = forecast (series, STORE_FORECAST_BEST, 12);
      many = dup_text (result);
      g_assert_cmpstr (one, ==, many);
    }
  store_parallel_set_n_threads (0);
}

static void
check_round_trip (const StoreForecast *result,
                  StoreModel          *read,
                  const StoreSeries   *grown)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreForecast) again = NULL;
  g_autoptr (StoreForecast) later = NULL;

  again = store_forecast_new_from_model (read, result->series, &result->options, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (again->prediction->mean, 5 * 12 * sizeof (double), result->prediction->mean,
                   5 * 12 * sizeof (double));
  later = store_forecast_new_from_model (read, grown, &result->options, &error);
  g_assert_no_error (error);
  for (guint h = 0; h < 12; h++)
    assert_relative (later->prediction->mean[h], series_row_airline[grown->n + h], 0.35);
}

/* A series that begins elsewhere in the year: the season must stay where it is in the calendar. */
static void
check_other_beginning (const StoreForecast *result,
                       StoreModel          *read,
                       const StoreSeries   *whole)
{
  g_autoptr (StoreSeries) part = store_series_copy (whole);
  g_autoptr (StoreForecast) other = NULL;
  g_autoptr (GError) error = NULL;
  guint highest = 0;

  part->first += 41;
  part->n -= 41;
  memmove (part->values, part->values + 41, part->n * sizeof *part->values);
  other = store_forecast_new_from_model (read, part, &result->options, &error);
  g_assert_no_error (error);
  for (guint h = 1; h < 12; h++)
    if (other->prediction->mean[h] > other->prediction->mean[highest])
      highest = h;
  g_assert_true (highest == 6 || highest == 7);
}

/* Through text and back every method forecasts the same bits, and goes on with a series that has
 * grown and with another one. */
static void
test_carried_models_forecast_the_same (void)
{
  g_autoptr (StoreSeries) series = make_series (series_row_airline, 84);
  g_autoptr (StoreSeries) grown = make_series (series_row_airline, 94);
  g_autoptr (StoreSeries) whole = make_series (series_row_airline, 144);

  for (guint method = 0; method < STORE_FORECAST_N_METHODS; method++)
    {
      g_autoptr (StoreForecast) result = forecast (series, method, 12);
      g_autoptr (StoreModel) model = store_forecast_to_model (result);
      g_autofree char *text = store_model_to_text (model);
      g_autoptr (GError) error = NULL;
      g_autoptr (StoreModel) read = store_model_new_from_text (text, -1, &error);

      g_assert_no_error (error);
      check_round_trip (result, read, grown);
      check_other_beginning (result, read, whole);
    }
}

static void
test_broken_models_are_told (void)
{
  g_autoptr (StoreSeries) series = make_series (series_row_airline, 60);
  g_autoptr (StoreForecast) result = forecast (series, STORE_FORECAST_ARIMA, 6);
  g_autoptr (StoreModel) model = store_forecast_to_model (result);
  g_autoptr (JsonNode) node = store_model_to_json (model);
  g_autofree char *text = json_to_string (node, FALSE);
  const char *const members[] = { "season", "scale", "order", "fit", "ar", "first", "every" };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autofree char *named = g_strdup_printf ("\"%s\":", members[i]);
      g_autoptr (GString) changed = g_string_new (text);
      g_autoptr (GError) error = NULL;
      g_autoptr (StoreModel) broken = NULL;
      g_autoptr (StoreForecast) none = NULL;

      g_assert_cmpuint (g_string_replace (changed, named, "\"other\":", 0), >, 0);
      broken = store_model_new_from_text (changed->str, -1, &error);
      if (broken != NULL)
        none = store_forecast_new_from_model (broken, series, &result->options, &error);
      g_assert_null (none);
      g_assert_error (error, STORE_ERROR, STORE_ERROR_DAMAGED);
    }
}

/* A season of one period is none, whatever a file says; and nothing goes on from no period. */
static void
test_models_need_a_season_and_a_series (void)
{
  const StoreSeriesOptions options = { STORE_SERIES_STEP, 12 };
  g_autoptr (StoreSeries) series = store_series_new (NULL, series_row_airline, 60, &options, NULL);
  g_autoptr (StoreSeries) none = store_series_copy (series);
  g_autoptr (StoreForecast) result = forecast (series, STORE_FORECAST_ETS, 6);
  g_autoptr (StoreModel) model = store_forecast_to_model (result);
  g_autoptr (GError) error = NULL;
  JsonObject *body = store_model_get_body (model);

  none->n = 0;
  g_assert_null (store_forecast_new_from_model (model, none, &result->options, &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA);
  g_clear_error (&error);
  json_object_set_int_member (body, "season", 1);
  while (json_array_get_length (json_object_get_array_member (body, "figure")) > 1)
    json_array_remove_element (json_object_get_array_member (body, "figure"), 1);
  series->first = 5;
  g_assert_null (store_forecast_new_from_model (model, series, &result->options, &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_DAMAGED);
}

static double
hard_value (guint kind,
            guint t)
{
  switch (kind)
    {
    case 0:
      return 0.0;
    case 1:
      return 7.0;
    case 2:
      return t % 9 == 0 ? 3.0 : 0.0;
    case 3:
      return 1e300 * (2.0 + sin (t * 12.9898));
    case 4:
      return 1e-300 * (2.0 + sin (t * 12.9898));
    case 5:
      return -100.0 - 3.0 * t;
    case 6:
      return t == 20 ? 1e9 : sin (t * 78.233);
    default:
      return pow (1.5, t);
    }
}

static void
test_hard_series_are_answered_without_nan (void)
{
  const guint lengths[] = { 1, 2, 11, 12, 40 };
  double values[40];

  for (guint kind = 0; kind < 8; kind++)
    for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
      {
        const guint n = lengths[i];
        g_autoptr (StoreSeries) series = NULL;
        g_autoptr (StoreForecast) result = NULL;
        g_autofree char *text = NULL;

        for (guint t = 0; t < n; t++)
          values[t] = hard_value (kind, t);
        series = make_series (values, n);
        result = forecast (series, STORE_FORECAST_BEST, 6);
        text = dup_text (result);
        g_assert_null (strstr (text, "nan"));
        g_assert_null (strstr (text, "inf,"));
        g_assert_true (result->enough == (n >= 12));
        g_assert_true (result->enough == (result->prediction != NULL));
        if (result->enough)
          g_assert_true (store_prediction_is_finite (result->prediction));
        else
          g_assert_nonnull (result->notes[0]);
      }
}

/* Where most weeks are 0, a forecast of 0 has the smallest absolute error, but is none. */
static void
test_rare_demand_is_not_forecast_as_none (void)
{
  const StoreSeriesOptions options = { STORE_SERIES_FIND_PERIOD, 1 };
  g_autoptr (StoreSeries) series = NULL;
  g_autoptr (StoreForecast) result = NULL;
  double values[90];

  for (guint t = 0; t < 90; t++)
    values[t] = t * 7 % 11 < 4 ? 3.0 : 0.0;
  series = store_series_new (NULL, values, 90, &options, NULL);
  result = forecast (series, STORE_FORECAST_BEST, 11);
  g_assert_true (result->race->by_squares);
  assert_relative (result->sum, 4 * 3.0, 0.3);
}

/* Steps of a walk that nothing can foretell: four of five values come within the limits of 80 %. */
static void
test_limits_hold_for_four_in_five (void)
{
  const StoreSeriesOptions options = { STORE_SERIES_FIND_PERIOD, 1 };
  double inside = 0.0;

  for (guint walk = 0; walk < 12; walk++)
    {
      g_autoptr (StoreSeries) series = NULL;
      g_autoptr (StoreForecast) result = NULL;
      double values[120];
      double level = 100.0;

      for (guint t = 0; t < 120; t++)
        {
          for (guint i = 0; i < 12; i++)
            level += store_counter_random (17, walk, 12 * t + i) - 0.5;
          values[t] = level;
        }
      series = store_series_new (NULL, values, 120, &options, NULL);
      result = forecast (series, STORE_FORECAST_NAIVE, 8);
      inside += result->race->entries[0].inside80 / 12.0;
    }
  g_assert_cmpfloat (inside, >, 0.68);
  g_assert_cmpfloat (inside, <, 0.92);
}

/* Without a season there is nothing that Holt-Winters could smooth. */
static void
test_method_that_cannot_be_is_told (void)
{
  const StoreSeriesOptions options = { STORE_SERIES_FIND_PERIOD, 1 };
  g_autoptr (StoreSeries) series = store_series_new (NULL, series_row_airline, 40, &options, NULL);
  g_autoptr (StoreForecast) result = forecast (series, STORE_FORECAST_HOLT_WINTERS, 5);

  g_assert_false (result->enough);
  g_assert_nonnull (strstr (result->notes[0], "cannot be fitted"));
}

static void
test_cancelling_stops (void)
{
  g_autoptr (StoreSeries) series = make_series (series_row_airline, 144);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const StoreForecastOptions options = STORE_FORECAST_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (store_forecast_new (series, &options, cancellable, &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forecast/winner-beats-the-simple-rule-and-says-so",
                   test_winner_beats_the_simple_rule_and_says_so);
  g_test_add_func ("/forecast/luck-of-the-winner-is-told", test_luck_of_the_winner_is_told);
  g_test_add_func ("/forecast/line-between-few-values-is-not-forecast",
                   test_line_between_few_values_is_not_forecast);
  g_test_add_func ("/forecast/notes-are-true-of-extreme-numbers",
                   test_notes_are_true_of_extreme_numbers);
  g_test_add_func ("/forecast/straight-line-needs-no-lags", test_straight_line_needs_no_lags);
  g_test_add_func ("/forecast/errors-are-those-of-held-back-months",
                   test_errors_are_those_of_held_back_months);
  g_test_add_func ("/forecast/threads-change-no-bit", test_threads_change_no_bit);
  g_test_add_func ("/forecast/carried-models-forecast-the-same",
                   test_carried_models_forecast_the_same);
  g_test_add_func ("/forecast/broken-models-are-told", test_broken_models_are_told);
  g_test_add_func ("/forecast/models-need-a-season-and-a-series",
                   test_models_need_a_season_and_a_series);
  g_test_add_func ("/forecast/hard-series-are-answered-without-nan",
                   test_hard_series_are_answered_without_nan);
  g_test_add_func ("/forecast/rare-demand-is-not-forecast-as-none",
                   test_rare_demand_is_not_forecast_as_none);
  g_test_add_func ("/forecast/limits-hold-for-four-in-five", test_limits_hold_for_four_in_five);
  g_test_add_func ("/forecast/method-that-cannot-be-is-told", test_method_that_cannot_be_is_told);
  g_test_add_func ("/forecast/cancelling-stops", test_cancelling_stops);
  return g_test_run ();
}
