/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include "learning-data.h"
#include "shared-data.h"
#include "store-error.h"
#include "store-outcomes.h"
#include "store-parallel.h"

#define N 300

static const char *const methods[] = { "logistic", "tree", "forest", "boosting", "svm", "kernel" };

static StoreOutcomes *
compute (StoreRows  *rows,
         const char *method)
{
  StoreOutcomesOptions options = STORE_OUTCOMES_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  StoreOutcomes *self;

  options.method = method;
  self = store_outcomes_new (rows, NULL, NULL, &options, NULL, &error);
  g_assert_no_error (error);
  return self;
}

static char *
to_text (const StoreOutcomes *self)
{
  g_autoptr (JsonNode) node = store_outcomes_to_json (self);

  return json_to_string (node, FALSE);
}

static void
test_threads_and_order_leave_every_bit (void)
{
  const guint threads[] = { 1, 2, 8 };
  g_autofree char *first = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autoptr (StoreRows) rows = rows_make (N, i == 1);
      g_autoptr (StoreOutcomes) outcomes = NULL;
      g_autofree char *text = NULL;

      store_parallel_set_n_threads (threads[i]);
      outcomes = compute (rows, "auto");
      text = to_text (outcomes);
      if (first == NULL)
        first = g_steal_pointer (&text);
      else
        g_assert_cmpstr (text, ==, first);
    }
  store_parallel_set_n_threads (0);
}

static void
test_every_method_beats_the_simple_rule (void)
{
  g_autoptr (StoreRows) rows = rows_make (2 * N, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autoptr (StoreOutcomes) outcomes = compute (rows, methods[i]);
      const StoreOutcomesContestant *only =
        &g_array_index (outcomes->contestants, StoreOutcomesContestant, 0);

      g_test_message ("%s: %.4f", methods[i], only->errors.auc);
      g_assert_true (outcomes->enough && outcomes->helps);
      g_assert_cmpstr (outcomes->method, ==, methods[i]);
      g_assert_cmpfloat (only->errors.auc, >, 0.8);
      g_assert_cmpfloat (only->errors.lift, >, 1.0);
      assert_close (outcomes->naive.auc, 0.5, 1e-12);
    }
}

static void
test_the_winner_stands_first (void)
{
  g_autoptr (StoreRows) rows = rows_make (N, FALSE);
  g_autoptr (StoreOutcomes) outcomes = compute (rows, "auto");
  double last = 1.0;

  g_assert_cmpuint (outcomes->contestants->len, ==, G_N_ELEMENTS (methods));
  for (guint i = 0; i < outcomes->contestants->len; i++)
    {
      const StoreOutcomesContestant *at =
        &g_array_index (outcomes->contestants, StoreOutcomesContestant, i);

      g_assert_cmpfloat (at->errors.auc, <=, last);
      last = at->errors.auc;
      g_assert_true (i > 0 || g_str_equal (outcomes->method, at->method));
    }
}

/* What a model learnt from one table says of another is the same after a trip through text. */
static void
test_a_carried_model_gives_the_same_bits (void)
{
  StoreOutcomesOptions options = STORE_OUTCOMES_OPTIONS_INIT;
  g_autoptr (StoreRows) rows = rows_make (N, FALSE);
  g_autoptr (StoreRows) others = rows_make (2 * N, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autoptr (StoreOutcomes) fit = compute (rows, methods[i]);
      g_autoptr (StoreModel) model = store_outcomes_to_model (fit);
      g_autofree char *text = store_model_to_text (model);
      g_autoptr (StoreModel) carried = store_model_new_from_text (text, -1, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (StoreOutcomes) here =
        store_outcomes_new_from_model (carried, rows, &options, NULL, &error);
      g_autoptr (StoreOutcomes) there =
        store_outcomes_new_from_model (carried, others, &options, NULL, &error);

      g_assert_no_error (error);
      g_assert_true (memcmp (here->probability, fit->probability, N * sizeof (double)) == 0);
      g_assert_cmpuint (there->seen.n, ==, 2 * N);
      g_test_message ("%s: %.4f", methods[i], there->seen.auc);
      g_assert_cmpfloat (there->seen.auc, >, 0.7);
    }
}

static double
add_up_gini (const StoreOutcomes *outcomes)
{
  g_autoptr (JsonNode) node = store_outcomes_to_json (outcomes);
  JsonArray *columns = json_object_get_array_member (json_node_get_object (node), "columns");
  double sum = 0.0;

  for (guint i = 0; i < json_array_get_length (columns); i++)
    {
      JsonObject *column = json_array_get_object_element (columns, i);

      if (json_object_has_member (column, "gini"))
        sum += json_object_get_double_member (column, "gini");
    }
  return sum;
}

/* Importances are those of the rows that a forest was grown from, whoever is scored. */
static void
test_importances_are_of_what_was_learnt (void)
{
  StoreOutcomesOptions options = STORE_OUTCOMES_OPTIONS_INIT;
  g_autoptr (StoreRows) rows = rows_make (N, FALSE);
  g_autoptr (StoreRows) others = rows_make (3, FALSE);
  g_autoptr (StoreOutcomes) here = NULL;
  g_autoptr (StoreOutcomes) there = NULL;
  g_autoptr (StoreModel) model = NULL;

  options.method = "forest";
  here = store_outcomes_new (rows, NULL, others, &options, NULL, NULL);
  assert_close (add_up_gini (here), 1.0, 1e-9);
  model = store_outcomes_to_model (here);
  there = store_outcomes_new_from_model (model, others, &options, NULL, NULL);
  assert_close (add_up_gini (there), 0.0, 1e-15);
}

static void
test_a_damaged_model_is_told (void)
{
  StoreOutcomesOptions options = STORE_OUTCOMES_OPTIONS_INIT;
  g_autoptr (StoreRows) rows = rows_make (N, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autoptr (StoreOutcomes) fit = compute (rows, methods[i]);
      g_autoptr (StoreModel) model = store_outcomes_to_model (fit);
      const char *const inner[] = { "coefficients", "tree", "trees", "booster", "weights",
                                    "vectors" };
      JsonNode *body = json_node_copy (json_object_get_member (
        json_node_get_object (store_model_to_json (model)), "body"));
      JsonObject *classifier =
        json_object_get_object_member (json_node_get_object (body), "classifier");
      g_autoptr (GError) error = NULL;

      g_assert_true (json_object_has_member (classifier, inner[i]));
      json_object_set_string_member (classifier, inner[i], "AAAA");
      g_assert_null (store_outcomes_read (json_node_get_object (body), rows, &options, NULL,
                                          &error));
      g_assert_error (error, STORE_ERROR, STORE_ERROR_DAMAGED);
      json_node_unref (body);
    }
}

static void
test_parts_name_what_decides (void)
{
  g_autoptr (StoreRows) rows = rows_make (N, FALSE);
  const char *const young = "c00258";
  guint row;

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autoptr (StoreOutcomes) outcomes = compute (rows, methods[i]);
      g_autofree char *reason = NULL;

      g_assert_true (store_rows_find (rows, young, &row));
      reason = store_outcomes_dup_reason (outcomes, row);
      g_test_message ("%s: %s", methods[i], reason);
      if (g_str_equal (methods[i], "kernel"))
        g_assert_nonnull (strstr (reason, "Known rows most like it: 3"));
      else
        g_assert_nonnull (strstr (reason, "“age: "));
    }
}

static void
test_the_nearest_are_others_with_known_outcomes (void)
{
  g_autoptr (StoreRows) rows = rows_make (N, FALSE);
  g_autoptr (StoreOutcomes) outcomes = compute (rows, "logistic");
  g_autoptr (JsonNode) node = store_outcomes_find_nearest (outcomes, 17);
  JsonArray *nearest = json_node_get_array (node);
  double last = 0.0;

  g_assert_cmpuint (json_array_get_length (nearest), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      JsonObject *one = json_array_get_object_element (nearest, i);
      const char *outcome = json_object_get_string_member (one, "outcome");

      g_assert_cmpstr (json_object_get_string_member (one, "id"), !=, store_rows_get_id (rows, 17));
      g_assert_true (g_str_equal (outcome, "Yes") || g_str_equal (outcome, "No"));
      g_assert_cmpfloat (json_object_get_double_member (one, "distance"), >=, last);
      last = json_object_get_double_member (one, "distance");
    }
}

static void
test_too_few_outcomes_are_an_answer (void)
{
  g_autoptr (StoreRows) rows = rows_make (30, FALSE);
  g_autoptr (StoreOutcomes) outcomes = compute (rows, "auto");
  g_autofree char *text = to_text (outcomes);
  g_autofree char *reason = store_outcomes_dup_reason (outcomes, 0);

  g_assert_false (outcomes->enough);
  g_assert_nonnull (strstr (outcomes->notes[g_strv_length (outcomes->notes) - 1], "Of 30 known"));
  g_assert_null (strstr (text, "nan"));
  g_assert_cmpstr (reason, !=, "");
}

/* Rows that say nothing of their outcomes, one in five of which is a yes. */
static StoreRows *
make_chance (guint n)
{
  const char *const names[] = { "a", "b", "c", NULL };
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  StoreRows *rows = store_rows_new (names);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *a = g_strdup_printf ("%.6f", g_rand_double (rand));
      g_autofree char *b = g_strdup_printf ("%.6f", g_rand_double (rand));
      g_autofree char *c = g_strdup_printf ("%u", 1234567 + i);
      const char *cells[] = { a, b, c };

      store_rows_add (rows, NULL, i % 5 == 0 ? "yes" : "no", cells);
    }
  store_rows_finish (rows);
  return rows;
}

/* The rows on which the winner is judged had no part in choosing it, and none is missing. */
static void
test_the_winner_is_judged_on_other_rows (void)
{
  g_autoptr (StoreRows) rows = make_chance (400);
  g_autoptr (StoreOutcomes) outcomes = compute (rows, "auto");
  g_autoptr (StoreOutcomes) alone = compute (rows, "logistic");
  const StoreOutcomesContestant *best =
    &g_array_index (outcomes->contestants, StoreOutcomesContestant, 0);
  const StoreOutcomesContestant *only =
    &g_array_index (alone->contestants, StoreOutcomesContestant, 0);

  g_assert_cmpuint (best->errors.n, ==, 80);
  g_assert_cmpuint (best->judged.n, ==, 80);
  g_assert_cmpuint (best->judged.n_yes, ==, 16);
  g_assert_cmpuint (outcomes->naive.n, ==, 80);
  g_assert_cmpfloat (best->judged.log_loss, !=, best->errors.log_loss);
  g_assert_cmpuint (only->judged.n, ==, 100);
  g_assert_true (memcmp (&only->judged, &only->errors, sizeof only->errors) == 0);
}

/* With the least that there may be, whatever the draw. */
static void
test_ten_of_a_kind_are_enough_for_every_seed (void)
{
  g_autoptr (StoreRows) rows = make_chance (50);

  for (guint seed = 0; seed < 40; seed++)
    {
      StoreOutcomesOptions options = STORE_OUTCOMES_OPTIONS_INIT;
      g_autoptr (StoreOutcomes) outcomes = NULL;
      g_autofree char *text = NULL;

      options.method = "logistic";
      options.seed = seed;
      outcomes = store_outcomes_new (rows, NULL, NULL, &options, NULL, NULL);
      g_assert_true (outcomes->enough);
      g_assert_cmpuint (outcomes->naive.n, ==, 13);
      text = to_text (outcomes);
      g_assert_null (strstr (text, "nan"));
    }
}

/* What is learnt knows nothing of the rows that are foretold: not their mean, nor their words. */
static void
test_held_back_rows_do_not_shape_the_columns (void)
{
  g_autoptr (StoreRows) rows = make_chance (100);
  gboolean is_in[100];
  g_autoptr (StoreRows) part = NULL;
  g_autoptr (GStrvBuilder) notes = g_strv_builder_new ();
  g_autoptr (StoreEncoding) encoding = NULL;
  double mean = 0.0;

  for (guint i = 0; i < 100; i++)
    is_in[i] = i % 3 == 0;
  part = store_rows_new_part (rows, is_in, TRUE);
  g_assert_cmpuint (store_rows_get_n (part), ==, 34);
  g_assert_cmpstr (store_rows_get_id (part, 1), ==, store_rows_get_id (rows, 3));
  encoding = store_encoding_new (part, NULL, notes);
  for (guint i = 0; i < 100; i += 3)
    mean += store_rows_get_column (rows, 0)->numbers[i] / 34;
  assert_close (encoding->means[0], mean, 1e-12);
}

static void
test_nothing_but_no_is_no_yes (void)
{
  const char *const names[] = { "a", NULL };
  g_autoptr (StoreRows) rows = store_rows_new (names);
  g_autoptr (StoreOutcomes) outcomes = NULL;

  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i);
      const char *cells[] = { number };

      store_rows_add (rows, NULL, "no", cells);
    }
  store_rows_finish (rows);
  outcomes = compute (rows, "auto");
  g_assert_false (outcomes->enough);
  g_assert_cmpuint (outcomes->n_yes, ==, 0);
}

/* A table with titles alone. */
static void
test_no_rows_are_an_answer (void)
{
  const char *const names[] = { "a", NULL };
  g_autoptr (StoreRows) rows = store_rows_new (names);
  g_autoptr (StoreOutcomes) outcomes = NULL;

  store_rows_finish (rows);
  outcomes = compute (rows, "auto");
  g_assert_false (outcomes->enough);
}

static void
test_cells_stand_as_in_the_data (void)
{
  g_autoptr (StoreRows) rows = make_chance (60);
  g_autofree char *cell = store_rows_dup_cell (rows, "c", 0);

  g_assert_cmpuint (strlen (cell), ==, strlen ("1234567"));
  g_assert_null (strchr (cell, 'e'));
}

static void
test_nothing_to_learn_from_is_an_answer (void)
{
  const char *const names[] = { "same", NULL };
  g_autoptr (StoreRows) rows = store_rows_new (names);
  g_autoptr (StoreOutcomes) outcomes = NULL;

  for (guint i = 0; i < 100; i++)
    {
      const char *cells[] = { "x" };

      store_rows_add (rows, NULL, i % 2 ? "1" : "0", cells);
    }
  store_rows_finish (rows);
  outcomes = compute (rows, "auto");
  g_assert_false (outcomes->enough);
}

/* The outcome itself among the columns: no method may fail on it. */
static void
test_separated_rows_have_an_answer (void)
{
  const char *const names[] = { "copy", "noise", NULL };
  g_autoptr (StoreRows) rows = store_rows_new (names);

  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *noise = g_strdup_printf ("%u", i * 7 % 13);
      g_autofree char *id = g_strdup_printf ("%03u", i);
      const char *cells[] = { i % 3 ? "a" : "b", noise };

      store_rows_add (rows, id, i % 3 ? "yes" : "no", cells);
    }
  store_rows_finish (rows);
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autoptr (StoreOutcomes) outcomes = compute (rows, methods[i]);

      g_assert_true (outcomes->enough);
      for (guint row = 0; row < 200; row++)
        g_assert_true (outcomes->probability[row] >= 0.0 && outcomes->probability[row] <= 1.0);
      g_assert_cmpfloat (outcomes->probability[1], >, 0.9);
    }
}

static void
assert_can_be_carried (const StoreOutcomes *outcomes,
                       StoreRows           *rows)
{
  StoreOutcomesOptions options = STORE_OUTCOMES_OPTIONS_INIT;
  g_autoptr (StoreModel) model = store_outcomes_to_model (outcomes);
  g_autofree char *text = store_model_to_text (model);
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreModel) carried = store_model_new_from_text (text, -1, &error);
  g_autoptr (StoreOutcomes) again =
    carried != NULL ? store_outcomes_new_from_model (carried, rows, &options, NULL, &error) : NULL;

  g_assert_no_error (error);
  g_assert_true (again->enough);
}

/* Numbers near the ends of what a number can be, and columns with next to nothing in them. */
static void
test_extreme_numbers_have_an_answer (void)
{
  const char *const names[] = { "huge", "tiny", "mostly empty", "rare", NULL };
  g_autoptr (StoreRows) rows = store_rows_new (names);

  for (guint i = 0; i < 200; i++)
    {
      const char *const huge[] = { "1.7e308", "-1.7e308", "5", "1e200" };
      const char *const tiny[] = { "1e-300", "0", "2e-300" };
      g_autofree char *id = g_strdup_printf ("%03u", i);
      const char *cells[] = { huge[i * 7 % 4], tiny[i * 5 % 3], i == 9 ? "x" : "",
                              i % 50 == 3 ? "1e12" : "0" };

      store_rows_add (rows, id, i * 11 % 3 ? "yes" : "no", cells);
    }
  store_rows_finish (rows);
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autoptr (StoreOutcomes) outcomes = compute (rows, methods[i]);
      g_autofree char *text = to_text (outcomes);
      g_autofree char *reason = store_outcomes_dup_reason (outcomes, 3);

      g_assert_true (outcomes->enough);
      g_assert_null (strstr (text, "nan"));
      g_assert_null (strstr (text, "inf"));
      g_assert_null (strstr (reason, "nan"));
      for (guint row = 0; row < 200; row++)
        g_assert_true (outcomes->probability[row] >= 0.0 && outcomes->probability[row] <= 1.0);
      assert_can_be_carried (outcomes, rows);
    }
}

static void
test_cost_and_value_give_a_cut (void)
{
  StoreOutcomesOptions options = STORE_OUTCOMES_OPTIONS_INIT;
  g_autoptr (StoreRows) rows = rows_make (N, FALSE);
  g_autoptr (StoreOutcomes) outcomes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *cut;

  options.method = "logistic";
  options.cost = 2.0;
  g_assert_null (store_outcomes_new (rows, NULL, NULL, &options, NULL, &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_INVALID);
  options.value = 8.0;
  outcomes = store_outcomes_new (rows, NULL, NULL, &options, NULL, NULL);
  node = store_outcomes_to_json (outcomes);
  cut = json_object_get_object_member (json_node_get_object (node), "cut");
  assert_close (json_object_get_double_member (cut, "probability"), 0.25, 1e-15);
  g_assert_cmpfloat (json_object_get_double_member (cut, "gain"), >,
                     json_object_get_double_member (cut, "gain_all"));
}

/* Who has answered is not counted among those to be asked. */
static void
test_only_who_has_not_answered_is_asked (void)
{
  StoreOutcomesOptions options = STORE_OUTCOMES_OPTIONS_INIT;
  const char *const names[] = { "x", NULL };
  g_autoptr (StoreRows) rows = store_rows_new (names);
  g_autoptr (StoreOutcomes) outcomes = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *cut;

  for (guint i = 0; i < 130; i++)
    {
      g_autofree char *x = g_strdup_printf ("%u", i * 37 % 101);
      const char *cells[] = { x };

      store_rows_add (rows, NULL,
                      i >= 120 ? NULL : i * 37 % 101 + i % 7 > 50 ? "yes" : "no", cells);
    }
  store_rows_finish (rows);
  options.method = "logistic";
  options.cost = 1e-6;
  options.value = 8.0;
  outcomes = store_outcomes_new (rows, NULL, NULL, &options, NULL, NULL);
  node = store_outcomes_to_json (outcomes);
  cut = json_object_get_object_member (json_node_get_object (node), "cut");
  g_assert_cmpint (json_object_get_int_member (cut, "n_chosen"), <=, 10);
  g_assert_cmpfloat (json_object_get_double_member (cut, "gain_all"), <=, 80.0);
}

static void
test_a_missing_column_is_told (void)
{
  StoreOutcomesOptions options = STORE_OUTCOMES_OPTIONS_INIT;
  const char *const names[] = { "age", NULL };
  g_autoptr (StoreRows) rows = rows_make (N, FALSE);
  g_autoptr (StoreRows) others = store_rows_new (names);
  g_autoptr (StoreOutcomes) fit = compute (rows, "logistic");
  g_autoptr (StoreModel) model = store_outcomes_to_model (fit);
  g_autoptr (GError) error = NULL;
  const char *cells[] = { "33" };

  store_rows_add (others, "a", NULL, cells);
  store_rows_finish (others);
  g_assert_null (store_outcomes_new_from_model (model, others, &options, NULL, &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "plan"));
}

static void
test_unknown_words_and_methods_are_told (void)
{
  StoreOutcomesOptions options = STORE_OUTCOMES_OPTIONS_INIT;
  const char *const names[] = { "x", NULL };
  g_autoptr (StoreRows) rows = store_rows_new (names);
  g_autoptr (GError) three = NULL;
  g_autoptr (GError) method = NULL;

  for (guint i = 0; i < 90; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i);
      const char *const outcomes[] = { "red", "green", "blue" };
      const char *cells[] = { number };

      store_rows_add (rows, NULL, outcomes[i % 3], cells);
    }
  store_rows_finish (rows);
  g_assert_null (store_outcomes_new (rows, NULL, NULL, &options, NULL, &three));
  g_assert_error (three, STORE_ERROR, STORE_ERROR_INVALID);
  options.method = "magic";
  g_assert_null (store_outcomes_new (rows, NULL, NULL, &options, NULL, &method));
  g_assert_error (method, STORE_ERROR, STORE_ERROR_INVALID);
}

static void
test_cancel_stops (void)
{
  StoreOutcomesOptions options = STORE_OUTCOMES_OPTIONS_INIT;
  g_autoptr (StoreRows) rows = rows_make (N, FALSE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (store_outcomes_new (rows, NULL, NULL, &options, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/outcomes/threads-and-order-leave-every-bit",
                   test_threads_and_order_leave_every_bit);
  g_test_add_func ("/outcomes/every-method-beats-the-simple-rule",
                   test_every_method_beats_the_simple_rule);
  g_test_add_func ("/outcomes/the-winner-stands-first", test_the_winner_stands_first);
  g_test_add_func ("/outcomes/a-carried-model-gives-the-same-bits",
                   test_a_carried_model_gives_the_same_bits);
  g_test_add_func ("/outcomes/importances-are-of-what-was-learnt",
                   test_importances_are_of_what_was_learnt);
  g_test_add_func ("/outcomes/a-damaged-model-is-told", test_a_damaged_model_is_told);
  g_test_add_func ("/outcomes/parts-name-what-decides", test_parts_name_what_decides);
  g_test_add_func ("/outcomes/the-nearest-are-others-with-known-outcomes",
                   test_the_nearest_are_others_with_known_outcomes);
  g_test_add_func ("/outcomes/too-few-outcomes-are-an-answer", test_too_few_outcomes_are_an_answer);
  g_test_add_func ("/outcomes/the-winner-is-judged-on-other-rows",
                   test_the_winner_is_judged_on_other_rows);
  g_test_add_func ("/outcomes/ten-of-a-kind-are-enough-for-every-seed",
                   test_ten_of_a_kind_are_enough_for_every_seed);
  g_test_add_func ("/outcomes/held-back-rows-do-not-shape-the-columns",
                   test_held_back_rows_do_not_shape_the_columns);
  g_test_add_func ("/outcomes/nothing-but-no-is-no-yes", test_nothing_but_no_is_no_yes);
  g_test_add_func ("/outcomes/no-rows-are-an-answer", test_no_rows_are_an_answer);
  g_test_add_func ("/outcomes/cells-stand-as-in-the-data", test_cells_stand_as_in_the_data);
  g_test_add_func ("/outcomes/nothing-to-learn-from-is-an-answer",
                   test_nothing_to_learn_from_is_an_answer);
  g_test_add_func ("/outcomes/separated-rows-have-an-answer", test_separated_rows_have_an_answer);
  g_test_add_func ("/outcomes/extreme-numbers-have-an-answer", test_extreme_numbers_have_an_answer);
  g_test_add_func ("/outcomes/cost-and-value-give-a-cut", test_cost_and_value_give_a_cut);
  g_test_add_func ("/outcomes/only-who-has-not-answered-is-asked",
                   test_only_who_has_not_answered_is_asked);
  g_test_add_func ("/outcomes/a-missing-column-is-told", test_a_missing_column_is_told);
  g_test_add_func ("/outcomes/unknown-words-and-methods-are-told",
                   test_unknown_words_and_methods_are_told);
  g_test_add_func ("/outcomes/cancel-stops", test_cancel_stops);
  return g_test_run ();
}
