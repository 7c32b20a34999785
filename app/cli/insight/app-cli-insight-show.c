/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One way to show every analysis, from its JSON document: the document itself, or the list in it as
 * lines of text, or one explanation in words; and its chart as a file. What the person must know
 * beside the figures (what they mean, up to which day, how well it was right before, what could not
 * be said) goes to standard error.
 */
#include "config.h"

#include "app-cli-insight-view.h"

#include "app-cli-grid.h"
#include "app-cli-insight-people.h"

#include "app-chart-file.h"

#include <glib/gi18n.h>
#include <gtk/gtk.h>
#include <math.h>
#include <string.h>

#define CHART_WIDTH 900
#define CHART_HEIGHT 560

static JsonNode *
find_member (JsonObject *object,
             const char *path)
{
  const char *dot = strchr (path, '.');
  g_autofree char *first = dot ? g_strndup (path, dot - path) : g_strdup (path);
  JsonNode *node = json_object_get_member (object, first);

  if (!dot || !node || !JSON_NODE_HOLDS_OBJECT (node))
    return dot ? NULL : node;
  return find_member (json_node_get_object (node), dot + 1);
}

static const char *
get_text (JsonObject *object,
          const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node)
                                                                  : NULL;
}

static char *
join_texts (JsonArray *array)
{
  g_autoptr (GString) joined = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (json_node_get_value_type (node) == G_TYPE_STRING)
        g_string_append_printf (joined, "%s%s", joined->len ? ", " : "",
                                json_node_get_string (node));
    }
  return g_strdup (joined->str);
}

static char *
format_number (double                     value,
               const AppCliInsightColumn *column)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE + 32];
  char format[] = "%.0f";
  gboolean percent = column->format == APP_CLI_INSIGHT_PERCENT;

  format[2] = (char) ('0' + MIN (column->digits, 9));
  g_ascii_formatd (text, sizeof text, format, percent ? 100 * value : value);
  return percent ? g_strconcat (text, "%", NULL) : g_strdup (text);
}

/* What has no meaning is null in the document, and nothing in a line. */
static char *
format_cell (JsonNode                  *node,
             const AppCliInsightColumn *column)
{
  if (!node || JSON_NODE_HOLDS_NULL (node) || JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  if (JSON_NODE_HOLDS_ARRAY (node))
    return join_texts (json_node_get_array (node));
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_dup_string (node);
  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (node) ? _("yes") : _("no"));
  if (column->format == APP_CLI_INSIGHT_COUNT && json_node_get_value_type (node) == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  return format_number (json_node_get_double (node), column);
}

static void
print_list (AppCliSession           *session,
            AppCliArguments         *arguments,
            JsonObject              *document,
            const AppCliInsightView *view)
{
  const AppCliInsightColumn name = { view->person };
  JsonNode *list = view->list ? find_member (document, view->list) : NULL;
  gboolean named = view->list && g_str_equal (view->columns->member, "id") &&
                   app_cli_insight_knows_people (arguments, view);
  g_autoptr (AppCliGrid) grid = app_cli_grid_new ();

  if (!list || !JSON_NODE_HOLDS_ARRAY (list))
    return;

  for (const AppCliInsightColumn *column = view->columns; column->member; column++)
    {
      app_cli_grid_add_column (grid, _(column->title));
      if (named && column == view->columns)
        app_cli_grid_add_column (grid, _("Name"));
    }
  for (guint i = 0; i < json_array_get_length (json_node_get_array (list)); i++)
    {
      JsonObject *object = json_array_get_object_element (json_node_get_array (list), i);

      for (const AppCliInsightColumn *column = view->columns; column->member; column++)
        {
          app_cli_grid_take_cell (grid, format_cell (find_member (object, column->member), column));
          if (named && column == view->columns)
            app_cli_grid_take_cell (grid, format_cell (find_member (object, name.member), &name));
        }
    }
  app_cli_grid_print (grid, session);
}

/* The name of who is meant, or the id where there is none. */
static const char *
get_person (JsonObject              *entry,
            const AppCliInsightView *view)
{
  const char *name = view->person ? get_text (entry, view->person) : NULL;
  const char *id = get_text (entry, "id");

  return name ? name : id ? id : "";
}

static void
print_neighbour (AppCliSession           *session,
                 JsonObject              *neighbour,
                 const AppCliInsightView *view)
{
  const char *reason = get_text (neighbour, "reason");
  const char *outcome = get_text (neighbour, "outcome");

  app_cli_session_print (session, "  %s", get_person (neighbour, view));
  if (reason)
    app_cli_session_print (session, ": %s", reason);
  if (outcome)
    app_cli_session_print (session, " → %s", outcome);
  app_cli_session_print (session, "\n");
}

/* Neighbours of the past are followed by what came then; those of today are alike, no more. */
static void
print_neighbours_title (AppCliSession *session,
                        JsonArray     *nearest)
{
  gboolean past =
    json_object_has_member (json_array_get_object_element (nearest, 0), "outcome");

  app_cli_session_print (session, "%s\n",
                         past ? _("Who was most like this before, and what came then:")
                              : _("Who is most like this:"));
}

static void
print_explanation (AppCliSession           *session,
                   JsonObject              *explanation,
                   const AppCliInsightView *view)
{
  const char *reason = get_text (explanation, "reason");
  JsonNode *nearest = json_object_get_member (explanation, "nearest");

  /* Translators: who or what it is about, and why. */
  app_cli_session_print (session, C_("the one and its reason", "%s: %s\n"),
                         get_person (explanation, view), reason ? reason : "");
  if (!nearest || !JSON_NODE_HOLDS_ARRAY (nearest) ||
      json_array_get_length (json_node_get_array (nearest)) == 0)
    return;

  print_neighbours_title (session, json_node_get_array (nearest));
  for (guint i = 0; i < json_array_get_length (json_node_get_array (nearest)); i++)
    print_neighbour (session, json_array_get_object_element (json_node_get_array (nearest), i),
                     view);
}

static void
say_texts (AppCliSession *session,
           JsonObject    *document,
           const char    *member)
{
  JsonNode *node = json_object_get_member (document, member);

  if (!node || !JSON_NODE_HOLDS_ARRAY (node))
    return;
  for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
    app_cli_session_say (session, "%s",
                         json_array_get_string_element (json_node_get_array (node), i));
}

/* What the numbers mean, up to which day, how far they can be trusted, and what else to know. */
static void
say_context (AppCliSession *session,
             JsonObject    *document)
{
  const char *definition = get_text (document, "definition");
  const char *unit = get_text (document, "unit");
  const char *until = get_text (document, "until");
  JsonNode *validation = json_object_get_member (document, "validation");

  if (definition)
    app_cli_session_say (session, "%s", definition);
  if (unit)
    /* Translators: what a number counts, as in "Unit: days". */
    app_cli_session_say (session, _("Unit: %s"), unit);
  if (until)
    app_cli_session_say (session, _("Counted up to %s."), until);
  if (validation && JSON_NODE_HOLDS_OBJECT (validation) &&
      get_text (json_node_get_object (validation), "words"))
    app_cli_session_say (session, "%s", get_text (json_node_get_object (validation), "words"));
  say_texts (session, document, "notes");
}

static gboolean
write_chart (AppCliArguments          *arguments,
             JsonObject               *document,
             const AppCliInsightView  *view,
             GError                  **error)
{
  const char *path = app_cli_arguments_get_value (arguments, "chart");
  g_autoptr (AppChartScene) scene = NULL;

  if (!path || !view->draw)
    return TRUE;
  gtk_init_check ();
  scene = view->draw (document, error);
  return scene && app_chart_file_write (scene, path, CHART_WIDTH, CHART_HEIGHT, error);
}

/**
 * app_cli_insight_show:
 * @arguments: with --chart, --explain
 * @document: (transfer full): the answer of an analysis
 * @view: how it is shown
 *
 * Gives the answer: the document, or the list in it as text, or the explanation in words.
 */
gboolean
app_cli_insight_show (AppCliSession            *session,
                      AppCliArguments          *arguments,
                      JsonNode                 *document,
                      const AppCliInsightView  *view,
                      GError                  **error)
{
  g_return_val_if_fail (session != NULL && document != NULL && view != NULL, FALSE);

  JsonObject *object = json_node_get_object (document);
  JsonNode *explanation = json_object_get_member (object, "explanation");

  app_cli_session_take_json (session, document);
  if (!write_chart (arguments, object, view, error))
    return FALSE;
  if (app_cli_session_wants_json (session))
    return TRUE;

  say_context (session, object);
  if (explanation && JSON_NODE_HOLDS_OBJECT (explanation))
    print_explanation (session, json_node_get_object (explanation), view);
  else
    print_list (session, arguments, object, view);
  return TRUE;
}
