/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Deletes: opened, cancelled by what they had not seen, ended. The rule stands at the head of
 * store-merge.c. */
#include "store-merge.h"

#define BIT(number) (G_GUINT64_CONSTANT (1) << (number))

/* Whether the last record applied of @stream had seen record @number of @other. */
static gboolean
has_seen (StoreWriter *writer,
          guint32      stream,
          guint32      other,
          guint64      number,
          gboolean    *seen,
          GError     **error)
{
  g_autoptr (StoreStatement) statement = NULL;
  gboolean row;

  if (stream == other)
    {
      *seen = TRUE;
      return TRUE;
    }
  statement = store_connection_prepare (writer->connection,
                                        "SELECT number FROM seen WHERE stream = ?1 AND other = ?2",
                                        error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement->handle, 1, stream);
  sqlite3_bind_int64 (statement->handle, 2, other);
  if (!store_statement_step (statement, &row, error))
    return FALSE;
  *seen = row && (guint64) sqlite3_column_int64 (statement->handle, 0) >= number;
  return TRUE;
}

static gboolean
set_trashed (StoreWriter      *writer,
             const StoreTable *table,
             const StoreId    *id,
             gboolean          trashed,
             GError          **error)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE \"%s\" SET trashed = ?1 WHERE id = ?2"
                                          " AND trashed <> ?1",
                                          table->kind->name);
  g_autoptr (StoreStatement) statement = store_connection_prepare (writer->connection, sql, error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int (statement->handle, 1, trashed);
  store_statement_bind_id (statement, 2, id);
  return store_statement_run (statement, error);
}

static gboolean
is_covered (StoreWriter *writer,
            guint        kind,
            const StoreId *id,
            gboolean    *covered,
            GError     **error)
{
  g_autoptr (StoreStatement) statement = NULL;

  statement = store_connection_prepare (writer->connection,
                                        "SELECT 1 FROM trash WHERE kind = ?1 AND id = ?2", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int (statement->handle, 1, (int) kind);
  store_statement_bind_id (statement, 2, id);
  return store_statement_step (statement, covered, error);
}

typedef struct
{
  guint kind;
  StoreId id;
} RowName;

gboolean
store_merge_end_delete (StoreWriter          *writer,
                        const StoreWriteMark *mark,
                        GError              **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (RowName));
  g_autoptr (StoreStatement) find = NULL;
  g_autoptr (StoreStatement) end = NULL;
  guint32 stream;
  gboolean row = TRUE;

  if (!store_writer_number_stream (writer, &mark->stream, &stream, error))
    return FALSE;
  find = store_connection_prepare (writer->connection,
                                   "SELECT kind, id FROM trash WHERE stamp = ?1 AND stream = ?2",
                                   error);
  end = store_connection_prepare (writer->connection,
                                  "DELETE FROM trash WHERE stamp = ?1 AND stream = ?2", error);
  if (find == NULL || end == NULL)
    return FALSE;

  sqlite3_bind_int64 (find->handle, 1, (gint64) mark->stamp);
  sqlite3_bind_int64 (find->handle, 2, stream);
  while (row)
    {
      RowName name;

      if (!store_statement_step (find, &row, error))
        return FALSE;
      name.kind = (guint) sqlite3_column_int (find->handle, 0);
      if (row && store_statement_get_id (find, 1, &name.id))
        g_array_append_val (rows, name);
    }
  sqlite3_bind_int64 (end->handle, 1, (gint64) mark->stamp);
  sqlite3_bind_int64 (end->handle, 2, stream);
  if (!store_statement_run (end, error))
    return FALSE;

  for (guint i = 0; i < rows->len; i++)
    {
      const RowName *name = &g_array_index (rows, RowName, i);
      const StoreTable *table = store_table_set_find_by_id (writer->tables, name->kind);
      gboolean covered;

      if (!is_covered (writer, name->kind, &name->id, &covered, error))
        return FALSE;
      if (!covered && table && !set_trashed (writer, table, &name->id, FALSE, error))
        return FALSE;
    }
  return TRUE;
}

/* Ends the open deletes on a record that the writer of @stream's last record had not seen. */
static gboolean
cancel_unseen_deletes (StoreWriter   *writer,
                       guint32        stream,
                       guint          kind,
                       const StoreId *id,
                       GError       **error)
{
  g_autoptr (StoreStatement) find = NULL;
  g_autoptr (GArray) unseen = g_array_new (FALSE, FALSE, sizeof (StoreWriteMark));
  gboolean row = TRUE;

  find = store_connection_prepare (writer->connection,
                                   "SELECT stamp, stream, number FROM trash WHERE kind = ?1"
                                   " AND id = ?2",
                                   error);
  if (find == NULL)
    return FALSE;
  sqlite3_bind_int (find->handle, 1, (int) kind);
  store_statement_bind_id (find, 2, id);
  while (row)
    {
      guint32 deleter;
      gboolean seen = TRUE;

      if (!store_statement_step (find, &row, error))
        return FALSE;
      if (!row)
        break;
      deleter = (guint32) sqlite3_column_int64 (find->handle, 1);
      if (!has_seen (writer, stream, deleter, (guint64) sqlite3_column_int64 (find->handle, 2),
                     &seen, error))
        return FALSE;
      if (!seen)
        {
          StoreWriteMark mark = { (guint64) sqlite3_column_int64 (find->handle, 0),
                                  *store_writer_get_stream (writer, deleter) };

          g_array_append_val (unseen, mark);
        }
    }
  for (guint i = 0; i < unseen->len; i++)
    if (!store_merge_end_delete (writer, &g_array_index (unseen, StoreWriteMark, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
speaks_for_a_person (const StoreEntry *entry)
{
  return entry->origin != STORE_ORIGIN_RULE && entry->origin != STORE_ORIGIN_SEED;
}

/* A write to a record, or a child put under one, keeps the record alive against unseen deletes. */
gboolean
store_merge_keep_alive (StoreWriter         *writer,
                        const StoreEntry    *entry,
                        const StoreEntryRow *row,
                        guint32              stream,
                        const StoreTable    *table,
                        GError             **error)
{
  if (!writer->trash_used || !speaks_for_a_person (entry))
    return TRUE;
  if (!cancel_unseen_deletes (writer, stream, row->kind, &row->id, error))
    return FALSE;

  for (guint i = 0; i < table->kind->n_fields; i++)
    {
      const StoreField *field = &table->kind->fields[i];
      const StoreValue *value;
      const StoreTable *parents;
      StoreId id;

      if (!(table->parents & row->mask & BIT (field->id)))
        continue;
      value = store_entry_row_get_new (row, field->id);
      parents = store_table_set_find_name (writer->tables, field->refers);
      if (parents && value && store_value_get_id (value, &id) &&
          !cancel_unseen_deletes (writer, stream, parents->kind->id, &id, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
touches_deleted (StoreWriter      *writer,
                 const StoreEntry *other,
                 GHashTable       *deleted)
{
  if (!speaks_for_a_person (other))
    return FALSE;

  for (guint i = 0; i < other->n_rows; i++)
    {
      const StoreEntryRow *row = &other->rows[i];
      const StoreTable *table = store_table_set_find_by_id (writer->tables, row->kind);

      if (row->action != STORE_ENTRY_INSERT && row->action != STORE_ENTRY_EDIT)
        continue;
      if (g_hash_table_contains (deleted, &row->id))
        return TRUE;
      for (guint j = 0; table && j < table->kind->n_fields; j++)
        {
          const StoreField *field = &table->kind->fields[j];
          const StoreValue *value;
          StoreId parent;

          if (!(table->parents & row->mask & BIT (field->id)))
            continue;
          value = store_entry_row_get_new (row, field->id);
          if (value && store_value_get_id (value, &parent) &&
              g_hash_table_contains (deleted, &parent))
            return TRUE;
        }
    }
  return FALSE;
}

/* Whether the log holds a write to one of the deleted records that the deleting device had not
 * seen. Only what came behind its back is read. */
static gboolean
find_unseen_write (StoreWriter *writer,
                   guint32      stream,
                   GHashTable  *deleted,
                   gboolean    *found,
                   GError     **error)
{
  g_autoptr (StoreStatement) unseen = NULL;
  gboolean row = TRUE;

  *found = FALSE;
  unseen = store_connection_prepare (writer->connection,
                                     "SELECT l.stream, l.body FROM stream s"
                                     " LEFT JOIN seen v ON v.stream = ?1 AND v.other = s.idx"
                                     " JOIN log l ON l.stream = s.idx"
                                     "  AND l.number > coalesce(v.number, 0) AND l.state = 0"
                                     " WHERE s.idx <> ?1",
                                     error);
  if (unseen == NULL)
    return FALSE;
  sqlite3_bind_int64 (unseen->handle, 1, stream);
  while (row && !*found)
    {
      g_autoptr (GBytes) body = NULL;
      g_autoptr (StoreEntry) other = NULL;
      guint32 writer_stream;

      if (!store_statement_step (unseen, &row, error))
        return FALSE;
      if (!row)
        break;
      writer_stream = (guint32) sqlite3_column_int64 (unseen->handle, 0);
      body = store_statement_dup_bytes (unseen, 1);
      other = store_entry_decode (body, store_writer_get_stream (writer, writer_stream), NULL);
      *found = other && touches_deleted (writer, other, deleted);
    }
  return TRUE;
}

gboolean
store_merge_open_delete (StoreWriter         *writer,
                         const StoreEntry    *entry,
                         guint32              stream,
                         const StoreEntryRow *row,
                         const StoreTable    *table,
                         GError             **error)
{
  g_autoptr (StoreStatement) insert = NULL;

  insert = store_connection_prepare (writer->connection,
                                     "INSERT OR IGNORE INTO trash VALUES (?1, ?2, ?3, ?4, ?5)",
                                     error);
  if (insert == NULL)
    return FALSE;
  sqlite3_bind_int (insert->handle, 1, (int) row->kind);
  store_statement_bind_id (insert, 2, &row->id);
  sqlite3_bind_int64 (insert->handle, 3, (gint64) entry->stamp);
  sqlite3_bind_int64 (insert->handle, 4, stream);
  sqlite3_bind_int64 (insert->handle, 5, (gint64) (entry->number - entry->part));
  writer->trash_used = TRUE;
  return store_statement_run (insert, error) &&
         set_trashed (writer, table, &row->id, TRUE, error);
}

gboolean
store_merge_end_named_deletes (StoreWriter         *writer,
                               const StoreEntryRow *row,
                               GError             **error)
{
  for (guint i = 0; i < row->heads[0].n_marks; i++)
    if (!store_merge_end_delete (writer, &row->heads[0].marks[i], error))
      return FALSE;
  return TRUE;
}

/* A delete is one thing over all rows and parts of a transaction: whether it stands is decided
 * once, before any of its rows goes. */
gboolean
store_merge_decide_delete (StoreWriter *writer,
                           GPtrArray   *parts,
                           guint32      stream,
                           gboolean    *stands,
                           GError     **error)
{
  g_autoptr (GHashTable) deleted = g_hash_table_new (store_id_hash, store_id_equal);
  gboolean unseen = FALSE;

  for (guint i = 0; i < parts->len; i++)
    {
      StoreEntry *entry = g_ptr_array_index (parts, i);

      for (guint j = 0; j < entry->n_rows; j++)
        if (entry->rows[j].action == STORE_ENTRY_DELETE)
          g_hash_table_add (deleted, &entry->rows[j].id);
    }
  if (g_hash_table_size (deleted) > 0 &&
      !find_unseen_write (writer, stream, deleted, &unseen, error))
    return FALSE;
  *stands = !unseen;
  return TRUE;
}
