/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include "store-kmeans.h"

static double
find_distance (const double *a,
               const double *b,
               guint         p)
{
  double sum = 0.0;

  for (guint j = 0; j < p; j++)
    sum += (a[j] - b[j]) * (a[j] - b[j]);
  return sqrt (sum);
}

static double
get_point_silhouette (const double  *points,
                      guint          n,
                      guint          p,
                      const guint32 *labels,
                      guint          k,
                      const guint   *sizes,
                      guint          i,
                      double        *sums)
{
  double own;
  double other = HUGE_VAL;

  if (sizes[labels[i]] < 2)
    return 0.0;

  memset (sums, 0, k * sizeof (double));
  for (guint j = 0; j < n; j++)
    sums[labels[j]] += find_distance (points + (gsize) i * p, points + (gsize) j * p, p);
  for (guint c = 0; c < k; c++)
    if (c != labels[i] && sizes[c] > 0)
      other = MIN (other, sums[c] / sizes[c]);

  own = sums[labels[i]] / (sizes[labels[i]] - 1);
  if (other == HUGE_VAL || MAX (own, other) <= 0.0)
    return 0.0;
  return (other - own) / MAX (own, other);
}

/**
 * store_kmeans_get_silhouette:
 * @points: @n times @p numbers, point by point
 * @n: number of points
 * @p: numbers in a point
 * @labels: for each point, its cluster
 * @k: number of clusters
 *
 * How well the clusters part (Rousseeuw, 1987): for each point, how much nearer its own cluster is
 * than the next one, from -1 to 1, and 0 for a point that is alone. Takes time by @n squared.
 *
 * Returns: the mean over all points
 */
double
store_kmeans_get_silhouette (const double  *points,
                             guint          n,
                             guint          p,
                             const guint32 *labels,
                             guint          k)
{
  g_autofree guint *sizes = g_new0 (guint, k);
  g_autofree double *sums = g_new0 (double, k);
  double total = 0.0;

  g_return_val_if_fail (n > 0, 0.0);

  for (guint i = 0; i < n; i++)
    sizes[labels[i]]++;
  for (guint i = 0; i < n; i++)
    total += get_point_silhouette (points, n, p, labels, k, sizes, i, sums);
  return total / n;
}
