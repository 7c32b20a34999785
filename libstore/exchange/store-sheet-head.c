/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where the table in a file begins.
 *
 * The names' line is the first one in the beginning of the file with two known column names and no
 * cell that looks like data. Where no name is known it is the first line as wide as the table,
 * unless it looks like data itself. Else the file has no names.
 */
#include "store-sheet-head.h"

#include <string.h>

#include "store-cell-text.h"
#include "store-header-words.h"

#define HEAD_RECORDS 60
#define HEADER_WITHIN 20
#define MAX_WIDTH 512
#define MAX_NAME 200

/* What one of the first records looks like. */
typedef struct
{
  guint64 line;
  guint n_cells;
  guint n_full;
  guint n_known;
  guint n_data;
  gboolean has_doubles;
} Look;

/* An address, a number or a date; most of its characters are digits, or it holds an @. */
static gboolean
looks_like_data (const char *cell)
{
  g_autofree char *plain = store_cell_text_plain (cell);
  guint n_digits = 0;
  guint n_others = 0;

  for (const char *at = plain; *at != '\0'; at = g_utf8_next_char (at))
    if (g_ascii_isdigit (*at))
      n_digits++;
    else if (g_unichar_isalpha (g_utf8_get_char (at)))
      n_others++;
  return n_digits > n_others || (strchr (plain, '@') != NULL && strchr (plain, '.') != NULL);
}

static Look
look_at (StoreCsvReader *reader)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Look look = {
    .line = store_csv_reader_get_line (reader),
    .n_cells = store_csv_reader_get_n_cells (reader),
  };

  for (guint i = 0; i < look.n_cells; i++)
    {
      const char *cell = store_csv_reader_get_cell (reader, i);
      g_autofree char *folded = NULL;

      if (store_cell_text_is_blank (cell) || strlen (cell) > MAX_NAME)
        continue;
      look.n_full++;
      look.n_data += looks_like_data (cell);
      folded = store_header_words_fold (cell);
      look.n_known += store_header_words_is_known (folded);
      if (!g_hash_table_add (seen, g_strdup (cell)))
        look.has_doubles = TRUE;
    }
  return look;
}

static guint
find_width (GArray *looks)
{
  guint counts[MAX_WIDTH + 1] = { 0 };
  guint width = 1;

  for (guint i = 0; i < looks->len; i++)
    counts[MIN (g_array_index (looks, Look, i).n_cells, MAX_WIDTH)]++;
  for (guint i = 1; i <= MAX_WIDTH; i++)
    if (counts[i] >= counts[width])
      width = i;
  return width;
}

static gboolean
is_header (const Look *look,
           guint       width)
{
  return look->n_data == 0 && (look->n_known >= 2 || (look->n_known == 1 && width <= 2));
}

static gboolean
may_be_header (const Look *look,
               guint       width)
{
  return look->n_data == 0 && !look->has_doubles && width > 1 && look->n_full * 5 >= width * 3;
}

/* The place of the names' line among the first records, or -1. */
static int
find_header (GArray *looks,
             guint   width)
{
  for (guint i = 0; i < MIN (looks->len, HEADER_WITHIN); i++)
    if (is_header (&g_array_index (looks, Look, i), width))
      return (int) i;

  for (guint i = 0; i < MIN (looks->len, HEADER_WITHIN); i++)
    {
      const Look *look = &g_array_index (looks, Look, i);

      if (look->n_full * 5 >= width * 3)
        return may_be_header (look, width) ? (int) i : -1;
    }
  return -1;
}

/* The place of the first row in a table without names: the first record nearly as wide as most. */
static guint
find_first_row (GArray *looks,
                guint   width)
{
  for (guint i = 0; i < MIN (looks->len, HEADER_WITHIN); i++)
    {
      const Look *look = &g_array_index (looks, Look, i);

      if (look->n_cells * 2 >= width && (look->n_full > 1 || width == 1))
        return i;
    }
  return 0;
}

static GArray *
look_at_head (StoreCsvReader  *reader,
              GCancellable    *cancellable,
              GError         **error)
{
  g_autoptr (GArray) looks = g_array_new (FALSE, FALSE, sizeof (Look));
  g_autoptr (GError) failure = NULL;

  while (looks->len < HEAD_RECORDS && store_csv_reader_next (reader, cancellable, &failure))
    {
      Look look = look_at (reader);

      if (look.n_full > 0 && store_csv_reader_get_fault (reader) == NULL)
        g_array_append_val (looks, look);
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  return g_steal_pointer (&looks);
}

/**
 * store_sheet_head_find:
 * @reader: a file; stands anywhere afterwards
 * @head: (out): where its table begins
 * @cancellable: (nullable): to stop
 * @error: an I/O error
 *
 * Looks at the first records of the file.
 */
gboolean
store_sheet_head_find (StoreCsvReader  *reader,
                       StoreSheetHead  *head,
                       GCancellable    *cancellable,
                       GError         **error)
{
  g_autoptr (GArray) looks = NULL;
  int names;
  guint first;

  g_return_val_if_fail (STORE_IS_CSV_READER (reader) && head != NULL, FALSE);

  *head = (StoreSheetHead){ 0 };
  if (!store_csv_reader_rewind (reader, cancellable, error))
    return FALSE;
  looks = look_at_head (reader, cancellable, error);
  if (looks == NULL)
    return FALSE;

  head->width = find_width (looks);
  names = find_header (looks, head->width);
  if (names >= 0)
    {
      head->names_line = g_array_index (looks, Look, names).line;
      head->first_line = head->names_line + 1;
      return TRUE;
    }
  first = find_first_row (looks, head->width);
  if (first < looks->len)
    head->first_line = g_array_index (looks, Look, first).line;
  return TRUE;
}
