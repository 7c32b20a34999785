/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>

#include "store-list-diff.h"

static GArray *
make_list (const char *text)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (; *text; text++)
    {
      gint64 n = *text;

      g_array_append_val (list, n);
    }
  return list;
}

/* @expected: position-removed+added, separated by spaces */
static void
assert_edits (const char *before,
              const char *after,
              const char *moved,
              guint       most,
              const char *expected)
{
  g_autoptr (GArray) a = make_list (before);
  g_autoptr (GArray) b = make_list (after);
  g_autoptr (GArray) m = make_list (moved);
  g_autoptr (GArray) edits = store_list_diff (a, b, m, most);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < edits->len; i++)
    {
      StoreListEdit *edit = &g_array_index (edits, StoreListEdit, i);

      g_string_append_printf (text, "%s%u-%u+%u", i > 0 ? " " : "", edit->position, edit->removed,
                              edit->added);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_nothing_changed (void)
{
  assert_edits ("", "", "", 9, "");
  assert_edits ("abc", "abc", "abc", 9, "");
}

static void
test_came_and_went (void)
{
  assert_edits ("", "abc", "", 9, "0-0+3");
  assert_edits ("abc", "", "", 9, "0-3+0");
  assert_edits ("abcd", "abXcd", "", 9, "2-0+1");
  assert_edits ("abcdef", "acdXf", "", 9, "1-1+0 3-1+1");
}

static void
test_one_moved (void)
{
  assert_edits ("abcdef", "bcdeaf", "a", 9, "0-1+0 4-0+1");
  assert_edits ("abcdef", "aebcdf", "e", 9, "1-0+1 5-1+0");
}

static void
test_changed_in_place_is_left_alone (void)
{
  assert_edits ("abcdef", "bcdeaf", "ac", 9, "0-1+0 4-0+1");
}

static void
test_unexplained_is_told_as_one_middle (void)
{
  assert_edits ("abcdef", "aebcdf", "", 9, "1-4+4");
  assert_edits ("abcdef", "fedcba", "f", 9, "0-6+6");
}

static void
test_too_many_edits_are_told_as_one (void)
{
  assert_edits ("acegi", "abcdefghi", "", 9, "1-0+1 3-0+1 5-0+1 7-0+1");
  assert_edits ("acegi", "abcdefghi", "", 3, "1-3+7");
}

static GArray *
make_random_list (guint most)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (gint64 n = 0; n < most; n++)
    if (g_test_rand_bit ())
      {
        guint at = (guint) g_test_rand_int_range (0, (int) list->len + 1);

        g_array_insert_val (list, at, n);
      }
  return list;
}

/* Whatever the lists are, the edits make the one of the other. */
static void
test_random_lists (void)
{
  for (int round = 0; round < 2000; round++)
    {
      g_autoptr (GArray) before = make_random_list (12);
      g_autoptr (GArray) after = make_random_list (12);
      g_autoptr (GArray) moved = make_random_list (12);
      g_autoptr (GArray) edits =
        store_list_diff (before, after, moved, (guint) g_test_rand_int_range (0, 6));

      for (guint i = 0; i < edits->len; i++)
        {
          StoreListEdit *edit = &g_array_index (edits, StoreListEdit, i);

          if (edit->removed > 0)
            g_array_remove_range (before, edit->position, edit->removed);
          g_assert_cmpuint (edit->position + edit->added, <=, after->len);
          if (edit->added > 0)
            g_array_insert_vals (before, edit->position,
                                 &g_array_index (after, gint64, edit->position), edit->added);
        }
      g_assert_cmpmem (before->data, before->len * 8, after->data, after->len * 8);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/list-diff/nothing-changed", test_nothing_changed);
  g_test_add_func ("/list-diff/came-and-went", test_came_and_went);
  g_test_add_func ("/list-diff/one-moved", test_one_moved);
  g_test_add_func ("/list-diff/changed-in-place-is-left-alone",
                   test_changed_in_place_is_left_alone);
  g_test_add_func ("/list-diff/unexplained-is-told-as-one-middle",
                   test_unexplained_is_told_as_one_middle);
  g_test_add_func ("/list-diff/too-many-edits-are-told-as-one",
                   test_too_many_edits_are_told_as_one);
  g_test_add_func ("/list-diff/random-lists", test_random_lists);
  return g_test_run ();
}
