/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *store_match_from_words (const char *words);
void  store_match_add_number (GString    *text,
                              const char *number);

G_END_DECLS
