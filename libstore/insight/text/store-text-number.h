/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-folded-text.h"

G_BEGIN_DECLS

/**
 * StoreTextNumber:
 * @end: the position behind it
 * @value: what it says
 * @most: the upper end where a few are meant (两三 is 2 to 3), else @value
 * @is_words: whether it is in words, Chinese or English, not in digits
 *
 * A number in a message.
 */
typedef struct
{
  guint end;
  double value;
  double most;
  gboolean is_words;
} StoreTextNumber;

gboolean store_text_number_scan (const StoreFoldedText *text,
                                 guint                  at,
                                 StoreTextNumber       *number);

G_END_DECLS
