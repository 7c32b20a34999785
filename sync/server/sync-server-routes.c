/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-server-routes.h"

#include <string.h>

#include "sync-server-authentication.h"
#include "sync-server-handlers.h"

/* From a message to its handler.
 *
 * What can be refused by the header lines alone (path, method, announced size) is refused before
 * the body is read; the rest of a refused body is thrown away as it comes, and one that
 * does not end is cut off. Only a whole body is looked at, after its signature.
 */

#define DRAIN_MAX (8 * 1024 * 1024)

typedef enum
{
  ACCESS_PUBLIC,
  ACCESS_OWN_KEY,
  ACCESS_ACCOUNT,
  ACCESS_MEMBER,
} Access;

typedef struct
{
  SyncServerRoute route;
  const char *method;
  Access access;
  gsize body_limit;
  void (*handle) (SyncServerExchange *exchange);
} Endpoint;

#define LIMIT(field) G_STRUCT_OFFSET (SyncServerLimits, field)
#define NO_BODY G_MAXSIZE

static const Endpoint endpoints[] = {
  { SYNC_SERVER_ROUTE_GREETING, "GET", ACCESS_PUBLIC, NO_BODY, sync_server_handle_greeting },
  { SYNC_SERVER_ROUTE_HEALTH, "GET", ACCESS_PUBLIC, NO_BODY, sync_server_handle_health },
  { SYNC_SERVER_ROUTE_ACCOUNTS, "POST", ACCESS_OWN_KEY, LIMIT (max_json_size),
    sync_server_handle_register },
  { SYNC_SERVER_ROUTE_DEVICE, "PUT", ACCESS_ACCOUNT, LIMIT (max_json_size),
    sync_server_handle_enrol },
  { SYNC_SERVER_ROUTE_DEVICE, "DELETE", ACCESS_ACCOUNT, NO_BODY, sync_server_handle_revoke },
  { SYNC_SERVER_ROUTE_HEADS, "GET", ACCESS_MEMBER, NO_BODY, sync_server_handle_get_heads },
  { SYNC_SERVER_ROUTE_LOG, "GET", ACCESS_MEMBER, NO_BODY, sync_server_handle_get_log },
  { SYNC_SERVER_ROUTE_STREAM, "GET", ACCESS_MEMBER, NO_BODY, sync_server_handle_get_stream },
  { SYNC_SERVER_ROUTE_BATCH, "PUT", ACCESS_MEMBER, LIMIT (max_batch_size),
    sync_server_handle_put_batch },
  { SYNC_SERVER_ROUTE_ROSTER, "GET", ACCESS_MEMBER, NO_BODY, sync_server_handle_get_roster },
  { SYNC_SERVER_ROUTE_ROSTER, "POST", ACCESS_MEMBER, LIMIT (max_roster_entry_size),
    sync_server_handle_append_roster },
  { SYNC_SERVER_ROUTE_STATE, "PUT", ACCESS_MEMBER, LIMIT (max_state_size),
    sync_server_handle_put_state },
  { SYNC_SERVER_ROUTE_STATE, "GET", ACCESS_MEMBER, NO_BODY, sync_server_handle_get_state },
};

static const Endpoint *
find_endpoint (SyncServerRoute  route,
               const char      *method)
{
  for (guint i = 0; i < G_N_ELEMENTS (endpoints); i++)
    if (endpoints[i].route == route && strcmp (endpoints[i].method, method) == 0)
      return &endpoints[i];

  return NULL;
}

static gsize
get_body_limit (const Endpoint         *endpoint,
                const SyncServerLimits *limits)
{
  if (endpoint->body_limit == NO_BODY)
    return 0;
  return G_STRUCT_MEMBER (gsize, limits, endpoint->body_limit);
}

static void
refuse_size (SyncServerExchange *exchange)
{
  JsonObject *members = json_object_new ();

  json_object_set_int_member (members, "limit", exchange->max_body_size);
  sync_server_exchange_reply_problem (exchange, SYNC_PROBLEM_TOO_LARGE, members);
}

static gboolean
is_refused (SyncServerExchange *exchange)
{
  return soup_server_message_get_status (exchange->message) != 0;
}

static void
on_got_chunk (SoupServerMessage *message,
              GBytes            *chunk,
              gpointer           data)
{
  SyncServerExchange *exchange = data;

  exchange->received += g_bytes_get_size (chunk);
  if (exchange->received > DRAIN_MAX)
    {
      sync_server_listener_cut (exchange->server->listener, message);
      return;
    }

  if (exchange->received <= exchange->max_body_size || is_refused (exchange))
    return;

  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  refuse_size (exchange);
}

static gsize
get_header_size (SoupMessageHeaders *headers)
{
  SoupMessageHeadersIter iter;
  const char *name;
  const char *value;
  gsize size = 0;

  soup_message_headers_iter_init (&iter, headers);
  while (soup_message_headers_iter_next (&iter, &name, &value))
    size += strlen (name) + strlen (value) + 4;

  return size;
}

static gboolean
is_framed_twice (SoupMessageHeaders *headers)
{
  return soup_message_headers_get_one (headers, "Content-Length") != NULL &&
         soup_message_headers_get_list (headers, "Transfer-Encoding") != NULL;
}

static void
check_headers (SyncServerExchange *exchange,
               const char         *path)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (exchange->message);
  const SyncServerLimits *limits = &exchange->server->limits;
  const Endpoint *endpoint;

  if (get_header_size (headers) > limits->max_header_size || is_framed_twice (headers))
    {
      sync_server_exchange_reply_problem (exchange, SYNC_PROBLEM_BAD_REQUEST, NULL);
      return;
    }

  if (!sync_server_path_parse (path, &exchange->path))
    {
      sync_server_exchange_reply_problem (exchange, SYNC_PROBLEM_NOT_FOUND, NULL);
      return;
    }

  endpoint = find_endpoint (exchange->path.route,
                            soup_server_message_get_method (exchange->message));
  if (endpoint == NULL)
    {
      sync_server_exchange_reply_problem (exchange, SYNC_PROBLEM_METHOD_UNKNOWN, NULL);
      return;
    }

  exchange->max_body_size = get_body_limit (endpoint, limits);
  if (soup_message_headers_get_content_length (headers) > (goffset) exchange->max_body_size)
    refuse_size (exchange);
}

static void
on_headers (SoupServer        *soup,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           data)
{
  SyncServerExchange *exchange = sync_server_exchange_new (data, message);

  g_signal_connect (message, "got-chunk", G_CALLBACK (on_got_chunk), exchange);
  check_headers (exchange, path);
  if (is_refused (exchange))
    soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
}

static gboolean
is_within_rate (SyncServerExchange *exchange)
{
  guint seconds = sync_server_rate_take (exchange->server->rate,
                                         exchange->account.number,
                                         g_get_monotonic_time ());

  if (seconds == 0)
    return TRUE;

  sync_server_exchange_set_number (exchange, "Retry-After", seconds);
  sync_server_exchange_reply_problem (exchange, SYNC_PROBLEM_BUSY, NULL);
  return FALSE;
}

static gboolean
may_pass (SyncServerExchange *exchange,
          Access              access)
{
  if (access == ACCESS_PUBLIC || access == ACCESS_OWN_KEY)
    return TRUE;

  if (!sync_server_authenticate (exchange) || !is_within_rate (exchange))
    return FALSE;

  if (access == ACCESS_MEMBER || exchange->is_account)
    return TRUE;

  sync_server_exchange_reply_problem (exchange, SYNC_PROBLEM_ACCOUNT_KEY_NEEDED, NULL);
  return FALSE;
}

static void
on_request (SoupServer        *soup,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           data)
{
  SyncServerExchange *exchange = sync_server_exchange_get (message);
  const Endpoint *endpoint = find_endpoint (exchange->path.route,
                                            soup_server_message_get_method (message));

  exchange->body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  if (may_pass (exchange, endpoint->access))
    endpoint->handle (exchange);
}

/**
 * sync_server_add_routes:
 * @server: a server
 *
 * Makes @server answer all its paths.
 */
void
sync_server_add_routes (SyncServer *server)
{
  soup_server_add_early_handler (server->soup, NULL, on_headers, server, NULL);
  soup_server_add_handler (server->soup, NULL, on_request, server, NULL);
}
