/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The text of a cell apart from what programs leave around it.
 *
 * A spreadsheet runs a cell that begins with = + - @ (or a tab or a return) as a formula, so what
 * we write for spreadsheets is guarded: an apostrophe goes before such a cell, unless it is a plain
 * number. A text that looks guarded already gets one more, so that reading takes off exactly what
 * writing put on.
 */
#include "store-cell-text.h"

#include <string.h>

#define FORMULA_STARTS "=+-@\t\r"
#define QUOTE_LENGTH 40

/* What spreadsheets and databases write for nothing, folded as by store_cell_text_plain(). */
static const char *const blanks[] = {
  "-", "--", "---", "—", "–", "n/a", "#n/a", "#null!", "null", "(null)", "nil", "\\n", "无", "無",
};

/* Spaces, controls and the invisible marks (RFC 5892 calls them bidi and join controls). */
static gboolean
is_nothing (gunichar c)
{
  return g_unichar_isspace (c) || g_unichar_iscntrl (c) || c == 0xfeff || c == 0x00ad ||
         (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) ||
         (c >= 0x2060 && c <= 0x2064);
}

static const char *
skip_nothing (const char *text)
{
  while (*text != '\0' && is_nothing (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  return text;
}

static const char *
end_before_nothing (const char *text)
{
  const char *end = text + strlen (text);

  while (end > text)
    {
      const char *previous = g_utf8_prev_char (end);

      if (!is_nothing (g_utf8_get_char (previous)))
        break;
      end = previous;
    }
  return end;
}

/**
 * store_cell_text_clean:
 * @cell: valid UTF-8
 *
 * Takes off the space around, makes every line end one LF and drops control characters. The
 * words stay as they were written.
 *
 * Returns: (transfer full): the text to keep. Any thread.
 */
char *
store_cell_text_clean (const char *cell)
{
  const char *from;
  const char *end;
  GString *text;

  g_return_val_if_fail (cell != NULL, NULL);

  from = skip_nothing (cell);
  end = end_before_nothing (from);
  text = g_string_sized_new ((gsize) (end - from));
  for (; from < end; from = g_utf8_next_char (from))
    {
      gunichar c = g_utf8_get_char (from);

      if (c == '\r')
        g_string_append_c (text, '\n');
      else if (c == '\n' || c == '\t' || !g_unichar_iscntrl (c))
        g_string_append_unichar (text, c);
      if (c == '\r' && from[1] == '\n')
        from++;
    }
  return g_string_free (text, FALSE);
}

/**
 * store_cell_text_plain:
 * @cell: valid UTF-8
 *
 * Makes the text easy to parse: full-width digits and signs become ASCII (Unicode NFKC), case is
 * folded, invisible characters and the apostrophe that makes a spreadsheet keep digits are gone.
 *
 * Returns: (transfer full): the text to parse. Any thread.
 */
char *
store_cell_text_plain (const char *cell)
{
  g_autofree char *wide = NULL;
  g_autofree char *folded = NULL;
  const char *from;
  const char *end;
  GString *text;

  g_return_val_if_fail (cell != NULL, NULL);

  wide = g_utf8_normalize (cell, -1, G_NORMALIZE_ALL_COMPOSE);
  folded = g_utf8_casefold (wide != NULL ? wide : "", -1);
  from = skip_nothing (folded);
  if (*from == '\'' || g_str_has_prefix (from, "’"))
    from = skip_nothing (g_utf8_next_char (from));
  end = end_before_nothing (from);

  text = g_string_sized_new ((gsize) (end - from));
  for (; from < end; from = g_utf8_next_char (from))
    {
      gunichar c = g_utf8_get_char (from);

      if (g_unichar_isspace (c))
        g_string_append_c (text, ' ');
      else if (!is_nothing (c))
        g_string_append_unichar (text, c);
    }
  return g_string_free (text, FALSE);
}

/**
 * store_cell_text_key:
 * @cell: valid UTF-8
 *
 * Returns: (transfer full): the letters and digits alone, folded; equal for two texts that a person
 * would call the same name. Any thread.
 */
char *
store_cell_text_key (const char *cell)
{
  g_autofree char *plain = NULL;
  GString *key;

  g_return_val_if_fail (cell != NULL, NULL);

  plain = store_cell_text_plain (cell);
  key = g_string_sized_new (strlen (plain));
  for (const char *at = plain; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_isalnum (c) || g_unichar_ismark (c))
        g_string_append_unichar (key, c);
    }
  return g_string_free (key, FALSE);
}

/**
 * store_cell_text_is_blank:
 * @cell: valid UTF-8
 *
 * Returns: whether the cell says that there is nothing: empty, or one of the words that programs
 * write for that. Any thread.
 */
gboolean
store_cell_text_is_blank (const char *cell)
{
  g_autofree char *plain = NULL;

  g_return_val_if_fail (cell != NULL, TRUE);

  cell = skip_nothing (cell);
  if (*cell == '\0')
    return TRUE;
  if ((g_ascii_isalnum (*cell) && g_ascii_tolower (*cell) != 'n') || strlen (cell) > 24)
    return FALSE;

  plain = store_cell_text_plain (cell);
  if (*plain == '\0')
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (blanks); i++)
    if (g_str_equal (plain, blanks[i]))
      return TRUE;
  return FALSE;
}

/**
 * store_cell_text_shorten:
 * @cell: valid UTF-8
 *
 * Returns: (transfer full): the cell's beginning, on one line, to be quoted in a message. Any
 * thread.
 */
char *
store_cell_text_shorten (const char *cell)
{
  g_autofree char *clean = NULL;

  g_return_val_if_fail (cell != NULL, NULL);

  clean = store_cell_text_clean (cell);
  g_strdelimit (clean, "\n\t", ' ');
  if (g_utf8_strlen (clean, -1) <= QUOTE_LENGTH)
    return g_steal_pointer (&clean);
  *g_utf8_offset_to_pointer (clean, QUOTE_LENGTH) = '\0';
  return g_strconcat (clean, "…", NULL);
}

/**
 * store_cell_text_split:
 * @cell: valid UTF-8
 * @delimiters: the characters to cut at
 *
 * Takes apart a cell that holds several things; ":::", with which one large address book joins
 * them, always cuts. Blank parts are left out.
 *
 * Returns: (transfer full): the parts, %NULL-terminated; release with g_strfreev(). Any thread.
 */
char **
store_cell_text_split (const char *cell,
                       const char *delimiters)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *at = cell;

  g_return_val_if_fail (cell != NULL && delimiters != NULL, NULL);

  while (TRUE)
    {
      const char *from = at;
      g_autofree char *part = NULL;

      while (*at != '\0' && g_utf8_strchr (delimiters, -1, g_utf8_get_char (at)) == NULL &&
             !g_str_has_prefix (at, ":::"))
        at = g_utf8_next_char (at);
      part = g_strndup (from, (gsize) (at - from));
      if (!store_cell_text_is_blank (part))
        g_strv_builder_add (builder, part);
      if (*at == '\0')
        break;
      at = g_str_has_prefix (at, ":::") ? at + 3 : g_utf8_next_char (at);
    }
  return g_strv_builder_end (builder);
}

static gboolean
is_plain_number (const char *text)
{
  if (*text == '+' || *text == '-')
    text++;
  if (!g_ascii_isdigit (*text))
    return FALSE;
  text += strspn (text, "0123456789");
  if (*text == '.')
    text += 1 + strspn (text + 1, "0123456789");
  return *text == '\0';
}

static gboolean
needs_guard (const char *text)
{
  if (*text == '\0')
    return FALSE;
  if (strchr (FORMULA_STARTS, *text) != NULL)
    return !is_plain_number (text);
  return *text == '\'' && text[1] != '\0' && strchr (FORMULA_STARTS "'", text[1]) != NULL;
}

/**
 * store_cell_text_guard:
 * @text: valid UTF-8
 *
 * Returns: (transfer full): @text as a cell that no spreadsheet runs. Any thread.
 */
char *
store_cell_text_guard (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  return g_strconcat (needs_guard (text) ? "'" : "", text, NULL);
}

/**
 * store_cell_text_unguard:
 * @cell: valid UTF-8
 *
 * Returns: the part of @cell that store_cell_text_guard() made it from. Any thread.
 */
const char *
store_cell_text_unguard (const char *cell)
{
  g_return_val_if_fail (cell != NULL, NULL);

  if (*cell == '\'' && cell[1] != '\0' && strchr (FORMULA_STARTS "'", cell[1]) != NULL)
    return cell + 1;
  return cell;
}
