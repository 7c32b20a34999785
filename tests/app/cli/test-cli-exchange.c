/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-run.h"

#include <string.h>

static void
set_up (CliFolder     *folder,
        gconstpointer  data)
{
  cli_folder_set_up (folder, data);
  g_free (cli_answer (folder, "init", NULL));
}

static char *
write_file (CliFolder  *folder,
            const char *name,
            const char *text)
{
  char *path = g_build_filename (folder->path, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static void
assert_count (JsonNode   *report,
              const char *name,
              gint64      expected)
{
  JsonObject *object = json_node_get_object (report);

  g_test_message ("%s", name);
  g_assert_cmpint (json_object_get_int_member (object, name), ==, expected);
}

static guint
count_records (CliFolder  *folder,
               const char *kind)
{
  g_autoptr (JsonNode) list = cli_json (folder, "list", kind, NULL);

  return json_array_get_length (json_node_get_array (list));
}

#define PEOPLE \
  "Name,Email,City,Company\n" \
  "欧阳娜娜,nana@example.org,北京,小明公司\n" \
  "Ada Lovelace,ada@example.org,London,\n" \
  ",,,\n" \
  "Bob,not an address,Paris,\n"

/* The same file twice doubles nothing, and undo takes the whole of it back. */
static void
test_same_file_twice_doubles_nothing (CliFolder     *folder,
                                      gconstpointer  data)
{
  g_autofree char *path = write_file (folder, "人.csv", PEOPLE);
  g_autoptr (JsonNode) first = cli_json (folder, "import", path, "--as", "party", NULL);
  guint n_parties = count_records (folder, "party");
  guint n_contacts = count_records (folder, "contact_point");
  g_autoptr (JsonNode) second = cli_json (folder, "import", path, "--as", "party", NULL);

  assert_count (first, "taken", 3);
  assert_count (second, "taken", 0);
  assert_count (second, "updated", 0);
  g_assert_cmpuint (n_parties, ==, 4);
  g_assert_cmpuint (count_records (folder, "party"), ==, n_parties);
  g_assert_cmpuint (count_records (folder, "contact_point"), ==, n_contacts);
  g_free (cli_answer (folder, "undo", json_object_get_string_member (json_node_get_object (first),
                                                                     "group"), NULL));
  g_assert_cmpuint (count_records (folder, "party"), ==, 0);
}

static void
test_rehearsal_writes_nothing (CliFolder     *folder,
                               gconstpointer  data)
{
  g_autofree char *path = write_file (folder, "people.csv", PEOPLE);
  g_autoptr (JsonNode) rehearsal =
    cli_json (folder, "import", path, "--as", "party", "--rehearse", NULL);

  assert_count (rehearsal, "taken", 3);
  g_assert_cmpuint (count_records (folder, "party"), ==, 0);
}

/* A refused line is told by its number in the file and the reason. */
static void
test_refused_lines_are_told (CliFolder     *folder,
                             gconstpointer  data)
{
  g_autofree char *path = write_file (folder, "orders.csv",
                                      "who,day,sum\n"
                                      "ada@example.org,2026-01-31,12.50\n"
                                      "ada@example.org,32.13.2026,1\n"
                                      "ada@example.org,2026-02-01,8\n");
  g_autoptr (JsonNode) report =
    cli_json (folder, "import", path, "--as", "order", "--map", "party=who", "--map", "date=day",
              "--map=total=sum", NULL);
  JsonArray *refusals =
    json_object_get_array_member (json_node_get_object (report), "refusals");
  g_autoptr (JsonNode) orders =
    cli_json (folder, "list", "order", "--where", "total = 12.50", NULL);

  assert_count (report, "taken", 2);
  assert_count (report, "refused", 1);
  g_assert_cmpuint (json_array_get_length (refusals), ==, 1);
  g_assert_cmpint (json_object_get_int_member (json_array_get_object_element (refusals, 0), "line"),
                   ==, 3);
  g_assert_cmpuint (count_records (folder, "party"), ==, 1);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (orders)), ==, 1);
}

static void
test_bad_question_is_told (CliFolder     *folder,
                           gconstpointer  data)
{
  g_autofree char *path = write_file (folder, "people.csv", PEOPLE);

  cli_fails (folder, 2, "import", path, NULL);
  cli_fails (folder, 2, "import", "--as", "party", NULL);
  cli_fails (folder, 2, "import", path, "--as", "party", "--map", "email", NULL);
  cli_fails (folder, 1, "import", path, "--as", "spaceship", NULL);
  cli_fails (folder, 1, "import", path, "--as", "party", "--map", "email=Fax", NULL);
  cli_fails (folder, 1, "import", path, "--as", "party", "--map", "wings=Email", NULL);
  cli_fails (folder, 1, "import", "nowhere.csv", "--as", "party", NULL);
  g_assert_cmpuint (count_records (folder, "party"), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) \
  g_test_add ("/cli-exchange/" name, CliFolder, NULL, set_up, func, cli_folder_tear_down)
  ADD ("same-file-twice-doubles-nothing", test_same_file_twice_doubles_nothing);
  ADD ("rehearsal-writes-nothing", test_rehearsal_writes_nothing);
  ADD ("refused-lines-are-told", test_refused_lines_are_told);
  ADD ("bad-question-is-told", test_bad_question_is_told);
  return g_test_run ();
}
