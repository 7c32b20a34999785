/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a header scores that only holds a known word. */
#define STORE_HEADER_WORDS_PARTIAL 100

char     *store_header_words_fold     (const char *header);
guint     store_header_words_score    (const char *folded,
                                       const char *field);
gboolean  store_header_words_is_known (const char *folded);
gboolean  store_header_words_is_total (const char *cell);

G_END_DECLS
