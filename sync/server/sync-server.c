/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync-server.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "sync-error.h"
#include "sync-server-private.h"
#include "sync-server-routes.h"

#define MAPPED_PREFIX "::ffff:"

G_DEFINE_FINAL_TYPE (SyncServer, sync_server, G_TYPE_OBJECT)

static void
sync_server_dispose (GObject *object)
{
  SyncServer *self = SYNC_SERVER (object);

  sync_server_stop (self);

  G_OBJECT_CLASS (sync_server_parent_class)->dispose (object);
}

static void
sync_server_finalize (GObject *object)
{
  SyncServer *self = SYNC_SERVER (object);

  g_clear_pointer (&self->listener, sync_server_listener_free);
  g_clear_pointer (&self->waiting, sync_server_waiting_free);
  g_clear_pointer (&self->writer, sync_server_writer_free);
  g_clear_pointer (&self->reader, sync_server_database_close);
  g_clear_pointer (&self->rate, sync_server_rate_free);
  g_clear_pointer (&self->origins, g_ptr_array_unref);
  g_clear_object (&self->soup);
  g_clear_pointer (&self->uri, g_free);

  G_OBJECT_CLASS (sync_server_parent_class)->finalize (object);
}

static void
sync_server_class_init (SyncServerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = sync_server_dispose;
  object_class->finalize = sync_server_finalize;
}

static void
sync_server_init (SyncServer *self)
{
  self->origins = g_ptr_array_new_with_free_func (g_free);
}

/**
 * sync_server_new:
 * @directory: the data folder, made if it is not there
 * @limits: (nullable): what to allow, %NULL for the usual
 * @error: why not
 *
 * A server lives on the thread-default context of the thread that makes it.
 *
 * Returns: (transfer full): a server that does not listen yet
 */
SyncServer *
sync_server_new (const char              *directory,
                 const SyncServerLimits  *limits,
                 GError                 **error)
{
  g_autoptr (SyncServer) self = NULL;

  g_return_val_if_fail (directory != NULL, NULL);

  if (sodium_init () < 0)
    {
      g_set_error_literal (error,
                           SYNC_ERROR,
                           SYNC_ERROR_FAILED,
                           _("The machine has no source of random numbers."));
      return NULL;
    }

  self = g_object_new (SYNC_TYPE_SERVER, NULL);
  sync_server_limits_init (&self->limits);
  if (limits != NULL)
    self->limits = *limits;

  self->writer = sync_server_writer_new (directory, error);
  self->reader = self->writer != NULL ? sync_server_database_open (directory, FALSE, error) : NULL;
  if (self->reader == NULL)
    return NULL;

  self->soup = soup_server_new ("raw-paths", TRUE, "server-header", "clientele-server", NULL);
  self->listener = sync_server_listener_new (self->soup, &self->limits, error);
  if (self->listener == NULL)
    return NULL;

  self->rate = sync_server_rate_new (self->limits.requests_per_second, self->limits.request_burst);
  self->waiting = sync_server_waiting_new (self->limits.max_waiting);
  sync_server_add_routes (self);
  return g_steal_pointer (&self);
}

/**
 * sync_server_add_origin:
 * @self: a server
 * @origin: how clients name it, such as https://sync.example.org, no slash at the end
 *
 * A server behind a proxy goes by the proxy's name. It is then no longer taken for one that only
 * this machine can reach: registration needs a code.
 */
void
sync_server_add_origin (SyncServer *self,
                        const char *origin)
{
  g_return_if_fail (SYNC_IS_SERVER (self));
  g_return_if_fail (origin != NULL);

  g_ptr_array_add (self->origins, g_ascii_strdown (origin, -1));
}

static char *
join_uri (const char *host,
          guint       port)
{
  return port == 80 ? g_strdup_printf ("http://%s", host)
                    : g_strdup_printf ("http://%s:%u", host, port);
}

/* A socket that listens on :: meets IPv4 as ::ffff:127.0.0.1; the client says 127.0.0.1. */
static GInetAddress *
dup_plain_address (GInetSocketAddress *address)
{
  GInetAddress *host = g_inet_socket_address_get_address (address);
  g_autofree char *text = g_inet_address_to_string (host);

  if (g_str_has_prefix (text, MAPPED_PREFIX) && strchr (text, '.') != NULL)
    return g_inet_address_new_from_string (text + strlen (MAPPED_PREFIX));
  return g_object_ref (host);
}

static char *
format_uri (GSocketAddress *address)
{
  GInetSocketAddress *inet = G_INET_SOCKET_ADDRESS (address);
  g_autoptr (GInetAddress) host = dup_plain_address (inet);
  g_autofree char *text = g_inet_address_to_string (host);
  guint port = g_inet_socket_address_get_port (inet);

  if (g_inet_address_get_family (host) == G_SOCKET_FAMILY_IPV6)
    {
      g_autofree char *bracketed = g_strdup_printf ("[%s]", text);

      return join_uri (bracketed, port);
    }

  return join_uri (text, port);
}

/**
 * sync_server_listen:
 * @self: a server
 * @address: an IP address of this machine, or localhost
 * @port: the port, 0 for a free one
 * @error: why not
 *
 * Returns: whether it answers there from now on
 */
gboolean
sync_server_listen (SyncServer  *self,
                    const char  *address,
                    guint16      port,
                    GError     **error)
{
  const char *numeric = g_strcmp0 (address, "localhost") == 0 ? "127.0.0.1" : address;
  g_autoptr (GInetAddress) host = NULL;
  g_autoptr (GSocketAddress) wanted = NULL;
  g_autoptr (GSocketAddress) taken = NULL;

  g_return_val_if_fail (SYNC_IS_SERVER (self), FALSE);
  g_return_val_if_fail (address != NULL, FALSE);

  host = g_inet_address_new_from_string (numeric);
  if (host == NULL)
    {
      g_set_error (error,
                   SYNC_ERROR,
                   SYNC_ERROR_INVALID,
                   _("“%s” is no IP address; use one such as 127.0.0.1."),
                   address);
      return FALSE;
    }

  wanted = g_inet_socket_address_new (host, port);
  taken = sync_server_listener_add (self->listener, wanted, error);
  if (taken == NULL)
    return FALSE;

  self->is_loopback = g_inet_address_get_is_loopback (host);
  g_free (self->uri);
  self->uri = format_uri (taken);
  return TRUE;
}

/**
 * sync_server_get_uri:
 * @self: a server
 *
 * Returns: (nullable): where it listens, such as http://127.0.0.1:8080
 */
const char *
sync_server_get_uri (SyncServer *self)
{
  g_return_val_if_fail (SYNC_IS_SERVER (self), NULL);

  return self->uri;
}

/**
 * sync_server_stop:
 * @self: a server
 *
 * Accepts nothing further, sends everybody who waits home, and answers what is under way. Runs
 * the context until that is done.
 */
void
sync_server_stop (SyncServer *self)
{
  GMainContext *context = g_main_context_get_thread_default ();

  g_return_if_fail (SYNC_IS_SERVER (self));

  if (self->waiting == NULL)
    return;

  sync_server_listener_stop (self->listener);
  sync_server_waiting_wake_all (self->waiting);
  while (self->n_paused > 0)
    g_main_context_iteration (context, TRUE);

  for (guint i = 0; i < 100 && g_main_context_pending (context); i++)
    g_main_context_iteration (context, FALSE);
}

static gboolean
is_from_loopback (SoupServerMessage *message)
{
  GSocketAddress *remote = soup_server_message_get_remote_address (message);
  g_autoptr (GInetAddress) host = NULL;

  if (!G_IS_INET_SOCKET_ADDRESS (remote))
    return FALSE;

  host = dup_plain_address (G_INET_SOCKET_ADDRESS (remote));
  return g_inet_address_get_is_loopback (host);
}

static gboolean
is_forwarded (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  return soup_message_headers_get_list (headers, "Forwarded") != NULL ||
         soup_message_headers_get_list (headers, "X-Forwarded-For") != NULL ||
         soup_message_headers_get_list (headers, "Via") != NULL;
}

/*
 * sync_server_is_registration_open:
 *
 * Open only where nobody but this machine can knock: bound to loopback, asked from loopback, and
 * not the back side of a proxy.
 */
gboolean
sync_server_is_registration_open (SyncServer        *self,
                                  SoupServerMessage *message)
{
  return self->is_loopback && self->origins->len == 0 && is_from_loopback (message) &&
         !is_forwarded (message);
}

static gboolean
is_own_host (SoupServerMessage *message,
             const char        *origin)
{
  GSocketAddress *local = soup_server_message_get_local_address (message);
  g_autofree char *uri = NULL;
  g_autofree char *named = NULL;
  guint port;

  if (!G_IS_INET_SOCKET_ADDRESS (local))
    return FALSE;

  uri = format_uri (local);
  port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (local));
  named = join_uri (is_from_loopback (message) ? "localhost" : g_get_host_name (), port);

  return g_strcmp0 (origin, uri) == 0 || g_ascii_strcasecmp (origin, named) == 0;
}

/*
 * sync_server_dup_origin:
 *
 * Finds the name under which the client asked: one that was told with sync_server_add_origin(),
 * or the very address at which the connection arrived. A request signed for another
 * server is refused by that, even if somebody passes it on with a Host of their choice.
 */
char *
sync_server_dup_origin (SyncServer        *self,
                        SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *host = soup_message_headers_get_one (headers, "Host");
  g_autofree char *lower = g_ascii_strdown (host != NULL ? host : "", -1);
  g_autofree char *plain = g_strdup_printf ("http://%s", lower);
  g_autofree char *secure = g_strdup_printf ("https://%s", lower);

  for (guint i = 0; i < self->origins->len; i++)
    {
      const char *origin = g_ptr_array_index (self->origins, i);

      if (g_strcmp0 (origin, plain) == 0 || g_strcmp0 (origin, secure) == 0)
        return g_strdup (origin);
    }

  return is_own_host (message, plain) ? g_steal_pointer (&plain) : NULL;
}
