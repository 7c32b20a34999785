/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Belonging to the account: enrolment at the remote, and the signed roster.
 *
 * The roster is kept in the store beside the streams, under the cursor name "sync.roster": entry
 * after entry, its size in 4 bytes, little endian, and its bytes. What is known here and missing at
 * the remote (a server restored from an old backup, or emptied) is appended there again.
 */
#include "config.h"

#include <string.h>

#include "sync-run.h"

#define CURSOR_NAME "sync.roster"
#define MAX_TRIES 5

/**
 * sync_run_enrol:
 * @run: a run that is connected
 * @create: whether to make the account too
 * @invite: (nullable): code for that
 * @error: why not
 *
 * Makes the remote know the account and this device, and notes it in the key
 * file.
 *
 * Returns: whether it does
 */
gboolean
sync_run_enrol (SyncRun     *run,
                gboolean     create,
                const char  *invite,
                GError     **error)
{
  SyncAccount *account = sync_keys_get_account (run->keys);

  if (invite != NULL && *invite == '\0')
    invite = NULL;

  if (run->greeting.abilities & SYNC_REMOTE_CAN_REGISTER)
    {
      if (create && !sync_remote_create_account (run->remote,
                                                 &account->signing,
                                                 invite,
                                                 run->cancellable,
                                                 error))
        return FALSE;

      if (!sync_remote_enrol (run->remote,
                              &account->signing,
                              sync_keys_get_device (run->keys)->public_key,
                              run->cancellable,
                              error))
        return FALSE;
    }

  sync_keys_set_confirmed (run->keys, TRUE);
  return sync_keys_save (run->keys, error);
}

static void
add_cached_entries (SyncRoster *roster,
                    GBytes     *cached)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (cached, &size);
  gsize at = 0;

  while (size - at >= sizeof (guint32))
    {
      g_autoptr (GBytes) entry = NULL;
      guint32 entry_size;

      memcpy (&entry_size, bytes + at, sizeof entry_size);
      entry_size = GUINT32_FROM_LE (entry_size);
      at += sizeof entry_size;
      if (entry_size > size - at)
        return;

      entry = g_bytes_new_from_bytes (cached, at, entry_size);
      sync_roster_add (roster, entry, NULL);
      at += entry_size;
    }
}

/**
 * sync_run_load_roster:
 * @run: a run
 * @error: why the store did not answer
 *
 * Reads the roster as it was last known.
 *
 * Returns: whether the store answered
 */
gboolean
sync_run_load_roster (SyncRun  *run,
                      GError  **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GBytes) cached = store_log_get_cursor (run->store, CURSOR_NAME, &local_error);

  g_clear_pointer (&run->roster, sync_roster_free);
  run->roster = sync_roster_new (sync_keys_get_account (run->keys));

  if (cached != NULL)
    {
      add_cached_entries (run->roster, cached);
      return TRUE;
    }

  if (local_error == NULL || g_error_matches (local_error, STORE_ERROR, STORE_ERROR_NOT_FOUND))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
save_roster (SyncRun  *run,
             GError  **error)
{
  GPtrArray *entries = sync_roster_get_entries (run->roster);
  GByteArray *joined = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;

  for (guint i = 0; i < entries->len; i++)
    {
      gsize size;
      const guint8 *entry = g_bytes_get_data (g_ptr_array_index (entries, i), &size);
      guint32 entry_size = GUINT32_TO_LE (size);

      g_byte_array_append (joined, (const guint8 *) &entry_size, sizeof entry_size);
      g_byte_array_append (joined, entry, size);
    }

  bytes = g_byte_array_free_to_bytes (joined);
  return store_log_set_cursor (run->store, CURSOR_NAME, bytes, error);
}

/**
 * sync_run_is_unknown_there:
 * @error: what a remote answered
 *
 * Returns: whether the remote does not know the account, or the device, that was spoken of
 */
gboolean
sync_run_is_unknown_there (const GError *error)
{
  return g_error_matches (error, SYNC_ERROR, SYNC_ERROR_NOT_FOUND) ||
         g_error_matches (error, SYNC_ERROR, SYNC_ERROR_DENIED);
}

/* Asks for the roster; a remote that has forgotten us is told once who we are. */
static gboolean
get_entries (SyncRun    *run,
             GPtrArray **entries,
             guint64    *version,
             GError    **error)
{
  g_autoptr (GError) local_error = NULL;

  if (sync_remote_get_roster (run->remote, entries, version, run->cancellable, &local_error))
    return TRUE;

  if (!sync_run_is_unknown_there (local_error))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return sync_run_enrol (run, TRUE, NULL, error) &&
         sync_remote_get_roster (run->remote, entries, version, run->cancellable, error);
}

/* Adds what the remote has; TRUE where all of it counts. */
static gboolean
add_entries (SyncRun   *run,
             GPtrArray *entries)
{
  gboolean sound = TRUE;

  for (guint i = 0; i < entries->len; i++)
    {
      g_autoptr (GError) error = NULL;

      if (sync_roster_add (run->roster, g_ptr_array_index (entries, i), &error))
        continue;

      if (sound)
        sync_run_notice (run, error->code, NULL, "%s", error->message);
      sound = FALSE;
    }

  return sound;
}

static gboolean
append_missing (SyncRun    *run,
                GPtrArray  *there,
                guint64     version,
                GError    **error)
{
  GPtrArray *entries = sync_roster_get_entries (run->roster);

  for (guint i = 0; i < entries->len; i++)
    {
      GBytes *entry = g_ptr_array_index (entries, i);

      if (g_ptr_array_find_with_equal_func (there, entry, g_bytes_equal, NULL))
        continue;

      if (!sync_remote_append_roster (run->remote, entry, version, run->cancellable, error))
        return FALSE;
      version++;
    }

  return TRUE;
}

/* Enters this device where it is missing, and its name where the person has changed it. */
static gboolean
add_own_entry (SyncRun  *run,
               GError  **error)
{
  const guint8 *device = sync_keys_get_device (run->keys)->public_key;
  const char *name = sync_keys_get_device_name (run->keys);
  gint64 now = g_get_real_time () / 1000;
  guint8 exchange_key[SYNC_EXCHANGE_KEY_SIZE];
  g_autoptr (GBytes) entry = NULL;

  if (sync_roster_is_named (run->roster, device, name))
    return TRUE;

  if (sync_roster_find_stream (run->roster, sync_keys_get_stream (run->keys)) != NULL)
    {
      entry = sync_roster_write_rename (run->roster, device, name, now);
    }
  else
    {
      sync_keys_get_exchange_key (run->keys, exchange_key);
      entry = sync_roster_write_enrol (run->roster, device, exchange_key, name, now);
    }

  return sync_roster_add (run->roster, entry, error);
}

static gboolean
exchange_entries (SyncRun  *run,
                  GError  **error)
{
  g_autoptr (GPtrArray) there = NULL;
  guint64 version = 0;
  gboolean sound;

  if (!get_entries (run, &there, &version, error))
    return FALSE;

  sound = add_entries (run, there);
  if (!add_own_entry (run, error))
    return FALSE;

  /* A damaged answer says nothing about what the remote lacks; the next run asks again. */
  if (!sound)
    return save_roster (run, error);

  return save_roster (run, error) && append_missing (run, there, version, error);
}

/**
 * sync_run_fetch_roster:
 * @run: a run that is connected and enrolled
 * @error: why not
 *
 * Reads the remote's roster into ours, enters this device, and appends there
 * what it lacks; again where another device was faster.
 *
 * Returns: whether both are the same now
 */
gboolean
sync_run_fetch_roster (SyncRun  *run,
                       GError  **error)
{
  g_autoptr (GError) local_error = NULL;

  if (run->roster == NULL && !sync_run_load_roster (run, error))
    return FALSE;

  for (guint i = 0; i < MAX_TRIES; i++)
    {
      g_clear_error (&local_error);
      if (exchange_entries (run, &local_error))
        return TRUE;

      if (!g_error_matches (local_error, SYNC_ERROR, SYNC_ERROR_CONFLICT))
        break;
    }

  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}
