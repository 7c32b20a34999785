/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "shared-data.h"
#include "store-indices.h"

static void
test_discounting_asks_when_the_money_arrives (void)
{
  const double values[] = { 1000.0, 1200.0 };

  assert_close (store_index_discount (values, 2, 0.1, STORE_INDEX_END), 1900.8264462809916, 1e-12);
  assert_close (store_index_discount (values, 2, 0.1, STORE_INDEX_MIDDLE), 1993.603595695329,
                1e-12);
  assert_close (store_index_discount (values, 2, 0.1, STORE_INDEX_BEGINNING), 2090.909090909091,
                1e-12);
}

static void
test_rate_belongs_to_its_period (void)
{
  assert_close (store_index_get_period_rate (0.1, 12), 0.00797414042890376, 1e-12);
  assert_close (store_index_get_period_rate (0.1, 1), 0.1, 1e-15);
}

static void
test_churn_multiplies_over_periods (void)
{
  double churn = store_index_get_churn (50, 1000);

  g_assert_cmpfloat (churn, ==, 0.05);
  assert_close (store_index_get_yearly_churn (churn, 12), 0.45963991233736334, 1e-12);
  assert_close (store_index_get_lifetime (churn), 20.0, 1e-12);
  g_assert_true (isnan (store_index_get_churn (0, 0)));
  g_assert_true (isnan (store_index_get_lifetime (0.0)));
}

static void
test_odds_and_log_odds_are_not_probabilities (void)
{
  assert_close (store_index_odds_to_p (0.7), 0.4117647058823529, 1e-12);
  assert_close (store_index_odds_to_p (2.3333333333333335), 0.7, 1e-12);
  assert_close (store_index_log_odds_to_p (0.7), 0.668187772168166, 1e-12);
  assert_close (store_index_log_odds_to_p (-3.05), 0.04521747348328748, 1e-12);
  g_assert_cmpfloat (store_index_log_odds_to_p (396.55), ==, 1.0);
  g_assert_cmpfloat (store_index_log_odds_to_p (-396.55), >, 0.0);
  g_assert_cmpfloat (store_index_log_odds_to_p (-1e6), ==, 0.0);
  g_assert_cmpfloat (store_index_odds_to_p (INFINITY), ==, 1.0);
}

static void
test_scores_become_an_index_of_mean_one (void)
{
  const double codes[] = { 455.0, 111.0 };
  const double nothing[] = { 0.0, 0.0 };
  g_autofree double *index = store_index_scale_to_mean (codes, 2);
  g_autofree double *ones = store_index_scale_to_mean (nothing, 2);

  assert_close (170.0 * index[0], 273.321554770318, 1e-12);
  assert_close (170.0 * index[1], 66.67844522968198, 1e-12);
  g_assert_cmpfloat (ones[0], ==, 1.0);
}

static void
test_two_bad_signs_are_not_good (void)
{
  double good = store_index_get_relation (90, 10, 80, 20, 40);
  double bad = store_index_get_relation (10, 90, 20, 80, 40);
  double one_lucky = store_index_get_relation (1, 0, 80, 20, 40);
  double ninety = store_index_get_relation (90, 10, 80, 20, 40);

  g_assert_cmpfloat (bad, <, good);
  g_assert_cmpfloat (bad, <, 0.1);
  g_assert_cmpfloat (one_lucky, <, ninety);
  g_assert_true (isnan (store_index_get_relation (0, 0, 80, 20, 40)));
  g_assert_true (isfinite (store_index_get_relation (90, 10, 80, 0, 40)));
}

static void
test_profit_is_shared_among_the_profitable (void)
{
  const double profits[] = { 500.0, 300.0, -200.0, 100.0 };
  const double losses[] = { 100.0, -150.0 };
  StoreIndexShare shares[4];

  store_index_share_profit (profits, 4, shares);
  assert_close (shares[0].share, 0.5555555555555556, 1e-12);
  assert_close (shares[2].share, 0.0, 1e-12);
  assert_close (shares[3].share, 0.1111111111111111, 1e-12);
  assert_close (shares[2].of_total, -0.2857142857142857, 1e-12);
  assert_close (shares[1].cumulative, 8.0 / 9.0, 1e-12);
  assert_close (shares[2].cumulative, 1.0, 1e-12);

  store_index_share_profit (losses, 2, shares);
  g_assert_true (isnan (shares[0].of_total));
  g_assert_cmpfloat (shares[0].share, ==, 1.0);
}

static void
test_errors_of_a_forecast (void)
{
  const double actual[] = { 100.0, 0.0, 50.0, 80.0 };
  const double forecast[] = { 90.0, 10.0, 60.0, 80.0 };
  const double zeros[] = { 0.0, 0.0 };
  StoreIndexErrors errors;

  g_assert_true (store_index_get_errors (actual, forecast, 4, &errors));
  assert_close (errors.mae, 7.5, 1e-12);
  assert_close (errors.rmse, 8.660254037844387, 1e-12);
  assert_close (errors.bias, 2.5, 1e-12);
  assert_close (errors.wape, 0.13043478260869565, 1e-12);
  assert_close (errors.mase, 0.125, 1e-12);
  g_assert_true (store_index_get_errors (zeros, forecast, 2, &errors));
  g_assert_true (isnan (errors.wape) && isnan (errors.mase));
  g_assert_false (store_index_get_errors (zeros, forecast, 0, &errors));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/indices/discounting-asks-when-the-money-arrives", test_discounting_asks_when_the_money_arrives);
  g_test_add_func ("/indices/rate-belongs-to-its-period", test_rate_belongs_to_its_period);
  g_test_add_func ("/indices/churn-multiplies-over-periods", test_churn_multiplies_over_periods);
  g_test_add_func ("/indices/odds-and-log-odds-are-not-probabilities", test_odds_and_log_odds_are_not_probabilities);
  g_test_add_func ("/indices/scores-become-an-index-of-mean-one",
                   test_scores_become_an_index_of_mean_one);
  g_test_add_func ("/indices/two-bad-signs-are-not-good", test_two_bad_signs_are_not_good);
  g_test_add_func ("/indices/profit-is-shared-among-the-profitable", test_profit_is_shared_among_the_profitable);
  g_test_add_func ("/indices/errors-of-a-forecast", test_errors_of_a_forecast);
  return g_test_run ();
}
