/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "shared-data.h"
#include "store-counter-random.h"
#include "store-pareto-nbd.h"

/* Who leaves within hours: the integrand falls by e^700 over the time, and all of it lies in a small
 * part of that. The expected purchases have a formula without the integral. */
static void
test_a_steep_fall_is_not_missed (void)
{
  const StorePurchaseModel models[] = {
    { .kind = STORE_PARETO_NBD, .k = 1, .parameters = { 0.770532, 273.355, 438.592, 0.124336 } },
    { .kind = STORE_PARETO_NBD, .k = 1, .parameters = { 0.00621632, 91.2248, 4183.91, 0.345477 } },
    { .kind = STORE_PARETO_NBD, .k = 1, .parameters = { 0.000522262, 0.266025, 4267.7, 0.00276513 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    {
      double expected = store_purchase_model_get_expected (&models[i], 0.0, 0.0, 0.0, 0.5);
      double p_active = store_purchase_model_get_p_active (&models[i], 0.0, 0.0, 0.0, 0.5);

      g_assert_cmpfloat (expected, >, 0.0);
      g_assert_cmpfloat_with_epsilon (p_active, expected, 1e-3 * expected + 1e-11);
    }
}

/* The discounted sum of small steps of the forecast, far enough ahead, is the integral. */
static void
test_discounted_purchases_are_the_sum_of_the_forecast (void)
{
  const double rate = 0.02;
  const double step = 0.05;

  for (guint trial = 0; trial < 12; trial++)
    {
      StorePurchaseModel model = { .kind = STORE_PARETO_NBD, .k = 1 };
      double T = 5.0 + 60.0 * store_counter_random (4, trial, 0);
      double t_x = T * store_counter_random (4, trial, 1);
      double before = 0.0;
      double sum = 0.0;

      model.parameters[0] = 0.2 + 2.0 * store_counter_random (4, trial, 2);
      model.parameters[1] = 1.0 + 20.0 * store_counter_random (4, trial, 3);
      model.parameters[2] = 0.1 + 2.0 * store_counter_random (4, trial, 4);
      model.parameters[3] = 1.0 + 30.0 * store_counter_random (4, trial, 5);
      for (guint i = 1; i <= 30000; i++)
        {
          double until = i * step;
          double purchases = store_purchase_model_get_expected (&model, 3.0, t_x, T, until);

          sum += (purchases - before) * exp (-rate * (until - 0.5 * step));
          before = purchases;
        }
      assert_relative (store_pareto_nbd_get_discounted (&model, 3.0, t_x, T, rate), sum, 1e-5);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pareto-nbd/a-steep-fall-is-not-missed", test_a_steep_fall_is_not_missed);
  g_test_add_func ("/pareto-nbd/discounted-purchases-are-the-sum-of-the-forecast",
                   test_discounted_purchases_are_the_sum_of_the_forecast);
  return g_test_run ();
}
