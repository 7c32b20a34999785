/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-proxy.h"

#include <string.h>

/* Stands between a client and a server on this machine and spoils one request.
 *
 * It knows as much of HTTP as it needs to count: header lines, a body of Content-Length bytes, an
 * answer that ends with the connection. Each request gets a connection of its own, so the
 * n-th request is the same one in every run. Requests are signed for the proxy's address; the
 * server has to be told that name.
 */

struct _FaultProxy
{
  GSocketListener *listener;
  GCancellable *cancellable;
  GThread *thread;
  GMutex mutex;
  char *url;
  char *upstream;
  FaultKind kind;
  guint fault_request;
  guint count;
  FaultProxyFunc hook;
  gpointer hook_data;
};

static const char *const names[FAULT_KINDS] = {
  "none", "lose-request", "cut-request", "lose-reply", "cut-reply", "repeat", "refuse", "portal",
};

const char *
fault_kind_get_name (FaultKind kind)
{
  return names[kind];
}

static gsize
get_body_size (const char *head)
{
  g_autofree char *lower = g_ascii_strdown (head, -1);
  const char *found = strstr (lower, "\r\ncontent-length:");

  return found != NULL ? g_ascii_strtoull (found + strlen ("\r\ncontent-length:"), NULL, 10) : 0;
}

static gboolean
is_whole (GByteArray *bytes)
{
  g_autofree char *text = g_strndup (bytes->len > 0 ? (const char *) bytes->data : "", bytes->len);
  const char *end = strstr (text, "\r\n\r\n");

  return end != NULL && bytes->len >= (gsize) (end - text) + 4 + get_body_size (text);
}

static GByteArray *
read_bytes (GIOStream *stream,
            gboolean   to_end)
{
  GInputStream *input = g_io_stream_get_input_stream (stream);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 chunk[16384];
  gssize n = 1;

  while ((to_end || !is_whole (bytes)) && n > 0)
    {
      n = g_input_stream_read (input, chunk, sizeof chunk, NULL, NULL);
      if (n > 0)
        g_byte_array_append (bytes, chunk, n);
    }

  return g_steal_pointer (&bytes);
}

static void
write_bytes (GIOStream    *stream,
             const guint8 *bytes,
             gsize         size)
{
  g_output_stream_write_all (g_io_stream_get_output_stream (stream), bytes, size, NULL, NULL, NULL);
}

/* Asks for the connection to be closed afterwards, in a request or an answer. */
static void
add_close (GByteArray *bytes)
{
  static const char line[] = "Connection: close\r\n";
  const guint8 *end = bytes->len > 0 ? memchr (bytes->data, '\n', bytes->len) : NULL;
  gsize offset;

  if (end == NULL)
    return;

  offset = end - bytes->data + 1;
  g_byte_array_set_size (bytes, bytes->len + strlen (line));
  memmove (bytes->data + offset + strlen (line),
           bytes->data + offset,
           bytes->len - strlen (line) - offset);
  memcpy (bytes->data + offset, line, strlen (line));
}

static GByteArray *
forward (FaultProxy *self,
         GByteArray *request,
         gsize       size)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autofree char *upstream = NULL;

  g_mutex_lock (&self->mutex);
  upstream = g_strdup (self->upstream);
  g_mutex_unlock (&self->mutex);

  g_socket_client_set_enable_proxy (client, FALSE);
  connection = g_socket_client_connect_to_uri (client, upstream, 80, NULL, NULL);
  if (connection == NULL)
    return g_byte_array_new ();

  write_bytes (G_IO_STREAM (connection), request->data, size);
  if (size < request->len)
    return g_byte_array_new ();
  return read_bytes (G_IO_STREAM (connection), TRUE);
}

static void
answer (GIOStream  *client,
        const char *text)
{
  write_bytes (client, (const guint8 *) text, strlen (text));
}

static FaultKind
count_request (FaultProxy *self,
               guint      *number)
{
  FaultKind kind;

  g_mutex_lock (&self->mutex);
  *number = ++self->count;
  kind = *number == self->fault_request ? self->kind : FAULT_NONE;
  g_mutex_unlock (&self->mutex);

  return kind;
}

static void
call_hook (FaultProxy *self,
           guint       number,
           gboolean    is_done)
{
  FaultProxyFunc hook;
  gpointer data;

  g_mutex_lock (&self->mutex);
  hook = self->hook;
  data = self->hook_data;
  g_mutex_unlock (&self->mutex);

  if (hook != NULL)
    hook (number, is_done, data);
}

static void
pass (FaultProxy *self,
      GIOStream  *client,
      GByteArray *request,
      FaultKind   kind,
      guint       number)
{
  g_autoptr (GByteArray) reply = NULL;
  g_autoptr (GByteArray) repeated = NULL;
  gsize size = kind == FAULT_CUT_REQUEST ? request->len / 2 : request->len;

  reply = forward (self, request, size);
  if (kind == FAULT_REPEAT)
    {
      repeated = g_steal_pointer (&reply);
      reply = forward (self, request, size);
    }

  call_hook (self, number, TRUE);
  add_close (reply);
  if (reply->len == 0)
    return;

  if (kind == FAULT_CUT_REPLY)
    write_bytes (client, reply->data, reply->len / 2);
  else if (kind != FAULT_LOSE_REPLY && kind != FAULT_CUT_REQUEST)
    write_bytes (client, reply->data, reply->len);
}

static void
serve (FaultProxy *self,
       GIOStream  *client)
{
  g_autoptr (GByteArray) request = read_bytes (client, FALSE);
  guint number;
  FaultKind kind;

  if (!is_whole (request))
    return;

  add_close (request);
  kind = count_request (self, &number);
  call_hook (self, number, FALSE);

  switch (kind)
    {
    case FAULT_LOSE_REQUEST:
      break;
    case FAULT_REFUSE:
      answer (client,
              "HTTP/1.1 503 Service Unavailable\r\nClientele-Protocol: 1\r\nRetry-After: 1\r\n"
              "Content-Length: 0\r\nConnection: close\r\n\r\n");
      break;
    case FAULT_PORTAL:
      answer (client,
              "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n"
              "Connection: close\r\n\r\nLog in");
      break;
    case FAULT_NONE:
    case FAULT_CUT_REQUEST:
    case FAULT_LOSE_REPLY:
    case FAULT_CUT_REPLY:
    case FAULT_REPEAT:
    default:
      pass (self, client, request, kind, number);
      break;
    }
}

static gpointer
run (gpointer data)
{
  FaultProxy *self = data;

  while (TRUE)
    {
      g_autoptr (GSocketConnection) client = NULL;

      client = g_socket_listener_accept (self->listener, NULL, self->cancellable, NULL);
      if (client == NULL)
        return NULL;
      serve (self, G_IO_STREAM (client));
    }
}

/* Listens on a free port; say whom to pass requests to before the first one. */
FaultProxy *
fault_proxy_new (void)
{
  FaultProxy *self = g_new0 (FaultProxy, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) taken = NULL;
  g_autoptr (GError) error = NULL;

  self->listener = g_socket_listener_new ();
  g_socket_listener_add_address (self->listener,
                                 wanted,
                                 G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP,
                                 NULL,
                                 &taken,
                                 &error);
  g_assert_no_error (error);
  self->url = g_strdup_printf ("http://127.0.0.1:%u",
                               g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (taken)));
  self->cancellable = g_cancellable_new ();
  g_mutex_init (&self->mutex);
  self->thread = g_thread_new ("proxy", run, self);
  return self;
}

const char *
fault_proxy_get_url (FaultProxy *self)
{
  return self->url;
}

void
fault_proxy_set_upstream (FaultProxy *self,
                          const char *url)
{
  g_mutex_lock (&self->mutex);
  g_free (self->upstream);
  self->upstream = g_strdup (url);
  g_mutex_unlock (&self->mutex);
}

/* Spoils the @request-th request from now, 0 for none. */
void
fault_proxy_set_fault (FaultProxy *self,
                       FaultKind   kind,
                       guint       request)
{
  g_mutex_lock (&self->mutex);
  self->kind = kind;
  self->fault_request = request;
  self->count = 0;
  g_mutex_unlock (&self->mutex);
}

void
fault_proxy_set_hook (FaultProxy     *self,
                      FaultProxyFunc  hook,
                      gpointer        data)
{
  g_mutex_lock (&self->mutex);
  self->hook = hook;
  self->hook_data = data;
  g_mutex_unlock (&self->mutex);
}

/* Requests since the last fault_proxy_set_fault(). */
guint
fault_proxy_get_count (FaultProxy *self)
{
  guint count;

  g_mutex_lock (&self->mutex);
  count = self->count;
  g_mutex_unlock (&self->mutex);

  return count;
}

void
fault_proxy_free (FaultProxy *self)
{
  g_cancellable_cancel (self->cancellable);
  g_thread_join (self->thread);
  g_object_unref (self->listener);
  g_object_unref (self->cancellable);
  g_mutex_clear (&self->mutex);
  g_free (self->url);
  g_free (self->upstream);
  g_free (self);
}
