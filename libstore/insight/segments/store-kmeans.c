/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The best of several searches; `store-kmeans-search.c` tells how one goes. Few points, where it
 * costs little, get more starts than asked for, and the best is shaken some times: a centre is put
 * elsewhere and the search goes on from there. Searches of few points run beside each other, those
 * of many divide the points among the threads. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "store-error.h"
#include "store-kmeans-private.h"
#include "store-parallel.h"

#define SPARE_POINTS 20000
#define MOST_SWAPS 20
#define MOST_EXTRA 1
#define MOST_BESIDE 8
#define SWAP_STREAM (1u << 20)

/* Searches from a start each, or from the same division with a centre elsewhere. */
typedef struct
{
  StoreKmeansSearch *searches;
  double *inertias;
  const StoreKmeans *from;
  guint64 stream;
} Round;

static void
do_search (guint    which,
           gpointer data)
{
  Round *self = data;
  StoreKmeansSearch *search = &self->searches[which];

  if (self->from != NULL)
    self->inertias[which] = store_kmeans_search_swap (search, self->from, self->stream + which);
  else
    self->inertias[which] = store_kmeans_search_start (search, self->stream + which);
}

static void
take_search (StoreKmeans             *self,
             const StoreKmeansSearch *search,
             double                   inertia)
{
  self->inertia = inertia;
  self->iterations = search->iterations;
  memcpy (self->labels, search->labels, self->n * sizeof (guint32));
  memcpy (self->sizes, search->sizes, self->k * sizeof (guint));
  memcpy (self->centres, search->centres, (gsize) self->k * self->p * sizeof (double));
}

/* The first of the best. */
static void
take_best (StoreKmeans *self,
           const Round *round,
           guint        n_searches)
{
  for (guint i = 0; i < n_searches; i++)
    if (round->inertias[i] < self->inertia * (1.0 - STORE_KMEANS_GAIN))
      take_search (self, &round->searches[i], round->inertias[i]);
}

static gboolean
run_rounds (StoreKmeans   *self,
            Round         *round,
            guint          n_beside,
            guint          n_searches,
            GCancellable  *cancellable,
            GError       **error)
{
  for (guint done = 0; done < n_searches; done += n_beside)
    {
      guint n = MIN (n_beside, n_searches - done);

      if (!store_parallel_run (n, do_search, round, cancellable, NULL))
        {
          g_set_error_literal (error, STORE_ERROR, STORE_ERROR_CANCELLED,
                               _("Stopped before the end."));
          return FALSE;
        }
      take_best (self, round, n);
      round->stream += n;
    }
  return TRUE;
}

static gboolean
search_all (StoreKmeans   *self,
            const double  *points,
            guint          n_starts,
            guint64        seed,
            GCancellable  *cancellable,
            GError       **error)
{
  guint n_beside = self->n <= STORE_KMEANS_BLOCK ? MOST_BESIDE : 1;
  guint n_swaps = self->k > 1 ? MIN (SPARE_POINTS / self->n, MOST_SWAPS) * self->k : 0;
  g_autofree StoreKmeansSearch *searches = g_new0 (StoreKmeansSearch, n_beside);
  g_autofree double *inertias = g_new0 (double, n_beside);
  Round round = { searches, inertias, NULL, 0 };
  gboolean done;

  n_starts = MAX (n_starts, 1) * (1 + MIN (SPARE_POINTS / self->n, MOST_EXTRA));
  for (guint i = 0; i < n_beside; i++)
    store_kmeans_search_init (&searches[i], points, self->n, self->p, self->k, seed);
  done = run_rounds (self, &round, n_beside, n_starts, cancellable, error);
  round.from = self;
  round.stream = SWAP_STREAM;
  done = done && run_rounds (self, &round, n_beside, n_swaps, cancellable, error);
  for (guint i = 0; i < n_beside; i++)
    store_kmeans_search_clear (&searches[i]);
  return done;
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
 * Divides points into clusters so that the sum of squared distances to the centres is small. Works
 * on all threads; the bits do not depend on how many there are.
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

  if (!search_all (self, points, n_starts, seed, cancellable, error))
    return NULL;
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
