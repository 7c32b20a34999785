/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Agglomerative clustering by chains of nearest neighbours (Benzécri, 1982; Murtagh, 1983): from
 * any cluster go to its nearest, from there to its nearest, until two are nearest to each other;
 * those are merged, and the chain goes on from what is left of it. For the four linkages this
 * gives the same tree as always merging the nearest two of all, in time by n squared.
 *
 * Single, complete and average linkage keep the distances of all pairs (8 bytes each, half of n
 * squared); Ward's keeps the centres alone. A height of Ward's is sqrt (2 |A| |B| / (|A| + |B|))
 * times the distance of the centres. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "store-dendrogram.h"
#include "store-error.h"
#include "store-parallel.h"

#define BLOCK_ROWS 64

typedef struct
{
  guint n;
  guint p;
  StoreDendrogramLinkage linkage;
  double *distances;
  double *centres;
  guint *sizes;
  guint32 *active;
  guint n_active;
} Agnes;

static void
agnes_clear (Agnes *self)
{
  g_free (self->distances);
  g_free (self->centres);
  g_free (self->sizes);
  g_free (self->active);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Agnes, agnes_clear)

static inline double *
get_place (const Agnes *self,
           guint        a,
           guint        b)
{
  gsize low = MIN (a, b);
  gsize high = MAX (a, b);

  return &self->distances[high * (high - 1) / 2 + low];
}

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

typedef struct
{
  const Agnes *agnes;
  const double *points;
} Distances;

static void
find_distances (guint    block,
                gpointer data)
{
  const Distances *self = data;
  const Agnes *agnes = self->agnes;
  guint p = agnes->p;
  guint end = MIN ((block + 1) * BLOCK_ROWS, agnes->n);

  for (guint b = block * BLOCK_ROWS; b < end; b++)
    for (guint a = 0; a < b; a++)
      *get_place (agnes, a, b) = find_distance (self->points + (gsize) a * p,
                                                self->points + (gsize) b * p, p);
}

static void
agnes_init (Agnes                  *self,
            const double           *points,
            guint                   n,
            guint                   p,
            const guint            *weights,
            StoreDendrogramLinkage  linkage)
{
  Distances distances = { self, points };

  *self = (Agnes) { .n = n, .p = p, .linkage = linkage, .n_active = n };
  self->sizes = g_new (guint, n);
  self->active = g_new (guint32, n);
  for (guint i = 0; i < n; i++)
    {
      self->sizes[i] = weights != NULL ? weights[i] : 1;
      self->active[i] = i;
    }

  if (linkage == STORE_LINKAGE_WARD)
    {
      self->centres = g_memdup2 (points, (gsize) n * p * sizeof (double));
      return;
    }
  self->distances = g_new (double, MAX ((gsize) n * (n - 1) / 2, 1));
  store_parallel_run ((n + BLOCK_ROWS - 1) / BLOCK_ROWS, find_distances, &distances, NULL, NULL);
}

static double
get_distance (const Agnes *self,
              guint        a,
              guint        b)
{
  double sizes;

  if (self->linkage != STORE_LINKAGE_WARD)
    return *get_place (self, a, b);
  sizes = 2.0 * self->sizes[a] * self->sizes[b] / (self->sizes[a] + self->sizes[b]);
  return sqrt (sizes) * find_distance (self->centres + (gsize) a * self->p,
                                       self->centres + (gsize) b * self->p, self->p);
}

/* Ties go to @before, the one that the chain came from, else the chain could run in a circle. */
static guint
find_nearest (const Agnes *self,
              guint        from,
              guint        before,
              double      *distance)
{
  guint nearest = before;

  *distance = before < self->n ? get_distance (self, from, before) : HUGE_VAL;
  for (guint i = 0; i < self->n_active; i++)
    {
      guint other = self->active[i];
      double there;

      if (other == from || other == before)
        continue;
      there = get_distance (self, from, other);
      if (there < *distance)
        {
          *distance = there;
          nearest = other;
        }
    }
  return nearest;
}

static double
join_distances (const Agnes *self,
                double       a,
                double       b,
                guint        size_a,
                guint        size_b)
{
  switch (self->linkage)
    {
    case STORE_LINKAGE_SINGLE:
      return MIN (a, b);
    case STORE_LINKAGE_COMPLETE:
      return MAX (a, b);
    case STORE_LINKAGE_AVERAGE:
    case STORE_LINKAGE_WARD:
    default:
      return (size_a * a + size_b * b) / (size_a + size_b);
    }
}

/* The joined cluster takes the place of @into. */
static void
join (Agnes *self,
      guint  gone,
      guint  into)
{
  guint size_gone = self->sizes[gone];
  guint size_into = self->sizes[into];
  guint kept = 0;

  for (guint i = 0; i < self->n_active; i++)
    {
      guint other = self->active[i];

      if (other == gone)
        continue;
      self->active[kept++] = other;
      if (other != into && self->distances != NULL)
        {
          double *place = get_place (self, other, into);

          *place = join_distances (self, *get_place (self, other, gone), *place, size_gone,
                                   size_into);
        }
    }
  self->n_active = kept;
  self->sizes[into] = size_gone + size_into;
  for (guint j = 0; self->centres != NULL && j < self->p; j++)
    {
      double centre_gone = self->centres[(gsize) gone * self->p + j];
      double *centre_into = &self->centres[(gsize) into * self->p + j];

      *centre_into = (size_gone * centre_gone + size_into * *centre_into) / (size_gone + size_into);
    }
}

static gboolean
run_chains (Agnes                *self,
            StoreDendrogramMerge *merges,
            GCancellable         *cancellable)
{
  g_autofree guint *chain = g_new (guint, self->n);
  guint length = 0;
  guint n_merges = 0;

  while (self->n_active > 1)
    {
      guint nearest;
      double distance;

      if (length == 0)
        chain[length++] = self->active[0];
      nearest = find_nearest (self, chain[length - 1], length > 1 ? chain[length - 2] : self->n,
                              &distance);
      if (length < 2 || nearest != chain[length - 2])
        {
          chain[length++] = nearest;
          continue;
        }

      merges[n_merges++] = (StoreDendrogramMerge) { .left = chain[length - 1], .right = nearest,
                                                    .height = distance };
      join (self, MIN (chain[length - 1], nearest), MAX (chain[length - 1], nearest));
      length -= 2;
      if (n_merges % 256 == 0 && g_cancellable_is_cancelled (cancellable))
        return FALSE;
    }
  return TRUE;
}

/**
 * store_dendrogram_new_agnes:
 * @points: @n times @p numbers, point by point
 * @n: number of points
 * @p: numbers in a point
 * @weights: (nullable): for each point, for how many equal ones it stands; %NULL for one each
 * @linkage: what the distance of two clusters is
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Builds clusters from below.
 *
 * Returns: (transfer full): the tree, or %NULL with %STORE_ERROR_TOO_LITTLE_DATA below two points
 *   or with %STORE_ERROR_CANCELLED
 */
StoreDendrogram *
store_dendrogram_new_agnes (const double            *points,
                            guint                    n,
                            guint                    p,
                            const guint             *weights,
                            StoreDendrogramLinkage   linkage,
                            GCancellable            *cancellable,
                            GError                 **error)
{
  g_auto (Agnes) agnes = { 0 };
  g_autofree StoreDendrogramMerge *merges = NULL;

  if (n < 2)
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA,
                           _("There are fewer customers than groups to divide them into."));
      return NULL;
    }

  agnes_init (&agnes, points, n, p, weights, linkage);
  merges = g_new0 (StoreDendrogramMerge, n);
  if (!run_chains (&agnes, merges, cancellable))
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_CANCELLED, _("Stopped before the end."));
      return NULL;
    }
  return store_dendrogram_take_pairs (g_steal_pointer (&merges), n);
}
