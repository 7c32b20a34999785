/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "store-figure-words.h"
#include "store-rows-private.h"

struct _StoreRows
{
  gatomicrefcount refs;
  guint n;
  guint n_columns;
  GStringChunk *texts;
  GPtrArray *cells;
  GPtrArray *ids;
  StoreRowsColumn *columns;
  StoreRowsColumn labels;
  StoreRows *whole;
};

static const char *const empty_words[] = { "NA", "N/A", "NaN", "nan", "null", "NULL", "-", NULL };

static void
column_clear (StoreRowsColumn *self)
{
  g_free (self->name);
  g_free (self->numbers);
  g_free (self->texts);
}

/**
 * store_rows_new:
 * @names: (array zero-terminated=1): titles of the columns, without those of id and outcome
 *
 * Returns: (transfer full): an empty table
 */
StoreRows *
store_rows_new (const char *const *names)
{
  StoreRows *self = g_new0 (StoreRows, 1);

  g_atomic_ref_count_init (&self->refs);
  self->n_columns = g_strv_length ((char **) names);
  self->columns = g_new0 (StoreRowsColumn, self->n_columns);
  self->texts = g_string_chunk_new (4096);
  self->cells = g_ptr_array_new ();
  self->ids = g_ptr_array_new ();
  for (guint j = 0; j < self->n_columns; j++)
    self->columns[j].name = g_strdup (names[j]);
  return self;
}

StoreRows *
store_rows_ref (StoreRows *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
store_rows_unref (StoreRows *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  for (guint j = 0; j < self->n_columns; j++)
    column_clear (&self->columns[j]);
  column_clear (&self->labels);
  g_free (self->columns);
  g_clear_pointer (&self->cells, g_ptr_array_unref);
  g_ptr_array_unref (self->ids);
  g_string_chunk_free (self->texts);
  g_clear_pointer (&self->whole, store_rows_unref);
  g_free (self);
}

static char *
keep (StoreRows  *self,
      const char *text)
{
  g_autofree char *trimmed = text != NULL ? g_strstrip (g_strdup (text)) : NULL;

  if (trimmed == NULL || *trimmed == '\0' || g_strv_contains (empty_words, trimmed))
    return NULL;
  return g_string_chunk_insert_const (self->texts, trimmed);
}

/**
 * store_rows_add:
 * @self: a table that is not finished
 * @id: (nullable): names the row
 * @label: (nullable): the outcome, if it is known
 * @cells: as many texts as there are columns; %NULL or "" for nothing
 *
 * Texts are copied.
 */
void
store_rows_add (StoreRows         *self,
                const char        *id,
                const char        *label,
                const char *const *cells)
{
  g_return_if_fail (self != NULL && self->cells != NULL);

  g_ptr_array_add (self->ids, keep (self, id));
  g_ptr_array_add (self->cells, keep (self, label));
  for (guint j = 0; j < self->n_columns; j++)
    g_ptr_array_add (self->cells, keep (self, cells[j]));
  self->n++;
}

typedef struct
{
  const char *id;
  const char *const *cells;
  guint n_cells;
  guint row;
} Place;

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const Place *left = a;
  const Place *right = b;
  int order = g_strcmp0 (left->id, right->id);

  for (guint j = 0; order == 0 && j < left->n_cells; j++)
    order = g_strcmp0 (left->cells[j], right->cells[j]);
  return order;
}

/* Rows without an id are called by their place in the input. */
static Place *
sort_rows (StoreRows *self)
{
  guint width = self->n_columns + 1;
  Place *places = g_new (Place, self->n);

  for (guint i = 0; i < self->n; i++)
    places[i] = (Place) { g_ptr_array_index (self->ids, i),
                          (const char *const *) self->cells->pdata + (gsize) i * width, width, i };
  if (self->n > 1)
    qsort (places, self->n, sizeof *places, compare_places);
  for (guint i = 0; i < self->n; i++)
    {
      char number[16];

      g_snprintf (number, sizeof number, "%u", places[i].row + 1);
      self->ids->pdata[i] = places[i].id != NULL
                              ? (char *) places[i].id
                              : g_string_chunk_insert_const (self->texts, number);
    }
  return places;
}

static void
take_column (StoreRows       *self,
             StoreRowsColumn *column,
             const Place     *places,
             guint            cell)
{
  column->texts = g_new (const char *, MAX (self->n, 1));
  for (guint i = 0; i < self->n; i++)
    column->texts[i] = places[i].cells[cell];
}

/**
 * store_rows_finish:
 * @self: a table
 *
 * Sorts the rows and settles what each column holds. Outcomes stay texts; see
 * store_rows_get_labels().
 */
void
store_rows_finish (StoreRows *self)
{
  g_autofree Place *places = NULL;

  g_return_if_fail (self != NULL && self->cells != NULL);

  places = sort_rows (self);
  take_column (self, &self->labels, places, 0);
  for (guint j = 0; j < self->n_columns; j++)
    {
      take_column (self, &self->columns[j], places, j + 1);
      store_rows_column_settle (&self->columns[j], self->n);
    }
  g_clear_pointer (&self->cells, g_ptr_array_unref);
}

/**
 * store_rows_new_numbers:
 * @names: (array zero-terminated=1): titles of the columns
 * @ids: (array length=n): names of the rows, in the order of their bytes
 * @x: @n times as many numbers as there are columns, row by row
 * @labels: (nullable): outcomes
 * @n: number of rows
 *
 * Returns: (transfer full): a finished table of numbers that are in memory already
 */
StoreRows *
store_rows_new_numbers (const char *const *names,
                        const char *const *ids,
                        const double      *x,
                        const double      *labels,
                        guint              n)
{
  StoreRows *self = store_rows_new (names);

  self->n = n;
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (self->ids, g_string_chunk_insert (self->texts, ids[i]));
  for (guint j = 0; j < self->n_columns; j++)
    {
      self->columns[j].numbers = g_new (double, MAX (n, 1));
      for (guint i = 0; i < n; i++)
        self->columns[j].numbers[i] = x[(gsize) i * self->n_columns + j];
    }
  if (labels != NULL)
    self->labels.numbers = g_memdup2 (labels, n * sizeof *labels);
  g_clear_pointer (&self->cells, g_ptr_array_unref);
  return self;
}

static void
take_some (StoreRowsColumn       *column,
           const StoreRowsColumn *whole,
           const guint           *rows,
           guint                  n)
{
  if (whole->numbers != NULL)
    column->numbers = g_new (double, MAX (n, 1));
  if (whole->texts != NULL)
    column->texts = g_new (const char *, MAX (n, 1));
  for (guint i = 0; i < n && whole->numbers != NULL; i++)
    column->numbers[i] = whole->numbers[rows[i]];
  for (guint i = 0; i < n && whole->texts != NULL; i++)
    column->texts[i] = whole->texts[rows[i]];
}

/**
 * store_rows_new_part:
 * @self: a finished table
 * @is_in: for each row whether it is wanted
 * @wanted: the value of @is_in that is
 *
 * Returns: (transfer full): a finished table of these rows alone, with the columns as they are
 */
StoreRows *
store_rows_new_part (StoreRows      *self,
                     const gboolean *is_in,
                     gboolean        wanted)
{
  g_auto (GStrv) names = g_new0 (char *, self->n_columns + 1);
  g_autofree guint *rows = g_new (guint, self->n + 1);
  StoreRows *part;

  for (guint j = 0; j < self->n_columns; j++)
    names[j] = g_strdup (self->columns[j].name);
  part = store_rows_new ((const char *const *) names);
  part->whole = store_rows_ref (self);
  for (guint i = 0; i < self->n; i++)
    if (is_in[i] == wanted)
      {
        rows[part->n++] = i;
        g_ptr_array_add (part->ids, g_ptr_array_index (self->ids, i));
      }
  for (guint j = 0; j < self->n_columns; j++)
    take_some (&part->columns[j], &self->columns[j], rows, part->n);
  take_some (&part->labels, &self->labels, rows, part->n);
  g_clear_pointer (&part->cells, g_ptr_array_unref);
  return part;
}

guint
store_rows_get_n (const StoreRows *self)
{
  return self->n;
}

guint
store_rows_get_n_columns (const StoreRows *self)
{
  return self->n_columns;
}

const StoreRowsColumn *
store_rows_get_column (const StoreRows *self,
                       guint            column)
{
  g_return_val_if_fail (column < self->n_columns, NULL);

  return &self->columns[column];
}

const StoreRowsColumn *
store_rows_find_column (const StoreRows *self,
                        const char      *name)
{
  for (guint j = 0; j < self->n_columns; j++)
    if (g_str_equal (self->columns[j].name, name))
      return &self->columns[j];
  return NULL;
}

/**
 * store_rows_get_labels:
 * @self: a finished table
 *
 * Returns: (transfer none): the outcomes: texts, or numbers from store_rows_new_numbers()
 */
const StoreRowsColumn *
store_rows_get_labels (const StoreRows *self)
{
  return &self->labels;
}

const char *
store_rows_get_id (const StoreRows *self,
                   guint            row)
{
  g_return_val_if_fail (row < self->n, NULL);

  return g_ptr_array_index (self->ids, row);
}

/**
 * store_rows_dup_cell:
 * @self: a finished table
 * @column: title of a column that is there
 * @row: a row
 *
 * Returns: (transfer full) (nullable): what stands there, as a person writes it
 */
char *
store_rows_dup_cell (const StoreRows *self,
                     const char      *column,
                     guint            row)
{
  const StoreRowsColumn *found = store_rows_find_column (self, column);

  g_return_val_if_fail (found != NULL && row < self->n, NULL);

  if (found->numbers == NULL)
    return g_strdup (found->texts[row]);
  return isfinite (found->numbers[row]) ? store_figure_words_dup_cell (found->numbers[row]) : NULL;
}

gboolean
store_rows_find (const StoreRows *self,
                 const char      *id,
                 guint           *row)
{
  for (guint i = 0; i < self->n; i++)
    if (g_str_equal (g_ptr_array_index (self->ids, i), id))
      {
        *row = i;
        return TRUE;
      }
  return FALSE;
}
