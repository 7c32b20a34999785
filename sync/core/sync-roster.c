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

#include "sync-roster.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "sync-error.h"
#include "sync-roster-entry.h"

struct _SyncRoster
{
  SyncAccount *account;
  GPtrArray *entries; /* GBytes, in the order of arrival */
  GPtrArray *waiting; /* GBytes whose seen entries are not here */
  GHashTable *ids;    /* GBytes of an id -> whether no other entry names it */
  GPtrArray *devices; /* SyncDevice */
  GHashTable *named;  /* SyncDevice -> SyncRosterEntry that gave its name */
};

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

static SyncDevice *
find_device (SyncRoster   *self,
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
         find_device (self, entry->signer) != NULL;
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
  SyncDevice *device = find_device (self, (*entry)->subject);
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
  SyncDevice *device = find_device (self, (*entry)->subject);

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
  const char *end = NULL;

  g_utf8_validate (name, MIN (strlen (name), SYNC_DEVICE_NAME_MAX), &end);
  sealed = sync_seal_key_seal (&self->account->names,
                               (const guint8 *) name,
                               end - name,
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
 * Writes an entry, signed with the account's key. It is not added.
 *
 * Returns: (transfer full): the entry
 */
GBytes *
sync_roster_write_rename (SyncRoster   *self,
                          const guint8  device[SYNC_PUBLIC_KEY_SIZE],
                          const char   *name,
                          gint64        time)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return write_entry (self, SYNC_ROSTER_RENAME, device, NULL, name, time);
}
