/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-writer.h"

#include "store-change-set-private.h"
#include "store-commit.h"
#include "store-entry-private.h"
#include "store-error.h"
#include "store-schema.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>

#define BIT(number) (G_GUINT64_CONSTANT (1) << (number))

typedef struct
{
  const StoreTable *table;
  guint64 mask;
} UpdateKey;

static guint
update_key_hash (gconstpointer data)
{
  const UpdateKey *key = data;

  return (guint) (key->mask ^ (key->mask >> 32)) * 31 + key->table->kind->id;
}

static gboolean
update_key_equal (gconstpointer a,
                  gconstpointer b)
{
  const UpdateKey *left = a;
  const UpdateKey *right = b;

  return left->table == right->table && left->mask == right->mask;
}

/* SQL function store_stamp (clock, groups): the clock as this transaction leaves it. */
static void
stamp_function (sqlite3_context *context,
                int              n_arguments,
                sqlite3_value  **arguments)
{
  StoreWriter *self = sqlite3_user_data (context);
  StoreRowClock clock;
  guint8 packed[STORE_ROW_CLOCK_MAX_SIZE];
  gsize size;

  if (!store_row_clock_unpack (&clock, sqlite3_value_blob (arguments[0]),
                               (gsize) sqlite3_value_bytes (arguments[0])))
    {
      sqlite3_result_error (context, "damaged clock", -1);
      return;
    }
  store_row_clock_set (&clock, (guint64) sqlite3_value_int64 (arguments[1]), self->stamp,
                       self->own);
  clock.last = self->first_seq;
  size = store_row_clock_pack (&clock, packed);
  sqlite3_result_blob (context, packed, (int) size, SQLITE_TRANSIENT);
}

static gint64
get_real_time (gpointer data)
{
  return g_get_real_time () / 1000;
}

/* Reads anew which stream has which number. */
gboolean
store_writer_reload_streams (StoreWriter *self,
                             GError     **error)
{
  g_autoptr (StoreStatement) statement = NULL;
  gboolean row = TRUE;

  statement = store_connection_prepare (self->connection, "SELECT idx, id FROM stream", error);
  if (statement == NULL)
    return FALSE;

  g_array_set_size (self->streams, 0);
  while (row)
    {
      guint idx;

      if (!store_statement_step (statement, &row, error))
        return FALSE;
      if (!row || sqlite3_column_bytes (statement->handle, 1) != STORE_STREAM_ID_SIZE)
        continue;
      idx = (guint) sqlite3_column_int64 (statement->handle, 0);
      if (self->streams->len <= idx)
        g_array_set_size (self->streams, idx + 1);
      memcpy (g_array_index (self->streams, StoreStreamId, idx).bytes,
              sqlite3_column_blob (statement->handle, 1), STORE_STREAM_ID_SIZE);
    }
  return TRUE;
}

static gboolean
load_state (StoreWriter *self,
            GError     **error)
{
  g_autoptr (StoreStatement) statement = NULL;
  gint64 n_streams;
  gboolean row, renamed;

  statement = store_connection_prepare (self->connection,
                                        "SELECT s.stamp, s.own, s.digest, t.number,"
                                        " (SELECT max(seq) FROM log), EXISTS (SELECT 1 FROM trash),"
                                        " t.id"
                                        " FROM store_state s JOIN stream t ON t.idx = s.own",
                                        error);
  if (statement == NULL || !store_statement_step (statement, &row, error))
    return FALSE;
  if (!row || sqlite3_column_bytes (statement->handle, 2) != STORE_DIGEST_SIZE)
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_DAMAGED,
                           _("The store is damaged: its state is missing. Restore a backup."));
      return FALSE;
    }
  self->stamp = MAX (self->stamp, (guint64) sqlite3_column_int64 (statement->handle, 0));
  self->own = (guint32) sqlite3_column_int64 (statement->handle, 1);
  store_digest_set_bytes (&self->capture.digest, sqlite3_column_blob (statement->handle, 2));
  self->kept_digest = self->capture.digest;
  self->number = (guint64) sqlite3_column_int64 (statement->handle, 3);
  self->seq = (guint64) sqlite3_column_int64 (statement->handle, 4);
  self->trash_used = sqlite3_column_int (statement->handle, 5) != 0;
  /* Another process of ours may have given our stream its name. */
  if (self->own < self->streams->len)
    memcpy (g_array_index (self->streams, StoreStreamId, self->own).bytes,
            sqlite3_column_blob (statement->handle, 6), STORE_STREAM_ID_SIZE);
  renamed = sqlite3_column_bytes (statement->handle, 6) != STORE_STREAM_ID_SIZE ||
            memcmp (sqlite3_column_blob (statement->handle, 6),
                    store_writer_get_stream (self, self->own), STORE_STREAM_ID_SIZE) != 0;
  store_statement_release (g_steal_pointer (&statement));

  /* Another process of ours may have met a device that we do not know by number yet, or given our
   * own stream its name. */
  if (!store_connection_get_number (self->connection, "SELECT coalesce(max(idx), 0) FROM stream",
                                    &n_streams, error))
    return FALSE;
  return ((guint) n_streams < self->streams->len && !renamed) ||
         store_writer_reload_streams (self, error);
}

static gboolean
seed_state (StoreWriter *self,
            GError     **error)
{
  g_autoptr (StoreStatement) insert = NULL;
  guint8 stream[STORE_STREAM_ID_SIZE];
  gint64 there;

  if (!store_connection_get_number (self->connection, "SELECT count(*) FROM store_state", &there,
                                    error))
    return FALSE;
  if (there)
    return TRUE;

  randombytes_buf (stream, sizeof stream);
  insert = store_connection_prepare (self->connection,
                                     "INSERT INTO stream (idx, id) VALUES (1, ?1)", error);
  if (insert == NULL)
    return FALSE;
  sqlite3_bind_blob (insert->handle, 1, stream, sizeof stream, SQLITE_STATIC);
  return store_statement_run (insert, error) &&
         store_connection_execute (self->connection,
                                   "INSERT INTO store_state VALUES (1, 0, 1, zeroblob(16), 0)",
                                   error);
}

static gboolean
prepare_file (StoreWriter        *self,
              StoreConnectionMode mode,
              GError            **error)
{
  gboolean done;

  if (!store_schema_verify (self->connection, error))
    return FALSE;
  if (!store_connection_execute (self->connection, "BEGIN IMMEDIATE", error))
    return FALSE;
  done = store_schema_apply (self->connection, error) && seed_state (self, error);
  if (!done)
    {
      sqlite3_exec (store_connection_get_handle (self->connection), "ROLLBACK", NULL, NULL, NULL);
      return FALSE;
    }
  return store_connection_execute (self->connection, "COMMIT", error);
}

/* Returns: (transfer full): the writer of the file, its tables complete and its state read. */
StoreWriter *
store_writer_open (const char         *path,
                   StoreConnectionMode mode,
                   GError            **error)
{
  g_autoptr (StoreWriter) self = g_new0 (StoreWriter, 1);

  self->time_func = get_real_time;
  self->part_size = STORE_PART_SIZE;
  self->streams = g_array_new (FALSE, TRUE, sizeof (StoreStreamId));
  self->update_sql = g_hash_table_new_full (update_key_hash, update_key_equal, g_free, g_free);
  self->stamped_sql = g_hash_table_new_full (update_key_hash, update_key_equal, g_free, g_free);
  self->connection = store_connection_open (path, mode, error);
  if (self->connection == NULL || !prepare_file (self, mode, error))
    return NULL;

  sqlite3_create_function_v2 (store_connection_get_handle (self->connection), "store_stamp", 2,
                              SQLITE_UTF8 | SQLITE_DETERMINISTIC, self, stamp_function, NULL, NULL,
                              NULL);
  self->tables = store_table_set_load (self->connection, error);
  if (self->tables == NULL)
    return NULL;
  store_capture_init (&self->capture, self->connection, self->tables);
  if (!store_writer_reload_streams (self, error) || !load_state (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
store_writer_free (StoreWriter *self)
{
  if (self == NULL)
    return;

  if (self->open)
    store_writer_rollback (self);
  if (self->capture.changes)
    store_capture_clear (&self->capture);
  g_clear_pointer (&self->tables, store_table_set_free);
  g_clear_pointer (&self->connection, store_connection_free);
  g_clear_pointer (&self->streams, g_array_unref);
  g_clear_pointer (&self->update_sql, g_hash_table_unref);
  g_clear_pointer (&self->stamped_sql, g_hash_table_unref);
  g_free (self);
}

gint64
store_writer_get_time (StoreWriter *self)
{
  return self->time_func (self->time_data);
}

const StoreStreamId *
store_writer_get_stream (StoreWriter *self,
                         guint32      stream)
{
  static const StoreStreamId nobody;

  return stream < self->streams->len ? &g_array_index (self->streams, StoreStreamId, stream)
                                     : &nobody;
}

/* Gives a stream its local number; a new one where it is not known yet. */
gboolean
store_writer_number_stream (StoreWriter         *self,
                            const StoreStreamId *id,
                            guint32             *stream,
                            GError             **error)
{
  g_autoptr (StoreStatement) insert = NULL;

  for (guint i = 1; i < self->streams->len; i++)
    if (store_stream_id_compare (&g_array_index (self->streams, StoreStreamId, i), id) == 0)
      {
        *stream = i;
        return TRUE;
      }

  insert = store_connection_prepare (self->connection, "INSERT INTO stream (idx, id) VALUES (?1, ?2)",
                                     error);
  if (insert == NULL)
    return FALSE;
  *stream = MAX (self->streams->len, 1);
  sqlite3_bind_int64 (insert->handle, 1, *stream);
  sqlite3_bind_blob (insert->handle, 2, id->bytes, sizeof id->bytes, SQLITE_STATIC);
  if (!store_statement_run (insert, error))
    return FALSE;
  g_array_set_size (self->streams, *stream);
  g_array_append_val (self->streams, *id);
  return TRUE;
}

/* The hybrid logical clock (Kulkarni et al., "Logical physical clocks", 2014): never behind what
 * was seen, never far ahead of the wall clock by itself. A wall clock beyond what a stamp may say
 * is broken, and is not believed: the others would take the record for damaged. */
static void
tick (StoreWriter *self)
{
  gint64 wall = store_writer_get_time (self);

  if (wall < 0 || wall >= (gint64) (STORE_STAMP_MAX >> 16))
    wall = 0;
  self->stamp = MAX (self->stamp + 1, (guint64) wall << 16);
}

/**
 * store_writer_begin:
 * @self: the writer
 * @mode: whose writes these are
 * @info: (nullable): what the log says of them
 * @error: %STORE_ERROR_BUSY where another program holds the file for too long
 *
 * Begins the transaction that store_writer_commit() or store_writer_rollback() ends.
 */
gboolean
store_writer_begin (StoreWriter          *self,
                    StoreCaptureMode      mode,
                    const StoreWriteInfo *info,
                    GError              **error)
{
  if (!store_connection_execute (self->connection, "BEGIN IMMEDIATE", error))
    return FALSE;

  self->open = TRUE;
  self->info = info ? *info : (StoreWriteInfo){ 0 };
  store_capture_begin (&self->capture, mode);
  if (!load_state (self, error))
    {
      store_writer_rollback (self);
      return FALSE;
    }
  self->first_seq = self->seq + 1;
  if (mode == STORE_CAPTURE_LOCAL)
    tick (self);
  return TRUE;
}

static void
report_changes (StoreWriter    *self,
                StoreChangeSet *changes)
{
  for (guint i = 0; i < self->capture.changes->len; i++)
    {
      StoreChange *change = g_ptr_array_index (self->capture.changes, i);
      gboolean whole = change->inserted || change->mask == 0;

      store_change_set_add (changes, change->table->kind, &change->id,
                            whole ? G_MAXUINT64 : change->mask);
    }
}

gboolean
store_writer_keep_state (StoreWriter *self,
                         GError     **error)
{
  g_autoptr (StoreStatement) update = NULL;
  guint8 digest[STORE_DIGEST_SIZE];

  update = store_connection_prepare (self->connection,
                                     "UPDATE store_state SET stamp = ?1, digest = ?2", error);
  if (update == NULL)
    return FALSE;
  store_digest_get_bytes (&self->capture.digest, digest);
  sqlite3_bind_int64 (update->handle, 1, (gint64) self->stamp);
  sqlite3_bind_blob (update->handle, 2, digest, sizeof digest, SQLITE_STATIC);
  return store_statement_run (update, error);
}

static gboolean
commit (StoreWriter    *self,
        gboolean        even_if_empty,
        StoreChangeSet *changes,
        char          **group,
        GError        **error)
{
  gboolean empty = FALSE;
  guint64 first_number = self->number + 1;

  if (self->capture.failed)
    {
      g_set_error (error, STORE_ERROR, STORE_ERROR_FAILED, _("The store refused a change: %s"),
                   self->capture.failed);
      goto fail;
    }
  if (self->capture.mode == STORE_CAPTURE_LOCAL)
    {
      if (!store_commit_log (self, &empty, error))
        goto fail;
      if (empty && !even_if_empty)
        {
          store_writer_rollback (self);
          return TRUE;
        }
    }
  if (self->capture.mode != STORE_CAPTURE_OFF && !store_writer_keep_state (self, error))
    goto fail;
  if (!store_connection_execute (self->connection, "COMMIT", error))
    goto fail;

  if (self->capture.mode == STORE_CAPTURE_LOCAL && group)
    *group = self->info.group ? g_strdup (self->info.group)
                              : store_entry_name_single_group (
                                  store_writer_get_stream (self, self->own), first_number);
  self->open = FALSE;
  if (changes)
    report_changes (self, changes);
  store_capture_begin (&self->capture, STORE_CAPTURE_OFF);
  return TRUE;

fail:
  store_writer_rollback (self);
  return FALSE;
}

/**
 * store_writer_commit:
 * @self: the writer, in a transaction
 * @changes: (nullable): takes what changed
 * @group: (out) (optional) (nullable): the name of the group, %NULL where nothing was changed
 * @error: where to say what failed; the transaction is then rolled back
 */
gboolean
store_writer_commit (StoreWriter    *self,
                     StoreChangeSet *changes,
                     char          **group,
                     GError        **error)
{
  return commit (self, FALSE, changes, group, error);
}

/* A transaction of ours that also did what is not logged, and is kept even if nothing is. */
gboolean
store_writer_commit_always (StoreWriter *self,
                            GError     **error)
{
  return commit (self, TRUE, NULL, NULL, error);
}

/* Drops the transaction. The stamp stays where it is: stamps are never used twice. */
void
store_writer_rollback (StoreWriter *self)
{
  sqlite3_exec (store_connection_get_handle (self->connection), "ROLLBACK", NULL, NULL, NULL);
  self->open = FALSE;
  self->capture.digest = self->kept_digest;
  store_capture_begin (&self->capture, STORE_CAPTURE_OFF);
  /* Streams met in the dropped transaction have lost their numbers. */
  store_writer_reload_streams (self, NULL);
}

static const char *
get_sql (GHashTable       *cache,
         const StoreTable *table,
         guint64           mask,
         const char       *clock)
{
  UpdateKey key = { table, mask };
  const char *found = g_hash_table_lookup (cache, &key);
  GString *sql;
  int at = 3;

  if (found)
    return found;

  sql = g_string_new (NULL);
  g_string_printf (sql, "UPDATE \"%s\" SET clock = %s", table->kind->name, clock);
  for (guint i = 0; i < table->kind->n_fields; i++)
    if (mask & BIT (table->kind->fields[i].id))
      g_string_append_printf (sql, ", \"%s\" = ?%d", table->kind->fields[i].name, at++);
  g_string_append (sql, " WHERE n = ?1");
  found = sql->str;
  g_hash_table_insert (cache, g_memdup2 (&key, sizeof key), g_string_free (sql, FALSE));
  return found;
}

/* UPDATE of the fields in @mask: ?1 is the row, ?2 the clock, then the fields. */
const char *
store_writer_get_update_sql (StoreWriter      *self,
                             const StoreTable *table,
                             guint64           mask)
{
  return get_sql (self->update_sql, table, mask, "?2");
}

/* The same with ?2 the bits of the groups that this transaction writes: one write a row. */
const char *
store_writer_get_stamped_sql (StoreWriter      *self,
                              const StoreTable *table,
                              guint64           mask)
{
  return get_sql (self->stamped_sql, table, mask, "store_stamp (clock, ?2)");
}

/* The checksum of a log row. */
gint64
store_writer_sum (GBytes       *body,
                  const guint8 *back,
                  gsize         back_size)
{
  static const guint8 key[crypto_shorthash_KEYBYTES] = "clientele log";
  gsize size;
  const guint8 *data = g_bytes_get_data (body, &size);
  guint64 sums[2];

  crypto_shorthash ((guint8 *) &sums[0], data, size, key);
  crypto_shorthash ((guint8 *) &sums[1], back, back_size, key);
  return (gint64) (GUINT64_FROM_LE (sums[0]) * 31 + GUINT64_FROM_LE (sums[1]));
}

gboolean
store_writer_append_log (StoreWriter *self,
                         guint32      stream,
                         guint64      number,
                         int          state,
                         const char  *group,
                         GBytes      *body,
                         GByteArray  *back,
                         GError     **error)
{
  g_autoptr (StoreStatement) insert = NULL;
  StoreId id;

  insert = store_connection_prepare (self->connection,
                                     "INSERT INTO log VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", error);
  if (insert == NULL)
    return FALSE;

  sqlite3_bind_int64 (insert->handle, 1, (gint64) ++self->seq);
  sqlite3_bind_int64 (insert->handle, 2, stream);
  sqlite3_bind_int64 (insert->handle, 3, (gint64) number);
  sqlite3_bind_int (insert->handle, 4, state);
  if (group && store_id_parse (&id, group))
    store_statement_bind_id (insert, 5, &id);
  store_statement_bind_bytes (insert, 6, body);
  sqlite3_bind_blob (insert->handle, 7, back->len > 0 ? (const void *) back->data : "",
                     (int) back->len, SQLITE_STATIC);
  sqlite3_bind_int64 (insert->handle, 8, store_writer_sum (body, back->data, back->len));
  return store_statement_run (insert, error);
}
