/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A decision tree as a method: grown from three quarters of the rows, priced by the last quarter,
 * then grown from all and pruned at that price. */

#include "config.h"

#include <math.h>

#include "store-classifier-methods.h"
#include "store-counter-random.h"
#include "store-model-body.h"
#include "store-tree.h"

#define LEAST_LEAF 20
#define ROWS_A_LEAF 400
#define DEEPEST 30
#define STREAM G_GUINT64_CONSTANT (0x7072756e65)

static void
model_free (gpointer data)
{
  StoreTree *self = data;

  store_tree_clear (self);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreTree, model_free)

static StoreTree *
grow (const StoreSample *sample)
{
  StoreTree *self = g_new0 (StoreTree, 1);
  g_autoptr (StoreTreeBins) bins = store_tree_bins_new (sample->x, sample->n, sample->p);
  g_autofree guint8 *y = g_new (guint8, sample->n);
  g_autofree guint32 *rows = g_new (guint32, sample->n);
  const StoreTreeGrowth growth = {
    .min_leaf = MAX (LEAST_LEAF, sample->n / ROWS_A_LEAF), .max_depth = DEEPEST,
  };

  for (guint i = 0; i < sample->n; i++)
    {
      y[i] = sample->y[i] > 0.5;
      rows[i] = i;
    }
  store_tree_grow (self, bins, y, rows, sample->n, &growth);
  return self;
}

/* Rows with a draw below three quarters, or the others. */
static guint
take_rows (const StoreSample *sample,
           guint64            seed,
           gboolean           below,
           double            *x,
           double            *y)
{
  guint n = 0;

  for (guint i = 0; i < sample->n; i++)
    {
      if ((store_counter_random (seed, STREAM, i) < 0.75) != below)
        continue;
      for (guint j = 0; j < sample->p; j++)
        x[(gsize) n * sample->p + j] = sample->x[(gsize) i * sample->p + j];
      y[n++] = sample->y[i];
    }
  return n;
}

static double
find_price (const StoreSample *sample,
            guint64            seed)
{
  g_autofree double *x = g_new (double, (gsize) sample->n * sample->p + 1);
  g_autofree double *y = g_new (double, sample->n);
  StoreSample part = { take_rows (sample, seed, TRUE, x, y), sample->p, x, y };
  g_autoptr (StoreTree) tree = NULL;
  g_autofree guint *counts = NULL;
  guint n_others;

  if (part.n == 0 || part.n == sample->n)
    return 0.0;
  tree = grow (&part);
  counts = store_tree_count (tree, x, part.n, part.p);
  n_others = take_rows (sample, seed, FALSE, x, y);
  return store_tree_find_alpha (tree, counts, x, y, n_others, sample->p);
}

static gpointer
fit (const StoreSample  *sample,
     guint64             seed,
     GStrvBuilder       *notes,
     GCancellable       *cancellable,
     GError            **error)
{
  double price = find_price (sample, seed);
  g_autoptr (StoreTree) tree = NULL;
  g_autofree guint *counts = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  tree = grow (sample);
  counts = store_tree_count (tree, sample->x, sample->n, sample->p);
  store_tree_prune (tree, counts, price);
  return g_steal_pointer (&tree);
}

static gboolean
score (gconstpointer   model,
       const double   *x,
       guint           n,
       guint           p,
       double         *probabilities,
       GError        **error)
{
  for (guint i = 0; i < n; i++)
    probabilities[i] = store_tree_score (model, x + (gsize) i * p);
  return TRUE;
}

static gboolean
contribute (gconstpointer   model,
            const double   *x,
            guint           p,
            double         *contributions,
            GError        **error)
{
  store_tree_contribute (model, x, 1.0, contributions);
  return TRUE;
}

static void
write_model (gconstpointer  model,
             JsonBuilder   *builder)
{
  json_builder_set_member_name (builder, "tree");
  store_tree_write (model, builder);
}

static gpointer
read_model (JsonObject  *object,
            guint        p,
            GError     **error)
{
  g_autoptr (StoreTree) tree = g_new0 (StoreTree, 1);
  JsonObject *written;

  if (!store_model_body_read_object (object, "tree", &written, error) ||
      !store_tree_read (tree, written, p, error))
    return NULL;
  return g_steal_pointer (&tree);
}

const StoreClassifierClass store_classifier_tree = {
  "tree", fit, score, contribute, write_model, read_model, model_free,
};
