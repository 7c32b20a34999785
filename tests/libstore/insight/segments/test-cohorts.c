/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "shared-data.h"
#include "store-calendar-month.h"
#include "store-cohorts.h"
#include "store-error.h"

static void
test_months_agree_with_the_calendar (void)
{
  for (gint32 day = STORE_PURCHASE_FIRST_DAY; day <= STORE_PURCHASE_LAST_DAY; day += 13)
    {
      GDate date;
      guint year;
      guint month;

      g_date_clear (&date, 1);
      g_date_set_julian (&date, day + 719163);
      store_calendar_month_get (store_calendar_month_of_day (day), &year, &month);
      g_assert_cmpuint (year, ==, g_date_get_year (&date));
      g_assert_cmpuint (month, ==, g_date_get_month (&date));
    }
}

static void
test_returning_after_a_pause_is_not_retained (void)
{
  g_autoptr (StorePurchaseTable) table = store_purchase_table_new (day_of ("2026-04-30"), 2);
  g_autoptr (StoreCohorts) cohorts = NULL;

  store_purchase_table_add (table, "a", day_of ("2026-01-05"), 100);
  store_purchase_table_add (table, "a", day_of ("2026-01-09"), 100);
  store_purchase_table_add (table, "a", day_of ("2026-03-09"), 100);
  store_purchase_table_add (table, "b", day_of ("2026-01-31"), 100);
  store_purchase_table_add (table, "b", day_of ("2026-02-01"), 100);
  store_purchase_table_finish (table);
  cohorts = store_cohorts_new (table, NULL);

  g_assert_cmpuint (cohorts->n, ==, 4);
  g_assert_cmpfloat (store_cohorts_get_retention (&cohorts->months[1]), ==, 0.5);
  g_assert_cmpfloat (store_cohorts_get_churn (&cohorts->months[2]), ==, 1.0);
  g_assert_cmpuint (cohorts->months[2].active, ==, 1);
  g_assert_cmpuint (cohorts->months[2].arrived, ==, 0);
  g_assert_true (isnan (store_cohorts_get_churn (&cohorts->months[0])));
  g_assert_cmpuint (store_cohorts_get_count (cohorts, 0, 2), ==, 1);
}

static void
test_no_orders_is_told (void)
{
  g_autoptr (StorePurchaseTable) table = store_purchase_table_new (100, 2);
  g_autoptr (GError) error = NULL;

  store_purchase_table_finish (table);
  g_assert_null (store_cohorts_new (table, &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA);
}

static void
test_a_mistyped_century_is_told (void)
{
  g_autoptr (StorePurchaseTable) table = store_purchase_table_new (STORE_PURCHASE_UNTIL_LAST, 2);
  g_autoptr (GError) error = NULL;

  store_purchase_table_add (table, "a", day_of ("1602-01-05"), 100);
  store_purchase_table_add (table, "a", day_of ("2026-01-05"), 100);
  store_purchase_table_finish (table);
  g_assert_null (store_cohorts_new (table, &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_INVALID);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cohorts/months-agree-with-the-calendar", test_months_agree_with_the_calendar);
  g_test_add_func ("/cohorts/returning-after-a-pause-is-not-retained",
                   test_returning_after_a_pause_is_not_retained);
  g_test_add_func ("/cohorts/no-orders-is-told", test_no_orders_is_told);
  g_test_add_func ("/cohorts/a-mistyped-century-is-told", test_a_mistyped_century_is_told);
  return g_test_run ();
}
