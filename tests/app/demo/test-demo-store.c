/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app-demo-store.h"

#include "store-database.h"
#include "store-query.h"

#include <glib/gstdio.h>

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("clientele-demo-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "inner", "demo.clientele", NULL);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static guint
count_records (const char *path,
               const char *kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreQuery) query = store_query_new (kind);
  g_autoptr (StoreDatabase) database = NULL;
  guint count = 0;

  database = store_database_open (path, STORE_OPEN_EXISTING, &error);
  g_assert_no_error (error);
  store_query_count (query, database, &count, &error);
  g_assert_no_error (error);
  store_database_close (database);

  return count;
}

static void
test_store_is_whole (Fixture      *fixture,
                     gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  app_demo_store_make (fixture->path, app_demo_day_of_date (2026, 3, 14), NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_records (fixture->path, "party"), ==, 1200);
  g_assert_cmpuint (count_records (fixture->path, "order"), >, 2000);
  g_assert_cmpuint (count_records (fixture->path, "deal"), ==, 96);
  g_assert_cmpuint (count_records (fixture->path, "tag"), ==, 10);
  g_assert_cmpuint (count_records (fixture->path, "pipeline"), ==, 1);
}

static void
cancel (double   fraction,
        gpointer data)
{
  g_cancellable_cancel (data);
}

static void
test_broken_off_leaves_nothing_and_starts_over (Fixture      *fixture,
                                                gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  gint day = app_demo_day_of_date (2026, 3, 14);

  g_assert_false (app_demo_store_make (fixture->path, day, cancellable, cancel, cancellable,
                                       &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  g_clear_error (&error);

  app_demo_store_make (fixture->path, day, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_records (fixture->path, "party"), ==, 1200);
}

static void
test_finished_store_is_left_alone (Fixture      *fixture,
                                   gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  g_autofree char *kept = NULL;
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (folder, 0700);
  g_file_set_contents (fixture->path, "what the person made of it", -1, &error);
  g_assert_no_error (error);

  g_assert_true (app_demo_store_make (fixture->path, 20000, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_file_get_contents (fixture->path, &kept, NULL, NULL);
  g_assert_cmpstr (kept, ==, "what the person made of it");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/demo/store/is-whole", Fixture, NULL, set_up, test_store_is_whole, tear_down);
  g_test_add ("/demo/store/broken-off-leaves-nothing-and-starts-over", Fixture, NULL, set_up,
              test_broken_off_leaves_nothing_and_starts_over, tear_down);
  g_test_add ("/demo/store/finished-store-is-left-alone", Fixture, NULL, set_up,
              test_finished_store_is_left_alone, tear_down);

  return g_test_run ();
}
