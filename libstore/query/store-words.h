/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-fold.h"

G_BEGIN_DECLS

/* Stands between the parts of an indexed text; a run of words does not reach across it. */
#define STORE_WORDS_BOUNDARY '\x1e'

/* Longer words are cut, in the index as in what is typed, so that they still meet. */
#define STORE_WORDS_MAX_BYTES 64

/**
 * StoreWordFunc:
 * @word: the folded word, not ended by NUL
 * @length: its bytes
 * @start: where it begins in the text, in bytes
 * @end: where it ends
 * @data: the caller's
 *
 * Returns: whether to go on.
 */
typedef gboolean (*StoreWordFunc) (const char *word,
                                   gsize       length,
                                   gsize       start,
                                   gsize       end,
                                   gpointer    data);

gboolean store_words_foreach (const char    *text,
                              gsize          length,
                              StoreWordFunc  func,
                              gpointer       data);
gboolean store_words_boundary (const char    *word,
                               gsize          length);

G_END_DECLS
