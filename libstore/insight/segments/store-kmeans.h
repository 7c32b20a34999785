/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * StoreKmeans:
 * @n: number of points
 * @p: numbers in a point
 * @k: number of clusters
 * @centres: @k centres, row by row
 * @labels: for each point, its cluster
 * @sizes: for each cluster, its points
 * @inertia: sum of the squared distances of the points to their centres
 * @iterations: of the best start
 *
 * A division of points into clusters around centres, largest cluster first.
 */
typedef struct
{
  guint n;
  guint p;
  guint k;
  double *centres;
  guint32 *labels;
  guint *sizes;
  double inertia;
  guint iterations;
} StoreKmeans;

StoreKmeans *store_kmeans_new            (const double  *points,
                                          guint          n,
                                          guint          p,
                                          guint          k,
                                          guint          n_starts,
                                          guint64        seed,
                                          GCancellable  *cancellable,
                                          GError       **error);
void         store_kmeans_free           (StoreKmeans   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreKmeans, store_kmeans_free)

G_END_DECLS
