/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The body of the model: "currency"; "horizon_days"; "clv" and, where there are groups, "segments",
 * each a model of its own analysis; "rfm" with the limits of the three scores; "drops" with the
 * rates of the time before the last days, and the largest probability that was an alarm.
 */
#include "config.h"

#include "store-customer-model-private.h"

#include "store-error.h"
#include "store-insight-json.h"
#include "store-model-body.h"
#include "store-segments.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define VERSION 1
#define N_LIMITS 4

G_DEFINE_BOXED_TYPE (StoreCustomerModel, store_customer_model, store_customer_model_ref,
                     store_customer_model_unref)

StoreCustomerModel *
store_customer_model_ref (StoreCustomerModel *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
store_customer_model_unref (StoreCustomerModel *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_pointer (&self->model, store_model_unref);
  g_clear_pointer (&self->segments, store_model_unref);
  g_free (self->currency);
  g_free (self);
}

/**
 * store_customer_model_get_model:
 *
 * Returns: (transfer none): the model, to be kept or carried
 */
StoreModel *
store_customer_model_get_model (const StoreCustomerModel *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->model;
}

/**
 * store_customer_model_get_currency:
 *
 * Returns: (transfer none): the currency of the orders, "" for none
 */
const char *
store_customer_model_get_currency (const StoreCustomerModel *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->currency;
}

void
store_customer_model_get_options (StoreClvOptions   *clv,
                                  StoreDropsOptions *drops)
{
  *clv = (StoreClvOptions) STORE_CLV_OPTIONS_INIT;
  clv->hold_back_days = 0;
  clv->n_draws = 0;
  *drops = (StoreDropsOptions) STORE_DROPS_OPTIONS_INIT;
}

static StoreModel *
fit_clv (StorePurchaseTable        *table,
         const StoreCustomerModel  *known,
         GCancellable              *cancellable,
         GError                   **error)
{
  StoreClvOptions options;
  StoreDropsOptions unused;
  g_autoptr (StoreClv) clv = NULL;

  store_customer_model_get_options (&options, &unused);
  if (known != NULL && known->enough)
    options.known = &known->purchases;
  clv = store_clv_new (table, &options, cancellable, error);
  return clv != NULL ? store_clv_to_model (clv) : NULL;
}

static void
add_model (JsonBuilder *builder,
           const char  *name,
           StoreModel  *model)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_value (builder, store_model_to_json (model));
}

/* Too little data for groups is an answer: there are none then. */
static gboolean
add_segments (JsonBuilder         *builder,
              StorePurchaseTable  *table,
              GCancellable        *cancellable,
              GError             **error)
{
  StoreSegmentsOptions options = STORE_SEGMENTS_OPTIONS_INIT;
  g_autoptr (GError) none = NULL;
  g_autoptr (StoreSegments) segments = store_segments_new (table, &options, cancellable, &none);
  g_autoptr (StoreModel) model = NULL;

  if (segments == NULL && !g_error_matches (none, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA))
    {
      g_propagate_error (error, g_steal_pointer (&none));
      return FALSE;
    }
  if (segments == NULL || !segments->enough)
    return TRUE;
  model = store_segments_to_model (segments);
  add_model (builder, "segments", model);
  return TRUE;
}

static void
add_limits (JsonBuilder        *builder,
            StorePurchaseTable *table)
{
  g_autoptr (StoreRfm) rfm = store_rfm_new (table, STORE_RFM_PURCHASES);

  json_builder_set_member_name (builder, "rfm");
  json_builder_begin_object (builder);
  store_model_body_add_numbers (builder, "recency", rfm->recency_limits, N_LIMITS);
  store_model_body_add_numbers (builder, "frequency", rfm->frequency_limits, N_LIMITS);
  store_model_body_add_numbers (builder, "money", rfm->money_limits, N_LIMITS);
  json_builder_end_object (builder);
}

static double
find_alarm_limit (const StoreDrops *drops)
{
  double limit = 0.0;

  for (guint i = 0; i < drops->drops->len; i++)
    {
      const StoreDrop *drop = store_drops_get (drops, i);

      if (drop->alarm)
        limit = MAX (limit, drop->p_value);
    }
  return limit;
}

static gboolean
add_drops (JsonBuilder         *builder,
           StorePurchaseTable  *table,
           GCancellable        *cancellable,
           GError             **error)
{
  StoreClvOptions unused;
  StoreDropsOptions options;
  g_autoptr (StoreDrops) drops = NULL;

  store_customer_model_get_options (&unused, &options);
  drops = store_drops_new (table, &options, cancellable, error);
  if (drops == NULL)
    return FALSE;
  if (!drops->enough)
    return TRUE;

  json_builder_set_member_name (builder, "drops");
  json_builder_begin_object (builder);
  store_insight_json_add_count (builder, "window_days", options.window_days);
  store_insight_json_add_number (builder, "alarm_limit", find_alarm_limit (drops));
  store_model_body_add_numbers (builder, "rates", drops->model.parameters,
                                STORE_PURCHASE_MODEL_PARAMETERS);
  json_builder_end_object (builder);
  return TRUE;
}

/**
 * store_customer_model_fit:
 * @table: a finished table of orders
 * @currency: (nullable): of the orders
 * @known: (nullable): an earlier model, to begin at
 * @cancellable: (nullable): to stop
 * @error: %STORE_ERROR_CANCELLED
 *
 * Too little data is a model that says so. Slow for large tables: on a thread that may block.
 *
 * Returns: (transfer full): the model
 */
StoreCustomerModel *
store_customer_model_fit (StorePurchaseTable        *table,
                          const char                *currency,
                          const StoreCustomerModel  *known,
                          GCancellable              *cancellable,
                          GError                   **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (StoreModel) clv = NULL;
  g_autoptr (StoreModel) model = NULL;
  StoreModelHead head;

  g_return_val_if_fail (table != NULL && store_purchase_table_has_purchases (table), NULL);

  clv = fit_clv (table, known, cancellable, error);
  if (clv == NULL)
    return NULL;
  json_builder_begin_object (builder);
  store_insight_json_add_text (builder, "currency", currency ? currency : "");
  add_model (builder, "clv", clv);
  add_limits (builder, table);
  if (!add_segments (builder, table, cancellable, error) ||
      !add_drops (builder, table, cancellable, error))
    return NULL;
  json_builder_end_object (builder);

  head = *store_model_get_head (clv);
  head.analysis = STORE_CUSTOMER_ANALYSIS;
  head.version = VERSION;
  model = store_model_new (&head, json_builder_get_root (builder));
  return store_customer_model_new_from_model (model, error);
}

static gboolean
read_nested (JsonObject   *body,
             const char   *name,
             StoreModel  **model,
             GError      **error)
{
  JsonObject *object;

  if (!store_model_body_read_object (body, name, &object, error))
    return FALSE;
  *model = store_model_new_from_json (json_object_get_member (body, name), error);
  return *model != NULL;
}

static gboolean
read_clv (StoreCustomerModel  *self,
          JsonObject          *body,
          GError             **error)
{
  g_autoptr (StoreModel) clv = NULL;
  g_autoptr (GError) failure = NULL;

  if (!read_nested (body, "clv", &clv, error))
    return FALSE;
  self->enough = store_clv_read_model (clv, &self->purchases, &self->spend, &self->has_spend,
                                       &failure);
  if (self->enough || g_error_matches (failure, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
read_limits (StoreCustomerModel  *self,
             JsonObject          *body,
             GError             **error)
{
  JsonObject *rfm;

  return store_model_body_read_object (body, "rfm", &rfm, error) &&
         store_model_body_read_numbers (rfm, "recency", self->limits.recency, N_LIMITS, error) &&
         store_model_body_read_numbers (rfm, "frequency", self->limits.frequency, N_LIMITS,
                                        error) &&
         store_model_body_read_numbers (rfm, "money", self->limits.money, N_LIMITS, error);
}

static gboolean
fail_damaged (GError **error)
{
  g_set_error_literal (error, STORE_ERROR, STORE_ERROR_DAMAGED,
                       _("The model holds a number that cannot be. Fit it again."));
  return FALSE;
}

/* No search goes so far as the upper end. */
static gboolean
is_rate (double parameter)
{
  return parameter > 0.0 && parameter < 1e30;
}

static gboolean
read_drops (StoreCustomerModel  *self,
            JsonObject          *body,
            GError             **error)
{
  JsonObject *drops;
  gint64 days;

  self->has_rates = json_object_has_member (body, "drops");
  if (!self->has_rates)
    return TRUE;
  if (!store_model_body_read_object (body, "drops", &drops, error) ||
      !store_model_body_read_count (drops, "window_days", 1, 36500, &days, error) ||
      !store_model_body_read_number (drops, "alarm_limit", &self->alarm_limit, error) ||
      !store_model_body_read_numbers (drops, "rates", self->rates.parameters,
                                      STORE_PURCHASE_MODEL_PARAMETERS, error))
    return FALSE;
  self->rates.kind = STORE_NBD;
  self->rates.k = 1;
  self->rates.occasion_weeks = 1.0;
  self->drop_days = (guint) days;
  if (!isfinite (self->alarm_limit) || !is_rate (self->rates.parameters[0]) ||
      !is_rate (self->rates.parameters[1]))
    return fail_damaged (error);
  return TRUE;
}

/**
 * store_customer_model_new_from_model:
 * @model: from store_customer_model_get_model()
 * @error: %STORE_ERROR_INVALID for another analysis, %STORE_ERROR_TOO_NEW, %STORE_ERROR_DAMAGED
 *
 * Returns: (transfer full): the same model again
 */
StoreCustomerModel *
store_customer_model_new_from_model (StoreModel  *model,
                                     GError     **error)
{
  g_autoptr (StoreCustomerModel) self = NULL;
  StoreDropsOptions unused;
  const char *currency;
  JsonObject *body;

  g_return_val_if_fail (model != NULL, NULL);

  if (!store_model_check (model, STORE_CUSTOMER_ANALYSIS, VERSION, error))
    return NULL;
  self = g_new0 (StoreCustomerModel, 1);
  g_atomic_ref_count_init (&self->refs);
  self->model = store_model_ref (model);
  store_customer_model_get_options (&self->options, &unused);
  body = store_model_get_body (model);
  if (!store_model_body_read_text (body, "currency", &currency, error) ||
      !read_clv (self, body, error) || !read_limits (self, body, error) ||
      !read_drops (self, body, error))
    return NULL;
  self->currency = g_strdup (currency);
  if (json_object_has_member (body, "segments") &&
      !read_nested (body, "segments", &self->segments, error))
    return NULL;
  return g_steal_pointer (&self);
}
