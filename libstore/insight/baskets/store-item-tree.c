/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "store-item-search.h"
#include "store-item-tree.h"

void
store_item_tree_clear (StoreItemTree *self)
{
  g_clear_pointer (&self->ranks, g_free);
  g_clear_pointer (&self->counts, g_free);
  g_clear_pointer (&self->first, g_free);
  g_clear_pointer (&self->tops, g_free);
  g_clear_pointer (&self->pairs, g_free);
  g_clear_pointer (&self->nodes, g_array_unref);
}

static void
make_room (StoreItemTree *self,
           guint          n)
{
  if (self->nodes == NULL)
    self->nodes = g_array_new (FALSE, FALSE, sizeof (StoreItemNode));
  if (n <= self->n_room)
    return;
  self->n_room = MAX (n, 2 * self->n_room);
  self->ranks = g_renew (guint32, self->ranks, self->n_room);
  self->counts = g_renew (guint, self->counts, self->n_room);
  self->first = g_renew (guint32, self->first, self->n_room);
  self->tops = g_renew (guint32, self->tops, self->n_room);
}

static void
start_pairs (StoreItemTree *self)
{
  gsize n_pairs = store_item_search_get_place (0, MAX (self->n, 1));

  if (self->pairs == NULL || n_pairs > self->n_pairs_room)
    {
      g_free (self->pairs);
      self->pairs = g_new (guint, n_pairs + 1);
      self->n_pairs_room = n_pairs;
    }
  if (n_pairs > 0)
    memset (self->pairs, 0, n_pairs * sizeof (guint));
}

/* Empties the tree and gives it @n places; the caller fills their ranks and counts. */
void
store_item_tree_start (StoreItemTree *self,
                       guint          n,
                       gboolean       with_pairs)
{
  StoreItemNode root = { STORE_ITEM_TREE_NOWHERE, 0, 0, STORE_ITEM_TREE_NOWHERE,
                         STORE_ITEM_TREE_NOWHERE, STORE_ITEM_TREE_NOWHERE };

  make_room (self, n);
  self->n = n;
  self->is_path = TRUE;
  if (n > 0)
    {
      memset (self->first, 0xff, n * sizeof (guint32));
      memset (self->tops, 0xff, n * sizeof (guint32));
    }
  g_array_set_size (self->nodes, 0);
  g_array_append_val (self->nodes, root);
  if (with_pairs)
    start_pairs (self);
  else
    g_clear_pointer (&self->pairs, g_free);
}

static guint32
append_child (StoreItemTree *self,
              guint32        parent,
              guint32        place)
{
  StoreItemNode *above = store_item_tree_get_node (self, parent);
  StoreItemNode added = { place, 0, parent, STORE_ITEM_TREE_NOWHERE, above->child,
                          self->first[place] };

  self->is_path = self->is_path && above->child == STORE_ITEM_TREE_NOWHERE;
  above->child = self->first[place] = self->nodes->len;
  if (parent == 0)
    self->tops[place] = self->nodes->len;
  g_array_append_val (self->nodes, added);
  return self->nodes->len - 1;
}

static guint32
find_child (StoreItemTree *self,
            guint32        parent,
            guint32        place,
            gboolean       sorted)
{
  guint32 child = parent == 0 ? self->tops[place] : store_item_tree_get_node (self, parent)->child;

  for (; child != STORE_ITEM_TREE_NOWHERE; child = store_item_tree_get_node (self, child)->sibling)
    if (store_item_tree_get_node (self, child)->place == place)
      return child;
    else if (sorted)
      break;
  return append_child (self, parent, place);
}

/* @path: places, ascending. @sorted: whether paths come in their order, so that a child that is
 * there was the last one added. */
void
store_item_tree_add (StoreItemTree *self,
                     const guint32 *path,
                     guint          n,
                     guint          count,
                     gboolean       sorted)
{
  guint32 node = 0;

  for (guint i = 0; i < n; i++)
    {
      node = find_child (self, node, path[i], sorted);
      store_item_tree_get_node (self, node)->count += count;
    }
  if (self->pairs == NULL)
    return;
  for (guint i = 1; i < n; i++)
    {
      guint *row = self->pairs + store_item_search_get_place (0, path[i]);

      for (guint j = 0; j < i; j++)
        row[path[j]] += count;
    }
}
