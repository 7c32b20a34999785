/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-purchase-table.h"

G_BEGIN_DECLS

/**
 * StorePurchasePatterns:
 * @n: number of distinct patterns
 * @x: repeat purchases
 * @t_x: weeks from the first purchase to the last
 * @T: weeks from the first purchase to the cut
 * @weight: number of customers with the pattern
 * @n_rows: number of rows of the table
 * @row_pattern: for each row of the table, its pattern
 * @n_customers: sum of the weights
 * @n_repeaters: customers with at least one repeat purchase
 * @n_repeats: sum of the repeat purchases
 * @mean_T: mean of @T over the customers
 *
 * The distinct (x, t_x, T) of a table, sorted by x, then t_x, then T. Customers of one pattern
 * have one likelihood and one forecast, so every model works on patterns: 2,357 customers of
 * CDNOW have 1,100 of them, a million customers at most some hundred thousand.
 */
typedef struct
{
  guint n;
  double *x;
  double *t_x;
  double *T;
  double *weight;

  guint n_rows;
  guint32 *row_pattern;

  double n_customers;
  guint n_repeaters;
  double n_repeats;
  double mean_T;
} StorePurchasePatterns;

StorePurchasePatterns *store_purchase_patterns_new     (const StorePurchaseTable    *table);
StorePurchasePatterns *store_purchase_patterns_take    (guint                        n,
                                                        double                      *x,
                                                        double                      *t_x,
                                                        double                      *T,
                                                        double                      *weight);
StorePurchasePatterns *store_purchase_patterns_coarsen (const StorePurchasePatterns *self,
                                                        guint                        steps);
double                *store_purchase_patterns_count_above
                                                       (const StorePurchasePatterns *self,
                                                        guint                       *n);
void                   store_purchase_patterns_free    (StorePurchasePatterns       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StorePurchasePatterns, store_purchase_patterns_free)

G_END_DECLS
