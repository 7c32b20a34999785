/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-purchase-table.h"
#include "store-series-period.h"

G_BEGIN_DECLS

/* Periods a series can have; more are a wrong date or a period that is too short. */
#define STORE_SERIES_MOST 20000

/**
 * STORE_SERIES_FIND_PERIOD:
 *
 * As the period of a new series: whatever suits its days.
 */
#define STORE_SERIES_FIND_PERIOD STORE_SERIES_N_PERIODS

/**
 * StoreSeriesOptions:
 * @every: a #StoreSeriesPeriod, or %STORE_SERIES_FIND_PERIOD
 * @season: periods of a season, 1 for none; 0 for what is usual
 */
typedef struct
{
  guint every;
  guint season;
} StoreSeriesOptions;

#define STORE_SERIES_OPTIONS_INIT { STORE_SERIES_FIND_PERIOD, 0 }

/**
 * StoreSeriesSum:
 * @STORE_SERIES_OF_VALUE: the value of the orders, in major units
 * @STORE_SERIES_OF_PURCHASES: the number of purchases
 *
 * What is added up over the purchases of a period.
 */
typedef enum
{
  STORE_SERIES_OF_VALUE,
  STORE_SERIES_OF_PURCHASES,
} StoreSeriesSum;

/**
 * StoreSeries:
 * @every: what one value stands for
 * @season: periods of a season, 1 for none
 * @first: the first period, see store_series_period_get_day()
 * @n: number of values
 * @values: one for each period, without gaps
 * @n_filled: how many of them were not given
 * @is_measured: whether each period had one value at most, so that gaps were filled along straight
 *   lines, and not with 0
 * @first_left_out: whether the first period was not whole and is left out
 * @last_left_out: whether the last period was not whole and is left out
 * @never_negative: whether it counts what cannot be below 0, so that no forecast shall be, either
 * @until: the last day that is in it, days since 1970-01-01; %STORE_PURCHASE_UNTIL_LAST for steps
 *
 * A regular time series.
 */
typedef struct
{
  StoreSeriesPeriod every;
  guint season;
  gint32 first;
  guint n;
  double *values;
  guint n_filled;
  gboolean is_measured;
  gboolean first_left_out;
  gboolean last_left_out;
  gboolean never_negative;
  gint32 until;
} StoreSeries;

StoreSeries *store_series_new                (const gint32              *days,
                                              const double              *values,
                                              guint                      n,
                                              const StoreSeriesOptions  *options,
                                              GError                   **error);
StoreSeries *store_series_new_from_purchases (StorePurchaseTable        *table,
                                              StoreSeriesSum             sum,
                                              const StoreSeriesOptions  *options,
                                              GError                   **error);
StoreSeries *store_series_copy               (const StoreSeries         *self);
void         store_series_free               (StoreSeries               *self);
gint32       store_series_get_day            (const StoreSeries         *self,
                                              guint                      index);
char        *store_series_dup_name           (const StoreSeries         *self,
                                              guint                      index);
char        *store_series_dup_fingerprint    (const StoreSeries         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreSeries, store_series_free)

G_END_DECLS
