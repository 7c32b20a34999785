/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all verbs of insight do alike, whatever they compute. */
#include "cli-manual.h"
#include "cli-run.h"

#include <locale.h>
#include <signal.h>
#include <string.h>

#define ORDERS "--id", "id", "--date", "date", "--value", "value"

static char *
write_file (CliFolder  *folder,
            const char *name,
            const char *text,
            gssize      length)
{
  char *path = g_build_filename (folder->path, name, NULL);

  g_assert_true (g_file_set_contents (path, text, length, NULL));
  return path;
}

static char *
make_orders (CliFolder *folder,
             guint      n_customers)
{
  g_autoptr (GString) text = g_string_new ("id,date,value\n");

  for (guint i = 0; i < n_customers; i++)
    for (guint order = 0; order <= i % 5; order++)
      g_string_append_printf (text, "c%05u,2025-%02u-%02u,%u.%02u\n", i, 1 + (i + 2 * order) % 12,
                              1 + (7 * i + order) % 28, 10 + i % 97, i % 100);
  return write_file (folder, "orders.csv", text->str, -1);
}

#define N_VERBS 5

static const char *const verbs[N_VERBS + 1] = {
  "rfm", "cohorts", "segments", "indices", "clv", NULL
};

static void
test_members_are_in_the_man_page (CliFolder     *folder,
                                  gconstpointer  data)
{
  g_autofree char *path = make_orders (folder, 120);

  for (guint i = 0; verbs[i] && !g_str_equal (verbs[i], "clv"); i++)
    {
      g_autofree char *section = g_strdup_printf ("insight %s", verbs[i]);
      g_autoptr (JsonNode) document =
        cli_json (folder, "insight", verbs[i], "--orders", path, ORDERS, NULL);
      JsonObject *object = json_node_get_object (document);

      g_assert_cmpstr (json_object_get_string_member (object, "analysis"), ==, verbs[i]);
      cli_manual_check (document, section, NULL);
    }
}

/* The first bytes of a picture say what it is. */
static void
assert_begins (const char *path,
               const char *magic)
{
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  g_assert_cmpuint (length, >, 1000);
  g_assert_true (memcmp (bytes, magic, strlen (magic)) == 0);
}

static void
test_charts_are_pictures (CliFolder     *folder,
                          gconstpointer  data)
{
  const struct { const char *name; const char *magic; } formats[] = {
    { "图.svg", "<?xml" }, { "chart.png", "\x89PNG\r\n" }, { "chart.PDF", "%PDF-" },
  };
  g_autofree char *orders = make_orders (folder, 80);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *path = g_build_filename (folder->path, formats[i].name, NULL);
      g_autofree char *answer = cli_answer (folder, "insight", verbs[i], "--orders", orders, ORDERS,
                                            "--chart", path, NULL);

      g_assert_cmpuint (strlen (answer), >, 10);
      assert_begins (path, formats[i].magic);
    }
}

static void
test_chart_without_a_place_is_told (CliFolder     *folder,
                                    gconstpointer  data)
{
  g_autofree char *orders = make_orders (folder, 20);
  g_autofree char *nowhere = g_build_filename (folder->path, "no", "chart.png", NULL);
  g_autofree char *unknown = g_build_filename (folder->path, "chart.bmp", NULL);

  cli_fails (folder, 1, "insight", "rfm", "--orders", orders, ORDERS, "--chart", nowhere, NULL);
  cli_fails (folder, 1, "insight", "rfm", "--orders", orders, ORDERS, "--chart", unknown, NULL);
  g_assert_false (g_file_test (unknown, G_FILE_TEST_EXISTS));
}

static void
test_columns_that_are_there_are_named (CliFolder     *folder,
                                       gconstpointer  data)
{
  g_autofree char *path = make_orders (folder, 5);
  g_autoptr (CliRun) wrong = cli_run (folder, "insight", "rfm", "--orders", path, "--id", "name",
                                      "--date", "date", NULL);
  g_autoptr (CliRun) none = cli_run (folder, "insight", "rfm", "--orders", path, NULL);

  g_assert_cmpint (wrong->status, ==, 1);
  g_assert_nonnull (strstr (wrong->err, "id, date, value"));
  g_assert_cmpint (none->status, ==, 2);
  g_assert_nonnull (strstr (none->err, "id, date, value"));
}

/* Lines that were left out are told first, then why there is no answer. */
static void
assert_refused (CliFolder  *folder,
                const char *verb,
                const char *path)
{
  g_autoptr (CliRun) run = cli_run (folder, "insight", verb, "--orders", path, ORDERS, NULL);

  g_assert_cmpint (run->status, ==, 1);
  g_assert_cmpstr (run->out, ==, "");
  g_assert_nonnull (strstr (run->err, "clientele-cli: "));
  g_assert_cmpuint (strlen (run->err), <, 400);
}

/* Whatever a file holds, the program says a sentence or an answer; it never breaks. */
static void
test_broken_files_are_told (CliFolder     *folder,
                            gconstpointer  data)
{
  const struct { const char *text; gssize length; } files[] = {
    { "", 0 },
    { "\n\n\n", -1 },
    { "id,date,value\n", -1 },
    { "id,date,value\na,never,10\n", -1 },
    { "id,date,value\na,2025-13-45,10\nb,0000-00-00,5\n", -1 },
    { "id,date,value\na,99999-01-01,10\n", -1 },
    { "id,date,value\na,2025-01-01,a lot\n", -1 },
    { "\x7f" "ELF\x02\x01\x01\0\0\0\0\0\xff\xfe\xfd", 15 },
    { "PK\003\004 a spreadsheet", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = write_file (folder, "broken.csv", files[i].text, files[i].length);

      assert_refused (folder, verbs[i % N_VERBS], path);
    }
}

/* One order, or money that flows back, is an answer. */
static void
test_strange_files_are_answered (CliFolder     *folder,
                                 gconstpointer  data)
{
  const char *const files[] = {
    "id,date,value\na,2025-01-01,10\n",
    "id,date,value\na,2025-01-01,-10\nb,2025-01-02,-20\nb,2025-01-02,0\n",
    "id,date,value\na,2025-01-01,0\na,2025-01-01,0\n",
    "id,date,value\na,1960-01-01,90000000000000\nb,2050-01-01,.0001\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = write_file (folder, "strange.csv", files[i], -1);

      for (guint j = 0; verbs[j]; j++)
        {
          g_autoptr (JsonNode) document =
            cli_json (folder, "insight", verbs[j], "--orders", path, ORDERS, NULL);

          g_assert_true (JSON_NODE_HOLDS_OBJECT (document));
        }
    }
}

static void
test_explanation_is_in_words (CliFolder     *folder,
                              gconstpointer  data)
{
  g_autofree char *path = make_orders (folder, 120);
  g_autofree char *words = cli_answer (folder, "insight", "segments", "--orders", path, ORDERS,
                                       "--explain", "c00042", NULL);
  g_autofree char *alone = cli_answer (folder, "insight", "rfm", "--orders", path, ORDERS,
                                       "--explain", "c00042", NULL);
  g_autoptr (JsonNode) document = cli_json (folder, "insight", "segments", "--orders", path, ORDERS,
                                            "--explain", "c00042", NULL);
  JsonObject *explanation =
    json_object_get_object_member (json_node_get_object (document), "explanation");

  g_assert_true (g_str_has_prefix (words, "c00042: "));
  g_assert_true (g_str_has_prefix (alone, "c00042: "));
  g_assert_null (strchr (alone, '\n'));
  g_assert_cmpstr (json_object_get_string_member (explanation, "id"), ==, "c00042");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (explanation, "nearest")),
                    ==, 3);
  g_assert_nonnull (strstr (words, json_object_get_string_member (explanation, "reason")));
  cli_fails (folder, 1, "insight", "segments", "--orders", path, ORDERS, "--explain", "nobody",
             NULL);
}

/* Fitted to one file, used on it again, gives the same document but for what the fit alone knows;
 * on another file it gives that file's customers. */
static void
test_model_is_fitted_and_used (CliFolder     *folder,
                               gconstpointer  data)
{
  g_autofree char *orders = make_orders (folder, 200);
  g_autofree char *model = g_build_filename (folder->path, "groups.model", NULL);
  g_autofree char *fitted = cli_answer (folder, "insight", "fit", "segments", model, "--orders",
                                        orders, ORDERS, "--k", "3", NULL);
  g_autofree char *direct =
    cli_answer (folder, "insight", "segments", "--orders", orders, ORDERS, "--k", "3", NULL);
  g_autofree char *again =
    cli_answer (folder, "insight", "predict", model, "--orders", orders, ORDERS, NULL);
  g_autofree char *other = write_file (folder, "other.csv", "id,date,value\nz,2025-06-01,5\n", -1);
  g_autoptr (JsonNode) scored =
    cli_json (folder, "insight", "predict", model, "--orders", other, ORDERS, NULL);
  JsonArray *customers =
    json_object_get_array_member (json_node_get_object (scored), "customers");

  g_assert_true (g_str_has_prefix (fitted, "segments\tkmeans\t200\t"));
  g_assert_cmpstr (again, ==, direct);
  g_assert_cmpuint (json_array_get_length (customers), ==, 1);
}

/* A model answers nothing until it scores data. */
static void
test_fit_takes_no_chart (CliFolder     *folder,
                         gconstpointer  data)
{
  g_autofree char *orders = make_orders (folder, 60);
  g_autofree char *model = g_build_filename (folder->path, "groups.model", NULL);
  g_autofree char *chart = g_build_filename (folder->path, "chart.svg", NULL);

  cli_fails (folder, 2, "insight", "fit", "segments", model, "--orders", orders, ORDERS, "--chart",
             chart, NULL);
  cli_fails (folder, 2, "insight", "fit", "segments", model, "--orders", orders, ORDERS,
             "--explain", "c0", NULL);
  g_assert_false (g_file_test (model, G_FILE_TEST_EXISTS));
}

static void
test_broken_models_are_told (CliFolder     *folder,
                             gconstpointer  data)
{
  g_autofree char *orders = make_orders (folder, 20);
  g_autofree char *empty = write_file (folder, "empty.model", "", 0);
  g_autofree char *strange = write_file (folder, "strange.model", "{\"analysis\": \"moon\"}", -1);
  g_autofree char *path = g_build_filename (folder->path, "new.model", NULL);

  cli_fails (folder, 1, "insight", "predict", empty, "--orders", orders, ORDERS, NULL);
  cli_fails (folder, 1, "insight", "predict", strange, "--orders", orders, ORDERS, NULL);
  cli_fails (folder, 2, "insight", "predict", NULL);
  cli_fails (folder, 2, "insight", "fit", "cohorts", path, NULL);
  cli_fails (folder, 2, "insight", "fit", "segments", NULL);
  cli_fails (folder, 2, "insight", "fit", "moon", path, NULL);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_threads_change_nothing (CliFolder     *folder,
                             gconstpointer  data)
{
  g_autofree char *orders = make_orders (folder, 300);
  g_autofree char *one = cli_answer (folder, "--json", "insight", "segments", "--orders", orders,
                                     ORDERS, "--threads", "1", NULL);
  g_autofree char *many = cli_answer (folder, "--json", "insight", "segments", "--orders", orders,
                                      ORDERS, "--threads", "8", NULL);

  g_assert_cmpstr (one, ==, many);
  cli_fails (folder, 2, "insight", "segments", "--orders", orders, ORDERS, "--threads", "0", NULL);
  cli_fails (folder, 2, "insight", "segments", "--orders", orders, ORDERS, "--seed", "-1", NULL);
}

/* A date in a file is that day, wherever on earth the program runs. */
static void
test_days_are_the_same_everywhere (CliFolder     *folder,
                                   gconstpointer  data)
{
  const char *const zones[] = { "Pacific/Honolulu", "Asia/Shanghai", "Pacific/Auckland" };
  g_autofree char *orders = write_file (folder, "orders.csv",
                                        "id,date,value\na,2025-03-30,1\na,2025-10-05,2\n", -1);

  for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      g_autoptr (JsonNode) document = NULL;

      g_setenv ("TZ", zones[i], TRUE);
      document = cli_json (folder, "insight", "rfm", "--orders", orders, ORDERS, NULL);
      g_assert_cmpstr (json_object_get_string_member (json_node_get_object (document), "until"), ==,
                       "2025-10-05");
    }
  g_unsetenv ("TZ");
}

static gboolean
has_chinese (const char *text)
{
  for (; *text; text = g_utf8_next_char (text))
    if (g_unichar_get_script (g_utf8_get_char (text)) == G_UNICODE_SCRIPT_HAN)
      return TRUE;
  return FALSE;
}

/* Words are Chinese, numbers and names of members are not. */
static void
test_chinese_is_spoken (CliFolder     *folder,
                        gconstpointer  data)
{
  g_autofree char *orders = make_orders (folder, 60);

  if (!setlocale (LC_ALL, "zh_CN.UTF-8"))
    {
      g_test_skip ("the locale zh_CN.UTF-8 is not here");
      return;
    }
  folder->locale = "zh_CN.UTF-8";

  g_autoptr (CliRun) run = cli_run (folder, "insight", "rfm", "--orders", orders, ORDERS,
                                    "--explain", "c00007", NULL);
  g_autoptr (JsonNode) document =
    cli_json (folder, "insight", "segments", "--orders", orders, ORDERS, NULL);
  JsonArray *groups =
    json_object_get_array_member (json_node_get_object (document), "segments");

  g_assert_cmpint (run->status, ==, 0);
  g_assert_true (has_chinese (run->out));
  g_assert_true (has_chinese (json_object_get_string_member (
    json_array_get_object_element (groups, 0), "name")));
}

/* From then on the program itself takes SIGINT. */
static gboolean
blocks_interrupt (const char *pid)
{
  g_autofree char *path = g_build_filename ("/proc", pid, "status", NULL);
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents (path, &status, NULL, NULL))
    return FALSE;
  line = strstr (status, "SigBlk:\t");
  return line &&
         g_ascii_strtoull (line + strlen ("SigBlk:\t"), NULL, 16) & (1 << (SIGINT - 1));
}

static void
test_interrupt_cancels (CliFolder     *folder,
                        gconstpointer  data)
{
  g_autofree char *orders = make_orders (folder, 20000);
  const char *const arguments[] = { "insight", "segments", "--method", "diana", "--orders", orders,
                                    ORDERS, NULL };
  g_autoptr (GSubprocess) process = cli_start (folder, arguments);
  const char *pid = g_subprocess_get_identifier (process);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) out = NULL;
  g_autoptr (GBytes) err = NULL;
  g_autofree char *words = NULL;

  for (guint i = 0; i < 2000 && !blocks_interrupt (pid); i++)
    g_usleep (5000);
  g_usleep (100000);
  g_subprocess_send_signal (process, SIGINT);
  g_assert_true (g_subprocess_communicate (process, nothing, NULL, &out, &err, NULL));

  words = g_strndup (g_bytes_get_data (err, NULL), g_bytes_get_size (err));
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 130);
  g_assert_cmpuint (g_bytes_get_size (out), ==, 0);
  g_assert_nonnull (strstr (words, "Cancelled"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) \
  g_test_add ("/cli-insight-frame/" name, CliFolder, NULL, cli_folder_set_up, func, \
              cli_folder_tear_down)
  ADD ("members-are-in-the-man-page", test_members_are_in_the_man_page);
  ADD ("charts-are-pictures", test_charts_are_pictures);
  ADD ("chart-without-a-place-is-told", test_chart_without_a_place_is_told);
  ADD ("columns-that-are-there-are-named", test_columns_that_are_there_are_named);
  ADD ("broken-files-are-told", test_broken_files_are_told);
  ADD ("strange-files-are-answered", test_strange_files_are_answered);
  ADD ("explanation-is-in-words", test_explanation_is_in_words);
  ADD ("model-is-fitted-and-used", test_model_is_fitted_and_used);
  ADD ("fit-takes-no-chart", test_fit_takes_no_chart);
  ADD ("broken-models-are-told", test_broken_models_are_told);
  ADD ("threads-change-nothing", test_threads_change_nothing);
  ADD ("days-are-the-same-everywhere", test_days_are_the_same_everywhere);
  ADD ("chinese-is-spoken", test_chinese_is_spoken);
  ADD ("interrupt-cancels", test_interrupt_cancels);
  return g_test_run ();
}
