/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-server-state.h"

/**
 * sync_server_state_put:
 * @database: the writing connection, inside a transaction
 * @device: the device's row
 * @bytes: its small object
 * @error: why not
 *
 * Returns: whether it replaced what was there
 */
gboolean
sync_server_state_put (SyncServerDatabase  *database,
                       gint64               device,
                       GBytes              *bytes,
                       GError             **error)
{
  static const char sql[] = "INSERT OR REPLACE INTO state (device, bytes) VALUES (?, ?)";
  sqlite3_stmt *statement = sync_server_database_prepare (database, sql, error);
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, device);
  sqlite3_bind_blob64 (statement, 2, size > 0 ? data : "", size, SQLITE_STATIC);
  return sync_server_database_run (database, statement, error);
}

/**
 * sync_server_state_get:
 * @database: a connection
 * @device: the device's row
 * @bytes: (out) (transfer full) (nullable): its object, %NULL where there is none
 * @error: why not
 *
 * Returns: whether the database answered
 */
gboolean
sync_server_state_get (SyncServerDatabase  *database,
                       gint64               device,
                       GBytes             **bytes,
                       GError             **error)
{
  static const char sql[] = "SELECT bytes FROM state WHERE device = ?";
  sqlite3_stmt *statement = sync_server_database_prepare (database, sql, error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;

  *bytes = NULL;
  sqlite3_bind_int64 (statement, 1, device);
  if (!sync_server_database_step (database, statement, &has_row, error))
    return FALSE;

  if (has_row)
    {
      *bytes = g_bytes_new (sqlite3_column_blob (statement, 0),
                            sqlite3_column_bytes (statement, 0));
      sync_server_database_release (statement);
    }

  return TRUE;
}
