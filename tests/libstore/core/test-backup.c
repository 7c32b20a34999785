/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-backup.h"

#include "test-store.h"

#include <glib/gstdio.h>

static const StoreBackupKey keys[] = {
  { STORE_BACKUP_SEAL_NONE, { 0 }, NULL },
  { STORE_BACKUP_SEAL_ROOT, { 1, 2, 3 }, NULL },
  { STORE_BACKUP_SEAL_PASSPHRASE, { 0 }, "correct horse 电池" },
};

static const StoreBackupKey *
get_key (guint i)
{
  return keys[i].seal == STORE_BACKUP_SEAL_NONE ? NULL : &keys[i];
}

typedef struct
{
  TestStore *store;
  TestStore *other;
  char *file;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->store = test_store_new ();
  fixture->other = test_store_new ();
  fixture->file = g_build_filename (fixture->store->folder, "backup.clientele", NULL);
  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *name = g_strdup_printf ("Nightingale %u", i * i);
      g_autoptr (StoreRecord) party = test_store_add_party (fixture->store, name);
    }
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_autofree char *kept = g_strconcat (fixture->other->path, ".before-restore-1", NULL);

  g_remove (fixture->file);
  g_remove (kept);
  g_free (fixture->file);
  test_store_free (fixture->store);
  test_store_free (fixture->other);
}

static void
test_restored_store_is_the_same (Fixture      *fixture,
                                 gconstpointer data)
{
  g_autofree char *before = test_store_describe (fixture->store);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *after = NULL;
      g_autofree char *kept = NULL;
      StoreBackupSeal seal;

      store_backup_write (fixture->store->database, fixture->file, get_key (i), NULL, NULL, NULL,
                          &error);
      g_assert_no_error (error);
      store_backup_read_seal (fixture->file, &seal, &error);
      g_assert_no_error (error);
      g_assert_cmpint (seal, ==, keys[i].seal);
      g_clear_object (&fixture->other->database);
      store_backup_restore (fixture->file, fixture->other->path, get_key (i), NULL, NULL, NULL,
                            &kept, &error);
      g_assert_no_error (error);
      g_assert_nonnull (kept);
      g_assert_true (g_file_test (kept, G_FILE_TEST_EXISTS));
      g_remove (kept);
      test_store_reopen (fixture->other);
      after = test_store_describe (fixture->other);
      g_assert_cmpstr (after, ==, before);
    }
}

static void
test_wrong_key_changes_nothing (Fixture      *fixture,
                                gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = test_store_describe (fixture->other);
  g_autofree char *after = NULL;
  StoreBackupKey wrong = keys[1];

  wrong.root[0] ^= 1;
  store_backup_write (fixture->store->database, fixture->file, &keys[1], NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_clear_object (&fixture->other->database);
  g_assert_false (store_backup_restore (fixture->file, fixture->other->path, &wrong, NULL, NULL,
                                        NULL, NULL, &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_DAMAGED);
  g_clear_error (&error);
  g_assert_false (store_backup_restore (fixture->file, fixture->other->path, NULL, NULL, NULL,
                                        NULL, NULL, &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_INVALID);
  test_store_reopen (fixture->other);
  after = test_store_describe (fixture->other);
  g_assert_cmpstr (after, ==, before);
}

/* Cut anywhere, or with any byte changed, a backup is refused and the store stays. */
static void
test_damaged_backup_is_refused (Fixture      *fixture,
                                gconstpointer data)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *contents = NULL;
      gsize size;

      store_backup_write (fixture->store->database, fixture->file, get_key (i), NULL, NULL, NULL,
                          &error);
      g_assert_no_error (error);
      g_assert_true (g_file_get_contents (fixture->file, &contents, &size, NULL));
      g_clear_object (&fixture->other->database);
      for (guint j = 0; j < 40; j++)
        {
          gsize at = (gsize) g_test_rand_int_range (9, (gint32) size);
          gboolean cut = j % 2 == 0;

          contents[at] ^= 0x40;
          g_file_set_contents (fixture->file, contents, cut ? (gssize) at : (gssize) size, NULL);
          contents[at] ^= 0x40;
          /* The salt says nothing unless there is a passphrase. */
          if (!cut && at < 49 && i == 0)
            continue;
          if (!cut && at >= 9 && at < 25)
            continue;
          g_assert_false (store_backup_restore (fixture->file, fixture->other->path, get_key (i),
                                                NULL, NULL, NULL, NULL, &error));
          g_assert_error (error, STORE_ERROR, STORE_ERROR_DAMAGED);
          g_clear_error (&error);
        }
      test_store_reopen (fixture->other);
    }
}

static void
test_sealed_backup_shows_no_name (Fixture      *fixture,
                                  gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  gsize size;

  store_backup_write (fixture->store->database, fixture->file, &keys[1], NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (fixture->file, &contents, &size, NULL));
  g_assert_null (g_strstr_len (contents, (gssize) size, "Nightingale"));
}

static void
test_place_without_a_folder_is_told (Fixture      *fixture,
                                     gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (store_backup_write (fixture->store->database, "/nonexistent/folder/backup", NULL,
                                      NULL, NULL, NULL, &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_FAILED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/backup/restored-store-is-the-same", test_restored_store_is_the_same);
  ADD ("/backup/wrong-key-changes-nothing", test_wrong_key_changes_nothing);
  ADD ("/backup/damaged-backup-is-refused", test_damaged_backup_is_refused);
  ADD ("/backup/sealed-backup-shows-no-name", test_sealed_backup_shows_no_name);
  ADD ("/backup/place-without-a-folder-is-told", test_place_without_a_folder_is_told);
  return g_test_run ();
}
