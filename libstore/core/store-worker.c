/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-worker.h"

typedef struct
{
  StoreJobFunc func;
  gpointer data;
  gboolean *done;
} Job;

struct _StoreWorker
{
  GMutex lock;
  GCond more;
  GCond finished;
  GQueue jobs;
  GPtrArray *threads;
  gboolean closing;
};

typedef struct
{
  StoreWorker *worker;
  gpointer resource;
} Start;

static gpointer
work (gpointer data)
{
  Start *start = data;
  StoreWorker *self = start->worker;
  gpointer resource = start->resource;

  g_free (start);
  g_mutex_lock (&self->lock);
  while (TRUE)
    {
      Job *job = g_queue_pop_head (&self->jobs);

      if (job == NULL)
        {
          if (self->closing)
            break;
          g_cond_wait (&self->more, &self->lock);
          continue;
        }
      g_mutex_unlock (&self->lock);
      job->func (resource, job->data);
      g_mutex_lock (&self->lock);
      if (job->done)
        {
          *job->done = TRUE;
          g_cond_broadcast (&self->finished);
        }
      g_free (job);
    }
  g_mutex_unlock (&self->lock);
  return NULL;
}

/* One thread for each of @resources, which outlive the worker. */
StoreWorker *
store_worker_new (const char *name,
                  GPtrArray  *resources)
{
  StoreWorker *self = g_new0 (StoreWorker, 1);

  g_mutex_init (&self->lock);
  g_cond_init (&self->more);
  g_cond_init (&self->finished);
  g_queue_init (&self->jobs);
  self->threads = g_ptr_array_new ();
  for (guint i = 0; i < resources->len; i++)
    {
      Start *start = g_new0 (Start, 1);

      start->worker = self;
      start->resource = g_ptr_array_index (resources, i);
      g_ptr_array_add (self->threads, g_thread_new (name, work, start));
    }
  return self;
}

/* Lets the threads finish what they were given, then ends them. */
void
store_worker_free (StoreWorker *self)
{
  if (self == NULL)
    return;

  g_mutex_lock (&self->lock);
  self->closing = TRUE;
  g_cond_broadcast (&self->more);
  g_mutex_unlock (&self->lock);
  for (guint i = 0; i < self->threads->len; i++)
    g_thread_join (g_ptr_array_index (self->threads, i));
  g_ptr_array_unref (self->threads);
  g_cond_clear (&self->more);
  g_cond_clear (&self->finished);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static void
add_job (StoreWorker *self,
         StoreJobFunc func,
         gpointer     data,
         gboolean    *done)
{
  Job *job = g_new0 (Job, 1);

  job->func = func;
  job->data = data;
  job->done = done;
  g_queue_push_tail (&self->jobs, job);
  g_cond_signal (&self->more);
}

void
store_worker_push (StoreWorker *self,
                   StoreJobFunc func,
                   gpointer     data)
{
  g_mutex_lock (&self->lock);
  add_job (self, func, data, NULL);
  g_mutex_unlock (&self->lock);
}

/* Returns when the job is done. Not to be called from the worker's own threads. */
void
store_worker_run (StoreWorker *self,
                  StoreJobFunc func,
                  gpointer     data)
{
  gboolean done = FALSE;

  g_mutex_lock (&self->lock);
  add_job (self, func, data, &done);
  while (!done)
    g_cond_wait (&self->finished, &self->lock);
  g_mutex_unlock (&self->lock);
}
