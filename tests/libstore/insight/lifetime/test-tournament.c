/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include "shared-data.h"
#include "store-auc.h"
#include "store-backtest.h"
#include "store-error.h"
#include "store-parallel.h"
#include "store-tournament.h"

static StorePurchaseTable *
load_cut (const char *until)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "cdnow-cut.csv", NULL);

  return purchases_load (path, 0, 1, 2, until);
}

static const StoreStanding *
find_standing (const StoreTournament *tournament,
               const char            *name)
{
  for (guint i = 0; i < tournament->standings->len; i++)
    if (g_str_equal (store_tournament_get (tournament, i)->contestant.name, name))
      return store_tournament_get (tournament, i);
  return NULL;
}

/* The reference subtracts times in weeks, whose rounding breaks the ties between equal days. */
static double
get_auc_of_rounded_weeks (StorePurchaseTable *table,
                          guint               days)
{
  gint32 start = store_purchase_table_get_columns (table)->until - (gint32) days;
  g_autoptr (StorePurchaseTable) past = store_purchase_table_cut (table, start);
  const StorePurchaseColumns *columns = store_purchase_table_get_columns (past);
  guint n;
  g_autofree double *later = store_backtest_count_later (table, start, &n);
  g_autofree double *scores = g_new (double, n);
  g_autofree gboolean *active = g_new (gboolean, n);

  for (guint i = 0; i < n; i++)
    {
      scores[i] = (columns->last_day[i] - columns->first_day[i]) / 7.0 -
                  (columns->until - columns->first_day[i]) / 7.0;
      active[i] = later[i] > 0.0;
    }
  return store_auc_get (scores, active, n);
}

static void
compare_with_reference (StorePurchaseTable *table,
                        guint               days,
                        const char         *set)
{
  g_autoptr (JsonNode) calibration = shared_reference_load ("calibration_open.json");
  g_autoptr (JsonNode) headroom = shared_reference_load ("headroom_open.json");
  g_autofree char *n = g_strconcat (set, "/n", NULL);
  g_autofree char *recency = g_strconcat (set, "/recency_only_auc", NULL);
  g_autofree char *frequency = g_strconcat (set, "/frequency_only_auc", NULL);
  g_autofree char *bgnbd = g_strconcat (set, "/bgnbd/auc", NULL);
  g_autofree char *mbgnbd = g_strconcat (set, "/mbgnbd/auc", NULL);
  g_autofree char *same_recency = g_strconcat (set, "/recency", NULL);
  g_autofree char *same_mbgnbd = g_strconcat (set, "/mbg_prob", NULL);
  StoreTournamentOptions options = STORE_TOURNAMENT_OPTIONS_INIT;
  g_autoptr (StoreTournament) tournament = NULL;
  g_autoptr (GError) error = NULL;

  options.horizon_days = days;
  options.n_periods = 1;
  tournament = store_tournament_new (table, &options, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (tournament->enough);
  g_assert_cmpfloat (g_array_index (tournament->periods, StoreTournamentPeriod, 0).n_customers, ==,
                     shared_reference_get (calibration, n));
  assert_close (get_auc_of_rounded_weeks (table, days), shared_reference_get (calibration, recency),
                1e-12);
  assert_close (get_auc_of_rounded_weeks (table, days),
                shared_reference_get (headroom, same_recency), 1e-12);
  assert_close (find_standing (tournament, "recency")->auc,
                shared_reference_get (calibration, recency), 5e-5);
  assert_close (find_standing (tournament, "frequency")->auc,
                shared_reference_get (calibration, frequency), 1e-12);

  /* The parameters agree to 1e-6, so a pair of near ties can change sides. */
  assert_close (find_standing (tournament, "bgnbd")->auc, shared_reference_get (calibration, bgnbd),
                1e-5);
  assert_close (find_standing (tournament, "mbgnbd")->auc,
                shared_reference_get (calibration, mbgnbd), 1e-5);
  assert_close (find_standing (tournament, "mbgnbd")->auc,
                shared_reference_get (headroom, same_mbgnbd), 1e-5);
}

static void
test_cdnow_is_won_by_recency (void)
{
  g_autofree char *path = shared_data_find ("clv/cdnow_sample.csv");
  g_autoptr (StorePurchaseTable) table = purchases_load (path, 1, 2, 4, "1998-06-30");
  StoreTournamentOptions options = STORE_TOURNAMENT_OPTIONS_INIT;
  g_autoptr (StoreTournament) tournament = NULL;

  if (table == NULL)
    return;
  compare_with_reference (table, 273, "cdnow_sample");

  options.horizon_days = 273;
  options.n_periods = 1;
  tournament = store_tournament_new (table, &options, NULL, NULL);
  g_assert_cmpstr (store_tournament_get (tournament, 0)->contestant.name, ==, "recency");
  g_assert_cmpuint (tournament->standings->len, ==, 7);
  assert_close (find_standing (tournament, "bgnbd")->mae, 0.7854542366124028, 1e-6);
  assert_close (find_standing (tournament, "rate")->mae, 1.0236691632673869, 1e-9);
  g_assert_true (isnan (find_standing (tournament, "recency")->mae));
  g_assert_nonnull (strstr (tournament->notes[0], "simple rule"));
}

static void
test_grocery_agrees_with_the_reference (void)
{
  g_autofree char *path = shared_data_find ("clv/grocery_elog.csv");
  g_autoptr (StorePurchaseTable) table = purchases_load (path, 0, 1, -1, "2007-12-30");

  if (table != NULL)
    compare_with_reference (table, 364, "grocery");
}

static void
test_three_periods_are_held_back (void)
{
  g_autoptr (StorePurchaseTable) table = load_cut ("1998-06-30");
  StoreTournamentOptions options = STORE_TOURNAMENT_OPTIONS_INIT;
  g_autoptr (StoreTournament) tournament = store_tournament_new (table, &options, NULL, NULL);
  g_autoptr (JsonNode) document = store_tournament_to_json (tournament);
  JsonObject *root = json_node_get_object (document);
  JsonObject *validation = json_object_get_object_member (root, "validation");

  g_assert_cmpuint (tournament->periods->len, ==, 3);
  g_assert_cmpint (g_array_index (tournament->periods, StoreTournamentPeriod, 2).start, ==,
                   day_of ("1998-06-30") - 270);
  for (guint i = 1; i < tournament->standings->len; i++)
    g_assert_cmpfloat (store_tournament_get (tournament, i - 1)->auc, >=,
                       store_tournament_get (tournament, i)->auc);
  g_assert_cmpstr (json_object_get_string_member (root, "winner"), ==,
                   store_tournament_get (tournament, 0)->contestant.name);
  g_assert_cmpint (json_object_get_int_member (validation, "periods"), ==, 3);
  g_assert_nonnull (strstr (json_object_get_string_member (validation, "words"),
                            "On the last 270 days, held back, “"));
}

/* One who knows what came wins over all. */
static gboolean
peek (StorePurchaseTable  *past,
      guint                days,
      double              *activity,
      double              *purchases,
      GCancellable        *cancellable,
      GError             **error,
      gpointer             data)
{
  for (guint row = 0; row < store_purchase_table_get_n_rows (past); row++)
    {
      g_autofree char *id = store_purchase_table_dup_id (past, row);
      guint there;
      guint n;
      guint n_past;

      g_assert_true (store_purchase_table_find (data, id, &there));
      n = store_purchase_table_get_columns (data)->purchases[there];
      n_past = store_purchase_table_get_columns (past)->purchases[row];
      activity[row] = purchases[row] = n - n_past;
    }
  return TRUE;
}

static gboolean
give_up (StorePurchaseTable  *past,
         guint                days,
         double              *activity,
         double              *purchases,
         GCancellable        *cancellable,
         GError             **error,
         gpointer             data)
{
  g_set_error_literal (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA, "Too little.");
  return FALSE;
}

static void
test_others_can_enter (void)
{
  g_autoptr (StorePurchaseTable) table = load_cut ("1998-06-30");
  const StoreContestant *usual;
  StoreContestant contestants[3];
  StoreTournamentOptions options = STORE_TOURNAMENT_OPTIONS_INIT;
  g_autoptr (StoreTournament) tournament = NULL;
  guint n;

  usual = store_tournament_get_contestants (&n);
  contestants[0] = usual[0];
  contestants[1] = (StoreContestant) { "peek", "Peek", FALSE, peek, table };
  contestants[2] = (StoreContestant) { "none", "None", FALSE, give_up, NULL };
  options.contestants = contestants;
  options.n_contestants = 3;
  options.n_periods = 1;
  tournament = store_tournament_new (table, &options, NULL, NULL);
  g_assert_cmpuint (tournament->standings->len, ==, 2);
  g_assert_cmpstr (store_tournament_get (tournament, 0)->contestant.name, ==, "peek");
  g_assert_cmpfloat (store_tournament_get (tournament, 0)->auc, ==, 1.0);
  g_assert_cmpfloat (store_tournament_get (tournament, 0)->mae, ==, 0.0);
  g_assert_cmpint (tournament->best_count, ==, 0);
}

static void
test_same_bits_on_any_number_of_threads (void)
{
  g_autoptr (StorePurchaseTable) table = load_cut ("1998-06-30");
  StoreTournamentOptions options = STORE_TOURNAMENT_OPTIONS_INIT;
  g_autofree char *first = NULL;

  options.n_periods = 1;
  for (guint n_threads = 1; n_threads <= 8; n_threads *= 2)
    {
      g_autoptr (StoreTournament) tournament = NULL;
      g_autoptr (JsonNode) document = NULL;
      g_autofree char *text = NULL;

      store_parallel_set_n_threads (n_threads);
      tournament = store_tournament_new (table, &options, NULL, NULL);
      document = store_tournament_to_json (tournament);
      text = json_to_string (document, FALSE);
      if (first == NULL)
        first = g_steal_pointer (&text);
      else
        g_assert_cmpstr (text, ==, first);
    }
  store_parallel_set_n_threads (0);
}

static void
test_too_little_is_an_answer (void)
{
  g_autoptr (StorePurchaseTable) table = store_purchase_table_new (200, 2);
  StoreTournamentOptions options = STORE_TOURNAMENT_OPTIONS_INIT;
  g_autoptr (StoreTournament) tournament = NULL;
  g_autoptr (JsonNode) document = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) impossible = NULL;

  store_purchase_table_add (table, "a", 1, 100);
  store_purchase_table_finish (table);
  tournament = store_tournament_new (table, &options, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (tournament->enough);
  g_assert_nonnull (tournament->notes[0]);
  document = store_tournament_to_json (tournament);
  g_assert_true (json_object_get_null_member (json_node_get_object (document), "winner"));

  options.horizon_days = 0;
  g_assert_null (store_tournament_new (table, &options, NULL, &impossible));
  g_assert_error (impossible, STORE_ERROR, STORE_ERROR_INVALID);
}

/* Everybody came back, but then nobody: what cannot be told apart is no lack of customers. */
static void
test_nobody_in_the_time_held_back (void)
{
  g_autoptr (StorePurchaseTable) table = store_purchase_table_new (1000, 2);
  StoreTournamentOptions options = STORE_TOURNAMENT_OPTIONS_INIT;
  g_autoptr (StoreTournament) few = NULL;
  g_autoptr (StoreTournament) tournament = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *id = g_strdup_printf ("c%03u", i);

      store_purchase_table_add (table, id, 0, 100);
      store_purchase_table_add (table, id, 100 + i, 100);
    }
  store_purchase_table_finish (table);
  tournament = store_tournament_new (table, &options, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (tournament->enough);
  options.min_repeaters = 500;
  few = store_tournament_new (table, &options, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (few->enough);
  g_assert_cmpstr (tournament->notes[0], !=, few->notes[0]);
  g_assert_nonnull (strstr (tournament->notes[0], "nobody or everybody"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tournament/cdnow-is-won-by-recency", test_cdnow_is_won_by_recency);
  g_test_add_func ("/tournament/grocery-agrees-with-the-reference",
                   test_grocery_agrees_with_the_reference);
  g_test_add_func ("/tournament/three-periods-are-held-back", test_three_periods_are_held_back);
  g_test_add_func ("/tournament/others-can-enter", test_others_can_enter);
  g_test_add_func ("/tournament/same-bits-on-any-number-of-threads",
                   test_same_bits_on_any_number_of_threads);
  g_test_add_func ("/tournament/too-little-is-an-answer", test_too_little_is_an_answer);
  g_test_add_func ("/tournament/nobody-in-the-time-held-back", test_nobody_in_the_time_held_back);
  return g_test_run ();
}
