/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * StoreSilhouetteLabels:
 * @labels: for each point, its cluster
 * @k: number of clusters
 * @silhouette: (out): mean over all points
 *
 * One division of the points.
 */
typedef struct
{
  const guint32 *labels;
  guint k;
  double silhouette;
} StoreSilhouetteLabels;

gboolean store_silhouette_find (const double           *points,
                                guint                   n,
                                guint                   p,
                                StoreSilhouetteLabels  *divisions,
                                guint                   n_divisions,
                                GCancellable           *cancellable,
                                GError                **error);
double   store_silhouette_get  (const double           *points,
                                guint                   n,
                                guint                   p,
                                const guint32          *labels,
                                guint                   k);

G_END_DECLS
