/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * StoreTreeNode:
 * @column: which column decides, -1 at a leaf
 * @left: the node for values up to @cut; the one for larger values follows it
 * @cut: between the values of the two sides
 * @share: of "yes" among the rows that came here
 */
typedef struct
{
  gint32 column;
  guint32 left;
  double cut;
  double share;
} StoreTreeNode;

/**
 * StoreTree:
 * @n_nodes: number of nodes
 * @nodes: the first is the root
 *
 * A tree of yes-or-no questions that ends in shares of "yes".
 */
typedef struct
{
  guint n_nodes;
  StoreTreeNode *nodes;
} StoreTree;

/**
 * StoreTreeBins:
 * @n: number of rows
 * @p: number of columns
 * @bins: column by column, the bin of each row
 * @n_bins: for each column, how many bins
 * @cuts: 256 numbers a column: cut b lies between bin b and bin b + 1
 *
 * Columns with at most 256 values each: the values themselves where there are no more, else their
 * quantiles.
 */
typedef struct
{
  guint n;
  guint p;
  guint8 *bins;
  guint *n_bins;
  double *cuts;
} StoreTreeBins;

/**
 * StoreTreeGrowth:
 * @columns_a_node: how many columns, drawn anew at each node, may decide; 0 for all
 * @min_leaf: least number of rows at a leaf
 * @max_depth: most questions in a row
 * @seed: of the draws
 * @stream: of the draws, another one a tree
 */
typedef struct
{
  guint columns_a_node;
  guint min_leaf;
  guint max_depth;
  guint64 seed;
  guint64 stream;
} StoreTreeGrowth;

StoreTreeBins *store_tree_bins_new   (const double           *x,
                                      guint                   n,
                                      guint                   p);
void           store_tree_bins_free  (StoreTreeBins          *self);

void           store_tree_grow       (StoreTree              *self,
                                      const StoreTreeBins    *bins,
                                      const guint8           *y,
                                      guint32                *rows,
                                      guint                   n_rows,
                                      const StoreTreeGrowth  *growth);
void           store_tree_clear      (StoreTree              *self);
void           store_tree_prune      (StoreTree              *self,
                                      const guint            *counts,
                                      double                  alpha);
double         store_tree_find_alpha (const StoreTree        *self,
                                      const guint            *counts,
                                      const double           *x,
                                      const double           *y,
                                      guint                   n,
                                      guint                   p);
guint         *store_tree_count      (const StoreTree        *self,
                                      const double           *x,
                                      guint                   n,
                                      guint                   p);

guint32        store_tree_find_leaf  (const StoreTree        *self,
                                      const double           *x);
double         store_tree_score      (const StoreTree        *self,
                                      const double           *x);
void           store_tree_contribute (const StoreTree        *self,
                                      const double           *x,
                                      double                  weight,
                                      double                 *contributions);
void           store_tree_add_importances
                                     (const StoreTree        *self,
                                      const guint            *counts,
                                      double                  weight,
                                      double                 *importances);
void           store_tree_write      (const StoreTree        *self,
                                      JsonBuilder            *builder);
gboolean       store_tree_read       (StoreTree              *self,
                                      JsonObject             *object,
                                      guint                   p,
                                      GError                **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreTreeBins, store_tree_bins_free)

G_END_DECLS
