/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A message, folded as store-fold.c says: small letters without accents, half-width forms,
 * simplified characters. So "ＳＴＯＰ", "Stop" and "stop" are one word, and 訂單 is 订单. Characters
 * that cannot be seen (zero width, marks of direction) are left out, for they are put into words to
 * hide them from programs. A byte that is no UTF-8 is one character that separates words.
 */
#include "config.h"

#include "store-folded-text.h"

#include <string.h>

static gboolean
is_invisible (gunichar c)
{
  return c == 0xad || c == 0x180e || (c >= 0x200b && c <= 0x200f) ||
         (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x2069) ||
         (c >= 0xfe00 && c <= 0xfe0f) || c == 0xfeff || (c >= 0xe0000 && c <= 0xe0fff);
}

/* "don’t" and "don't" are one word. */
static gboolean
is_apostrophe (gunichar c)
{
  return c == 0x2018 || c == 0x2019 || c == 0x02bc || c == 0xb4 || c == '`';
}

static gunichar
next_char (const char **at,
           const char  *end)
{
  gunichar c = (guchar) **at;

  if (c >= 0x80)
    c = g_utf8_get_char_validated (*at, end - *at);
  if (c == 0 || c >= 0x110000)
    {
      ++*at;
      return 0xfffd;
    }
  *at = g_utf8_next_char (*at);
  return c;
}

/* An ellipsis or a fraction folds to several characters; all of them come from the one. */
static void
add_char (StoreFoldedText *self,
          guint           *room,
          gunichar         c,
          guint            origin)
{
  gunichar folded[STORE_FOLD_MAX];
  guint n;
  StoreFoldClass class = store_fold_char (c, folded, &n);

  if (self->n + n + 1 > *room)
    {
      *room = *room * 2 + STORE_FOLD_MAX;
      self->chars = g_renew (gunichar, self->chars, *room);
      self->origins = g_renew (guint, self->origins, *room);
      self->classes = g_renew (guint8, self->classes, *room);
    }
  for (guint i = 0; i < n; i++)
    {
      self->chars[self->n] = folded[i];
      self->origins[self->n] = origin;
      self->classes[self->n++] = (guint8) class;
    }
}

/**
 * store_folded_text_new:
 * @text: what was written, in UTF-8 or what came of it
 * @length: in bytes, -1 where @text ends with NUL
 *
 * Returns: (transfer full): @text, folded. Any thread.
 */
StoreFoldedText *
store_folded_text_new (const char *text,
                       gssize      length)
{
  g_return_val_if_fail (text != NULL, NULL);

  StoreFoldedText *self = g_new0 (StoreFoldedText, 1);
  const char *end = text + (length < 0 ? (gssize) strlen (text) : length);
  guint room = (guint) (end - text) / 2 + STORE_FOLD_MAX + 1;
  guint origin = 0;

  self->chars = g_new (gunichar, room);
  self->origins = g_new (guint, room);
  self->classes = g_new (guint8, room);
  for (const char *at = text; at < end; origin++)
    {
      gunichar c = next_char (&at, end);

      if (!is_invisible (c))
        add_char (self, &room, is_apostrophe (c) ? '\'' : c, origin);
    }
  self->chars[self->n] = 0;
  self->origins[self->n] = origin;
  self->classes[self->n] = STORE_FOLD_SEPARATOR;
  return self;
}

void
store_folded_text_free (StoreFoldedText *self)
{
  g_free (self->chars);
  g_free (self->origins);
  g_free (self->classes);
  g_free (self);
}

/**
 * store_folded_text_is_latin:
 * @at: a position, perhaps at the end
 *
 * Returns: whether a letter or digit stands there that has neighbours in its word; Han characters
 *   have none. Any thread.
 */
gboolean
store_folded_text_is_latin (const StoreFoldedText *self,
                            guint                  at)
{
  return at < self->n && self->classes[at] == STORE_FOLD_WORD;
}

gboolean
store_folded_text_is_digit (const StoreFoldedText *self,
                            guint                  at)
{
  return at < self->n && self->chars[at] >= '0' && self->chars[at] <= '9';
}

/* The part of store_folded_text_match() that is seldom needed. */
guint
store_folded_text_match_rest (const StoreFoldedText *self,
                              guint                  at,
                              const char            *word)
{
  gunichar c = g_utf8_get_char (word);
  guint i = at;

  if (at > 0 && g_ascii_isalpha (c < 0x80 ? (char) c : 0) &&
      store_folded_text_is_latin (self, at - 1) && !store_folded_text_is_digit (self, at - 1))
    return 0;

  for (; *word != '\0'; word = g_utf8_next_char (word))
    {
      c = g_utf8_get_char (word);
      if (i >= self->n || self->chars[i] != c)
        return 0;
      i++;
      while (c == ' ' && i < self->n && self->chars[i] == ' ')
        i++;
    }
  if (g_ascii_isalpha (c < 0x80 ? (char) c : 0) && store_folded_text_is_latin (self, i) &&
      !store_folded_text_is_digit (self, i))
    return 0;
  return i - at;
}

/**
 * store_folded_text_match_any:
 * @words: (array zero-terminated=1): folded words; of two the first that stands there is taken, so
 *   that a longer one goes before one that it begins with
 * @which: (out) (optional): which of them it was
 *
 * Returns: as store_folded_text_match(). Any thread.
 */
guint
store_folded_text_match_any (const StoreFoldedText *self,
                             guint                  at,
                             const char *const     *words,
                             guint                 *which)
{
  for (guint i = 0; words[i] != NULL; i++)
    {
      guint length = store_folded_text_match (self, at, words[i]);

      if (length > 0)
        {
          if (which != NULL)
            *which = i;
          return length;
        }
    }
  return 0;
}

/**
 * store_folded_text_dup:
 *
 * Returns: (transfer full): the folded characters from @start to before @end. Any thread.
 */
char *
store_folded_text_dup (const StoreFoldedText *self,
                       guint                  start,
                       guint                  end)
{
  g_return_val_if_fail (start <= end && end <= self->n, NULL);

  return g_ucs4_to_utf8 (self->chars + start, end - start, NULL, NULL, NULL);
}
