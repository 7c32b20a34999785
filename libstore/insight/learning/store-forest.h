/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "store-tree.h"

G_BEGIN_DECLS

/**
 * StoreForestOptions:
 * @n_trees: how many trees
 * @columns_a_node: how many columns may decide at a node; 0 for the root of their number
 * @min_leaf: least number of rows at a leaf; 0 to find it
 * @seed: of the draws
 *
 * Start from %STORE_FOREST_OPTIONS_INIT.
 */
typedef struct
{
  guint n_trees;
  guint columns_a_node;
  guint min_leaf;
  guint64 seed;
} StoreForestOptions;

#define STORE_FOREST_OPTIONS_INIT { 200, 0, 0, 1 }

/**
 * StoreForest:
 * @n_trees: how many
 * @trees: each grown from rows drawn with repetition
 *
 * A random forest.
 */
typedef struct
{
  guint n_trees;
  StoreTree *trees;
} StoreForest;

StoreForest *store_forest_new        (const double              *x,
                                      const double              *y,
                                      guint                      n,
                                      guint                      p,
                                      const StoreForestOptions  *options,
                                      GCancellable              *cancellable,
                                      GError                   **error);
void         store_forest_free       (StoreForest               *self);
double      *store_forest_find_importances
                                      (const StoreForest         *self,
                                       const double              *x,
                                       guint                      n,
                                       guint                      p);
double       store_forest_score      (const StoreForest         *self,
                                      const double              *x);
void         store_forest_contribute (const StoreForest         *self,
                                      const double              *x,
                                      double                    *contributions);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreForest, store_forest_free)

G_END_DECLS
