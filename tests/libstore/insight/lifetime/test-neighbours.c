/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "shared-data.h"
#include "store-neighbours.h"

static void
add (StorePurchaseTable *table,
     const char         *id,
     const gint32       *days,
     guint               n)
{
  for (guint i = 0; i < n; i++)
    store_purchase_table_add (table, id, days[i], 1000);
}

/* "now" stands at day 200 exactly where "twin" stood at day 100, and near where "cousin" stood. */
static StorePurchaseTable *
make_table (void)
{
  const gint32 now[] = { 150, 170, 190 };
  const gint32 twin[] = { 50, 70, 90, 120, 130 };
  const gint32 cousin[] = { 40, 65, 88 };
  const gint32 once[] = { 5 };
  const gint32 late[] = { 199 };
  StorePurchaseTable *table = store_purchase_table_new (200, 2);

  add (table, "now", now, G_N_ELEMENTS (now));
  add (table, "twin", twin, G_N_ELEMENTS (twin));
  add (table, "cousin", cousin, G_N_ELEMENTS (cousin));
  add (table, "once", once, G_N_ELEMENTS (once));
  add (table, "late", late, G_N_ELEMENTS (late));
  store_purchase_table_finish (table);
  return table;
}

static void
test_the_twin_is_nearest (void)
{
  g_autoptr (StorePurchaseTable) table = make_table ();
  g_autoptr (StoreNeighbours) neighbours = store_neighbours_new (table, 100);
  StoreNeighbour found[3];
  g_autofree char *id = NULL;
  g_autofree char *reason = NULL;
  g_autofree char *outcome = NULL;
  guint row;

  g_assert_cmpuint (neighbours->n, ==, 3);
  g_assert_true (store_purchase_table_find (table, "now", &row));
  g_assert_cmpuint (store_neighbours_find (neighbours, row, 3, found), ==, 3);
  id = store_purchase_table_dup_id (table, found[0].row);
  g_assert_cmpstr (id, ==, "twin");
  g_assert_cmpfloat (found[0].distance, ==, 0.0);
  g_assert_cmpuint (found[0].later, ==, 2);
  g_assert_cmpuint (found[1].later, ==, 0);
  g_assert_cmpfloat (found[2].distance, >, found[1].distance);

  reason = store_neighbours_dup_reason (neighbours, &found[0]);
  outcome = store_neighbours_dup_outcome (neighbours, &found[0]);
  g_assert_cmpstr (reason, ==, "100 days ago had bought 3 times, the last time 10 days before.");
  g_assert_cmpstr (outcome, ==, "Bought 2 times since.");
}

/* A customer of then is compared with the others, not with themselves. */
static void
test_nobody_is_their_own_neighbour (void)
{
  g_autoptr (StorePurchaseTable) table = make_table ();
  g_autoptr (StoreNeighbours) neighbours = store_neighbours_new (table, 100);

  for (guint row = 0; row < store_purchase_table_get_n_rows (table); row++)
    {
      StoreNeighbour found[5];
      guint n = store_neighbours_find (neighbours, row, 5, found);

      g_assert_cmpuint (n, >=, 2);
      for (guint i = 0; i < n; i++)
        g_assert_cmpuint (found[i].row, !=, row);
    }
}

/* The nearest by the insertion agree with the nearest by looking at all. */
static void
test_all_are_looked_at (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "cdnow-cut.csv", NULL);
  g_autoptr (StorePurchaseTable) table = purchases_load (path, 0, 1, 2, "1998-06-30");
  g_autoptr (StoreNeighbours) neighbours = store_neighbours_new (table, 181);
  guint n = neighbours->n;
  g_autofree StoreNeighbour *all = g_new (StoreNeighbour, n);

  for (guint row = 0; row < n; row += 29)
    {
      StoreNeighbour found[3];
      guint n_all = store_neighbours_find (neighbours, row, n, all);

      g_assert_cmpuint (n_all, >=, n - 1);
      g_assert_cmpuint (store_neighbours_find (neighbours, row, 3, found), ==, 3);
      for (guint i = 0; i < 3; i++)
        {
          g_assert_cmpuint (found[i].row, ==, all[i].row);
          g_assert_cmpfloat (found[i].distance, ==, all[i].distance);
        }
      for (guint i = 1; i < n_all; i++)
        g_assert_cmpfloat (all[i].distance, >=, all[i - 1].distance);
    }
}

static void
test_before_the_first_order_there_is_nobody (void)
{
  g_autoptr (StorePurchaseTable) table = make_table ();
  g_autoptr (StoreNeighbours) neighbours = store_neighbours_new (table, 300);
  g_autoptr (JsonNode) nearest = store_neighbours_to_json (neighbours, 0);

  g_assert_cmpuint (json_array_get_length (json_node_get_array (nearest)), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/neighbours/the-twin-is-nearest", test_the_twin_is_nearest);
  g_test_add_func ("/neighbours/nobody-is-their-own-neighbour", test_nobody_is_their_own_neighbour);
  g_test_add_func ("/neighbours/all-are-looked-at", test_all_are_looked_at);
  g_test_add_func ("/neighbours/before-the-first-order-there-is-nobody",
                   test_before_the_first_order_there_is_nobody);
  return g_test_run ();
}
