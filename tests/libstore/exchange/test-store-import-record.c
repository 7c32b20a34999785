/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange-fixture.h"

#include <string.h>

#include "store-error.h"

#define ORDERS "SELECT count(*) FROM document WHERE trashed = 0 AND kind = 'order'"

static void
test_orders_make_their_customers (ExchangeFixture *fixture,
                                  gconstpointer    data)
{
  static const char text[] = "master_id,id,date,units,value\n"
                             "00004,0001,1997-01-01,2,29.33\n"
                             "00004,0001,1997-01-01,2,29.33\n"
                             "00004,0001,1997-01-18,2,29.73\n"
                             "00021,0002,1997-13-01,3,63.34\n"
                             "00021,0002,1997-01-12,1,\n"
                             "00021,,1997-01-12,1,7\n";
  static const char *const rules[] = { "party=id", NULL };
  g_autoptr (StoreImportReport) rehearsal = NULL;
  g_autoptr (StoreImportReport) first = NULL;
  g_autoptr (StoreImportReport) second = NULL;

  rehearsal = exchange_fixture_import (fixture, text, "order", rules, TRUE);
  first = exchange_fixture_import (fixture, text, "order", rules, FALSE);
  exchange_assert_counts (first, 4, 0, 0, 2);
  exchange_assert_counts (rehearsal, 4, 0, 0, 2);
  g_assert_cmpuint (first->customers, ==, 2);
  g_assert_cmpint (exchange_fixture_count (fixture, ORDERS), ==, 4);
  g_assert_cmpint (exchange_fixture_count (fixture, "SELECT sum(total) FROM document"), ==,
                   2933 + 2933 + 2973);

  second = exchange_fixture_import (fixture, text, "order", rules, FALSE);
  exchange_assert_counts (second, 0, 0, 4, 2);
  g_assert_cmpuint (second->customers, ==, 0);
  g_assert_cmpint (exchange_fixture_count (fixture, ORDERS), ==, 4);
}

static void
test_order_finds_its_customer (ExchangeFixture *fixture,
                               gconstpointer    data)
{
  g_autoptr (StoreImportReport) people = NULL;
  g_autoptr (StoreImportReport) orders = NULL;
  g_autofree char *totals = NULL;

  people = exchange_fixture_import (fixture,
                                    "customer id,name,email,phone\n"
                                    "C1,Ann Lee,a@b.example,13800138000\n"
                                    "C2,Twin,t1@b.example,\nC3,Twin,t2@b.example,\n",
                                    "party", NULL, FALSE);
  exchange_assert_counts (people, 3, 0, 0, 0);
  orders = exchange_fixture_import (fixture,
                                    "order no,customer,date,amount,currency\n"
                                    "1,C1,2024-01-01,\"1.234,50\",EUR\n"
                                    "2,<A@B.example>,2024-01-02,5,EUR\n"
                                    "3,+86 138 0013 8000,2024-01-03,¥88,\n"
                                    "4,Ann Lee,2024-01-04,\"2,5\",EUR\n"
                                    "5,Twin,2024-01-05,5,EUR\n"
                                    "6,C1,2024-01-06,$5,EUR\n",
                                    "order", NULL, FALSE);
  exchange_assert_counts (orders, 5, 0, 0, 1);
  g_assert_cmpuint (orders->left_out, ==, 1);
  g_assert_cmpuint (orders->customers, ==, 0);
  totals = exchange_fixture_get_text (fixture,
                                      "SELECT group_concat(total) FROM (SELECT total FROM document "
                                      "ORDER BY number)");
  g_assert_cmpstr (totals, ==, "123450,500,8800,250");
  g_assert_cmpint (exchange_fixture_count (fixture, "SELECT count(DISTINCT party) FROM document"),
                   ==, 1);
}

static void
test_lines_of_one_invoice_do_not_overwrite_each_other (ExchangeFixture *fixture,
                                                       gconstpointer    data)
{
  static const char text[] = "InvoiceNo,CustomerID,InvoiceDate,Amount\n"
                             "536365,17850,2010-12-01 08:26:00,15.30\n"
                             "536365,17850,2010-12-01 08:26:00,20.34\n"
                             "536366,17850,2010-12-01 08:28:00,11.10\n";
  g_autoptr (StoreImportReport) first = NULL;
  g_autoptr (StoreImportReport) second = NULL;

  first = exchange_fixture_import (fixture, text, "order", NULL, FALSE);
  exchange_assert_counts (first, 2, 0, 0, 1);
  second = exchange_fixture_import (fixture, text, "order", NULL, FALSE);
  exchange_assert_counts (second, 0, 0, 2, 1);
  g_assert_cmpint (exchange_fixture_count (fixture, "SELECT sum(total) FROM document"), ==,
                   1530 + 1110);
}

static void
test_orders_of_two_shops_share_no_number (ExchangeFixture *fixture,
                                          gconstpointer    data)
{
  static const char one[] = "order no,customer,date,total\n1001,Ann,2024-01-01,5\n";
  static const char two[] = "order no,customer,date,total\n1001,Bob,2024-02-01,7\n";
  g_autoptr (StoreImportReport) first = NULL;
  g_autoptr (StoreImportReport) second = NULL;
  g_autoptr (StoreImportReport) again = NULL;

  first = exchange_fixture_import (fixture, one, "order", NULL, FALSE);
  second = exchange_fixture_import (fixture, two, "order", NULL, FALSE);
  exchange_assert_counts (second, 1, 0, 0, 0);
  again = exchange_fixture_import (fixture, one, "order", NULL, FALSE);
  exchange_assert_counts (again, 0, 0, 1, 0);
  g_assert_cmpuint (first->customers + second->customers, ==, 2);
  g_assert_cmpint (exchange_fixture_count (fixture, "SELECT sum(total) FROM document"), ==, 1200);
}

static void
test_any_kind_is_taken_by_its_own_fields (ExchangeFixture *fixture,
                                          gconstpointer    data)
{
  static const char text[] = "sku,name,price,currency,archived\n"
                             "A1,Tea,12.50,EUR,no\nA2,Pot,\"1,200\",JPY,yes\nA3,,1,EUR,\n";
  g_autoptr (StoreImportReport) first = NULL;
  g_autoptr (StoreImportReport) second = NULL;
  g_autoptr (StoreImportReport) tasks = NULL;

  first = exchange_fixture_import (fixture, text, "product", NULL, FALSE);
  exchange_assert_counts (first, 2, 0, 0, 1);
  g_assert_cmpint (exchange_fixture_count (fixture, "SELECT price FROM product WHERE sku = 'A2'"),
                   ==, 1200);
  second = exchange_fixture_import (fixture, "sku,name,price,currency\nA1,Green tea,13,EUR\n",
                                    "product", NULL, FALSE);
  exchange_assert_counts (second, 0, 1, 0, 0);
  tasks = exchange_fixture_import (fixture, "title,due,priority,state\nCall,2024-01-02,High,open\n",
                                   "task", NULL, FALSE);
  exchange_assert_counts (tasks, 1, 0, 0, 0);
}

static void
test_missing_column_is_named (ExchangeFixture *fixture,
                              gconstpointer    data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "import.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "date,amount\n2024-01-01,5\n", -1, NULL));
  g_assert_null (store_import_file (fixture->database, file, "order", NULL, NULL, NULL, &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "party"));
}

static void
add (const char *name,
     void      (*test) (ExchangeFixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/import-record/", name, NULL);

  g_test_add (path, ExchangeFixture, NULL, exchange_fixture_set_up, test,
              exchange_fixture_tear_down);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("orders-make-their-customers", test_orders_make_their_customers);
  add ("order-finds-its-customer", test_order_finds_its_customer);
  add ("lines-of-one-invoice-do-not-overwrite-each-other",
       test_lines_of_one_invoice_do_not_overwrite_each_other);
  add ("orders-of-two-shops-share-no-number", test_orders_of_two_shops_share_no_number);
  add ("any-kind-is-taken-by-its-own-fields", test_any_kind_is_taken_by_its_own_fields);
  add ("missing-column-is-named", test_missing_column_is_named);

  return g_test_run ();
}
