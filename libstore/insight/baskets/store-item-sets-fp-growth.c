/* SPDX-License-Identifier: GPL-3.0-or-later */

/* FP-growth (Han, Pei and Yin, 2000): the baskets lie in a tree, their items by falling frequency,
 * so that common beginnings are shared. The sets that end with an item are those of the tree of all
 * paths that lead to it. While a tree is filled its pairs are counted (Grahne and Zhu, 2003), so it
 * is known beforehand which items the tree of one of its items will have; where that is none or one
 * no tree is made, and where the tree is one path its sets are listed at once. Each block of the
 * work takes every n-th item of the first tree. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "store-item-search.h"
#include "store-item-tree.h"
#include "store-parallel.h"

#define BLOCKS 64
#define NOWHERE STORE_ITEM_TREE_NOWHERE
#define PAIR_PLACES 1024

typedef struct
{
  StoreItemSearch *search;
  const StoreItemTree *tree;
  GArray *found[BLOCKS];
} FpGrowth;

/* One block of it, with a tree and the places of its parent's tree in it for each depth. */
typedef struct
{
  StoreItemSearch *search;
  GArray *found;
  StoreItemTree trees[STORE_ITEM_SETS_LARGEST];
  guint32 *places[STORE_ITEM_SETS_LARGEST];
  guint32 *path;
  guint32 suffix[STORE_ITEM_SETS_LARGEST];
} Growth;

static void
growth_clear (Growth *self)
{
  for (guint i = 0; i < STORE_ITEM_SETS_LARGEST; i++)
    {
      store_item_tree_clear (&self->trees[i]);
      g_free (self->places[i]);
    }
  g_free (self->path);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Growth, growth_clear)

/* How often each place above @place leads to it. */
static void
count_above (const StoreItemTree *tree,
             guint32              place,
             guint               *counts)
{
  memset (counts, 0, place * sizeof (guint));
  for (guint32 node = tree->first[place]; node != NOWHERE;
       node = store_item_tree_get_node (tree, node)->same)
    {
      const StoreItemNode *end = store_item_tree_get_node (tree, node);

      for (guint32 up = end->parent; up != 0; up = store_item_tree_get_node (tree, up)->parent)
        counts[store_item_tree_get_node (tree, up)->place] += end->count;
    }
}

/* Starts the tree of the paths to @place with the items that stay frequent there; @places tells
 * where each of them went. */
static void
start_condition (const StoreItemTree *tree,
                 guint32              place,
                 guint                min_count,
                 guint32             *places,
                 StoreItemTree       *smaller)
{
  g_autofree guint *counted = NULL;
  const guint *counts;
  guint n = 0;

  if (tree->pairs == NULL)
    count_above (tree, place, counted = g_new (guint, place + 1));
  counts = counted != NULL ? counted : tree->pairs + store_item_search_get_place (0, place);
  for (guint i = 0; i < place; i++)
    places[i] = counts[i] >= min_count ? n++ : NOWHERE;
  store_item_tree_start (smaller, n, n <= PAIR_PLACES);
  for (guint i = 0; i < place; i++)
    if (places[i] != NOWHERE)
      {
        smaller->ranks[places[i]] = tree->ranks[i];
        smaller->counts[places[i]] = counts[i];
      }
}

static void
fill_condition (const StoreItemTree *tree,
                guint32              place,
                const guint32       *places,
                guint32             *path,
                StoreItemTree       *smaller)
{
  for (guint32 node = tree->first[place]; node != NOWHERE;
       node = store_item_tree_get_node (tree, node)->same)
    {
      const StoreItemNode *end = store_item_tree_get_node (tree, node);
      guint at = smaller->n;

      for (guint32 up = end->parent; up != 0; up = store_item_tree_get_node (tree, up)->parent)
        {
          guint32 there = places[store_item_tree_get_node (tree, up)->place];

          if (there != NOWHERE)
            path[--at] = there;
        }
      if (at < smaller->n)
        store_item_tree_add (smaller, path + at, smaller->n - at, end->count, FALSE);
    }
}

/* All sets of the places from 0 to @end - 1 of a tree that is one path: the count of a set is that
 * of its deepest place. */
static void
put_path (Growth              *self,
          const StoreItemTree *tree,
          guint                end,
          guint                n_suffix,
          guint                most)
{
  for (guint i = 0; i < end; i++)
    {
      guint count = MIN (tree->counts[i], most);

      self->suffix[n_suffix] = tree->ranks[i];
      if (!store_item_search_put (self->search, self->found, self->suffix, n_suffix + 1, count))
        return;
      if (n_suffix + 1 < self->search->largest)
        put_path (self, tree, i, n_suffix + 1, count);
    }
}

static void grow_from (Growth              *self,
                       const StoreItemTree *tree,
                       guint32              place,
                       guint                n_suffix);

static void
grow (Growth              *self,
      const StoreItemTree *tree,
      guint                n_suffix)
{
  for (guint32 place = 0; place < tree->n && !store_item_search_is_over (self->search); place++)
    grow_from (self, tree, place, n_suffix);
}

/* The sets that end with @place and the suffix. */
static void
grow_from (Growth              *self,
           const StoreItemTree *tree,
           guint32              place,
           guint                n_suffix)
{
  StoreItemTree *smaller = &self->trees[n_suffix];

  self->suffix[n_suffix] = tree->ranks[place];
  if (!store_item_search_put (self->search, self->found, self->suffix, n_suffix + 1,
                              tree->counts[place]) ||
      n_suffix + 1 >= self->search->largest || place == 0)
    return;

  self->places[n_suffix] = g_renew (guint32, self->places[n_suffix], tree->n);
  start_condition (tree, place, self->search->min_count, self->places[n_suffix], smaller);
  if (smaller->n > 1)
    fill_condition (tree, place, self->places[n_suffix], self->path, smaller);
  if (smaller->n <= 1 || smaller->is_path)
    put_path (self, smaller, smaller->n, n_suffix + 1, tree->counts[place]);
  else
    grow (self, smaller, n_suffix + 1);
}

static void
grow_block (guint    block,
            gpointer data)
{
  FpGrowth *growth = data;
  g_auto (Growth) self = { .search = growth->search };

  growth->found[block] = self.found = g_array_new (FALSE, FALSE, sizeof (StoreItemSet));
  self.path = g_new (guint32, growth->tree->n + 1);
  for (guint32 place = block; place < growth->tree->n; place += BLOCKS)
    grow_from (&self, growth->tree, place, 0);
}

/* The places of the frequent items of each basket, one basket after the other. */
typedef struct
{
  guint32 *places;
  gsize *ends;
  guint32 *order;
} Paths;

static void
paths_clear (Paths *self)
{
  g_free (self->places);
  g_free (self->ends);
  g_free (self->order);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Paths, paths_clear)

static const guint32 *
paths_get (const Paths *self,
           guint32      which,
           guint       *n)
{
  gsize start = which > 0 ? self->ends[which - 1] : 0;

  *n = self->ends[which] - start;
  return self->places + start;
}

static int
compare_paths (gconstpointer a,
               gconstpointer b,
               gpointer      data)
{
  guint n_left;
  guint n_right;
  const guint32 *left = paths_get (data, *(const guint32 *) a, &n_left);
  const guint32 *right = paths_get (data, *(const guint32 *) b, &n_right);

  for (guint i = 0; i < MIN (n_left, n_right); i++)
    if (left[i] != right[i])
      return left[i] < right[i] ? -1 : 1;
  return (n_left > n_right) - (n_left < n_right);
}

/* The most frequent rank, which is the last, has place 0. */
static guint
add_places (const StoreItemSearch *search,
            guint                  basket,
            guint32               *to)
{
  guint n_items;
  const guint32 *items = store_baskets_get_items (search->baskets, basket, &n_items);
  guint n = 0;

  for (guint i = 0; i < n_items; i++)
    {
      guint32 rank = search->ranks[items[i]];
      guint32 place = search->n - 1 - rank;
      guint at = n;

      if (rank == STORE_ITEM_SEARCH_RARE)
        continue;
      for (; at > 0 && to[at - 1] > place; at--)
        to[at] = to[at - 1];
      to[at] = place;
      n++;
    }
  return n;
}

/* By their first place in one pass, then each group by itself. Returns how many are not empty. */
static guint
sort_paths (Paths *self,
            guint  n_paths,
            guint  n_places)
{
  g_autofree guint *starts = g_new0 (guint, n_places + 2);
  guint start = 0;
  guint n;

  for (guint i = 0; i < n_paths; i++)
    {
      const guint32 *path = paths_get (self, i, &n);

      if (n > 0)
        starts[path[0] + 1]++;
    }
  for (guint i = 0; i < n_places; i++)
    starts[i + 1] += starts[i];
  for (guint i = 0; i < n_paths; i++)
    {
      const guint32 *path = paths_get (self, i, &n);

      if (n > 0)
        self->order[starts[path[0]]++] = i;
    }
  for (guint i = 0; i < n_places; i++)
    {
      g_qsort_with_data (self->order + start, (int) (starts[i] - start), sizeof (guint32),
                         compare_paths, self);
      start = starts[i];
    }
  return start;
}

static gsize
start_tree (const StoreItemSearch *search,
            StoreItemTree         *tree)
{
  gsize n_lines = 0;

  store_item_tree_start (tree, search->n, FALSE);
  for (guint rank = 0; rank < search->n; rank++)
    {
      guint place = search->n - 1 - rank;

      store_item_search_get_holders (search, rank, &tree->counts[place]);
      tree->ranks[place] = rank;
      n_lines += tree->counts[place];
    }
  return n_lines;
}

static gboolean
fill_tree (StoreItemSearch *search,
           StoreItemTree   *tree)
{
  g_auto (Paths) paths = { 0 };
  gsize n_lines = start_tree (search, tree);
  gsize n = 0;
  guint n_paths;

  /* A node a line at most, and room to double. */
  if (!store_item_search_take (search, n_lines * (sizeof (guint32) + 2 * sizeof (StoreItemNode)) +
                               search->n_baskets * (sizeof (gsize) + sizeof (guint32))))
    return FALSE;
  paths.places = g_new (guint32, n_lines + 1);
  paths.ends = g_new (gsize, (gsize) search->n_baskets + 1);
  paths.order = g_new (guint32, (gsize) search->n_baskets + 1);
  for (guint basket = 0; basket < search->n_baskets; basket++)
    paths.ends[basket] = n += add_places (search, basket, paths.places + n);

  n_paths = sort_paths (&paths, search->n_baskets, search->n);
  for (guint i = 0; i < n_paths; i++)
    {
      guint n_places;
      const guint32 *path = paths_get (&paths, paths.order[i], &n_places);

      store_item_tree_add (tree, path, n_places, 1, TRUE);
    }
  return TRUE;
}

/* The pairs of ranks as pairs of places, which run the other way. */
static gboolean
take_pairs (StoreItemSearch *search,
            StoreItemTree   *tree)
{
  gsize n_pairs = store_item_search_get_place (0, MAX (search->n, 1));
  gsize at = 0;

  if (search->pairs == NULL)
    return TRUE;
  if (!store_item_search_take (search, n_pairs * sizeof (guint)))
    return FALSE;
  tree->pairs = g_new (guint, n_pairs + 1);
  for (guint high = 1; high < search->n; high++)
    for (guint low = 0; low < high; low++)
      tree->pairs[at++] = search->pairs[store_item_search_get_place (search->n - 1 - high,
                                                                     search->n - 1 - low)];
  return TRUE;
}

/* Returns NULL where the budget does not do. */
GArray *
store_item_search_fp_growth (StoreItemSearch *self)
{
  g_auto (StoreItemTree) tree = { 0 };
  FpGrowth growth = { .search = self, .tree = &tree };

  if (!fill_tree (self, &tree) || !take_pairs (self, &tree))
    return NULL;
  store_parallel_run (BLOCKS, grow_block, &growth, self->cancellable, NULL);
  return store_item_search_gather (growth.found, BLOCKS);
}
