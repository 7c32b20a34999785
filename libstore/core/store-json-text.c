/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * JSON from anywhere. json-glib calls itself for each level of nesting and overflows the stack on
 * deeply nested text, so the depth is counted before it sees the text. Its scanner also knows
 * comments and other quotes, which JSON (RFC 8259) has not and which would lead the count astray:
 * outside of strings only the characters of JSON are let through. A number too large for a double
 * would become infinite, and infinity cannot be written again: it is refused.
 *
 * json-glib 1.6 writes the number 1e22 as 1e+22.0, which is no JSON: the end is taken off again.
 */
#include "config.h"

#include "store-json-text.h"

#include <math.h>
#include <string.h>

/* What may stand outside of strings: structure, space, numbers, true, false and null. */
static gboolean
is_plain (char c)
{
  return c != '\0' && strchr ("[]{},: \t\r\n+-.0123456789Eaeflnrstu", c) != NULL;
}

static double
read_number (const char *text,
             gsize       length)
{
  gsize n = 0;

  while (n < length && text[n] != '\0' && strchr ("0123456789.+-eE", text[n]) != NULL)
    n++;

  g_autofree char *number = g_strndup (text, n);

  return g_ascii_strtod (number, NULL);
}

/* Numbers are looked at from their first character on: what stands before is none of theirs. */
static gboolean
begins_number (const char *text,
               gsize       at)
{
  return g_ascii_isdigit (text[at]) &&
         (at == 0 || text[at - 1] == '-' || strchr ("0123456789.+eE", text[at - 1]) == NULL);
}

static gboolean
is_shallow (const char *text,
            gsize       length,
            guint       max_depth)
{
  gboolean in_string = FALSE;
  guint depth = 0;

  for (gsize i = 0; i < length; i++)
    {
      char c = text[i];

      if (in_string && c == '\\')
        i++;
      else if (c == '"')
        in_string = !in_string;
      else if (in_string)
        continue;
      else if (!is_plain (c) ||
               (begins_number (text, i) && !isfinite (read_number (text + i, length - i))))
        return FALSE;
      else if ((c == '[' || c == '{') && ++depth > max_depth)
        return FALSE;
      else if ((c == ']' || c == '}') && depth-- == 0)
        return FALSE;
    }
  return !in_string && depth == 0;
}

/**
 * store_json_text_parse:
 * @text: bytes from anywhere
 * @length: how many, -1 where they end with a zero
 * @max_depth: how deep arrays and objects may be nested
 *
 * Any thread. The caller bounds the size.
 *
 * Returns: (transfer full) (nullable): what the text says, immutable; %NULL where it is no JSON in
 *   UTF-8 or too deep
 */
JsonNode *
store_json_text_parse (const char *text,
                       gssize      length,
                       guint       max_depth)
{
  gsize size = length < 0 ? strlen (text) : (gsize) length;
  g_autoptr (JsonParser) parser = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (!g_utf8_validate_len (text, size, NULL) || !is_shallow (text, size, max_depth))
    return NULL;

  parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, text, (gssize) size, NULL))
    return NULL;
  return json_parser_steal_root (parser);
}

/* Past the exponent that begins at @at, without the ".0" that follows it. */
static const char *
copy_exponent (const char *at,
               GString    *to)
{
  g_string_append_c (to, *at++);
  if (*at == '+' || *at == '-')
    g_string_append_c (to, *at++);
  while (g_ascii_isdigit (*at))
    g_string_append_c (to, *at++);
  return g_str_has_prefix (at, ".0") ? at + 2 : at;
}

/**
 * store_json_text_print:
 * @node: what is to be written
 * @pretty: whether a person will read it
 *
 * Numbers have 17 digits, so that reading them gives the bits that were written. Any thread.
 *
 * Returns: (transfer full): JSON, as json_to_string() but for numbers that are not
 */
char *
store_json_text_print (JsonNode *node,
                       gboolean  pretty)
{
  g_autofree char *text = json_to_string (node, pretty);
  g_autoptr (GString) fixed = g_string_sized_new (strlen (text) + 1);
  gboolean in_string = FALSE;

  for (const char *at = text; *at != '\0';)
    {
      if (!in_string && *at == 'e' && at > text && g_ascii_isdigit (at[-1]))
        {
          at = copy_exponent (at, fixed);
          continue;
        }
      if (in_string && *at == '\\')
        g_string_append_c (fixed, *at++);
      else if (*at == '"')
        in_string = !in_string;
      g_string_append_c (fixed, *at++);
    }
  return g_string_free (g_steal_pointer (&fixed), FALSE);
}
