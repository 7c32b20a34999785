/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * For every n: the n-th request of a synchronisation, or its answer, is lost, cut, repeated,
 * delayed past the next one, or refused. Whatever happened, both devices end equal and nothing is
 * missing.
 */
#include "sim-world.h"

static const char *const fault_names[] = {
  "none", "lose-request", "lose-reply", "cut-request", "cut-reply", "repeat", "delay", "refuse",
};

static void
edit_both (SimWorld *world)
{
  guint record = sim_world_add (world, 0);

  sim_world_edit (world, 0, 0, "notes");
  sim_world_edit (world, 1, 0, "notes");
  sim_world_edit (world, 1, 0, "nickname");
  sim_world_edit (world, 0, record, "source");
  sim_world_add (world, 1);
}

static guint
count_requests (SimWorld *world,
                guint     site)
{
  g_autoptr (SyncResult) result = NULL;

  edit_both (world);
  result = sim_site_sync (sim_world_get_site (world, site));
  return sim_site_get_requests (sim_world_get_site (world, site));
}

static void
assert_ends_equal (SimWorld *world)
{
  sim_world_heal (world);
  sim_world_assert_equal (world);
  sim_world_assert_kept (world);
}

static void
sync_with_fault (SimWorld        *world,
                 guint            site,
                 guint            request,
                 SyncMemoryFault  fault)
{
  g_autoptr (GError) error = NULL;

  sim_site_set_fault (sim_world_get_site (world, site), request, fault);
  if (!sim_site_try_sync (sim_world_get_site (world, site), NULL, &error))
    g_assert_true (g_error_matches (error, SYNC_ERROR, SYNC_ERROR_UNREACHABLE) ||
                   g_error_matches (error, SYNC_ERROR, SYNC_ERROR_BUSY));
}

static void
test_every_request_of_a_normal_run (const void *data)
{
  SyncMemoryFault fault = GPOINTER_TO_UINT (data);
  g_autoptr (SimWorld) world = sim_world_new (1, 2);

  sim_world_add (world, 0);
  sim_world_heal (world);

  for (guint site = 0; site < 2; site++)
    {
      guint count = count_requests (world, site);

      assert_ends_equal (world);
      for (guint n = 1; n <= count; n++)
        {
          edit_both (world);
          sync_with_fault (world, site, n, fault);
          sync_with_fault (world, 1 - site, n, fault);
          assert_ends_equal (world);
        }
    }
}

/* Whether request @n of the first run after joining exists is answered. */
static gboolean
break_first_run (guint           n,
                 SyncMemoryFault fault)
{
  g_autoptr (SimWorld) world = sim_world_new (2, 2);
  gboolean reached;

  sim_world_add (world, 0);
  sim_world_add (world, 1);
  sync_with_fault (world, 0, n, fault);
  reached = sim_site_get_requests (sim_world_get_site (world, 0)) >= n;
  sync_with_fault (world, 1, n, fault);
  reached |= sim_site_get_requests (sim_world_get_site (world, 1)) >= n;
  assert_ends_equal (world);

  return reached;
}

static void
test_every_request_of_the_first_run (const void *data)
{
  guint n = 1;

  while (break_first_run (n, GPOINTER_TO_UINT (data)))
    n++;

  g_assert_cmpuint (n, >, 6);
}

static void
add_tests (const char   *name,
           GTestDataFunc func)
{
  for (guint fault = 1; fault < G_N_ELEMENTS (fault_names); fault++)
    {
      g_autofree char *path = g_strdup_printf ("/faults/%s/%s", name, fault_names[fault]);

      g_test_add_data_func (path, GUINT_TO_POINTER (fault), func);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add_tests ("normal-run", test_every_request_of_a_normal_run);
  add_tests ("first-run", test_every_request_of_the_first_run);

  return g_test_run ();
}
