/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Stores and servers that go back in time: restored, copied, emptied. A store that finds its own
 * stream further elsewhere becomes a new device, and nothing that anybody saved is lost.
 */
#include "sim-world.h"

typedef struct
{
  SimWorld *world;
  SimSite *laptop;
  SimSite *desktop;
  StoreId party;
} Fixture;

static void
set_text (SimSite       *site,
          const StoreId *id,
          const char    *field,
          const char    *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreRecord) record = NULL;

  record = store_database_load (site->store, STORE_KIND ("party"), id, &error);
  g_assert_no_error (error);
  store_record_set_text (record, field, text);
  store_database_save (site->store, "Edit", record, NULL, &error);
  g_assert_no_error (error);
}

static void
assert_text (SimSite       *site,
             const StoreId *id,
             const char    *field,
             const char    *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreRecord) record = NULL;

  record = store_database_load (site->store, STORE_KIND ("party"), id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (store_record_get_text (record, field), ==, text);
}

static void
assert_everywhere (Fixture    *fixture,
                   const char *field,
                   const char *text)
{
  for (guint i = 0; i < fixture->world->sites->len; i++)
    assert_text (sim_world_get_site (fixture->world, i), &fixture->party, field, text);
}

static void
set_up (Fixture    *fixture,
        const void *data)
{
  fixture->world = sim_world_new (7, 2);
  fixture->laptop = sim_world_get_site (fixture->world, 0);
  fixture->desktop = sim_world_get_site (fixture->world, 1);
  sim_world_add (fixture->world, 0);
  fixture->party = g_array_index (fixture->world->records, StoreId, 0);
  sim_world_heal (fixture->world);
}

static void
tear_down (Fixture    *fixture,
           const void *data)
{
  sim_world_free (fixture->world);
}

static void
keep (SimSite *site)
{
  sim_site_close (site);
  sim_site_copy_files (site, "business.db", "kept.db", TRUE);
  sim_site_open (site);
}

static void
restore (SimSite  *site,
         gboolean  keys)
{
  sim_site_close (site);
  sim_site_copy_files (site, "kept.db", "business.db", keys);
  sim_site_open (site);
}

static void
sync_quietly (SimSite *site)
{
  g_autoptr (SyncResult) result = sim_site_sync (site);

  g_assert_cmpuint (result->notices->len, ==, 0);
}

static void
finish (Fixture *fixture)
{
  sim_world_heal (fixture->world);
  sim_world_assert_equal (fixture->world);
}

static void
roll_back_and_go_on (Fixture  *fixture,
                     gboolean  keys)
{
  g_autofree char *before = sim_site_dup_stream (fixture->laptop);
  g_autofree char *after = NULL;
  g_autoptr (SyncResult) result = NULL;

  keep (fixture->laptop);
  set_text (fixture->laptop, &fixture->party, "notes", "sent before the restore");
  sync_quietly (fixture->laptop);
  restore (fixture->laptop, keys);
  set_text (fixture->laptop, &fixture->party, "source", "written after the restore");

  result = sim_site_sync (fixture->laptop);
  g_assert_true (result->new_stream);
  after = sim_site_dup_stream (fixture->laptop);
  g_assert_cmpstr (before, !=, after);

  finish (fixture);
  assert_everywhere (fixture, "notes", "sent before the restore");
  assert_everywhere (fixture, "source", "written after the restore");
}

static void
test_restored_store_takes_a_new_stream (Fixture    *fixture,
                                        const void *data)
{
  roll_back_and_go_on (fixture, FALSE);
}

static void
test_store_restored_with_its_keys_takes_a_new_stream (Fixture    *fixture,
                                                      const void *data)
{
  roll_back_and_go_on (fixture, TRUE);
}

static void
test_restored_store_that_wrote_more_is_found (Fixture    *fixture,
                                              const void *data)
{
  g_autoptr (SyncResult) result = NULL;

  keep (fixture->laptop);
  set_text (fixture->laptop, &fixture->party, "notes", "one branch");
  sync_quietly (fixture->laptop);
  restore (fixture->laptop, TRUE);
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *text = g_strdup_printf ("another branch %u", i);

      set_text (fixture->laptop, &fixture->party, "source", text);
    }

  result = sim_site_sync (fixture->laptop);
  g_assert_true (result->new_stream);
  finish (fixture);
  assert_everywhere (fixture, "notes", "one branch");
  assert_everywhere (fixture, "source", "another branch 4");
}

static void
test_restored_store_with_nothing_new_falls_silent (Fixture    *fixture,
                                                   const void *data)
{
  keep (fixture->laptop);
  set_text (fixture->laptop, &fixture->party, "notes", "sent before the restore");
  sync_quietly (fixture->laptop);
  restore (fixture->laptop, TRUE);
  finish (fixture);
  assert_everywhere (fixture, "notes", "sent before the restore");
}

/* The same store with the same keys on two machines, both in use. */
static void
test_copied_store_becomes_a_device (Fixture    *fixture,
                                    const void *data)
{
  SimSite *copy = sim_site_new (fixture->world->vault, "copy");
  g_autofree char *target = g_build_filename (copy->folder, "business.db", NULL);

  sim_site_close (fixture->laptop);
  sim_site_copy_files (fixture->laptop, "business.db", target, TRUE);
  sim_site_open (fixture->laptop);
  sim_site_open (copy);
  g_ptr_array_add (fixture->world->sites, copy);

  set_text (fixture->laptop, &fixture->party, "notes", "from the laptop");
  set_text (copy, &fixture->party, "source", "from the copy");
  sync_quietly (fixture->laptop);
  sim_world_sync_all (fixture->world, 2);
  finish (fixture);
  assert_everywhere (fixture, "notes", "from the laptop");
  assert_everywhere (fixture, "source", "from the copy");
}

/* A copied store without its key file belongs to no account; it joins as any other. */
static void
test_copied_store_without_keys_joins (Fixture    *fixture,
                                      const void *data)
{
  SimSite *copy = sim_site_new (fixture->world->vault, "copy");
  g_autofree char *target = g_build_filename (copy->folder, "business.db", NULL);

  sim_site_close (fixture->laptop);
  sim_site_copy_files (fixture->laptop, "business.db", target, FALSE);
  sim_site_open (fixture->laptop);
  sim_site_open (copy);
  set_text (copy, &fixture->party, "source", "from the copy");
  sim_site_join (copy, fixture->laptop);
  g_ptr_array_add (fixture->world->sites, copy);

  set_text (fixture->laptop, &fixture->party, "notes", "from the laptop");
  sync_quietly (fixture->laptop);
  sim_world_sync_all (fixture->world, 2);
  finish (fixture);
  assert_everywhere (fixture, "notes", "from the laptop");
  assert_everywhere (fixture, "source", "from the copy");
}

static void
put_over_laptop (Fixture *fixture,
                 SimSite *source)
{
  g_autofree char *target = g_build_filename (fixture->laptop->folder, "business.db", NULL);

  sim_site_close (fixture->laptop);
  sim_site_close (source);
  sim_site_copy_files (source, "business.db", target, FALSE);
  sim_site_open (source);
  sim_site_open (fixture->laptop);
}

/* The laptop keeps its keys and gets the desktop's data. */
static void
test_backup_of_another_device_is_restored (Fixture    *fixture,
                                           const void *data)
{
  set_text (fixture->desktop, &fixture->party, "nickname", "from the desktop");
  sync_quietly (fixture->desktop);
  set_text (fixture->laptop, &fixture->party, "notes", "after the backup");
  sync_quietly (fixture->laptop);
  put_over_laptop (fixture, fixture->desktop);
  set_text (fixture->laptop, &fixture->party, "source", "after the restore");

  finish (fixture);
  assert_everywhere (fixture, "nickname", "from the desktop");
  assert_everywhere (fixture, "notes", "after the backup");
  assert_everywhere (fixture, "source", "after the restore");
}

/* The same, of a device that has never sent anything itself. */
static void
test_backup_of_a_silent_device_is_restored (Fixture    *fixture,
                                            const void *data)
{
  SimSite *shop = sim_site_new (fixture->world->vault, "shop");

  sim_site_open (shop);
  sim_site_join (shop, fixture->laptop);
  g_ptr_array_add (fixture->world->sites, shop);
  sync_quietly (shop);
  put_over_laptop (fixture, shop);
  set_text (fixture->laptop, &fixture->party, "source", "after the restore");

  finish (fixture);
  assert_everywhere (fixture, "source", "after the restore");
}

/* The change of stream itself is cut off at every request. */
static void
test_cut_while_changing_stream (Fixture    *fixture,
                                const void *data)
{
  for (guint n = 1; n < 16; n++)
    {
      g_autofree char *text = g_strdup_printf ("sent before restore %u", n);

      keep (fixture->laptop);
      set_text (fixture->laptop, &fixture->party, "notes", text);
      sync_quietly (fixture->laptop);
      restore (fixture->laptop, TRUE);
      set_text (fixture->laptop, &fixture->party, "source", text);

      sim_site_set_fault (fixture->laptop, n, SYNC_MEMORY_FAULT_LOSE_REPLY);
      sim_site_try_sync (fixture->laptop, NULL, NULL);
      sim_world_sync_all (fixture->world, 1);
      finish (fixture);
      assert_everywhere (fixture, "notes", text);
      assert_everywhere (fixture, "source", text);
    }
}

static void
test_server_restored_from_backup_is_healed (Fixture    *fixture,
                                            const void *data)
{
  for (guint left = 0; left < 4; left++)
    {
      for (guint i = 0; i < 4; i++)
        {
          sim_world_edit (fixture->world, i % 2, 0, "notes");
          sim_world_sync_all (fixture->world, 1);
        }

      sync_memory_vault_forget_after (fixture->world->vault, left, left / 2);
      sim_world_edit (fixture->world, 0, 0, "source");
      finish (fixture);
      sim_world_assert_kept (fixture->world);
    }
}

/* The one who wrote the lost records is away for good: whoever has them gives them back. */
static void
test_lost_records_come_back_from_another_device (Fixture    *fixture,
                                                 const void *data)
{
  SimSite *shop = NULL;
  g_autoptr (SyncResult) result = NULL;

  set_text (fixture->laptop, &fixture->party, "notes", "only the desktop has this");
  sync_quietly (fixture->laptop);
  sync_quietly (fixture->desktop);
  sync_memory_vault_forget_after (fixture->world->vault, 0, 0);

  result = sim_site_sync (fixture->desktop);
  g_assert_cmpuint (result->healed, >, 0);

  shop = sim_site_new (fixture->world->vault, "shop");
  sim_site_open (shop);
  sim_site_join (shop, fixture->desktop);
  sync_quietly (shop);
  assert_text (shop, &fixture->party, "notes", "only the desktop has this");
  sim_site_free (shop);
}

/* A store that holds data before it joins keeps it and gives it to the others. */
static void
test_joining_store_brings_its_data (Fixture    *fixture,
                                    const void *data)
{
  SimSite *shop = sim_site_new (fixture->world->vault, "shop");
  g_autoptr (StoreRecord) record = store_record_new (STORE_KIND ("party"));
  g_autoptr (GError) error = NULL;

  sim_site_open (shop);
  store_record_set_text (record, "kind", "person");
  store_record_set_text (record, "display_name", "known before joining");
  store_database_save (shop->store, "Add", record, NULL, &error);
  g_assert_no_error (error);

  sim_site_join (shop, fixture->laptop);
  g_ptr_array_add (fixture->world->sites, shop);
  finish (fixture);
  assert_text (fixture->desktop,
               store_record_get_id (record),
               "display_name",
               "known before joining");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/rollback/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("restored-store-takes-a-new-stream", test_restored_store_takes_a_new_stream);
  ADD ("store-restored-with-its-keys-takes-a-new-stream",
       test_store_restored_with_its_keys_takes_a_new_stream);
  ADD ("restored-store-that-wrote-more-is-found", test_restored_store_that_wrote_more_is_found);
  ADD ("restored-store-with-nothing-new-falls-silent",
       test_restored_store_with_nothing_new_falls_silent);
  ADD ("copied-store-becomes-a-device", test_copied_store_becomes_a_device);
  ADD ("copied-store-without-keys-joins", test_copied_store_without_keys_joins);
  ADD ("backup-of-another-device-is-restored", test_backup_of_another_device_is_restored);
  ADD ("backup-of-a-silent-device-is-restored", test_backup_of_a_silent_device_is_restored);
  ADD ("cut-while-changing-stream", test_cut_while_changing_stream);
  ADD ("server-restored-from-backup-is-healed", test_server_restored_from_backup_is_healed);
  ADD ("lost-records-come-back-from-another-device",
       test_lost_records_come_back_from_another_device);
  ADD ("joining-store-brings-its-data", test_joining_store_brings_its_data);

  return g_test_run ();
}
