/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char       *store_number_words_dup_digits (const char  *text);
gboolean    store_number_words_is_number  (const char  *digits);
const char *store_number_words_skip_zeros (const char  *digits);
const char *store_number_words_skip_code  (const char  *digits);
const char *store_number_words_get_tail   (const char  *digits);
void        store_number_words_add        (GString     *text,
                                           const char  *number);

G_END_DECLS
