/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "shared-data.h"
#include "store-counter-random.h"
#include "store-error.h"
#include "store-pareto-nbd.h"

static const char *const names[] = { "r", "alpha", "s", "beta" };

static double
get_member (JsonNode   *reference,
            const char *base,
            const char *name)
{
  g_autofree char *path = g_strconcat (base, "/", name, NULL);

  return shared_reference_get (reference, path);
}

static void
compare_with_reference (const StorePurchasePatterns *patterns,
                        const char                  *file,
                        const char                  *set,
                        const char                  *expected,
                        double                       weeks)
{
  g_autoptr (JsonNode) reference = shared_reference_load (file);
  g_autofree char *mle = g_strconcat (set, "/mle", NULL);
  g_autofree char *customers = g_strconcat (set, "/customers", NULL);
  g_autoptr (GError) error = NULL;
  StorePurchaseModel model;

  if (reference == NULL)
    return;
  store_purchase_model_fit_kind (&model, STORE_PARETO_NBD, patterns, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (model.converged && model.boundary == STORE_BOUNDARY_INSIDE);
  assert_relative (model.parameters[0], get_member (reference, mle, names[0]), 1e-6);
  assert_relative (model.parameters[1], get_member (reference, mle, names[1]), 1e-6);
  assert_relative (model.parameters[2], get_member (reference, mle, names[2]), 1e-6);
  assert_relative (model.parameters[3], get_member (reference, mle, names[3]), 1e-6);
  g_assert_cmpfloat_with_epsilon (model.log_likelihood, get_member (reference, set, "loglik"),
                                  1e-6);

  model.parameters[0] = get_member (reference, mle, names[0]);
  model.parameters[1] = get_member (reference, mle, names[1]);
  model.parameters[2] = get_member (reference, mle, names[2]);
  model.parameters[3] = get_member (reference, mle, names[3]);
  for (guint i = 0; i < shared_reference_count (reference, customers); i++)
    {
      g_autofree char *base = g_strdup_printf ("%s/%u", customers, i);
      double x = get_member (reference, base, "x");
      double t_x = get_member (reference, base, "t_x");
      double T = get_member (reference, base, "T");

      assert_close (store_purchase_model_get_p_alive (&model, x, t_x, T),
                    get_member (reference, base, "p_alive"), 1e-9);
      assert_close (store_purchase_model_get_expected (&model, x, t_x, T, weeks),
                    get_member (reference, base, expected), 1e-9);
    }
}

static void
test_cdnow_is_exact (void)
{
  g_autofree char *path = shared_data_find ("clv/cdnow_sample.csv");
  g_autoptr (StorePurchaseTable) table = purchases_load (path, 1, 2, 4, "1997-09-30");
  g_autoptr (StorePurchasePatterns) patterns = NULL;

  if (table == NULL)
    return;
  patterns = store_purchase_patterns_new (table);
  compare_with_reference (patterns, "clv_open.json", "cdnow_sample/pnbd", "expected_purchases_next",
                          39.0);
}

static void
test_grocery_is_exact (void)
{
  g_autofree char *path = shared_data_find ("clv/grocery_elog.csv");
  g_autoptr (StorePurchaseTable) table = purchases_load (path, 0, 1, -1, "2006-12-31");
  g_autoptr (StorePurchasePatterns) patterns = NULL;

  if (table == NULL)
    return;
  patterns = store_purchase_patterns_new (table);
  compare_with_reference (patterns, "clv2_open.json", "grocery/pnbd", "EY", 52.0);
}

static void
test_boundary_is_an_answer (void)
{
  g_autoptr (StorePurchaseTable) table = online_retail_load ("2011-08-31", TRUE);
  g_autoptr (StorePurchasePatterns) patterns = NULL;
  g_autoptr (GError) error = NULL;
  StorePurchaseModel model;

  if (table == NULL)
    return;
  patterns = store_purchase_patterns_new (table);
  store_purchase_model_fit_kind (&model, STORE_PARETO_NBD, patterns, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (model.boundary, ==, STORE_BOUNDARY_NOBODY_LEAVES);
  assert_relative (model.parameters[0], 0.7287143164980118, 1e-6);
  assert_close (model.log_likelihood, -15301.29918837972, 1e-9);
  g_assert_cmpfloat (store_purchase_model_get_p_alive (&model, 4, 34.0, 38.0), ==, 1.0);
}

static StorePurchasePatterns *
invent_patterns (void)
{
  enum { N = 40 };
  double *x = g_new (double, N);
  double *t_x = g_new (double, N);
  double *T = g_new (double, N);
  double *weight = g_new (double, N);

  for (guint i = 0; i < N; i++)
    {
      x[i] = i / 5;
      T[i] = 10.0 + 5.0 * (i % 5);
      t_x[i] = x[i] > 0.0 ? T[i] * (0.1 + 0.2 * (i % 5)) : 0.0;
      weight[i] = 1.0 + i % 3;
    }
  return store_purchase_patterns_take (N, x, t_x, T, weight);
}

static void
test_derivatives_agree_with_differences (void)
{
  g_autoptr (StorePurchasePatterns) patterns = invent_patterns ();
  const double step = 1e-5;

  for (guint trial = 0; trial < 30; trial++)
    {
      double point[4];
      double gradient[4];
      double hessian[16];

      for (guint i = 0; i < 4; i++)
        point[i] = 5.0 * store_counter_random (7, trial, i) - 2.0;
      store_purchase_model_differentiate (STORE_PARETO_NBD, 1, patterns, point, gradient, hessian);
      for (guint i = 0; i < 4; i++)
        {
          double low[4] = { point[0], point[1], point[2], point[3] };
          double high[4] = { point[0], point[1], point[2], point[3] };
          double low_slope[4];
          double high_slope[4];
          double unused[16];
          double rise;

          low[i] -= step;
          high[i] += step;
          rise = store_purchase_model_differentiate (STORE_PARETO_NBD, 1, patterns, high, high_slope, unused) -
                 store_purchase_model_differentiate (STORE_PARETO_NBD, 1, patterns, low, low_slope, unused);
          assert_close (gradient[i], rise / (2.0 * step), 1e-5);
          for (guint j = 0; j < 4; j++)
            assert_close (hessian[i * 4 + j], (high_slope[j] - low_slope[j]) / (2.0 * step), 1e-5);
        }
    }
}

/* The integral by Simpson's rule with two hundred thousand steps. */
static double
integrate_finely (const StorePurchaseModel *model,
                  double                x,
                  double                t_x,
                  double                T)
{
  const guint n = 200000;
  double sum = 0.0;

  for (guint i = 0; i <= n; i++)
    {
      double t = t_x + (T - t_x) * i / n;
      double value = model->parameters[2] * pow ((model->parameters[1] + T) / (model->parameters[1] + t), model->parameters[0] + x) *
                     pow ((model->parameters[3] + T) / (model->parameters[3] + t), model->parameters[2]) / (model->parameters[3] + t);

      sum += value * (i == 0 || i == n ? 1.0 : i % 2 ? 4.0 : 2.0);
    }
  return sum * (T - t_x) / (3.0 * n);
}

static void
test_integral_is_exact (void)
{
  for (guint trial = 0; trial < 40; trial++)
    {
      double of[7];
      StorePurchaseModel model = { .kind = STORE_PARETO_NBD, .k = 1 };
      double x;
      double T;
      double t_x;

      for (guint i = 0; i < 7; i++)
        of[i] = store_counter_random (13, trial, i);
      model.parameters[0] = pow (10.0, 2.0 * of[0] - 1.0);
      model.parameters[1] = pow (10.0, 2.0 * of[1]);
      model.parameters[2] = pow (10.0, 2.0 * of[2] - 1.0);
      model.parameters[3] = pow (10.0, 2.0 * of[3]);
      x = floor (pow (10.0, 2.0 * of[4])) - 1.0;
      T = pow (10.0, 2.5 * of[5]);
      t_x = x > 0.0 ? T * of[6] : 0.0;
      assert_close (1.0 / store_purchase_model_get_p_alive (&model, x, t_x, T) - 1.0,
                    integrate_finely (&model, x, t_x, T), 1e-9);
    }
}

static void
test_extreme_inputs_stay_finite (void)
{
  for (guint trial = 0; trial < 3000; trial++)
    {
      double of[8];
      StorePurchaseModel model = { .kind = STORE_PARETO_NBD, .k = 1 };
      double x;
      double T;
      double t_x;
      double p_alive;
      double expected;

      for (guint i = 0; i < 8; i++)
        of[i] = store_counter_random (14, trial, i);
      model.parameters[0] = pow (10.0, 10.0 * of[0] - 5.0);
      model.parameters[1] = pow (10.0, 10.0 * of[1] - 4.0);
      model.parameters[2] = trial % 7 ? pow (10.0, 10.0 * of[2] - 5.0) : 1.0;
      model.parameters[3] = pow (10.0, 10.0 * of[3] - 4.0);
      x = trial % 3 ? floor (pow (10.0, 4.0 * of[4])) : 0.0;
      T = trial % 5 ? pow (10.0, 5.0 * of[5] - 1.0) : 0.0;
      t_x = x > 0.0 ? T * of[6] : 0.0;
      p_alive = store_purchase_model_get_p_alive (&model, x, t_x, T);
      expected = store_purchase_model_get_expected (&model, x, t_x, T, pow (10.0, 5.0 * of[7] - 1.0));
      g_assert_true (isfinite (p_alive) && isfinite (expected));
      g_assert_cmpfloat (p_alive, >=, 0.0);
      g_assert_cmpfloat (p_alive, <=, 1.0);
      g_assert_cmpfloat (expected, >=, 0.0);
    }
}

static void
test_nobody_came_back (void)
{
  g_autoptr (StorePurchaseTable) table = store_purchase_table_new (100, 2);
  g_autoptr (StorePurchasePatterns) patterns = NULL;
  g_autoptr (GError) error = NULL;
  StorePurchaseModel model;

  store_purchase_table_add (table, "one", 10, 100);
  store_purchase_table_finish (table);
  patterns = store_purchase_patterns_new (table);
  g_assert_false (store_purchase_model_fit_kind (&model, STORE_PARETO_NBD, patterns, NULL, &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pareto-nbd/cdnow-is-exact", test_cdnow_is_exact);
  g_test_add_func ("/pareto-nbd/grocery-is-exact", test_grocery_is_exact);
  g_test_add_func ("/pareto-nbd/boundary-is-an-answer", test_boundary_is_an_answer);
  g_test_add_func ("/pareto-nbd/derivatives-agree-with-differences", test_derivatives_agree_with_differences);
  g_test_add_func ("/pareto-nbd/integral-is-exact", test_integral_is_exact);
  g_test_add_func ("/pareto-nbd/extreme-inputs-stay-finite", test_extreme_inputs_stay_finite);
  g_test_add_func ("/pareto-nbd/nobody-came-back", test_nobody_came_back);
  return g_test_run ();
}
