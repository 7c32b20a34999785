/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Newton's method for a logistic regression, a pass over the rows a step: each pass folds the
 * weighted rows into a triangle (store-tall-qr.c) and adds up the log-likelihood on the way. */

#include "config.h"

#include <math.h>

#include "store-logit-search.h"
#include "store-parallel.h"
#include "store-tall-qr.h"

#define CHUNK 120
#define MAX_PASSES 60
#define LEAST_WEIGHT 1e-12
#define NOTHING_NEW 1e-9

static guint
get_width (const StoreLogitSearch *self)
{
  return self->p + 2;
}

static guint
get_n_used (const StoreLogitSearch *self)
{
  return (self->n + self->every - 1) / self->every;
}

/* log (1 + exp (x)) */
static double
soft_plus (double x)
{
  return x > 0.0 ? x + log1p (exp (-x)) : log1p (exp (x));
}

/* One row as a weighted row of least squares, into column-by-column storage. */
static double
write_row (const StoreLogitSearch *self,
           guint                   i,
           double                 *rows,
           guint                   n)
{
  const double *x = self->x + (gsize) i * self->every * self->p;
  double y = self->y[(gsize) i * self->every];
  double eta = self->slopes[0];
  double mu;
  double weight;
  double root;

  for (guint j = 0; j < self->p; j++)
    {
      double value = self->is_left_out[j] ? 0.0 : (x[j] - self->means[j]) / self->sds[j];

      eta += self->slopes[j + 1] * value;
      rows[(gsize) (j + 1) * n] = value;
    }
  mu = 1.0 / (1.0 + exp (-eta));
  weight = MAX (mu * (1.0 - mu), LEAST_WEIGHT);
  root = sqrt (weight);
  rows[0] = root;
  for (guint j = 1; j <= self->p; j++)
    rows[(gsize) j * n] *= root;
  rows[(gsize) (self->p + 1) * n] = root * eta + (y - mu) / root;
  return y * eta - soft_plus (eta);
}

static void
fold_block (guint    block,
            gpointer data)
{
  const StoreLogitSearch *self = data;
  guint width = get_width (self);
  guint end = MIN ((block + 1) * STORE_LOGIT_BLOCK, get_n_used (self));
  double *triangle = self->triangles + (gsize) block * width * width;
  g_autofree double *rows = g_new (double, (gsize) width * CHUNK);

  for (guint first = block * STORE_LOGIT_BLOCK; first < end; first += CHUNK)
    {
      guint n = MIN (CHUNK, end - first);

      for (guint i = 0; i < n; i++)
        self->likelihoods[block] += write_row (self, first + i, rows + i, n);
      store_tall_qr_fold (triangle, width, rows, n);
    }
}

static double
get_penalty (const StoreLogitSearch *self)
{
  double squares = 0.0;

  for (guint j = 1; j <= self->p; j++)
    squares += self->slopes[j] * self->slopes[j];
  return 0.5 * self->penalty * squares;
}

/* One pass: the triangle at the present slopes, and the log-likelihood there. */
gboolean
store_logit_search_pass (StoreLogitSearch  *self,
                         double            *triangle,
                         double            *likelihood,
                         GCancellable      *cancellable,
                         GError           **error)
{
  guint width = get_width (self);
  guint n_blocks = STORE_LOGIT_N_BLOCKS (get_n_used (self));
  gsize size = (gsize) width * width;
  g_autofree double *triangles = g_new0 (double, size * n_blocks);
  g_autofree double *likelihoods = g_new0 (double, n_blocks);

  self->triangles = triangles;
  self->likelihoods = likelihoods;
  if (!store_parallel_run (n_blocks, fold_block, self, cancellable, error))
    return FALSE;

  memset (triangle, 0, size * sizeof *triangle);
  for (guint j = 1; j <= self->p && self->penalty > 0.0; j++)
    triangle[j * width + j] = self->is_left_out[j - 1] ? 0.0 : sqrt (self->penalty / self->every);
  *likelihood = -get_penalty (self) / self->every;
  for (guint block = 0; block < n_blocks; block++)
    {
      store_tall_qr_merge (triangle, width, triangles + size * block);
      *likelihood += likelihoods[block];
    }
  return TRUE;
}

/* The largest step relative to the size of what it changes. */
static double
get_step (const double *from,
          const double *to,
          guint         n)
{
  double largest = 0.0;

  for (guint j = 0; j < n; j++)
    largest = MAX (largest, fabs (to[j] - from[j]) / MAX (1.0, fabs (from[j])));
  return largest;
}

static gboolean
is_separated (guint  passes,
              double step,
              double gain,
              double likelihood)
{
  return (passes > 8 && step > 0.01 && gain < 1e-4 * fabs (likelihood) + 1e-6) ||
         likelihood > -1e-6;
}

/* Marks the columns of which the triangle of a pass says that they bring nothing. */
static gboolean
leave_out_columns (StoreLogit   *fit,
                   const double *triangle)
{
  guint width = fit->p + 2;
  gboolean any = FALSE;

  for (guint j = 1; j <= fit->p; j++)
    {
      double squares = 0.0;

      for (guint i = 0; i <= j; i++)
        squares += triangle[i * width + j] * triangle[i * width + j];
      if (!fit->is_left_out[j - 1] && fabs (triangle[j * width + j]) <= NOTHING_NEW * sqrt (squares))
        fit->is_left_out[j - 1] = any = TRUE;
    }
  return any;
}

/* Newton's steps until they are shorter than @last_step; a step too far is halved. */
gboolean
store_logit_search_run (StoreLogitSearch  *self,
                        StoreLogit        *fit,
                        double            *triangle,
                        double             last_step,
                        GCancellable      *cancellable,
                        GError           **error)
{
  guint n = self->p + 1;
  double best = -G_MAXDOUBLE;
  g_autofree double *before = g_new0 (double, n);
  g_autofree double *next = g_new0 (double, n);

  for (guint passes = 1; passes <= MAX_PASSES; passes++)
    {
      double likelihood;
      double step;

      if (!store_logit_search_pass (self, triangle, &likelihood, cancellable, error))
        return FALSE;
      fit->iterations++;
      if (self->penalty <= 0.0 && passes == 1 && leave_out_columns (fit, triangle))
        continue;
      if (likelihood < best - 1e-9 * fabs (best))
        {
          for (guint j = 0; j < n; j++)
            self->slopes[j] = 0.5 * (self->slopes[j] + before[j]);
          continue;
        }
      fit->log_likelihood = likelihood + get_penalty (self) / self->every;
      if (!store_tall_qr_solve (triangle, get_width (self), next))
        break;
      step = get_step (self->slopes, next, n);
      fit->is_separated = self->penalty <= 0.0 &&
                          is_separated (passes, step, likelihood - best, likelihood);
      best = likelihood;
      memcpy (before, self->slopes, n * sizeof *before);
      memcpy (self->slopes, next, n * sizeof *next);
      if (step < last_step || fit->is_separated)
        break;
    }
  return TRUE;
}
