/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include "shared-data.h"
#include "store-clv.h"
#include "store-counter-random.h"
#include "store-error.h"

static JsonNode *
write_document (StorePurchaseTable     *table,
                const StoreClvOptions  *options,
                GCancellable           *cancellable,
                GError                **error)
{
  g_autoptr (StoreClv) clv = store_clv_new (table, options, cancellable, error);

  return clv != NULL ? store_clv_to_json (clv) : NULL;
}

static StorePurchaseTable *
load_cdnow (void)
{
  g_autofree char *path = shared_data_find ("clv/cdnow_sample.csv");

  return purchases_load (path, 1, 2, 4, "1997-09-30");
}

/* A small cut that lies in the tree, so that every machine tests something real. */
static StorePurchaseTable *
load_cut (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "cdnow-cut.csv", NULL);
  StorePurchaseTable *table = purchases_load (path, 0, 1, 2, "1997-09-30");

  g_assert_nonnull (table);
  return table;
}

static double
get_parameter (JsonNode   *document,
               const char *name)
{
  JsonObject *root = json_node_get_object (document);

  return json_object_get_double_member (json_object_get_object_member (root, "parameters"), name);
}

static void
test_document_of_cdnow_is_exact (void)
{
  g_autoptr (StorePurchaseTable) table = load_cdnow ();
  StoreClvOptions options = STORE_CLV_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) document = NULL;
  JsonObject *customer;
  JsonObject *root;

  if (table == NULL)
    return;
  options.model = STORE_BGNBD;
  options.horizon_days = 273.0;
  document = write_document (table, &options, NULL, &error);
  g_assert_no_error (error);
  root = json_node_get_object (document);

  g_assert_cmpstr (json_object_get_string_member (root, "model"), ==, "bgnbd");
  g_assert_cmpstr (json_object_get_string_member (root, "until"), ==, "1997-09-30");
  g_assert_cmpint (json_array_get_length (json_object_get_array_member (root, "customers")), ==,
                   2357);
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (root, "log_likelihood"),
                                  -9582.429207, 1e-6);
  assert_relative (get_parameter (document, "r"), 0.242595, 2e-6);
  assert_relative (get_parameter (document, "alpha"), 4.413602, 1e-6);
  assert_relative (get_parameter (document, "a"), 0.792922, 1e-6);
  assert_relative (get_parameter (document, "b"), 2.425907, 1e-6);
  assert_relative (get_parameter (document, "p"), 6.2496, 1e-5);
  assert_relative (get_parameter (document, "q"), 3.7442, 1e-5);
  assert_relative (get_parameter (document, "v"), 15.4435, 1e-5);
  assert_relative (json_object_get_double_member (json_object_get_object_member (root, "totals"),
                                                  "expected"),
                   1653.4086980276809, 1e-6);

  /* Who bought once is known by the average alone. */
  customer = json_array_get_object_element (json_object_get_array_member (root, "customers"), 2);
  g_assert_cmpint (json_object_get_int_member (customer, "purchases"), ==, 1);
  g_assert_cmpfloat (json_object_get_double_member (customer, "shrinkage"), ==, 1.0);
}

/* The same sums by a loop over days of one customer, with numbers for the two models given. */
static void
test_value_is_discounted_month_by_month (void)
{
  g_autoptr (StorePurchaseTable) table = load_cut ();
  StoreClvOptions options = STORE_CLV_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreClv) clv = NULL;

  options.horizon_days = 100.0;
  options.discount = 0.02;
  options.margin = 0.3;
  clv = store_clv_new (table, &options, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (clv->enough && clv->has_spend);

  for (guint row = 0; row < clv->patterns->n_rows; row += 17)
    {
      guint i = clv->patterns->row_pattern[row];
      double before = 0.0;
      double sum = 0.0;

      for (guint month = 1; month <= 4; month++)
        {
          double days = MIN (month * 365.0 / 12.0, 100.0);
          double purchases = store_purchase_model_get_expected (&clv->model, clv->patterns->x[i],
                                                       clv->patterns->t_x[i],
                                                       clv->patterns->T[i], days / 7.0);

          sum += (purchases - before) * pow (1.02, -days / (365.0 / 12.0));
          before = purchases;
        }
      assert_relative (clv->expected[row], before, 1e-12);
      assert_relative (clv->clv[row], 0.3 * sum * clv->value[row], 1e-10);
    }
}

static void
test_shuffled_input_gives_the_same_bits (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "cdnow-cut.csv", NULL);
  g_autofree char *contents = NULL;
  g_auto (GStrv) lines = NULL;
  StoreClvOptions options = STORE_CLV_OPTIONS_INIT;
  char *text[2] = { NULL };
  guint n;

  g_file_get_contents (path, &contents, NULL, NULL);
  lines = g_strsplit (g_strchomp (contents), "\n", -1);
  n = g_strv_length (lines) - 1;
  for (guint pass = 0; pass < 2; pass++)
    {
      g_autoptr (StorePurchaseTable) table = store_purchase_table_new (day_of ("1997-09-30"), 2);
      g_autoptr (JsonNode) document = NULL;

      for (guint i = 0; i < n; i++)
        {
          g_auto (GStrv) cells = g_strsplit (lines[1 + (pass ? n - 1 - i : i)], ",", -1);

          store_purchase_table_add (table, cells[0], day_of (cells[1]),
                                    llround (g_ascii_strtod (cells[2], NULL) * 100.0));
        }
      store_purchase_table_finish (table);
      document = write_document (table, &options, NULL, NULL);
      text[pass] = json_to_string (document, FALSE);
    }
  g_assert_cmpstr (text[0], ==, text[1]);
  g_free (text[0]);
  g_free (text[1]);
}

static void
test_too_few_repeat_buyers_is_an_answer (void)
{
  g_autoptr (StorePurchaseTable) table = store_purchase_table_new (200, 2);
  StoreClvOptions options = STORE_CLV_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) document = NULL;
  JsonObject *root;
  JsonObject *customer;

  for (guint i = 0; i < 49; i++)
    {
      g_autofree char *id = g_strdup_printf ("c%u", i);

      store_purchase_table_add (table, id, i, 1000);
      store_purchase_table_add (table, id, 2 * i + 1, 2000);
    }
  store_purchase_table_finish (table);
  document = write_document (table, &options, NULL, &error);
  g_assert_no_error (error);

  root = json_node_get_object (document);
  customer = json_array_get_object_element (json_object_get_array_member (root, "customers"), 0);
  g_assert_false (json_object_get_boolean_member (root, "enough"));
  g_assert_cmpint (json_array_get_length (json_object_get_array_member (root, "notes")), ==, 1);
  g_assert_true (json_object_get_null_member (root, "parameters"));
  g_assert_true (json_object_get_null_member (customer, "p_alive"));
  g_assert_cmpint (json_object_get_int_member (customer, "purchases"), ==, 2);
}

static void
test_no_orders_at_all_is_an_answer (void)
{
  g_autoptr (StorePurchaseTable) table = store_purchase_table_new (200, 2);
  StoreClvOptions options = STORE_CLV_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) document = NULL;

  store_purchase_table_finish (table);
  document = write_document (table, &options, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (json_object_get_boolean_member (json_node_get_object (document), "enough"));
}

static void
test_impossible_settings_are_refused (void)
{
  g_autoptr (StorePurchaseTable) table = load_cut ();
  const StoreClvOptions bad[] = {
    { STORE_BGNBD, 0.0, 0.01, 1.0, 50 }, { STORE_BGNBD, NAN, 0.01, 1.0, 50 },
    { STORE_BGNBD, 1e9, 0.01, 1.0, 50 }, { STORE_BGNBD, 30.0, -0.5, 1.0, 50 },
    { STORE_BGNBD, 30.0, 0.01, INFINITY, 50 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (write_document (table, &bad[i], NULL, &error));
      g_assert_error (error, STORE_ERROR, STORE_ERROR_INVALID);
    }
}

static void
assert_finite (const StoreClv *clv)
{
  for (guint row = 0; row < clv->patterns->n_rows; row++)
    {
      g_assert_true (isfinite (clv->p_alive[row]) && clv->p_alive[row] >= 0.0 &&
                     clv->p_alive[row] <= 1.0);
      g_assert_true (isfinite (clv->expected[row]) && clv->expected[row] >= 0.0);
      g_assert_true (isfinite (clv->value[row]));
      g_assert_true (isfinite (clv->clv[row]));
    }
}

/* Businesses that are nothing like CDNOW: everything on one day, clockwork, one huge customer ... */
static StorePurchaseTable *
invent_business (guint kind)
{
  StorePurchaseTable *table = store_purchase_table_new (kind == 3 ? 5 : 1000, 2);

  for (guint i = 0; i < 120; i++)
    {
      g_autofree char *id = g_strdup_printf ("c%03u", i);
      guint orders = kind == 0 ? 10 : kind == 1 ? (i == 0 ? 900u : 2u) : 1 + i % 7;

      for (guint j = 0; j < orders; j++)
        {
          gint32 day = kind == 0 ? 100 * j : kind == 2 ? 990 + (j + i) % 5 : j;
          gint64 minor = kind == 4 ? G_MAXINT64 / 8 : 1000 + i;

          if (kind == 5)
            minor = i % 2 ? -500 : 0;

          store_purchase_table_add (table, id, day, minor);
        }
    }
  store_purchase_table_finish (table);
  return table;
}

static void
test_odd_businesses_stay_finite (void)
{
  for (guint kind = 0; kind < 6; kind++)
    for (guint model = STORE_BGNBD; model < STORE_PURCHASE_MODEL_KINDS; model++)
      {
        g_autoptr (StorePurchaseTable) table = invent_business (kind);
        StoreClvOptions options = STORE_CLV_OPTIONS_INIT;
        g_autoptr (GError) error = NULL;
        g_autoptr (StoreClv) clv = NULL;
        g_autoptr (JsonNode) document = NULL;
        g_autofree char *text = NULL;

        options.model = model;
        options.n_draws = 8;
        options.hold_back_days = model == STORE_MBGNBD ? STORE_CLV_HOLD_BACK_USUAL : 0;
        clv = store_clv_new (table, &options, NULL, &error);
        g_assert_no_error (error);
        /* Days or weeks of business are one occasion. */
        g_assert_true (clv->enough || model == STORE_BGBB);
        g_assert_true (clv->enough || clv->notes[0] != NULL);
        assert_finite (clv);
        document = store_clv_to_json (clv);
        text = json_to_string (document, FALSE);
        g_assert_null (strstr (text, "nan"));
        g_assert_null (strstr (text, "inf,"));
      }
}

/* A century by days is more occasions than can be told apart: a date that was mistyped does it. */
static void
test_too_many_occasions_are_an_answer (void)
{
  g_autoptr (StorePurchaseTable) table = store_purchase_table_new (36500, 2);
  StoreClvOptions options = STORE_CLV_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreClv) clv = NULL;
  g_autoptr (JsonNode) document = NULL;

  for (guint i = 0; i < 120; i++)
    {
      g_autofree char *id = g_strdup_printf ("c%03u", i);

      for (guint j = 0; j < 3; j++)
        store_purchase_table_add (table, id, 300 * i + 100 * j, 1000);
    }
  store_purchase_table_finish (table);
  options.model = STORE_BGBB;
  options.occasion_days = 1;
  clv = store_clv_new (table, &options, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (clv->enough);
  g_assert_nonnull (clv->notes[0]);
  g_assert_cmpuint (clv->patterns->n_rows, ==, 120);
  document = store_clv_to_json (clv);
  g_assert_nonnull (document);
}

static void
test_random_businesses_stay_finite (void)
{
  for (guint trial = 0; trial < 60; trial++)
    {
      g_autoptr (StorePurchaseTable) table = store_purchase_table_new (2000, 2);
      StoreClvOptions options = { trial % 2, 365.0, 0.01, 1.0, 1 };
      g_autoptr (GError) error = NULL;
      g_autoptr (StoreClv) clv = NULL;
      guint customers = 2 + store_counter_random_bits (31, trial, 0) % 80;
      guint span = 1 + store_counter_random_bits (31, trial, 1) % 2000;

      for (guint i = 0; i < customers * 3; i++)
        {
          g_autofree char *id =
            g_strdup_printf ("c%u", (guint) (store_counter_random_bits (32, trial, i) % customers));

          store_purchase_table_add (table, id,
                                    2000 - store_counter_random_bits (33, trial, i) % span,
                                    (gint64) (store_counter_random_bits (34, trial, i) % 100000) -
                                      20000);
        }
      store_purchase_table_finish (table);
      clv = store_clv_new (table, &options, NULL, &error);
      if (g_error_matches (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA))
        continue;
      g_assert_no_error (error);
      assert_finite (clv);
    }
}

static void
test_reason_reads_as_a_sentence (void)
{
  g_autoptr (StorePurchaseTable) table = load_cut ();
  StoreClvOptions options = STORE_CLV_OPTIONS_INIT;
  g_autoptr (StoreClv) clv = store_clv_new (table, &options, NULL, NULL);
  const StorePurchaseColumns *columns = store_purchase_table_get_columns (table);

  for (guint row = 0; row < columns->n_rows; row++)
    {
      g_autofree char *reason = store_clv_dup_reason (clv, row);

      g_assert_true (g_str_has_suffix (reason, "."));
      if (columns->purchases[row] == 1)
        g_assert_true (g_str_has_prefix (reason, "Bought once, "));
      else
        {
          g_autofree char *start = g_strdup_printf ("Bought %u times, ",
                                                    columns->purchases[row]);

          g_assert_true (g_str_has_prefix (reason, start));
        }
    }
}

static void
test_reason_of_daily_and_weekly_buyers (void)
{
  g_autoptr (StorePurchaseTable) table = store_purchase_table_new (40, 2);
  StoreClvOptions options = STORE_CLV_OPTIONS_INIT;
  g_autoptr (StoreClv) clv = NULL;
  g_autofree char *daily = NULL;
  g_autofree char *weekly = NULL;

  for (gint32 i = 0; i < 4; i++)
    {
      store_purchase_table_add (table, "daily", i, 100);
      store_purchase_table_add (table, "weekly", 7 * i, 100);
    }
  store_purchase_table_finish (table);
  clv = store_clv_new (table, &options, NULL, NULL);
  daily = store_clv_dup_reason (clv, 0);
  weekly = store_clv_dup_reason (clv, 1);
  g_assert_cmpstr (daily, ==, "Bought 4 times, about every day, silent for 37 days.");
  g_assert_cmpstr (weekly, ==, "Bought 4 times, every 7 days on average, silent for 19 days.");
}

static void
test_cancelled_fit_returns_an_error (void)
{
  g_autoptr (StorePurchaseTable) table = load_cut ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  StoreClvOptions options = STORE_CLV_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (store_clv_new (table, &options, cancellable, &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clv/document-of-cdnow-is-exact", test_document_of_cdnow_is_exact);
  g_test_add_func ("/clv/value-is-discounted-month-by-month",
                   test_value_is_discounted_month_by_month);
  g_test_add_func ("/clv/shuffled-input-gives-the-same-bits",
                   test_shuffled_input_gives_the_same_bits);
  g_test_add_func ("/clv/too-few-repeat-buyers-is-an-answer",
                   test_too_few_repeat_buyers_is_an_answer);
  g_test_add_func ("/clv/no-orders-at-all-is-an-answer", test_no_orders_at_all_is_an_answer);
  g_test_add_func ("/clv/impossible-settings-are-refused", test_impossible_settings_are_refused);
  g_test_add_func ("/clv/odd-businesses-stay-finite", test_odd_businesses_stay_finite);
  g_test_add_func ("/clv/too-many-occasions-are-an-answer", test_too_many_occasions_are_an_answer);
  g_test_add_func ("/clv/random-businesses-stay-finite", test_random_businesses_stay_finite);
  g_test_add_func ("/clv/reason-reads-as-a-sentence", test_reason_reads_as_a_sentence);
  g_test_add_func ("/clv/reason-of-daily-and-weekly-buyers", test_reason_of_daily_and_weekly_buyers);
  g_test_add_func ("/clv/cancelled-fit-returns-an-error", test_cancelled_fit_returns_an_error);
  return g_test_run ();
}
