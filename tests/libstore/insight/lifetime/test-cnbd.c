/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "shared-data.h"
#include "store-purchase-model.h"
#include "store-counter-random.h"

static void
test_k_of_one_is_bgnbd (void)
{
  for (guint trial = 0; trial < 200; trial++)
    {
      StorePurchaseModel plain = { .kind = trial % 2 ? STORE_MBGNBD : STORE_BGNBD, .k = 1,
                                   .parameters = { 0.3 + trial % 3, 4.0, 0.8, 2.4 } };
      StorePurchaseModel model = { .kind = trial % 2 ? STORE_MBGCNBD : STORE_BGCNBD, .k = 1,
                                   .parameters = { 0.3 + trial % 3, 4.0, 0.8, 2.4 } };
      double T = 40.0 * store_counter_random (3, trial, 0);
      double x = trial % 6;
      double t_x = x > 0.0 ? T * store_counter_random (3, trial, 1) : 0.0;
      double weeks = 80.0 * store_counter_random (3, trial, 2);

      assert_close (store_purchase_model_get_p_alive (&model, x, t_x, T),
                    store_purchase_model_get_p_alive (&plain, x, t_x, T), 1e-12);
      assert_close (store_purchase_model_get_expected (&model, x, t_x, T, weeks),
                    store_purchase_model_get_expected (&plain, x, t_x, T, weeks), 1e-10);
    }
}

static double
draw_exponential (guint64 customer,
                  guint64 counter)
{
  return -log (store_counter_random (41, customer, counter));
}

typedef struct
{
  double x;
  double t_x;
  double later;
} Life;

/* A life of T = 30 and 20 weeks more, by the definition of the model. */
static Life
live (const StorePurchaseModel *model,
      guint64          customer)
{
  double rate = (draw_exponential (customer, 0) + draw_exponential (customer, 1)) / model->parameters[1];
  double p = 1.0 - pow (store_counter_random (41, customer, 2), 1.0 / model->parameters[3]);
  guint64 counter = 3;
  double now = 0.0;
  Life life = { 0 };

  if (model->kind == STORE_MBGCNBD && store_counter_random (41, customer, counter++) < p)
    return life;
  for (;;)
    {
      for (guint i = 0; i < model->k; i++)
        now += draw_exponential (customer, counter++) / rate;
      if (now > 50.0)
        return life;
      if (now > 30.0)
        life.later += 1.0;
      else
        {
          life.x += 1.0;
          life.t_x = now;
        }
      if (store_counter_random (41, customer, counter++) < p)
        return life;
    }
}

/* Over many simulated lives, the forecasts sum to what came. */
static void
test_forecast_is_unbiased (void)
{
  for (guint kind = STORE_BGCNBD; kind <= STORE_MBGCNBD; kind++)
    {
      StorePurchaseModel model = { .kind = kind, .k = 3, .parameters = { 2.0, 4.0, 1.0, 5.0 } };
      const guint n = 4000;
      double forecast = 0.0;
      double came = 0.0;
      double squares = 0.0;

      for (guint i = 0; i < n; i++)
        {
          Life life = live (&model, i);
          double expected = store_purchase_model_get_expected (&model, life.x, life.t_x, 30.0, 20.0);

          forecast += expected;
          came += life.later;
          squares += (life.later - expected) * (life.later - expected);
        }
      g_test_message ("forecast %g, came %g, standard error %g", forecast, came, sqrt (squares));
      g_assert_cmpfloat (fabs (forecast - came), <, 3.0 * sqrt (squares));
    }
}

/* Twelve events at a pace of one in 1e30 weeks have a probability below the smallest number. */
static void
test_hardly_any_pace_comes_to_an_end (void)
{
  StorePurchaseModel model = { .kind = STORE_MBGCNBD, .k = 12, .occasion_weeks = 1.0,
                               .parameters = { 1.0, 1e30, 1.0, 1.0 } };

  g_assert_cmpfloat (store_purchase_model_get_expected (&model, 0.0, 0.0, 10.0, 1.0), ==, 0.0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cnbd/k-of-one-is-bgnbd", test_k_of_one_is_bgnbd);
  g_test_add_func ("/cnbd/forecast-is-unbiased", test_forecast_is_unbiased);
  g_test_add_func ("/cnbd/hardly-any-pace-comes-to-an-end", test_hardly_any_pace_comes_to_an_end);
  return g_test_run ();
}
