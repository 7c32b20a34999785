/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Segments as a model: the scale and the centres. Other customers go to the nearest centre, so a
 * group keeps its name from month to month; what a name says of is the median customer of the data
 * that the model was made of. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "store-error.h"
#include "store-fingerprint.h"
#include "store-model-body.h"
#include "store-segments-private.h"

#define N_FIGURES STORE_SEGMENTS_N_FIGURES
#define VERSION 1

static void
add_scale (JsonBuilder              *builder,
           const StoreSegmentsScale *scale)
{
  json_builder_set_member_name (builder, "scale");
  json_builder_begin_object (builder);
  store_model_body_add_numbers (builder, "mean", scale->mean, N_FIGURES);
  store_model_body_add_numbers (builder, "deviation", scale->deviation, N_FIGURES);
  store_model_body_add_numbers (builder, "median", scale->median, N_FIGURES);
  json_builder_end_object (builder);
}

/**
 * store_segments_to_model:
 * @self: a result
 *
 * Returns: (transfer full): what other customers can be put into the same groups by
 */
StoreModel *
store_segments_to_model (const StoreSegments *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *fingerprint = store_fingerprint_of_table (self->table);
  StoreModelHead head = {
    .analysis = "segments",
    .method = store_segments_method_get_name (self->options.method),
    .version = VERSION,
    .until = store_purchase_table_get_columns (self->table)->until,
    .fingerprint = fingerprint,
    .n_rows = store_purchase_table_get_n_rows (self->table),
  };

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "k");
  json_builder_add_int_value (builder, self->k);
  json_builder_set_member_name (builder, "enough");
  json_builder_add_boolean_value (builder, self->enough);
  add_scale (builder, &self->scale);
  store_model_body_add_numbers (builder, "centres", self->centres, self->k * N_FIGURES);
  json_builder_end_object (builder);
  return store_model_new (&head, json_builder_get_root (builder));
}

static gboolean
check_numbers (const double  *numbers,
               guint          n,
               double         above,
               GError       **error)
{
  for (guint i = 0; i < n; i++)
    if (!isfinite (numbers[i]) || numbers[i] <= above)
      {
        g_set_error_literal (error, STORE_ERROR, STORE_ERROR_DAMAGED,
                             _("The model holds a number that cannot be. Fit it again."));
        return FALSE;
      }
  return TRUE;
}

static gboolean
read_scale (StoreSegmentsScale  *scale,
            JsonObject          *body,
            GError             **error)
{
  JsonObject *object;

  return store_model_body_read_object (body, "scale", &object, error) &&
         store_model_body_read_numbers (object, "mean", scale->mean, N_FIGURES, error) &&
         store_model_body_read_numbers (object, "deviation", scale->deviation, N_FIGURES, error) &&
         store_model_body_read_numbers (object, "median", scale->median, N_FIGURES, error) &&
         check_numbers (scale->mean, N_FIGURES, -HUGE_VAL, error) &&
         check_numbers (scale->deviation, N_FIGURES, 0.0, error) &&
         check_numbers (scale->median, N_FIGURES, -HUGE_VAL, error);
}

static gboolean
read_body (StoreSegments  *self,
           JsonObject     *body,
           GError        **error)
{
  gint64 k;

  if (!store_model_body_read_count (body, "k", 1, STORE_SEGMENTS_MAX_K, &k, error) ||
      !store_model_body_read_truth (body, "enough", &self->enough, error) ||
      !read_scale (&self->scale, body, error))
    return FALSE;
  self->k = (guint) k;
  self->centres = g_new0 (double, (gsize) self->k * N_FIGURES);
  return store_model_body_read_numbers (body, "centres", self->centres, self->k * N_FIGURES,
                                        error) &&
         check_numbers (self->centres, self->k * N_FIGURES, -HUGE_VAL, error);
}

static void
take_method (StoreSegments *self,
             const char    *method)
{
  for (guint i = 0; i < STORE_SEGMENTS_N_METHODS; i++)
    if (g_strcmp0 (method, store_segments_method_get_name (i)) == 0)
      self->options.method = i;
}

static void
label_rows (StoreSegments *self)
{
  guint n = store_purchase_table_get_n_rows (self->table);
  g_autofree double *points = store_segments_find_points (self->table, &self->scale);

  self->labels = g_new0 (guint32, MAX (n, 1));
  for (guint row = 0; row < n; row++)
    {
      const double *point = points + (gsize) row * N_FIGURES;

      self->labels[row] = store_segments_find_centre (self->centres, self->k, point, self->k);
      for (guint j = 0; j < N_FIGURES; j++)
        {
          double away = point[j] - self->centres[self->labels[row] * N_FIGURES + j];

          self->inertia += away * away;
        }
    }
}

/**
 * store_segments_new_from_model:
 * @model: from store_segments_to_model()
 * @table: a finished table
 * @error: return location
 *
 * Puts the customers of @table into the groups of the model.
 *
 * Returns: (transfer full): the segments, or %NULL with %STORE_ERROR_INVALID (another analysis),
 *   %STORE_ERROR_TOO_NEW or %STORE_ERROR_DAMAGED
 */
StoreSegments *
store_segments_new_from_model (StoreModel          *model,
                               StorePurchaseTable  *table,
                               GError             **error)
{
  g_autoptr (StoreSegments) self = NULL;

  g_return_val_if_fail (model != NULL && table != NULL, NULL);

  if (!store_model_check (model, "segments", VERSION, error))
    return NULL;

  self = g_new0 (StoreSegments, 1);
  self->table = store_purchase_table_ref (table);
  self->options = (StoreSegmentsOptions) STORE_SEGMENTS_OPTIONS_INIT;
  self->from_model = TRUE;
  self->check = (StoreSegmentsCheck) { 0, NAN, NAN, NAN, NAN };
  for (guint k = 0; k <= STORE_SEGMENTS_MAX_K; k++)
    self->silhouettes[k] = NAN;
  if (!read_body (self, store_model_get_body (model), error))
    return NULL;
  self->options.k = self->k;
  take_method (self, store_model_get_head (model)->method);
  label_rows (self);
  store_segments_fill (self);
  self->notes = store_segments_dup_notes (self);
  return g_steal_pointer (&self);
}
