/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The roster is a set of signed entries (sync-roster-entry.c). An entry counts where its account is
 * ours, all entries that it names as seen are here, and its signer is the account's own key or a
 * device that was enrolled before it. So what a server invents, leaves out or turns round is not
 * taken. Entries may arrive in any order: those whose seen ones are not here yet wait.
 *
 * Enrol adds a device, rename gives it another name; of two names the one written later in the
 * order (time, id) is shown. Other types are kept, named as seen and handed on, and mean nothing to
 * this version.
 */
#include "config.h"

#include "sync-roster-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "sync-error.h"

/**
 * sync_roster_new:
 * @account: the account; copied
 *
 * Returns: (transfer full): a roster without entries
 */
SyncRoster *
sync_roster_new (const SyncAccount *account)
{
  SyncRoster *self;

  g_return_val_if_fail (account != NULL, NULL);

  self = g_new0 (SyncRoster, 1);
  self->account = sync_account_new_root (account->root);
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->waiting = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->ids = g_hash_table_new_full (g_bytes_hash,
                                     g_bytes_equal,
                                     (GDestroyNotify) g_bytes_unref,
                                     NULL);
  self->devices = g_ptr_array_new_with_free_func ((GDestroyNotify) sync_device_free);
  self->named = g_hash_table_new_full (NULL,
                                       NULL,
                                       NULL,
                                       (GDestroyNotify) sync_roster_entry_free);

  return self;
}

/**
 * sync_roster_free:
 * @self: a roster
 */
void
sync_roster_free (SyncRoster *self)
{
  if (self == NULL)
    return;

  sync_account_free (self->account);
  g_ptr_array_unref (self->entries);
  g_ptr_array_unref (self->waiting);
  g_hash_table_unref (self->ids);
  g_hash_table_unref (self->named);
  g_ptr_array_unref (self->devices);
  g_free (self);
}

static gboolean
set_forged (GError **error)
{
  g_set_error_literal (error,
                       SYNC_ERROR,
                       SYNC_ERROR_FORGED,
                       _("The list of devices holds an entry from somebody who may not write it."));
  return FALSE;
}

/* The device with that public key, if it is enrolled. */
SyncDevice *
sync_roster_find_device (SyncRoster   *self,
                         const guint8  public_key[SYNC_PUBLIC_KEY_SIZE])
{
  for (guint i = 0; i < self->devices->len; i++)
    {
      SyncDevice *device = g_ptr_array_index (self->devices, i);

      if (memcmp (device->public_key, public_key, SYNC_PUBLIC_KEY_SIZE) == 0)
        return device;
    }

  return NULL;
}

static gboolean
may_sign (SyncRoster            *self,
          const SyncRosterEntry *entry)
{
  return memcmp (entry->signer, self->account->signing.public_key, SYNC_PUBLIC_KEY_SIZE) == 0 ||
         sync_roster_find_device (self, entry->signer) != NULL;
}

static GBytes *
dup_seen_id (const SyncRosterEntry *entry,
             gsize                  index)
{
  return g_bytes_new_from_bytes (entry->seen, index * SYNC_HASH_SIZE, SYNC_HASH_SIZE);
}

static gsize
count_seen (const SyncRosterEntry *entry)
{
  return g_bytes_get_size (entry->seen) / SYNC_HASH_SIZE;
}

static gboolean
seen_are_here (SyncRoster            *self,
               const SyncRosterEntry *entry)
{
  for (gsize i = 0; i < count_seen (entry); i++)
    {
      g_autoptr (GBytes) id = dup_seen_id (entry, i);

      if (!g_hash_table_contains (self->ids, id))
        return FALSE;
    }

  return TRUE;
}

static char *
unseal_name (SyncRoster            *self,
             const SyncRosterEntry *entry,
             gsize                  offset)
{
  g_autoptr (GBytes) name = NULL;
  const guint8 *payload;
  gsize size;

  payload = g_bytes_get_data (entry->payload, &size);
  if (size < offset)
    return NULL;

  name = sync_seal_key_unseal (&self->account->names,
                               payload + offset,
                               size - offset,
                               entry->subject,
                               SYNC_PUBLIC_KEY_SIZE,
                               NULL);
  if (name == NULL)
    return NULL;

  return g_utf8_make_valid (g_bytes_get_data (name, NULL), g_bytes_get_size (name));
}

static gboolean
is_later (const SyncRosterEntry *entry,
          const SyncRosterEntry *other)
{
  if (other == NULL)
    return TRUE;

  if (entry->time != other->time)
    return entry->time > other->time;

  return memcmp (entry->id, other->id, sizeof entry->id) > 0;
}

/* Takes @entry where it is the one that names the device. */
static void
name_device (SyncRoster       *self,
             SyncDevice       *device,
             SyncRosterEntry **entry,
             gsize             offset)
{
  char *name;

  if (!is_later (*entry, g_hash_table_lookup (self->named, device)))
    return;

  name = unseal_name (self, *entry, offset);
  if (name == NULL)
    return;

  g_free (device->name);
  device->name = name;
  g_hash_table_replace (self->named, device, g_steal_pointer (entry));
}

static void
apply_enrol (SyncRoster       *self,
             SyncRosterEntry **entry)
{
  SyncDevice *device = sync_roster_find_device (self, (*entry)->subject);
  gsize size;
  const guint8 *payload = g_bytes_get_data ((*entry)->payload, &size);

  if (size < SYNC_PUBLIC_KEY_SIZE)
    return;

  if (device == NULL)
    {
      device = g_new0 (SyncDevice, 1);
      memcpy (device->public_key, (*entry)->subject, SYNC_PUBLIC_KEY_SIZE);
      memcpy (device->exchange_key, payload, SYNC_PUBLIC_KEY_SIZE);
      sync_stream_id_from_public_key (device->stream, device->public_key);
      device->enrolled_at = (*entry)->time;
      device->name = g_strdup ("");
      g_ptr_array_add (self->devices, device);
    }

  name_device (self, device, entry, SYNC_PUBLIC_KEY_SIZE);
}

static void
apply_rename (SyncRoster       *self,
              SyncRosterEntry **entry)
{
  SyncDevice *device = sync_roster_find_device (self, (*entry)->subject);

  if (device != NULL)
    name_device (self, device, entry, 0);
}

static void
remember (SyncRoster            *self,
          const SyncRosterEntry *entry,
          GBytes                *bytes)
{
  for (gsize i = 0; i < count_seen (entry); i++)
    g_hash_table_replace (self->ids, dup_seen_id (entry, i), GINT_TO_POINTER (FALSE));

  g_hash_table_insert (self->ids,
                       g_bytes_new (entry->id, sizeof entry->id),
                       GINT_TO_POINTER (TRUE));
  g_ptr_array_add (self->entries, g_bytes_ref (bytes));
}

static gboolean
add_one (SyncRoster  *self,
         GBytes      *bytes,
         gboolean    *waits,
         GError     **error)
{
  g_autoptr (SyncRosterEntry) entry = sync_roster_entry_parse (bytes, error);
  g_autoptr (GBytes) id = NULL;

  *waits = FALSE;
  if (entry == NULL)
    return FALSE;

  id = g_bytes_new (entry->id, sizeof entry->id);
  if (g_hash_table_contains (self->ids, id))
    return TRUE;

  if (memcmp (entry->account, self->account->id, sizeof entry->account) != 0)
    return set_forged (error);

  *waits = !seen_are_here (self, entry);
  if (*waits)
    return TRUE;

  if (!may_sign (self, entry))
    return set_forged (error);

  remember (self, entry, bytes);
  if (entry->type == SYNC_ROSTER_ENROL)
    apply_enrol (self, &entry);
  else if (entry->type == SYNC_ROSTER_RENAME)
    apply_rename (self, &entry);

  return TRUE;
}

static void
add_waiting (SyncRoster *self)
{
  gboolean again;

  do
    {
      again = FALSE;
      for (guint i = 0; i < self->waiting->len && !again; i++)
        {
          g_autoptr (GBytes) bytes = g_bytes_ref (g_ptr_array_index (self->waiting, i));
          gboolean waits;

          if (add_one (self, bytes, &waits, NULL) && waits)
            continue;

          g_ptr_array_remove_index (self->waiting, i);
          again = TRUE;
        }
    }
  while (again);
}

/**
 * sync_roster_add:
 * @self: a roster
 * @entry: bytes of an entry, from anywhere
 * @error: %SYNC_ERROR_FORGED, %SYNC_ERROR_DAMAGED or %SYNC_ERROR_TOO_NEW
 *
 * Adds an entry, or keeps it waiting for the entries that it names. Adding the
 * same one again is no error.
 *
 * Returns: %FALSE where the entry does not count
 */
gboolean
sync_roster_add (SyncRoster  *self,
                 GBytes      *entry,
                 GError     **error)
{
  gboolean waits;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (entry != NULL, FALSE);

  if (!add_one (self, entry, &waits, error))
    return FALSE;

  if (waits)
    g_ptr_array_add (self->waiting, g_bytes_ref (entry));
  else
    add_waiting (self);

  return TRUE;
}

/**
 * sync_roster_get_entries:
 * @self: a roster
 *
 * Returns: (transfer none) (element-type GBytes): the entries that count, seen ones first
 */
GPtrArray *
sync_roster_get_entries (SyncRoster *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->entries;
}

/**
 * sync_roster_contains:
 * @self: a roster
 * @entry: bytes of an entry
 *
 * Returns: whether exactly this entry counts here
 */
gboolean
sync_roster_contains (SyncRoster *self,
                      GBytes     *entry)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return g_ptr_array_find_with_equal_func (self->entries, entry, g_bytes_equal, NULL);
}

/**
 * sync_roster_get_devices:
 * @self: a roster
 *
 * Returns: (transfer none) (element-type SyncDevice): the devices, as they were enrolled
 */
GPtrArray *
sync_roster_get_devices (SyncRoster *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->devices;
}

/**
 * sync_roster_find_stream:
 * @self: a roster
 * @stream: a stream id
 *
 * Returns: (transfer none) (nullable): the device that writes @stream
 */
const SyncDevice *
sync_roster_find_stream (SyncRoster   *self,
                         const guint8  stream[SYNC_STREAM_ID_SIZE])
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->devices->len; i++)
    {
      const SyncDevice *device = g_ptr_array_index (self->devices, i);

      if (memcmp (device->stream, stream, SYNC_STREAM_ID_SIZE) == 0)
        return device;
    }

  return NULL;
}
