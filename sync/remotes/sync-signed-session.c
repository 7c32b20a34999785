/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync-signed-session.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

#include "sync-error.h"
#include "sync-json.h"
#include "sync-request-signature.h"

/* Signed requests to one server, one at a time, on whatever thread asks.
 *
 * Times are the server's: the first answer that calls a time stale tells the right one, the
 * difference is kept, and the request is signed and sent again, once. Nothing is followed that
 * was not asked for (redirections, compressed bodies), every answer has a bound, and an answer
 * without Clientele-Protocol is somebody else's: a hotel's log-in page must not be taken for
 * "stored".
 */

#define QUICK_TIMEOUT 30
#define SLACK_SECONDS 30
#define CHUNK_SIZE (64 * 1024)

struct _SyncSignedSession
{
  char *origin;
  SyncSigningKey device;
  SoupSession *quick;
  SoupSession *patient;
  gint64 skew;
};

static char *
join_origin (GUri *uri)
{
  g_autofree char *host = g_ascii_strdown (g_uri_get_host (uri), -1);
  const char *scheme = g_uri_get_scheme (uri);
  int port = g_uri_get_port (uri);
  const char *open = strchr (host, ':') != NULL ? "[" : "";
  const char *close = strchr (host, ':') != NULL ? "]" : "";

  if (port < 0 || port == (g_str_equal (scheme, "https") ? 443 : 80))
    return g_strdup_printf ("%s://%s%s%s", scheme, open, host, close);
  return g_strdup_printf ("%s://%s%s%s:%d", scheme, open, host, close, port);
}

static gboolean
is_sound (GUri *uri)
{
  return (g_str_equal (g_uri_get_scheme (uri), "http") ||
          g_str_equal (g_uri_get_scheme (uri), "https")) &&
         g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0' &&
         g_uri_get_userinfo (uri) == NULL &&
         (*g_uri_get_path (uri) == '\0' || g_str_equal (g_uri_get_path (uri), "/")) &&
         g_uri_get_query (uri) == NULL && g_uri_get_fragment (uri) == NULL;
}

static char *
parse_origin (const char  *url,
              GError     **error)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_SCHEME_NORMALIZE, NULL);

  if (uri != NULL && is_sound (uri))
    return join_origin (uri);

  g_set_error (error,
               SYNC_ERROR,
               SYNC_ERROR_INVALID,
               _("“%s” is no address of a server; it looks like https://sync.example.org."),
               url);
  return NULL;
}

static gboolean
is_this_machine (const char *origin)
{
  g_autoptr (GUri) uri = g_uri_parse (origin, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : "";
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return g_str_equal (host, "localhost") ||
         (address != NULL && g_inet_address_get_is_loopback (address));
}

static SoupSession *
make_session (const char *origin,
              guint       timeout)
{
  SoupSession *session = soup_session_new_with_options ("timeout", timeout,
                                                        "idle-timeout", QUICK_TIMEOUT,
                                                        "max-conns-per-host", 1,
                                                        "user-agent", "clientele/" CLIENTELE_VERSION,
                                                        NULL);

  soup_session_remove_feature_by_type (session, SOUP_TYPE_CONTENT_DECODER);
  if (is_this_machine (origin))
    soup_session_set_proxy_resolver (session, NULL);
  return session;
}

/**
 * sync_signed_session_new:
 * @url: where the server is: scheme, host and perhaps port
 * @device: the keys that sign, copied
 * @error: %SYNC_ERROR_INVALID where @url is no such address
 *
 * Returns: (transfer full): a session; nothing is sent yet
 */
SyncSignedSession *
sync_signed_session_new (const char            *url,
                         const SyncSigningKey  *device,
                         GError               **error)
{
  g_autofree char *origin = NULL;
  SyncSignedSession *self;

  g_return_val_if_fail (url != NULL, NULL);
  g_return_val_if_fail (device != NULL, NULL);

  origin = parse_origin (url, error);
  if (origin == NULL)
    return NULL;

  self = g_new0 (SyncSignedSession, 1);
  self->origin = g_steal_pointer (&origin);
  self->device = *device;
  self->quick = make_session (self->origin, QUICK_TIMEOUT);
  return self;
}

/**
 * sync_signed_session_free:
 * @self: (transfer full): a session
 */
void
sync_signed_session_free (SyncSignedSession *self)
{
  sync_signing_key_clear (&self->device);
  g_clear_object (&self->quick);
  g_clear_object (&self->patient);
  g_free (self->origin);
  g_free (self);
}

/**
 * sync_signed_session_get_skew:
 * @self: a session
 *
 * Returns: by how many milliseconds the server's clock is ahead of ours, 0 before it is known
 */
gint64
sync_signed_session_get_skew (SyncSignedSession *self)
{
  return self->skew;
}

/**
 * sync_signed_session_set_time:
 * @self: a session
 * @server_time: what the server's clock says now, Unix milliseconds
 */
void
sync_signed_session_set_time (SyncSignedSession *self,
                              gint64             server_time)
{
  self->skew = server_time - g_get_real_time () / 1000;
}

static char *
sign (SyncSignedSession       *self,
      const SyncSignedRequest *request)
{
  SyncRequest signed_request = {
    .method = request->method,
    .origin = self->origin,
    .path = request->path,
    .query = request->query,
  };
  SyncRequestSignature signature = { .is_account = request->account != NULL };
  const SyncSigningKey *key = signature.is_account ? request->account : &self->device;
  gsize size = 0;
  const void *body = request->body != NULL ? g_bytes_get_data (request->body, &size) : NULL;

  if (!signature.is_account)
    sync_stream_id_from_public_key (signature.stream, key->public_key);
  signature.time = g_get_real_time () / 1000 + self->skew;

  sync_request_hash_body (&signed_request, body, size);
  sync_request_sign (&signed_request, key, &signature);
  return sync_request_signature_format (&signature);
}

static SoupMessage *
build_message (SyncSignedSession       *self,
               const SyncSignedRequest *request)
{
  g_autofree char *url = g_strconcat (self->origin,
                                      request->path,
                                      request->query != NULL ? "?" : "",
                                      request->query,
                                      NULL);
  SoupMessage *message = soup_message_new (request->method, url);

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  if (request->body != NULL)
    soup_message_set_request_body_from_bytes (message, request->type, request->body);

  if (!request->is_public)
    {
      g_autofree char *signature = sign (self, request);

      soup_message_headers_replace (soup_message_get_request_headers (message),
                                    "Authorization",
                                    signature);
    }

  return message;
}

static gboolean
set_unreachable (const GError  *reason,
                 GError       **error)
{
  g_debug ("the server did not answer: %s", reason->message);

  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_set_error_literal (error, SYNC_ERROR, SYNC_ERROR_CANCELLED, _("Synchronising was stopped."));
  else if (reason->domain == G_TLS_ERROR)
    g_set_error_literal (error,
                         SYNC_ERROR,
                         SYNC_ERROR_UNREACHABLE,
                         _("The server could not prove that it is the right one; nothing was sent. "
                           "Check the address, or try another network."));
  else
    g_set_error_literal (error,
                         SYNC_ERROR,
                         SYNC_ERROR_UNREACHABLE,
                         _("The server cannot be reached. Your changes are kept here and go out "
                           "the next time."));

  return FALSE;
}

static GBytes *
read_all (GInputStream  *stream,
          gsize          max_size,
          GCancellable  *cancellable,
          GError       **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree guint8 *chunk = g_malloc (CHUNK_SIZE);
  gssize n;

  while ((n = g_input_stream_read (stream, chunk, CHUNK_SIZE, cancellable, error)) > 0)
    {
      if (bytes->len + (gsize) n > max_size)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "an answer without end");
          return NULL;
        }
      g_byte_array_append (bytes, chunk, n);
    }

  return n < 0 ? NULL : g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static gboolean
is_from_server (SoupMessage  *message,
                GError      **error)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);

  if (soup_message_headers_get_one (headers, "Clientele-Protocol") != NULL)
    return TRUE;

  g_set_error_literal (error,
                       SYNC_ERROR,
                       SYNC_ERROR_UNREACHABLE,
                       _("Something other than a Clientele server answers there. Check the address, "
                         "and whether this network asks you to log in first."));
  return FALSE;
}

/* libsoup takes the end of the connection for the end of the body, however much was announced. A
 * page cut between two batches would parse, and its cursor would pass over what is missing.
 */
static gboolean
is_whole (SoupMessage *message,
          GBytes      *body)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);

  switch (soup_message_headers_get_encoding (headers))
    {
    case SOUP_ENCODING_CONTENT_LENGTH:
      return soup_message_headers_get_content_length (headers) == (goffset) g_bytes_get_size (body);
    case SOUP_ENCODING_CHUNKED:
    case SOUP_ENCODING_NONE:
      return TRUE;
    case SOUP_ENCODING_EOF:
    case SOUP_ENCODING_UNRECOGNIZED:
    case SOUP_ENCODING_BYTERANGES:
    default:
      return FALSE;
    }
}

static SoupSession *
get_session (SyncSignedSession       *self,
             const SyncSignedRequest *request)
{
  if (request->wait_seconds == 0)
    return self->quick;

  if (self->patient == NULL)
    self->patient = make_session (self->origin, QUICK_TIMEOUT);
  soup_session_set_timeout (self->patient, request->wait_seconds + SLACK_SECONDS);
  return self->patient;
}

static gboolean
send_once (SyncSignedSession        *self,
           const SyncSignedRequest  *request,
           SyncSignedReply          *reply,
           GCancellable             *cancellable,
           GError                  **error)
{
  g_autoptr (SoupMessage) message = build_message (self, request);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) reason = NULL;

  stream = soup_session_send (get_session (self, request), message, cancellable, &reason);
  if (stream == NULL)
    return set_unreachable (reason, error);

  if (!is_from_server (message, error))
    return FALSE;

  body = read_all (stream, MAX (request->max_reply_size, SYNC_JSON_MAX_SIZE), cancellable, &reason);
  if (body != NULL && !is_whole (message, body))
    g_set_error (&reason, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, "an answer that was cut");
  if (reason != NULL)
    return set_unreachable (reason, error);

  sync_signed_reply_read (reply, message, body);
  return TRUE;
}

static gboolean
learn_time (SyncSignedSession     *self,
            const SyncSignedReply *reply)
{
  guint64 time;

  if (reply->problem != SYNC_PROBLEM_TIME_STALE ||
      !sync_json_get_number (reply->document, "time", &time))
    return FALSE;

  sync_signed_session_set_time (self, time);
  return TRUE;
}

/**
 * sync_signed_session_send:
 * @self: a session
 * @request: what to ask
 * @reply: (out caller-allocates): the answer, whatever its status
 * @cancellable: (nullable): to stop
 * @error: %SYNC_ERROR_UNREACHABLE where there is no whole answer, %SYNC_ERROR_CANCELLED
 *
 * Blocks. A refusal is an answer; see sync_signed_reply_set_error().
 *
 * Returns: whether the server answered
 */
gboolean
sync_signed_session_send (SyncSignedSession        *self,
                          const SyncSignedRequest  *request,
                          SyncSignedReply          *reply,
                          GCancellable             *cancellable,
                          GError                  **error)
{
  g_return_val_if_fail (self != NULL && request != NULL && reply != NULL, FALSE);

  memset (reply, 0, sizeof *reply);
  if (!send_once (self, request, reply, cancellable, error))
    return FALSE;

  if (request->is_public || !learn_time (self, reply))
    return TRUE;

  sync_signed_reply_clear (reply);
  memset (reply, 0, sizeof *reply);
  return send_once (self, request, reply, cancellable, error);
}
