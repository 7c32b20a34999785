/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a list asks of the store for the rows that are looked at. */
#include "config.h"

#include "store-list-page.h"

#include "store-database-private.h"
#include "store-record-private.h"

typedef struct
{
  const StoreKind *kind;
  GArray *numbers;
  guint n_places;
  GPtrArray *records;
} Page;

typedef struct
{
  const StoreKind *kind;
  const StoreId *id;
  gint64 number;
} Wanted;

static void
page_free (gpointer data)
{
  Page *page = data;

  g_array_unref (page->numbers);
  g_clear_pointer (&page->records, g_ptr_array_unref);
  g_free (page);
}

/* One statement for pages of any fill: the places left over ask for the last number again. */
static char *
make_select (Page *page)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  g_string_printf (sql, "SELECT %s FROM \"%s\" WHERE n IN (?", store_record_get_select (page->kind),
                   page->kind->name);
  for (guint i = 1; i < page->n_places; i++)
    g_string_append (sql, ", ?");
  g_string_append_c (sql, ')');
  return g_strdup (sql->str);
}

static gboolean
read_page (StoreConnection  *connection,
           gpointer          data,
           GError          **error)
{
  Page *page = data;
  g_autofree char *sql = make_select (page);
  g_autoptr (StoreStatement) statement = store_connection_prepare (connection, sql, error);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < page->n_places; i++)
    sqlite3_bind_int64 (statement->handle, (int) i + 1,
                        g_array_index (page->numbers, gint64, MIN (i, page->numbers->len - 1)));
  for (;;)
    {
      if (!store_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      g_ptr_array_add (page->records, store_record_read (page->kind, statement, 0));
    }
}

static void
read_in_thread (GTask        *task,
                gpointer      database,
                gpointer      data,
                GCancellable *cancellable)
{
  Page *page = data;
  GError *error = NULL;

  if (store_database_read (database, read_page, page, &error))
    g_task_return_pointer (task, g_steal_pointer (&page->records),
                           (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/**
 * store_list_page_load_async:
 * @database: a store
 * @kind: a kind
 * @numbers: (element-type gint64): row numbers, at least one
 * @round_to: the usual number of them
 * @callback: called on the caller's main context
 * @data: for @callback
 */
void
store_list_page_load_async (StoreDatabase       *database,
                            const StoreKind     *kind,
                            GArray              *numbers,
                            guint                round_to,
                            GAsyncReadyCallback  callback,
                            gpointer             data)
{
  g_autoptr (GTask) task = g_task_new (database, NULL, callback, data);
  Page *page = g_new0 (Page, 1);

  page->kind = kind;
  page->numbers = g_array_ref (numbers);
  page->n_places = (numbers->len + round_to - 1) / round_to * round_to;
  page->records = g_ptr_array_new_with_free_func (g_object_unref);
  g_task_set_source_tag (task, store_list_page_load_async);
  g_task_set_task_data (task, page, page_free);
  g_task_run_in_thread (task, read_in_thread);
}

/**
 * store_list_page_load_finish:
 * @database: a store
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full) (element-type StoreRecord): the records that there are, in any order
 */
GPtrArray *
store_list_page_load_finish (StoreDatabase  *database,
                             GAsyncResult   *result,
                             GError        **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
read_number (StoreConnection  *connection,
             gpointer          data,
             GError          **error)
{
  Wanted *wanted = data;
  g_autofree char *sql = g_strdup_printf ("SELECT n FROM \"%s\" WHERE id = ?", wanted->kind->name);
  g_autoptr (StoreStatement) statement = store_connection_prepare (connection, sql, error);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  store_statement_bind_id (statement, 1, wanted->id);
  if (!store_statement_step (statement, &row, error))
    return FALSE;
  if (row)
    wanted->number = sqlite3_column_int64 (statement->handle, 0);
  return TRUE;
}

/**
 * store_list_page_find_number:
 * @database: a store
 * @kind: a kind
 * @id: a record's id
 * @number: (out): its local number, 0 where there is no such record
 * @error: return location
 *
 * One look into an index; blocks.
 *
 * Returns: whether the store could be asked
 */
gboolean
store_list_page_find_number (StoreDatabase    *database,
                             const StoreKind  *kind,
                             const StoreId    *id,
                             gint64           *number,
                             GError          **error)
{
  Wanted wanted = { kind, id, 0 };
  gboolean ok = store_database_read (database, read_number, &wanted, error);

  *number = wanted.number;
  return ok;
}
