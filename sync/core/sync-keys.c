/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The key file, "STORE.keys" beside the store, mode 0600: a GLib key file.
 *
 *   [clientele-keys]
 *   version=1
 *   [device]
 *   signing=      seed of the Ed25519 keys, 64 hexadecimal digits
 *   exchange=     secret X25519 key, 64 hexadecimal digits
 *   name=         what the person calls this device
 *   sent=         highest number of the own stream that a remote has acknowledged
 *   [account]     only once there is one
 *   root=         root key, 64 hexadecimal digits
 *   remote=       address of the place to synchronise through
 *   confirmed=    whether the remote has taken this device
 *
 * "sent" is the counter outside the store's file: a store that ends below it was rolled back (a
 * restored or copied file) and must not write its stream on. Unknown groups and keys are kept. Each
 * save is a new file, synced to disk and renamed over the old one.
 */
#include "config.h"

#include "sync-keys.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#include "sync-error.h"

#define VERSION 1
#define HEAD_GROUP "clientele-keys"
#define DEVICE_GROUP "device"
#define ACCOUNT_GROUP "account"

struct _SyncKeys
{
  char *path;
  GKeyFile *file;
  SyncSigningKey device;
  guint8 stream[SYNC_STREAM_ID_SIZE];
  guint8 exchange[SYNC_EXCHANGE_KEY_SIZE];
  char *name;
  guint64 sent;
  SyncAccount *account;
  char *remote;
  gboolean confirmed;
};

/**
 * sync_keys_dup_path_for_store:
 * @store_path: path of a store
 *
 * Returns: (transfer full): path of its key file
 */
char *
sync_keys_dup_path_for_store (const char *store_path)
{
  g_return_val_if_fail (store_path != NULL, NULL);

  return g_strconcat (store_path, ".keys", NULL);
}

static gboolean
set_unreadable (SyncKeys  *self,
                GError   **error)
{
  g_set_error (error,
               SYNC_ERROR,
               SYNC_ERROR_DAMAGED,
               _("The key file “%s” is damaged. Move it away and join the account again "
                 "with the recovery key."),
               self->path);
  return FALSE;
}

static gboolean
read_secret (SyncKeys   *self,
             const char *group,
             const char *key,
             guint8      secret[SYNC_SEED_SIZE])
{
  char *hex = g_key_file_get_string (self->file, group, key, NULL);
  gboolean ok;

  if (hex == NULL)
    return FALSE;

  ok = sync_identity_from_hex (hex, secret, SYNC_SEED_SIZE);
  sodium_memzero (hex, strlen (hex));
  g_free (hex);

  return ok;
}

static void
write_secret (SyncKeys     *self,
              const char   *group,
              const char   *key,
              const guint8  secret[SYNC_SEED_SIZE])
{
  char *hex = sync_identity_to_hex (secret, SYNC_SEED_SIZE);

  g_key_file_set_string (self->file, group, key, hex);
  sodium_memzero (hex, strlen (hex));
  g_free (hex);
}

static void
set_device_seed (SyncKeys     *self,
                 const guint8  seed[SYNC_SEED_SIZE])
{
  sync_signing_key_from_seed (&self->device, seed);
  sync_stream_id_from_public_key (self->stream, self->device.public_key);
}

static gboolean
read_device (SyncKeys  *self,
             GError   **error)
{
  guint8 seed[SYNC_SEED_SIZE];

  if (!read_secret (self, DEVICE_GROUP, "signing", seed) ||
      !read_secret (self, DEVICE_GROUP, "exchange", self->exchange))
    return set_unreadable (self, error);

  set_device_seed (self, seed);
  sodium_memzero (seed, sizeof seed);
  self->name = g_key_file_get_string (self->file, DEVICE_GROUP, "name", NULL);
  self->sent = g_key_file_get_uint64 (self->file, DEVICE_GROUP, "sent", NULL);

  return TRUE;
}

static gboolean
read_account (SyncKeys  *self,
              GError   **error)
{
  guint8 root[SYNC_ROOT_KEY_SIZE];

  if (!g_key_file_has_group (self->file, ACCOUNT_GROUP))
    return TRUE;

  if (!read_secret (self, ACCOUNT_GROUP, "root", root))
    return set_unreadable (self, error);

  self->account = sync_account_new_root (root);
  sodium_memzero (root, sizeof root);
  self->remote = g_key_file_get_string (self->file, ACCOUNT_GROUP, "remote", NULL);
  self->confirmed = g_key_file_get_boolean (self->file, ACCOUNT_GROUP, "confirmed", NULL);

  return TRUE;
}

static gboolean
read_all (SyncKeys  *self,
          GError   **error)
{
  int version = g_key_file_get_integer (self->file, HEAD_GROUP, "version", NULL);

  if (version > VERSION)
    {
      g_set_error (error,
                   SYNC_ERROR,
                   SYNC_ERROR_TOO_NEW,
                   _("The key file “%s” was written by a later version of Clientele; "
                     "update this one."),
                   self->path);
      return FALSE;
    }

  if (version < 1)
    return set_unreadable (self, error);

  return read_device (self, error) && read_account (self, error);
}

/**
 * sync_keys_open:
 * @path: path of the key file
 * @error: %SYNC_ERROR_DAMAGED, %SYNC_ERROR_TOO_NEW or %SYNC_ERROR_FAILED
 *
 * Reads the key file. Where there is none, makes the keys of a new device;
 * they are on disk only after sync_keys_save().
 *
 * Returns: (transfer full) (nullable): the keys
 */
SyncKeys *
sync_keys_open (const char  *path,
                GError     **error)
{
  g_autoptr (SyncKeys) self = NULL;
  g_autoptr (GError) read_error = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_new0 (SyncKeys, 1);
  self->path = g_strdup (path);
  self->file = g_key_file_new ();

  if (g_key_file_load_from_file (self->file, path, G_KEY_FILE_KEEP_COMMENTS, &read_error))
    return read_all (self, error) ? g_steal_pointer (&self) : NULL;

  if (g_error_matches (read_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      sync_keys_renew_device (self);
      return g_steal_pointer (&self);
    }

  if (read_error->domain == G_KEY_FILE_ERROR)
    {
      set_unreadable (self, error);
      return NULL;
    }

  g_set_error (error,
               SYNC_ERROR,
               SYNC_ERROR_FAILED,
               _("The key file “%s” cannot be read: %s"),
               path,
               read_error->message);
  return NULL;
}

/**
 * sync_keys_free:
 * @self: keys
 *
 * Frees @self and overwrites its secrets.
 */
void
sync_keys_free (SyncKeys *self)
{
  if (self == NULL)
    return;

  sync_signing_key_clear (&self->device);
  sodium_memzero (self->exchange, sizeof self->exchange);
  sync_account_free (self->account);
  g_key_file_free (self->file);
  g_free (self->path);
  g_free (self->name);
  g_free (self->remote);
  g_free (self);
}

static void
write_account (SyncKeys *self)
{
  if (self->account == NULL)
    {
      g_key_file_remove_group (self->file, ACCOUNT_GROUP, NULL);
      return;
    }

  write_secret (self, ACCOUNT_GROUP, "root", self->account->root);
  if (self->remote != NULL)
    g_key_file_set_string (self->file, ACCOUNT_GROUP, "remote", self->remote);
  g_key_file_set_boolean (self->file, ACCOUNT_GROUP, "confirmed", self->confirmed);
}

/**
 * sync_keys_save:
 * @self: keys
 * @error: %SYNC_ERROR_FAILED
 *
 * Writes the key file so that after a power cut there is the old one or the
 * new one, whole.
 *
 * Returns: whether it is on disk
 */
gboolean
sync_keys_save (SyncKeys  *self,
                GError   **error)
{
  g_autoptr (GError) write_error = NULL;
  char *data;
  gsize size;
  gboolean ok;

  g_return_val_if_fail (self != NULL, FALSE);

  g_key_file_set_integer (self->file, HEAD_GROUP, "version", VERSION);
  write_secret (self, DEVICE_GROUP, "signing", self->device.secret_key);
  write_secret (self, DEVICE_GROUP, "exchange", self->exchange);
  if (self->name != NULL)
    g_key_file_set_string (self->file, DEVICE_GROUP, "name", self->name);
  else
    g_key_file_remove_key (self->file, DEVICE_GROUP, "name", NULL);
  g_key_file_set_uint64 (self->file, DEVICE_GROUP, "sent", self->sent);
  write_account (self);

  data = g_key_file_to_data (self->file, &size, NULL);
  ok = g_file_set_contents_full (self->path,
                                 data,
                                 size,
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                 0600,
                                 &write_error);
  sodium_memzero (data, size);
  g_free (data);

  if (!ok)
    g_set_error (error,
                 SYNC_ERROR,
                 SYNC_ERROR_FAILED,
                 _("The key file “%s” cannot be written: %s"),
                 self->path,
                 write_error->message);

  return ok;
}

/**
 * sync_keys_get_device:
 * @self: keys
 *
 * Returns: (transfer none): the device's signing keys
 */
const SyncSigningKey *
sync_keys_get_device (SyncKeys *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->device;
}

/**
 * sync_keys_get_stream:
 * @self: keys
 *
 * Returns: (transfer none): id of the stream that this device writes, 8 bytes
 */
const guint8 *
sync_keys_get_stream (SyncKeys *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->stream;
}

/**
 * sync_keys_get_exchange_key:
 * @self: keys
 * @public_key: (out caller-allocates): the device's X25519 public key
 */
void
sync_keys_get_exchange_key (SyncKeys *self,
                            guint8    public_key[SYNC_EXCHANGE_KEY_SIZE])
{
  g_return_if_fail (self != NULL);

  crypto_scalarmult_base (public_key, self->exchange);
}

/**
 * sync_keys_renew_device:
 * @self: keys
 *
 * Makes this a new device with a stream of its own, in the same account: for
 * a store that was rolled back or copied. Nothing is saved.
 */
void
sync_keys_renew_device (SyncKeys *self)
{
  guint8 seed[SYNC_SEED_SIZE];

  g_return_if_fail (self != NULL);

  randombytes_buf (seed, sizeof seed);
  set_device_seed (self, seed);
  sodium_memzero (seed, sizeof seed);
  randombytes_buf (self->exchange, sizeof self->exchange);
  self->sent = 0;
  self->confirmed = FALSE;
}

/**
 * sync_keys_get_device_name:
 * @self: keys
 *
 * Returns: (transfer none): what the person calls this device, else the computer's name
 */
const char *
sync_keys_get_device_name (SyncKeys *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name != NULL ? self->name : g_get_host_name ();
}

/**
 * sync_keys_set_device_name:
 * @self: keys
 * @name: (nullable): what the person calls this device; nothing or blanks: the computer's name
 */
void
sync_keys_set_device_name (SyncKeys   *self,
                           const char *name)
{
  g_autofree char *copy = NULL;

  g_return_if_fail (self != NULL);

  copy = g_strstrip (g_strdup (name != NULL ? name : ""));
  g_free (self->name);
  self->name = *copy != '\0' ? g_steal_pointer (&copy) : NULL;
}

/**
 * sync_keys_get_account:
 * @self: keys
 *
 * Returns: (transfer none) (nullable): the account, once there is one
 */
SyncAccount *
sync_keys_get_account (SyncKeys *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->account;
}

/**
 * sync_keys_take_account:
 * @self: keys
 * @account: (transfer full) (nullable): the account from now on
 *
 * Another account than before is not confirmed.
 */
void
sync_keys_take_account (SyncKeys    *self,
                        SyncAccount *account)
{
  g_return_if_fail (self != NULL);

  sync_account_free (self->account);
  self->account = account;
  self->confirmed = FALSE;
}

/**
 * sync_keys_get_confirmed:
 * @self: keys
 *
 * Returns: whether the remote has taken this device into the account
 */
gboolean
sync_keys_get_confirmed (SyncKeys *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->confirmed;
}

/**
 * sync_keys_set_confirmed:
 * @self: keys
 * @confirmed: whether the remote has taken this device into the account
 */
void
sync_keys_set_confirmed (SyncKeys *self,
                         gboolean  confirmed)
{
  g_return_if_fail (self != NULL);

  self->confirmed = confirmed;
}

/**
 * sync_keys_get_remote:
 * @self: keys
 *
 * Returns: (transfer none) (nullable): address of the place to synchronise through
 */
const char *
sync_keys_get_remote (SyncKeys *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->remote;
}

/**
 * sync_keys_set_remote:
 * @self: keys
 * @url: address of the place to synchronise through
 */
void
sync_keys_set_remote (SyncKeys   *self,
                      const char *url)
{
  char *copy;

  g_return_if_fail (self != NULL);
  g_return_if_fail (url != NULL);

  copy = g_strdup (url);
  g_free (self->remote);
  self->remote = copy;
}

/**
 * sync_keys_get_sent:
 * @self: keys
 *
 * Returns: highest number of the own stream that is known to be at a remote
 */
guint64
sync_keys_get_sent (SyncKeys *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->sent;
}

/**
 * sync_keys_set_sent:
 * @self: keys
 * @number: highest number of the own stream that is known to be at a remote
 */
void
sync_keys_set_sent (SyncKeys *self,
                    guint64   number)
{
  g_return_if_fail (self != NULL);

  self->sent = number;
}
