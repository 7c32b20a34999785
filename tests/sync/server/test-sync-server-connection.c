/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server-fixture.h"

#include <string.h>

#define PATIENCE 20

static void
set_up (ServerFixture *fixture,
        const void    *data)
{
  server_fixture_set_up (fixture, data);
  fixture->limits.idle_seconds = 1;
  fixture->limits.request_seconds = 1;
  fixture->limits.max_connections = 5;
  fixture->limits.max_header_size = 4000;
  server_fixture_start (fixture);
}

/* The server ended the connection of itself, without a word. */
static void
assert_is_cut (ServerFixture *fixture,
               const char    *text)
{
  g_autofree char *answer = server_fixture_talk (fixture, text, PATIENCE);

  g_assert_nonnull (answer);
  g_assert_null (strstr (answer, " 200 "));
}

static void
test_silent_connection_is_closed (ServerFixture *fixture,
                                  const void    *data)
{
  assert_is_cut (fixture, "");
}

static void
test_half_a_header_is_closed (ServerFixture *fixture,
                              const void    *data)
{
  assert_is_cut (fixture, "GET /v1 HTTP/1.1\r\nHost: x\r\nX-Slow:");
}

static void
test_half_a_body_is_closed (ServerFixture *fixture,
                            const void    *data)
{
  assert_is_cut (fixture,
                 "POST /v1/accounts HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{\"key\":");
}

static void
test_connection_is_kept_then_closed (ServerFixture *fixture,
                                     const void    *data)
{
  g_autofree char *answer = server_fixture_talk (fixture,
                                                 "GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n"
                                                 "GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n",
                                                 PATIENCE);
  const char *first;

  g_assert_nonnull (answer);
  first = strstr (answer, "HTTP/1.1 200 OK");
  g_assert_nonnull (first);
  g_assert_nonnull (strstr (first + 1, "HTTP/1.1 200 OK"));
}

/* One byte at a time never makes a request: the deadline is for the whole of it. */
static void
test_slow_drip_is_closed (ServerFixture *fixture,
                          const void    *data)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  GOutputStream *output;
  gint64 start = g_get_monotonic_time ();
  gboolean is_open = TRUE;

  connection = g_socket_client_connect_to_uri (client, fixture->url, 80, NULL, NULL);
  g_assert_nonnull (connection);
  output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  while (is_open && g_get_monotonic_time () - start < PATIENCE * G_USEC_PER_SEC)
    {
      is_open = g_output_stream_write (output, "x", 1, NULL, NULL) == 1;
      g_usleep (50 * 1000);
    }

  g_assert_false (is_open);
}

static void
test_body_without_end_is_cut (ServerFixture *fixture,
                              const void    *data)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autofree char *chunk = g_strnfill (65536, 'x');
  g_autoptr (GString) framed = g_string_new ("10000\r\n");
  GOutputStream *output;
  const char *head = "POST /v1/accounts HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
  gsize sent = 0;

  g_string_append_len (framed, chunk, 65536);
  g_string_append (framed, "\r\n");
  connection = g_socket_client_connect_to_uri (client, fixture->url, 80, NULL, NULL);
  output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  g_output_stream_write_all (output, head, strlen (head), NULL, NULL, NULL);
  while (sent < 64 << 20 &&
         g_output_stream_write_all (output, framed->str, framed->len, NULL, NULL, NULL))
    sent += framed->len;

  g_assert_cmpuint (sent, <, 64 << 20);
}

static void
test_announced_too_much_is_told (ServerFixture *fixture,
                                 const void    *data)
{
  g_autofree char *body = g_strnfill (20000, 'x');
  g_autofree char *text = g_strdup_printf ("POST /v1/accounts HTTP/1.1\r\nHost: x\r\n"
                                           "Connection: close\r\n"
                                           "Content-Length: 20000\r\n\r\n%s",
                                           body);
  g_autofree char *answer = server_fixture_talk (fixture, text, PATIENCE);

  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 413 "));
  g_assert_nonnull (strstr (answer, "\"limit\":"));
}

static void
test_large_header_is_refused (ServerFixture *fixture,
                              const void    *data)
{
  g_autofree char *value = g_strnfill (5000, 'x');
  g_autofree char *text = g_strdup_printf ("GET /v1 HTTP/1.1\r\nHost: x\r\nX-Large: %s\r\n"
                                           "Connection: close\r\n\r\n",
                                           value);
  g_autofree char *answer = server_fixture_talk (fixture, text, PATIENCE);

  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 400 "));
}

static void
test_request_framed_twice_is_refused (ServerFixture *fixture,
                                      const void    *data)
{
  g_autofree char *answer = server_fixture_talk (fixture,
                                                 "POST /v1/accounts HTTP/1.1\r\nHost: x\r\n"
                                                 "Content-Length: 5\r\n"
                                                 "Transfer-Encoding: chunked\r\n"
                                                 "Connection: close\r\n\r\n0\r\n\r\n",
                                                 PATIENCE);

  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 400 "));
}

static void
test_paths_are_not_decoded (ServerFixture *fixture,
                               const void    *data)
{
  static const char *const tricks[] = {
    "/v1//health",       "/v1/health/",        "/v1/health%2e2", "/v1%2fhealth",
    "/v1/health%00.txt", "/%2e%2e/etc/passwd", "/v1/..%2fv1", "/v1/health/../../../etc/passwd",
  };

  for (guint i = 0; i < G_N_ELEMENTS (tricks); i++)
    {
      g_autofree char *text = g_strdup_printf ("GET %s HTTP/1.1\r\nHost: x\r\n"
                                               "Connection: close\r\n\r\n",
                                               tricks[i]);
      g_autofree char *answer = server_fixture_talk (fixture, text, PATIENCE);

      g_test_message ("%s", tricks[i]);
      g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 40"));
    }
}

static void
test_garbage_harms_nobody (ServerFixture *fixture,
                           const void    *data)
{
  static const char *const garbage[] = {
    "\r\n\r\n",
    "\x16\x03\x01\x02",
    "GET\r\n\r\n",
    "GET /v1 HTTP/9.9\r\n\r\n",
    "OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "CONNECT x:1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "GET http://[::1 HTTP/1.1\r\nHost: x\r\n\r\n",
    "PUT /v1 HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\nConnection: close\r\n\r\n",
    "PUT /v1 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: what\r\n\r\n",
  };
  SyncRemoteGreeting greeting;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (garbage); i++)
    assert_is_cut (fixture, garbage[i]);

  sync_remote_hello (fixture->remote, &greeting, NULL, &error);
  g_assert_no_error (error);
}

static gpointer
sit (gpointer data)
{
  g_autofree char *answer = server_fixture_talk (data, "", PATIENCE);

  g_assert_nonnull (answer);
  return NULL;
}

/* Those over the limit are turned away at once; when the idle ones are gone there is room again. */
static void
test_connections_are_bounded (ServerFixture *fixture,
                              const void    *data)
{
  GThread *threads[20];
  SyncRemoteGreeting greeting;
  gboolean is_served = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("sitter", sit, fixture);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);

  for (guint i = 0; i < 100 && !is_served; i++)
    {
      is_served = sync_remote_hello (fixture->remote, &greeting, NULL, NULL);
      g_usleep (20 * 1000);
    }
  g_assert_true (is_served);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                         \
  g_test_add ("/server/connection/" name, ServerFixture, NULL, set_up, function,                    \
              server_fixture_tear_down)

  ADD ("silent-connection-is-closed", test_silent_connection_is_closed);
  ADD ("half-a-header-is-closed", test_half_a_header_is_closed);
  ADD ("half-a-body-is-closed", test_half_a_body_is_closed);
  ADD ("connection-is-kept-then-closed", test_connection_is_kept_then_closed);
  ADD ("slow-drip-is-closed", test_slow_drip_is_closed);
  ADD ("body-without-end-is-cut", test_body_without_end_is_cut);
  ADD ("announced-too-much-is-told", test_announced_too_much_is_told);
  ADD ("large-header-is-refused", test_large_header_is_refused);
  ADD ("request-framed-twice-is-refused", test_request_framed_twice_is_refused);
  ADD ("paths-are-not-decoded", test_paths_are_not_decoded);
  ADD ("garbage-harms-nobody", test_garbage_harms_nobody);
  ADD ("connections-are-bounded", test_connections_are_bounded);

  return g_test_run ();
}
