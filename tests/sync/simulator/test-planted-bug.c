/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The proof that the simulator proves something: with the classic bug planted (a cursor stored
 * before the data, sim-forgetful-remote.c) the same faults leave the devices unequal, and it sees
 * that.
 */
#include "sim-forgetful-remote.h"
#include "sim-world.h"

#define LAST_REQUEST 8

/* How many of the faults leave the devices unequal for good. */
static guint
count_unequal (gboolean planted)
{
  guint unequal = 0;

  for (guint n = 1; n <= LAST_REQUEST; n++)
    {
      g_autoptr (SimWorld) world = sim_world_new (n, 2);
      g_autoptr (GHashTable) cursors = NULL;
      SimSite *reader = sim_world_get_site (world, 1);

      cursors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      sim_world_add (world, 0);
      sim_world_sync_all (world, 2);
      sim_world_add (world, 0);
      sim_world_sync_all (world, 1);
      sim_world_edit (world, 0, 0, "notes");
      if (planted)
        {
          reader->wrap = sim_forgetful_remote_new;
          reader->wrap_data = cursors;
        }

      g_assert_true (sim_site_try_sync (sim_world_get_site (world, 0), NULL, NULL));
      sim_site_set_fault (reader, n, SYNC_MEMORY_FAULT_CUT_REPLY);
      sim_site_try_sync (reader, NULL, NULL);
      sim_world_sync_all (world, 2);
      unequal += sim_world_is_equal (world) ? 0 : 1;
    }

  return unequal;
}

static void
test_cursor_before_data_is_caught (void)
{
  g_assert_cmpuint (count_unequal (TRUE), >, 0);
}

static void
test_without_the_bug_all_is_well (void)
{
  g_assert_cmpuint (count_unequal (FALSE), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/planted-bug/cursor-before-data-is-caught", test_cursor_before_data_is_caught);
  g_test_add_func ("/planted-bug/without-the-bug-all-is-well", test_without_the_bug_all_is_well);

  return g_test_run ();
}
