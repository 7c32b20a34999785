/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-store.h"

#include <sqlite3.h>

#include "store-model-body.h"
#include "store-model-shelf.h"
#include "store-purchase-follow.h"

static StoreModel *
make_model (gint64 made,
            gint64 n_rows,
            double value)
{
  StoreModelHead head = { "clv", "mbgnbd", 1, made, 20000, "00", n_rows };
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  store_model_body_add_numbers (builder, "value", &value, 1);
  json_builder_end_object (builder);
  return store_model_new (&head, json_builder_get_root (builder));
}

static gint64
count_changes (TestStore *store)
{
  g_autoptr (GError) error = NULL;
  gint64 changes;

  store_purchase_follow_catch_up (store->database, NULL, &error);
  g_assert_no_error (error);
  store_database_read (store->database, (StoreReadFunc) store_purchase_follow_get_changes,
                       &changes, &error);
  g_assert_no_error (error);
  return changes;
}

static void
put (TestStore  *store,
     const char *settings,
     gint64      made,
     double      value)
{
  g_autoptr (StoreModel) model = make_model (made, 100, value);
  g_autoptr (GError) error = NULL;

  store_model_shelf_put (store->database, settings, model, count_changes (store), &error);
  g_assert_no_error (error);
}

static StoreModel *
find (TestStore      *store,
      const char     *settings,
      StoreShelfMark *mark)
{
  g_autoptr (GError) error = NULL;
  StoreModel *model = NULL;

  count_changes (store);
  model = store_model_shelf_find (store->database, "clv", settings, mark, &error);
  g_assert_no_error (error);
  return model;
}

static double
get_value (StoreModel *model)
{
  double value;

  g_assert_true (store_model_body_read_numbers (store_model_get_body (model), "value", &value, 1,
                                                NULL));
  return value;
}

static void
add_order (TestStore   *store,
           StoreRecord *party)
{
  g_autoptr (StoreRecord) document = store_record_new (STORE_KIND ("document"));
  g_autoptr (GError) error = NULL;

  store_record_set_text (document, "kind", "order");
  store_record_set_reference (document, "party", store_record_get_id (party));
  store_record_set_text (document, "date", "2026-01-02");
  store_record_set_integer (document, "total", 7);
  store_database_save (store->database, "Add", document, NULL, &error);
  g_assert_no_error (error);
}

static int
count_kept (TestStore *store)
{
  sqlite3 *handle;
  sqlite3_stmt *statement;
  int count;

  g_assert_cmpint (sqlite3_open (store->path, &handle), ==, SQLITE_OK);
  sqlite3_prepare_v2 (handle, "SELECT count (*) FROM model_shelf", -1, &statement, NULL);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  count = sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (handle);
  return count;
}

static void
test_newest_of_its_settings_is_found (void)
{
  g_autoptr (TestStore) store = test_store_new ();
  g_autoptr (StoreModel) none = NULL;
  g_autoptr (StoreModel) euro = NULL;
  g_autoptr (StoreModel) yen = NULL;
  StoreShelfMark mark;

  none = find (store, "EUR", &mark);
  g_assert_null (none);
  for (guint i = 1; i <= 7; i++)
    put (store, "EUR", 1000 * i, i / 3.0);
  put (store, "JPY", 500, 0.5);
  g_assert_cmpint (count_kept (store), ==, 4);

  test_store_reopen (store);
  euro = find (store, "EUR", &mark);
  yen = find (store, "JPY", &mark);
  g_assert_cmpint (store_model_get_head (euro)->made, ==, 7000);
  g_assert_cmpfloat (get_value (euro), ==, 7.0 / 3.0);
  g_assert_cmpfloat (get_value (yen), ==, 0.5);
}

/* The clock was a year ahead once; what is fitted after it was set right is the newest. */
static void
test_clock_that_was_set_back (void)
{
  g_autoptr (TestStore) store = test_store_new ();
  g_autoptr (StoreModel) found = NULL;
  StoreShelfMark mark;

  for (guint i = 0; i < 3; i++)
    put (store, "EUR", 90000 + i, 9.0);
  put (store, "EUR", 1000, 1.0);
  found = find (store, "EUR", &mark);
  g_assert_cmpfloat (get_value (found), ==, 1.0);
}

static void
test_a_hundredth_changed_is_due (void)
{
  g_autoptr (TestStore) store = test_store_new ();
  g_autoptr (StoreRecord) ada = test_store_add_party (store, "Ada");
  g_autoptr (StoreModel) model = make_model (1000, 200, 1.0);
  g_autoptr (GError) error = NULL;
  StoreShelfMark mark;

  store_model_shelf_put (store->database, "EUR", model, count_changes (store), &error);
  g_assert_no_error (error);
  for (gint64 i = 0; i < 3; i++)
    {
      g_autoptr (StoreModel) found = find (store, "EUR", &mark);

      g_assert_cmpint (mark.changes, ==, i);
      g_assert_cmpint (store_model_shelf_judge (found, &mark, 20000), ==,
                       i < 2 ? STORE_MODEL_CURRENT : STORE_MODEL_DUE);
      add_order (store, ada);
    }
}

static void
test_after_a_week_it_is_tested_and_confirmed (void)
{
  g_autoptr (TestStore) store = test_store_new ();
  g_autoptr (StoreModel) confirmed = NULL;
  g_autoptr (StoreModel) model = NULL;
  g_autoptr (GError) error = NULL;
  StoreShelfMark mark;

  put (store, "EUR", 1000, 1.0);
  model = find (store, "EUR", &mark);
  g_assert_cmpint (store_model_shelf_judge (model, &mark, 19999), ==, STORE_MODEL_DUE);
  g_assert_cmpint (store_model_shelf_judge (model, &mark, 20006), ==, STORE_MODEL_CURRENT);
  g_assert_cmpint (store_model_shelf_judge (model, &mark, 20007), ==, STORE_MODEL_TO_TEST);

  store_model_shelf_confirm (store->database, "EUR", model, count_changes (store), 20007, &error);
  g_assert_no_error (error);
  confirmed = find (store, "EUR", &mark);
  g_assert_cmpint (store_model_get_head (confirmed)->made, ==, 1000);
  g_assert_cmpint (store_model_get_head (confirmed)->until, ==, 20000);
  g_assert_cmpint (store_model_shelf_judge (confirmed, &mark, 20013), ==, STORE_MODEL_CURRENT);
  g_assert_cmpint (count_kept (store), ==, 1);
}

/* A store that another version wrote to: the model counts as none, and is replaced. */
static void
test_unreadable_model_is_none (void)
{
  g_autoptr (TestStore) store = test_store_new ();
  g_autoptr (StoreModel) none = NULL;
  g_autoptr (StoreModel) again = NULL;
  StoreShelfMark mark;
  sqlite3 *handle;

  put (store, "EUR", 1000, 1.0);
  g_assert_cmpint (sqlite3_open (store->path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, "UPDATE model_shelf SET model = '{'", NULL, NULL, NULL),
                   ==, SQLITE_OK);
  sqlite3_close (handle);
  none = find (store, "EUR", &mark);
  g_assert_null (none);
  put (store, "EUR", 2000, 2.0);
  again = find (store, "EUR", &mark);
  g_assert_cmpfloat (get_value (again), ==, 2.0);
}

static void
test_shelf_does_not_travel (void)
{
  g_autoptr (TestStore) a = test_store_new ();
  g_autoptr (TestStore) b = test_store_new ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  test_store_sync (a, b);
  before = test_store_describe (a);
  put (a, "EUR", 1000, 1.0);
  after = test_store_describe (a);
  g_assert_cmpstr (before, ==, after);
  test_store_sync (a, b);
  {
    g_autoptr (StoreModel) none = NULL;
    StoreShelfMark mark;

    none = find (b, "EUR", &mark);
    g_assert_null (none);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/insight/model-shelf/clock-that-was-set-back", test_clock_that_was_set_back);
  g_test_add_func ("/insight/model-shelf/newest-of-its-settings-is-found",
                   test_newest_of_its_settings_is_found);
  g_test_add_func ("/insight/model-shelf/a-hundredth-changed-is-due",
                   test_a_hundredth_changed_is_due);
  g_test_add_func ("/insight/model-shelf/after-a-week-it-is-tested-and-confirmed",
                   test_after_a_week_it_is_tested_and_confirmed);
  g_test_add_func ("/insight/model-shelf/unreadable-model-is-none", test_unreadable_model_is_none);
  g_test_add_func ("/insight/model-shelf/shelf-does-not-travel", test_shelf_does_not_travel);

  return g_test_run ();
}
