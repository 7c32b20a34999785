/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-server-roster.h"

#include <string.h>

/* The roster's version is the number of its entries. An entry is appended only by who names the
 * version before it, decided inside the writer's transaction; repeating the append of the
 * last entry is no conflict, since the first answer may have been lost.
 */

static gboolean
read_version (SyncServerDatabase  *database,
              gint64               account,
              guint64             *version,
              GError             **error)
{
  static const char sql[] = "SELECT roster FROM account WHERE number = ?";
  sqlite3_stmt *statement = sync_server_database_prepare (database, sql, error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, account);
  if (!sync_server_database_step (database, statement, &has_row, error))
    return FALSE;

  *version = has_row ? sqlite3_column_int64 (statement, 0) : 0;
  sync_server_database_release (statement);
  return TRUE;
}

static gboolean
is_entry (SyncServerDatabase  *database,
          gint64               account,
          guint64              version,
          GBytes              *entry,
          gboolean            *is_same,
          GError             **error)
{
  static const char sql[] = "SELECT 1 FROM roster WHERE account = ? AND version = ? AND entry = ?";
  sqlite3_stmt *statement = sync_server_database_prepare (database, sql, error);
  gsize size;
  const void *bytes = g_bytes_get_data (entry, &size);

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, account);
  sqlite3_bind_int64 (statement, 2, version);
  sqlite3_bind_blob64 (statement, 3, bytes, size, SQLITE_STATIC);
  if (!sync_server_database_step (database, statement, is_same, error))
    return FALSE;

  sync_server_database_release (statement);
  return TRUE;
}

static gboolean
insert_entry (SyncServerDatabase  *database,
              gint64               account,
              guint64              version,
              GBytes              *entry,
              GError             **error)
{
  static const char insert_sql[] = "INSERT INTO roster (account, version, entry) VALUES (?, ?, ?)";
  static const char update_sql[] = "UPDATE account SET roster = ? WHERE number = ?";
  sqlite3_stmt *insert = sync_server_database_prepare (database, insert_sql, error);
  sqlite3_stmt *update = sync_server_database_prepare (database, update_sql, error);
  gsize size;
  const void *bytes = g_bytes_get_data (entry, &size);

  if (insert == NULL || update == NULL)
    return FALSE;

  sqlite3_bind_int64 (insert, 1, account);
  sqlite3_bind_int64 (insert, 2, version);
  sqlite3_bind_blob64 (insert, 3, bytes, size, SQLITE_STATIC);
  sqlite3_bind_int64 (update, 1, version);
  sqlite3_bind_int64 (update, 2, account);
  return sync_server_database_run (database, insert, error) &&
         sync_server_database_run (database, update, error);
}

/**
 * sync_server_roster_append:
 * @database: the writing connection, inside a transaction
 * @account: the account's row
 * @entry: one entry
 * @expected_version: the version that its writer has seen
 * @max_entries: how many entries a roster may have
 * @append: (out): what became of it
 * @version: (out): the version now
 * @error: why not
 *
 * Returns: whether the database did its part
 */
gboolean
sync_server_roster_append (SyncServerDatabase      *database,
                           gint64                   account,
                           GBytes                  *entry,
                           guint64                  expected_version,
                           guint                    max_entries,
                           SyncServerRosterAppend  *append,
                           guint64                 *version,
                           GError                 **error)
{
  gboolean is_same = FALSE;

  if (!read_version (database, account, version, error))
    return FALSE;

  if (*version == expected_version + 1 &&
      !is_entry (database, account, *version, entry, &is_same, error))
    return FALSE;

  if (is_same)
    *append = SYNC_SERVER_ROSTER_SAME;
  else if (*version != expected_version)
    *append = SYNC_SERVER_ROSTER_CONFLICT;
  else if (*version >= max_entries)
    *append = SYNC_SERVER_ROSTER_FULL;
  else
    *append = SYNC_SERVER_ROSTER_APPENDED;

  if (*append != SYNC_SERVER_ROSTER_APPENDED)
    return TRUE;

  *version += 1;
  return insert_entry (database, account, *version, entry, error);
}

/**
 * sync_server_roster_dup:
 * @database: a connection
 * @account: the account's row
 * @version: (out): the roster's version
 * @error: why not
 *
 * Returns: (transfer full): all entries, oldest first, each behind its size as four bytes
 *   little endian
 */
GByteArray *
sync_server_roster_dup (SyncServerDatabase  *database,
                        gint64               account,
                        guint64             *version,
                        GError             **error)
{
  static const char sql[] = "SELECT entry FROM roster WHERE account = ? ORDER BY version";
  sqlite3_stmt *statement = sync_server_database_prepare (database, sql, error);
  g_autoptr (GByteArray) entries = g_byte_array_new ();
  gboolean has_row;

  if (statement == NULL)
    return NULL;

  *version = 0;
  sqlite3_bind_int64 (statement, 1, account);
  while (sync_server_database_step (database, statement, &has_row, error))
    {
      guint32 size;

      if (!has_row)
        return g_steal_pointer (&entries);

      size = GUINT32_TO_LE ((guint32) sqlite3_column_bytes (statement, 0));
      g_byte_array_append (entries, (const guint8 *) &size, sizeof size);
      g_byte_array_append (entries,
                           sqlite3_column_blob (statement, 0),
                           sqlite3_column_bytes (statement, 0));
      *version += 1;
    }

  return NULL;
}
