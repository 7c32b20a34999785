/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "store-purchase-table.h"

G_BEGIN_DECLS

#define STORE_SEGMENTS_MIN_K 2
#define STORE_SEGMENTS_MAX_K 8

/**
 * StoreSegmentsOptions:
 * @k: number of segments, or 0 to choose it by silhouette
 * @seed: of the random numbers
 * @n_starts: starts of k-means to take the best of
 *
 * Start from %STORE_SEGMENTS_OPTIONS_INIT.
 */
typedef struct
{
  guint k;
  guint64 seed;
  guint n_starts;
} StoreSegmentsOptions;

#define STORE_SEGMENTS_OPTIONS_INIT { 0, 1, 10 }

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
  int levels[3];
} StoreSegment;

/**
 * StoreSegments:
 * @table: the purchases
 * @options: as asked
 * @k: number of segments
 * @segments: the segments, most money first
 * @labels: for each row of the table, its segment
 * @inertia: sum of squared distances to the centres, in standard deviations
 * @silhouettes: for each number of segments that was tried, how well they part; NAN where not
 * @silhouette_rows: how many customers the silhouettes were computed on
 * @medians: median recency, frequency and money of all customers
 *
 * Customers divided into groups that are alike in recency, frequency and money.
 */
typedef struct
{
  StorePurchaseTable *table;
  StoreSegmentsOptions options;
  guint k;
  StoreSegment *segments;
  guint32 *labels;
  double inertia;
  double silhouettes[STORE_SEGMENTS_MAX_K + 1];
  guint silhouette_rows;
  double medians[3];
} StoreSegments;

StoreSegments *store_segments_new  (StorePurchaseTable          *table,
                                    const StoreSegmentsOptions  *options,
                                    GCancellable                *cancellable,
                                    GError                     **error);
void           store_segments_free (StoreSegments               *self);
JsonNode      *store_segments_to_json (const StoreSegments      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreSegments, store_segments_free)

G_END_DECLS
