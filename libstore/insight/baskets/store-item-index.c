/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "store-item-index.h"

#define FREE_SLOT G_MAXUINT32

/* Open addressing, at most half full. */
struct _StoreItemIndex
{
  const StoreItemSet *sets;
  guint32 *slots;
  guint32 mask;
};

static guint32
hash_items (const guint32 *items,
            guint          n)
{
  guint64 hash = n;

  for (guint i = 0; i < n; i++)
    {
      hash = (hash ^ items[i]) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
      hash ^= hash >> 29;
    }
  return (guint32) (hash >> 16);
}

/* Where the set is, or where it would be put. */
static guint32
find_slot (const StoreItemIndex *self,
           const guint32        *items,
           guint                 n)
{
  guint32 at = hash_items (items, n) & self->mask;

  for (;; at = (at + 1) & self->mask)
    {
      const StoreItemSet *set;

      if (self->slots[at] == FREE_SLOT)
        return at;
      set = &self->sets[self->slots[at]];
      if (set->n == n && memcmp (set->items, items, n * sizeof (guint32)) == 0)
        return at;
    }
}

/**
 * store_item_index_new:
 * @sets: (element-type StoreItemSet): distinct sets
 *
 * Returns: (transfer full): an index of them
 */
StoreItemIndex *
store_item_index_new (const GArray *sets)
{
  StoreItemIndex *self = g_new (StoreItemIndex, 1);
  gsize n_slots = 16;

  while (n_slots < (gsize) sets->len * 2)
    n_slots *= 2;
  self->sets = (const StoreItemSet *) (gconstpointer) sets->data;
  self->mask = (guint32) (n_slots - 1);
  self->slots = g_new (guint32, n_slots);
  memset (self->slots, 0xff, n_slots * sizeof (guint32));
  for (guint i = 0; i < sets->len; i++)
    self->slots[find_slot (self, self->sets[i].items, self->sets[i].n)] = i;
  return self;
}

void
store_item_index_free (StoreItemIndex *self)
{
  if (self == NULL)
    return;
  g_free (self->slots);
  g_free (self);
}

/**
 * store_item_index_find:
 * @self: an index
 * @items: items, in the order in which the sets have theirs
 * @n: how many
 * @which: (out): the place of the set
 *
 * Returns: whether there is a set of exactly these
 */
gboolean
store_item_index_find (const StoreItemIndex *self,
                       const guint32        *items,
                       guint                 n,
                       guint                *which)
{
  *which = self->slots[find_slot (self, items, n)];
  return *which != FREE_SLOT;
}
