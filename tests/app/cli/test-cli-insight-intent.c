/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What messages want, from a file, from the command line, and from a store that learns. */
#include "cli-manual.h"
#include "cli-run.h"

#include <locale.h>
#include <string.h>

#define FILE_TEXT \
  "nr,text,what\n" \
  "a,我要退货，东西坏了,return\n" \
  "b,\"How much is it, and when can you deliver?\",\n" \
  "c,ＴＤ,\n" \
  "d,订单号 20240518003 下周三之前送到，定金￥500,\n" \
  "e,,\n"

static char *
write_messages (CliFolder  *folder,
                const char *text)
{
  char *path = g_build_filename (folder->path, "messages.csv", NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static JsonObject *
get_message (JsonNode *document,
             guint     row)
{
  JsonObject *object = json_node_get_object (document);

  return json_array_get_object_element (json_object_get_array_member (object, "messages"), row);
}

static const char *
get_intent (JsonNode *document,
            guint     row)
{
  return json_object_get_string_member (get_message (document, row), "intent");
}

static void
test_messages_of_a_file (CliFolder     *folder,
                         gconstpointer  data)
{
  static const char *const values[] = { "20240518003", "2026-11-25", "500 CNY" };
  g_autofree char *path = write_messages (folder, FILE_TEXT);
  g_autoptr (JsonNode) document =
    cli_json (folder, "insight", "intent", "--messages", path, "--text", "text", "--label", "what",
              "--id", "nr", "--until", "2026-11-20", "--explain", "d", NULL);
  JsonArray *entities = json_object_get_array_member (get_message (document, 3), "entities");

  g_assert_cmpstr (get_intent (document, 0), ==, "return");
  g_assert_true (json_object_get_boolean_member (get_message (document, 0), "said"));
  g_assert_cmpstr (get_intent (document, 2), ==, "optout");
  g_assert_true (json_object_get_boolean_member (get_message (document, 2), "opt_out"));
  g_assert_cmpuint (json_array_get_length (entities), ==, G_N_ELEMENTS (values));
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (entities, i),
                                                    "value"),
                     ==, values[i]);
  cli_manual_check (document, "insight intent", NULL);
  g_assert_false (g_file_test (folder->store, G_FILE_TEST_EXISTS));
}

static void
test_one_message_without_a_store (CliFolder     *folder,
                                  gconstpointer  data)
{
  g_autoptr (JsonNode) chinese = cli_json (folder, "insight", "intent", "--say", "我要退貨退款", NULL);
  g_autoptr (JsonNode) english =
    cli_json (folder, "insight", "intent", "--say", "Please send me the invoice again", NULL);
  g_autofree char *line = cli_answer (folder, "insight", "intent", "--say", "please STOP", NULL);

  g_assert_cmpstr (get_intent (chinese, 0), ==, "return");
  g_assert_cmpstr (get_intent (english, 0), ==, "invoice");
  g_assert_cmpstr (line, ==, "1\tNo more messages\t100%\tNeutral\tplease STOP");
  g_assert_false (g_file_test (folder->store, G_FILE_TEST_EXISTS));
}

static char *
add_message (CliFolder  *folder,
             const char *text)
{
  g_autofree char *body = g_strconcat ("body=", text, NULL);
  char *id = cli_answer (folder, "add", "activity", "kind=mail", "direction=in", body, NULL);

  return id;
}

static double
get_p (CliFolder  *folder,
       const char *text,
       const char *intent)
{
  g_autoptr (JsonNode) document = cli_json (folder, "insight", "intent", "--say", text, NULL);

  return g_strcmp0 (get_intent (document, 0), intent) == 0
           ? json_object_get_double_member (get_message (document, 0), "p")
           : 0;
}

static void
test_a_correction_is_learnt_and_undone (CliFolder     *folder,
                                        gconstpointer  data)
{
  g_autofree char *id = NULL;
  g_autofree char *done = NULL;
  g_autofree char *undone = NULL;

  g_free (cli_answer (folder, "init", NULL));
  id = add_message (folder, "飞机盒咋说");
  done = cli_answer (folder, "set", id, "intent=stock", NULL);
  g_assert_cmpfloat (get_p (folder, "飞机盒咋说？", "stock"), ==, 1);
  g_assert_cmpfloat (get_p (folder, "你们的飞机盒现在咋说呀", "stock"), >, 0.3);
  undone = cli_answer (folder, "undo", NULL);
  g_assert_cmpfloat (get_p (folder, "飞机盒咋说？", "stock"), <, 1);
}

static void
test_a_word_of_ones_own (CliFolder     *folder,
                         gconstpointer  data)
{
  g_autofree char *added = NULL;
  g_autofree char *odd = NULL;
  g_autoptr (CliRun) run = NULL;

  g_free (cli_answer (folder, "init", NULL));
  added = cli_answer (folder, "add", "setting", "name=lexicon:老样子", "value=order 8", NULL);
  g_assert_cmpfloat (get_p (folder, "嗨，老樣子", "order"), >, 0.5);
  odd = cli_answer (folder, "add", "setting", "name=lexicon:odd", "value=order much", NULL);
  run = cli_run (folder, "insight", "intent", "--say", "odd", NULL);
  g_assert_cmpint (run->status, ==, 0);
  g_assert_nonnull (strstr (run->err, "order much"));
}

static void
test_fit_here_and_predict_there (CliFolder     *folder,
                                 gconstpointer  data)
{
  g_autofree char *path = write_messages (folder, FILE_TEXT);
  g_autofree char *model = g_build_filename (folder->path, "intent.model", NULL);
  g_autofree char *fitted = cli_answer (folder, "insight", "fit", "intent", model, "--messages",
                                        path, "--text", "text", "--label", "what", NULL);
  g_autoptr (JsonNode) here = cli_json (folder, "insight", "intent", "--messages", path, "--text",
                                        "text", "--label", "what", NULL);
  g_autoptr (JsonNode) there = cli_json (folder, "insight", "predict", model, "--messages", path,
                                         "--text", "text", NULL);

  for (guint row = 0; row < 5; row++)
    {
      g_assert_cmpstr (get_intent (there, row), ==, get_intent (here, row));
      g_assert_cmpfloat (json_object_get_double_member (get_message (there, row), "p"), ==,
                         json_object_get_double_member (get_message (here, row), "p"));
    }
}

static void
test_chart_and_what_is_refused (CliFolder     *folder,
                                gconstpointer  data)
{
  g_autofree char *path = write_messages (folder, FILE_TEXT);
  g_autofree char *chart = g_build_filename (folder->path, "chart.svg", NULL);
  g_autofree char *drawn = cli_answer (folder, "insight", "intent", "--messages", path, "--text",
                                       "text", "--chart", chart, NULL);
  g_autofree char *svg = NULL;

  g_assert_true (g_file_get_contents (chart, &svg, NULL, NULL));
  g_assert_nonnull (strstr (svg, "<svg"));
  cli_fails (folder, 1, "insight", "intent", NULL);
  cli_fails (folder, 2, "insight", "intent", "--messages", path, NULL);
  cli_fails (folder, 1, "insight", "intent", "--messages", path, "--text", "nowhere", NULL);
  cli_fails (folder, 1, "insight", "intent", "--messages", path, "--text", "text", "--explain",
             "77", NULL);
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) \
  g_test_add ("/cli-insight-intent/" name, CliFolder, NULL, cli_folder_set_up, func, \
              cli_folder_tear_down)
  ADD ("messages-of-a-file", test_messages_of_a_file);
  ADD ("one-message-without-a-store", test_one_message_without_a_store);
  ADD ("a-correction-is-learnt-and-undone", test_a_correction_is_learnt_and_undone);
  ADD ("a-word-of-ones-own", test_a_word_of_ones_own);
  ADD ("fit-here-and-predict-there", test_fit_here_and_predict_there);
  ADD ("chart-and-what-is-refused", test_chart_and_what_is_refused);
  return g_test_run ();
}
