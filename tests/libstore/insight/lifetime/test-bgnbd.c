/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "shared-data.h"
#include "store-purchase-model.h"
#include "store-counter-random.h"
#include "store-error.h"

static StorePurchasePatterns *
load_cdnow (void)
{
  g_autofree char *path = shared_data_find ("clv/cdnow_sample.csv");
  g_autoptr (StorePurchaseTable) table = purchases_load (path, 1, 2, 4, "1997-09-30");

  return table != NULL ? store_purchase_patterns_new (table) : NULL;
}

static StorePurchasePatterns *
load_grocery (void)
{
  g_autofree char *path = shared_data_find ("clv/grocery_elog.csv");
  g_autoptr (StorePurchaseTable) table = purchases_load (path, 0, 1, -1, "2006-12-31");

  return table != NULL ? store_purchase_patterns_new (table) : NULL;
}

static void
fit (StorePurchaseModel                  *model,
     StorePurchaseModelKind       kind,
     const StorePurchasePatterns *patterns)
{
  g_autoptr (GError) error = NULL;

  store_purchase_model_fit_kind (model, kind, patterns, NULL, &error);
  g_assert_no_error (error);
}

static void
assert_reference_fit (const StorePurchaseModel *model,
                      JsonNode         *reference,
                      const char       *set,
                      double            tolerance)
{
  const char *names[] = { "r", "alpha", "a", "b" };
  double got[] = { model->parameters[0], model->parameters[1], model->parameters[2], model->parameters[3] };
  g_autofree char *likelihood = g_strdup_printf ("%s/loglik", set);

  g_assert_true (model->converged);
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/mle/%s", set, names[i]);

      assert_relative (got[i], shared_reference_get (reference, path), tolerance);
    }
  g_assert_cmpfloat_with_epsilon (model->log_likelihood,
                                  shared_reference_get (reference, likelihood), 1e-6);
}

static void
assert_reference_scores (JsonNode   *reference,
                         const char *set,
                         StorePurchaseModel  model,
                         const char *expected_name,
                         double      weeks)
{
  g_autofree char *customers = g_strdup_printf ("%s/customers", set);
  double *parameters[] = { &model.parameters[0], &model.parameters[1], &model.parameters[2], &model.parameters[3] };
  const char *names[] = { "r", "alpha", "a", "b" };

  /* The scores of the reference belong to the parameters of the reference. */
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/mle/%s", set, names[i]);

      *parameters[i] = shared_reference_get (reference, path);
    }
  for (guint i = 0; i < shared_reference_count (reference, customers); i++)
    {
      g_autofree char *base = g_strdup_printf ("%s/customers/%u/", set, i);
      g_autofree char *p_alive = g_strconcat (base, "p_alive", NULL);
      g_autofree char *expected = g_strconcat (base, expected_name, NULL);
      g_autofree char *x_path = g_strconcat (base, "x", NULL);
      g_autofree char *t_path = g_strconcat (base, "t_x", NULL);
      g_autofree char *T_path = g_strconcat (base, "T", NULL);
      double x = shared_reference_get (reference, x_path);
      double t_x = shared_reference_get (reference, t_path);
      double T = shared_reference_get (reference, T_path);

      assert_close (store_purchase_model_get_p_alive (&model, x, t_x, T),
                    shared_reference_get (reference, p_alive), 1e-9);
      assert_close (store_purchase_model_get_expected (&model, x, t_x, T, weeks),
                    shared_reference_get (reference, expected), 1e-9);
    }
}

static void
test_cdnow_is_exact (void)
{
  g_autoptr (StorePurchasePatterns) patterns = load_cdnow ();
  g_autoptr (JsonNode) reference = shared_reference_load ("clv_open.json");
  StorePurchaseModel model;

  if (patterns == NULL || reference == NULL)
    return;
  g_assert_cmpuint (patterns->n_rows, ==, 2357);
  g_assert_cmpuint (patterns->n_repeaters, ==, 946);
  g_assert_cmpfloat (patterns->n_repeats, ==, 2457.0);

  fit (&model, STORE_BGNBD, patterns);
  assert_reference_fit (&model, reference, "cdnow_sample/bgnbd", 1e-6);
  assert_reference_scores (reference, "cdnow_sample/bgnbd", model, "expected_purchases_next", 39.0);
  fit (&model, STORE_MBGNBD, patterns);
  assert_reference_fit (&model, reference, "cdnow_sample/mbgnbd", 1e-6);
  assert_reference_scores (reference, "cdnow_sample/mbgnbd", model, "expected_purchases_next",
                           39.0);
}

static void
test_grocery_is_exact (void)
{
  g_autoptr (StorePurchasePatterns) patterns = load_grocery ();
  g_autoptr (JsonNode) reference = shared_reference_load ("clv2_open.json");
  StorePurchaseModel model;

  if (patterns == NULL || reference == NULL)
    return;
  g_assert_cmpuint (patterns->n, ==, 1012);

  fit (&model, STORE_BGNBD, patterns);
  assert_reference_fit (&model, reference, "grocery/bgnbd", 1e-6);
  assert_reference_scores (reference, "grocery/bgnbd", model, "EY", 52.0);
  fit (&model, STORE_MBGNBD, patterns);
  assert_reference_fit (&model, reference, "grocery/mbgnbd", 1e-6);
  assert_reference_scores (reference, "grocery/mbgnbd", model, "EY", 52.0);
}

static void
test_sums_over_all_customers_agree (void)
{
  g_autoptr (StorePurchasePatterns) patterns = load_cdnow ();
  g_autoptr (JsonNode) reference = shared_reference_load ("clv_open.json");
  const double weeks = 39.0;
  g_autofree double *expected = NULL;
  g_autofree double *p_alive = NULL;
  StorePurchaseModel model;
  double sum = 0.0;
  double alive = 0.0;

  if (patterns == NULL || reference == NULL)
    return;
  fit (&model, STORE_BGNBD, patterns);
  expected = g_new (double, patterns->n);
  p_alive = g_new (double, patterns->n);
  store_purchase_model_expect_all (&model, patterns, 0, patterns->n, &weeks, 1, p_alive, expected);
  for (guint i = 0; i < patterns->n; i++)
    {
      sum += patterns->weight[i] * expected[i];
      alive += patterns->weight[i] *
               store_purchase_model_get_p_alive (&model, patterns->x[i], patterns->t_x[i], patterns->T[i]);
    }
  assert_relative (sum, shared_reference_get (reference, "cdnow_sample/bgnbd/sum_expected_next"),
                   1e-6);
  assert_relative (alive, shared_reference_get (reference, "cdnow_sample/bgnbd/sum_p_alive"), 1e-6);
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

/* Slope by differences of the value, curvature by differences of the slope. */
static void
test_derivatives_agree_with_differences (void)
{
  g_autoptr (StorePurchasePatterns) patterns = invent_patterns ();
  const double step = 1e-5;

  for (guint trial = 0; trial < 40; trial++)
    {
      StorePurchaseModelKind kind = trial % 2 ? STORE_MBGNBD : STORE_BGNBD;
      double point[4];
      double gradient[4];
      double hessian[16];

      for (guint i = 0; i < 4; i++)
        point[i] = 5.0 * store_counter_random (7, trial, i) - 2.0;
      store_purchase_model_differentiate (kind, 1, patterns, point, gradient, hessian);

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
          rise = store_purchase_model_differentiate (kind, 1, patterns, high, high_slope, unused) -
                 store_purchase_model_differentiate (kind, 1, patterns, low, low_slope, unused);
          assert_close (gradient[i], rise / (2.0 * step), 1e-5);
          for (guint j = 0; j < 4; j++)
            assert_close (hessian[i * 4 + j], (high_slope[j] - low_slope[j]) / (2.0 * step), 1e-5);
        }
    }
}

static void
test_boundary_is_an_answer (void)
{
  g_autoptr (StorePurchaseTable) table = online_retail_load ("2011-08-31", TRUE);
  g_autoptr (JsonNode) reference = shared_reference_load ("clv2_open.json");
  g_autoptr (StorePurchasePatterns) patterns = NULL;
  StorePurchaseModel model;

  if (table == NULL || reference == NULL)
    return;
  patterns = store_purchase_patterns_new (table);
  g_assert_cmpuint (patterns->n_rows, ==, 2330);

  for (guint kind = STORE_BGNBD; kind <= STORE_MBGNBD; kind++)
    {
      fit (&model, kind, patterns);
      g_assert_cmpint (model.boundary, ==, STORE_BOUNDARY_NOBODY_LEAVES);
      g_assert_nonnull (store_purchase_model_describe (&model));
      assert_relative (model.parameters[0], shared_reference_get (reference, "online_retail/nbd_limit/mle/r"),
                       1e-6);
      assert_relative (model.parameters[1],
                       shared_reference_get (reference, "online_retail/nbd_limit/mle/alpha"), 1e-6);
      assert_close (model.log_likelihood, -15301.29918837972, 1e-9);
      g_assert_cmpfloat (store_purchase_model_get_p_alive (&model, 4, 34.0, 38.142857142857146), ==, 1.0);
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
  store_purchase_table_add (table, "two", 20, 100);
  store_purchase_table_finish (table);
  patterns = store_purchase_patterns_new (table);
  g_assert_false (store_purchase_model_fit_kind (&model, STORE_BGNBD, patterns, NULL, &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA);
}

static double
draw_exponential (guint64 customer,
                  guint64 counter,
                  double  rate)
{
  return -log (store_counter_random (11, customer, counter)) / rate;
}

/* Gamma(2, scale) and Beta(1, b) have simple inverses: enough to simulate from known parameters. */
static StorePurchaseTable *
simulate (StorePurchaseModelKind kind,
          guint          n_customers,
          double         alpha,
          double         b)
{
  StorePurchaseTable *table = store_purchase_table_new (3650, 2);

  for (guint i = 0; i < n_customers; i++)
    {
      g_autofree char *id = g_strdup_printf ("%06u", i);
      double rate = (draw_exponential (i, 0, 1.0) + draw_exponential (i, 1, 1.0)) / alpha;
      double p = 1.0 - pow (store_counter_random (11, i, 2), 1.0 / b);
      double day = i % 100;
      guint64 counter = 3;
      gboolean gone = kind == STORE_MBGNBD && store_counter_random (11, i, counter++) < p;

      store_purchase_table_add (table, id, (gint32) day, 1000);
      while (!gone)
        {
          day += 7.0 * draw_exponential (i, counter++, rate);
          if (day >= 3651.0)
            break;
          store_purchase_table_add (table, id, (gint32) day, 1000);
          gone = store_counter_random (11, i, counter++) < p;
        }
    }
  store_purchase_table_finish (table);
  return table;
}

/* The inverse of -H is the covariance of the estimates. */
static double
get_standard_error (StorePurchaseModelKind       kind,
                    const StorePurchasePatterns *patterns,
                    const double                *point,
                    guint                        which)
{
  double gradient[4];
  double hessian[16];
  double inverse[16] = { 0.0 };

  store_purchase_model_differentiate (kind, 1, patterns, point, gradient, hessian);
  for (guint i = 0; i < 4; i++)
    {
      inverse[i * 4 + i] = 1.0;
    }
  for (guint pivot = 0; pivot < 4; pivot++)
    {
      double scale = hessian[pivot * 4 + pivot];

      for (guint j = 0; j < 4; j++)
        {
          hessian[pivot * 4 + j] /= scale;
          inverse[pivot * 4 + j] /= scale;
        }
      for (guint i = 0; i < 4; i++)
        {
          double factor = hessian[i * 4 + pivot];

          for (guint j = 0; j < 4 && i != pivot; j++)
            {
              hessian[i * 4 + j] -= factor * hessian[pivot * 4 + j];
              inverse[i * 4 + j] -= factor * inverse[pivot * 4 + j];
            }
        }
    }
  return sqrt (-inverse[which * 4 + which]);
}

static void
test_known_parameters_are_recovered (void)
{
  for (guint kind = STORE_BGNBD; kind <= STORE_MBGNBD; kind++)
    {
      g_autoptr (StorePurchaseTable) table = simulate (kind, 6000, 60.0, 4.0);
      g_autoptr (StorePurchasePatterns) patterns = store_purchase_patterns_new (table);
      const double truth[4] = { log (2.0), log (60.0), log (1.0), log (4.0) };
      double point[4];
      StorePurchaseModel model;

      fit (&model, kind, patterns);
      point[0] = log (model.parameters[0]);
      point[1] = log (model.parameters[1]);
      point[2] = log (model.parameters[2]);
      point[3] = log (model.parameters[3]);
      for (guint i = 0; i < 4; i++)
        {
          double error = get_standard_error (kind, patterns, point, i);

          g_test_message ("parameter %u: %g, true %g, standard error %g", i, point[i], truth[i],
                          error);
          g_assert_cmpfloat (fabs (point[i] - truth[i]), <, 3.0 * error);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bgnbd/cdnow-is-exact", test_cdnow_is_exact);
  g_test_add_func ("/bgnbd/grocery-is-exact", test_grocery_is_exact);
  g_test_add_func ("/bgnbd/sums-over-all-customers-agree", test_sums_over_all_customers_agree);
  g_test_add_func ("/bgnbd/derivatives-agree-with-differences",
                   test_derivatives_agree_with_differences);
  g_test_add_func ("/bgnbd/boundary-is-an-answer", test_boundary_is_an_answer);
  g_test_add_func ("/bgnbd/nobody-came-back", test_nobody_came_back);
  g_test_add_func ("/bgnbd/known-parameters-are-recovered", test_known_parameters_are_recovered);
  return g_test_run ();
}
