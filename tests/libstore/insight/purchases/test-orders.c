/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-insight-orders.h"

#include <glib/gstdio.h>

#define DAY_2026_01_31 20484

typedef struct
{
  char *folder;
  StoreDatabase *database;
  StoreId ada;
  StoreId bob;
} Fixture;

static void
add_party (Fixture    *fixture,
           const char *name,
           StoreId    *id)
{
  g_autoptr (StoreRecord) party = store_record_new (STORE_KIND ("party"));
  g_autoptr (GError) error = NULL;

  store_record_set_text (party, "kind", "person");
  store_record_set_text (party, "display_name", name);
  store_database_save (fixture->database, "Add", party, NULL, &error);
  g_assert_no_error (error);
  *id = *store_record_get_id (party);
}

static StoreId
add_document (Fixture       *fixture,
              const char    *kind,
              const StoreId *party,
              const char    *date,
              gint64         total,
              const char    *currency)
{
  g_autoptr (StoreRecord) document = store_record_new (STORE_KIND ("document"));
  g_autoptr (GError) error = NULL;

  store_record_set_text (document, "kind", kind);
  if (party)
    store_record_set_reference (document, "party", party);
  if (date)
    store_record_set_text (document, "date", date);
  store_record_set_text (document, "currency", currency);
  store_record_set_integer (document, "total", total);
  store_database_save (fixture->database, "Add", document, NULL, &error);
  g_assert_no_error (error);
  return *store_record_get_id (document);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  fixture->folder = g_dir_make_tmp ("insight-orders-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (fixture->folder, "store", NULL);
  fixture->database = store_database_open (path, STORE_OPEN_CREATE, &error);
  g_assert_no_error (error);
  add_party (fixture, "Ada", &fixture->ada);
  add_party (fixture, "Bob", &fixture->bob);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  store_database_close (fixture->database);
  g_clear_object (&fixture->database);
  dir = g_dir_open (fixture->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

static StoreInsightOrders *
read_orders (Fixture    *fixture,
             const char *currency)
{
  g_autoptr (GError) error = NULL;
  StoreInsightOrders *orders =
    store_insight_orders_read (fixture->database, DAY_2026_01_31, currency, &error);

  g_assert_no_error (error);
  return orders;
}

static void
test_empty_store_has_an_empty_table (Fixture       *fixture,
                                     gconstpointer  data)
{
  g_autoptr (StoreInsightOrders) orders = read_orders (fixture, NULL);

  g_assert_cmpuint (store_purchase_table_get_n_rows (orders->table), ==, 0);
  g_assert_null (orders->currency);
}

/* Yen are never added to euros: most orders decide, the others are counted. */
static void
test_currencies_are_not_added (Fixture       *fixture,
                               gconstpointer  data)
{
  add_document (fixture, "order", &fixture->ada, "2026-01-01", 1000, "EUR");
  add_document (fixture, "order", &fixture->ada, "2026-01-02", 500, "EUR");
  add_document (fixture, "order", &fixture->ada, "2026-01-03", 700000, "JPY");

  g_autoptr (StoreInsightOrders) euro = read_orders (fixture, NULL);
  g_autoptr (StoreInsightOrders) yen = read_orders (fixture, "JPY");
  const StorePurchaseColumns *in_euro = store_purchase_table_get_columns (euro->table);
  const StorePurchaseColumns *in_yen = store_purchase_table_get_columns (yen->table);

  g_assert_cmpstr (euro->currency, ==, "EUR");
  g_assert_cmpuint (euro->n_orders, ==, 2);
  g_assert_cmpuint (euro->n_other, ==, 1);
  g_assert_cmpint (in_euro->value[0], ==, 1500);
  g_assert_cmpuint (in_euro->minor_digits, ==, 2);
  g_assert_cmpint (in_yen->value[0], ==, 700000);
  g_assert_cmpuint (in_yen->minor_digits, ==, 0);
}

static void
test_only_orders_that_stand_count (Fixture       *fixture,
                                   gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  StoreId cancelled = add_document (fixture, "order", &fixture->ada, "2026-01-05", 90, "EUR");
  g_autoptr (StoreRecord) record = NULL;

  add_document (fixture, "order", &fixture->ada, "2026-01-06", 800, "EUR");
  add_document (fixture, "order", &fixture->ada, "2026-01-01", 1, "EUR");
  add_document (fixture, "order", &fixture->ada, "2026-02-01", 2, "EUR");
  add_document (fixture, "invoice", &fixture->ada, "2026-01-01", 4, "EUR");
  add_document (fixture, "quote", &fixture->bob, "2026-01-01", 8, "EUR");
  add_document (fixture, "order", NULL, "2026-01-01", 16, "EUR");
  add_document (fixture, "order", &fixture->bob, NULL, 32, "EUR");

  record = store_database_load (fixture->database, STORE_KIND ("document"), &cancelled, &error);
  g_assert_no_error (error);
  store_record_set_text (record, "state", "cancelled");
  store_database_save (fixture->database, "Edit", record, NULL, &error);
  g_assert_no_error (error);

  g_autoptr (StoreInsightOrders) orders = read_orders (fixture, NULL);
  const StorePurchaseColumns *columns = store_purchase_table_get_columns (orders->table);

  g_assert_cmpuint (columns->n_rows, ==, 1);
  g_assert_cmpint (columns->value[0], ==, 801);
  g_assert_cmpuint (columns->purchases[0], ==, 2);
  g_assert_cmpint (columns->last_day[0], ==, DAY_2026_01_31 - 25);
  g_assert_cmpuint (orders->n_incomplete, ==, 2);
}

static gboolean
delete_document (StoreTransaction  *transaction,
                 gpointer           data,
                 GError           **error)
{
  return store_transaction_delete (transaction, STORE_KIND ("document"), data, error);
}

static void
test_trash_is_left_out (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  StoreId id = add_document (fixture, "order", &fixture->ada, "2026-01-06", 800, "EUR");

  add_document (fixture, "order", &fixture->ada, "2026-01-06", 5, "EUR");
  store_database_write (fixture->database, "Delete", NULL, delete_document, &id, NULL, &error);
  g_assert_no_error (error);

  g_autoptr (StoreInsightOrders) orders = read_orders (fixture, NULL);

  g_assert_cmpint (store_purchase_table_get_columns (orders->table)->value[0], ==, 5);
  g_assert_cmpuint (orders->n_orders, ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/insight-orders/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("empty-store-has-an-empty-table", test_empty_store_has_an_empty_table);
  ADD ("currencies-are-not-added", test_currencies_are_not_added);
  ADD ("only-orders-that-stand-count", test_only_orders_that_stand_count);
  ADD ("trash-is-left-out", test_trash_is_left_out);
  return g_test_run ();
}
