/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-proxy.h"
#include "server-fixture.h"

#include <string.h>

#define SMALL 300

typedef struct
{
  ServerFixture server;
  FaultProxy *proxy;
  SyncRemote *remote;
} Fixture;

static void
set_up (Fixture    *fixture,
        const void *data)
{
  g_autoptr (GError) error = NULL;

  server_fixture_set_up (&fixture->server, data);
  server_fixture_start (&fixture->server);
  server_fixture_join (&fixture->server);
  server_fixture_stop (&fixture->server);

  fixture->proxy = fault_proxy_new ();
  fixture->server.origin = fault_proxy_get_url (fixture->proxy);
  server_fixture_start (&fixture->server);
  fault_proxy_set_upstream (fixture->proxy, fixture->server.url);
  fixture->remote = SYNC_REMOTE (sync_endpoint_remote_new (fault_proxy_get_url (fixture->proxy),
                                                           fixture->server.account_id,
                                                           &fixture->server.device,
                                                           &error));
  g_assert_no_error (error);
}

static void
tear_down (Fixture    *fixture,
           const void *data)
{
  g_clear_object (&fixture->remote);
  fault_proxy_free (fixture->proxy);
  server_fixture_tear_down (&fixture->server, data);
}

static gboolean
put (Fixture       *fixture,
     guint64        number,
     SyncPutReply  *reply,
     GError       **error)
{
  g_autoptr (GBytes) batch = server_fixture_make_batch (&fixture->server,
                                                        &fixture->server.device,
                                                        number,
                                                        number,
                                                        "a",
                                                        SMALL);

  return sync_remote_put_batch (fixture->remote, batch, reply, NULL, error);
}

/* Whatever happens to a put, it can be repeated, and then the batch is there once. */
static void
test_any_fault_of_a_put_can_be_repeated (Fixture    *fixture,
                                         const void *data)
{
  for (guint kind = FAULT_NONE; kind < FAULT_KINDS; kind++)
    {
      g_autoptr (GError) error = NULL;
      SyncPutReply reply;
      gboolean is_answered;

      g_test_message ("%s", fault_kind_get_name (kind));
      fault_proxy_set_fault (fixture->proxy, kind, 1);
      is_answered = put (fixture, kind + 1, &reply, &error);
      if (kind == FAULT_NONE || kind == FAULT_REPEAT)
        g_assert_true (is_answered);
      else
        g_assert_error (error, SYNC_ERROR, SYNC_ERROR_UNREACHABLE);
      g_assert_cmpuint (fault_proxy_get_count (fixture->proxy), ==, 1);

      g_clear_error (&error);
      put (fixture, kind + 1, &reply, &error);
      g_assert_no_error (error);
      g_assert_true (reply.status == SYNC_PUT_TAKEN || reply.status == SYNC_PUT_SAME);
      g_assert_cmpuint (server_fixture_get_end (fixture->remote, &fixture->server.device),
                        ==,
                        kind + 1);
    }
}

static void
test_cut_page_is_no_page (Fixture    *fixture,
                          const void *data)
{
  g_auto (SyncRemotePage) page = { 0 };
  g_autoptr (GError) error = NULL;
  SyncPutReply reply;

  sync_remote_page_init (&page);
  g_assert_true (put (fixture, 1, &reply, &error));
  g_assert_true (put (fixture, 2, &reply, &error));
  for (guint kind = FAULT_LOSE_REQUEST; kind < FAULT_KINDS; kind++)
    {
      fault_proxy_set_fault (fixture->proxy, kind, 1);
      g_test_message ("%s", fault_kind_get_name (kind));
      if (kind == FAULT_REPEAT)
        continue;

      g_assert_false (sync_remote_get_arrivals (fixture->remote, 0, 1 << 20, 0, &page, NULL, &error));
      g_assert_error (error, SYNC_ERROR, SYNC_ERROR_UNREACHABLE);
      g_clear_error (&error);
    }

  g_assert_true (sync_remote_get_arrivals (fixture->remote, 0, 1 << 20, 0, &page, NULL, &error));
  g_assert_cmpuint (page.batches->len, ==, 2);
}

static void
test_server_that_is_away_is_unreachable (Fixture    *fixture,
                                         const void *data)
{
  SyncRemoteGreeting greeting;
  g_autoptr (GError) error = NULL;
  g_autofree char *url = g_strdup (fixture->server.url);
  g_autoptr (SyncEndpointRemote) remote = NULL;

  server_fixture_stop (&fixture->server);
  remote = sync_endpoint_remote_new (url,
                                     fixture->server.account_id,
                                     &fixture->server.device,
                                     &error);
  g_assert_no_error (error);
  g_assert_false (sync_remote_hello (SYNC_REMOTE (remote), &greeting, NULL, &error));
  g_assert_error (error, SYNC_ERROR, SYNC_ERROR_UNREACHABLE);
}

static void
test_greeting_tells_limits_and_time (Fixture    *fixture,
                                     const void *data)
{
  SyncRemoteGreeting greeting;
  g_autoptr (GError) error = NULL;

  g_assert_true (sync_remote_hello (fixture->remote, &greeting, NULL, &error));
  g_assert_cmpuint (greeting.max_batch_size, ==, SYNC_BATCH_MAX_SIZE);
  g_assert_cmpuint (greeting.abilities & SYNC_REMOTE_CAN_WAIT, !=, 0);
  g_assert_cmpint (ABS (greeting.server_time - g_get_real_time () / 1000), <, 60 * 1000);
  g_assert_cmpint (ABS (sync_endpoint_remote_get_skew (SYNC_ENDPOINT_REMOTE (fixture->remote))),
                   <,
                   60 * 1000);
}

static gpointer
cancel_later (gpointer data)
{
  g_usleep (200 * 1000);
  g_cancellable_cancel (data);
  return NULL;
}

static void
test_waiting_can_be_stopped (Fixture    *fixture,
                             const void *data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (SyncRemotePage) page = { 0 };
  g_autoptr (GError) error = NULL;
  GThread *thread = g_thread_new ("cancel", cancel_later, cancellable);

  sync_remote_page_init (&page);
  g_assert_false (sync_remote_get_arrivals (fixture->server.remote,
                                            0,
                                            1 << 20,
                                            40,
                                            &page,
                                            cancellable,
                                            &error));
  g_assert_error (error, SYNC_ERROR, SYNC_ERROR_CANCELLED);
  g_thread_join (thread);
}

static gpointer
greet_on_thread (gpointer data)
{
  SyncRemoteGreeting greeting;
  g_autoptr (GError) error = NULL;

  sync_remote_hello (data, &greeting, NULL, &error);
  g_assert_no_error (error);
  return NULL;
}

/* A remote is made on one thread and used on others, one at a time. */
static void
test_any_thread_may_ask (Fixture    *fixture,
                         const void *data)
{
  for (guint i = 0; i < 3; i++)
    g_thread_join (g_thread_new ("asker", greet_on_thread, fixture->remote));
  greet_on_thread (fixture->remote);
}

static void
test_addresses_are_checked (void)
{
  static const char *const bad[] = {
    "", "sync.example.org", "ftp://x", "http://", "http:///x", "http://x/path", "http://x?y",
    "http://user@x", "http://x:99999",
  };
  static const char *const good[] = {
    "http://127.0.0.1:8743", "https://sync.example.org/", "http://[::1]:80", "HTTPS://Sync.Example.org",
  };
  guint8 account[SYNC_ACCOUNT_ID_SIZE] = { 0 };
  SyncSigningKey device;

  sync_signing_key_generate (&device);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", bad[i]);
      g_assert_null (sync_endpoint_remote_new (bad[i], account, &device, &error));
      g_assert_error (error, SYNC_ERROR, SYNC_ERROR_INVALID);
    }
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SyncEndpointRemote) remote = NULL;

      remote = sync_endpoint_remote_new (good[i], account, &device, &error);
      g_assert_no_error (error);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                         \
  g_test_add ("/endpoint-remote/" name, Fixture, NULL, set_up, function, tear_down)

  ADD ("any-fault-of-a-put-can-be-repeated", test_any_fault_of_a_put_can_be_repeated);
  ADD ("cut-page-is-no-page", test_cut_page_is_no_page);
  ADD ("server-that-is-away-is-unreachable", test_server_that_is_away_is_unreachable);
  ADD ("greeting-tells-limits-and-time", test_greeting_tells_limits_and_time);
  ADD ("waiting-can-be-stopped", test_waiting_can_be_stopped);
  ADD ("any-thread-may-ask", test_any_thread_may_ask);
  g_test_add_func ("/endpoint-remote/addresses-are-checked", test_addresses_are_checked);

  return g_test_run ();
}
