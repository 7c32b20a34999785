/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-server-path.h"

#define ACCOUNT "00112233445566778899aabbccddeeff"
#define STREAM "0123456789abcdef"

static void
test_known_paths (void)
{
  static const struct
  {
    const char *text;
    SyncServerRoute route;
  } known[] = {
    { "/v1", SYNC_SERVER_ROUTE_GREETING },
    { "/v1/health", SYNC_SERVER_ROUTE_HEALTH },
    { "/v1/accounts", SYNC_SERVER_ROUTE_ACCOUNTS },
    { "/v1/" ACCOUNT "/heads", SYNC_SERVER_ROUTE_HEADS },
    { "/v1/" ACCOUNT "/log", SYNC_SERVER_ROUTE_LOG },
    { "/v1/" ACCOUNT "/roster", SYNC_SERVER_ROUTE_ROSTER },
    { "/v1/" ACCOUNT "/devices/" STREAM, SYNC_SERVER_ROUTE_DEVICE },
    { "/v1/" ACCOUNT "/state/" STREAM, SYNC_SERVER_ROUTE_STATE },
    { "/v1/" ACCOUNT "/streams/" STREAM, SYNC_SERVER_ROUTE_STREAM },
    { "/v1/" ACCOUNT "/streams/" STREAM "/1-999999999999999", SYNC_SERVER_ROUTE_BATCH },
  };
  SyncServerPath path;

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_assert_true (sync_server_path_parse (known[i].text, &path));
      g_assert_cmpint (path.route, ==, known[i].route);
    }

  g_assert_cmpuint (path.account[15], ==, 0xff);
  g_assert_cmpuint (path.stream[0], ==, 0x01);
  g_assert_cmpuint (path.first, ==, 1);
  g_assert_cmpuint (path.last, ==, G_GUINT64_CONSTANT (999999999999999));
}

static void
test_path_tricks_are_not_found (void)
{
  static const char *const tricks[] = {
    "",
    "/",
    "v1",
    "//v1",
    "/v1/",
    "/v2",
    "/V1",
    "/v1//health",
    "/v1/health/",
    "/v1/../v1/health",
    "/v1/./health",
    "/v1/%68ealth",
    "/v1/health%00",
    "/v1/health?x",
    "/v1/..%2f..%2fetc/passwd",
    "/v1/" ACCOUNT,
    "/v1/" ACCOUNT "/",
    "/v1/" ACCOUNT "0/heads",
    "/v1/00112233445566778899aabbccddeef/heads",
    "/v1/00112233445566778899AABBCCDDEEFF/heads",
    "/v1/0011223344556677 899aabbccddeeff/heads",
    "/v1/" ACCOUNT "/heads/x",
    "/v1/" ACCOUNT "/streams",
    "/v1/" ACCOUNT "/streams/" STREAM "/",
    "/v1/" ACCOUNT "/streams/" STREAM "/1",
    "/v1/" ACCOUNT "/streams/" STREAM "/0-1",
    "/v1/" ACCOUNT "/streams/" STREAM "/1-2-3",
    "/v1/" ACCOUNT "/streams/" STREAM "/-1-2",
    "/v1/" ACCOUNT "/streams/" STREAM "/+1-2",
    "/v1/" ACCOUNT "/streams/" STREAM "/1-02",
    "/v1/" ACCOUNT "/streams/" STREAM "/2-1",
    "/v1/" ACCOUNT "/streams/" STREAM "/1-1000000000000000",
    "/v1/" ACCOUNT "/streams/" STREAM "/1-99999999999999999999999999",
    "/v1/" ACCOUNT "/streams/" STREAM "/1-2/3",
    "/v1/" ACCOUNT "/devices/0123456789abcdeg",
  };
  SyncServerPath path;

  for (guint i = 0; i < G_N_ELEMENTS (tricks); i++)
    {
      g_test_message ("%s", tricks[i]);
      g_assert_false (sync_server_path_parse (tricks[i], &path));
    }
}

static void
test_queries_are_taken_to_the_letter (void)
{
  static const char *const names[] = { "after", "max", NULL };
  static const char *const tricks[] = {
    "after",      "after=",           "after=-1", "after=1&after=2", "after=1&", "&after=1",
    "after=1&x=1", "afterwards=1",    "after=01", "after=0x1",       "after= 1", "after=%31",
    "after=1;max=2", "after=1000000000000000",
  };
  guint64 values[] = { 7, 8 };

  g_assert_true (sync_server_query_parse (NULL, names, values));
  g_assert_true (sync_server_query_parse ("", names, values));
  g_assert_true (sync_server_query_parse ("max=3", names, values));
  g_assert_cmpuint (values[0], ==, 7);
  g_assert_cmpuint (values[1], ==, 3);
  g_assert_true (sync_server_query_parse ("max=0&after=999999999999999", names, values));
  g_assert_cmpuint (values[0], ==, G_GUINT64_CONSTANT (999999999999999));

  for (guint i = 0; i < G_N_ELEMENTS (tricks); i++)
    {
      g_test_message ("%s", tricks[i]);
      g_assert_false (sync_server_query_parse (tricks[i], names, values));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/path/known-paths", test_known_paths);
  g_test_add_func ("/server/path/path-tricks-are-not-found", test_path_tricks_are_not_found);
  g_test_add_func ("/server/path/queries-are-taken-to-the-letter",
                   test_queries_are_taken_to_the_letter);
  return g_test_run ();
}
