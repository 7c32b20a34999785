/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-model-body.h"

#include "store-error.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static gboolean
fail (const char  *name,
      GError     **error)
{
  g_set_error (error, STORE_ERROR, STORE_ERROR_DAMAGED,
               _("The model is damaged at “%s”. Fit it anew, or choose another file."), name);
  return FALSE;
}

static JsonNode *
find_value (JsonObject *object,
            const char *name,
            GType       type)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != type)
    return NULL;
  return node;
}

/* A whole number in a place of numbers is one; null stands for what is not finite. */
static gboolean
read_node (JsonNode *node,
           double   *value)
{
  GType type;

  if (node != NULL && JSON_NODE_HOLDS_NULL (node))
    {
      *value = NAN;
      return TRUE;
    }
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return FALSE;
  type = json_node_get_value_type (node);
  *value = json_node_get_double (node);
  return (type == G_TYPE_DOUBLE || type == G_TYPE_INT64) && isfinite (*value);
}

gboolean
store_model_body_read_number (JsonObject  *object,
                              const char  *name,
                              double      *value,
                              GError     **error)
{
  g_return_val_if_fail (object != NULL && name != NULL && value != NULL, FALSE);

  return read_node (json_object_get_member (object, name), value) || fail (name, error);
}

static gboolean
read_array (JsonArray *array,
            double    *values)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!read_node (json_array_get_element (array, i), &values[i]))
      return FALSE;
  return TRUE;
}

/**
 * store_model_body_read_numbers:
 * @values: (out) (array length=n): room for them
 * @n: how many there must be, no more and no less
 */
gboolean
store_model_body_read_numbers (JsonObject  *object,
                               const char  *name,
                               double      *values,
                               guint        n,
                               GError     **error)
{
  JsonArray *array;

  g_return_val_if_fail (values != NULL || n == 0, FALSE);

  if (!store_model_body_read_array (object, name, &array, error))
    return FALSE;
  return (json_array_get_length (array) == n && read_array (array, values)) || fail (name, error);
}

/**
 * store_model_body_dup_numbers:
 * @n: (out): how many there are
 *
 * Returns: (transfer full): the numbers, for g_free(); %NULL with @error
 */
double *
store_model_body_dup_numbers (JsonObject  *object,
                              const char  *name,
                              guint       *n,
                              GError     **error)
{
  g_autofree double *values = NULL;
  JsonArray *array;

  g_return_val_if_fail (n != NULL, NULL);

  if (!store_model_body_read_array (object, name, &array, error))
    return NULL;
  *n = json_array_get_length (array);
  values = g_new (double, *n + 1);
  if (!read_array (array, values))
    {
      fail (name, error);
      return NULL;
    }
  return g_steal_pointer (&values);
}

gboolean
store_model_body_read_count (JsonObject  *object,
                             const char  *name,
                             gint64       lowest,
                             gint64       highest,
                             gint64      *value,
                             GError     **error)
{
  JsonNode *node;

  g_return_val_if_fail (object != NULL && name != NULL && value != NULL, FALSE);

  node = find_value (object, name, G_TYPE_INT64);
  if (node == NULL || json_node_get_int (node) < lowest || json_node_get_int (node) > highest)
    return fail (name, error);
  *value = json_node_get_int (node);
  return TRUE;
}

gboolean
store_model_body_read_truth (JsonObject  *object,
                             const char  *name,
                             gboolean    *value,
                             GError     **error)
{
  JsonNode *node;

  g_return_val_if_fail (object != NULL && name != NULL && value != NULL, FALSE);

  node = find_value (object, name, G_TYPE_BOOLEAN);
  if (node == NULL)
    return fail (name, error);
  *value = json_node_get_boolean (node);
  return TRUE;
}

gboolean
store_model_body_read_text (JsonObject  *object,
                            const char  *name,
                            const char **value,
                            GError     **error)
{
  JsonNode *node;

  g_return_val_if_fail (object != NULL && name != NULL && value != NULL, FALSE);

  node = find_value (object, name, G_TYPE_STRING);
  if (node == NULL)
    return fail (name, error);
  *value = json_node_get_string (node);
  return TRUE;
}

gboolean
store_model_body_read_object (JsonObject  *object,
                              const char  *name,
                              JsonObject **value,
                              GError     **error)
{
  JsonNode *node;

  g_return_val_if_fail (object != NULL && name != NULL && value != NULL, FALSE);

  node = json_object_get_member (object, name);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return fail (name, error);
  *value = json_node_get_object (node);
  return TRUE;
}

gboolean
store_model_body_read_array (JsonObject  *object,
                             const char  *name,
                             JsonArray  **value,
                             GError     **error)
{
  JsonNode *node;

  g_return_val_if_fail (object != NULL && name != NULL && value != NULL, FALSE);

  node = json_object_get_member (object, name);
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return fail (name, error);
  *value = json_node_get_array (node);
  return TRUE;
}

char **
store_model_body_dup_texts (JsonObject  *object,
                            const char  *name,
                            guint       *n,
                            GError     **error)
{
  g_auto (GStrv) texts = NULL;
  JsonArray *array;

  g_return_val_if_fail (n != NULL, NULL);

  if (!store_model_body_read_array (object, name, &array, error))
    return NULL;
  *n = json_array_get_length (array);
  texts = g_new0 (char *, (gsize) *n + 1);
  for (guint i = 0; i < *n; i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
        {
          fail (name, error);
          return NULL;
        }
      texts[i] = json_node_dup_string (node);
    }
  return g_steal_pointer (&texts);
}

void
store_model_body_add_numbers (JsonBuilder  *builder,
                              const char   *name,
                              const double *values,
                              guint         n)
{
  g_return_if_fail (builder != NULL && name != NULL);
  g_return_if_fail (values != NULL || n == 0);

  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < n; i++)
    if (isfinite (values[i]))
      json_builder_add_double_value (builder, values[i]);
    else
      json_builder_add_null_value (builder);
  json_builder_end_array (builder);
}
