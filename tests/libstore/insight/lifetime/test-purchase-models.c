/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What must hold for every purchase-history model. */

#include "config.h"

#include <math.h>
#include <string.h>

#include "shared-data.h"
#include "simulated-customers.h"
#include "store-clv.h"
#include "store-counter-random.h"
#include "store-error.h"
#include "store-parallel.h"

static StorePurchasePatterns *
invent_patterns (void)
{
  enum { N = 30 };
  double *columns[4];

  for (guint j = 0; j < 4; j++)
    columns[j] = g_new (double, N);
  for (guint i = 0; i < N; i++)
    {
      double T = 10.0 + 5.0 * (i % 5);

      columns[0][i] = i / 5;
      columns[1][i] = i < 5 ? 0.0 : MAX (floor (T * (0.4 + 0.15 * (i % 5))), columns[0][i]);
      columns[2][i] = T;
      columns[3][i] = 1.0 + i % 3;
    }
  return store_purchase_patterns_take (N, columns[0], columns[1], columns[2], columns[3]);
}

/* Richardson's extrapolation of central differences: the error falls with the sixth power of the
 * step, so that twelve digits of the value leave nine of the slope. */
static double
extrapolate (double a,
             double b,
             double c)
{
  double ab = (4.0 * b - a) / 3.0;
  double bc = (4.0 * c - b) / 3.0;

  return (16.0 * bc - ab) / 15.0;
}

typedef struct
{
  StorePurchaseModelKind kind;
  guint k;
  const StorePurchasePatterns *patterns;
} Function;

static double
evaluate (const Function *self,
          const double   *point,
          guint           which,
          double          step,
          double         *gradient)
{
  double moved[4];
  double hessian[16];

  memcpy (moved, point, sizeof moved);
  moved[which] += step;
  return store_purchase_model_differentiate (self->kind, self->k, self->patterns, moved, gradient,
                                             hessian);
}

static void
compare_derivatives (const Function *self,
                     const double   *point)
{
  guint n = store_purchase_model_get_n_parameters (self->kind);
  double gradient[4];
  double hessian[16];

  store_purchase_model_differentiate (self->kind, self->k, self->patterns, point, gradient, hessian);
  for (guint i = 0; i < n; i++)
    {
      double slopes[3];
      double curves[3][4];

      for (guint level = 0; level < 3; level++)
        {
          double step = 0.04 / (1 << level);
          double high[4];
          double low[4];

          slopes[level] = (evaluate (self, point, i, step, high) -
                           evaluate (self, point, i, -step, low)) / (2.0 * step);
          for (guint j = 0; j < n; j++)
            curves[level][j] = (high[j] - low[j]) / (2.0 * step);
        }
      assert_close (gradient[i], extrapolate (slopes[0], slopes[1], slopes[2]), 2e-8);
      for (guint j = 0; j < n; j++)
        {
          assert_close (hessian[i * n + j],
                        extrapolate (curves[0][j], curves[1][j], curves[2][j]), 2e-8);
          g_assert_cmpfloat (hessian[i * n + j], ==, hessian[j * n + i]);
        }
    }
}

static void
test_derivatives_agree_with_differences (void)
{
  g_autoptr (StorePurchasePatterns) patterns = invent_patterns ();

  for (guint kind = 0; kind < STORE_PURCHASE_MODEL_KINDS; kind++)
    for (guint trial = 0; trial < 5; trial++)
      {
        gboolean regular = kind == STORE_BGCNBD || kind == STORE_MBGCNBD;
        Function function = { kind, regular ? 1 + trial % 4 : 1, patterns };
        double point[4];

        for (guint i = 0; i < 4; i++)
          point[i] = 4.0 * store_counter_random (7, trial, i) - 1.5;
        compare_derivatives (&function, point);
      }
}

static double
pick (guint64 seed,
      guint   trial,
      guint   which,
      double  low,
      double  high)
{
  return pow (10.0, low + (high - low) * store_counter_random (seed, trial, which));
}

typedef struct
{
  double x;
  double t_x;
  double T;
  double weeks;
} Customer;

static void
assert_scores_are_sane (const StorePurchaseModel *model,
                        const Customer           *of)
{
  double p_alive = store_purchase_model_get_p_alive (model, of->x, of->t_x, of->T);
  double expected = store_purchase_model_get_expected (model, of->x, of->t_x, of->T, of->weeks);
  double p_active = store_purchase_model_get_p_active (model, of->x, of->t_x, of->T, of->weeks);
  double p_silence = store_purchase_model_get_p_silence (model, of->x, of->t_x, of->T);

  g_assert_true (isfinite (p_alive) && isfinite (expected) && isfinite (p_active));
  g_assert_true (isfinite (p_silence));
  g_assert_cmpfloat (p_alive, >=, 0.0);
  g_assert_cmpfloat (p_alive, <=, 1.0);
  g_assert_cmpfloat (expected, >=, 0.0);
  g_assert_cmpfloat (p_active, >=, 0.0);
  g_assert_cmpfloat (p_active, <=, p_alive * (1.0 + 1e-9));
  g_assert_cmpfloat (p_silence, >=, 0.0);
  g_assert_cmpfloat (p_silence, <=, 1.0 + 1e-12);

  /* At least one purchase counts at least one. */
  g_assert_cmpfloat (expected, >=, p_active * (1.0 - 1e-6) - 1e-10);
}

/* The customers, horizons and parameters of the 1,545 cases; those of BG/NBD and its modified form
 * have their answers in 120 digits in another test. */
static void
test_stress_grid_is_sane_for_every_model (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "bgnbd-expected.csv", NULL);
  guint n;
  g_autofree double *cases = numbers_load (path, 0, 9, &n);

  g_assert_cmpuint (n, ==, 1545);
  for (guint i = 0; i < n; i++)
    for (guint kind = 0; kind < STORE_PURCHASE_MODEL_KINDS; kind++)
      {
        const double *of = cases + i * 9;
        gboolean regular = kind == STORE_BGCNBD || kind == STORE_MBGCNBD;
        StorePurchaseModel model = { .kind = kind, .k = regular ? 1 + i % 4 : 1,
                                     .occasion_weeks = 4.0 };
        Customer customer = { of[5], of[6], of[7], of[8] };

        memcpy (model.parameters, of + 1, 4 * sizeof (double));
        if (kind == STORE_BGBB)
          {
            customer.T = floor (MIN (customer.T, 200.0));
            customer.x = MIN (customer.x, customer.T);
            customer.t_x = MIN (ceil (MAX (customer.t_x, customer.x)), customer.T);
            customer.t_x = customer.x > 0.0 ? customer.t_x : 0.0;
          }
        assert_scores_are_sane (&model, &customer);
      }
}

/* The seed is that of the run: a failure names it. */
static void
test_random_extremes_stay_finite (void)
{
  guint64 seed = ((guint64) g_test_rand_int ()) & 0x7fffffff;

  g_test_message ("seed %" G_GUINT64_FORMAT, seed);
  for (guint trial = 0; trial < 1500; trial++)
    {
      guint kind = trial % STORE_PURCHASE_MODEL_KINDS;
      gboolean regular = kind == STORE_BGCNBD || kind == STORE_MBGCNBD;
      StorePurchaseModel model = { .kind = kind, .k = regular ? 1 + trial % 5 : 1,
                                   .occasion_weeks = 4.0 };
      Customer customer = { 0.0 };

      model.parameters[0] = pick (seed, trial, 0, -4.0, 4.0);
      model.parameters[1] = pick (seed, trial, 1, -2.0, 4.0);
      model.parameters[2] = pick (seed, trial, 2, -6.0, 4.0);
      model.parameters[3] = pick (seed, trial, 3, -4.0, 4.0);
      customer.T = trial % 5 ? pick (seed, trial, 4, -1.0, 3.5) : 0.0;
      customer.x = trial % 3 && customer.T > 0.0 ? floor (pick (seed, trial, 5, 0.0, 3.0)) : 0.0;
      customer.weeks = pick (seed, trial, 7, -2.0, 2.5);
      if (kind == STORE_BGBB)
        {
          customer.T = floor (MIN (customer.T, 300.0));
          customer.x = MIN (customer.x, customer.T);
        }
      customer.t_x = customer.x > 0.0 ? customer.T * store_counter_random (seed, trial, 6) : 0.0;
      if (kind == STORE_BGBB)
        customer.t_x = MAX (floor (customer.t_x), customer.x);
      assert_scores_are_sane (&model, &customer);
    }
}

/* Businesses at random, fitted by every model: an answer or too little data, never another error. */
static void
test_random_businesses_have_an_answer (void)
{
  guint64 seed = ((guint64) g_test_rand_int ()) & 0x7fffffff;

  g_test_message ("seed %" G_GUINT64_FORMAT, seed);
  for (guint trial = 0; trial < 28; trial++)
    {
      g_autoptr (StorePurchaseTable) table = store_purchase_table_new (2000, 2);
      StoreClvOptions options = { trial % STORE_PURCHASE_MODEL_KINDS, 365.0, 0.01, 1.0, 1 };
      g_autoptr (GError) error = NULL;
      g_autoptr (StoreClv) clv = NULL;
      guint customers = 2 + store_counter_random_bits (seed, trial, 0) % 60;
      guint span = 1 + store_counter_random_bits (seed, trial, 1) % 1500;

      for (guint i = 0; i < customers * 3; i++)
        {
          g_autofree char *id =
            g_strdup_printf ("c%u", (guint) (store_counter_random_bits (seed + 1, trial, i) %
                                             customers));

          store_purchase_table_add (table, id,
                                    2000 - store_counter_random_bits (seed + 2, trial, i) % span,
                                    (gint64) (store_counter_random_bits (seed + 3, trial, i) %
                                              100000) - 20000);
        }
      store_purchase_table_finish (table);
      options.n_draws = 4;
      clv = store_clv_new (table, &options, NULL, &error);
      g_assert_no_error (error);
      g_assert_true (clv->enough || clv->notes[0] != NULL);
      for (guint row = 0; row < clv->patterns->n_rows; row++)
        {
          g_assert_true (isfinite (clv->p_alive[row]) && isfinite (clv->expected[row]));
          g_assert_true (isfinite (clv->value[row]) && isfinite (clv->clv[row]));
          if (clv->has_interval)
            g_assert_true (isfinite (clv->low[row]) && isfinite (clv->high[row]));
        }
    }
}

/* The forecasts of all together are what the customers do, within three standard errors. */
static void
test_forecasts_are_unbiased (void)
{
  static const StorePurchaseModel models[] = {
    { .kind = STORE_BGNBD, .k = 1, .parameters = { 0.9, 6.0, 0.8, 2.5 } },
    { .kind = STORE_MBGNBD, .k = 1, .parameters = { 0.9, 6.0, 0.7, 2.0 } },
    { .kind = STORE_PARETO_NBD, .k = 1, .parameters = { 0.8, 7.0, 0.7, 15.0 } },
    { .kind = STORE_MBGCNBD, .k = 3, .parameters = { 1.2, 2.0, 0.7, 2.5 } },
    { .kind = STORE_NBD, .k = 1, .parameters = { 0.6, 9.0 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    {
      g_autoptr (StorePurchaseTable) whole = simulate_customers (&models[i], 3000, 1, 7 * 70, 3);
      g_autoptr (StorePurchaseTable) past = store_purchase_table_cut (whole, 7 * 40);
      const StorePurchaseColumns *then = store_purchase_table_get_columns (past);
      const StorePurchaseColumns *all = store_purchase_table_get_columns (whole);
      g_autoptr (StorePurchasePatterns) patterns = store_purchase_patterns_new (past);
      double sums[2] = { 0.0 };
      double squares[2] = { 0.0 };

      for (guint row = 0; row < then->n_rows; row++)
        {
          guint of = patterns->row_pattern[row];
          double later = all->purchases[row] - then->purchases[row];
          double expected = store_purchase_model_get_expected (&models[i], patterns->x[of],
                                                               patterns->t_x[of], patterns->T[of],
                                                               30.0);
          double p_active = store_purchase_model_get_p_active (&models[i], patterns->x[of],
                                                               patterns->t_x[of], patterns->T[of],
                                                               30.0);

          sums[0] += later - expected;
          squares[0] += (later - expected) * (later - expected);
          sums[1] += (later > 0.0) - p_active;
          squares[1] += ((later > 0.0) - p_active) * ((later > 0.0) - p_active);
        }
      g_test_message ("%s: purchases off by %.2f s.e., active by %.2f",
                      store_purchase_model_get_name (models[i].kind), sums[0] / sqrt (squares[0]),
                      sums[1] / sqrt (squares[1]));
      g_assert_cmpfloat (fabs (sums[0]), <, 3.0 * sqrt (squares[0]));
      g_assert_cmpfloat (fabs (sums[1]), <, 3.0 * sqrt (squares[1]));
    }
}

/* More patterns than a block holds, so that the threads have something to share. */
static void
test_same_bits_on_any_number_of_threads (void)
{
  for (guint kind = 0; kind < STORE_PURCHASE_MODEL_KINDS; kind++)
    {
      StorePurchaseModel truth = { .kind = kind, .k = 1, .occasion_weeks = 1.0,
                                   .parameters = { 0.9, 6.0, 0.8, 2.5 } };
      g_autoptr (StorePurchasePatterns) patterns = simulate_patterns (&truth, 5000, 60.0, 4);
      StorePurchaseModel first;

      if (kind == STORE_BGBB)
        continue;
      for (guint n_threads = 1; n_threads <= 8; n_threads *= 2)
        {
          StorePurchaseModel model;

          store_parallel_set_n_threads (n_threads);
          g_assert_true (store_purchase_model_fit_kind (&model, kind, patterns, NULL, NULL));
          if (n_threads == 1)
            first = model;
          g_assert_cmpmem (&model, sizeof model, &first, sizeof first);
        }
    }
  store_parallel_set_n_threads (0);
}

static void
test_shuffled_orders_give_the_same_bits (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "cdnow-cut.csv", NULL);
  g_autoptr (StorePurchaseTable) table = purchases_load (path, 0, 1, 2, "1997-09-30");
  g_autoptr (StorePurchaseTable) other = store_purchase_table_new (day_of ("1997-09-30"), 2);
  guint n = store_purchase_table_get_n_rows (table);

  for (guint i = 0; i < n; i++)
    {
      guint row = (guint) ((i * 97) % n);
      g_autofree char *id = store_purchase_table_dup_id (table, row);
      guint n_purchases;
      g_autofree StorePurchase *purchases = store_purchase_table_dup_purchases (table, row,
                                                                                &n_purchases);

      for (guint j = n_purchases; j-- > 0;)
        store_purchase_table_add (other, id, purchases[j].day, purchases[j].value);
    }
  store_purchase_table_finish (other);
  g_assert_cmpuint (store_purchase_table_get_n_rows (other), ==, n);

  for (guint kind = 0; kind < STORE_PURCHASE_MODEL_KINDS; kind++)
    {
      g_autoptr (StorePurchasePatterns) a = store_purchase_model_find_patterns (kind, table, 4.0);
      g_autoptr (StorePurchasePatterns) b = store_purchase_model_find_patterns (kind, other, 4.0);
      StorePurchaseModelOptions options = { kind, 0, 4.0, 0.0, NULL };
      StorePurchaseModel models[2];

      options.sum_log_gaps = store_purchase_model_sum_log_gaps (table);
      g_assert_true (store_purchase_model_fit (&models[0], &options, a, NULL, NULL));
      options.sum_log_gaps = store_purchase_model_sum_log_gaps (other);
      g_assert_true (store_purchase_model_fit (&models[1], &options, b, NULL, NULL));
      g_assert_cmpmem (&models[0], sizeof models[0], &models[1], sizeof models[1]);
    }
}

static void
test_nobody_came_back (void)
{
  g_autoptr (StorePurchaseTable) table = store_purchase_table_new (100, 2);

  store_purchase_table_add (table, "one", 10, 100);
  store_purchase_table_add (table, "two", 20, 100);
  store_purchase_table_finish (table);
  for (guint kind = 0; kind < STORE_PURCHASE_MODEL_KINDS; kind++)
    {
      g_autoptr (StorePurchasePatterns) patterns = store_purchase_model_find_patterns (kind, table,
                                                                                       1.0);
      g_autoptr (GError) error = NULL;
      StorePurchaseModel model;

      g_assert_false (store_purchase_model_fit_kind (&model, kind, patterns, NULL, &error));
      g_assert_error (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA);
    }
}

static void
test_names_lead_back (void)
{
  StorePurchaseModelKind found;

  for (guint kind = 0; kind < STORE_PURCHASE_MODEL_KINDS; kind++)
    {
      g_assert_true (store_purchase_model_find_kind (store_purchase_model_get_name (kind), &found));
      g_assert_cmpint (found, ==, kind);
      g_assert_nonnull (store_purchase_model_get_label (kind));
    }
  g_assert_false (store_purchase_model_find_kind ("other", &found));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/purchase-models/derivatives-agree-with-differences",
                   test_derivatives_agree_with_differences);
  g_test_add_func ("/purchase-models/stress-grid-is-sane-for-every-model",
                   test_stress_grid_is_sane_for_every_model);
  g_test_add_func ("/purchase-models/random-extremes-stay-finite",
                   test_random_extremes_stay_finite);
  g_test_add_func ("/purchase-models/random-businesses-have-an-answer",
                   test_random_businesses_have_an_answer);
  g_test_add_func ("/purchase-models/forecasts-are-unbiased", test_forecasts_are_unbiased);
  g_test_add_func ("/purchase-models/same-bits-on-any-number-of-threads",
                   test_same_bits_on_any_number_of_threads);
  g_test_add_func ("/purchase-models/shuffled-orders-give-the-same-bits",
                   test_shuffled_orders_give_the_same_bits);
  g_test_add_func ("/purchase-models/nobody-came-back", test_nobody_came_back);
  g_test_add_func ("/purchase-models/names-lead-back", test_names_lead_back);
  return g_test_run ();
}
