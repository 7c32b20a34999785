/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-folded-text.h"

G_BEGIN_DECLS

/**
 * StoreTextGram:
 * @hash: which it is
 * @start: its first folded character
 * @end: the folded character behind its last
 *
 * A piece of a message that a classifier weighs: one to three characters, a word, or two words.
 */
typedef struct
{
  guint32 hash;
  guint start;
  guint end;
} StoreTextGram;

GArray *store_text_grams_find (const StoreFoldedText *text,
                               GArray                *grams);

G_END_DECLS
