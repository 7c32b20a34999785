/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What callers remember in the store's own transactions, and the key under which streams are chained. */
#include "config.h"

#include "store-log-private.h"

#define KEY_CURSOR "chain-key"

gboolean
store_log_put_cursor (StoreConnection *connection,
                      gpointer         data,
                      GError         **error)
{
  StoreCursor *job = data;
  g_autoptr (StoreStatement) put = NULL;

  put = store_connection_prepare (connection, "INSERT OR REPLACE INTO cursor VALUES (?1, ?2)",
                                  error);
  if (put == NULL)
    return FALSE;
  sqlite3_bind_text (put->handle, 1, job->name, -1, SQLITE_STATIC);
  store_statement_bind_bytes (put, 2, job->value);
  return store_statement_run (put, error);
}

static gboolean
take_cursor (StoreConnection *connection,
             gpointer         data,
             GError         **error)
{
  StoreCursor *job = data;
  g_autoptr (StoreStatement) find = NULL;
  gboolean row;

  find = store_connection_prepare (connection, "SELECT value FROM cursor WHERE name = ?1", error);
  if (find == NULL)
    return FALSE;
  sqlite3_bind_text (find->handle, 1, job->name, -1, SQLITE_STATIC);
  if (!store_statement_step (find, &row, error))
    return FALSE;
  if (row && sqlite3_column_type (find->handle, 0) != SQLITE_NULL)
    job->value = store_statement_dup_bytes (find, 0);
  return TRUE;
}

/**
 * store_log_set_cursor:
 * @database: a store
 * @name: what it is called
 * @cursor: (nullable): what to remember; %NULL to forget
 * @error: where to say what failed
 */
gboolean
store_log_set_cursor (StoreDatabase *database,
                      const char    *name,
                      GBytes        *cursor,
                      GError       **error)
{
  StoreCursor job = { name, cursor };

  return store_database_write_local (database, store_log_put_cursor, &job, error);
}

/**
 * store_log_get_cursor:
 * @database: a store
 * @name: what it is called
 * @error: where to say what failed; untouched where nothing is remembered
 *
 * Returns: (transfer full) (nullable): what was remembered
 */
GBytes *
store_log_get_cursor (StoreDatabase *database,
                      const char    *name,
                      GError       **error)
{
  StoreCursor job = { name, NULL };

  return store_database_read (database, take_cursor, &job, error) ? job.value : NULL;
}

static gboolean
put_chain_key (StoreConnection *connection,
               gpointer         data,
               GError         **error)
{
  StoreCursor before = { KEY_CURSOR, NULL };
  StoreCursor *job = data;
  gboolean same;

  if (!take_cursor (connection, &before, error))
    return FALSE;
  same = before.value && g_bytes_equal (before.value, job->value);
  g_clear_pointer (&before.value, g_bytes_unref);
  return same || (store_log_drop_hashes (connection, error) && store_log_put_cursor (connection, job, error));
}

/**
 * store_log_set_chain_key:
 * @database: a store
 * @key: the key of the account's life
 * @error: where to say what failed
 *
 * Streams are chained under @key from now on; hashes under another are forgotten.
 */
gboolean
store_log_set_chain_key (StoreDatabase *database,
                         const guint8   key[STORE_HASH_SIZE],
                         GError       **error)
{
  g_autoptr (GBytes) value = g_bytes_new (key, STORE_HASH_SIZE);
  StoreCursor job = { KEY_CURSOR, value };

  return store_database_write_local (database, put_chain_key, &job, error);
}

gboolean
store_log_load_chain_key (StoreConnection *connection,
                          guint8           key[STORE_HASH_SIZE],
                          GError         **error)
{
  StoreCursor job = { KEY_CURSOR, NULL };
  g_autoptr (GBytes) value = NULL;

  memset (key, 0, STORE_HASH_SIZE);
  if (!take_cursor (connection, &job, error))
    return FALSE;
  value = job.value;
  if (value && g_bytes_get_size (value) == STORE_HASH_SIZE)
    memcpy (key, g_bytes_get_data (value, NULL), STORE_HASH_SIZE);
  return TRUE;
}
