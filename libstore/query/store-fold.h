/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Raised whenever the folding changes, so that an index made by another one is made anew. */
#define STORE_FOLD_VERSION 1

/* The most characters that one character folds to. */
#define STORE_FOLD_MAX 18

/**
 * StoreFoldClass:
 * @STORE_FOLD_SEPARATOR: stands between words
 * @STORE_FOLD_WORD: a letter or digit of a word
 * @STORE_FOLD_SINGLE: a word of its own (Han, Kana, Hangul, Bopomofo, pictures)
 * @STORE_FOLD_MARK: an accent, folded away
 */
typedef enum
{
  STORE_FOLD_SEPARATOR,
  STORE_FOLD_WORD,
  STORE_FOLD_SINGLE,
  STORE_FOLD_MARK,
} StoreFoldClass;

StoreFoldClass store_fold_char     (gunichar    c,
                                    gunichar    folded[STORE_FOLD_MAX],
                                    guint      *n_folded);
char          *store_fold_text     (const char *text,
                                    gssize      length);
gboolean       store_fold_contains (const char *text,
                                    gsize       length,
                                    const char *needle,
                                    gsize       needle_length);

G_END_DECLS
