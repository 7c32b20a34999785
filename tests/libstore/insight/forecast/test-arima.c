/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include "series-row.h"
#include "shared-data.h"
#include "store-arima.h"
#include "store-error.h"

/* "p,q,P,Q,season,d,D", as R writes the orders of a model. */
static StoreArimaOrder
parse_order (const char *text)
{
  StoreArimaOrder order = { 0 };
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);

  order.p = atoi (parts[0]);
  order.q = atoi (parts[1]);
  order.seasonal_p = atoi (parts[2]);
  order.seasonal_q = atoi (parts[3]);
  order.season = atoi (parts[4]);
  order.d = atoi (parts[5]);
  order.seasonal_d = atoi (parts[6]);
  return order;
}

static gboolean
has_coefficient (const SeriesRow *row,
                 const char      *method,
                 const char      *name)
{
  JsonObject *of_row = json_object_get_object_member (json_node_get_object (row->root), row->name);
  JsonObject *of_method = json_object_get_object_member (of_row, method);

  return json_object_has_member (json_object_get_object_member (of_method, "coef"), name);
}

static void
check_coefficients (const SeriesRow *row,
                    const char      *method,
                    const char      *stem,
                    const double    *found,
                    guint            n,
                    double           tolerance)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/coef/%s%u", method, stem, i + 1);

      assert_close (found[i], series_row_get (row, path), tolerance);
    }
}

static void
check_all_coefficients (const SeriesRow  *row,
                        const char       *method,
                        const StoreArima *model,
                        double            tolerance)
{
  check_coefficients (row, method, "ar", model->ar, model->order.p, tolerance);
  check_coefficients (row, method, "ma", model->ma, model->order.q, tolerance);
  check_coefficients (row, method, "sar", model->seasonal_ar, model->order.seasonal_p, tolerance);
  check_coefficients (row, method, "sma", model->seasonal_ma, model->order.seasonal_q, tolerance);
}

/* R's search stops earlier than ours; where the likelihood is flat, its coefficients are the less
 * exact ones, so that ours must only be as likely. */
static void
test_models_of_r_are_found_with_their_likelihood (void)
{
  for (guint i = 0; series_row_names[i] != NULL; i++)
    {
      g_autoptr (SeriesRow) row = series_row_load (series_row_names[i]);
      g_autoptr (StoreArima) model = NULL;
      g_autoptr (StorePrediction) prediction = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;
      StoreArimaOrder order;
      double loglik;

      if (row == NULL)
        return;
      text = series_row_dup_text (row, "auto.arima/model");
      order = parse_order (text);
      order.constant = has_coefficient (row, "auto.arima", "intercept");
      model = store_arima_new (row->values, row->n, &order, &error);
      g_assert_no_error (error);
      loglik = series_row_get (row, "auto.arima/loglik");
      g_test_message ("%s %s: %.6f, of R %.6f", row->name, text, model->loglik, loglik);
      g_assert_cmpfloat (model->loglik, >=, loglik - 1e-3);
      g_assert_cmpfloat (model->aicc, <=, series_row_get (row, "auto.arima/aicc") + 1e-3);
      prediction = store_arima_predict (model, row->values, row->n, row->horizon, &error);
      g_assert_no_error (error);
      if (model->loglik < loglik + 1e-3)
        {
          check_all_coefficients (row, "auto.arima", model, 2e-3);
          if (order.constant)
            assert_relative (model->regression[0],
                             series_row_get (row, "auto.arima/coef/intercept"), 1e-3);
          series_row_check (row, "auto.arima", prediction, 1e-3);
        }
    }
}

static void
test_the_choice_is_as_good_as_that_of_r (void)
{
  for (guint i = 0; series_row_names[i] != NULL; i++)
    {
      g_autoptr (SeriesRow) row = series_row_load (series_row_names[i]);
      g_autoptr (StoreArima) model = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *name = NULL;

      if (row == NULL)
        return;
      model = store_arima_new_auto (row->values, row->n, row->season, NULL, &error);
      g_assert_no_error (error);
      name = store_arima_dup_name (model);
      g_test_message ("%s %s: %.6f", row->name, name, model->aicc);
      g_assert_cmpfloat (model->aicc, <=, series_row_get (row, "auto.arima/aicc") + 1e-3);
    }
}

static void
load_logs (double *logs)
{
  for (guint t = 0; t < 144; t++)
    logs[t] = log (series_row_airline[t]);
}

/* By R, of the differences: arima (diff (diff (log (AirPassengers), 12)), c (0, 0, 1), list (order
 * = c (0, 0, 1)), include.mean = FALSE); and of the series itself, where the start counts. */
static void
test_airline_model_is_exact (void)
{
  const StoreArimaOrder order = { 0, 1, 1, 0, 1, 1, 12, FALSE, 0 };
  const StoreArimaOrder differenced = { 0, 0, 1, 0, 0, 1, 12, FALSE, 0 };
  g_autoptr (StoreArima) model = NULL;
  g_autoptr (StoreArima) of_differences = NULL;
  double logs[144];

  load_logs (logs);
  model = store_arima_new (logs, 144, &order, NULL);
  assert_close (model->loglik, 244.699530596618, 1e-8);
  g_assert_true (model->sound);
  for (guint t = 0; t < 131; t++)
    logs[t] = logs[t + 13] - logs[t + 12] - logs[t + 1] + logs[t];
  of_differences = store_arima_new (logs, 131, &differenced, NULL);
  assert_close (of_differences->loglik, 244.696486833, 1e-9);
  assert_close (of_differences->ma[0], -0.401823377, 1e-5);
  assert_close (of_differences->seasonal_ma[0], -0.556936091, 1e-5);
}

static void
test_airline_forecasts_agree_with_r (void)
{
  const StoreArimaOrder order = { 0, 1, 1, 0, 1, 1, 12, FALSE, 0 };
  g_autoptr (SeriesRow) row = series_row_load ("AirPassengers");
  g_autoptr (StoreArima) model = NULL;
  g_autoptr (StorePrediction) prediction = NULL;
  double logs[144];

  if (row == NULL)
    return;
  load_logs (logs);
  model = store_arima_new (logs, 144, &order, NULL);
  check_all_coefficients (row, "airline_log_ML", model, 1e-4);
  assert_close (model->loglik, series_row_get (row, "airline_log_ML/loglik"), 1e-6);
  assert_close (model->aicc, series_row_get (row, "airline_log_ML/aicc"), 1e-6);
  assert_relative (model->variance, series_row_get (row, "airline_log_ML/sigma2"), 1e-5);
  prediction = store_arima_predict (model, logs, 144, 24, NULL);
  for (guint h = 0; h < 24; h++)
    {
      g_autofree char *mean = g_strdup_printf ("airline_log_ML/mean24/%u", h);
      g_autofree char *low = g_strdup_printf ("airline_log_ML/lo95/%u", h);
      g_autofree char *high = g_strdup_printf ("airline_log_ML/hi95/%u", h);

      assert_relative (exp (prediction->mean[h]), series_row_get (row, mean), 1e-5);
      assert_relative (exp (prediction->low95[h]), series_row_get (row, low), 1e-5);
      assert_relative (exp (prediction->high95[h]), series_row_get (row, high), 1e-5);
    }
}

static void
test_other_rows_agree_with_r (void)
{
  const StoreArimaOrder of_nile = { .d = 1, .q = 1, .season = 1 };
  const StoreArimaOrder of_lynx = { .p = 2, .season = 1, .constant = TRUE };
  g_autoptr (SeriesRow) nile = series_row_load ("Nile");
  g_autoptr (SeriesRow) lynx = series_row_load ("lynx");
  g_autoptr (StoreArima) of_flow = NULL;
  g_autoptr (StoreArima) of_logs = NULL;

  if (nile == NULL || lynx == NULL)
    return;
  of_flow = store_arima_new (nile->values, nile->n_all, &of_nile, NULL);
  check_all_coefficients (nile, "arima011", of_flow, 1e-4);
  assert_close (of_flow->loglik, series_row_get (nile, "arima011/loglik"), 1e-6);
  assert_relative (of_flow->variance, series_row_get (nile, "arima011/sigma2"), 1e-5);

  for (guint t = 0; t < lynx->n_all; t++)
    lynx->values[t] = log10 (lynx->values[t]);
  of_logs = store_arima_new (lynx->values, lynx->n_all, &of_lynx, NULL);
  check_all_coefficients (lynx, "ar2_log10", of_logs, 1e-5);
  assert_close (of_logs->regression[0], series_row_get (lynx, "ar2_log10/coef/intercept"), 1e-5);
  assert_close (of_logs->loglik, series_row_get (lynx, "ar2_log10/loglik"), 1e-6);
  assert_relative (of_logs->variance, series_row_get (lynx, "ar2_log10/sigma2"), 1e-4);
}

/* A drift adds the same step to every period, and a seasonal difference as many as a season has. */
static void
test_drift_is_a_step_a_period (void)
{
  const StoreArimaOrder once = { .d = 1, .q = 1, .season = 1, .constant = TRUE };
  const StoreArimaOrder seasonal = { .seasonal_d = 1, .season = 4, .constant = TRUE };
  g_autoptr (StoreArima) a = NULL;
  g_autoptr (StoreArima) b = NULL;
  g_autoptr (StorePrediction) prediction = NULL;
  double values[60];

  for (guint t = 0; t < 60; t++)
    values[t] = 100.0 + 2.5 * t + 9.0 * sin (t * 12.9898);
  a = store_arima_new (values, 60, &once, NULL);
  b = store_arima_new (values, 60, &seasonal, NULL);
  assert_close (a->regression[0], 2.5, 0.1);
  assert_close (b->regression[0], 2.5, 0.1);
  prediction = store_arima_predict (a, values, 60, 400, NULL);
  assert_close (prediction->mean[399] - prediction->mean[398], a->regression[0], 1e-9);
}

/* A season of 30 is too long for lags. Cut at its beginning, the series has the same forecast. */
static void
test_waves_stay_in_the_calendar (void)
{
  g_autoptr (StoreArima) model = NULL;
  g_autoptr (StoreArima) begun = NULL;
  g_autoptr (StorePrediction) whole = NULL;
  g_autoptr (StorePrediction) part = NULL;
  double values[180];

  for (guint t = 0; t < 180; t++)
    values[t] = 50.0 + 8.0 * sin (2.0 * G_PI * t / 30.0) + 3.0 * cos (4.0 * G_PI * t / 30.0) +
                sin (t * 12.9898);
  model = store_arima_new_auto (values, 180, 30, NULL, NULL);
  g_assert_cmpuint (model->order.waves, >=, 2);
  whole = store_arima_predict (model, values, 180, 30, NULL);
  begun = store_arima_begin (model, 47);
  part = store_arima_predict (begun, values + 47, 133, 30, NULL);
  for (guint h = 0; h < 30; h++)
    {
      double t = 180.0 + h;
      double expected = 50.0 + 8.0 * sin (2.0 * G_PI * t / 30.0) +
                        3.0 * cos (4.0 * G_PI * t / 30.0);

      g_assert_cmpfloat_with_epsilon (whole->mean[h], expected, 2.0);
      g_assert_cmpfloat_with_epsilon (part->mean[h], whole->mean[h], 0.01);
    }
}

static void
test_hard_series_give_finite_answers (void)
{
  double values[80];

  for (guint kind = 0; kind < 7; kind++)
    for (guint n = 1; n <= 80; n += n < 12 ? 1 : 17)
      for (guint season = 1; season <= 12; season += 11)
        {
          g_autoptr (StoreArima) model = NULL;
          g_autoptr (StorePrediction) prediction = NULL;
          g_autoptr (GError) error = NULL;

          for (guint t = 0; t < n; t++)
            values[t] = kind == 0 ? 0.0 : kind == 1 ? 7.0 : kind == 2 ? 3.0 * t
                        : kind == 3 ? (t % 12 == 0 ? 1.0 : 0.0)
                        : kind == 4 ? 1e12 * sin (t * 12.9898)
                        : kind == 5 ? 1e-9 * sin (t * 78.233) : pow (2.0, t);
          model = store_arima_new_auto (values, n, season, NULL, &error);
          if (model == NULL)
            {
              g_assert_error (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA);
              continue;
            }
          prediction = store_arima_predict (model, values, n, 6, &error);
          g_assert_no_error (error);
          g_assert_true (store_prediction_is_finite (prediction));
        }
}

static void
test_numbers_that_are_none_are_refused (void)
{
  const double values[] = { 1, 2, NAN, 4, 5, 6, 7, 8 };
  const StoreArimaOrder order = { .p = 1, .season = 1 };
  g_autoptr (GError) error = NULL;

  g_assert_null (store_arima_new (values, 8, &order, &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_INVALID);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/arima/models-of-r-are-found-with-their-likelihood",
                   test_models_of_r_are_found_with_their_likelihood);
  g_test_add_func ("/arima/the-choice-is-as-good-as-that-of-r",
                   test_the_choice_is_as_good_as_that_of_r);
  g_test_add_func ("/arima/airline-model-is-exact", test_airline_model_is_exact);
  g_test_add_func ("/arima/airline-forecasts-agree-with-r", test_airline_forecasts_agree_with_r);
  g_test_add_func ("/arima/other-rows-agree-with-r", test_other_rows_agree_with_r);
  g_test_add_func ("/arima/drift-is-a-step-a-period", test_drift_is_a_step_a_period);
  g_test_add_func ("/arima/waves-stay-in-the-calendar", test_waves_stay_in_the_calendar);
  g_test_add_func ("/arima/hard-series-give-finite-answers", test_hard_series_give_finite_answers);
  g_test_add_func ("/arima/numbers-that-are-none-are-refused",
                   test_numbers_that_are_none_are_refused);
  return g_test_run ();
}
