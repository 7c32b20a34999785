/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What one order costs where the figures of a million customers follow the log: the time until
 * they are true again after it was written, as a ratio to the goal of 1 ms. Beside it, how long
 * the figures take to be made anew and to be read. Prints medians; asserts nothing.
 *
 * CLIENTELE_BENCH_ROWS sets the number of customers (default 1,000,000).
 */
#include "store-database-private.h"
#include "store-insight-orders.h"
#include "store-kept-customers.h"
#include "store-purchase-follow.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <time.h>

#define GOAL_SECONDS 0.001
#define ROUNDS 300
#define LAST_DAY 20819

static double
wall_seconds (void)
{
  return (double) g_get_monotonic_time () / 1e6;
}

static double
cpu_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

static int
compare (const void *a,
         const void *b)
{
  double left = *(const double *) a;
  double right = *(const double *) b;

  return left < right ? -1 : left > right;
}

/* Customer i has i % 3 + 1 orders of the years before; rows without log, as if they had always
 * been there. */
static gboolean
fill (StoreConnection  *connection,
      gpointer          data,
      GError          **error)
{
  g_autofree char *sql = g_strdup_printf (
    "CREATE TEMP TABLE i AS WITH RECURSIVE i (k) AS"
    " (SELECT 0 UNION ALL SELECT k + 1 FROM i WHERE k < %u) SELECT k FROM i;"
    "INSERT INTO party (id, kind, display_name) SELECT CAST (printf ('C%%015d', k) AS BLOB),"
    " 'person', 'Ada' FROM i;"
    "INSERT INTO document (id, kind, party, date, total, currency)"
    " SELECT CAST (printf ('D%%07d%%08d', j.o, k) AS BLOB), 'order',"
    " CAST (printf ('C%%015d', k) AS BLOB),"
    " date ('2024-01-01', (k * 7919 %% 300 + j.o * 97) || ' days'), 500 + k %% 9500, 'EUR'"
    " FROM i, (SELECT 0 o UNION SELECT 1 UNION SELECT 2) j WHERE j.o <= k %% 3",
    GPOINTER_TO_UINT (data) - 1);

  return store_connection_execute (connection, sql, error);
}

static void
get_party (guint    customer,
           StoreId *party)
{
  g_autofree char *key = g_strdup_printf ("C%015u", customer);

  memcpy (party->bytes, key, STORE_ID_SIZE);
}

static void
place_order (StoreDatabase *database,
             guint          customer,
             const char    *date)
{
  g_autoptr (StoreRecord) document = store_record_new (STORE_KIND ("document"));
  g_autoptr (GError) error = NULL;
  StoreId party;

  get_party (customer, &party);
  store_record_set_text (document, "kind", "order");
  store_record_set_reference (document, "party", &party);
  store_record_set_text (document, "date", date);
  store_record_set_text (document, "currency", "EUR");
  store_record_set_integer (document, "total", 4200);
  store_database_save (database, "Add", document, NULL, &error);
  g_assert_no_error (error);
}

static void
bench_orders (StoreDatabase *database,
              guint          n,
              const char    *what,
              const char    *date)
{
  double wall[ROUNDS];
  double cpu[ROUNDS];

  for (guint i = 0; i < ROUNDS; i++)
    {
      double wall_start;
      double cpu_start;

      place_order (database, (guint) ((i * G_GUINT64_CONSTANT (2654435761)) % n), date);
      wall_start = wall_seconds ();
      cpu_start = cpu_seconds ();
      store_purchase_follow_catch_up (database, NULL, NULL);
      wall[i] = wall_seconds () - wall_start;
      cpu[i] = cpu_seconds () - cpu_start;
    }
  qsort (wall, ROUNDS, sizeof *wall, compare);
  qsort (cpu, ROUNDS, sizeof *cpu, compare);
  g_print ("%s, figures true again: %.3f ms of the clock (9 of 10 below %.3f), %.3f ms of the "
           "processor; %.2f of the goal\n",
           what, wall[ROUNDS / 2] * 1e3, wall[ROUNDS * 9 / 10] * 1e3, cpu[ROUNDS / 2] * 1e3,
           wall[ROUNDS / 2] / GOAL_SECONDS);
}

static void
bench_reading (StoreDatabase *database)
{
  double start = cpu_seconds ();
  g_autoptr (StoreInsightOrders) figures =
    store_insight_orders_read_figures (database, LAST_DAY, NULL, NULL, NULL);
  double middle = cpu_seconds ();
  g_autoptr (StoreInsightOrders) orders =
    store_insight_orders_read (database, LAST_DAY, NULL, NULL);
  double end = cpu_seconds ();

  g_print ("%u customers, %u orders, read by customer: %.2f s; order by order: %.2f s\n",
           store_purchase_table_get_n_rows (figures->table), orders->n_orders, middle - start,
           end - middle);
}

/* From the order that was just written to the scores of its customer. */
static void
bench_scores (StoreDatabase *database,
              guint          n)
{
  double wall[ROUNDS];
  double start = wall_seconds ();
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreCustomerModel) model =
    store_kept_customers_refresh (database, LAST_DAY, NULL, &error);

  g_assert_no_error (error);
  g_print ("model of %u customers fitted and kept: %.1f s of the clock\n", n,
           wall_seconds () - start);
  for (guint i = 0; i < ROUNDS; i++)
    {
      g_auto (StoreCustomerScore) score = { 0 };
      guint customer = (guint) ((i * G_GUINT64_CONSTANT (2654435761)) % n);
      StoreId party;

      place_order (database, customer, "2026-12-31");
      get_party (customer, &party);
      start = wall_seconds ();
      store_purchase_follow_catch_up (database, NULL, NULL);
      store_kept_customers_score (database, model, &party, LAST_DAY, &score, &error);
      wall[i] = wall_seconds () - start;
      g_assert_no_error (error);
      g_assert_true (score.is_customer);
    }
  qsort (wall, ROUNDS, sizeof *wall, compare);
  g_print ("a new order, figures true and the customer scored again: %.3f ms of the clock (9 of 10 "
           "below %.3f); %.2f of the goal\n",
           wall[ROUNDS / 2] * 1e3, wall[ROUNDS * 9 / 10] * 1e3, wall[ROUNDS / 2] / GOAL_SECONDS);
}

int
main (void)
{
  const char *rows = g_getenv ("CLIENTELE_BENCH_ROWS");
  guint n = rows ? (guint) atoi (rows) : 1000000;
  g_autofree char *folder = g_dir_make_tmp ("bench-purchases-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "store", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreDatabase) database = store_database_open (path, STORE_OPEN_CREATE, &error);
  double start;

  g_assert_no_error (error);
  store_database_write_local (database, fill, GUINT_TO_POINTER (n), &error);
  g_assert_no_error (error);
  start = cpu_seconds ();
  store_purchase_follow_catch_up (database, NULL, &error);
  g_assert_no_error (error);
  g_print ("figures of %u customers made anew: %.2f s\n", n, cpu_seconds () - start);
  bench_orders (database, n, "a new order", "2026-12-30");
  bench_orders (database, n, "an order of an earlier day", "2024-01-02");
  bench_reading (database);
  bench_scores (database, n);

  store_database_close (database);
  g_clear_object (&database);
  for (guint i = 0; i < 3; i++)
    {
      static const char *const endings[] = { "", "-wal", "-shm" };
      g_autofree char *name = g_strconcat (path, endings[i], NULL);

      g_remove (name);
    }
  g_rmdir (folder);
  return 0;
}
