/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server-fixture.h"

#include <string.h>

#include "sync-server-invite.h"

static void
set_up_open (ServerFixture *fixture,
             const void    *data)
{
  server_fixture_set_up (fixture, data);
  fixture->limits.max_devices = 3;
  server_fixture_start (fixture);
}

/* As behind a proxy: the server has a name of its own. */
static void
set_up_closed (ServerFixture *fixture,
               const void    *data)
{
  server_fixture_set_up (fixture, data);
  fixture->origin = "https://sync.example.org";
  server_fixture_start (fixture);
}

static void
set_up_everywhere (ServerFixture *fixture,
                   const void    *data)
{
  server_fixture_set_up (fixture, data);
  fixture->address = data;
  server_fixture_start (fixture);
}

/* Reaches a server that listens on all addresses by one of this machine's. */
static void
turn_to (ServerFixture *fixture,
         const char    *host)
{
  g_autofree char *port = g_strdup (strrchr (fixture->url, ':'));

  g_free (fixture->url);
  fixture->url = g_strconcat ("http://", host, port, NULL);
  g_clear_object (&fixture->remote);
  fixture->remote = server_fixture_make_remote (fixture, &fixture->device);
}

static void
test_unknown_account_is_told (ServerFixture *fixture,
                              const void    *data)
{
  g_auto (SyncRemoteHeads) heads = { 0 };
  g_autoptr (GError) error = NULL;

  sync_remote_heads_init (&heads);
  g_assert_false (sync_remote_get_heads (fixture->remote, &heads, NULL, &error));
  g_assert_error (error, SYNC_ERROR, SYNC_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_false (sync_remote_enrol (fixture->remote,
                                     &fixture->account,
                                     fixture->device.public_key,
                                     NULL,
                                     &error));
  g_assert_error (error, SYNC_ERROR, SYNC_ERROR_NOT_FOUND);
}

static void
test_registering_twice_is_the_same (ServerFixture *fixture,
                                    const void    *data)
{
  SyncRemoteGreeting greeting;
  g_autoptr (GError) error = NULL;

  sync_remote_hello (fixture->remote, &greeting, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (greeting.registration_open);
  server_fixture_join (fixture);
  server_fixture_join (fixture);
  g_assert_cmpuint (server_fixture_get_end (fixture->remote, &fixture->device), ==, 0);
}

static void
test_only_the_account_enrols (ServerFixture *fixture,
                              const void    *data)
{
  SyncSigningKey stranger;
  g_autofree char *hex = NULL;
  g_autofree char *json = NULL;
  g_autofree char *rest = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GBytes) body = NULL;
  guint8 stream[SYNC_STREAM_ID_SIZE];
  SyncSignedRequest request = { .method = "PUT", .type = "application/json" };
  SyncProblem problem;

  server_fixture_join (fixture);
  sync_signing_key_generate (&stranger);
  sync_stream_id_from_public_key (stream, stranger.public_key);
  hex = sync_identity_to_hex (stranger.public_key, SYNC_PUBLIC_KEY_SIZE);
  json = g_strdup_printf ("{\"key\": \"%s\"}", hex);
  request.body = body = g_bytes_new (json, strlen (json));
  g_free (hex);
  hex = sync_identity_to_hex (stream, sizeof stream);
  rest = g_strdup_printf ("/devices/%s", hex);
  request.path = path = server_fixture_dup_path (fixture, rest);

  g_assert_cmpuint (server_fixture_ask (fixture, &stranger, &request, &problem), ==, 401);
  g_assert_cmpint (problem, ==, SYNC_PROBLEM_DEVICE_UNKNOWN);
  g_assert_cmpuint (server_fixture_ask (fixture, &fixture->device, &request, &problem), ==, 403);
  g_assert_cmpint (problem, ==, SYNC_PROBLEM_ACCOUNT_KEY_NEEDED);

  request.account = &stranger;
  g_assert_cmpuint (server_fixture_ask (fixture, &stranger, &request, &problem), ==, 401);
  g_assert_cmpint (problem, ==, SYNC_PROBLEM_SIGNATURE_WRONG);
}

static void
test_stream_of_another_key_is_refused (ServerFixture *fixture,
                                       const void    *data)
{
  g_autofree char *hex = sync_identity_to_hex (fixture->device.public_key, SYNC_PUBLIC_KEY_SIZE);
  g_autofree char *json = g_strdup_printf ("{\"key\": \"%s\"}", hex);
  g_autofree char *path = server_fixture_dup_path (fixture, "/devices/0123456789abcdef");
  g_autoptr (GBytes) body = g_bytes_new (json, strlen (json));
  SyncSignedRequest request = {
    .method = "PUT", .path = path, .body = body, .account = &fixture->account,
    .type = "application/json",
  };
  SyncProblem problem;

  server_fixture_join (fixture);
  g_assert_cmpuint (server_fixture_ask (fixture, &fixture->device, &request, &problem), ==, 400);
  g_assert_cmpint (problem, ==, SYNC_PROBLEM_BAD_REQUEST);
}

static void
test_devices_are_bounded (ServerFixture *fixture,
                          const void    *data)
{
  g_autoptr (GError) error = NULL;
  gboolean taken = TRUE;
  guint devices = 1;

  server_fixture_join (fixture);
  while (taken && devices < 10)
    {
      SyncSigningKey other;

      sync_signing_key_generate (&other);
      taken = sync_remote_enrol (fixture->remote,
                                 &fixture->account,
                                 other.public_key,
                                 NULL,
                                 &error);
      devices += taken;
    }

  g_assert_error (error, SYNC_ERROR, SYNC_ERROR_QUOTA);
  g_assert_cmpuint (devices, ==, 3);
}

static void
test_bad_json_is_refused (ServerFixture *fixture,
                          const void    *data)
{
  static const char *const tricks[] = {
    "",
    "x",
    "[]",
    "{}",
    "{\"key\": 7}",
    "{\"key\": \"00\"}",
    "{\"key\": null}",
    "{\"key\": {\"key\": {\"key\": [[[[[[[[]]]]]]]]}}}",
    "{\"key\": \"\xff\xfe\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (tricks); i++)
    {
      g_autoptr (GBytes) body = g_bytes_new_static (tricks[i], strlen (tricks[i]));
      SyncSignedRequest request = {
        .method = "POST", .path = "/v1/accounts", .body = body, .account = &fixture->account,
        .type = "application/json",
      };
      g_autofree char *printable = g_strescape (tricks[i], NULL);
      SyncProblem problem;

      g_test_message ("%s", printable);
      g_assert_cmpuint (server_fixture_ask (fixture, &fixture->device, &request, &problem), ==, 400);
      g_assert_cmpint (problem, ==, SYNC_PROBLEM_BAD_JSON);
    }
}

static gboolean
try_to_register (ServerFixture *fixture,
                 const char    *invite)
{
  SyncSigningKey account;
  g_autoptr (GError) error = NULL;

  sync_signing_key_generate (&account);
  if (sync_remote_create_account (fixture->remote, &account, invite, NULL, &error))
    return TRUE;

  g_assert_error (error, SYNC_ERROR, SYNC_ERROR_CLOSED);
  return FALSE;
}

static char *
make_invite (ServerFixture *fixture,
             guint          days)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyncServerDatabase) database = NULL;
  char *code;

  database = sync_server_database_open (fixture->directory, TRUE, &error);
  g_assert_no_error (error);
  code = sync_server_invite_make (database, days, &error);
  g_assert_no_error (error);
  return code;
}

static void
test_registration_needs_an_invite (ServerFixture *fixture,
                                   const void    *data)
{
  SyncRemoteGreeting greeting;
  g_autofree char *code = make_invite (fixture, 1);
  g_autofree char *late = make_invite (fixture, 0);
  g_autoptr (GString) sloppy = g_string_new (NULL);

  sync_remote_hello (fixture->remote, &greeting, NULL, NULL);
  g_assert_false (greeting.registration_open);
  g_assert_false (try_to_register (fixture, NULL));
  g_assert_false (try_to_register (fixture, ""));
  g_assert_false (try_to_register (fixture, "0000-0000-0000-0000"));
  g_assert_false (try_to_register (fixture, late));

  for (const char *c = code; *c != '\0'; c++)
    if (*c != '-')
      g_string_append_printf (sloppy, "%c ", g_ascii_tolower (*c));
  g_assert_true (try_to_register (fixture, sloppy->str));
  g_assert_false (try_to_register (fixture, code));
}

static void
test_lost_answer_spends_no_second_invite (ServerFixture *fixture,
                                          const void    *data)
{
  g_autofree char *code = make_invite (fixture, 1);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2; i++)
    {
      sync_remote_create_account (fixture->remote, &fixture->account, code, NULL, &error);
      g_assert_no_error (error);
    }
  g_assert_false (try_to_register (fixture, code));
}

/* Bound to all addresses it is closed even to this machine, and known by any of them. */
static void
test_registration_is_closed_off_loopback (ServerFixture *fixture,
                                          const void    *data)
{
  static const char *const hosts[] = { "127.0.0.1", "localhost" };

  for (guint i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      g_autofree char *code = make_invite (fixture, 1);

      turn_to (fixture, hosts[i]);
      g_assert_false (try_to_register (fixture, NULL));
      g_assert_true (try_to_register (fixture, code));
    }
}

static void
test_forwarded_registration_is_closed (ServerFixture *fixture,
                                       const void    *data)
{
  g_autofree char *answer = server_fixture_talk (fixture,
                                                 "GET /v1 HTTP/1.1\r\n"
                                                 "Host: 127.0.0.1\r\n"
                                                 "X-Forwarded-For: 203.0.113.7\r\n"
                                                 "Connection: close\r\n\r\n",
                                                 10);

  g_assert_nonnull (strstr (answer, "\"registration\":\"invited\""));
}

static gboolean
has_ipv6 (void)
{
  g_autoptr (GInetAddress) any = g_inet_address_new_any (G_SOCKET_FAMILY_IPV6);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (any, 0);
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV6,
                                             G_SOCKET_TYPE_STREAM,
                                             G_SOCKET_PROTOCOL_TCP,
                                             NULL);

  return socket != NULL && g_socket_bind (socket, address, TRUE, NULL);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, set_up_function, function)                                                        \
  g_test_add ("/server/account/" name, ServerFixture, NULL, set_up_function, function,              \
              server_fixture_tear_down)

  ADD ("unknown-account-is-told", set_up_open, test_unknown_account_is_told);
  ADD ("registering-twice-is-the-same", set_up_open, test_registering_twice_is_the_same);
  ADD ("only-the-account-enrols", set_up_open, test_only_the_account_enrols);
  ADD ("stream-of-another-key-is-refused", set_up_open, test_stream_of_another_key_is_refused);
  ADD ("devices-are-bounded", set_up_open, test_devices_are_bounded);
  ADD ("bad-json-is-refused", set_up_open, test_bad_json_is_refused);
  ADD ("registration-needs-an-invite", set_up_closed, test_registration_needs_an_invite);
  ADD ("lost-answer-spends-no-second-invite", set_up_closed,
       test_lost_answer_spends_no_second_invite);
  g_test_add ("/server/account/registration-is-closed-off-loopback", ServerFixture, "0.0.0.0",
              set_up_everywhere, test_registration_is_closed_off_loopback,
              server_fixture_tear_down);
  if (has_ipv6 ())
    g_test_add ("/server/account/registration-is-closed-off-loopback-of-ipv6", ServerFixture, "::",
                set_up_everywhere, test_registration_is_closed_off_loopback,
                server_fixture_tear_down);
  ADD ("forwarded-registration-is-closed", set_up_open, test_forwarded_registration_is_closed);

  return g_test_run ();
}
