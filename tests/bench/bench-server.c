/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <libsoup/soup.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "server-fixture.h"
#include "sync-request-signature.h"
#include "sync-server.h"

/* Requests per second of processor time, as a ratio to a bare SoupServer that answers a static
 * body, in the same run. Both servers are processes of their own, so only their own time counts;
 * the client speaks over kept connections, one or several at once. The peer for the whole of it is nginx
 * (architecture.md: SoupServer is .30 of it).
 */

#define ANSWER "{\"status\":\"ok\"}"
#define LANES 16

typedef void (*ServeFunc) (gpointer data,
                           int      output);

static void
say (int         output,
     const char *url)
{
  g_autofree char *line = g_strconcat (url, "\n", NULL);

  if (write (output, line, strlen (line)) < 0)
    exit (EXIT_FAILURE);
}

static void
on_bare_request (SoupServer        *soup,
                 SoupServerMessage *message,
                 const char        *path,
                 GHashTable        *query,
                 gpointer           data)
{
  soup_server_message_set_response (message,
                                    "application/json",
                                    SOUP_MEMORY_STATIC,
                                    ANSWER,
                                    strlen (ANSWER));
  soup_server_message_set_status (message, 200, NULL);
}

static void
serve_bare (gpointer data,
            int      output)
{
  SoupServer *soup = soup_server_new (NULL, NULL);
  g_autofree char *url = NULL;
  GSList *uris;

  soup_server_add_handler (soup, NULL, on_bare_request, NULL, NULL);
  soup_server_listen_local (soup, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL);
  uris = soup_server_get_uris (soup);
  url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  say (output, url);
  g_main_loop_run (g_main_loop_new (NULL, FALSE));
}

static void
serve_ours (gpointer data,
            int      output)
{
  g_autoptr (GError) error = NULL;
  SyncServerLimits limits;
  SyncServer *server;

  sync_server_limits_init (&limits);
  limits.requests_per_second = 1000000;
  limits.request_burst = 1000000;
  server = sync_server_new (data, &limits, &error);
  g_assert_no_error (error);
  sync_server_listen (server, "127.0.0.1", 0, &error);
  g_assert_no_error (error);
  say (output, sync_server_get_uri (server));
  g_main_loop_run (g_main_loop_new (NULL, FALSE));
}

static char *
start (ServeFunc  serve,
       gpointer   data,
       pid_t     *process)
{
  int ends[2];
  char line[256] = "";

  g_assert_cmpint (pipe (ends), ==, 0);
  *process = fork ();
  if (*process == 0)
    {
      close (ends[0]);
      serve (data, ends[1]);
      exit (EXIT_SUCCESS);
    }

  close (ends[1]);
  g_assert_cmpint (read (ends[0], line, sizeof line - 1), >, 0);
  close (ends[0]);
  return g_strdup (g_strchomp (line));
}

static void
stop (pid_t process)
{
  kill (process, SIGTERM);
  waitpid (process, NULL, 0);
}

static double
get_cpu_seconds (pid_t process)
{
  struct timespec time;
  clockid_t clock;

  g_assert_cmpint (clock_getcpuclockid (process, &clock), ==, 0);
  g_assert_cmpint (clock_gettime (clock, &time), ==, 0);
  return time.tv_sec + time.tv_nsec / 1e9;
}

static void
read_answer (GInputStream *input)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char chunk[4096];
  const char *end = NULL;
  const char *length;
  gsize whole = G_MAXSIZE;

  while (text->len < whole)
    {
      gssize n = g_input_stream_read (input, chunk, sizeof chunk, NULL, NULL);

      g_assert_cmpint (n, >, 0);
      g_string_append_len (text, chunk, n);
      if (end == NULL && (end = strstr (text->str, "\r\n\r\n")) != NULL)
        {
          length = strstr (text->str, "Content-Length: ");
          whole = end - text->str + 4 + (length != NULL ? atoi (length + 16) : 0);
        }
    }

  g_assert_true (g_str_has_prefix (text->str, "HTTP/1.1 20"));
}

/* The request with a number, of one of the devices. */
typedef GBytes *(*MakeFunc) (ServerFixture        *fixture,
                             const SyncSigningKey *device,
                             guint                 number);

static SyncSigningKey devices[LANES];

static void
send (GIOStream *connection,
      GBytes    *request)
{
  gsize size;
  const void *bytes = g_bytes_get_data (request, &size);

  g_output_stream_write_all (g_io_stream_get_output_stream (connection), bytes, size, NULL, NULL, NULL);
}

/* Each lane is a connection; one request on every lane is under way at a time. */
static double
measure (const char    *url,
         pid_t          process,
         ServerFixture *fixture,
         MakeFunc       make,
         guint          n_lanes,
         guint          n_rounds)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GPtrArray) lanes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  double before;

  g_socket_client_set_enable_proxy (client, FALSE);
  for (guint lane = 0; lane < n_lanes; lane++)
    g_ptr_array_add (lanes, g_socket_client_connect_to_uri (client, url, 80, NULL, NULL));
  for (guint i = 0; i < n_rounds * n_lanes; i++)
    g_ptr_array_add (requests, make (fixture, &devices[i % n_lanes], i / n_lanes));

  before = get_cpu_seconds (process);
  for (guint round = 0; round < n_rounds; round++)
    {
      for (guint lane = 0; lane < n_lanes; lane++)
        send (g_ptr_array_index (lanes, lane), g_ptr_array_index (requests, round * n_lanes + lane));
      for (guint lane = 0; lane < n_lanes; lane++)
        read_answer (g_io_stream_get_input_stream (g_ptr_array_index (lanes, lane)));
    }

  return n_rounds * n_lanes / (get_cpu_seconds (process) - before);
}

static GBytes *
make_plain (ServerFixture        *fixture,
            const SyncSigningKey *device,
            guint                 number)
{
  static const char text[] = "GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n";

  return g_bytes_new_static (text, strlen (text));
}

static GBytes *
make_signed (ServerFixture        *fixture,
             const SyncSigningKey *device,
             const char           *method,
             const char           *path,
             GBytes               *body)
{
  SyncRequest request = { .method = method, .origin = fixture->url, .path = path };
  SyncRequestSignature signature = { .time = g_get_real_time () / 1000 };
  g_autofree char *header = NULL;
  gsize size = 0;
  const void *bytes = body != NULL ? g_bytes_get_data (body, &size) : NULL;
  GString *text;

  sync_stream_id_from_public_key (signature.stream, device->public_key);
  sync_request_hash_body (&request, bytes, size);
  sync_request_sign (&request, device, &signature);
  header = sync_request_signature_format (&signature);

  text = g_string_new (NULL);
  g_string_printf (text,
                   "%s %s HTTP/1.1\r\nHost: %s\r\nAuthorization: %s\r\n"
                   "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                   method,
                   path,
                   fixture->url + strlen ("http://"),
                   header,
                   size);
  if (size > 0)
    g_string_append_len (text, bytes, size);
  return g_string_free_to_bytes (text);
}

static GBytes *
make_heads (ServerFixture        *fixture,
            const SyncSigningKey *device,
            guint                 number)
{
  g_autofree char *path = server_fixture_dup_path (fixture, "/heads");

  return make_signed (fixture, device, "GET", path, NULL);
}

static GBytes *
make_put (ServerFixture        *fixture,
          const SyncSigningKey *device,
          guint                 number)
{
  guint8 stream[SYNC_STREAM_ID_SIZE];
  g_autofree char *hex = NULL;
  g_autofree char *rest = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GBytes) batch = server_fixture_make_batch (fixture,
                                                        device,
                                                        number + 1,
                                                        number + 1,
                                                        "a",
                                                        1000);

  sync_stream_id_from_public_key (stream, device->public_key);
  hex = sync_identity_to_hex (stream, sizeof stream);
  rest = g_strdup_printf ("/streams/%s/%u-%u", hex, number + 1, number + 1);
  path = server_fixture_dup_path (fixture, rest);
  return make_signed (fixture, device, "PUT", path, batch);
}

static void
report (const char *name,
        double      rate,
        double      bare)
{
  printf ("server: %-28s %8.0f per processor second, %.2f of a bare SoupServer\n",
          name,
          rate,
          rate / bare);
}

static void
enrol_devices (ServerFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  server_fixture_join (fixture);
  for (guint lane = 0; lane < LANES; lane++)
    {
      sync_signing_key_generate (&devices[lane]);
      sync_remote_enrol (fixture->remote,
                         &fixture->account,
                         devices[lane].public_key,
                         NULL,
                         &error);
      g_assert_no_error (error);
    }
}

typedef struct
{
  const char *name;
  MakeFunc make;
  guint n_lanes;
  guint divisor;
  ServerFixture fixture;
  pid_t process;
} Case;

static Case cases[] = {
  { .name = "GET health", .make = make_plain, .n_lanes = 1, .divisor = 1 },
  { .name = "GET heads, signed", .make = make_heads, .n_lanes = 1, .divisor = 1 },
  { .name = "PUT batch of 1 kB, durable", .make = make_put, .n_lanes = 1, .divisor = 4 },
  { .name = "PUT, 16 clients at once", .make = make_put, .n_lanes = LANES, .divisor = LANES },
};

/* Each case has a server of its own, so that all begin with empty streams. */
static void
start_case (Case *self)
{
  server_fixture_set_up (&self->fixture, NULL);
  self->fixture.url = start (serve_ours, self->fixture.directory, &self->process);
}

static void
run_case (Case   *self,
          guint   n_requests,
          double  bare)
{
  ServerFixture *fixture = &self->fixture;

  fixture->remote = server_fixture_make_remote (fixture, &fixture->device);
  enrol_devices (fixture);
  report (self->name,
          measure (fixture->url,
                   self->process,
                   fixture,
                   self->make,
                   self->n_lanes,
                   n_requests / self->divisor),
          bare);

  stop (self->process);
  g_clear_object (&fixture->remote);
  g_clear_pointer (&fixture->url, g_free);
  server_fixture_tear_down (fixture, NULL);
}

int
main (int    argc,
      char **argv)
{
  const guint n = argc > 1 ? atoi (argv[1]) : 4000;
  g_autofree char *bare_url = NULL;
  pid_t bare_process;
  double bare;

  /* All of them before the first client, for that brings threads, and a fork loses those. */
  bare_url = start (serve_bare, NULL, &bare_process);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    start_case (&cases[i]);

  bare = measure (bare_url, bare_process, NULL, make_plain, 1, n);
  report ("bare SoupServer, static body", bare, bare);
  stop (bare_process);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    run_case (&cases[i], n, bare);

  return EXIT_SUCCESS;
}
