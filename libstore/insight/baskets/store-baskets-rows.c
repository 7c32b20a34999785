/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two tables of the same ones: the items of each basket, and the baskets that hold each item, both
 * ascending. They are sorted by counting, by item and then by basket, which is linear. */

#include "config.h"

#include "store-baskets-private.h"

static guint32
get_number (const StoreBasketPair *pair,
            gboolean               by_item)
{
  return by_item ? pair->item : pair->basket;
}

/* Returns where each number ends in @to; keeps the order of equal ones. */
static gsize *
sort_pairs (const StoreBasketPair *from,
            StoreBasketPair       *to,
            gsize                  n_pairs,
            guint                  n_numbers,
            gboolean               by_item)
{
  gsize *starts = g_new0 (gsize, (gsize) n_numbers + 1);

  for (gsize i = 0; i < n_pairs; i++)
    starts[get_number (&from[i], by_item) + 1]++;
  for (guint i = 0; i < n_numbers; i++)
    starts[i + 1] += starts[i];
  for (gsize i = 0; i < n_pairs; i++)
    to[starts[get_number (&from[i], by_item)]++] = from[i];
  return starts;
}

static gsize
drop_doubles (StoreBasketPair *pairs,
              gsize            n_pairs)
{
  gsize kept = 0;

  for (gsize i = 0; i < n_pairs; i++)
    if (i == 0 || pairs[i].basket != pairs[kept - 1].basket ||
        pairs[i].item != pairs[kept - 1].item)
      pairs[kept++] = pairs[i];
  return kept;
}

static void
fill (StoreBasketRows       *rows,
      const StoreBasketPair *from,
      StoreBasketPair       *to,
      gsize                  n_pairs,
      guint                  n,
      gboolean               by_item)
{
  rows->n = n;
  rows->ends = sort_pairs (from, to, n_pairs, n, by_item);
  rows->numbers = g_new (guint32, n_pairs + 1);
  for (gsize i = 0; i < n_pairs; i++)
    rows->numbers[i] = get_number (&to[i], !by_item);
}

/* @pairs in any order, with doubles; they are used as room. */
void
store_baskets_fill_rows (StoreBaskets    *self,
                         StoreBasketPair *pairs,
                         gsize            n_pairs,
                         guint            n_baskets,
                         guint            n_items)
{
  g_autofree StoreBasketPair *room = g_new (StoreBasketPair, n_pairs + 1);

  g_free (sort_pairs (pairs, room, n_pairs, n_items, TRUE));
  g_free (sort_pairs (room, pairs, n_pairs, n_baskets, FALSE));
  n_pairs = drop_doubles (pairs, n_pairs);
  fill (&self->rows, pairs, room, n_pairs, n_baskets, FALSE);
  fill (&self->holders, room, pairs, n_pairs, n_items, TRUE);
}
