/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "shared-data.h"
#include "store-counter-random.h"
#include "store-purchase-patterns.h"
#include "store-purchase-table.h"

static void
test_orders_of_one_day_are_one_purchase (void)
{
  g_autoptr (StorePurchaseTable) table = store_purchase_table_new (STORE_PURCHASE_UNTIL_LAST, 2);
  const StorePurchaseColumns *columns;
  g_autofree StorePurchase *purchases = NULL;
  guint n;

  store_purchase_table_add (table, "b", 10, 100);
  store_purchase_table_add (table, "a", 12, 300);
  store_purchase_table_add (table, "b", 10, 250);
  store_purchase_table_add (table, "b", 4, -50);
  store_purchase_table_finish (table);

  columns = store_purchase_table_get_columns (table);
  g_assert_cmpuint (columns->n_rows, ==, 2);
  g_assert_cmpint (columns->until, ==, 12);
  g_assert_cmpuint (columns->purchases[1], ==, 2);
  g_assert_cmpuint (columns->orders[1], ==, 3);
  g_assert_cmpint (columns->value[1], ==, 300);
  g_assert_cmpint (columns->first_value[1], ==, -50);
  g_assert_cmpint (columns->first_day[1], ==, 4);
  g_assert_cmpint (columns->last_day[1], ==, 10);

  purchases = store_purchase_table_dup_purchases (table, 1, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpint (purchases[1].value, ==, 350);
  g_assert_cmpuint (purchases[1].orders, ==, 2);
}

static void
test_orders_after_the_cut_are_not_seen (void)
{
  g_autoptr (StorePurchaseTable) table = store_purchase_table_new (9, 2);
  guint row;

  store_purchase_table_add (table, "a", 9, 100);
  store_purchase_table_add (table, "a", 10, 100);
  store_purchase_table_add (table, "b", 11, 100);
  store_purchase_table_finish (table);
  g_assert_cmpuint (store_purchase_table_get_n_rows (table), ==, 1);
  g_assert_cmpuint (store_purchase_table_get_columns (table)->purchases[0], ==, 1);
  g_assert_false (store_purchase_table_find (table, "b", &row));
}

static void
test_cut_equals_a_table_made_at_that_day (void)
{
  g_autoptr (StorePurchaseTable) whole = store_purchase_table_new (STORE_PURCHASE_UNTIL_LAST, 2);
  g_autoptr (StorePurchaseTable) early = store_purchase_table_new (50, 2);
  g_autoptr (StorePurchaseTable) cut = NULL;

  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *id = g_strdup_printf ("c%u",
                                             (guint) (store_counter_random_bits (1, 0, i) % 60));
      gint32 day = store_counter_random_bits (1, 1, i) % 100;
      gint64 minor = store_counter_random_bits (1, 2, i) % 10000;

      store_purchase_table_add (whole, id, day, minor);
      store_purchase_table_add (early, id, day, minor);
    }
  store_purchase_table_finish (whole);
  store_purchase_table_finish (early);
  cut = store_purchase_table_cut (whole, 50);

  g_assert_cmpuint (store_purchase_table_get_n_rows (cut), ==,
                    store_purchase_table_get_n_rows (early));
  for (guint row = 0; row < store_purchase_table_get_n_rows (cut); row++)
    {
      const StorePurchaseColumns *a = store_purchase_table_get_columns (cut);
      const StorePurchaseColumns *b = store_purchase_table_get_columns (early);
      g_autofree char *a_id = store_purchase_table_dup_id (cut, row);
      g_autofree char *b_id = store_purchase_table_dup_id (early, row);

      g_assert_cmpstr (a_id, ==, b_id);
      g_assert_cmpint (a->value[row], ==, b->value[row]);
      g_assert_cmpuint (a->purchases[row], ==, b->purchases[row]);
      g_assert_cmpuint (a->orders[row], ==, b->orders[row]);
    }
}

static void
test_empty_table_has_no_rows (void)
{
  g_autoptr (StorePurchaseTable) table = store_purchase_table_new (STORE_PURCHASE_UNTIL_LAST, 2);
  g_autoptr (StorePurchasePatterns) patterns = NULL;

  store_purchase_table_finish (table);
  patterns = store_purchase_patterns_new (table);
  g_assert_cmpuint (store_purchase_table_get_n_rows (table), ==, 0);
  g_assert_cmpuint (patterns->n, ==, 0);
}

static void
test_days_outside_of_the_calendar_are_refused (void)
{
  g_autoptr (StorePurchaseTable) table = store_purchase_table_new (STORE_PURCHASE_UNTIL_LAST, 2);

  g_assert_false (store_purchase_table_add (table, "a", G_MININT32, 1));
  g_assert_false (store_purchase_table_add (table, "a", G_MAXINT32, 1));
  g_assert_true (store_purchase_table_add (table, "a", STORE_PURCHASE_FIRST_DAY, 1));
  g_assert_true (store_purchase_table_add (table, "a", STORE_PURCHASE_LAST_DAY, 1));
  store_purchase_table_finish (table);
}

static void
test_sums_that_overflow_keep_their_sign (void)
{
  g_autoptr (StorePurchaseTable) table = store_purchase_table_new (STORE_PURCHASE_UNTIL_LAST, 2);

  store_purchase_table_add (table, "a", 1, G_MAXINT64);
  store_purchase_table_add (table, "a", 1, G_MAXINT64);
  store_purchase_table_add (table, "b", 1, G_MININT64);
  store_purchase_table_add (table, "b", 2, -1);
  store_purchase_table_finish (table);
  g_assert_cmpint (store_purchase_table_get_columns (table)->value[0], ==, G_MAXINT64);
  g_assert_cmpint (store_purchase_table_get_columns (table)->value[1], ==, G_MININT64);
}

static void
test_uuid_keys_read_as_text (void)
{
  const guint8 uuid[16] = { 1, 0x8f, 0xab, 0, 0, 0, 0x7f, 0, 0x80, 1, 2, 3, 4, 5, 6, 0xff };
  g_autoptr (StorePurchaseTable) table = store_purchase_table_new (STORE_PURCHASE_UNTIL_LAST, 2);
  g_autofree char *id = NULL;
  guint row;

  store_purchase_table_add_uuid (table, uuid, 1, 1);
  store_purchase_table_finish (table);
  id = store_purchase_table_dup_id (table, 0);
  g_assert_cmpstr (id, ==, "018fab00-0000-7f00-8001-0203040506ff");
  g_assert_true (store_purchase_table_find (table, id, &row));
}

typedef struct
{
  char id[16];
  gint32 day;
  gint64 minor;
} Order;

static StorePurchaseTable *
fill (const Order *orders,
      guint        n,
      guint        stride)
{
  StorePurchaseTable *table = store_purchase_table_new (STORE_PURCHASE_UNTIL_LAST, 2);

  for (guint i = 0; i < n; i++)
    {
      const Order *order = &orders[(guint64) i * stride % n];

      store_purchase_table_add (table, order->id, order->day, order->minor);
    }
  store_purchase_table_finish (table);
  return table;
}

/* Enough rows and days for every digit of the radix sort, and ids that share their first bytes. */
static void
test_shuffled_orders_give_the_same_table (void)
{
  const guint n = 20011;
  g_autofree Order *orders = g_new0 (Order, n);
  g_autoptr (StorePurchaseTable) straight = NULL;
  g_autoptr (StorePurchaseTable) shuffled = NULL;
  const StorePurchaseColumns *a;
  const StorePurchaseColumns *b;

  for (guint i = 0; i < n; i++)
    {
      g_snprintf (orders[i].id, sizeof orders[i].id, "customer-%u",
                  (guint) (store_counter_random_bits (3, 0, i) % 3000));
      orders[i].day = (gint32) (store_counter_random_bits (3, 1, i) % 40000) - 20000;
      orders[i].minor = store_counter_random_bits (3, 2, i) % 100000;
    }
  straight = fill (orders, n, 1);
  shuffled = fill (orders, n, 7919);

  a = store_purchase_table_get_columns (straight);
  b = store_purchase_table_get_columns (shuffled);
  g_assert_cmpuint (a->n_rows, ==, b->n_rows);
  for (guint row = 0; row < a->n_rows; row++)
    {
      guint n_a;
      guint n_b;
      g_autofree StorePurchase *left = store_purchase_table_dup_purchases (straight, row, &n_a);
      g_autofree StorePurchase *right = store_purchase_table_dup_purchases (shuffled, row, &n_b);
      g_autofree char *id = store_purchase_table_dup_id (straight, row);
      g_autofree char *before = row > 0 ? store_purchase_table_dup_id (straight, row - 1) : NULL;
      guint found;

      g_assert_cmpmem (left, n_a * sizeof *left, right, n_b * sizeof *right);
      g_assert_true (before == NULL || strcmp (before, id) < 0);
      g_assert_true (store_purchase_table_find (shuffled, id, &found));
      g_assert_cmpuint (found, ==, row);
      for (guint i = 1; i < n_a; i++)
        g_assert_cmpint (left[i - 1].day, <, left[i].day);
    }
}

static void
test_patterns_count_every_customer_once (void)
{
  g_autoptr (StorePurchaseTable) table = store_purchase_table_new (70, 2);
  g_autoptr (StorePurchasePatterns) patterns = NULL;
  g_autoptr (StorePurchasePatterns) coarse = NULL;
  double sum = 0.0;

  for (guint i = 0; i < 900; i++)
    {
      g_autofree char *id = g_strdup_printf ("c%03u", i % 300);

      store_purchase_table_add (table, id, store_counter_random_bits (5, 0, i) % 70, 100);
    }
  store_purchase_table_finish (table);
  patterns = store_purchase_patterns_new (table);
  for (guint i = 0; i < patterns->n; i++)
    sum += patterns->weight[i];
  g_assert_cmpfloat (sum, ==, 300.0);

  for (guint row = 0; row < patterns->n_rows; row++)
    {
      const StorePurchaseColumns *columns = store_purchase_table_get_columns (table);
      guint i = patterns->row_pattern[row];

      g_assert_cmpfloat (patterns->x[i], ==, columns->purchases[row] - 1);
      g_assert_cmpfloat (patterns->T[i], ==, (70 - columns->first_day[row]) / 7.0);
      g_assert_cmpfloat (patterns->t_x[i], ==,
                         (columns->last_day[row] - columns->first_day[row]) / 7.0);
    }

  coarse = store_purchase_patterns_coarsen (patterns, 4);
  g_assert_cmpuint (coarse->n, <, patterns->n);
  g_assert_cmpfloat (coarse->n_repeats, ==, patterns->n_repeats);
  g_assert_cmpfloat_with_epsilon (coarse->mean_T, patterns->mean_T, 1e-12);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/purchase-table/orders-of-one-day-are-one-purchase",
                   test_orders_of_one_day_are_one_purchase);
  g_test_add_func ("/purchase-table/orders-after-the-cut-are-not-seen",
                   test_orders_after_the_cut_are_not_seen);
  g_test_add_func ("/purchase-table/cut-equals-a-table-made-at-that-day",
                   test_cut_equals_a_table_made_at_that_day);
  g_test_add_func ("/purchase-table/empty-table-has-no-rows", test_empty_table_has_no_rows);
  g_test_add_func ("/purchase-table/days-outside-of-the-calendar-are-refused",
                   test_days_outside_of_the_calendar_are_refused);
  g_test_add_func ("/purchase-table/sums-that-overflow-keep-their-sign",
                   test_sums_that_overflow_keep_their_sign);
  g_test_add_func ("/purchase-table/uuid-keys-read-as-text", test_uuid_keys_read_as_text);
  g_test_add_func ("/purchase-table/shuffled-orders-give-the-same-table",
                   test_shuffled_orders_give_the_same_table);
  g_test_add_func ("/purchase-table/patterns-count-every-customer-once",
                   test_patterns_count_every_customer_once);
  return g_test_run ();
}
