/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync-server-database.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "sync-error.h"

/* One connection to the server's file, DIR/server.sqlite.
 *
 * WAL, so that readers never wait for the writer; synchronous=FULL, so that what was answered
 * with success is on the disk. All ids are blobs, all times Unix milliseconds.
 *
 *   account   one a business: its key, the number of its last arrival, the epoch of its cursors,
 *             how many bytes it takes, the version of its roster
 *   device    one a stream: the key that signs it, its last number and the chain hash there
 *   batch     what was put, as it was put; numbered by arrival within the account. The key is
 *             a plain row number: a key by (account, arrival) would split pages at each append
 *   roster    entries as they were appended
 *   state     one small object a device
 *   invite    hashes of codes, never a code
 *   meta      facts of the file: how often a server started on it
 */

#define FILE_NAME "server.sqlite"
#define SCHEMA_VERSION 1
#define BUSY_TIMEOUT_MS 10000

static const char schema[] =
  "CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
  "CREATE TABLE account ("
  " number INTEGER PRIMARY KEY,"
  " id BLOB NOT NULL UNIQUE,"
  " key BLOB NOT NULL,"
  " created INTEGER NOT NULL,"
  " epoch INTEGER NOT NULL,"
  " arrival INTEGER NOT NULL DEFAULT 0,"
  " size INTEGER NOT NULL DEFAULT 0,"
  " roster INTEGER NOT NULL DEFAULT 0) STRICT;"
  "CREATE TABLE device ("
  " number INTEGER PRIMARY KEY,"
  " account INTEGER NOT NULL REFERENCES account (number),"
  " stream BLOB NOT NULL,"
  " key BLOB NOT NULL,"
  " created INTEGER NOT NULL,"
  " revoked INTEGER NOT NULL DEFAULT 0,"
  " last INTEGER NOT NULL DEFAULT 0,"
  " hash BLOB NOT NULL DEFAULT (zeroblob (32)),"
  " UNIQUE (account, stream)) STRICT;"
  "CREATE TABLE batch ("
  " number INTEGER PRIMARY KEY,"
  " account INTEGER NOT NULL REFERENCES account (number),"
  " arrival INTEGER NOT NULL,"
  " device INTEGER NOT NULL REFERENCES device (number),"
  " last INTEGER NOT NULL,"
  " hash BLOB NOT NULL,"
  " size INTEGER NOT NULL,"
  " bytes BLOB NOT NULL,"
  " UNIQUE (account, arrival),"
  " UNIQUE (device, last)) STRICT;"
  "CREATE TABLE roster ("
  " account INTEGER NOT NULL REFERENCES account (number),"
  " version INTEGER NOT NULL,"
  " entry BLOB NOT NULL,"
  " PRIMARY KEY (account, version)) STRICT, WITHOUT ROWID;"
  "CREATE TABLE state ("
  " device INTEGER PRIMARY KEY REFERENCES device (number),"
  " bytes BLOB NOT NULL) STRICT;"
  "CREATE TABLE invite ("
  " hash BLOB PRIMARY KEY,"
  " created INTEGER NOT NULL,"
  " expires INTEGER NOT NULL,"
  " account BLOB) STRICT, WITHOUT ROWID;"
  "INSERT INTO meta VALUES ('runs', 0);"
  "PRAGMA user_version = " G_STRINGIFY (SCHEMA_VERSION) ";";

struct _SyncServerDatabase
{
  sqlite3 *connection;
  GHashTable *statements;
};

static gboolean
set_failed (SyncServerDatabase  *self,
            int                  code,
            GError             **error)
{
  const char *detail = sqlite3_errmsg (self->connection);

  g_debug ("database: %s", detail);

  if ((code & 0xff) == SQLITE_FULL)
    g_set_error_literal (error, SYNC_ERROR, SYNC_ERROR_QUOTA, _("The server's disk is full."));
  else
    g_set_error (error, SYNC_ERROR, SYNC_ERROR_FAILED, _("The server's database failed: %s"), detail);

  return FALSE;
}

/**
 * sync_server_database_execute:
 * @self: a connection
 * @sql: statements without parameters
 * @error: why not
 *
 * Returns: whether all of them ran
 */
gboolean
sync_server_database_execute (SyncServerDatabase  *self,
                              const char          *sql,
                              GError             **error)
{
  int code = sqlite3_exec (self->connection, sql, NULL, NULL, NULL);

  return code == SQLITE_OK || set_failed (self, code, error);
}

static gboolean
read_version (SyncServerDatabase  *self,
              int                 *version,
              GError             **error)
{
  sqlite3_stmt *statement = sync_server_database_prepare (self, "PRAGMA user_version", error);
  gboolean has_row = FALSE;

  if (statement == NULL || !sync_server_database_step (self, statement, &has_row, error))
    return FALSE;

  *version = has_row ? sqlite3_column_int (statement, 0) : 0;
  sync_server_database_release (statement);
  return TRUE;
}

static gboolean
create_schema (SyncServerDatabase  *self,
               GError             **error)
{
  int version = 0;

  if (!sync_server_database_execute (self, "BEGIN IMMEDIATE", error) ||
      !read_version (self, &version, error))
    return FALSE;

  if (version > SCHEMA_VERSION)
    {
      g_set_error_literal (error,
                           SYNC_ERROR,
                           SYNC_ERROR_TOO_NEW,
                           _("This folder was written by a later version of the server; "
                             "update the server."));
      return FALSE;
    }

  if (version == 0 && !sync_server_database_execute (self, schema, error))
    return FALSE;

  return sync_server_database_execute (self, "COMMIT", error);
}

static gboolean
set_up (SyncServerDatabase  *self,
        gboolean             writable,
        GError             **error)
{
  sqlite3_extended_result_codes (self->connection, 1);
  sqlite3_busy_timeout (self->connection, BUSY_TIMEOUT_MS);

  if (!sync_server_database_execute (self, "PRAGMA foreign_keys = ON;", error))
    return FALSE;

  if (!writable)
    return sync_server_database_execute (self, "PRAGMA query_only = ON", error);

  return sync_server_database_execute (self,
                                       "PRAGMA journal_mode = WAL;"
                                       "PRAGMA synchronous = FULL",
                                       error) &&
         create_schema (self, error);
}

static void
finalize_statement (gpointer data)
{
  sqlite3_finalize (data);
}

/**
 * sync_server_database_open:
 * @directory: the server's data folder, made (mode 0700) if it is not there
 * @writable: whether this connection writes; the first one must
 * @error: why not
 *
 * A connection belongs to one thread at a time.
 *
 * Returns: (transfer full): a connection
 */
SyncServerDatabase *
sync_server_database_open (const char  *directory,
                           gboolean     writable,
                           GError     **error)
{
  g_autoptr (SyncServerDatabase) self = g_new0 (SyncServerDatabase, 1);
  g_autofree char *path = g_build_filename (directory, FILE_NAME, NULL);
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
  int code;

  self->statements = g_hash_table_new_full (g_direct_hash,
                                            g_direct_equal,
                                            NULL,
                                            finalize_statement);

  if (g_mkdir_with_parents (directory, 0700) != 0)
    {
      g_set_error (error,
                   SYNC_ERROR,
                   SYNC_ERROR_FAILED,
                   _("The folder %s cannot be made; choose another with --data."),
                   directory);
      return NULL;
    }

  code = sqlite3_open_v2 (path, &self->connection, flags, NULL);
  if (code != SQLITE_OK)
    {
      set_failed (self, code, error);
      return NULL;
    }

  g_chmod (path, 0600);
  if (!set_up (self, writable, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * sync_server_database_close:
 * @self: (transfer full): a connection
 */
void
sync_server_database_close (SyncServerDatabase *self)
{
  g_clear_pointer (&self->statements, g_hash_table_unref);
  g_clear_pointer (&self->connection, sqlite3_close);
  g_free (self);
}

/**
 * sync_server_database_prepare:
 * @self: a connection
 * @sql: a statement, a string that lives as long as the program
 * @error: why not
 *
 * Statements are prepared once and kept by the address of their text.
 *
 * Returns: (transfer none): the statement, reset and without values; one user at a time
 */
sqlite3_stmt *
sync_server_database_prepare (SyncServerDatabase  *self,
                              const char          *sql,
                              GError             **error)
{
  sqlite3_stmt *statement = g_hash_table_lookup (self->statements, sql);
  int code;

  if (statement != NULL)
    return statement;

  code = sqlite3_prepare_v3 (self->connection, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);
  if (code != SQLITE_OK)
    {
      set_failed (self, code, error);
      return NULL;
    }

  g_hash_table_insert (self->statements, (gpointer) sql, statement);
  return statement;
}

/**
 * sync_server_database_release:
 * @statement: a statement that is not needed further
 *
 * Frees a statement for the next user before all its rows are read.
 */
void
sync_server_database_release (sqlite3_stmt *statement)
{
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
}

/**
 * sync_server_database_step:
 * @self: a connection
 * @statement: a prepared statement with its values
 * @has_row: (out): whether there is a row to read
 * @error: why not
 *
 * Goes to the next row. Where there is none, or on failure, the statement is free again;
 * after reading fewer rows than there are, call sync_server_database_release().
 *
 * Returns: whether it worked
 */
gboolean
sync_server_database_step (SyncServerDatabase  *self,
                           sqlite3_stmt        *statement,
                           gboolean            *has_row,
                           GError             **error)
{
  int code = sqlite3_step (statement);

  *has_row = code == SQLITE_ROW;
  if (code == SQLITE_ROW)
    return TRUE;

  if (code != SQLITE_DONE)
    set_failed (self, code, error);
  sync_server_database_release (statement);

  return code == SQLITE_DONE;
}

/**
 * sync_server_database_run:
 * @self: a connection
 * @statement: a statement that gives no rows, with its values
 * @error: why not
 *
 * Returns: whether it worked; the statement is free again
 */
gboolean
sync_server_database_run (SyncServerDatabase  *self,
                          sqlite3_stmt        *statement,
                          GError             **error)
{
  gboolean has_row;

  return sync_server_database_step (self, statement, &has_row, error);
}

/**
 * sync_server_database_changes:
 * @self: a connection
 *
 * Returns: rows changed by the last statement
 */
int
sync_server_database_changes (SyncServerDatabase *self)
{
  return sqlite3_changes (self->connection);
}

/**
 * sync_server_database_last_row:
 * @self: a connection
 *
 * Returns: the key of the row inserted last
 */
gint64
sync_server_database_last_row (SyncServerDatabase *self)
{
  return sqlite3_last_insert_rowid (self->connection);
}
