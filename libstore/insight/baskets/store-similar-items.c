/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What to offer next: items are alike when the same customers (or baskets) hold them (Linden, Smith
 * and York, "Item-to-item collaborative filtering", 2003). Few shared baskets prove little, so a
 * similarity may be shrunk by shared / (shared + shrinkage). The row of an item is counted by
 * walking the baskets that hold it; blocks of items are counted side by side. Ties go to the lower number,
 * that is the earlier name. */

#include "config.h"

#include <math.h>
#include <string.h>

#include "store-parallel.h"
#include "store-similar-items.h"

#define BLOCKS 64
/* Above so many pairs, 256 MB, an item remembers only this many. */
#define MOST_PAIRS (16u * 1024 * 1024)
#define NEIGHBOURS_OF_MANY 200

/* A row an item, in the array of the block that made it; @reverse has the same ones by the other
 * item, where the two differ. */
struct _StoreSimilarItems
{
  StoreSimilarOptions options;
  guint n_items;
  guint32 *counts;
  double *roots;
  guint *n_row;
  const StoreSimilarItem **rows;
  GArray *blocks[BLOCKS];
  gsize *reverse_ends;
  StoreSimilarItem *reverse;
};

/* All rows, while they are counted. */
typedef struct
{
  StoreSimilarItems *self;
  const StoreBaskets *baskets;
} Counting;

static double
find_score (const StoreSimilarItems *self,
            guint32                  item,
            guint32                  other,
            guint32                  both)
{
  double shared = both;
  double score;

  if (self->options.similarity == STORE_SIMILARITY_JACCARD)
    score = shared / ((double) self->counts[item] + self->counts[other] - shared);
  else
    score = shared * (self->roots[item] * self->roots[other]);
  return self->options.shrinkage > 0.0 ? score * shared / (shared + self->options.shrinkage)
                                       : score;
}

static int
compare_items (gconstpointer a,
               gconstpointer b)
{
  const StoreSimilarItem *left = a;
  const StoreSimilarItem *right = b;

  return (left->item > right->item) - (left->item < right->item);
}

/**
 * store_similar_item_put_best:
 * @best: (element-type StoreSimilarItem): the best so far, best first
 * @n: how many they may be
 * @offer: another one, with a number above those of all before
 *
 * Puts it where it belongs, if it does.
 */
void
store_similar_item_put_best (GArray           *best,
                             guint             n,
                             StoreSimilarItem  offer)
{
  StoreSimilarItem *offers;
  guint at = best->len;

  if (at == n && (n == 0 || g_array_index (best, StoreSimilarItem, n - 1).score >= offer.score))
    return;
  if (at < n)
    g_array_set_size (best, at + 1);
  else
    at--;
  offers = (StoreSimilarItem *) (gpointer) best->data;
  for (; at > 0 && offers[at - 1].score < offer.score; at--)
    offers[at] = offers[at - 1];
  offers[at] = offer;
}

/* Takes what @shared has for @row, and leaves zeros. */
static void
list_row (const StoreSimilarItems *self,
          guint32                  item,
          guint32                 *shared,
          GArray                  *row)
{
  StoreSimilarItem *to;
  guint n = 0;

  g_array_set_size (row, self->n_items);
  to = (StoreSimilarItem *) (gpointer) row->data;
  for (guint32 other = 0; other < self->n_items; other++)
    if (shared[other] > 0)
      {
        to[n++] = (StoreSimilarItem) { other, shared[other],
                                       find_score (self, item, other, shared[other]) };
        shared[other] = 0;
      }
  g_array_set_size (row, n);
}

static void
cut_row (GArray *row,
         guint   most)
{
  g_autoptr (GArray) all = NULL;

  if (row->len <= most)
    return;
  all = g_array_copy (row);
  g_array_set_size (row, 0);
  for (guint i = 0; i < all->len; i++)
    store_similar_item_put_best (row, most, g_array_index (all, StoreSimilarItem, i));
  g_array_sort (row, compare_items);
}

/* @shared: a zero for each item, and again at the end. */
static void
count_row (const Counting *counting,
           guint32         item,
           guint32        *shared,
           GArray         *row)
{
  const StoreSimilarItems *self = counting->self;
  guint n_holders;
  const guint32 *holders = store_baskets_get_holders (counting->baskets, item, &n_holders);

  for (guint i = 0; i < n_holders; i++)
    {
      guint n;
      const guint32 *items = store_baskets_get_items (counting->baskets, holders[i], &n);

      for (guint j = 0; j < n; j++)
        shared[items[j]]++;
    }
  shared[item] = 0;
  list_row (self, item, shared, row);
  if (self->options.n_neighbours > 0)
    cut_row (row, self->options.n_neighbours);
}

static void
count_block (guint    block,
             gpointer data)
{
  Counting *counting = data;
  StoreSimilarItems *self = counting->self;
  guint end = (guint64) (block + 1) * self->n_items / BLOCKS;
  g_autofree guint32 *shared = g_new0 (guint32, (gsize) self->n_items + 1);
  g_autoptr (GArray) row = g_array_new (FALSE, FALSE, sizeof (StoreSimilarItem));
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (StoreSimilarItem));

  for (guint32 item = (guint64) block * self->n_items / BLOCKS; item < end; item++)
    {
      count_row (counting, item, shared, row);
      g_array_append_vals (rows, row->data, row->len);
      self->n_row[item] = row->len;
    }
  self->blocks[block] = rows;
}

static void
find_rows (StoreSimilarItems *self)
{
  for (guint block = 0; block < BLOCKS; block++)
    {
      guint end = (guint64) (block + 1) * self->n_items / BLOCKS;
      const StoreSimilarItem *row = (const StoreSimilarItem *) (gpointer) self->blocks[block]->data;

      for (guint32 item = (guint64) block * self->n_items / BLOCKS; item < end; item++)
        if (self->n_row[item] > 0)
          {
            self->rows[item] = row;
            row += self->n_row[item];
          }
    }
}

/* All pairs by the other item; where no row was cut that changes nothing. */
static void
turn_rows (StoreSimilarItems *self)
{
  gsize *ends = g_new0 (gsize, (gsize) self->n_items + 1);

  for (guint32 item = 0; item < self->n_items; item++)
    for (guint i = 0; i < self->n_row[item]; i++)
      ends[self->rows[item][i].item + 1]++;
  for (guint32 item = 0; item < self->n_items; item++)
    ends[item + 1] += ends[item];
  self->reverse = g_new (StoreSimilarItem, ends[self->n_items] + 1);
  self->reverse_ends = ends;
  for (guint32 item = 0; item < self->n_items; item++)
    for (guint i = 0; i < self->n_row[item]; i++)
      {
        StoreSimilarItem turned = self->rows[item][i];
        gsize at = ends[turned.item]++;

        turned.item = item;
        self->reverse[at] = turned;
      }
}

/* How many pairs there are at most. */
static guint64
count_most_pairs (const StoreBaskets *baskets)
{
  guint64 n_items = store_baskets_get_n_items (baskets);
  guint64 most = 0;

  for (guint basket = 0; basket < store_baskets_get_n (baskets); basket++)
    {
      guint n;

      store_baskets_get_items (baskets, basket, &n);
      most += (guint64) n * n;
    }
  return MIN (most, n_items * n_items);
}

static StoreSimilarItems *
make_empty (guint                      n_items,
            const StoreSimilarOptions *options)
{
  StoreSimilarItems *self = g_new0 (StoreSimilarItems, 1);

  self->options = *options;
  self->n_items = n_items;
  self->counts = g_new0 (guint32, (gsize) n_items + 1);
  self->roots = g_new0 (double, (gsize) n_items + 1);
  self->n_row = g_new0 (guint, (gsize) n_items + 1);
  self->rows = g_new0 (const StoreSimilarItem *, (gsize) n_items + 1);
  return self;
}

/**
 * store_similar_items_new:
 * @baskets: closed baskets
 * @options: what is alike, and how much of it is remembered
 * @cancellable: (nullable): to stop
 * @error: %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the similarities of all items
 */
StoreSimilarItems *
store_similar_items_new (const StoreBaskets         *baskets,
                         const StoreSimilarOptions  *options,
                         GCancellable               *cancellable,
                         GError                    **error)
{
  g_autoptr (StoreSimilarItems) self = NULL;
  Counting counting = { .baskets = baskets };

  g_return_val_if_fail (baskets != NULL && options != NULL, NULL);
  g_return_val_if_fail (isfinite (options->shrinkage) && options->shrinkage >= 0.0, NULL);

  counting.self = self = make_empty (store_baskets_get_n_items (baskets), options);
  for (guint32 item = 0; item < self->n_items; item++)
    {
      store_baskets_get_holders (baskets, item, &self->counts[item]);
      self->roots[item] = 1.0 / sqrt (self->counts[item]);
    }
  if (options->n_neighbours == 0 && count_most_pairs (baskets) > MOST_PAIRS)
    self->options.n_neighbours = NEIGHBOURS_OF_MANY;
  if (!store_parallel_run (BLOCKS, count_block, &counting, cancellable, error))
    return NULL;
  find_rows (self);
  if (self->options.n_neighbours > 0 && !self->options.of_owned)
    turn_rows (self);
  return g_steal_pointer (&self);
}

/**
 * store_similar_items_new_from_rows:
 * @n_items: number of items
 * @counts: (array length=n_items): baskets that hold each
 * @ends: (array length=n_items): where the row of each ends
 * @rows: (element-type StoreSimilarItem): the rows, whose items ascend; scores do not matter
 * @options: as they were
 *
 * Returns: (transfer full): the same similarities again
 */
StoreSimilarItems *
store_similar_items_new_from_rows (guint                      n_items,
                                   const guint32             *counts,
                                   const gsize               *ends,
                                   const GArray              *rows,
                                   const StoreSimilarOptions *options)
{
  StoreSimilarItems *self = make_empty (n_items, options);
  StoreSimilarItem *all;
  gsize at = 0;

  self->blocks[0] = g_array_sized_new (FALSE, FALSE, sizeof (StoreSimilarItem), rows->len);
  g_array_append_vals (self->blocks[0], rows->data, rows->len);
  all = (StoreSimilarItem *) (gpointer) self->blocks[0]->data;
  for (guint32 item = 0; item < n_items; item++)
    {
      self->counts[item] = counts[item];
      self->roots[item] = 1.0 / sqrt (counts[item]);
    }
  for (guint32 item = 0; item < n_items; item++)
    {
      self->n_row[item] = (guint) (ends[item] - at);
      if (self->n_row[item] > 0)
        self->rows[item] = all + at;
      for (; at < ends[item]; at++)
        all[at].score = find_score (self, item, all[at].item, all[at].shared);
    }
  if (options->n_neighbours > 0 && !options->of_owned)
    turn_rows (self);
  return self;
}

void
store_similar_items_free (StoreSimilarItems *self)
{
  if (self == NULL)
    return;
  for (guint block = 0; block < BLOCKS; block++)
    g_clear_pointer (&self->blocks[block], g_array_unref);
  g_free (self->counts);
  g_free (self->roots);
  g_free (self->n_row);
  g_free (self->rows);
  g_free (self->reverse_ends);
  g_free (self->reverse);
  g_free (self);
}

guint
store_similar_items_get_n (const StoreSimilarItems *self)
{
  return self->n_items;
}

/* How many baskets hold an item. */
guint32
store_similar_items_get_count (const StoreSimilarItems *self,
                               guint32                  item)
{
  return self->counts[item];
}

/**
 * store_similar_items_get_row:
 * @self: similarities
 * @item: number of an item
 * @n: (out): how many
 *
 * Returns: (transfer none) (array length=n): what is like it, by number
 */
const StoreSimilarItem *
store_similar_items_get_row (const StoreSimilarItems *self,
                             guint32                  item,
                             guint                   *n)
{
  *n = self->n_row[item];
  return self->rows[item];
}

/**
 * store_similar_items_get_offered:
 * @self: similarities
 * @item: number of an item that a customer has
 * @n: (out): how many
 *
 * Returns: (transfer none) (array length=n): the items that it speaks for, by number
 */
const StoreSimilarItem *
store_similar_items_get_offered (const StoreSimilarItems *self,
                                 guint32                  item,
                                 guint                   *n)
{
  gsize start;

  if (self->reverse == NULL)
    return store_similar_items_get_row (self, item, n);
  start = item > 0 ? self->reverse_ends[item - 1] : 0;
  *n = (guint) (self->reverse_ends[item] - start);
  return self->reverse + start;
}

/**
 * store_similar_items_find:
 * @self: similarities
 * @item: number of an item
 * @n: how many to return at most
 *
 * Returns: (transfer full) (element-type StoreSimilarItem): the items most like it, best first
 */
GArray *
store_similar_items_find (const StoreSimilarItems *self,
                          guint32                  item,
                          guint                    n)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (StoreSimilarItem));
  const StoreSimilarItem *row;
  guint n_row;

  g_return_val_if_fail (item < self->n_items, found);

  row = store_similar_items_get_row (self, item, &n_row);
  for (guint i = 0; i < n_row; i++)
    store_similar_item_put_best (found, n, row[i]);
  return found;
}
