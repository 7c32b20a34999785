/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "shared-data.h"
#include "store-error.h"
#include "store-series.h"

static void
test_periods_count_through_and_back (void)
{
  for (guint every = STORE_SERIES_DAY; every < STORE_SERIES_STEP; every++)
    for (gint32 day = -100000; day < 200000; day += 37)
      {
        gint32 period = store_series_period_of_day (every, day);

        g_assert_cmpint (store_series_period_get_day (every, period), <=, day);
        g_assert_cmpint (store_series_period_get_day (every, period + 1), >, day);
      }
  g_assert_cmpint (store_series_period_get_day (STORE_SERIES_WEEK, 0), ==, day_of ("1969-12-29"));
}

/* Months in any order, one missing, found to be months; the gap is filled along the line. */
static void
test_gap_of_measurements_is_bridged (void)
{
  const gint32 days[] = { day_of ("2024-05-31"), day_of ("2024-01-01"), day_of ("2024-02-29"),
                          day_of ("2024-03-31") };
  const double values[] = { 50, 10, 20, 30 };
  const StoreSeriesOptions options = STORE_SERIES_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreSeries) series = store_series_new (days, values, 4, &options, &error);
  g_autofree char *first = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (series->every, ==, STORE_SERIES_MONTH);
  g_assert_cmpuint (series->season, ==, 12);
  g_assert_cmpuint (series->n, ==, 5);
  g_assert_cmpuint (series->n_filled, ==, 1);
  assert_close (series->values[3], 40.0, 1e-12);
  g_assert_cmpint (series->until, ==, day_of ("2024-05-31"));
  first = store_series_dup_name (series, 0);
  g_assert_cmpstr (first, ==, "2024-01");
}

/* Several values a period are added up; then a month without any is 0, and months that were not
 * whole are left out. */
static void
test_sums_leave_out_what_is_not_whole (void)
{
  const gint32 days[] = { day_of ("2024-01-10"), day_of ("2024-02-01"), day_of ("2024-02-20"),
                          day_of ("2024-04-30"), day_of ("2024-05-02") };
  const double values[] = { 1, 2, 3, 4, 5 };
  const StoreSeriesOptions options = { STORE_SERIES_MONTH, 0 };
  g_autoptr (StoreSeries) series = store_series_new (days, values, 5, &options, NULL);

  g_assert_cmpuint (series->n, ==, 3);
  g_assert_true (series->first_left_out);
  g_assert_true (series->last_left_out);
  assert_close (series->values[0], 5.0, 0.0);
  assert_close (series->values[1], 0.0, 0.0);
  assert_close (series->values[2], 4.0, 0.0);
  g_assert_cmpint (series->until, ==, day_of ("2024-04-30"));
}

static void
test_purchases_are_added_up_by_week (void)
{
  const StoreSeriesOptions options = { STORE_SERIES_WEEK, 0 };
  g_autoptr (StorePurchaseTable) table = store_purchase_table_new (day_of ("2024-01-23"), 2);
  g_autoptr (StoreSeries) value = NULL;
  g_autoptr (StoreSeries) count = NULL;

  /* 2024-01-01 is a Monday, 2024-01-23 a Tuesday: its week is not over. */
  store_purchase_table_add (table, "b", day_of ("2024-01-01"), 150);
  store_purchase_table_add (table, "a", day_of ("2024-01-07"), 250);
  store_purchase_table_add (table, "a", day_of ("2024-01-16"), 1000);
  store_purchase_table_add (table, "a", day_of ("2024-01-22"), 9900);
  store_purchase_table_finish (table);
  value = store_series_new_from_purchases (table, STORE_SERIES_OF_VALUE, &options, NULL);
  count = store_series_new_from_purchases (table, STORE_SERIES_OF_PURCHASES, &options, NULL);
  g_assert_cmpuint (value->n, ==, 3);
  g_assert_false (value->first_left_out);
  g_assert_true (value->last_left_out);
  assert_close (value->values[0], 4.0, 1e-12);
  assert_close (value->values[1], 0.0, 0.0);
  assert_close (value->values[2], 10.0, 1e-12);
  assert_close (count->values[0], 2.0, 0.0);
  g_assert_cmpint (value->until, ==, day_of ("2024-01-21"));
}

static void
test_any_order_gives_the_same_bits (void)
{
  const StoreSeriesOptions options = { STORE_SERIES_WEEK, 0 };
  g_autoptr (StoreSeries) forth = NULL;
  g_autoptr (StoreSeries) back = NULL;
  gint32 days[400];
  double values[400];
  gint32 days_back[400];
  double values_back[400];

  for (guint i = 0; i < 400; i++)
    {
      days[i] = 19000 + (gint32) (i * 7919 % 300);
      values[i] = sin (i * 12.9898) * 1e5;
      days_back[399 - i] = days[i];
      values_back[399 - i] = values[i];
    }
  forth = store_series_new (days, values, 400, &options, NULL);
  back = store_series_new (days_back, values_back, 400, &options, NULL);
  g_assert_cmpmem (forth->values, forth->n * sizeof (double), back->values,
                   back->n * sizeof (double));
}

static void
test_what_cannot_be_is_told (void)
{
  const gint32 apart[] = { day_of ("1700-01-01"), day_of ("2024-01-01") };
  const double values[] = { 1, 2 };
  const double broken[] = { 1, NAN };
  const StoreSeriesOptions options = { STORE_SERIES_DAY, 0 };
  g_autoptr (GError) far = NULL;
  g_autoptr (GError) none = NULL;
  g_autoptr (GError) wrong = NULL;

  g_assert_null (store_series_new (apart, values, 2, &options, &far));
  g_assert_error (far, STORE_ERROR, STORE_ERROR_INVALID);
  g_assert_null (store_series_new (NULL, values, 0, &options, &none));
  g_assert_error (none, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA);
  g_assert_null (store_series_new (NULL, broken, 2, &options, &wrong));
  g_assert_error (wrong, STORE_ERROR, STORE_ERROR_INVALID);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/series/periods-count-through-and-back", test_periods_count_through_and_back);
  g_test_add_func ("/series/gap-of-measurements-is-bridged", test_gap_of_measurements_is_bridged);
  g_test_add_func ("/series/sums-leave-out-what-is-not-whole",
                   test_sums_leave_out_what_is_not_whole);
  g_test_add_func ("/series/purchases-are-added-up-by-week", test_purchases_are_added_up_by_week);
  g_test_add_func ("/series/any-order-gives-the-same-bits", test_any_order_gives_the_same_bits);
  g_test_add_func ("/series/what-cannot-be-is-told", test_what_cannot_be_is_told);
  return g_test_run ();
}
