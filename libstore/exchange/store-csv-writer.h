/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What makes spreadsheets take a file for UTF-8. */
#define STORE_CSV_BOM "\xef\xbb\xbf"

void store_csv_append_cell     (GString    *out,
                                const char *cell,
                                gboolean    is_first);
void store_csv_append_line_end (GString    *out);

G_END_DECLS
