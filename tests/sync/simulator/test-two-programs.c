/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window is open while the command line works on the same store: two programs, one device. */
#include "sim-world.h"

typedef struct
{
  SyncMemoryVault *vault;
  SimSite *window;
  SimSite *command;
  SimSite *desktop;
  StoreId party;
} Fixture;

static void
set_up (Fixture    *fixture,
        const void *data)
{
  fixture->vault = sync_memory_vault_new ();
  fixture->window = sim_site_new (fixture->vault, "window");
  fixture->command = sim_site_new (fixture->vault, "command line");
  fixture->desktop = sim_site_new (fixture->vault, "desktop");
  g_free (fixture->command->path);
  fixture->command->path = g_strdup (fixture->window->path);
  sim_site_open (fixture->window);
  sim_site_open (fixture->command);
  sim_site_open (fixture->desktop);
}

static void
tear_down (Fixture    *fixture,
           const void *data)
{
  sim_site_free (fixture->command);
  sim_site_free (fixture->window);
  sim_site_free (fixture->desktop);
  sync_memory_vault_unref (fixture->vault);
}

static void
add_party (Fixture *fixture,
           SimSite *site)
{
  g_autoptr (StoreRecord) record = store_record_new (STORE_KIND ("party"));
  g_autoptr (GError) error = NULL;

  store_record_set_text (record, "kind", "person");
  store_record_set_text (record, "display_name", "Somebody");
  fixture->party = *store_record_get_id (record);
  store_database_save (site->store, "Add", record, NULL, &error);
  g_assert_no_error (error);
}

static void
set_text (Fixture    *fixture,
          SimSite    *site,
          const char *field,
          const char *text)
{
  g_autoptr (StoreRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  record = store_database_load (site->store, STORE_KIND ("party"), &fixture->party, &error);
  g_assert_no_error (error);
  store_record_set_text (record, field, text);
  store_database_save (site->store, "Edit", record, NULL, &error);
  g_assert_no_error (error);
}

static void
sync_well (SimSite *site)
{
  g_autoptr (SyncResult) result = sim_site_sync (site);

  g_assert_cmpuint (result->notices->len, ==, 0);
}

static void
assert_equal (SimSite *a,
              SimSite *b)
{
  g_autofree char *a_digest = sim_site_dup_digest (a);
  g_autofree char *b_digest = sim_site_dup_digest (b);
  g_autofree char *a_heads = sim_site_dup_heads (a);
  g_autofree char *b_heads = sim_site_dup_heads (b);
  g_autofree char *a_clashes = sim_site_dup_clashes (a);
  g_autofree char *b_clashes = sim_site_dup_clashes (b);

  g_assert_cmpstr (a_digest, ==, b_digest);
  g_assert_cmpstr (a_heads, ==, b_heads);
  g_assert_cmpstr (a_clashes, ==, b_clashes);
  g_assert_cmpstr (a_clashes, ==, "");
}

/* The command line gives the stream its name; the window must not write on under the old one. */
static void
test_account_made_beside_an_open_window (Fixture    *fixture,
                                         const void *data)
{
  add_party (fixture, fixture->window);
  sim_site_create (fixture->command);
  sync_well (fixture->command);
  sim_site_join (fixture->desktop, fixture->command);
  sync_well (fixture->desktop);

  set_text (fixture, fixture->window, "notes", "from the window");
  set_text (fixture, fixture->desktop, "source", "from the desktop");
  sync_well (fixture->desktop);
  sync_well (fixture->window);
  set_text (fixture, fixture->window, "source", "from the window, knowing the desktop's");
  sync_well (fixture->command);
  sync_well (fixture->desktop);
  set_text (fixture, fixture->desktop, "notes", "from the desktop, knowing the window's");
  sync_well (fixture->desktop);
  sync_well (fixture->window);

  assert_equal (fixture->window, fixture->desktop);
  assert_equal (fixture->command, fixture->desktop);
}

static void
test_programs_take_turns (Fixture    *fixture,
                          const void *data)
{
  add_party (fixture, fixture->command);
  sim_site_create (fixture->command);
  sim_site_join (fixture->desktop, fixture->command);

  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *text = g_strdup_printf ("turn %u", i);

      set_text (fixture, i % 2 ? fixture->window : fixture->command, "notes", text);
      sync_well (i % 3 ? fixture->window : fixture->command);
      sync_well (fixture->desktop);
      set_text (fixture, fixture->desktop, "source", text);
      sync_well (fixture->desktop);
      sync_well (i % 3 ? fixture->command : fixture->window);
      assert_equal (fixture->window, fixture->desktop);
    }
}

static void
close_both (Fixture *fixture)
{
  sim_site_close (fixture->command);
  sim_site_close (fixture->window);
}

static void
open_both (Fixture *fixture)
{
  sim_site_open (fixture->window);
  sim_site_open (fixture->command);
}

/* The command line finds the store rolled back and leaves its stream; the window writes on. */
static void
test_stream_left_beside_an_open_window (Fixture    *fixture,
                                        const void *data)
{
  add_party (fixture, fixture->window);
  sim_site_create (fixture->command);
  sync_well (fixture->command);
  sim_site_join (fixture->desktop, fixture->command);
  sync_well (fixture->desktop);

  close_both (fixture);
  sim_site_copy_files (fixture->window, "business.db", "kept.db", TRUE);
  open_both (fixture);
  set_text (fixture, fixture->window, "notes", "sent before the restore");
  sync_well (fixture->window);
  close_both (fixture);
  sim_site_copy_files (fixture->window, "kept.db", "business.db", TRUE);
  open_both (fixture);

  set_text (fixture, fixture->window, "source", "first after the restore");
  sync_well (fixture->command);
  set_text (fixture, fixture->window, "source", "second after the restore");
  sync_well (fixture->window);
  sync_well (fixture->desktop);
  set_text (fixture, fixture->desktop, "nickname", "knows it all");
  sync_well (fixture->desktop);
  sync_well (fixture->window);

  assert_equal (fixture->window, fixture->desktop);
  assert_equal (fixture->command, fixture->desktop);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/two-programs/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("account-made-beside-an-open-window", test_account_made_beside_an_open_window);
  ADD ("stream-left-beside-an-open-window", test_stream_left_beside_an_open_window);
  ADD ("programs-take-turns", test_programs_take_turns);

  return g_test_run ();
}
