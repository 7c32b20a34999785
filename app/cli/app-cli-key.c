/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Keys of backups. A store that belongs to an account seals its backups under the account's root
 * key, which lies in the key file beside it. To open one, the key files that lie beside the store
 * to be made, and beside the backup, are tried; where none fits, the 24 words are asked for.
 */
#include "config.h"

#include "app-cli-key.h"

#include "app-cli-error.h"

#include "sync-keys.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

/* 24 words need a tenth of it. */
#define MOST_INPUT_BYTES 4096

/**
 * app_cli_key_read_input:
 *
 * Returns: (transfer full): what stands on standard input, a secret that is never an argument.
 */
char *
app_cli_key_read_input (GError **error)
{
  char buffer[MOST_INPUT_BYTES + 1];
  gsize length = fread (buffer, 1, MOST_INPUT_BYTES, stdin);

  buffer[length] = '\0';
  if (length > 0 && length < MOST_INPUT_BYTES && g_utf8_validate (buffer, (gssize) length, NULL))
    return g_strchomp (g_strdup (buffer));
  g_set_error_literal (error, APP_CLI_ERROR, APP_CLI_ERROR_FAILED,
                       _("Give the recovery key, 24 words, on standard input."));
  return NULL;
}

/**
 * app_cli_key_read_passphrase:
 * @arguments: with --passphrase-file
 *
 * Returns: (transfer full): the first line of the file.
 */
char *
app_cli_key_read_passphrase (AppCliArguments  *arguments,
                             GError          **error)
{
  const char *path = app_cli_arguments_get_value (arguments, "passphrase-file");
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, error))
    return NULL;
  text[strcspn (text, "\r\n")] = '\0';
  if (*text && g_utf8_validate (text, -1, NULL))
    return g_steal_pointer (&text);
  g_set_error (error, APP_CLI_ERROR, APP_CLI_ERROR_FAILED,
               _("The first line of %s is to be the passphrase."), path);
  return NULL;
}

static gboolean
read_root (const char      *keys_path,
           StoreBackupKey  *key,
           GError         **error)
{
  g_autoptr (SyncKeys) keys = NULL;
  SyncAccount *account;

  key->seal = STORE_BACKUP_SEAL_NONE;
  if (!g_file_test (keys_path, G_FILE_TEST_EXISTS))
    return TRUE;
  keys = sync_keys_open (keys_path, error);
  account = keys ? sync_keys_get_account (keys) : NULL;
  if (account)
    {
      key->seal = STORE_BACKUP_SEAL_ROOT;
      memcpy (key->root, account->root, sizeof key->root);
    }
  return keys != NULL;
}

/**
 * app_cli_key_find_own:
 * @key: (out): the root key of the store's account, or no seal where it has none
 */
gboolean
app_cli_key_find_own (const char      *store,
                      StoreBackupKey  *key,
                      GError         **error)
{
  g_return_val_if_fail (store != NULL && key != NULL, FALSE);

  g_autofree char *path = sync_keys_dup_path_for_store (store);

  *key = (StoreBackupKey){ 0 };
  return read_root (path, key, error);
}

static void
add_key (GArray     *keys,
         const char *path)
{
  StoreBackupKey key = { 0 };

  if (!read_root (path, &key, NULL) || key.seal == STORE_BACKUP_SEAL_NONE)
    return;
  for (guint i = 0; i < keys->len; i++)
    if (memcmp (g_array_index (keys, StoreBackupKey, i).root, key.root, sizeof key.root) == 0)
      return;
  g_array_append_val (keys, key);
}

static void
add_folder (GArray     *keys,
            const char *file)
{
  g_autofree char *folder = g_path_get_dirname (file);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    if (g_str_has_suffix (name, ".keys"))
      {
        g_autofree char *path = g_build_filename (folder, name, NULL);

        add_key (keys, path);
      }
}

/**
 * app_cli_key_find_near:
 *
 * Returns: (transfer full) (element-type StoreBackupKey): the root keys that may open a backup: of
 * the store itself first, then of those that lie in the same folders.
 */
GArray *
app_cli_key_find_near (const char *store,
                       const char *backup)
{
  g_return_val_if_fail (store != NULL && backup != NULL, NULL);

  GArray *keys = g_array_new (FALSE, TRUE, sizeof (StoreBackupKey));
  g_autofree char *own = sync_keys_dup_path_for_store (store);

  add_key (keys, own);
  add_folder (keys, store);
  add_folder (keys, backup);
  return keys;
}
