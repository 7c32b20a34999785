/* SPDX-License-Identifier: GPL-3.0-or-later */

/* FP-growth (Han, Pei and Yin, 2000): the baskets lie in a tree, their items by falling frequency,
 * so that common beginnings are shared. The sets that end with an item are those of the tree of all
 * paths that lead to it. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "store-item-sets-private.h"

#define NOWHERE G_MAXUINT32

/* Children hang on each other as siblings; nodes of one item hang on each other too. */
typedef struct
{
  guint32 place;
  guint count;
  guint32 parent;
  guint32 child;
  guint32 sibling;
  guint32 same;
} Node;

typedef struct
{
  guint n_items;
  guint32 *items;
  guint *counts;
  guint32 *first;
  GArray *nodes;
} Tree;

static void
tree_clear (Tree *self)
{
  g_free (self->items);
  g_free (self->counts);
  g_free (self->first);
  g_clear_pointer (&self->nodes, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Tree, tree_clear)

typedef struct
{
  guint32 item;
  guint count;
} Counted;

static int
compare_counted (gconstpointer a,
                 gconstpointer b)
{
  const Counted *left = a;
  const Counted *right = b;

  if (left->count != right->count)
    return left->count > right->count ? -1 : 1;
  return (left->item > right->item) - (left->item < right->item);
}

/* Takes the frequent ones of @counted; @places tells where each item went. */
static void
tree_init (Tree    *self,
           Counted *counted,
           guint    n,
           guint    min_count,
           guint32 *places)
{
  Node root = { NOWHERE, 0, NOWHERE, NOWHERE, NOWHERE, NOWHERE };

  qsort (counted, n, sizeof (Counted), compare_counted);
  while (self->n_items < n && counted[self->n_items].count >= min_count)
    self->n_items++;
  self->items = g_new (guint32, self->n_items + 1);
  self->counts = g_new (guint, self->n_items + 1);
  self->first = g_new (guint32, self->n_items + 1);
  self->nodes = g_array_new (FALSE, FALSE, sizeof (Node));
  g_array_append_val (self->nodes, root);

  for (guint i = 0; i < n; i++)
    places[counted[i].item] = i < self->n_items ? i : NOWHERE;
  for (guint i = 0; i < self->n_items; i++)
    {
      self->items[i] = counted[i].item;
      self->counts[i] = counted[i].count;
      self->first[i] = NOWHERE;
    }
}

static Node *
get_node (const Tree *self,
          guint32     which)
{
  return &g_array_index (self->nodes, Node, which);
}

static guint32
find_child (Tree    *self,
            guint32  parent,
            guint32  place)
{
  guint32 child = get_node (self, parent)->child;
  Node added = { place, 0, parent, NOWHERE, NOWHERE, NOWHERE };

  for (; child != NOWHERE; child = get_node (self, child)->sibling)
    if (get_node (self, child)->place == place)
      return child;

  added.sibling = get_node (self, parent)->child;
  added.same = self->first[place];
  child = self->nodes->len;
  g_array_append_val (self->nodes, added);
  get_node (self, parent)->child = child;
  self->first[place] = child;
  return child;
}

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  guint32 left = *(const guint32 *) a;
  guint32 right = *(const guint32 *) b;

  return (left > right) - (left < right);
}

static void
add_path (Tree    *self,
          guint32 *path,
          guint    n,
          guint    count)
{
  guint32 node = 0;

  qsort (path, n, sizeof (guint32), compare_places);
  for (guint i = 0; i < n; i++)
    {
      node = find_child (self, node, path[i]);
      get_node (self, node)->count += count;
    }
}

/* The tree of the paths that lead to the nodes of one place, without that place. */
static void
tree_init_condition (Tree       *self,
                     const Tree *whole,
                     guint       place,
                     guint       min_count)
{
  g_autofree Counted *counted = g_new0 (Counted, place + 1);
  g_autofree guint32 *places = g_new (guint32, place + 1);
  g_autofree guint32 *path = g_new (guint32, place + 1);

  for (guint i = 0; i < place; i++)
    counted[i].item = i;
  for (guint32 node = whole->first[place]; node != NOWHERE; node = get_node (whole, node)->same)
    for (guint32 up = get_node (whole, node)->parent; up != 0; up = get_node (whole, up)->parent)
      counted[get_node (whole, up)->place].count += get_node (whole, node)->count;
  tree_init (self, counted, place, min_count, places);

  for (guint32 node = whole->first[place]; node != NOWHERE; node = get_node (whole, node)->same)
    {
      guint n = 0;

      for (guint32 up = get_node (whole, node)->parent; up != 0; up = get_node (whole, up)->parent)
        if (places[get_node (whole, up)->place] != NOWHERE)
          path[n++] = places[get_node (whole, up)->place];
      add_path (self, path, n, get_node (whole, node)->count);
    }
  for (guint i = 0; i < self->n_items; i++)
    self->items[i] = whole->items[self->items[i]];
}

static gboolean
grow (StoreItemSearch *search,
      const Tree      *tree,
      guint32         *suffix,
      guint            n_suffix)
{
  for (guint i = 0; i < tree->n_items; i++)
    {
      g_auto (Tree) smaller = { 0 };

      suffix[n_suffix] = tree->items[i];
      if (!store_item_search_put (search, suffix, n_suffix + 1, tree->counts[i]))
        return FALSE;
      if (n_suffix + 1 >= search->largest || i == 0)
        continue;
      tree_init_condition (&smaller, tree, i, search->min_count);
      if (!grow (search, &smaller, suffix, n_suffix + 1))
        return FALSE;
    }
  return TRUE;
}

void
store_item_search_fp_growth (StoreItemSearch *self)
{
  guint n_items = store_baskets_get_n_items (self->baskets);
  guint n_baskets = store_baskets_get_n (self->baskets);
  g_autofree Counted *counted = g_new0 (Counted, n_items + 1);
  g_autofree guint32 *places = g_new (guint32, n_items + 1);
  g_autofree guint32 *path = g_new (guint32, n_items + 1);
  guint32 suffix[STORE_ITEM_SETS_LARGEST];
  g_auto (Tree) tree = { 0 };

  for (guint32 item = 0; item < n_items; item++)
    {
      counted[item].item = item;
      store_baskets_get_holders (self->baskets, item, &counted[item].count);
    }
  tree_init (&tree, counted, n_items, self->min_count, places);
  for (guint basket = 0; basket < n_baskets; basket++)
    {
      guint n_in_basket;
      const guint32 *items = store_baskets_get_items (self->baskets, basket, &n_in_basket);
      guint n = 0;

      for (guint i = 0; i < n_in_basket; i++)
        if (places[items[i]] != NOWHERE)
          path[n++] = places[items[i]];
      add_path (&tree, path, n, 1);
    }
  grow (self, &tree, suffix, 0);
}
