/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A filter as a person writes it:
 *
 *   FIELD OP VALUE [and FIELD OP VALUE …]
 *
 * OP is one of = != < <= > >= ~ (contains). A value without quotes ends at the next " and ", so it
 * may hold spaces. In quotes (" or ' or “ ”) it may hold anything; the quote itself is written
 * twice or after a backslash. "" is an empty field. Signs in full width (＝ ＞) and ≠ ≤ ≥ are taken
 * as well, since Chinese input methods write them.
 */
#include "config.h"

#include "store-filter-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "store-error.h"
#include "store-fold.h"

typedef struct
{
  const StoreKind *kind;
  const char *at;
} Scanner;

static gboolean refuse (GError     **error,
                        const char  *format,
                        ...) G_GNUC_PRINTF (2, 3);

static gboolean
refuse (GError     **error,
        const char  *format,
        ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_propagate_error (error, g_error_new_valist (STORE_ERROR, STORE_ERROR_INVALID, format,
                                                arguments));
  va_end (arguments);
  return FALSE;
}

static void
skip_spaces (Scanner *scanner)
{
  while (*scanner->at && g_unichar_isspace (g_utf8_get_char (scanner->at)))
    scanner->at = g_utf8_next_char (scanner->at);
}

/* The character at @at as store-fold.c has it, so that full-width signs are known. */
static gunichar
peek (const char *at)
{
  gunichar folded[STORE_FOLD_MAX] = { 0 };
  guint n;

  if (*at)
    store_fold_char (g_utf8_get_char (at), folded, &n);
  return folded[0];
}

static char *
scan_name (Scanner *scanner)
{
  const char *start = scanner->at;

  while (g_ascii_isalnum (*scanner->at) || *scanner->at == '_')
    scanner->at++;
  return g_strndup (start, (gsize) (scanner->at - start));
}

static gboolean
scan_operator (Scanner       *scanner,
               StoreOperator *op)
{
  char text[3] = { 0 };
  gunichar first = *scanner->at ? g_utf8_get_char (scanner->at) : 0;

  if (first == 0x2260 || first == 0x2264 || first == 0x2265)
    {
      *op = first == 0x2260   ? STORE_OPERATOR_NOT_EQUAL
            : first == 0x2264 ? STORE_OPERATOR_LESS_EQUAL
                              : STORE_OPERATOR_GREATER_EQUAL;
      scanner->at = g_utf8_next_char (scanner->at);
      return TRUE;
    }

  first = peek (scanner->at);
  if (first == 0 || first >= 0x80 || strchr ("=!<>~", (int) first) == NULL)
    return FALSE;
  text[0] = (char) first;
  scanner->at = g_utf8_next_char (scanner->at);
  if (first != '~' && peek (scanner->at) == '=')
    {
      text[1] = first == '=' ? 0 : '=';
      scanner->at = g_utf8_next_char (scanner->at);
    }
  return store_operator_from_text (text, op);
}

static gunichar
closing_quote (gunichar opening)
{
  switch (opening)
    {
    case '"':
    case '\'':
      return opening;
    case 0x201c:
      return 0x201d;
    default:
      return 0;
    }
}

static char *
scan_quoted (Scanner   *scanner,
             gunichar   closing,
             GError   **error)
{
  const char *start = scanner->at;
  g_autoptr (GString) value = g_string_new (NULL);

  for (scanner->at = g_utf8_next_char (start); *scanner->at;
       scanner->at = g_utf8_next_char (scanner->at))
    {
      gunichar c = g_utf8_get_char (scanner->at);
      const char *next = g_utf8_next_char (scanner->at);
      gunichar after = *next ? g_utf8_get_char (next) : 0;

      if ((c == '\\' && (after == closing || after == '\\')) || (c == closing && after == closing))
        {
          g_string_append_unichar (value, after);
          scanner->at = next;
        }
      else if (c == closing)
        {
          scanner->at = next;
          return g_strdup (value->str);
        }
      else
        g_string_append_unichar (value, c);
    }
  refuse (error, _("The quote that begins at “%s” does not end. Close it."), start);
  return NULL;
}

/* Whether " and " stands at @at; @after is then what follows it. */
static gboolean
is_and (const char  *at,
        const char **after)
{
  const char *word = at;

  while (*word && g_unichar_isspace (g_utf8_get_char (word)))
    word = g_utf8_next_char (word);
  if (word == at || g_ascii_strncasecmp (word, "and", 3) != 0)
    return FALSE;
  *after = word + 3;
  return **after == 0 || g_unichar_isspace (g_utf8_get_char (*after));
}

static char *
scan_bare (Scanner *scanner)
{
  const char *start = scanner->at;
  const char *after;

  while (*scanner->at && !is_and (scanner->at, &after))
    scanner->at = g_utf8_next_char (scanner->at);
  return g_strstrip (g_strndup (start, (gsize) (scanner->at - start)));
}

static char *
scan_value (Scanner     *scanner,
            const char  *name,
            GError     **error)
{
  gunichar quote = *scanner->at ? closing_quote (g_utf8_get_char (scanner->at)) : 0;
  g_autofree char *value = NULL;

  if (quote)
    return scan_quoted (scanner, quote, error);
  value = scan_bare (scanner);
  if (*value)
    return g_steal_pointer (&value);
  refuse (error, _("There is no value for “%s”. Write \"\" for an empty field."), name);
  return NULL;
}

static StoreFilter *
scan_comparison (Scanner  *scanner,
                 GError  **error)
{
  g_autofree char *name = NULL;
  g_autofree char *value = NULL;
  const char *start;
  StoreOperator op;

  skip_spaces (scanner);
  start = scanner->at;
  name = scan_name (scanner);
  skip_spaces (scanner);
  if (*name == 0)
    {
      if (*start)
        refuse (error, _("There is no field’s name at “%s”. Write it as FIELD OP VALUE."), start);
      else
        refuse (error, _("A condition is missing. Write it as FIELD OP VALUE."));
      return NULL;
    }
  if (!scan_operator (scanner, &op))
    {
      refuse (error, _("After “%s” there must be one of = != < <= > >= ~."), name);
      return NULL;
    }
  skip_spaces (scanner);
  value = scan_value (scanner, name, error);
  if (value == NULL)
    return NULL;
  return store_filter_new_from_text (scanner->kind, name, op, value, error);
}

static gboolean
scan_and (Scanner  *scanner,
          GError  **error)
{
  if (is_and (scanner->at, &scanner->at))
    return TRUE;
  return refuse (error, _("“%s” was not expected. Join conditions by “and”, and put a value that "
                          "holds it in quotes."), scanner->at);
}

/**
 * store_filter_parse:
 * @kind: what is filtered
 * @text: `FIELD OP VALUE [and FIELD OP VALUE …]`
 * @error: %STORE_ERROR_INVALID or %STORE_ERROR_NOT_FOUND, naming the part
 *
 * Returns: (transfer full): the condition. Any thread.
 */
StoreFilter *
store_filter_parse (const StoreKind  *kind,
                    const char       *text,
                    GError          **error)
{
  g_autoptr (StoreFilter) filter = NULL;
  Scanner scanner = { kind, text };

  g_return_val_if_fail (kind != NULL && text != NULL, NULL);

  if (!g_utf8_validate (text, -1, NULL))
    {
      refuse (error, _("The condition is not in UTF-8. Write it in a UTF-8 terminal."));
      return NULL;
    }
  for (;;)
    {
      StoreFilter *comparison = scan_comparison (&scanner, error);

      if (comparison == NULL)
        return NULL;
      filter = store_filter_new_and (g_steal_pointer (&filter), comparison);
      if (scanner.at[strspn (scanner.at, " \t\r\n")] == 0)
        return g_steal_pointer (&filter);
      if (!scan_and (&scanner, error))
        return NULL;
    }
}
