/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server-fixture.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#include "sync-server.h"

typedef struct
{
  ServerFixture *fixture;
  GMutex mutex;
  GCond cond;
} Start;

static gpointer
run_server (gpointer data)
{
  Start *start = data;
  ServerFixture *self = start->fixture;
  g_autoptr (GMainContext) context = g_main_context_ref (self->context);
  g_autoptr (GMainLoop) loop = g_main_loop_ref (self->loop);
  g_autoptr (SyncServer) server = NULL;
  g_autoptr (GError) error = NULL;

  g_main_context_push_thread_default (context);
  server = sync_server_new (self->directory, &self->limits, &error);
  g_assert_no_error (error);
  if (self->origin != NULL)
    sync_server_add_origin (server, self->origin);
  sync_server_listen (server, self->address, 0, &error);
  g_assert_no_error (error);

  g_mutex_lock (&start->mutex);
  self->url = g_strdup (sync_server_get_uri (server));
  g_cond_signal (&start->cond);
  g_mutex_unlock (&start->mutex);

  g_main_loop_run (loop);
  g_clear_object (&server);
  g_main_context_pop_thread_default (context);
  return NULL;
}

/* Starts the server on the fixture's folder, again after server_fixture_stop() too. */
void
server_fixture_start (ServerFixture *self)
{
  Start start = { .fixture = self };

  g_mutex_init (&start.mutex);
  g_cond_init (&start.cond);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  g_mutex_lock (&start.mutex);
  self->thread = g_thread_new ("server", run_server, &start);
  while (self->url == NULL)
    g_cond_wait (&start.cond, &start.mutex);
  g_mutex_unlock (&start.mutex);

  g_cond_clear (&start.cond);
  g_mutex_clear (&start.mutex);
  self->remote = server_fixture_make_remote (self, &self->device);
}

static gboolean
quit (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

void
server_fixture_stop (ServerFixture *self)
{
  if (self->thread == NULL)
    return;

  g_clear_object (&self->remote);
  g_main_context_invoke (self->context, quit, self->loop);
  g_thread_join (g_steal_pointer (&self->thread));
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_pointer (&self->url, g_free);
}

void
server_fixture_set_up (ServerFixture *self,
                       const void    *data)
{
  self->directory = g_dir_make_tmp ("clientele-test-XXXXXX", NULL);
  self->address = "127.0.0.1";
  sync_server_limits_init (&self->limits);
  sync_signing_key_generate (&self->account);
  sync_signing_key_generate (&self->device);
  sync_account_id_from_public_key (self->account_id, self->account.public_key);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      g_unlink (inner);
    }
  g_rmdir (path);
}

void
server_fixture_tear_down (ServerFixture *self,
                          const void    *data)
{
  server_fixture_stop (self);
  remove_folder (self->directory);
  g_clear_pointer (&self->directory, g_free);
}

/* Makes the account and enrols the device. */
void
server_fixture_join (ServerFixture *self)
{
  g_autoptr (GError) error = NULL;

  sync_remote_create_account (self->remote, &self->account, NULL, NULL, &error);
  g_assert_no_error (error);
  sync_remote_enrol (self->remote, &self->account, self->device.public_key, NULL, &error);
  g_assert_no_error (error);
}

SyncRemote *
server_fixture_make_remote (ServerFixture        *self,
                            const SyncSigningKey *device)
{
  g_autoptr (GError) error = NULL;
  SyncEndpointRemote *remote = sync_endpoint_remote_new (self->url,
                                                         self->account_id,
                                                         device,
                                                         &error);

  g_assert_no_error (error);
  return SYNC_REMOTE (remote);
}

/* The chain hash that @branch of a stream has at @number. */
static void
make_hash (guint8      hash[SYNC_HASH_SIZE],
           const char *branch,
           guint64     number)
{
  g_autofree char *text = g_strdup_printf ("%s %" G_GUINT64_FORMAT, branch, number);

  crypto_generichash (hash, SYNC_HASH_SIZE, (const guint8 *) text, strlen (text), NULL, 0);
}

/* A batch whose header is true, around @size random bytes. */
GBytes *
server_fixture_make_batch (ServerFixture        *self,
                           const SyncSigningKey *device,
                           guint64               first,
                           guint64               last,
                           const char           *branch,
                           gsize                 size)
{
  guint8 *bytes = g_malloc (SYNC_BATCH_HEADER_SIZE + size);
  SyncBatchHeader header = {
    .first = first,
    .last = last,
    .key_epoch = 1,
    .body_size = size,
  };

  memcpy (header.account, self->account_id, sizeof header.account);
  sync_stream_id_from_public_key (header.stream, device->public_key);
  make_hash (header.hash_before, branch, first - 1);
  make_hash (header.hash_after, branch, last);
  sync_batch_header_sign (&header, device);
  sync_batch_header_write (&header, bytes);
  randombytes_buf (bytes + SYNC_BATCH_HEADER_SIZE, size);
  return g_bytes_new_take (bytes, SYNC_BATCH_HEADER_SIZE + size);
}

/* "/v1/ACCOUNT" and what comes after it. */
char *
server_fixture_dup_path (ServerFixture *self,
                         const char    *rest)
{
  g_autofree char *account = sync_identity_to_hex (self->account_id, SYNC_ACCOUNT_ID_SIZE);

  return g_strconcat ("/v1/", account, rest, NULL);
}

/* Sends any request, signed by @device; returns the status. */
guint
server_fixture_ask (ServerFixture        *self,
                    const SyncSigningKey *device,
                    SyncSignedRequest    *request,
                    SyncProblem          *problem)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyncSignedSession) session = sync_signed_session_new (self->url, device, &error);
  g_auto (SyncSignedReply) reply = { 0 };

  g_assert_no_error (error);
  sync_signed_session_send (session, request, &reply, NULL, &error);
  g_assert_no_error (error);
  if (problem != NULL)
    *problem = reply.problem;
  return reply.status;
}

SyncPutStatus
server_fixture_put (SyncRemote *remote,
                    GBytes     *batch)
{
  g_autoptr (GError) error = NULL;
  SyncPutReply reply;

  sync_remote_put_batch (remote, batch, &reply, NULL, &error);
  g_assert_no_error (error);
  return reply.status;
}

/* The last number of the device's stream, 0 where it has none. */
guint64
server_fixture_get_end (SyncRemote           *remote,
                        const SyncSigningKey *device)
{
  g_autoptr (GError) error = NULL;
  g_auto (SyncRemoteHeads) heads = { 0 };
  guint8 stream[SYNC_STREAM_ID_SIZE];

  sync_stream_id_from_public_key (stream, device->public_key);
  sync_remote_heads_init (&heads);
  sync_remote_get_heads (remote, &heads, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < heads.heads->len; i++)
    {
      const SyncHead *head = &g_array_index (heads.heads, SyncHead, i);

      if (memcmp (head->stream, stream, sizeof stream) == 0)
        return head->number;
    }

  return 0;
}

/* Sends @text on a connection of its own and returns what comes back until the server closes it or
 * @seconds have passed; %NULL then.
 */
char *
server_fixture_talk (ServerFixture *self,
                     const char    *text,
                     guint          seconds)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GString) answer = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  GInputStream *input;
  char chunk[4096];
  gssize n;

  g_socket_client_set_timeout (client, seconds);
  connection = g_socket_client_connect_to_uri (client, self->url, 80, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                             text,
                             strlen (text),
                             NULL,
                             NULL,
                             NULL);

  input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  while ((n = g_input_stream_read (input, chunk, sizeof chunk, NULL, &error)) > 0)
    g_string_append_len (answer, chunk, n);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return NULL;

  return g_string_free (g_steal_pointer (&answer), FALSE);
}
