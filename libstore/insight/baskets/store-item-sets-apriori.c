/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Apriori (Agrawal and Srikant, 1994): sets of n + 1 items can be frequent only if all their parts
 * of n items are. Candidates are joined from the frequent sets of the level below that differ in
 * the last item, pruned by their parts, and counted by walking each basket through a tree of
 * them. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "store-item-sets-private.h"

/* Candidates lie in the order of their items, so a node of the tree is a range of them. */
typedef struct
{
  StoreItemSearch *search;
  GArray *level;
  guint size;
} Apriori;

static const StoreItemSet *
get_set (const GArray *level,
         guint         which)
{
  return &g_array_index (level, StoreItemSet, which);
}

static int
compare_sets (gconstpointer a,
              gconstpointer b)
{
  const StoreItemSet *left = a;
  const StoreItemSet *right = b;

  for (guint i = 0; i < left->n; i++)
    if (left->items[i] != right->items[i])
      return left->items[i] < right->items[i] ? -1 : 1;
  return 0;
}

static gboolean
has_frequent_parts (const GArray       *level,
                    const StoreItemSet *candidate)
{
  StoreItemSet part = { .n = candidate->n - 1 };

  for (guint left_out = 0; left_out + 2 < candidate->n; left_out++)
    {
      guint n = 0;

      for (guint i = 0; i < candidate->n; i++)
        if (i != left_out)
          part.items[n++] = candidate->items[i];
      if (bsearch (&part, level->data, level->len, sizeof (StoreItemSet), compare_sets) == NULL)
        return FALSE;
    }
  return TRUE;
}

static GArray *
join_level (const GArray *level,
            guint         size)
{
  GArray *candidates = g_array_new (FALSE, FALSE, sizeof (StoreItemSet));

  for (guint i = 0; i < level->len; i++)
    for (guint j = i + 1; j < level->len; j++)
      {
        StoreItemSet candidate = *get_set (level, i);

        if (memcmp (candidate.items, get_set (level, j)->items, (size - 1) * sizeof (guint32)) != 0)
          break;
        candidate.items[candidate.n++] = get_set (level, j)->items[size - 1];
        candidate.count = 0;
        if (has_frequent_parts (level, &candidate))
          g_array_append_val (candidates, candidate);
      }
  return candidates;
}

/* First candidate from @low on whose item at @depth is not below @item. */
static guint
find_item (const GArray *candidates,
           guint         low,
           guint         high,
           guint         depth,
           guint32       item)
{
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (get_set (candidates, middle)->items[depth] < item)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static void
count_in_basket (GArray        *candidates,
                 guint          low,
                 guint          high,
                 guint          depth,
                 const guint32 *items,
                 guint          n)
{
  guint size = get_set (candidates, low)->n;

  for (guint i = 0; i < n && low < high && n - i >= size - depth; i++)
    {
      guint end;

      low = find_item (candidates, low, high, depth, items[i]);
      if (low == high || get_set (candidates, low)->items[depth] != items[i])
        continue;
      if (depth + 1 == size)
        {
          g_array_index (candidates, StoreItemSet, low).count++;
          continue;
        }
      end = find_item (candidates, low, high, depth, items[i] + 1);
      count_in_basket (candidates, low, end, depth + 1, items + i + 1, n - i - 1);
    }
}

static void
keep_frequent (Apriori *self,
               GArray  *candidates)
{
  g_array_set_size (self->level, 0);
  for (guint i = 0; i < candidates->len; i++)
    {
      const StoreItemSet *set = get_set (candidates, i);

      if (set->count < self->search->min_count)
        continue;
      g_array_append_vals (self->level, set, 1);
      if (!store_item_search_put (self->search, set->items, set->n, set->count))
        {
          g_array_set_size (self->level, 0);
          return;
        }
    }
}

static GArray *
count_items (const StoreItemSearch *search)
{
  GArray *candidates = g_array_new (FALSE, FALSE, sizeof (StoreItemSet));
  guint n_items = store_baskets_get_n_items (search->baskets);

  for (guint32 item = 0; item < n_items; item++)
    {
      StoreItemSet set = { .n = 1, .items = { item } };

      store_baskets_get_holders (search->baskets, item, &set.count);
      g_array_append_val (candidates, set);
    }
  return candidates;
}

static GArray *
count_level (const Apriori *self)
{
  GArray *candidates = join_level (self->level, self->size);
  guint n_baskets = store_baskets_get_n (self->search->baskets);

  for (guint basket = 0; basket < n_baskets && candidates->len > 0; basket++)
    {
      guint n;
      const guint32 *items = store_baskets_get_items (self->search->baskets, basket, &n);

      count_in_basket (candidates, 0, candidates->len, 0, items, n);
    }
  return candidates;
}

void
store_item_search_apriori (StoreItemSearch *self)
{
  g_autoptr (GArray) level = g_array_new (FALSE, FALSE, sizeof (StoreItemSet));
  g_autoptr (GArray) items = count_items (self);
  Apriori apriori = { self, level, 1 };

  keep_frequent (&apriori, items);
  while (level->len > 1 && apriori.size < self->largest)
    {
      g_autoptr (GArray) candidates = count_level (&apriori);

      keep_frequent (&apriori, candidates);
      apriori.size++;
      if (g_cancellable_is_cancelled (self->cancellable))
        return;
    }
}
