/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Forecasts on the command line: of a file of values and of orders, in two steps, and drawn. */
#include "cli-manual.h"
#include "cli-run.h"

#include <math.h>
#include <string.h>

#define N_MONTHS 48

static char *
write_file (CliFolder  *folder,
            const char *name,
            const char *text)
{
  char *path = g_build_filename (folder->path, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

/* Months from January 2020 that grow by 2 a month and have a season, with a little unrest. */
static char *
write_months (CliFolder *folder,
              guint      n)
{
  g_autoptr (GString) text = g_string_new ("month;sold\n");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%u-%02u-01;%.3f\n", 2020 + i / 12, 1 + i % 12,
                            200 + 2.0 * i + 40 * sin (i * G_PI / 6) + 3 * sin (i * 12.9898));
  return write_file (folder, "months.csv", text->str);
}

#define MONTHS(path) "--series", path, "--date", "month", "--value", "sold"

static void
test_members_are_in_the_man_page (CliFolder     *folder,
                                  gconstpointer  data)
{
  const char *const free_below[] = { "coefficients", NULL };
  const char *const methods[] = { "auto", "snaive", "holt-winters", "theta", "ets", "arima",
                                  "lstm" };
  g_autofree char *path = write_months (folder, N_MONTHS);

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autoptr (JsonNode) document = cli_json (folder, "insight", "forecast", MONTHS (path),
                                                "--method", methods[i], NULL);
      JsonObject *object = json_node_get_object (document);

      g_assert_true (json_object_get_boolean_member (object, "enough"));
      if (i > 0)
        g_assert_cmpstr (json_object_get_string_member (object, "method"), ==, methods[i]);
      cli_manual_check (document, "insight forecast", free_below);
    }
}

static void
test_months_are_found_and_forecast (CliFolder     *folder,
                                    gconstpointer  data)
{
  g_autofree char *path = write_months (folder, N_MONTHS);
  g_autoptr (JsonNode) document = cli_json (folder, "insight", "forecast", MONTHS (path),
                                            "--horizon", "12", NULL);
  JsonObject *object = json_node_get_object (document);
  JsonArray *forecast = json_object_get_array_member (object, "forecast");
  JsonObject *validation = json_object_get_object_member (object, "validation");

  g_assert_cmpstr (json_object_get_string_member (object, "every"), ==, "month");
  g_assert_cmpint (json_object_get_int_member (object, "season"), ==, 12);
  g_assert_true (json_object_get_boolean_member (validation, "helps"));
  g_assert_cmpuint (json_array_get_length (forecast), ==, 12);
  for (guint h = 0; h < 12; h++)
    {
      JsonObject *month = json_array_get_object_element (forecast, h);
      double expected = 200 + 2.0 * (N_MONTHS + h) + 40 * sin ((N_MONTHS + h) * G_PI / 6);

      g_assert_cmpfloat_with_epsilon (json_object_get_double_member (month, "mean"), expected,
                                      0.08 * expected);
    }
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (forecast, 0),
                                                  "period"), ==, "2024-01");
}

static void
test_text_is_a_line_a_period (CliFolder     *folder,
                              gconstpointer  data)
{
  g_autofree char *path = write_months (folder, N_MONTHS);
  g_autofree char *text = cli_answer (folder, "insight", "forecast", MONTHS (path), "--horizon",
                                      "3", "--method", "theta", NULL);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_auto (GStrv) cells = g_strsplit (lines[0], "\t", -1);

  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  g_assert_cmpuint (g_strv_length (cells), ==, 6);
  g_assert_cmpstr (cells[0], ==, "2024-01");
}

static void
test_two_steps_give_what_one_gives (CliFolder     *folder,
                                    gconstpointer  data)
{
  g_autofree char *path = write_months (folder, N_MONTHS);
  g_autofree char *model = g_build_filename (folder->path, "months.model", NULL);
  g_autofree char *once = cli_answer (folder, "insight", "forecast", MONTHS (path), "--method",
                                      "ets", NULL);
  g_autofree char *kept = cli_answer (folder, "insight", "fit", "forecast", model, MONTHS (path),
                                      "--method", "ets", NULL);
  g_autofree char *again = cli_answer (folder, "insight", "predict", model, MONTHS (path), NULL);

  g_assert_nonnull (strstr (kept, "ets"));
  g_assert_cmpstr (once, ==, again);
}

static void
test_orders_are_added_up (CliFolder     *folder,
                          gconstpointer  data)
{
  g_autoptr (GString) text = g_string_new ("who,day,total\n");
  g_autofree char *path = NULL;
  g_autoptr (JsonNode) document = NULL;
  JsonArray *history;

  /* Two orders a month over three years, the first on the first day. */
  for (guint i = 0; i < 36; i++)
    g_string_append_printf (text, "a,%u-%02u-01,10.50\nb,%u-%02u-28,20.00\n", 2021 + i / 12,
                            1 + i % 12, 2021 + i / 12, 1 + i % 12);
  path = write_file (folder, "orders.csv", text->str);
  document = cli_json (folder, "insight", "forecast", "--orders", path, "--id", "who", "--date",
                       "day", "--value", "total", "--until", "2023-12-31", NULL);
  history = json_object_get_array_member (json_node_get_object (document), "history");
  g_assert_cmpuint (json_array_get_length (history), ==, 36);
  for (guint i = 0; i < 36; i++)
    g_assert_cmpfloat (json_object_get_double_member (json_array_get_object_element (history, i),
                                                      "value"), ==, 30.5);
}

/* Fifteen orders of one customer, on the first of each month; the last month is not over. */
static void
test_orders_of_the_store_are_forecast (CliFolder     *folder,
                                       gconstpointer  data)
{
  g_autofree char *made = cli_answer (folder, "init", NULL);
  g_autofree char *party = cli_answer (folder, "add", "party", "kind=person", "display_name=Ann",
                                       NULL);
  g_autofree char *of_party = g_strdup_printf ("party=%s", party);
  g_autoptr (JsonNode) document = NULL;
  JsonObject *object;

  for (guint i = 0; i < 15; i++)
    {
      g_autofree char *date = g_strdup_printf ("date=%u-%02u-01", 2023 + i / 12, 1 + i % 12);
      g_autofree char *order = cli_answer (folder, "add", "document", "kind=order", of_party, date,
                                           "total=20.00", "currency=EUR", "state=paid", NULL);
    }
  document = cli_json (folder, "insight", "forecast", "--every", "month", "--until", "2024-03-20",
                       "--method", "snaive", NULL);
  object = json_node_get_object (document);
  g_assert_cmpint (json_object_get_int_member (object, "periods"), ==, 14);
  g_assert_cmpstr (json_object_get_string_member (object, "until"), ==, "2024-02-29");
  g_assert_true (json_object_get_boolean_member (object, "enough"));
  g_assert_cmpfloat (json_object_get_double_member (object, "sum"), ==, 12 * 20.0);
  g_assert_true (json_object_get_null_member (object, "from_customers"));
}

static void
test_charts_are_drawn (CliFolder     *folder,
                       gconstpointer  data)
{
  const char *const starts[][2] = { { "c.png", "\211PNG" }, { "c.pdf", "%PDF" },
                                    { "c.svg", "<?xml" } };
  g_autofree char *path = write_months (folder, N_MONTHS);

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      g_autofree char *chart = g_build_filename (folder->path, starts[i][0], NULL);
      g_autofree char *text = cli_answer (folder, "insight", "forecast", MONTHS (path), "--method",
                                          "theta", "--chart", chart, NULL);
      g_autofree char *contents = NULL;

      g_assert_true (g_file_get_contents (chart, &contents, NULL, NULL));
      g_assert_true (g_str_has_prefix (contents, starts[i][1]));
    }
}

static void
test_too_little_is_an_answer (CliFolder     *folder,
                              gconstpointer  data)
{
  g_autofree char *path = write_months (folder, 5);
  g_autoptr (CliRun) run = cli_run (folder, "insight", "forecast", MONTHS (path), NULL);
  g_autofree char *model = g_build_filename (folder->path, "none.model", NULL);

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpstr (run->out, ==, "");
  g_assert_nonnull (strstr (run->err, "too little for a forecast"));
  cli_fails (folder, 1, "insight", "fit", "forecast", model, MONTHS (path), NULL);
}

static void
test_what_cannot_be_is_told (CliFolder     *folder,
                             gconstpointer  data)
{
  g_autofree char *path = write_months (folder, N_MONTHS);

  cli_fails (folder, 1, "insight", "forecast", "--series", path, "--date", "month", "--value",
             "nothing", NULL);
  cli_fails (folder, 2, "insight", "forecast", MONTHS (path), "--method", "oracle", NULL);
  cli_fails (folder, 2, "insight", "forecast", MONTHS (path), "--horizon", "0", NULL);
  cli_fails (folder, 1, "insight", "forecast", MONTHS (path), "--horizon", "1001", NULL);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/cli/insight-forecast/" name, CliFolder, NULL, cli_folder_set_up, function,         \
              cli_folder_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("members-are-in-the-man-page", test_members_are_in_the_man_page);
  ADD ("months-are-found-and-forecast", test_months_are_found_and_forecast);
  ADD ("text-is-a-line-a-period", test_text_is_a_line_a_period);
  ADD ("two-steps-give-what-one-gives", test_two_steps_give_what_one_gives);
  ADD ("orders-are-added-up", test_orders_are_added_up);
  ADD ("orders-of-the-store-are-forecast", test_orders_of_the_store_are_forecast);
  ADD ("charts-are-drawn", test_charts_are_drawn);
  ADD ("too-little-is-an-answer", test_too_little_is_an_answer);
  ADD ("what-cannot-be-is-told", test_what_cannot_be_is_told);
  return g_test_run ();
}
