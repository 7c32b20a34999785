/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char       *store_cell_text_clean    (const char *cell);
char       *store_cell_text_plain    (const char *cell);
char       *store_cell_text_key      (const char *cell);
gboolean    store_cell_text_is_blank (const char *cell);
char       *store_cell_text_shorten  (const char *cell);
char      **store_cell_text_split    (const char *cell,
                                      const char *delimiters);
char       *store_cell_text_guard    (const char *text);
const char *store_cell_text_unguard  (const char *cell);

G_END_DECLS
