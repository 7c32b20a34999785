/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include "shared-data.h"
#include "store-churn.h"
#include "store-counter-random.h"
#include "store-error.h"
#include "store-parallel.h"

/* 250 customers over two years, each with an own rhythm; some stop. */
static StorePurchaseTable *
make_table (gboolean backwards)
{
  StorePurchaseTable *table = store_purchase_table_new (day_of ("2025-12-31"), 2);
  const gint32 first = day_of ("2024-01-01");

  for (guint k = 0; k < 250; k++)
    {
      guint i = backwards ? 249 - k : k;
      g_autofree char *id = g_strdup_printf ("c%03u", i);
      double gap = 8.0 + 40.0 * store_counter_random (9, 1, i);
      double end = 100.0 + 900.0 * store_counter_random (9, 2, i);
      guint n = 0;

      for (double day = 100.0 * store_counter_random (9, 3, i); day < MIN (end, 730.0); n++)
        {
          store_purchase_table_add (table, id, first + (gint32) day, 1000 + 10 * i);
          day += gap * (0.3 + 1.4 * store_counter_random (10, i, n));
        }
    }
  store_purchase_table_finish (table);
  return table;
}

static StoreChurn *
compute (StorePurchaseTable *table,
         const char         *method)
{
  StoreChurnOptions options = STORE_CHURN_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  StoreChurn *self;

  options.method = method;
  self = store_churn_new (table, &options, NULL, &error);
  g_assert_no_error (error);
  return self;
}

static void
test_who_stopped_is_likelier_to_stay_away (void)
{
  g_autoptr (StorePurchaseTable) table = make_table (FALSE);
  g_autoptr (StoreChurn) churn = compute (table, "logistic");
  const StorePurchaseColumns *columns = store_purchase_table_get_columns (table);
  double silent = 0.0;
  double active = 0.0;
  guint n_silent = 0;

  g_assert_true (churn->outcomes->enough);
  g_assert_cmpuint (store_rows_get_n (churn->outcomes->rows), ==, columns->n_rows);
  for (guint row = 0; row < columns->n_rows; row++)
    {
      gboolean is_silent = columns->until - columns->last_day[row] > 120;

      n_silent += is_silent;
      *(is_silent ? &silent : &active) += churn->outcomes->probability[row];
    }
  g_assert_cmpfloat (silent / n_silent, >, 0.8);
  g_assert_cmpfloat (active / (columns->n_rows - n_silent), <, 0.5);
  g_assert_true (churn->n_lost > 0.0 && churn->n_lost < columns->n_rows);
}

static void
test_the_window_holds_nine_of_ten_gaps (void)
{
  g_autoptr (StorePurchaseTable) table = make_table (FALSE);
  double share;
  guint window = store_churn_find_window (table, &share);

  g_assert_cmpuint (window, >, 14);
  assert_close (share, 0.9, 0.02);
}

/* What happened behind the day that is looked at must not be in the columns. */
static void
test_columns_know_nothing_of_the_window (void)
{
  g_autoptr (StorePurchaseTable) table = make_table (FALSE);
  gint32 day = day_of ("2025-06-30");
  g_autoptr (StorePurchaseTable) cut = store_purchase_table_cut (table, day);
  g_autoptr (StoreRows) then = store_churn_rows_new (table, day, 60, 60);
  g_autoptr (StoreRows) now = store_churn_rows_new (cut, day, 60, 0);
  guint n_away = 0;

  g_assert_cmpuint (store_rows_get_n (then), ==, store_rows_get_n (now));
  for (guint j = 0; j < store_rows_get_n_columns (then); j++)
    g_assert_true (memcmp (store_rows_get_column (then, j)->numbers,
                           store_rows_get_column (now, j)->numbers,
                           store_rows_get_n (then) * sizeof (double)) == 0);
  for (guint i = 0; i < store_rows_get_n (then); i++)
    n_away += store_rows_get_labels (then)->numbers[i] > 0.5;
  g_assert_true (n_away > 0 && n_away < store_rows_get_n (then));
  g_assert_null (store_rows_get_labels (now)->numbers);
}

static void
test_threads_and_order_leave_every_bit (void)
{
  const guint threads[] = { 1, 2, 8 };
  g_autofree char *first = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autoptr (StorePurchaseTable) table = make_table (i == 1);
      g_autoptr (StoreChurn) churn = NULL;
      g_autoptr (JsonNode) node = NULL;
      g_autofree char *text = NULL;

      store_parallel_set_n_threads (threads[i]);
      churn = compute (table, "auto");
      node = store_churn_to_json (churn);
      text = json_to_string (node, FALSE);
      g_assert_null (strstr (text, "nan"));
      if (first == NULL)
        first = g_steal_pointer (&text);
      else
        g_assert_cmpstr (text, ==, first);
    }
  store_parallel_set_n_threads (0);
}

static void
test_a_carried_model_gives_the_same_bits (void)
{
  StoreChurnOptions options = STORE_CHURN_OPTIONS_INIT;
  g_autoptr (StorePurchaseTable) table = make_table (FALSE);
  g_autoptr (StoreChurn) fit = compute (table, "forest");
  g_autoptr (StoreModel) model = store_churn_to_model (fit);
  g_autofree char *text = store_model_to_text (model);
  g_autoptr (StoreModel) carried = store_model_new_from_text (text, -1, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreChurn) churn =
    store_churn_new_from_model (carried, table, &options, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (store_churn_is_model (carried));
  g_assert_cmpuint (churn->window_days, ==, fit->window_days);
  g_assert_true (memcmp (churn->outcomes->probability, fit->outcomes->probability,
                         store_rows_get_n (fit->outcomes->rows) * sizeof (double)) == 0);
}

static void
test_reasons_speak_of_buying (void)
{
  g_autoptr (StorePurchaseTable) table = make_table (FALSE);
  g_autoptr (StoreChurn) churn = compute (table, "logistic");
  g_autofree char *reason = store_churn_dup_reason (churn, 3);
  g_autoptr (JsonNode) node = store_churn_find_nearest (churn, 3);
  JsonArray *nearest = json_node_get_array (node);

  g_test_message ("%s", reason);
  g_assert_nonnull (strstr (reason, "silent for"));
  g_assert_nonnull (strstr (reason, churn->outcomes->probability[3] > 0.8 ? "raise" : "lower"));
  g_assert_cmpuint (json_array_get_length (nearest), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      const char *outcome = json_object_get_string_member (
        json_array_get_object_element (nearest, i), "outcome");

      g_assert_true (g_str_equal (outcome, "stayed away") || g_str_equal (outcome, "bought again"));
    }
}

static void
test_a_handful_of_customers_is_an_answer (void)
{
  g_autoptr (StorePurchaseTable) table = store_purchase_table_new (day_of ("2025-12-31"), 2);
  g_autoptr (StoreChurn) churn = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;

  store_purchase_table_add (table, "a", day_of ("2025-01-01"), 100);
  store_purchase_table_add (table, "b", day_of ("2025-12-31"), -100);
  store_purchase_table_finish (table);
  churn = compute (table, "auto");
  node = store_churn_to_json (churn);
  text = json_to_string (node, FALSE);
  g_assert_false (churn->outcomes->enough);
  g_assert_true (isnan (churn->n_lost));
  g_assert_null (strstr (text, "nan"));
}

static void
test_a_silly_window_is_told (void)
{
  StoreChurnOptions options = STORE_CHURN_OPTIONS_INIT;
  g_autoptr (StorePurchaseTable) table = make_table (FALSE);
  g_autoptr (GError) error = NULL;

  options.window_days = 100000;
  g_assert_null (store_churn_new (table, &options, NULL, &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_INVALID);
}

/* Mean probability of buying that a method foretold. */
static double
get_mean (const StoreOutcomeErrors *errors)
{
  double sum = 0.0;

  for (guint bin = 0; bin < STORE_OUTCOME_BINS; bin++)
    sum += errors->n_bin[bin] * (1.0 - errors->predicted[bin]);
  return sum / errors->n;
}

static StoreOutcomes *
run_method (StoreRows  *learnt,
            StoreRows  *held,
            const char *method)
{
  StoreOutcomesOptions options = STORE_OUTCOMES_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  StoreOutcomes *outcomes;

  options.naive = "place";
  options.leave_out = store_churn_get_only_told ();
  options.method = method;
  outcomes = store_outcomes_new (held, learnt, NULL, &options, NULL, &error);
  g_assert_no_error (error);
  return outcomes;
}

static void
compare_area (const char *name,
              JsonObject *expected,
              const char *rival,
              double      ours,
              double      margin)
{
  double theirs = json_object_get_double_member (expected, rival);

  g_test_message ("%s %s: %.4f, theirs %.4f", name, rival, ours, theirs);
  g_assert_cmpfloat (ours, >=, theirs - margin);
}

/* Learnt from the first part of the calibration, foretelling who buys in the days held back: the
 * areas of headroom_open.json, which may be missed by .005, and how near the probabilities come. */
static void
check_headroom (StorePurchaseTable *table,
                JsonNode           *reference,
                const char         *name,
                const char         *until)
{
  JsonObject *expected = json_object_get_object_member (json_node_get_object (reference), name);
  gint32 early = day_of (json_object_get_string_member (expected, "train_cut"));
  gint32 late = day_of (until);
  guint w = (guint) (late - early);
  guint rest = (guint) (store_purchase_table_get_columns (table)->until - late);
  g_autoptr (StoreRows) learnt = store_churn_rows_new (table, early, w / 2, w);
  g_autoptr (StoreRows) held = store_churn_rows_new (table, late, w / 2, rest);
  g_autoptr (StoreOutcomes) logistic = run_method (learnt, held, "logistic");
  g_autoptr (StoreOutcomes) forest = run_method (learnt, held, "forest");
  const StoreOutcomeErrors *errors =
    &g_array_index (logistic->contestants, StoreOutcomesContestant, 0).errors;
  const StoreOutcomeErrors *forest_errors =
    &g_array_index (forest->contestants, StoreOutcomesContestant, 0).errors;
  double actual = json_object_get_double_member (expected, "actual");
  double their_mean = json_object_get_double_member (expected, "mean_pred");

  g_assert_cmpuint (logistic->n_known, ==, json_object_get_int_member (expected, "n"));
  assert_close (1.0 - (double) logistic->n_yes / logistic->n_known, actual, 0.005);
  compare_area (name, expected, "recency", logistic->naive.auc, 0.005);
  compare_area (name, expected, "logistic_two_window", errors->auc, 0.005);
  compare_area (name, expected, "rf_two_window", forest_errors->auc, 0.005);
  compare_area (name, expected, "mbg_prob", MAX (errors->auc, forest_errors->auc), 0.005);
  g_assert_cmpfloat (errors->brier, <=,
                     json_object_get_double_member (expected, "brier_logistic") + 0.005);
  g_assert_cmpfloat (fabs (get_mean (errors) - actual), <, fabs (their_mean - actual) + 0.03);
}

static void
test_buying_again_is_foretold_as_in_the_references (void)
{
  g_autoptr (JsonNode) reference = shared_reference_load ("headroom_open.json");
  g_autofree char *cdnow = shared_data_find ("clv/cdnow_sample.csv");
  g_autofree char *grocery = shared_data_find ("clv/grocery_elog.csv");
  g_autoptr (StorePurchaseTable) cdnow_table = purchases_load (cdnow, 0, 2, 4, "1998-06-30");
  g_autoptr (StorePurchaseTable) grocery_table = purchases_load (grocery, 0, 1, -1, "2007-12-30");

  if (reference == NULL || cdnow_table == NULL || grocery_table == NULL)
    return;
  check_headroom (cdnow_table, reference, "cdnow_sample", "1997-09-30");
  check_headroom (grocery_table, reference, "grocery", "2006-12-31");
}

static void
test_retail_is_foretold_as_in_the_references (void)
{
  g_autoptr (JsonNode) reference = shared_reference_load ("headroom_open.json");
  g_autoptr (StorePurchaseTable) table = online_retail_load ("2011-12-09", FALSE);

  if (reference != NULL && table != NULL)
    check_headroom (table, reference, "retail_open", "2011-08-31");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/churn/who-stopped-is-likelier-to-stay-away",
                   test_who_stopped_is_likelier_to_stay_away);
  g_test_add_func ("/churn/the-window-holds-nine-of-ten-gaps",
                   test_the_window_holds_nine_of_ten_gaps);
  g_test_add_func ("/churn/columns-know-nothing-of-the-window",
                   test_columns_know_nothing_of_the_window);
  g_test_add_func ("/churn/threads-and-order-leave-every-bit",
                   test_threads_and_order_leave_every_bit);
  g_test_add_func ("/churn/a-carried-model-gives-the-same-bits",
                   test_a_carried_model_gives_the_same_bits);
  g_test_add_func ("/churn/reasons-speak-of-buying", test_reasons_speak_of_buying);
  g_test_add_func ("/churn/a-handful-of-customers-is-an-answer",
                   test_a_handful_of_customers_is_an_answer);
  g_test_add_func ("/churn/a-silly-window-is-told", test_a_silly_window_is_told);
  g_test_add_func ("/churn/buying-again-is-foretold-as-in-the-references",
                   test_buying_again_is_foretold_as_in_the_references);
  g_test_add_func ("/churn/retail-is-foretold-as-in-the-references",
                   test_retail_is_foretold_as_in_the_references);
  return g_test_run ();
}
