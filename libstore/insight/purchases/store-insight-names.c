/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person calls the customers whom analyses know by their ids. */
#include "config.h"

#include "store-insight-names.h"

#include "store-database-private.h"
#include "store-query.h"

static gboolean
read_names (StoreConnection  *connection,
            gpointer          data,
            GError          **error)
{
  GHashTable *names = data;
  g_autoptr (StoreStatement) statement =
    store_connection_prepare (connection, "SELECT id, display_name FROM party", error);
  gboolean row = statement != NULL;

  while (row)
    {
      const char *name;
      StoreId id;

      if (!store_statement_step (statement, &row, error))
        return FALSE;
      name = row ? (const char *) sqlite3_column_text (statement->handle, 1) : NULL;
      if (name && *name && store_statement_get_id (statement, 0, &id))
        g_hash_table_insert (names, store_id_to_string (&id), g_strdup (name));
    }
  return statement != NULL;
}

/**
 * store_insight_names_read:
 *
 * Reads the names of all parties, also of those in the trash, for their orders count. Blocks; on
 * any thread that may block.
 *
 * Returns: (transfer full) (element-type utf8 utf8): the name by the id, both as texts.
 */
GHashTable *
store_insight_names_read (StoreDatabase  *database,
                          GError        **error)
{
  g_return_val_if_fail (STORE_IS_DATABASE (database), NULL);

  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  if (!store_database_read (database, read_names, names, error))
    return NULL;
  return g_steal_pointer (&names);
}

/**
 * store_insight_names_find:
 * @name: as it stands in the list of customers
 *
 * Finds who has that name and is not in the trash. Blocks; on any thread that may block.
 *
 * Returns: (transfer full) (element-type utf8): their ids as texts.
 */
GPtrArray *
store_insight_names_find (StoreDatabase  *database,
                          const char     *name,
                          GError        **error)
{
  g_return_val_if_fail (STORE_IS_DATABASE (database) && name != NULL, NULL);

  StoreValue wanted = store_value_text (name);
  g_autoptr (StoreFilter) filter =
    store_filter_new (STORE_KIND ("party"), "display_name", STORE_OPERATOR_EQUAL, &wanted);
  g_autoptr (StoreQuery) query = store_query_new ("party");
  g_autoptr (GPtrArray) parties = NULL;
  GPtrArray *ids = NULL;

  store_query_set_filter (query, filter);
  parties = store_query_run (query, database, error);
  if (!parties)
    return NULL;

  ids = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < parties->len; i++)
    g_ptr_array_add (ids, store_id_to_string (store_record_get_id (g_ptr_array_index (parties, i))));
  return ids;
}
