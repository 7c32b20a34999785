/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The figures that followed the log against figures made from the orders as they are. */

#include "test-store.h"

#include <math.h>
#include <sqlite3.h>
#include <string.h>

#include "store-insight-orders.h"
#include "store-purchase-follow.h"
#include "store-purchase-order.h"
#include "store-purchase-rows.h"

#define N_PARTIES 5
#define FIRST_DAY 20454

/* The day FIRST_DAY + @day, which is in 2026. */
static char *
make_date (int day)
{
  g_autoptr (GDateTime) first = g_date_time_new_utc (2026, 1, 1, 0, 0, 0);
  g_autoptr (GDateTime) then = g_date_time_add_days (first, day);

  return g_date_time_format (then, "%F");
}

static StoreId
add_order (TestStore     *store,
           const StoreId *party,
           int            day,
           gint64         total,
           const char    *currency)
{
  g_autoptr (StoreRecord) document = store_record_new (STORE_KIND ("document"));
  g_autofree char *date = make_date (day);
  g_autoptr (GError) error = NULL;

  store->now++;
  store_record_set_text (document, "kind", "order");
  store_record_set_reference (document, "party", party);
  store_record_set_text (document, "date", date);
  if (currency)
    store_record_set_text (document, "currency", currency);
  store_record_set_integer (document, "total", total);
  store_database_save (store->database, "Add", document, NULL, &error);
  g_assert_no_error (error);
  return *store_record_get_id (document);
}

static void
catch_up (TestStore *store)
{
  g_autoptr (GError) error = NULL;

  store_purchase_follow_catch_up (store->database, NULL, &error);
  g_assert_no_error (error);
}

static void
print_row (GString                    *text,
           const StoreId              *party,
           const char                 *currency,
           const StorePurchaseFigures *figures)
{
  g_autofree char *id = store_id_to_string (party);

  g_string_append_printf (text, "%s %s %d %d %u %u %" G_GINT64_FORMAT " %" G_GINT64_FORMAT
                                " %" G_GINT64_FORMAT " %a %a %a",
                          id, currency, figures->first_day, figures->last_day,
                          figures->purchases, figures->orders, figures->value,
                          figures->first_value, figures->last_value, figures->squares,
                          figures->log_values, figures->log_gaps);
  for (guint i = 0; i < STORE_PURCHASE_MONTHS; i++)
    g_string_append_printf (text, " %u", figures->months[i]);
  g_string_append_c (text, '\n');
}

static gboolean
print_kept (StoreConnection  *connection,
            gpointer          data,
            GError          **error)
{
  g_autoptr (StoreStatement) statement =
    store_connection_prepare (connection,
                              "SELECT party, currency, " STORE_PURCHASE_ROW_COLUMNS
                              " FROM purchase_figures ORDER BY party, currency",
                              error);
  gboolean row = statement != NULL;

  while (row)
    {
      StorePurchaseFigures figures;
      StoreId party;

      if (!store_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        break;
      g_assert_true (store_statement_get_id (statement, 0, &party));
      store_purchase_rows_read (statement, 2, &figures);
      print_row (data, &party, (const char *) sqlite3_column_text (statement->handle, 1),
                 &figures);
    }
  return statement != NULL;
}

static gboolean
print_wanted (StoreConnection  *connection,
              gpointer          data,
              GError          **error)
{
  g_autoptr (StoreStatement) statement =
    store_connection_prepare (connection,
                              "SELECT party, ifnull (currency, ''), date, total FROM document"
                              " WHERE kind = 'order' AND trashed = 0 AND party IS NOT NULL"
                              " AND (state IS NULL OR state <> 'cancelled')"
                              " ORDER BY 1, 2, 3, total % 7",
                              error);
  StorePurchaseFigures figures = { 0 };
  g_autofree char *currency = NULL;
  StoreId party = { { 0 } };
  gboolean row = statement != NULL;

  while (row)
    {
      const char *next;
      StoreId id;
      GDate date;

      if (!store_statement_step (statement, &row, error))
        return FALSE;
      next = row ? (const char *) sqlite3_column_text (statement->handle, 1) : NULL;
      if (row)
        g_assert_true (store_statement_get_id (statement, 0, &id));
      if (figures.orders > 0 &&
          (!row || !store_id_equal (&id, &party) || !g_str_equal (next, currency)))
        {
          print_row (data, &party, currency, &figures);
          figures = (StorePurchaseFigures){ 0 };
        }
      if (!row)
        break;
      g_free (currency);
      currency = g_strdup (next);
      party = id;
      g_date_clear (&date, 1);
      g_date_set_parse (&date, (const char *) sqlite3_column_text (statement->handle, 2));
      g_assert_true (store_purchase_figures_add (&figures,
                                                 (gint32) g_date_get_julian (&date) - 719163,
                                                 sqlite3_column_int64 (statement->handle, 3)));
    }
  return statement != NULL;
}

static char *
describe (TestStore     *store,
          StoreReadFunc  func)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  store_database_read (store->database, func, text, &error);
  g_assert_no_error (error);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_true_now (TestStore *store)
{
  g_autofree char *kept = NULL;
  g_autofree char *wanted = NULL;

  catch_up (store);
  kept = describe (store, print_kept);
  wanted = describe (store, print_wanted);
  g_assert_cmpstr (kept, ==, wanted);
}

/* Another program, that knows nothing of the log. */
static void
write_outside (TestStore  *store,
               const char *sql)
{
  sqlite3 *handle;
  char *message = NULL;

  g_assert_cmpint (sqlite3_open (store->path, &handle), ==, SQLITE_OK);
  sqlite3_busy_timeout (handle, 10000);
  sqlite3_exec (handle, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  sqlite3_close (handle);
}

typedef struct
{
  TestStore *stores[2];
  StoreId parties[N_PARTIES];
  GArray *orders;
} World;

static void
world_init (World *self)
{
  self->orders = g_array_new (FALSE, FALSE, sizeof (StoreId));
  self->stores[0] = test_store_new ();
  self->stores[1] = test_store_new ();
  for (guint i = 0; i < N_PARTIES; i++)
    {
      g_autoptr (StoreRecord) party = test_store_add_party (self->stores[0], "Ada");

      self->parties[i] = *store_record_get_id (party);
    }
  test_store_sync (self->stores[0], self->stores[1]);
}

static void
world_clear (World *self)
{
  g_array_unref (self->orders);
  test_store_free (self->stores[0]);
  test_store_free (self->stores[1]);
}

static gboolean
is_there (TestStore     *store,
          const char    *kind,
          const StoreId *id)
{
  g_autoptr (StoreRecord) record = store_database_load (store->database, STORE_KIND (kind), id,
                                                        NULL);

  return record != NULL;
}

static void
edit_order (World         *world,
            TestStore     *store,
            const StoreId *id)
{
  static const char *const states[] = { "draft", "cancelled", "paid" };
  static const char *const kinds[] = { "order", "quote" };
  static const char *const currencies[] = { "EUR", "JPY", "" };
  const char *field = NULL;
  g_autofree char *text = NULL;

  switch (g_test_rand_int_range (0, 7))
    {
    case 0:
      field = "state";
      text = g_strdup (states[g_test_rand_int_range (0, 3)]);
      break;
    case 1:
      field = "kind";
      text = g_strdup (kinds[g_test_rand_int_range (0, 2)]);
      break;
    case 2:
      field = "date";
      text = make_date (g_test_rand_int_range (0, 900));
      break;
    case 3:
      field = "total";
      text = g_strdup_printf ("%d", g_test_rand_int_range (-20, 5000));
      break;
    case 4:
      field = "notes";
      text = g_strdup_printf ("%d", g_test_rand_int_range (0, 9));
      break;
    case 5:
      field = "currency";
      text = g_strdup (currencies[g_test_rand_int_range (0, 3)]);
      break;
    default:
      field = "party";
      text = store_id_to_string (&world->parties[g_test_rand_int_range (0, N_PARTIES)]);
      break;
    }
  g_free (test_store_set (store, "document", id, field, text));
}

static void
add_some_order (World     *world,
                TestStore *store)
{
  static const char *const currencies[] = { "EUR", "EUR", "JPY", NULL };
  StoreId id = add_order (store, &world->parties[g_test_rand_int_range (0, N_PARTIES)],
                          g_test_rand_int_range (0, 900), g_test_rand_int_range (-100, 10000),
                          currencies[g_test_rand_int_range (0, 4)]);

  g_array_append_val (world->orders, id);
}

static void
trash_or_restore (TestStore     *store,
                  const char    *kind,
                  const StoreId *id)
{
  if (test_store_is_trashed (store, kind, id))
    test_store_restore (store, kind, id);
  else
    test_store_delete (store, kind, id);
}

static void
undo (TestStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreUndoReport) report = NULL;

  store->now++;
  report = store_undo (store->database, NULL, &error);
}

static void
disturb_from_outside (TestStore *store)
{
  static const char *const statements[] = {
    "UPDATE document SET total = total + 1 WHERE n = (SELECT n FROM document ORDER BY id LIMIT 1)",
    "DELETE FROM document WHERE n = (SELECT max (n) FROM document)",
    "INSERT INTO document (id, kind, party, date, total, currency) SELECT randomblob (16), 'order',"
    " id, '2026-03-04', 77, 'EUR' FROM party ORDER BY id LIMIT 1",
    "UPDATE document SET party = (SELECT id FROM party ORDER BY id LIMIT 1)"
    " WHERE n = (SELECT min (n) FROM document)",
  };

  write_outside (store, statements[g_test_rand_int_range (0, G_N_ELEMENTS (statements))]);
}

static void
take_random_step (World *world)
{
  TestStore *store = world->stores[g_test_rand_int_range (0, 3) == 0];
  const StoreId *party = &world->parties[g_test_rand_int_range (0, N_PARTIES)];
  const StoreId *order = NULL;
  int what = g_test_rand_int_range (0, 100);

  if (world->orders->len > 0)
    order = &g_array_index (world->orders, StoreId,
                            g_test_rand_int_range (0, (int) world->orders->len));
  if (order && !is_there (store, "document", order))
    order = NULL;

  if (what < 30 || !order)
    add_some_order (world, store);
  else if (what < 60)
    edit_order (world, store, order);
  else if (what < 70)
    trash_or_restore (store, "document", order);
  else if (what < 75)
    trash_or_restore (store, "party", party);
  else if (what < 82)
    undo (store);
  else if (what < 88)
    test_store_sync (world->stores[0], world->stores[1]);
  else if (what < 92)
    disturb_from_outside (store);
  else
    catch_up (store);
}

static void
live (guint n_steps,
      guint step)
{
  World world;

  store_purchase_follow_set_step (step);
  world_init (&world);
  for (guint i = 0; i < n_steps; i++)
    {
      take_random_step (&world);
      if (i % 40 == 39)
        assert_true_now (world.stores[i % 80 == 39]);
    }
  test_store_sync (world.stores[0], world.stores[1]);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *followed = NULL;
      g_autofree char *anew = NULL;
      g_autoptr (GError) error = NULL;

      assert_true_now (world.stores[i]);
      followed = describe (world.stores[i], print_kept);
      store_purchase_follow_rebuild (world.stores[i]->database, NULL, &error);
      g_assert_no_error (error);
      anew = describe (world.stores[i], print_kept);
      g_assert_cmpstr (followed, ==, anew);
    }
  world_clear (&world);
  store_purchase_follow_set_step (1000);
}

static void
test_random_lives_end_as_if_made_anew (void)
{
  guint n_lives = g_test_slow () ? 100 : 4;

  for (guint i = 0; i < n_lives; i++)
    live (120, i % 2 == 0 ? 1000 : 3);
}

#define DEFINE_PAIR                                                                                \
  g_autoptr (TestStore) a = test_store_new ();                                                     \
  g_autoptr (TestStore) b = test_store_new ();                                                     \
  g_autoptr (StoreRecord) ada = test_store_add_party (a, "Ada");                                   \
  g_autoptr (StoreRecord) bob = test_store_add_party (a, "Bob");                                   \
  g_autoptr (StoreRecord) eve = test_store_add_party (a, "Eve");                                   \
  G_GNUC_UNUSED const StoreId *ada_id = store_record_get_id (ada);                                 \
  G_GNUC_UNUSED const StoreId *bob_id = store_record_get_id (bob);                                 \
  G_GNUC_UNUSED const StoreId *eve_id = store_record_get_id (eve);

/* The delete of Ada takes her order along; Bob's device, not knowing, edits Ada: all come back,
 * and the log says nothing of the order. */
static void
test_delete_that_was_cancelled_elsewhere (void)
{
  DEFINE_PAIR

  add_order (a, ada_id, 3, 100, "EUR");
  test_store_sync (a, b);
  catch_up (a);
  test_store_delete (a, "party", ada_id);
  assert_true_now (a);
  g_free (test_store_set (b, "party", ada_id, "nickname", "Countess"));
  test_store_sync (a, b);
  g_assert_false (test_store_is_trashed (a, "party", ada_id));
  assert_true_now (a);
  assert_true_now (b);
}

/* Here the order went to Eve, elsewhere to Bob, whose write wins: the entry from there names
 * neither Eve nor that it was shown with her. */
static void
test_order_moved_here_and_there (void)
{
  DEFINE_PAIR
  StoreId order = add_order (a, ada_id, 3, 100, "EUR");
  g_autofree char *to_eve = store_id_to_string (eve_id);
  g_autofree char *to_bob = store_id_to_string (bob_id);

  test_store_sync (a, b);
  g_free (test_store_set (a, "document", &order, "party", to_eve));
  assert_true_now (a);
  b->now += 1000;
  g_free (test_store_set (b, "document", &order, "party", to_bob));
  test_store_sync (a, b);
  assert_true_now (a);
  assert_true_now (b);
}

/* Nobody has looked at the store since: no write of ours has put it into the log. */
static void
test_other_programs_write_counts_at_once (void)
{
  DEFINE_PAIR

  add_order (a, ada_id, 3, 100, "EUR");
  catch_up (a);
  write_outside (a, "UPDATE document SET total = total + 1");
  assert_true_now (a);
}

static gint64
count_changes (TestStore *store)
{
  g_autoptr (GError) error = NULL;
  gint64 changes = -1;

  catch_up (store);
  store_database_read (store->database, (StoreReadFunc) store_purchase_follow_get_changes,
                       &changes, &error);
  g_assert_no_error (error);
  return changes;
}

static void
test_changes_are_counted (void)
{
  DEFINE_PAIR
  gint64 before = count_changes (a);
  StoreId order = add_order (a, ada_id, 3, 100, "EUR");

  g_assert_cmpint (count_changes (a), ==, before + 1);
  g_free (test_store_set (a, "document", &order, "notes", "nothing to count"));
  g_assert_cmpint (count_changes (a), ==, before + 1);
  g_free (test_store_set (a, "document", &order, "total", "7"));
  g_assert_cmpint (count_changes (a), ==, before + 2);
}

static void
test_a_stop_leaves_what_was_done (void)
{
  DEFINE_PAIR
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  add_order (a, ada_id, 3, 100, "EUR");
  g_cancellable_cancel (cancellable);
  g_assert_false (store_purchase_follow_catch_up (a->database, cancellable, &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_CANCELLED);
  assert_true_now (a);
}

/* Cut days, planned orders and orders without a currency: as the single orders tell it. */
static void
test_table_of_figures_is_table_of_orders (void)
{
  World world;

  world_init (&world);
  for (guint i = 0; i < 60; i++)
    add_some_order (&world, world.stores[0]);
  for (int day = -1; day < 950; day += 50)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (StoreInsightOrders) by_order =
        store_insight_orders_read (world.stores[0]->database, FIRST_DAY + day, "EUR", &error);
      g_autoptr (StoreInsightOrders) by_customer =
        store_insight_orders_read_figures (world.stores[0]->database, FIRST_DAY + day, "EUR", NULL,
                                           &error);
      const StorePurchaseColumns *left = store_purchase_table_get_columns (by_order->table);
      const StorePurchaseColumns *right = store_purchase_table_get_columns (by_customer->table);
      guint n = left->n_rows;

      g_assert_no_error (error);
      g_assert_true (store_purchase_table_has_purchases (by_order->table));
      g_assert_true (store_purchase_table_has_purchases (by_customer->table) == (n == 0));
      g_assert_cmpstr (by_order->currency, ==, by_customer->currency);
      g_assert_cmpuint (by_order->n_orders, ==, by_customer->n_orders);
      g_assert_cmpuint (by_order->n_other, ==, by_customer->n_other);
      g_assert_cmpuint (by_order->n_incomplete, ==, by_customer->n_incomplete);
      g_assert_cmpuint (n, ==, right->n_rows);
      g_assert_cmpint (left->until, ==, right->until);
      g_assert_cmpmem (left->first_day, n * sizeof (gint32), right->first_day, n * sizeof (gint32));
      g_assert_cmpmem (left->last_day, n * sizeof (gint32), right->last_day, n * sizeof (gint32));
      g_assert_cmpmem (left->purchases, n * sizeof (guint32), right->purchases,
                       n * sizeof (guint32));
      g_assert_cmpmem (left->orders, n * sizeof (guint32), right->orders, n * sizeof (guint32));
      g_assert_cmpmem (left->value, n * sizeof (gint64), right->value, n * sizeof (gint64));
      g_assert_cmpmem (left->first_value, n * sizeof (gint64), right->first_value,
                       n * sizeof (gint64));
      for (guint row = 0; row < n; row++)
        {
          g_autofree char *one = store_purchase_table_dup_id (by_order->table, row);
          g_autofree char *other = store_purchase_table_dup_id (by_customer->table, row);

          g_assert_cmpstr (one, ==, other);
        }
    }
  world_clear (&world);
}

typedef struct
{
  World *world;
  gint done;
} Crowd;

static gpointer
follow_in_a_crowd (gpointer data)
{
  Crowd *crowd = data;

  while (!g_atomic_int_get (&crowd->done))
    catch_up (crowd->world->stores[0]);
  return NULL;
}

static gpointer
read_in_a_crowd (gpointer data)
{
  Crowd *crowd = data;
  StoreDatabase *database = crowd->world->stores[0]->database;
  guint last = 0;

  while (!g_atomic_int_get (&crowd->done))
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (StoreInsightOrders) orders =
        store_insight_orders_read_figures (database, FIRST_DAY + 1000, "EUR", NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (orders->n_orders, >=, last);
      last = orders->n_orders;
    }
  return NULL;
}

/* Two that follow, two that read and one that writes: nobody sees less than before. */
static void
test_followers_and_readers_at_once (void)
{
  guint n_orders = g_test_slow () ? 2000 : 60;
  GThread *threads[4];
  Crowd crowd = { 0 };
  World world;

  world_init (&world);
  crowd.world = &world;
  catch_up (world.stores[0]);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("crowd", i % 2 == 0 ? follow_in_a_crowd : read_in_a_crowd, &crowd);
  for (guint i = 0; i < n_orders; i++)
    add_order (world.stores[0], &world.parties[i % N_PARTIES], g_test_rand_int_range (0, 900), i,
               "EUR");
  g_atomic_int_set (&crowd.done, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  assert_true_now (world.stores[0]);
  world_clear (&world);
}

static gboolean
are_whole (TestStore *store)
{
  g_autoptr (GError) error = NULL;
  gboolean whole = FALSE;

  store_database_read (store->database, (StoreReadFunc) store_purchase_follow_is_whole, &whole,
                       &error);
  g_assert_no_error (error);
  return whole;
}

/* Before the first time, half way through, and as another version made them. */
static void
test_figures_that_are_not_whole_are_known (void)
{
  static const char *const disturbances[] = {
    "UPDATE purchase_state SET place = randomblob (16)",
    "UPDATE purchase_state SET version = '0.0'",
    "DROP TABLE purchase_state",
  };
  DEFINE_PAIR

  add_order (a, ada_id, 3, 100, "EUR");
  g_assert_false (are_whole (a));
  for (guint i = 0; i < G_N_ELEMENTS (disturbances); i++)
    {
      catch_up (a);
      g_assert_true (are_whole (a));
      write_outside (a, disturbances[i]);
      g_assert_false (are_whole (a));
    }
}

static gpointer
rebuild_in_a_crowd (gpointer data)
{
  Crowd *crowd = data;

  while (!g_atomic_int_get (&crowd->done))
    {
      g_autoptr (GError) error = NULL;

      store_purchase_follow_rebuild (crowd->world->stores[0]->database, NULL, &error);
      g_assert_no_error (error);
    }
  return NULL;
}

/* Another program that makes figures in another way throws ours away and begins anew: who reads
 * meanwhile sees all customers or waits, never some. */
static void
test_reader_while_figures_are_made_anew (void)
{
  guint n_reads = g_test_slow () ? 2000 : 100;
  Crowd crowd = { 0 };
  GThread *thread;
  World world;

  world_init (&world);
  crowd.world = &world;
  for (guint i = 0; i < 3 * N_PARTIES; i++)
    add_order (world.stores[0], &world.parties[i % N_PARTIES], i, 100, "EUR");
  store_purchase_follow_set_step (1);
  thread = g_thread_new ("anew", rebuild_in_a_crowd, &crowd);
  for (guint i = 0; i < n_reads; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (StoreInsightOrders) orders =
        store_insight_orders_read_figures (world.stores[0]->database, FIRST_DAY + 1000, NULL, NULL,
                                           &error);

      g_assert_no_error (error);
      g_assert_cmpuint (orders->n_orders, ==, 3 * N_PARTIES);
    }
  g_atomic_int_set (&crowd.done, TRUE);
  g_thread_join (thread);
  store_purchase_follow_set_step (1000);
  world_clear (&world);
}

/* Two programs on one file take turns in bringing the same figures up to date. */
static void
test_two_programs_follow_one_store (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreDatabase) other = NULL;
  World world;

  world_init (&world);
  other = store_database_open (world.stores[0]->path, STORE_OPEN_EXISTING, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 40; i++)
    {
      add_some_order (&world, world.stores[0]);
      if (i % 3 != 0)
        store_purchase_follow_catch_up (i % 2 == 0 ? other : world.stores[0]->database, NULL,
                                        &error);
      g_assert_no_error (error);
    }
  assert_true_now (world.stores[0]);
  store_database_close (other);
  world_clear (&world);
}

static void
test_one_customer_is_their_row (void)
{
  World world;

  world_init (&world);
  for (guint i = 0; i < 40; i++)
    add_some_order (&world, world.stores[0]);
  for (guint i = 0; i < N_PARTIES; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *id = store_id_to_string (&world.parties[i]);
      g_autoptr (StoreInsightOrders) all =
        store_insight_orders_read (world.stores[0]->database, FIRST_DAY + 400, "EUR", &error);
      g_autoptr (StorePurchaseTable) one =
        store_insight_orders_read_customer (world.stores[0]->database, &world.parties[i],
                                            FIRST_DAY + 400, "EUR", &error);
      g_autofree StorePurchase *left = NULL;
      g_autofree StorePurchase *right = NULL;
      guint n_left;
      guint n_right;
      guint row;

      g_assert_no_error (error);
      if (!store_purchase_table_find (all->table, id, &row))
        {
          g_assert_cmpuint (store_purchase_table_get_n_rows (one), ==, 0);
          continue;
        }
      left = store_purchase_table_dup_purchases (all->table, row, &n_left);
      right = store_purchase_table_dup_purchases (one, 0, &n_right);
      g_assert_cmpmem (left, n_left * sizeof *left, right, n_right * sizeof *right);
    }
  world_clear (&world);
}

static void
test_months_and_sums_of_figures (void)
{
  StorePurchaseFigures figures = { 0 };

  g_assert_true (store_purchase_figures_add (&figures, FIRST_DAY, 100));
  g_assert_true (store_purchase_figures_add (&figures, FIRST_DAY, 50));
  g_assert_true (store_purchase_figures_add (&figures, FIRST_DAY + 31, -7));
  g_assert_true (store_purchase_figures_add (&figures, FIRST_DAY + 40, 20));
  g_assert_false (store_purchase_figures_add (&figures, FIRST_DAY + 39, 20));

  g_assert_cmpuint (figures.purchases, ==, 3);
  g_assert_cmpuint (figures.orders, ==, 4);
  g_assert_cmpint (figures.value, ==, 163);
  g_assert_cmpint (figures.first_value, ==, 150);
  g_assert_cmpfloat (store_purchase_figures_get_squares (&figures), ==, 22500.0 + 49.0 + 400.0);
  g_assert_cmpfloat_with_epsilon (store_purchase_figures_get_log_values (&figures),
                                  log (150.0) + log (20.0), 1e-12);
  g_assert_cmpfloat_with_epsilon (figures.log_gaps, log (31.0) + log (9.0), 1e-12);
  g_assert_cmpuint (figures.months[0], ==, 2);
  g_assert_cmpuint (figures.months[1], ==, 1);
  g_assert_cmpuint (store_purchase_figures_count_months (&figures, FIRST_DAY + 45, 1), ==, 2);
  g_assert_cmpuint (store_purchase_figures_count_months (&figures, FIRST_DAY + 70, 2), ==, 2);
  g_assert_cmpuint (store_purchase_figures_count_months (&figures, FIRST_DAY + 70, 3), ==, 3);
  g_assert_cmpuint (store_purchase_figures_count_months (&figures, FIRST_DAY + 700, 12), ==, 0);
  g_assert_true (store_purchase_figures_add (&figures, FIRST_DAY + 800, 1));
  g_assert_cmpuint (figures.months[0], ==, 1);
  g_assert_cmpuint (figures.months[1], ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/insight/follow/months-and-sums-of-figures", test_months_and_sums_of_figures);
  g_test_add_func ("/insight/follow/random-lives-end-as-if-made-anew",
                   test_random_lives_end_as_if_made_anew);
  g_test_add_func ("/insight/follow/delete-that-was-cancelled-elsewhere",
                   test_delete_that_was_cancelled_elsewhere);
  g_test_add_func ("/insight/follow/order-moved-here-and-there", test_order_moved_here_and_there);
  g_test_add_func ("/insight/follow/other-programs-write-counts-at-once",
                   test_other_programs_write_counts_at_once);
  g_test_add_func ("/insight/follow/changes-are-counted", test_changes_are_counted);
  g_test_add_func ("/insight/follow/a-stop-leaves-what-was-done", test_a_stop_leaves_what_was_done);
  g_test_add_func ("/insight/follow/table-of-figures-is-table-of-orders",
                   test_table_of_figures_is_table_of_orders);
  g_test_add_func ("/insight/follow/followers-and-readers-at-once",
                   test_followers_and_readers_at_once);
  g_test_add_func ("/insight/follow/figures-that-are-not-whole-are-known",
                   test_figures_that_are_not_whole_are_known);
  g_test_add_func ("/insight/follow/reader-while-figures-are-made-anew",
                   test_reader_while_figures_are_made_anew);
  g_test_add_func ("/insight/follow/two-programs-follow-one-store",
                   test_two_programs_follow_one_store);
  g_test_add_func ("/insight/follow/one-customer-is-their-row", test_one_customer_is_their_row);

  return g_test_run ();
}
