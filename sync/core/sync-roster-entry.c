/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One entry of the roster, version 1. All numbers are little endian.
 *
 *   offset  size  what
 *        0     4  magic, the ASCII letters "CLTR"
 *        4     1  version, 1
 *        5     1  type
 *        6     2  count of seen entries, s
 *        8    16  account id
 *       24     8  time of writing, UTC milliseconds
 *       32    32  public key of the signer
 *       64    32  public key of the device that the entry speaks of, or zeros
 *       96  32 s  ids of the entries seen
 *        -     4  size of the payload, p
 *        -     p  the payload, by type
 *        -    64  Ed25519 signature of "clientele roster 1" and all that stands before it
 *
 * The id of an entry is BLAKE2b, 32 bytes, unkeyed, of all its bytes. An entry names by id what its
 * writer knew and no other known entry named, so the entries form a graph in which any fork shows.
 *
 * Payloads: enrol is the X25519 public key of the device, 32 bytes, then its sealed name; rename is
 * the sealed name. A name is UTF-8, sealed (sync-seal-key.c) with the account's key for names and
 * the subject's public key as associated data.
 */
#include "config.h"

#include "sync-roster-entry.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "sync-error.h"

#define MAGIC "CLTR"
#define VERSION 1
#define DOMAIN "clientele roster 1"
#define FIXED_SIZE 96
#define MAX_SIZE (64 * 1024)

static gboolean
set_damaged (GError **error)
{
  g_set_error_literal (error,
                       SYNC_ERROR,
                       SYNC_ERROR_DAMAGED,
                       _("An entry of the list of devices arrived damaged."));
  return FALSE;
}

static GByteArray *
make_signed_message (const guint8 *bytes,
                     gsize         size)
{
  GByteArray *message = g_byte_array_sized_new (strlen (DOMAIN) + size);

  g_byte_array_append (message, (const guint8 *) DOMAIN, strlen (DOMAIN));
  g_byte_array_append (message, bytes, size);

  return message;
}

static gboolean
verify (const guint8 *bytes,
        gsize         size,
        const guint8  signer[SYNC_PUBLIC_KEY_SIZE])
{
  gsize signed_size = size - SYNC_SIGNATURE_SIZE;
  g_autoptr (GByteArray) message = make_signed_message (bytes, signed_size);

  return crypto_sign_verify_detached (bytes + signed_size,
                                      message->data,
                                      message->len,
                                      signer) == 0;
}

/* Where the parts of variable size lie; FALSE where they do not fit. */
static gboolean
measure (const guint8 *bytes,
         gsize         size,
         gsize        *seen_size,
         gsize        *payload_size)
{
  guint16 count;
  guint32 payload;

  memcpy (&count, bytes + 6, sizeof count);
  *seen_size = GUINT16_FROM_LE (count) * (gsize) SYNC_HASH_SIZE;
  if (FIXED_SIZE + *seen_size + sizeof payload + SYNC_SIGNATURE_SIZE > size)
    return FALSE;

  memcpy (&payload, bytes + FIXED_SIZE + *seen_size, sizeof payload);
  *payload_size = GUINT32_FROM_LE (payload);

  return FIXED_SIZE + *seen_size + sizeof payload + *payload_size + SYNC_SIGNATURE_SIZE == size;
}

/**
 * sync_roster_entry_parse:
 * @bytes: one entry
 * @error: %SYNC_ERROR_FORGED where the signature is not the signer's,
 *   %SYNC_ERROR_TOO_NEW for another version, else %SYNC_ERROR_DAMAGED
 *
 * Reads an entry and checks that its signer wrote it. Whether the signer may
 * say so is for the roster to judge.
 *
 * Returns: (transfer full) (nullable): the entry
 */
SyncRosterEntry *
sync_roster_entry_parse (GBytes  *bytes,
                         GError **error)
{
  g_autoptr (SyncRosterEntry) entry = NULL;
  const guint8 *data;
  gsize size;
  gsize seen_size;
  gsize payload_size;
  gint64 time;

  g_return_val_if_fail (bytes != NULL, NULL);

  data = g_bytes_get_data (bytes, &size);
  if (size < FIXED_SIZE || size > MAX_SIZE || memcmp (data, MAGIC, 4) != 0)
    return set_damaged (error), NULL;

  if (data[4] != VERSION)
    {
      g_set_error_literal (error,
                           SYNC_ERROR,
                           SYNC_ERROR_TOO_NEW,
                           _("The list of devices was written by a later version of Clientele; "
                             "update this one."));
      return NULL;
    }

  if (!measure (data, size, &seen_size, &payload_size))
    return set_damaged (error), NULL;

  if (!verify (data, size, data + 32))
    {
      g_set_error_literal (error,
                           SYNC_ERROR,
                           SYNC_ERROR_FORGED,
                           _("An entry of the list of devices is not signed by who it says."));
      return NULL;
    }

  entry = g_new0 (SyncRosterEntry, 1);
  crypto_generichash (entry->id, sizeof entry->id, data, size, NULL, 0);
  entry->type = data[5];
  memcpy (entry->account, data + 8, SYNC_ACCOUNT_ID_SIZE);
  memcpy (&time, data + 24, sizeof time);
  entry->time = GINT64_FROM_LE (time);
  memcpy (entry->signer, data + 32, SYNC_PUBLIC_KEY_SIZE);
  memcpy (entry->subject, data + 64, SYNC_PUBLIC_KEY_SIZE);
  entry->seen = g_bytes_new_from_bytes (bytes, FIXED_SIZE, seen_size);
  entry->payload = g_bytes_new_from_bytes (bytes,
                                           FIXED_SIZE + seen_size + sizeof (guint32),
                                           payload_size);

  return g_steal_pointer (&entry);
}

static void
append_bytes (GByteArray *array,
              GBytes     *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  if (size > 0)
    g_byte_array_append (array, data, size);
}

/**
 * sync_roster_entry_write:
 * @entry: what to say; its @id and @signer are not looked at
 * @signer: who says it
 *
 * Returns: (transfer full): the signed entry
 */
GBytes *
sync_roster_entry_write (const SyncRosterEntry *entry,
                         const SyncSigningKey  *signer)
{
  g_autoptr (GByteArray) array = NULL;
  g_autoptr (GByteArray) message = NULL;
  guint8 fixed[FIXED_SIZE] = { 0 };
  guint8 signature[SYNC_SIGNATURE_SIZE];
  guint16 count;
  gint64 time;
  guint32 payload_size;

  g_return_val_if_fail (entry != NULL, NULL);
  g_return_val_if_fail (signer != NULL, NULL);

  count = GUINT16_TO_LE (g_bytes_get_size (entry->seen) / SYNC_HASH_SIZE);
  time = GINT64_TO_LE (entry->time);
  payload_size = GUINT32_TO_LE (g_bytes_get_size (entry->payload));

  memcpy (fixed, MAGIC, 4);
  fixed[4] = VERSION;
  fixed[5] = entry->type;
  memcpy (fixed + 6, &count, sizeof count);
  memcpy (fixed + 8, entry->account, SYNC_ACCOUNT_ID_SIZE);
  memcpy (fixed + 24, &time, sizeof time);
  memcpy (fixed + 32, signer->public_key, SYNC_PUBLIC_KEY_SIZE);
  memcpy (fixed + 64, entry->subject, SYNC_PUBLIC_KEY_SIZE);

  array = g_byte_array_new ();
  g_byte_array_append (array, fixed, sizeof fixed);
  append_bytes (array, entry->seen);
  g_byte_array_append (array, (const guint8 *) &payload_size, sizeof payload_size);
  append_bytes (array, entry->payload);

  message = make_signed_message (array->data, array->len);
  crypto_sign_detached (signature, NULL, message->data, message->len, signer->secret_key);
  g_byte_array_append (array, signature, sizeof signature);

  return g_byte_array_free_to_bytes (g_steal_pointer (&array));
}

/**
 * sync_roster_entry_free:
 * @entry: an entry
 */
void
sync_roster_entry_free (SyncRosterEntry *entry)
{
  if (entry == NULL)
    return;

  g_clear_pointer (&entry->seen, g_bytes_unref);
  g_clear_pointer (&entry->payload, g_bytes_unref);
  g_free (entry);
}
