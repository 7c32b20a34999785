/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-cli-usage.h"

#include <glib/gi18n.h>

#define COLUMN 26

/* Columns that text takes on a terminal: Chinese characters take two. */
static int
get_width (const char *text)
{
  int width = 0;

  for (; *text; text = g_utf8_next_char (text))
    width += g_unichar_iswide (g_utf8_get_char (text)) ? 2 : 1;
  return width;
}

static void
add_row (GString    *help,
         const char *left,
         const char *right)
{
  int gap = COLUMN - 2 - get_width (left);

  g_string_append_printf (help, "  %s", left);
  if (gap < 2)
    g_string_append_printf (help, "\n%*s%s\n", COLUMN, "", right);
  else
    g_string_append_printf (help, "%*s%s\n", gap, "", right);
}

static void
add_options (GString            *help,
             const AppCliOption *options)
{
  for (; options && options->name; options++)
    {
      g_autofree char *left =
        g_strdup_printf ("--%s%s%s", options->name, options->argument ? " " : "",
                         options->argument ? options->argument : "");

      add_row (help, left, _(options->summary));
    }
}

/**
 * app_cli_usage_line:
 *
 * Returns: (transfer full): a verb with its arguments, in one line.
 */
char *
app_cli_usage_line (const AppCliVerb *verb)
{
  g_return_val_if_fail (verb != NULL, NULL);

  if (!verb->usage)
    return g_strdup (verb->name);
  return g_strdup_printf ("%s %s", verb->name, _(verb->usage));
}

/**
 * app_cli_usage_of_verb:
 * @options: (nullable): those that it has now
 *
 * Returns: (transfer full): the help of one verb.
 */
char *
app_cli_usage_of_verb (const AppCliVerb   *verb,
                       const AppCliOption *options)
{
  g_return_val_if_fail (verb != NULL, NULL);

  GString *help = g_string_new (NULL);
  g_autofree char *line = app_cli_usage_line (verb);

  g_string_append_printf (help, _("Usage: %s"), "clientele-cli [--store FILE] [--json] ");
  g_string_append_printf (help, "%s\n\n%s\n", line, _(verb->summary));
  if (verb->details)
    g_string_append_printf (help, "\n%s\n", _(verb->details));
  if (options)
    {
      g_string_append_printf (help, "\n%s\n", _("Options:"));
      add_options (help, options);
    }
  return g_string_free (help, FALSE);
}

static void
add_family (GString            *help,
            const AppCliFamily *family)
{
  const AppCliVerb *verb;

  g_string_append_printf (help, "\n%s\n", _(family->title));
  for (guint i = 0; (verb = app_cli_family_get (family, i)); i++)
    {
      /* Verbs with a file each have so many options that they would hide one another here. */
      g_autofree char *line = family->list ? g_strconcat (verb->name, " …", NULL)
                                           : app_cli_usage_line (verb);

      add_row (help, line, _(verb->summary));
    }
}

/**
 * app_cli_usage_overview:
 * @options: the general options
 *
 * Returns: (transfer full): the help of the whole program.
 */
char *
app_cli_usage_overview (const AppCliOption *options)
{
  const AppCliFamily *const *families = app_cli_get_families ();
  GString *help = g_string_new (NULL);

  g_string_append_printf (help, _("Usage: %s"), "clientele-cli [--store FILE] [--json] VERB …\n");
  g_string_append_printf (help, "\n%s\n", _("Options:"));
  add_options (help, options);
  for (guint i = 0; families[i]; i++)
    add_family (help, families[i]);
  g_string_append_printf (help, "\n%s\n", _("More about one verb: clientele-cli VERB --help"));
  return g_string_free (help, FALSE);
}
