/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-dendrogram.h"

G_BEGIN_DECLS

/* What others tell of clusters, by its definition. */
double   cluster_criteria_calinski      (const double          *points,
                                         guint                  n,
                                         guint                  p,
                                         const guint32         *labels,
                                         guint                  k);
double   cluster_criteria_davies        (const double          *points,
                                         guint                  n,
                                         guint                  p,
                                         const guint32         *labels,
                                         guint                  k);
double   cluster_criteria_cophenetic    (const double          *points,
                                         guint                  p,
                                         const StoreDendrogram *tree);
double   cluster_criteria_coefficient   (const StoreDendrogram *tree);
gboolean cluster_criteria_is_order      (const StoreDendrogram *tree,
                                         const guint           *places);
/* Returns the mean distance to the nearest of some of the points. */
double   cluster_criteria_label_nearest (const double          *points,
                                         guint                  n,
                                         guint                  p,
                                         const guint           *members,
                                         guint                  k,
                                         guint32               *labels);

G_END_DECLS
