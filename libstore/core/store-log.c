/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Streams out and streams in. A record is kept as it came: verified against the chain, put into
 * the inbox, and merged as soon as all parts of its transaction and everything that its writer had
 * seen are here. What is taken, merged and remembered by the caller is one transaction of the
 * file, so a process killed at any point finds either all of it or nothing.
 *
 * The chain of a stream is counted when it is asked for: hashes are kept at signed points and
 * where somebody asked, and counted on from the nearest one below.
 */
#include "config.h"

#include "store-log-private.h"

#include "store-seed.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>

typedef struct
{
  StoreDatabase *database;
  const StoreStreamId *stream;
  guint64 after;
  guint64 until;
  gsize max_bytes;
  guint8 *bytes;
  gpointer result;
} LogJob;

gboolean
store_log_find_stream (StoreConnection     *connection,
                       const StoreStreamId *id,
                       guint32             *stream,
                       guint64             *number,
                       guint64             *received,
                       GError             **error)
{
  g_autoptr (StoreStatement) find = NULL;
  gboolean row;

  *stream = 0;
  *number = *received = 0;
  find = store_connection_prepare (connection,
                                   "SELECT idx, number, (SELECT max(number) FROM inbox"
                                   " WHERE stream = idx) FROM stream WHERE id = ?1",
                                   error);
  if (find == NULL)
    return FALSE;
  sqlite3_bind_blob (find->handle, 1, id->bytes, sizeof id->bytes, SQLITE_STATIC);
  if (!store_statement_step (find, &row, error))
    return FALSE;
  if (row)
    {
      *stream = (guint32) sqlite3_column_int64 (find->handle, 0);
      *number = (guint64) sqlite3_column_int64 (find->handle, 1);
      *received = MAX (*number, (guint64) sqlite3_column_int64 (find->handle, 2));
    }
  return TRUE;
}

static GBytes *
find_body (StoreConnection *connection,
           guint32          stream,
           guint64          number,
           GError         **error)
{
  g_autoptr (StoreStatement) find = NULL;
  gboolean row;

  find = store_connection_prepare (connection,
                                   "SELECT body FROM log WHERE stream = ?1 AND number = ?2"
                                   " UNION ALL"
                                   " SELECT body FROM inbox WHERE stream = ?1 AND number = ?2",
                                   error);
  if (find == NULL)
    return NULL;
  sqlite3_bind_int64 (find->handle, 1, stream);
  sqlite3_bind_int64 (find->handle, 2, (gint64) number);
  if (!store_statement_step (find, &row, error))
    return NULL;
  if (row)
    return store_statement_dup_bytes (find, 0);
  g_set_error_literal (error, STORE_ERROR, STORE_ERROR_NOT_FOUND,
                       _("That part of the history is not on this device."));
  return NULL;
}

static gboolean
read_own (StoreConnection *connection,
          gpointer         data,
          GError         **error)
{
  LogJob *job = data;
  g_autoptr (StoreStatement) find = NULL;
  gboolean row;

  find = store_connection_prepare (connection,
                                   "SELECT id FROM stream JOIN store_state ON own = idx", error);
  if (find == NULL || !store_statement_step (find, &row, error))
    return FALSE;
  if (row)
    memcpy (job->bytes, sqlite3_column_blob (find->handle, 0), STORE_STREAM_ID_SIZE);
  return row;
}

/**
 * store_log_get_own_stream:
 * @database: a store
 * @stream: (out): the name under which this device writes
 */
void
store_log_get_own_stream (StoreDatabase *database,
                          StoreStreamId *stream)
{
  LogJob job = { .bytes = stream->bytes };

  memset (stream, 0, sizeof *stream);
  store_database_read (database, read_own, &job, NULL);
}

static gboolean
name_own (StoreWriter *writer,
          gpointer     data,
          GError     **error)
{
  LogJob *job = data;
  g_autoptr (StoreStatement) update = NULL;

  if (!store_writer_begin (writer, STORE_CAPTURE_OFF, NULL, error))
    return FALSE;
  update = store_connection_prepare (writer->connection,
                                     "UPDATE stream SET id = ?1"
                                     " WHERE idx = (SELECT own FROM store_state)",
                                     error);
  if (update)
    sqlite3_bind_blob (update->handle, 1, job->stream->bytes, sizeof job->stream->bytes,
                       SQLITE_STATIC);
  if (update == NULL || !store_statement_run (update, error) ||
      !store_log_drop_hashes (writer->connection, error))
    {
      g_clear_pointer (&update, store_statement_release);
      store_writer_rollback (writer);
      return FALSE;
    }
  store_statement_release (g_steal_pointer (&update));
  g_array_index (writer->streams, StoreStreamId, writer->own) = *job->stream;
  return store_writer_commit (writer, NULL, NULL, error);
}

/**
 * store_log_name_own_stream:
 * @database: a store
 * @stream: the new name
 * @error: where to say what failed
 *
 * Only while nothing of the own stream ever left this device: others would know it by its old name.
 */
gboolean
store_log_name_own_stream (StoreDatabase       *database,
                           const StoreStreamId *stream,
                           GError             **error)
{
  LogJob job = { .stream = stream };

  return store_database_with_writer (database, name_own, &job, error);
}

static gboolean
list_streams (StoreConnection *connection,
              gpointer         data,
              GError         **error)
{
  LogJob *job = data;
  GArray *streams = job->result;
  g_autoptr (StoreStatement) list = NULL;
  StoreStreamId seed;
  gboolean row = TRUE;

  store_seed_get_stream (&seed);
  list = store_connection_prepare (connection,
                                   "SELECT s.id, s.idx = (SELECT own FROM store_state), s.number,"
                                   " (SELECT max(number) FROM inbox WHERE stream = s.idx)"
                                   " FROM stream s ORDER BY s.id",
                                   error);
  if (list == NULL)
    return FALSE;
  while (row)
    {
      StoreStream stream = { 0 };

      if (!store_statement_step (list, &row, error))
        return FALSE;
      if (!row)
        break;
      memcpy (stream.id.bytes, sqlite3_column_blob (list->handle, 0), STORE_STREAM_ID_SIZE);
      stream.own = sqlite3_column_int (list->handle, 1) != 0;
      stream.number = (guint64) sqlite3_column_int64 (list->handle, 2);
      stream.received = MAX (stream.number, (guint64) sqlite3_column_int64 (list->handle, 3));
      if (store_stream_id_compare (&stream.id, &seed) != 0)
        g_array_append_val (streams, stream);
    }
  return TRUE;
}

/**
 * store_log_list_streams:
 * @database: a store
 * @error: where to say what failed
 *
 * Returns: (transfer full) (element-type StoreStream): every device's stream known here, by name
 */
GArray *
store_log_list_streams (StoreDatabase *database,
                        GError       **error)
{
  g_autoptr (GArray) streams = g_array_new (FALSE, FALSE, sizeof (StoreStream));
  LogJob job = { .result = streams };

  if (!store_database_read (database, list_streams, &job, error))
    return NULL;
  return g_steal_pointer (&streams);
}

/* Counts the chain from the nearest hash below up to @number. */
gboolean
store_log_count_hash (StoreConnection     *connection,
                      guint32              stream,
                      const StoreStreamId *id,
                      guint64              number,
                      guint8               hash[STORE_HASH_SIZE],
                      GError             **error)
{
  g_autoptr (StoreStatement) nearest = NULL;
  guint8 key[STORE_HASH_SIZE];
  guint64 at = 0;
  gboolean row;

  if (!store_log_load_chain_key (connection, key, error))
    return FALSE;
  store_entry_chain_start (key, id, hash);
  nearest = store_connection_prepare (connection,
                                      "SELECT number, hash FROM signed_point WHERE stream = ?1"
                                      " AND number <= ?2 ORDER BY number DESC LIMIT 1",
                                      error);
  if (nearest == NULL)
    return FALSE;
  sqlite3_bind_int64 (nearest->handle, 1, stream);
  sqlite3_bind_int64 (nearest->handle, 2, (gint64) number);
  if (!store_statement_step (nearest, &row, error))
    return FALSE;
  if (row && sqlite3_column_bytes (nearest->handle, 1) == STORE_HASH_SIZE)
    {
      at = (guint64) sqlite3_column_int64 (nearest->handle, 0);
      memcpy (hash, sqlite3_column_blob (nearest->handle, 1), STORE_HASH_SIZE);
    }
  while (at < number)
    {
      g_autoptr (GBytes) body = find_body (connection, stream, ++at, error);

      if (body == NULL || !store_entry_chain (key, hash, body, hash, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
get_hash (StoreConnection *connection,
          gpointer         data,
          GError         **error)
{
  LogJob *job = data;
  guint64 number, received;
  guint32 stream;

  return store_log_find_stream (connection, job->stream, &stream, &number, &received, error) &&
         store_log_count_hash (connection, stream, job->stream, job->after, job->bytes, error);
}

/**
 * store_log_get_hash:
 * @database: a store
 * @stream: a stream
 * @number: a record's number, 0 for the start
 * @hash: (out): the chain hash after it
 * @error: %STORE_ERROR_NOT_FOUND beyond what is here
 */
gboolean
store_log_get_hash (StoreDatabase       *database,
                    const StoreStreamId *stream,
                    guint64              number,
                    guint8               hash[STORE_HASH_SIZE],
                    GError             **error)
{
  LogJob job = { .stream = stream, .after = number, .bytes = hash };

  return store_database_read (database, get_hash, &job, error);
}

static gboolean
read_bodies (StoreConnection *connection,
             gpointer         data,
             GError         **error)
{
  LogJob *job = data;
  GPtrArray *bodies = job->result;
  guint64 number, received;
  guint32 stream;
  gsize size = 0;

  if (!store_log_find_stream (connection, job->stream, &stream, &number, &received, error))
    return FALSE;
  if (job->until == 0 || job->until > received)
    job->until = received;
  for (guint64 at = job->after + 1; at <= job->until; at++)
    {
      GBytes *body = find_body (connection, stream, at, error);

      if (body == NULL)
        return FALSE;
      size += g_bytes_get_size (body);
      if (bodies->len > 0 && size > job->max_bytes)
        {
          g_bytes_unref (body);
          break;
        }
      g_ptr_array_add (bodies, body);
    }
  return TRUE;
}

/**
 * store_log_read:
 * @database: a store
 * @stream: a stream
 * @after: the last number that is not wanted
 * @until: the last number that is wanted, 0 for all there is
 * @max_bytes: about how much
 * @error: where to say what failed
 *
 * Every commit is written through (synchronous=FULL), so what is handed out is on disk.
 *
 * Returns: (transfer full) (element-type GBytes): bodies, in order; none where there are no more
 */
GPtrArray *
store_log_read (StoreDatabase       *database,
                const StoreStreamId *stream,
                guint64              after,
                guint64              until,
                gsize                max_bytes,
                GError             **error)
{
  g_autoptr (GPtrArray) bodies = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  LogJob job = { .stream = stream, .after = after, .until = until, .max_bytes = max_bytes,
                 .result = bodies };

  if (!store_database_read (database, read_bodies, &job, error))
    return NULL;
  return g_steal_pointer (&bodies);
}

static gboolean
get_digest (StoreConnection *connection,
            gpointer         data,
            GError         **error)
{
  LogJob *job = data;
  g_autoptr (StoreStatement) find = NULL;
  gboolean row;

  find = store_connection_prepare (connection, "SELECT digest FROM store_state", error);
  if (find == NULL || !store_statement_step (find, &row, error))
    return FALSE;
  if (row)
    memcpy (job->bytes, sqlite3_column_blob (find->handle, 0), STORE_DIGEST_SIZE);
  return row;
}

/**
 * store_log_get_digest:
 * @database: a store
 * @digest: (out): see store-digest.c
 * @error: where to say what failed
 */
gboolean
store_log_get_digest (StoreDatabase *database,
                      guint8         digest[STORE_DIGEST_SIZE],
                      GError       **error)
{
  LogJob job = { .bytes = digest };

  return store_database_read (database, get_digest, &job, error);
}
