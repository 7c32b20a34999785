/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A straight line over the columns of a table, by QR (store-linear-regression.c). Columns that
 * follow from those before them are found by folding all rows into one triangle (store-tall-qr.c)
 * and left out. The interval of a single value is the line's plus that of the residuals:
 * t sigma sqrt (1 + x (X'X)^-1 x). */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

#include "store-demand-private.h"
#include "store-error.h"
#include "store-hold-back.h"
#include "store-tall-qr.h"

#define NOTHING_NEW 1e-9
#define HELD_BACK 0.25
#define STREAM G_GUINT64_CONSTANT (0x64656d616e64)
#define ROWS_A_COLUMN 3
#define LEAST_ROWS 12
#define UPPER_TENTH 0.9

/* Squares of larger ones have no end. */
#define LARGEST 1e100

static void
say (StoreDemand *self,
     char        *sentence)
{
  g_strv_builder_add (self->said, sentence);
  g_free (sentence);
}

/* From the scale of the line to the outcomes' own. */
double
store_demand_to_own (const StoreDemand *self,
                     double             value)
{
  return self->options.in_logs ? expm1 (value) : value;
}

static double
to_line (const StoreDemand *self,
         double             value)
{
  return self->options.in_logs ? log1p (value) : value;
}

static gboolean
read_number (const char *text,
             double     *number)
{
  char *end;

  *number = g_ascii_strtod (text, &end);
  return *end == '\0' && isfinite (*number);
}

/* What there was in each row, NAN where it is not known. */
double *
store_demand_read_y (const StoreRows  *rows,
                     GError          **error)
{
  const StoreRowsColumn *labels = store_rows_get_labels (rows);
  guint n = store_rows_get_n (rows);
  g_autofree double *y = g_new (double, n + 1);

  for (guint i = 0; i < n; i++)
    {
      y[i] = labels->numbers != NULL ? labels->numbers[i] : NAN;
      if (labels->texts == NULL || labels->texts[i] == NULL || read_number (labels->texts[i], &y[i]))
        continue;
      g_set_error (error, STORE_ERROR, STORE_ERROR_INVALID,
                   _("“%s” is no number. What is to be foretold must be one in every row."),
                   labels->texts[i]);
      return NULL;
    }
  return g_steal_pointer (&y);
}

StoreDemand *
store_demand_alloc (StoreRows                *rows,
                    const StoreDemandOptions *options)
{
  StoreDemand *self = g_new0 (StoreDemand, 1);

  self->options = *options;
  self->rows = store_rows_ref (rows);
  self->said = g_strv_builder_new ();
  return self;
}

/* The triangle of the constant, the columns of @used and y over the rows that are learnt. */
static double *
fold_rows (const StoreDemand *self,
           const gboolean    *is_learnt)
{
  guint width = self->n_used + 2;
  double *triangle = g_new0 (double, (gsize) width * width);
  g_autofree double *row = g_new (double, width);

  for (guint i = 0; i < store_rows_get_n (self->rows); i++)
    {
      if (!is_learnt[i])
        continue;
      row[0] = 1.0;
      for (guint k = 0; k < self->n_used; k++)
        row[k + 1] = self->z[(gsize) i * self->encoding->p + self->used[k]];
      row[width - 1] = to_line (self, self->y[i]);
      store_tall_qr_fold (triangle, width, row, 1);
    }
  return triangle;
}

/* Leaves out one column that follows from those before it. */
static gboolean
drop_one (StoreDemand  *self,
          const double *triangle)
{
  guint width = self->n_used + 2;

  for (guint k = 0; k < self->n_used; k++)
    {
      double squares = 0.0;

      for (guint i = 0; i <= k + 1; i++)
        squares += triangle[i * width + k + 1] * triangle[i * width + k + 1];
      if (fabs (triangle[(k + 1) * width + k + 1]) > NOTHING_NEW * sqrt (squares))
        continue;
      memmove (self->used + k, self->used + k + 1, (self->n_used - k - 1) * sizeof *self->used);
      self->n_used--;
      return TRUE;
    }
  return FALSE;
}

static void
choose_columns (StoreDemand    *self,
                const gboolean *is_learnt)
{
  g_autofree double *triangle = NULL;

  g_free (self->used);
  self->used = g_new (guint, self->encoding->p + 1);
  self->n_used = self->encoding->p;
  for (guint j = 0; j < self->n_used; j++)
    self->used[j] = j;
  do
    {
      g_free (triangle);
      triangle = fold_rows (self, is_learnt);
    }
  while (drop_one (self, triangle));
  g_free (self->inverse);
  self->inverse = store_tall_qr_invert (triangle, self->n_used + 2);
}

static gboolean
fit_rows (StoreDemand     *self,
          const gboolean  *is_learnt,
          GError         **error)
{
  guint n = store_rows_get_n (self->rows);
  g_autofree double *x = NULL;
  g_autofree double *y = g_new (double, n + 1);
  guint n_learnt = 0;

  choose_columns (self, is_learnt);
  x = g_new (double, (gsize) n * self->n_used + 1);
  for (guint i = 0; i < n; i++)
    {
      if (!is_learnt[i])
        continue;
      for (guint k = 0; k < self->n_used; k++)
        x[(gsize) n_learnt * self->n_used + k] =
          self->z[(gsize) i * self->encoding->p + self->used[k]];
      y[n_learnt++] = to_line (self, self->y[i]);
    }
  g_clear_pointer (&self->fit, store_linear_regression_free);
  if (self->n_used > 0)
    self->fit = store_linear_regression_new (x, y, n_learnt, self->n_used, error);
  else
    g_set_error_literal (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA,
                         _("No column is left that could tell one row from another."));
  return self->fit != NULL;
}

static double
expect (const StoreDemand *self,
        guint              row,
        double            *x)
{
  for (guint k = 0; k < self->n_used; k++)
    x[k] = self->z[(gsize) row * self->encoding->p + self->used[k]];
  return store_linear_regression_predict (self->fit, x);
}

/* x (X'X)^-1 x, with the constant in front. */
static double
get_leverage (const StoreDemand *self,
              const double      *x)
{
  guint n = self->n_used + 1;
  double sum = 0.0;

  for (guint column = 0; column < n; column++)
    {
      double part = self->inverse[column];

      for (guint k = 0; k < self->n_used; k++)
        part += x[k] * self->inverse[(k + 1) * n + column];
      sum += part * part;
    }
  return sum;
}

/* Fills what is expected of every row, from the encoding and the line. */
gboolean
store_demand_score (StoreDemand  *self,
                    GError      **error)
{
  guint n = store_rows_get_n (self->rows);
  double spare = self->fit->n - self->fit->p - 1.0;
  double t = spare > 0.0 ? gsl_cdf_tdist_Pinv (UPPER_TENTH, spare) : NAN;
  g_autofree double *x = g_new (double, self->n_used + 1);

  self->expected = g_new (double, n + 1);
  self->low = g_new (double, n + 1);
  self->high = g_new (double, n + 1);
  for (guint i = 0; i < n; i++)
    {
      double middle = expect (self, i, x);
      double half = t * self->fit->sigma * sqrt (1.0 + get_leverage (self, x));

      self->expected[i] = store_demand_to_own (self, middle);
      self->low[i] = store_demand_to_own (self, middle - half);
      self->high[i] = store_demand_to_own (self, middle + half);
    }
  self->notes = g_strv_builder_end (self->said);
  return TRUE;
}

static guint
count_known (const StoreDemand *self)
{
  guint n_known = 0;

  for (guint i = 0; i < store_rows_get_n (self->rows); i++)
    n_known += isfinite (self->y[i]) != 0;
  return n_known;
}

static gboolean
has_larger (const StoreDemand *self)
{
  for (guint i = 0; i < store_rows_get_n (self->rows); i++)
    if (fabs (self->y[i]) > LARGEST)
      return TRUE;
  return FALSE;
}

/* Marks the rows to learn from when a quarter is held back: the last, or some drawn by chance. */
static gboolean *
choose_learnt (const StoreDemand *self,
               guint              n_known)
{
  guint n = store_rows_get_n (self->rows);
  gboolean *is_learnt = g_new0 (gboolean, n + 1);
  g_autofree double *kinds = g_new (double, n + 1);
  g_autofree gboolean *is_held = NULL;
  guint seen = 0;

  for (guint i = 0; i < n; i++)
    kinds[i] = isfinite (self->y[i]) ? 0.0 : NAN;
  is_held = store_hold_back (kinds, n, HELD_BACK, self->options.seed, STREAM);
  for (guint i = 0; i < n; i++)
    {
      if (isnan (kinds[i]))
        continue;
      is_learnt[i] = self->options.by_time ? seen < (guint) ((1.0 - HELD_BACK) * n_known)
                                           : !is_held[i];
      seen++;
    }
  return is_learnt;
}

static double
get_mean (const StoreDemand *self,
          const gboolean    *is_learnt)
{
  double sum = 0.0;
  guint n = 0;

  for (guint i = 0; i < store_rows_get_n (self->rows); i++)
    if (is_learnt[i])
      {
        sum += self->y[i];
        n++;
      }
  return sum / n;
}

static void
measure (StoreDemand    *self,
         const gboolean *is_learnt)
{
  const StoreRowsColumn *naive = self->options.naive != NULL
                                   ? store_rows_find_column (self->rows, self->options.naive)
                                   : NULL;
  double mean = get_mean (self, is_learnt);
  g_autofree double *x = g_new (double, self->n_used + 1);
  StoreDemandErrors *errors = &self->errors;

  for (guint i = 0; i < store_rows_get_n (self->rows); i++)
    {
      double rest;
      double naive_rest;

      if (is_learnt[i] || !isfinite (self->y[i]))
        continue;
      rest = self->y[i] - store_demand_to_own (self, expect (self, i, x));
      naive_rest = self->y[i] - (naive != NULL && naive->numbers != NULL
                                   ? store_demand_to_own (self, naive->numbers[i]) : mean);
      errors->n++;
      errors->mae += fabs (rest);
      errors->rmse += rest * rest;
      errors->naive_mae += fabs (naive_rest);
      errors->naive_rmse += naive_rest * naive_rest;
    }
  errors->mae /= errors->n;
  errors->rmse = sqrt (errors->rmse / errors->n);
  errors->naive_mae /= errors->n;
  errors->naive_rmse = sqrt (errors->naive_rmse / errors->n);
  self->helps = errors->mae < errors->naive_mae;
}

static gboolean
learn (StoreDemand  *self,
       guint         n_known,
       GError      **error)
{
  guint n = store_rows_get_n (self->rows);
  g_autofree gboolean *some = choose_learnt (self, n_known);
  g_autofree gboolean *all = g_new0 (gboolean, n + 1);

  for (guint i = 0; i < n; i++)
    all[i] = isfinite (self->y[i]) != 0;
  if (!fit_rows (self, some, error))
    return FALSE;
  measure (self, some);
  if (!fit_rows (self, all, error))
    return FALSE;
  if (self->n_used < self->encoding->p)
    say (self, g_strdup (_("Columns that follow from others are left out.")));
  if (!self->helps)
    say (self, g_strdup (_("On the rows held back the simple rule did as well. Take the numbers as "
                           "a hint only.")));
  return store_demand_score (self, error);
}

/**
 * store_demand_new:
 * @rows: finished rows; outcomes are what was sold, and a row without one is foretold
 * @options: what to compute
 * @error: return location
 *
 * Too little data is an answer with @enough unset.
 *
 * Returns: (transfer full): the result, or %NULL with %STORE_ERROR_INVALID (an outcome is no number)
 */
StoreDemand *
store_demand_new (StoreRows                 *rows,
                  const StoreDemandOptions  *options,
                  GError                   **error)
{
  g_autoptr (StoreDemand) self = NULL;
  g_autoptr (GError) failure = NULL;
  guint n_known;
  guint n_needed;

  g_return_val_if_fail (rows != NULL && options != NULL, NULL);

  self = store_demand_alloc (rows, options);
  self->y = store_demand_read_y (rows, error);
  if (self->y == NULL)
    return NULL;
  self->encoding = store_encoding_new (rows, options->leave_out, self->said);
  self->z = store_encoding_apply (self->encoding, rows, self->said, error);
  if (self->z == NULL)
    return NULL;
  n_known = count_known (self);
  n_needed = MAX (LEAST_ROWS, ROWS_A_COLUMN * (self->encoding->p + 1));
  if (n_known < n_needed)
    say (self, g_strdup_printf (_("For these columns at least %u rows with known values are needed; "
                                  "there are %u."), n_needed, n_known));
  else if (has_larger (self))
    say (self, g_strdup (_("What is to be foretold holds a number that is too large to be true. "
                           "Correct it, or leave out its row.")));
  else
    self->enough = learn (self, n_known, &failure);
  if (failure != NULL)
    say (self, g_strdup (failure->message));
  if (self->notes == NULL)
    self->notes = g_strv_builder_end (self->said);
  return g_steal_pointer (&self);
}

void
store_demand_free (StoreDemand *self)
{
  if (self == NULL)
    return;
  g_strfreev (self->notes);
  store_rows_unref (self->rows);
  store_encoding_free (self->encoding);
  store_linear_regression_free (self->fit);
  g_free (self->z);
  g_free (self->used);
  g_free (self->inverse);
  g_free (self->y);
  g_free (self->expected);
  g_free (self->low);
  g_free (self->high);
  g_clear_pointer (&self->said, g_strv_builder_unref);
  g_free (self);
}
