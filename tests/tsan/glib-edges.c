/* SPDX-License-Identifier: GPL-3.0-or-later */

/* ThreadSanitizer knows an order between two threads only where it sees it made. GLib's locks and
 * queues rest on futexes and atomics inside a library that is not compiled with it, so it sees
 * none of them. This library stands before GLib (LD_PRELOAD), calls the real function, and tells
 * the sanitizer what order that made. It is built and used by tests/run --tsan alone.
 *
 * Not covered: GThreadPool used directly, and what GLib does inside itself. */

#include <dlfcn.h>
#include <gio/gio.h>

void __tsan_acquire (void *address);
void __tsan_release (void *address);

#define REAL(name) \
  static __typeof__ (&name) real; \
  if (real == NULL) \
    real = (__typeof__ (&name)) dlsym (RTLD_NEXT, #name)

#define EDGE_LOCK(name, type) \
  void name (type *lock) \
  { \
    REAL (name); \
    real (lock); \
    __tsan_acquire (lock); \
  }

#define EDGE_TRY(name, type) \
  gboolean name (type *lock) \
  { \
    REAL (name); \
    gboolean got = real (lock); \
    if (got) \
      __tsan_acquire (lock); \
    return got; \
  }

#define EDGE_UNLOCK(name, type) \
  void name (type *lock) \
  { \
    REAL (name); \
    __tsan_release (lock); \
    real (lock); \
  }

EDGE_LOCK (g_mutex_lock, GMutex)
EDGE_TRY (g_mutex_trylock, GMutex)
EDGE_UNLOCK (g_mutex_unlock, GMutex)
EDGE_LOCK (g_rec_mutex_lock, GRecMutex)
EDGE_TRY (g_rec_mutex_trylock, GRecMutex)
EDGE_UNLOCK (g_rec_mutex_unlock, GRecMutex)
EDGE_LOCK (g_rw_lock_writer_lock, GRWLock)
EDGE_UNLOCK (g_rw_lock_writer_unlock, GRWLock)
EDGE_LOCK (g_rw_lock_reader_lock, GRWLock)
EDGE_UNLOCK (g_rw_lock_reader_unlock, GRWLock)

void
g_cond_wait (GCond  *cond,
             GMutex *mutex)
{
  REAL (g_cond_wait);
  __tsan_release (mutex);
  real (cond, mutex);
  __tsan_acquire (mutex);
}

gboolean
g_cond_wait_until (GCond  *cond,
                   GMutex *mutex,
                   gint64  end)
{
  gboolean got;
  REAL (g_cond_wait_until);
  __tsan_release (mutex);
  got = real (cond, mutex, end);
  __tsan_acquire (mutex);
  return got;
}

void
g_async_queue_push (GAsyncQueue *queue,
                    gpointer     data)
{
  REAL (g_async_queue_push);
  __tsan_release (queue);
  real (queue, data);
}

#define EDGE_POP(name, ...) \
  { \
    gpointer data; \
    REAL (name); \
    data = real (__VA_ARGS__); \
    __tsan_acquire (queue); \
    return data; \
  }

gpointer g_async_queue_pop (GAsyncQueue *queue) EDGE_POP (g_async_queue_pop, queue)
gpointer g_async_queue_try_pop (GAsyncQueue *queue) EDGE_POP (g_async_queue_try_pop, queue)
gpointer g_async_queue_timeout_pop (GAsyncQueue *queue, guint64 timeout)
  EDGE_POP (g_async_queue_timeout_pop, queue, timeout)

/* The last holder to let go comes after all that the others did. */
#define EDGE_UNREF(name, type) \
  void name (type *object) \
  { \
    REAL (name); \
    __tsan_release (object); \
    __tsan_acquire (object); \
    real (object); \
  }

EDGE_UNREF (g_object_unref, void)
EDGE_UNREF (g_bytes_unref, GBytes)
EDGE_UNREF (g_variant_unref, GVariant)
EDGE_UNREF (g_ptr_array_unref, GPtrArray)
EDGE_UNREF (g_hash_table_unref, GHashTable)
EDGE_UNREF (g_main_context_unref, GMainContext)
EDGE_UNREF (g_source_unref, GSource)

/* The fast path of g_once_init_enter() is an atomic read in the caller, which acquires. */
void
(g_once_init_leave) (volatile void *location,
                     gsize          result)
{
  static void (*real) (volatile void *, gsize);

  if (real == NULL)
    real = (void (*) (volatile void *, gsize)) dlsym (RTLD_NEXT, "g_once_init_leave");
  __tsan_release ((void *) location);
  real (location, result);
}

/* A callback that another thread may run comes after the place where it was handed over. */
typedef struct
{
  GSourceFunc    func;
  gpointer       data;
  GDestroyNotify notify;
} Handover;

static Handover *
hand_over (GSourceFunc    func,
           gpointer       data,
           GDestroyNotify notify)
{
  Handover *handover = g_new (Handover, 1);

  *handover = (Handover){ func, data, notify };
  __tsan_release (handover);
  return handover;
}

static gboolean
run_handover (gpointer data)
{
  Handover *handover = data;

  __tsan_acquire (handover);
  return handover->func (handover->data);
}

static void
end_handover (gpointer data)
{
  Handover *handover = data;

  __tsan_acquire (handover);
  if (handover->notify != NULL)
    handover->notify (handover->data);
  g_free (handover);
}

void
g_main_context_invoke_full (GMainContext  *context,
                            int            priority,
                            GSourceFunc    func,
                            gpointer       data,
                            GDestroyNotify notify)
{
  REAL (g_main_context_invoke_full);
  real (context, priority, run_handover, hand_over (func, data, notify), end_handover);
}

void
g_main_context_invoke (GMainContext *context,
                       GSourceFunc   func,
                       gpointer      data)
{
  g_main_context_invoke_full (context, G_PRIORITY_DEFAULT, func, data, NULL);
}

guint
g_idle_add_full (int            priority,
                 GSourceFunc    func,
                 gpointer       data,
                 GDestroyNotify notify)
{
  REAL (g_idle_add_full);
  return real (priority, run_handover, hand_over (func, data, notify), end_handover);
}

guint
g_idle_add (GSourceFunc func,
            gpointer    data)
{
  return g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, func, data, NULL);
}

/* Sources of the kinds whose callback is a plain GSourceFunc alone may be wrapped. */
void
g_source_set_callback (GSource       *source,
                       GSourceFunc    func,
                       gpointer       data,
                       GDestroyNotify notify)
{
  REAL (g_source_set_callback);
  if (source->source_funcs == &g_idle_funcs || source->source_funcs == &g_timeout_funcs)
    real (source, run_handover, hand_over (func, data, notify), end_handover);
  else
    real (source, func, data, notify);
}

/* What a task was given comes before its thread, and what that returned before the callback. */
static GQuark
task_quark (void)
{
  return g_quark_from_static_string ("glib-edges-task");
}

static void
run_task (GTask        *task,
          gpointer      source,
          gpointer      data,
          GCancellable *cancellable)
{
  GTaskThreadFunc func;

  __tsan_acquire (task);
  func = (GTaskThreadFunc) g_object_get_qdata (G_OBJECT (task), task_quark ());
  func (task, source, data, cancellable);
}

void
g_task_run_in_thread (GTask          *task,
                      GTaskThreadFunc func)
{
  REAL (g_task_run_in_thread);
  g_object_set_qdata (G_OBJECT (task), task_quark (), (gpointer) func);
  __tsan_release (task);
  real (task, run_task);
}

void
g_task_run_in_thread_sync (GTask          *task,
                           GTaskThreadFunc func)
{
  REAL (g_task_run_in_thread_sync);
  g_object_set_qdata (G_OBJECT (task), task_quark (), (gpointer) func);
  __tsan_release (task);
  real (task, run_task);
  __tsan_acquire (task);
}

#define EDGE_RETURN(name, type) \
  void name (GTask *task, type value) \
  { \
    REAL (name); \
    __tsan_release (task); \
    real (task, value); \
  }

#define EDGE_PROPAGATE(name, type) \
  type name (GTask *task, GError **error) \
  { \
    REAL (name); \
    __tsan_acquire (task); \
    return real (task, error); \
  }

EDGE_RETURN (g_task_return_boolean, gboolean)
EDGE_RETURN (g_task_return_int, gssize)
EDGE_RETURN (g_task_return_error, GError *)
EDGE_PROPAGATE (g_task_propagate_boolean, gboolean)
EDGE_PROPAGATE (g_task_propagate_int, gssize)
EDGE_PROPAGATE (g_task_propagate_pointer, gpointer)

void
g_task_return_pointer (GTask         *task,
                       gpointer       result,
                       GDestroyNotify destroy)
{
  REAL (g_task_return_pointer);
  __tsan_release (task);
  real (task, result, destroy);
}
