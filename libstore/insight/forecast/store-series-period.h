/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * StoreSeriesPeriod:
 * @STORE_SERIES_DAY: a day
 * @STORE_SERIES_WEEK: a week that begins on Monday
 * @STORE_SERIES_MONTH: a calendar month
 * @STORE_SERIES_QUARTER: three months from January, April, July or October
 * @STORE_SERIES_YEAR: a calendar year
 * @STORE_SERIES_STEP: one value after another, of which only the order is known
 *
 * What one value of a series stands for.
 */
typedef enum
{
  STORE_SERIES_DAY,
  STORE_SERIES_WEEK,
  STORE_SERIES_MONTH,
  STORE_SERIES_QUARTER,
  STORE_SERIES_YEAR,
  STORE_SERIES_STEP,
} StoreSeriesPeriod;

#define STORE_SERIES_N_PERIODS (STORE_SERIES_STEP + 1)

const char *store_series_period_get_name    (StoreSeriesPeriod  every);
gint32      store_series_period_of_day      (StoreSeriesPeriod  every,
                                             gint32             day);
gint32      store_series_period_get_day     (StoreSeriesPeriod  every,
                                             gint32             period);
guint       store_series_period_get_season  (StoreSeriesPeriod  every);
guint       store_series_period_get_horizon (StoreSeriesPeriod  every);
char       *store_series_period_dup_count   (StoreSeriesPeriod  every,
                                             guint              count);

G_END_DECLS
