/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A random forest (Breiman 2001): trees grown to the end, each from its own rows drawn with
 * repetition and with few columns to choose from at each node; the score is the mean of their
 * shares. A tree is a block of work and draws by its own number, so threads change nothing.
 *
 * How many rows a leaf holds at least is tried on a few trees for each size: the rows that a tree did
 * not draw are foretold by it (Breiman 2001, section 3.1). Of the sizes the largest is taken that is
 * worse than the best by no more than a standard error (Breiman et al. 1984, section 3.4.3), here of
 * the difference, row by row. Of very many rows it is a share of them. */

#include "config.h"

#include <math.h>

#include "store-counter-random.h"
#include "store-forest.h"
#include "store-parallel.h"

#define MANY_ROWS 10000
#define ROWS_A_LEAF 2000
#define USUAL_LEAF 40
#define TRIAL_TREES 100
#define SMALLEST_LEAF 8u
#define MOST_SIZES 6
#define LEAVES_A_SAMPLE 10
#define LEAST_SHARE 0.001
#define DEEPEST 60
#define STREAM_OF_ROWS G_GUINT64_CONSTANT (0x726f7773)

typedef struct
{
  const StoreTreeBins *bins;
  const guint8 *y;
  const StoreForestOptions *options;
  StoreTreeGrowth growth;
  StoreTree *trees;
} Planting;

static guint32
draw_row (guint64 seed,
          guint   tree,
          guint   draw,
          guint   n)
{
  guint64 bits = store_counter_random_bits (seed, STREAM_OF_ROWS + tree, draw);

  return (guint32) ((bits >> 32) * n >> 32);
}

static void
grow_one (guint    block,
          gpointer data)
{
  const Planting *self = data;
  guint n = self->bins->n;
  g_autofree guint32 *rows = g_new (guint32, n);
  StoreTreeGrowth growth = self->growth;

  for (guint i = 0; i < n; i++)
    rows[i] = draw_row (self->options->seed, block, i, n);
  growth.stream = block;
  store_tree_grow (&self->trees[block], self->bins, self->y, rows, n, &growth);
}

static gboolean
grow (Planting      *self,
      StoreForest   *forest,
      guint          n_trees,
      GCancellable  *cancellable,
      GError       **error)
{
  forest->n_trees = n_trees;
  forest->trees = self->trees = g_new0 (StoreTree, n_trees);
  return store_parallel_run (n_trees, grow_one, self, cancellable, error);
}

static void
score_not_drawn (const Planting *self,
                 guint           tree,
                 const double   *x,
                 double         *sums,
                 guint          *counts)
{
  guint n = self->bins->n;
  g_autofree guint8 *drawn = g_new0 (guint8, n);

  for (guint i = 0; i < n; i++)
    drawn[draw_row (self->options->seed, tree, i, n)] = 1;
  for (guint i = 0; i < n; i++)
    if (!drawn[i])
      {
        sums[i] += store_tree_score (&self->trees[tree], x + (gsize) i * self->bins->p);
        counts[i]++;
      }
}

/* How unlikely the outcome of each row is to the trees that did not draw it. */
static void
find_losses (const Planting    *self,
             const StoreForest *forest,
             const double      *x,
             double            *losses)
{
  guint n = self->bins->n;
  g_autofree double *sums = g_new0 (double, n);
  g_autofree guint *counts = g_new0 (guint, n);

  for (guint tree = 0; tree < forest->n_trees; tree++)
    score_not_drawn (self, tree, x, sums, counts);
  for (guint i = 0; i < n; i++)
    {
      double share = CLAMP (sums[i] / MAX (counts[i], 1), LEAST_SHARE, 1.0 - LEAST_SHARE);

      losses[i] = counts[i] > 0 ? -log (self->y[i] ? share : 1.0 - share) : 0.0;
    }
}

static gboolean
try_leaf (Planting      *self,
          const double  *x,
          guint          leaf,
          double        *losses,
          GCancellable  *cancellable,
          GError       **error)
{
  g_autoptr (StoreForest) trial = g_new0 (StoreForest, 1);

  self->growth.min_leaf = leaf;
  if (!grow (self, trial, MIN (TRIAL_TREES, self->options->n_trees), cancellable, error))
    return FALSE;
  find_losses (self, trial, x, losses);
  return TRUE;
}

/* Whether the losses are greater by more than a standard error of the difference. */
static gboolean
is_worse (const double *losses,
          const double *least,
          guint         n)
{
  double sum = 0.0;
  double sum_of_squares = 0.0;

  for (guint i = 0; i < n; i++)
    {
      double difference = losses[i] - least[i];

      sum += difference;
      sum_of_squares += difference * difference;
    }
  return sum > sqrt (MAX (sum_of_squares - sum * sum / n, 0.0));
}

static double
add_up (const double *losses,
        guint         n)
{
  double sum = 0.0;

  for (guint i = 0; i < n; i++)
    sum += losses[i];
  return sum;
}

/* The largest size that is not worse than the best. */
static guint
pick_size (const double *losses,
           guint         n_sizes,
           guint         n)
{
  guint best = 0;
  guint picked = n_sizes - 1;

  for (guint k = 1; k < n_sizes; k++)
    if (add_up (losses + (gsize) k * n, n) < add_up (losses + (gsize) best * n, n))
      best = k;
  while (picked > best && is_worse (losses + (gsize) picked * n, losses + (gsize) best * n, n))
    picked--;
  return picked;
}

static gboolean
choose_leaf (Planting      *self,
             const double  *x,
             GCancellable  *cancellable,
             GError       **error)
{
  guint n = self->bins->n;
  guint n_sizes = 1;
  g_autofree double *losses = NULL;

  if (n > MANY_ROWS)
    {
      self->growth.min_leaf = MAX (USUAL_LEAF, n / ROWS_A_LEAF);
      return TRUE;
    }
  while (n_sizes < MOST_SIZES && SMALLEST_LEAF << n_sizes <= n / LEAVES_A_SAMPLE)
    n_sizes++;
  losses = g_new (double, (gsize) n * n_sizes);
  for (guint k = 0; k < n_sizes; k++)
    if (!try_leaf (self, x, SMALLEST_LEAF << k, losses + (gsize) k * n, cancellable, error))
      return FALSE;
  self->growth.min_leaf = SMALLEST_LEAF << pick_size (losses, n_sizes, n);
  return TRUE;
}

/**
 * store_forest_new:
 * @x: @n times @p numbers, row by row
 * @y: outcomes, 0 or 1
 * @n: number of rows, at least 1
 * @p: number of columns
 * @options: how to grow
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * The bits do not depend on the number of threads. Slow for many rows.
 *
 * Returns: (transfer full): the forest, or %NULL with %G_IO_ERROR_CANCELLED
 */
StoreForest *
store_forest_new (const double              *x,
                  const double              *y,
                  guint                      n,
                  guint                      p,
                  const StoreForestOptions  *options,
                  GCancellable              *cancellable,
                  GError                   **error)
{
  g_autoptr (StoreForest) self = g_new0 (StoreForest, 1);
  g_autoptr (StoreTreeBins) bins = store_tree_bins_new (x, n, p);
  g_autofree guint8 *outcomes = g_new (guint8, n);
  Planting planting = { bins, outcomes, options };

  for (guint i = 0; i < n; i++)
    outcomes[i] = y[i] > 0.5;
  planting.growth = (StoreTreeGrowth) {
    .columns_a_node = options->columns_a_node > 0 ? options->columns_a_node
                                                  : MAX (1, (guint) sqrt (p)),
    .min_leaf = options->min_leaf,
    .max_depth = DEEPEST,
    .seed = options->seed,
  };
  if (options->min_leaf == 0 && !choose_leaf (&planting, x, cancellable, error))
    return NULL;
  if (!grow (&planting, self, options->n_trees, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
store_forest_free (StoreForest *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n_trees; i++)
    store_tree_clear (&self->trees[i]);
  g_free (self->trees);
  g_free (self);
}

/**
 * store_forest_find_importances:
 * @self: a forest
 * @x: the @n times @p numbers that it was grown from
 * @n: number of rows
 * @p: number of columns
 *
 * Returns: (transfer full): how much of what the questions lower Gini's impurity is due to each
 *   column, the mean over the trees; in all 1
 */
double *
store_forest_find_importances (const StoreForest *self,
                               const double      *x,
                               guint              n,
                               guint              p)
{
  double *importances = g_new0 (double, p + 1);

  for (guint i = 0; i < self->n_trees; i++)
    {
      g_autofree guint *counts = store_tree_count (&self->trees[i], x, n, p);

      store_tree_add_importances (&self->trees[i], counts, 1.0 / self->n_trees, importances);
    }
  return importances;
}

/**
 * store_forest_score:
 * @self: a forest
 * @x: a row
 *
 * Returns: the probability of "yes"
 */
double
store_forest_score (const StoreForest *self,
                    const double      *x)
{
  double sum = 0.0;

  for (guint i = 0; i < self->n_trees; i++)
    sum += store_tree_score (&self->trees[i], x);
  return sum / self->n_trees;
}

/**
 * store_forest_contribute:
 * @self: a forest
 * @x: a row
 * @contributions: (inout): a number a column, to which is added what it changed
 */
void
store_forest_contribute (const StoreForest *self,
                         const double      *x,
                         double            *contributions)
{
  for (guint i = 0; i < self->n_trees; i++)
    store_tree_contribute (&self->trees[i], x, 1.0 / self->n_trees, contributions);
}
