/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * StoreDendrogramMerge:
 * @left: a point below n, or n plus the number of an earlier merge
 * @right: likewise
 * @height: at which the two become one
 * @size: points in the two together, whatever they weigh
 */
typedef struct
{
  guint32 left;
  guint32 right;
  double height;
  guint size;
} StoreDendrogramMerge;

/**
 * StoreDendrogram:
 * @n: number of points
 * @merges: @n - 1 merges, by height
 *
 * A tree of clusters, from single points to all of them.
 */
typedef struct
{
  guint n;
  StoreDendrogramMerge *merges;
} StoreDendrogram;

/**
 * StoreDendrogramLinkage:
 * @STORE_LINKAGE_SINGLE: distance of the nearest two points
 * @STORE_LINKAGE_COMPLETE: distance of the farthest two points
 * @STORE_LINKAGE_AVERAGE: mean distance of all pairs
 * @STORE_LINKAGE_WARD: how much the sum of squares grows
 */
typedef enum
{
  STORE_LINKAGE_SINGLE,
  STORE_LINKAGE_COMPLETE,
  STORE_LINKAGE_AVERAGE,
  STORE_LINKAGE_WARD,
} StoreDendrogramLinkage;

StoreDendrogram *store_dendrogram_new_agnes (const double            *points,
                                             guint                    n,
                                             guint                    p,
                                             const guint             *weights,
                                             StoreDendrogramLinkage   linkage,
                                             GCancellable            *cancellable,
                                             GError                 **error);
StoreDendrogram *store_dendrogram_new_diana (const double            *points,
                                             guint                    n,
                                             guint                    p,
                                             const guint             *weights,
                                             GCancellable            *cancellable,
                                             GError                 **error);
StoreDendrogram *store_dendrogram_take_pairs (StoreDendrogramMerge   *pairs,
                                              guint                   n);
guint32         *store_dendrogram_cut       (const StoreDendrogram   *self,
                                             guint                    k);
void             store_dendrogram_free      (StoreDendrogram         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreDendrogram, store_dendrogram_free)

G_END_DECLS
