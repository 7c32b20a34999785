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
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define N_READERS 2

G_DEFINE_FINAL_TYPE (StoreDatabase, store_database, G_TYPE_OBJECT)

guint store_database_changed_signal;

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

  store_database_changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, STORE_TYPE_CHANGE_SET);
}

static void
store_database_init (StoreDatabase *self)
{
  g_mutex_init (&self->lock);
  self->pending = g_ptr_array_new_with_free_func (g_object_unref);
}

/* An empty file is a new store to SQLite, and its companions get the same mode from the first. */
static gboolean
make_file (const char *path,
           GError    **error)
{
  int fd = g_open (path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);

  if (fd < 0)
    {
      g_set_error (error, STORE_ERROR, STORE_ERROR_FAILED, _("The store “%s” cannot be made: %s"),
                   path, g_strerror (errno));
      return FALSE;
    }
  return g_close (fd, NULL);
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
  return make_file (path, error);
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

/* The business is the person's alone, also where the file was copied here by other means. */
static void
protect_file (const char *path)
{
  if (g_chmod (path, 0600) != 0)
    g_debug ("mode of %s: %s", path, g_strerror (errno));
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
  self->writer_thread = store_worker_new ("store-writer", writers);
  self->reader_threads = store_worker_new ("store-reader", self->reader_connections);
  store_database_watch_others (self);
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
  store_database_stop_watching (self);
  g_clear_pointer (&self->reader_threads, store_worker_free);
  g_clear_pointer (&self->writer_thread, store_worker_free);
  g_clear_pointer (&self->reader_connections, g_ptr_array_unref);
  g_clear_pointer (&self->writer, store_writer_free);
  store_database_stop_emitting (self);
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

  job->done = store_outside_log (resource, &job->error) &&
              job->func (resource, job->data, &job->error);
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
write_local (StoreWriter *writer,
             ReadJob     *job,
             GError     **error)
{
  if (!store_writer_begin (writer, STORE_CAPTURE_OFF, NULL, error))
    return FALSE;
  if (!job->func (writer->connection, job->data, error))
    {
      store_writer_rollback (writer);
      return FALSE;
    }
  return store_writer_commit (writer, NULL, NULL, error);
}

/* What is derived may be lost with the power, never torn: it does not wait for the disk. The next
 * write that does takes it along. */
static gboolean
do_write_local (StoreWriter *writer,
                gpointer     data,
                GError     **error)
{
  gboolean ok;

  if (!store_connection_execute (writer->connection, "PRAGMA synchronous = NORMAL", error))
    return FALSE;
  ok = write_local (writer, data, error);
  return store_connection_execute (writer->connection, "PRAGMA synchronous = FULL",
                                   ok ? error : NULL) && ok;
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
