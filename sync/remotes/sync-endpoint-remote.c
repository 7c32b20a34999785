/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-endpoint-remote.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "sync-batch-header.h"
#include "sync-endpoint-reply.h"
#include "sync-signed-session.h"

/* Our own server as a remote: each call is one signed request (two where the clock was wrong). The
 * paths and bodies are described in sync/server/, at the heads of sync-server-path.c and of the
 * handlers; sync-endpoint-reply.c reads the answers. Nothing is tried again here; that is the engine's decision.
 */

#define BYTES "application/octet-stream"
#define JSON "application/json"
#define MAX_HEADS_SIZE (1024 * 1024)
#define MAX_ROSTER_SIZE (64 * 1024 * 1024)
#define MAX_STATE_SIZE (64 * 1024)
#define MAX_PAGE_SIZE ((gsize) 16 * 1024 * 1024)

struct _SyncEndpointRemote
{
  GObject parent_instance;

  SyncSignedSession *session;
  char *account;
};

static void sync_endpoint_remote_iface_init (SyncRemoteInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SyncEndpointRemote,
                               sync_endpoint_remote,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SYNC_TYPE_REMOTE,
                                                      sync_endpoint_remote_iface_init))

static void
sync_endpoint_remote_finalize (GObject *object)
{
  SyncEndpointRemote *self = SYNC_ENDPOINT_REMOTE (object);

  g_clear_pointer (&self->session, sync_signed_session_free);
  g_clear_pointer (&self->account, g_free);

  G_OBJECT_CLASS (sync_endpoint_remote_parent_class)->finalize (object);
}

static void
sync_endpoint_remote_class_init (SyncEndpointRemoteClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sync_endpoint_remote_finalize;
}

static void
sync_endpoint_remote_init (SyncEndpointRemote *self)
{
}

/* Sends, and turns every refusal into an error. */
static gboolean
ask (SyncEndpointRemote       *self,
     const SyncSignedRequest  *request,
     SyncSignedReply          *reply,
     GCancellable             *cancellable,
     GError                  **error)
{
  return sync_signed_session_send (self->session, request, reply, cancellable, error) &&
         (sync_endpoint_reply_is_success (reply) || sync_signed_reply_set_error (reply, error));
}

static char *
dup_path (SyncEndpointRemote *self,
          const char         *folder,
          const guint8        stream[SYNC_STREAM_ID_SIZE])
{
  g_autofree char *hex = sync_identity_to_hex (stream, SYNC_STREAM_ID_SIZE);

  return g_strdup_printf ("/v1/%s/%s/%s", self->account, folder, hex);
}

static GBytes *
write_json (const char *name,
            const char *value,
            const char *other_name,
            const char *other_value)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  char *text;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
  if (other_value != NULL)
    {
      json_builder_set_member_name (builder, other_name);
      json_builder_add_string_value (builder, other_value);
    }
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  return g_bytes_new_take (text, strlen (text));
}

static gboolean
hello (SyncRemote          *remote,
       SyncRemoteGreeting  *greeting,
       GCancellable        *cancellable,
       GError             **error)
{
  SyncEndpointRemote *self = SYNC_ENDPOINT_REMOTE (remote);
  SyncSignedRequest request = { .method = "GET", .path = "/v1", .is_public = TRUE };
  g_auto (SyncSignedReply) reply = { 0 };

  if (!ask (self, &request, &reply, cancellable, error) ||
      !sync_endpoint_reply_read_greeting (&reply, greeting, error))
    return FALSE;

  sync_signed_session_set_time (self->session, greeting->server_time);
  return TRUE;
}

static gboolean
create_account (SyncRemote            *remote,
                const SyncSigningKey  *account,
                const char            *invite,
                GCancellable          *cancellable,
                GError               **error)
{
  g_autofree char *key = sync_identity_to_hex (account->public_key, SYNC_PUBLIC_KEY_SIZE);
  g_autoptr (GBytes) body = write_json ("key", key, "invite", invite);
  SyncSignedRequest request = {
    .method = "POST", .path = "/v1/accounts", .body = body, .type = JSON, .account = account,
  };
  g_auto (SyncSignedReply) reply = { 0 };

  return ask (SYNC_ENDPOINT_REMOTE (remote), &request, &reply, cancellable, error);
}

static gboolean
enrol (SyncRemote            *remote,
       const SyncSigningKey  *account,
       const guint8           device[SYNC_PUBLIC_KEY_SIZE],
       GCancellable          *cancellable,
       GError               **error)
{
  SyncEndpointRemote *self = SYNC_ENDPOINT_REMOTE (remote);
  guint8 stream[SYNC_STREAM_ID_SIZE];
  g_autofree char *key = sync_identity_to_hex (device, SYNC_PUBLIC_KEY_SIZE);
  g_autoptr (GBytes) body = write_json ("key", key, NULL, NULL);
  g_autofree char *path = NULL;
  SyncSignedRequest request = { .method = "PUT", .body = body, .type = JSON, .account = account };
  g_auto (SyncSignedReply) reply = { 0 };

  sync_stream_id_from_public_key (stream, device);
  request.path = path = dup_path (self, "devices", stream);
  return ask (self, &request, &reply, cancellable, error);
}

static gboolean
get_roster (SyncRemote    *remote,
            GPtrArray    **entries,
            guint64       *version,
            GCancellable  *cancellable,
            GError       **error)
{
  SyncEndpointRemote *self = SYNC_ENDPOINT_REMOTE (remote);
  g_autofree char *path = g_strdup_printf ("/v1/%s/roster", self->account);
  SyncSignedRequest request = { .method = "GET", .path = path, .max_reply_size = MAX_ROSTER_SIZE };
  g_auto (SyncSignedReply) reply = { 0 };

  if (!ask (self, &request, &reply, cancellable, error))
    return FALSE;

  *version = reply.version;
  *entries = sync_endpoint_reply_read_roster (&reply, error);
  return *entries != NULL;
}

static gboolean
append_roster (SyncRemote    *remote,
               GBytes        *entry,
               guint64        expected_version,
               GCancellable  *cancellable,
               GError       **error)
{
  SyncEndpointRemote *self = SYNC_ENDPOINT_REMOTE (remote);
  g_autofree char *path = g_strdup_printf ("/v1/%s/roster", self->account);
  g_autofree char *query = g_strdup_printf ("expected=%" G_GUINT64_FORMAT, expected_version);
  SyncSignedRequest request = {
    .method = "POST", .path = path, .query = query, .body = entry, .type = BYTES,
  };
  g_auto (SyncSignedReply) reply = { 0 };

  return ask (self, &request, &reply, cancellable, error);
}

static gboolean
get_heads (SyncRemote       *remote,
           SyncRemoteHeads  *heads,
           GCancellable     *cancellable,
           GError          **error)
{
  SyncEndpointRemote *self = SYNC_ENDPOINT_REMOTE (remote);
  g_autofree char *path = g_strdup_printf ("/v1/%s/heads", self->account);
  SyncSignedRequest request = { .method = "GET", .path = path, .max_reply_size = MAX_HEADS_SIZE };
  g_auto (SyncSignedReply) reply = { 0 };

  return ask (self, &request, &reply, cancellable, error) &&
         sync_endpoint_reply_read_heads (&reply, heads, error);
}

static gboolean
put_batch (SyncRemote    *remote,
           GBytes        *batch,
           SyncPutReply  *reply,
           GCancellable  *cancellable,
           GError       **error)
{
  SyncEndpointRemote *self = SYNC_ENDPOINT_REMOTE (remote);
  SyncBatchHeader header;
  g_autofree char *stream = NULL;
  g_autofree char *path = NULL;
  SyncSignedRequest request = { .method = "PUT", .body = batch, .type = BYTES };
  g_auto (SyncSignedReply) answer = { 0 };
  gsize size;
  const guint8 *bytes = g_bytes_get_data (batch, &size);

  if (!sync_batch_header_parse (&header, bytes, size, error))
    return FALSE;

  stream = dup_path (self, "streams", header.stream);
  path = g_strdup_printf ("%s/%" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT,
                          stream,
                          header.first,
                          header.last);
  request.path = path;
  return sync_signed_session_send (self->session, &request, &answer, cancellable, error) &&
         sync_endpoint_reply_read_put (&answer, reply, error);
}

static gboolean
get_page (SyncEndpointRemote       *self,
          const SyncSignedRequest  *request,
          SyncRemotePage           *page,
          GCancellable             *cancellable,
          GError                  **error)
{
  g_auto (SyncSignedReply) reply = { 0 };

  return ask (self, request, &reply, cancellable, error) &&
         sync_endpoint_reply_read_page (&reply, page, error);
}

static gboolean
get_arrivals (SyncRemote      *remote,
              guint64          after_cursor,
              gsize            max_size,
              guint            wait_seconds,
              SyncRemotePage  *page,
              GCancellable    *cancellable,
              GError         **error)
{
  SyncEndpointRemote *self = SYNC_ENDPOINT_REMOTE (remote);
  g_autofree char *path = g_strdup_printf ("/v1/%s/log", self->account);
  g_autofree char *query = g_strdup_printf ("after=%" G_GUINT64_FORMAT "&max=%" G_GSIZE_FORMAT
                                            "&wait=%u",
                                            after_cursor,
                                            MIN (max_size, MAX_PAGE_SIZE),
                                            wait_seconds);
  SyncSignedRequest request = {
    .method = "GET",
    .path = path,
    .query = query,
    .max_reply_size = MAX_PAGE_SIZE + SYNC_BATCH_MAX_SIZE,
    .wait_seconds = wait_seconds,
  };

  return get_page (self, &request, page, cancellable, error);
}

static gboolean
get_stream (SyncRemote      *remote,
            const guint8     stream[SYNC_STREAM_ID_SIZE],
            guint64          after_number,
            gsize            max_size,
            SyncRemotePage  *page,
            GCancellable    *cancellable,
            GError         **error)
{
  SyncEndpointRemote *self = SYNC_ENDPOINT_REMOTE (remote);
  g_autofree char *path = dup_path (self, "streams", stream);
  g_autofree char *query = g_strdup_printf ("after=%" G_GUINT64_FORMAT "&max=%" G_GSIZE_FORMAT,
                                            after_number,
                                            MIN (max_size, MAX_PAGE_SIZE));
  SyncSignedRequest request = {
    .method = "GET",
    .path = path,
    .query = query,
    .max_reply_size = MAX_PAGE_SIZE + SYNC_BATCH_MAX_SIZE,
  };

  return get_page (self, &request, page, cancellable, error);
}

static gboolean
put_state (SyncRemote    *remote,
           const guint8   stream[SYNC_STREAM_ID_SIZE],
           GBytes        *state,
           GCancellable  *cancellable,
           GError       **error)
{
  SyncEndpointRemote *self = SYNC_ENDPOINT_REMOTE (remote);
  g_autofree char *path = dup_path (self, "state", stream);
  SyncSignedRequest request = { .method = "PUT", .path = path, .body = state, .type = BYTES };
  g_auto (SyncSignedReply) reply = { 0 };

  return ask (self, &request, &reply, cancellable, error);
}

static gboolean
get_state (SyncRemote    *remote,
           const guint8   stream[SYNC_STREAM_ID_SIZE],
           GBytes       **state,
           GCancellable  *cancellable,
           GError       **error)
{
  SyncEndpointRemote *self = SYNC_ENDPOINT_REMOTE (remote);
  g_autofree char *path = dup_path (self, "state", stream);
  SyncSignedRequest request = { .method = "GET", .path = path, .max_reply_size = MAX_STATE_SIZE };
  g_auto (SyncSignedReply) reply = { 0 };

  *state = NULL;
  if (!sync_signed_session_send (self->session, &request, &reply, cancellable, error))
    return FALSE;

  if (reply.problem == SYNC_PROBLEM_STATE_UNKNOWN || reply.problem == SYNC_PROBLEM_STREAM_UNKNOWN)
    return TRUE;
  if (!sync_endpoint_reply_is_success (&reply))
    return sync_signed_reply_set_error (&reply, error);

  *state = g_steal_pointer (&reply.body);
  return TRUE;
}

static void
sync_endpoint_remote_iface_init (SyncRemoteInterface *iface)
{
  iface->hello = hello;
  iface->create_account = create_account;
  iface->enrol = enrol;
  iface->get_roster = get_roster;
  iface->append_roster = append_roster;
  iface->get_heads = get_heads;
  iface->put_batch = put_batch;
  iface->get_arrivals = get_arrivals;
  iface->get_stream = get_stream;
  iface->put_state = put_state;
  iface->get_state = get_state;
}

/**
 * sync_endpoint_remote_new:
 * @url: where the server is: scheme, host and perhaps port
 * @account: the account's id
 * @device: the keys of this device, copied
 * @error: %SYNC_ERROR_INVALID where @url is no such address
 *
 * Nothing is sent before the first call. Use it on one thread at a time.
 *
 * Returns: (transfer full): a remote on clientele-server
 */
SyncEndpointRemote *
sync_endpoint_remote_new (const char            *url,
                          const guint8           account[SYNC_ACCOUNT_ID_SIZE],
                          const SyncSigningKey  *device,
                          GError               **error)
{
  g_autoptr (SyncEndpointRemote) self = NULL;

  g_return_val_if_fail (url != NULL, NULL);
  g_return_val_if_fail (account != NULL && device != NULL, NULL);

  self = g_object_new (SYNC_TYPE_ENDPOINT_REMOTE, NULL);
  self->account = sync_identity_to_hex (account, SYNC_ACCOUNT_ID_SIZE);
  self->session = sync_signed_session_new (url, device, error);
  if (self->session == NULL)
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * sync_endpoint_remote_get_skew:
 * @self: a remote
 *
 * Returns: by how many milliseconds the server's clock is ahead of this machine's, as far as it
 *   is known; more than two minutes is worth telling the person
 */
gint64
sync_endpoint_remote_get_skew (SyncEndpointRemote *self)
{
  g_return_val_if_fail (SYNC_IS_ENDPOINT_REMOTE (self), 0);

  return sync_signed_session_get_skew (self->session);
}
