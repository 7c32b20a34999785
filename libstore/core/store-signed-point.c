/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The places at which streams can be cut into batches, with their hashes and signatures. */
#include "config.h"

#include "store-log-private.h"

gboolean
store_log_drop_hashes (StoreConnection *connection,
                       GError         **error)
{
  return store_connection_execute (connection, "DELETE FROM signed_point", error);
}

gboolean
store_log_put_signed_point (StoreConnection *connection,
                            guint32          stream,
                            guint64          number,
                            const guint8     hash[STORE_HASH_SIZE],
                            GBytes          *signature,
                            GError         **error)
{
  g_autoptr (StoreStatement) put = NULL;

  put = store_connection_prepare (connection,
                                  "INSERT INTO signed_point VALUES (?1, ?2, ?3, ?4)"
                                  " ON CONFLICT DO UPDATE SET hash = excluded.hash,"
                                  " signature = coalesce(excluded.signature, signature)",
                                  error);
  if (put == NULL)
    return FALSE;
  sqlite3_bind_int64 (put->handle, 1, stream);
  sqlite3_bind_int64 (put->handle, 2, (gint64) number);
  sqlite3_bind_blob (put->handle, 3, hash, STORE_HASH_SIZE, SQLITE_STATIC);
  store_statement_bind_bytes (put, 4, signature);
  return store_statement_run (put, error);
}

typedef struct
{
  const StoreStreamId *stream;
  guint64 after;
  StoreSignedPoint *point;
  gboolean found;
} PointJob;

static gboolean
add_point (StoreWriter *writer,
           gpointer     data,
           GError     **error)
{
  PointJob *job = data;
  guint64 number, received;
  guint32 stream;

  if (!store_writer_begin (writer, STORE_CAPTURE_OFF, NULL, error))
    return FALSE;
  if (!store_log_find_stream (writer->connection, job->stream, &stream, &number, &received, error) ||
      !store_log_put_signed_point (writer->connection, stream, job->point->number, job->point->hash,
                         job->point->signature, error))
    {
      store_writer_rollback (writer);
      return FALSE;
    }
  return store_writer_commit (writer, NULL, NULL, error);
}

gboolean
store_log_add_signed_point (StoreDatabase          *database,
                            const StoreStreamId    *stream,
                            const StoreSignedPoint *point,
                            GError                **error)
{
  PointJob job = { stream, 0, (StoreSignedPoint *) point, FALSE };

  return store_database_with_writer (database, add_point, &job, error);
}

static gboolean
get_point (StoreConnection *connection,
           gpointer         data,
           GError         **error)
{
  PointJob *job = data;
  g_autoptr (StoreStatement) find = NULL;

  find = store_connection_prepare (connection,
                                   "SELECT p.number, p.hash, p.signature FROM signed_point p"
                                   " JOIN stream s ON s.idx = p.stream WHERE s.id = ?1"
                                   " AND p.number > ?2 AND p.signature IS NOT NULL"
                                   " ORDER BY p.number LIMIT 1",
                                   error);
  if (find == NULL)
    return FALSE;
  sqlite3_bind_blob (find->handle, 1, job->stream->bytes, STORE_STREAM_ID_SIZE, SQLITE_STATIC);
  sqlite3_bind_int64 (find->handle, 2, (gint64) job->after);
  if (!store_statement_step (find, &job->found, error))
    return FALSE;
  if (job->found)
    {
      job->point->number = (guint64) sqlite3_column_int64 (find->handle, 0);
      memcpy (job->point->hash, sqlite3_column_blob (find->handle, 1), STORE_HASH_SIZE);
      job->point->signature = store_statement_dup_bytes (find, 2);
    }
  return TRUE;
}

gboolean
store_log_get_signed_point (StoreDatabase       *database,
                            const StoreStreamId *stream,
                            guint64              after,
                            StoreSignedPoint    *point,
                            GError             **error)
{
  PointJob job = { stream, after, point, FALSE };

  *point = (StoreSignedPoint){ 0 };
  return store_database_read (database, get_point, &job, error) && job.found;
}

void
store_signed_point_clear (StoreSignedPoint *point)
{
  g_clear_pointer (&point->signature, g_bytes_unref);
}
