/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What Eclat, Apriori and FP-growth have in common. Frequent items get ranks, rarest first, so that
 * a search that goes by rank meets short lists early. Pairs, of which there are most, are counted
 * in one triangle while the baskets are read once, where it fits into a quarter of the budget. All
 * memory that grows with the data is taken from the budget before it is used; a search that would
 * need more says so and finds nothing. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "store-item-search.h"
#include "store-parallel.h"

#define PAIR_BLOCKS 4
#define TRIANGLE_ITEMS 8000

typedef struct
{
  StoreItemSearch *search;
  guint *pairs[PAIR_BLOCKS];
} PairCount;

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
    return left->count < right->count ? -1 : 1;
  return (left->item > right->item) - (left->item < right->item);
}

static void
rank_items (StoreItemSearch *self)
{
  guint n_items = store_baskets_get_n_items (self->baskets);
  g_autofree Counted *counted = g_new (Counted, n_items + 1);

  for (guint32 item = 0; item < n_items; item++)
    {
      store_baskets_get_holders (self->baskets, item, &counted[self->n].count);
      counted[self->n].item = item;
      self->n += counted[self->n].count >= self->min_count;
    }
  qsort (counted, self->n, sizeof (Counted), compare_counted);

  self->items = g_new (guint32, self->n + 1);
  self->ranks = g_new (guint32, n_items + 1);
  for (guint item = 0; item < n_items; item++)
    self->ranks[item] = STORE_ITEM_SEARCH_RARE;
  for (guint rank = 0; rank < self->n; rank++)
    {
      self->items[rank] = counted[rank].item;
      self->ranks[counted[rank].item] = rank;
    }
}

static void
count_pairs_of (const StoreItemSearch *self,
                guint                  basket,
                guint32               *found,
                guint                 *pairs)
{
  guint n;
  const guint32 *items = store_baskets_get_items (self->baskets, basket, &n);
  guint n_found = 0;

  for (guint i = 0; i < n; i++)
    {
      guint32 rank = self->ranks[items[i]];
      guint at = n_found;

      if (rank == STORE_ITEM_SEARCH_RARE)
        continue;
      for (; at > 0 && found[at - 1] > rank; at--)
        found[at] = found[at - 1];
      found[at] = rank;
      n_found++;
    }
  for (guint i = 1; i < n_found; i++)
    {
      guint *row = pairs + store_item_search_get_place (0, found[i]);

      for (guint j = 0; j < i; j++)
        row[found[j]]++;
    }
}

static void
count_pairs_of_block (guint    block,
                      gpointer data)
{
  PairCount *count = data;
  StoreItemSearch *self = count->search;
  g_autofree guint32 *found = g_new (guint32, self->n + 1);
  guint end = (guint64) (block + 1) * self->n_baskets / PAIR_BLOCKS;

  for (guint basket = (guint64) block * self->n_baskets / PAIR_BLOCKS; basket < end; basket++)
    count_pairs_of (self, basket, found, count->pairs[block]);
}

static void
count_pairs (StoreItemSearch *self)
{
  gsize n_pairs = store_item_search_get_place (0, MAX (self->n, 1));
  PairCount count = { .search = self };

  if (self->n < 2 || self->largest < 2 || self->n > TRIANGLE_ITEMS ||
      n_pairs * PAIR_BLOCKS * sizeof (guint) > self->left / 4)
    return;

  self->left -= n_pairs * sizeof (guint);
  for (guint block = 0; block < PAIR_BLOCKS; block++)
    count.pairs[block] = g_new0 (guint, n_pairs);
  store_parallel_run (PAIR_BLOCKS, count_pairs_of_block, &count, self->cancellable, NULL);
  for (guint block = 1; block < PAIR_BLOCKS; block++)
    {
      for (gsize i = 0; i < n_pairs; i++)
        count.pairs[0][i] += count.pairs[block][i];
      g_free (count.pairs[block]);
    }
  self->pairs = count.pairs[0];
}

/* After @baskets, @min_count, @largest, @cancellable and @left were set. */
gboolean
store_item_search_init (StoreItemSearch *self)
{
  gsize bytes = ((gsize) store_baskets_get_n_items (self->baskets) + 1) * 2 * sizeof (guint32);

  self->n_baskets = store_baskets_get_n (self->baskets);
  if (!store_item_search_take (self, bytes))
    return FALSE;
  rank_items (self);
  count_pairs (self);
  return !store_item_search_is_over (self);
}

void
store_item_search_clear (StoreItemSearch *self)
{
  g_clear_pointer (&self->items, g_free);
  g_clear_pointer (&self->ranks, g_free);
  g_clear_pointer (&self->pairs, g_free);
}

/* On any thread. How much is taken in all does not depend on who comes first, so neither does
 * whether it was too much. */
gboolean
store_item_search_take (StoreItemSearch *self,
                        gsize            bytes)
{
  gsize before = __atomic_fetch_sub (&self->left, bytes, __ATOMIC_RELAXED);

  if (before >= bytes && before <= G_MAXSSIZE)
    return TRUE;
  g_atomic_int_set (&self->full, TRUE);
  return FALSE;
}

/* On any thread. */
gboolean
store_item_search_is_over (StoreItemSearch *self)
{
  return g_atomic_int_get (&self->full) || g_cancellable_is_cancelled (self->cancellable);
}

/* A set, given by its ranks in any order, into the array of one block. Returns FALSE when no room
 * is left. On any thread. */
gboolean
store_item_search_put (StoreItemSearch *self,
                       GArray          *sets,
                       const guint32   *ranks,
                       guint            n,
                       guint            count)
{
  StoreItemSet set = { .n = n, .count = count };

  /* Once in the array of the block, once in the array of all. */
  if (!store_item_search_take (self, 2 * sizeof set))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      guint32 item = self->items[ranks[i]];
      guint at = i;

      for (; at > 0 && set.items[at - 1] > item; at--)
        set.items[at] = set.items[at - 1];
      set.items[at] = item;
    }
  g_array_append_val (sets, set);
  return TRUE;
}

const guint32 *
store_item_search_get_holders (const StoreItemSearch *self,
                               guint32                rank,
                               guint                 *n)
{
  return store_baskets_get_holders (self->baskets, self->items[rank], n);
}

/* A row of bits a rank, one bit a basket that holds it; NULL where that is more than is left. */
guint64 *
store_item_search_new_bits (StoreItemSearch *self,
                            gsize           *n_words)
{
  guint64 *bits;

  *n_words = ((gsize) self->n_baskets + 63) / 64;
  if (!store_item_search_take (self, self->n * *n_words * sizeof (guint64)))
    return NULL;
  bits = g_new0 (guint64, self->n * *n_words + 1);
  for (guint rank = 0; rank < self->n; rank++)
    {
      guint n;
      const guint32 *holders = store_item_search_get_holders (self, rank, &n);
      guint64 *row = bits + rank * *n_words;

      for (guint i = 0; i < n; i++)
        row[holders[i] >> 6] |= G_GUINT64_CONSTANT (1) << (holders[i] & 63);
    }
  return bits;
}

/* Puts the sets of all blocks, which it frees, one after the other. */
GArray *
store_item_search_gather (GArray **parts,
                          guint    n_parts)
{
  gsize n = 0;
  GArray *sets;

  for (guint i = 0; i < n_parts; i++)
    n += parts[i] != NULL ? parts[i]->len : 0;
  sets = g_array_sized_new (FALSE, FALSE, sizeof (StoreItemSet), n);
  for (guint i = 0; i < n_parts; i++)
    if (parts[i] != NULL)
      {
        g_array_append_vals (sets, parts[i]->data, parts[i]->len);
        g_array_unref (parts[i]);
      }
  return sets;
}
