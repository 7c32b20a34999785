/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Apriori (Agrawal and Srikant, 1994): sets of n + 1 items can be frequent only if all their parts
 * of n items are. Candidates are joined from the frequent sets of the level below that differ in
 * the last item, pruned by their parts, and counted level by level. The sets of a level lie in the
 * order of their ranks, as the leaves of a tree of prefixes, so the baskets that hold a prefix are
 * kept from one leaf to the next while it lasts (after the same paper's AprioriTid, which reads no
 * basket twice that cannot count); a candidate counts those of them that its last item has a bit
 * for. */

#include "config.h"

#include <string.h>

#include "store-item-index.h"
#include "store-item-search.h"
#include "store-parallel.h"

#define BLOCKS 64

/* In a level, the items of a set are its ranks, ascending. */
typedef struct
{
  StoreItemSearch *search;
  const guint64 *bits;
  gsize n_words;
  GArray *level;
  StoreItemIndex *index;
  GArray *next[BLOCKS];
  GArray *found[BLOCKS];
} Apriori;

/* The baskets that hold the first one, two, three ... ranks of a prefix. */
typedef struct
{
  const Apriori *apriori;
  guint32 prefix[STORE_ITEM_SETS_LARGEST];
  guint n_prefix;
  guint n_holders[STORE_ITEM_SETS_LARGEST];
  guint32 *holders[STORE_ITEM_SETS_LARGEST];
} Path;

static const StoreItemSet *
get_set (const GArray *level,
         guint         which)
{
  return &g_array_index (level, StoreItemSet, which);
}

static void
path_clear (Path *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->holders); i++)
    g_free (self->holders[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Path, path_clear)

static void
path_append (Path    *self,
             guint32  rank)
{
  const Apriori *apriori = self->apriori;
  guint depth = self->n_prefix++;
  const guint64 *bits = apriori->bits + rank * apriori->n_words;
  guint n_before;
  const guint32 *before;
  guint n = 0;

  self->prefix[depth] = rank;
  before = depth > 0 ? self->holders[depth - 1]
                     : store_item_search_get_holders (apriori->search, rank, &n_before);
  n_before = depth > 0 ? self->n_holders[depth - 1] : n_before;
  self->holders[depth] = g_renew (guint32, self->holders[depth], n_before + 1);
  for (guint i = 0; i < n_before; i++)
    {
      self->holders[depth][n] = before[i];
      n += store_item_search_get_bit (bits, before[i]);
    }
  self->n_holders[depth] = n;
}

/* Keeps what the prefix at hand and the wanted one begin with. */
static void
path_move (Path          *self,
           const guint32 *prefix,
           guint          n)
{
  guint same = 0;

  while (same < MIN (n, self->n_prefix) && self->prefix[same] == prefix[same])
    same++;
  self->n_prefix = same;
  while (self->n_prefix < n)
    path_append (self, prefix[self->n_prefix]);
}

static guint
path_count (const Path *self,
            guint32     rank)
{
  const guint64 *bits = self->apriori->bits + rank * self->apriori->n_words;
  const guint32 *holders = self->holders[self->n_prefix - 1];
  guint n_holders = self->n_holders[self->n_prefix - 1];
  guint count = 0;

  for (guint i = 0; i < n_holders; i++)
    count += store_item_search_get_bit (bits, holders[i]);
  return count;
}

static guint
count_candidate (const Apriori      *self,
                 Path               *path,
                 const StoreItemSet *candidate)
{
  const StoreItemSearch *search = self->search;
  const guint32 *ranks = candidate->items;

  if (candidate->n == 2 && search->pairs != NULL)
    return search->pairs[store_item_search_get_place (ranks[0], ranks[1])];
  path_move (path, ranks, candidate->n - 1);
  return path_count (path, ranks[candidate->n - 1]);
}

static gboolean
has_frequent_parts (const Apriori      *self,
                    const StoreItemSet *candidate)
{
  guint n = candidate->n - 1;

  for (guint left_out = 0; left_out + 2 < candidate->n; left_out++)
    {
      guint32 part[STORE_ITEM_SETS_LARGEST];
      guint which;

      memcpy (part, candidate->items, left_out * sizeof (guint32));
      memcpy (part + left_out, candidate->items + left_out + 1, (n - left_out) * sizeof (guint32));
      if (!store_item_index_find (self->index, part, n, &which))
        return FALSE;
    }
  return TRUE;
}

/* All that is joined with @which as the left one. */
static void
join (const Apriori *self,
      Path          *path,
      guint          which,
      GArray        *next,
      GArray        *found)
{
  const StoreItemSet *left = get_set (self->level, which);
  guint n_shared = left->n - 1;

  for (guint i = which + 1; i < self->level->len; i++)
    {
      const StoreItemSet *right = get_set (self->level, i);
      StoreItemSet candidate = *left;

      if (memcmp (left->items, right->items, n_shared * sizeof (guint32)) != 0)
        return;
      candidate.items[candidate.n++] = right->items[n_shared];
      if (!store_item_search_may_pair (self->search, left->items[n_shared],
                                       right->items[n_shared]) ||
          !has_frequent_parts (self, &candidate))
        continue;
      candidate.count = count_candidate (self, path, &candidate);
      if (candidate.count < self->search->min_count)
        continue;
      g_array_append_val (next, candidate);
      if (!store_item_search_put (self->search, found, candidate.items, candidate.n,
                                  candidate.count))
        return;
    }
}

static void
join_block (guint    block,
            gpointer data)
{
  Apriori *self = data;
  guint end = (guint64) (block + 1) * self->level->len / BLOCKS;
  g_auto (Path) path = { .apriori = self };
  GArray *next = g_array_new (FALSE, FALSE, sizeof (StoreItemSet));

  for (guint i = (guint64) block * self->level->len / BLOCKS;
       i < end && !store_item_search_is_over (self->search); i++)
    join (self, &path, i, next, self->found[block]);
  self->next[block] = next;
}

static void
take_items (Apriori *self)
{
  StoreItemSearch *search = self->search;

  for (guint32 rank = 0; rank < search->n; rank++)
    {
      StoreItemSet set = { .n = 1, .items = { rank } };

      store_item_search_get_holders (search, rank, &set.count);
      g_array_append_val (self->level, set);
      if (!store_item_search_put (search, self->found[0], set.items, 1, set.count))
        return;
    }
}

static void
take_next_level (Apriori *self)
{
  self->index = store_item_index_new (self->level);
  memset (self->next, 0, sizeof self->next);
  store_parallel_run (BLOCKS, join_block, self, self->search->cancellable, NULL);
  store_item_index_free (self->index);
  g_array_unref (self->level);
  self->level = store_item_search_gather (self->next, BLOCKS);
}

/* Returns NULL where the budget does not do. */
GArray *
store_item_search_apriori (StoreItemSearch *self)
{
  Apriori apriori = { .search = self };
  g_autofree guint64 *bits = store_item_search_new_bits (self, &apriori.n_words);

  if (bits == NULL)
    return NULL;
  apriori.bits = bits;
  apriori.level = g_array_new (FALSE, FALSE, sizeof (StoreItemSet));
  for (guint block = 0; block < BLOCKS; block++)
    apriori.found[block] = g_array_new (FALSE, FALSE, sizeof (StoreItemSet));

  take_items (&apriori);
  for (guint size = 1; size < self->largest && apriori.level->len > 1; size++)
    if (!store_item_search_is_over (self))
      take_next_level (&apriori);
    else
      break;
  g_array_unref (apriori.level);
  return store_item_search_gather (apriori.found, BLOCKS);
}
