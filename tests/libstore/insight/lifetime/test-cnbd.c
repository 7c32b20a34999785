/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "shared-data.h"
#include "store-purchase-model.h"
#include "store-counter-random.h"

static StorePurchaseTable *
load_grocery (void)
{
  g_autofree char *path = shared_data_find ("clv/grocery_elog.csv");

  return purchases_load (path, 0, 1, -1, "2006-12-31");
}

/* The reference stops early: its parameters hold to four digits, its likelihood is not above ours. */
static void
compare_with_reference (StorePurchaseModelKind  kind,
                        const char     *name)
{
  g_autoptr (StorePurchaseTable) table = load_grocery ();
  g_autoptr (JsonNode) reference = shared_reference_load ("clv_open_R.json");
  g_autoptr (StorePurchasePatterns) patterns = NULL;
  g_autoptr (GError) error = NULL;
  StorePurchaseModelOptions options = { .kind = kind };
  StorePurchaseModel model;
  double got[5];

  if (table == NULL || reference == NULL)
    return;
  patterns = store_purchase_patterns_new (table);
  options.sum_log_gaps = store_purchase_model_sum_log_gaps (table);
  store_purchase_model_fit (&model, &options, patterns, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (model.converged && model.boundary == STORE_BOUNDARY_INSIDE);
  got[0] = model.k;
  got[1] = model.parameters[0];
  got[2] = model.parameters[1];
  got[3] = model.parameters[2];
  got[4] = model.parameters[3];
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *path = g_strdup_printf ("BTYDplus_grocery/%s/par/%u", name, i);

      assert_relative (got[i], shared_reference_get (reference, path), 1e-3);
    }
  {
    g_autofree char *path = g_strdup_printf ("BTYDplus_grocery/%s/ll", name);
    double likelihood = shared_reference_get (reference, path);

    g_assert_cmpfloat (model.log_likelihood, >=, likelihood - 1e-6);
    g_assert_cmpfloat (model.log_likelihood, <=, likelihood + 1e-3);
  }
}

static void
test_grocery_is_regular (void)
{
  compare_with_reference (STORE_BGCNBD, "bgcnbd");
}

static void
test_grocery_is_regular_in_the_modified_model (void)
{
  compare_with_reference (STORE_MBGCNBD, "mbgcnbd");
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
      t_x[i] = x[i] > 0.0 ? T[i] * (0.2 + 0.2 * (i % 5)) : 0.0;
      weight[i] = 1.0 + i % 3;
    }
  return store_purchase_patterns_take (N, x, t_x, T, weight);
}

static void
test_derivatives_agree_with_differences (void)
{
  g_autoptr (StorePurchasePatterns) patterns = invent_patterns ();
  const double step = 1e-5;

  for (guint trial = 0; trial < 40; trial++)
    {
      StorePurchaseModelKind kind = trial % 2 ? STORE_MBGCNBD : STORE_BGCNBD;
      guint k = 1 + trial % 5;
      double point[4];
      double gradient[4];
      double hessian[16];

      for (guint i = 0; i < 4; i++)
        point[i] = 4.0 * store_counter_random (8, trial, i) - 2.0;
      store_purchase_model_differentiate (kind, k, patterns, point, gradient, hessian);
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
          rise = store_purchase_model_differentiate (kind, k, patterns, high, high_slope, unused) -
                 store_purchase_model_differentiate (kind, k, patterns, low, low_slope, unused);
          assert_close (gradient[i], rise / (2.0 * step), 1e-5);
          for (guint j = 0; j < 4; j++)
            assert_close (hessian[i * 4 + j], (high_slope[j] - low_slope[j]) / (2.0 * step), 1e-5);
        }
    }
}

static void
test_k_of_one_is_bgnbd (void)
{
  for (guint trial = 0; trial < 200; trial++)
    {
      StorePurchaseModel plain = { .kind = trial % 2 ? STORE_MBGNBD : STORE_BGNBD, .k = 1,
                                   .parameters = { 0.3 + trial % 3, 4.0, 0.8, 2.4 } };
      StorePurchaseModel model = { .kind = trial % 2 ? STORE_MBGCNBD : STORE_BGCNBD, .k = 1,
                                   .parameters = { 0.3 + trial % 3, 4.0, 0.8, 2.4 } };
      double T = 40.0 * store_counter_random (3, trial, 0);
      double x = trial % 6;
      double t_x = x > 0.0 ? T * store_counter_random (3, trial, 1) : 0.0;
      double weeks = 80.0 * store_counter_random (3, trial, 2);

      assert_close (store_purchase_model_get_p_alive (&model, x, t_x, T),
                    store_purchase_model_get_p_alive (&plain, x, t_x, T), 1e-12);
      assert_close (store_purchase_model_get_expected (&model, x, t_x, T, weeks),
                    store_purchase_model_get_expected (&plain, x, t_x, T, weeks), 1e-10);
    }
}

static double
draw_exponential (guint64 customer,
                  guint64 counter)
{
  return -log (store_counter_random (41, customer, counter));
}

typedef struct
{
  double x;
  double t_x;
  double later;
} Life;

/* A life of T = 30 and 20 weeks more, by the definition of the model. */
static Life
live (const StorePurchaseModel *model,
      guint64          customer)
{
  double rate = (draw_exponential (customer, 0) + draw_exponential (customer, 1)) / model->parameters[1];
  double p = 1.0 - pow (store_counter_random (41, customer, 2), 1.0 / model->parameters[3]);
  guint64 counter = 3;
  double now = 0.0;
  Life life = { 0 };

  if (model->kind == STORE_MBGCNBD && store_counter_random (41, customer, counter++) < p)
    return life;
  for (;;)
    {
      for (guint i = 0; i < model->k; i++)
        now += draw_exponential (customer, counter++) / rate;
      if (now > 50.0)
        return life;
      if (now > 30.0)
        life.later += 1.0;
      else
        {
          life.x += 1.0;
          life.t_x = now;
        }
      if (store_counter_random (41, customer, counter++) < p)
        return life;
    }
}

/* Over many simulated lives, the forecasts sum to what came. */
static void
test_forecast_is_unbiased (void)
{
  for (guint kind = STORE_BGCNBD; kind <= STORE_MBGCNBD; kind++)
    {
      StorePurchaseModel model = { .kind = kind, .k = 3, .parameters = { 2.0, 4.0, 1.0, 5.0 } };
      const guint n = 4000;
      double forecast = 0.0;
      double came = 0.0;
      double squares = 0.0;

      for (guint i = 0; i < n; i++)
        {
          Life life = live (&model, i);
          double expected = store_purchase_model_get_expected (&model, life.x, life.t_x, 30.0, 20.0);

          forecast += expected;
          came += life.later;
          squares += (life.later - expected) * (life.later - expected);
        }
      g_test_message ("forecast %g, came %g, standard error %g", forecast, came, sqrt (squares));
      g_assert_cmpfloat (fabs (forecast - came), <, 3.0 * sqrt (squares));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cnbd/grocery-is-regular", test_grocery_is_regular);
  g_test_add_func ("/cnbd/grocery-is-regular-in-the-modified-model", test_grocery_is_regular_in_the_modified_model);
  g_test_add_func ("/cnbd/derivatives-agree-with-differences",
                   test_derivatives_agree_with_differences);
  g_test_add_func ("/cnbd/k-of-one-is-bgnbd", test_k_of_one_is_bgnbd);
  g_test_add_func ("/cnbd/forecast-is-unbiased", test_forecast_is_unbiased);
  return g_test_run ();
}
