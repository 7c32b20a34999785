/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which columns of a table tell one row from another, and what they may hold: of words the sixty
 * most frequent, of numbers what stands for an empty cell. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "store-encoding-private.h"

#define MOST_LEVELS 60

typedef struct
{
  const char *text;
  guint count;
} Level;

static int
compare_by_text (gconstpointer a,
                 gconstpointer b)
{
  return strcmp (((const Level *) a)->text, ((const Level *) b)->text);
}

static int
compare_by_count (gconstpointer a,
                  gconstpointer b)
{
  const Level *left = a;
  const Level *right = b;

  if (left->count != right->count)
    return left->count > right->count ? -1 : 1;
  return strcmp (left->text, right->text);
}

static GArray *
count_levels (const StoreRowsColumn *column,
              guint                  n,
              guint                 *n_empty)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  GArray *levels = g_array_new (FALSE, FALSE, sizeof (Level));
  GHashTableIter iter;
  gpointer text;
  gpointer count;

  *n_empty = 0;
  for (guint i = 0; i < n; i++)
    if (column->texts[i] == NULL)
      ++*n_empty;
    else
      g_hash_table_insert (counts, (gpointer) column->texts[i],
                           GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (
                             counts, column->texts[i])) + 1));
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &text, &count))
    {
      Level level = { text, GPOINTER_TO_UINT (count) };

      g_array_append_val (levels, level);
    }
  g_array_sort (levels, compare_by_count);
  return levels;
}

static char **
take_levels (GArray   *levels,
             gboolean  has_empty)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  guint n_kept = MIN (levels->len, MOST_LEVELS);

  qsort (levels->data, n_kept, sizeof (Level), compare_by_text);
  for (guint i = 0; i < n_kept; i++)
    g_strv_builder_add (names, g_array_index (levels, Level, i).text);
  if (has_empty)
    g_strv_builder_add (names, STORE_ENCODING_EMPTY);
  if (n_kept < levels->len)
    g_strv_builder_add (names, STORE_ENCODING_OTHER);
  return g_strv_builder_end (names);
}

static void
note_same (GStrvBuilder *notes,
           const char   *name)
{
  store_encoding_say (notes, g_strdup_printf (_("“%s” is the same in every row and is left out."),
                                              name));
}

static gboolean
learn_words (StoreEncodingSource   *source,
             const StoreRowsColumn *column,
             guint                  n,
             GStrvBuilder          *notes)
{
  guint n_empty;
  g_autoptr (GArray) levels = count_levels (column, n, &n_empty);

  if (levels->len + (n_empty > 0) < 2)
    {
      note_same (notes, column->name);
      return FALSE;
    }
  if (levels->len > MOST_LEVELS && levels->len > n / 10)
    {
      store_encoding_say (notes, g_strdup_printf (_("“%s” has a different value in nearly every "
                                                    "row and is left out."), column->name));
      return FALSE;
    }
  if (levels->len > MOST_LEVELS)
    store_encoding_say (notes, g_strdup_printf (_("“%s” has %u different values; the %u most "
                                                  "frequent are told apart, all others count as one."),
                                                column->name, levels->len, MOST_LEVELS));
  source->levels = take_levels (levels, n_empty > 0);
  return TRUE;
}

static gboolean
learn_numbers (StoreEncodingSource   *source,
               const StoreRowsColumn *column,
               guint                  n,
               GStrvBuilder          *notes)
{
  guint n_there = 0;
  double spread = 0.0;

  for (guint i = 0; i < n; i++)
    if (isfinite (column->numbers[i]))
      {
        n_there++;
        source->fill += column->numbers[i] / n_there - source->fill / n_there;
      }
  for (guint i = 0; i < n; i++)
    if (isfinite (column->numbers[i]))
      spread = MAX (spread, fabs (column->numbers[i] - source->fill));
  source->has_empty = n_there < n;
  if (column->n_odd > 0)
    store_encoding_say (notes,
                        g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                                      "In “%s”, %u cell that is no number counts "
                                                      "as empty.",
                                                      "In “%s”, %u cells that are no numbers count "
                                                      "as empty.", column->n_odd),
                                         column->name, column->n_odd));
  if (spread > STORE_ENCODING_ALL_THE_SAME * fabs (source->fill) ||
      (source->has_empty && n_there > 0))
    return TRUE;
  note_same (notes, column->name);
  return FALSE;
}

/* Fills the sources: the columns that can tell one row from another, with what they may hold. */
void
store_encoding_learn (StoreEncoding      *self,
                      const StoreRows    *rows,
                      const char *const  *leave_out,
                      GStrvBuilder       *notes)
{
  for (guint j = 0; j < store_rows_get_n_columns (rows); j++)
    {
      const StoreRowsColumn *column = store_rows_get_column (rows, j);
      StoreEncodingSource source = { NULL };
      gboolean keeps;

      if (leave_out != NULL && g_strv_contains (leave_out, column->name))
        continue;
      keeps = column->numbers != NULL
                ? learn_numbers (&source, column, store_rows_get_n (rows), notes)
                : learn_words (&source, column, store_rows_get_n (rows), notes);
      if (!keeps)
        continue;
      source.name = g_strdup (column->name);
      self->sources[self->n_sources++] = source;
    }
}
