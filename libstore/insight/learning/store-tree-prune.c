/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A tree grown to the end knows its rows by heart. For a price alpha a leaf, the subtree that costs
 * least (impurity plus alpha times leaves) is found from the leaves up (Breiman et al. 1984, chapter
 * 3); the price is the one whose subtree foretells other rows best. */

#include "config.h"

#include <math.h>

#include "store-tree.h"

/* Each price tried is at least this much above the last. */
#define PRICE_STEP 1.1

/* A leaf leans to the share of all by so many rows. */
#define LEAN 2.0

static double
get_impurity (const StoreTreeNode *node,
              guint                count)
{
  return count * node->share * (1.0 - node->share);
}

/* Makes leaves of the nodes whose questions are not worth @alpha a leaf. Returns the least price at
 * which a further one would go. */
static double
collapse (StoreTree   *self,
          const guint *counts,
          double       alpha)
{
  g_autofree double *costs = g_new (double, self->n_nodes);
  g_autofree guint *leaves = g_new (guint, self->n_nodes);
  double next = INFINITY;

  for (guint i = self->n_nodes; i-- > 0;)
    {
      StoreTreeNode *node = &self->nodes[i];
      double price;

      costs[i] = get_impurity (node, counts[i]);
      leaves[i] = 1;
      if (node->column < 0)
        continue;
      leaves[i] = leaves[node->left] + leaves[node->left + 1];
      price = (costs[i] - costs[node->left] - costs[node->left + 1]) / (leaves[i] - 1.0);
      if (price <= alpha)
        {
          node->column = -1;
          leaves[i] = 1;
          continue;
        }
      costs[i] = costs[node->left] + costs[node->left + 1];
      next = MIN (next, price);
    }
  return next;
}

/* A small leaf's share leans to that of all. */
static double
lean (const StoreTree *self,
      const guint     *counts,
      guint32          at)
{
  return (self->nodes[at].share * counts[at] + LEAN * self->nodes[0].share) / (counts[at] + LEAN);
}

/* Minus the log-likelihood of the rows. */
static double
get_loss (const StoreTree *self,
          const guint     *counts,
          const double    *x,
          const double    *y,
          guint            n,
          guint            p)
{
  double loss = 0.0;

  for (guint i = 0; i < n; i++)
    {
      double share = lean (self, counts, store_tree_find_leaf (self, x + (gsize) i * p));

      loss -= log (CLAMP (y[i] > 0.5 ? share : 1.0 - share, 1e-9, 1.0));
    }
  return loss;
}

/**
 * store_tree_find_alpha:
 * @self: a tree
 * @counts: rows at each node, from store_tree_count()
 * @x: @n times @p numbers, rows that it was not grown from
 * @y: their outcomes
 * @n: how many
 * @p: number of columns
 *
 * Returns: the price a leaf with which it foretells them best; 0 to keep all of it
 */
double
store_tree_find_alpha (const StoreTree *self,
                       const guint     *counts,
                       const double    *x,
                       const double    *y,
                       guint            n,
                       guint            p)
{
  g_autofree StoreTreeNode *nodes = g_memdup2 (self->nodes, self->n_nodes * sizeof *self->nodes);
  StoreTree pruned = { self->n_nodes, nodes };
  double least = INFINITY;
  double best = 0.0;

  for (double alpha = 0.0; isfinite (alpha);)
    {
      double next = collapse (&pruned, counts, alpha);
      double loss = get_loss (&pruned, counts, x, y, n, p);

      if (loss <= least)
        {
          least = loss;
          best = alpha;
        }
      alpha = MAX (next, alpha * PRICE_STEP);
    }
  return best;
}

static guint32
copy_node (const StoreTree *self,
           const guint     *counts,
           guint32          from,
           GArray          *to,
           guint32          at)
{
  StoreTreeNode node = self->nodes[from];
  guint32 left = to->len;

  node.share = lean (self, counts, from);
  node.left = node.column >= 0 ? left : 0;
  g_array_index (to, StoreTreeNode, at) = node;
  if (node.column >= 0)
    g_array_set_size (to, left + 2);
  return node.column >= 0 ? left : 0;
}

/**
 * store_tree_prune:
 * @self: a tree
 * @counts: rows at each node, from store_tree_count()
 * @alpha: the price a leaf
 *
 * Cuts off what is not worth its price, and lets the shares of small leaves lean to that of all.
 */
void
store_tree_prune (StoreTree   *self,
                  const guint *counts,
                  double       alpha)
{
  g_autoptr (GArray) kept = g_array_new (FALSE, TRUE, sizeof (StoreTreeNode));
  g_autoptr (GArray) origins = g_array_new (FALSE, TRUE, sizeof (guint32));

  collapse (self, counts, alpha);
  g_array_set_size (kept, 1);
  g_array_set_size (origins, 1);
  for (guint i = 0; i < kept->len; i++)
    {
      guint32 from = g_array_index (origins, guint32, i);
      guint32 left = copy_node (self, counts, from, kept, i);

      if (left == 0)
        continue;
      g_array_set_size (origins, left + 2);
      g_array_index (origins, guint32, left) = self->nodes[from].left;
      g_array_index (origins, guint32, left + 1) = self->nodes[from].left + 1;
    }
  g_free (self->nodes);
  self->n_nodes = kept->len;
  self->nodes = (StoreTreeNode *) (gpointer) g_array_free (g_steal_pointer (&kept), FALSE);
}
