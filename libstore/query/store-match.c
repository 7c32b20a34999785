/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From what a person types to what the full-text index is asked.
 *
 * Each typed word must occur. It is looked for as the start of a word, and where it falls apart
 * into several (an e-mail address, a run of Han characters) as a phrase whose last word may be
 * incomplete.
 *
 * Numbers to call are typed in many ways (+86 138-0013-8000, 138 0013 8000, 008613800138000), so
 * neighbouring typed words of digits are also looked for as one number. For that the index holds
 * each number, beside its words as written, as bare digits: whole, without the country code of China
 * (the one code that is known by the length of what follows), its last eight digits, which are the
 * same with and without any country code, and its last four, which people remember.
 */
#include "config.h"

#include "store-match.h"

#include <string.h>

#include "store-words.h"

/* Fewer digits than these are no number to call: they may be a year, a price, a postcode. */
#define LEAST_DIGITS 7
#define TAIL_DIGITS 8
#define SHORT_TAIL_DIGITS 4

#define CHINA_CODE "86"
#define CHINA_DIGITS 13

static gboolean
append_to_phrase (const char *word,
                  gsize       length,
                  gsize       start,
                  gsize       end,
                  gpointer    data)
{
  GString *phrase = data;

  if (store_words_boundary (word, length))
    return TRUE;
  if (phrase->len > 0)
    g_string_append_c (phrase, ' ');
  g_string_append_len (phrase, word, (gssize) length);
  return TRUE;
}

/* A single Han character is a whole word already; as a prefix it would only cost more. */
static gboolean
may_be_incomplete (const char *phrase)
{
  gunichar folded[STORE_FOLD_MAX];
  const char *last = g_utf8_find_prev_char (phrase, phrase + strlen (phrase));
  guint n;

  return last == NULL ||
         store_fold_char (g_utf8_get_char (last), folded, &n) != STORE_FOLD_SINGLE;
}

static void
append_and (GString    *match,
            const char *term)
{
  if (match->len > 0)
    g_string_append (match, " AND ");
  g_string_append (match, term);
}

static void
append_word (GString    *match,
             const char *word)
{
  g_autoptr (GString) phrase = g_string_new (NULL);
  g_autofree char *term = NULL;

  store_words_foreach (word, strlen (word), append_to_phrase, phrase);
  if (phrase->len == 0)
    return;
  term = g_strdup_printf (may_be_incomplete (phrase->str) ? "\"%s\"*" : "\"%s\"", phrase->str);
  append_and (match, term);
}

/* The digits of @text where it holds nothing else but what stands between digits, else NULL. */
static char *
dup_digits (const char *text)
{
  g_autofree char *folded = store_fold_text (text, -1);
  g_autoptr (GString) digits = g_string_new (NULL);

  for (const char *c = folded; *c; c++)
    {
      if (g_ascii_isdigit (*c))
        g_string_append_c (digits, *c);
      else if (strchr ("+-()./ ", *c) == NULL)
        return NULL;
    }
  return digits->len > 0 ? g_strdup (digits->str) : NULL;
}

static const char *
skip_zeros (const char *digits)
{
  return digits + strspn (digits, "0");
}

static gboolean
has_china_code (const char *digits)
{
  return strlen (digits) == CHINA_DIGITS && g_str_has_prefix (digits, CHINA_CODE);
}

static const char *
find_tail (const char *digits,
           gsize       length)
{
  gsize all = strlen (digits);

  return all > length ? digits + all - length : NULL;
}

/**
 * store_match_add_number:
 * @text: an indexed text in the making
 * @number: a number to call, as written
 *
 * Adds the digits by which the number shall be found. Any thread.
 */
void
store_match_add_number (GString    *text,
                        const char *number)
{
  g_autofree char *all = dup_digits (number);
  const char *digits;
  const char *tail;

  if (all == NULL || strlen (all) < LEAST_DIGITS)
    return;

  digits = skip_zeros (all);
  g_string_append_printf (text, " %s", digits);
  if (has_china_code (digits))
    g_string_append_printf (text, " %s", digits + strlen (CHINA_CODE));
  if ((tail = find_tail (digits, TAIL_DIGITS)))
    g_string_append_printf (text, " %s", tail);
  if ((tail = find_tail (digits, SHORT_TAIL_DIGITS)))
    g_string_append_printf (text, " %s", tail);
}

/* The typed words first to last - 1, all of digits, as words or as one number. */
static void
append_number (GString           *match,
               const char *const *words,
               guint              first,
               guint              last,
               const char        *number)
{
  g_autoptr (GString) term = g_string_new (NULL);
  const char *digits = skip_zeros (number);
  const char *tail;

  for (guint i = first; i < last; i++)
    append_word (term, words[i]);
  g_string_prepend (term, "((");
  g_string_append_printf (term, ") OR \"%s\"*", digits);
  if (has_china_code (digits))
    g_string_append_printf (term, " OR \"%s\"", digits + strlen (CHINA_CODE));
  if ((tail = find_tail (digits, TAIL_DIGITS)))
    g_string_append_printf (term, " OR \"%s\"", tail);
  g_string_append_c (term, ')');
  append_and (match, term->str);
}

/* How many words from @first on are of digits alone; together in @number. */
static guint
count_digit_words (const char *const *words,
                   guint              first,
                   GString           *number)
{
  guint i = first;

  for (; words[i]; i++)
    {
      g_autofree char *digits = dup_digits (words[i]);

      if (digits == NULL)
        break;
      g_string_append (number, digits);
    }
  return i - first;
}

static char **
split_words (const char *words)
{
  g_autofree char *valid = g_utf8_make_valid (words, -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *c = valid;

  while (*c)
    {
      g_autofree char *word = NULL;
      const char *start;

      while (*c && g_unichar_isspace (g_utf8_get_char (c)))
        c = g_utf8_next_char (c);
      start = c;
      while (*c && !g_unichar_isspace (g_utf8_get_char (c)))
        c = g_utf8_next_char (c);
      if (c == start)
        break;
      word = g_strndup (start, (gsize) (c - start));
      g_strv_builder_add (builder, word);
    }
  return g_strv_builder_end (builder);
}

/**
 * store_match_from_words:
 * @words: what was typed
 *
 * Returns: (transfer full) (nullable): the expression for the index, %NULL where nothing that can
 *   be looked for was typed. Any thread.
 */
char *
store_match_from_words (const char *words)
{
  g_auto (GStrv) typed = split_words (words);
  g_autoptr (GString) match = g_string_new (NULL);

  for (guint i = 0; typed[i];)
    {
      g_autoptr (GString) number = g_string_new (NULL);
      guint n = count_digit_words ((const char *const *) typed, i, number);

      if (*skip_zeros (number->str) && number->len >= LEAST_DIGITS)
        {
          append_number (match, (const char *const *) typed, i, i + n, number->str);
          i += n;
        }
      else
        append_word (match, typed[i++]);
    }
  return match->len > 0 ? g_strdup (match->str) : NULL;
}
