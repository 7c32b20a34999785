/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * StoreRowsColumn:
 * @name: title of the column
 * @numbers: (nullable): its values where it holds numbers, NAN for an empty cell
 * @texts: (nullable): its values where it holds words, %NULL for an empty cell
 * @n_odd: cells of a column of numbers that are none; they count as empty
 *
 * One column; either @numbers or @texts is there.
 */
typedef struct
{
  char *name;
  double *numbers;
  const char **texts;
  guint n_odd;
} StoreRowsColumn;

/**
 * StoreRows:
 *
 * A table to learn from: named columns of numbers or words, and for each row perhaps an id and
 * perhaps the outcome. It is filled with store_rows_add() and closed by store_rows_finish(), which
 * finds out what each column holds and sorts the rows by id (or, without ids, by what is in them),
 * so that any order of input gives the same table. A finished table may be read from any thread.
 */
typedef struct _StoreRows StoreRows;

StoreRows             *store_rows_new           (const char *const     *names);
StoreRows             *store_rows_new_numbers   (const char *const     *names,
                                                 const char *const     *ids,
                                                 const double          *x,
                                                 const double          *labels,
                                                 guint                  n);
StoreRows             *store_rows_new_part      (StoreRows             *self,
                                                 const gboolean        *is_in,
                                                 gboolean               wanted);
StoreRows             *store_rows_ref           (StoreRows             *self);
void                   store_rows_unref         (StoreRows             *self);
void                   store_rows_add           (StoreRows             *self,
                                                 const char            *id,
                                                 const char            *label,
                                                 const char *const     *cells);
void                   store_rows_finish        (StoreRows             *self);

guint                  store_rows_get_n         (const StoreRows       *self);
guint                  store_rows_get_n_columns (const StoreRows       *self);
const StoreRowsColumn *store_rows_get_column    (const StoreRows       *self,
                                                 guint                  column);
const StoreRowsColumn *store_rows_find_column   (const StoreRows       *self,
                                                 const char            *name);
const StoreRowsColumn *store_rows_get_labels    (const StoreRows       *self);
const char            *store_rows_get_id        (const StoreRows       *self,
                                                 guint                  row);
char                  *store_rows_dup_cell      (const StoreRows       *self,
                                                 const char            *column,
                                                 guint                  row);
gboolean               store_rows_find          (const StoreRows       *self,
                                                 const char            *id,
                                                 guint                 *row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreRows, store_rows_unref)

G_END_DECLS
