/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A column of numbers becomes one standardised column, and one more that says "empty" if it has
 * empty cells; a column of words becomes a column of 0 and 1 for each word but the first, and these
 * are standardised too, so that a penalty weighs all alike. What lies further than six standard
 * deviations from the mean counts as if it lay there. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "store-encoding-private.h"
#include "store-error.h"

#define FARTHEST 6.0

static void
source_clear (gpointer data)
{
  StoreEncodingSource *self = data;

  g_free (self->name);
  g_strfreev (self->levels);
}

/* Takes the sentence. */
void
store_encoding_say (GStrvBuilder *notes,
                    char         *sentence)
{
  g_strv_builder_add (notes, sentence);
  g_free (sentence);
}

static guint
count_encoded (const StoreEncodingSource *source)
{
  return source->levels != NULL ? g_strv_length (source->levels) - 1 : 1u + source->has_empty;
}

/* Gives the sources their encoded columns, one after the other. */
void
store_encoding_place (StoreEncoding *self)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint s = 0; s < self->n_sources; s++)
    {
      StoreEncodingSource *source = &self->sources[s];

      source->first = self->p;
      source->n_encoded = count_encoded (source);
      self->p += source->n_encoded;
      for (guint k = 0; k < source->n_encoded; k++)
        {
          const char *level = source->levels != NULL ? source->levels[k + 1] : STORE_ENCODING_EMPTY;
          g_autofree char *name = g_strdup_printf ("%s=%s", source->name, level);

          g_strv_builder_add (names, source->levels != NULL || k > 0 ? name : source->name);
        }
    }
  self->names = g_strv_builder_end (names);
  self->source_of = g_new0 (guint, self->p + 1);
  for (guint s = 0; s < self->n_sources; s++)
    for (guint k = 0; k < self->sources[s].n_encoded; k++)
      self->source_of[self->sources[s].first + k] = s;
  self->means = g_new0 (double, self->p + 1);
  self->sds = g_new0 (double, self->p + 1);
}

static int
find_level (const StoreEncodingSource *source,
            const char                *text)
{
  int other = -1;

  for (guint k = 0; source->levels[k] != NULL; k++)
    if (g_str_equal (source->levels[k], text != NULL ? text : STORE_ENCODING_EMPTY))
      return (int) k;
    else if (text != NULL && g_str_equal (source->levels[k], STORE_ENCODING_OTHER))
      other = (int) k;
  return other;
}

/* Writes the columns of one source; where a cell is unknown, their means. */
static const char *
write_words (const StoreEncoding       *self,
             const StoreEncodingSource *source,
             const StoreRowsColumn     *column,
             guint                      n,
             double                    *x)
{
  const char *unknown = NULL;

  for (guint i = 0; i < n; i++)
    {
      double *row = x + (gsize) i * self->p + source->first;
      int level = find_level (source, column->texts[i]);

      for (guint k = 0; k < source->n_encoded; k++)
        row[k] = level < 0 ? self->means[source->first + k] : level == (int) k + 1;
      if (level < 0)
        unknown = column->texts[i] != NULL ? column->texts[i] : STORE_ENCODING_EMPTY;
    }
  return unknown;
}

static const char *
write_numbers (const StoreEncoding       *self,
               const StoreEncodingSource *source,
               const StoreRowsColumn     *column,
               guint                      n,
               double                    *x)
{
  const char *unknown = NULL;

  for (guint i = 0; i < n; i++)
    {
      double *row = x + (gsize) i * self->p + source->first;
      gboolean is_there = isfinite (column->numbers[i]);

      row[0] = is_there ? column->numbers[i] : source->fill;
      if (source->has_empty)
        row[1] = !is_there;
      else if (!is_there)
        unknown = STORE_ENCODING_EMPTY;
    }
  return unknown;
}

static gboolean
write_sources (const StoreEncoding  *self,
               const StoreRows      *rows,
               double               *x,
               GStrvBuilder         *notes,
               GError              **error)
{
  guint n = store_rows_get_n (rows);

  for (guint s = 0; s < self->n_sources; s++)
    {
      const StoreEncodingSource *source = &self->sources[s];
      const StoreRowsColumn *column = store_rows_find_column (rows, source->name);
      const char *unknown;

      if (column == NULL || (source->levels != NULL) != (column->texts != NULL))
        {
          g_set_error (error, STORE_ERROR, STORE_ERROR_INVALID,
                       column == NULL ? _("There is no column “%s”, which the model needs.")
                       : source->levels != NULL
                         ? _("The column “%s” holds numbers, but the model knows it with words.")
                         : _("The column “%s” holds words, but the model knows it with numbers."),
                       source->name);
          return FALSE;
        }
      unknown = column->texts != NULL ? write_words (self, source, column, n, x)
                                      : write_numbers (self, source, column, n, x);
      if (unknown != NULL)
        store_encoding_say (notes,
                            g_strdup_printf (_("“%s” holds what was not there before, such as "
                                               "“%s”; it counts as the average."),
                                             source->name, unknown));
    }
  return TRUE;
}

/* Squares of numbers beyond 1e154 are none; those are taken as shares of the largest. */
static double
get_sd (const double *x,
        guint         n,
        guint         p,
        double        mean)
{
  double largest = 0.0;
  double squares = 0.0;
  double shares = 0.0;

  for (guint i = 0; i < n; i++)
    {
      double centred = x[(gsize) i * p] - mean;

      squares += centred * centred;
      largest = MAX (largest, fabs (centred));
    }
  if (isfinite (squares))
    return sqrt (squares / n);
  largest = MIN (largest, G_MAXDOUBLE);
  for (guint i = 0; i < n; i++)
    {
      double share = (x[(gsize) i * p] / largest) - (mean / largest);

      shares += share * share;
    }
  return MIN (largest * sqrt (shares / n), G_MAXDOUBLE);
}

static void
take_moments (StoreEncoding *self,
              const double  *x,
              guint          n)
{
  for (guint j = 0; j < self->p; j++)
    {
      for (guint i = 0; i < n; i++)
        self->means[j] += x[(gsize) i * self->p + j] / n;
      self->sds[j] = get_sd (x + j, n, self->p, self->means[j]);
      if (!(self->sds[j] > STORE_ENCODING_ALL_THE_SAME * fabs (self->means[j])))
        self->sds[j] = 1.0;
    }
}

static gboolean
is_measured (const StoreEncoding *self,
             guint                j)
{
  const StoreEncodingSource *source = &self->sources[self->source_of[j]];

  return source->levels == NULL && source->first == j;
}

static guint
standardise (const StoreEncoding *self,
             double              *x,
             guint                n)
{
  guint n_far = 0;

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < self->p; j++)
      {
        double *cell = &x[(gsize) i * self->p + j];

        *cell = (*cell - self->means[j]) / self->sds[j];
        if (fabs (*cell) <= FARTHEST || !is_measured (self, j))
          continue;
        *cell = *cell > 0.0 ? FARTHEST : -FARTHEST;
        n_far++;
      }
  return n_far;
}

/**
 * store_encoding_apply:
 * @self: an encoding
 * @rows: a finished table
 * @notes: for what the person must know
 * @error: return location
 *
 * Returns: (transfer full): a row of @self->p standardised numbers a row of the table, or %NULL
 *   with %STORE_ERROR_INVALID if a column is missing or holds something else
 */
double *
store_encoding_apply (const StoreEncoding  *self,
                      const StoreRows      *rows,
                      GStrvBuilder         *notes,
                      GError              **error)
{
  guint n = store_rows_get_n (rows);
  g_autofree double *x = g_new0 (double, (gsize) n * self->p + 1);
  guint n_far;

  if (!write_sources (self, rows, x, notes, error))
    return NULL;
  n_far = standardise (self, x, n);
  if (n_far > 0)
    store_encoding_say (notes,
                        g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                                      "%u value lies very far from all others and "
                                                      "counts as six standard deviations from the "
                                                      "mean.",
                                                      "%u values lie very far from all others and "
                                                      "count as six standard deviations from the "
                                                      "mean.", n_far),
                                         n_far));
  return g_steal_pointer (&x);
}

/**
 * store_encoding_new:
 * @rows: a finished table
 * @leave_out: (nullable) (array zero-terminated=1): titles of columns that are not used
 * @notes: for what the person must know
 *
 * Returns: (transfer full): how the columns of @rows become numbers; perhaps none can
 */
StoreEncoding *
store_encoding_new (const StoreRows   *rows,
                    const char *const *leave_out,
                    GStrvBuilder      *notes)
{
  g_autoptr (StoreEncoding) self = g_new0 (StoreEncoding, 1);
  guint n = store_rows_get_n (rows);
  g_autoptr (GStrvBuilder) said = g_strv_builder_new ();
  g_autofree double *x = NULL;

  self->sources = g_new0 (StoreEncodingSource, store_rows_get_n_columns (rows) + 1);
  store_encoding_learn (self, rows, leave_out, notes);
  store_encoding_place (self);
  x = g_new0 (double, (gsize) n * self->p + 1);
  write_sources (self, rows, x, said, NULL);
  take_moments (self, x, n);
  return g_steal_pointer (&self);
}

void
store_encoding_free (StoreEncoding *self)
{
  if (self == NULL)
    return;
  for (guint s = 0; s < self->n_sources; s++)
    source_clear (&self->sources[s]);
  g_free (self->sources);
  g_strfreev (self->names);
  g_free (self->source_of);
  g_free (self->means);
  g_free (self->sds);
  g_free (self);
}
