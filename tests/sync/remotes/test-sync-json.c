/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-json.h"

#include <string.h>

static JsonObject *
parse (const char *text)
{
  return sync_json_parse (text, strlen (text));
}

static void
test_members_are_read_by_type (void)
{
  g_autoptr (JsonObject) object = parse ("{\"a\": \"x\", \"b\": 7, \"c\": -1, \"d\": 1.5, \"e\": {}}");
  guint64 number;

  g_assert_nonnull (object);
  g_assert_cmpstr (sync_json_get_string (object, "a"), ==, "x");
  g_assert_null (sync_json_get_string (object, "b"));
  g_assert_null (sync_json_get_string (object, "e"));
  g_assert_null (sync_json_get_string (object, "z"));
  g_assert_true (sync_json_get_number (object, "b", &number));
  g_assert_cmpuint (number, ==, 7);
  g_assert_false (sync_json_get_number (object, "a", &number));
  g_assert_false (sync_json_get_number (object, "c", &number));
  g_assert_false (sync_json_get_number (object, "d", &number));
  g_assert_false (sync_json_get_number (object, "z", &number));
}

static void
test_depth_is_bounded_before_parsing (void)
{
  g_autofree char *brackets = g_strnfill (60000, '[');
  g_autofree char *deep = g_strconcat ("{\"a\": ", brackets, NULL);
  g_autoptr (JsonObject) quoted = parse ("{\"a\": \"[[[[[[[[[[[[[[[[\\\"[[[[[[[[\"}");
  g_autoptr (JsonObject) shallow = parse ("{\"a\": [[[[[[[]]]]]]]}");

  g_assert_null (parse (deep));
  g_assert_null (parse ("{\"a\": [[[[[[[[]]]]]]]]}"));
  g_assert_null (parse ("{\"a\": \"\\\\\", \"b\": [[[[[[[[[]]]]]]]]]}"));
  g_assert_nonnull (quoted);
  g_assert_nonnull (shallow);
}

static void
test_size_and_text_are_checked (void)
{
  g_autofree char *filler = g_strnfill (SYNC_JSON_MAX_SIZE, 'x');
  g_autofree char *large = g_strdup_printf ("{\"a\": \"%s\"}", filler);

  g_assert_null (parse (large));
  g_assert_null (parse (""));
  g_assert_null (parse ("{\"a\": \"\xff\"}"));
  g_assert_null (sync_json_parse ("{\"a\": \0 1}", 10));
  g_assert_null (parse ("[]"));
  g_assert_null (parse ("7"));
  g_assert_null (parse ("{\"a\":"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/members-are-read-by-type", test_members_are_read_by_type);
  g_test_add_func ("/json/depth-is-bounded-before-parsing", test_depth_is_bounded_before_parsing);
  g_test_add_func ("/json/size-and-text-are-checked", test_size_and_text_are_checked);
  return g_test_run ();
}
