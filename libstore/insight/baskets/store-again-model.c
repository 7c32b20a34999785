/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is usual, carried to other customers. The body of the model:
 *
 *   { "shape", "gap", "items": [item …], "gaps": [usual gap of each …] }
 *
 * An item that the model does not know has the gap of all. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "store-again-private.h"
#include "store-error.h"
#include "store-insight-json.h"
#include "store-model-body.h"

#define VERSION 1

/**
 * store_again_to_model:
 * @self: what is due
 *
 * Returns: (transfer full): what is usual, to be kept or carried to other customers
 */
StoreModel *
store_again_to_model (const StoreAgain *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  StoreModelHead head = {
    .analysis = "recommend",
    .method = "again",
    .version = VERSION,
    .until = self->until == STORE_BASKETS_NO_DAY ? STORE_PURCHASE_UNTIL_LAST : self->until,
    .fingerprint = self->fingerprint,
    .n_rows = self->n_repeats,
  };

  json_builder_begin_object (builder);
  store_insight_json_add_number (builder, "shape", self->shape);
  store_insight_json_add_number (builder, "gap", self->gap);
  store_insight_json_add_texts (builder, "items", (const char *const *) self->items);
  store_model_body_add_numbers (builder, "gaps", self->gaps, g_strv_length (self->items));
  json_builder_end_object (builder);
  return store_model_new (&head, json_builder_get_root (builder));
}

static gboolean
fail (GError **error)
{
  g_set_error_literal (error, STORE_ERROR, STORE_ERROR_DAMAGED,
                       _("The rhythms of this model are damaged. Fit it anew, or choose another "
                         "file."));
  return FALSE;
}

/* Into the order of the items of @baskets. */
static gboolean
read_gaps (StoreAgainHabit     *habit,
           JsonObject          *body,
           const StoreBaskets  *baskets,
           GError             **error)
{
  guint n_items = store_baskets_get_n_items (baskets);
  g_autofree double *gaps = NULL;
  JsonArray *items;
  guint n;

  if (!store_model_body_read_array (body, "items", &items, error) ||
      (gaps = store_model_body_dup_numbers (body, "gaps", &n, error)) == NULL)
    return FALSE;
  if (n != json_array_get_length (items))
    return fail (error);
  habit->gaps = g_new (double, (gsize) n_items + 1);
  for (guint i = 0; i < n_items; i++)
    habit->gaps[i] = habit->gap;
  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (items, i);
      guint32 item;

      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING ||
          !(gaps[i] >= 0.0 && gaps[i] <= 1e6))
        return fail (error);
      if (store_baskets_find_item (baskets, json_node_get_string (node), &item))
        habit->gaps[item] = gaps[i];
    }
  return TRUE;
}

/**
 * store_again_new_from_model:
 * @model: what is usual
 * @baskets: of the customers whose things may be due, closed
 * @options: what is wanted
 * @error: return location
 *
 * Returns: (transfer full): what is due, or %NULL with %STORE_ERROR_INVALID (another analysis),
 *   %STORE_ERROR_TOO_NEW, %STORE_ERROR_DAMAGED or %STORE_ERROR_NOT_FOUND (no such customer)
 */
StoreAgain *
store_again_new_from_model (StoreModel               *model,
                            const StoreBaskets       *baskets,
                            const StoreAgainOptions  *options,
                            GError                  **error)
{
  g_autoptr (GArray) rhythms = NULL;
  StoreAgainHabit habit = { 0 };
  StoreAgain *self = NULL;
  JsonObject *body;

  g_return_val_if_fail (model != NULL && baskets != NULL && options != NULL, NULL);

  if (!store_model_check (model, "recommend", VERSION, error))
    return NULL;
  body = store_model_get_body (model);
  if (!store_model_body_read_number (body, "shape", &habit.shape, error) ||
      !store_model_body_read_number (body, "gap", &habit.gap, error))
    return NULL;
  if (!(habit.shape >= 0.0 && habit.shape <= 1e6 && habit.gap >= 0.0 && habit.gap <= 1e6))
    {
      fail (error);
      return NULL;
    }
  rhythms = store_again_find_rhythms (baskets);
  if (read_gaps (&habit, body, baskets, error))
    self = store_again_make (baskets, options, rhythms, &habit, error);
  g_free (habit.gaps);
  return self;
}
