/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "store-purchase-table.h"

G_BEGIN_DECLS

/**
 * StoreCohortMonth:
 * @year: year of the month
 * @month: 1 to 12
 * @active: customers who bought in it
 * @arrived: of these, the ones who bought for the first time
 * @before: customers who bought in the month before
 * @retained: of the ones before, those who bought in this month too
 *
 * One month of a business. Retention is @retained / @before and churn is its complement.
 */
typedef struct
{
  guint year;
  guint month;
  guint active;
  guint arrived;
  guint before;
  guint retained;
} StoreCohortMonth;

/**
 * StoreCohortsCheck:
 * @n: months whose churn was forecast from the months before; 0 where there were too few
 * @mae: mean error of the mean churn of all months before
 * @naive_mae: of the churn of the month before
 */
typedef struct
{
  guint n;
  double mae;
  double naive_mae;
} StoreCohortsCheck;

/**
 * StoreCohorts:
 * @table: the purchases
 * @n: number of months from the first purchase of all to the cut
 * @months: the months
 * @counts: for each month of arrival, @n numbers: how many of its customers bought 0, 1, 2 ...
 *   months later
 * @n_repeaters: customers with more than one order
 * @n_orders: orders of all
 * @value: sum of all orders, in the currency's own unit
 * @top_share: share of @value that comes from the best fifth of the customers; NAN where @value is
 *   not positive
 * @check: how well earlier months tell the churn of a later one
 *
 * Customers by the month of their first purchase, and how many of them came back when.
 */
typedef struct
{
  StorePurchaseTable *table;
  guint n;
  StoreCohortMonth *months;
  guint *counts;
  guint n_repeaters;
  guint64 n_orders;
  double value;
  double top_share;
  StoreCohortsCheck check;
} StoreCohorts;

StoreCohorts *store_cohorts_new           (StorePurchaseTable     *table,
                                           GError                **error);
void          store_cohorts_free          (StoreCohorts           *self);
guint         store_cohorts_get_count     (const StoreCohorts     *self,
                                           guint                   cohort,
                                           guint                   age);
double        store_cohorts_get_retention (const StoreCohortMonth *month);
double        store_cohorts_get_churn     (const StoreCohortMonth *month);
char         *store_cohorts_dup_check     (const StoreCohorts     *self);
JsonNode     *store_cohorts_to_json       (const StoreCohorts     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreCohorts, store_cohorts_free)

G_END_DECLS
