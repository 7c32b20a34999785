/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * StoreMicroClusters:
 * @n: how many there are
 * @p: numbers in a point
 * @centres: @n means, row by row
 * @sizes: for each, its points
 * @labels: for each point, its micro-cluster
 *
 * Many points in a few thousand small heaps, for methods that take time by the square.
 */
typedef struct
{
  guint n;
  guint p;
  double *centres;
  guint *sizes;
  guint32 *labels;
} StoreMicroClusters;

StoreMicroClusters *store_micro_clusters_new  (const double       *points,
                                               guint               n,
                                               guint               p,
                                               guint               most);
void                store_micro_clusters_free (StoreMicroClusters *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreMicroClusters, store_micro_clusters_free)

G_END_DECLS
