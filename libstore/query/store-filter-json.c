/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A filter as saved views keep it:
 *
 *   { "field": "lifecycle", "op": "=", "value": "customer" }
 *   { "and": [ FILTER, FILTER ] }   { "or": [ FILTER, … ] }   { "not": FILTER }
 *   { "ids": [ "0190…", … ] }
 *
 * Values are text, as a person writes them.
 */
#include "config.h"

#include "store-filter-private.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "store-error.h"

/* Deeper trees come from damage: a person joins a handful of conditions. */
#define MOST_LEVELS 100

static void
add_ids (JsonBuilder *builder,
         GArray      *ids)
{
  char text[STORE_ID_STRING_LENGTH + 1];

  json_builder_set_member_name (builder, "ids");
  json_builder_begin_array (builder);
  for (guint i = 0; i < ids->len; i++)
    {
      store_id_print (&g_array_index (ids, StoreId, i), text);
      json_builder_add_string_value (builder, text);
    }
  json_builder_end_array (builder);
}

static void
add_comparison (JsonBuilder *builder,
                StoreFilter *filter)
{
  json_builder_set_member_name (builder, "field");
  json_builder_add_string_value (builder, store_filter_get_name (filter));
  json_builder_set_member_name (builder, "op");
  json_builder_add_string_value (builder, store_operator_to_text (filter->op));
  json_builder_set_member_name (builder, "value");
  json_builder_add_string_value (builder, filter->operand);
}

static void add_filter (JsonBuilder *builder,
                        StoreFilter *filter);

/* a and b and c is one list, however it was joined. */
static void
add_members (JsonBuilder     *builder,
             StoreFilter     *filter,
             StoreFilterType  type)
{
  if (filter->type != type)
    {
      add_filter (builder, filter);
      return;
    }
  add_members (builder, filter->a, type);
  add_members (builder, filter->b, type);
}

static void
add_list (JsonBuilder *builder,
          StoreFilter *filter,
          const char  *name)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  add_members (builder, filter, filter->type);
  json_builder_end_array (builder);
}

static void
add_filter (JsonBuilder *builder,
            StoreFilter *filter)
{
  json_builder_begin_object (builder);
  switch (filter->type)
    {
    case STORE_FILTER_AND:
      add_list (builder, filter, "and");
      break;
    case STORE_FILTER_OR:
      add_list (builder, filter, "or");
      break;
    case STORE_FILTER_NOT:
      json_builder_set_member_name (builder, "not");
      add_filter (builder, filter->a);
      break;
    case STORE_FILTER_IDS:
      add_ids (builder, filter->ids);
      break;
    case STORE_FILTER_COMPARE:
    default:
      add_comparison (builder, filter);
      break;
    }
  json_builder_end_object (builder);
}

/**
 * store_filter_to_json:
 * @self: a filter
 *
 * Returns: (transfer full): what store_filter_from_json() takes. Any thread.
 */
JsonNode *
store_filter_to_json (StoreFilter *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  g_return_val_if_fail (self != NULL, NULL);

  add_filter (builder, self);
  return json_builder_get_root (builder);
}

static StoreFilter *
refuse (GError **error)
{
  g_set_error_literal (error, STORE_ERROR, STORE_ERROR_INVALID,
                       _("This saved filter cannot be read. Make it anew."));
  return NULL;
}

static JsonNode *
get_member (JsonObject   *object,
            const char   *name,
            JsonNodeType  type)
{
  JsonNode *node = json_object_get_member (object, name);

  return node && JSON_NODE_TYPE (node) == type ? node : NULL;
}

static const char *
get_text (JsonObject *object,
          const char *name)
{
  JsonNode *node = get_member (object, name, JSON_NODE_VALUE);

  return node && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node)
                                                                  : NULL;
}

static StoreFilter *
read_comparison (const StoreKind  *kind,
                 JsonObject       *object,
                 GError          **error)
{
  const char *field = get_text (object, "field");
  const char *op_text = get_text (object, "op");
  const char *value = get_text (object, "value");
  StoreOperator op;

  if (!field || !op_text || !value || !store_operator_from_text (op_text, &op))
    return refuse (error);
  return store_filter_new_from_text (kind, field, op, value, error);
}

static StoreFilter *
read_ids (const StoreKind  *kind,
          JsonArray        *array,
          GError          **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (StoreId));

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      const char *text = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
      StoreId id;

      if (text == NULL || !store_id_parse (&id, text))
        return refuse (error);
      g_array_append_val (ids, id);
    }
  return store_filter_new_ids (kind, ids);
}

static StoreFilter *read_filter (const StoreKind  *kind,
                                 JsonNode         *node,
                                 guint             level,
                                 GError          **error);

static StoreFilter *
read_list (const StoreKind  *kind,
           JsonArray        *array,
           guint             level,
           StoreFilter    *(*join) (StoreFilter *,
                                    StoreFilter *),
           GError          **error)
{
  g_autoptr (StoreFilter) filter = NULL;

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      StoreFilter *member = read_filter (kind, json_array_get_element (array, i), level, error);

      if (member == NULL)
        return NULL;
      filter = join (g_steal_pointer (&filter), member);
    }
  return filter ? g_steal_pointer (&filter) : refuse (error);
}

static StoreFilter *
read_filter (const StoreKind  *kind,
             JsonNode         *node,
             guint             level,
             GError          **error)
{
  JsonObject *object;
  JsonNode *member;
  StoreFilter *filter;

  if (!JSON_NODE_HOLDS_OBJECT (node) || level >= MOST_LEVELS)
    return refuse (error);

  object = json_node_get_object (node);
  if ((member = get_member (object, "and", JSON_NODE_ARRAY)))
    return read_list (kind, json_node_get_array (member), level + 1, store_filter_new_and, error);
  if ((member = get_member (object, "or", JSON_NODE_ARRAY)))
    return read_list (kind, json_node_get_array (member), level + 1, store_filter_new_or, error);
  if ((member = get_member (object, "ids", JSON_NODE_ARRAY)))
    return read_ids (kind, json_node_get_array (member), error);
  if ((member = get_member (object, "not", JSON_NODE_OBJECT)))
    {
      filter = read_filter (kind, member, level + 1, error);
      return filter ? store_filter_new_not (filter) : NULL;
    }
  return read_comparison (kind, object, error);
}

/**
 * store_filter_from_json:
 * @kind: what is filtered
 * @node: from store_filter_to_json(), on any device and of any age
 * @error: %STORE_ERROR_INVALID or %STORE_ERROR_NOT_FOUND
 *
 * Returns: (transfer full): the condition. Any thread.
 */
StoreFilter *
store_filter_from_json (const StoreKind  *kind,
                        JsonNode         *node,
                        GError          **error)
{
  g_return_val_if_fail (kind != NULL && node != NULL, NULL);

  return read_filter (kind, node, 0, error);
}
