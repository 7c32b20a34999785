/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How well clusters part (Rousseeuw, 1987): for each point, how much nearer its own cluster is than
 * the next one, from -1 to 1, and 0 for a point that is alone. The distances of a point to all
 * others are found once for all divisions that are compared; rows go in blocks over the threads. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "store-error.h"
#include "store-parallel.h"
#include "store-silhouette.h"

#define BLOCK_ROWS 128

typedef struct
{
  guint n;
  guint p;
  guint n_divisions;
  guint most_k;
  const StoreSilhouetteLabels *divisions;
  guint **sizes;
  double *columns;
  double *sums;
} Work;

static void
work_clear (Work *self)
{
  for (guint d = 0; self->sizes != NULL && d < self->n_divisions; d++)
    g_free (self->sizes[d]);
  g_free (self->sizes);
  g_free (self->columns);
  g_free (self->sums);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

static void
count_sizes (Work *self)
{
  self->sizes = g_new0 (guint *, self->n_divisions);
  for (guint d = 0; d < self->n_divisions; d++)
    {
      const StoreSilhouetteLabels *division = &self->divisions[d];

      self->most_k = MAX (self->most_k, division->k);
      self->sizes[d] = g_new0 (guint, division->k);
      for (guint i = 0; i < self->n; i++)
        self->sizes[d][division->labels[i]]++;
    }
}

static void
work_init (Work                        *self,
           const double                *points,
           guint                        n,
           guint                        p,
           const StoreSilhouetteLabels *divisions,
           guint                        n_divisions)
{
  guint n_blocks = (n + BLOCK_ROWS - 1) / BLOCK_ROWS;

  *self = (Work) { .n = n, .p = p, .n_divisions = n_divisions, .divisions = divisions };
  self->sums = g_new0 (double, (gsize) n_blocks * n_divisions);
  self->columns = g_new (double, (gsize) n * p);
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < p; j++)
      self->columns[(gsize) j * n + i] = points[(gsize) i * p + j];
  count_sizes (self);
}

static void
find_distances (const Work *self,
                guint       from,
                double     *distances)
{
  memset (distances, 0, self->n * sizeof (double));
  for (guint j = 0; j < self->p; j++)
    {
      const double *column = self->columns + (gsize) j * self->n;
      double number = column[from];

      for (guint i = 0; i < self->n; i++)
        distances[i] += (column[i] - number) * (column[i] - number);
    }
  for (guint i = 0; i < self->n; i++)
    distances[i] = sqrt (distances[i]);
}

static double
compare_clusters (const Work   *self,
                  guint         d,
                  guint         point,
                  const double *distances,
                  double       *sums)
{
  const guint32 *labels = self->divisions[d].labels;
  const guint *sizes = self->sizes[d];
  guint k = self->divisions[d].k;
  double other = HUGE_VAL;
  double own;

  if (sizes[labels[point]] < 2)
    return 0.0;

  memset (sums, 0, k * sizeof (double));
  for (guint i = 0; i < self->n; i++)
    sums[labels[i]] += distances[i];
  for (guint c = 0; c < k; c++)
    if (c != labels[point] && sizes[c] > 0)
      other = MIN (other, sums[c] / sizes[c]);

  own = sums[labels[point]] / (sizes[labels[point]] - 1);
  if (other == HUGE_VAL || MAX (own, other) <= 0.0)
    return 0.0;
  return (other - own) / MAX (own, other);
}

static void
do_block (guint    block,
          gpointer data)
{
  Work *self = data;
  g_autofree double *distances = g_new (double, self->n);
  g_autofree double *sums = g_new (double, self->most_k);
  guint end = MIN ((block + 1) * BLOCK_ROWS, self->n);

  for (guint i = block * BLOCK_ROWS; i < end; i++)
    {
      find_distances (self, i, distances);
      for (guint d = 0; d < self->n_divisions; d++)
        self->sums[(gsize) block * self->n_divisions + d] +=
          compare_clusters (self, d, i, distances, sums);
    }
}

/**
 * store_silhouette_find:
 * @points: @n times @p numbers, point by point
 * @n: number of points, at least one
 * @p: numbers in a point
 * @divisions: (inout) (array length=n_divisions): what to compare
 * @n_divisions: how many
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Takes time by @n squared, on all threads.
 *
 * Returns: %FALSE with %STORE_ERROR_CANCELLED
 */
gboolean
store_silhouette_find (const double           *points,
                       guint                   n,
                       guint                   p,
                       StoreSilhouetteLabels  *divisions,
                       guint                   n_divisions,
                       GCancellable           *cancellable,
                       GError                **error)
{
  g_auto (Work) work = { 0 };
  guint n_blocks = (n + BLOCK_ROWS - 1) / BLOCK_ROWS;

  g_return_val_if_fail (n > 0, FALSE);

  work_init (&work, points, n, p, divisions, n_divisions);
  if (!store_parallel_run (n_blocks, do_block, &work, cancellable, NULL))
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_CANCELLED, _("Stopped before the end."));
      return FALSE;
    }
  for (guint d = 0; d < n_divisions; d++)
    {
      double total = 0.0;

      for (guint block = 0; block < n_blocks; block++)
        total += work.sums[(gsize) block * n_divisions + d];
      divisions[d].silhouette = total / n;
    }
  return TRUE;
}

/**
 * store_silhouette_get:
 * @points: @n times @p numbers, point by point
 * @n: number of points, at least one
 * @p: numbers in a point
 * @labels: for each point, its cluster
 * @k: number of clusters
 *
 * Returns: the mean silhouette of one division
 */
double
store_silhouette_get (const double  *points,
                      guint          n,
                      guint          p,
                      const guint32 *labels,
                      guint          k)
{
  StoreSilhouetteLabels division = { labels, k, 0.0 };

  store_silhouette_find (points, n, p, &division, 1, NULL, NULL);
  return division.silhouette;
}
