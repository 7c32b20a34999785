/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verbs that keep a store safe. */
#include "config.h"

#include "app-cli-error.h"
#include "app-cli-key.h"
#include "app-cli-verb.h"

#include "store-backup.h"
#include "sync-recovery.h"

#include <glib/gi18n.h>
#include <unistd.h>

static const char *
name_seal (StoreBackupSeal seal)
{
  return seal == STORE_BACKUP_SEAL_ROOT ? "account"
         : seal == STORE_BACKUP_SEAL_PASSPHRASE ? "passphrase" : "none";
}

static void
answer_file (AppCliSession *session,
             const char    *name,
             const char    *path,
             const char    *other,
             const char    *value)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, path);
  json_builder_set_member_name (builder, other);
  if (value)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
  json_builder_end_object (builder);
  app_cli_session_take_json (session, json_builder_get_root (builder));
}

static gboolean
run_backup (AppCliSession    *session,
            AppCliArguments  *arguments,
            GError          **error)
{
  const char *file = app_cli_arguments_get (arguments, 0);
  StoreDatabase *database = app_cli_session_open (session, error);
  g_autofree char *passphrase = NULL;
  StoreBackupKey key;

  if (!database || !app_cli_key_find_own (app_cli_session_get_path (session), &key, error))
    return FALSE;
  if (app_cli_arguments_has (arguments, "passphrase-file"))
    {
      passphrase = app_cli_key_read_passphrase (arguments, error);
      if (!passphrase)
        return FALSE;
      key = (StoreBackupKey){ .seal = STORE_BACKUP_SEAL_PASSPHRASE, .passphrase = passphrase };
    }
  if (!store_backup_write (database, file, &key, NULL, NULL, NULL, error))
    return FALSE;

  if (key.seal == STORE_BACKUP_SEAL_NONE)
    app_cli_session_say (session, _("The backup is not sealed: whoever has the file can read it. "
                                    "--passphrase-file seals it."));
  answer_file (session, "backup", file, "seal", name_seal (key.seal));
  return TRUE;
}

static gboolean
restore_with_words (AppCliSession  *session,
                    const char     *file,
                    char          **kept,
                    GError        **error)
{
  StoreBackupKey key = { .seal = STORE_BACKUP_SEAL_ROOT };
  g_autofree char *words = NULL;

  if (isatty (STDIN_FILENO))
    app_cli_session_say (session, _("Recovery key of the account, 24 words, then Ctrl+D:"));
  words = app_cli_key_read_input (error);
  return words && sync_recovery_from_words (words, key.root, error) &&
         store_backup_restore (file, app_cli_session_get_path (session), &key, NULL, NULL, NULL,
                               kept, error);
}

/* A key that does not fit leaves everything as it was, so each can be tried. */
static gboolean
restore_with_root (AppCliSession  *session,
                   const char     *file,
                   char          **kept,
                   GError        **error)
{
  const char *store = app_cli_session_get_path (session);
  g_autoptr (GArray) keys = app_cli_key_find_near (store, file);

  for (guint i = 0; i < keys->len; i++)
    if (store_backup_restore (file, store, &g_array_index (keys, StoreBackupKey, i), NULL, NULL,
                              NULL, kept, NULL))
      return TRUE;
  return restore_with_words (session, file, kept, error);
}

static gboolean
restore_with_passphrase (AppCliArguments  *arguments,
                         const char       *file,
                         const char       *store,
                         char            **kept,
                         GError          **error)
{
  g_autofree char *passphrase = NULL;
  StoreBackupKey key = { .seal = STORE_BACKUP_SEAL_PASSPHRASE };

  if (!app_cli_arguments_has (arguments, "passphrase-file"))
    {
      g_set_error_literal (error, APP_CLI_ERROR, APP_CLI_ERROR_FAILED,
                           _("The backup is sealed with a passphrase. Name the file whose first "
                             "line it is by --passphrase-file."));
      return FALSE;
    }
  passphrase = app_cli_key_read_passphrase (arguments, error);
  key.passphrase = passphrase;
  return passphrase && store_backup_restore (file, store, &key, NULL, NULL, NULL, kept, error);
}

static gboolean
run_restore_backup (AppCliSession    *session,
                    AppCliArguments  *arguments,
                    GError          **error)
{
  const char *file = app_cli_arguments_get (arguments, 0);
  const char *store = app_cli_session_get_path (session);
  g_autofree char *kept = NULL;
  StoreBackupSeal seal;
  gboolean done;

  if (!store_backup_read_seal (file, &seal, error))
    return FALSE;
  if (seal == STORE_BACKUP_SEAL_ROOT)
    done = restore_with_root (session, file, &kept, error);
  else if (seal == STORE_BACKUP_SEAL_PASSPHRASE)
    done = restore_with_passphrase (arguments, file, store, &kept, error);
  else
    done = store_backup_restore (file, store, NULL, NULL, NULL, NULL, &kept, error);
  if (!done)
    return FALSE;

  if (kept)
    app_cli_session_say (session, _("What was there before is kept at %s."), kept);
  answer_file (session, "store", store, "kept", kept);
  return TRUE;
}

static void
answer_check (AppCliSession *session,
              GPtrArray     *findings)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "sound");
  json_builder_add_boolean_value (builder, findings->len == 0);
  json_builder_set_member_name (builder, "findings");
  json_builder_begin_array (builder);
  for (guint i = 0; i < findings->len; i++)
    {
      const char *finding = g_ptr_array_index (findings, i);

      app_cli_session_print (session, "%s\n", finding);
      json_builder_add_string_value (builder, finding);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  app_cli_session_take_json (session, json_builder_get_root (builder));
}

static gboolean
run_check (AppCliSession    *session,
           AppCliArguments  *arguments,
           GError          **error)
{
  StoreDatabase *database = app_cli_session_open (session, error);
  g_autoptr (GPtrArray) findings =
    database ? store_check (database, NULL, NULL, NULL, error) : NULL;

  if (!findings)
    return FALSE;
  answer_check (session, findings);
  if (findings->len == 0)
    return TRUE;
  g_set_error_literal (error, APP_CLI_ERROR, APP_CLI_ERROR_FAILED,
                       _("The store is not what its log says. Restore a backup, or fetch the "
                         "records from another device."));
  return FALSE;
}

static const AppCliOption backup_options[] = {
  { "passphrase-file", "FILE", N_("Seal under the passphrase in the first line of this file") },
  { NULL },
};

static const AppCliOption restore_options[] = {
  { "passphrase-file", "FILE", N_("The passphrase is the first line of this file") },
  { NULL },
};

static const AppCliVerb verbs[] = {
  { "backup", "FILE", N_("Write a backup of the store"),
    N_("A store of an account seals its backups under the account's key, which the recovery key\n"
       "spells."),
    1, 1, backup_options, run_backup },
  { "restore-backup", "FILE", N_("Make the store from a backup"),
    N_("A store that is there is kept aside, never overwritten. The key of an account is looked\n"
       "for beside the store and beside the backup; else its recovery key is read on standard\n"
       "input. A restored store goes on as a new device at its next sync."),
    1, 1, restore_options, run_restore_backup },
  { "check", NULL, N_("Rebuild the store from its log and compare"),
    N_("What differs is named, and the exit status is 1. Open clashes are no fault."), 0, 0, NULL,
    run_check },
  { NULL },
};

const AppCliFamily app_cli_safety = { N_("Safety:"), verbs };
