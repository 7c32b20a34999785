/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The store as the rest of the program sees it: one writer thread and two reader threads, each
 * with a connection of its own. Blocking calls hand a job to a thread and wait; the asynchronous
 * ones complete on the caller's main context. Commits of other processes are noticed by the log
 * growing, watched through the write-ahead log's file and, where that cannot be watched, a slow
 * timer.
 */
#include "config.h"

#include "store-database-private.h"

#include "store-change-set-private.h"
#include "store-outside.h"
#include "store-record-private.h"
#include "store-seed.h"
#include "store-transaction-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define N_READERS 2
#define WATCH_SECONDS 2

struct _StoreDatabase
{
  GObject parent_instance;

  char *path;
  StoreWriter *writer;
  GPtrArray *reader_connections;
  StoreWorker *writer_thread;
  StoreWorker *reader_threads;

  GMainContext *context;
  GFileMonitor *monitor;
  GSource *timer;
  GSource *emitter;
  GPtrArray *pending;
  GMutex lock;
  guint64 reported;
  gboolean looking;
  gboolean closed;
};

G_DEFINE_FINAL_TYPE (StoreDatabase, store_database, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
store_database_finalize (GObject *object)
{
  StoreDatabase *self = STORE_DATABASE (object);

  store_database_close (self);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_pointer (&self->pending, g_ptr_array_unref);
  g_mutex_clear (&self->lock);
  g_free (self->path);
  G_OBJECT_CLASS (store_database_parent_class)->finalize (object);
}

static void
store_database_class_init (StoreDatabaseClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = store_database_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, STORE_TYPE_CHANGE_SET);
}

static void
store_database_init (StoreDatabase *self)
{
  g_mutex_init (&self->lock);
  self->pending = g_ptr_array_new_with_free_func (g_object_unref);
}

static gboolean
check_file (const char    *path,
            StoreOpenFlags flags,
            GError       **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  if (!(flags & STORE_OPEN_CREATE))
    {
      g_set_error (error, STORE_ERROR, STORE_ERROR_NOT_FOUND,
                   _("There is no store at “%s”. Make one with “clientele-cli init”."), path);
      return FALSE;
    }
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, STORE_ERROR, STORE_ERROR_FAILED,
                   _("The folder “%s” cannot be made: %s"), folder, g_strerror (errno));
      return FALSE;
    }
  return TRUE;
}

static gboolean
open_readers (StoreDatabase *self,
              GError       **error)
{
  self->reader_connections =
    g_ptr_array_new_with_free_func ((GDestroyNotify) store_connection_free);
  for (guint i = 0; i < N_READERS; i++)
    {
      StoreConnection *connection = store_connection_open (self->path, STORE_CONNECTION_READ,
                                                           error);

      if (connection == NULL)
        return FALSE;
      g_ptr_array_add (self->reader_connections, connection);
    }
  return TRUE;
}

/* The business is the person's alone; SQLite gives its companion files the same mode. */
static void
protect_file (const char *path)
{
  if (g_chmod (path, 0600) != 0)
    g_debug ("mode of %s: %s", path, g_strerror (errno));
}

static void look_for_others (StoreDatabase *self);
static void make_emitter (StoreDatabase *self);

static void
on_file_changed (GFileMonitor     *monitor,
                 GFile            *file,
                 GFile            *other,
                 GFileMonitorEvent event,
                 gpointer          data)
{
  look_for_others (data);
}

static gboolean
on_timer (gpointer data)
{
  look_for_others (data);
  return G_SOURCE_CONTINUE;
}

static void
watch_others (StoreDatabase *self)
{
  g_autofree char *wal = g_strconcat (self->path, "-wal", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (wal);

  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_NONE, NULL, NULL);
  if (self->monitor)
    {
      g_file_monitor_set_rate_limit (self->monitor, 100);
      g_signal_connect (self->monitor, "changed", G_CALLBACK (on_file_changed), self);
    }
  self->timer = g_timeout_source_new_seconds (WATCH_SECONDS);
  g_source_set_callback (self->timer, on_timer, self, NULL);
  g_source_attach (self->timer, self->context);
}

/**
 * store_database_open:
 * @path: the file
 * @flags: whether to make it where it is missing
 * @error: %STORE_ERROR_NOT_FOUND, %STORE_ERROR_DAMAGED, %STORE_ERROR_TOO_NEW, %STORE_ERROR_FAILED
 *
 * Opens a store; what other programs wrote to it since is logged now. The thread-default main
 * context of the caller is where "changed" is emitted.
 *
 * Returns: (transfer full): the store
 */
StoreDatabase *
store_database_open (const char    *path,
                     StoreOpenFlags flags,
                     GError       **error)
{
  g_autoptr (StoreDatabase) self = NULL;
  g_autoptr (GPtrArray) writers = g_ptr_array_new ();

  g_return_val_if_fail (path != NULL, NULL);

  if (!check_file (path, flags, error))
    return NULL;

  self = g_object_new (STORE_TYPE_DATABASE, NULL);
  self->path = g_strdup (path);
  self->context = g_main_context_ref_thread_default ();
  self->writer = store_writer_open (path,
                                    flags & STORE_OPEN_CREATE ? STORE_CONNECTION_CREATE
                                                              : STORE_CONNECTION_WRITE,
                                    error);
  if (self->writer == NULL)
    return NULL;
  protect_file (path);
  if (!store_seed_apply (self->writer, error) || !store_outside_log (self->writer, error) ||
      !open_readers (self, error))
    return NULL;

  self->reported = self->writer->seq;
  g_ptr_array_add (writers, self->writer);
  make_emitter (self);
  self->writer_thread = store_worker_new ("store-writer", writers);
  self->reader_threads = store_worker_new ("store-reader", self->reader_connections);
  watch_others (self);
  return g_steal_pointer (&self);
}

/**
 * store_database_close:
 * @self: a store
 *
 * Finishes what was asked and closes the file; the last reference does the same. Nothing may be
 * asked of the store afterwards. Not from a callback on its own threads.
 */
void
store_database_close (StoreDatabase *self)
{
  g_return_if_fail (STORE_IS_DATABASE (self));

  if (self->closed)
    return;
  self->closed = TRUE;
  if (self->timer)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
  if (self->monitor)
    g_signal_handlers_disconnect_by_data (self->monitor, self);
  g_clear_object (&self->monitor);
  g_clear_pointer (&self->reader_threads, store_worker_free);
  g_clear_pointer (&self->writer_thread, store_worker_free);
  g_clear_pointer (&self->reader_connections, g_ptr_array_unref);
  g_clear_pointer (&self->writer, store_writer_free);
  if (self->emitter)
    g_source_destroy (self->emitter);
  g_clear_pointer (&self->emitter, g_source_unref);
}

/**
 * store_database_get_path:
 * @self: a store
 *
 * Returns: (transfer none): its file. Any thread.
 */
const char *
store_database_get_path (StoreDatabase *self)
{
  g_return_val_if_fail (STORE_IS_DATABASE (self), NULL);

  return self->path;
}

static gboolean
dispatch_changes (GSource    *source,
                  GSourceFunc callback,
                  gpointer    data)
{
  g_source_set_ready_time (source, -1);
  return callback (data);
}

static gboolean
emit_changed (gpointer data)
{
  g_autoptr (StoreDatabase) self = g_object_ref (STORE_DATABASE (data));
  g_autoptr (GPtrArray) pending = NULL;

  g_mutex_lock (&self->lock);
  pending = g_steal_pointer (&self->pending);
  self->pending = g_ptr_array_new_with_free_func (g_object_unref);
  g_mutex_unlock (&self->lock);
  for (guint i = 0; i < pending->len && !self->closed; i++)
    g_signal_emit (self, signals[CHANGED], 0, g_ptr_array_index (pending, i));
  return G_SOURCE_CONTINUE;
}

/* One source, woken from the store's threads: they hold no reference that they could be the last
 * to drop. */
static void
make_emitter (StoreDatabase *self)
{
  static GSourceFuncs funcs = { .dispatch = dispatch_changes };

  self->emitter = g_source_new (&funcs, sizeof (GSource));
  g_source_set_priority (self->emitter, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->emitter, emit_changed, self, NULL);
  g_source_attach (self->emitter, self->context);
}

static void
emit_later (StoreDatabase  *self,
            StoreChangeSet *changes)
{
  if (store_change_set_get_size (changes) == 0)
    return;
  g_mutex_lock (&self->lock);
  g_ptr_array_add (self->pending, g_object_ref (changes));
  g_mutex_unlock (&self->lock);
  g_source_set_ready_time (self->emitter, 0);
}

void
store_database_report (StoreDatabase  *self,
                       StoreWriter    *writer,
                       StoreChangeSet *changes)
{
  g_mutex_lock (&self->lock);
  /* Where another process wrote in between, the log is read for all of it. */
  if (self->reported + 1 >= writer->first_seq)
    self->reported = MAX (self->reported, writer->seq);
  g_mutex_unlock (&self->lock);
  emit_later (self, changes);
}

static gboolean
read_new_entries (StoreConnection *connection,
                  gpointer         data,
                  GError         **error)
{
  StoreDatabase *self = data;
  g_autoptr (StoreChangeSet) changes = store_change_set_new ();
  g_autoptr (StoreStatement) statement = NULL;
  const StoreStreamId nobody = { 0 };
  gboolean row = TRUE;
  guint64 reported;

  g_mutex_lock (&self->lock);
  reported = self->reported;
  self->looking = FALSE;
  g_mutex_unlock (&self->lock);

  statement = store_connection_prepare (connection,
                                        "SELECT seq, body FROM log WHERE seq > ?1 ORDER BY seq",
                                        error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement->handle, 1, (gint64) reported);
  while (row)
    {
      g_autoptr (GBytes) body = NULL;
      g_autoptr (StoreEntry) entry = NULL;

      if (!store_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        break;
      reported = (guint64) sqlite3_column_int64 (statement->handle, 0);
      body = store_statement_dup_bytes (statement, 1);
      entry = store_entry_decode (body, &nobody, NULL);
      for (guint i = 0; entry && i < entry->n_rows; i++)
        {
          const StoreKind *kind = store_catalog_find_by_id (entry->rows[i].kind);

          if (kind)
            store_change_set_add (changes, kind, &entry->rows[i].id,
                                  entry->rows[i].action == STORE_ENTRY_EDIT ? entry->rows[i].mask
                                                                            : G_MAXUINT64);
        }
    }
  g_mutex_lock (&self->lock);
  self->reported = MAX (self->reported, reported);
  g_mutex_unlock (&self->lock);
  emit_later (self, changes);
  return TRUE;
}

typedef struct
{
  StoreDatabase *database;
  StoreReadFunc func;
  gpointer data;
  GError *error;
  gboolean done;
} ReadJob;

static void
do_read (gpointer resource,
         gpointer data)
{
  StoreConnection *connection = resource;
  ReadJob *job = data;

  if (!store_connection_execute (connection, "BEGIN", &job->error))
    return;
  job->done = job->func (connection, job->data, &job->error);
  store_connection_execute (connection, "COMMIT", NULL);
}

static void
do_look (gpointer resource,
         gpointer data)
{
  read_new_entries (resource, data, NULL);
}

/* Entries that stand in the log but were not reported came from another process. */
static void
look_for_others (StoreDatabase *self)
{
  gboolean already;

  g_mutex_lock (&self->lock);
  already = self->looking;
  self->looking = TRUE;
  g_mutex_unlock (&self->lock);
  if (!already && !self->closed)
    store_worker_push (self->reader_threads, do_look, self);
}

gboolean
store_database_read (StoreDatabase *self,
                     StoreReadFunc  func,
                     gpointer       data,
                     GError       **error)
{
  ReadJob job = { self, func, data, NULL, FALSE };

  g_return_val_if_fail (STORE_IS_DATABASE (self) && !self->closed, FALSE);

  store_worker_run (self->reader_threads, do_read, &job);
  if (job.error)
    g_propagate_error (error, job.error);
  return job.done;
}

typedef struct
{
  StoreWriterFunc func;
  gpointer data;
  GError *error;
  gboolean done;
} WriterJob;

static void
do_with_writer (gpointer resource,
                gpointer data)
{
  WriterJob *job = data;

  job->done = job->func (resource, job->data, &job->error);
}

gboolean
store_database_with_writer (StoreDatabase  *self,
                            StoreWriterFunc func,
                            gpointer        data,
                            GError        **error)
{
  WriterJob job = { func, data, NULL, FALSE };

  g_return_val_if_fail (STORE_IS_DATABASE (self) && !self->closed, FALSE);

  store_worker_run (self->writer_thread, do_with_writer, &job);
  if (job.error)
    g_propagate_error (error, job.error);
  return job.done;
}

static gboolean
do_write_local (StoreWriter *writer,
                gpointer     data,
                GError     **error)
{
  ReadJob *job = data;

  if (!store_writer_begin (writer, STORE_CAPTURE_OFF, NULL, error))
    return FALSE;
  if (!job->func (writer->connection, job->data, error))
    {
      store_writer_rollback (writer);
      return FALSE;
    }
  return store_writer_commit (writer, NULL, NULL, error);
}

gboolean
store_database_write_local (StoreDatabase *self,
                            StoreReadFunc  func,
                            gpointer       data,
                            GError       **error)
{
  ReadJob job = { self, func, data, NULL, FALSE };

  return store_database_with_writer (self, do_write_local, &job, error);
}

void
store_database_set_idle (StoreDatabase *self,
                         StoreIdleFunc  func,
                         gpointer       data)
{
  store_worker_set_idle (self->writer_thread, func, data);
}

void
store_database_set_time (StoreDatabase *self,
                         StoreTimeFunc  func,
                         gpointer       data)
{
  self->writer->time_func = func;
  self->writer->time_data = data;
}

void
store_database_set_part_size (StoreDatabase *self,
                              gsize          size)
{
  self->writer->part_size = size;
}

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
  if (write_once (resource, job, &error))
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

/**
 * store_database_run_async:
 * @self: a store
 * @task: a task whose source is the store or holds it
 * @func: blocks, on a thread of GLib's pool; may call every blocking function of libstore
 */
void
store_database_run_async (StoreDatabase  *self,
                          GTask          *task,
                          GTaskThreadFunc func)
{
  g_return_if_fail (STORE_IS_DATABASE (self) && G_IS_TASK (task));

  g_task_run_in_thread (task, func);
}
