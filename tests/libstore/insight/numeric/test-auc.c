/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "shared-data.h"
#include "store-auc.h"
#include "store-counter-random.h"

static void
test_equal_scores_count_half (void)
{
  const double scores[] = { 1.0, 2.0, 2.0, 3.0, 4.0 };
  const gboolean outcomes[] = { FALSE, TRUE, FALSE, FALSE, TRUE };

  /* Of six pairs four and a half are in order. */
  assert_close (store_auc_get (scores, outcomes, 5), 4.5 / 6.0, 1e-15);
}

static void
test_one_outcome_has_no_area (void)
{
  const double scores[] = { 1.0, 2.0 };
  const gboolean never[] = { FALSE, FALSE };
  const gboolean always[] = { TRUE, TRUE };

  g_assert_true (isnan (store_auc_get (scores, never, 2)));
  g_assert_true (isnan (store_auc_get (scores, always, 2)));
  g_assert_true (isnan (store_auc_get (scores, never, 0)));
}

static void
test_agrees_with_counting_pairs (void)
{
  enum { N = 200 };
  double scores[N];
  gboolean outcomes[N];
  double wins = 0.0;
  double pairs = 0.0;

  for (guint i = 0; i < N; i++)
    {
      scores[i] = floor (20.0 * store_counter_random (3, 0, i));
      outcomes[i] = store_counter_random (3, 1, i) < scores[i] / 20.0;
    }
  for (guint i = 0; i < N; i++)
    for (guint j = 0; j < N; j++)
      if (outcomes[i] && !outcomes[j])
        {
          pairs += 1.0;
          wins += scores[i] > scores[j] ? 1.0 : scores[i] == scores[j] ? 0.5 : 0.0;
        }
  assert_close (store_auc_get (scores, outcomes, N), wins / pairs, 1e-14);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/auc/equal-scores-count-half", test_equal_scores_count_half);
  g_test_add_func ("/auc/one-outcome-has-no-area", test_one_outcome_has_no_area);
  g_test_add_func ("/auc/agrees-with-counting-pairs", test_agrees_with_counting_pairs);
  return g_test_run ();
}
