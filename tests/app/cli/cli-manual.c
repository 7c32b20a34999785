/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-manual.h"

#include <string.h>

static char *
read_manual (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "..", "data", "man",
                                            "clientele-insight.1", NULL);
  g_autoptr (GError) error = NULL;
  char *text;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* From the line that begins a section to the next of its kind. */
static char *
cut_section (const char *manual,
             const char *heading,
             const char *next)
{
  const char *start = strstr (manual, heading);

  if (!start)
    g_error ("The man page has no section %s", heading);
  start += strlen (heading);

  const char *end = strstr (start, next);
  const char *chapter = strstr (start, "\n.Sh ");

  if (!end || (chapter && chapter < end))
    end = chapter;
  return end ? g_strndup (start, end - start) : g_strdup (start);
}

/* The words behind .Li, in an item or in running text. */
static void
collect_names (const char *section,
               GHashTable *names)
{
  g_auto (GStrv) lines = g_strsplit (section, "\n", -1);

  for (guint i = 0; lines[i]; i++)
    {
      const char *list = g_str_has_prefix (lines[i], ".It Li ") ? lines[i] + strlen (".It Li ")
                       : g_str_has_prefix (lines[i], ".Li ")    ? lines[i] + strlen (".Li ")
                                                                : NULL;
      g_auto (GStrv) words = list ? g_strsplit_set (list, " ,", -1) : NULL;

      for (guint j = 0; words && words[j]; j++)
        g_hash_table_add (names, g_strdup (words[j]));
    }
}

typedef struct
{
  GHashTable *names;
  const char *const *free_below;
} Check;

static void check_node (const Check *check,
                        JsonNode    *node);

static void
check_member (JsonObject *object,
              const char *name,
              JsonNode   *node,
              gpointer    data)
{
  const Check *check = data;

  if (!g_ascii_isdigit (name[0]) && !g_hash_table_contains (check->names, name))
    {
      g_test_message ("The man page does not name the member “%s”", name);
      g_test_fail ();
    }
  if (!check->free_below || !g_strv_contains (check->free_below, name))
    check_node (check, node);
}

static void
check_element (JsonArray *array,
               guint      index,
               JsonNode  *node,
               gpointer   data)
{
  check_node (data, node);
}

static void
check_node (const Check *check,
            JsonNode    *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    json_object_foreach_member (json_node_get_object (node), check_member, (gpointer) check);
  else if (JSON_NODE_HOLDS_ARRAY (node))
    json_array_foreach_element (json_node_get_array (node), check_element, (gpointer) check);
}

void
cli_manual_check (JsonNode          *document,
                  const char        *verb,
                  const char *const *free_below)
{
  g_autofree char *manual = read_manual ();
  g_autofree char *heading = g_strdup_printf ("\n.Ss %s\n", verb);
  g_autofree char *own = cut_section (manual, heading, "\n.Ss ");
  g_autofree char *shared = cut_section (manual, "\n.Sh JSON\n", "\n.Sh ");
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const Check check = { names, free_below };

  collect_names (own, names);
  collect_names (shared, names);
  check_node (&check, document);
}
