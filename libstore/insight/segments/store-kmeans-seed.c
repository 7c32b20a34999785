/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a search begins: k-means++ (Arthur and Vassilvitskii, 2007), each next centre a point drawn
 * in proportion to its squared distance, or in every other start the best of a few drawn so; or a
 * good division of which one centre is put elsewhere (random swap, Fränti, 2018). */

#include "config.h"

#include <math.h>
#include <string.h>

#include "store-counter-random.h"
#include "store-kmeans-private.h"
#include "store-parallel.h"

#define MOST_DRAWN 64

typedef struct
{
  StoreKmeansSearch *search;
  double *nearest;
  guint drawn[MOST_DRAWN];
  guint n_drawn;
  double *sums;
  double *totals;
} Seeding;

/* For each candidate, the sum of the distances to the nearest centre if it became one. */
static void
weigh_block (guint    block,
             gpointer data)
{
  Seeding *self = data;
  const StoreKmeansSearch *search = self->search;
  double *sums = self->sums + (gsize) block * self->n_drawn;

  memset (sums, 0, self->n_drawn * sizeof (double));
  for (guint i = block * STORE_KMEANS_BLOCK; i < store_kmeans_get_end (search, block); i++)
    for (guint t = 0; t < self->n_drawn; t++)
      {
        double there =
          store_kmeans_square_distance (store_kmeans_get_point (search, i),
                                        store_kmeans_get_point (search, self->drawn[t]),
                                        search->p);

        sums[t] += MIN (self->nearest[i], there);
      }
}

/* Takes the first candidate. */
static void
take_block (guint    block,
            gpointer data)
{
  Seeding *self = data;
  const StoreKmeansSearch *search = self->search;
  const double *taken = store_kmeans_get_point (search, self->drawn[0]);
  double total = 0.0;

  for (guint i = block * STORE_KMEANS_BLOCK; i < store_kmeans_get_end (search, block); i++)
    {
      double there = store_kmeans_square_distance (store_kmeans_get_point (search, i), taken,
                                                   search->p);

      self->nearest[i] = MIN (self->nearest[i], there);
      total += self->nearest[i];
    }
  self->totals[block] = total;
}

static double
sum_blocks (const double *values,
            guint         n_blocks,
            guint         stride)
{
  double sum = 0.0;

  for (guint block = 0; block < n_blocks; block++)
    sum += values[(gsize) block * stride];
  return sum;
}

static guint
draw_point (const Seeding *self,
            guint64        stream,
            guint64        counter)
{
  const StoreKmeansSearch *search = self->search;
  double total = sum_blocks (self->totals, search->n_blocks, 1);
  double left = store_counter_random (search->seed, stream, counter) * total;

  for (guint block = 0; block < search->n_blocks; block++)
    {
      if (left >= self->totals[block])
        {
          left -= self->totals[block];
          continue;
        }
      for (guint i = block * STORE_KMEANS_BLOCK; i < store_kmeans_get_end (search, block); i++)
        {
          left -= self->nearest[i];
          if (left < 0.0 && self->nearest[i] > 0.0)
            return i;
        }
    }
  return store_counter_random_bits (search->seed, stream, counter) % search->n;
}

/* Leaves the best of the candidates as the first. */
static void
choose_drawn (Seeding *self)
{
  guint best = 0;

  if (self->n_drawn == 1)
    return;
  store_parallel_run (self->search->n_blocks, weigh_block, self, NULL, NULL);
  for (guint t = 1; t < self->n_drawn; t++)
    if (sum_blocks (self->sums + t, self->search->n_blocks, self->n_drawn) <
        sum_blocks (self->sums + best, self->search->n_blocks, self->n_drawn))
      best = t;
  self->drawn[0] = self->drawn[best];
}

static void
take_drawn (Seeding *self,
            guint    centre)
{
  StoreKmeansSearch *search = self->search;

  memcpy (store_kmeans_get_centre (search, centre),
          store_kmeans_get_point (search, self->drawn[0]), search->p * sizeof (double));
  store_parallel_run (search->n_blocks, take_block, self, NULL, NULL);
}

static void
seeding_init (Seeding           *self,
              StoreKmeansSearch *search)
{
  *self = (Seeding) { .search = search };
  self->nearest = g_new (double, search->n);
  self->sums = g_new (double, (gsize) search->n_blocks * MOST_DRAWN);
  self->totals = g_new (double, search->n_blocks);
  for (guint i = 0; i < search->n; i++)
    self->nearest[i] = HUGE_VAL;
}

static void
seeding_clear (Seeding *self)
{
  g_free (self->nearest);
  g_free (self->sums);
  g_free (self->totals);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Seeding, seeding_clear)

/* All centres anew, drawn by the stream of the search. */
void
store_kmeans_seed_choose (StoreKmeansSearch *self)
{
  guint n_candidates = self->stream % 2 ? 1 : MIN (2 + (guint) log (self->k), MOST_DRAWN);
  guint64 counter = 0;
  g_auto (Seeding) seeding = { 0 };

  seeding_init (&seeding, self);
  seeding.n_drawn = 1;
  seeding.drawn[0] = store_counter_random_bits (self->seed, self->stream, counter++) % self->n;
  take_drawn (&seeding, 0);
  for (guint c = 1; c < self->k; c++)
    {
      seeding.n_drawn = n_candidates;
      for (guint t = 0; t < n_candidates; t++)
        seeding.drawn[t] = draw_point (&seeding, self->stream, counter++);
      choose_drawn (&seeding);
      take_drawn (&seeding, c);
    }
}

/* One centre goes to a point drawn by its distance. Which centre goes is drawn too. */
void
store_kmeans_seed_swap (StoreKmeansSearch *self,
                        guint64            stream)
{
  guint leaving = store_counter_random_bits (self->seed, stream, 0) % self->k;
  g_auto (Seeding) seeding = { 0 };
  guint coming;

  seeding_init (&seeding, self);
  for (guint block = 0; block < self->n_blocks; block++)
    {
      seeding.totals[block] = 0.0;
      for (guint i = block * STORE_KMEANS_BLOCK; i < store_kmeans_get_end (self, block); i++)
        {
          seeding.nearest[i] =
            store_kmeans_square_distance (store_kmeans_get_point (self, i),
                                          store_kmeans_get_centre (self, self->labels[i]), self->p);
          seeding.totals[block] += seeding.nearest[i];
        }
    }
  coming = draw_point (&seeding, stream, 1);
  memcpy (store_kmeans_get_centre (self, leaving), store_kmeans_get_point (self, coming),
          self->p * sizeof (double));
}
