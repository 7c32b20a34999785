/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Telephone numbers as people's exports write them, brought to one form, so that two ways of
 * writing a number are one number: digits alone, after "+" where the country is known, and ";ext="
 * before an extension (RFC 3966).
 *
 *   +86 138 7566 3404   0086 138...   86138...   １３８...   '138...   138-7566-3404
 *                                                                          ->  +8613875663404
 *   +44 (0) 7700 900812   0044-7700-900812   001 415 555 0132
 *
 * The country is known from "+" or "00", and for eleven digits that begin with 13 to 19, which only
 * a Chinese mobile number has. Other numbers stay national: to guess a country would join two
 * people.
 * A number in scientific notation (1.38E+10) has lost digits and is refused.
 */
#include "config.h"
#include "store-phone-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "store-cell-text.h"
#include "store-error.h"

/* RFC 3966 and ITU-T E.164: 15 digits at most; service numbers such as 110 have three. */
#define MIN_DIGITS 3
#define MAX_DIGITS 15
#define MAX_EXTENSION 6

static const char *const extension_words[] = {
  ";ext=", "extension", "ext.", "ext", "durchwahl", "转", "轉", "分机", "x", "#",
};

/**
 * store_phone_text_split:
 * @cell: one cell
 *
 * Takes apart a cell that holds several numbers ("A/B", "A; B", "A、B", one a line, and ":::" as one
 * large address book joins them). A part of one to four digits behind the first is the other end of
 * a range and no number.
 *
 * Returns: (transfer full): the parts, %NULL-terminated; release with g_strfreev(). Any thread.
 */
char **
store_phone_text_split (const char *cell)
{
  g_auto (GStrv) parts = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_return_val_if_fail (cell != NULL, NULL);

  parts = store_cell_text_split (cell, strstr (cell, ";ext=") != NULL ? "/|,、，／\n\r"
                                                                      : "/|,;、，；／\n\r");
  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *plain = store_cell_text_plain (parts[i]);
      gsize length = strlen (plain);
      gboolean is_range_end = i > 0 && length <= 4 && strspn (plain, "0123456789") == length;

      if (!is_range_end)
        g_strv_builder_add (builder, parts[i]);
    }
  return g_strv_builder_end (builder);
}

/* 1.38E+10, folded. */
static gboolean
is_scientific (const char *plain)
{
  const char *at = plain + 1;

  if (!g_ascii_isdigit (*plain))
    return FALSE;
  if (*at == '.' || *at == ',')
    at += 1 + strspn (at + 1, "0123456789");
  if (*at != 'e')
    return FALSE;
  at += at[1] == '+' ? 2 : 1;
  return strspn (at, "0123456789") > 0 && strspn (at, "0123456789") == strlen (at);
}

/* Cuts the extension off @plain and returns it, "" where there is none, NULL for nonsense. */
static char *
cut_extension (char *plain)
{
  for (guint i = 0; i < G_N_ELEMENTS (extension_words); i++)
    {
      char *word = strstr (plain, extension_words[i]);
      char *digits;
      gsize length;

      if (word == NULL || word == plain)
        continue;
      digits = g_strstrip (word + strlen (extension_words[i]));
      digits += strspn (digits, ".: -");
      length = strlen (digits);
      if (length == 0 || length > MAX_EXTENSION || strspn (digits, "0123456789") != length)
        return NULL;
      *word = '\0';
      return g_strdup (digits);
    }
  return g_strdup ("");
}

/* The digits of @plain with the one "+" that may lead them; NULL where anything else stands. */
static char *
take_digits (const char *plain)
{
  GString *digits = g_string_new (NULL);
  gboolean has_plus = FALSE;

  for (; *plain != '\0'; plain = g_utf8_next_char (plain))
    {
      gunichar c = g_utf8_get_char (plain);

      if (c < 0x80 && g_ascii_isdigit ((char) c))
        g_string_append_c (digits, (char) c);
      else if (c == '+' && digits->len == 0 && !has_plus)
        has_plus = TRUE;
      else if (c == '(' && g_str_has_prefix (plain, "(0)") && (has_plus || digits->len > 0))
        plain += 2;
      else if (strchr (" -.()[]~", c < 0x80 ? (int) c : 'x') == NULL &&
               !(c >= 0x2010 && c <= 0x2015) && c != 0x2212 && c != 0x30fb)
        {
          g_string_free (digits, TRUE);
          return NULL;
        }
    }
  if (has_plus)
    g_string_prepend_c (digits, '+');
  return g_string_free (digits, FALSE);
}

static gboolean
is_chinese_mobile (const char *digits)
{
  return strlen (digits) == 11 && digits[0] == '1' && digits[1] >= '3' && digits[1] <= '9';
}

/* Puts the country before @digits, where it can be known. */
static char *
internationalise (const char *digits)
{
  if (digits[0] == '+')
    return g_strdup (digits);
  if (g_str_has_prefix (digits, "00") && digits[2] >= '1' && digits[2] <= '9')
    return g_strconcat ("+", digits + 2, NULL);
  if (is_chinese_mobile (digits))
    return g_strconcat ("+86", digits, NULL);
  if (g_str_has_prefix (digits, "86") && is_chinese_mobile (digits + 2))
    return g_strconcat ("+", digits, NULL);
  return g_strdup (digits);
}

/**
 * store_phone_text_parse:
 * @text: one number
 * @number: (out) (transfer full) (nullable): its one form, for %STORE_READING_VALUE
 * @error: %STORE_ERROR_INVALID with a sentence, for %STORE_READING_REFUSED
 *
 * Returns: what became of the text. Any thread.
 */
StoreReading
store_phone_text_parse (const char  *text,
                        char       **number,
                        GError     **error)
{
  g_autofree char *plain = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *extension = NULL;
  g_autofree char *digits = NULL;
  g_autofree char *whole = NULL;
  gsize n_digits;

  g_return_val_if_fail (text != NULL && number != NULL, STORE_READING_EMPTY);

  *number = NULL;
  if (store_cell_text_is_blank (text))
    return STORE_READING_EMPTY;

  plain = store_cell_text_plain (text);
  shown = store_cell_text_shorten (text);
  if (is_scientific (plain))
    {
      g_set_error (error, STORE_ERROR, STORE_ERROR_INVALID,
                   _("“%s” is a telephone number that a spreadsheet has rounded. "
                     "Format the column as text there and export again."),
                   shown);
      return STORE_READING_REFUSED;
    }

  if (g_str_has_prefix (plain, "tel:"))
    memmove (plain, plain + 4, strlen (plain + 4) + 1);
  extension = cut_extension (plain);
  digits = extension != NULL ? take_digits (plain) : NULL;
  whole = digits != NULL ? internationalise (digits) : NULL;
  n_digits = whole != NULL ? strlen (whole) - (whole[0] == '+') : 0;
  if (n_digits < MIN_DIGITS || n_digits > MAX_DIGITS)
    {
      g_set_error (error, STORE_ERROR, STORE_ERROR_INVALID, _("“%s” is no telephone number."),
                   shown);
      return STORE_READING_REFUSED;
    }

  *number = *extension != '\0' ? g_strconcat (whole, ";ext=", extension, NULL)
                               : g_steal_pointer (&whole);
  return STORE_READING_VALUE;
}
