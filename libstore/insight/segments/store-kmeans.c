/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The best of several searches; `store-kmeans-search.c` tells how one goes. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "store-error.h"
#include "store-kmeans-private.h"

#define SPARE_POINTS 20000
#define MOST_SWAPS 20
#define MOST_EXTRA 4
#define SWAP_STREAM (1u << 20)

static void
take_best (StoreKmeans             *self,
           const StoreKmeansSearch *search,
           double                   inertia)
{
  self->inertia = inertia;
  self->iterations = search->iterations;
  memcpy (self->labels, search->labels, self->n * sizeof (guint32));
  memcpy (self->sizes, search->sizes, self->k * sizeof (guint));
  memcpy (self->centres, search->centres, (gsize) self->k * self->p * sizeof (double));
}

static void
swap_centres (StoreKmeans       *self,
              StoreKmeansSearch *search,
              GCancellable      *cancellable)
{
  guint n_swaps = self->k > 1 ? MIN (SPARE_POINTS / self->n, MOST_SWAPS) * self->k : 0;

  for (guint swap = 0; swap < n_swaps && !g_cancellable_is_cancelled (cancellable); swap++)
    {
      double inertia = store_kmeans_search_swap (search, self, SWAP_STREAM + swap);

      if (inertia < self->inertia * (1.0 - STORE_KMEANS_GAIN))
        take_best (self, search, inertia);
    }
}

static int
compare_clusters (gconstpointer a,
                  gconstpointer b,
                  gpointer      data)
{
  const StoreKmeans *self = data;
  guint left = *(const guint *) a;
  guint right = *(const guint *) b;

  if (self->sizes[left] != self->sizes[right])
    return self->sizes[left] > self->sizes[right] ? -1 : 1;
  for (guint j = 0; j < self->p; j++)
    {
      double difference = self->centres[left * self->p + j] - self->centres[right * self->p + j];

      if (difference != 0.0)
        return difference < 0.0 ? -1 : 1;
    }
  return (left > right) - (left < right);
}

static void
order_by_size (StoreKmeans *self)
{
  g_autofree guint *order = g_new (guint, self->k);
  g_autofree guint32 *rank = g_new (guint32, self->k);
  g_autofree guint *sizes = g_memdup2 (self->sizes, self->k * sizeof (guint));
  g_autofree double *centres = g_memdup2 (self->centres,
                                          (gsize) self->k * self->p * sizeof (double));

  for (guint c = 0; c < self->k; c++)
    order[c] = c;
  g_qsort_with_data (order, self->k, sizeof (guint), compare_clusters, self);
  for (guint c = 0; c < self->k; c++)
    {
      rank[order[c]] = c;
      self->sizes[c] = sizes[order[c]];
      memcpy (self->centres + (gsize) c * self->p, centres + (gsize) order[c] * self->p,
              self->p * sizeof (double));
    }
  for (guint i = 0; i < self->n; i++)
    self->labels[i] = rank[self->labels[i]];
}

/**
 * store_kmeans_new:
 * @points: @n times @p numbers, point by point, all finite
 * @n: number of points
 * @p: numbers in a point
 * @k: number of clusters, at most @n
 * @n_starts: how many starts to take the best of, at least
 * @seed: of the random numbers
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Divides points into clusters so that the sum of squared distances to the centres is small.
 *
 * Returns: (transfer full): the best division found, or %NULL with %STORE_ERROR_TOO_LITTLE_DATA
 *   if there are fewer points than clusters, or with %STORE_ERROR_CANCELLED
 */
StoreKmeans *
store_kmeans_new (const double *points,
                  guint         n,
                  guint         p,
                  guint         k,
                  guint         n_starts,
                  guint64       seed,
                  GCancellable *cancellable,
                  GError      **error)
{
  g_autoptr (StoreKmeans) self = NULL;
  g_auto (StoreKmeansSearch) search = { 0 };

  g_return_val_if_fail (points != NULL || n == 0, NULL);
  g_return_val_if_fail (p > 0 && k > 0, NULL);

  if (n < k)
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA,
                           _("There are fewer customers than groups to divide them into."));
      return NULL;
    }

  self = g_new0 (StoreKmeans, 1);
  self->n = n;
  self->p = p;
  self->k = k;
  self->inertia = HUGE_VAL;
  self->labels = g_new0 (guint32, n);
  self->sizes = g_new0 (guint, k);
  self->centres = g_new0 (double, (gsize) k * p);

  store_kmeans_search_init (&search, points, n, p, k, seed);
  n_starts = MAX (n_starts, 1) * (1 + MIN (SPARE_POINTS / n, MOST_EXTRA));
  for (guint start = 0; start < n_starts; start++)
    {
      double inertia;

      if (g_cancellable_is_cancelled (cancellable))
        {
          g_set_error_literal (error, STORE_ERROR, STORE_ERROR_CANCELLED,
                               _("Stopped before the end."));
          return NULL;
        }
      inertia = store_kmeans_search_start (&search, start);
      if (inertia < self->inertia)
        take_best (self, &search, inertia);
    }
  swap_centres (self, &search, cancellable);
  order_by_size (self);
  return g_steal_pointer (&self);
}

void
store_kmeans_free (StoreKmeans *self)
{
  if (self == NULL)
    return;
  g_free (self->centres);
  g_free (self->labels);
  g_free (self->sizes);
  g_free (self);
}
