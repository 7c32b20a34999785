/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a list gets its row numbers. A new list is told in pieces that grow, the first of them small,
 * so that its first page stands before the last of a million rows is read. A list that is read
 * again is compared on the thread with what it was, and told at once.
 *
 * A reading that nobody waits for any more stops soon: between rows, and inside SQLite, where a
 * statement that sorts may be long, by its progress handler.
 */
#include "config.h"

#include "store-list-load.h"

#include "store-database-private.h"
#include "store-list-diff.h"
#include "store-query-private.h"
#include "store-search-index.h"

#define PIECE_GROWTH 16
#define LARGEST_PIECE 65536
#define STEPS_BETWEEN_LOOKS 20000

/* A search in a list shows what the index has by then, and looks again. */
#define SEARCH_BUDGET_MS 300

struct _StoreListLoad
{
  gatomicrefcount references;
  StoreDatabase *database;
  StoreQuery *query;
  GMainContext *context;
  GArray *before;
  GArray *changed;
  guint piece;
  gint cancelled;
  gboolean complete;

  GArray *rows;
  GArray *moved;

  StoreListNewsFunc func;
  gpointer data;
};

static StoreListLoad *
load_ref (StoreListLoad *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

static void
load_unref (gpointer data)
{
  StoreListLoad *self = data;

  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_object_unref (self->query);
  g_main_context_unref (self->context);
  g_clear_pointer (&self->before, g_array_unref);
  g_clear_pointer (&self->changed, g_array_unref);
  g_clear_pointer (&self->rows, g_array_unref);
  g_array_unref (self->moved);
  g_object_unref (self->database);
  g_free (self);
}

static gboolean
is_cancelled (StoreListLoad *self)
{
  return g_atomic_int_get (&self->cancelled) != 0;
}

static int
on_progress (void *data)
{
  return is_cancelled (data);
}

static void
news_free (gpointer data)
{
  StoreListNews *news = data;

  g_clear_pointer (&news->rows, g_array_unref);
  g_clear_pointer (&news->edits, g_array_unref);
  g_clear_error (&news->error);
  load_unref (news->load);
  g_free (news);
}

static gboolean
deliver (gpointer data)
{
  StoreListNews *news = data;

  if (!is_cancelled (news->load))
    news->load->func (news, news->load->data);
  return G_SOURCE_REMOVE;
}

static void
tell (StoreListLoad *self,
      GArray        *rows,
      GArray        *edits,
      gboolean       last,
      GError        *error)
{
  GSource *source = g_idle_source_new ();
  StoreListNews *news = g_new0 (StoreListNews, 1);

  news->load = load_ref (self);
  news->rows = rows;
  news->edits = edits;
  news->last = last;
  news->complete = self->complete;
  news->error = error;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, deliver, news, news_free);
  g_source_attach (source, self->context);
  g_source_unref (source);
}

static GArray *
new_rows (void)
{
  return g_array_new (FALSE, FALSE, sizeof (gint64));
}

static void
tell_piece (StoreListLoad *self)
{
  tell (self, g_steal_pointer (&self->rows), NULL, FALSE, NULL);
  self->rows = new_rows ();
  self->piece = MIN (self->piece * PIECE_GROWTH, LARGEST_PIECE);
}

/* The few rows in the trash; they stay in what an ordering's index lists. */
static gboolean
find_trashed (StoreListLoad    *self,
              StoreConnection  *connection,
              StoreRowSet      *trashed,
              GError          **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT n FROM \"%s\" WHERE trashed = 1",
                                          store_query_get_kind (self->query)->name);
  g_autoptr (StoreStatement) statement = NULL;
  gboolean row;

  if (self->query->only_trashed)
    return TRUE;
  statement = store_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;
  while (store_statement_step (statement, &row, error))
    {
      if (!row)
        return TRUE;
      store_row_set_add (trashed, sqlite3_column_int64 (statement->handle, 0));
    }
  return FALSE;
}

static gboolean
find_moved (StoreListLoad    *self,
            StoreConnection  *connection,
            GError          **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT n FROM \"%s\" WHERE id = ?",
                                          store_query_get_kind (self->query)->name);

  for (guint i = 0; self->changed && i < self->changed->len; i++)
    {
      g_autoptr (StoreStatement) statement = store_connection_prepare (connection, sql, error);
      gboolean row;
      gint64 n;

      if (statement == NULL)
        return FALSE;
      store_statement_bind_id (statement, 1, &g_array_index (self->changed, StoreId, i));
      if (!store_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        continue;
      n = sqlite3_column_int64 (statement->handle, 0);
      g_array_append_val (self->moved, n);
    }
  return TRUE;
}

static gboolean
read_in_order (StoreListLoad    *self,
               StoreConnection  *connection,
               StoreRowSet      *matches,
               StoreRowSet      *trashed,
               GError          **error)
{
  g_autoptr (StoreSql) sql = store_sql_new ();
  g_autoptr (StoreStatement) statement =
    store_query_prepare (self->query, STORE_QUERY_ROWS, connection, matches, sql, error);
  guint limit = self->query->limit > 0 ? self->query->limit : G_MAXUINT;
  gboolean row;

  if (statement == NULL)
    return FALSE;
  for (guint n_rows = 0; n_rows < limit && !is_cancelled (self);)
    {
      gint64 n;

      if (!store_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        break;
      n = sqlite3_column_int64 (statement->handle, 0);
      if (store_row_set_contains (trashed, n))
        continue;
      g_array_append_val (self->rows, n);
      n_rows++;
      if (self->before == NULL && self->rows->len >= self->piece)
        tell_piece (self);
    }
  return TRUE;
}

static gboolean
read_rows (StoreConnection  *connection,
           gpointer          data,
           GError          **error)
{
  StoreListLoad *self = data;
  g_autoptr (StoreRowSet) trashed = store_row_set_new ();
  g_autoptr (StoreRowSet) matches = NULL;
  gboolean ok;

  sqlite3_progress_handler (store_connection_get_handle (connection), STEPS_BETWEEN_LOOKS,
                            on_progress, self);
  ok = find_trashed (self, connection, trashed, error) &&
       find_moved (self, connection, error) &&
       store_query_find_matches (self->query, connection, &matches, error) &&
       read_in_order (self, connection, matches, trashed, error);
  sqlite3_progress_handler (store_connection_get_handle (connection), 0, NULL, NULL);
  return ok;
}

static void
read_and_tell (StoreListLoad *self)
{
  GError *error = NULL;
  GArray *edits = NULL;

  if ((store_query_has_words (self->query) &&
       !store_search_index_catch_up (self->database, SEARCH_BUDGET_MS, &self->complete, &error)) ||
      !store_database_read (self->database, read_rows, self, &error))
    {
      tell (self, NULL, NULL, TRUE, error);
      return;
    }
  if (self->before && !is_cancelled (self))
    edits = store_list_diff (self->before, self->rows, self->moved, STORE_LIST_MOST_EDITS);
  tell (self, g_steal_pointer (&self->rows), edits, TRUE, NULL);
}

static void
read_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  if (!is_cancelled (data))
    read_and_tell (data);
  g_task_return_boolean (task, TRUE);
}

/**
 * store_list_load_start:
 * @database: a store
 * @query: what is listed
 * @before: (nullable): the list as it is
 * @changed: (nullable): records that may have moved in it
 * @first_piece: how many rows of a new list are told first
 * @func: called with each piece on the caller's main context, until the last or until cancelled
 * @data: for @func
 *
 * Returns: (transfer full): the reading, to be given back by store_list_load_cancel()
 */
StoreListLoad *
store_list_load_start (StoreDatabase     *database,
                       StoreQuery        *query,
                       GArray            *before,
                       GArray            *changed,
                       guint              first_piece,
                       StoreListNewsFunc  func,
                       gpointer           data)
{
  StoreListLoad *self = g_new0 (StoreListLoad, 1);
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_atomic_ref_count_init (&self->references);
  self->database = g_object_ref (database);
  self->query = g_object_ref (query);
  self->context = g_main_context_ref_thread_default ();
  self->before = before ? g_array_ref (before) : NULL;
  self->changed = changed ? g_array_ref (changed) : NULL;
  self->rows = new_rows ();
  self->moved = new_rows ();
  self->piece = MAX (first_piece, 1);
  self->complete = TRUE;
  self->func = func;
  self->data = data;

  g_task_set_task_data (task, load_ref (self), load_unref);
  g_task_run_in_thread (task, read_in_thread);
  return self;
}

/**
 * store_list_load_cancel:
 * @self: (nullable) (transfer full): a reading
 *
 * Nothing more is told of it.
 */
void
store_list_load_cancel (StoreListLoad *self)
{
  if (self == NULL)
    return;
  g_atomic_int_set (&self->cancelled, 1);
  load_unref (self);
}
