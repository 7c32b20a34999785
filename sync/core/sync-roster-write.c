/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What this version writes into the roster: enrol and rename. */
#include "sync-roster-private.h"

#include <string.h>

static int
compare_ids (const void *a,
             const void *b)
{
  return g_bytes_compare (*(GBytes *const *) a, *(GBytes *const *) b);
}

static GBytes *
dup_unnamed_ids (SyncRoster *self)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  GByteArray *joined = g_byte_array_new ();
  GHashTableIter iter;
  gpointer id;
  gpointer unnamed;

  g_hash_table_iter_init (&iter, self->ids);
  while (g_hash_table_iter_next (&iter, &id, &unnamed))
    if (GPOINTER_TO_INT (unnamed))
      g_ptr_array_add (ids, id);

  g_ptr_array_sort (ids, compare_ids);
  for (guint i = 0; i < ids->len; i++)
    g_byte_array_append (joined,
                         g_bytes_get_data (g_ptr_array_index (ids, i), NULL),
                         SYNC_HASH_SIZE);

  return g_byte_array_free_to_bytes (joined);
}

/* The part of @name that fits, whole characters. */
static gsize
measure_name (const char *name)
{
  const char *end = NULL;

  g_utf8_validate_len (name, MIN (strlen (name), SYNC_DEVICE_NAME_MAX), &end);
  return end - name;
}

static GBytes *
write_entry (SyncRoster     *self,
             SyncRosterType  type,
             const guint8    device[SYNC_PUBLIC_KEY_SIZE],
             const guint8   *exchange_key,
             const char     *name,
             gint64          time)
{
  g_autoptr (GByteArray) payload = g_byte_array_new ();
  g_autoptr (GBytes) sealed = NULL;
  g_autoptr (SyncRosterEntry) entry = g_new0 (SyncRosterEntry, 1);

  sealed = sync_seal_key_seal (&self->account->names,
                               (const guint8 *) name,
                               measure_name (name),
                               device,
                               SYNC_PUBLIC_KEY_SIZE);

  if (exchange_key != NULL)
    g_byte_array_append (payload, exchange_key, SYNC_PUBLIC_KEY_SIZE);
  g_byte_array_append (payload, g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed));

  entry->type = type;
  memcpy (entry->account, self->account->id, SYNC_ACCOUNT_ID_SIZE);
  entry->time = time;
  memcpy (entry->subject, device, SYNC_PUBLIC_KEY_SIZE);
  entry->seen = dup_unnamed_ids (self);
  entry->payload = g_byte_array_free_to_bytes (g_steal_pointer (&payload));

  return sync_roster_entry_write (entry, &self->account->signing);
}

/**
 * sync_roster_write_enrol:
 * @self: the roster as it is known now
 * @device: the new device's Ed25519 public key
 * @exchange_key: its X25519 public key
 * @name: what the person calls it, cut after %SYNC_DEVICE_NAME_MAX bytes
 * @time: now, UTC milliseconds
 *
 * Writes an entry, signed with the account's key. It is not added.
 *
 * Returns: (transfer full): the entry
 */
GBytes *
sync_roster_write_enrol (SyncRoster   *self,
                         const guint8  device[SYNC_PUBLIC_KEY_SIZE],
                         const guint8  exchange_key[SYNC_PUBLIC_KEY_SIZE],
                         const char   *name,
                         gint64        time)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return write_entry (self, SYNC_ROSTER_ENROL, device, exchange_key, name, time);
}

/**
 * sync_roster_write_rename:
 * @self: the roster as it is known now
 * @device: the device's Ed25519 public key
 * @name: its new name, cut after %SYNC_DEVICE_NAME_MAX bytes
 * @time: now, UTC milliseconds
 *
 * Writes an entry, signed with the account's key, that is later than the one
 * which named the device so far, whatever the clock says. It is not added.
 *
 * Returns: (transfer full): the entry
 */
GBytes *
sync_roster_write_rename (SyncRoster   *self,
                          const guint8  device[SYNC_PUBLIC_KEY_SIZE],
                          const char   *name,
                          gint64        time)
{
  SyncDevice *known;
  SyncRosterEntry *named = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  known = sync_roster_find_device (self, device);
  if (known != NULL)
    named = g_hash_table_lookup (self->named, known);
  if (named != NULL)
    time = MAX (time, named->time + 1);

  return write_entry (self, SYNC_ROSTER_RENAME, device, NULL, name, time);
}

/**
 * sync_roster_is_named:
 * @self: a roster
 * @device: a device's Ed25519 public key
 * @name: what it should be called
 *
 * Returns: whether the device is known by @name, as far as that fits
 */
gboolean
sync_roster_is_named (SyncRoster   *self,
                      const guint8  device[SYNC_PUBLIC_KEY_SIZE],
                      const char   *name)
{
  SyncDevice *known;
  gsize length;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  known = sync_roster_find_device (self, device);
  length = measure_name (name);

  return known != NULL && strlen (known->name) == length && memcmp (known->name, name, length) == 0;
}
