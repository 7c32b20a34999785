/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include "shared-data.h"
#include "store-counter-random.h"
#include "store-error.h"
#include "store-simple-indices.h"
#include "store-wilson.h"

/* Cut on day 300 with periods of 30 days: the last is 271 to 300, the one before 241 to 270. */
static StorePurchaseTable *
make_table (void)
{
  StorePurchaseTable *table = store_purchase_table_new (300, 2);

  for (gint32 day = 15; day < 300; day += 30)
    store_purchase_table_add (table, "always", day, 1000);
  store_purchase_table_add (table, "left", 5, 6000);
  store_purchase_table_add (table, "left", 250, 6000);
  store_purchase_table_add (table, "new", 290, 500);
  store_purchase_table_add (table, "once", 5, 2000);
  store_purchase_table_add (table, "refunded", 100, 1000);
  store_purchase_table_add (table, "refunded", 105, -3000);
  store_purchase_table_finish (table);
  return table;
}

static StoreSimpleIndices *
compute (StorePurchaseTable              *table,
         const StoreSimpleIndicesOptions *options)
{
  g_autoptr (GError) error = NULL;
  StoreSimpleIndices *indices = store_simple_indices_new (table, options, NULL, &error);

  g_assert_no_error (error);
  return indices;
}

static const StoreSimpleIndicesCustomer *
find_customer (const StoreSimpleIndices *indices,
               const char               *id)
{
  guint row = 0;

  g_assert_true (store_purchase_table_find (indices->table, id, &row));
  return &indices->customers[row];
}

static void
test_churn_and_retention_are_not_swapped (void)
{
  StoreSimpleIndicesOptions options = STORE_SIMPLE_INDICES_OPTIONS_INIT;
  g_autoptr (StorePurchaseTable) table = make_table ();
  g_autoptr (StoreSimpleIndices) indices = NULL;
  const StoreSimpleIndexValue *churn;
  double low;
  double high;

  options.pleased = 90.0;
  options.displeased = 10.0;
  options.asked = 200.0;
  options.answered = 30.0;
  indices = compute (table, &options);
  g_assert_cmpuint (indices->at_start, ==, 2);
  g_assert_cmpuint (indices->stayed, ==, 1);
  g_assert_cmpuint (indices->arrived, ==, 1);
  churn = &indices->values[STORE_SIMPLE_INDEX_CHURN];
  store_wilson_interval (1.0, 2.0, &low, &high);
  g_assert_cmpfloat (churn->value, ==, 0.5);
  g_assert_cmpfloat (churn->low, ==, low);
  g_assert_cmpfloat (churn->high, ==, high);
  g_assert_cmpfloat (indices->values[STORE_SIMPLE_INDEX_RETENTION].value, ==, 0.5);
  g_assert_cmpfloat (indices->values[STORE_SIMPLE_INDEX_LIFETIME].value, ==, 2.0);
  assert_close (indices->values[STORE_SIMPLE_INDEX_YEARLY_CHURN].value,
                1.0 - pow (0.5, 365.25 / 30.0), 1e-12);
  assert_close (indices->values[STORE_SIMPLE_INDEX_LOYALTY].value, 3.0 / 5.0, 1e-15);
  assert_close (indices->values[STORE_SIMPLE_INDEX_SATISFACTION].value, 0.9, 1e-15);
  assert_close (indices->values[STORE_SIMPLE_INDEX_RESPONSE].value, 0.15, 1e-15);
  assert_close (indices->values[STORE_SIMPLE_INDEX_RELATION].value,
                store_index_get_relation (90.0, 10.0, 1.0, 1.0, 1.0), 1e-15);
  g_assert_cmpuint (g_strv_length (indices->notes), ==, 0);
}

/* Nine of nine periods after the first are no certainty, none of none is the share of all. */
static void
test_probability_is_drawn_to_the_share_of_all (void)
{
  const StoreSimpleIndicesOptions options = STORE_SIMPLE_INDICES_OPTIONS_INIT;
  g_autoptr (StorePurchaseTable) table = make_table ();
  g_autoptr (StoreSimpleIndices) indices = compute (table, &options);
  double common = (9.0 + 1.0) / (9.0 + 9.0 + 0.0 + 9.0 + 6.0);
  double mean = 0.0;

  assert_close (find_customer (indices, "new")->p, common, 1e-14);
  assert_close (find_customer (indices, "always")->p, (9.0 + 2.0 * common) / 11.0, 1e-14);
  assert_close (find_customer (indices, "once")->p, 2.0 * common / 11.0, 1e-14);
  assert_close (find_customer (indices, "left")->arpu, 60.0, 1e-12);
  for (guint row = 0; row < 5; row++)
    {
      const StoreSimpleIndicesCustomer *customer = &indices->customers[row];

      mean += customer->rfm / 5.0;
      assert_close (customer->expected, customer->p * customer->arpu * customer->rfm, 1e-12);
    }
  assert_close (mean, 1.0, 1e-14);
}

static void
test_clv_discounts_by_the_period (void)
{
  StoreSimpleIndicesOptions options = STORE_SIMPLE_INDICES_OPTIONS_INIT;
  g_autoptr (StorePurchaseTable) table = make_table ();
  g_autoptr (StoreSimpleIndices) end = NULL;
  g_autoptr (StoreSimpleIndices) beginning = NULL;
  double rate = pow (1.1, 30.0 / 365.25) - 1.0;
  double worth = 0.0;

  options.n_ahead = 3;
  end = compute (table, &options);
  options.timing = STORE_INDEX_BEGINNING;
  beginning = compute (table, &options);
  for (guint period = 1; period <= 3; period++)
    worth += pow (1.0 + rate, -(double) period);
  for (guint row = 0; row < 5; row++)
    {
      const StoreSimpleIndicesCustomer *customer = &end->customers[row];

      assert_close (customer->clv, customer->p * customer->arpu * worth, 1e-12);
      assert_close (beginning->customers[row].clv, customer->clv * (1.0 + rate), 1e-12);
    }
}

static void
test_who_cost_money_has_no_share (void)
{
  const StoreSimpleIndicesOptions options = STORE_SIMPLE_INDICES_OPTIONS_INIT;
  g_autoptr (StorePurchaseTable) table = make_table ();
  g_autoptr (StoreSimpleIndices) indices = compute (table, &options);

  g_assert_cmpfloat (find_customer (indices, "refunded")->share.share, ==, 0.0);
  assert_close (find_customer (indices, "left")->share.share, 120.0 / 245.0, 1e-12);
  assert_close (find_customer (indices, "left")->share.of_total, 120.0 / 225.0, 1e-12);
  assert_close (find_customer (indices, "once")->share.cumulative, 240.0 / 245.0, 1e-12);
}

static void
test_what_is_not_known_is_null_and_told (void)
{
  const StoreSimpleIndicesOptions options = STORE_SIMPLE_INDICES_OPTIONS_INIT;
  g_autoptr (StorePurchaseTable) empty = store_purchase_table_new (100, 2);
  g_autoptr (StoreSimpleIndices) indices = NULL;
  g_autoptr (JsonNode) document = NULL;
  g_autofree char *text = NULL;

  store_purchase_table_finish (empty);
  indices = compute (empty, &options);
  g_assert_false (indices->enough);
  g_assert_cmpuint (g_strv_length (indices->notes), ==, 3);
  for (guint i = 0; i < STORE_SIMPLE_INDEX_N; i++)
    g_assert_true (isnan (indices->values[i].value));
  document = store_simple_indices_to_json (indices);
  text = json_to_string (document, FALSE);
  g_assert_null (strstr (text, "nan"));
  g_assert_null (strstr (text, "inf,"));
}

/* Regular buyers of very different value: their own past tells more than the period before. */
static void
test_held_back_period_is_forecast (void)
{
  const StoreSimpleIndicesOptions options = STORE_SIMPLE_INDICES_OPTIONS_INIT;
  g_autoptr (StorePurchaseTable) table = store_purchase_table_new (720, 2);
  g_autoptr (StoreSimpleIndices) indices = NULL;

  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *id = g_strdup_printf ("c%03u", i);

      for (guint period = 0; period < 24; period++)
        if (store_counter_random (41, i, period) < 0.5)
          store_purchase_table_add (table, id, (gint32) period * 30 + 10, 100 * (1 + i % 50));
    }
  store_purchase_table_finish (table);
  indices = compute (table, &options);
  g_assert_cmpuint (indices->check.n_customers, >, 190);
  g_assert_cmpfloat (indices->check.plain_errors.mae, <, indices->check.naive_errors.mae * 1.05);
  g_assert_cmpfloat (indices->check.plain_errors.rmse, <, indices->check.naive_errors.rmse * 0.8);
}

static void
test_reason_holds_the_figures (void)
{
  const StoreSimpleIndicesOptions options = STORE_SIMPLE_INDICES_OPTIONS_INIT;
  g_autoptr (StorePurchaseTable) table = make_table ();
  g_autoptr (StoreSimpleIndices) indices = compute (table, &options);

  for (guint row = 0; row < 5; row++)
    {
      g_autofree char *reason = store_simple_indices_dup_reason (indices, row);
      g_autofree char *expected = g_strdup_printf ("%.2f", indices->customers[row].expected);

      g_assert_nonnull (strstr (reason, expected));
      g_assert_null (strstr (reason, "nan"));
    }
}

static void
assert_refused (const StoreSimpleIndicesOptions *options)
{
  g_autoptr (StorePurchaseTable) table = make_table ();
  g_autoptr (GError) error = NULL;

  g_assert_null (store_simple_indices_new (table, options, NULL, &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_INVALID);
}

static void
test_options_that_cannot_be_are_refused (void)
{
  StoreSimpleIndicesOptions options = STORE_SIMPLE_INDICES_OPTIONS_INIT;

  options.period_days = 0;
  assert_refused (&options);
  options = (StoreSimpleIndicesOptions) STORE_SIMPLE_INDICES_OPTIONS_INIT;
  options.n_ahead = 0;
  assert_refused (&options);
  options = (StoreSimpleIndicesOptions) STORE_SIMPLE_INDICES_OPTIONS_INIT;
  options.yearly_rate = -1.0;
  assert_refused (&options);
  options.yearly_rate = NAN;
  assert_refused (&options);
  options = (StoreSimpleIndicesOptions) STORE_SIMPLE_INDICES_OPTIONS_INIT;
  options.asked = 5.0;
  options.answered = 6.0;
  assert_refused (&options);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/simple-indices/churn-and-retention-are-not-swapped",
                   test_churn_and_retention_are_not_swapped);
  g_test_add_func ("/simple-indices/probability-is-drawn-to-the-share-of-all",
                   test_probability_is_drawn_to_the_share_of_all);
  g_test_add_func ("/simple-indices/clv-discounts-by-the-period",
                   test_clv_discounts_by_the_period);
  g_test_add_func ("/simple-indices/who-cost-money-has-no-share",
                   test_who_cost_money_has_no_share);
  g_test_add_func ("/simple-indices/what-is-not-known-is-null-and-told",
                   test_what_is_not_known_is_null_and_told);
  g_test_add_func ("/simple-indices/held-back-period-is-forecast",
                   test_held_back_period_is_forecast);
  g_test_add_func ("/simple-indices/reason-holds-the-figures", test_reason_holds_the_figures);
  g_test_add_func ("/simple-indices/options-that-cannot-be-are-refused",
                   test_options_that_cannot_be_are_refused);
  return g_test_run ();
}
