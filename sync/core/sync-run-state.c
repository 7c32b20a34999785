/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * After pull and push, each device leaves what it holds (sync-state.c) beside the streams, if that
 * changed, and reads what the others left. Equal vectors and equal digests are "identical"; equal
 * vectors and other digests are a fault that is told at once; other vectors are work still on its
 * way. All of it is a hint for people: where it fails, the synchronisation has gone through all the
 * same.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "sync-run.h"
#include "sync-state.h"

static gboolean
is_as_left (SyncRun         *run,
            const SyncState *state)
{
  const guint8 *stream = sync_keys_get_stream (run->keys);
  SyncAccount *account = sync_keys_get_account (run->keys);
  g_autoptr (GBytes) sealed = NULL;
  g_autoptr (SyncState) left = NULL;

  if (!sync_remote_get_state (run->remote, stream, &sealed, run->cancellable, NULL) ||
      sealed == NULL)
    return FALSE;

  left = sync_state_open (sealed, account, stream, NULL);
  return left != NULL && sync_state_equal_vectors (left, state) &&
         sync_state_equal_digests (left, state);
}

static gboolean
leave_state (SyncRun          *run,
             const SyncState  *state,
             GError          **error)
{
  const guint8 *stream = sync_keys_get_stream (run->keys);
  g_autoptr (GBytes) sealed = NULL;

  if (is_as_left (run, state))
    return TRUE;

  sealed = sync_state_seal (state, sync_keys_get_account (run->keys), stream);
  return sync_remote_put_state (run->remote, stream, sealed, run->cancellable, error);
}

static gboolean
compare_with (SyncRun           *run,
              const SyncDevice  *device,
              const SyncState   *state,
              GError           **error)
{
  g_autoptr (GBytes) sealed = NULL;
  g_autoptr (SyncState) theirs = NULL;

  if (!sync_remote_get_state (run->remote, device->stream, &sealed, run->cancellable, error))
    return FALSE;

  if (sealed != NULL)
    {
      theirs = sync_state_open (sealed, sync_keys_get_account (run->keys), device->stream, error);
      if (theirs == NULL)
        return FALSE;
    }

  if (theirs != NULL && theirs->left)
    return TRUE;

  if (theirs == NULL || !sync_state_equal_vectors (theirs, state))
    g_ptr_array_add (run->result->behind, g_strdup (device->name));
  else if (sync_state_equal_digests (theirs, state))
    g_ptr_array_add (run->result->identical, g_strdup (device->name));
  else
    sync_run_notice (run,
                     SYNC_ERROR_FAILED,
                     NULL,
                     _("This device and “%s” hold the same changes but not the same data; "
                       "run a check on both."),
                     device->name);

  return TRUE;
}

static gboolean
is_this_device (SyncRun          *run,
                const SyncDevice *device)
{
  StoreStreamId own;
  const SyncDevice *ours;

  store_log_get_own_stream (run->store, &own);
  ours = sync_roster_find_stream (run->roster, own.bytes);

  return ours == device;
}

static gboolean
compare_states (SyncRun  *run,
                GError  **error)
{
  GPtrArray *devices = sync_roster_get_devices (run->roster);
  g_autoptr (SyncState) state = sync_state_load (run->store, error);

  if (state == NULL || !leave_state (run, state, error))
    return FALSE;

  for (guint i = 0; i < devices->len; i++)
    {
      const SyncDevice *device = g_ptr_array_index (devices, i);

      if (!is_this_device (run, device) && !compare_with (run, device, state, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * sync_run_say_farewell:
 * @run: a run that is connected as the device that it leaves
 *
 * Tells the others not to wait for the stream that this device leaves.
 */
void
sync_run_say_farewell (SyncRun *run)
{
  const guint8 *stream = sync_keys_get_stream (run->keys);
  g_autoptr (SyncState) state = sync_state_new_left ();
  g_autoptr (GBytes) sealed = NULL;

  if (!(run->greeting.abilities & SYNC_REMOTE_CAN_KEEP_STATE))
    return;

  sealed = sync_state_seal (state, sync_keys_get_account (run->keys), stream);
  sync_remote_put_state (run->remote, stream, sealed, run->cancellable, NULL);
}

/**
 * sync_run_compare_states:
 * @run: a run that has pulled and pushed
 *
 * Leaves our state and notes in the result which devices hold the same.
 */
void
sync_run_compare_states (SyncRun *run)
{
  g_autoptr (GError) error = NULL;

  if (!(run->greeting.abilities & SYNC_REMOTE_CAN_KEEP_STATE))
    return;

  sync_run_report (run, SYNC_PHASE_COMPARE, 0, 0);
  if (!compare_states (run, &error))
    g_debug ("States were not compared: %s", error->message);
}
