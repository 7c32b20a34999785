/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Comma separated values as RFC 4180 has them. Quoted is what any reader could take for something
 * else: delimiters, line ends, marks, outer space, an empty cell that stands alone on its line, and
 * at the beginning of a file "sep=" and a byte order mark.
 */
#include "store-csv-writer.h"

#include <string.h>

static gboolean
needs_quotes (const char *cell,
              gboolean    is_first)
{
  gsize length = strlen (cell);

  if (length == 0)
    return is_first;
  return strpbrk (cell, ",;\t|\"\r\n") != NULL || cell[0] == ' ' || cell[length - 1] == ' ' ||
         g_str_has_prefix (cell, "sep=") || g_str_has_prefix (cell, STORE_CSV_BOM);
}

/**
 * store_csv_append_cell:
 * @out: the text so far
 * @cell: valid UTF-8
 * @is_first: whether a record begins with it
 *
 * Appends a cell, and the comma before it. Any thread.
 */
void
store_csv_append_cell (GString    *out,
                       const char *cell,
                       gboolean    is_first)
{
  g_return_if_fail (out != NULL && cell != NULL);

  if (!is_first)
    g_string_append_c (out, ',');
  if (!needs_quotes (cell, is_first))
    {
      g_string_append (out, cell);
      return;
    }

  g_string_append_c (out, '"');
  for (const char *mark; (mark = strchr (cell, '"')) != NULL; cell = mark + 1)
    {
      g_string_append_len (out, cell, mark + 1 - cell);
      g_string_append_c (out, '"');
    }
  g_string_append (out, cell);
  g_string_append_c (out, '"');
}

/**
 * store_csv_append_line_end:
 * @out: the text so far
 *
 * Ends a record. Any thread.
 */
void
store_csv_append_line_end (GString *out)
{
  g_return_if_fail (out != NULL);

  g_string_append (out, "\r\n");
}
