/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "cluster-criteria.h"

static double
find_square (const double *a,
             const double *b,
             guint         p)
{
  double sum = 0.0;

  for (guint j = 0; j < p; j++)
    sum += (a[j] - b[j]) * (a[j] - b[j]);
  return sum;
}

/* The means of the clusters, and of all points after them. */
static double *
find_means (const double  *points,
            guint          n,
            guint          p,
            const guint32 *labels,
            guint          k,
            guint         *sizes)
{
  double *means = g_new0 (double, (gsize) (k + 1) * p);

  for (guint i = 0; i < n; i++)
    {
      sizes[labels[i]]++;
      for (guint j = 0; j < p; j++)
        {
          means[labels[i] * p + j] += points[i * p + j];
          means[k * p + j] += points[i * p + j] / n;
        }
    }
  for (guint c = 0; c < k; c++)
    for (guint j = 0; j < p; j++)
      means[c * p + j] /= sizes[c];
  return means;
}

/* Calinski and Harabasz (1974). */
double
cluster_criteria_calinski (const double  *points,
                           guint          n,
                           guint          p,
                           const guint32 *labels,
                           guint          k)
{
  g_autofree guint *sizes = g_new0 (guint, k);
  g_autofree double *means = find_means (points, n, p, labels, k, sizes);
  double between = 0.0;
  double within = 0.0;

  for (guint c = 0; c < k; c++)
    between += sizes[c] * find_square (means + c * p, means + k * p, p);
  for (guint i = 0; i < n; i++)
    within += find_square (points + i * p, means + labels[i] * p, p);
  return between / (k - 1) / (within / (n - k));
}

/* Davies and Bouldin (1979). */
double
cluster_criteria_davies (const double  *points,
                         guint          n,
                         guint          p,
                         const guint32 *labels,
                         guint          k)
{
  g_autofree guint *sizes = g_new0 (guint, k);
  g_autofree double *means = find_means (points, n, p, labels, k, sizes);
  g_autofree double *spreads = g_new0 (double, k);
  double sum = 0.0;

  for (guint i = 0; i < n; i++)
    spreads[labels[i]] += sqrt (find_square (points + i * p, means + labels[i] * p, p)) /
                          sizes[labels[i]];
  for (guint c = 0; c < k; c++)
    {
      double worst = 0.0;

      for (guint d = 0; d < k; d++)
        if (d != c)
          worst = MAX (worst, (spreads[c] + spreads[d]) /
                                sqrt (find_square (means + c * p, means + d * p, p)));
      sum += worst;
    }
  return sum / k;
}

/* For each merge the points below it; free with g_ptr_array_unref(). */
static GPtrArray *
list_members (const StoreDendrogram *tree)
{
  GPtrArray *members = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  for (guint32 i = 0; i < tree->n; i++)
    {
      GArray *alone = g_array_new (FALSE, FALSE, sizeof (guint32));

      g_array_append_val (alone, i);
      g_ptr_array_add (members, alone);
    }
  for (guint i = 0; i + 1 < tree->n; i++)
    {
      GArray *left = members->pdata[tree->merges[i].left];
      GArray *right = members->pdata[tree->merges[i].right];
      GArray *both = g_array_copy (left);

      g_array_append_vals (both, right->data, right->len);
      g_ptr_array_add (members, both);
    }
  return members;
}

static double
correlate (const double *a,
           const double *b,
           guint         n)
{
  double mean_a = 0.0;
  double mean_b = 0.0;
  double both = 0.0;
  double of_a = 0.0;
  double of_b = 0.0;

  for (guint i = 0; i < n; i++)
    {
      mean_a += a[i] / n;
      mean_b += b[i] / n;
    }
  for (guint i = 0; i < n; i++)
    {
      both += (a[i] - mean_a) * (b[i] - mean_b);
      of_a += (a[i] - mean_a) * (a[i] - mean_a);
      of_b += (b[i] - mean_b) * (b[i] - mean_b);
    }
  return both / sqrt (of_a * of_b);
}

static gsize
get_pair (guint32 a,
          guint32 b)
{
  gsize high = MAX (a, b);

  return high * (high - 1) / 2 + MIN (a, b);
}

/* How the heights at which two points meet go with their distances. */
double
cluster_criteria_cophenetic (const double          *points,
                             guint                  p,
                             const StoreDendrogram *tree)
{
  gsize n_pairs = (gsize) tree->n * (tree->n - 1) / 2;
  g_autoptr (GPtrArray) members = list_members (tree);
  g_autofree double *heights = g_new0 (double, n_pairs);
  g_autofree double *distances = g_new0 (double, n_pairs);

  for (guint i = 0; i + 1 < tree->n; i++)
    {
      GArray *left = members->pdata[tree->merges[i].left];
      GArray *right = members->pdata[tree->merges[i].right];

      for (guint a = 0; a < left->len; a++)
        for (guint b = 0; b < right->len; b++)
          heights[get_pair (g_array_index (left, guint32, a), g_array_index (right, guint32, b))] =
            tree->merges[i].height;
    }
  for (guint32 b = 1; b < tree->n; b++)
    for (guint32 a = 0; a < b; a++)
      distances[get_pair (a, b)] = sqrt (find_square (points + a * p, points + b * p, p));
  return correlate (heights, distances, n_pairs);
}

/* One less the height at which a point is first joined, over the last height, on average: R's
 * agglomerative and divisive coefficients. */
double
cluster_criteria_coefficient (const StoreDendrogram *tree)
{
  double top = tree->merges[tree->n - 2].height;
  double sum = 0.0;

  for (guint i = 0; i + 1 < tree->n; i++)
    {
      sum += tree->merges[i].left < tree->n ? 1.0 - tree->merges[i].height / top : 0.0;
      sum += tree->merges[i].right < tree->n ? 1.0 - tree->merges[i].height / top : 0.0;
    }
  return sum / tree->n;
}

gboolean
cluster_criteria_is_order (const StoreDendrogram *tree,
                           const guint           *places)
{
  g_autoptr (GPtrArray) members = list_members (tree);

  for (guint m = tree->n; m < members->len; m++)
    {
      GArray *points = members->pdata[m];
      guint first = G_MAXUINT;
      guint last = 0;

      for (guint i = 0; i < points->len; i++)
        {
          first = MIN (first, places[g_array_index (points, guint32, i)]);
          last = MAX (last, places[g_array_index (points, guint32, i)]);
        }
      if (last - first + 1 != points->len)
        return FALSE;
    }
  return TRUE;
}

double
cluster_criteria_label_nearest (const double *points,
                                guint         n,
                                guint         p,
                                const guint  *members,
                                guint         k,
                                guint32      *labels)
{
  double sum = 0.0;

  for (guint i = 0; i < n; i++)
    {
      double least = HUGE_VAL;

      for (guint c = 0; c < k; c++)
        {
          double distance = sqrt (find_square (points + i * p, points + members[c] * p, p));

          if (distance >= least)
            continue;
          least = distance;
          labels[i] = c;
        }
      sum += least;
    }
  return sum / n;
}
