/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store-kmeans.h"

G_BEGIN_DECLS

/* By how much a sum must fall, relatively, to count as lower. */
#define STORE_KMEANS_GAIN 1e-12

/* Points of one block: fewer run on one thread. */
#define STORE_KMEANS_BLOCK 16384

/* One search after another for a good division of the same points. Each block of the points has
 * its own part of block_sums (k times p), block_counts (k) and block_totals. */
typedef struct
{
  const double *points;
  guint n;
  guint p;
  guint k;
  guint n_blocks;
  guint64 seed;
  guint64 stream;

  double *centres;
  double *before;
  double *sums;
  double *moved;
  double *half_gap;
  double longest;
  gboolean fresh;

  double *upper;
  double *lower;
  guint32 *labels;
  guint *sizes;

  double *block_sums;
  gint *block_counts;
  double *block_totals;
  guint *block_candidates;
  gboolean *block_changed;
  guint32 *candidates;
  guint iterations;
} StoreKmeansSearch;

void     store_kmeans_search_init  (StoreKmeansSearch *self,
                                    const double      *points,
                                    guint              n,
                                    guint              p,
                                    guint              k,
                                    guint64            seed);
void     store_kmeans_search_clear (StoreKmeansSearch *self);
double   store_kmeans_search_start (StoreKmeansSearch *self,
                                    guint64            stream);
double   store_kmeans_search_lloyd (StoreKmeansSearch *self,
                                    const double      *centres);
double   store_kmeans_search_swap  (StoreKmeansSearch *self,
                                    const StoreKmeans *from,
                                    guint64            stream);

void     store_kmeans_seed_choose  (StoreKmeansSearch *self);
void     store_kmeans_seed_swap    (StoreKmeansSearch *self,
                                    guint64            stream);
gboolean store_kmeans_exchange     (StoreKmeansSearch *self);

static inline const double *
store_kmeans_get_point (const StoreKmeansSearch *self,
                        guint                    i)
{
  return self->points + (gsize) i * self->p;
}

static inline double *
store_kmeans_get_centre (const StoreKmeansSearch *self,
                         guint                    c)
{
  return self->centres + (gsize) c * self->p;
}

static inline guint
store_kmeans_get_end (const StoreKmeansSearch *self,
                      guint                    block)
{
  return MIN ((block + 1) * STORE_KMEANS_BLOCK, self->n);
}

static inline double
store_kmeans_square_distance (const double *a,
                              const double *b,
                              guint         p)
{
  double sum = 0.0;

  for (guint j = 0; j < p; j++)
    sum += (a[j] - b[j]) * (a[j] - b[j]);
  return sum;
}

G_END_DECLS
