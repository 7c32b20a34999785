/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync-server-handlers.h"

#define PROTOCOL_VERSION 1

static JsonObject *
describe_limits (const SyncServerLimits *limits)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "batch", limits->max_batch_size);
  json_object_set_int_member (object, "page", limits->max_page_size);
  json_object_set_int_member (object, "roster-entry", limits->max_roster_entry_size);
  json_object_set_int_member (object, "state", limits->max_state_size);
  json_object_set_int_member (object, "wait", limits->max_wait_seconds);
  return object;
}

/**
 * sync_server_handle_greeting:
 * @exchange: GET /v1, not signed
 *
 * Says what the server speaks, allows, and what time it has.
 */
void
sync_server_handle_greeting (SyncServerExchange *exchange)
{
  g_autoptr (JsonObject) object = json_object_new ();
  JsonArray *versions = json_array_new ();
  gboolean is_open = sync_server_is_registration_open (exchange->server, exchange->message);

  json_array_add_int_element (versions, PROTOCOL_VERSION);
  json_object_set_string_member (object, "server", "clientele-server/" CLIENTELE_VERSION);
  json_object_set_array_member (object, "versions", versions);
  json_object_set_int_member (object, "time", g_get_real_time () / 1000);
  json_object_set_string_member (object, "registration", is_open ? "open" : "invited");
  json_object_set_object_member (object, "limits", describe_limits (&exchange->server->limits));
  sync_server_exchange_reply_json (exchange, SOUP_STATUS_OK, object);
}

/**
 * sync_server_handle_health:
 * @exchange: GET /v1/health, not signed
 *
 * Asks the database, so that "ok" means more than an open port.
 */
void
sync_server_handle_health (SyncServerExchange *exchange)
{
  static const guint8 nobody[SYNC_ACCOUNT_ID_SIZE];
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (GError) error = NULL;
  SyncServerAccount account;
  gboolean found;

  if (!sync_server_account_find (exchange->server->reader, nobody, &account, &found, &error))
    {
      sync_server_exchange_reply_error (exchange, error);
      return;
    }

  object = json_object_new ();
  json_object_set_string_member (object, "status", "ok");
  json_object_set_int_member (object, "time", g_get_real_time () / 1000);
  sync_server_exchange_reply_json (exchange, SOUP_STATUS_OK, object);
}
