/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "series-row.h"
#include "shared-data.h"
#include "store-counter-random.h"
#include "store-error.h"
#include "store-ets.h"
#include "store-parallel.h"

/* R leaves out the fading of the first step where a fading trend is multiplied by a season: its
 * forecasts there are a little higher than its own fitted values say. Ours are tested by paths. */
static gboolean
is_as_in_r (const StoreEts *model)
{
  return !(model->kind.damped && model->kind.season == STORE_ETS_MULTIPLIED);
}

static void
check_coefficient (const SeriesRow *row,
                   const char      *folder,
                   const char      *name,
                   double           found)
{
  g_autofree char *path = g_strdup_printf ("%s/%s", folder, name);

  assert_close (found, series_row_get (row, path), 1e-4);
}

/* R names the figures from the last period of the season backwards, s0, s1, ... */
static void
check_coefficients (const SeriesRow *row,
                    const char      *folder,
                    const StoreEts  *model)
{
  check_coefficient (row, folder, "alpha", model->alpha);
  check_coefficient (row, folder, "l", model->level);
  if (model->kind.trend != STORE_ETS_NONE)
    {
      check_coefficient (row, folder, "beta", model->beta);
      check_coefficient (row, folder, "b", model->slope);
    }
  if (model->kind.damped)
    check_coefficient (row, folder, "phi", model->phi);
  if (model->kind.season == STORE_ETS_NONE)
    return;
  check_coefficient (row, folder, "gamma", model->gamma);
  for (guint j = 0; j + 1 < model->season; j++)
    {
      g_autofree char *name = g_strdup_printf ("s%u", j);

      check_coefficient (row, folder, name, model->figure[model->season - 1 - j]);
    }
}

static void
test_every_series_agrees_with_r (void)
{
  for (guint i = 0; series_row_names[i] != NULL; i++)
    {
      g_autoptr (SeriesRow) row = series_row_load (series_row_names[i]);
      g_autoptr (StoreEts) model = NULL;
      g_autoptr (StorePrediction) prediction = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *name = NULL;
      g_autofree char *expected = NULL;

      if (row == NULL)
        return;
      model = store_ets_new_auto (row->values, row->n, row->season, NULL, &error);
      g_assert_no_error (error);
      name = store_ets_dup_name (model);
      expected = series_row_dup_text (row, "ets/model");
      g_assert_cmpstr (name, ==, expected);
      assert_close (model->loglik, series_row_get (row, "ets/loglik"), 1e-6);
      assert_close (model->aicc, series_row_get (row, "ets/aicc"), 1e-6);
      check_coefficients (row, "ets/coef", model);
      prediction = store_ets_predict (model, row->values, row->n, row->horizon);
      series_row_check (row, "ets", prediction, is_as_in_r (model) ? 1e-5 : 2e-3);
    }
}

static void
test_whole_airline_agrees_with_r (void)
{
  g_autoptr (SeriesRow) row = series_row_load ("AirPassengers");
  g_autoptr (StoreEts) model = NULL;
  g_autoptr (StorePrediction) prediction = NULL;
  g_autofree char *name = NULL;

  if (row == NULL)
    return;
  model = store_ets_new_auto (row->values, row->n_all, 12, NULL, NULL);
  name = store_ets_dup_name (model);
  g_assert_cmpstr (name, ==, "ETS(M,Ad,M)");
  g_assert_cmpfloat (model->loglik, >=, series_row_get (row, "ets_full/loglik") - 1e-3);
  assert_close (model->aicc, series_row_get (row, "ets_full/aicc"), 1e-6);
  check_coefficients (row, "ets_full/par", model);
  prediction = store_ets_predict (model, row->values, row->n_all, 12);
  for (guint h = 0; h < 12; h++)
    {
      g_autofree char *path = g_strdup_printf ("ets_full/mean12/%u", h);

      assert_relative (prediction->mean[h], series_row_get (row, path), 2e-3);
    }
}

static double
draw_normal (guint64 path,
             guint64 step)
{
  double u = store_counter_random (7, path, 2 * step);
  double v = store_counter_random (7, path, 2 * step + 1);

  return sqrt (-2.0 * log (u)) * cos (2.0 * G_PI * v);
}

/* Means and limits against 20,000 paths drawn by the equations of the model. */
static void
check_paths (StoreEtsKind kind)
{
  enum { N_PATHS = 20000, HORIZON = 15, SEASON = 4 };
  StoreEts model = {
    .kind = kind, .season = kind.season == STORE_ETS_NONE ? 1 : SEASON, .alpha = 0.4,
    .beta = kind.trend == STORE_ETS_NONE ? 0.0 : 0.1,
    .gamma = kind.season == STORE_ETS_NONE ? 0.0 : 0.2,
    .phi = kind.damped ? 0.85 : 1.0, .level = 100.0, .slope = 6.0,
    .variance = kind.error == STORE_ETS_MULTIPLIED ? 0.02 * 0.02 : 4.0,
  };
  const double added[SEASON] = { -20, 5, 25, -10 };
  const double factors[SEASON] = { 0.8, 1.05, 1.25, 0.9 };
  g_autoptr (StorePrediction) prediction = NULL;
  double sums[HORIZON] = { 0 };
  double squares[HORIZON] = { 0 };

  for (guint j = 0; j < SEASON; j++)
    model.figure[j] = kind.season == STORE_ETS_ADDED ? added[j] : factors[j];
  for (guint path = 0; path < N_PATHS; path++)
    {
      double level = model.level;
      double slope = kind.trend == STORE_ETS_NONE ? 0.0 : model.slope;
      double figure[SEASON];

      for (guint j = 0; j < SEASON; j++)
        figure[j] = model.figure[j];
      for (guint h = 0; h < HORIZON; h++)
        {
          double *part = &figure[h % SEASON];
          double base = level + model.phi * slope;
          double mean = kind.season == STORE_ETS_NONE    ? base
                        : kind.season == STORE_ETS_ADDED ? base + *part
                                                         : base * *part;
          double shock = sqrt (model.variance) * draw_normal (path, h);
          double error = kind.error == STORE_ETS_MULTIPLIED ? mean * shock : shock;
          double into_level = kind.season == STORE_ETS_MULTIPLIED ? error / *part : error;
          double into_season = kind.season == STORE_ETS_MULTIPLIED ? error / base : error;

          sums[h] += mean + error;
          squares[h] += (mean + error) * (mean + error);
          level = base + model.alpha * into_level;
          if (kind.trend != STORE_ETS_NONE)
            slope = model.phi * slope + model.beta * into_level;
          *part += model.gamma * into_season;
        }
    }
  prediction = store_ets_predict (&model, NULL, 0, HORIZON);
  for (guint h = 0; h < HORIZON; h++)
    {
      double mean = sums[h] / N_PATHS;
      double deviation = sqrt (squares[h] / N_PATHS - mean * mean);
      double told = (prediction->high95[h] - prediction->low95[h]) / (2.0 * 1.959963984540054);

      g_assert_cmpfloat_with_epsilon (prediction->mean[h], mean, 4.0 * deviation / sqrt (N_PATHS));
      assert_relative (told, deviation, 0.025);
    }
}

static void
test_means_and_limits_are_those_of_paths (void)
{
  check_paths ((StoreEtsKind){ STORE_ETS_ADDED, STORE_ETS_ADDED, TRUE, STORE_ETS_ADDED });
  check_paths ((StoreEtsKind){ STORE_ETS_ADDED, STORE_ETS_ADDED, FALSE, STORE_ETS_NONE });
  check_paths ((StoreEtsKind){ STORE_ETS_MULTIPLIED, STORE_ETS_ADDED, TRUE, STORE_ETS_ADDED });
  check_paths ((StoreEtsKind){ STORE_ETS_MULTIPLIED, STORE_ETS_NONE, FALSE, STORE_ETS_MULTIPLIED });
  check_paths ((StoreEtsKind){ STORE_ETS_MULTIPLIED, STORE_ETS_ADDED, FALSE,
                               STORE_ETS_MULTIPLIED });
  check_paths ((StoreEtsKind){ STORE_ETS_MULTIPLIED, STORE_ETS_ADDED, TRUE,
                               STORE_ETS_MULTIPLIED });
}

static void
test_threads_change_no_bit (void)
{
  g_autoptr (StoreEts) one = NULL;

  store_parallel_set_n_threads (1);
  one = store_ets_new_auto (series_row_airline, 144, 12, NULL, NULL);
  for (guint threads = 2; threads <= 8; threads += 6)
    {
      g_autoptr (StoreEts) many = NULL;

      store_parallel_set_n_threads (threads);
      many = store_ets_new_auto (series_row_airline, 144, 12, NULL, NULL);
      g_assert_cmpmem (one, sizeof *one, many, sizeof *many);
    }
  store_parallel_set_n_threads (0);
}

static void
test_hard_series_give_finite_answers (void)
{
  double values[80];

  for (guint kind = 0; kind < 7; kind++)
    for (guint n = 1; n <= 80; n += n < 12 ? 1 : 17)
      for (guint season = 1; season <= 12; season += 11)
        {
          g_autoptr (StoreEts) model = NULL;
          g_autoptr (StorePrediction) prediction = NULL;
          g_autoptr (GError) error = NULL;

          for (guint t = 0; t < n; t++)
            values[t] = kind == 0 ? 0.0 : kind == 1 ? 7.0 : kind == 2 ? 3.0 * t
                        : kind == 3 ? (t % 12 == 0 ? 1.0 : 0.0)
                        : kind == 4 ? 1e12 * sin (t * 12.9898)
                        : kind == 5 ? 1e-9 * sin (t * 78.233) : pow (2.0, t);
          model = store_ets_new_auto (values, n, season, NULL, &error);
          if (model == NULL)
            {
              g_assert_error (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA);
              continue;
            }
          prediction = store_ets_predict (model, values, n, 6);
          g_assert_true (store_prediction_is_finite (prediction));
        }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ets/every-series-agrees-with-r", test_every_series_agrees_with_r);
  g_test_add_func ("/ets/whole-airline-agrees-with-r", test_whole_airline_agrees_with_r);
  g_test_add_func ("/ets/means-and-limits-are-those-of-paths",
                   test_means_and_limits_are_those_of_paths);
  g_test_add_func ("/ets/threads-change-no-bit", test_threads_change_no_bit);
  g_test_add_func ("/ets/hard-series-give-finite-answers", test_hard_series_give_finite_answers);
  return g_test_run ();
}
