/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "series-row.h"
#include "shared-data.h"
#include "store-counter-random.h"
#include "store-error.h"
#include "store-lstm.h"

static void
test_same_seed_gives_the_same_bits (void)
{
  g_autoptr (StoreLstm) a = store_lstm_new (series_row_airline, 144, 12, 5, NULL, NULL);
  g_autoptr (StoreLstm) b = store_lstm_new (series_row_airline, 144, 12, 5, NULL, NULL);
  g_autoptr (StoreLstm) other = store_lstm_new (series_row_airline, 144, 12, 6, NULL, NULL);

  g_assert_cmpmem (a->weights, sizeof a->weights, b->weights, sizeof b->weights);
  g_assert_cmpfloat (a->weights[0], !=, other->weights[0]);
}

/* Changes that go up and down by turns, with a little noise: the next one follows from the last. */
static void
test_a_rhythm_is_learnt (void)
{
  g_autoptr (StoreLstm) network = NULL;
  double values[300];
  double level = 100.0;

  for (guint t = 0; t < 300; t++)
    {
      level += (t % 2 == 0 ? 5.0 : -4.0) + 0.2 * (store_counter_random (1, 2, t) - 0.5);
      values[t] = level;
    }
  network = store_lstm_new (values, 300, 1, 1, NULL, NULL);
  g_assert_nonnull (network);
  /* The changes have a variance of 20. */
  g_assert_cmpfloat (network->variance, <, 1.0);
}

static void
test_short_or_flat_series_are_told (void)
{
  double values[60] = { 0 };
  g_autoptr (GError) flat = NULL;
  g_autoptr (GError) few = NULL;

  g_assert_null (store_lstm_new (values, 60, 1, 1, NULL, &flat));
  g_assert_error (flat, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA);
  g_assert_null (store_lstm_new (series_row_airline, 30, 12, 1, NULL, &few));
  g_assert_error (few, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lstm/same-seed-gives-the-same-bits", test_same_seed_gives_the_same_bits);
  g_test_add_func ("/lstm/a-rhythm-is-learnt", test_a_rhythm_is_learnt);
  g_test_add_func ("/lstm/short-or-flat-series-are-told", test_short_or_flat_series_are_told);
  return g_test_run ();
}
