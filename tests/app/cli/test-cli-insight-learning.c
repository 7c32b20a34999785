/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Churn, response and demand on the command line: of tables, orders and series, in two steps. */
#include "cli-manual.h"
#include "cli-run.h"

#include <math.h>
#include <string.h>

static char *
write_file (CliFolder  *folder,
            const char *name,
            const char *text)
{
  char *path = g_build_filename (folder->path, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

/* Always the same numbers between 0 and 1. */
static double
draw (guint i)
{
  return fmod (fabs (sin (i * 12.9898) * 43758.5453), 1.0);
}

/* Who is young or has the basic plan mostly leaves. */
static char *
write_customers (CliFolder  *folder,
                 const char *name,
                 guint       first,
                 guint       n)
{
  g_autoptr (GString) text = g_string_new ("who,age,plan,left\n");

  for (guint i = first; i < first + n; i++)
    {
      double age = 20 + 50 * draw (3 * i);
      gboolean is_basic = draw (3 * i + 1) < 0.4;
      gboolean left = draw (3 * i + 2) < 1 / (1 + exp ((age - 45) / 6 - (is_basic ? 2 : 0)));

      g_string_append_printf (text, "c%03u,%.1f,%s,%s\n", i, age, is_basic ? "basic" : "gold",
                              left ? "yes" : "no");
    }
  return write_file (folder, name, text->str);
}

/* Customers with rhythms of their own over two years; some stop. */
static char *
write_orders (CliFolder *folder)
{
  g_autoptr (GString) text = g_string_new ("who,day,total\n");
  g_autoptr (GDate) date = g_date_new ();

  for (guint i = 0; i < 120; i++)
    {
      double gap = 10 + 40 * draw (2 * i);
      double end = 150 + 900 * draw (2 * i + 1);
      guint n = 0;

      for (double day = 5 + i % 60; day < fmin (end, 730); day += gap * (0.4 + 1.2 * draw (i + 997 * ++n)))
        {
          g_date_set_dmy (date, 1, 1, 2024);
          g_date_add_days (date, (guint) day);
          g_string_append_printf (text, "p%03u,%04u-%02u-%02u,%.2f\n", i, g_date_get_year (date),
                                  g_date_get_month (date), g_date_get_day (date), 20.0 + i);
        }
    }
  return write_file (folder, "orders.csv", text->str);
}

static char *
write_sales (CliFolder *folder)
{
  g_autoptr (GString) text = g_string_new ("week;price;sold\n");

  for (guint i = 0; i < 80; i++)
    {
      double price = 2 + floor (30 * draw (i)) / 10;

      g_string_append_printf (text, "w%02u;%.1f;%.3f\n", i, price, 90 - 11 * price + 4 * draw (i + 500));
    }
  g_string_append (text, "w80;4.0;\n");
  return write_file (folder, "sales.csv", text->str);
}

#define CUSTOMERS(path) "--rows", path, "--label", "left", "--id", "who"
#define ORDERS(path) "--orders", path, "--id", "who", "--date", "day", "--value", "total"

static void
test_members_are_in_the_man_page (CliFolder     *folder,
                                  gconstpointer  data)
{
  g_autofree char *customers = write_customers (folder, "c.csv", 0, 160);
  g_autofree char *orders = write_orders (folder);
  g_autofree char *sales = write_sales (folder);
  g_autoptr (JsonNode) churn = cli_json (folder, "insight", "churn", ORDERS (orders), "--method",
                                         "logistic", "--explain", "p003", NULL);
  g_autoptr (JsonNode) table = cli_json (folder, "insight", "churn", CUSTOMERS (customers),
                                         "--method", "tree", NULL);
  g_autoptr (JsonNode) response =
    cli_json (folder, "insight", "response", CUSTOMERS (customers), "--method", "logistic", "--cost",
              "1", "--value", "5", "--explain", "c007", NULL);
  g_autoptr (JsonNode) demand = cli_json (folder, "insight", "demand", "--rows", sales, "--label",
                                          "sold", "--id", "week", "--explain", "w80", NULL);

  cli_manual_check (churn, "insight churn", NULL);
  cli_manual_check (table, "insight churn", NULL);
  cli_manual_check (response, "insight response", NULL);
  cli_manual_check (demand, "insight demand", NULL);
}

static void
test_every_method_runs_and_one_wins (CliFolder     *folder,
                                     gconstpointer  data)
{
  g_autofree char *path = write_customers (folder, "c.csv", 0, 160);
  g_autoptr (JsonNode) document = cli_json (folder, "insight", "churn", CUSTOMERS (path), NULL);
  JsonObject *object = json_node_get_object (document);
  JsonArray *tournament = json_object_get_array_member (object, "tournament");
  JsonObject *first = json_array_get_object_element (tournament, 0);

  g_assert_cmpuint (json_array_get_length (tournament), ==, 7);
  g_assert_cmpstr (json_object_get_string_member (first, "method"), ==,
                   json_object_get_string_member (object, "method"));
  g_assert_true (json_object_get_boolean_member (
    json_object_get_object_member (object, "validation"), "helps"));
}

/* Learnt from one file, foretold of another: what one step says of the same rows, and how well. */
static void
test_one_file_is_learnt_and_another_scored (CliFolder     *folder,
                                            gconstpointer  data)
{
  const char *const methods[] = { "logistic", "tree", "forest", "boosting", "svm", "kernel" };
  g_autofree char *learnt = write_customers (folder, "learnt.csv", 0, 200);
  g_autofree char *others = write_customers (folder, "others.csv", 200, 200);
  g_autofree char *model = g_build_filename (folder->path, "who.model", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autofree char *once = cli_answer (folder, "insight", "response", CUSTOMERS (learnt),
                                          "--method", methods[i], NULL);
      g_autofree char *kept = cli_answer (folder, "insight", "fit", "response", model,
                                          CUSTOMERS (learnt), "--method", methods[i], NULL);
      g_autofree char *again = cli_answer (folder, "insight", "predict", model, CUSTOMERS (learnt),
                                           NULL);
      g_autoptr (JsonNode) document = cli_json (folder, "insight", "predict", model,
                                                CUSTOMERS (others), NULL);
      JsonObject *known = json_object_get_object_member (json_node_get_object (document), "known");

      g_assert_nonnull (strstr (kept, methods[i]));
      g_assert_cmpstr (once, ==, again);
      g_assert_cmpint (json_object_get_int_member (known, "n"), ==, 200);
      g_assert_cmpfloat (json_object_get_double_member (known, "auc"), >, 0.75);
    }
}

static void
test_orders_are_learnt_in_two_steps (CliFolder     *folder,
                                     gconstpointer  data)
{
  g_autofree char *path = write_orders (folder);
  g_autofree char *model = g_build_filename (folder->path, "away.model", NULL);
  g_autofree char *once = cli_answer (folder, "insight", "churn", ORDERS (path), "--method",
                                      "logistic", "--window", "60", NULL);
  g_autofree char *kept = cli_answer (folder, "insight", "fit", "churn", model, ORDERS (path),
                                      "--method", "logistic", "--window", "60", NULL);
  g_autofree char *again = cli_answer (folder, "insight", "predict", model, ORDERS (path), NULL);

  g_assert_nonnull (strstr (kept, "churn"));
  g_assert_cmpstr (once, ==, again);
}

static void
test_both_definitions_stand_side_by_side (CliFolder     *folder,
                                          gconstpointer  data)
{
  g_autofree char *path = write_orders (folder);
  g_autoptr (JsonNode) document = cli_json (folder, "insight", "churn", ORDERS (path), "--method",
                                            "logistic", NULL);
  JsonObject *object = json_node_get_object (document);
  double n = json_object_get_int_member (object, "n_customers");
  JsonArray *months = json_object_get_array_member (object, "months");

  g_assert_cmpfloat (json_object_get_double_member (object, "n_staying_away"), <, n);
  g_assert_cmpfloat (json_object_get_double_member (object, "n_lost"), >, 0);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "alive")), ==, n);
  for (guint i = 1; i < json_array_get_length (months); i++)
    {
      JsonObject *month = json_array_get_object_element (months, i);

      if (json_object_get_int_member (month, "at_start") > 0)
        g_assert_cmpfloat_with_epsilon (json_object_get_double_member (month, "churn") +
                                          json_object_get_double_member (month, "retention"),
                                        1.0, 1e-12);
    }
}

static void
test_one_is_explained (CliFolder     *folder,
                       gconstpointer  data)
{
  g_autofree char *path = write_customers (folder, "c.csv", 0, 160);
  g_autofree char *words = cli_answer (folder, "insight", "churn", CUSTOMERS (path), "--method",
                                       "logistic", "--explain", "c007", NULL);

  g_assert_nonnull (strstr (words, "c007: Probability"));
  g_assert_nonnull (strstr (words, "age: "));
  cli_fails (folder, 1, "insight", "churn", CUSTOMERS (path), "--method", "logistic", "--explain",
             "nobody", NULL);
}

static void
test_what_is_sold_is_foretold (CliFolder     *folder,
                               gconstpointer  data)
{
  g_autofree char *path = write_sales (folder);
  g_autofree char *model = g_build_filename (folder->path, "sales.model", NULL);
  g_autofree char *text = cli_answer (folder, "insight", "demand", "--rows", path, "--label", "sold",
                                      "--id", "week", NULL);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_auto (GStrv) last = g_strsplit (lines[80], "\t", -1);
  g_autofree char *kept = NULL;
  g_autofree char *again = NULL;

  g_assert_cmpuint (g_strv_length (lines), ==, 81);
  g_assert_cmpstr (last[0], ==, "w80");
  g_assert_cmpfloat_with_epsilon (g_ascii_strtod (last[1], NULL), 48.0, 1.0);
  g_assert_cmpstr (last[4], ==, "");
  kept = cli_answer (folder, "insight", "fit", "demand", model, "--rows", path, "--label", "sold",
                     "--id", "week", NULL);
  again = cli_answer (folder, "insight", "predict", model, "--rows", path, "--label", "sold", "--id",
                      "week", NULL);
  g_assert_nonnull (strstr (kept, "linear"));
  g_assert_cmpstr (text, ==, again);
}

static void
test_a_series_is_foretold_from_its_past (CliFolder     *folder,
                                         gconstpointer  data)
{
  g_autoptr (GString) text = g_string_new ("month,sold\n");
  g_autofree char *path = NULL;
  g_autofree char *answer = NULL;
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) next = NULL;

  for (guint i = 0; i < 48; i++)
    g_string_append_printf (text, "%u-%02u-01,%.3f\n", 2020 + i / 12, 1 + i % 12,
                            100 * pow (1.05, i) * (1 + 0.02 * draw (i)));
  path = write_file (folder, "series.csv", text->str);
  answer = cli_answer (folder, "insight", "demand", "--series", path, "--date", "month", "--value",
                       "sold", "--lags", "2", NULL);
  lines = g_strsplit (answer, "\n", -1);
  next = g_strsplit (lines[46], "\t", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 47);
  g_assert_cmpfloat_with_epsilon (g_ascii_strtod (next[1], NULL), 101 * pow (1.05, 48), 30);
}

static void
test_charts_are_drawn (CliFolder     *folder,
                       gconstpointer  data)
{
  const char *const starts[][2] = { { "c.png", "\211PNG" }, { "c.pdf", "%PDF" },
                                    { "c.svg", "<?xml" } };
  g_autofree char *customers = write_customers (folder, "customers.csv", 0, 120);
  g_autofree char *sales = write_sales (folder);

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      g_autofree char *chart = g_build_filename (folder->path, starts[i][0], NULL);
      g_autofree char *text = NULL;
      g_autofree char *contents = NULL;

      if (i > 0)
        text = cli_answer (folder, "insight", "response", CUSTOMERS (customers), "--method", "svm",
                           "--chart", chart, NULL);
      else
        text = cli_answer (folder, "insight", "demand", "--rows", sales, "--label", "sold", "--id",
                           "week", "--chart", chart, NULL);
      g_assert_true (g_file_get_contents (chart, &contents, NULL, NULL));
      g_assert_true (g_str_has_prefix (contents, starts[i][1]));
    }
}

static void
test_too_little_is_an_answer (CliFolder     *folder,
                              gconstpointer  data)
{
  g_autofree char *path = write_customers (folder, "few.csv", 0, 12);
  g_autoptr (CliRun) run = cli_run (folder, "insight", "churn", CUSTOMERS (path), NULL);
  g_autofree char *model = g_build_filename (folder->path, "none.model", NULL);

  g_assert_cmpint (run->status, ==, 0);
  g_assert_nonnull (strstr (run->err, "Of 12 known outcomes"));
  cli_fails (folder, 1, "insight", "fit", "churn", model, CUSTOMERS (path), NULL);
}

static void
test_what_cannot_be_is_told (CliFolder     *folder,
                             gconstpointer  data)
{
  g_autofree char *path = write_customers (folder, "c.csv", 0, 120);
  g_autofree char *other = write_file (folder, "other.csv", "who,age\na,30\nb,40\n");
  g_autofree char *model = g_build_filename (folder->path, "who.model", NULL);
  g_autofree char *kept = cli_answer (folder, "insight", "fit", "response", model, CUSTOMERS (path),
                                      "--method", "logistic", NULL);

  cli_fails (folder, 2, "insight", "response", NULL);
  cli_fails (folder, 2, "insight", "demand", NULL);
  cli_fails (folder, 2, "insight", "response", "--rows", path, NULL);
  cli_fails (folder, 2, "insight", "churn", CUSTOMERS (path), "--method", "oracle", NULL);
  cli_fails (folder, 1, "insight", "response", CUSTOMERS (path), "--cost", "3", NULL);
  cli_fails (folder, 1, "insight", "response", "--rows", path, "--label", "nothing", NULL);
  cli_fails (folder, 1, "insight", "demand", CUSTOMERS (path), NULL);
  cli_fails (folder, 1, "insight", "predict", model, "--rows", other, "--id", "who", NULL);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/cli/insight-learning/" name, CliFolder, NULL, cli_folder_set_up, function,         \
              cli_folder_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("members-are-in-the-man-page", test_members_are_in_the_man_page);
  ADD ("every-method-runs-and-one-wins", test_every_method_runs_and_one_wins);
  ADD ("one-file-is-learnt-and-another-scored", test_one_file_is_learnt_and_another_scored);
  ADD ("orders-are-learnt-in-two-steps", test_orders_are_learnt_in_two_steps);
  ADD ("both-definitions-stand-side-by-side", test_both_definitions_stand_side_by_side);
  ADD ("one-is-explained", test_one_is_explained);
  ADD ("what-is-sold-is-foretold", test_what_is_sold_is_foretold);
  ADD ("a-series-is-foretold-from-its-past", test_a_series_is_foretold_from_its_past);
  ADD ("charts-are-drawn", test_charts_are_drawn);
  ADD ("too-little-is-an-answer", test_too_little_is_an_answer);
  ADD ("what-cannot-be-is-told", test_what_cannot_be_is_told);
  return g_test_run ();
}
