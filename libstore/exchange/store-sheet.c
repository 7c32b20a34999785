/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A table inside a file of separated values: what stands above it (a title, the time of the
 * export), the line with the names of the columns, the rows, and lines that sum them up.
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
#include "store-sheet-head.h"
#include "store-vcard-sheet.h"

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
  StoreSheetHead head;

  g_return_val_if_fail (STORE_IS_CSV_READER (reader), NULL);

  self = g_object_new (STORE_TYPE_SHEET, NULL);
  self->reader = g_object_ref (reader);
  if (!store_sheet_head_find (reader, &head, cancellable, error))
    return NULL;

  self->n_columns = head.width;
  self->first_line = head.first_line;
  self->has_header = head.names_line != 0;
  if (self->has_header)
    {
      if (!read_names (self, head.names_line, cancellable, error))
        return NULL;
    }
  else
    for (guint i = 0; i < self->n_columns; i++)
      add_name (self, "");
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

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const StoreSheetPlace *left = a;
  const StoreSheetPlace *right = b;

  return left->line < right->line ? -1 : left->line > right->line;
}

/* Where the current row stands in the file that the table was made from, or NULL. */
static const StoreSheetPlace *
get_place (StoreSheet *self)
{
  StoreSheetPlace wanted = { .line = store_csv_reader_get_line (self->reader) };
  guint found;

  if (self->places == NULL ||
      !g_array_binary_search (self->places, &wanted, compare_places, &found))
    return NULL;
  return &g_array_index (self->places, StoreSheetPlace, found);
}

static gboolean
is_cut (StoreSheet *self)
{
  const StoreSheetPlace *place = get_place (self);

  return place != NULL && !place->is_whole;
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

  if (store_csv_reader_get_fault (self->reader) != NULL || is_cut (self))
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

/**
 * store_sheet_get_line:
 * @self: a table
 *
 * Returns: the number of the line in the file, from 1, where the current row begins
 */
guint64
store_sheet_get_line (StoreSheet *self)
{
  const StoreSheetPlace *place;

  g_return_val_if_fail (STORE_IS_SHEET (self), 0);

  place = get_place (self);
  return place != NULL ? place->origin : store_csv_reader_get_line (self->reader);
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

  if (is_cut (self))
    return _("The file ends in the middle of this card.");
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
