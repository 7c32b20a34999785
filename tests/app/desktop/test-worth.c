/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the page of a customer says of their worth, as orders come. */
#include "config.h"

#include "app-worth.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <sqlite3.h>

typedef struct
{
  char *folder;
  char *path;
  StoreDatabase *database;
  AppWorth *worth;
  StoreId ada;
} Fixture;

static void
run_sql (Fixture    *fixture,
         const char *sql)
{
  sqlite3 *handle;
  char *message = NULL;

  g_assert_cmpint (sqlite3_open (fixture->path, &handle), ==, SQLITE_OK);
  sqlite3_busy_timeout (handle, 10000);
  sqlite3_exec (handle, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  sqlite3_close (handle);
}

/* Customers of the last two years who come again at a pace of their own, by another program. */
static void
fill (Fixture *fixture,
      guint    n)
{
  g_autoptr (GString) sql = g_string_new ("BEGIN;");

  for (guint i = 0; i < n; i++)
    {
      g_string_append_printf (sql, "INSERT INTO party (id, kind, display_name)"
                                   " VALUES (CAST ('C%015u' AS BLOB), 'person', 'Ada');", i);
      for (guint j = 0; j < 2 + i % 7; j++)
        g_string_append_printf (sql, "INSERT INTO document (id, kind, party, date, total, currency)"
                                     " VALUES (randomblob (16), 'order',"
                                     " CAST ('C%015u' AS BLOB), date ('now', '-%u days'),"
                                     " %u, 'EUR');",
                                i, 700 - j * (20 + i % 41) - i % 28, 900 + 37 * i);
    }
  g_string_append (sql, "COMMIT");
  run_sql (fixture, sql->str);
}

static void
open_store (Fixture *fixture,
            guint    n_customers)
{
  g_autoptr (GError) error = NULL;

  fixture->database = store_database_open (fixture->path, STORE_OPEN_CREATE, &error);
  g_assert_no_error (error);
  fill (fixture, n_customers);
  store_database_close (fixture->database);
  g_clear_object (&fixture->database);
  fixture->database = store_database_open (fixture->path, STORE_OPEN_EXISTING, &error);
  g_assert_no_error (error);
  fixture->worth = app_worth_new (fixture->database);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = g_dir_make_tmp ("worth-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "store", NULL);
  memcpy (fixture->ada.bytes, "C000000000000000", STORE_ID_SIZE);
  open_store (fixture, GPOINTER_TO_UINT (data));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  StoreDatabase *database = fixture->database;

  /* A fit in the background keeps the store open until it is done. */
  g_object_add_weak_pointer (G_OBJECT (database), (gpointer *) &database);
  g_clear_object (&fixture->worth);
  g_clear_object (&fixture->database);
  while (g_atomic_pointer_get (&database))
    g_main_context_iteration (NULL, FALSE);
  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static void
on_looked (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GError) error = NULL;

  *(AppWorthFigures **) data = app_worth_look_finish (APP_WORTH (source), result, &error);
  g_assert_no_error (error);
}

static AppWorthFigures *
look (Fixture       *fixture,
      const StoreId *party)
{
  AppWorthFigures *figures = NULL;

  app_worth_look_async (fixture->worth, party, NULL, on_looked, &figures);
  while (!figures)
    g_main_context_iteration (NULL, TRUE);
  return figures;
}

static void
order_today (Fixture *fixture)
{
  g_autoptr (StoreRecord) document = store_record_new (STORE_KIND ("document"));
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *date = g_date_time_format (now, "%F");
  g_autoptr (GError) error = NULL;

  store_record_set_text (document, "kind", "order");
  store_record_set_reference (document, "party", &fixture->ada);
  store_record_set_text (document, "date", date);
  store_record_set_text (document, "currency", "EUR");
  store_record_set_integer (document, "total", 123400);
  store_database_save (fixture->database, "Add", document, NULL, &error);
  g_assert_no_error (error);
}

static void
test_new_order_is_told_at_once (Fixture       *fixture,
                                gconstpointer  data)
{
  g_autoptr (AppWorthFigures) before = look (fixture, &fixture->ada);
  g_autoptr (AppWorthFigures) after = NULL;

  g_assert_nonnull (strstr (before->past, "2 purchases"));
  g_assert_nonnull (before->value);
  g_assert_nonnull (strstr (before->reason, "Bought 2 times"));
  g_assert_nonnull (before->until);

  order_today (fixture);
  after = look (fixture, &fixture->ada);
  g_assert_nonnull (strstr (after->past, "3 purchases"));
  g_assert_nonnull (strstr (after->past, "silent for 0 days"));
  g_assert_nonnull (strstr (after->reason, "Bought 3 times"));
  g_assert_cmpstr (after->value, !=, before->value);
}

static void
test_who_never_ordered_has_no_figures (Fixture       *fixture,
                                       gconstpointer  data)
{
  StoreId nobody;
  g_autoptr (AppWorthFigures) figures = NULL;

  store_id_init_new (&nobody, 1);
  figures = look (fixture, &nobody);
  g_assert_null (figures->past);
  g_assert_null (figures->value);
}

static void
test_too_few_orders_are_told (Fixture       *fixture,
                              gconstpointer  data)
{
  g_autoptr (AppWorthFigures) figures = look (fixture, &fixture->ada);

  g_assert_nonnull (strstr (figures->past, "2 purchases"));
  g_assert_null (figures->value);
  g_assert_nonnull (strstr (figures->reason, "Bought 2 times"));
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

#define ADD(name, n, func)                                                                         \
  g_test_add ("/worth/" name, Fixture, GUINT_TO_POINTER (n), set_up, func, tear_down)

  ADD ("new-order-is-told-at-once", 70, test_new_order_is_told_at_once);
  ADD ("who-never-ordered-has-no-figures", 70, test_who_never_ordered_has_no_figures);
  ADD ("too-few-orders-are-told", 3, test_too_few_orders_are_told);

  return g_test_run ();
}
