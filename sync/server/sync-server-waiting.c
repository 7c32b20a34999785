/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-server-waiting.h"

/* Requests that wait until their account has something new (long polls). */

typedef struct
{
  SyncServerWaiting *waiting;
  gint64 account;
  SyncServerWakeFunc wake;
  gpointer data;
  GSource *timeout;
} Waiter;

struct _SyncServerWaiting
{
  GHashTable *waiters;
  guint max_waiting;
};

static void
waiter_free (Waiter *waiter)
{
  g_source_destroy (waiter->timeout);
  g_source_unref (waiter->timeout);
  g_free (waiter);
}

static void
wake_waiter (Waiter *waiter)
{
  SyncServerWakeFunc wake = waiter->wake;
  gpointer data = waiter->data;

  g_hash_table_remove (waiter->waiting->waiters, waiter);
  wake (data);
}

static gboolean
on_timeout (gpointer data)
{
  wake_waiter (data);
  return G_SOURCE_REMOVE;
}

/**
 * sync_server_waiting_new:
 * @max_waiting: how many may wait
 *
 * Returns: (transfer full): nobody waiting
 */
SyncServerWaiting *
sync_server_waiting_new (guint max_waiting)
{
  SyncServerWaiting *self = g_new0 (SyncServerWaiting, 1);

  self->waiters = g_hash_table_new_full (g_direct_hash,
                                         g_direct_equal,
                                         (GDestroyNotify) waiter_free,
                                         NULL);
  self->max_waiting = max_waiting;
  return self;
}

/**
 * sync_server_waiting_add:
 * @self: who waits
 * @account: for news of which account
 * @seconds: how long at most
 * @wake: what to do then
 * @data: given to @wake
 *
 * Returns: whether there was room; if not, @wake is never called
 */
gboolean
sync_server_waiting_add (SyncServerWaiting  *self,
                         gint64              account,
                         guint               seconds,
                         SyncServerWakeFunc  wake,
                         gpointer            data)
{
  Waiter *waiter;

  if (g_hash_table_size (self->waiters) >= self->max_waiting)
    return FALSE;

  waiter = g_new0 (Waiter, 1);
  waiter->waiting = self;
  waiter->account = account;
  waiter->wake = wake;
  waiter->data = data;
  waiter->timeout = g_timeout_source_new_seconds (seconds);
  g_source_set_callback (waiter->timeout, on_timeout, waiter, NULL);
  g_source_attach (waiter->timeout, g_main_context_get_thread_default ());

  g_hash_table_add (self->waiters, waiter);
  return TRUE;
}

static void
wake_some (SyncServerWaiting *self,
           const gint64      *account)
{
  g_autoptr (GPtrArray) woken = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->waiters);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (account == NULL || ((Waiter *) key)->account == *account)
      g_ptr_array_add (woken, key);

  for (guint i = 0; i < woken->len; i++)
    wake_waiter (g_ptr_array_index (woken, i));
}

/**
 * sync_server_waiting_wake:
 * @self: who waits
 * @account: the account that has something new
 */
void
sync_server_waiting_wake (SyncServerWaiting *self,
                          gint64             account)
{
  wake_some (self, &account);
}

/**
 * sync_server_waiting_wake_all:
 * @self: who waits
 */
void
sync_server_waiting_wake_all (SyncServerWaiting *self)
{
  wake_some (self, NULL);
}

/**
 * sync_server_waiting_free:
 * @self: (transfer full): who waits; all are woken
 */
void
sync_server_waiting_free (SyncServerWaiting *self)
{
  sync_server_waiting_wake_all (self);
  g_hash_table_unref (self->waiters);
  g_free (self);
}
