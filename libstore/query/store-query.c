/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-query-private.h"

#include "store-database-private.h"
#include "store-record-private.h"
#include "store-search-index.h"

G_DEFINE_FINAL_TYPE (StoreQuery, store_query, G_TYPE_OBJECT)

/* What a query is run for, and what comes of it. */
typedef struct
{
  StoreQuery *query;
  GPtrArray *records;
  guint count;
} Run;

static void
store_query_finalize (GObject *object)
{
  StoreQuery *self = STORE_QUERY (object);

  store_filter_unref (self->filter);
  g_free (self->words);
  g_free (self->sort);

  G_OBJECT_CLASS (store_query_parent_class)->finalize (object);
}

static void
store_query_class_init (StoreQueryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = store_query_finalize;
}

static void
store_query_init (StoreQuery *self)
{
}

/**
 * store_query_new:
 * @kind_or_alias: the name of a kind or of an alias such as "order"
 *
 * Returns: (transfer full) (nullable): a query for all its records, %NULL where the name is
 *   unknown
 */
StoreQuery *
store_query_new (const char *kind_or_alias)
{
  const StoreAlias *alias;
  const StoreKind *kind;
  StoreQuery *self;

  g_return_val_if_fail (kind_or_alias != NULL, NULL);

  kind = store_catalog_resolve (kind_or_alias, &alias);
  if (kind == NULL)
    return NULL;
  self = g_object_new (STORE_TYPE_QUERY, NULL);
  self->kind = kind;
  self->alias = alias;
  return self;
}

/**
 * store_query_get_kind:
 * @self: a query
 *
 * Returns: (transfer none): what is looked for. Any thread.
 */
const StoreKind *
store_query_get_kind (StoreQuery *self)
{
  g_return_val_if_fail (STORE_IS_QUERY (self), NULL);

  return self->kind;
}

/**
 * store_query_set_filter:
 * @self: a query
 * @filter: (nullable) (transfer none): a condition on records of its kind
 */
void
store_query_set_filter (StoreQuery  *self,
                        StoreFilter *filter)
{
  g_return_if_fail (STORE_IS_QUERY (self));

  g_clear_pointer (&self->filter, store_filter_unref);
  self->filter = filter ? store_filter_ref (filter) : NULL;
}

/**
 * store_query_set_search:
 * @self: a query
 * @words: (nullable): what was typed; nothing to look for finds everything
 */
void
store_query_set_search (StoreQuery *self,
                        const char *words)
{
  g_return_if_fail (STORE_IS_QUERY (self));

  g_free (self->words);
  self->words = g_strdup (words);
}

/**
 * store_query_set_sort:
 * @self: a query
 * @field: (nullable): the name of a field; records without a value come last. %NULL: as they
 *   were made, with a search the newest first. An unknown field fails when the query is run.
 * @descending: whether the greatest comes first
 */
void
store_query_set_sort (StoreQuery *self,
                      const char *field,
                      gboolean    descending)
{
  g_return_if_fail (STORE_IS_QUERY (self));

  g_free (self->sort);
  self->sort = g_strdup (field);
  self->descending = descending;
}

/**
 * store_query_set_limit:
 * @self: a query
 * @limit: the most records wanted, 0 for all
 */
void
store_query_set_limit (StoreQuery *self,
                       guint       limit)
{
  g_return_if_fail (STORE_IS_QUERY (self));

  self->limit = limit;
}

/**
 * store_query_set_trashed:
 * @self: a query
 * @only_trashed: whether the trash is looked at, and nothing else
 */
void
store_query_set_trashed (StoreQuery *self,
                         gboolean    only_trashed)
{
  g_return_if_fail (STORE_IS_QUERY (self));

  self->only_trashed = only_trashed;
}

/**
 * store_query_set_related:
 * @self: a query
 * @field: the name of a reference of its kind
 * @id: the record that it must point to
 */
void
store_query_set_related (StoreQuery    *self,
                         const char    *field,
                         const StoreId *id)
{
  const StoreField *found;

  g_return_if_fail (STORE_IS_QUERY (self) && field != NULL && id != NULL);
  found = store_kind_get_field (self->kind, field);
  g_return_if_fail (found != NULL && found->type == STORE_FIELD_REFERENCE);

  self->related_field = found;
  self->related_id = *id;
}

static gboolean
read_records (StoreConnection  *connection,
              gpointer          data,
              GError          **error)
{
  Run *run = data;
  g_autoptr (StoreSql) sql = store_sql_new ();
  g_autoptr (StoreRowSet) matches = NULL;
  g_autoptr (StoreStatement) statement = NULL;
  gboolean row;

  if (!store_query_find_matches (run->query, connection, &matches, error))
    return FALSE;
  statement =
    store_query_prepare (run->query, STORE_QUERY_RECORDS, connection, matches, sql, error);
  if (statement == NULL)
    return FALSE;
  for (;;)
    {
      if (!store_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      g_ptr_array_add (run->records, store_record_read (run->query->kind, statement, 0));
    }
}

static gboolean
count_records (StoreConnection  *connection,
               gpointer          data,
               GError          **error)
{
  Run *run = data;
  g_autoptr (StoreSql) sql = store_sql_new ();
  g_autoptr (StoreRowSet) matches = NULL;
  g_autoptr (StoreStatement) statement = NULL;
  gboolean row;

  if (!store_query_find_matches (run->query, connection, &matches, error))
    return FALSE;
  statement = store_query_prepare (run->query, STORE_QUERY_COUNT, connection, matches, sql, error);
  if (statement == NULL || !store_statement_step (statement, &row, error))
    return FALSE;
  run->count = (guint) sqlite3_column_int64 (statement->handle, 0);
  return TRUE;
}

static gboolean
prepare_search (StoreQuery     *self,
                StoreDatabase  *database,
                GError        **error)
{
  return !store_query_has_words (self) ||
         store_search_index_catch_up (database, STORE_SEARCH_NO_LIMIT, NULL, error);
}

/**
 * store_query_run:
 * @self: a query
 * @database: a store
 * @error: %STORE_ERROR_NOT_FOUND for the field to sort by, %STORE_ERROR_INVALID for the filter
 *
 * Blocks; any thread that may.
 *
 * Returns: (transfer full) (element-type StoreRecord): the records, in order
 */
GPtrArray *
store_query_run (StoreQuery     *self,
                 StoreDatabase  *database,
                 GError        **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  Run run = { self, records, 0 };

  g_return_val_if_fail (STORE_IS_QUERY (self) && STORE_IS_DATABASE (database), NULL);

  if (!prepare_search (self, database, error) ||
      !store_database_read (database, read_records, &run, error))
    return NULL;
  return g_steal_pointer (&records);
}

/**
 * store_query_count:
 * @self: a query; its limit is not regarded
 * @database: a store
 * @count: (out): how many records there are
 * @error: as of store_query_run()
 *
 * Blocks; any thread that may.
 *
 * Returns: whether they were counted
 */
gboolean
store_query_count (StoreQuery     *self,
                   StoreDatabase  *database,
                   guint          *count,
                   GError        **error)
{
  Run run = { self, NULL, 0 };
  gboolean ok;

  g_return_val_if_fail (STORE_IS_QUERY (self) && STORE_IS_DATABASE (database), FALSE);
  g_return_val_if_fail (count != NULL, FALSE);

  ok = prepare_search (self, database, error) &&
       store_database_read (database, count_records, &run, error);
  *count = run.count;
  return ok;
}

static void
run_in_thread (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *records = store_query_run (source, data, &error);

  if (records)
    g_task_return_pointer (task, records, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/**
 * store_query_run_async:
 * @self: a query; do not change it before the callback
 * @database: a store
 * @cancellable: (nullable): to stop waiting
 * @callback: called on the caller's main context
 * @user_data: for @callback
 */
void
store_query_run_async (StoreQuery          *self,
                       StoreDatabase       *database,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (STORE_IS_QUERY (self) && STORE_IS_DATABASE (database));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, store_query_run_async);
  g_task_set_task_data (task, g_object_ref (database), g_object_unref);
  g_task_run_in_thread (task, run_in_thread);
}

/**
 * store_query_run_finish:
 * @self: a query
 * @result: what the callback got
 * @error: as of store_query_run()
 *
 * Returns: (transfer full) (element-type StoreRecord): the records, in order
 */
GPtrArray *
store_query_run_finish (StoreQuery    *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
