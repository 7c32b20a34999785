/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The engine's blocking calls on a worker thread, for the desktop. */
#include "sync-engine.h"

typedef struct
{
  char *url;
  char *secret; /* invite code or recovery words */
  char *device_name;
  SyncProgressFunc progress;
  gpointer progress_data;
} Call;

static Call *
call_new (const char *url,
          const char *secret,
          const char *device_name)
{
  Call *call = g_new0 (Call, 1);

  call->url = g_strdup (url);
  call->secret = g_strdup (secret);
  call->device_name = g_strdup (device_name);

  return call;
}

static void
call_free (Call *call)
{
  g_free (call->url);
  g_free (call->secret);
  g_free (call->device_name);
  g_free (call);
}

static void
start (SyncEngine          *self,
       gpointer             source_tag,
       Call                *call,
       GTaskThreadFunc      func,
       GCancellable        *cancellable,
       GAsyncReadyCallback  callback,
       gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  g_task_set_task_data (task, call, (GDestroyNotify) call_free);
  g_task_run_in_thread (task, func);
}

static void
create_account_thread (GTask        *task,
                       gpointer      source,
                       gpointer      task_data,
                       GCancellable *cancellable)
{
  const Call *call = task_data;
  GError *error = NULL;

  if (sync_engine_create_account (source,
                                  call->url,
                                  call->secret,
                                  call->device_name,
                                  cancellable,
                                  &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * sync_engine_create_account_async:
 * @self: an engine
 * @url: address of the place to synchronise through
 * @invite: (nullable): the code from whoever runs it
 * @device_name: (nullable): what to call this device
 * @cancellable: (nullable): to stop
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * sync_engine_create_account() on a worker thread.
 */
void
sync_engine_create_account_async (SyncEngine          *self,
                                  const char          *url,
                                  const char          *invite,
                                  const char          *device_name,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_return_if_fail (SYNC_IS_ENGINE (self));
  g_return_if_fail (url != NULL);

  start (self,
         sync_engine_create_account_async,
         call_new (url, invite, device_name),
         create_account_thread,
         cancellable,
         callback,
         user_data);
}

/**
 * sync_engine_create_account_finish:
 * @self: an engine
 * @result: what the callback got
 * @error: why not
 *
 * Returns: whether the account is there
 */
gboolean
sync_engine_create_account_finish (SyncEngine    *self,
                                   GAsyncResult  *result,
                                   GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
join_account_thread (GTask        *task,
                     gpointer      source,
                     gpointer      task_data,
                     GCancellable *cancellable)
{
  const Call *call = task_data;
  GError *error = NULL;

  if (sync_engine_join_account (source,
                                call->url,
                                call->secret,
                                call->device_name,
                                cancellable,
                                &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * sync_engine_join_account_async:
 * @self: an engine
 * @url: address of the place to synchronise through
 * @words: the recovery key
 * @device_name: (nullable): what to call this device
 * @cancellable: (nullable): to stop
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * sync_engine_join_account() on a worker thread.
 */
void
sync_engine_join_account_async (SyncEngine          *self,
                                const char          *url,
                                const char          *words,
                                const char          *device_name,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_return_if_fail (SYNC_IS_ENGINE (self));
  g_return_if_fail (url != NULL);
  g_return_if_fail (words != NULL);

  start (self,
         sync_engine_join_account_async,
         call_new (url, words, device_name),
         join_account_thread,
         cancellable,
         callback,
         user_data);
}

/**
 * sync_engine_join_account_finish:
 * @self: an engine
 * @result: what the callback got
 * @error: why not
 *
 * Returns: whether the store belongs to the account
 */
gboolean
sync_engine_join_account_finish (SyncEngine    *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
run_thread (GTask        *task,
            gpointer      source,
            gpointer      task_data,
            GCancellable *cancellable)
{
  const Call *call = task_data;
  SyncResult *result = NULL;
  GError *error = NULL;

  if (sync_engine_run (source,
                       cancellable,
                       call->progress,
                       call->progress_data,
                       &result,
                       &error))
    g_task_return_pointer (task, result, (GDestroyNotify) sync_result_free);
  else
    g_task_return_error (task, error);
}

/**
 * sync_engine_run_async:
 * @self: an engine
 * @cancellable: (nullable): to stop
 * @progress: (nullable): told how far it is, on the worker thread
 * @progress_data: for @progress
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * sync_engine_run() on a worker thread.
 */
void
sync_engine_run_async (SyncEngine          *self,
                       GCancellable        *cancellable,
                       SyncProgressFunc     progress,
                       gpointer             progress_data,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  Call *call;

  g_return_if_fail (SYNC_IS_ENGINE (self));

  call = call_new (NULL, NULL, NULL);
  call->progress = progress;
  call->progress_data = progress_data;
  start (self, sync_engine_run_async, call, run_thread, cancellable, callback, user_data);
}

/**
 * sync_engine_run_finish:
 * @self: an engine
 * @async_result: what the callback got
 * @result: (out) (optional) (transfer full): what it came to
 * @error: why not
 *
 * Returns: whether it went through
 */
gboolean
sync_engine_run_finish (SyncEngine    *self,
                        GAsyncResult  *async_result,
                        SyncResult   **result,
                        GError       **error)
{
  g_autoptr (SyncResult) found = NULL;

  g_return_val_if_fail (g_task_is_valid (async_result, self), FALSE);

  found = g_task_propagate_pointer (G_TASK (async_result), error);
  if (found == NULL)
    return FALSE;

  if (result != NULL)
    *result = g_steal_pointer (&found);

  return TRUE;
}
