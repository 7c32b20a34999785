/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-customer-model-private.h"

#include "store-segments.h"

/* A misfit less likely than this is no chance. */
#define TEST_LEVEL 0.05

void
store_customer_score_clear (StoreCustomerScore *self)
{
  g_clear_pointer (&self->segment, g_free);
  g_clear_pointer (&self->reason, g_free);
  g_clear_pointer (&self->fingerprint, g_free);
}

static void
tell_past (StorePurchaseTable *table,
           StoreCustomerScore *score)
{
  const StorePurchaseColumns *columns = store_purchase_table_get_columns (table);

  score->purchases = columns->purchases[0];
  score->total = store_purchase_table_to_major (table, (double) columns->value[0]);
  score->silent_days = (guint) (columns->until - columns->last_day[0]);
}

static gboolean
score_clv (const StoreCustomerModel  *self,
           StorePurchaseTable        *table,
           StoreCustomerScore        *score,
           GError                   **error)
{
  g_autoptr (StoreClv) clv = NULL;

  if (self->enough)
    clv = store_clv_new_with (table, &self->options, &self->purchases,
                              self->has_spend ? &self->spend : NULL, NULL, error);
  else
    clv = store_clv_new (table, &self->options, NULL, error);
  if (clv == NULL)
    return FALSE;

  score->enough = self->enough;
  score->horizon_days = self->options.horizon_days;
  score->reason = store_clv_dup_reason (clv, 0);
  if (!self->enough)
    return TRUE;
  score->p_alive = clv->p_alive[0];
  score->expected = clv->expected[0];
  score->has_value = clv->has_spend;
  if (!clv->has_spend)
    return TRUE;
  score->value = clv->value[0];
  score->clv = clv->clv[0];
  return TRUE;
}

static void
score_rfm (const StoreCustomerModel *self,
           StorePurchaseTable       *table,
           StoreCustomerScore       *score)
{
  g_autoptr (StoreRfm) rfm = store_rfm_new_by_limits (table, STORE_RFM_PURCHASES, &self->limits);

  score->r = rfm->r[0];
  score->f = rfm->f[0];
  score->m = rfm->m[0];
  score->cell = rfm->cell[0];
}

static gboolean
score_drop (const StoreCustomerModel  *self,
            StorePurchaseTable        *table,
            StoreCustomerScore        *score,
            GError                   **error)
{
  g_autoptr (StoreDrops) drops = NULL;
  StoreClvOptions unused;
  StoreDropsOptions options;
  const StoreDrop *drop;

  if (!self->has_rates)
    return TRUE;
  store_customer_model_get_options (&unused, &options);
  options.window_days = self->drop_days;
  options.model = &self->rates;
  drops = store_drops_new (table, &options, NULL, error);
  if (drops == NULL)
    return FALSE;
  if (drops->drops->len == 0)
    return TRUE;

  drop = store_drops_get (drops, 0);
  score->has_drop = TRUE;
  score->drop_days = self->drop_days;
  score->drop_purchases = drop->purchases;
  score->drop_expected = drop->expected;
  score->drop_p = drop->p_value;
  score->drop_alarm = drop->p_value <= self->alarm_limit;
  return TRUE;
}

static gboolean
score_segment (const StoreCustomerModel  *self,
               StorePurchaseTable        *table,
               StoreCustomerScore        *score,
               GError                   **error)
{
  g_autoptr (StoreSegments) segments = NULL;

  if (self->segments == NULL)
    return TRUE;
  segments = store_segments_new_from_model (self->segments, table, error);
  if (segments == NULL)
    return FALSE;
  if (segments->k > 1)
    score->segment = g_strdup (segments->segments[segments->labels[0]].name);
  return TRUE;
}

/**
 * store_customer_model_score:
 * @table: a finished table of the orders of one customer, as
 *   store_insight_orders_read_customer() reads it; it may be empty
 * @score: (out): what the model says; clear it in any case
 * @error: %STORE_ERROR_DAMAGED where the model cannot be
 *
 * Quick: for the thread of a page that does not want to wait.
 */
gboolean
store_customer_model_score (const StoreCustomerModel  *self,
                            StorePurchaseTable        *table,
                            StoreCustomerScore        *score,
                            GError                   **error)
{
  const StoreModelHead *head;

  g_return_val_if_fail (self != NULL && table != NULL && score != NULL, FALSE);

  head = store_model_get_head (self->model);
  *score = (StoreCustomerScore){ .made = head->made };
  score->fingerprint = g_strdup (head->fingerprint);
  score->is_customer = store_purchase_table_get_n_rows (table) > 0;
  if (!score->is_customer)
    return TRUE;
  tell_past (table, score);
  score_rfm (self, table, score);
  return score_clv (self, table, score, error) && score_drop (self, table, score, error) &&
         score_segment (self, table, score, error);
}

/**
 * store_customer_model_holds:
 * @table: a finished table of all customers as they are; columns are enough
 *
 * Tests the parameters on other data than they were fitted to, without a new fit.
 *
 * Returns: whether they fit as well as chance lets one expect
 */
gboolean
store_customer_model_holds (const StoreCustomerModel *self,
                            StorePurchaseTable       *table)
{
  g_autoptr (StorePurchasePatterns) patterns = NULL;

  g_return_val_if_fail (self != NULL && table != NULL, FALSE);

  if (!self->enough)
    return FALSE;
  patterns = store_purchase_patterns_new (table);
  return store_purchase_model_test_score (&self->purchases, patterns, NULL) >= TEST_LEVEL;
}
