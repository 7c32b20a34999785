/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A list of a million customers by name: when the first page stands, when all row numbers are read
 * beside the same SELECT alone, and how soon an edit is told. Nothing is asserted. */

#include "bench-customers.h"

#include <sys/resource.h>

#include "store-database-private.h"
#include "store-list.h"
#include "store-query-private.h"

#define USUAL_ROWS 1000000
#define VIEW 60

static void
wait_for_rows (StoreList *list,
               guint      n)
{
  while (g_list_model_get_n_items (G_LIST_MODEL (list)) < n)
    g_main_context_iteration (NULL, TRUE);
}

/* As a view does: the rows of a page, until each has its record. */
static void
look_at (StoreList *list,
         guint      first)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < VIEW; i++)
    g_ptr_array_add (rows, g_list_model_get_item (G_LIST_MODEL (list), first + i));
  for (guint i = 0; i < VIEW; i++)
    while (store_row_get_record (rows->pdata[i]) == NULL)
      g_main_context_iteration (NULL, TRUE);
}

static gboolean
select_rows (StoreConnection  *connection,
             gpointer          data,
             GError          **error)
{
  g_autoptr (StoreSql) sql = store_sql_new ();
  g_autoptr (StoreStatement) statement =
    store_query_prepare (data, STORE_QUERY_ROWS, connection, NULL, sql, error);
  gboolean row = TRUE;

  while (row && store_statement_step (statement, &row, error))
    ;
  return TRUE;
}

static double
time_select (BenchCustomers *customers,
             StoreQuery     *query)
{
  double start = bench_seconds ();

  store_database_read (customers->database, select_rows, query, NULL);
  return (bench_seconds () - start) * 1000;
}

static void
on_items_changed (GListModel *list,
                  guint       position,
                  guint       removed,
                  guint       added,
                  guint      *told)
{
  *told += removed + added;
}

static void
save (BenchCustomers *customers,
      StoreRecord    *record,
      const char     *name)
{
  g_autoptr (GError) error = NULL;

  store_record_set_text (record, "display_name", name);
  store_database_save (customers->database, "Edit", record, NULL, &error);
  g_assert_no_error (error);
}

static void
wait_for_news (BenchCustomers *customers,
               const char     *what,
               StoreRecord    *record,
               const char     *name,
               guint          *told)
{
  double start = bench_seconds ();

  *told = 0;
  save (customers, record, name);
  while (*told == 0)
    g_main_context_iteration (NULL, TRUE);
  g_print ("%s: told after %.0f ms, as %u rows\n", what, (bench_seconds () - start) * 1000, *told);
}

static void
bench_edit (BenchCustomers *customers,
            StoreList      *list)
{
  g_autoptr (StoreRecord) record = store_record_new (STORE_KIND ("party"));
  guint told = 0;

  store_record_set_text (record, "kind", "person");
  g_signal_connect (list, "items-changed", G_CALLBACK (on_items_changed), &told);
  wait_for_news (customers, "a new customer", record, "Aaa", &told);
  while (store_list_is_loading (list))
    g_main_context_iteration (NULL, TRUE);
  wait_for_news (customers, "an edit that moves a row", record, "Zzz", &told);
  g_signal_handlers_disconnect_by_data (list, &told);
}

int
main (void)
{
  BenchCustomers customers = { 0 };
  g_autoptr (StoreQuery) query = store_query_new ("party");
  g_autoptr (StoreList) list = NULL;
  struct rusage usage;
  double start, first, all, scroll, select;

  bench_customers_make (&customers, bench_customers_count (USUAL_ROWS));
  store_query_set_sort (query, "sort_name", FALSE);
  time_select (&customers, query);
  select = time_select (&customers, query);

  start = bench_seconds ();
  list = store_list_new (customers.database, query);
  wait_for_rows (list, VIEW);
  look_at (list, 0);
  first = (bench_seconds () - start) * 1000;
  wait_for_rows (list, customers.n);
  all = (bench_seconds () - start) * 1000;

  start = bench_seconds ();
  for (guint i = 0; i < 20; i++)
    look_at (list, i * (customers.n / 21));
  scroll = (bench_seconds () - start) * 1000 / 20;

  g_print ("%u customers: first page %.1f ms, all row numbers %.0f ms, %.2f of the SELECT alone\n",
           customers.n, first, all, all / select);
  g_print ("a page anywhere %.2f ms\n", scroll);
  bench_edit (&customers, list);
  getrusage (RUSAGE_SELF, &usage);
  g_print ("peak memory %.0f MB\n", (double) usage.ru_maxrss / 1024);

  g_clear_object (&list);
  bench_customers_free (&customers);
  return 0;
}
