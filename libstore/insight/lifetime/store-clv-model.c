/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lifetime value as a model that can be kept and carried: the parameters of purchases and of their
 * value, each with its covariance, and the settings they were asked with. Other customers are
 * scored by it without a new fit. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "store-clv.h"
#include "store-error.h"
#include "store-fingerprint.h"
#include "store-insight-json.h"
#include "store-model-body.h"

#define VERSION 1
#define N STORE_PURCHASE_MODEL_PARAMETERS
#define N_SPEND STORE_GAMMA_GAMMA_PARAMETERS

/* Far beyond any fit; with more the sums behind the scores do not end. */
#define MOST 1e30

/* Weeks, a little below a day: a horizon is walked through by occasions. */
#define SHORTEST_OCCASION 0.14

static void
add_purchases (JsonBuilder              *builder,
               const StorePurchaseModel *model)
{
  json_builder_set_member_name (builder, "purchases");
  json_builder_begin_object (builder);
  store_insight_json_add_count (builder, "k", model->k);
  store_insight_json_add_number (builder, "occasion_weeks", model->occasion_weeks);
  store_model_body_add_numbers (builder, "parameters", model->parameters, N);
  store_model_body_add_numbers (builder, "covariance", model->covariance, N * N);
  store_insight_json_add_number (builder, "log_likelihood", model->log_likelihood);
  store_insight_json_add_count (builder, "boundary", model->boundary);
  store_insight_json_add_truth (builder, "converged", model->converged);
  store_insight_json_add_count (builder, "iterations", model->iterations);
  json_builder_end_object (builder);
}

static void
add_spend (JsonBuilder           *builder,
           const StoreGammaGamma *spend)
{
  const double parameters[N_SPEND] = { spend->p, spend->q, spend->v };

  json_builder_set_member_name (builder, "spend");
  json_builder_begin_object (builder);
  store_model_body_add_numbers (builder, "parameters", parameters, N_SPEND);
  store_model_body_add_numbers (builder, "covariance", spend->covariance, N_SPEND * N_SPEND);
  store_insight_json_add_number (builder, "log_likelihood", spend->log_likelihood);
  store_insight_json_add_count (builder, "n_customers", spend->n_customers);
  store_insight_json_add_number (builder, "mean", spend->mean);
  store_insight_json_add_truth (builder, "at_limit", spend->at_limit);
  store_insight_json_add_truth (builder, "converged", spend->converged);
  json_builder_end_object (builder);
}

/**
 * store_clv_to_model:
 * @self: a result
 *
 * Returns: (transfer full): what other customers can be scored by; of a result without enough data,
 *   a model that says so
 */
StoreModel *
store_clv_to_model (const StoreClv *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *fingerprint = NULL;
  StoreModelHead head = {
    .analysis = "clv",
    .version = VERSION,
  };

  g_return_val_if_fail (self != NULL, NULL);

  fingerprint = store_fingerprint_of_table (self->table);
  head.method = store_purchase_model_get_name (self->options.model);
  head.until = store_purchase_table_get_columns (self->table)->until;
  head.fingerprint = fingerprint;
  head.n_rows = store_purchase_table_get_n_rows (self->table);

  json_builder_begin_object (builder);
  store_insight_json_add_truth (builder, "enough", self->enough);
  store_insight_json_add_truth (builder, "has_spend", self->enough && self->has_spend);
  if (self->enough)
    add_purchases (builder, &self->model);
  if (self->enough && self->has_spend)
    add_spend (builder, &self->spend);
  json_builder_end_object (builder);
  return store_model_new (&head, json_builder_get_root (builder));
}

static gboolean
set_damaged (GError **error)
{
  g_set_error_literal (error, STORE_ERROR, STORE_ERROR_DAMAGED,
                       _("The model holds a number that cannot be. Fit it again."));
  return FALSE;
}

static gboolean
are_finite (const double *numbers,
            guint         n,
            double        least)
{
  for (guint i = 0; i < n; i++)
    if (!isfinite (numbers[i]) || numbers[i] < least || numbers[i] > MOST)
      return FALSE;
  return TRUE;
}

static gboolean
check_purchases (const StorePurchaseModel  *model,
                 GError                   **error)
{
  guint n = store_purchase_model_get_n_parameters (model->kind);
  gboolean leaving = model->boundary != STORE_BOUNDARY_NOBODY_LEAVES && n == N;

  if (!are_finite (model->parameters, N, 0.0) || !are_finite (model->covariance, N * N, -HUGE_VAL) ||
      !isfinite (model->log_likelihood) ||
      !(model->occasion_weeks > SHORTEST_OCCASION && model->occasion_weeks < 522.0))
    return set_damaged (error);
  for (guint i = 0; i < (leaving ? n : 2); i++)
    if (model->parameters[i] <= 0.0)
      return set_damaged (error);
  return TRUE;
}

static gboolean
read_purchases (StorePurchaseModel  *model,
                const char          *method,
                JsonObject          *body,
                GError             **error)
{
  JsonObject *object;
  gint64 k;
  gint64 boundary;
  gint64 iterations;

  if (method == NULL || !store_purchase_model_find_kind (method, &model->kind))
    return set_damaged (error);
  if (!store_model_body_read_object (body, "purchases", &object, error) ||
      !store_model_body_read_count (object, "k", 1, STORE_PURCHASE_MODEL_MAX_K, &k, error) ||
      !store_model_body_read_number (object, "occasion_weeks", &model->occasion_weeks, error) ||
      !store_model_body_read_numbers (object, "parameters", model->parameters, N, error) ||
      !store_model_body_read_numbers (object, "covariance", model->covariance, N * N, error) ||
      !store_model_body_read_number (object, "log_likelihood", &model->log_likelihood, error) ||
      !store_model_body_read_count (object, "boundary", 0, STORE_BOUNDARY_LOOSE, &boundary,
                                    error) ||
      !store_model_body_read_truth (object, "converged", &model->converged, error) ||
      !store_model_body_read_count (object, "iterations", 0, G_MAXUINT, &iterations, error))
    return FALSE;
  model->k = (guint) k;
  model->boundary = (StorePurchaseBoundary) boundary;
  model->iterations = (guint) iterations;
  return check_purchases (model, error);
}

static gboolean
read_spend (StoreGammaGamma  *spend,
            JsonObject       *body,
            GError          **error)
{
  JsonObject *object;
  double parameters[N_SPEND];
  gint64 n_customers;

  if (!store_model_body_read_object (body, "spend", &object, error) ||
      !store_model_body_read_numbers (object, "parameters", parameters, N_SPEND, error) ||
      !store_model_body_read_numbers (object, "covariance", spend->covariance, N_SPEND * N_SPEND,
                                      error) ||
      !store_model_body_read_number (object, "log_likelihood", &spend->log_likelihood, error) ||
      !store_model_body_read_count (object, "n_customers", 0, G_MAXUINT, &n_customers, error) ||
      !store_model_body_read_number (object, "mean", &spend->mean, error) ||
      !store_model_body_read_truth (object, "at_limit", &spend->at_limit, error) ||
      !store_model_body_read_truth (object, "converged", &spend->converged, error))
    return FALSE;
  spend->p = parameters[0];
  spend->q = parameters[1];
  spend->v = parameters[2];
  spend->n_customers = (guint) n_customers;
  if (!are_finite (parameters, N_SPEND, 1e-300) || !isfinite (spend->mean) ||
      !are_finite (spend->covariance, N_SPEND * N_SPEND, -HUGE_VAL))
    return set_damaged (error);
  return TRUE;
}

/**
 * store_clv_read_model:
 * @model: made by store_clv_to_model()
 * @purchases: (out): the model of purchases
 * @spend: (out): the model of their value
 * @has_spend: (out): whether there is one
 * @error: return location
 *
 * Returns: %FALSE if it is another model, a newer or a damaged one, or %STORE_ERROR_TOO_LITTLE_DATA
 *   if it was made of too little data
 */
gboolean
store_clv_read_model (StoreModel          *model,
                      StorePurchaseModel  *purchases,
                      StoreGammaGamma     *spend,
                      gboolean            *has_spend,
                      GError             **error)
{
  JsonObject *body;
  gboolean enough;

  g_return_val_if_fail (model != NULL && purchases != NULL && spend != NULL, FALSE);

  if (!store_model_check (model, "clv", VERSION, error))
    return FALSE;
  body = store_model_get_body (model);
  *purchases = (StorePurchaseModel) { 0 };
  *spend = (StoreGammaGamma) { 0 };
  if (!store_model_body_read_truth (body, "enough", &enough, error) ||
      !store_model_body_read_truth (body, "has_spend", has_spend, error))
    return FALSE;
  if (!enough)
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA,
                           _("This model was made of too few orders to say who will buy again. Fit "
                             "one to more orders."));
      return FALSE;
    }
  return read_purchases (purchases, store_model_get_head (model)->method, body, error) &&
         (!*has_spend || read_spend (spend, body, error));
}

/**
 * store_clv_new_from_model:
 * @model: made by store_clv_to_model()
 * @table: a finished table, the one of the model or another
 * @options: what to compute; the model in it is not looked at
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Returns: (transfer full): the scores of the customers of @table, or %NULL as from
 *   store_clv_read_model() and store_clv_new_with()
 */
StoreClv *
store_clv_new_from_model (StoreModel             *model,
                          StorePurchaseTable     *table,
                          const StoreClvOptions  *options,
                          GCancellable           *cancellable,
                          GError                **error)
{
  StorePurchaseModel purchases;
  StoreGammaGamma spend;
  gboolean has_spend;

  g_return_val_if_fail (table != NULL && options != NULL, NULL);

  if (!store_clv_read_model (model, &purchases, &spend, &has_spend, error))
    return NULL;
  return store_clv_new_with (table, options, &purchases, has_spend ? &spend : NULL, cancellable,
                             error);
}
