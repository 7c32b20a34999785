/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Another program (the sqlite3 shell, a script) may write to the file. Its triggers note each row
 * that it touches together with what the row was, in SQL literals. Here the rows are first put
 * back to what they were and then written again as they are, through the capture, so that the log
 * gets one entry with old and new values like any other. A row that was removed comes back and
 * goes to the trash instead.
 */
#include "config.h"

#include "store-outside.h"

#include "store-catalog.h"
#include "store-transaction-private.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const StoreTable *table;
  gint64 n;
  char *old;
  GArray *values;
  gboolean there;
} DirtyRow;

static void
dirty_row_clear (gpointer data)
{
  DirtyRow *row = data;

  for (guint i = 0; row->values && i < row->values->len; i++)
    store_value_clear (&g_array_index (row->values, StoreValue, i));
  g_clear_pointer (&row->values, g_array_unref);
  g_free (row->old);
}

static gboolean
load_dirty (StoreWriter *writer,
            GArray      *rows,
            GError     **error)
{
  g_autoptr (StoreStatement) find = NULL;
  gboolean more = TRUE;

  find = store_connection_prepare (writer->connection, "SELECT kind, n, old FROM dirty", error);
  if (find == NULL)
    return FALSE;
  while (more)
    {
      DirtyRow row = { 0 };

      if (!store_statement_step (find, &more, error))
        return FALSE;
      if (!more)
        break;
      row.table = store_table_set_find_by_id (writer->tables,
                                              (guint) sqlite3_column_int (find->handle, 0));
      row.n = sqlite3_column_int64 (find->handle, 1);
      row.old = g_strdup ((const char *) sqlite3_column_text (find->handle, 2));
      if (row.table)
        g_array_append_val (rows, row);
      else
        dirty_row_clear (&row);
    }
  return TRUE;
}

/* The row as the other program left it: id, then the fields. */
static gboolean
read_now (StoreWriter *writer,
          DirtyRow    *row,
          GError     **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id, %s FROM \"%s\" WHERE n = ?1",
                                          row->table->columns, row->table->kind->name);
  g_autoptr (StoreStatement) statement = store_connection_prepare (writer->connection, sql, error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement->handle, 1, row->n);
  if (!store_statement_step (statement, &row->there, error))
    return FALSE;
  row->values = g_array_new (FALSE, TRUE, sizeof (StoreValue));
  for (guint i = 0; row->there && i <= row->table->kind->n_fields; i++)
    {
      StoreValue value = store_statement_get_value (statement, (int) i);
      StoreValue copy = store_value_copy (&value);

      g_array_append_val (row->values, copy);
    }
  return TRUE;
}

static gboolean
remove_now (StoreWriter    *writer,
            const DirtyRow *row,
            GError        **error)
{
  g_autofree char *sql = g_strdup_printf ("DELETE FROM \"%s\" WHERE n = %" G_GINT64_FORMAT,
                                          row->table->kind->name, row->n);

  return store_connection_execute (writer->connection, sql, error);
}

static gboolean
put_back (StoreWriter    *writer,
          const DirtyRow *row,
          GError        **error)
{
  g_autofree char *insert = NULL;

  if (row->old == NULL)
    return TRUE;
  insert = g_strdup_printf ("INSERT INTO \"%s\" (n, id, %s, trashed, clock) VALUES (%"
                            G_GINT64_FORMAT ", %s)",
                            row->table->kind->name, row->table->columns, row->n, row->old);
  return store_connection_execute (writer->connection, insert, error);
}

static gboolean
write_again (StoreWriter    *writer,
             const DirtyRow *row,
             GError        **error)
{
  const StoreKind *kind = row->table->kind;
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (StoreStatement) statement = NULL;

  if (row->old)
    g_string_printf (sql, "UPDATE \"%s\" SET id = ?2", kind->name);
  else
    g_string_printf (sql, "INSERT INTO \"%s\" (n, id, %s) VALUES (?1, ?2", kind->name,
                     row->table->columns);
  for (guint i = 0; i < kind->n_fields; i++)
    if (row->old)
      g_string_append_printf (sql, ", \"%s\" = ?%u", kind->fields[i].name, i + 3);
    else
      g_string_append_printf (sql, ", ?%u", i + 3);
  g_string_append (sql, row->old ? " WHERE n = ?1" : ")");

  statement = store_connection_prepare (writer->connection, sql->str, error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement->handle, 1, row->n);
  for (guint i = 0; i <= kind->n_fields; i++)
    store_statement_bind_value (statement, (int) i + 2,
                                &g_array_index (row->values, StoreValue, i));
  return store_statement_run (statement, error);
}

static gboolean
trash_removed (StoreWriter    *writer,
               const DirtyRow *row,
               GError        **error)
{
  StoreTransaction transaction = { writer };
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM \"%s\" WHERE n = ?1",
                                          row->table->kind->name);
  g_autoptr (StoreStatement) find = store_connection_prepare (writer->connection, sql, error);
  gboolean there;
  StoreId id;

  if (find == NULL)
    return FALSE;
  sqlite3_bind_int64 (find->handle, 1, row->n);
  if (!store_statement_step (find, &there, error))
    return FALSE;
  if (!there || !store_statement_get_id (find, 0, &id))
    return TRUE;
  store_statement_release (g_steal_pointer (&find));
  return store_transaction_delete (&transaction, row->table->kind, &id, error);
}

static DirtyRow *
find_removed (GArray           *rows,
              const StoreTable *table,
              gint64            n)
{
  for (guint i = 0; i < rows->len; i++)
    {
      DirtyRow *row = &g_array_index (rows, DirtyRow, i);

      if (row->table == table && row->n == n && !row->there)
        return row;
    }
  return NULL;
}

/* A record that was removed and added again under its id is the one that it was. */
static gboolean
join_added_again (StoreWriter *writer,
                  GArray      *rows,
                  DirtyRow    *added,
                  GError     **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT n FROM \"%s\" WHERE id = ?1",
                                          added->table->kind->name);
  g_autoptr (StoreStatement) find = store_connection_prepare (writer->connection, sql, error);
  DirtyRow *removed;
  gboolean there;

  if (find == NULL)
    return FALSE;
  store_statement_bind_value (find, 1, &g_array_index (added->values, StoreValue, 0));
  if (!store_statement_step (find, &there, error))
    return FALSE;
  removed = there ? find_removed (rows, added->table, sqlite3_column_int64 (find->handle, 0))
                  : NULL;
  if (removed == NULL)
    return TRUE;
  g_array_unref (removed->values);
  removed->values = g_steal_pointer (&added->values);
  removed->there = TRUE;
  added->there = FALSE;
  return TRUE;
}

static gboolean
log_rows (StoreWriter *writer,
          GArray      *rows,
          GError     **error)
{
  /* First all of them as they were, unheard; then as they are, heard. */
  writer->capture.mode = STORE_CAPTURE_OFF;
  for (guint i = 0; i < rows->len; i++)
    if (!read_now (writer, &g_array_index (rows, DirtyRow, i), error))
      return FALSE;
  for (guint i = 0; i < rows->len; i++)
    if (!remove_now (writer, &g_array_index (rows, DirtyRow, i), error))
      return FALSE;
  for (guint i = 0; i < rows->len; i++)
    if (!put_back (writer, &g_array_index (rows, DirtyRow, i), error))
      return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      DirtyRow *row = &g_array_index (rows, DirtyRow, i);

      if (row->old == NULL && row->there && !join_added_again (writer, rows, row, error))
        return FALSE;
    }
  if (!store_connection_execute (writer->connection, "DELETE FROM dirty", error))
    return FALSE;

  writer->capture.mode = STORE_CAPTURE_LOCAL;
  for (guint i = 0; i < rows->len; i++)
    {
      const DirtyRow *row = &g_array_index (rows, DirtyRow, i);

      if (row->there ? !write_again (writer, row, error)
                     : row->old && !trash_removed (writer, row, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
store_outside_log (StoreWriter *writer,
                   GError     **error)
{
  StoreWriteInfo info = { N_("Changed by another program"), NULL, NULL, STORE_ORIGIN_OUTSIDE };
  g_autoptr (GArray) rows = g_array_new (FALSE, TRUE, sizeof (DirtyRow));
  gint64 any;

  if (!store_connection_get_number (writer->connection, "SELECT EXISTS (SELECT 1 FROM dirty)",
                                    &any, error))
    return FALSE;
  if (!any)
    return TRUE;

  g_array_set_clear_func (rows, dirty_row_clear);
  if (!store_writer_begin (writer, STORE_CAPTURE_LOCAL, &info, error))
    return FALSE;
  if (!load_dirty (writer, rows, error) || !log_rows (writer, rows, error))
    {
      store_writer_rollback (writer);
      return FALSE;
    }
  return store_writer_commit_always (writer, error);
}
