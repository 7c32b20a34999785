/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Eclat (Zaki, 2000): a set is known by the baskets that hold it, and a larger one by those of them
 * that hold one more item. The baskets of a set are a list, those of an item a row of bits, so a
 * set is grown by keeping of its list what the bits have. Each block of the work takes every n-th
 * item as the first of its sets. */

#include "config.h"

#include "store-item-search.h"
#include "store-parallel.h"

#define BLOCKS 64

/* An item that can be added to a prefix: the baskets that hold the prefix and it. */
typedef struct
{
  guint32 rank;
  guint n;
  const guint32 *holders;
} Part;

typedef struct
{
  StoreItemSearch *search;
  const guint64 *bits;
  gsize n_words;
  GArray *found[BLOCKS];
} Eclat;

/* One block of it. */
typedef struct
{
  const Eclat *eclat;
  GArray *found;
  guint32 prefix[STORE_ITEM_SETS_LARGEST];
} Growth;

static guint
filter (const Part    *part,
        const guint64 *bits,
        guint32       *to)
{
  guint n = 0;

  for (guint i = 0; i < part->n; i++)
    {
      to[n] = part->holders[i];
      n += store_item_search_get_bit (bits, part->holders[i]);
    }
  return n;
}

static void grow (Growth     *self,
                  const Part *part,
                  const Part *others,
                  guint       n_others,
                  guint       n_prefix);

/* The sets that begin with the prefix and @part, and go on with some of @others. */
static void
grow_further (Growth     *self,
              const Part *part,
              const Part *others,
              guint       n_others,
              guint       n_prefix)
{
  StoreItemSearch *search = self->eclat->search;
  g_autofree Part *larger = g_new (Part, n_others);
  g_autoptr (GArray) room = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint used = 0;
  guint n_larger = 0;

  for (guint i = 0; i < n_others; i++)
    {
      const guint64 *bits = self->eclat->bits + others[i].rank * self->eclat->n_words;
      guint n;

      if (!store_item_search_may_pair (search, part->rank, others[i].rank))
        continue;
      g_array_set_size (room, used + part->n);
      n = filter (part, bits, &g_array_index (room, guint32, used));
      if (n < search->min_count)
        continue;
      larger[n_larger++] = (Part) { others[i].rank, n, NULL };
      used += n;
    }
  for (guint i = n_larger; i-- > 0;)
    {
      used -= larger[i].n;
      larger[i].holders = &g_array_index (room, guint32, used);
    }
  for (guint i = 0; i < n_larger && !store_item_search_is_over (search); i++)
    grow (self, &larger[i], larger + i + 1, n_larger - i - 1, n_prefix);
}

static void
grow (Growth     *self,
      const Part *part,
      const Part *others,
      guint       n_others,
      guint       n_prefix)
{
  StoreItemSearch *search = self->eclat->search;

  self->prefix[n_prefix] = part->rank;
  if (!store_item_search_put (search, self->found, self->prefix, n_prefix + 1, part->n))
    return;
  if (n_others > 0 && n_prefix + 1 < search->largest)
    grow_further (self, part, others, n_others, n_prefix + 1);
}

static void
grow_block (guint    block,
            gpointer data)
{
  Eclat *eclat = data;
  StoreItemSearch *search = eclat->search;
  g_autofree Part *parts = g_new (Part, search->n + 1);
  Growth self = { .eclat = eclat };

  eclat->found[block] = self.found = g_array_new (FALSE, FALSE, sizeof (StoreItemSet));
  for (guint32 rank = 0; rank < search->n; rank++)
    {
      parts[rank].rank = rank;
      parts[rank].holders = store_item_search_get_holders (search, rank, &parts[rank].n);
    }
  for (guint32 rank = block; rank < search->n; rank += BLOCKS)
    grow (&self, &parts[rank], parts + rank + 1, search->n - rank - 1, 0);
}

/* Returns NULL where the budget does not do. */
GArray *
store_item_search_eclat (StoreItemSearch *self)
{
  Eclat eclat = { .search = self };
  g_autofree guint64 *bits = store_item_search_new_bits (self, &eclat.n_words);

  if (bits == NULL)
    return NULL;
  eclat.bits = bits;
  store_parallel_run (BLOCKS, grow_block, &eclat, self->cancellable, NULL);
  return store_item_search_gather (eclat.found, BLOCKS);
}
