/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An encoding as a fitted model carries it:
 *
 *   { "columns": [ { "name", "levels": [ … ] or null, "fill", "has_empty" } … ],
 *     "means": [ … ], "sds": [ … ] }
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "store-encoding-private.h"
#include "store-error.h"
#include "store-insight-json.h"
#include "store-model-body.h"

static void
write_source (const StoreEncodingSource *source,
              JsonBuilder               *builder)
{
  json_builder_begin_object (builder);
  store_insight_json_add_text (builder, "name", source->name);
  if (source->levels != NULL)
    store_insight_json_add_texts (builder, "levels", (const char *const *) source->levels);
  store_insight_json_add_number (builder, "fill", source->fill);
  store_insight_json_add_truth (builder, "has_empty", source->has_empty);
  json_builder_end_object (builder);
}

/**
 * store_encoding_write:
 * @self: an encoding
 * @builder: with an object open
 * @name: of the new member
 *
 * Writes everything that store_encoding_new_from_json() needs.
 */
void
store_encoding_write (const StoreEncoding *self,
                      JsonBuilder         *builder,
                      const char          *name)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "columns");
  json_builder_begin_array (builder);
  for (guint s = 0; s < self->n_sources; s++)
    write_source (&self->sources[s], builder);
  json_builder_end_array (builder);
  store_model_body_add_numbers (builder, "means", self->means, self->p);
  store_model_body_add_numbers (builder, "sds", self->sds, self->p);
  json_builder_end_object (builder);
}

static char **
read_levels (JsonArray *array)
{
  g_autoptr (GStrvBuilder) levels = g_strv_builder_new ();

  for (guint k = 0; k < json_array_get_length (array); k++)
    {
      JsonNode *node = json_array_get_element (array, k);

      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
        return NULL;
      g_strv_builder_add (levels, json_node_get_string (node));
    }
  return json_array_get_length (array) > 1 ? g_strv_builder_end (levels) : NULL;
}

static gboolean
fail (const char  *name,
      GError     **error)
{
  g_set_error (error, STORE_ERROR, STORE_ERROR_DAMAGED,
               _("The model is damaged at “%s”. Fit it anew, or choose another file."), name);
  return FALSE;
}

static gboolean
read_source (StoreEncodingSource  *source,
             JsonNode             *node,
             GError              **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonArray *levels;
  const char *name;

  if (object == NULL)
    return fail ("columns", error);
  if (!store_model_body_read_text (object, "name", &name, error) ||
      !store_model_body_read_number (object, "fill", &source->fill, error) ||
      !store_model_body_read_truth (object, "has_empty", &source->has_empty, error))
    return FALSE;
  source->name = g_strdup (name);
  if (!json_object_has_member (object, "levels"))
    return TRUE;
  if (!store_model_body_read_array (object, "levels", &levels, error))
    return FALSE;
  source->levels = read_levels (levels);
  return source->levels != NULL || fail ("levels", error);
}

/**
 * store_encoding_new_from_json:
 * @object: as store_encoding_write() wrote it, or anything
 * @error: return location
 *
 * Returns: (transfer full): the encoding, or %NULL with %STORE_ERROR_DAMAGED
 */
StoreEncoding *
store_encoding_new_from_json (JsonObject  *object,
                              GError     **error)
{
  g_autoptr (StoreEncoding) self = g_new0 (StoreEncoding, 1);
  JsonArray *columns;

  if (!store_model_body_read_array (object, "columns", &columns, error))
    return NULL;
  self->sources = g_new0 (StoreEncodingSource, json_array_get_length (columns) + 1);
  for (guint s = 0; s < json_array_get_length (columns); s++)
    {
      self->n_sources++;
      if (!read_source (&self->sources[s], json_array_get_element (columns, s), error))
        return NULL;
    }
  store_encoding_place (self);
  if (!store_model_body_read_numbers (object, "means", self->means, self->p, error) ||
      !store_model_body_read_numbers (object, "sds", self->sds, self->p, error))
    return NULL;
  for (guint j = 0; j < self->p; j++)
    if (!(self->sds[j] > 0.0))
      {
        fail ("sds", error);
        return NULL;
      }
  return g_steal_pointer (&self);
}
