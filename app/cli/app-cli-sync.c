/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verbs for an account, its devices, and what passes between them. */
#include "config.h"

#include "app-cli-change.h"
#include "app-cli-error.h"
#include "app-cli-key.h"
#include "app-cli-verb.h"

#include "store-clash.h"
#include "store-log.h"
#include "sync-engine.h"
#include "sync-recovery.h"

#include <glib/gi18n.h>

static SyncEngine *
open_engine (AppCliSession  *session,
             GError        **error)
{
  StoreDatabase *database = app_cli_session_open (session, error);

  return database ? sync_engine_new_endpoint (database) : NULL;
}

static const char *
get_device_name (AppCliArguments *arguments)
{
  const char *name = app_cli_arguments_get_value (arguments, "name");

  return name ? name : g_get_host_name ();
}

static void
answer_remote (AppCliSession *session,
               const char    *url,
               const char    *device)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "remote");
  json_builder_add_string_value (builder, url);
  json_builder_set_member_name (builder, "device");
  json_builder_add_string_value (builder, device);
  json_builder_end_object (builder);
  app_cli_session_take_json (session, json_builder_get_root (builder));
}

static gboolean
run_create (AppCliSession    *session,
            AppCliArguments  *arguments,
            GError          **error)
{
  const char *url = app_cli_arguments_get (arguments, 0);
  g_autoptr (SyncEngine) engine = open_engine (session, error);

  if (!engine ||
      !sync_engine_create_account (engine, url, app_cli_arguments_get_value (arguments, "invite"),
                                   get_device_name (arguments), NULL, error))
    return FALSE;

  app_cli_session_say (session, _("The account is open. Write down its recovery key and keep it "
                                  "on paper: clientele-cli account recovery"));
  answer_remote (session, url, get_device_name (arguments));
  return TRUE;
}

static gboolean
run_join (AppCliSession    *session,
          AppCliArguments  *arguments,
          GError          **error)
{
  const char *url = app_cli_arguments_get (arguments, 0);
  g_autofree char *words = app_cli_key_read_input (error);
  guint8 root[SYNC_ROOT_KEY_SIZE];

  /* No store is made for words that are none. */
  if (!words || !sync_recovery_from_words (words, root, error))
    return FALSE;

  StoreDatabase *database = app_cli_session_create (session, error);
  g_autoptr (SyncEngine) engine = database ? sync_engine_new_endpoint (database) : NULL;

  if (!engine ||
      !sync_engine_join_account (engine, url, words, get_device_name (arguments), NULL, error))
    return FALSE;

  app_cli_session_say (session, _("This store is a device of the account now. `sync` brings what "
                                  "the others have."));
  answer_remote (session, url, get_device_name (arguments));
  return TRUE;
}

static gboolean
run_recovery (AppCliSession    *session,
              AppCliArguments  *arguments,
              GError          **error)
{
  g_autoptr (SyncEngine) engine = open_engine (session, error);
  g_autofree char *words = engine ? sync_engine_dup_recovery (engine, error) : NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (!words)
    return FALSE;

  app_cli_session_print (session, "%s\n", words);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "recovery");
  json_builder_add_string_value (builder, words);
  json_builder_end_object (builder);
  app_cli_session_take_json (session, json_builder_get_root (builder));
  return TRUE;
}

static void
add_device (AppCliSession    *session,
            JsonBuilder      *builder,
            const SyncDevice *device)
{
  g_autofree char *stream = sync_identity_to_hex (device->stream, SYNC_STREAM_ID_SIZE);
  g_autofree char *since = app_cli_change_dup_time (device->enrolled_at);

  app_cli_session_print (session, "%s\t%s\t%s%s\n", stream, device->name, since,
                         device->own ? _("\tthis device") : "");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "device");
  json_builder_add_string_value (builder, stream);
  json_builder_set_member_name (builder, "name");
  json_builder_add_string_value (builder, device->name);
  json_builder_set_member_name (builder, "enrolled");
  json_builder_add_string_value (builder, since);
  json_builder_set_member_name (builder, "own");
  json_builder_add_boolean_value (builder, device->own);
  json_builder_end_object (builder);
}

static gboolean
run_devices (AppCliSession    *session,
             AppCliArguments  *arguments,
             GError          **error)
{
  g_autoptr (SyncEngine) engine = open_engine (session, error);
  g_autoptr (GPtrArray) devices = engine ? sync_engine_list_devices (engine, error) : NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (!devices)
    return FALSE;

  json_builder_begin_array (builder);
  for (guint i = 0; i < devices->len; i++)
    add_device (session, builder, g_ptr_array_index (devices, i));
  json_builder_end_array (builder);
  app_cli_session_take_json (session, json_builder_get_root (builder));
  return TRUE;
}

static void
add_number (JsonBuilder *builder,
            const char  *name,
            guint64      number)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, (gint64) number);
}

static void
add_names (JsonBuilder *builder,
           const char  *name,
           GPtrArray   *names)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; names && i < names->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (names, i));
  json_builder_end_array (builder);
}

static void
add_notices (AppCliSession    *session,
             JsonBuilder      *builder,
             const SyncResult *result)
{
  json_builder_set_member_name (builder, "notices");
  json_builder_begin_array (builder);
  for (guint i = 0; result->notices && i < result->notices->len; i++)
    {
      const SyncNotice *notice = g_ptr_array_index (result->notices, i);

      app_cli_session_say (session, "%s", notice->text);
      json_builder_add_string_value (builder, notice->text);
    }
  json_builder_end_array (builder);
}

static void
answer_sync (AppCliSession    *session,
             const SyncResult *result)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  app_cli_session_print (session, "received: %" G_GUINT64_FORMAT "\nsent: %" G_GUINT64_FORMAT "\n",
                         result->received, result->sent);
  if (result->new_stream)
    app_cli_session_say (session, _("This store was a copy, or older than what it had sent. It "
                                    "goes on as a new device."));

  json_builder_begin_object (builder);
  add_number (builder, "received", result->received);
  add_number (builder, "sent", result->sent);
  add_number (builder, "healed", result->healed);
  add_number (builder, "applied", result->applied);
  add_number (builder, "waiting", result->waiting);
  add_number (builder, "quarantined", result->quarantined);
  json_builder_set_member_name (builder, "new_stream");
  json_builder_add_boolean_value (builder, result->new_stream);
  add_names (builder, "identical", result->identical);
  add_names (builder, "behind", result->behind);
  add_notices (session, builder, result);
  json_builder_end_object (builder);
  app_cli_session_take_json (session, json_builder_get_root (builder));
}

/* What went wrong without stopping the rest is told, and makes the run a failed one. */
static gboolean
run_sync (AppCliSession    *session,
          AppCliArguments  *arguments,
          GError          **error)
{
  g_autoptr (SyncEngine) engine = open_engine (session, error);
  g_autoptr (SyncResult) result = NULL;

  if (!engine || !sync_engine_run (engine, NULL, NULL, NULL, &result, error))
    return FALSE;

  answer_sync (session, result);
  if (!result->notices || result->notices->len == 0)
    return TRUE;
  g_set_error_literal (error, APP_CLI_ERROR, APP_CLI_ERROR_FAILED,
                       _("Not everything could be synced."));
  return FALSE;
}

static void
add_vector (AppCliSession *session,
            JsonBuilder   *builder,
            GArray        *streams)
{
  json_builder_set_member_name (builder, "vector");
  json_builder_begin_object (builder);
  for (guint i = 0; i < streams->len; i++)
    {
      const StoreStream *stream = &g_array_index (streams, StoreStream, i);
      g_autofree char *name = NULL;

      if (stream->number == 0)
        continue;
      name = sync_identity_to_hex (stream->id.bytes, sizeof stream->id.bytes);
      app_cli_session_print (session, "vector: %s %" G_GUINT64_FORMAT "\n", name, stream->number);
      add_number (builder, name, stream->number);
    }
  json_builder_end_object (builder);
}

static void
add_last_sync (AppCliSession    *session,
               JsonBuilder      *builder,
               const SyncStatus *status)
{
  g_autofree char *time = status->last_sync ? app_cli_change_dup_time (status->last_sync) : NULL;

  app_cli_session_print (session, "last_sync: %s\n", time ? time : "");
  json_builder_set_member_name (builder, "last_sync");
  if (time)
    json_builder_add_string_value (builder, time);
  else
    json_builder_add_null_value (builder);
}

static void
answer_status (AppCliSession    *session,
               const char       *digest,
               GArray           *streams,
               const SyncStatus *status,
               guint             clashes)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *sentence = sync_status_to_string (status);

  app_cli_session_print (session, "digest: %s\n", digest);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "digest");
  json_builder_add_string_value (builder, digest);
  add_vector (session, builder, streams);
  app_cli_session_print (session, "pending: %" G_GUINT64_FORMAT "\nclashes: %u\n", status->pending,
                         clashes);
  add_number (builder, "pending", status->pending);
  add_number (builder, "clashes", clashes);
  add_last_sync (session, builder, status);
  json_builder_set_member_name (builder, "remote");
  if (status->remote)
    json_builder_add_string_value (builder, status->remote);
  else
    json_builder_add_null_value (builder);
  add_names (builder, "identical", status->identical);
  add_names (builder, "behind", status->behind);
  json_builder_end_object (builder);
  app_cli_session_take_json (session, json_builder_get_root (builder));
  app_cli_session_say (session, "%s", sentence);
}

static gboolean
run_status (AppCliSession    *session,
            AppCliArguments  *arguments,
            GError          **error)
{
  g_autoptr (SyncEngine) engine = open_engine (session, error);
  StoreDatabase *database = engine ? app_cli_session_open (session, error) : NULL;
  g_autoptr (SyncStatus) status = engine ? sync_engine_load_status (engine, error) : NULL;
  g_autoptr (GArray) streams = status ? store_log_list_streams (database, error) : NULL;
  guint8 digest[STORE_DIGEST_SIZE];
  guint clashes = 0;

  if (!streams || !store_log_get_digest (database, digest, error) ||
      !store_clash_count (database, &clashes, error))
    return FALSE;

  g_autofree char *hex = sync_identity_to_hex (digest, sizeof digest);

  answer_status (session, hex, streams, status, clashes);
  return TRUE;
}

static const AppCliOption create_options[] = {
  { "invite", "CODE", N_("A code from `clientele-server invite`") },
  { "name", "NAME", N_("What this device is called; the name of the machine if not given") },
  { NULL },
};

static const AppCliOption join_options[] = {
  { "name", "NAME", N_("What this device is called; the name of the machine if not given") },
  { NULL },
};

static const AppCliVerb verbs[] = {
  { "account create", "URL [--invite CODE]", N_("Open an account at the endpoint"), NULL,
    1, 1, create_options, run_create },
  { "account join", "URL", N_("Make this store a device of an account"),
    N_("Reads the recovery key of the account, 24 words, on standard input. The store is made\n"
       "where there is none; where it has data already, both are kept."),
    1, 1, join_options, run_join },
  { "account recovery", NULL, N_("Print the recovery key of the account"),
    N_("Whoever has these words has the business. Keep them on paper."), 0, 0, NULL,
    run_recovery },
  { "devices", NULL, N_("List the devices of the account"), NULL, 0, 0, NULL, run_devices },
  { "sync", NULL, N_("Fetch what the other devices did, send what they lack"), NULL, 0, 0, NULL,
    run_sync },
  { "status", NULL, N_("Say what the store holds and what waits to be sent"),
    N_("Two devices with equal digests hold the same records."), 0, 0, NULL, run_status },
  { NULL },
};

const AppCliFamily app_cli_sync = { N_("Two devices:"), verbs };
