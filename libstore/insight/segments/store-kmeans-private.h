/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store-kmeans.h"

G_BEGIN_DECLS

/* By how much a sum must fall, relatively, to count as lower. */
#define STORE_KMEANS_GAIN 1e-12

/* One search after another for a good division of the same points. */
typedef struct
{
  const double *points;
  guint n;
  guint p;
  guint k;
  guint64 seed;
  guint64 stream;

  double *centres;
  double *before;
  double *moved;
  double *half_gap;
  double *upper;
  double *lower;
  guint32 *labels;
  guint *sizes;
  guint iterations;
} StoreKmeansSearch;

void   store_kmeans_search_init  (StoreKmeansSearch *self,
                                  const double      *points,
                                  guint              n,
                                  guint              p,
                                  guint              k,
                                  guint64            seed);
void   store_kmeans_search_clear (StoreKmeansSearch *self);
double store_kmeans_search_start (StoreKmeansSearch *self,
                                  guint64            stream);
double store_kmeans_search_swap  (StoreKmeansSearch *self,
                                  const StoreKmeans *from,
                                  guint64            stream);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StoreKmeansSearch, store_kmeans_search_clear)

G_END_DECLS
