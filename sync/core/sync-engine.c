/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The engine is the one door to synchronisation for the desktop and the command line. Each call
 * takes the store's sync lock, reads the key file afresh (another process may have changed it),
 * does its work (sync-run.c has the steps), and lets go. So an engine holds no state that could be
 * stale.
 */
#include "config.h"

#include "sync-engine.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "sync-error.h"
#include "sync-lock.h"
#include "sync-recovery.h"
#include "sync-run.h"

#define LOCK_WAIT_SECONDS 30

struct _SyncEngine
{
  GObject parent_instance;

  StoreDatabase *store;
  SyncConnectFunc connect;
  gpointer connect_data;
  GDestroyNotify destroy;
};

G_DEFINE_FINAL_TYPE (SyncEngine, sync_engine, G_TYPE_OBJECT)

static void
sync_engine_finalize (GObject *object)
{
  SyncEngine *self = SYNC_ENGINE (object);

  if (self->destroy != NULL)
    self->destroy (self->connect_data);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (sync_engine_parent_class)->finalize (object);
}

static void
sync_engine_class_init (SyncEngineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sync_engine_finalize;
}

static void
sync_engine_init (SyncEngine *self)
{
}

/**
 * sync_engine_new:
 * @store: an open store
 * @connect: makes the remote, on a worker thread
 * @connect_data: for @connect
 * @destroy: (nullable): frees @connect_data
 *
 * Returns: (transfer full): an engine for @store
 */
SyncEngine *
sync_engine_new (StoreDatabase   *store,
                 SyncConnectFunc  connect,
                 gpointer         connect_data,
                 GDestroyNotify   destroy)
{
  SyncEngine *self;

  g_return_val_if_fail (STORE_IS_DATABASE (store), NULL);
  g_return_val_if_fail (connect != NULL, NULL);

  self = g_object_new (SYNC_TYPE_ENGINE, NULL);
  self->store = g_object_ref (store);
  self->connect = connect;
  self->connect_data = connect_data;
  self->destroy = destroy;

  return self;
}

static SyncLock *
lock (SyncEngine    *self,
      GCancellable  *cancellable,
      GError       **error)
{
  return sync_lock_acquire (store_database_get_path (self->store),
                            LOCK_WAIT_SECONDS,
                            cancellable,
                            error);
}

static SyncKeys *
open_keys (SyncEngine  *self,
           GError     **error)
{
  g_autofree char *path = sync_keys_dup_path_for_store (store_database_get_path (self->store));

  return sync_keys_open (path, error);
}

static void
init_run (SyncEngine   *self,
          SyncRun      *run,
          SyncKeys     *keys,
          GCancellable *cancellable)
{
  sync_run_init (run, self->store, keys);
  run->connect = self->connect;
  run->connect_data = self->connect_data;
  run->cancellable = cancellable;
}

static gboolean
check_no_account (SyncKeys  *keys,
                  GError   **error)
{
  if (sync_keys_get_account (keys) == NULL || !sync_keys_get_confirmed (keys))
    return TRUE;

  g_set_error_literal (error,
                       SYNC_ERROR,
                       SYNC_ERROR_EXISTS,
                       _("This store belongs to an account already."));
  return FALSE;
}

static gboolean
check_account (SyncKeys  *keys,
               GError   **error)
{
  if (sync_keys_get_account (keys) != NULL)
    return TRUE;

  g_set_error_literal (error,
                       SYNC_ERROR,
                       SYNC_ERROR_NO_ACCOUNT,
                       _("This store belongs to no account yet; create one, or join one."));
  return FALSE;
}

/**
 * sync_engine_create_account:
 * @self: an engine
 * @url: address of the place to synchronise through
 * @invite: (nullable): the code from whoever runs it
 * @device_name: (nullable): what to call this device; the computer's name else
 * @cancellable: (nullable): to stop
 * @error: %SYNC_ERROR_EXISTS where the store has an account, %SYNC_ERROR_CLOSED
 *   where an invite is needed
 *
 * Makes a new account and enrols this store as its first device. The keys are
 * on disk before the remote hears of them, so that after a lost answer the
 * same call makes the same account. Blocks.
 *
 * Returns: whether the account is there
 */
gboolean
sync_engine_create_account (SyncEngine    *self,
                            const char    *url,
                            const char    *invite,
                            const char    *device_name,
                            GCancellable  *cancellable,
                            GError       **error)
{
  g_autoptr (SyncLock) held = NULL;
  g_autoptr (SyncKeys) keys = NULL;
  g_auto (SyncRun) run = { 0 };

  g_return_val_if_fail (SYNC_IS_ENGINE (self), FALSE);
  g_return_val_if_fail (url != NULL, FALSE);

  held = lock (self, cancellable, error);
  keys = held != NULL ? open_keys (self, error) : NULL;
  if (keys == NULL || !check_no_account (keys, error))
    return FALSE;

  if (sync_keys_get_account (keys) == NULL)
    sync_keys_take_account (keys, sync_account_new ());
  sync_keys_set_remote (keys, url);
  if (device_name != NULL)
    sync_keys_set_device_name (keys, device_name);
  if (!sync_keys_save (keys, error))
    return FALSE;

  init_run (self, &run, keys, cancellable);
  return sync_run_connect (&run, error) && sync_run_enrol (&run, TRUE, invite, error);
}

/**
 * sync_engine_join_account:
 * @self: an engine
 * @url: address of the place to synchronise through
 * @words: the recovery key
 * @device_name: (nullable): what to call this device; the computer's name else
 * @cancellable: (nullable): to stop
 * @error: %SYNC_ERROR_INVALID for words that are no key, %SYNC_ERROR_NOT_FOUND
 *   where there is no such account, %SYNC_ERROR_EXISTS where the store has one
 *
 * Enrols this store as one more device of an account. What it holds already
 * stays and is sent with the next run. Blocks.
 *
 * Returns: whether it belongs to the account
 */
gboolean
sync_engine_join_account (SyncEngine    *self,
                          const char    *url,
                          const char    *words,
                          const char    *device_name,
                          GCancellable  *cancellable,
                          GError       **error)
{
  g_autoptr (SyncLock) held = NULL;
  g_autoptr (SyncKeys) keys = NULL;
  g_auto (SyncRun) run = { 0 };
  guint8 root[SYNC_ROOT_KEY_SIZE];

  g_return_val_if_fail (SYNC_IS_ENGINE (self), FALSE);
  g_return_val_if_fail (url != NULL, FALSE);
  g_return_val_if_fail (words != NULL, FALSE);

  if (!sync_recovery_from_words (words, root, error))
    return FALSE;

  held = lock (self, cancellable, error);
  keys = held != NULL ? open_keys (self, error) : NULL;
  if (keys == NULL || !check_no_account (keys, error))
    return FALSE;

  /* The device's keys first: a join that is cut off and tried again is the same device. */
  sync_keys_take_account (keys, NULL);
  if (device_name != NULL)
    sync_keys_set_device_name (keys, device_name);
  if (!sync_keys_save (keys, error))
    return FALSE;

  sync_keys_take_account (keys, sync_account_new_root (root));
  sync_keys_set_remote (keys, url);
  init_run (self, &run, keys, cancellable);
  return sync_run_connect (&run, error) && sync_run_enrol (&run, FALSE, NULL, error);
}

/**
 * sync_engine_run:
 * @self: an engine
 * @cancellable: (nullable): to stop
 * @progress: (nullable): told how far it is
 * @progress_data: for @progress
 * @result: (out) (optional) (transfer full): what it came to
 * @error: %SYNC_ERROR_NO_ACCOUNT, %SYNC_ERROR_UNREACHABLE, … or a #StoreError;
 *   what was done so far stays done
 *
 * Synchronises once. What went wrong with one stream alone, or a refused push,
 * is no error but a notice in @result. Writes no record where there is nothing
 * to say. Blocks.
 *
 * Returns: whether it went through
 */
gboolean
sync_engine_run (SyncEngine        *self,
                 GCancellable      *cancellable,
                 SyncProgressFunc   progress,
                 gpointer           progress_data,
                 SyncResult       **result,
                 GError           **error)
{
  g_autoptr (SyncLock) held = NULL;
  g_autoptr (SyncKeys) keys = NULL;
  g_auto (SyncRun) run = { 0 };

  g_return_val_if_fail (SYNC_IS_ENGINE (self), FALSE);

  held = lock (self, cancellable, error);
  keys = held != NULL ? open_keys (self, error) : NULL;
  if (keys == NULL || !check_account (keys, error))
    return FALSE;

  init_run (self, &run, keys, cancellable);
  run.progress = progress;
  run.progress_data = progress_data;
  if (!sync_run_execute (&run, error))
    return FALSE;

  if (result != NULL)
    *result = g_steal_pointer (&run.result);

  return TRUE;
}

/**
 * sync_engine_dup_recovery:
 * @self: an engine
 * @error: %SYNC_ERROR_NO_ACCOUNT
 *
 * Returns: (transfer full) (nullable): the account's recovery key, 24 words on one line
 */
char *
sync_engine_dup_recovery (SyncEngine  *self,
                          GError     **error)
{
  g_autoptr (SyncKeys) keys = NULL;

  g_return_val_if_fail (SYNC_IS_ENGINE (self), NULL);

  keys = open_keys (self, error);
  if (keys == NULL || !check_account (keys, error))
    return NULL;

  return sync_recovery_to_words (sync_keys_get_account (keys)->root);
}

static SyncDevice *
copy_device (const SyncDevice *device,
             const guint8     *own_stream)
{
  SyncDevice *copy = g_memdup2 (device, sizeof *device);

  copy->name = g_strdup (device->name);
  copy->own = memcmp (device->stream, own_stream, sizeof device->stream) == 0;

  return copy;
}

/**
 * sync_engine_list_devices:
 * @self: an engine
 * @error: %SYNC_ERROR_NO_ACCOUNT or a #StoreError
 *
 * Returns: (transfer full) (nullable) (element-type SyncDevice): the account's devices as they were
 *   last known, without a network
 */
GPtrArray *
sync_engine_list_devices (SyncEngine  *self,
                          GError     **error)
{
  g_autoptr (SyncKeys) keys = NULL;
  g_auto (SyncRun) run = { 0 };
  GPtrArray *known;
  GPtrArray *devices;

  g_return_val_if_fail (SYNC_IS_ENGINE (self), NULL);

  keys = open_keys (self, error);
  if (keys == NULL || !check_account (keys, error))
    return NULL;

  init_run (self, &run, keys, NULL);
  if (!sync_run_load_roster (&run, error))
    return NULL;

  devices = g_ptr_array_new_with_free_func ((GDestroyNotify) sync_device_free);
  known = sync_roster_get_devices (run.roster);
  for (guint i = 0; i < known->len; i++)
    g_ptr_array_add (devices,
                     copy_device (g_ptr_array_index (known, i), sync_keys_get_stream (keys)));

  return devices;
}

/**
 * sync_engine_rename_device:
 * @self: an engine
 * @name: what to call this device
 * @error: why the key file cannot be written
 *
 * The other devices learn it with the next run.
 *
 * Returns: whether it is called so now
 */
gboolean
sync_engine_rename_device (SyncEngine  *self,
                           const char  *name,
                           GError     **error)
{
  g_autoptr (SyncLock) held = NULL;
  g_autoptr (SyncKeys) keys = NULL;

  g_return_val_if_fail (SYNC_IS_ENGINE (self), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  held = lock (self, NULL, error);
  keys = held != NULL ? open_keys (self, error) : NULL;
  if (keys == NULL)
    return FALSE;

  sync_keys_set_device_name (keys, name);
  return sync_keys_save (keys, error);
}

/**
 * sync_engine_load_status:
 * @self: an engine
 * @error: why not
 *
 * Returns: (transfer full) (nullable): the state of synchronisation, without a network
 */
SyncStatus *
sync_engine_load_status (SyncEngine  *self,
                         GError     **error)
{
  g_autoptr (SyncKeys) keys = NULL;

  g_return_val_if_fail (SYNC_IS_ENGINE (self), NULL);

  keys = open_keys (self, error);
  if (keys == NULL)
    return NULL;

  return sync_status_load (self->store, keys, error);
}
