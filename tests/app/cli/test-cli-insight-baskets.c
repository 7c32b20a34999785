/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is bought together and what to offer next, from a file and from a store. */
#include "cli-manual.h"
#include "cli-run.h"

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

/* 90 customers with three visits: a pot, tea with it or coffee, and the cup that belongs to it. */
static char *
write_baskets (CliFolder *folder)
{
  g_autoptr (GString) text = g_string_new ("order;who;what;day\n");

  for (guint i = 0; i < 90; i++)
    {
      const char *kind = i % 2 == 0 ? "tea" : "coffee";

      for (guint visit = 0; visit < 3; visit++)
        {
          g_string_append_printf (text, "o%u-%u;c%02u;%s;2025-%02u-%02u\n", i, visit, i, kind,
                                  1 + visit, 1 + i % 28);
          if (visit == i % 3)
            g_string_append_printf (text, "o%u-%u;c%02u;%s cup;2025-%02u-%02u\n", i, visit, i,
                                    kind, 1 + visit, 1 + i % 28);
          if (visit == i % 3 && i % 5 != 0)
            g_string_append_printf (text, "o%u-%u;c%02u;%s 壶;2025-%02u-%02u\n", i, visit, i, kind,
                                    1 + visit, 1 + i % 28);
        }
    }
  return write_file (folder, "baskets.csv", text->str);
}

#define OF_FILE \
  "--orders", path, "--basket", "order", "--item", "what", "--id", "who", "--date", "day"

static void
test_rules_of_a_file (CliFolder     *folder,
                      gconstpointer  data)
{
  g_autofree char *path = write_baskets (folder);
  g_autoptr (JsonNode) document = cli_json (folder, "insight", "rules", OF_FILE, "--support",
                                            "0.05", "--explain", "tea 壶", NULL);
  g_autofree char *by_apriori = cli_answer (folder, "insight", "rules", OF_FILE, "--support", ".05",
                                            "--method", "apriori", NULL);
  g_autofree char *by_growth = cli_answer (folder, "insight", "rules", OF_FILE, "--support", ".05",
                                           "--method", "fp-growth", NULL);
  JsonObject *object = json_node_get_object (document);
  JsonObject *best =
    json_array_get_object_element (json_object_get_array_member (object, "rules"), 0);

  cli_manual_check (document, "insight rules", NULL);
  g_assert_cmpstr (by_apriori, ==, by_growth);
  g_assert_cmpstr (json_object_get_string_member (best, "right"), ==, "tea cup");
  g_assert_cmpfloat (json_object_get_double_member (best, "confidence"), ==, 1.0);
  g_assert_cmpfloat (json_object_get_double_member (best, "lift"), ==, 6.0);
  g_assert_true (json_object_get_boolean_member (
    json_object_get_object_member (object, "validation"), "helps"));
  g_assert_nonnull (strstr (json_object_get_string_member (
    json_object_get_object_member (object, "explanation"), "reason"), "tea 壶"));
  g_assert_false (g_file_test (folder->store, G_FILE_TEST_EXISTS));
}

static void
test_offers_of_a_file (CliFolder     *folder,
                       gconstpointer  data)
{
  g_autofree char *path = write_baskets (folder);
  g_autoptr (JsonNode) document = cli_json (folder, "insight", "recommend", OF_FILE, "--k", "2",
                                            "--explain", "c00", NULL);
  g_autofree char *text = cli_answer (folder, "insight", "recommend", OF_FILE, "--k", "1",
                                      "--method", "jaccard", NULL);
  JsonObject *object = json_node_get_object (document);
  JsonArray *offers = json_object_get_array_member (object, "offers");

  cli_manual_check (document, "insight recommend", NULL);
  g_assert_cmpuint (json_array_get_length (offers), >, 0);
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (offers, 0),
                                                  "name"), ==, "tea 壶");
  g_assert_nonnull (strstr (text, "c00\ttea 壶\t"));
  g_assert_null (strstr (text, "c00\tcoffee"));
  cli_fails (folder, 1, "insight", "recommend", OF_FILE, "--explain", "nobody", NULL);
}

static void
test_what_is_due_again_in_a_file (CliFolder     *folder,
                                  gconstpointer  data)
{
  g_autofree char *path = write_baskets (folder);
  g_autoptr (JsonNode) document = cli_json (folder, "insight", "recommend", OF_FILE, "--method",
                                            "again", "--horizon", "30", "--explain", "c07", NULL);
  JsonArray *offers =
    json_object_get_array_member (json_node_get_object (document), "offers");

  cli_manual_check (document, "insight recommend", NULL);
  g_assert_cmpuint (json_array_get_length (offers), ==, 1);
  g_assert_cmpint (json_object_get_int_member (json_array_get_object_element (offers, 0), "times"),
                   ==, 3);
}

/* How often the first colour of the palette is used: once a dot or bar. */
static guint
count_marks (const char *svg)
{
  guint n = 0;

  for (const char *at = svg; (at = strstr (at, "44.70588")); at++)
    n++;
  return n;
}

static void
test_charts_are_drawn (CliFolder     *folder,
                       gconstpointer  data)
{
  static const char *const verbs[] = { "rules", "recommend" };
  g_autofree char *path = write_baskets (folder);

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      g_autofree char *name = g_strconcat (verbs[i], ".svg", NULL);
      g_autofree char *chart = g_build_filename (folder->path, name, NULL);
      g_autofree char *contents = NULL;

      g_free (cli_answer (folder, "insight", verbs[i], OF_FILE, "--chart", chart, NULL));
      g_assert_true (g_file_get_contents (chart, &contents, NULL, NULL));
      g_assert_nonnull (strstr (contents, "<svg"));
      g_assert_cmpuint (count_marks (contents), >=, 2);
    }
}

static char *
list_offers (JsonNode *document)
{
  JsonNode *offers = json_object_get_member (json_node_get_object (document), "offers");

  return json_to_string (offers, FALSE);
}

static void
test_models_score_the_same (CliFolder     *folder,
                            gconstpointer  data)
{
  static const char *const methods[] = { "cosine", "again" };
  g_autofree char *path = write_baskets (folder);

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autofree char *model = g_build_filename (folder->path, methods[i], NULL);
      g_autofree char *fitted = cli_answer (folder, "insight", "fit", "recommend", model, OF_FILE,
                                            "--method", methods[i], NULL);
      g_autoptr (JsonNode) here = cli_json (folder, "insight", "recommend", OF_FILE, "--method",
                                            methods[i], NULL);
      g_autoptr (JsonNode) there = cli_json (folder, "insight", "predict", model, OF_FILE, NULL);
      g_autofree char *here_text = list_offers (here);
      g_autofree char *there_text = list_offers (there);

      g_assert_true (g_str_has_prefix (fitted, "recommend\t"));
      g_assert_cmpstr (here_text, ==, there_text);
    }
}

static void
test_rules_are_carried (CliFolder     *folder,
                        gconstpointer  data)
{
  g_autofree char *path = write_baskets (folder);
  g_autofree char *model = g_build_filename (folder->path, "rules.model", NULL);
  g_autofree char *fitted = cli_answer (folder, "insight", "fit", "rules", model, OF_FILE, NULL);
  g_autofree char *here = cli_answer (folder, "insight", "rules", OF_FILE, NULL);
  g_autofree char *there = cli_answer (folder, "insight", "predict", model, OF_FILE, NULL);

  g_assert_true (g_str_has_prefix (fitted, "rules\teclat\t270\t"));
  g_assert_cmpstr (here, ==, there);
}

static void
add_order (CliFolder  *folder,
           guint       number)
{
  g_autofree char *date = g_strdup_printf ("date=2025-01-%02u", 1 + number % 28);
  g_autofree char *order = cli_answer (folder, "add", "document", "kind=order", date, NULL);
  g_autofree char *document = g_strconcat ("document=", order, NULL);

  g_free (cli_answer (folder, "add", "document_line", document, "text=bread", NULL));
  if (number % 2 == 0)
    g_free (cli_answer (folder, "add", "document_line", document, "text=butter", NULL));
}

/* Three orders are too few for rules, which is an answer; without any there is nothing to ask. */
static void
test_orders_of_the_store (CliFolder     *folder,
                          gconstpointer  data)
{
  g_autoptr (JsonNode) document = NULL;
  JsonObject *object;

  g_free (cli_answer (folder, "init", NULL));
  cli_fails (folder, 1, "insight", "rules", NULL);
  for (guint i = 0; i < 3; i++)
    add_order (folder, i);
  document = cli_json (folder, "insight", "rules", NULL);
  object = json_node_get_object (document);
  g_assert_false (json_object_get_boolean_member (object, "enough"));
  g_assert_cmpint (json_object_get_int_member (object, "n_baskets"), ==, 3);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "notes")), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) \
  g_test_add ("/cli-insight-baskets/" name, CliFolder, NULL, cli_folder_set_up, func, \
              cli_folder_tear_down)
  ADD ("rules-of-a-file", test_rules_of_a_file);
  ADD ("offers-of-a-file", test_offers_of_a_file);
  ADD ("what-is-due-again-in-a-file", test_what_is_due_again_in_a_file);
  ADD ("charts-are-drawn", test_charts_are_drawn);
  ADD ("models-score-the-same", test_models_score_the_same);
  ADD ("rules-are-carried", test_rules_are_carried);
  ADD ("orders-of-the-store", test_orders_of_the_store);
  return g_test_run ();
}
