/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Into the trash and out of it: a record goes with all that hangs on it, and comes back with it. */
#include "config.h"

#include "store-transaction-private.h"

#include "store-merge.h"


#define BIT(number) (G_GUINT64_CONSTANT (1) << (number))

/* The record and everything that hangs on it, children after parents. */
static gboolean
gather (StoreTransaction *self,
        const StoreTable *table,
        const StoreId    *id,
        GHashTable       *seen,
        GPtrArray        *found,
        GError          **error)
{
  StoreRecord *record;

  if (g_hash_table_contains (seen, id))
    return TRUE;
  record = store_transaction_load (self, table->kind, id, error);
  if (record == NULL)
    return FALSE;
  g_ptr_array_add (found, record);
  g_hash_table_add (seen, (gpointer) store_record_get_id (record));

  for (guint i = 0; i < self->writer->tables->n_tables; i++)
    {
      const StoreTable *child = &self->writer->tables->tables[i];

      for (guint j = 0; j < child->kind->n_fields; j++)
        {
          const StoreField *field = &child->kind->fields[j];
          StoreValue value = store_value_id (id);
          g_autoptr (GPtrArray) children = NULL;

          if (!(child->parents & BIT (field->id)) ||
              !g_str_equal (field->refers, table->kind->name))
            continue;
          children = store_transaction_find_all (self, child->kind, field->name, &value, error);
          if (children == NULL)
            return FALSE;
          for (guint k = 0; k < children->len; k++)
            if (!gather (self, child, store_record_get_id (g_ptr_array_index (children, k)), seen,
                         found, error))
              return FALSE;
        }
    }
  return TRUE;
}

GPtrArray *
store_transaction_gather (StoreTransaction *self,
                          const StoreKind  *kind,
                          const StoreId    *id,
                          GError          **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) seen = g_hash_table_new (store_id_hash, store_id_equal);

  if (!gather (self, store_transaction_get_table (self, kind), id, seen, found, error))
    return NULL;
  return g_steal_pointer (&found);
}

static gboolean
trash_row (StoreTransaction *self,
           StoreRecord      *record,
           GError          **error)
{
  StoreWriter *writer = self->writer;
  const StoreKind *kind = store_record_get_kind (record);
  const StoreId *id = store_record_get_id (record);
  g_autofree char *sql = NULL;
  g_autoptr (StoreStatement) insert = NULL;
  g_autoptr (StoreStatement) update = NULL;

  sql = g_strdup_printf ("UPDATE \"%s\" SET trashed = 1, clock = store_stamp (clock, 0)"
                         " WHERE id = ?1",
                         kind->name);
  insert = store_connection_prepare (writer->connection,
                                     "INSERT OR IGNORE INTO trash VALUES (?1, ?2, ?3, ?4, ?5)",
                                     error);
  update = store_connection_prepare (writer->connection, sql, error);
  if (insert == NULL || update == NULL)
    return FALSE;
  sqlite3_bind_int (insert->handle, 1, (int) kind->id);
  store_statement_bind_id (insert, 2, id);
  sqlite3_bind_int64 (insert->handle, 3, (gint64) writer->stamp);
  sqlite3_bind_int64 (insert->handle, 4, writer->own);
  sqlite3_bind_int64 (insert->handle, 5, (gint64) writer->number + 1);
  store_statement_bind_id (update, 1, id);
  if (!store_statement_run (insert, error) || !store_statement_run (update, error))
    return FALSE;
  store_capture_touch (&writer->capture, store_transaction_get_table (self, kind), store_record_get_row (record),
                       id)->deleted = TRUE;
  writer->trash_used = TRUE;
  return TRUE;
}

/**
 * store_transaction_delete:
 * @self: a transaction
 * @kind: a kind
 * @id: which record
 * @error: %STORE_ERROR_NOT_FOUND where there is none
 *
 * Puts the record and what hangs on it (by the references that the catalog marks) into the trash.
 * What is there already stays. Writer thread.
 */
gboolean
store_transaction_delete (StoreTransaction *self,
                          const StoreKind  *kind,
                          const StoreId    *id,
                          GError          **error)
{
  g_autoptr (GPtrArray) found = NULL;

  g_return_val_if_fail (self != NULL && kind != NULL && id != NULL, FALSE);

  found = store_transaction_gather (self, kind, id, error);
  if (found == NULL)
    return FALSE;
  for (guint i = 0; i < found->len; i++)
    {
      StoreRecord *record = g_ptr_array_index (found, i);

      if (!store_record_is_trashed (record) && !trash_row (self, record, error))
        return FALSE;
    }
  return TRUE;
}

static GArray *
list_deletes (StoreTransaction *self,
              const StoreKind  *kind,
              const StoreId    *id,
              GError          **error)
{
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (StoreWriteMark));
  g_autoptr (StoreStatement) find = NULL;
  gboolean row = TRUE;

  find = store_connection_prepare (self->writer->connection,
                                   "SELECT stamp, stream FROM trash WHERE kind = ?1 AND id = ?2"
                                   " ORDER BY stamp, stream",
                                   error);
  if (find == NULL)
    return NULL;
  sqlite3_bind_int (find->handle, 1, (int) kind->id);
  store_statement_bind_id (find, 2, id);
  while (row)
    {
      StoreWriteMark mark;

      if (!store_statement_step (find, &row, error))
        return NULL;
      if (!row)
        break;
      mark.stamp = (guint64) sqlite3_column_int64 (find->handle, 0);
      mark.stream = *store_writer_get_stream (self->writer,
                                              (guint32) sqlite3_column_int64 (find->handle, 1));
      g_array_append_val (marks, mark);
    }
  return g_steal_pointer (&marks);
}

/* What this very transaction put into the trash was never there for others: the one record stays,
 * and the rest of what the transaction deletes goes. */
static gboolean
take_back_delete (StoreTransaction *self,
                  StoreRecord      *record,
                  GError          **error)
{
  StoreWriter *writer = self->writer;
  const StoreKind *kind = store_record_get_kind (record);
  const StoreTable *table = store_transaction_get_table (self, kind);
  StoreChange *change = store_capture_find (&writer->capture, table, store_record_get_row (record));
  g_autofree char *sql = NULL;
  g_autoptr (StoreStatement) end = NULL;
  g_autoptr (StoreStatement) update = NULL;

  if (change == NULL || !change->deleted)
    return TRUE;
  sql = g_strdup_printf ("UPDATE \"%s\" SET trashed = EXISTS (SELECT 1 FROM trash WHERE kind = ?2"
                         " AND id = ?1) WHERE id = ?1",
                         kind->name);
  end = store_connection_prepare (writer->connection,
                                  "DELETE FROM trash WHERE kind = ?1 AND id = ?2 AND stamp = ?3"
                                  " AND stream = ?4",
                                  error);
  update = store_connection_prepare (writer->connection, sql, error);
  if (end == NULL || update == NULL)
    return FALSE;
  sqlite3_bind_int (end->handle, 1, (int) kind->id);
  store_statement_bind_id (end, 2, store_record_get_id (record));
  sqlite3_bind_int64 (end->handle, 3, (gint64) writer->stamp);
  sqlite3_bind_int64 (end->handle, 4, writer->own);
  store_statement_bind_id (update, 1, store_record_get_id (record));
  sqlite3_bind_int (update->handle, 2, (int) kind->id);
  change->deleted = FALSE;
  return store_statement_run (end, error) && store_statement_run (update, error);
}

/* Every record that one of @marks covers is told so in its own history. */
static gboolean
note_restored (StoreTransaction *self,
               GArray           *marks,
               GError          **error)
{
  StoreWriter *writer = self->writer;
  g_autoptr (StoreStatement) find = NULL;

  find = store_connection_prepare (writer->connection,
                                   "SELECT kind, id FROM trash WHERE stamp = ?1 AND stream = ?2",
                                   error);
  if (find == NULL)
    return FALSE;
  for (guint i = 0; i < marks->len; i++)
    {
      const StoreWriteMark *mark = &g_array_index (marks, StoreWriteMark, i);
      gboolean row = TRUE;
      guint32 stream;

      if (!store_writer_number_stream (writer, &mark->stream, &stream, error))
        return FALSE;
      sqlite3_reset (find->handle);
      sqlite3_bind_int64 (find->handle, 1, (gint64) mark->stamp);
      sqlite3_bind_int64 (find->handle, 2, stream);
      while (row)
        {
          const StoreTable *table;
          g_autofree char *sql = NULL;
          g_autoptr (StoreStatement) stamp = NULL;
          g_autoptr (StoreRecord) record = NULL;
          StoreChange *change;
          StoreId id;

          if (!store_statement_step (find, &row, error))
            return FALSE;
          if (!row)
            break;
          table = store_table_set_find_by_id (writer->tables,
                                              (guint) sqlite3_column_int (find->handle, 0));
          if (table == NULL || !store_statement_get_id (find, 1, &id))
            continue;
          sql = g_strdup_printf ("UPDATE \"%s\" SET clock = store_stamp (clock, 0) WHERE id = ?1",
                                 table->kind->name);
          stamp = store_connection_prepare (writer->connection, sql, error);
          record = stamp ? store_transaction_load (self, table->kind, &id, error) : NULL;
          if (record == NULL)
            return FALSE;
          store_statement_bind_id (stamp, 1, &id);
          if (!store_statement_run (stamp, error))
            return FALSE;
          change = store_capture_touch (&writer->capture, table, store_record_get_row (record),
                                        &id);
          change->restored = TRUE;
          if (change->ended == NULL)
            change->ended = g_array_new (FALSE, FALSE, sizeof (StoreWriteMark));
          g_array_append_val (change->ended, *mark);
        }
    }
  return TRUE;
}

/**
 * store_transaction_restore:
 * @self: a transaction
 * @kind: a kind
 * @id: which record
 * @error: %STORE_ERROR_NOT_FOUND where there is none
 *
 * Ends every delete that covers the record: it comes back with all that went along with it. Where
 * this same transaction had deleted it, it alone comes back. Nothing happens to one that is not in the trash. Writer thread.
 */
gboolean
store_transaction_restore (StoreTransaction *self,
                           const StoreKind  *kind,
                           const StoreId    *id,
                           GError          **error)
{
  g_autoptr (StoreRecord) record = NULL;
  g_autoptr (GArray) marks = NULL;

  g_return_val_if_fail (self != NULL && kind != NULL && id != NULL, FALSE);

  record = store_transaction_load (self, kind, id, error);
  if (record == NULL || !take_back_delete (self, record, error))
    return FALSE;
  marks = list_deletes (self, kind, id, error);
  if (marks == NULL || !note_restored (self, marks, error))
    return FALSE;
  for (guint i = 0; i < marks->len; i++)
    if (!store_merge_end_delete (self->writer, &g_array_index (marks, StoreWriteMark, i), error))
      return FALSE;
  return TRUE;
}
