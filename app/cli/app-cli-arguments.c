/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Options may stand before or behind the verb, as `--name VALUE` or `--name=VALUE`; `--` ends
 * them. Which options there are is known in two steps: the general ones first, then, when the verb
 * has been read, its own. GLib's parser is not used, for it converts from the locale's encoding
 * and refuses Chinese under LC_ALL=C.
 */
#include "config.h"

#include "app-cli-arguments.h"

#include "app-cli-error.h"

#include <glib/gi18n.h>
#include <string.h>

struct _AppCliArguments
{
  GPtrArray *words;
  GPtrArray *literal;
  GHashTable *options;
};

static gboolean
check_encoding (const char *const  *words,
                GError            **error)
{
  for (guint i = 0; words[i]; i++)
    if (!g_utf8_validate (words[i], -1, NULL))
      {
        g_set_error (error, APP_CLI_ERROR, APP_CLI_ERROR_USAGE,
                     _("Argument %u is not valid UTF-8."), i + 1);
        return FALSE;
      }
  return TRUE;
}

/**
 * app_cli_arguments_new:
 * @words: the command line without the program's name
 *
 * Returns: (transfer full) (nullable): the words, or %NULL if one is no UTF-8.
 */
AppCliArguments *
app_cli_arguments_new (const char *const  *words,
                       GError            **error)
{
  g_return_val_if_fail (words != NULL, NULL);

  if (!check_encoding (words, error))
    return NULL;

  AppCliArguments *self = g_new0 (AppCliArguments, 1);
  gboolean literal = FALSE;

  self->words = g_ptr_array_new_with_free_func (g_free);
  self->literal = g_ptr_array_new_with_free_func (g_free);
  self->options = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                         (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; words[i]; i++)
    if (literal)
      g_ptr_array_add (self->literal, g_strdup (words[i]));
    else if (g_str_equal (words[i], "--"))
      literal = TRUE;
    else
      g_ptr_array_add (self->words, g_strdup (words[i]));
  return self;
}

void
app_cli_arguments_free (AppCliArguments *self)
{
  g_clear_pointer (&self->words, g_ptr_array_unref);
  g_clear_pointer (&self->literal, g_ptr_array_unref);
  g_clear_pointer (&self->options, g_hash_table_unref);
  g_free (self);
}

static gboolean
is_option (const char *word)
{
  return word[0] == '-' && word[1] != '\0';
}

static const AppCliOption *
find_option (const AppCliOption *options,
             const char         *word)
{
  if (!g_str_has_prefix (word, "--"))
    return NULL;

  gsize length = strcspn (word + 2, "=");

  for (; options && options->name; options++)
    if (strlen (options->name) == length && memcmp (options->name, word + 2, length) == 0)
      return options;
  return NULL;
}

static void
add_value (AppCliArguments *self,
           const char      *name,
           const char      *value)
{
  GPtrArray *values = g_hash_table_lookup (self->options, name);

  if (!values)
    {
      values = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (values, NULL);
      g_hash_table_insert (self->options, g_strdup (name), values);
    }
  g_ptr_array_insert (values, values->len - 1, g_strdup (value));
}

/* Takes the option at @index, and its value where that stands behind it, out of the words. */
static gboolean
take_option (AppCliArguments     *self,
             const AppCliOption  *option,
             guint                index,
             GError             **error)
{
  const char *word = g_ptr_array_index (self->words, index);
  const char *value = strchr (word, '=');
  guint used = 1;

  if (value && !option->argument)
    {
      g_set_error (error, APP_CLI_ERROR, APP_CLI_ERROR_USAGE, _("--%s takes no value."),
                   option->name);
      return FALSE;
    }

  if (value)
    value++;
  else if (option->argument && index + 1 < self->words->len)
    {
      value = g_ptr_array_index (self->words, index + 1);
      used = 2;
    }
  if (option->argument && (!value || !*value))
    {
      g_set_error (error, APP_CLI_ERROR, APP_CLI_ERROR_USAGE, _("--%s needs a value: %s."),
                   option->name, option->argument);
      return FALSE;
    }

  add_value (self, option->name, value ? value : "");
  g_ptr_array_remove_range (self->words, index, used);
  return TRUE;
}

/**
 * app_cli_arguments_take:
 * @options: ended by an entry without name
 *
 * Takes the options that are known now out of the words, wherever they stand.
 */
gboolean
app_cli_arguments_take (AppCliArguments     *self,
                        const AppCliOption  *options,
                        GError             **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  guint i = 0;

  while (i < self->words->len)
    {
      const AppCliOption *option = find_option (options, g_ptr_array_index (self->words, i));

      if (!option)
        i++;
      else if (!take_option (self, option, i, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * app_cli_arguments_pop:
 *
 * Returns: (transfer full) (nullable): the first word, if it is no option.
 */
char *
app_cli_arguments_pop (AppCliArguments *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->words->len == 0 || is_option (g_ptr_array_index (self->words, 0)))
    return NULL;
  return g_ptr_array_steal_index (self->words, 0);
}

/**
 * app_cli_arguments_finish:
 *
 * Refuses options that nobody took; what stood behind `--` joins the words.
 */
gboolean
app_cli_arguments_finish (AppCliArguments  *self,
                          GError          **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < self->words->len; i++)
    {
      const char *word = g_ptr_array_index (self->words, i);

      if (is_option (word))
        {
          g_set_error (error, APP_CLI_ERROR, APP_CLI_ERROR_USAGE, _("Unknown option: %s"), word);
          return FALSE;
        }
    }

  g_ptr_array_extend_and_steal (self->words, g_steal_pointer (&self->literal));
  return TRUE;
}

guint
app_cli_arguments_get_count (AppCliArguments *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->words->len;
}

/**
 * app_cli_arguments_get:
 *
 * Returns: (transfer none) (nullable): a word, %NULL behind the last.
 */
const char *
app_cli_arguments_get (AppCliArguments *self,
                       guint            index)
{
  g_return_val_if_fail (self != NULL, NULL);

  return index < self->words->len ? g_ptr_array_index (self->words, index) : NULL;
}

/**
 * app_cli_arguments_join:
 *
 * Returns: (transfer full): the words from @first on, with spaces between them.
 */
char *
app_cli_arguments_join (AppCliArguments *self,
                        guint            first)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = first; i < self->words->len; i++)
    g_string_append_printf (text, "%s%s", i > first ? " " : "",
                            (const char *) g_ptr_array_index (self->words, i));
  return g_strdup (text->str);
}

gboolean
app_cli_arguments_has (AppCliArguments *self,
                       const char      *option)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return g_hash_table_contains (self->options, option);
}

/**
 * app_cli_arguments_get_value:
 *
 * Returns: (transfer none) (nullable): the value that was given last.
 */
const char *
app_cli_arguments_get_value (AppCliArguments *self,
                             const char      *option)
{
  g_return_val_if_fail (self != NULL, NULL);

  GPtrArray *values = g_hash_table_lookup (self->options, option);

  return values ? g_ptr_array_index (values, values->len - 2) : NULL;
}

/**
 * app_cli_arguments_set_value:
 *
 * Puts a value in place of those that were given.
 */
void
app_cli_arguments_set_value (AppCliArguments *self,
                             const char      *option,
                             const char      *value)
{
  g_return_if_fail (self != NULL && option != NULL && value != NULL);

  g_hash_table_remove (self->options, option);
  add_value (self, option, value);
}

/**
 * app_cli_arguments_get_values:
 *
 * Returns: (transfer none): every value that was given, ended by %NULL.
 */
const char *const *
app_cli_arguments_get_values (AppCliArguments *self,
                              const char      *option)
{
  static const char *const none[] = { NULL };

  g_return_val_if_fail (self != NULL, none);

  GPtrArray *values = g_hash_table_lookup (self->options, option);

  return values ? (const char *const *) values->pdata : none;
}

/**
 * app_cli_arguments_get_number:
 * @least: the smallest number that makes sense
 * @number: (inout): left as it is where the option was not given
 */
gboolean
app_cli_arguments_get_number (AppCliArguments  *self,
                              const char       *option,
                              guint             least,
                              guint            *number,
                              GError          **error)
{
  g_return_val_if_fail (self != NULL && number != NULL, FALSE);

  const char *text = app_cli_arguments_get_value (self, option);
  guint64 parsed;

  if (!text)
    return TRUE;

  if (!g_ascii_string_to_unsigned (text, 10, least, G_MAXINT, &parsed, NULL))
    {
      g_set_error (error, APP_CLI_ERROR, APP_CLI_ERROR_USAGE,
                   _("--%s needs a whole number from %u on, not “%s”."), option, least, text);
      return FALSE;
    }
  *number = (guint) parsed;
  return TRUE;
}

/**
 * app_cli_arguments_get_real:
 * @least: the smallest number that makes sense
 * @most: the largest
 * @number: (inout): left as it is where the option was not given
 */
gboolean
app_cli_arguments_get_real (AppCliArguments  *self,
                            const char       *option,
                            double            least,
                            double            most,
                            double           *number,
                            GError          **error)
{
  g_return_val_if_fail (self != NULL && number != NULL, FALSE);

  const char *text = app_cli_arguments_get_value (self, option);
  char *end = NULL;
  double parsed = text ? g_ascii_strtod (text, &end) : 0;

  if (!text)
    return TRUE;

  if (end == text || *end || !(parsed >= least && parsed <= most))
    {
      g_set_error (error, APP_CLI_ERROR, APP_CLI_ERROR_USAGE,
                   _("--%s needs a number from %g to %g, not “%s”."), option, least, most, text);
      return FALSE;
    }
  *number = parsed;
  return TRUE;
}

/**
 * app_cli_arguments_get_choice:
 * @choices: the words that make sense, ended by %NULL
 * @choice: (inout): which of them; left as it is where the option was not given
 */
gboolean
app_cli_arguments_get_choice (AppCliArguments    *self,
                              const char         *option,
                              const char *const  *choices,
                              guint              *choice,
                              GError            **error)
{
  g_return_val_if_fail (self != NULL && choices != NULL && choice != NULL, FALSE);

  const char *text = app_cli_arguments_get_value (self, option);

  if (!text)
    return TRUE;

  for (guint i = 0; choices[i]; i++)
    if (g_str_equal (choices[i], text))
      {
        *choice = i;
        return TRUE;
      }

  g_autofree char *all = g_strjoinv (", ", (char **) choices);

  g_set_error (error, APP_CLI_ERROR, APP_CLI_ERROR_USAGE, _("--%s is one of: %s; not “%s”."),
               option, all, text);
  return FALSE;
}
