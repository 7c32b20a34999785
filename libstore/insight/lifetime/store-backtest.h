/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "store-indices.h"
#include "store-purchase-model.h"

G_BEGIN_DECLS

/**
 * StoreBacktest:
 * @model: fitted to the time up to @start alone
 * @start: last day that the model saw
 * @days: days held back after it
 * @n_customers: customers of the time before
 * @actual: purchases that they made in the days held back
 * @predicted: purchases that the model expected
 * @errors: of the model, a customer at a time
 * @naive_predicted: purchases by the rule that everybody goes on at their own rate
 * @naive_errors: of that rule
 * @helps: whether the model has the smaller mean absolute error
 *
 * How well the forecast would have done: made from the past of an earlier day, and compared with
 * what came.
 */
typedef struct
{
  StorePurchaseModel model;
  gint32 start;
  guint days;
  guint n_customers;
  double actual;
  double predicted;
  StoreIndexErrors errors;
  double naive_predicted;
  StoreIndexErrors naive_errors;
  gboolean helps;
} StoreBacktest;

StoreBacktest *store_backtest_new         (StorePurchaseTable              *table,
                                           const StorePurchaseModelOptions *options,
                                           guint                            days,
                                           guint                            min_repeaters,
                                           GCancellable                    *cancellable,
                                           GError                         **error);
void           store_backtest_free        (StoreBacktest                   *self);
char          *store_backtest_dup_verdict (const StoreBacktest             *self);
JsonNode      *store_backtest_to_json     (const StoreBacktest             *self);
double        *store_backtest_count_later (const StorePurchaseTable        *table,
                                           gint32                           start,
                                           guint                           *n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreBacktest, store_backtest_free)

G_END_DECLS
