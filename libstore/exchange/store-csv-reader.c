/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Comma separated values as RFC 4180 has them, and as programs write them:
 *
 *  - lines end in CR LF, LF or CR; the last one need not end;
 *  - a cell that begins with a quotation mark (spaces before it do not count) runs to the closing
 *    one and may hold delimiters, line ends and doubled marks; what stands behind the closing mark
 *    belongs to the cell as it is, which is how spreadsheets read it;
 *  - a mark inside an unquoted cell is a character;
 *  - records may have any number of cells;
 *  - a first line "sep=;" names the delimiter.
 *
 * A record that cannot be trusted is still given, with a fault that says why: a zero byte, a cell
 * or line beyond the limits, a quotation mark that is never closed. For the last, the record is
 * read again with marks as characters, so that it ends with its line and the rest of the file is
 * not swallowed. That stays linear: behind a mark that is never closed no cell begins with a mark
 * for as long as a record may be, else it would have been closed there.
 *
 * The window holds the text from the beginning of the current record on, in one piece, and is
 * never larger than the record limit and a chunk.
 */
#include "config.h"
#include "store-csv-reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "store-csv-sniff.h"
#include "store-text-decoder.h"

#define CHUNK (64 * 1024)
/* Below what the store takes for one value. */
#define MAX_CELL (500 * 1024)
#define CELLS_IN_A_LINE 4
#define MAX_CELLS 16384
#define END (-1)

struct _StoreCsvReader
{
  GObject parent_instance;

  StoreTextDecoder *decoder;
  char delimiter;
  gsize max_cell;
  gboolean has_separator_line;

  char *window;
  gsize room;
  gsize start;
  gsize fill;
  gboolean at_end;

  GString *text;
  GArray *offsets;
  gboolean stops[256];
  guint64 line;
  guint64 next_line;
  char *fault;

  GCancellable *cancellable;
  GError *failure;
};

G_DEFINE_FINAL_TYPE (StoreCsvReader, store_csv_reader, G_TYPE_OBJECT)

static void
store_csv_reader_finalize (GObject *object)
{
  StoreCsvReader *self = STORE_CSV_READER (object);

  g_clear_pointer (&self->decoder, store_text_decoder_free);
  g_clear_pointer (&self->window, g_free);
  g_clear_pointer (&self->offsets, g_array_unref);
  g_clear_pointer (&self->fault, g_free);
  g_clear_error (&self->failure);
  g_string_free (self->text, TRUE);

  G_OBJECT_CLASS (store_csv_reader_parent_class)->finalize (object);
}

static void
store_csv_reader_class_init (StoreCsvReaderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = store_csv_reader_finalize;
}

static void
store_csv_reader_init (StoreCsvReader *self)
{
  self->text = g_string_new (NULL);
  self->offsets = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->room = CHUNK;
  self->window = g_malloc (self->room);
}

static void
set_fault (StoreCsvReader *self,
           const char     *fault)
{
  if (self->fault == NULL)
    self->fault = g_strdup (fault);
}

static gsize
max_record (StoreCsvReader *self)
{
  return self->max_cell * CELLS_IN_A_LINE;
}

/* Reads on behind what the window holds; FALSE at the end of the file, or where a record is as
 * long as one may be. */
static gboolean
fill_window (StoreCsvReader *self)
{
  gssize n_read;

  if (self->at_end || self->failure != NULL || self->fill - self->start > max_record (self))
    return FALSE;

  memmove (self->window, self->window + self->start, self->fill - self->start);
  self->fill -= self->start;
  self->start = 0;
  if (self->room - self->fill < CHUNK)
    {
      self->room = MAX (self->room * 2, self->fill + CHUNK);
      self->window = g_realloc (self->window, self->room);
    }

  n_read = store_text_decoder_read (self->decoder, self->window + self->fill, CHUNK,
                                    self->cancellable, &self->failure);
  if (n_read <= 0)
    {
      self->at_end = n_read == 0;
      return FALSE;
    }
  self->fill += (gsize) n_read;
  return TRUE;
}

static inline int
peek (StoreCsvReader *self,
      gsize           at)
{
  while (G_UNLIKELY (self->start + at >= self->fill))
    if (!fill_window (self))
      return END;
  return (guchar) self->window[self->start + at];
}

static void
append (StoreCsvReader *self,
        const char     *text,
        gsize           length)
{
  gsize cell = g_array_index (self->offsets, gsize, self->offsets->len - 1);
  gsize used = self->text->len - cell;

  if (used + length > self->max_cell)
    {
      length = self->max_cell - MIN (used, self->max_cell);
      while (length > 0 && ((guchar) text[length] & 0xc0) == 0x80)
        length--;
      set_fault (self, _("A cell is longer than any cell should be."));
    }
  g_string_append_len (self->text, text, (gssize) length);
}

/* Takes plain characters up to a stop; returns where it stands. */
static gsize
take_run (StoreCsvReader *self,
          gsize           at,
          gboolean        quoted)
{
  while (peek (self, at) != END)
    {
      const char *from = self->window + self->start + at;
      gsize n = self->fill - self->start - at;
      gsize i = 0;

      if (quoted)
        while (i < n && from[i] != '"' && from[i] != '\0')
          i++;
      else
        while (i < n && !self->stops[(guchar) from[i]])
          i++;
      append (self, from, i);
      at += i;
      if (i == n)
        continue;
      if (from[i] != '\0')
        break;
      set_fault (self, _("The line holds a zero byte, which no text has."));
      at++;
    }
  return at;
}

/* The inside of a quoted cell; FALSE where the closing mark is missing. */
static gboolean
take_quoted (StoreCsvReader *self,
             gsize          *at)
{
  (*at)++;
  while (TRUE)
    {
      *at = take_run (self, *at, TRUE);
      if (peek (self, *at) == END)
        return FALSE;
      if (peek (self, *at + 1) != '"')
        break;
      append (self, "\"", 1);
      *at += 2;
    }
  (*at)++;
  return TRUE;
}

static gsize
skip_spaces (StoreCsvReader *self,
             gsize           at)
{
  while (peek (self, at) == ' ')
    at++;
  return at;
}

static void
begin_cell (StoreCsvReader *self)
{
  gsize offset = self->text->len;

  g_array_append_val (self->offsets, offset);
}

static gboolean
take_cell (StoreCsvReader *self,
           gsize          *at,
           gboolean        with_quotes)
{
  gsize mark = with_quotes ? skip_spaces (self, *at) : *at;

  begin_cell (self);
  if (with_quotes && peek (self, mark) == '"')
    {
      gsize behind;

      *at = mark;
      if (!take_quoted (self, at))
        return FALSE;
      behind = skip_spaces (self, *at);
      if (peek (self, behind) == END || self->stops[peek (self, behind)])
        *at = behind;
    }
  *at = take_run (self, *at, FALSE);
  g_string_append_c (self->text, '\0');
  return TRUE;
}

static gsize
skip_line_end (StoreCsvReader *self,
               gsize           at)
{
  if (peek (self, at) == '\r' && peek (self, at + 1) == '\n')
    return at + 2;
  return peek (self, at) == END ? at : at + 1;
}

/* Fills the cells from the record that begins at the window's start; FALSE for an unclosed mark. */
static gboolean
take_record (StoreCsvReader *self,
             gsize          *at,
             gboolean        with_quotes)
{
  g_string_truncate (self->text, 0);
  g_array_set_size (self->offsets, 0);
  *at = 0;

  while (TRUE)
    {
      if (!take_cell (self, at, with_quotes))
        return FALSE;
      if (peek (self, *at) != (guchar) self->delimiter)
        return TRUE;
      (*at)++;
      if (self->offsets->len == MAX_CELLS)
        {
          set_fault (self, _("The line has more cells than any table has columns."));
          g_array_set_size (self->offsets, MAX_CELLS - 1);
          g_string_truncate (self->text, g_array_index (self->offsets, gsize, MAX_CELLS - 2));
          g_string_append_c (self->text, '\0');
        }
    }
}

/* Passes over the rest of a line that is longer than the window may be. */
static void
drop_rest_of_line (StoreCsvReader *self)
{
  set_fault (self, _("The line is longer than any line should be."));
  while (!self->at_end && self->failure == NULL)
    {
      const char *from = self->window + self->start;
      gsize n = self->fill - self->start;
      gsize i = 0;

      while (i < n && from[i] != '\n' && from[i] != '\r')
        i++;
      self->start += i;
      if (i < n)
        return;
      fill_window (self);
    }
}

static guint64
count_line_ends (const char *text,
                 gsize       length)
{
  guint64 n = 0;

  for (gsize i = 0; i < length; i++)
    if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == length || text[i + 1] != '\n')))
      n++;
  return n;
}

static void
finish_record (StoreCsvReader *self,
               gsize           at)
{
  if (peek (self, at) == END && !self->at_end && self->failure == NULL)
    {
      self->next_line += count_line_ends (self->window + self->start, at);
      self->start += at;
      drop_rest_of_line (self);
      at = 0;
    }
  at = skip_line_end (self, at);
  self->next_line += count_line_ends (self->window + self->start, at);
  self->start += at;
}

static void
reread_without_quotes (StoreCsvReader *self,
                       gsize          *at)
{
  g_clear_pointer (&self->fault, g_free);
  set_fault (self, _("A quotation mark is never closed."));
  take_record (self, at, FALSE);
}

/**
 * store_csv_reader_next:
 * @self: a reader
 * @cancellable: (nullable): to stop
 * @error: an I/O error
 *
 * Goes to the next record. Empty lines are records with one empty cell.
 *
 * Returns: %FALSE behind the last record (@error is not set) or on error
 */
gboolean
store_csv_reader_next (StoreCsvReader  *self,
                       GCancellable    *cancellable,
                       GError         **error)
{
  gsize at = 0;
  gboolean found;

  g_return_val_if_fail (STORE_IS_CSV_READER (self), FALSE);

  self->cancellable = cancellable;
  g_clear_pointer (&self->fault, g_free);
  self->line = self->next_line;

  found = peek (self, 0) != END;
  if (found && !take_record (self, &at, TRUE) && self->failure == NULL)
    reread_without_quotes (self, &at);
  if (found && self->failure == NULL)
    finish_record (self, at);

  self->cancellable = NULL;
  if (self->failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->failure));
      return FALSE;
    }
  return found;
}

static gboolean
read_separator_line (StoreCsvReader *self)
{
  int delimiter = peek (self, 4);
  int end = peek (self, 5);

  if (peek (self, 0) != 's' || peek (self, 1) != 'e' || peek (self, 2) != 'p' ||
      peek (self, 3) != '=' || delimiter == END || (end != '\r' && end != '\n'))
    return FALSE;
  if (self->delimiter == 0)
    self->delimiter = (char) delimiter;
  return TRUE;
}

static void
pass_separator_line (StoreCsvReader *self)
{
  self->start += skip_line_end (self, 5);
  self->next_line++;
}

static void
set_stops (StoreCsvReader *self)
{
  memset (self->stops, FALSE, sizeof self->stops);
  self->stops['\0'] = TRUE;
  self->stops['\r'] = TRUE;
  self->stops['\n'] = TRUE;
  self->stops[(guchar) self->delimiter] = TRUE;
}

/**
 * store_csv_reader_new:
 * @stream: the file's bytes
 * @options: (nullable): what is known about it
 * @cancellable: (nullable): to stop
 * @error: an I/O error
 *
 * Finds out encoding and delimiter and stands before the first record. One thread at a time.
 *
 * Returns: (transfer full) (nullable): a reader
 */
StoreCsvReader *
store_csv_reader_new (GInputStream           *stream,
                      const StoreCsvOptions  *options,
                      GCancellable           *cancellable,
                      GError                **error)
{
  g_autoptr (StoreCsvReader) self = NULL;
  static const StoreCsvOptions defaults = { 0 };

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);

  if (options == NULL)
    options = &defaults;
  self = g_object_new (STORE_TYPE_CSV_READER, NULL);
  self->delimiter = options->delimiter;
  self->max_cell = options->max_cell != 0 ? options->max_cell : MAX_CELL;
  self->next_line = 1;
  self->decoder = store_text_decoder_new (stream, options->encoding, cancellable, error);
  if (self->decoder == NULL)
    return NULL;

  self->cancellable = cancellable;
  self->has_separator_line = read_separator_line (self);
  self->cancellable = NULL;
  if (self->failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->failure));
      return NULL;
    }

  if (self->delimiter == 0)
    self->delimiter = store_csv_sniff_delimiter (self->window + self->start,
                                                 self->fill - self->start);
  set_stops (self);
  if (self->has_separator_line)
    pass_separator_line (self);
  return g_steal_pointer (&self);
}

/**
 * store_csv_reader_open:
 * @file: a file
 * @options: (nullable): what is known about it
 * @cancellable: (nullable): to stop
 * @error: an I/O error
 *
 * As store_csv_reader_new(), for a file.
 *
 * Returns: (transfer full) (nullable): a reader
 */
StoreCsvReader *
store_csv_reader_open (GFile                  *file,
                       const StoreCsvOptions  *options,
                       GCancellable           *cancellable,
                       GError                **error)
{
  g_autoptr (GFileInputStream) stream = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  stream = g_file_read (file, cancellable, error);
  if (stream == NULL)
    return NULL;
  return store_csv_reader_new (G_INPUT_STREAM (stream), options, cancellable, error);
}

/**
 * store_csv_reader_rewind:
 * @self: a reader
 * @cancellable: (nullable): to stop
 * @error: an I/O error
 *
 * Goes back to before the first record.
 */
gboolean
store_csv_reader_rewind (StoreCsvReader  *self,
                         GCancellable    *cancellable,
                         GError         **error)
{
  g_return_val_if_fail (STORE_IS_CSV_READER (self), FALSE);

  if (!store_text_decoder_rewind (self->decoder, cancellable, error))
    return FALSE;
  self->start = self->fill = 0;
  self->at_end = FALSE;
  self->line = 0;
  self->next_line = 1;
  g_array_set_size (self->offsets, 0);
  if (self->has_separator_line)
    pass_separator_line (self);
  return TRUE;
}

/**
 * store_csv_reader_get_n_cells:
 * @self: a reader
 *
 * Returns: how many cells the current record has
 */
guint
store_csv_reader_get_n_cells (StoreCsvReader *self)
{
  g_return_val_if_fail (STORE_IS_CSV_READER (self), 0);

  return self->offsets->len;
}

/**
 * store_csv_reader_get_cell:
 * @self: a reader
 * @column: from 0; may be beyond the record's end
 *
 * Returns: the cell as it was written, "" where the record is short; borrowed until the next record
 */
const char *
store_csv_reader_get_cell (StoreCsvReader *self,
                           guint           column)
{
  g_return_val_if_fail (STORE_IS_CSV_READER (self), "");

  if (column >= self->offsets->len)
    return "";
  return self->text->str + g_array_index (self->offsets, gsize, column);
}

/**
 * store_csv_reader_get_line:
 * @self: a reader
 *
 * Returns: the number of the line in the file, from 1, where the current record begins
 */
guint64
store_csv_reader_get_line (StoreCsvReader *self)
{
  g_return_val_if_fail (STORE_IS_CSV_READER (self), 0);

  return self->line;
}

/**
 * store_csv_reader_get_fault:
 * @self: a reader
 *
 * Returns: (nullable): a sentence why the current record cannot be trusted
 */
const char *
store_csv_reader_get_fault (StoreCsvReader *self)
{
  g_return_val_if_fail (STORE_IS_CSV_READER (self), NULL);

  return self->fault;
}

/**
 * store_csv_reader_get_encoding:
 * @self: a reader
 *
 * Returns: the encoding that was told or found
 */
StoreTextEncoding
store_csv_reader_get_encoding (StoreCsvReader *self)
{
  g_return_val_if_fail (STORE_IS_CSV_READER (self), STORE_TEXT_ENCODING_UTF_8);

  return store_text_decoder_get_encoding (self->decoder);
}

/**
 * store_csv_reader_get_delimiter:
 * @self: a reader
 *
 * Returns: the delimiter that was told or found
 */
char
store_csv_reader_get_delimiter (StoreCsvReader *self)
{
  g_return_val_if_fail (STORE_IS_CSV_READER (self), ',');

  return self->delimiter;
}

/**
 * store_csv_reader_get_progress:
 * @self: a reader
 *
 * Returns: how much of the file has been read, 0 to 1
 */
double
store_csv_reader_get_progress (StoreCsvReader *self)
{
  g_return_val_if_fail (STORE_IS_CSV_READER (self), 0);

  return store_text_decoder_get_progress (self->decoder);
}
