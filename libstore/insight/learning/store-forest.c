/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A random forest (Breiman 2001): trees grown to the end, each from its own rows drawn with
 * repetition and with few columns to choose from at each node; the score is the mean of their
 * shares. A tree is a block of work and draws by its own number, so threads change nothing. */

#include "config.h"

#include <math.h>

#include "store-counter-random.h"
#include "store-forest.h"
#include "store-parallel.h"

#define ROWS_A_LEAF 2000
#define LEAST_LEAF 5
#define LARGEST_SHARE 40
#define USUAL_LEAF 40
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

static void
grow_one (guint    block,
          gpointer data)
{
  const Planting *self = data;
  guint n = self->bins->n;
  g_autofree guint32 *rows = g_new (guint32, n);
  StoreTreeGrowth growth = self->growth;

  for (guint i = 0; i < n; i++)
    {
      guint64 bits = store_counter_random_bits (self->options->seed, STREAM_OF_ROWS + block, i);

      rows[i] = (guint32) ((bits >> 32) * n >> 32);
    }
  growth.stream = block;
  store_tree_grow (&self->trees[block], self->bins, self->y, rows, n, &growth);
}

/* One in forty of few rows, forty of more, one in two thousand of very many. */
static guint
choose_leaf (guint n)
{
  return MAX (CLAMP (n / LARGEST_SHARE, LEAST_LEAF, USUAL_LEAF), n / ROWS_A_LEAF);
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
  self->n_trees = options->n_trees;
  self->trees = g_new0 (StoreTree, options->n_trees);
  planting.trees = self->trees;
  planting.growth = (StoreTreeGrowth) {
    .columns_a_node = options->columns_a_node > 0 ? options->columns_a_node
                                                  : MAX (1, (guint) sqrt (p)),
    .min_leaf = options->min_leaf > 0 ? options->min_leaf : choose_leaf (n),
    .max_depth = DEEPEST,
    .seed = options->seed,
  };
  if (!store_parallel_run (options->n_trees, grow_one, &planting, cancellable, error))
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
