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

#include "store-log.h"

#include "store-change-set-private.h"
#include "store-database-private.h"
#include "store-entry-private.h"
#include "store-inbox.h"
#include "store-seed.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>

#define KEY_CURSOR "chain-key"

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

static gboolean
find_stream (StoreConnection     *connection,
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
drop_hashes (StoreConnection *connection,
             GError         **error)
{
  return store_connection_execute (connection, "DELETE FROM signed_point", error);
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
      !drop_hashes (writer->connection, error))
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

/**
 * store_log_set_cursor:
 * @database: a store
 * @name: what it is called
 * @cursor: (nullable): what to remember; %NULL to forget
 * @error: where to say what failed
 */
typedef struct
{
  const char *name;
  GBytes *value;
} CursorJob;

static gboolean
put_cursor (StoreConnection *connection,
            gpointer         data,
            GError         **error)
{
  CursorJob *job = data;
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
  CursorJob *job = data;
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

gboolean
store_log_set_cursor (StoreDatabase *database,
                      const char    *name,
                      GBytes        *cursor,
                      GError       **error)
{
  CursorJob job = { name, cursor };

  return store_database_write_local (database, put_cursor, &job, error);
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
  CursorJob job = { name, NULL };

  return store_database_read (database, take_cursor, &job, error) ? job.value : NULL;
}

static gboolean
put_chain_key (StoreConnection *connection,
               gpointer         data,
               GError         **error)
{
  CursorJob before = { KEY_CURSOR, NULL };
  CursorJob *job = data;
  gboolean same;

  if (!take_cursor (connection, &before, error))
    return FALSE;
  same = before.value && g_bytes_equal (before.value, job->value);
  g_clear_pointer (&before.value, g_bytes_unref);
  return same || (drop_hashes (connection, error) && put_cursor (connection, job, error));
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
  CursorJob job = { KEY_CURSOR, value };

  return store_database_write_local (database, put_chain_key, &job, error);
}

static gboolean
load_chain_key (StoreConnection *connection,
                guint8           key[STORE_HASH_SIZE],
                GError         **error)
{
  CursorJob job = { KEY_CURSOR, NULL };
  g_autoptr (GBytes) value = NULL;

  memset (key, 0, STORE_HASH_SIZE);
  if (!take_cursor (connection, &job, error))
    return FALSE;
  value = job.value;
  if (value && g_bytes_get_size (value) == STORE_HASH_SIZE)
    memcpy (key, g_bytes_get_data (value, NULL), STORE_HASH_SIZE);
  return TRUE;
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
static gboolean
count_hash (StoreConnection     *connection,
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

  if (!load_chain_key (connection, key, error))
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

  return find_stream (connection, job->stream, &stream, &number, &received, error) &&
         count_hash (connection, stream, job->stream, job->after, job->bytes, error);
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

  if (!find_stream (connection, job->stream, &stream, &number, &received, error))
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

typedef struct
{
  StoreDatabase *database;
  const StoreStreamId *stream;
  guint64 first;
  GPtrArray *bodies;
  const guint8 *hash_after;
  GBytes *signature;
  CursorJob cursor;
  StoreIntake *intake;
} TakeJob;

static gboolean
put_signed_point (StoreConnection *connection,
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

/* Compares what is here already; the rest must continue the chain up to the hash given. */
static gboolean
verify_bodies (StoreWriter *writer,
               TakeJob     *job,
               guint32      stream,
               guint64      received,
               GError     **error)
{
  guint8 key[STORE_HASH_SIZE];
  guint8 hash[STORE_HASH_SIZE];

  if (job->first > received + 1)
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_NOT_FOUND,
                           _("Changes are missing before these."));
      return FALSE;
    }
  if (!load_chain_key (writer->connection, key, error) ||
      !count_hash (writer->connection, stream, job->stream, job->first - 1, hash, error))
    return FALSE;
  for (guint i = 0; i < job->bodies->len; i++)
    {
      GBytes *body = g_ptr_array_index (job->bodies, i);
      guint8 mine[STORE_HASH_SIZE];

      if (!store_entry_chain (key, hash, body, hash, error))
        return FALSE;
      if (job->first + i > received)
        continue;
      if (!count_hash (writer->connection, stream, job->stream, job->first + i, mine, error))
        return FALSE;
      if (sodium_memcmp (mine, hash, sizeof mine) != 0)
        {
          g_set_error_literal (error, STORE_ERROR, STORE_ERROR_EXISTS,
                               _("Two different changes carry the same number."));
          return FALSE;
        }
    }
  if (sodium_memcmp (hash, job->hash_after, sizeof hash) != 0)
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_DAMAGED,
                           _("The chain of changes of a device is broken."));
      return FALSE;
    }
  return TRUE;
}

static gboolean
take_bodies (StoreWriter *writer,
             TakeJob     *job,
             GError     **error)
{
  g_autoptr (GPtrArray) fresh = g_ptr_array_new ();
  guint64 number, received, last, known;
  guint32 stream;

  if (!store_writer_number_stream (writer, job->stream, &stream, error) ||
      !find_stream (writer->connection, job->stream, &stream, &number, &received, error) ||
      !verify_bodies (writer, job, stream, received, error))
    return FALSE;

  known = MIN (received >= job->first ? received - job->first + 1 : 0, job->bodies->len);
  job->intake->known = (guint) known;
  job->intake->taken = job->bodies->len - (guint) known;
  for (guint i = (guint) known; i < job->bodies->len; i++)
    {
      GBytes *body = g_ptr_array_index (job->bodies, i);

      if (received == number)
        g_ptr_array_add (fresh, body);
      else if (!store_inbox_put (writer, stream, job->first + i, body, error))
        return FALSE;
    }
  if (!store_inbox_take_run (writer, stream, job->first + known, fresh, job->intake, error))
    return FALSE;
  last = job->first + job->bodies->len - 1;
  /* Kept without a signature too: the next batch counts on from here. */
  if (job->bodies->len > 0 &&
      !put_signed_point (writer->connection, stream, last, job->hash_after, job->signature, error))
    return FALSE;
  if (job->cursor.name && !put_cursor (writer->connection, &job->cursor, error))
    return FALSE;
  return store_inbox_drain (writer, job->intake, error);
}

static gboolean
take (StoreWriter *writer,
      gpointer     data,
      GError     **error)
{
  TakeJob *job = data;
  g_autoptr (StoreChangeSet) changes = store_change_set_new ();

  if (!store_writer_begin (writer, STORE_CAPTURE_MERGE, NULL, error))
    return FALSE;
  if (!take_bodies (writer, job, error))
    {
      store_writer_rollback (writer);
      return FALSE;
    }
  if (!store_writer_commit (writer, changes, NULL, error))
    return FALSE;
  store_database_report (job->database, writer, changes);
  return TRUE;
}

/**
 * store_log_take:
 * @database: a store
 * @stream: another device's stream, or our own from before a restore
 * @first: the number of the first body
 * @bodies: (element-type GBytes): records in order
 * @hash_after: the chain hash after the last
 * @signature: (nullable): the author's, there
 * @cursor_name: (nullable): what the caller calls its cursor
 * @cursor: (nullable): what the caller remembers
 * @intake: (out): what came of it
 * @error: %STORE_ERROR_DAMAGED for a chain that does not prove, %STORE_ERROR_EXISTS for another
 *   record of a number that is here, %STORE_ERROR_NOT_FOUND for a gap; then nothing was taken
 *
 * Keeps, merges and remembers in one transaction. Taking the same again changes nothing.
 */
gboolean
store_log_take (StoreDatabase       *database,
                const StoreStreamId *stream,
                guint64              first,
                GPtrArray           *bodies,
                const guint8         hash_after[STORE_HASH_SIZE],
                GBytes              *signature,
                const char          *cursor_name,
                GBytes              *cursor,
                StoreIntake         *intake,
                GError             **error)
{
  TakeJob job = { database, stream, first, bodies, hash_after, signature,
                  { cursor_name, cursor }, intake };

  g_return_val_if_fail (STORE_IS_DATABASE (database) && first > 0 && intake != NULL, FALSE);

  *intake = (StoreIntake){ 0 };
  return store_database_with_writer (database, take, &job, error);
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
  if (!find_stream (writer->connection, job->stream, &stream, &number, &received, error) ||
      !put_signed_point (writer->connection, stream, job->point->number, job->point->hash,
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
