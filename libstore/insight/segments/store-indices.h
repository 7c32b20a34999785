/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * StoreIndexTiming:
 * @STORE_INDEX_END: the money arrives at the end of each period
 * @STORE_INDEX_MIDDLE: in its middle
 * @STORE_INDEX_BEGINNING: at its beginning
 */
typedef enum
{
  STORE_INDEX_END,
  STORE_INDEX_MIDDLE,
  STORE_INDEX_BEGINNING,
} StoreIndexTiming;

/**
 * StoreIndexShare:
 * @share: of the positive profit of all, 0 for who made a loss; NAN where nobody made a profit
 * @of_total: of the profit of all; NAN where that is not positive
 * @cumulative: sum of the shares of this and all more profitable ones
 */
typedef struct
{
  double share;
  double of_total;
  double cumulative;
} StoreIndexShare;

/**
 * StoreIndexErrors:
 * @mae: mean absolute error
 * @rmse: root of the mean square
 * @bias: mean of forecast less actual
 * @wape: sum of the absolute errors over the sum of the absolute actuals; NAN where that is 0
 * @mase: @mae over that of repeating the value before; NAN where that is 0
 */
typedef struct
{
  double mae;
  double rmse;
  double bias;
  double wape;
  double mase;
} StoreIndexErrors;

double   store_index_get_period_rate   (double            yearly_rate,
                                        guint             periods_a_year);
double   store_index_discount          (const double     *values,
                                        guint             n,
                                        double            rate,
                                        StoreIndexTiming  timing);
double   store_index_get_churn         (double            lost,
                                        double            at_start);
double   store_index_get_yearly_churn  (double            churn,
                                        guint             periods_a_year);
double   store_index_get_lifetime      (double            churn);
double   store_index_odds_to_p         (double            odds);
double   store_index_log_odds_to_p     (double            log_odds);
double  *store_index_scale_to_mean     (const double     *values,
                                        guint             n);
double   store_index_get_relation      (double            pleased,
                                        double            displeased,
                                        double            stayed,
                                        double            departed,
                                        double            arrived);
void     store_index_share_profit      (const double     *profits,
                                        guint             n,
                                        StoreIndexShare  *shares);
gboolean store_index_get_errors        (const double     *actual,
                                        const double     *forecast,
                                        guint             n,
                                        StoreIndexErrors *errors);

G_END_DECLS
