/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Customers who live by known parameters: the fit finds these within three standard errors, and the
 * forecasts sum to what the customers do then. */

#include "config.h"

#include <math.h>

#include "shared-data.h"
#include "simulated-customers.h"
#include "store-gamma-gamma.h"

#define N_CUSTOMERS 4000
#define WEEKS 80.0

static const StorePurchaseModel models[] = {
  { .kind = STORE_BGNBD, .k = 1, .parameters = { 0.9, 6.0, 0.8, 2.5 } },
  { .kind = STORE_MBGNBD, .k = 1, .parameters = { 0.9, 6.0, 0.7, 2.0 } },
  { .kind = STORE_PARETO_NBD, .k = 1, .parameters = { 0.8, 7.0, 0.7, 15.0 } },
  { .kind = STORE_BGCNBD, .k = 2, .parameters = { 1.2, 3.0, 0.8, 3.0 } },
  { .kind = STORE_MBGCNBD, .k = 3, .parameters = { 1.2, 2.0, 0.7, 2.5 } },
  { .kind = STORE_NBD, .k = 1, .parameters = { 0.6, 9.0 } },
  { .kind = STORE_BGBB, .k = 1, .occasion_weeks = 1.0, .parameters = { 1.2, 0.9, 0.7, 5.0 } },
};

static double
get_weeks (const StorePurchaseModel *truth)
{
  return truth->kind == STORE_BGBB ? 16.0 : WEEKS;
}

static void
test_parameters_are_recovered (gconstpointer data)
{
  const StorePurchaseModel *truth = data;
  g_autoptr (StorePurchasePatterns) patterns = simulate_patterns (truth, N_CUSTOMERS,
                                                                  get_weeks (truth), 5);
  StorePurchaseModelOptions options = { truth->kind, truth->k, 1.0, 0.0, NULL };
  StorePurchaseModel model;
  g_autoptr (GError) error = NULL;

  store_purchase_model_fit (&model, &options, patterns, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (model.converged && model.boundary == STORE_BOUNDARY_INSIDE);
  for (guint i = 0; i < store_purchase_model_get_n_parameters (truth->kind); i++)
    {
      double deviation = sqrt (model.covariance[i * 5]);
      double away = log (model.parameters[i] / truth->parameters[i]);

      g_test_message ("%s %s: %g, true %g: %.2f s.e. of %.3f",
                      store_purchase_model_get_name (truth->kind),
                      store_purchase_model_get_parameter_name (truth->kind, i), model.parameters[i],
                      truth->parameters[i], away / deviation, deviation);
      g_assert_cmpfloat (deviation, >, 0.0);
      g_assert_cmpfloat (deviation, <, 0.5);
      g_assert_cmpfloat (fabs (away), <, 3.0 * deviation);
    }
}

/* The score of the true parameters is a draw from chi-square; that of others is far out. */
static void
test_score_test_tells_true_from_false (gconstpointer data)
{
  const StorePurchaseModel *truth = data;
  g_autoptr (StorePurchasePatterns) patterns = simulate_patterns (truth, N_CUSTOMERS,
                                                                  get_weeks (truth), 6);
  StorePurchaseModelOptions options = { truth->kind, truth->k, 1.0, 0.0, NULL };
  StorePurchaseModel fitted;
  StorePurchaseModel model;
  double statistic;

  store_purchase_model_fit (&fitted, &options, patterns, NULL, NULL);
  g_assert_cmpfloat (store_purchase_model_test_score (&fitted, patterns, &statistic), >, 0.999);
  g_assert_cmpfloat (statistic, <, 1e-9);

  model = fitted;
  for (guint i = 0; i < 4; i++)
    model.parameters[i] = truth->parameters[i];
  g_assert_cmpfloat (store_purchase_model_test_score (&model, patterns, &statistic), >, 1e-3);
  g_assert_cmpfloat (statistic, >, 1e-3);
  model.parameters[1] *= 1.3;
  g_assert_cmpfloat (store_purchase_model_test_score (&model, patterns, &statistic), <, 1e-6);
}

/* A fit that begins at an earlier one reaches the same place in fewer steps. */
static void
test_warm_start_reaches_the_same (gconstpointer data)
{
  const StorePurchaseModel *truth = data;
  g_autoptr (StorePurchasePatterns) patterns = simulate_patterns (truth, 1500, get_weeks (truth), 7);
  StorePurchaseModelOptions options = { truth->kind, truth->k, 1.0, 0.0, NULL };
  StorePurchaseModel cold;
  StorePurchaseModel warm;

  store_purchase_model_fit (&cold, &options, patterns, NULL, NULL);
  options.known = &cold;
  store_purchase_model_fit (&warm, &options, patterns, NULL, NULL);
  g_assert_cmpuint (warm.iterations, <=, 2);
  options.known = truth;
  store_purchase_model_fit (&warm, &options, patterns, NULL, NULL);
  for (guint i = 0; i < store_purchase_model_get_n_parameters (truth->kind); i++)
    assert_relative (warm.parameters[i], cold.parameters[i], 1e-8);
  assert_close (warm.log_likelihood, cold.log_likelihood, 1e-12);
}

static void
test_values_are_recovered (void)
{
  g_autoptr (StorePurchaseTable) table = simulate_values (5.0, 4.0, 60.0, 4000, 8);
  const double truth[] = { 5.0, 4.0, 60.0 };
  StoreGammaGamma model;
  g_autoptr (GError) error = NULL;

  store_gamma_gamma_fit (&model, table, &error);
  g_assert_no_error (error);
  {
    const double got[] = { model.p, model.q, model.v };

    for (guint i = 0; i < 3; i++)
      {
        double deviation = sqrt (model.covariance[i * 4]);

        g_test_message ("%g, true %g, s.e. %.3f", got[i], truth[i], deviation);
        g_assert_cmpfloat (deviation, <, 0.2);
        g_assert_cmpfloat (fabs (log (got[i] / truth[i])), <, 3.0 * deviation);
      }
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    {
      const char *name = store_purchase_model_get_name (models[i].kind);
      g_autofree char *found = g_strdup_printf ("/recovery/parameters-of-%s", name);
      g_autofree char *scored = g_strdup_printf ("/recovery/score-test-of-%s", name);
      g_autofree char *warmed = g_strdup_printf ("/recovery/warm-start-of-%s", name);

      g_test_add_data_func (found, &models[i], test_parameters_are_recovered);
      g_test_add_data_func (scored, &models[i], test_score_test_tells_true_from_false);
      g_test_add_data_func (warmed, &models[i], test_warm_start_reaches_the_same);
    }
  g_test_add_func ("/recovery/values-of-purchases", test_values_are_recovered);
  return g_test_run ();
}
