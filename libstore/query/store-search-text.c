/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How one document gets into the full-text index and out of it; see store-search-index.c. */
#include "config.h"

#include "store-search-text.h"

#include "store-search-document.h"

static gboolean
change_index (StoreConnection  *connection,
              const char       *sql,
              gint64            number,
              const char       *text,
              GError          **error)
{
  g_autoptr (StoreStatement) statement = store_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement->handle, 1, number);
  if (text)
    sqlite3_bind_text (statement->handle, 2, text, -1, SQLITE_STATIC);
  return store_statement_run (statement, error);
}

static gboolean
read_document (StoreConnection  *connection,
               gint64            number,
               char            **text,
               GError          **error)
{
  g_autoptr (StoreStatement) statement =
    store_connection_prepare (connection, "SELECT text FROM search_doc WHERE n = ?", error);
  gboolean row;

  *text = NULL;
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement->handle, 1, number);
  if (!store_statement_step (statement, &row, error))
    return FALSE;
  if (row)
    *text = g_strdup ((const char *) sqlite3_column_text (statement->handle, 0));
  return TRUE;
}

/* FTS5 must be told what was there to take it away. */
static gboolean
replace_document (StoreConnection  *connection,
                  gint64            number,
                  const char       *old,
                  const char       *text,
                  GError          **error)
{
  static const char remove_sql[] =
    "INSERT INTO search (search, rowid, text) VALUES ('delete', ?, ?)";

  if (old &&
      (!change_index (connection, remove_sql, number, old, error) ||
       !change_index (connection, "DELETE FROM search_doc WHERE n = ?", number, NULL, error)))
    return FALSE;
  return *text == 0 ||
         (change_index (connection, "INSERT INTO search (rowid, text) VALUES (?, ?)", number, text,
                        error) &&
          change_index (connection, "INSERT INTO search_doc (n, text) VALUES (?, ?)", number, text,
                        error));
}

/**
 * store_search_text_write:
 * @connection: the writer's, inside a transaction
 * @number: the number of a document
 * @fresh: whether the index knows nothing of the record yet
 * @error: return location
 *
 * Makes the document of its record as that is now, and puts it in the place of what was there.
 *
 * Returns: whether it was written. Writer thread.
 */
gboolean
store_search_text_write (StoreConnection  *connection,
                         gint64            number,
                         gboolean          fresh,
                         GError          **error)
{
  const StoreKind *kind = store_search_document_get_kind (number);
  g_autofree char *text = NULL;
  g_autofree char *old = NULL;
  gint64 row = store_search_document_get_row (number);

  text = store_search_document_make (connection, kind, row, error);
  if (text == NULL || (!fresh && !read_document (connection, number, &old, error)))
    return FALSE;
  if (g_strcmp0 (old, text) == 0)
    return TRUE;
  return replace_document (connection, number, old, text, error);
}
