/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Hartigan's exchange: moving a point away saves n/(n-1) of its square distance, adding it
 * elsewhere costs n/(n+1). Many of Lloyd's resting places are not minima under such moves. Which points might
 * gain is found in blocks with the centres as they are; the moves themselves go one by one in the
 * order of the points, each with the centres that the last one left. */

#include "config.h"

#include <math.h>
#include <string.h>

#include "store-kmeans-private.h"
#include "store-parallel.h"

/* The cluster that a point would best move to, or its own. */
static guint
find_better (const StoreKmeansSearch *self,
             guint                    i)
{
  const double *point = store_kmeans_get_point (self, i);
  guint from = self->labels[i];
  double n_from = self->sizes[from];
  guint best = from;
  double least;

  if (self->sizes[from] < 2)
    return from;

  least = store_kmeans_square_distance (point, store_kmeans_get_centre (self, from), self->p) *
          n_from / (n_from - 1.0) * (1.0 - STORE_KMEANS_GAIN);
  for (guint c = 0; c < self->k; c++)
    {
      double n_to = self->sizes[c];
      double cost;

      if (c == from)
        continue;
      cost = store_kmeans_square_distance (point, store_kmeans_get_centre (self, c), self->p) *
             n_to / (n_to + 1.0);
      if (cost < least)
        {
          least = cost;
          best = c;
        }
    }
  return best;
}

static double
find_smallest_share (const StoreKmeansSearch *self)
{
  double smallest = self->n;

  for (guint c = 0; c < self->k; c++)
    smallest = MIN (smallest, self->sizes[c]);
  return smallest / (smallest + 1.0);
}

/* The bounds say of nearly all points that they cannot gain. */
static void
screen_block (guint    block,
              gpointer data)
{
  StoreKmeansSearch *self = data;
  guint32 *found = self->candidates + (gsize) block * STORE_KMEANS_BLOCK;
  double share = find_smallest_share (self);
  guint n_found = 0;

  for (guint i = block * STORE_KMEANS_BLOCK; i < store_kmeans_get_end (self, block); i++)
    {
      guint32 label = self->labels[i];
      double upper = self->upper[i] + self->moved[label];
      double lower = self->lower[i] - self->longest;
      double n_from = self->sizes[label];

      if (lower > 0.0 && n_from > 1.0 &&
          upper * upper * n_from / (n_from - 1.0) < lower * lower * share * (1.0 - 1e-12))
        continue;
      if (find_better (self, i) != label)
        found[n_found++] = i;
    }
  self->block_candidates[block] = n_found;
}

static void
move_point (StoreKmeansSearch *self,
            guint              i,
            guint              to)
{
  const double *point = store_kmeans_get_point (self, i);
  guint from = self->labels[i];
  double *left = store_kmeans_get_centre (self, from);
  double *joined = store_kmeans_get_centre (self, to);

  self->sizes[from]--;
  self->sizes[to]++;
  for (guint j = 0; j < self->p; j++)
    {
      left[j] -= (point[j] - left[j]) / self->sizes[from];
      joined[j] += (point[j] - joined[j]) / self->sizes[to];
      self->sums[from * self->p + j] -= point[j];
      self->sums[to * self->p + j] += point[j];
    }
  self->labels[i] = to;
}

/* A point that moved has no bounds any more; those of the others follow from how far the centres
 * went. */
gboolean
store_kmeans_exchange (StoreKmeansSearch *self)
{
  g_autofree double *before = g_memdup2 (self->centres,
                                         (gsize) self->k * self->p * sizeof (double));
  gboolean any = FALSE;

  store_parallel_run (self->n_blocks, screen_block, self, NULL, NULL);
  for (guint block = 0; block < self->n_blocks; block++)
    for (guint f = 0; f < self->block_candidates[block]; f++)
      {
        guint i = self->candidates[(gsize) block * STORE_KMEANS_BLOCK + f];
        guint to = find_better (self, i);

        if (to == self->labels[i])
          continue;
        move_point (self, i, to);
        self->upper[i] = HUGE_VAL;
        self->lower[i] = 0.0;
        any = TRUE;
      }
  for (guint c = 0; c < self->k; c++)
    self->moved[c] += sqrt (store_kmeans_square_distance (store_kmeans_get_centre (self, c),
                                                          before + (gsize) c * self->p, self->p));
  self->longest = 0.0;
  for (guint c = 0; c < self->k; c++)
    self->longest = MAX (self->longest, self->moved[c]);
  return any;
}
