/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-json.h"

/* JSON from the network, for control messages only.
 *
 * json-glib 1.6 descends by recursion and overflows the stack on input such as ten thousand
 * opening brackets, so size and depth are bounded by one pass over the bytes before it
 * sees them. Only an object is taken, and a member of another type is as good as absent.
 */

static gboolean
is_shallow (const char *text,
            gsize       size)
{
  guint depth = 0;
  gboolean in_string = FALSE;

  for (gsize i = 0; i < size; i++)
    {
      if (in_string && text[i] == '\\')
        i++;
      else if (text[i] == '"')
        in_string = !in_string;
      else if (!in_string && (text[i] == '{' || text[i] == '['))
        depth++;
      else if (!in_string && (text[i] == '}' || text[i] == ']') && depth > 0)
        depth--;

      if (depth > SYNC_JSON_MAX_DEPTH)
        return FALSE;
    }

  return TRUE;
}

/**
 * sync_json_parse:
 * @bytes: foreign bytes
 * @size: how many
 *
 * Returns: (transfer full) (nullable): the object, %NULL if they are anything else or too
 *   large or too deep
 */
JsonObject *
sync_json_parse (const void *bytes,
                 gsize       size)
{
  g_autoptr (JsonParser) parser = NULL;
  JsonNode *root;

  if (size == 0 || size > SYNC_JSON_MAX_SIZE ||
      !g_utf8_validate_len (bytes, size, NULL) ||
      !is_shallow (bytes, size))
    return NULL;

  parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, bytes, size, NULL))
    return NULL;

  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;

  return json_object_ref (json_node_get_object (root));
}

static JsonNode *
get_value (JsonObject *object,
           const char *name,
           GType       type)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != type)
    return NULL;
  return node;
}

/**
 * sync_json_get_string:
 * @object: an object
 * @name: a member
 *
 * Returns: (nullable): its text, %NULL if it is absent or no string
 */
const char *
sync_json_get_string (JsonObject *object,
                      const char *name)
{
  JsonNode *node = get_value (object, name, G_TYPE_STRING);

  return node != NULL ? json_node_get_string (node) : NULL;
}

/**
 * sync_json_get_number:
 * @object: an object
 * @name: a member
 * @number: (out): its value
 *
 * Returns: whether it is there and a whole number that is not negative
 */
gboolean
sync_json_get_number (JsonObject *object,
                      const char *name,
                      guint64    *number)
{
  JsonNode *node = get_value (object, name, G_TYPE_INT64);

  if (node == NULL || json_node_get_int (node) < 0)
    return FALSE;

  *number = json_node_get_int (node);
  return TRUE;
}
