/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rows of clv_open.json and clv2_open.json: parameters, standard errors, sums, held-back days,
 * single customers. */

#include "config.h"

#include <math.h>

#include "lifetime-data.h"
#include "store-backtest.h"
#include "store-gamma-gamma.h"

typedef struct
{
  const char *file;
  const char *data;
  const char *name;
  StorePurchaseModelKind kind;
  const char *expected;
  double weeks;
  const char *holdout;
  const char *predicted;
} Row;

static const Row rows[] = {
  { "clv_open.json", "cdnow_sample", "bgnbd", STORE_BGNBD, "expected_purchases_next", 39.0,
    "/holdout", "predicted" },
  { "clv_open.json", "cdnow_sample", "mbgnbd", STORE_MBGNBD, "expected_purchases_next", 39.0,
    "/holdout", "predicted" },
  { "clv_open.json", "cdnow_sample", "pnbd", STORE_PARETO_NBD, "expected_purchases_next", 39.0,
    "/holdout", "predicted" },
  { "clv2_open.json", "grocery", "bgnbd", STORE_BGNBD, "EY", 52.0, "", "holdout_pred" },
  { "clv2_open.json", "grocery", "mbgnbd", STORE_MBGNBD, "EY", 52.0, "", "holdout_pred" },
  { "clv2_open.json", "grocery", "pnbd", STORE_PARETO_NBD, "EY", 52.0, "", "holdout_pred" },
};

static void
compare_parameters (const Row                *row,
                    JsonNode                 *reference,
                    const char               *base,
                    const StorePurchaseModel *model)
{
  g_autofree char *mle = g_strconcat (base, "/mle", NULL);
  StorePurchaseModel theirs = reference_model (reference, mle, row->kind);

  g_assert_true (model->converged && model->boundary == STORE_BOUNDARY_INSIDE);
  for (guint i = 0; i < 4; i++)
    {
      const char *name = store_purchase_model_get_parameter_name (row->kind, i);
      double error = model->parameters[i] * sqrt (model->covariance[i * 5]);

      assert_relative (model->parameters[i], theirs.parameters[i], 1e-6);
      assert_relative (error, reference_number (reference, "%s/se/%s", base, name), 1e-4);
    }
  g_assert_cmpfloat_with_epsilon (model->log_likelihood,
                                  reference_number (reference, "%s/loglik", base), 1e-6);
}

/* The package stops early: ours is at least as likely, and the parameters agree to its digits. */
static void
compare_package (const Row                *row,
                 JsonNode                 *reference,
                 const char               *base,
                 const StorePurchaseModel *model)
{
  g_autofree char *path = g_strconcat (base, "/lifetimes/params", NULL);
  StorePurchaseModel theirs = reference_model (reference, path, row->kind);

  for (guint i = 0; i < 4; i++)
    assert_relative (model->parameters[i], theirs.parameters[i], 2e-4);
  g_assert_cmpfloat (model->log_likelihood, >=,
                     reference_number (reference, "%s/lifetimes/loglik", base) - 1e-9);
}

/* The scores of the reference belong to the parameters of the reference. */
static void
compare_customers (const Row  *row,
                   JsonNode   *reference,
                   const char *base)
{
  g_autofree char *mle = g_strconcat (base, "/mle", NULL);
  g_autofree char *customers = g_strconcat (base, "/customers", NULL);
  StorePurchaseModel model = reference_model (reference, mle, row->kind);
  guint n = shared_reference_count (reference, customers);

  g_assert_cmpuint (n, >=, 5);
  for (guint i = 0; i < n; i++)
    {
      double x = reference_number (reference, "%s/%u/x", customers, i);
      double t_x = reference_number (reference, "%s/%u/t_x", customers, i);
      double T = reference_number (reference, "%s/%u/T", customers, i);

      assert_close (store_purchase_model_get_p_alive (&model, x, t_x, T),
                    reference_number (reference, "%s/%u/p_alive", customers, i), 1e-9);
      assert_close (store_purchase_model_get_expected (&model, x, t_x, T, row->weeks),
                    reference_number (reference, "%s/%u/%s", customers, i, row->expected), 1e-9);
    }
}

static void
compare_sums (const Row                *row,
              JsonNode                 *reference,
              const char               *base,
              const StorePurchaseModel *model,
              const LifetimeData       *data)
{
  const StorePurchasePatterns *patterns = data->patterns;
  g_autofree double *p_alive = g_new (double, patterns->n);
  g_autofree double *expected = g_new (double, patterns->n);
  double alive = 0.0;
  double sum = 0.0;

  store_purchase_model_expect_all (model, patterns, 0, patterns->n, &row->weeks, 1, p_alive,
                                   expected);
  for (guint i = 0; i < patterns->n; i++)
    {
      alive += patterns->weight[i] * p_alive[i];
      sum += patterns->weight[i] * expected[i];
      g_assert_true (isfinite (p_alive[i]) && isfinite (expected[i]));
    }
  assert_relative (alive, reference_number (reference, "%s/sum_p_alive", base), 1e-6);
  if (reference_has (reference, "%s/sum_expected_next", base))
    assert_relative (sum, reference_number (reference, "%s/sum_expected_next", base), 1e-6);
}

/* E[X(t)] of somebody new is E[Y(t)] of a customer of no time. */
static void
compare_newcomers (const Row                *row,
                   JsonNode                 *reference,
                   const char               *base,
                   const StorePurchaseModel *model)
{
  const guint weeks[] = { 1, 13, 26, 39, 52, 78 };

  for (guint i = 0; i < G_N_ELEMENTS (weeks); i++)
    if (reference_has (reference, "%s/E_X_t/%u", base, weeks[i]))
      assert_relative (store_purchase_model_get_expected (model, 0.0, 0.0, 0.0, weeks[i]),
                       reference_number (reference, "%s/E_X_t/%u", base, weeks[i]), 1e-6);
}

static double
correlate (const double *a,
           const double *b,
           guint         n)
{
  double mean[2] = { 0.0 };
  double sums[3] = { 0.0 };

  for (guint i = 0; i < n; i++)
    {
      mean[0] += a[i] / n;
      mean[1] += b[i] / n;
    }
  for (guint i = 0; i < n; i++)
    {
      sums[0] += (a[i] - mean[0]) * (a[i] - mean[0]);
      sums[1] += (b[i] - mean[1]) * (b[i] - mean[1]);
      sums[2] += (a[i] - mean[0]) * (b[i] - mean[1]);
    }
  return sums[2] / sqrt (sums[0] * sums[1]);
}

static void
compare_correlation (const Row                *row,
                     JsonNode                 *reference,
                     const char               *base,
                     const StorePurchaseModel *model,
                     const LifetimeData       *data)
{
  const StorePurchasePatterns *patterns = data->patterns;
  gint32 cut = store_purchase_table_get_columns (data->past)->until;
  guint n;
  g_autofree double *later = store_backtest_count_later (data->whole, cut, &n);
  g_autofree double *expected = g_new (double, n);

  for (guint i = 0; i < n; i++)
    {
      guint of = patterns->row_pattern[i];

      expected[i] = store_purchase_model_get_expected (model, patterns->x[of], patterns->t_x[of],
                                                       patterns->T[of], data->days / 7.0);
    }
  assert_relative (correlate (later, expected, n),
                   reference_number (reference, "%s/holdout/corr", base), 1e-6);
}

static void
compare_held_back (const Row                *row,
                   JsonNode                 *reference,
                   const char               *base,
                   const StorePurchaseModel *model,
                   const LifetimeData       *data)
{
  g_autofree char *held = g_strconcat (base, row->holdout, NULL);
  StorePurchaseModelOptions options = { .kind = row->kind };
  g_autoptr (StoreBacktest) test = store_backtest_new (data->whole, &options, data->days, 50, NULL,
                                                       NULL);

  assert_relative (test->predicted, reference_number (reference, "%s/%s", held, row->predicted),
                   1e-6);
  assert_relative (test->errors.mae, reference_number (reference, "%s/mae", held), 1e-6);
  assert_relative (test->errors.rmse, reference_number (reference, "%s/rmse", held), 1e-6);
  if (!reference_has (reference, "%s/naive_rate_mae", held))
    {
      g_assert_cmpfloat (test->actual, ==,
                         reference_number (reference, "%s/holdout_actual", row->data));
      return;
    }
  g_assert_cmpfloat (test->actual, ==, reference_number (reference, "%s/actual", held));
  assert_relative (test->naive_errors.mae, reference_number (reference, "%s/naive_rate_mae", held),
                   1e-9);
  assert_relative (test->naive_predicted, reference_number (reference, "%s/naive_rate_total", held),
                   1e-9);
  compare_correlation (row, reference, base, model, data);
}

static void
test_row (gconstpointer user_data)
{
  const Row *row = user_data;
  g_autoptr (LifetimeData) data = lifetime_data_load (row->data);
  g_autoptr (JsonNode) reference = shared_reference_load (row->file);
  g_autofree char *base = g_strdup_printf ("%s/%s", row->data, row->name);
  StorePurchaseModel model;

  if (data == NULL || reference == NULL)
    return;
  g_assert_true (store_purchase_model_fit_kind (&model, row->kind, data->patterns, NULL, NULL));
  compare_parameters (row, reference, base, &model);
  compare_package (row, reference, base, &model);
  compare_customers (row, reference, base);
  compare_sums (row, reference, base, &model, data);
  compare_newcomers (row, reference, base, &model);
  compare_held_back (row, reference, base, &model, data);
}

/* What an order log comes to: customers, repeat purchases, and each customer's x, t_x and T. */
static void
test_order_log_comes_to_the_summary (void)
{
  g_autoptr (LifetimeData) data = lifetime_data_load ("cdnow_sample");
  g_autoptr (JsonNode) reference = shared_reference_load ("clv_open.json");
  g_autofree char *path = shared_data_find ("clv/cdnow_cbs.csv");
  g_autofree double *summary = NULL;
  g_autofree double *later = NULL;
  double sum_later = 0.0;
  guint n;
  guint n_later;

  if (data == NULL || reference == NULL || path == NULL)
    return;
  summary = numbers_load (path, 0, 4, &n);
  later = store_backtest_count_later (data->whole, day_of ("1997-09-30"), &n_later);
  g_assert_cmpuint (n, ==, reference_number (reference, "log_to_summary/customers"));
  g_assert_cmpuint (n_later, ==, n);
  g_assert_cmpuint (data->patterns->n_repeaters, ==,
                    reference_number (reference, "log_to_summary/repeat_x"));
  g_assert_cmpfloat (data->patterns->n_repeats, ==,
                     reference_number (reference, "log_to_summary/sum_x"));
  for (guint i = 0; i < n; i++)
    {
      guint of = data->patterns->row_pattern[i];

      g_assert_cmpfloat (data->patterns->x[of], ==, summary[i * 4]);
      g_assert_cmpfloat_with_epsilon (data->patterns->t_x[of], summary[i * 4 + 1], 1e-12);
      g_assert_cmpfloat_with_epsilon (data->patterns->T[of], summary[i * 4 + 2], 1e-12);
      g_assert_cmpfloat (later[i], ==, summary[i * 4 + 3]);
      sum_later += later[i];
    }
  g_assert_cmpfloat (sum_later, ==, reference_number (reference, "log_to_summary/sum_xstar"));
}

/* P(X(t) = n) of BG/NBD, by the formula of the paper. */
static double
get_p_count (const StorePurchaseModel *model,
             guint                     n,
             double                    t)
{
  double r = model->parameters[0];
  double alpha = model->parameters[1];
  double a = model->parameters[2];
  double b = model->parameters[3];
  double stays = exp (lgamma (a + b) - lgamma (b) + lgamma (b + n) - lgamma (a + b + n));
  double mass = exp (lgamma (r + n) - lgamma (r) - lgamma (n + 1.0) + r * log (alpha / (alpha + t)) +
                     n * log (t / (alpha + t)));
  double sum = 0.0;

  for (guint j = 0; j < n; j++)
    sum += exp (lgamma (r + j) - lgamma (r) - lgamma (j + 1.0) + j * log (t / (alpha + t)));
  sum = 1.0 - pow (alpha / (alpha + t), r) * sum;
  return stays * mass + (n > 0 ? stays * a / (b + n - 1.0) * sum : 0.0);
}

static void
test_counts_of_newcomers_agree (void)
{
  g_autoptr (LifetimeData) data = lifetime_data_load ("cdnow_sample");
  g_autoptr (JsonNode) reference = shared_reference_load ("clv_open.json");
  StorePurchaseModel model;
  double mean = 0.0;

  if (data == NULL || reference == NULL)
    return;
  store_purchase_model_fit_kind (&model, STORE_BGNBD, data->patterns, NULL, NULL);
  for (guint n = 0; n < 8; n++)
    assert_relative (get_p_count (&model, n, 39.0),
                     reference_number (reference, "cdnow_sample/bgnbd/P_X_n_at_39/%u", n), 1e-6);

  /* The probabilities of the paper and the expectation of ours are of one model. */
  for (guint n = 1; n < 3000; n++)
    mean += n * get_p_count (&model, n, 39.0);
  assert_relative (store_purchase_model_get_expected (&model, 0.0, 0.0, 0.0, 39.0), mean, 1e-6);
  assert_relative (store_purchase_model_get_p_active (&model, 0.0, 0.0, 0.0, 39.0),
                   1.0 - get_p_count (&model, 0, 39.0), 1e-12);
}

/* Where the package gives no number or a wrong one, ours is that of 60 digits. */
static void
test_extreme_customers_are_exact (void)
{
  g_autoptr (JsonNode) reference = shared_reference_load ("clv_open.json");
  guint n;

  if (reference == NULL)
    return;
  n = shared_reference_count (reference, "bgnbd_extreme");
  g_assert_cmpuint (n, ==, 45);
  for (guint i = 0; i < n; i++)
    {
      StorePurchaseModel model = { .kind = STORE_BGNBD, .k = 1 };
      double x = reference_number (reference, "bgnbd_extreme/%u/x", i);
      double t_x = reference_number (reference, "bgnbd_extreme/%u/t_x", i);
      double T = reference_number (reference, "bgnbd_extreme/%u/T", i);

      for (guint j = 0; j < 4; j++)
        model.parameters[j] = reference_number (reference, "bgnbd_extreme/%u/params/%u", i, j);
      assert_relative (store_purchase_model_get_expected (&model, x, t_x, T, 30.0),
                       reference_number (reference, "bgnbd_extreme/%u/mpmath60_EY30", i), 1e-9);
    }
}

/* The purchases of the next twelve months of 4.345 weeks, as the package discounts them. */
static void
test_value_of_twelve_months_agrees (void)
{
  g_autoptr (JsonNode) reference = shared_reference_load ("clv_open.json");
  const char *base = "clv_cdnow_946_and_0s";
  StorePurchaseModel model;
  StoreGammaGamma spend = { 0 };
  guint n;

  if (reference == NULL)
    return;
  model = reference_model (reference, "clv_cdnow_946_and_0s/bgnbd", STORE_BGNBD);
  spend.p = reference_number (reference, "gamma_gamma/mle/p");
  spend.q = reference_number (reference, "gamma_gamma/mle/q");
  spend.v = reference_number (reference, "gamma_gamma/mle/v");
  n = shared_reference_count (reference, "clv_cdnow_946_and_0s/customers");
  g_assert_cmpuint (n, ==, 10);
  for (guint i = 0; i < n; i++)
    {
      double x = reference_number (reference, "%s/customers/%u/x", base, i);
      double t_x = reference_number (reference, "%s/customers/%u/t_x", base, i);
      double T = reference_number (reference, "%s/customers/%u/T", base, i);
      double value = store_gamma_gamma_get_expected (&spend, x,
                                                     reference_number (reference,
                                                                       "%s/customers/%u/m", base,
                                                                       i));
      double before = 0.0;
      double sum = 0.0;

      for (guint month = 1; month <= 12; month++)
        {
          double purchases = store_purchase_model_get_expected (&model, x, t_x, T, month * 4.345);

          sum += (purchases - before) / pow (1.01, month);
          before = purchases;
        }
      assert_relative (value, reference_number (reference, "%s/customers/%u/E_M", base, i), 1e-7);
      assert_relative (value * sum, reference_number (reference, "%s/customers/%u/clv12", base, i),
                       1e-7);
    }
}

static void
test_boundary_of_online_retail (void)
{
  static const struct { const char *name; StorePurchaseModelKind kind; } models[] = {
    { "bgnbd", STORE_BGNBD }, { "mbgnbd", STORE_MBGNBD }, { "pnbd", STORE_PARETO_NBD },
  };
  g_autoptr (LifetimeData) data = lifetime_data_load ("online_retail");
  g_autoptr (JsonNode) reference = shared_reference_load ("clv2_open.json");

  if (data == NULL || reference == NULL)
    return;
  g_assert_cmpuint (data->patterns->n_rows, ==, reference_number (reference,
                                                                  "online_retail/customers"));
  g_assert_cmpuint (data->patterns->n, ==, reference_number (reference,
                                                             "online_retail/distinct_patterns"));
  g_assert_cmpuint (data->patterns->n_repeaters, ==,
                    reference_number (reference, "online_retail/repeaters"));
  g_assert_cmpfloat (data->patterns->n_repeats, ==,
                     reference_number (reference, "online_retail/sum_x"));
  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    {
      StorePurchaseModelOptions options = { .kind = models[i].kind };
      g_autoptr (StoreBacktest) test = store_backtest_new (data->whole, &options, data->days, 50,
                                                           NULL, NULL);
      const StorePurchaseModel *model = &test->model;

      g_assert_cmpint (model->boundary, ==, STORE_BOUNDARY_NOBODY_LEAVES);
      assert_relative (model->parameters[0],
                       reference_number (reference, "online_retail/nbd_limit/mle/r"), 1e-6);
      assert_relative (model->parameters[1],
                       reference_number (reference, "online_retail/nbd_limit/mle/alpha"), 1e-6);
      g_assert_cmpfloat_with_epsilon (model->log_likelihood,
                                      reference_number (reference, "online_retail/%s/loglik",
                                                        models[i].name), 1e-6);

      /* The reference stopped a little off the limit, at an a of 1e-16. */
      g_assert_cmpfloat (test->actual, ==, reference_number (reference,
                                                             "online_retail/holdout_actual"));
      assert_relative (test->predicted, reference_number (reference, "online_retail/%s/holdout_pred",
                                                          models[i].name), 1e-6);
      assert_relative (test->errors.mae, reference_number (reference, "online_retail/%s/mae",
                                                           models[i].name), 1e-6);
      assert_relative (test->errors.rmse, reference_number (reference, "online_retail/%s/rmse",
                                                            models[i].name), 1e-6);
      for (guint j = 0; j < shared_reference_count (reference, "online_retail/bgnbd/customers"); j++)
        {
          double x = reference_number (reference, "online_retail/bgnbd/customers/%u/x", j);
          double t_x = reference_number (reference, "online_retail/bgnbd/customers/%u/t_x", j);
          double T = reference_number (reference, "online_retail/bgnbd/customers/%u/T", j);

          g_assert_cmpfloat (store_purchase_model_get_p_alive (model, x, t_x, T), ==, 1.0);
          assert_relative (store_purchase_model_get_expected (model, x, t_x, T,
                                                              data->days / 7.0),
                           reference_number (reference, "online_retail/bgnbd/customers/%u/EY", j),
                           1e-6);
        }
    }
}

static void
test_value_of_online_retail (void)
{
  g_autoptr (LifetimeData) data = lifetime_data_load ("online_retail");
  g_autoptr (JsonNode) reference = shared_reference_load ("clv2_open.json");
  StoreGammaGamma spend;

  if (data == NULL || reference == NULL)
    return;
  g_assert_true (store_gamma_gamma_fit (&spend, data->past, NULL));
  g_assert_cmpuint (spend.n_customers, ==, reference_number (reference, "online_retail/gg/n"));
  assert_relative (spend.p, reference_number (reference, "online_retail/gg/mle/p"), 1e-6);
  assert_relative (spend.q, reference_number (reference, "online_retail/gg/mle/q"), 1e-6);
  assert_relative (spend.v, reference_number (reference, "online_retail/gg/mle/v"), 1e-6);
  g_assert_cmpfloat_with_epsilon (spend.log_likelihood,
                                  reference_number (reference, "online_retail/gg/loglik"), 1e-6);
}

static void
test_rates_of_grocery (void)
{
  g_autoptr (LifetimeData) data = lifetime_data_load ("grocery");
  g_autoptr (JsonNode) reference = shared_reference_load ("clv2_open.json");
  StorePurchaseModel model;

  if (data == NULL || reference == NULL)
    return;
  g_assert_cmpuint (data->patterns->n_rows, ==, reference_number (reference, "grocery/customers"));
  g_assert_cmpuint (data->patterns->n_repeaters, ==, reference_number (reference,
                                                                       "grocery/repeaters"));
  g_assert_cmpfloat (data->patterns->n_repeats, ==, reference_number (reference, "grocery/sum_x"));
  g_assert_cmpuint (data->patterns->n, ==, reference_number (reference,
                                                             "grocery/distinct_patterns"));
  assert_close (data->days / 7.0, reference_number (reference, "grocery/holdout_weeks"), 1e-12);
  store_purchase_model_fit_kind (&model, STORE_NBD, data->patterns, NULL, NULL);
  assert_relative (model.parameters[0], reference_number (reference, "grocery/nbd_limit/mle/r"),
                   1e-6);
  assert_relative (model.parameters[1], reference_number (reference, "grocery/nbd_limit/mle/alpha"),
                   1e-6);
  g_assert_cmpfloat_with_epsilon (model.log_likelihood,
                                  reference_number (reference, "grocery/nbd_limit/loglik"), 1e-6);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/lifetime-references/%s-of-%s", rows[i].name,
                                               rows[i].data);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/lifetime-references/order-log-comes-to-the-summary",
                   test_order_log_comes_to_the_summary);
  g_test_add_func ("/lifetime-references/counts-of-newcomers-agree",
                   test_counts_of_newcomers_agree);
  g_test_add_func ("/lifetime-references/extreme-customers-are-exact",
                   test_extreme_customers_are_exact);
  g_test_add_func ("/lifetime-references/value-of-twelve-months-agrees",
                   test_value_of_twelve_months_agrees);
  g_test_add_func ("/lifetime-references/boundary-of-online-retail",
                   test_boundary_of_online_retail);
  g_test_add_func ("/lifetime-references/value-of-online-retail", test_value_of_online_retail);
  g_test_add_func ("/lifetime-references/rates-of-grocery", test_rates_of_grocery);
  return g_test_run ();
}
