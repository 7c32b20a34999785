/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Transactions of ours, handed to the writer thread. */
#include "config.h"

#include "store-database-private.h"

#include "store-change-set-private.h"
#include "store-outside.h"
#include "store-transaction-private.h"

typedef struct
{
  StoreDatabase *database;
  StoreWriteInfo info;
  char *label;
  char *group;
  StoreWriteFunc func;
  gpointer data;
  GDestroyNotify destroy;
  char *group_out;
  GError *error;
} WriteJob;

static gboolean
write_once (StoreWriter *writer,
            gpointer     data,
            GError     **error)
{
  WriteJob *job = data;
  StoreTransaction transaction = { writer };
  g_autoptr (StoreChangeSet) changes = store_change_set_new ();

  if (!store_writer_begin (writer, STORE_CAPTURE_LOCAL, &job->info, error))
    return FALSE;
  if (!job->func (&transaction, job->data, error))
    {
      store_writer_rollback (writer);
      return FALSE;
    }
  if (!store_writer_commit (writer, changes, &job->group_out, error))
    return FALSE;
  store_database_report (job->database, writer, changes);
  return TRUE;
}

gboolean
store_database_write_info (StoreDatabase        *self,
                           const StoreWriteInfo *info,
                           StoreWriteFunc        func,
                           gpointer              data,
                           char                **group_out,
                           GError              **error)
{
  WriteJob job = { self, *info, NULL, NULL, func, data, NULL, NULL, NULL };
  gboolean done;

  g_return_val_if_fail (STORE_IS_DATABASE (self) && func != NULL, FALSE);

  done = store_database_with_writer (self, write_once, &job, error);
  if (group_out)
    *group_out = g_steal_pointer (&job.group_out);
  g_free (job.group_out);
  return done;
}

/**
 * store_database_write:
 * @self: a store
 * @label: (nullable): msgid of a few words on what is done
 * @group: (nullable): a group of several transactions, from store_database_new_group()
 * @func: writes, on the writer thread
 * @data: for @func
 * @group_out: (out) (optional) (nullable): what undo takes; %NULL where nothing was changed
 * @error: the error of @func, or what failed
 *
 * Keeps all that @func wrote, or none of it where it fails. Waits; any thread but the store's own.
 */
gboolean
store_database_write (StoreDatabase *self,
                      const char    *label,
                      const char    *group,
                      StoreWriteFunc func,
                      gpointer       data,
                      char         **group_out,
                      GError       **error)
{
  StoreWriteInfo info = { label, group, NULL, STORE_ORIGIN_PERSON };

  return store_database_write_info (self, &info, func, data, group_out, error);
}

static void
write_job_free (gpointer data)
{
  WriteJob *job = data;

  if (job->destroy)
    job->destroy (job->data);
  g_free (job->label);
  g_free (job->group);
  g_free (job->group_out);
  g_free (job);
}

static void
do_write_async (gpointer resource,
                gpointer data)
{
  g_autoptr (GTask) task = data;
  WriteJob *job = g_task_get_task_data (task);
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (store_outside_log (resource, &error) && write_once (resource, job, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * store_database_write_async:
 * @self: a store
 * @label: (nullable): msgid of a few words on what is done
 * @group: (nullable): a group of several transactions
 * @func: writes, on the writer thread
 * @data: for @func
 * @destroy: (nullable): frees @data
 * @cancellable: (nullable): heeded until the write begins
 * @callback: called when it is on disk
 * @user_data: for @callback
 *
 * store_database_write() that does not wait.
 */
void
store_database_write_async (StoreDatabase      *self,
                            const char         *label,
                            const char         *group,
                            StoreWriteFunc      func,
                            gpointer            data,
                            GDestroyNotify      destroy,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  GTask *task;
  WriteJob *job;

  g_return_if_fail (STORE_IS_DATABASE (self) && func != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, store_database_write_async);
  job = g_new0 (WriteJob, 1);
  job->database = self;
  job->label = g_strdup (label);
  job->group = g_strdup (group);
  job->info = (StoreWriteInfo){ job->label, job->group, NULL, STORE_ORIGIN_PERSON };
  job->func = func;
  job->data = data;
  job->destroy = destroy;
  g_task_set_task_data (task, job, write_job_free);
  store_worker_push (self->writer_thread, do_write_async, task);
}

gboolean
store_database_write_finish (StoreDatabase *self,
                             GAsyncResult  *result,
                             char         **group_out,
                             GError       **error)
{
  WriteJob *job;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  job = g_task_get_task_data (G_TASK (result));
  if (group_out)
    *group_out = g_steal_pointer (&job->group_out);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * store_database_new_group:
 * @self: a store
 *
 * Returns: (transfer full): a name for a group of several transactions, undone as one. Any thread.
 */
char *
store_database_new_group (StoreDatabase *self)
{
  StoreId id;

  store_id_init_new (&id, g_get_real_time () / 1000);
  return store_id_to_string (&id);
}
