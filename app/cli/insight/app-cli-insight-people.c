/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The names of customers. Analyses know the customers of a store by their ids; a person knows them
 * by name, in what is asked and in what is answered. What comes from a file stays as it is there.
 */
#include "config.h"

#include "app-cli-insight-people.h"

#include "app-cli-error.h"

#include "store-insight-names.h"

#include <glib/gi18n.h>

#define MOST_IDS_SHOWN 5

/**
 * app_cli_insight_knows_people:
 *
 * Returns: whether the ids of the answer are those of customers in the store
 */
gboolean
app_cli_insight_knows_people (AppCliArguments         *arguments,
                              const AppCliInsightView *view)
{
  g_return_val_if_fail (arguments != NULL && view != NULL, FALSE);

  return view->person != NULL && !app_cli_arguments_has (arguments, "orders") &&
         !app_cli_arguments_has (arguments, "rows");
}

static void
refuse_many (GPtrArray   *ids,
             const char  *name,
             GError     **error)
{
  g_autoptr (GString) listed = g_string_new (NULL);

  for (guint i = 0; i < MIN (ids->len, MOST_IDS_SHOWN); i++)
    g_string_append_printf (listed, "%s%s", i ? ", " : "", (char *) g_ptr_array_index (ids, i));
  if (ids->len > MOST_IDS_SHOWN)
    g_string_append (listed, ", …");
  g_set_error (error, APP_CLI_ERROR, APP_CLI_ERROR_USAGE,
               _("More than one is called “%s”. Give --explain the id of one: %s."), name,
               listed->str);
}

/**
 * app_cli_insight_find_person:
 *
 * Puts the id in place of a name that --explain gives. What is no name of a customer stays, for the
 * analysis to find or to refuse.
 *
 * Returns: %FALSE where several have the name, or the store cannot be read
 */
gboolean
app_cli_insight_find_person (AppCliSession            *session,
                             AppCliArguments          *arguments,
                             const AppCliInsightView  *view,
                             GError                  **error)
{
  g_return_val_if_fail (session != NULL && arguments != NULL && view != NULL, FALSE);

  const char *name = app_cli_arguments_get_value (arguments, "explain");
  g_autoptr (GPtrArray) ids = NULL;
  StoreDatabase *database;
  StoreId id;

  if (!name || store_id_parse (&id, name) || !app_cli_insight_knows_people (arguments, view))
    return TRUE;

  database = app_cli_session_open (session, error);
  ids = database ? store_insight_names_find (database, name, error) : NULL;
  if (!ids)
    return FALSE;
  if (ids->len > 1)
    {
      refuse_many (ids, name, error);
      return FALSE;
    }
  if (ids->len == 1)
    app_cli_arguments_set_value (arguments, "explain", g_ptr_array_index (ids, 0));
  return TRUE;
}

typedef struct
{
  GHashTable *names;
  const char *member;
} Naming;

static void name_entries (const Naming *naming,
                          JsonArray    *entries);

/* The entry itself, and those that an explanation holds. */
static void
name_entry (const Naming *naming,
            JsonObject   *entry)
{
  const char *id = json_object_get_string_member_with_default (entry, "id", NULL);
  const char *name = id ? g_hash_table_lookup (naming->names, id) : NULL;
  JsonNode *nearest = json_object_get_member (entry, "nearest");

  if (name)
    json_object_set_string_member (entry, naming->member, name);
  if (nearest && JSON_NODE_HOLDS_ARRAY (nearest))
    name_entries (naming, json_node_get_array (nearest));
}

static void
name_entries (const Naming *naming,
              JsonArray    *entries)
{
  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonNode *entry = json_array_get_element (entries, i);

      if (JSON_NODE_HOLDS_OBJECT (entry))
        name_entry (naming, json_node_get_object (entry));
    }
}

static void
name_member (JsonObject *document,
             const char *name,
             JsonNode   *member,
             gpointer    naming)
{
  if (JSON_NODE_HOLDS_ARRAY (member))
    name_entries (naming, json_node_get_array (member));
  else if (JSON_NODE_HOLDS_OBJECT (member))
    name_entry (naming, json_node_get_object (member));
}

/**
 * app_cli_insight_name_people:
 *
 * Adds the name to whoever is told with an id: in the lists of the document, in its explanation,
 * and of who is most like that customer.
 */
gboolean
app_cli_insight_name_people (AppCliSession            *session,
                             AppCliArguments          *arguments,
                             JsonNode                 *document,
                             const AppCliInsightView  *view,
                             GError                  **error)
{
  g_return_val_if_fail (document != NULL && view != NULL, FALSE);

  g_autoptr (GHashTable) names = NULL;
  StoreDatabase *database;

  if (!app_cli_insight_knows_people (arguments, view))
    return TRUE;

  database = app_cli_session_open (session, error);
  names = database ? store_insight_names_read (database, error) : NULL;
  if (!names)
    return FALSE;

  Naming naming = { names, view->person };

  json_object_foreach_member (json_node_get_object (document), name_member, &naming);
  return TRUE;
}
