/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-connection.h"
#include "store-error.h"
#include "store-query-functions.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define BUSY_TIMEOUT_MS 10000

struct _StoreConnection
{
  sqlite3 *handle;
  char *path;
  GHashTable *idle;
};

/* Statements of one kind differ at their ends; to hash 400 bytes of each would cost more than to
 * run some of them. */
static guint
hash_sql (gconstpointer data)
{
  const char *sql = data;
  gsize length = strlen (sql);
  guint hash = (guint) length;

  for (gsize i = 0; i < MIN (length, 24); i++)
    hash = hash * 33 + (guint8) sql[i];
  for (gsize i = length > 48 ? length - 24 : MIN (length, 24); i < length; i++)
    hash = hash * 33 + (guint8) sql[i];
  return hash;
}

/* SQLite's count of its memory takes a lock for each allocation, and nobody reads it. */
static void
configure_library (void)
{
  static gsize done;

  if (g_once_init_enter (&done))
    {
      sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
      g_once_init_leave (&done, 1);
    }
}

static void
statement_destroy (gpointer data)
{
  StoreStatement *self = data;

  sqlite3_finalize (self->handle);
  g_free (self);
}

/**
 * store_connection_fail:
 * @self: a connection
 * @error: what failed last, as a sentence and a code
 *
 * Returns: %FALSE
 */
gboolean
store_connection_fail (StoreConnection *self,
                       GError         **error)
{
  int code = sqlite3_errcode (self->handle) & 0xff;

  g_debug ("sqlite: %s (%d)", sqlite3_errmsg (self->handle),
           sqlite3_extended_errcode (self->handle));
  switch (code)
    {
    case SQLITE_FULL:
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_FULL,
                           _("The disk is full. Free some room; nothing was lost."));
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_BUSY,
                           _("Another program is using the store. Try again in a moment."));
      break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      g_set_error (error, STORE_ERROR, STORE_ERROR_DAMAGED,
                   _("“%s” is damaged or is not a Clientele store. Restore a backup."), self->path);
      break;
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      g_set_error (error, STORE_ERROR, STORE_ERROR_FAILED,
                   _("“%s” cannot be opened for writing. Check the folder and its permissions."),
                   self->path);
      break;
    case SQLITE_INTERRUPT:
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_CANCELLED, _("Stopped."));
      break;
    default:
      g_set_error (error, STORE_ERROR, STORE_ERROR_FAILED, _("The store failed: %s"),
                   sqlite3_errmsg (self->handle));
      break;
    }
  return FALSE;
}

static gboolean
configure (StoreConnection    *self,
           StoreConnectionMode mode,
           GError            **error)
{
  sqlite3_extended_result_codes (self->handle, 1);
  sqlite3_busy_timeout (self->handle, BUSY_TIMEOUT_MS);

  /* The triggers are for other programs only; this one logs by the preupdate hook. */
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);

  if (!store_query_functions_attach (self->handle, error))
    return FALSE;

  /* Checkpoints come every 16 MB: a logged edit touches several pages, and should not pay for one
   * each time a thousand have come together. */
  if (mode == STORE_CONNECTION_READ)
    return store_connection_execute (self,
                                     "PRAGMA query_only = 1;"
                                     "PRAGMA mmap_size = 268435456;"
                                     "PRAGMA cache_size = -16384;",
                                     error);
  return store_connection_execute (self,
                                   "PRAGMA journal_mode = WAL;"
                                   "PRAGMA synchronous = FULL;"
                                   "PRAGMA cache_size = -65536;"
                                   "PRAGMA wal_autocheckpoint = 4000;"
                                   "PRAGMA journal_size_limit = 67108864;"
                                   "PRAGMA temp_store = MEMORY;",
                                   error);
}

/**
 * store_connection_open:
 * @path: the file
 * @mode: to read, to write, or to make it where missing
 * @error: where to say what failed
 *
 * Returns: (transfer full): the connection, for use by one thread at a time
 */
StoreConnection *
store_connection_open (const char         *path,
                       StoreConnectionMode mode,
                       GError            **error)
{
  g_autoptr (StoreConnection) self = g_new0 (StoreConnection, 1);
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE;

  configure_library ();
  if (mode == STORE_CONNECTION_CREATE)
    flags |= SQLITE_OPEN_CREATE;
  self->path = g_strdup (path);
  self->idle = g_hash_table_new_full (hash_sql, g_str_equal, NULL, statement_destroy);
  if (sqlite3_open_v2 (path, &self->handle, flags, NULL) != SQLITE_OK ||
      !configure (self, mode, error))
    {
      if (error == NULL || *error == NULL)
        store_connection_fail (self, error);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * store_connection_free:
 * @self: a connection, all its statements released
 */
void
store_connection_free (StoreConnection *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->idle, g_hash_table_unref);
  sqlite3_close_v2 (self->handle);
  g_free (self->path);
  g_free (self);
}

sqlite3 *
store_connection_get_handle (StoreConnection *self)
{
  return self->handle;
}

/**
 * store_connection_prepare:
 * @self: a connection
 * @sql: one statement
 * @error: where to say what failed
 *
 * Returns: (transfer full): the statement on loan; a second loan of the same text is another one
 */
StoreStatement *
store_connection_prepare (StoreConnection *self,
                          const char      *sql,
                          GError         **error)
{
  StoreStatement *statement = g_hash_table_lookup (self->idle, sql);

  if (statement)
    {
      g_hash_table_steal (self->idle, sql);
      return statement;
    }

  statement = g_new0 (StoreStatement, 1);
  statement->connection = self;
  if (sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement->handle,
                          NULL) != SQLITE_OK)
    {
      store_connection_fail (self, error);
      g_free (statement);
      return NULL;
    }
  return statement;
}

/**
 * store_statement_release:
 * @self: a statement on loan
 *
 * Resets it and gives it back.
 */
void
store_statement_release (StoreStatement *self)
{
  const char *sql;

  if (self == NULL)
    return;

  sqlite3_reset (self->handle);
  sqlite3_clear_bindings (self->handle);
  sql = sqlite3_sql (self->handle);
  if (g_hash_table_contains (self->connection->idle, sql))
    statement_destroy (self);
  else
    g_hash_table_insert (self->connection->idle, (gpointer) sql, self);
}

gboolean
store_connection_execute (StoreConnection *self,
                          const char      *sql,
                          GError         **error)
{
  if (sqlite3_exec (self->handle, sql, NULL, NULL, NULL) != SQLITE_OK)
    return store_connection_fail (self, error);
  return TRUE;
}

gboolean
store_connection_get_number (StoreConnection *self,
                             const char      *sql,
                             gint64          *number,
                             GError         **error)
{
  g_autoptr (StoreStatement) statement = store_connection_prepare (self, sql, error);
  gboolean row;

  if (statement == NULL || !store_statement_step (statement, &row, error))
    return FALSE;
  *number = row ? sqlite3_column_int64 (statement->handle, 0) : 0;
  return TRUE;
}

gboolean
store_statement_step (StoreStatement *self,
                      gboolean       *row,
                      GError        **error)
{
  int result = sqlite3_step (self->handle);

  *row = result == SQLITE_ROW;
  if (result != SQLITE_ROW && result != SQLITE_DONE)
    return store_connection_fail (self->connection, error);
  return TRUE;
}

gboolean
store_statement_run (StoreStatement *self,
                     GError        **error)
{
  int result;

  do
    result = sqlite3_step (self->handle);
  while (result == SQLITE_ROW);

  if (result != SQLITE_DONE)
    {
      store_connection_fail (self->connection, error);
      sqlite3_reset (self->handle);
      return FALSE;
    }
  sqlite3_reset (self->handle);
  return TRUE;
}

/* The bytes must live until the statement is stepped to its end or released. */
void
store_statement_bind_value (StoreStatement   *self,
                            int               at,
                            const StoreValue *value)
{
  switch (value->type)
    {
    case STORE_VALUE_INTEGER:
      sqlite3_bind_int64 (self->handle, at, value->integer);
      break;
    case STORE_VALUE_TEXT:
      sqlite3_bind_text (self->handle, at, (const char *) value->data, (int) value->length,
                         SQLITE_STATIC);
      break;
    case STORE_VALUE_BLOB:
      sqlite3_bind_blob (self->handle, at, value->length > 0 ? (const void *) value->data : "",
                         (int) value->length, SQLITE_STATIC);
      break;
    case STORE_VALUE_NULL:
    default:
      sqlite3_bind_null (self->handle, at);
      break;
    }
}

void
store_statement_bind_id (StoreStatement *self,
                         int             at,
                         const StoreId  *id)
{
  sqlite3_bind_blob (self->handle, at, id->bytes, sizeof id->bytes, SQLITE_STATIC);
}

void
store_statement_bind_bytes (StoreStatement *self,
                            int             at,
                            GBytes         *bytes)
{
  gsize size = 0;
  const void *data = bytes ? g_bytes_get_data (bytes, &size) : NULL;

  if (bytes == NULL)
    sqlite3_bind_null (self->handle, at);
  else
    sqlite3_bind_blob (self->handle, at, size > 0 ? data : "", (int) size, SQLITE_STATIC);
}

/* Borrows from the row that the statement stands on. */
StoreValue
store_statement_get_value (StoreStatement *self,
                           int             column)
{
  StoreValue value = STORE_VALUE_INIT;

  switch (sqlite3_column_type (self->handle, column))
    {
    case SQLITE_INTEGER:
      return store_value_integer (sqlite3_column_int64 (self->handle, column));
    case SQLITE_TEXT:
      value.type = STORE_VALUE_TEXT;
      value.data = sqlite3_column_text (self->handle, column);
      break;
    case SQLITE_BLOB:
      value.type = STORE_VALUE_BLOB;
      value.data = sqlite3_column_blob (self->handle, column);
      break;
    case SQLITE_NULL:
    default:
      return value;
    }
  value.length = (guint32) sqlite3_column_bytes (self->handle, column);
  if (value.data == NULL)
    value.data = (const guint8 *) "";
  return value;
}

gboolean
store_statement_get_id (StoreStatement *self,
                        int             column,
                        StoreId        *id)
{
  if (sqlite3_column_bytes (self->handle, column) != STORE_ID_SIZE)
    return FALSE;
  memcpy (id->bytes, sqlite3_column_blob (self->handle, column), STORE_ID_SIZE);
  return TRUE;
}

GBytes *
store_statement_dup_bytes (StoreStatement *self,
                           int             column)
{
  const void *data = sqlite3_column_blob (self->handle, column);

  return g_bytes_new (data, (gsize) sqlite3_column_bytes (self->handle, column));
}
