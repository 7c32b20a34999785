/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a fitted model of demand carries:
 *
 *   { "n", "encoding": { … }, "used": [ … ], "coefficients", "errors", "p_values", "inverse",
 *     "r2", "sigma", "mae", "rmse", "held_back": { "n", "mae", … }, "helps", "in_logs" }
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "store-demand-private.h"
#include "store-error.h"
#include "store-fingerprint.h"
#include "store-insight-json.h"
#include "store-model-body.h"

#define VERSION 1

static char *
find_fingerprint (const StoreDemand *self)
{
  StoreFingerprint *fingerprint = store_fingerprint_new ("demand");
  guint n = store_rows_get_n (self->rows);

  store_fingerprint_add_count (fingerprint, n);
  store_fingerprint_add_numbers (fingerprint, self->z, (gsize) n * self->encoding->p);
  store_fingerprint_add_numbers (fingerprint, self->y, n);
  return store_fingerprint_end (fingerprint);
}

static void
write_held_back (const StoreDemandErrors *errors,
                 JsonBuilder             *builder)
{
  json_builder_set_member_name (builder, "held_back");
  json_builder_begin_object (builder);
  store_insight_json_add_count (builder, "n", errors->n);
  store_insight_json_add_number (builder, "mae", errors->mae);
  store_insight_json_add_number (builder, "rmse", errors->rmse);
  store_insight_json_add_number (builder, "naive_mae", errors->naive_mae);
  store_insight_json_add_number (builder, "naive_rmse", errors->naive_rmse);
  json_builder_end_object (builder);
}

/**
 * store_demand_to_model:
 * @self: a result with enough data
 *
 * Returns: (transfer full): the model, to be kept
 */
StoreModel *
store_demand_to_model (const StoreDemand *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *fingerprint = NULL;
  g_autofree double *used = NULL;
  const StoreLinearRegression *fit = self->fit;
  guint n = self->n_used + 1;
  StoreModelHead head = { "demand", "linear", VERSION, 0, self->options.until };

  g_return_val_if_fail (self->enough, NULL);

  fingerprint = find_fingerprint (self);
  head.fingerprint = fingerprint;
  head.n_rows = fit->n;
  used = g_new (double, n);
  for (guint k = 0; k < self->n_used; k++)
    used[k] = self->used[k];
  json_builder_begin_object (builder);
  store_insight_json_add_count (builder, "n", fit->n);
  store_encoding_write (self->encoding, builder, "encoding");
  store_model_body_add_numbers (builder, "used", used, self->n_used);
  store_model_body_add_numbers (builder, "coefficients", fit->coefficients, n);
  store_model_body_add_numbers (builder, "errors", fit->errors, n);
  store_model_body_add_numbers (builder, "p_values", fit->p_values, n);
  store_model_body_add_numbers (builder, "inverse", self->inverse, n * n);
  store_insight_json_add_number (builder, "r2", fit->r2);
  store_insight_json_add_number (builder, "sigma", fit->sigma);
  store_insight_json_add_number (builder, "mae", fit->mae);
  store_insight_json_add_number (builder, "rmse", fit->rmse);
  write_held_back (&self->errors, builder);
  store_insight_json_add_truth (builder, "helps", self->helps);
  store_insight_json_add_truth (builder, "in_logs", self->options.in_logs);
  json_builder_end_object (builder);
  return store_model_new (&head, json_builder_get_root (builder));
}

static gboolean
read_used (StoreDemand  *self,
           JsonObject   *body,
           GError      **error)
{
  g_autofree double *used = store_model_body_dup_numbers (body, "used", &self->n_used, error);
  gboolean good = TRUE;

  if (used == NULL)
    return FALSE;
  self->used = g_new (guint, self->n_used + 1);
  for (guint k = 0; k < self->n_used; k++)
    {
      good &= used[k] >= 0.0 && used[k] < self->encoding->p;
      self->used[k] = good ? (guint) used[k] : 0;
    }
  if (!good || self->n_used == 0)
    g_set_error (error, STORE_ERROR, STORE_ERROR_DAMAGED,
                 _("The model is damaged at “%s”. Fit it anew, or choose another file."), "used");
  return good && self->n_used > 0;
}

static gboolean
read_fit (StoreDemand  *self,
          JsonObject   *body,
          GError      **error)
{
  guint n = self->n_used + 1;
  StoreLinearRegression *fit = self->fit = g_new0 (StoreLinearRegression, 1);
  gint64 n_rows;

  fit->p = self->n_used;
  fit->coefficients = g_new0 (double, n);
  fit->errors = g_new0 (double, n);
  fit->p_values = g_new0 (double, n);
  self->inverse = g_new0 (double, (gsize) n * n);
  if (!store_model_body_read_count (body, "n", 1, G_MAXUINT, &n_rows, error) ||
      !store_model_body_read_numbers (body, "coefficients", fit->coefficients, n, error) ||
      !store_model_body_read_numbers (body, "errors", fit->errors, n, error) ||
      !store_model_body_read_numbers (body, "p_values", fit->p_values, n, error) ||
      !store_model_body_read_numbers (body, "inverse", self->inverse, n * n, error) ||
      !store_model_body_read_number (body, "r2", &fit->r2, error) ||
      !store_model_body_read_number (body, "sigma", &fit->sigma, error) ||
      !store_model_body_read_number (body, "mae", &fit->mae, error) ||
      !store_model_body_read_number (body, "rmse", &fit->rmse, error))
    return FALSE;
  fit->n = (guint) n_rows;
  return TRUE;
}

static gboolean
read_held_back (StoreDemand  *self,
                JsonObject   *body,
                GError      **error)
{
  JsonObject *held;
  gint64 n;

  if (!store_model_body_read_object (body, "held_back", &held, error) ||
      !store_model_body_read_truth (body, "helps", &self->helps, error) ||
      !store_model_body_read_truth (body, "in_logs", &self->options.in_logs, error) ||
      !store_model_body_read_count (held, "n", 0, G_MAXUINT, &n, error) ||
      !store_model_body_read_number (held, "mae", &self->errors.mae, error) ||
      !store_model_body_read_number (held, "rmse", &self->errors.rmse, error) ||
      !store_model_body_read_number (held, "naive_mae", &self->errors.naive_mae, error) ||
      !store_model_body_read_number (held, "naive_rmse", &self->errors.naive_rmse, error))
    return FALSE;
  self->errors.n = (guint) n;
  return TRUE;
}

/**
 * store_demand_new_from_model:
 * @model: from store_demand_to_model(), or of a file
 * @rows: finished rows to be foretold
 * @options: of these the cut counts, the rest is that of the model
 * @error: return location
 *
 * Returns: (transfer full): the result, or %NULL with %STORE_ERROR_DAMAGED or
 *   %STORE_ERROR_INVALID (a column is missing)
 */
StoreDemand *
store_demand_new_from_model (StoreModel                *model,
                             StoreRows                 *rows,
                             const StoreDemandOptions  *options,
                             GError                   **error)
{
  g_autoptr (StoreDemand) self = NULL;
  JsonObject *encoding;
  JsonObject *body;

  if (!store_model_check (model, "demand", VERSION, error))
    return NULL;
  body = store_model_get_body (model);
  self = store_demand_alloc (rows, options);
  if (!store_model_body_read_object (body, "encoding", &encoding, error))
    return NULL;
  self->encoding = store_encoding_new_from_json (encoding, error);
  if (self->encoding == NULL || !read_used (self, body, error) || !read_fit (self, body, error) ||
      !read_held_back (self, body, error))
    return NULL;
  self->z = store_encoding_apply (self->encoding, rows, self->said, error);
  self->y = self->z != NULL ? store_demand_read_y (rows, error) : NULL;
  if (self->y == NULL || !store_demand_score (self, error))
    return NULL;
  self->enough = TRUE;
  return g_steal_pointer (&self);
}
