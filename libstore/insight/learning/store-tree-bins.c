/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Values sorted into at most 256 bins a column, so that the best cut of any set of rows is found by
 * counting (as LightGBM does: Ke et al. 2017, section 2.1). A cut lies in the middle between the
 * greatest value of one bin and the least of the next. */

#include "config.h"

#include <stdlib.h>

#include "store-tree.h"

#define MOST_BINS 256

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  double left = *(const double *) a;
  double right = *(const double *) b;

  return (left > right) - (left < right);
}

static guint
count_distinct (const double *sorted,
                guint         n)
{
  guint n_distinct = 1;

  for (guint i = 1; i < n; i++)
    n_distinct += sorted[i] > sorted[i - 1];
  return n_distinct;
}

/* A bin ends where enough rows are in it and the next value is another. */
static guint
find_cuts (const double *sorted,
           guint         n,
           double       *cuts)
{
  gboolean each_value = count_distinct (sorted, n) <= MOST_BINS;
  guint n_cuts = 0;
  guint n_taken = 0;

  for (guint i = 1; i < n && n_cuts < MOST_BINS - 1; i++)
    {
      guint share = (n - n_taken) / (MOST_BINS - n_cuts);

      if (!(sorted[i] > sorted[i - 1]) || (!each_value && i - n_taken < share))
        continue;
      cuts[n_cuts++] = 0.5 * (sorted[i] + sorted[i - 1]);
      n_taken = i;
    }
  return n_cuts;
}

static guint8
find_bin (const double *cuts,
          guint         n_cuts,
          double        value)
{
  guint low = 0;
  guint high = n_cuts;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (value <= cuts[middle])
        high = middle;
      else
        low = middle + 1;
    }
  return (guint8) low;
}

/**
 * store_tree_bins_new:
 * @x: @n times @p numbers, row by row
 * @n: number of rows
 * @p: number of columns
 *
 * Returns: (transfer full): the bins
 */
StoreTreeBins *
store_tree_bins_new (const double *x,
                     guint         n,
                     guint         p)
{
  StoreTreeBins *self = g_new0 (StoreTreeBins, 1);
  g_autofree double *sorted = g_new (double, MAX (n, 1));

  self->n = n;
  self->p = p;
  self->bins = g_new (guint8, (gsize) n * p + 1);
  self->n_bins = g_new0 (guint, p + 1);
  self->cuts = g_new0 (double, (gsize) p * MOST_BINS + 1);
  for (guint j = 0; j < p && n > 0; j++)
    {
      double *cuts = self->cuts + (gsize) j * MOST_BINS;
      guint n_cuts;

      for (guint i = 0; i < n; i++)
        sorted[i] = x[(gsize) i * p + j];
      qsort (sorted, n, sizeof *sorted, compare_numbers);
      n_cuts = find_cuts (sorted, n, cuts);
      self->n_bins[j] = n_cuts + 1;
      for (guint i = 0; i < n; i++)
        self->bins[(gsize) j * n + i] = find_bin (cuts, n_cuts, x[(gsize) i * p + j]);
    }
  return self;
}

void
store_tree_bins_free (StoreTreeBins *self)
{
  if (self == NULL)
    return;
  g_free (self->bins);
  g_free (self->n_bins);
  g_free (self->cuts);
  g_free (self);
}
