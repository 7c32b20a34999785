/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-server-exchange.h"

#include "sync-error.h"

#define DATA_KEY "clientele-exchange"

static void
exchange_free (gpointer data)
{
  SyncServerExchange *self = data;

  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

/* No path, id or body goes to the log: the route's name and the sizes are enough. */
static void
on_finished (SoupServerMessage *message,
             gpointer           data)
{
  SyncServerExchange *self = data;

  self->is_over = TRUE;
  g_debug ("%s %s %u, %" G_GSIZE_FORMAT " in, %" G_GOFFSET_FORMAT " out, %" G_GINT64_FORMAT " us",
           soup_server_message_get_method (message),
           sync_server_path_get_name (&self->path),
           soup_server_message_get_status (message),
           self->received,
           soup_server_message_get_response_body (message)->length,
           g_get_monotonic_time () - self->started);
}

/**
 * sync_server_exchange_new:
 * @server: who answers
 * @message: a request whose header lines have arrived
 *
 * Returns: (transfer none): the exchange, owned by @message
 */
SyncServerExchange *
sync_server_exchange_new (SyncServer        *server,
                          SoupServerMessage *message)
{
  SyncServerExchange *self = g_new0 (SyncServerExchange, 1);

  self->server = server;
  self->message = message;
  self->started = g_get_monotonic_time ();
  soup_message_headers_append (soup_server_message_get_response_headers (message),
                               "Clientele-Protocol",
                               "1");
  g_object_set_data_full (G_OBJECT (message), DATA_KEY, self, exchange_free);
  g_signal_connect (message, "finished", G_CALLBACK (on_finished), self);
  return self;
}

/**
 * sync_server_exchange_get:
 * @message: a request
 *
 * Returns: (transfer none) (nullable): its exchange
 */
SyncServerExchange *
sync_server_exchange_get (SoupServerMessage *message)
{
  return g_object_get_data (G_OBJECT (message), DATA_KEY);
}

/**
 * sync_server_exchange_parse_query:
 * @self: an exchange
 * @names: (array zero-terminated=1): the numbers that the path knows
 * @values: (inout): one for each
 *
 * Answers with a problem where the query holds anything else.
 *
 * Returns: whether to go on
 */
gboolean
sync_server_exchange_parse_query (SyncServerExchange *self,
                                  const char * const *names,
                                  guint64            *values)
{
  const char *query = g_uri_get_query (soup_server_message_get_uri (self->message));

  if (sync_server_query_parse (query, names, values))
    return TRUE;

  sync_server_exchange_reply_problem (self, SYNC_PROBLEM_BAD_REQUEST, NULL);
  return FALSE;
}

/**
 * sync_server_exchange_set_number:
 * @self: an exchange
 * @header: a header of the answer
 * @number: its value
 */
void
sync_server_exchange_set_number (SyncServerExchange *self,
                                 const char         *header,
                                 guint64             number)
{
  char text[24];

  g_snprintf (text, sizeof text, "%" G_GUINT64_FORMAT, number);
  soup_message_headers_replace (soup_server_message_get_response_headers (self->message),
                                header,
                                text);
}

/**
 * sync_server_exchange_pause:
 * @self: an exchange
 *
 * Keeps the exchange alive until one of the replies is called.
 */
void
sync_server_exchange_pause (SyncServerExchange *self)
{
  g_object_ref (self->message);
  self->is_paused = TRUE;
  self->server->n_paused++;
  soup_server_message_pause (self->message);
}

/**
 * sync_server_exchange_write:
 * @self: an exchange
 * @write: what to do in the writer's transaction
 * @written: what to do afterwards; it must reply
 * @data: given to both
 *
 * Pauses the exchange until the writer is done.
 */
void
sync_server_exchange_write (SyncServerExchange    *self,
                            SyncServerWriteFunc    write,
                            SyncServerWrittenFunc  written,
                            gpointer               data)
{
  sync_server_exchange_pause (self);
  sync_server_writer_push (self->server->writer, write, written, data);
}

/**
 * sync_server_exchange_reply:
 * @self: an exchange
 * @status: the HTTP status
 *
 * Answers without a body, or with the one that is set.
 */
void
sync_server_exchange_reply (SyncServerExchange *self,
                            guint               status)
{
  soup_server_message_set_status (self->message, status, NULL);
  if (!self->is_paused)
    return;

  self->is_paused = FALSE;
  self->server->n_paused--;
  if (!self->is_over)
    soup_server_message_unpause (self->message);
  g_object_unref (self->message);
}

/**
 * sync_server_exchange_reply_bytes:
 * @self: an exchange
 * @bytes: the body, copied
 * @size: its size
 */
void
sync_server_exchange_reply_bytes (SyncServerExchange *self,
                                  const void         *bytes,
                                  gsize               size)
{
  soup_server_message_set_response (self->message,
                                    "application/octet-stream",
                                    SOUP_MEMORY_COPY,
                                    bytes,
                                    size);
  sync_server_exchange_reply (self, SOUP_STATUS_OK);
}

static void
set_json (SyncServerExchange *self,
          const char         *type,
          JsonObject         *object)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  char *text;

  json_node_set_object (root, object);
  text = json_to_string (root, FALSE);
  soup_server_message_set_response (self->message, type, SOUP_MEMORY_TAKE, text, strlen (text));
}

/**
 * sync_server_exchange_reply_json:
 * @self: an exchange
 * @status: the HTTP status
 * @object: the body
 */
void
sync_server_exchange_reply_json (SyncServerExchange *self,
                                 guint               status,
                                 JsonObject         *object)
{
  set_json (self, "application/json", object);
  sync_server_exchange_reply (self, status);
}

/**
 * sync_server_exchange_reply_problem:
 * @self: an exchange
 * @problem: why not
 * @members: (nullable) (transfer full): further members of the document
 */
void
sync_server_exchange_reply_problem (SyncServerExchange *self,
                                    SyncProblem         problem,
                                    JsonObject         *members)
{
  g_autoptr (JsonObject) object = members != NULL ? members : json_object_new ();
  guint status = sync_problem_get_status (problem);

  json_object_set_string_member (object, "type", sync_problem_get_type (problem));
  json_object_set_string_member (object, "title", sync_problem_get_title (problem));
  json_object_set_int_member (object, "status", status);
  set_json (self, "application/problem+json", object);
  sync_server_exchange_reply (self, status);
}

/**
 * sync_server_exchange_reply_error:
 * @self: an exchange
 * @error: what failed on our side
 *
 * Logs the detail and answers without it.
 */
void
sync_server_exchange_reply_error (SyncServerExchange *self,
                                  const GError       *error)
{
  gboolean is_full = g_error_matches (error, SYNC_ERROR, SYNC_ERROR_QUOTA);

  g_message ("%s: %s", sync_server_path_get_name (&self->path), error->message);
  sync_server_exchange_reply_problem (self,
                                      is_full ? SYNC_PROBLEM_FULL : SYNC_PROBLEM_FAILED,
                                      NULL);
}
