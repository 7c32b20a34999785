/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Eclat (Zaki, 2000): a set is known by the baskets that hold it, and a larger one by those that
 * two of its parts share. The baskets of the part at hand are marked in an array of bytes, and the
 * list of each part to its right is filtered by the marks. Rare items come first, so that lists
 * are short early. Pairs, of which there are most, are first counted in a triangle while the
 * baskets are read once, where the triangle fits; only the frequent ones are filtered. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "store-item-sets-private.h"

#define TRIANGLE_ITEMS 8000

/* An item within a prefix: the baskets that hold the prefix and it. */
typedef struct
{
  guint32 item;
  guint n;
  const guint32 *holders;
} Part;

typedef struct
{
  StoreItemSearch *search;
  guint8 *marks;
  guint *pairs;
  gboolean stopped;
} Eclat;

static int
compare_parts (gconstpointer a,
               gconstpointer b)
{
  const Part *left = a;
  const Part *right = b;

  if (left->n != right->n)
    return left->n < right->n ? -1 : 1;
  return (left->item > right->item) - (left->item < right->item);
}

static GArray *
find_frequent_items (const StoreItemSearch *search)
{
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (Part));
  guint n_items = store_baskets_get_n_items (search->baskets);

  for (guint32 item = 0; item < n_items; item++)
    {
      Part part = { .item = item };

      part.holders = store_baskets_get_holders (search->baskets, item, &part.n);
      if (part.n >= search->min_count)
        g_array_append_val (parts, part);
    }
  g_array_sort (parts, compare_parts);
  return parts;
}

static inline gsize
get_place (guint low,
           guint high)
{
  return (gsize) high * (high - 1) / 2 + low;
}

/* By the places of the items in @parts. */
static guint *
count_pairs (const StoreItemSearch *search,
             const Part            *parts,
             guint                  n_parts)
{
  guint n_items = store_baskets_get_n_items (search->baskets);
  guint n_baskets = store_baskets_get_n (search->baskets);
  g_autofree guint *places = g_new (guint, n_items);
  g_autofree guint *found = g_new (guint, n_items);
  guint *pairs;

  if (n_parts > TRIANGLE_ITEMS)
    return NULL;
  for (guint i = 0; i < n_items; i++)
    places[i] = G_MAXUINT;
  for (guint i = 0; i < n_parts; i++)
    places[parts[i].item] = i;

  pairs = g_new0 (guint, get_place (0, MAX (n_parts, 1)));
  for (guint basket = 0; basket < n_baskets; basket++)
    {
      guint n;
      const guint32 *items = store_baskets_get_items (search->baskets, basket, &n);
      guint n_found = 0;

      for (guint i = 0; i < n; i++)
        if (places[items[i]] != G_MAXUINT)
          found[n_found++] = places[items[i]];
      for (guint i = 1; i < n_found; i++)
        for (guint j = 0; j < i; j++)
          pairs[get_place (MIN (found[i], found[j]), MAX (found[i], found[j]))]++;
    }
  return pairs;
}

static guint
filter (const Eclat *self,
        const Part  *part,
        guint32     *to)
{
  guint n = 0;

  for (guint i = 0; i < part->n; i++)
    {
      to[n] = part->holders[i];
      n += self->marks[part->holders[i]];
    }
  return n;
}

static void
mark (Eclat      *self,
      const Part *part,
      guint8      value)
{
  for (guint i = 0; i < part->n; i++)
    self->marks[part->holders[i]] = value;
}

static void grow (Eclat      *self,
                  const Part *parts,
                  guint       n_parts,
                  guint32    *prefix,
                  guint       n_prefix);

/* The sets that begin with @prefix and parts[which]. */
static void
grow_from (Eclat      *self,
           const Part *parts,
           guint       n_parts,
           guint       which,
           guint32    *prefix,
           guint       n_prefix)
{
  g_autofree Part *larger = NULL;
  g_autofree guint32 *room = NULL;
  guint min_count = self->search->min_count;
  gsize used = 0;
  gsize wanted = 0;
  guint n_larger = 0;

  if (n_prefix >= self->search->largest)
    return;
  for (guint i = which + 1; i < n_parts; i++)
    if (n_prefix > 1 || self->pairs == NULL || self->pairs[get_place (which, i)] >= min_count)
      wanted += parts[i].n;
  if (wanted == 0)
    return;

  room = g_new (guint32, wanted + 1);
  larger = g_new (Part, n_parts - which);
  mark (self, &parts[which], 1);
  for (guint i = which + 1; i < n_parts; i++)
    {
      guint n;

      if (n_prefix == 1 && self->pairs != NULL && self->pairs[get_place (which, i)] < min_count)
        continue;
      n = filter (self, &parts[i], room + used);
      if (n < min_count)
        continue;
      larger[n_larger++] = (Part) { parts[i].item, n, room + used };
      used += n;
    }
  mark (self, &parts[which], 0);
  grow (self, larger, n_larger, prefix, n_prefix);
}

static void
grow (Eclat      *self,
      const Part *parts,
      guint       n_parts,
      guint32    *prefix,
      guint       n_prefix)
{
  for (guint i = 0; i < n_parts && !self->stopped; i++)
    {
      prefix[n_prefix] = parts[i].item;
      if (!store_item_search_put (self->search, prefix, n_prefix + 1, parts[i].n))
        self->stopped = TRUE;
      else
        grow_from (self, parts, n_parts, i, prefix, n_prefix + 1);
    }
}

void
store_item_search_eclat (StoreItemSearch *self)
{
  g_autoptr (GArray) parts = find_frequent_items (self);
  const Part *first = (const Part *) (gpointer) parts->data;
  g_autofree guint8 *marks = g_new0 (guint8, store_baskets_get_n (self->baskets) + 1);
  g_autofree guint *pairs = count_pairs (self, first, parts->len);
  Eclat eclat = { self, marks, pairs, FALSE };
  guint32 prefix[STORE_ITEM_SETS_LARGEST];

  grow (&eclat, first, parts->len, prefix, 0);
}
