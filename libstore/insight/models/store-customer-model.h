/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "store-model.h"
#include "store-purchase-model.h"
#include "store-rfm.h"

G_BEGIN_DECLS

/**
 * StoreCustomerScore:
 * @is_customer: whether there are orders; if not, nothing else says anything
 * @purchases: days with an order
 * @total: sum of all orders, in the currency's own unit
 * @silent_days: days since the last purchase
 * @enough: whether the model was made of enough data to look ahead
 * @p_alive: the probability that they are still a customer
 * @expected: purchases expected within @horizon_days
 * @has_value: whether the three values say anything
 * @value: expected value of a purchase, in the currency's own unit
 * @clv: discounted value within the horizon, in the currency's own unit
 * @horizon_days: how far ahead that is
 * @r: recency, 1 (long ago) to 5 (just now), by the limits of the model
 * @f: frequency, 1 (seldom) to 5 (often)
 * @m: money, 1 (little) to 5 (much)
 * @cell: the named field that follows
 * @has_drop: whether the drop test was made: not for newcomers, nor with too little data
 * @drop_days: the last days that it looks at
 * @drop_purchases: purchases in these days
 * @drop_expected: purchases that were to be expected
 * @drop_p: probability of so few or fewer
 * @drop_alarm: whether that is so small that the model would have raised an alarm
 * @segment: (nullable): the group of alike customers
 * @reason: why, in a sentence
 * @made: when the one model was fitted that all this comes from, milliseconds since 1970 in UTC
 * @fingerprint: of the data that it was fitted to
 *
 * What one model says of one customer. Release with store_customer_score_clear().
 */
typedef struct
{
  gboolean is_customer;
  guint purchases;
  double total;
  guint silent_days;
  gboolean enough;
  double p_alive;
  double expected;
  gboolean has_value;
  double value;
  double clv;
  double horizon_days;
  guint r;
  guint f;
  guint m;
  StoreRfmCell cell;
  gboolean has_drop;
  guint drop_days;
  guint drop_purchases;
  double drop_expected;
  double drop_p;
  gboolean drop_alarm;
  char *segment;
  char *reason;
  gint64 made;
  char *fingerprint;
} StoreCustomerScore;

void store_customer_score_clear (StoreCustomerScore *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StoreCustomerScore, store_customer_score_clear)

/**
 * StoreCustomerModel:
 *
 * All that is fitted to the customers of one currency in order to tell of one of them: who is still
 * a customer and what that is worth, limits of the RFM scores, rates against which a silence is
 * held, groups of alike customers. Fitted at once to the same data and kept as one, so that scores
 * of different fits are never mixed. Never changes; any thread.
 */
typedef struct _StoreCustomerModel StoreCustomerModel;

#define STORE_TYPE_CUSTOMER_MODEL (store_customer_model_get_type ())

GType               store_customer_model_get_type       (void);
StoreCustomerModel *store_customer_model_fit            (StorePurchaseTable        *table,
                                                         const char                *currency,
                                                         const StoreCustomerModel  *known,
                                                         GCancellable              *cancellable,
                                                         GError                   **error);
StoreCustomerModel *store_customer_model_new_from_model (StoreModel                *model,
                                                         GError                   **error);
StoreCustomerModel *store_customer_model_ref            (StoreCustomerModel        *self);
void                store_customer_model_unref          (StoreCustomerModel        *self);
StoreModel         *store_customer_model_get_model      (const StoreCustomerModel  *self);
const char         *store_customer_model_get_currency   (const StoreCustomerModel  *self);
gboolean            store_customer_model_score          (const StoreCustomerModel  *self,
                                                         StorePurchaseTable        *table,
                                                         StoreCustomerScore        *score,
                                                         GError                   **error);
gboolean            store_customer_model_holds          (const StoreCustomerModel  *self,
                                                         StorePurchaseTable        *table);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreCustomerModel, store_customer_model_unref)

G_END_DECLS
