/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Random histories on two to four stores, in random order, over connections on which anything may
 * go wrong. Each seed is printed and decides everything; CLIENTELE_SIM_SEED runs one alone, and
 * CLIENTELE_SIM_RUNS more than the few of a normal test run.
 */
#include <stdlib.h>

#include "sim-world.h"
#include "sync-batch-header.h"

#define DEFAULT_RUNS 6
#define STEPS 60

static guint
get_number (const char *variable,
            guint       otherwise)
{
  const char *text = g_getenv (variable);

  return text != NULL ? strtoul (text, NULL, 10) : otherwise;
}

static void
run_history (guint32 seed)
{
  g_autoptr (SimWorld) world = NULL;
  const gsize limits[] = { 4096, 80 * 1024, SYNC_BATCH_MAX_SIZE };

  g_test_message ("seed %u", seed);
  world = sim_world_new (seed, 2 + seed % 3);
  sync_memory_vault_set_limit (world->vault,
                               limits[seed / 9 % G_N_ELEMENTS (limits)],
                               limits[seed / 3 % G_N_ELEMENTS (limits)]);

  if (seed % 5 < 2)
    sim_world_skew_clocks (world);

  for (guint i = 0; i < STEPS; i++)
    {
      guint site = g_rand_int_range (world->rand, 0, world->sites->len);

      if (g_rand_int_range (world->rand, 0, 5) == 0)
        sim_world_sync_badly (world, site);
      else
        sim_world_act (world, site);
    }

  sim_world_heal (world);
  sim_world_assert_equal (world);
  sim_world_assert_kept (world);
}

static void
test_random_histories_converge (void)
{
  guint one = get_number ("CLIENTELE_SIM_SEED", 0);
  guint runs = get_number ("CLIENTELE_SIM_RUNS", DEFAULT_RUNS);

  if (one != 0)
    {
      run_history (one);
      return;
    }

  for (guint i = 0; i < runs; i++)
    run_history (g_test_rand_int_range (1, G_MAXINT32));
}

static void
test_idle_devices_fall_silent (void)
{
  g_autoptr (SimWorld) world = sim_world_new (1, 2);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  sim_world_add (world, 0);
  sim_world_add (world, 1);
  sim_world_heal (world);
  before = sim_site_dup_heads (sim_world_get_site (world, 0));
  sim_world_heal (world);
  after = sim_site_dup_heads (sim_world_get_site (world, 0));
  g_assert_cmpstr (before, ==, after);
}

static void
test_equal_devices_are_told_so (void)
{
  g_autoptr (SimWorld) world = sim_world_new (2, 2);
  g_autoptr (SyncResult) result = NULL;
  g_autoptr (SyncStatus) status = NULL;
  g_autoptr (GError) error = NULL;

  sim_world_add (world, 0);
  sim_world_heal (world);
  result = sim_site_sync (sim_world_get_site (world, 0));
  g_assert_cmpuint (result->identical->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (result->identical, 0), ==, "desktop");
  g_assert_cmpuint (result->behind->len, ==, 0);

  sim_world_add (world, 0);
  status = sync_engine_load_status (sim_world_get_site (world, 0)->engine, &error);
  g_assert_no_error (error);
  g_assert_true (status->has_account);
  g_assert_cmpuint (status->pending, ==, 1);
  g_assert_cmpint (status->last_sync, >, 0);
  g_assert_cmpuint (status->identical->len, ==, 1);
}

static void
test_nothing_lies_open_at_the_remote (void)
{
  g_autoptr (SimWorld) world = sim_world_new (3, 2);

  sim_world_add (world, 0);
  sim_world_heal (world);
  g_assert_false (sync_memory_vault_contains (world->vault, (const guint8 *) "值", 3));
  g_assert_false (sync_memory_vault_contains (world->vault, (const guint8 *) "laptop", 6));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/simulator/random-histories-converge", test_random_histories_converge);
  g_test_add_func ("/simulator/idle-devices-fall-silent", test_idle_devices_fall_silent);
  g_test_add_func ("/simulator/equal-devices-are-told-so", test_equal_devices_are_told_so);
  g_test_add_func ("/simulator/nothing-lies-open-at-the-remote",
                   test_nothing_lies_open_at_the_remote);

  return g_test_run ();
}
