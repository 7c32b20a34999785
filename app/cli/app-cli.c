/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * clientele-cli: finds the verb, lets it work, writes its answer. Exit status 0: done, 1: failed,
 * 2: wrong usage, 130: cancelled. The answer goes to standard output, everything else to standard
 * error.
 */
#include "config.h"

#include "app-cli-error.h"
#include "app-cli-usage.h"
#include "app-cli-verb.h"
#include "app-language.h"

#include "store-error.h"

#include <glib/gi18n.h>
#include <stdio.h>

/* What a shell gives to a program that ended by SIGINT. */
#define STATUS_CANCELLED 130

static const AppCliOption general_options[] = {
  { "store", "FILE", N_("Work on this store, not on your own") },
  { "json", NULL, N_("Answer with one JSON document") },
  { "help", NULL, N_("Say what can be done, and how") },
  { "version", NULL, N_("Say which version this is") },
  { NULL },
};

static const AppCliFamily *const families[] = {
  &app_cli_records,
  &app_cli_find,
  &app_cli_history,
  &app_cli_exchange,
  &app_cli_sync,
  &app_cli_clashes,
  &app_cli_safety,
  &app_cli_insight,
  NULL,
};

/**
 * app_cli_get_families:
 *
 * Returns: (transfer none): the verbs by family, ended by %NULL.
 */
const AppCliFamily *const *
app_cli_get_families (void)
{
  return families;
}

/**
 * app_cli_family_get:
 *
 * Returns: (transfer none) (nullable): a verb of a family, %NULL behind the last.
 */
const AppCliVerb *
app_cli_family_get (const AppCliFamily *family,
                    guint               index)
{
  if (family->list)
    return family->list[index];
  return family->verbs[index].name ? &family->verbs[index] : NULL;
}

static const AppCliVerb *
find_verb (const char *name)
{
  const AppCliVerb *verb;

  for (guint i = 0; families[i]; i++)
    for (guint j = 0; (verb = app_cli_family_get (families[i], j)); j++)
      if (g_str_equal (verb->name, name))
        return verb;
  return NULL;
}

/* The names that begin with @word, as in "account create, account join". */
static char *
list_verbs_under (const char *word)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *prefix = g_strconcat (word, " ", NULL);
  const AppCliVerb *verb;

  for (guint i = 0; families[i]; i++)
    for (guint j = 0; (verb = app_cli_family_get (families[i], j)); j++)
      if (g_str_has_prefix (verb->name, prefix))
        g_string_append_printf (names, "%s%s", names->len ? ", " : "", verb->name);
  return names->len ? g_strdup (names->str) : NULL;
}

/* A verb is one word or two; where two are needed, the first alone says which there are. */
static const AppCliVerb *
take_verb (AppCliArguments  *arguments,
           GError          **error)
{
  g_autofree char *word = app_cli_arguments_pop (arguments);
  g_autofree char *choices = word ? list_verbs_under (word) : NULL;

  if (!word)
    {
      g_set_error_literal (error, APP_CLI_ERROR, APP_CLI_ERROR_USAGE,
                           _("Say what to do: clientele-cli --help lists the verbs."));
      return NULL;
    }

  g_autofree char *second = choices ? app_cli_arguments_pop (arguments) : NULL;
  g_autofree char *name = second ? g_strconcat (word, " ", second, NULL) : g_strdup (word);
  const AppCliVerb *verb = find_verb (name);

  if (!verb && choices)
    g_set_error (error, APP_CLI_ERROR, APP_CLI_ERROR_USAGE, _("“%s” is one of: %s."), word,
                 choices);
  else if (!verb)
    g_set_error (error, APP_CLI_ERROR, APP_CLI_ERROR_USAGE,
                 _("There is no verb “%s”: clientele-cli --help lists them."), word);
  return verb;
}

static gboolean
check_count (const AppCliVerb  *verb,
             AppCliArguments   *arguments,
             GError           **error)
{
  guint count = app_cli_arguments_get_count (arguments);

  if (count >= verb->min && count <= verb->max)
    return TRUE;

  g_autofree char *line = app_cli_usage_line (verb);

  g_set_error (error, APP_CLI_ERROR, APP_CLI_ERROR_USAGE,
               count < verb->min ? _("Something is missing. Usage: %s")
                                 : _("That is too much. Usage: %s"),
               line);
  return FALSE;
}

static gboolean
run_verb (AppCliSession    *session,
          const AppCliVerb *verb,
          AppCliArguments  *arguments,
          GError          **error)
{
  const AppCliOption *options = verb->choose ? verb->choose (arguments, error) : verb->options;

  return (options || !verb->choose) &&
         app_cli_arguments_take (arguments, options, error) &&
         app_cli_arguments_finish (arguments, error) &&
         check_count (verb, arguments, error) &&
         verb->run (session, arguments, error);
}

static void
print_help (AppCliArguments *arguments)
{
  const AppCliVerb *verb = take_verb (arguments, NULL);
  const AppCliOption *options = verb && verb->choose ? verb->choose (arguments, NULL)
                              : verb                 ? verb->options
                                                     : general_options;
  g_autofree char *help = verb ? app_cli_usage_of_verb (verb, options)
                               : app_cli_usage_overview (options);

  fputs (help, stdout);
}

static gboolean
run (const char *const  *words,
     GError            **error)
{
  g_autoptr (AppCliArguments) arguments = app_cli_arguments_new (words, error);

  if (!arguments || !app_cli_arguments_take (arguments, general_options, error))
    return FALSE;

  if (app_cli_arguments_has (arguments, "help"))
    {
      print_help (arguments);
      return TRUE;
    }
  if (app_cli_arguments_has (arguments, "version"))
    {
      printf ("clientele-cli %s\n", CLIENTELE_VERSION);
      return TRUE;
    }

  g_autoptr (AppCliSession) session =
    app_cli_session_new (app_cli_arguments_get_value (arguments, "store"),
                         app_cli_arguments_has (arguments, "json"));
  const AppCliVerb *verb = take_verb (arguments, error);
  gboolean done = verb && run_verb (session, verb, arguments, error);

  return app_cli_session_flush (session, done ? error : NULL) && done;
}

static gboolean
is_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
         g_error_matches (error, STORE_ERROR, STORE_ERROR_CANCELLED);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;

  app_language_init ();
  if (argc > 0 && run ((const char *const *) argv + 1, &error))
    return 0;

  if (is_cancelled (error))
    {
      fprintf (stderr, "clientele-cli: %s\n", _("Cancelled; nothing was changed."));
      return STATUS_CANCELLED;
    }
  fprintf (stderr, "clientele-cli: %s\n", error ? error->message : "");
  return g_error_matches (error, APP_CLI_ERROR, APP_CLI_ERROR_USAGE) ? 2 : 1;
}
