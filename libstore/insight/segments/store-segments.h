/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "store-model.h"
#include "store-parallel.h"
#include "store-purchase-table.h"

G_BEGIN_DECLS

#define STORE_SEGMENTS_MIN_K 2
#define STORE_SEGMENTS_MAX_K 8
#define STORE_SEGMENTS_N_FIGURES 3

/* How many customers are named as the ones most like another. */
#define STORE_SEGMENTS_N_NEAREST 3

/**
 * StoreSegmentsMethod:
 * @STORE_SEGMENTS_KMEANS: around centres
 * @STORE_SEGMENTS_AGNES: joined from below by Ward's distance
 * @STORE_SEGMENTS_DIANA: divided from above
 */
typedef enum
{
  STORE_SEGMENTS_KMEANS,
  STORE_SEGMENTS_AGNES,
  STORE_SEGMENTS_DIANA,
  STORE_SEGMENTS_N_METHODS,
} StoreSegmentsMethod;

/**
 * StoreSegmentsOptions:
 * @k: number of segments, or 0 to choose it by silhouette
 * @seed: of the random numbers
 * @n_starts: starts of k-means to take the best of
 * @method: how to divide
 * @progress: (nullable): told on the thread that computes
 * @progress_data: for @progress
 *
 * Start from %STORE_SEGMENTS_OPTIONS_INIT.
 */
typedef struct
{
  guint k;
  guint64 seed;
  guint n_starts;
  StoreSegmentsMethod method;
  StoreProgressFunc progress;
  gpointer progress_data;
} StoreSegmentsOptions;

#define STORE_SEGMENTS_OPTIONS_INIT { 0, 1, 10, STORE_SEGMENTS_KMEANS, NULL, NULL }

/**
 * StoreSegmentsScale:
 * @mean: of recency, frequency and money, each as log (1 + value)
 * @deviation: standard deviations of the same; 1 for a figure that is the same for all
 * @median: medians of the same
 *
 * What makes the three figures comparable.
 */
typedef struct
{
  double mean[STORE_SEGMENTS_N_FIGURES];
  double deviation[STORE_SEGMENTS_N_FIGURES];
  double median[STORE_SEGMENTS_N_FIGURES];
} StoreSegmentsScale;

/**
 * StoreSegment:
 * @name: what it is called, in words, no two alike in one result
 * @size: number of customers
 * @value: sum of their orders, in the currency's own unit
 * @recency: typical days since the last purchase
 * @frequency: typical number of purchases
 * @money: typical sum of orders, in the currency's own unit
 * @levels: recency, frequency and money against the median customer, -2 (far below) to 2
 *
 * One group of customers. Typical means the mean on the scale of log (1 + value).
 */
typedef struct
{
  char *name;
  guint size;
  double value;
  double recency;
  double frequency;
  double money;
  int levels[STORE_SEGMENTS_N_FIGURES];
} StoreSegment;

/**
 * StoreSegmentsCheck:
 * @held_back: customers that the centres were not made of; 0 where there was no check
 * @silhouette: of those, put to the nearest centre; NAN without a check
 * @stability: how far they go the same way by centres made of themselves, as adjusted Rand index, 1
 *   for all; NAN without a check
 * @naive_silhouette: of as many equal parts by money alone
 * @naive_stability: likewise
 *
 * Whether the groups are more than chance, on half of the customers, against the naive rule.
 */
typedef struct
{
  guint held_back;
  double silhouette;
  double stability;
  double naive_silhouette;
  double naive_stability;
} StoreSegmentsCheck;

/**
 * StoreSegments:
 * @table: the purchases
 * @options: as asked
 * @enough: whether there were enough different customers; if not, all are one group
 * @notes: (array zero-terminated=1): what the person must know about the answer, in sentences
 * @k: number of segments
 * @segments: the segments, most money first
 * @labels: for each row of the table, its segment
 * @scale: what the figures were measured by
 * @centres: @k times three figures, in standard deviations from the mean
 * @inertia: sum of squared distances to the centres, in standard deviations
 * @silhouettes: for each number of segments that was tried, how well they part; NAN where not
 * @silhouette_rows: how many customers the silhouettes were computed on
 * @n_heaps: into how many small heaps customers were put before they were divided, 0 for none
 * @from_model: whether the centres were made of other data, by store_segments_new_from_model()
 * @medians: median recency, frequency and money of those that the scale was made of
 * @check: whether the groups hold for customers that they were not made of
 *
 * Customers divided into groups that are alike in recency, frequency and money.
 */
typedef struct
{
  StorePurchaseTable *table;
  StoreSegmentsOptions options;
  gboolean enough;
  char **notes;
  guint k;
  StoreSegment *segments;
  guint32 *labels;
  StoreSegmentsScale scale;
  double *centres;
  double inertia;
  double silhouettes[STORE_SEGMENTS_MAX_K + 1];
  guint silhouette_rows;
  guint n_heaps;
  gboolean from_model;
  double medians[STORE_SEGMENTS_N_FIGURES];
  StoreSegmentsCheck check;
} StoreSegments;

StoreSegments *store_segments_new             (StorePurchaseTable          *table,
                                               const StoreSegmentsOptions  *options,
                                               GCancellable                *cancellable,
                                               GError                     **error);
StoreSegments *store_segments_new_from_model  (StoreModel                  *model,
                                               StorePurchaseTable          *table,
                                               GError                     **error);
StoreModel    *store_segments_to_model        (const StoreSegments         *self);
void           store_segments_free            (StoreSegments               *self);
char          *store_segments_dup_reason      (const StoreSegments         *self,
                                               guint                        row);
guint          store_segments_find_nearest    (const StoreSegments         *self,
                                               guint                        row,
                                               guint                       *nearest);
char          *store_segments_dup_check       (const StoreSegments         *self);
JsonNode      *store_segments_to_json         (const StoreSegments         *self);
const char    *store_segments_method_get_name (StoreSegmentsMethod          method);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreSegments, store_segments_free)

G_END_DECLS
