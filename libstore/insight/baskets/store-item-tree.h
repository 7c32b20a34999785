/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define STORE_ITEM_TREE_NOWHERE G_MAXUINT32

/**
 * StoreItemNode:
 * @place: which item of the tree
 * @count: baskets whose path leads here
 * @parent: node above, 0 for the root
 * @child: first node below
 * @sibling: next node below the same parent
 * @same: next node of the same item
 */
typedef struct
{
  guint32 place;
  guint count;
  guint32 parent;
  guint32 child;
  guint32 sibling;
  guint32 same;
} StoreItemNode;

/**
 * StoreItemTree:
 * @n: number of items
 * @ranks: the rank of each, most frequent first; places in it are what nodes have
 * @counts: baskets of each
 * @first: first node of each
 * @pairs: (nullable): baskets of two places, where they were counted
 * @nodes: (element-type StoreItemNode): the root and all others, parents before children
 * @is_path: whether no node has two children
 *
 * A tree of baskets, their items by falling frequency, so that common beginnings are shared. What
 * it has allocated is used again after store_item_tree_start().
 */
typedef struct
{
  guint n;
  guint32 *ranks;
  guint *counts;
  guint32 *first;
  guint *pairs;
  GArray *nodes;
  gboolean is_path;

  guint32 *tops;
  gsize n_room;
  gsize n_pairs_room;
} StoreItemTree;

void store_item_tree_clear (StoreItemTree *self);
void store_item_tree_start (StoreItemTree *self,
                            guint          n,
                            gboolean       with_pairs);
void store_item_tree_add   (StoreItemTree *self,
                            const guint32 *path,
                            guint          n,
                            guint          count,
                            gboolean       sorted);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StoreItemTree, store_item_tree_clear)

static inline StoreItemNode *
store_item_tree_get_node (const StoreItemTree *self,
                          guint32              which)
{
  return &g_array_index (self->nodes, StoreItemNode, which);
}

G_END_DECLS
