/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two tables of the same ones: the items of each basket, and the baskets that hold each item, both
 * ascending, each in one array with the places where a row ends. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "store-baskets.h"
#include "store-key-index.h"

struct _StoreBaskets
{
  gboolean finished;
  StoreKeyIndex *baskets;
  StoreKeyIndex *items;
  guint32 *item_order;
  GArray *lines;

  guint32 *basket_items;
  gsize *basket_ends;
  guint32 *item_baskets;
  gsize *item_ends;
};

typedef struct
{
  guint32 basket;
  guint32 item;
} Line;

StoreBaskets *
store_baskets_new (void)
{
  StoreBaskets *self = g_new0 (StoreBaskets, 1);

  self->baskets = store_key_index_new ();
  self->items = store_key_index_new ();
  self->lines = g_array_new (FALSE, FALSE, sizeof (Line));
  return self;
}

void
store_baskets_free (StoreBaskets *self)
{
  if (self == NULL)
    return;
  store_key_index_free (self->baskets);
  store_key_index_free (self->items);
  g_array_unref (self->lines);
  g_free (self->item_order);
  g_free (self->basket_items);
  g_free (self->basket_ends);
  g_free (self->item_baskets);
  g_free (self->item_ends);
  g_free (self);
}

/**
 * store_baskets_add:
 * @self: baskets that are being filled
 * @basket: what was bought together, such as the number of an order or a customer
 * @item: what was bought
 *
 * Adds one line. An item that is added to a basket twice is in it once.
 */
void
store_baskets_add (StoreBaskets *self,
                   const char   *basket,
                   const char   *item)
{
  Line line;

  g_return_if_fail (self != NULL && !self->finished);
  g_return_if_fail (basket != NULL && item != NULL);

  line.basket = store_key_index_put (self->baskets, basket, strlen (basket));
  line.item = store_key_index_put (self->items, item, strlen (item));
  g_array_append_val (self->lines, line);
}

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  const Line *left = a;
  const Line *right = b;

  if (left->basket != right->basket)
    return left->basket < right->basket ? -1 : 1;
  return (left->item > right->item) - (left->item < right->item);
}

static guint32 *
find_ranks (const StoreKeyIndex *index,
            const guint32       *order)
{
  guint n = store_key_index_get_n (index);
  guint32 *ranks = g_new (guint32, n);

  for (guint i = 0; i < n; i++)
    ranks[order[i]] = i;
  return ranks;
}

static void
sort_lines (StoreBaskets *self)
{
  g_autofree guint32 *basket_order = store_key_index_order (self->baskets);
  g_autofree guint32 *basket_ranks = find_ranks (self->baskets, basket_order);
  g_autofree guint32 *item_ranks = NULL;
  Line *lines = (Line *) (gpointer) self->lines->data;
  guint kept = 0;

  self->item_order = store_key_index_order (self->items);
  item_ranks = find_ranks (self->items, self->item_order);
  for (guint i = 0; i < self->lines->len; i++)
    lines[i] = (Line) { basket_ranks[lines[i].basket], item_ranks[lines[i].item] };
  g_array_sort (self->lines, compare_lines);

  for (guint i = 0; i < self->lines->len; i++)
    if (i == 0 || compare_lines (&lines[kept - 1], &lines[i]) != 0)
      lines[kept++] = lines[i];
  g_array_set_size (self->lines, kept);
}

/* Lines are by basket, so the baskets of each item come out ascending too. */
static void
fill_rows (StoreBaskets *self)
{
  guint n_baskets = store_key_index_get_n (self->baskets);
  guint n_items = store_key_index_get_n (self->items);
  const Line *lines = (const Line *) (gpointer) self->lines->data;
  g_autofree gsize *next = g_new0 (gsize, n_items + 1);

  self->basket_items = g_new (guint32, self->lines->len);
  self->item_baskets = g_new (guint32, self->lines->len);
  self->basket_ends = g_new0 (gsize, n_baskets);
  self->item_ends = g_new0 (gsize, n_items);
  for (guint i = 0; i < self->lines->len; i++)
    {
      self->basket_items[i] = lines[i].item;
      self->basket_ends[lines[i].basket] = i + 1;
      self->item_ends[lines[i].item]++;
    }
  for (guint item = 0; item < n_items; item++)
    {
      next[item + 1] = next[item] + self->item_ends[item];
      self->item_ends[item] = next[item + 1];
    }
  for (guint i = 0; i < self->lines->len; i++)
    self->item_baskets[next[lines[i].item]++] = lines[i].basket;
}

/**
 * store_baskets_finish:
 * @self: baskets that are being filled
 *
 * Closes the baskets; from now on they can be read.
 */
void
store_baskets_finish (StoreBaskets *self)
{
  g_return_if_fail (self != NULL && !self->finished);

  self->finished = TRUE;
  store_key_index_close (self->baskets);
  store_key_index_close (self->items);
  sort_lines (self);
  fill_rows (self);
  g_array_set_size (self->lines, 0);
}

guint
store_baskets_get_n (const StoreBaskets *self)
{
  return store_key_index_get_n (self->baskets);
}

guint
store_baskets_get_n_items (const StoreBaskets *self)
{
  return store_key_index_get_n (self->items);
}

/**
 * store_baskets_dup_item:
 * @self: closed baskets
 * @item: number of an item
 *
 * Returns: (transfer full): its name
 */
char *
store_baskets_dup_item (const StoreBaskets *self,
                        guint32             item)
{
  gsize length;
  gconstpointer name;

  g_return_val_if_fail (self->finished && item < store_baskets_get_n_items (self), NULL);

  name = store_key_index_get (self->items, self->item_order[item], &length);
  return g_strndup (name, length);
}

/**
 * store_baskets_find_item:
 * @self: closed baskets
 * @name: name of an item
 * @item: (out): its number
 *
 * Returns: whether any basket holds it
 */
gboolean
store_baskets_find_item (const StoreBaskets *self,
                         const char         *name,
                         guint32            *item)
{
  guint32 low = 0;
  guint32 high = store_baskets_get_n_items (self);

  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;
      g_autofree char *there = store_baskets_dup_item (self, middle);
      int order = strcmp (there, name);

      if (order == 0)
        {
          *item = middle;
          return TRUE;
        }
      if (order < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return FALSE;
}

/**
 * store_baskets_get_items:
 * @self: closed baskets
 * @basket: number of a basket
 * @n: (out): how many items
 *
 * Returns: (transfer none) (array length=n): the items of a basket, ascending
 */
const guint32 *
store_baskets_get_items (const StoreBaskets *self,
                         guint               basket,
                         guint              *n)
{
  gsize start = basket > 0 ? self->basket_ends[basket - 1] : 0;

  *n = self->basket_ends[basket] - start;
  return self->basket_items + start;
}

/**
 * store_baskets_get_holders:
 * @self: closed baskets
 * @item: number of an item
 * @n: (out): how many baskets
 *
 * Returns: (transfer none) (array length=n): the baskets that hold an item, ascending
 */
const guint32 *
store_baskets_get_holders (const StoreBaskets *self,
                           guint32             item,
                           guint              *n)
{
  gsize start = item > 0 ? self->item_ends[item - 1] : 0;

  *n = self->item_ends[item] - start;
  return self->item_baskets + start;
}
