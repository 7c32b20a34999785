/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A store that was restored or copied finds its own stream ahead of itself, or beside it with
 * another record of the same number. Two writers of one stream would fork it, so this one takes a
 * new name: the old stream becomes another device's, and what nobody else has seen of it (all
 * after the last common record) is issued again as the first records of the new stream, with the
 * same stamps and the same content. Only the names of its writes change: in the records
 * themselves, in clocks, heads and open deletes.
 */
#include "config.h"

#include "store-log.h"

#include "store-database-private.h"
#include "store-entry-private.h"
#include "store-entry-writer.h"
#include "store-row-clock.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const StoreStreamId *fresh;
  guint64 common;
  StoreWriter *writer;
  StoreStreamId old_id;
  guint32 old;
  guint32 moved;
  guint64 common_stamp;
  guint64 n_moved;
} Move;

static GBytes *
load_body (Move    *self,
           guint64  number,
           GError **error)
{
  g_autoptr (StoreStatement) find = NULL;
  gboolean row;

  find = store_connection_prepare (self->writer->connection,
                                   "SELECT body FROM log WHERE stream = ?1 AND number = ?2", error);
  if (find == NULL)
    return NULL;
  sqlite3_bind_int64 (find->handle, 1, self->old);
  sqlite3_bind_int64 (find->handle, 2, (gint64) number);
  if (!store_statement_step (find, &row, error))
    return NULL;
  if (row)
    return store_statement_dup_bytes (find, 0);
  g_set_error_literal (error, STORE_ERROR, STORE_ERROR_DAMAGED,
                       _("The store's own changes are not whole. Restore a backup."));
  return NULL;
}

static StoreEntry *
load_entry (Move    *self,
            guint64  number,
            GError **error)
{
  g_autoptr (GBytes) body = load_body (self, number, error);

  return body ? store_entry_decode (body, &self->old_id, error) : NULL;
}

/* The name of a write: those that move are the new stream's. */
static StoreWriteMark
rename_mark (Move                 *self,
             const StoreWriteMark *mark)
{
  StoreWriteMark renamed = *mark;

  if (mark->stamp > self->common_stamp &&
      store_stream_id_compare (&mark->stream, &self->old_id) == 0)
    renamed.stream = *self->fresh;
  return renamed;
}

static char *
rename_group (Move       *self,
              const char *group)
{
  StoreStreamId stream;
  guint64 number;

  if (group && store_entry_parse_single_group (group, &stream, &number) &&
      store_stream_id_compare (&stream, &self->old_id) == 0 && number > self->common)
    return store_entry_name_single_group (self->fresh, number - self->common);
  return g_strdup (group);
}

static void
write_marks (Move             *self,
             StoreEntryWriter *part,
             const StoreEntryHeads *heads)
{
  for (guint i = 0; i < heads->n_marks; i++)
    {
      StoreWriteMark mark = rename_mark (self, &heads->marks[i]);

      store_entry_writer_add_mark (part, &mark);
    }
}

static void
write_row (Move                *self,
           StoreEntryWriter    *part,
           const StoreEntryRow *row)
{
  const StoreKind *kind = store_catalog_find_by_id (row->kind);
  guint at = 0;

  store_entry_writer_begin_row (part, row->kind, &row->id, row->action);
  if (row->action == STORE_ENTRY_RESTORE)
    {
      store_entry_writer_add_count (part, row->heads[0].n_marks);
      write_marks (self, part, &row->heads[0]);
    }
  if (row->action == STORE_ENTRY_DELETE || row->action == STORE_ENTRY_RESTORE)
    return;

  store_entry_writer_add_mask (part, row->mask);
  if (row->action == STORE_ENTRY_EDIT)
    store_entry_writer_add_count (part, row->n_heads);
  for (guint i = 0; i < row->n_heads; i++)
    {
      store_entry_writer_add_heads (part, row->heads[i].groups, row->heads[i].n_marks);
      write_marks (self, part, &row->heads[i]);
    }
  for (guint bit = 0; bit < 64; bit++)
    {
      const StoreField *field = kind ? store_kind_get_field_by_id (kind, bit) : NULL;
      /* What is not known is taken for personal: that never tells too much. */
      gboolean personal = field == NULL || (field->flags & STORE_FIELD_PERSONAL) != 0;

      if (!(row->mask >> bit & 1))
        continue;
      if (row->action == STORE_ENTRY_EDIT)
        store_entry_writer_add_value (part, &row->old_values[at], personal);
      store_entry_writer_add_value (part, &row->new_values[at], personal);
      at++;
    }
}

/* What the device had seen up to the last common record: the new stream says it anew. */
static gboolean
write_whole_sight (Move             *self,
                   StoreEntryWriter *part,
                   GError          **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_bytes_hash, g_bytes_equal,
                                                       (GDestroyNotify) g_bytes_unref, g_free);
  GHashTableIter iter;
  gpointer key, value;

  for (guint64 number = 1; number <= self->common; number++)
    {
      g_autoptr (StoreEntry) entry = load_entry (self, number, error);

      if (entry == NULL)
        return FALSE;
      for (guint i = 0; i < entry->n_seen; i++)
        g_hash_table_insert (seen, g_bytes_new (entry->seen[i].stream.bytes, STORE_STREAM_ID_SIZE),
                             g_memdup2 (&entry->seen[i].number, sizeof (guint64)));
    }
  g_hash_table_iter_init (&iter, seen);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      StoreStreamId stream;

      memcpy (stream.bytes, g_bytes_get_data (key, NULL), sizeof stream.bytes);
      store_entry_writer_add_seen (part, &stream, *(guint64 *) value);
    }
  if (self->common > 0)
    store_entry_writer_add_seen (part, &self->old_id, self->common);
  return TRUE;
}

static GBytes *
rewrite_entry (Move             *self,
               const StoreEntry *entry,
               GError          **error)
{
  g_autofree char *undoes = rename_group (self, entry->undoes);
  StoreEntryWriter part;
  GBytes *body = NULL;

  store_entry_writer_init (&part, self->fresh);
  part.number = entry->number - self->common;
  part.part = entry->part;
  part.last = entry->last;
  part.stamp = entry->stamp;
  part.wall_time = entry->wall_time;
  part.level = entry->level;
  part.origin = entry->origin;
  part.group = entry->group;
  part.undoes = undoes;
  part.label = entry->label;
  if (part.number > 1 || write_whole_sight (self, &part, error))
    {
      for (guint i = 0; i < entry->n_seen; i++)
        store_entry_writer_add_seen (&part, &entry->seen[i].stream, entry->seen[i].number);
      for (guint i = 0; i < entry->n_rows; i++)
        write_row (self, &part, &entry->rows[i]);
      body = store_entry_writer_finish (&part);
    }
  store_entry_writer_clear (&part);
  return body;
}

static gboolean
rename_clock (Move                *self,
              const StoreEntryRow *row,
              GError             **error)
{
  const StoreTable *table = store_table_set_find_by_id (self->writer->tables, row->kind);
  g_autofree char *select = NULL;
  g_autofree char *put = NULL;
  g_autoptr (StoreStatement) find = NULL;
  g_autoptr (StoreStatement) update = NULL;
  guint8 packed[STORE_ROW_CLOCK_MAX_SIZE];
  StoreRowClock clock, renamed = { 0 };
  gboolean there;
  gsize size;

  if (table == NULL)
    return TRUE;
  select = g_strdup_printf ("SELECT clock FROM \"%s\" WHERE id = ?1", table->kind->name);
  put = g_strdup_printf ("UPDATE \"%s\" SET clock = ?1 WHERE id = ?2", table->kind->name);
  find = store_connection_prepare (self->writer->connection, select, error);
  update = store_connection_prepare (self->writer->connection, put, error);
  if (find == NULL || update == NULL)
    return FALSE;
  store_statement_bind_id (find, 1, &row->id);
  if (!store_statement_step (find, &there, error))
    return FALSE;
  if (!there || !store_row_clock_unpack (&clock, sqlite3_column_blob (find->handle, 0),
                                         (gsize) sqlite3_column_bytes (find->handle, 0)))
    return TRUE;
  renamed.last = clock.last;
  renamed.contested = clock.contested;
  for (guint i = 0; i < clock.n; i++)
    {
      gboolean moves = clock.classes[i].stream == self->old &&
                       clock.classes[i].stamp > self->common_stamp;

      store_row_clock_set (&renamed, clock.classes[i].groups, clock.classes[i].stamp,
                           moves ? self->moved : clock.classes[i].stream);
    }
  size = store_row_clock_pack (&renamed, packed);
  sqlite3_bind_blob (update->handle, 1, packed, (int) size, SQLITE_STATIC);
  store_statement_bind_id (update, 2, &row->id);
  return store_statement_run (update, error);
}

static gboolean
move_entry (Move    *self,
            guint64  number,
            GError **error)
{
  g_autoptr (StoreEntry) entry = load_entry (self, number, error);
  g_autoptr (GBytes) body = NULL;
  g_autoptr (StoreStatement) find = NULL;
  g_autoptr (StoreStatement) update = NULL;
  gboolean row;

  if (entry == NULL)
    return FALSE;
  body = rewrite_entry (self, entry, error);
  find = store_connection_prepare (self->writer->connection,
                                   "SELECT seq, back FROM log WHERE stream = ?1 AND number = ?2",
                                   error);
  update = store_connection_prepare (self->writer->connection,
                                     "UPDATE log SET stream = ?1, number = ?2, body = ?3, sum = ?4"
                                     " WHERE seq = ?5",
                                     error);
  if (body == NULL || find == NULL || update == NULL)
    return FALSE;
  sqlite3_bind_int64 (find->handle, 1, self->old);
  sqlite3_bind_int64 (find->handle, 2, (gint64) number);
  if (!store_statement_step (find, &row, error))
    return FALSE;
  sqlite3_bind_int64 (update->handle, 1, self->moved);
  sqlite3_bind_int64 (update->handle, 2, (gint64) (number - self->common));
  store_statement_bind_bytes (update, 3, body);
  sqlite3_bind_int64 (update->handle, 4,
                      store_writer_sum (body, sqlite3_column_blob (find->handle, 1),
                                        (gsize) sqlite3_column_bytes (find->handle, 1)));
  sqlite3_bind_int64 (update->handle, 5, sqlite3_column_int64 (find->handle, 0));
  store_statement_release (g_steal_pointer (&find));
  if (!store_statement_run (update, error))
    return FALSE;
  for (guint i = 0; i < entry->n_rows; i++)
    if (!rename_clock (self, &entry->rows[i], error))
      return FALSE;
  self->n_moved++;
  return TRUE;
}

static void
bind_number (StoreStatement *statement,
             const char     *name,
             gint64          number)
{
  int at = sqlite3_bind_parameter_index (statement->handle, name);

  if (at > 0)
    sqlite3_bind_int64 (statement->handle, at, number);
}

/* Runs a statement that speaks of :moved and :old (streams), :stamp and :common (the last record
 * that others have alike). */
static gboolean
run_numbers (Move       *self,
             const char *sql,
             GError    **error)
{
  g_autoptr (StoreStatement) statement = NULL;

  statement = store_connection_prepare (self->writer->connection, sql, error);
  if (statement == NULL)
    return FALSE;
  bind_number (statement, ":moved", self->moved);
  bind_number (statement, ":old", self->old);
  bind_number (statement, ":stamp", (gint64) self->common_stamp);
  bind_number (statement, ":common", (gint64) self->common);
  return store_statement_run (statement, error);
}

/* The others may have only some parts of a transaction: then it moves with all of them. */
static gboolean
find_common (Move    *self,
             guint64  number,
             GError **error)
{
  self->common = MIN (self->common, number);
  while (self->common > 0)
    {
      g_autoptr (StoreEntry) last = load_entry (self, self->common, error);

      if (last == NULL)
        return FALSE;
      self->common_stamp = last->stamp;
      if (last->last)
        return TRUE;
      self->common--;
    }
  self->common_stamp = 0;
  return TRUE;
}

static gboolean
move_stream (Move    *self,
             GError **error)
{
  StoreWriter *writer = self->writer;
  guint64 number = writer->number;

  self->old = writer->own;
  self->old_id = *store_writer_get_stream (writer, writer->own);
  if (!find_common (self, number, error))
    return FALSE;
  if (!store_writer_number_stream (writer, self->fresh, &self->moved, error))
    return FALSE;
  for (guint64 at = self->common + 1; at <= number; at++)
    if (!move_entry (self, at, error))
      return FALSE;

  return run_numbers (self, "UPDATE head SET stream = :moved WHERE stream = :old AND stamp > :stamp",
                      error) &&
         run_numbers (self, "UPDATE trash SET stream = :moved, number = number - :common"
                      " WHERE stream = :old AND stamp > :stamp",
                      error) &&
         run_numbers (self, "INSERT INTO seen SELECT :moved, other, number FROM seen"
                      " WHERE stream = :old",
                      error) &&
         run_numbers (self, "DELETE FROM signed_point WHERE stream = :old AND number > :common",
                      error) &&
         run_numbers (self, "UPDATE stream SET number = (SELECT coalesce(max(number), 0) FROM log"
                      " WHERE stream = :moved) WHERE idx = :moved",
                      error) &&
         run_numbers (self, "UPDATE stream SET number = :common, told = CASE WHEN EXISTS"
                      " (SELECT 1 FROM log WHERE stream = :moved) THEN :common ELSE 0 END"
                      " WHERE idx = :old",
                      error) &&
         run_numbers (self, "UPDATE store_state SET own = :moved", error);
}

/* The sight that the old stream had gained behind the common record went along with what moved;
 * what it had up to there is said by the first new record. */
static gboolean
recount_sight (Move    *self,
               GError **error)
{
  g_autoptr (StoreStatement) put = NULL;

  if (!run_numbers (self, "DELETE FROM seen WHERE stream = :old OR (stream = :moved AND NOT EXISTS"
                    " (SELECT 1 FROM log WHERE stream = :moved))",
                    error))
    return FALSE;
  put = store_connection_prepare (self->writer->connection,
                                  "INSERT INTO seen VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE"
                                  " SET number = max(number, excluded.number)",
                                  error);
  if (put == NULL)
    return FALSE;
  for (guint64 number = 1; number <= self->common; number++)
    {
      g_autoptr (StoreEntry) entry = load_entry (self, number, error);

      for (guint i = 0; entry && i < entry->n_seen; i++)
        {
          guint32 other;

          if (!store_writer_number_stream (self->writer, &entry->seen[i].stream, &other, error))
            return FALSE;
          sqlite3_bind_int64 (put->handle, 1, self->old);
          sqlite3_bind_int64 (put->handle, 2, other);
          sqlite3_bind_int64 (put->handle, 3, (gint64) entry->seen[i].number);
          if (!store_statement_run (put, error))
            return FALSE;
        }
      if (entry == NULL)
        return FALSE;
    }
  if (self->n_moved > 0 && self->common > 0)
    {
      sqlite3_bind_int64 (put->handle, 1, self->moved);
      sqlite3_bind_int64 (put->handle, 2, self->old);
      sqlite3_bind_int64 (put->handle, 3, (gint64) self->common);
      return store_statement_run (put, error);
    }
  return self->n_moved > 0 ||
         store_connection_execute (self->writer->connection,
                                   "UPDATE stream SET told = 0"
                                   " WHERE idx <> (SELECT own FROM store_state)"
                                   " AND NOT (number = 1 AND told = 1 AND id IN (SELECT id FROM"
                                   " stream s WHERE s.idx = (SELECT stream FROM log WHERE seq = 1)))",
                                   error);
}

static gboolean
leave (StoreWriter *writer,
       gpointer     data,
       GError     **error)
{
  Move *self = data;

  self->writer = writer;
  if (!store_writer_begin (writer, STORE_CAPTURE_OFF, NULL, error))
    return FALSE;
  if (!move_stream (self, error) || !recount_sight (self, error))
    {
      store_writer_rollback (writer);
      return FALSE;
    }
  return store_writer_commit (writer, NULL, NULL, error);
}

/**
 * store_log_leave_stream:
 * @database: a store
 * @fresh: the name under which it writes from now on
 * @common: the last number of the old stream that others have alike
 * @error: where to say what failed; then nothing was changed
 *
 * Waits; any thread but the store's own.
 */
gboolean
store_log_leave_stream (StoreDatabase       *database,
                        const StoreStreamId *fresh,
                        guint64              common,
                        GError             **error)
{
  Move move = { .fresh = fresh, .common = common };

  g_return_val_if_fail (STORE_IS_DATABASE (database) && fresh != NULL, FALSE);

  return store_database_with_writer (database, leave, &move, error);
}
