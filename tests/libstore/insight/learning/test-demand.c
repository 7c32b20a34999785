/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "learning-data.h"
#include "shared-data.h"
#include "store-counter-random.h"
#include "store-demand.h"
#include "store-error.h"

#define N 200

/* Sales fall with the price, double in the season, and have some noise. */
static StoreRows *
make_sales_from (guint    first,
                 guint    n,
                 gboolean backwards)
{
  const char *const names[] = { "price", "season", "twice the price", NULL };
  StoreRows *rows = store_rows_new (names);

  for (guint k = 0; k < n; k++)
    {
      guint i = first + (backwards ? n - 1 - k : k);
      double price = 1.0 + floor (40.0 * store_counter_random (4, 1, i)) / 10.0;
      gboolean is_season = store_counter_random (4, 2, i) < 0.3;
      double sold = 100.0 - 12.0 * price + (is_season ? 50.0 : 0.0) +
                    8.0 * (store_counter_random (4, 3, i) - 0.5);
      g_autofree char *id = g_strdup_printf ("r%04u", i);
      g_autofree char *label = g_strdup_printf ("%.6f", sold);
      g_autofree char *at = g_strdup_printf ("%.1f", price);
      g_autofree char *twice = g_strdup_printf ("%.1f", 2.0 * price);
      const char *cells[] = { at, is_season ? "yes" : "no", twice };

      store_rows_add (rows, id, i == 7 ? NULL : label, cells);
    }
  store_rows_finish (rows);
  return rows;
}

static StoreRows *
make_sales (gboolean backwards)
{
  return make_sales_from (0, N, backwards);
}

static StoreDemand *
compute (StoreRows *rows)
{
  StoreDemandOptions options = STORE_DEMAND_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  StoreDemand *self = store_demand_new (rows, &options, &error);

  g_assert_no_error (error);
  return self;
}

static void
test_the_line_is_found (void)
{
  g_autoptr (StoreRows) rows = make_sales (FALSE);
  g_autoptr (StoreDemand) demand = compute (rows);
  g_autoptr (JsonNode) node = store_demand_to_json (demand);
  JsonArray *coefficients =
    json_object_get_array_member (json_node_get_object (node), "coefficients");
  JsonObject *fit = json_object_get_object_member (json_node_get_object (node), "fit");
  JsonObject *price = json_array_get_object_element (coefficients, 0);
  JsonObject *season = json_array_get_object_element (coefficients, 1);

  g_assert_true (demand->enough && demand->helps);
  g_assert_cmpuint (json_array_get_length (coefficients), ==, 2);
  g_assert_cmpstr (json_object_get_string_member (season, "name"), ==, "season=yes");
  assert_close (json_object_get_double_member (price, "coefficient"), -12.0, 0.05);
  assert_close (json_object_get_double_member (season, "coefficient"), 50.0, 0.05);
  assert_close (json_object_get_double_member (fit, "constant"), 100.0, 0.05);
}

/* Eight of ten rows lie within their interval. */
static void
test_intervals_hold_their_share (void)
{
  g_autoptr (StoreRows) rows = make_sales (FALSE);
  g_autoptr (StoreDemand) demand = compute (rows);
  guint n_within = 0;

  for (guint i = 0; i < N; i++)
    n_within += demand->y[i] >= demand->low[i] && demand->y[i] <= demand->high[i];
  g_assert_cmpfloat (fabs (n_within / (double) N - 0.8), <, 0.08);
  g_assert_true (isnan (demand->y[7]) && isfinite (demand->expected[7]));
}

/* And eight of ten of rows that the line was not learnt from. */
static void
test_intervals_hold_their_share_of_new_rows (void)
{
  StoreDemandOptions options = STORE_DEMAND_OPTIONS_INIT;
  const guint n = 4000;
  g_autoptr (StoreRows) rows = make_sales (FALSE);
  g_autoptr (StoreRows) others = make_sales_from (N, n, FALSE);
  g_autoptr (StoreDemand) demand = compute (rows);
  g_autoptr (StoreModel) model = store_demand_to_model (demand);
  g_autoptr (StoreDemand) there = store_demand_new_from_model (model, others, &options, NULL);
  guint n_within = 0;

  for (guint i = 0; i < n; i++)
    n_within += there->y[i] >= there->low[i] && there->y[i] <= there->high[i];
  g_test_message ("%.4f", n_within / (double) n);
  g_assert_cmpfloat (fabs (n_within / (double) n - 0.8), <, 0.08);
}

static void
test_order_leaves_every_bit (void)
{
  g_autofree char *texts[2] = { NULL };

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (StoreRows) rows = make_sales (i == 1);
      g_autoptr (StoreDemand) demand = compute (rows);
      g_autoptr (JsonNode) node = store_demand_to_json (demand);

      texts[i] = json_to_string (node, FALSE);
    }
  g_assert_cmpstr (texts[0], ==, texts[1]);
  g_free (g_steal_pointer (&texts[1]));
}

static void
test_a_carried_model_gives_the_same_bits (void)
{
  StoreDemandOptions options = STORE_DEMAND_OPTIONS_INIT;
  g_autoptr (StoreRows) rows = make_sales (FALSE);
  g_autoptr (StoreDemand) demand = compute (rows);
  g_autoptr (StoreModel) model = store_demand_to_model (demand);
  g_autofree char *text = store_model_to_text (model);
  g_autoptr (StoreModel) carried = store_model_new_from_text (text, -1, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreDemand) again = store_demand_new_from_model (carried, rows, &options, &error);

  g_assert_no_error (error);
  g_assert_true (memcmp (again->expected, demand->expected, N * sizeof (double)) == 0);
  g_assert_true (memcmp (again->high, demand->high, N * sizeof (double)) == 0);
}

static void
test_reasons_name_what_adds (void)
{
  g_autoptr (StoreRows) rows = make_sales (FALSE);
  g_autoptr (StoreDemand) demand = compute (rows);
  g_autoptr (JsonNode) node = store_demand_find_nearest (demand, 7);
  g_autofree char *reason = store_demand_dup_reason (demand, 7);
  double last = -1.0;

  g_test_message ("%s", reason);
  g_assert_nonnull (strstr (reason, "“season: "));
  g_assert_null (strstr (reason, "twice"));
  g_assert_cmpuint (json_array_get_length (json_node_get_array (node)), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      JsonObject *one = json_array_get_object_element (json_node_get_array (node), i);

      g_assert_cmpfloat (json_object_get_double_member (one, "distance"), >=, last);
      last = json_object_get_double_member (one, "distance");
    }
}

static void
test_too_few_rows_are_an_answer (void)
{
  const double values[] = { 1, 2, 3, 4, 5, 6, 7 };
  g_autoptr (StoreRows) rows = store_demand_rows_new (values, 7, 4, FALSE);
  g_autoptr (StoreDemand) demand = compute (rows);
  g_autoptr (JsonNode) node = store_demand_to_json (demand);
  g_autofree char *text = json_to_string (node, FALSE);

  g_assert_false (demand->enough);
  g_assert_nonnull (demand->notes[0]);
  g_assert_null (strstr (text, "nan"));
}

/* A dozen rows, whatever the draw: a quarter is held back, and large numbers have no exponent. */
static void
test_a_dozen_rows_are_tried_for_every_seed (void)
{
  const char *const names[] = { "x", NULL };
  g_autoptr (StoreRows) rows = store_rows_new (names);

  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *x = g_strdup_printf ("%u", i);
      g_autofree char *y = g_strdup_printf ("%u", 250000 * i + i * i % 7 * 12345);
      const char *cells[] = { x };

      store_rows_add (rows, NULL, y, cells);
    }
  store_rows_finish (rows);
  for (guint seed = 0; seed < 60; seed++)
    {
      StoreDemandOptions options = STORE_DEMAND_OPTIONS_INIT;
      g_autoptr (StoreDemand) demand = NULL;
      g_autoptr (JsonNode) node = NULL;
      g_autofree char *reason = NULL;
      const char *words;

      options.seed = seed;
      demand = store_demand_new (rows, &options, NULL);
      g_assert_cmpuint (demand->errors.n, ==, 3);
      node = store_demand_to_json (demand);
      words = json_object_get_string_member (
        json_object_get_object_member (json_node_get_object (node), "validation"), "words");
      reason = store_demand_dup_reason (demand, 5);
      g_assert_null (strstr (words, "e+"));
      g_assert_null (strstr (words, "nan"));
      g_assert_null (strstr (reason, "e+"));
    }
}

static void
test_a_number_beyond_reason_is_an_answer (void)
{
  double values[60];
  g_autoptr (StoreRows) rows = NULL;
  g_autoptr (StoreDemand) demand = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < 60; i++)
    values[i] = i % 7 == 0 ? -1.7e308 : i % 5 == 0 ? 1.7e308 : i;
  rows = store_demand_rows_new (values, 60, 4, FALSE);
  demand = compute (rows);
  g_assert_false (demand->enough);
  node = store_demand_to_json (demand);
  text = json_to_string (node, FALSE);
  g_assert_null (strstr (text, "nan"));
  g_assert_null (strstr (text, "inf"));
}

static void
test_a_flat_series_is_an_answer (void)
{
  double values[60];
  g_autoptr (StoreRows) rows = NULL;
  g_autoptr (StoreDemand) demand = NULL;

  for (guint i = 0; i < 60; i++)
    values[i] = 5.0;
  rows = store_demand_rows_new (values, 60, 4, FALSE);
  demand = compute (rows);
  g_assert_false (demand->enough);
}

static void
test_a_word_to_be_foretold_is_told (void)
{
  StoreDemandOptions options = STORE_DEMAND_OPTIONS_INIT;
  g_autoptr (StoreRows) rows = rows_make (60, FALSE);
  g_autoptr (GError) error = NULL;

  g_assert_null (store_demand_new (rows, &options, &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_INVALID);
}

static void
test_lags_look_back (void)
{
  double values[40];
  g_autoptr (StoreRows) rows = NULL;
  const StoreRowsColumn *first;
  const StoreRowsColumn *third;

  for (guint i = 0; i < 40; i++)
    values[i] = i * i;
  rows = store_demand_rows_new (values, 40, 3, FALSE);
  first = store_rows_find_column (rows, "lag 1");
  third = store_rows_find_column (rows, "lag 3");
  g_assert_cmpuint (store_rows_get_n (rows), ==, 38);
  g_assert_cmpfloat (first->numbers[0], ==, values[2]);
  g_assert_cmpfloat (third->numbers[0], ==, values[0]);
  g_assert_cmpfloat (store_rows_get_labels (rows)->numbers[0], ==, values[3]);
  g_assert_true (isnan (store_rows_get_labels (rows)->numbers[37]));
}

/* A series that grows by a tenth each step is foretold by logarithms, with shares in the reason. */
static void
test_growth_by_shares_is_foretold (void)
{
  StoreDemandOptions options = STORE_DEMAND_OPTIONS_INIT;
  double values[60];
  g_autoptr (StoreRows) rows = NULL;
  g_autoptr (StoreDemand) demand = NULL;
  g_autofree char *reason = NULL;

  for (guint i = 0; i < 60; i++)
    values[i] = 100.0 * pow (1.1, i) * (1.0 + 0.02 * (store_counter_random (6, 1, i) - 0.5));
  rows = store_demand_rows_new (values, 60, 2, TRUE);
  options.by_time = TRUE;
  options.in_logs = TRUE;
  options.naive = "lag 1";
  demand = store_demand_new (rows, &options, NULL);
  reason = store_demand_dup_reason (demand, store_rows_get_n (rows) - 1);
  g_assert_true (demand->enough && demand->helps);
  assert_relative (demand->expected[store_rows_get_n (rows) - 1], 100.0 * pow (1.1, 60), 0.03);
  assert_relative (demand->errors.naive_mae / demand->errors.mae, 10.0, 1.0);
  g_assert_nonnull (strstr (reason, "%"));
}

/* The weeks of the best sellers as log (1 + quantity): the first and last week are partial, the
 * eight before the last are foretold. */
typedef struct
{
  double *train_x;
  double *train_y;
  double *test_x;
  double *test_y;
  guint n_train;
  guint n_test;
} Weeks;

static void
weeks_clear (Weeks *self)
{
  g_free (self->train_x);
  g_free (self->train_y);
  g_free (self->test_x);
  g_free (self->test_y);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Weeks, weeks_clear)

static void
add_item (Weeks        *self,
          const double *quantities,
          guint         n)
{
  for (guint i = 5; i + 1 < n; i++)
    {
      gboolean is_test = i + 1 + 8 >= n;
      double *x = is_test ? self->test_x + 4 * self->n_test : self->train_x + 4 * self->n_train;

      for (guint k = 0; k < 4; k++)
        x[k] = log1p (quantities[i - 1 - k]);
      *(is_test ? &self->test_y[self->n_test] : &self->train_y[self->n_train]) =
        log1p (quantities[i]);
      *(is_test ? &self->n_test : &self->n_train) += 1;
    }
}

static gboolean
weeks_load (Weeks *self)
{
  g_autofree char *path = shared_data_find ("ts/retail_weekly_top100.csv");
  g_autofree char *text = NULL;
  g_autoptr (GHashTable) items = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                        (GDestroyNotify) g_array_unref);
  g_autoptr (GList) names = NULL;
  char *rest;
  char *line;

  if (path == NULL)
    return FALSE;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  rest = text;
  line_next (&rest);
  while ((line = line_next (&rest)) != NULL)
    {
      g_auto (GStrv) cells = g_strsplit (line, ",", -1);
      GArray *quantities = g_hash_table_lookup (items, cells[1]);
      double quantity = g_ascii_strtod (cells[2], NULL);

      if (quantities == NULL)
        {
          quantities = g_array_new (FALSE, FALSE, sizeof (double));
          g_hash_table_insert (items, g_strdup (cells[1]), quantities);
        }
      g_array_append_val (quantities, quantity);
    }
  self->train_x = g_new (double, 4 * 4000);
  self->train_y = g_new (double, 4000);
  self->test_x = g_new (double, 4 * 4000);
  self->test_y = g_new (double, 4000);
  names = g_list_sort (g_hash_table_get_keys (items), (GCompareFunc) strcmp);
  for (GList *name = names; name != NULL; name = name->next)
    {
      GArray *quantities = g_hash_table_lookup (items, name->data);

      add_item (self, (double *) (gpointer) quantities->data, quantities->len);
    }
  return TRUE;
}

static void
test_weekly_demand_is_that_of_the_reference (void)
{
  g_autoptr (JsonNode) reference = shared_reference_load ("regression_open.json");
  g_auto (Weeks) weeks = { NULL };
  g_autoptr (StoreLinearRegression) fit = NULL;
  const char *const names[] = { "const", "l1", "l2", "l3", "l4" };
  double ours = 0.0;
  double last = 0.0;
  double mean = 0.0;

  if (reference == NULL || !weeks_load (&weeks))
    return;
  g_assert_cmpuint (weeks.n_train, ==, shared_reference_get (reference, "retail_demand_lags/train_rows"));
  g_assert_cmpuint (weeks.n_test, ==, shared_reference_get (reference, "retail_demand_lags/test_rows"));
  fit = store_linear_regression_new (weeks.train_x, weeks.train_y, weeks.n_train, 4, NULL);
  for (guint j = 0; j < 5; j++)
    {
      g_autofree char *path = g_strconcat ("retail_demand_lags/params/", names[j], NULL);

      assert_relative (fit->coefficients[j], shared_reference_get (reference, path), 1e-9);
    }
  for (guint i = 0; i < weeks.n_test; i++)
    {
      const double *x = weeks.test_x + 4 * i;

      double sold = expm1 (weeks.test_y[i]);
      double four = expm1 (x[0]) + expm1 (x[1]) + expm1 (x[2]) + expm1 (x[3]);

      ours += fabs (sold - expm1 (store_linear_regression_predict (fit, x))) / weeks.n_test;
      last += fabs (sold - expm1 (x[0])) / weeks.n_test;
      mean += fabs (sold - four / 4.0) / weeks.n_test;
    }
  assert_relative (ours, shared_reference_get (reference, "retail_demand_lags/test_mae"), 1e-9);
  assert_relative (last, shared_reference_get (reference, "retail_demand_lags/naive_last_mae"), 1e-9);
  assert_relative (mean, shared_reference_get (reference, "retail_demand_lags/mean4_mae"), 1e-9);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/demand/the-line-is-found", test_the_line_is_found);
  g_test_add_func ("/demand/intervals-hold-their-share", test_intervals_hold_their_share);
  g_test_add_func ("/demand/intervals-hold-their-share-of-new-rows",
                   test_intervals_hold_their_share_of_new_rows);
  g_test_add_func ("/demand/order-leaves-every-bit", test_order_leaves_every_bit);
  g_test_add_func ("/demand/a-carried-model-gives-the-same-bits",
                   test_a_carried_model_gives_the_same_bits);
  g_test_add_func ("/demand/reasons-name-what-adds", test_reasons_name_what_adds);
  g_test_add_func ("/demand/too-few-rows-are-an-answer", test_too_few_rows_are_an_answer);
  g_test_add_func ("/demand/a-dozen-rows-are-tried-for-every-seed",
                   test_a_dozen_rows_are_tried_for_every_seed);
  g_test_add_func ("/demand/a-number-beyond-reason-is-an-answer",
                   test_a_number_beyond_reason_is_an_answer);
  g_test_add_func ("/demand/a-flat-series-is-an-answer", test_a_flat_series_is_an_answer);
  g_test_add_func ("/demand/a-word-to-be-foretold-is-told", test_a_word_to_be_foretold_is_told);
  g_test_add_func ("/demand/lags-look-back", test_lags_look_back);
  g_test_add_func ("/demand/growth-by-shares-is-foretold", test_growth_by_shares_is_foretold);
  g_test_add_func ("/demand/weekly-demand-is-that-of-the-reference",
                   test_weekly_demand_is_that_of_the_reference);
  return g_test_run ();
}
