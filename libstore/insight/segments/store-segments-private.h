/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store-segments.h"

G_BEGIN_DECLS

enum { STORE_SEGMENTS_RECENCY, STORE_SEGMENTS_FREQUENCY, STORE_SEGMENTS_MONEY };

/* Points divided into @k clusters; what @silhouettes holds is NAN where it was not computed. */
typedef struct
{
  guint k;
  guint32 *labels;
  double *centres;
  double silhouettes[STORE_SEGMENTS_MAX_K + 1];
  guint silhouette_rows;
  guint n_heaps;
} StoreSegmentsDivision;

void     store_segments_scale_init      (StoreSegmentsScale          *self,
                                         const StorePurchaseTable    *table);
double  *store_segments_find_points     (const StorePurchaseTable    *table,
                                         const StoreSegmentsScale    *scale);
void     store_segments_find_point      (const StorePurchaseTable    *table,
                                         const StoreSegmentsScale    *scale,
                                         guint                        row,
                                         double                      *point);
guint32  store_segments_find_centre     (const double                *centres,
                                         guint                        k,
                                         const double                *point,
                                         guint32                      except);

void     store_segments_division_clear  (StoreSegmentsDivision       *self);
gboolean store_segments_division_choose (StoreSegmentsDivision       *self,
                                         const double                *points,
                                         guint                        n,
                                         guint                        highest_k,
                                         const StoreSegmentsOptions  *options,
                                         GCancellable                *cancellable,
                                         GError                     **error);
gboolean store_segments_division_make   (StoreSegmentsDivision       *self,
                                         const double                *points,
                                         guint                        n,
                                         guint                        k,
                                         const StoreSegmentsOptions  *options,
                                         GCancellable                *cancellable,
                                         GError                     **error);

gboolean store_segments_check_points    (StoreSegmentsCheck          *self,
                                         const double                *points,
                                         guint                        n,
                                         guint                        k,
                                         const StoreSegmentsOptions  *options,
                                         GCancellable                *cancellable,
                                         GError                     **error);

void     store_segments_fill            (StoreSegments               *self);
char   **store_segments_dup_notes       (const StoreSegments         *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StoreSegmentsDivision, store_segments_division_clear)

G_END_DECLS
