/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "store-rand-index.h"

static double
count_pairs (double n)
{
  return n * (n - 1.0) / 2.0;
}

/**
 * store_rand_index_get:
 * @one: for each of @n points, its cluster, below @k
 * @other: the same by another division
 * @n: number of points
 * @k: number of clusters, at most
 *
 * How far two divisions put the same pairs together, less what chance would do (Hubert and Arabie,
 * "Comparing partitions", 1985).
 *
 * Returns: 1 where they are the same, about 0 where they have nothing to do with each other
 */
double
store_rand_index_get (const guint32 *one,
                      const guint32 *other,
                      guint          n,
                      guint          k)
{
  g_autofree guint *cells = g_new0 (guint, (gsize) k * k);
  double both = 0.0;
  double in_one = 0.0;
  double in_other = 0.0;
  double chance;
  double most;

  for (guint i = 0; i < n; i++)
    cells[one[i] * k + other[i]]++;
  for (guint a = 0; a < k; a++)
    {
      double row = 0.0;
      double column = 0.0;

      for (guint b = 0; b < k; b++)
        {
          both += count_pairs (cells[a * k + b]);
          row += cells[a * k + b];
          column += cells[b * k + a];
        }
      in_one += count_pairs (row);
      in_other += count_pairs (column);
    }
  if (n < 2)
    return 1.0;

  chance = in_one * in_other / count_pairs (n);
  most = (in_one + in_other) / 2.0;
  return most - chance != 0.0 ? (both - chance) / (most - chance) : 1.0;
}
