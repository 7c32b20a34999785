/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Work in blocks on several threads. The caller divides the work by its size alone, never by the
 * number of threads, lets each block write its own result and adds the results in the order of the
 * blocks afterwards. So the same bits come out on any number of threads.
 */
#include "config.h"

#include "store-parallel.h"

/* More threads than this gain nothing on sums that wait for memory. */
#define MOST_THREADS 8

typedef struct
{
  StoreParallelFunc func;
  gpointer data;
  GCancellable *cancellable;
  guint n_blocks;
  int next;
} Work;

static int n_threads_wanted = 0;

/**
 * store_parallel_set_n_threads:
 * @n_threads: how many threads work at once, 0 for one a processor
 *
 * For the whole program; results do not depend on it. On any thread.
 */
void
store_parallel_set_n_threads (guint n_threads)
{
  g_atomic_int_set (&n_threads_wanted, (int) MIN (n_threads, MOST_THREADS));
}

/**
 * store_parallel_get_n_threads:
 *
 * Returns: how many threads work at once, 1 to 8
 */
guint
store_parallel_get_n_threads (void)
{
  guint wanted = (guint) g_atomic_int_get (&n_threads_wanted);

  return wanted > 0 ? wanted : CLAMP (g_get_num_processors (), 1, MOST_THREADS);
}

static gpointer
do_blocks (gpointer data)
{
  Work *work = data;

  while (!g_cancellable_is_cancelled (work->cancellable))
    {
      guint block = (guint) g_atomic_int_add (&work->next, 1);

      if (block >= work->n_blocks)
        break;
      work->func (block, work->data);
    }
  return NULL;
}

/**
 * store_parallel_run:
 * @n_blocks: how many blocks there are
 * @func: does one of them
 * @data: for @func
 * @cancellable: (nullable): looked at before each block
 * @error: return location
 *
 * Does all blocks and returns when the last is done; the calling thread works with the others.
 *
 * Returns: %FALSE with %G_IO_ERROR_CANCELLED if not all was done
 */
gboolean
store_parallel_run (guint               n_blocks,
                    StoreParallelFunc   func,
                    gpointer            data,
                    GCancellable       *cancellable,
                    GError            **error)
{
  Work work = { func, data, cancellable, n_blocks, 0 };
  guint n_threads = MIN (store_parallel_get_n_threads (), n_blocks);
  GThread *threads[MOST_THREADS] = { NULL };

  g_return_val_if_fail (func != NULL, FALSE);

  /* A thread that cannot be had leaves its share to the others. */
  for (guint i = 1; i < n_threads; i++)
    threads[i] = g_thread_try_new ("insight", do_blocks, &work, NULL);
  do_blocks (&work);
  for (guint i = 1; i < n_threads; i++)
    if (threads[i] != NULL)
      g_thread_join (threads[i]);
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}
