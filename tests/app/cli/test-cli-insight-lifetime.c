/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verbs clv, drops and tournament, over a file of orders. */
#include "cli-manual.h"
#include "cli-run.h"

#include <glib/gstdio.h>
#include <string.h>

#define ORDERS "--id", "id", "--date", "date", "--value", "value"
#define N_CUSTOMERS 160

/* Everybody buys every two or three weeks; every eighth has stopped in the autumn, every third comes
 * once. */
static char *
make_orders (CliFolder *folder)
{
  g_autoptr (GString) text = g_string_new ("id,date,value\n");
  char *path = g_build_filename (folder->path, "orders.csv", NULL);

  for (guint i = 0; i < N_CUSTOMERS; i++)
    for (guint day = i % 60; day < (i % 8 == 0 ? 250 : 360); day += 9 + (i * 7 + day) % 15)
      {
        g_autoptr (GDateTime) start = g_date_time_new_utc (2025, 1, 1, 0, 0, 0);
        g_autoptr (GDateTime) then = g_date_time_add_days (start, (int) day);
        g_autofree char *date = g_date_time_format (then, "%Y-%m-%d");

        g_string_append_printf (text, "c%03u,%s,%u.50\n", i, date, 10 + (i * 13 + day) % 90);
        if (i % 3 == 2)
          break;
      }
  g_assert_true (g_file_set_contents (path, text->str, -1, NULL));
  return path;
}

static void
test_members_are_in_the_man_page (CliFolder     *folder,
                                  gconstpointer  data)
{
  static const char *const verbs[] = { "clv", "drops", "tournament" };
  g_autofree char *path = make_orders (folder);

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      g_autofree char *section = g_strdup_printf ("insight %s", verbs[i]);
      g_autoptr (JsonNode) document =
        cli_json (folder, "insight", verbs[i], "--orders", path, ORDERS,
                  "--explain", "c000", NULL);
      JsonObject *object = json_node_get_object (document);

      g_assert_cmpstr (json_object_get_string_member (object, "analysis"), ==, verbs[i]);
      g_assert_true (json_object_get_boolean_member (object, "enough"));
      g_assert_true (json_object_has_member (object, "definition"));
      cli_manual_check (document, section, NULL);
    }
}

static void
test_every_model_gives_numbers (CliFolder     *folder,
                                gconstpointer  data)
{
  static const char *const models[] = { "bgnbd", "mbgnbd", "pareto", "bgcnbd", "mbgcnbd", "nbd",
                                        "bgbb" };
  g_autofree char *path = make_orders (folder);

  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    {
      g_autoptr (JsonNode) document =
        cli_json (folder, "insight", "clv", "--orders", path, ORDERS, "--model", models[i],
                  "--draws", "5", NULL);
      JsonObject *object = json_node_get_object (document);
      JsonObject *totals = json_object_get_object_member (object, "totals");
      JsonObject *validation = json_object_get_object_member (object, "validation");
      double clv = json_object_get_double_member (totals, "clv");

      g_assert_cmpstr (json_object_get_string_member (object, "method"), ==, models[i]);
      g_assert_cmpfloat (json_object_get_double_member (totals, "clv_low"), <=, clv);
      g_assert_cmpfloat (json_object_get_double_member (totals, "clv_high"), >=, clv);
      g_assert_true (g_str_has_prefix (json_object_get_string_member (validation, "words"),
                                       "On the last "));
      cli_manual_check (document, "insight clv", NULL);
    }
  cli_fails (folder, 2, "insight", "clv", "--orders", path, ORDERS, "--model", "other", NULL);
  cli_fails (folder, 1, "insight", "clv", "--orders", path, ORDERS, "--horizon", "99999", NULL);
}

static void
test_one_customer_is_explained (CliFolder     *folder,
                                gconstpointer  data)
{
  g_autofree char *path = make_orders (folder);
  g_autofree char *value =
    cli_answer (folder, "insight", "clv", "--orders", path, ORDERS, "--explain", "c000", NULL);
  g_autofree char *silence =
    cli_answer (folder, "insight", "drops", "--orders", path, ORDERS, "--explain", "c000", NULL);

  g_assert_nonnull (strstr (value, "c000: Bought "));
  g_assert_nonnull (strstr (value, "days on average, silent for "));
  g_assert_nonnull (strstr (value, "days ago had bought "));
  g_assert_nonnull (strstr (silence, "purchases in the last 84 days where "));
  cli_fails (folder, 1, "insight", "clv", "--orders", path, ORDERS, "--explain", "nobody", NULL);
}

static void
test_silent_regulars_come_first (CliFolder     *folder,
                                 gconstpointer  data)
{
  g_autofree char *path = make_orders (folder);
  g_autofree char *answer = cli_answer (folder, "insight", "drops", "--orders", path, ORDERS,
                                        "--window", "105", NULL);
  g_auto (GStrv) lines = g_strsplit (answer, "\n", -1);
  guint n_alarms = 0;

  for (guint i = 0; lines[i]; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], "\t", -1);

      g_assert_cmpuint (g_strv_length (cells), ==, 6);
      if (!g_str_equal (cells[1], "yes"))
        break;
      g_assert_cmpint ((int) (g_ascii_strtoll (cells[0] + 1, NULL, 10) % 8), ==, 0);
      n_alarms++;
    }
  g_assert_cmpuint (n_alarms, >=, 8);
}

static void
test_the_winner_comes_first (CliFolder     *folder,
                             gconstpointer  data)
{
  g_autofree char *path = make_orders (folder);
  g_autoptr (JsonNode) document = cli_json (folder, "insight", "tournament", "--orders", path,
                                            ORDERS, "--horizon", "60", "--periods", "2", NULL);
  JsonObject *object = json_node_get_object (document);
  JsonArray *standings = json_object_get_array_member (object, "tournament");
  JsonObject *first = json_array_get_object_element (standings, 0);

  g_assert_cmpuint (json_array_get_length (standings), ==, 7);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "periods")), ==, 2);
  g_assert_cmpstr (json_object_get_string_member (object, "winner"), ==,
                   json_object_get_string_member (first, "name"));
  for (guint i = 1; i < 7; i++)
    g_assert_cmpfloat (json_object_get_double_member (json_array_get_object_element (standings, i),
                                                      "auc"), <=,
                       json_object_get_double_member (first, "auc"));
}

/* What was fitted to one file scores another, and the same file to the same bits. */
static void
test_a_kept_model_scores_another_file (CliFolder     *folder,
                                       gconstpointer  data)
{
  g_autofree char *path = make_orders (folder);
  g_autofree char *other = g_build_filename (folder->path, "other.csv", NULL);
  g_autofree char *model = g_build_filename (folder->path, "shop.model", NULL);
  g_autofree char *fitted = NULL;
  g_autofree char *here = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *there = NULL;

  g_assert_true (g_file_set_contents (other, "id,date,value\nnew,2025-11-01,20\n"
                                             "new,2025-12-01,30\n", -1, NULL));
  fitted = cli_answer (folder, "insight", "fit", "clv", model, "--orders", path, ORDERS,
                       "--model", "pareto", "--draws", "10", NULL);
  g_assert_nonnull (strstr (fitted, "pareto"));
  here = cli_answer (folder, "insight", "clv", "--orders", path, ORDERS, "--model", "pareto",
                     "--draws", "10", NULL);
  kept = cli_answer (folder, "insight", "predict", model, "--orders", path, ORDERS, "--draws", "10",
                     NULL);
  g_assert_cmpstr (here, ==, kept);
  there = cli_answer (folder, "insight", "predict", model, "--orders", other, ORDERS,
                      "--until", "2025-12-31", NULL);
  g_assert_true (g_str_has_prefix (there, "new\t0."));
}

static void
test_too_little_is_an_answer (CliFolder     *folder,
                              gconstpointer  data)
{
  static const char *const verbs[] = { "clv", "drops", "tournament" };
  g_autofree char *path = g_build_filename (folder->path, "few.csv", NULL);

  g_assert_true (g_file_set_contents (path, "id,date,value\na,2025-11-01,20\na,2025-12-01,30\n",
                                      -1, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      g_autoptr (CliRun) run = cli_run (folder, "insight", verbs[i], "--orders", path, ORDERS, NULL);

      g_assert_cmpint (run->status, ==, 0);
      g_assert_nonnull (strstr (run->err, "more than once"));
    }
}

static void
test_charts_are_drawn (CliFolder     *folder,
                       gconstpointer  data)
{
  static const char *const verbs[] = { "drops", "tournament" };
  g_autofree char *path = make_orders (folder);

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      g_autofree char *chart = g_strdup_printf ("%s/%s.svg", folder->path, verbs[i]);
      g_autofree char *answer = cli_answer (folder, "insight", verbs[i], "--orders", path, ORDERS,
                                            "--chart", chart, NULL);
      g_autofree char *drawn = NULL;

      g_assert_cmpuint (strlen (answer), >, 10);
      g_assert_true (g_file_get_contents (chart, &drawn, NULL, NULL));
      g_assert_nonnull (strstr (drawn, "</svg>"));
    }
}

#define ADD(name, func) \
  g_test_add ("/cli-insight-lifetime/" name, CliFolder, NULL, cli_folder_set_up, func, \
              cli_folder_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("members-are-in-the-man-page", test_members_are_in_the_man_page);
  ADD ("every-model-gives-numbers", test_every_model_gives_numbers);
  ADD ("one-customer-is-explained", test_one_customer_is_explained);
  ADD ("silent-regulars-come-first", test_silent_regulars_come_first);
  ADD ("the-winner-comes-first", test_the_winner_comes_first);
  ADD ("a-kept-model-scores-another-file", test_a_kept_model_scores_another_file);
  ADD ("too-little-is-an-answer", test_too_little_is_an_answer);
  ADD ("charts-are-drawn", test_charts_are_drawn);
  return g_test_run ();
}
