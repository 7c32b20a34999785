/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lloyd's k-means with the bounds of Hamerly ("Making k-means even faster", 2010): a point whose
 * distance to its own centre is below half the distance from there to the next centre, or below its
 * bound to all others, cannot change and is not looked at. When Lloyd stands still, single points
 * are exchanged while that lowers the sum. A cluster that runs empty takes the point that lies
 * farthest from its centre.
 *
 * A round is one pass over the points in blocks: it moves the bounds by how far the centres went,
 * gives points that changed to their new clusters and notes by block what that changes in the sums;
 * those are added in the order of the blocks, and ties go to the lower number, so the same points
 * give the same bits on any number of threads. */

#include "config.h"

#include <math.h>
#include <string.h>

#include "store-kmeans-private.h"
#include "store-parallel.h"

#define MAX_ITERATIONS 300

/* A hair of slack keeps rounding in the bounds from hiding a tie. */
#define SLACK (1.0 - 1e-12)

void
store_kmeans_search_clear (StoreKmeansSearch *self)
{
  g_free (self->centres);
  g_free (self->before);
  g_free (self->sums);
  g_free (self->moved);
  g_free (self->half_gap);
  g_free (self->upper);
  g_free (self->lower);
  g_free (self->labels);
  g_free (self->sizes);
  g_free (self->block_sums);
  g_free (self->block_counts);
  g_free (self->block_totals);
  g_free (self->block_candidates);
  g_free (self->block_changed);
  g_free (self->candidates);
}

void
store_kmeans_search_init (StoreKmeansSearch *self,
                          const double      *points,
                          guint              n,
                          guint              p,
                          guint              k,
                          guint64            seed)
{
  guint n_blocks = (n + STORE_KMEANS_BLOCK - 1) / STORE_KMEANS_BLOCK;

  *self = (StoreKmeansSearch) {
    .points = points, .n = n, .p = p, .k = k, .n_blocks = n_blocks, .seed = seed,
  };
  self->centres = g_new0 (double, (gsize) k * p);
  self->before = g_new0 (double, (gsize) k * p);
  self->sums = g_new0 (double, (gsize) k * p);
  self->moved = g_new0 (double, k);
  self->half_gap = g_new0 (double, k);
  self->upper = g_new0 (double, n);
  self->lower = g_new0 (double, n);
  self->labels = g_new0 (guint32, n);
  self->sizes = g_new0 (guint, k);
  self->block_sums = g_new0 (double, (gsize) n_blocks * k * p);
  self->block_counts = g_new0 (gint, (gsize) n_blocks * k);
  self->block_totals = g_new0 (double, n_blocks);
  self->block_candidates = g_new0 (guint, n_blocks);
  self->block_changed = g_new0 (gboolean, n_blocks);
  self->candidates = g_new0 (guint32, (gsize) n_blocks * STORE_KMEANS_BLOCK);
}

/* The nearest centre of a point, and its bounds. */
static inline guint32
look_around (StoreKmeansSearch *self,
             guint              i,
             guint              p)
{
  const double *point = self->points + (gsize) i * p;
  double first = HUGE_VAL;
  double second = HUGE_VAL;
  guint32 nearest = 0;

  for (guint c = 0; c < self->k; c++)
    {
      double distance = store_kmeans_square_distance (point, self->centres + (gsize) c * p, p);

      if (distance < first)
        {
          second = first;
          first = distance;
          nearest = c;
        }
      else if (distance < second)
        second = distance;
    }
  self->upper[i] = sqrt (first);
  self->lower[i] = sqrt (second);
  return nearest;
}

static inline void
note_change (StoreKmeansSearch *self,
             guint              block,
             guint              i,
             guint              p,
             guint32            label,
             int                sign)
{
  double *sums = self->block_sums + ((gsize) block * self->k + label) * p;

  self->block_counts[(gsize) block * self->k + label] += sign;
  for (guint j = 0; j < p; j++)
    sums[j] += sign * self->points[(gsize) i * p + j];
}

/* Whether the bounds show that a point stays where it is. */
static inline gboolean
stays (StoreKmeansSearch *self,
       guint              i,
       guint              p,
       guint32            label)
{
  double bound;

  self->upper[i] += self->moved[label];
  self->lower[i] -= self->longest;
  bound = MAX (self->half_gap[label], self->lower[i]);
  if (self->upper[i] < bound * SLACK)
    return TRUE;
  self->upper[i] = sqrt (store_kmeans_square_distance (self->points + (gsize) i * p,
                                                       self->centres + (gsize) label * p, p));
  return self->upper[i] < bound * SLACK;
}

static inline void
assign_range (StoreKmeansSearch *self,
              guint              block,
              guint              p)
{
  gboolean changed = FALSE;

  for (guint i = block * STORE_KMEANS_BLOCK; i < store_kmeans_get_end (self, block); i++)
    {
      guint32 label = self->labels[i];

      if (!self->fresh && stays (self, i, p, label))
        continue;
      self->labels[i] = look_around (self, i, p);
      if (!self->fresh && self->labels[i] == label)
        continue;
      if (!self->fresh)
        note_change (self, block, i, p, label, -1);
      note_change (self, block, i, p, self->labels[i], 1);
      changed = TRUE;
    }
  self->block_changed[block] = changed;
}

/* Three numbers a point, as all customers have, is worth a loop of its own. */
static void
assign_block (guint    block,
              gpointer data)
{
  StoreKmeansSearch *self = data;

  memset (self->block_sums + (gsize) block * self->k * self->p, 0,
          (gsize) self->k * self->p * sizeof (double));
  memset (self->block_counts + (gsize) block * self->k, 0, self->k * sizeof (gint));
  if (self->p == 3)
    assign_range (self, block, 3);
  else
    assign_range (self, block, self->p);
}

static void
find_half_gaps (StoreKmeansSearch *self)
{
  for (guint c = 0; c < self->k; c++)
    {
      double gap = HUGE_VAL;

      for (guint d = 0; d < self->k; d++)
        if (d != c)
          gap = MIN (gap, store_kmeans_square_distance (store_kmeans_get_centre (self, c),
                                                        store_kmeans_get_centre (self, d),
                                                        self->p));
      self->half_gap[c] = sqrt (gap) / 2.0;
    }
}

static gboolean
add_blocks (StoreKmeansSearch *self)
{
  gboolean changed = FALSE;

  if (self->fresh)
    {
      memset (self->sums, 0, (gsize) self->k * self->p * sizeof (double));
      memset (self->sizes, 0, self->k * sizeof (guint));
    }
  for (guint block = 0; block < self->n_blocks; block++)
    {
      const double *sums = self->block_sums + (gsize) block * self->k * self->p;
      const gint *counts = self->block_counts + (gsize) block * self->k;

      changed |= self->block_changed[block];
      for (guint j = 0; self->block_changed[block] && j < self->k * self->p; j++)
        self->sums[j] += sums[j];
      for (guint c = 0; self->block_changed[block] && c < self->k; c++)
        self->sizes[c] += counts[c];
    }
  return changed;
}

static gboolean
assign_points (StoreKmeansSearch *self)
{
  gboolean changed;

  find_half_gaps (self);
  store_parallel_run (self->n_blocks, assign_block, self, NULL, NULL);
  changed = add_blocks (self);
  self->fresh = FALSE;
  return changed;
}

static void
fill_empty (StoreKmeansSearch *self,
            guint              empty)
{
  double farthest = -1.0;
  guint which = 0;

  for (guint i = 0; i < self->n; i++)
    {
      guint32 label = self->labels[i];
      double distance = store_kmeans_square_distance (store_kmeans_get_point (self, i),
                                                      store_kmeans_get_centre (self, label),
                                                      self->p);

      if (self->sizes[label] > 1 && distance > farthest)
        {
          farthest = distance;
          which = i;
        }
    }
  for (guint j = 0; j < self->p; j++)
    {
      double number = store_kmeans_get_point (self, which)[j];

      self->sums[self->labels[which] * self->p + j] -= number;
      self->sums[empty * self->p + j] = number;
    }
  self->sizes[self->labels[which]]--;
  self->labels[which] = empty;
  self->upper[which] = HUGE_VAL;
  self->lower[which] = 0.0;
  self->sizes[empty] = 1;
}

static gboolean
fill_all_empty (StoreKmeansSearch *self)
{
  gboolean filled = FALSE;

  for (guint c = 0; c < self->k; c++)
    if (self->sizes[c] == 0)
      {
        fill_empty (self, c);
        filled = TRUE;
      }
  return filled;
}

static void
average_points (StoreKmeansSearch *self)
{
  memcpy (self->before, self->centres, (gsize) self->k * self->p * sizeof (double));
  self->longest = 0.0;
  for (guint c = 0; c < self->k; c++)
    {
      double *centre = store_kmeans_get_centre (self, c);

      for (guint j = 0; j < self->p; j++)
        centre[j] = self->sums[c * self->p + j] / self->sizes[c];
      self->moved[c] = sqrt (store_kmeans_square_distance (centre,
                                                           self->before + (gsize) c * self->p,
                                                           self->p));
      self->longest = MAX (self->longest, self->moved[c]);
    }
}

static void
run_lloyd (StoreKmeansSearch *self)
{
  gboolean changed = TRUE;

  while (changed && self->iterations < MAX_ITERATIONS)
    {
      changed = assign_points (self);
      changed |= fill_all_empty (self);
      average_points (self);
      self->iterations++;
    }
}

static void
sum_block (guint    block,
           gpointer data)
{
  StoreKmeansSearch *self = data;
  double *sums = self->block_sums + (gsize) block * self->k * self->p;

  memset (sums, 0, (gsize) self->k * self->p * sizeof (double));
  for (guint i = block * STORE_KMEANS_BLOCK; i < store_kmeans_get_end (self, block); i++)
    for (guint j = 0; j < self->p; j++)
      sums[self->labels[i] * self->p + j] += store_kmeans_get_point (self, i)[j];
}

/* Sums that were carried through many rounds hold their rounding errors; the last centres do
 * not. */
static void
centre_exactly (StoreKmeansSearch *self)
{
  store_parallel_run (self->n_blocks, sum_block, self, NULL, NULL);
  memset (self->sums, 0, (gsize) self->k * self->p * sizeof (double));
  for (guint block = 0; block < self->n_blocks; block++)
    for (guint j = 0; j < self->k * self->p; j++)
      self->sums[j] += self->block_sums[(gsize) block * self->k * self->p + j];
  average_points (self);
}

static void
sum_distances_block (guint    block,
                     gpointer data)
{
  StoreKmeansSearch *self = data;
  double sum = 0.0;

  for (guint i = block * STORE_KMEANS_BLOCK; i < store_kmeans_get_end (self, block); i++)
    sum += store_kmeans_square_distance (store_kmeans_get_point (self, i),
                                         store_kmeans_get_centre (self, self->labels[i]), self->p);
  self->block_totals[block] = sum;
}

static double
sum_distances (StoreKmeansSearch *self)
{
  double sum = 0.0;

  store_parallel_run (self->n_blocks, sum_distances_block, self, NULL, NULL);
  for (guint block = 0; block < self->n_blocks; block++)
    sum += self->block_totals[block];
  return sum;
}

static void
begin (StoreKmeansSearch *self)
{
  self->fresh = TRUE;
  self->iterations = 0;
  run_lloyd (self);
}

static double
run_to_rest (StoreKmeansSearch *self)
{
  begin (self);
  while (self->iterations < MAX_ITERATIONS && store_kmeans_exchange (self))
    run_lloyd (self);
  centre_exactly (self);
  return sum_distances (self);
}

/* Returns the sum of squared distances that was reached. */
double
store_kmeans_search_start (StoreKmeansSearch *self,
                           guint64            stream)
{
  self->stream = stream;
  store_kmeans_seed_choose (self);
  return run_to_rest (self);
}

/* Lloyd's rounds alone, from the given centres. */
double
store_kmeans_search_lloyd (StoreKmeansSearch *self,
                           const double      *centres)
{
  memcpy (self->centres, centres, (gsize) self->k * self->p * sizeof (double));
  begin (self);
  centre_exactly (self);
  return sum_distances (self);
}

/* From a division of which one centre is put elsewhere. */
double
store_kmeans_search_swap (StoreKmeansSearch *self,
                          const StoreKmeans *from,
                          guint64            stream)
{
  memcpy (self->centres, from->centres, (gsize) self->k * self->p * sizeof (double));
  memcpy (self->labels, from->labels, self->n * sizeof (guint32));
  store_kmeans_seed_swap (self, stream);
  return run_to_rest (self);
}
