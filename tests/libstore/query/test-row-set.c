/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>

#include "store-row-set.h"

static void
test_added_twice_counts_once (void)
{
  g_autoptr (StoreRowSet) set = store_row_set_new ();

  g_assert_false (store_row_set_contains (set, 0));
  store_row_set_add (set, 63);
  store_row_set_add (set, 64);
  store_row_set_add (set, 64);
  g_assert_cmpuint (store_row_set_get_size (set), ==, 2);
  g_assert_true (store_row_set_contains (set, 63));
  g_assert_true (store_row_set_contains (set, 64));
  g_assert_false (store_row_set_contains (set, 65));
}

static void
test_rows_far_apart (void)
{
  g_autoptr (StoreRowSet) set = store_row_set_new ();

  store_row_set_add (set, 1);
  store_row_set_add (set, 1000000);
  g_assert_true (store_row_set_contains (set, 1));
  g_assert_true (store_row_set_contains (set, 1000000));
  g_assert_false (store_row_set_contains (set, 500000));
  g_assert_false (store_row_set_contains (set, G_MAXINT64));
  g_assert_false (store_row_set_contains (set, -1));
}

static void
test_as_json (void)
{
  g_autoptr (StoreRowSet) set = store_row_set_new ();
  g_autofree char *empty = store_row_set_dup_json (set);
  g_autofree char *full = NULL;

  store_row_set_add (set, 129);
  store_row_set_add (set, 1);
  store_row_set_add (set, 63);
  full = store_row_set_dup_json (set);
  g_assert_cmpstr (empty, ==, "[]");
  g_assert_cmpstr (full, ==, "[1,63,129]");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/row-set/added-twice-counts-once", test_added_twice_counts_once);
  g_test_add_func ("/row-set/rows-far-apart", test_rows_far_apart);
  g_test_add_func ("/row-set/as-json", test_as_json);
  return g_test_run ();
}
