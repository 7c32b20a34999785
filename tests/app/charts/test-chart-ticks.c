/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app-chart-axis.h"

#include <locale.h>
#include <math.h>

static void
check_ascending_inside (AppChartTicks *ticks,
                        double         low,
                        double         high)
{
  double slack = (high - low) * 1e-9;

  for (guint i = 0; i < ticks->values->len; i++)
    {
      g_assert_cmpfloat (app_chart_ticks_get (ticks, i), >=, low - slack);
      g_assert_cmpfloat (app_chart_ticks_get (ticks, i), <=, high + slack);
      if (i > 0)
        g_assert_cmpfloat (app_chart_ticks_get (ticks, i), >, app_chart_ticks_get (ticks, i - 1));
    }
}

/* Ranges of every size and sign get a few ticks, never none and never a forest. */
static void
test_any_range_gets_a_few (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint i = 0; i < 2000; i++)
    {
      double low = g_rand_double_range (random, -1, 1) * pow (10, g_rand_int_range (random, -6, 9));
      double span = g_rand_double (random) * pow (10, g_rand_int_range (random, -3, 9)) + 1e-3;
      double high = low + span;
      g_autoptr (AppChartTicks) ticks = app_chart_ticks_new_linear (low, high, 5);

      check_ascending_inside (ticks, low, high);
      g_assert_cmpuint (ticks->values->len, >=, 2);
      g_assert_cmpuint (ticks->values->len, <=, 7);
    }
}

static void
test_steps_are_round (void)
{
  g_autoptr (AppChartTicks) ticks = app_chart_ticks_new_linear (0, 9.7, 5);

  g_assert_cmpuint (ticks->values->len, ==, 5);
  g_assert_cmpfloat (app_chart_ticks_get (ticks, 4), ==, 8);
  g_assert_cmpint (ticks->decimals, ==, 0);
}

static void
test_nonsense_gives_no_tick (void)
{
  const double ranges[][2] = { { 1, 1 }, { 2, 1 }, { NAN, 1 }, { 0, INFINITY } };

  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
    {
      g_autoptr (AppChartTicks) linear = app_chart_ticks_new_linear (ranges[i][0], ranges[i][1], 5);
      g_autoptr (AppChartTicks) days = app_chart_ticks_new_calendar (ranges[i][0], ranges[i][1], 5);

      g_assert_cmpuint (linear->values->len, ==, 0);
      g_assert_cmpuint (days->values->len, ==, 0);
    }

  g_autoptr (AppChartTicks) zero = app_chart_ticks_new_logarithmic (0, 10);

  g_assert_cmpuint (zero->values->len, ==, 0);
}

static void
test_logarithmic_over_many_decades_stays_sparse (void)
{
  g_autoptr (AppChartTicks) few = app_chart_ticks_new_logarithmic (1, 100);
  g_autoptr (AppChartTicks) many = app_chart_ticks_new_logarithmic (1e-9, 1e12);

  check_ascending_inside (few, 1, 100);
  g_assert_cmpuint (few->values->len, ==, 7);
  check_ascending_inside (many, 1e-9, 1e12);
  g_assert_cmpuint (many->values->len, <=, 12);
}

/* Month ticks stand on the first of a month, also across leap years and before 1970. */
static void
test_months_are_of_the_calendar (void)
{
  const double starts[] = { -400, 0, 59, 10957, 19782 };

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      g_autoptr (AppChartTicks) ticks =
        app_chart_ticks_new_calendar (starts[i], starts[i] + 400, 6);

      check_ascending_inside (ticks, starts[i], starts[i] + 400);
      g_assert_cmpint (ticks->unit, ==, APP_CHART_UNIT_MONTH);
      g_assert_cmpuint (ticks->values->len, >=, 4);
      for (guint tick = 0; tick < ticks->values->len; tick++)
        {
          g_autoptr (GDateTime) time =
            g_date_time_new_from_unix_utc ((gint64) app_chart_ticks_get (ticks, tick) * 86400);

          g_assert_cmpint (g_date_time_get_day_of_month (time), ==, 1);
        }
    }
}

static void
test_any_span_of_days_gets_a_few (void)
{
  for (double span = 2; span < 40000; span *= 1.3)
    {
      g_autoptr (AppChartTicks) ticks = app_chart_ticks_new_calendar (18000, 18000 + span, 6);

      check_ascending_inside (ticks, 18000, 18000 + span);
      g_assert_cmpuint (ticks->values->len, >=, 1);
      g_assert_cmpuint (ticks->values->len, <=, 9);
    }
}

static void
test_labels_tell_neighbours_apart (void)
{
  g_autoptr (AppChartAxis) axis = app_chart_axis_new (APP_CHART_SCALE_LINEAR, NULL);

  app_chart_axis_set_range (axis, 1, 1.001);

  g_autoptr (AppChartTicks) ticks = app_chart_axis_make_ticks (axis, 5);

  for (guint i = 1; i < ticks->values->len; i++)
    {
      double before = app_chart_ticks_get (ticks, i - 1);
      g_autofree char *a = app_chart_axis_dup_label (axis, ticks, before);
      g_autofree char *b = app_chart_axis_dup_label (axis, ticks, app_chart_ticks_get (ticks, i));

      g_assert_cmpstr (a, !=, b);
    }
}

/* Less than a decade still has ticks to read by, and no two say the same. */
static void
test_little_of_a_decade_is_readable (void)
{
  const double ranges[][2] = { { 1.8, 3.3 }, { 20, 48 }, { .12, .17 }, { 950, 1100 } };

  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
    {
      g_autoptr (AppChartAxis) axis = app_chart_axis_new (APP_CHART_SCALE_LOGARITHMIC, NULL);
      g_autoptr (AppChartTicks) ticks = NULL;

      app_chart_axis_set_range (axis, ranges[i][0], ranges[i][1]);
      ticks = app_chart_axis_make_ticks (axis, 5);
      check_ascending_inside (ticks, ranges[i][0], ranges[i][1]);
      g_assert_cmpuint (ticks->values->len, >=, 2);
      for (guint j = 1; j < ticks->values->len; j++)
        {
          g_autofree char *a =
            app_chart_axis_dup_label (axis, ticks, app_chart_ticks_get (ticks, j - 1));
          g_autofree char *b = app_chart_axis_dup_label (axis, ticks, app_chart_ticks_get (ticks, j));

          g_assert_cmpstr (a, !=, b);
        }
    }
}

static void
test_one_value_alone_stands_in_the_middle (void)
{
  g_autoptr (AppChartAxis) linear = app_chart_axis_new (APP_CHART_SCALE_LINEAR, NULL);
  g_autoptr (AppChartAxis) logarithmic = app_chart_axis_new (APP_CHART_SCALE_LOGARITHMIC, NULL);

  app_chart_axis_set_range (linear, 40, 40);
  app_chart_axis_set_range (logarithmic, 40, 40);
  g_assert_cmpfloat_with_epsilon (app_chart_axis_get_share (linear, 40), .5, 1e-12);
  g_assert_cmpfloat_with_epsilon (app_chart_axis_get_share (logarithmic, 40), .5, 1e-12);
  g_assert_cmpfloat (app_chart_axis_get_share (logarithmic, 0), <, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart-ticks/any-range-gets-a-few", test_any_range_gets_a_few);
  g_test_add_func ("/chart-ticks/steps-are-round", test_steps_are_round);
  g_test_add_func ("/chart-ticks/nonsense-gives-no-tick", test_nonsense_gives_no_tick);
  g_test_add_func ("/chart-ticks/logarithmic-stays-sparse",
                   test_logarithmic_over_many_decades_stays_sparse);
  g_test_add_func ("/chart-ticks/months-are-of-the-calendar", test_months_are_of_the_calendar);
  g_test_add_func ("/chart-ticks/any-span-of-days-gets-a-few", test_any_span_of_days_gets_a_few);
  g_test_add_func ("/chart-axis/labels-tell-neighbours-apart", test_labels_tell_neighbours_apart);
  g_test_add_func ("/chart-axis/little-of-a-decade-is-readable",
                   test_little_of_a_decade_is_readable);
  g_test_add_func ("/chart-axis/one-value-alone", test_one_value_alone_stands_in_the_middle);
  return g_test_run ();
}
