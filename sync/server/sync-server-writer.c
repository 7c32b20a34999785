/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-server-writer.h"

#include "sync-server-fence.h"

/* The one thread that writes.
 *
 * Jobs wait in a queue; the thread takes what has gathered, up to a bound, runs each in a
 * savepoint of one transaction, commits once and reports each. So many clients share the price
 * of one fsync, a lone client waits for nothing but its own, and rules such as "the
 * batch must follow on the stream's end" need no lock.
 */

#define GROUP_MAX 256

typedef struct
{
  SyncServerWriteFunc write;
  SyncServerWrittenFunc written;
  gpointer data;
  GError *error;
} Job;

typedef struct
{
  GPtrArray *jobs;
} Report;

struct _SyncServerWriter
{
  SyncServerDatabase *database;
  SyncServerFence *fence;
  GAsyncQueue *queue;
  GMainContext *context;
  GThread *thread;
};

static Job quit;

static void
job_free (Job *job)
{
  g_clear_error (&job->error);
  g_free (job);
}

static void
report_free (Report *report)
{
  g_ptr_array_unref (report->jobs);
  g_free (report);
}

static gboolean
report_jobs (gpointer data)
{
  Report *report = data;

  for (guint i = 0; i < report->jobs->len; i++)
    {
      Job *job = g_ptr_array_index (report->jobs, i);

      job->written (job->data, job->error);
    }

  return G_SOURCE_REMOVE;
}

static void
run_job (SyncServerWriter *self,
         Job              *job)
{
  if (!sync_server_database_execute (self->database, "SAVEPOINT job", &job->error))
    return;

  if (!job->write (self->database, job->data, &job->error))
    sync_server_database_execute (self->database, "ROLLBACK TO job", NULL);

  sync_server_database_execute (self->database, "RELEASE job", NULL);
}

static void
fail_all (GPtrArray    *jobs,
          const GError *error)
{
  for (guint i = 0; i < jobs->len; i++)
    {
      Job *job = g_ptr_array_index (jobs, i);

      if (job->error == NULL)
        job->error = g_error_copy (error);
    }
}

static void
run_group (SyncServerWriter *self,
           GPtrArray        *jobs)
{
  g_autoptr (GError) error = NULL;

  if (!sync_server_database_execute (self->database, "BEGIN IMMEDIATE", &error))
    {
      fail_all (jobs, error);
      return;
    }

  for (guint i = 0; i < jobs->len; i++)
    run_job (self, g_ptr_array_index (jobs, i));

  if (sync_server_database_execute (self->database, "COMMIT", &error))
    {
      sync_server_fence_raise (self->fence, self->database);
      return;
    }

  sync_server_database_execute (self->database, "ROLLBACK", NULL);
  fail_all (jobs, error);
}

static gboolean
gather (SyncServerWriter *self,
        GPtrArray        *jobs)
{
  Job *job = g_async_queue_pop (self->queue);

  while (job != NULL && job != &quit)
    {
      g_ptr_array_add (jobs, job);
      job = jobs->len < GROUP_MAX ? g_async_queue_try_pop (self->queue) : NULL;
    }

  return job != &quit;
}

/* Not g_main_context_invoke(): that may run the report on this thread. */
static void
send_report (SyncServerWriter *self,
             Report           *report)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, report_jobs, report, (GDestroyNotify) report_free);
  g_source_attach (source, self->context);
}

static gpointer
run (gpointer data)
{
  SyncServerWriter *self = data;
  gboolean is_going = TRUE;

  while (is_going)
    {
      Report *report = g_new0 (Report, 1);

      report->jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) job_free);
      is_going = gather (self, report->jobs);
      if (report->jobs->len > 0)
        run_group (self, report->jobs);

      send_report (self, report);
    }

  return NULL;
}

/**
 * sync_server_writer_new:
 * @directory: the server's data folder, made and set up if need be
 * @error: why not
 *
 * Opens the folder for writing; only one writer can.
 *
 * Returns: (transfer full): a writer that reports on the calling thread's default context
 */
SyncServerWriter *
sync_server_writer_new (const char  *directory,
                        GError     **error)
{
  g_autoptr (SyncServerDatabase) database = NULL;
  g_autoptr (SyncServerFence) fence = NULL;
  SyncServerWriter *self;

  g_return_val_if_fail (directory != NULL, NULL);

  database = sync_server_database_open (directory, TRUE, error);
  if (database == NULL)
    return NULL;

  fence = sync_server_fence_open (directory, database, error);
  if (fence == NULL)
    return NULL;

  self = g_new0 (SyncServerWriter, 1);
  self->database = g_steal_pointer (&database);
  self->fence = g_steal_pointer (&fence);
  self->queue = g_async_queue_new ();
  self->context = g_main_context_ref_thread_default ();
  self->thread = g_thread_new ("writer", run, self);
  return self;
}

/**
 * sync_server_writer_push:
 * @self: a writer
 * @write: what to do in the transaction
 * @written: what to do afterwards; called exactly once
 * @data: given to both
 */
void
sync_server_writer_push (SyncServerWriter      *self,
                         SyncServerWriteFunc    write,
                         SyncServerWrittenFunc  written,
                         gpointer               data)
{
  Job *job = g_new0 (Job, 1);

  job->write = write;
  job->written = written;
  job->data = data;
  g_async_queue_push (self->queue, job);
}

/**
 * sync_server_writer_free:
 * @self: (transfer full): a writer
 *
 * Writes what is waiting, ends the thread and closes the file. The reports still come when
 * the context runs.
 */
void
sync_server_writer_free (SyncServerWriter *self)
{
  g_async_queue_push (self->queue, &quit);
  g_thread_join (self->thread);

  g_async_queue_unref (self->queue);
  g_main_context_unref (self->context);
  sync_server_fence_close (self->fence);
  sync_server_database_close (self->database);
  g_free (self);
}
