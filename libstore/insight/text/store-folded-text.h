/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-fold.h"

G_BEGIN_DECLS

/**
 * StoreFoldedText:
 * @n: folded characters
 * @chars: them, ended by 0
 * @origins: for each, the character of the text as written that it came from, counted from 0;
 *   one more at the end: how many characters the text as written has
 * @classes: for each, what it is to the search (#StoreFoldClass)
 *
 * A message as the analyses of text see it, and the way back to what was written.
 */
typedef struct
{
  guint n;
  gunichar *chars;
  guint *origins;
  guint8 *classes;
} StoreFoldedText;

StoreFoldedText *store_folded_text_new        (const char            *text,
                                               gssize                 length);
void             store_folded_text_free       (StoreFoldedText       *self);
guint            store_folded_text_match_rest (const StoreFoldedText *self,
                                               guint                  at,
                                               const char            *word);
guint            store_folded_text_match_any  (const StoreFoldedText *self,
                                               guint                  at,
                                               const char *const     *words,
                                               guint                 *which);
gboolean         store_folded_text_is_latin   (const StoreFoldedText *self,
                                               guint                  at);
gboolean         store_folded_text_is_digit   (const StoreFoldedText *self,
                                               guint                  at);
char            *store_folded_text_dup        (const StoreFoldedText *self,
                                               guint                  start,
                                               guint                  end);

/**
 * store_folded_text_match:
 * @at: a position
 * @word: folded text, not empty; a space in it stands for any run of spaces
 *
 * A word that begins or ends with a letter must stand as a whole word there ("end" is not in
 * "weekend"); digits may touch letters ("3x"). Hundreds of words are looked for at each position
 * and nearly all fail at their first character, so that is looked at without a call.
 *
 * Returns: how many characters @word takes at @at, 0 where it does not stand there. Any thread.
 */
static inline guint
store_folded_text_match (const StoreFoldedText *self,
                         guint                  at,
                         const char            *word)
{
  const guchar *bytes = (const guchar *) word;
  gunichar first = bytes[0];

  if (at >= self->n)
    return 0;
  if ((first & 0xf0) == 0xe0)
    first = (first & 0xf) << 12 | (bytes[1] & 0x3fu) << 6 | (bytes[2] & 0x3fu);
  else if (first >= 0x80)
    first = g_utf8_get_char (word);
  return first == self->chars[at] ? store_folded_text_match_rest (self, at, word) : 0;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreFoldedText, store_folded_text_free)

G_END_DECLS
