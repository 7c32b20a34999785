/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

#include "shared-data.h"
#include "simulated-customers.h"
#include "store-clv.h"
#include "store-counter-random.h"
#include "store-parallel.h"

static StorePurchaseTable *
load_cut (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "cdnow-cut.csv", NULL);

  return purchases_load (path, 0, 1, 2, "1997-09-30");
}

static StoreClv *
compute (StorePurchaseTable     *table,
         StorePurchaseModelKind  kind,
         guint                   n_draws,
         guint64                 seed)
{
  StoreClvOptions options = STORE_CLV_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  StoreClv *clv;

  options.model = kind;
  options.n_draws = n_draws;
  options.seed = seed;
  options.hold_back_days = 0;
  clv = store_clv_new (table, &options, NULL, &error);
  g_assert_no_error (error);
  return clv;
}

static void
test_intervals_hold_the_value (void)
{
  g_autoptr (StorePurchaseTable) table = load_cut ();

  for (guint kind = 0; kind < STORE_PURCHASE_MODEL_KINDS; kind++)
    {
      g_autoptr (StoreClv) clv = compute (table, kind, 100, 1);
      double sum = 0.0;

      g_assert_true (clv->has_interval);
      for (guint row = 0; row < clv->patterns->n_rows; row++)
        {
          g_assert_true (isfinite (clv->low[row]) && isfinite (clv->high[row]));
          g_assert_cmpfloat (clv->low[row], <=, clv->high[row]);
          sum += clv->clv[row];
        }
      g_test_message ("%s: %g, %g to %g", store_purchase_model_get_name (kind), sum, clv->total_low,
                      clv->total_high);
      g_assert_cmpfloat (clv->total_low, <, sum);
      g_assert_cmpfloat (clv->total_high, >, sum);
      g_assert_cmpfloat (clv->total_low, >, 0.0);
    }
}

/* Each number of draws and each seed gives nearly the same ends, the same seed the same bits. */
/* Everybody always pays the same, but few of them much: how much one customer's purchases differ is
 * then left open, and so is a ridge along which two parameters of the spend trade without end. */
static StorePurchaseTable *
make_even_spenders (void)
{
  StorePurchaseTable *table = store_purchase_table_new (STORE_PURCHASE_UNTIL_LAST, 2);

  for (guint i = 0; i < 400; i++)
    {
      g_autofree char *id = g_strdup_printf ("c%03u", i);
      double level = 40.0 / gsl_cdf_gamma_Pinv (store_counter_random (1, 1, i), 1.5, 1.0);
      guint n = (guint) (7.0 * store_counter_random (1, 2, i)) + 1;

      for (guint k = 0; k < n; k++)
        store_purchase_table_add (table, id,
                                  (gint32) (i % 200 + 400.0 * store_counter_random (2 + k, 3, i)),
                                  (gint64) (100.0 * level));
    }
  store_purchase_table_finish (table);
  return table;
}

static void
test_a_ridge_does_not_move_the_interval (void)
{
  g_autoptr (StorePurchaseTable) table = make_even_spenders ();
  g_autoptr (StoreClv) clv = compute (table, STORE_MBGNBD, 200, 1);
  double sum = 0.0;
  guint n_outside = 0;

  g_assert_true (clv->has_interval && clv->has_spend);
  for (guint row = 0; row < clv->patterns->n_rows; row++)
    {
      sum += clv->clv[row];
      n_outside += clv->clv[row] < clv->low[row] || clv->clv[row] > clv->high[row];
    }
  g_test_message ("p %g, %u outside, %g: %g to %g", clv->spend.p, n_outside, sum, clv->total_low,
                  clv->total_high);
  g_assert_cmpfloat (clv->total_low, <, sum);
  g_assert_cmpfloat (clv->total_high, >, sum);
  g_assert_cmpuint (n_outside, ==, 0);
}

static void
test_the_seed_decides (void)
{
  g_autoptr (StorePurchaseTable) table = load_cut ();
  g_autoptr (StoreClv) one = compute (table, STORE_MBGNBD, 400, 1);
  g_autoptr (StoreClv) same = compute (table, STORE_MBGNBD, 400, 1);
  g_autoptr (StoreClv) other = compute (table, STORE_MBGNBD, 400, 2);
  gsize size = one->patterns->n_rows * sizeof (double);
  double width = one->total_high - one->total_low;

  g_assert_cmpmem (one->low, size, same->low, size);
  g_assert_cmpmem (one->high, size, same->high, size);
  g_assert_cmpfloat (one->total_low, !=, other->total_low);
  g_assert_cmpfloat (fabs (one->total_low - other->total_low), <, 0.2 * width);
  g_assert_cmpfloat (fabs (one->total_high - other->total_high), <, 0.2 * width);
}

static void
test_same_bits_on_any_number_of_threads (void)
{
  g_autoptr (StorePurchaseTable) table = load_cut ();
  g_autoptr (StoreClv) first = NULL;

  for (guint n_threads = 1; n_threads <= 8; n_threads *= 2)
    {
      g_autoptr (StoreClv) clv = NULL;
      gsize size;

      store_parallel_set_n_threads (n_threads);
      clv = compute (table, STORE_PARETO_NBD, 50, 1);
      if (first == NULL)
        first = g_steal_pointer (&clv);
      else
        {
          size = first->patterns->n_rows * sizeof (double);
          g_assert_cmpmem (first->low, size, clv->low, size);
          g_assert_cmpmem (first->high, size, clv->high, size);
          g_assert_cmpmem (first->clv, size, clv->clv, size);
          g_assert_cmpfloat (first->total_high, ==, clv->total_high);
        }
    }
  store_parallel_set_n_threads (0);
}

/* Each customer anew, at random, as often as there are customers. */
static StorePurchasePatterns *
resample (const StorePurchasePatterns *patterns,
          guint64                      draw)
{
  g_autofree double *counts = g_new0 (double, patterns->n);
  double *columns[4];
  guint n = 0;

  for (guint i = 0; i < patterns->n_rows; i++)
    {
      guint row = (guint) (store_counter_random (17, draw, i) * patterns->n_rows);

      counts[patterns->row_pattern[row]] += 1.0;
    }
  for (guint i = 0; i < 4; i++)
    columns[i] = g_new (double, patterns->n);
  for (guint i = 0; i < patterns->n; i++)
    if (counts[i] > 0.0)
      {
        columns[0][n] = patterns->x[i];
        columns[1][n] = patterns->t_x[i];
        columns[2][n] = patterns->T[i];
        columns[3][n++] = counts[i];
      }
  return store_purchase_patterns_take (n, columns[0], columns[1], columns[2], columns[3]);
}

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  double left = *(const double *) a;
  double right = *(const double *) b;

  return (left > right) - (left < right);
}

static double
sum_expected (const StorePurchaseModel    *model,
              const StorePurchasePatterns *patterns)
{
  const double weeks = 52.0;
  g_autofree double *p_alive = g_new (double, patterns->n);
  g_autofree double *expected = g_new (double, patterns->n);
  double sum = 0.0;

  store_purchase_model_expect_all (model, patterns, 0, patterns->n, &weeks, 1, p_alive, expected);
  for (guint i = 0; i < patterns->n; i++)
    sum += patterns->weight[i] * expected[i];
  return sum;
}

/* Parameters drawn from the covariance spread the forecast as those refitted to resampled customers
 * do: the reason why the draws, which cost no fit, may stand for the fits. */
static void
test_draws_agree_with_refits (void)
{
  enum { N = 120 };
  g_autofree char *path = shared_data_find ("clv/cdnow_sample.csv");
  g_autoptr (StorePurchaseTable) table = purchases_load (path, 1, 2, 4, "1997-09-30");
  g_autoptr (StorePurchasePatterns) patterns = NULL;
  g_autoptr (StoreClv) clv = NULL;
  StorePurchaseModelOptions options = { .kind = STORE_MBGNBD };
  StorePurchaseModel model;
  double refits[N];
  double spread;
  double drawn;

  if (table == NULL)
    return;
  patterns = store_purchase_patterns_new (table);
  store_purchase_model_fit (&model, &options, patterns, NULL, NULL);
  options.known = &model;
  for (guint draw = 0; draw < N; draw++)
    {
      g_autoptr (StorePurchasePatterns) others = resample (patterns, draw);
      StorePurchaseModel again;

      store_purchase_model_fit (&again, &options, others, NULL, NULL);
      refits[draw] = log (sum_expected (&again, patterns));
    }
  qsort (refits, N, sizeof (double), compare_numbers);
  spread = refits[N * 9 / 10] - refits[N / 10];

  /* With no value but the number of purchases, the interval of the total is theirs. */
  clv = compute (table, STORE_MBGNBD, 400, 1);
  drawn = log (clv->total_high / clv->total_low);
  g_test_message ("refits spread by %g, draws (with the value) by %g", spread, drawn);
  g_assert_cmpfloat (drawn, >, 0.75 * spread);
  g_assert_cmpfloat (drawn, <, 1.6 * spread);
}

static StorePurchaseTable *
take_every (StorePurchaseTable *table,
            guint               step)
{
  const StorePurchaseColumns *columns = store_purchase_table_get_columns (table);
  StorePurchaseTable *some = store_purchase_table_new (columns->until, columns->minor_digits);

  for (guint row = 0; row < columns->n_rows; row += step)
    {
      g_autofree char *id = store_purchase_table_dup_id (table, row);
      guint n;
      g_autofree StorePurchase *purchases = store_purchase_table_dup_purchases (table, row, &n);

      for (guint i = 0; i < n; i++)
        store_purchase_table_add (some, id, purchases[i].day, purchases[i].value);
    }
  store_purchase_table_finish (some);
  return some;
}

/* With many patterns they share cells; the same customers among few, by the same model and draws,
 * have the interval of their own pattern. */
static void
test_cells_change_little (void)
{
  const StorePurchaseModel truth = { .kind = STORE_MBGNBD, .k = 1,
                                     .parameters = { 0.9, 3.0, 0.7, 4.0 } };
  g_autoptr (StorePurchaseTable) table = simulate_customers (&truth, 7000, 300, 700, 12);
  g_autoptr (StorePurchaseTable) some = take_every (table, 9);
  g_autoptr (StoreClv) in_cells = compute (table, STORE_MBGNBD, 100, 1);
  StoreClvOptions options = in_cells->options;
  g_autoptr (StoreClv) alone = store_clv_new_with (some, &options, &in_cells->model,
                                                   &in_cells->spend, NULL, NULL);
  double widths = 0.0;
  double away = 0.0;

  g_assert_cmpuint (in_cells->patterns->n, >, 4096);
  g_assert_cmpuint (alone->patterns->n, <, 4096);
  for (guint row = 0; row < alone->patterns->n_rows; row++)
    {
      double width = (alone->high[row] - alone->low[row]) / alone->clv[row];

      g_assert_cmpfloat (alone->clv[row], ==, in_cells->clv[row * 9]);
      widths += width;
      away += fabs ((in_cells->high[row * 9] - in_cells->low[row * 9]) / alone->clv[row] - width);
    }
  g_test_message ("widths %g of the value on average, off by %g of the width",
                  widths / alone->patterns->n_rows, away / widths);
  g_assert_cmpfloat (away, <, 0.1 * widths);
}

static double
get_relative_width (StorePurchaseTable *table,
                    double              horizon_days)
{
  StoreClvOptions options = STORE_CLV_OPTIONS_INIT;
  g_autoptr (StoreClv) clv = NULL;
  double sum = 0.0;

  options.horizon_days = horizon_days;
  options.hold_back_days = 0;
  clv = store_clv_new (table, &options, NULL, NULL);
  for (guint row = 0; row < clv->patterns->n_rows; row++)
    sum += clv->clv[row];
  return (clv->total_high - clv->total_low) / sum;
}

/* Twelve months are twelve steps of a draw, and thirteen months are too. */
static void
test_longer_steps_change_little (void)
{
  g_autoptr (StorePurchaseTable) table = load_cut ();
  double year = get_relative_width (table, 365.0);

  g_assert_cmpfloat (year, >, 0.0);
  assert_relative (get_relative_width (table, 366.0), year, 2e-3);
}

static void
test_no_draws_no_interval (void)
{
  g_autoptr (StorePurchaseTable) table = load_cut ();
  g_autoptr (StoreClv) clv = compute (table, STORE_MBGNBD, 0, 1);
  g_autoptr (JsonNode) document = store_clv_to_json (clv);
  JsonObject *totals = json_object_get_object_member (json_node_get_object (document), "totals");

  g_assert_false (clv->has_interval);
  g_assert_true (json_object_get_null_member (totals, "clv_low"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clv-interval/intervals-hold-the-value", test_intervals_hold_the_value);
  g_test_add_func ("/clv-interval/a-ridge-does-not-move-the-interval",
                   test_a_ridge_does_not_move_the_interval);
  g_test_add_func ("/clv-interval/the-seed-decides", test_the_seed_decides);
  g_test_add_func ("/clv-interval/same-bits-on-any-number-of-threads",
                   test_same_bits_on_any_number_of_threads);
  g_test_add_func ("/clv-interval/draws-agree-with-refits", test_draws_agree_with_refits);
  g_test_add_func ("/clv-interval/cells-change-little", test_cells_change_little);
  g_test_add_func ("/clv-interval/longer-steps-change-little", test_longer_steps_change_little);
  g_test_add_func ("/clv-interval/no-draws-no-interval", test_no_draws_no_interval);
  return g_test_run ();
}
