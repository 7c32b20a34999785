/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-server-listener.h"

#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

/* Accepts connections and gives each a deadline.
 *
 * libsoup's server closes no connection of itself: one that sends nothing, or one byte a
 * minute, stays for ever, and a message exists only from the first byte on. So we accept, hand
 * the connection to libsoup, and keep its socket with a deadline: for the first byte, for the
 * whole request once it has begun, for the answer once it has arrived, and for the next
 * request. Past it the socket is shut down, which libsoup takes as the end. One timer a second
 * looks at all of them, and only while there are any.
 *
 * A message knows its connection by the remote address object that both were given.
 *
 * libsoup keeps a connection for a second request only while it has a listener of its own, so it
 * gets one where nobody can knock: a local socket whose name is removed at once.
 */

typedef struct
{
  GSocket *socket;
  gint64 deadline;
} Connection;

struct _SyncServerListener
{
  SoupServer *soup;
  GSocketService *service;
  SyncServerLimits limits;
  GHashTable *connections;
  GSource *timer;
};

typedef struct
{
  GHashTable *connections;
  gpointer key;
} Closing;

static void
connection_free (Connection *connection)
{
  g_object_unref (connection->socket);
  g_free (connection);
}

static void
set_deadline (SyncServerListener *self,
              SoupServerMessage  *message,
              guint               seconds)
{
  Connection *connection = g_hash_table_lookup (self->connections,
                                                soup_server_message_get_remote_address (message));

  if (connection != NULL)
    connection->deadline = g_get_monotonic_time () + (gint64) seconds * G_USEC_PER_SEC;
}

static gboolean
close_late (gpointer data)
{
  SyncServerListener *self = data;
  gint64 now = g_get_monotonic_time ();
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->connections);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Connection *connection = value;

      if (connection->deadline > now)
        continue;

      g_debug ("a connection was too slow or idle");
      connection->deadline = G_MAXINT64;
      g_socket_shutdown (connection->socket, TRUE, TRUE, NULL);
    }

  if (g_hash_table_size (self->connections) > 0)
    return G_SOURCE_CONTINUE;

  g_clear_pointer (&self->timer, g_source_unref);
  return G_SOURCE_REMOVE;
}

static void
start_timer (SyncServerListener *self)
{
  if (self->timer != NULL)
    return;

  self->timer = g_timeout_source_new_seconds (1);
  g_source_set_callback (self->timer, close_late, self, NULL);
  g_source_attach (self->timer, g_main_context_get_thread_default ());
}

static void
on_closed (gpointer  data,
           GObject  *stream)
{
  Closing *closing = data;

  g_hash_table_remove (closing->connections, closing->key);
  g_hash_table_unref (closing->connections);
  g_free (closing);
}

static void
watch (SyncServerListener *self,
       GSocketConnection  *stream,
       GSocketAddress     *remote)
{
  Connection *connection = g_new0 (Connection, 1);
  Closing *closing = g_new0 (Closing, 1);

  connection->socket = g_object_ref (g_socket_connection_get_socket (stream));
  connection->deadline = g_get_monotonic_time () +
                         (gint64) self->limits.idle_seconds * G_USEC_PER_SEC;
  g_hash_table_insert (self->connections, g_object_ref (remote), connection);

  closing->connections = g_hash_table_ref (self->connections);
  closing->key = remote;
  g_object_weak_ref (G_OBJECT (stream), on_closed, closing);
  start_timer (self);
}

static gboolean
on_incoming (GSocketService    *service,
             GSocketConnection *stream,
             GObject           *source,
             gpointer           data)
{
  SyncServerListener *self = data;
  g_autoptr (GSocketAddress) local = g_socket_connection_get_local_address (stream, NULL);
  g_autoptr (GSocketAddress) remote = g_socket_connection_get_remote_address (stream, NULL);

  if (g_hash_table_size (self->connections) >= self->limits.max_connections)
    g_debug ("too many connections, one is turned away");
  else if (local != NULL && remote != NULL)
    {
      g_socket_set_option (g_socket_connection_get_socket (stream),
                           IPPROTO_TCP,
                           TCP_NODELAY,
                           TRUE,
                           NULL);
      watch (self, stream, remote);
      soup_server_accept_iostream (self->soup, G_IO_STREAM (stream), local, remote, NULL);
    }

  return TRUE;
}

static void
on_got_body (SoupServerMessage *message,
             gpointer           data)
{
  SyncServerListener *self = data;

  set_deadline (self, message, self->limits.max_wait_seconds + self->limits.answer_seconds);
}

static void
on_finished (SoupServerMessage *message,
             gpointer           data)
{
  SyncServerListener *self = data;

  set_deadline (self, message, self->limits.idle_seconds);
}

static void
on_request_started (SoupServer        *soup,
                    SoupServerMessage *message,
                    gpointer           data)
{
  SyncServerListener *self = data;

  set_deadline (self, message, self->limits.request_seconds);
  g_signal_connect (message, "got-body", G_CALLBACK (on_got_body), self);
  g_signal_connect (message, "finished", G_CALLBACK (on_finished), self);
}

static gboolean
listen_on_path (SoupServer  *soup,
                const char  *path,
                GError     **error)
{
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_UNIX,
                                             G_SOCKET_TYPE_STREAM,
                                             G_SOCKET_PROTOCOL_DEFAULT,
                                             error);
  gboolean is_listening = socket != NULL && g_socket_bind (socket, address, FALSE, error) &&
                          g_socket_listen (socket, error);

  g_unlink (path);
  return is_listening && soup_server_listen_socket (soup, socket, 0, error);
}

static gboolean
add_quiet_socket (SoupServer  *soup,
                  GError     **error)
{
  g_autofree char *folder = g_dir_make_tmp ("clientele-server-XXXXXX", error);
  g_autofree char *path = NULL;
  gboolean is_added;

  if (folder == NULL)
    return FALSE;

  path = g_build_filename (folder, "quiet", NULL);
  is_added = listen_on_path (soup, path, error);
  g_rmdir (folder);
  return is_added;
}

/**
 * sync_server_listener_new:
 * @soup: the server that answers
 * @limits: how many connections, and how long each may take
 * @error: why not
 *
 * Returns: (transfer full): a listener on the calling thread's default context
 */
SyncServerListener *
sync_server_listener_new (SoupServer              *soup,
                          const SyncServerLimits  *limits,
                          GError                 **error)
{
  SyncServerListener *self;

  if (!add_quiet_socket (soup, error))
    return NULL;

  self = g_new0 (SyncServerListener, 1);
  self->soup = g_object_ref (soup);
  self->limits = *limits;
  self->connections = g_hash_table_new_full (g_direct_hash,
                                             g_direct_equal,
                                             g_object_unref,
                                             (GDestroyNotify) connection_free);
  self->service = g_socket_service_new ();
  g_signal_connect (self->service, "incoming", G_CALLBACK (on_incoming), self);
  g_signal_connect (soup, "request-started", G_CALLBACK (on_request_started), self);
  return self;
}

/**
 * sync_server_listener_add:
 * @self: a listener
 * @address: where to listen; port 0 chooses a free one
 * @error: why not
 *
 * Returns: (transfer full): the address that was taken
 */
GSocketAddress *
sync_server_listener_add (SyncServerListener  *self,
                          GSocketAddress      *address,
                          GError             **error)
{
  GSocketAddress *effective = NULL;

  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (self->service),
                                      address,
                                      G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_TCP,
                                      NULL,
                                      &effective,
                                      error))
    return NULL;

  g_socket_service_start (self->service);
  return effective;
}

/**
 * sync_server_listener_cut:
 * @self: a listener
 * @message: a message that sends more than it may
 *
 * Ends its connection at once, with a reset: a peer that is told politely may go on sending
 * into the kernel's buffers for minutes.
 */
void
sync_server_listener_cut (SyncServerListener *self,
                          SoupServerMessage  *message)
{
  Connection *connection = g_hash_table_lookup (self->connections,
                                                soup_server_message_get_remote_address (message));
  const struct linger reset = { .l_onoff = 1, .l_linger = 0 };

  if (connection == NULL)
    return;

  setsockopt (g_socket_get_fd (connection->socket), SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
  g_socket_shutdown (connection->socket, TRUE, TRUE, NULL);
}

/**
 * sync_server_listener_stop:
 * @self: a listener
 *
 * Accepts no further connections; those that are open stay.
 */
void
sync_server_listener_stop (SyncServerListener *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
}

/**
 * sync_server_listener_free:
 * @self: (transfer full): a listener
 */
void
sync_server_listener_free (SyncServerListener *self)
{
  sync_server_listener_stop (self);
  g_signal_handlers_disconnect_by_data (self->service, self);
  g_signal_handlers_disconnect_by_data (self->soup, self);
  soup_server_disconnect (self->soup);
  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);

  g_hash_table_unref (self->connections);
  g_object_unref (self->service);
  g_object_unref (self->soup);
  g_free (self);
}
