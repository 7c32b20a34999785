/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-store.h"

#include <sqlite3.h>
#include <string.h>

#include "shared-data.h"
#include "store-clv.h"
#include "store-counter-random.h"
#include "store-customer-model.h"
#include "store-drops.h"
#include "store-insight-orders.h"
#include "store-kept-customers.h"
#include "store-segments.h"

#define UNTIL 20819
#define SPRING 20574

static StorePurchaseTable *
load_cut (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "cdnow-cut.csv", NULL);
  StorePurchaseTable *table = purchases_load (path, 0, 1, 2, "1997-09-30");

  g_assert_nonnull (table);
  return table;
}

/* The orders of one row, as if they were read of that customer alone. */
static StorePurchaseTable *
pick_row (StorePurchaseTable *table,
          guint               row)
{
  const StorePurchaseColumns *columns = store_purchase_table_get_columns (table);
  StorePurchaseTable *one = store_purchase_table_new (columns->until, columns->minor_digits);
  g_autofree char *id = store_purchase_table_dup_id (table, row);
  guint n;
  g_autofree StorePurchase *purchases = store_purchase_table_dup_purchases (table, row, &n);

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < purchases[i].orders; j++)
      store_purchase_table_add (one, id, purchases[i].day, j == 0 ? purchases[i].value : 0);
  store_purchase_table_finish (one);
  return one;
}

static StoreCustomerModel *
fit (StorePurchaseTable *table)
{
  g_autoptr (GError) error = NULL;
  StoreCustomerModel *model = store_customer_model_fit (table, "USD", NULL, NULL, &error);

  g_assert_no_error (error);
  return model;
}

/* The model of the cut, fitted once: that takes its time. */
static StoreCustomerModel *
fit_cut (StorePurchaseTable *table)
{
  static StoreModel *fitted;
  g_autoptr (GError) error = NULL;
  StoreCustomerModel *model;

  if (fitted == NULL)
    {
      g_autoptr (StoreCustomerModel) first = fit (table);

      fitted = store_model_ref (store_customer_model_get_model (first));
    }
  model = store_customer_model_new_from_model (fitted, &error);
  g_assert_no_error (error);
  return model;
}

static void
score_row (StoreCustomerModel *model,
           StorePurchaseTable *table,
           guint               row,
           StoreCustomerScore *score)
{
  g_autoptr (StorePurchaseTable) one = pick_row (table, row);
  g_autoptr (GError) error = NULL;

  store_customer_model_score (model, one, score, &error);
  g_assert_no_error (error);
}

/* What is said of one customer alone is what is said of them among all. */
static void
test_one_is_told_as_among_all (void)
{
  g_autoptr (StorePurchaseTable) table = load_cut ();
  g_autoptr (StoreCustomerModel) model = fit_cut (table);
  StoreClvOptions clv_options = STORE_CLV_OPTIONS_INIT;
  StoreDropsOptions drops_options = STORE_DROPS_OPTIONS_INIT;
  StoreSegmentsOptions segments_options = STORE_SEGMENTS_OPTIONS_INIT;
  g_autoptr (StoreClv) clv = store_clv_new (table, &clv_options, NULL, NULL);
  g_autoptr (StoreRfm) rfm = store_rfm_new (table, STORE_RFM_PURCHASES);
  g_autoptr (StoreDrops) drops = store_drops_new (table, &drops_options, NULL, NULL);
  g_autoptr (StoreSegments) segments = store_segments_new (table, &segments_options, NULL, NULL);

  g_assert_true (clv->enough);
  for (guint row = 0; row < store_purchase_table_get_n_rows (table); row += 13)
    {
      g_auto (StoreCustomerScore) score = { 0 };
      g_autofree char *reason = store_clv_dup_reason (clv, row);
      const StoreDrop *drop = store_drops_find (drops, row);

      score_row (model, table, row, &score);
      g_assert_true (score.is_customer && score.enough && score.has_value);
      g_assert_cmpfloat (score.p_alive, ==, clv->p_alive[row]);
      g_assert_cmpfloat (score.expected, ==, clv->expected[row]);
      g_assert_cmpfloat (score.value, ==, clv->value[row]);
      g_assert_cmpfloat (score.clv, ==, clv->clv[row]);
      g_assert_cmpstr (score.reason, ==, reason);
      g_assert_cmpuint (score.r, ==, rfm->r[row]);
      g_assert_cmpuint (score.f, ==, rfm->f[row]);
      g_assert_cmpuint (score.m, ==, rfm->m[row]);
      g_assert_cmpint (score.cell, ==, rfm->cell[row]);
      g_assert_true (score.has_drop == (drop != NULL));
      if (drop != NULL)
        {
          g_assert_cmpfloat (score.drop_p, ==, drop->p_value);
          g_assert_cmpuint (score.drop_purchases, ==, drop->purchases);
          g_assert_true (score.drop_alarm == drop->alarm);
        }
      g_assert_cmpstr (score.segment, ==, segments->segments[segments->labels[row]].name);
    }
}

static void
test_carried_model_says_the_same (void)
{
  g_autoptr (StorePurchaseTable) table = load_cut ();
  g_autoptr (StoreCustomerModel) model = fit_cut (table);
  g_autofree char *text = store_model_to_text (store_customer_model_get_model (model));
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreModel) read = store_model_new_from_text (text, -1, &error);
  g_autoptr (StoreCustomerModel) carried = store_customer_model_new_from_model (read, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (store_customer_model_get_currency (carried), ==, "USD");
  g_assert_true (store_customer_model_holds (carried, table));
  for (guint row = 0; row < store_purchase_table_get_n_rows (table); row += 101)
    {
      g_auto (StoreCustomerScore) before = { 0 };
      g_auto (StoreCustomerScore) after = { 0 };

      score_row (model, table, row, &before);
      score_row (carried, table, row, &after);
      g_assert_cmpfloat (before.clv, ==, after.clv);
      g_assert_cmpfloat (before.drop_p, ==, after.drop_p);
      g_assert_cmpstr (before.segment, ==, after.segment);
      g_assert_cmpstr (before.fingerprint, ==, after.fingerprint);
      g_assert_cmpint (before.made, ==, after.made);
    }
}

static void
test_warm_start_ends_where_cold_does (void)
{
  g_autoptr (StorePurchaseTable) table = load_cut ();
  g_autoptr (StorePurchaseTable) early = store_purchase_table_cut (table, day_of ("1997-08-31"));
  g_autoptr (StoreCustomerModel) known = fit (early);
  g_autoptr (StoreCustomerModel) cold = fit_cut (table);
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreCustomerModel) warm = store_customer_model_fit (table, "USD", known, NULL,
                                                                  &error);

  g_assert_no_error (error);
  for (guint row = 0; row < store_purchase_table_get_n_rows (table); row += 101)
    {
      g_auto (StoreCustomerScore) one = { 0 };
      g_auto (StoreCustomerScore) other = { 0 };

      score_row (cold, table, row, &one);
      score_row (warm, table, row, &other);
      assert_relative (other.p_alive, one.p_alive, 1e-6);
      assert_relative (other.clv, one.clv, 1e-5);
    }
}

static void
test_damaged_models_are_errors (void)
{
  g_autoptr (StorePurchaseTable) table = load_cut ();
  g_autoptr (StoreCustomerModel) model = fit_cut (table);
  g_autofree char *text = store_model_to_text (store_customer_model_get_model (model));
  g_autoptr (StorePurchaseTable) one = pick_row (table, 0);
  gsize length = strlen (text);

  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *broken = g_strdup (text);
      g_autoptr (StoreModel) read = NULL;
      g_autoptr (StoreCustomerModel) taken = NULL;
      g_auto (StoreCustomerScore) score = { 0 };
      g_autoptr (GError) error = NULL;
      guint64 bits = store_counter_random_bits (17, 0, i);

      broken[bits % length] = "0123456789-{}[],:n"[(bits >> 40) % 18];
      read = store_model_new_from_text (broken, -1, &error);
      if (read != NULL)
        taken = store_customer_model_new_from_model (read, &error);
      g_assert_true ((taken != NULL) == (error == NULL));
      if (taken != NULL)
        store_customer_model_score (taken, one, &score, &error);
    }
}

static void
test_too_few_is_an_answer (void)
{
  g_autoptr (StorePurchaseTable) table = store_purchase_table_new (100, 2);
  g_autoptr (StorePurchaseTable) nobody = store_purchase_table_new (100, 2);
  g_autoptr (StoreCustomerModel) model = NULL;
  g_auto (StoreCustomerScore) score = { 0 };
  g_auto (StoreCustomerScore) none = { 0 };
  g_autoptr (GError) error = NULL;

  store_purchase_table_add (table, "a", 10, 100);
  store_purchase_table_add (table, "a", 20, 100);
  store_purchase_table_add (table, "b", 30, 700);
  store_purchase_table_finish (table);
  store_purchase_table_finish (nobody);
  model = fit (table);
  score_row (model, table, 0, &score);
  g_assert_true (score.is_customer);
  g_assert_false (score.enough);
  g_assert_false (score.has_drop);
  g_assert_nonnull (score.reason);
  g_assert_cmpuint (score.r, >, 0);

  store_customer_model_score (model, nobody, &none, &error);
  g_assert_no_error (error);
  g_assert_false (none.is_customer);
}

static void
add_order (TestStore     *store,
           const StoreId *party,
           int            day,
           gint64         total)
{
  g_autoptr (StoreRecord) document = store_record_new (STORE_KIND ("document"));
  g_autoptr (GDateTime) first = g_date_time_new_utc (2026, 1, 1, 0, 0, 0);
  g_autoptr (GDateTime) then = g_date_time_add_days (first, day);
  g_autofree char *date = g_date_time_format (then, "%F");
  g_autoptr (GError) error = NULL;

  store_record_set_text (document, "kind", "order");
  store_record_set_reference (document, "party", party);
  store_record_set_text (document, "date", date);
  store_record_set_text (document, "currency", "EUR");
  store_record_set_integer (document, "total", total);
  store_database_save (store->database, "Add", document, NULL, &error);
  g_assert_no_error (error);
}

/* Seventy customers who come again at a pace of their own, written by another program. */
static void
fill (TestStore *store,
      StoreId   *first)
{
  g_autoptr (GString) sql = g_string_new ("BEGIN;");
  sqlite3 *handle;
  char *message = NULL;

  for (guint i = 0; i < 70; i++)
    {
      guint pace = 9 + i % 31;

      g_string_append_printf (sql, "INSERT INTO party (id, kind, display_name)"
                                   " VALUES (CAST ('C%015u' AS BLOB), 'person', 'Ada');", i);
      for (guint j = 0; j < 2 + i % 7; j++)
        g_string_append_printf (sql, "INSERT INTO document (id, kind, party, date, total, currency)"
                                     " VALUES (randomblob (16), 'order',"
                                     " CAST ('C%015u' AS BLOB), date ('2026-01-%02u', '%u days'),"
                                     " %u, 'EUR');",
                                i, 1 + i % 28, j * pace, 900 + 37 * i + 100 * (j % 3));
    }
  g_string_append (sql, "COMMIT");
  g_assert_cmpint (sqlite3_open (store->path, &handle), ==, SQLITE_OK);
  sqlite3_busy_timeout (handle, 10000);
  sqlite3_exec (handle, sql->str, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  sqlite3_close (handle);
  memcpy (first->bytes, "C000000000000000", STORE_ID_SIZE);
  test_store_reopen (store);
}

static StoreCustomerModel *
refresh (TestStore *store,
         gint32     until)
{
  g_autoptr (GError) error = NULL;
  StoreCustomerModel *model = store_kept_customers_refresh (store->database, until, NULL, &error);

  g_assert_no_error (error);
  return model;
}

static gint64
get_made (const StoreCustomerModel *model)
{
  return store_model_get_head (store_customer_model_get_model (model))->made;
}

static void
test_new_order_is_scored_by_the_kept_model (void)
{
  g_autoptr (TestStore) store = test_store_new ();
  g_autoptr (StoreCustomerModel) model = NULL;
  g_autoptr (StoreCustomerModel) kept = NULL;
  g_auto (StoreCustomerScore) before = { 0 };
  g_auto (StoreCustomerScore) after = { 0 };
  g_autoptr (GError) error = NULL;
  StoreModelState state;
  StoreId ada;

  fill (store, &ada);
  model = refresh (store, UNTIL);
  store_kept_customers_score (store->database, model, &ada, UNTIL, &before, &error);
  g_assert_no_error (error);
  g_assert_true (before.enough);
  add_order (store, &ada, UNTIL - 20454 - 1, 5000);

  kept = store_kept_customers_find (store->database, UNTIL, &state, &error);
  g_assert_no_error (error);
  g_assert_cmpint (get_made (kept), ==, get_made (model));
  store_kept_customers_score (store->database, kept, &ada, UNTIL, &after, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (after.p_alive, >, before.p_alive);
  g_assert_cmpfloat (after.clv, >, before.clv);
  g_assert_cmpuint (after.r, >=, before.r);
  g_assert_cmpint (after.made, ==, before.made);
  g_assert_cmpstr (after.fingerprint, ==, before.fingerprint);
}

static void
test_due_model_is_fitted_anew (void)
{
  g_autoptr (TestStore) store = test_store_new ();
  g_autoptr (StoreCustomerModel) first = NULL;
  g_autoptr (StoreCustomerModel) same = NULL;
  g_autoptr (StoreCustomerModel) next = NULL;
  g_autoptr (StoreCustomerModel) later = NULL;
  StoreModelState state;
  StoreId ada;

  fill (store, &ada);
  g_assert_null (store_kept_customers_find (store->database, UNTIL, &state, NULL));
  first = refresh (store, SPRING);
  same = refresh (store, SPRING + 1);
  g_assert_cmpint (get_made (same), ==, get_made (first));

  g_usleep (2000);
  add_order (store, &ada, 100, 5000);
  next = refresh (store, SPRING);
  g_assert_cmpint (get_made (next), >, get_made (first));
  g_usleep (2000);
  /* By the end of the year hardly anybody comes any more: the rates of spring cannot hold. */
  later = refresh (store, UNTIL);
  g_assert_cmpint (get_made (later), >, get_made (next));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/insight/customer-model/one-is-told-as-among-all",
                   test_one_is_told_as_among_all);
  g_test_add_func ("/insight/customer-model/carried-model-says-the-same",
                   test_carried_model_says_the_same);
  g_test_add_func ("/insight/customer-model/warm-start-ends-where-cold-does",
                   test_warm_start_ends_where_cold_does);
  g_test_add_func ("/insight/customer-model/damaged-models-are-errors",
                   test_damaged_models_are_errors);
  g_test_add_func ("/insight/customer-model/too-few-is-an-answer", test_too_few_is_an_answer);
  g_test_add_func ("/insight/customer-model/new-order-is-scored-by-the-kept-model",
                   test_new_order_is_scored_by_the_kept_model);
  g_test_add_func ("/insight/customer-model/due-model-is-fitted-anew",
                   test_due_model_is_fitted_anew);

  return g_test_run ();
}
