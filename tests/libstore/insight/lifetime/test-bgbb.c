/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <stdlib.h>

#include "shared-data.h"
#include "store-purchase-model.h"
#include "store-error.h"

typedef struct
{
  guint x;
  guint t_x;
  guint n;
  double weight;
} History;

/* In the order that patterns have: by purchases. */
static StorePurchasePatterns *
take_histories (const History *histories,
                guint          n)
{
  double *columns[4];

  for (guint i = 0; i < 4; i++)
    columns[i] = g_new (double, n);
  for (guint i = 0; i < n; i++)
    {
      columns[0][i] = histories[i].x;
      columns[1][i] = histories[i].t_x;
      columns[2][i] = histories[i].n;
      columns[3][i] = histories[i].weight;
    }
  return store_purchase_patterns_take (n, columns[0], columns[1], columns[2], columns[3]);
}

static int
compare_histories (gconstpointer a,
                   gconstpointer b)
{
  return (int) ((const History *) a)->x - (int) ((const History *) b)->x;
}

static StorePurchasePatterns *
load_donations (void)
{
  g_autofree char *path = shared_data_find ("clv/donations_bgbb.csv");
  g_autofree History *histories = NULL;
  guint n;
  g_autofree double *numbers = numbers_load (path, 0, 4, &n);

  if (n == 0)
    return NULL;
  histories = g_new (History, n);
  for (guint i = 0; i < n; i++)
    histories[i] = (History) { numbers[i * 4], numbers[i * 4 + 1], numbers[i * 4 + 2],
                               numbers[i * 4 + 3] };
  qsort (histories, n, sizeof (History), compare_histories);
  return take_histories (histories, n);
}

/* BTYD stops earlier still. */
static void
compare_with_btyd (const StorePurchaseModel *model,
                   const char *const        *names)
{
  g_autoptr (JsonNode) reference = shared_reference_load ("clv_open_R.json");

  for (guint i = 0; i < 4 && reference != NULL; i++)
    {
      g_autofree char *path = g_strconcat ("BTYD/bgbb/par/", names[i], NULL);

      assert_relative (model->parameters[i], shared_reference_get (reference, path), 1e-3);
    }
  if (reference != NULL)
    g_assert_cmpfloat (model->log_likelihood, >=,
                       shared_reference_get (reference, "BTYD/bgbb/ll") - 1e-6);
}

/* The reference stops at a relative 1e-5 of the parameters. */
static void
test_donations_are_exact (void)
{
  static const char *const names[] = { "alpha", "beta", "gamma", "delta" };
  g_autoptr (StorePurchasePatterns) patterns = load_donations ();
  g_autoptr (JsonNode) reference = shared_reference_load ("clv_open.json");
  g_autoptr (GError) error = NULL;
  StorePurchaseModel model;
  double likelihood;

  if (patterns == NULL || reference == NULL)
    return;
  g_assert_cmpuint (patterns->n, ==, 22);
  store_purchase_model_fit_kind (&model, STORE_BGBB, patterns, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (model.converged && model.boundary == STORE_BOUNDARY_INSIDE);
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *path = g_strconcat ("bgbb_donations/lifetimes/", names[i], NULL);

      assert_relative (model.parameters[i], shared_reference_get (reference, path), 2e-4);
    }
  compare_with_btyd (&model, names);
  likelihood = shared_reference_get (reference, "bgbb_donations/loglik");
  g_assert_cmpfloat (model.log_likelihood, >=, likelihood - 1e-6);
  g_assert_cmpfloat (model.log_likelihood, <=, likelihood + 1e-3);
}

static const History invented[] = {
  { 0, 0, 5, 40.0 }, { 1, 1, 5, 10.0 }, { 1, 3, 4, 6.0 },
  { 2, 4, 5, 7.0 }, { 3, 6, 12, 2.0 }, { 5, 5, 5, 3.0 },
};

static double
get_likelihood (const History *history,
                const double  *point)
{
  g_autoptr (StorePurchasePatterns) patterns = take_histories (history, 1);
  double gradient[4];
  double hessian[16];

  return store_purchase_model_differentiate (STORE_BGBB, 1, patterns, point, gradient, hessian);
}

/* All that can be seen in four occasions has probability 1 together. */
static void
test_likelihoods_of_all_histories_sum_to_one (void)
{
  const double point[] = { log (1.2), log (0.7), log (0.6), log (2.8) };
  double sum = 0.0;

  for (guint history = 0; history < 16; history++)
    {
      History pattern = { 0, 0, 4, 1.0 };

      for (guint i = 0; i < 4; i++)
        if (history >> i & 1)
          {
            pattern.x++;
            pattern.t_x = i + 1;
          }
      sum += exp (get_likelihood (&pattern, point));
    }
  assert_close (sum, 1.0, 1e-12);
}

/* Log of the beta function of (a+i, b+j) over that of (a, b). */
static double
get_log_ratio (double a,
               double b,
               double i,
               double j)
{
  return lgamma (a + i) + lgamma (b + j) - lgamma (a + b + i + j) -
         (lgamma (a) + lgamma (b) - lgamma (a + b));
}

/* The formula as the paper has it, term by term. */
static void
test_likelihood_is_that_of_the_paper (void)
{
  const double point[] = { log (1.2), log (0.7), log (0.6), log (2.8) };
  const History histories[] = { { 0, 0, 1, 1 }, { 2, 3, 12, 1 }, { 5, 12, 12, 1 }, { 3, 40, 60, 1 } };

  for (guint i = 0; i < G_N_ELEMENTS (histories); i++)
    {
      const History *history = &histories[i];
      double sum = exp (get_log_ratio (1.2, 0.7, history->x, history->n - history->x) +
                        get_log_ratio (0.6, 2.8, 0, history->n));

      for (guint m = history->t_x; m < history->n; m++)
        sum += exp (get_log_ratio (1.2, 0.7, history->x, m - history->x) +
                    get_log_ratio (0.6, 2.8, 1, m));
      assert_relative (get_likelihood (history, point), log (sum), 1e-11);
    }
}

/* Days as occasions over half a century: with a term made anew for each of them, this would take
 * minutes. */
static void
test_many_occasions_are_walked_through_once (void)
{
  const double point[] = { log (1.2), log (70.0), log (0.6), log (2000.0) };
  const History history = { 3, 20, 19000, 1.0 };
  gint64 start = g_get_monotonic_time ();

  g_assert_true (isfinite (get_likelihood (&history, point)));
  g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * G_USEC_PER_SEC);
}

/* Ahead by one occasion is the ratio of two likelihoods: bought then, over seen until now. */
static void
test_forecast_agrees_with_the_likelihood (void)
{
  const double point[] = { log (1.2), log (0.7), log (0.6), log (2.8) };
  StorePurchaseModel model = { .kind = STORE_BGBB, .k = 1, .occasion_weeks = 1.0,
                               .parameters = { 1.2, 0.7, 0.6, 2.8 } };

  for (guint i = 0; i < G_N_ELEMENTS (invented); i++)
    {
      History now = { invented[i].x, invented[i].t_x, invented[i].n, 1.0 };
      History then = { now.x + 1, now.n + 1, now.n + 1, 1.0 };
      double likelihood = get_likelihood (&now, point);
      double bought = get_likelihood (&then, point);

      assert_close (store_purchase_model_get_expected (&model, now.x, now.t_x, now.n, 1),
                    exp (bought - likelihood), 1e-12);
    }
}

static void
test_impossible_histories_are_refused (void)
{
  const History bad[] = { { 3, 2, 5, 1.0 }, { 1, 6, 5, 1.0 }, { 0, 2, 5, 1.0 }, { 1, 1, 5, NAN } };
  const History nobody = { 0, 0, 5, 10.0 };
  g_autoptr (StorePurchasePatterns) none = take_histories (&nobody, 1);
  g_autoptr (GError) too_little = NULL;
  StorePurchaseModel model;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (StorePurchasePatterns) patterns = take_histories (&bad[i], 1);
      g_autoptr (GError) error = NULL;

      g_assert_false (store_purchase_model_fit_kind (&model, STORE_BGBB, patterns, NULL, &error));
      g_assert_error (error, STORE_ERROR, STORE_ERROR_INVALID);
    }
  g_assert_false (store_purchase_model_fit_kind (&model, STORE_BGBB, none, NULL, &too_little));
  g_assert_error (too_little, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bgbb/donations-are-exact", test_donations_are_exact);
  g_test_add_func ("/bgbb/likelihoods-of-all-histories-sum-to-one",
                   test_likelihoods_of_all_histories_sum_to_one);
  g_test_add_func ("/bgbb/likelihood-is-that-of-the-paper", test_likelihood_is_that_of_the_paper);
  g_test_add_func ("/bgbb/many-occasions-are-walked-through-once",
                   test_many_occasions_are_walked_through_once);
  g_test_add_func ("/bgbb/forecast-agrees-with-the-likelihood",
                   test_forecast_agrees_with_the_likelihood);
  g_test_add_func ("/bgbb/impossible-histories-are-refused", test_impossible_histories_are_refused);
  return g_test_run ();
}
