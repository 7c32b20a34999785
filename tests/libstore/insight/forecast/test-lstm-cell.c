/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "shared-data.h"
#include "store-counter-random.h"
#include "store-lstm-private.h"

/* Every weight against central differences of half of the squared error. */
static void
test_slopes_agree_with_differences (void)
{
  const double width = 1e-5;
  double weights[STORE_LSTM_N_WEIGHTS];
  double inputs[9];
  double slopes[STORE_LSTM_N_WEIGHTS] = { 0 };

  for (guint i = 0; i < STORE_LSTM_N_WEIGHTS; i++)
    weights[i] = 2.0 * store_counter_random (3, 0, i) - 1.0;
  for (guint t = 0; t < 9; t++)
    inputs[t] = 4.0 * store_counter_random (3, 1, t) - 2.0;
  store_lstm_learn (weights, inputs, 9, 0.7, slopes);
  for (guint i = 0; i < STORE_LSTM_N_WEIGHTS; i++)
    {
      double kept = weights[i];
      double above;
      double below;

      weights[i] = kept + width;
      above = store_lstm_run (weights, inputs, 9) - 0.7;
      weights[i] = kept - width;
      below = store_lstm_run (weights, inputs, 9) - 0.7;
      weights[i] = kept;
      assert_close (slopes[i], (above * above - below * below) / (4.0 * width), 1e-8);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lstm-cell/slopes-agree-with-differences", test_slopes_agree_with_differences);
  return g_test_run ();
}
