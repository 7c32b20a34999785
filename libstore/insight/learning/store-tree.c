/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "store-error.h"
#include "store-model-body.h"
#include "store-tree.h"

void
store_tree_clear (StoreTree *self)
{
  g_clear_pointer (&self->nodes, g_free);
  self->n_nodes = 0;
}

static guint32
get_next (const StoreTreeNode *node,
          const double        *x)
{
  return node->left + (x[node->column] > node->cut);
}

static double
get_impurity (const StoreTree *self,
              const guint     *counts,
              guint32          at)
{
  double share = self->nodes[at].share;

  return counts[at] * share * (1.0 - share);
}

/**
 * store_tree_find_leaf:
 * @self: a tree
 * @x: a row
 *
 * Returns: the number of the node where its questions end
 */
guint32
store_tree_find_leaf (const StoreTree *self,
                      const double    *x)
{
  guint32 at = 0;

  while (self->nodes[at].column >= 0)
    at = get_next (&self->nodes[at], x);
  return at;
}

/**
 * store_tree_score:
 * @self: a tree
 * @x: a row
 *
 * Returns: the share of "yes" at its leaf
 */
double
store_tree_score (const StoreTree *self,
                  const double    *x)
{
  return self->nodes[store_tree_find_leaf (self, x)].share;
}

/**
 * store_tree_contribute:
 * @self: a tree
 * @x: a row
 * @weight: what to multiply by
 * @contributions: (inout): a number a column, to which is added what the column changed
 *
 * Each question on the way moves the share; that belongs to the question's column (Saabas 2014).
 * The contributions and the share at the root add up to the score.
 */
void
store_tree_contribute (const StoreTree *self,
                       const double    *x,
                       double           weight,
                       double          *contributions)
{
  const StoreTreeNode *node = self->nodes;

  while (node->column >= 0)
    {
      const StoreTreeNode *next = &self->nodes[get_next (node, x)];

      contributions[node->column] += weight * (next->share - node->share);
      node = next;
    }
}

/**
 * store_tree_count:
 * @self: a tree
 * @x: @n times @p numbers
 * @n: number of rows
 * @p: number of columns
 *
 * Returns: (transfer full): how many of the rows come to each node
 */
guint *
store_tree_count (const StoreTree *self,
                  const double    *x,
                  guint            n,
                  guint            p)
{
  guint *counts = g_new0 (guint, self->n_nodes);

  for (guint i = 0; i < n; i++)
    {
      guint32 at = 0;

      counts[0]++;
      while (self->nodes[at].column >= 0)
        counts[at = get_next (&self->nodes[at], x + (gsize) i * p)]++;
    }
  return counts;
}

/**
 * store_tree_add_importances:
 * @self: a tree
 * @counts: rows at each node, from store_tree_count()
 * @weight: what to multiply by
 * @importances: (inout): a number a column, to which is added how much of what the tree's questions
 *   lower Gini's impurity is due to the column; over all columns that is 1
 */
void
store_tree_add_importances (const StoreTree *self,
                            const guint     *counts,
                            double           weight,
                            double          *importances)
{
  double total = 0.0;

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < self->n_nodes; i++)
      {
        const StoreTreeNode *node = &self->nodes[i];
        double decrease;

        if (node->column < 0)
          continue;
        decrease = get_impurity (self, counts, i) - get_impurity (self, counts, node->left) -
                   get_impurity (self, counts, node->left + 1);
        if (pass == 0)
          total += decrease;
        else if (total > 0.0)
          importances[node->column] += weight * decrease / total;
      }
}

static void
write_member (const StoreTree *self,
              JsonBuilder     *builder,
              const char      *name,
              gsize            offset,
              gboolean         is_number)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->n_nodes; i++)
    {
      const char *at = (const char *) &self->nodes[i] + offset;

      if (is_number)
        json_builder_add_double_value (builder, *(const double *) at);
      else
        json_builder_add_int_value (builder, *(const gint32 *) at);
    }
  json_builder_end_array (builder);
}

/**
 * store_tree_write:
 * @self: a tree
 * @builder: where a value is due
 *
 * Writes an object of four arrays, "column", "left", "cut" and "share", a number a node.
 */
void
store_tree_write (const StoreTree *self,
                  JsonBuilder     *builder)
{
  json_builder_begin_object (builder);
  write_member (self, builder, "column", G_STRUCT_OFFSET (StoreTreeNode, column), FALSE);
  write_member (self, builder, "left", G_STRUCT_OFFSET (StoreTreeNode, left), FALSE);
  write_member (self, builder, "cut", G_STRUCT_OFFSET (StoreTreeNode, cut), TRUE);
  write_member (self, builder, "share", G_STRUCT_OFFSET (StoreTreeNode, share), TRUE);
  json_builder_end_object (builder);
}

/* A node leads to later ones only, so that every walk ends. */
static gboolean
take_node (StoreTree *self,
           guint      i,
           double     column,
           double     left,
           double     cut,
           double     share,
           guint      p)
{
  StoreTreeNode *node = &self->nodes[i];

  if (!(column >= -1.0 && column < p && share >= 0.0 && share <= 1.0 && isfinite (cut)))
    return FALSE;
  if (column >= 0.0 && !(left > i && left + 1.0 < self->n_nodes))
    return FALSE;
  *node = (StoreTreeNode) { (gint32) column, column >= 0.0 ? (guint32) left : 0, cut, share };
  return TRUE;
}

/**
 * store_tree_read:
 * @self: (out): the tree
 * @object: as store_tree_write() wrote it, or anything
 * @p: number of columns there are
 * @error: return location
 *
 * Returns: %FALSE with %STORE_ERROR_DAMAGED
 */
gboolean
store_tree_read (StoreTree   *self,
                 JsonObject  *object,
                 guint        p,
                 GError     **error)
{
  guint n = 0;
  g_autofree double *columns = store_model_body_dup_numbers (object, "column", &n, error);
  g_autofree double *left = g_new (double, n + 1);
  g_autofree double *cuts = g_new (double, n + 1);
  g_autofree double *shares = g_new (double, n + 1);
  gboolean good = n > 0;

  if (columns == NULL || !store_model_body_read_numbers (object, "left", left, n, error) ||
      !store_model_body_read_numbers (object, "cut", cuts, n, error) ||
      !store_model_body_read_numbers (object, "share", shares, n, error))
    return FALSE;
  self->n_nodes = n;
  self->nodes = g_new0 (StoreTreeNode, n + 1);
  for (guint i = 0; i < n && good; i++)
    good = take_node (self, i, columns[i], left[i], cuts[i], shares[i], p);
  if (good)
    return TRUE;
  store_tree_clear (self);
  g_set_error (error, STORE_ERROR, STORE_ERROR_DAMAGED,
               _("The model is damaged at “%s”. Fit it anew, or choose another file."), "column");
  return FALSE;
}
