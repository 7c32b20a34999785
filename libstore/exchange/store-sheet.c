/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A table inside a file of separated values: what stands above it (a title, the time of the
 * export), the line with the names of the columns, the rows, and lines that sum them up.
 *
 * The names' line is the first one in the beginning of the file with two known column names and no
 * cell that looks like data. Where no name is known it is the first line as wide as the
 * table, unless it looks like data itself. Else the file has no names, and columns have numbers.
 */
#include "config.h"
#include "store-sheet.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "store-cell-text.h"
#include "store-error.h"
#include "store-header-words.h"
#include "store-money-text.h"
#include "store-vcard-sheet.h"

#define HEAD_RECORDS 60
#define HEADER_WITHIN 20
#define MAX_WIDTH 512
#define MAX_NAME 200

struct _StoreSheet
{
  GObject parent_instance;

  StoreCsvReader *reader;
  gboolean has_header;
  guint64 first_line;
  guint n_columns;
  GPtrArray *names;
  StoreSheetRow row;
  GArray *places;
};

G_DEFINE_FINAL_TYPE (StoreSheet, store_sheet, G_TYPE_OBJECT)

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

static void
store_sheet_finalize (GObject *object)
{
  StoreSheet *self = STORE_SHEET (object);

  g_clear_object (&self->reader);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_clear_pointer (&self->places, g_array_unref);

  G_OBJECT_CLASS (store_sheet_parent_class)->finalize (object);
}

static void
store_sheet_class_init (StoreSheetClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = store_sheet_finalize;
}

static void
store_sheet_init (StoreSheet *self)
{
  self->names = g_ptr_array_new_with_free_func (g_free);
}

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
look_at_head (StoreSheet    *self,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr (GArray) looks = g_array_new (FALSE, FALSE, sizeof (Look));
  g_autoptr (GError) failure = NULL;

  while (looks->len < HEAD_RECORDS && store_csv_reader_next (self->reader, cancellable, &failure))
    {
      Look look = look_at (self->reader);

      if (look.n_full > 0 && store_csv_reader_get_fault (self->reader) == NULL)
        g_array_append_val (looks, look);
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  return g_steal_pointer (&looks);
}

static void
add_name (StoreSheet *self,
          const char *cell)
{
  char *name = store_cell_text_clean (cell);

  if (*name == '\0')
    {
      g_free (name);
      name = g_strdup_printf (_("Column %u"), self->names->len + 1);
    }
  g_ptr_array_add (self->names, name);
}

static gboolean
read_names (StoreSheet    *self,
            guint64        line,
            GCancellable  *cancellable,
            GError       **error)
{
  if (!store_csv_reader_rewind (self->reader, cancellable, error))
    return FALSE;
  do
    {
      if (!store_csv_reader_next (self->reader, cancellable, error))
        return FALSE;
    }
  while (store_csv_reader_get_line (self->reader) < line);

  self->n_columns = MAX (self->n_columns, store_csv_reader_get_n_cells (self->reader));
  for (guint i = 0; i < self->n_columns; i++)
    add_name (self, store_csv_reader_get_cell (self->reader, i));
  self->first_line = line + 1;
  return TRUE;
}

/**
 * store_sheet_new:
 * @reader: the file
 * @cancellable: (nullable): to stop
 * @error: an I/O error
 *
 * Looks at the beginning of the file and stands before the first row. One thread at a time.
 *
 * Returns: (transfer full) (nullable): the table
 */
StoreSheet *
store_sheet_new (StoreCsvReader  *reader,
                 GCancellable    *cancellable,
                 GError         **error)
{
  g_autoptr (StoreSheet) self = NULL;
  g_autoptr (GArray) looks = NULL;
  int header;

  g_return_val_if_fail (STORE_IS_CSV_READER (reader), NULL);

  self = g_object_new (STORE_TYPE_SHEET, NULL);
  self->reader = g_object_ref (reader);
  if (!store_csv_reader_rewind (reader, cancellable, error))
    return NULL;
  looks = look_at_head (self, cancellable, error);
  if (looks == NULL)
    return NULL;

  self->n_columns = find_width (looks);
  header = find_header (looks, self->n_columns);
  self->has_header = header >= 0;
  if (self->has_header)
    {
      if (!read_names (self, g_array_index (looks, Look, header).line, cancellable, error))
        return NULL;
    }
  else
    {
      for (guint i = 0; i < self->n_columns; i++)
        add_name (self, "");
      if (looks->len > 0)
        {
          guint first = find_first_row (looks, self->n_columns);

          self->first_line = g_array_index (looks, Look, first).line;
        }
    }
  if (!store_sheet_rewind (self, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* Office files are archives (zip) or compound files, whatever they are called. */
static gboolean
is_office_file (const char *head,
                gsize       length)
{
  return length >= 4 &&
         (memcmp (head, "PK\003\004", 4) == 0 || memcmp (head, "\xd0\xcf\x11\xe0", 4) == 0);
}

/**
 * store_sheet_open:
 * @file: a file
 * @options: (nullable): what is known about it
 * @cancellable: (nullable): to stop
 * @error: an I/O error, or %STORE_ERROR_INVALID for a file that is no text
 *
 * As store_sheet_new(), for a file; one of cards (vCard) becomes a table.
 *
 * Returns: (transfer full) (nullable): the table
 */
StoreSheet *
store_sheet_open (GFile                  *file,
                  const StoreCsvOptions  *options,
                  GCancellable           *cancellable,
                  GError                **error)
{
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GInputStream) whole = NULL;
  g_autoptr (StoreCsvReader) reader = NULL;
  const char *head;
  gsize n_head;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  stream = g_file_read (file, cancellable, error);
  if (stream == NULL)
    return NULL;
  whole = g_buffered_input_stream_new (G_INPUT_STREAM (stream));
  if (g_buffered_input_stream_fill (G_BUFFERED_INPUT_STREAM (whole), -1, cancellable, error) < 0)
    return NULL;
  head = g_buffered_input_stream_peek_buffer (G_BUFFERED_INPUT_STREAM (whole), &n_head);
  if (is_office_file (head, n_head))
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_INVALID,
                           _("This is the file of a spreadsheet program. "
                             "Open it there, save it as CSV, and import that."));
      return NULL;
    }
  if (store_vcard_sheet_is_card (head, n_head))
    return store_vcard_sheet_new (whole, cancellable, error);

  reader = store_csv_reader_new (whole, options, cancellable, error);
  return reader != NULL ? store_sheet_new (reader, cancellable, error) : NULL;
}

/**
 * store_sheet_set_places:
 * @self: a table that was made from a file of another form
 * @places: (element-type StoreSheetPlace): its rows in order
 *
 * Lets store_sheet_get_line() speak of the file.
 */
void
store_sheet_set_places (StoreSheet *self,
                        GArray     *places)
{
  g_return_if_fail (STORE_IS_SHEET (self) && places != NULL);

  g_clear_pointer (&self->places, g_array_unref);
  self->places = g_array_ref (places);
}

/**
 * store_sheet_get_reader:
 * @self: a table
 *
 * Returns: the reader below, for its encoding and delimiter
 */
StoreCsvReader *
store_sheet_get_reader (StoreSheet *self)
{
  g_return_val_if_fail (STORE_IS_SHEET (self), NULL);

  return self->reader;
}

/**
 * store_sheet_has_header:
 * @self: a table
 *
 * Returns: whether the file names its columns
 */
gboolean
store_sheet_has_header (StoreSheet *self)
{
  g_return_val_if_fail (STORE_IS_SHEET (self), FALSE);

  return self->has_header;
}

/**
 * store_sheet_get_n_columns:
 * @self: a table
 *
 * Returns: how many columns it has
 */
guint
store_sheet_get_n_columns (StoreSheet *self)
{
  g_return_val_if_fail (STORE_IS_SHEET (self), 0);

  return self->n_columns;
}

/**
 * store_sheet_get_name:
 * @self: a table
 * @column: from 0
 *
 * Returns: what the file calls the column, or "Column 3"
 */
const char *
store_sheet_get_name (StoreSheet *self,
                      guint       column)
{
  g_return_val_if_fail (STORE_IS_SHEET (self) && column < self->names->len, "");

  return g_ptr_array_index (self->names, column);
}

/**
 * store_sheet_find_column:
 * @self: a table
 * @name: what a person calls a column: its name, in any case, or its number from 1
 *
 * Returns: the column from 0, or -1
 */
int
store_sheet_find_column (StoreSheet *self,
                         const char *name)
{
  g_autofree char *key = NULL;
  char *end = NULL;
  gulong number;

  g_return_val_if_fail (STORE_IS_SHEET (self) && name != NULL, -1);

  for (guint i = 0; i < self->n_columns; i++)
    if (g_str_equal (store_sheet_get_name (self, i), name))
      return (int) i;

  key = store_cell_text_key (name);
  for (guint i = 0; i < self->n_columns && *key != '\0'; i++)
    {
      g_autofree char *other = store_cell_text_key (store_sheet_get_name (self, i));

      if (g_str_equal (other, key))
        return (int) i;
    }

  number = strtoul (name, &end, 10);
  return end != name && *end == '\0' && number >= 1 && number <= self->n_columns ? (int) number - 1
                                                                                 : -1;
}

static gboolean
is_blank (StoreSheet *self)
{
  for (guint i = 0; i < store_csv_reader_get_n_cells (self->reader); i++)
    if (!store_cell_text_is_blank (store_csv_reader_get_cell (self->reader, i)))
      return FALSE;
  return TRUE;
}

/* A word for a sum, and besides it nothing but numbers. */
static gboolean
is_total (StoreSheet *self)
{
  gboolean has_word = FALSE;

  for (guint i = 0; i < store_csv_reader_get_n_cells (self->reader); i++)
    {
      const char *cell = store_csv_reader_get_cell (self->reader, i);
      StoreMoneyGuess guess = { 0 };

      if (store_cell_text_is_blank (cell))
        continue;
      if (!has_word)
        {
          has_word = store_header_words_is_total (cell);
          if (!has_word)
            return FALSE;
          continue;
        }
      store_money_guess_add (&guess, cell);
      if (guess.amounts == 0)
        return FALSE;
    }
  return has_word;
}

/**
 * store_sheet_next:
 * @self: a table
 * @cancellable: (nullable): to stop
 * @error: an I/O error
 *
 * Goes to the next row that is not blank.
 *
 * Returns: %FALSE behind the last row (@error is not set) or on error
 */
gboolean
store_sheet_next (StoreSheet    *self,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_return_val_if_fail (STORE_IS_SHEET (self), FALSE);

  do
    {
      if (!store_csv_reader_next (self->reader, cancellable, error))
        return FALSE;
    }
  while (store_csv_reader_get_line (self->reader) < self->first_line ||
         (store_csv_reader_get_fault (self->reader) == NULL && is_blank (self)));

  if (store_csv_reader_get_fault (self->reader) != NULL)
    self->row = STORE_SHEET_ROW_FAULT;
  else
    self->row = is_total (self) ? STORE_SHEET_ROW_TOTAL : STORE_SHEET_ROW_DATA;
  return TRUE;
}

/**
 * store_sheet_rewind:
 * @self: a table
 * @cancellable: (nullable): to stop
 * @error: an I/O error
 *
 * Goes back to before the first row.
 */
gboolean
store_sheet_rewind (StoreSheet    *self,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_return_val_if_fail (STORE_IS_SHEET (self), FALSE);

  return store_csv_reader_rewind (self->reader, cancellable, error);
}

/**
 * store_sheet_get_row:
 * @self: a table
 *
 * Returns: what kind of row the current one is
 */
StoreSheetRow
store_sheet_get_row (StoreSheet *self)
{
  g_return_val_if_fail (STORE_IS_SHEET (self), STORE_SHEET_ROW_FAULT);

  return self->row;
}

/**
 * store_sheet_get_cell:
 * @self: a table
 * @column: from 0
 *
 * Returns: the cell without a guard against formulas, "" where the row is short; borrowed until
 * the next row
 */
const char *
store_sheet_get_cell (StoreSheet *self,
                      guint       column)
{
  g_return_val_if_fail (STORE_IS_SHEET (self), "");

  return store_cell_text_unguard (store_csv_reader_get_cell (self->reader, column));
}

/**
 * store_sheet_get_n_extra:
 * @self: a table
 *
 * Returns: how many cells with content the current row has beyond the last column
 */
guint
store_sheet_get_n_extra (StoreSheet *self)
{
  guint n = 0;

  g_return_val_if_fail (STORE_IS_SHEET (self), 0);

  for (guint i = self->n_columns; i < store_csv_reader_get_n_cells (self->reader); i++)
    n += !store_cell_text_is_blank (store_csv_reader_get_cell (self->reader, i));
  return n;
}

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const StoreSheetPlace *left = a;
  const StoreSheetPlace *right = b;

  return left->line < right->line ? -1 : left->line > right->line;
}

/**
 * store_sheet_get_line:
 * @self: a table
 *
 * Returns: the number of the line in the file, from 1, where the current row begins
 */
guint64
store_sheet_get_line (StoreSheet *self)
{
  StoreSheetPlace wanted;
  guint found;

  g_return_val_if_fail (STORE_IS_SHEET (self), 0);

  wanted.line = store_csv_reader_get_line (self->reader);
  if (self->places != NULL &&
      g_array_binary_search (self->places, &wanted, compare_places, &found))
    return g_array_index (self->places, StoreSheetPlace, found).origin;
  return wanted.line;
}

/**
 * store_sheet_get_fault:
 * @self: a table
 *
 * Returns: (nullable): a sentence why the current row cannot be trusted
 */
const char *
store_sheet_get_fault (StoreSheet *self)
{
  g_return_val_if_fail (STORE_IS_SHEET (self), NULL);

  return store_csv_reader_get_fault (self->reader);
}

/**
 * store_sheet_get_progress:
 * @self: a table
 *
 * Returns: how much of the file has been read, 0 to 1
 */
double
store_sheet_get_progress (StoreSheet *self)
{
  g_return_val_if_fail (STORE_IS_SHEET (self), 0);

  return store_csv_reader_get_progress (self->reader);
}
