/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is derived from the log (the search index, the figures of purchases) costs no write
 * anything: it is brought up to date when the store has been quiet for a moment, and before it is
 * read. */
#include "config.h"

#include "store-follower.h"

/* Quiet time after a change before what follows is brought up to date of itself. */
#define QUIET_MS 700

/* One a store and follower, kept with the store. */
typedef struct
{
  const StoreFollower *follower;
  StoreDatabase *database;
  GSource *timer;
  GMutex mutex;
} Following;

static void
stop_timer (Following *self)
{
  if (self->timer == NULL)
    return;
  g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
}

static void
following_free (gpointer data)
{
  Following *self = data;

  stop_timer (self);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static Following *
get_following (const StoreFollower *follower,
               StoreDatabase       *database)
{
  static GMutex mutex;
  g_autofree char *key = g_strconcat ("store-follower-", follower->name, NULL);
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);
  Following *self = g_object_get_data (G_OBJECT (database), key);

  if (self == NULL)
    {
      self = g_new0 (Following, 1);
      self->follower = follower;
      self->database = database;
      g_mutex_init (&self->mutex);
      g_object_set_data_full (G_OBJECT (database), key, self, following_free);
    }
  return self;
}

/**
 * store_follower_lock:
 *
 * One thread of ours at a time brings something of a store up to date; others wait for it.
 *
 * Returns: (transfer full): held until it is freed. Any thread that may block.
 */
GMutexLocker *
store_follower_lock (const StoreFollower *self,
                     StoreDatabase       *database)
{
  return g_mutex_locker_new (&get_following (self, database)->mutex);
}

static void
catch_up_in_thread (GTask        *task,
                    gpointer      source,
                    gpointer      data,
                    GCancellable *cancellable)
{
  const StoreFollower *follower = data;
  g_autoptr (GError) error = NULL;

  if (!follower->catch_up (source, &error))
    g_debug ("%s: %s", follower->name, error ? error->message : "the store was closed");
  g_task_return_boolean (task, TRUE);
}

static gboolean
on_quiet (gpointer data)
{
  Following *self = data;
  g_autoptr (GTask) task = g_task_new (self->database, NULL, NULL, NULL);

  stop_timer (self);
  g_task_set_task_data (task, (gpointer) self->follower, NULL);
  g_task_run_in_thread (task, catch_up_in_thread);
  return G_SOURCE_REMOVE;
}

/* Each change begins the quiet time anew. */
static void
begin_quiet_time (Following *self)
{
  stop_timer (self);
  self->timer = g_timeout_source_new (QUIET_MS);
  g_source_set_callback (self->timer, on_quiet, self, NULL);
  g_source_attach (self->timer, g_main_context_get_thread_default ());
}

static void
on_changed (StoreDatabase  *database,
            StoreChangeSet *changes,
            gpointer        data)
{
  begin_quiet_time (data);
}

/**
 * store_follower_start:
 *
 * From now on, brings it up to date in the background whenever the store has been quiet for a
 * moment, so that who reads it need not wait. For programs that stay open; on the thread of the
 * store's signals.
 */
void
store_follower_start (const StoreFollower *self,
                      StoreDatabase       *database)
{
  Following *following;

  g_return_if_fail (self != NULL && STORE_IS_DATABASE (database));

  following = get_following (self, database);
  if (g_signal_handler_find (database, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, following) != 0)
    return;
  g_signal_connect (database, "changed", G_CALLBACK (on_changed), following);
  begin_quiet_time (following);
}
