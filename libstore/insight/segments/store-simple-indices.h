/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "store-indices.h"
#include "store-purchase-table.h"

G_BEGIN_DECLS

/**
 * StoreSimpleIndicesOptions:
 * @period_days: length of a period
 * @n_ahead: how many periods of forecast revenue the simple CLV sums
 * @yearly_rate: interest a year, .1 for 10 %
 * @timing: when in a period the money arrives
 * @pleased: S, how many said that they are satisfied; below 0 where nobody was asked
 * @displeased: B, how many complained; below 0 likewise
 * @asked: how many an offer was sent to; below 0 where there was none
 * @answered: how many of those answered it
 *
 * Start from %STORE_SIMPLE_INDICES_OPTIONS_INIT.
 */
typedef struct
{
  guint period_days;
  guint n_ahead;
  double yearly_rate;
  StoreIndexTiming timing;
  double pleased;
  double displeased;
  double asked;
  double answered;
} StoreSimpleIndicesOptions;

#define STORE_SIMPLE_INDICES_OPTIONS_INIT { 30, 12, 0.1, STORE_INDEX_END, -1.0, -1.0, -1.0, -1.0 }

/**
 * StoreSimpleIndex:
 * @STORE_SIMPLE_INDEX_CHURN: of those who bought in the period before, the share that did not in
 *   the last one
 * @STORE_SIMPLE_INDEX_RETENTION: its complement
 * @STORE_SIMPLE_INDEX_YEARLY_CHURN: what the churn of a period comes to in a year
 * @STORE_SIMPLE_INDEX_LIFETIME: for how many periods a customer stays at that churn
 * @STORE_SIMPLE_INDEX_LOYALTY: share of the customers who bought more than once
 * @STORE_SIMPLE_INDEX_SATISFACTION: share of the pleased among those who said something
 * @STORE_SIMPLE_INDEX_RESPONSE: share of those asked who answered
 * @STORE_SIMPLE_INDEX_RELATION: V = R · C · T, each part from 0 to 1
 *
 * What is told of the whole business.
 */
typedef enum
{
  STORE_SIMPLE_INDEX_CHURN,
  STORE_SIMPLE_INDEX_RETENTION,
  STORE_SIMPLE_INDEX_YEARLY_CHURN,
  STORE_SIMPLE_INDEX_LIFETIME,
  STORE_SIMPLE_INDEX_LOYALTY,
  STORE_SIMPLE_INDEX_SATISFACTION,
  STORE_SIMPLE_INDEX_RESPONSE,
  STORE_SIMPLE_INDEX_RELATION,
  STORE_SIMPLE_INDEX_N,
} StoreSimpleIndex;

/**
 * StoreSimpleIndexValue:
 * @value: the index; NAN where it means nothing
 * @low: lower end of its 95 % interval by Wilson, for a share; else NAN
 * @high: upper end
 */
typedef struct
{
  double value;
  double low;
  double high;
} StoreSimpleIndexValue;

/**
 * StoreSimpleIndicesCustomer:
 * @p: probability to buy within a period
 * @arpu: mean value of a period in which they bought, in the currency's own unit
 * @rfm: sum of the scores of recency, frequency and money, as an index of mean 1
 * @expected: P · ARPU · RFM, the value expected of the next period
 * @clv: simple CLV, P · ARPU of the periods ahead, discounted
 * @share: of the value that all customers brought in
 */
typedef struct
{
  double p;
  double arpu;
  double rfm;
  double expected;
  double clv;
  StoreIndexShare share;
} StoreSimpleIndicesCustomer;

/**
 * StoreSimpleIndicesCheck:
 * @n_customers: of which the last period was forecast from what came before; 0 for no check
 * @errors: of P · ARPU · RFM
 * @plain_errors: of P · ARPU
 * @naive_errors: of the value of the period before
 */
typedef struct
{
  guint n_customers;
  StoreIndexErrors errors;
  StoreIndexErrors plain_errors;
  StoreIndexErrors naive_errors;
} StoreSimpleIndicesCheck;

/**
 * StoreSimpleIndices:
 * @table: the purchases
 * @options: as asked
 * @enough: whether there was a whole period to compare with the one before
 * @notes: (array zero-terminated=1): what the person must know about the answer, in sentences
 * @at_start: customers who bought in the period before the last
 * @stayed: of those, who bought in the last one too
 * @arrived: who bought for the first time in the last period
 * @period_rate: interest of one period
 * @values: by #StoreSimpleIndex
 * @customers: for each row of the table
 * @check: how the forecast of the last period would have done
 */
typedef struct
{
  StorePurchaseTable *table;
  StoreSimpleIndicesOptions options;
  gboolean enough;
  char **notes;
  guint at_start;
  guint stayed;
  guint arrived;
  double period_rate;
  StoreSimpleIndexValue values[STORE_SIMPLE_INDEX_N];
  StoreSimpleIndicesCustomer *customers;
  StoreSimpleIndicesCheck check;
} StoreSimpleIndices;

StoreSimpleIndices *store_simple_indices_new        (StorePurchaseTable               *table,
                                                     const StoreSimpleIndicesOptions  *options,
                                                     GCancellable                     *cancellable,
                                                     GError                          **error);
void                store_simple_indices_free       (StoreSimpleIndices               *self);
char               *store_simple_indices_dup_reason (const StoreSimpleIndices         *self,
                                                     guint                             row);
JsonNode           *store_simple_indices_to_json    (const StoreSimpleIndices         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreSimpleIndices, store_simple_indices_free)

G_END_DECLS
