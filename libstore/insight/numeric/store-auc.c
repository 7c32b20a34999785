/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <stdlib.h>

#include "store-auc.h"

typedef struct
{
  double score;
  gboolean outcome;
} Case;

static int
compare_cases (gconstpointer a,
               gconstpointer b)
{
  const Case *left = a;
  const Case *right = b;

  return (left->score > right->score) - (left->score < right->score);
}

/* Sum of the ranks of those where it happened, equal scores sharing the middle of their ranks. */
static double
sum_ranks (const Case *cases,
           guint       n)
{
  double sum = 0.0;
  guint start = 0;

  while (start < n)
    {
      guint end = start;
      guint hits = 0;

      while (end < n && cases[end].score == cases[start].score)
        hits += cases[end++].outcome;
      sum += hits * (start + end + 1.0) / 2.0;
      start = end;
    }
  return sum;
}

/**
 * store_auc_get:
 * @scores: of each case, higher for what is likelier to happen; all finite
 * @outcomes: of each case, whether it happened
 * @n: number of cases
 *
 * The area under the curve of hits against false alarms (Hanley and McNeil, 1982): how often a case
 * where it happened has a higher score than one where it did not; equal scores count half.
 *
 * Returns: 0 to 1, .5 for chance; NAN where it always or never happened
 */
double
store_auc_get (const double   *scores,
               const gboolean *outcomes,
               guint           n)
{
  g_autofree Case *cases = g_new (Case, MAX (n, 1));
  double hits = 0.0;

  for (guint i = 0; i < n; i++)
    {
      cases[i] = (Case) { scores[i], outcomes[i] != FALSE };
      hits += cases[i].outcome;
    }
  if (hits == 0.0 || hits == n)
    return NAN;
  qsort (cases, n, sizeof (Case), compare_cases);
  return (sum_ranks (cases, n) - hits * (hits + 1.0) / 2.0) / (hits * (n - hits));
}
