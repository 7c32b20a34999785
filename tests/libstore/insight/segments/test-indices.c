/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every value of the reference answers on the formulas of articles: what they print is shown to be
 * wrong where it is, what is right is what the library says. */

#include "config.h"

#include <math.h>
#include <string.h>

#include "reference-walk.h"
#include "shared-data.h"
#include "store-indices.h"
#include "store-wilson.h"

static const double revenue[] = { 1000.0, 1200.0 };
static const double profits[] = { 500.0, 300.0, -200.0, 100.0 };
static const double actual[] = { 100.0, 0.0, 50.0, 80.0 };
static const double forecast[] = { 90.0, 10.0, 60.0, 80.0 };

static double
discount (StoreIndexTiming timing)
{
  return store_index_discount (revenue, 2, 0.1, timing);
}

/* -3.45 is the part of the example that does not depend on the income. */
static double
get_log_odds (double income)
{
  return 0.55 - 0.1 * 40.0 + 0.008 * income;
}

static double
get_of_total (guint which)
{
  StoreIndexShare shares[4];

  store_index_share_profit (profits, 4, shares);
  return shares[which].of_total;
}

static StoreIndexErrors
get_errors (void)
{
  StoreIndexErrors errors;

  g_assert_true (store_index_get_errors (actual, forecast, 4, &errors));
  return errors;
}

static double
get_naive_error (void)
{
  StoreIndexErrors errors;

  g_assert_true (store_index_get_errors (actual + 1, actual, 3, &errors));
  return errors.mae;
}

/* Two customers with P of .9 and .8 and an ARPU of 100, over two periods. */
static double
get_scaled (guint which)
{
  const double codes[] = { 455.0, 111.0 };
  g_autofree double *index = store_index_scale_to_mean (codes, 2);

  return (0.9 + 0.8) * 100.0 * index[which];
}

static double
get_discounted (void)
{
  const double values[] = { 0.9 * 100.0, 0.8 * 100.0 };

  return store_index_discount (values, 2, 0.1, STORE_INDEX_END);
}

/* What the library says, by the path in the reference. */
static void
expect (GHashTable *answers,
        const char *path,
        double      value)
{
  g_hash_table_insert (answers, (gpointer) path, g_memdup2 (&value, sizeof value));
}

static void
expect_sums (GHashTable *answers)
{
  double sum = discount (STORE_INDEX_END);
  double first = store_index_discount (revenue, 1, 0.1, STORE_INDEX_END);

  expect (answers, "a_dcf/terms/0", first);
  expect (answers, "a_dcf/terms/1", sum - first);
  expect (answers, "a_dcf/sum", sum);
  expect (answers, "a_dcf/overstatement", 1962.48 / sum - 1.0);
  expect (answers, "a_dcf/mid_year", discount (STORE_INDEX_MIDDLE));
  expect (answers, "a_dcf/begin_of_year", discount (STORE_INDEX_BEGINNING));
  expect (answers, "a_dcf/continuous_r", sum);
}

static void
expect_churn (GHashTable *answers)
{
  double churn = store_index_get_churn (50.0, 1000.0);
  double yearly = store_index_get_yearly_churn (churn, 12);

  expect (answers, "b_churn/lost", 0.05 * 1000.0);
  expect (answers, "b_churn/start", 50.0 / 0.05);
  expect (answers, "b_churn/churn", churn);
  expect (answers, "b_churn/retention", 1.0 - churn);
  expect (answers, "b_churn/annual_retention_if_monthly", 1.0 - yearly);
  expect (answers, "b_churn/annual_churn_if_monthly", yearly);
  expect (answers, "b_churn/expected_lifetime_months", store_index_get_lifetime (churn));
}

static void
expect_odds (GHashTable *answers)
{
  double odds = 0.7 / 0.3;

  expect (answers, "c_p_over_1_plus_p/p_over_1_plus_p", store_index_odds_to_p (0.7));
  expect (answers, "c_p_over_1_plus_p/if_0_7_is_probability_then_probability_is",
          store_index_odds_to_p (odds));
  expect (answers, "c_p_over_1_plus_p/odds", odds);
  expect (answers, "c_p_over_1_plus_p/logit", log (odds));
  expect (answers, "c_p_over_1_plus_p/if_0_7_is_odds", store_index_odds_to_p (0.7));
  expect (answers, "c_p_over_1_plus_p/if_0_7_is_logodds", store_index_log_odds_to_p (0.7));
}

static void
expect_logistic (GHashTable *answers)
{
  expect (answers, "d_logistic/z", get_log_odds (50000.0));
  expect (answers, "d_logistic/p", store_index_log_odds_to_p (get_log_odds (50000.0)));
  expect (answers, "d_logistic/z_of_printed", log (0.462 / (1.0 - 0.462)));
  expect (answers, "d_logistic/z_income_in_1000", get_log_odds (50.0));
  expect (answers, "d_logistic/p_income_in_1000", store_index_log_odds_to_p (get_log_odds (50.0)));
  expect (answers, "d_logistic/z_income_in_10000", get_log_odds (5.0));
  expect (answers, "d_logistic/p_income_in_10000", store_index_log_odds_to_p (get_log_odds (5.0)));
  expect (answers, "d_logistic/p_standardised_income_0_age_0", store_index_log_odds_to_p (0.55));
}

static void
expect_value (GHashTable *answers)
{
  expect (answers, "e_clv_p_arpu_rfm/index_scaled/0", get_scaled (0));
  expect (answers, "e_clv_p_arpu_rfm/index_scaled/1", get_scaled (1));
  expect (answers, "e_clv_p_arpu_rfm/plain/0", (0.9 + 0.8) * 100.0);
  expect (answers, "e_clv_p_arpu_rfm/plain/1", (0.9 + 0.8) * 100.0);
  expect (answers, "e_clv_p_arpu_rfm/discounted_10pct/0", get_discounted ());
  expect (answers, "e_clv_p_arpu_rfm/discounted_10pct/1", get_discounted ());
}

static void
expect_contribution (GHashTable *answers)
{
  expect (answers, "g_contribution/share/0", get_of_total (0));
  expect (answers, "g_contribution/share/1", get_of_total (1));
  expect (answers, "g_contribution/share/2", get_of_total (2));
  expect (answers, "g_contribution/share/3", get_of_total (3));
  expect (answers, "g_contribution/sum",
          get_of_total (0) + get_of_total (1) + get_of_total (2) + get_of_total (3));
}

static void
expect_errors (GHashTable *answers)
{
  StoreIndexErrors errors = get_errors ();

  expect (answers, "h_mae/mae", errors.mae);
  expect (answers, "h_mae/rmse", errors.rmse);
  expect (answers, "h_mae/bias", errors.bias);
  expect (answers, "h_mae/wape", errors.wape);
  expect (answers, "h_mae/naive_lag1_mae", get_naive_error ());
  expect (answers, "h_mae/mase", errors.mase);
}

static void
check_formula (char     **steps,
               JsonNode  *value,
               gpointer   data)
{
  g_autofree char *path = g_strjoinv ("/", steps);
  const double *answer = g_hash_table_lookup (data, path);

  g_test_message ("%s", path);
  g_assert_nonnull (answer);
  assert_relative (*answer, json_node_get_double (value), 1e-12);
  g_hash_table_remove (data, path);
}

/* A probability so near to 1 keeps its complement. */
static void
check_complement (char     **steps,
                  JsonNode  *value,
                  gpointer   data)
{
  assert_relative (store_index_log_odds_to_p (-get_log_odds (50000.0)),
                   json_node_get_double (value), 1e-10);
}

/* The reference rounds the quantile of the normal distribution to 1.96. */
static void
check_interval (char     **steps,
                JsonNode  *value,
                gpointer   data)
{
  double low;
  double high;

  store_wilson_interval (50.0, 1000.0, &low, &high);
  assert_close (low, reference_walk_number (value, 0), 1e-6);
  assert_close (high, reference_walk_number (value, 1), 1e-6);
}

/* What articles print is not what the library says. */
static void
check_printed_sum (char     **steps,
                   JsonNode  *value,
                   gpointer   data)
{
  double sum = discount (STORE_INDEX_END);
  double first = store_index_discount (revenue, 1, 0.1, STORE_INDEX_END);

  assert_close (first, reference_walk_number (value, 0), 1e-5);
  g_assert_cmpfloat (ABS (sum - first - reference_walk_number (value, 1)), >, 50.0);
  g_assert_cmpfloat (ABS (sum - reference_walk_number (value, 2)), >, 50.0);
}

static void
check_printed_probability (char     **steps,
                           JsonNode  *value,
                           gpointer   data)
{
  double right = *steps[0] == 'c' ? store_index_odds_to_p (0.7 / 0.3)
                                    : store_index_log_odds_to_p (get_log_odds (50000.0));

  g_assert_cmpfloat (ABS (right - json_node_get_double (value)), >, 0.2);
}

static void
check_printed_code (char     **steps,
                    JsonNode  *value,
                    gpointer   data)
{
  g_assert_cmpfloat (get_scaled (0), <, reference_walk_number (value, 0) / 100.0);
  g_assert_cmpfloat (get_scaled (1), <, reference_walk_number (value, 1) / 100.0);
}

/* V = R C T of articles, without smoothing, by the same counts. */
static double
multiply_as_printed (double pleased,
                     double displeased,
                     double stayed,
                     double departed,
                     double arrived)
{
  return (pleased - displeased) / (pleased + displeased) * (stayed - departed) /
         (stayed + departed) * (arrived / departed);
}

static void
check_relation (char     **steps,
                JsonNode  *value,
                gpointer   data)
{
  double good = store_index_get_relation (90, 10, 90, 10, 50);
  double bad = store_index_get_relation (10, 90, 10, 90, 50);

  if (g_str_equal (steps[1], "good"))
    {
      assert_close (multiply_as_printed (90, 10, 90, 10, 50), json_node_get_double (value), 1e-12);
      g_assert_cmpfloat (good, >, 0.5);
      g_assert_cmpfloat (good, <, 1.0);
    }
  else if (g_str_equal (steps[1], "bad_bad_becomes_good"))
    {
      assert_close (multiply_as_printed (10, 90, 10, 90, 50), json_node_get_double (value), 1e-12);
      g_assert_cmpfloat (bad, <, good / 50.0);
    }
  else if (g_str_equal (steps[1], "few_data_1_0"))
    {
      assert_close (multiply_as_printed (1, 0, 90, 10, 50), json_node_get_double (value), 1e-12);
      g_assert_cmpfloat (store_index_get_relation (1, 0, 90, 10, 50), <, good);
    }
  else if (g_str_equal (steps[1], "S_plus_B_zero"))
    g_assert_true (isnan (store_index_get_relation (0, 0, 90, 10, 50)));
  else
    g_assert_true (isfinite (store_index_get_relation (90, 10, 90, 0, 50)));
}

static void
check_profits (char     **steps,
               JsonNode  *value,
               gpointer   data)
{
  for (guint i = 0; i < 4; i++)
    g_assert_cmpfloat (profits[i], ==, reference_walk_number (value, i));
}

static void
check_positive (char     **steps,
                JsonNode  *value,
                gpointer   data)
{
  StoreIndexShare shares[4];

  store_index_share_profit (profits, 4, shares);
  for (guint i = 0; i < 4; i++)
    assert_close (shares[i].share, reference_walk_number (value, i), 1e-14);
  assert_close (shares[2].cumulative, 1.0, 1e-14);
}

/* A total that is not positive has no percentages, and the one who earned has all that was
 * earned. */
static void
check_losses (char     **steps,
              JsonNode  *value,
              gpointer   data)
{
  const double losses[] = { 100.0, -150.0 };
  const double nothing[] = { 100.0, -100.0 };
  StoreIndexShare shares[2];

  store_index_share_profit (losses, 2, shares);
  g_assert_true (isnan (shares[0].of_total));
  g_assert_cmpfloat (shares[0].share, ==, 1.0);
  store_index_share_profit (nothing, 2, shares);
  g_assert_true (isnan (shares[0].of_total));
}

static void
check_series (char     **steps,
              JsonNode  *value,
              gpointer   data)
{
  const double *series = *steps[1] == 'y' ? actual : forecast;

  for (guint i = 0; i < 4; i++)
    g_assert_cmpfloat (series[i], ==, reference_walk_number (value, i));
}

static const ReferenceRow rows[] = {
  { "a_dcf/printed", check_printed_sum },
  { "b_churn/wilson95", check_interval },
  { "?_*/printed", check_printed_probability },
  { "d_logistic/one_minus_p", check_complement },
  { "e_clv_p_arpu_rfm/example", NULL },
  { "e_clv_p_arpu_rfm/document", check_printed_code },
  { "f_RCT/note", NULL },
  { "f_RCT/*", check_relation },
  { "g_contribution/profits", check_profits },
  { "g_contribution/if_total_zero", check_losses },
  { "g_contribution/loss_example", check_losses },
  { "g_contribution/share_of_positive", check_positive },
  { "h_mae/y", check_series },
  { "h_mae/f", check_series },
  { "h_mae/mape", NULL },
  { "*", check_formula },
};

static void
test_every_value_of_the_formulas (void)
{
  g_autoptr (JsonNode) reference = shared_reference_load ("seed_formulas.json");
  g_autoptr (GHashTable) answers = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  if (reference == NULL)
    return;
  expect_sums (answers);
  expect_churn (answers);
  expect_odds (answers);
  expect_logistic (answers);
  expect_value (answers);
  expect_contribution (answers);
  expect_errors (answers);
  reference_walk (reference, rows, G_N_ELEMENTS (rows), answers);
  g_assert_cmpuint (g_hash_table_size (answers), ==, 0);
}

static void
test_rate_belongs_to_its_period (void)
{
  assert_close (store_index_get_period_rate (0.1, 12), 0.00797414042890376, 1e-12);
  assert_close (store_index_get_period_rate (0.1, 1), 0.1, 1e-15);
}

static void
test_nothing_divided_by_nothing (void)
{
  const double nothing[] = { 0.0, 0.0 };
  g_autofree double *ones = store_index_scale_to_mean (nothing, 2);
  StoreIndexErrors errors;

  g_assert_cmpfloat (ones[0], ==, 1.0);
  g_assert_true (isnan (store_index_get_churn (0.0, 0.0)));
  g_assert_true (isnan (store_index_get_lifetime (0.0)));
  g_assert_true (store_index_get_errors (nothing, forecast, 2, &errors));
  g_assert_true (isnan (errors.wape) && isnan (errors.mase));
  g_assert_false (store_index_get_errors (nothing, forecast, 0, &errors));
}

static void
test_extreme_odds_are_probabilities (void)
{
  g_assert_cmpfloat (store_index_log_odds_to_p (396.55), ==, 1.0);
  g_assert_cmpfloat (store_index_log_odds_to_p (-1e6), ==, 0.0);
  g_assert_cmpfloat (store_index_odds_to_p (INFINITY), ==, 1.0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/indices/every-value-of-the-formulas", test_every_value_of_the_formulas);
  g_test_add_func ("/indices/rate-belongs-to-its-period", test_rate_belongs_to_its_period);
  g_test_add_func ("/indices/nothing-divided-by-nothing", test_nothing_divided_by_nothing);
  g_test_add_func ("/indices/extreme-odds-are-probabilities", test_extreme_odds_are_probabilities);
  return g_test_run ();
}
