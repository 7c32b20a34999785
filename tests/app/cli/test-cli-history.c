/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each step is a process of its own, so everything here survives a restart. */
#include "cli-run.h"

#include <string.h>

static void
set_up (CliFolder     *folder,
        gconstpointer  data)
{
  cli_folder_set_up (folder, data);
  g_free (cli_answer (folder, "init", NULL));
}

static void
assert_field (CliFolder  *folder,
              const char *id,
              const char *field,
              const char *expected)
{
  g_autoptr (JsonNode) record = cli_json (folder, "show", id, NULL);
  JsonNode *value = json_object_get_member (json_node_get_object (record), field);

  g_assert_cmpstr (JSON_NODE_HOLDS_NULL (value) ? NULL : json_node_get_string (value), ==,
                   expected);
}

static char *
get_group (JsonNode *document)
{
  return g_strdup (json_object_get_string_member (json_node_get_object (document), "group"));
}

static void
test_undo_after_a_restart (CliFolder     *folder,
                           gconstpointer  data)
{
  g_autofree char *id = cli_answer (folder, "add", "person", "display_name=Ada", NULL);

  g_free (cli_answer (folder, "set", id, "display_name=Augusta", "source=fair", NULL));
  g_free (cli_answer (folder, "set", id, "language=en", NULL));
  g_free (cli_answer (folder, "undo", NULL));
  assert_field (folder, id, "language", NULL);
  assert_field (folder, id, "display_name", "Augusta");

  /* What was taken back is not the last change; the one before it is. */
  g_free (cli_answer (folder, "undo", NULL));
  assert_field (folder, id, "display_name", "Ada");
  assert_field (folder, id, "source", NULL);
}

static void
test_undo_of_undo_is_redo (CliFolder     *folder,
                           gconstpointer  data)
{
  g_autofree char *id = cli_answer (folder, "add", "person", "display_name=Ada", NULL);
  g_autoptr (JsonNode) edit = cli_json (folder, "set", id, "display_name=Augusta", NULL);
  g_autofree char *group = get_group (edit);
  g_autofree char *undo = cli_answer (folder, "undo", group, NULL);

  assert_field (folder, id, "display_name", "Ada");
  g_free (cli_answer (folder, "undo", undo, NULL));
  assert_field (folder, id, "display_name", "Augusta");
}

/* Undo of an old group leaves alone what was changed since, and says so. */
static void
test_undo_keeps_later_edits (CliFolder     *folder,
                             gconstpointer  data)
{
  g_autofree char *id = cli_answer (folder, "add", "person", "display_name=Ada", NULL);
  g_autoptr (JsonNode) edit =
    cli_json (folder, "set", id, "display_name=Augusta", "source=fair", NULL);
  g_autofree char *group = get_group (edit);

  g_free (cli_answer (folder, "set", id, "display_name=Ada King", NULL));

  g_autoptr (JsonNode) report = cli_json (folder, "undo", group, NULL);
  JsonArray *kept = json_object_get_array_member (json_node_get_object (report), "kept");

  assert_field (folder, id, "display_name", "Ada King");
  assert_field (folder, id, "source", NULL);
  g_assert_cmpuint (json_array_get_length (kept), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (kept, 0), "field"),
                   ==, "display_name");
}

static void
test_undo_of_a_new_record_removes_it (CliFolder     *folder,
                                      gconstpointer  data)
{
  g_autofree char *id = cli_answer (folder, "add", "person", "display_name=Ada", NULL);

  g_free (cli_answer (folder, "undo", NULL));

  g_autoptr (CliRun) run = cli_run (folder, "--json", "show", id, NULL);

  if (run->status == 0)
    {
      g_autoptr (JsonNode) record = json_from_string (run->out, NULL);

      g_assert_true (json_object_get_boolean_member (json_node_get_object (record), "trashed"));
    }
  else
    g_assert_cmpint (run->status, ==, 1);
}

static void
test_history_tells_old_and_new (CliFolder     *folder,
                                gconstpointer  data)
{
  g_autofree char *id = cli_answer (folder, "add", "person", "display_name=阿达", NULL);
  g_autofree char *other = cli_answer (folder, "add", "person", "display_name=Bob", NULL);

  g_free (cli_answer (folder, "set", id, "display_name=Ada", NULL));
  g_free (cli_answer (folder, "set", other, "display_name=Robert", NULL));

  g_autoptr (JsonNode) history = cli_json (folder, "history", id, NULL);
  JsonArray *entries = json_node_get_array (history);
  JsonObject *newest = json_array_get_object_element (entries, 0);
  JsonArray *changes = json_object_get_array_member (newest, "changes");
  JsonObject *change = json_array_get_object_element (changes, 0);
  g_autofree char *text = cli_answer (folder, "history", id, NULL);
  g_autoptr (JsonNode) all = cli_json (folder, "history", "--limit", "3", NULL);

  g_assert_cmpuint (json_array_get_length (entries), ==, 2);
  g_assert_cmpstr (json_object_get_string_member (change, "field"), ==, "display_name");
  g_assert_cmpstr (json_object_get_string_member (change, "old"), ==, "阿达");
  g_assert_cmpstr (json_object_get_string_member (change, "new"), ==, "Ada");
  g_assert_nonnull (strstr (text, "display_name: 阿达 → Ada"));
  g_assert_cmpuint (json_array_get_length (json_node_get_array (all)), ==, 3);
}

/* An amount is told in the units of its currency, also where that did not change with it. */
static void
test_history_knows_the_currency (CliFolder     *folder,
                                 gconstpointer  data)
{
  g_autofree char *id = cli_answer (folder, "add", "order", "currency=JPY", "total=500", NULL);

  g_free (cli_answer (folder, "set", id, "total=700", NULL));

  g_autofree char *text = cli_answer (folder, "history", id, NULL);

  g_assert_nonnull (strstr (text, "total: 500 → 700"));
  g_assert_nonnull (strstr (text, "total:  → 500"));
}

static void
test_nothing_to_undo_is_told (CliFolder     *folder,
                              gconstpointer  data)
{
  cli_fails (folder, 1, "undo", "no-such-group", NULL);
  cli_fails (folder, 1, "undo", NULL);
  cli_fails (folder, 1, "history", "no-id", NULL);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) \
  g_test_add ("/cli-history/" name, CliFolder, NULL, set_up, func, cli_folder_tear_down)
  ADD ("undo-after-a-restart", test_undo_after_a_restart);
  ADD ("undo-of-undo-is-redo", test_undo_of_undo_is_redo);
  ADD ("undo-keeps-later-edits", test_undo_keeps_later_edits);
  ADD ("undo-of-a-new-record-removes-it", test_undo_of_a_new_record_removes_it);
  ADD ("history-tells-old-and-new", test_history_tells_old_and_new);
  ADD ("history-knows-the-currency", test_history_knows_the_currency);
  ADD ("nothing-to-undo-is-told", test_nothing_to_undo_is_told);
  return g_test_run ();
}
