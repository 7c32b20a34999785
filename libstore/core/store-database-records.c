/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One record in, one record out, and the settings of the business. */
#include "config.h"

#include "store-database-private.h"

#include "store-record-private.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const StoreKind *kind;
  StoreId id;
  StoreRecord *record;
} LoadJob;

static gboolean
find_record (StoreConnection *connection,
             LoadJob         *job,
             GError         **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM \"%s\" WHERE id = ?1",
                                          store_record_get_select (job->kind), job->kind->name);
  g_autoptr (StoreStatement) statement = store_connection_prepare (connection, sql, error);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  store_statement_bind_id (statement, 1, &job->id);
  if (!store_statement_step (statement, &row, error))
    return FALSE;
  if (row)
    job->record = store_record_read (job->kind, statement, 0);
  return TRUE;
}

static gboolean
load_record (StoreConnection *connection,
             gpointer         data,
             GError         **error)
{
  LoadJob *job = data;
  g_autofree char *text = NULL;
  guint n_kinds;
  const StoreKind *const *kinds = store_catalog_get_kinds (&n_kinds);

  if (job->kind)
    {
      if (!find_record (connection, job, error))
        return FALSE;
    }
  else
    {
      for (guint i = 0; i < n_kinds && job->record == NULL; i++)
        {
          job->kind = kinds[i];
          if (!find_record (connection, job, error))
            return FALSE;
        }
      if (job->record == NULL)
        job->kind = NULL;
    }
  if (job->record)
    return TRUE;

  text = store_id_to_string (&job->id);
  if (job->kind)
    g_set_error (error, STORE_ERROR, STORE_ERROR_NOT_FOUND, _("There is no %s %s."),
                 job->kind->name, text);
  else
    g_set_error (error, STORE_ERROR, STORE_ERROR_NOT_FOUND, _("There is no record %s."), text);
  return FALSE;
}

/**
 * store_database_load:
 * @self: a store
 * @kind: a kind
 * @id: which record
 * @error: %STORE_ERROR_NOT_FOUND where there is none
 *
 * Returns: (transfer full): the record, in the trash or not. Waits; any thread but the store's own.
 */
StoreRecord *
store_database_load (StoreDatabase   *self,
                     const StoreKind *kind,
                     const StoreId   *id,
                     GError         **error)
{
  LoadJob job = { kind, *id, NULL };

  return store_database_read (self, load_record, &job, error) ? job.record : NULL;
}

/**
 * store_database_load_any:
 * @self: a store
 * @id: which record, of whatever kind
 * @error: %STORE_ERROR_NOT_FOUND where there is none
 *
 * Returns: (transfer full): the record. Waits; any thread but the store's own.
 */
StoreRecord *
store_database_load_any (StoreDatabase *self,
                         const StoreId *id,
                         GError       **error)
{
  return store_database_load (self, NULL, id, error);
}

static void
load_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  LoadJob *job = data;
  GError *error = NULL;
  StoreRecord *record = store_database_load (source, job->kind, &job->id, &error);

  if (record)
    g_task_return_pointer (task, record, g_object_unref);
  else
    g_task_return_error (task, error);
}

void
store_database_load_async (StoreDatabase      *self,
                           const StoreKind    *kind,
                           const StoreId      *id,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  LoadJob *job = g_new0 (LoadJob, 1);

  g_task_set_source_tag (task, store_database_load_async);
  job->kind = kind;
  job->id = *id;
  g_task_set_task_data (task, job, g_free);
  store_database_run_async (self, task, load_in_thread);
}

StoreRecord *
store_database_load_finish (StoreDatabase *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
save_record (StoreTransaction *transaction,
             gpointer          data,
             GError          **error)
{
  return store_transaction_save (transaction, data, error);
}

/**
 * store_database_save:
 * @self: a store
 * @label: (nullable): msgid of a few words on what is done
 * @record: new or changed
 * @group_out: (out) (optional) (nullable): what undo takes
 * @error: as store_transaction_save()
 *
 * A transaction of one record. Waits; any thread but the store's own.
 */
gboolean
store_database_save (StoreDatabase *self,
                     const char    *label,
                     StoreRecord   *record,
                     char         **group_out,
                     GError       **error)
{
  return store_database_write (self, label, NULL, save_record, record, group_out, error);
}

/**
 * store_database_save_async:
 * @self: a store
 * @label: (nullable): msgid of a few words on what is done
 * @record: new or changed; not to be touched until @callback
 * @cancellable: (nullable): heeded until the write begins
 * @callback: ends with store_database_write_finish()
 * @user_data: for @callback
 */
void
store_database_save_async (StoreDatabase      *self,
                           const char         *label,
                           StoreRecord        *record,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  store_database_write_async (self, label, NULL, save_record, g_object_ref (record),
                              g_object_unref, cancellable, callback, user_data);
}

typedef struct
{
  const char *name;
  char *value;
} SettingJob;

static gboolean
read_setting (StoreConnection *connection,
              gpointer         data,
              GError         **error)
{
  SettingJob *job = data;
  g_autoptr (StoreStatement) statement = NULL;
  gboolean row;

  statement = store_connection_prepare (connection,
                                        "SELECT value FROM setting WHERE name = ?1"
                                        " AND trashed = 0",
                                        error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement->handle, 1, job->name, -1, SQLITE_STATIC);
  if (!store_statement_step (statement, &row, error))
    return FALSE;
  if (row)
    job->value = g_strdup ((const char *) sqlite3_column_text (statement->handle, 0));
  return TRUE;
}

/**
 * store_database_dup_setting:
 * @self: a store
 * @name: of a setting
 * @error: where to say what failed; untouched where there is no such setting
 *
 * Returns: (transfer full) (nullable): its value. Waits; any thread but the store's own.
 */
char *
store_database_dup_setting (StoreDatabase *self,
                            const char    *name,
                            GError       **error)
{
  SettingJob job = { name, NULL };

  return store_database_read (self, read_setting, &job, error) ? job.value : NULL;
}
