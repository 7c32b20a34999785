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
add_party (CliFolder  *folder,
           const char *name)
{
  g_autofree char *assignment = g_strconcat ("display_name=", name, NULL);

  return cli_answer (folder, "add", "party", "kind=person", assignment, NULL);
}

static guint
count_lines (const char *text)
{
  guint n = *text != '\0';

  for (; *text; text++)
    n += *text == '\n';
  return n;
}

static void
test_list_filters_sorts_and_cuts (CliFolder     *folder,
                                  gconstpointer  data)
{
  g_free (cli_answer (folder, "add", "person", "display_name=Bob", "touch_every=9", NULL));
  g_free (cli_answer (folder, "add", "person", "display_name=Ada Lovelace", "touch_every=30",
                      "star=1", NULL));
  g_free (cli_answer (folder, "add", "company", "display_name=小明公司", "touch_every=100", NULL));

  g_autofree char *names = cli_answer (folder, "list", "party", "--sort", "touch_every", "--fields",
                                       "display_name", NULL);
  g_auto (GStrv) lines = g_strsplit (names, "\n", -1);
  g_autofree char *people = cli_answer (folder, "list", "person", NULL);
  g_autofree char *some = cli_answer (folder, "list", "party", "--where",
                                      "touch_every >= 30 and display_name ~ 公司", NULL);
  g_autofree char *quoted = cli_answer (folder, "list", "party", "--where",
                                        "display_name = 'Ada Lovelace' and star = 1", NULL);
  g_autoptr (JsonNode) two = cli_json (folder, "list", "party", "--limit", "2", NULL);
  g_autoptr (JsonNode) none = cli_json (folder, "list", "party", "--where", "touch_every > 999",
                                        NULL);

  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  g_assert_true (g_str_has_suffix (lines[0], "\tBob"));
  g_assert_true (g_str_has_suffix (lines[2], "\t小明公司"));
  g_assert_cmpuint (count_lines (people), ==, 2);
  g_assert_cmpuint (count_lines (some), ==, 1);
  g_assert_cmpuint (count_lines (quoted), ==, 1);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (two)), ==, 2);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (none)), ==, 0);
}

static void
test_trash_is_listed_apart (CliFolder     *folder,
                            gconstpointer  data)
{
  g_autofree char *id = add_party (folder, "Ada");

  g_free (cli_answer (folder, "delete", id, NULL));

  g_autofree char *gone = cli_answer (folder, "list", "party", NULL);
  g_autofree char *trash = cli_answer (folder, "list", "party", "--trashed", NULL);

  g_assert_cmpuint (count_lines (gone), ==, 0);
  g_assert_cmpuint (count_lines (trash), ==, 1);
}

static void
test_bad_question_is_told (CliFolder     *folder,
                           gconstpointer  data)
{
  cli_fails (folder, 1, "list", "party", "--where", "wings > 2", NULL);
  cli_fails (folder, 1, "list", "party", "--where", "star ? 2", NULL);
  cli_fails (folder, 1, "list", "party", "--sort", "wings", NULL);
  cli_fails (folder, 2, "list", "party", "--limit", "few", NULL);
}

static void
test_one_chinese_character_finds (CliFolder     *folder,
                                  gconstpointer  data)
{
  g_autofree char *id = add_party (folder, "欧阳娜娜");
  g_autofree char *other = add_party (folder, "Ada");
  g_autofree char *one = cli_answer (folder, "search", "娜", NULL);
  g_autofree char *two = cli_answer (folder, "search", "欧阳", NULL);
  g_autofree char *none = cli_answer (folder, "search", "阳欧", NULL);
  g_autoptr (JsonNode) hits = cli_json (folder, "search", "ad", NULL);

  g_assert_true (g_str_has_prefix (one, id));
  g_assert_true (g_str_has_prefix (two, id));
  g_assert_cmpstr (none, ==, "");
  g_assert_cmpuint (json_array_get_length (json_node_get_array (hits)), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (
                     json_array_get_object_element (json_node_get_array (hits), 0), "id"), ==,
                   other);
}

/* One number, written as people write it, is found by its digits. */
static void
test_a_number_is_found_however_written (CliFolder     *folder,
                                        gconstpointer  data)
{
  g_autofree char *id = add_party (folder, "Ada");
  g_autofree char *party = g_strconcat ("party=", id, NULL);

  g_free (cli_answer (folder, "add", "contact_point", party, "channel=phone",
                      "value=+86 138 1234-5678", NULL));

  g_autoptr (JsonNode) hits = cli_json (folder, "search", "13812345678", NULL);
  JsonObject *hit = json_array_get_object_element (json_node_get_array (hits), 0);

  g_assert_cmpuint (json_array_get_length (json_node_get_array (hits)), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (hit, "id"), ==, id);
}

/* Two processes that write at once each keep all of theirs. */
static void
test_two_writers_lose_nothing (CliFolder     *folder,
                               gconstpointer  data)
{
  g_autoptr (GPtrArray) running = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *name = g_strdup_printf ("display_name=Writer %u", i);
      const char *arguments[] = { "add", "person", name, NULL };

      g_ptr_array_add (running, cli_start (folder, arguments));
    }
  for (guint i = 0; i < running->len; i++)
    {
      GSubprocess *process = g_ptr_array_index (running, i);

      g_assert_true (g_subprocess_wait (process, NULL, NULL));
      g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
    }

  g_autofree char *list = cli_answer (folder, "list", "party", NULL);

  g_assert_cmpuint (count_lines (list), ==, 12);
}

static void
test_output_that_is_not_taken_fails (CliFolder     *folder,
                                     gconstpointer  data)
{
  g_autofree char *program = g_shell_quote (g_getenv ("CLIENTELE_CLI"));
  g_autofree char *store = g_shell_quote (folder->store);
  g_autofree char *line =
    g_strdup_printf ("/bin/sh -c \"%s --store %s --json list setting >/dev/full\"", program, store);
  g_autofree char *err = NULL;
  int status = 0;

  g_assert_true (g_spawn_command_line_sync (line, NULL, &err, &status, NULL));
  g_assert_false (g_spawn_check_wait_status (status, NULL));
  g_assert_cmpuint (strlen (err), >, 10);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) \
  g_test_add ("/cli-find/" name, CliFolder, NULL, set_up, func, cli_folder_tear_down)
  ADD ("list-filters-sorts-and-cuts", test_list_filters_sorts_and_cuts);
  ADD ("trash-is-listed-apart", test_trash_is_listed_apart);
  ADD ("bad-question-is-told", test_bad_question_is_told);
  ADD ("one-chinese-character-finds", test_one_chinese_character_finds);
  ADD ("a-number-is-found-however-written", test_a_number_is_found_however_written);
  ADD ("two-writers-lose-nothing", test_two_writers_lose_nothing);
  ADD ("output-that-is-not-taken-fails", test_output_that_is_not_taken_fails);
  return g_test_run ();
}
