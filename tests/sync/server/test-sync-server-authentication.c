/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server-fixture.h"

#include <string.h>

#include "sync-request-signature.h"

#define MINUTE_MS (60 * 1000)

/* A request in which each part that is signed can be told apart from the part that is sent. */
typedef struct
{
  const char *signed_origin;
  const char *signed_method;
  const char *signed_path;
  const char *signed_query;
  const char *signed_body;
  gint64 time_off;
  const char *host;
  const char *query;
  const char *body;
} Trick;

static void
set_up (ServerFixture *fixture,
        const void    *data)
{
  server_fixture_set_up (fixture, data);
  server_fixture_start (fixture);
  server_fixture_join (fixture);
}

static char *
sign (ServerFixture *fixture,
      const Trick   *trick,
      const char    *path)
{
  SyncRequest request = {
    .method = trick->signed_method != NULL ? trick->signed_method : "POST",
    .origin = trick->signed_origin != NULL ? trick->signed_origin : fixture->url,
    .path = trick->signed_path != NULL ? trick->signed_path : path,
    .query = trick->signed_query != NULL ? trick->signed_query : trick->query,
  };
  const char *body = trick->signed_body != NULL ? trick->signed_body : trick->body;
  SyncRequestSignature signature = { .time = g_get_real_time () / 1000 + trick->time_off };

  sync_stream_id_from_public_key (signature.stream, fixture->device.public_key);
  sync_request_hash_body (&request, body, strlen (body));
  sync_request_sign (&request, &fixture->device, &signature);
  return sync_request_signature_format (&signature);
}

/* Appends to the roster by hand and returns the first line and the problem of the answer. */
static char *
send_trick (ServerFixture *fixture,
            const Trick   *trick)
{
  g_autofree char *path = server_fixture_dup_path (fixture, "/roster");
  g_autofree char *signature = sign (fixture, trick, path);
  g_autofree char *text = g_strdup_printf ("POST %s?%s HTTP/1.1\r\n"
                                           "Host: %s\r\n"
                                           "Authorization: %s\r\n"
                                           "Content-Length: %u\r\n"
                                           "Connection: close\r\n\r\n%s",
                                           path,
                                           trick->query,
                                           trick->host != NULL ? trick->host
                                                               : fixture->url + strlen ("http://"),
                                           signature,
                                           (guint) strlen (trick->body),
                                           trick->body);

  return server_fixture_talk (fixture, text, 10);
}

static void
test_only_what_is_signed_is_done (ServerFixture *fixture,
                                  const void    *data)
{
  static const struct
  {
    Trick trick;
    const char *type;
  } tricks[] = {
    { { .signed_origin = "http://127.0.0.1:1" }, "signature-wrong" },
    { { .signed_method = "PUT" }, "signature-wrong" },
    { { .signed_path = "/v1/0/roster" }, "signature-wrong" },
    { { .signed_query = "expected=1" }, "signature-wrong" },
    { { .signed_query = "" }, "signature-wrong" },
    { { .signed_body = "entries" }, "signature-wrong" },
    { { .signed_body = "" }, "signature-wrong" },
    { { .host = "sync.example.org" }, "origin-unknown" },
    { { .signed_origin = "http://sync.example.org", .host = "sync.example.org" }, "origin-unknown" },
    { { .time_off = 6 * MINUTE_MS }, "time-stale" },
    { { .time_off = -6 * MINUTE_MS }, "time-stale" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (tricks); i++)
    {
      Trick trick = tricks[i].trick;
      g_autofree char *type = g_strdup_printf ("\"urn:clientele:problem:%s\"", tricks[i].type);
      g_autofree char *answer = NULL;

      trick.query = "expected=0";
      trick.body = "entry";
      answer = send_trick (fixture, &trick);
      g_test_message ("%u %s", i, answer);
      g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 401 "));
      g_assert_nonnull (strstr (answer, type));
    }
}

static void
test_signed_request_is_done_and_replay_is_harmless (ServerFixture *fixture,
                                                    const void    *data)
{
  Trick trick = { .query = "expected=0", .body = "entry", .time_off = 4 * MINUTE_MS };
  g_autofree char *done = send_trick (fixture, &trick);
  g_autofree char *again = send_trick (fixture, &trick);

  g_assert_true (g_str_has_prefix (done, "HTTP/1.1 201 "));
  g_assert_true (g_str_has_prefix (again, "HTTP/1.1 200 "));
  g_assert_nonnull (strstr (again, "Clientele-Version: 1\r\n"));
}

static void
test_localhost_is_a_name_for_it (ServerFixture *fixture,
                                 const void    *data)
{
  const char *port = strrchr (fixture->url, ':');
  g_autofree char *origin = g_strconcat ("http://localhost", port, NULL);
  g_autofree char *host = g_strconcat ("LocalHost", port, NULL);
  Trick trick = {
    .query = "expected=0", .body = "entry", .signed_origin = origin, .host = host,
  };
  g_autofree char *answer = send_trick (fixture, &trick);

  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 201 "));
}

static void
test_unsigned_request_is_refused (ServerFixture *fixture,
                                  const void    *data)
{
  g_autofree char *path = server_fixture_dup_path (fixture, "/heads");
  g_autofree char *text = g_strdup_printf ("GET %s HTTP/1.1\r\nHost: x\r\n"
                                           "Authorization: Basic eDp5\r\n"
                                           "Connection: close\r\n\r\n",
                                           path);
  g_autofree char *answer = server_fixture_talk (fixture, text, 10);

  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 401 "));
  g_assert_nonnull (strstr (answer, "WWW-Authenticate: Clientele-Ed25519"));
  g_assert_nonnull (strstr (answer, "application/problem+json"));
}

static void
test_wrong_clock_blocks_nobody (ServerFixture *fixture,
                                const void    *data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyncSignedSession) session = sync_signed_session_new (fixture->url,
                                                                   &fixture->device,
                                                                   &error);
  g_autofree char *path = server_fixture_dup_path (fixture, "/heads");
  SyncSignedRequest request = { .method = "GET", .path = path };
  g_auto (SyncSignedReply) reply = { 0 };

  g_assert_no_error (error);
  sync_signed_session_set_time (session, 1000);
  g_assert_cmpint (sync_signed_session_get_skew (session), <, -MINUTE_MS);
  sync_signed_session_send (session, &request, &reply, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (reply.status, ==, 200);
  g_assert_cmpint (ABS (sync_signed_session_get_skew (session)), <, MINUTE_MS);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                         \
  g_test_add ("/server/authentication/" name, ServerFixture, NULL, set_up, function,                \
              server_fixture_tear_down)

  ADD ("only-what-is-signed-is-done", test_only_what_is_signed_is_done);
  ADD ("replay-is-harmless", test_signed_request_is_done_and_replay_is_harmless);
  ADD ("localhost-is-a-name-for-it", test_localhost_is_a_name_for_it);
  ADD ("unsigned-request-is-refused", test_unsigned_request_is_refused);
  ADD ("wrong-clock-blocks-nobody", test_wrong_clock_blocks_nobody);

  return g_test_run ();
}
