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
guint            store_folded_text_match      (const StoreFoldedText *self,
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

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreFoldedText, store_folded_text_free)

G_END_DECLS
