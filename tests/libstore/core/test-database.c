/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-database-private.h"
#include "store-transaction.h"

#include <glib/gstdio.h>

typedef struct
{
  char *folder;
  char *path;
  StoreDatabase *database;
} Fixture;

static void
open_store (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fixture->database = store_database_open (fixture->path, STORE_OPEN_CREATE, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("clientele-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "store.db", NULL);
  open_store (fixture);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  static const char *const endings[] = { "", "-wal", "-shm" };

  g_clear_object (&fixture->database);
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *path = g_strconcat (fixture->path, endings[i], NULL);

      g_remove (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static StoreRecord *
add_party (Fixture    *fixture,
           const char *name)
{
  g_autoptr (GError) error = NULL;
  StoreRecord *record = store_record_new (STORE_KIND ("party"));

  store_record_set_text (record, "kind", "person");
  store_record_set_text (record, "display_name", name);
  store_database_save (fixture->database, "Add", record, NULL, &error);
  g_assert_no_error (error);
  return record;
}

static void
test_saved_record_survives_reopening (Fixture      *fixture,
                                      gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreRecord) record = add_party (fixture, "张伟");
  g_autoptr (StoreRecord) loaded = NULL;

  g_clear_object (&fixture->database);
  open_store (fixture);
  loaded = store_database_load (fixture->database, STORE_KIND ("party"),
                                store_record_get_id (record), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (store_record_get_text (loaded, "display_name"), ==, "张伟");
  g_assert_cmpstr (store_record_get_text (loaded, "kind"), ==, "person");
  g_assert_null (store_record_get_text (loaded, "notes"));
}

static void
test_missing_name_is_refused (Fixture      *fixture,
                              gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreRecord) record = store_record_new (STORE_KIND ("party"));

  store_record_set_text (record, "kind", "person");
  g_assert_false (store_database_save (fixture->database, NULL, record, NULL, &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_INVALID);
  g_assert_true (store_record_is_new (record));
}

static void
test_unchanged_save_logs_nothing (Fixture      *fixture,
                                  gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreRecord) record = add_party (fixture, "Ada");
  g_autofree char *group = NULL;

  store_record_set_text (record, "display_name", "Ada");
  g_assert_true (store_database_save (fixture->database, NULL, record, &group, &error));
  g_assert_no_error (error);
  g_assert_null (group);
}

static void
test_reference_to_nothing_is_refused (Fixture      *fixture,
                                      gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreRecord) record = store_record_new (STORE_KIND ("task"));
  StoreId nobody;

  store_id_init_from_name (&nobody, "test", "nobody");
  store_record_set_text (record, "title", "Call");
  store_record_set_reference (record, "party", &nobody);
  g_assert_false (store_database_save (fixture->database, NULL, record, NULL, &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_NOT_FOUND);
}

static void
test_second_tag_of_a_name_is_the_first (Fixture      *fixture,
                                        gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreRecord) first = store_record_new (STORE_KIND ("tag"));
  g_autoptr (StoreRecord) second = store_record_new (STORE_KIND ("tag"));

  store_record_set_text (first, "name", "VIP");
  store_database_save (fixture->database, NULL, first, NULL, &error);
  g_assert_no_error (error);
  store_record_set_text (second, "name", "vip");
  store_record_set_text (second, "color", "red");
  store_database_save (fixture->database, NULL, second, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (store_id_equal (store_record_get_id (first), store_record_get_id (second)));
  g_assert_cmpstr (store_record_get_text (second, "name"), ==, "VIP");
  g_assert_cmpstr (store_record_get_text (second, "color"), ==, "red");
}

/* What is taken here must fit into one batch, else nothing after it is ever sent. */
static void
test_row_that_fits_no_batch_is_refused (Fixture      *fixture,
                                        gconstpointer data)
{
  static const char *const fields[] = { "display_name", "family_name", "nickname", "source",
                                        "notes" };
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreRecord) record = store_record_new (STORE_KIND ("party"));
  g_autofree char *text = g_strnfill (200 * 1024, 'x');
  g_autofree char *other = g_strnfill (200 * 1024, 'y');

  store_record_set_text (record, "kind", "person");
  for (guint i = 0; i < 4; i++)
    store_record_set_text (record, fields[i], text);
  store_database_save (fixture->database, NULL, record, NULL, &error);
  g_assert_no_error (error);

  for (guint i = 0; i < 4; i++)
    store_record_set_text (record, fields[i], other);
  g_assert_false (store_database_save (fixture->database, NULL, record, NULL, &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_INVALID);
  g_clear_error (&error);

  g_clear_object (&record);
  record = store_record_new (STORE_KIND ("party"));
  store_record_set_text (record, "kind", "person");
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    store_record_set_text (record, fields[i], text);
  g_assert_false (store_database_save (fixture->database, NULL, record, NULL, &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_INVALID);
}

static void
test_nobody_else_may_read (Fixture      *fixture,
                           gconstpointer data)
{
  static const char *const endings[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *path = g_strconcat (fixture->path, endings[i], NULL);
      GStatBuf info;

      g_assert_cmpint (g_stat (path, &info), ==, 0);
      g_assert_cmphex (info.st_mode & 0777, ==, 0600);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/database/saved-record-survives-reopening", test_saved_record_survives_reopening);
  ADD ("/database/missing-name-is-refused", test_missing_name_is_refused);
  ADD ("/database/unchanged-save-logs-nothing", test_unchanged_save_logs_nothing);
  ADD ("/database/reference-to-nothing-is-refused", test_reference_to_nothing_is_refused);
  ADD ("/database/second-tag-of-a-name-is-the-first", test_second_tag_of_a_name_is_the_first);
  ADD ("/database/row-that-fits-no-batch-is-refused", test_row_that_fits_no_batch_is_refused);
  ADD ("/database/nobody-else-may-read", test_nobody_else_may_read);
  return g_test_run ();
}
