/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the change log to the documents of the search that it touches. */
#include "config.h"

#include "store-search-window.h"

#include "store-catalog.h"
#include "store-log-walk.h"
#include "store-search-document.h"

/* A window is closed once it has so many documents: 8 bytes each, gone through twice at most. */
#define MOST_DOCUMENTS 100000

static gboolean
find_row (StoreConnection  *connection,
          const StoreKind  *kind,
          const StoreId    *id,
          gint64           *row,
          GError          **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT n FROM \"%s\" WHERE id = ?", kind->name);
  g_autoptr (StoreStatement) statement = store_connection_prepare (connection, sql, error);
  gboolean found;

  *row = 0;
  if (statement == NULL)
    return FALSE;
  store_statement_bind_id (statement, 1, id);
  if (!store_statement_step (statement, &found, error))
    return FALSE;
  if (found)
    *row = sqlite3_column_int64 (statement->handle, 0);
  return TRUE;
}

static gboolean
add_document (StoreSearchWindow  *window,
              StoreConnection    *connection,
              const StoreKind    *kind,
              const StoreId      *id,
              GError            **error)
{
  gint64 number;
  gint64 row;

  if (!find_row (connection, kind, id, &row, error))
    return FALSE;
  if (row == 0)
    return TRUE;
  number = store_search_document_number (kind, row);
  /* Neighbours in the log are often parts of one whole. */
  if (window->numbers->len == 0 ||
      g_array_index (window->numbers, gint64, window->numbers->len - 1) != number)
    g_array_append_val (window->numbers, number);
  return TRUE;
}

static gboolean
add_by_value (StoreSearchWindow  *window,
              StoreConnection    *connection,
              const StoreField   *whole,
              const StoreValue   *value,
              GError            **error)
{
  StoreId id;

  return value == NULL || !store_value_get_id (value, &id) ||
         add_document (window, connection, store_catalog_find (whole->refers), &id, error);
}

/* The whole that a part belongs to now, for entries that do not carry the reference. */
static gboolean
add_current_whole (StoreSearchWindow  *window,
                   StoreConnection    *connection,
                   const StoreKind    *kind,
                   const StoreField   *whole,
                   const StoreId      *id,
                   GError            **error)
{
  g_autofree char *sql =
    g_strdup_printf ("SELECT \"%s\" FROM \"%s\" WHERE id = ?", whole->name, kind->name);
  g_autoptr (StoreStatement) statement = store_connection_prepare (connection, sql, error);
  StoreValue value;
  gboolean found;

  if (statement == NULL)
    return FALSE;
  store_statement_bind_id (statement, 1, id);
  if (!store_statement_step (statement, &found, error))
    return FALSE;
  if (!found)
    return TRUE;
  value = store_statement_get_value (statement, 0);
  return add_by_value (window, connection, whole, &value, error);
}

/* A part that moved changes the document that it left and the one that it came to. */
static gboolean
add_row (StoreSearchWindow    *window,
         StoreConnection      *connection,
         const StoreEntryRow  *row,
         GError              **error)
{
  const StoreKind *kind = store_catalog_find_by_id (row->kind);
  const StoreField *whole = kind ? store_search_document_get_whole (kind) : NULL;

  if (kind && store_search_document_exists (kind))
    return add_document (window, connection, kind, &row->id, error);
  if (whole == NULL)
    return TRUE;
  if (row->mask >> whole->id & 1 &&
      (!add_by_value (window, connection, whole, store_entry_row_get_old (row, whole->id), error) ||
       !add_by_value (window, connection, whole, store_entry_row_get_new (row, whole->id), error)))
    return FALSE;
  return add_current_whole (window, connection, kind, whole, &row->id, error);
}

static gboolean
add_entry (StoreSearchWindow  *window,
           StoreConnection    *connection,
           const StoreEntry   *entry,
           GError            **error)
{
  for (guint i = 0; i < entry->n_rows; i++)
    if (!add_row (window, connection, &entry->rows[i], error))
      return FALSE;
  return TRUE;
}

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  gint64 first = *(const gint64 *) a;
  gint64 second = *(const gint64 *) b;

  return first < second ? -1 : first > second;
}

static void
sort_unique (GArray *numbers)
{
  guint kept = 0;

  g_array_sort (numbers, compare_numbers);
  for (guint i = 0; i < numbers->len; i++)
    if (kept == 0 ||
        g_array_index (numbers, gint64, i) != g_array_index (numbers, gint64, kept - 1))
      g_array_index (numbers, gint64, kept++) = g_array_index (numbers, gint64, i);
  g_array_set_size (numbers, kept);
}

/**
 * store_search_window_collect:
 * @connection: a connection
 * @data: the #StoreSearchWindow to fill
 * @error: return location
 *
 * Reads on in the log until its end, the window's end, or where that is 0, until the window is
 * full.
 *
 * Returns: whether it could be read. The thread of the connection.
 */
gboolean
store_search_window_collect (StoreConnection  *connection,
                             gpointer          data,
                             GError          **error)
{
  StoreSearchWindow *window = data;
  g_auto (StoreLogWalk) walk = { 0 };
  gint64 until = window->end;
  gboolean more;

  window->end = window->after;
  if (!store_log_walk_init (&walk, connection, window->after, until, error))
    return FALSE;
  while (until != 0 || window->numbers->len < MOST_DOCUMENTS)
    {
      if (!store_log_walk_step (&walk, &more, error))
        return FALSE;
      if (!more)
        break;
      window->end = walk.seq;
      if (walk.entry && !add_entry (window, connection, walk.entry, error))
        return FALSE;
    }
  sort_unique (window->numbers);
  return TRUE;
}
