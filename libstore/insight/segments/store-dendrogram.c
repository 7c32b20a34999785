/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <stdlib.h>

#include "store-dendrogram.h"

typedef struct
{
  StoreDendrogramMerge merge;
  guint order;
} OrderedMerge;

static int
compare_merges (gconstpointer a,
                gconstpointer b)
{
  const OrderedMerge *left = a;
  const OrderedMerge *right = b;

  if (left->merge.height != right->merge.height)
    return left->merge.height < right->merge.height ? -1 : 1;
  return (left->order > right->order) - (left->order < right->order);
}

static guint32
find_root (guint32 *parents,
           guint32  i)
{
  while (parents[i] != i)
    {
      parents[i] = parents[parents[i]];
      i = parents[i];
    }
  return i;
}

/**
 * store_dendrogram_take_pairs:
 * @pairs: (transfer full): @n - 1 merges that name a point of each side; a merge of a part comes
 *   before the merge of the whole, and its height is not above that
 * @n: number of points
 *
 * Orders merges by height and numbers the clusters.
 *
 * Returns: (transfer full): the tree
 */
StoreDendrogram *
store_dendrogram_take_pairs (StoreDendrogramMerge *pairs,
                             guint                 n)
{
  StoreDendrogram *self = g_new0 (StoreDendrogram, 1);
  g_autofree OrderedMerge *ordered = g_new0 (OrderedMerge, n);
  g_autofree guint32 *parents = g_new (guint32, n);
  g_autofree guint32 *numbers = g_new (guint32, n);
  g_autofree guint *sizes = g_new (guint, n);

  for (guint i = 0; i + 1 < n; i++)
    ordered[i] = (OrderedMerge) { pairs[i], i };
  qsort (ordered, n - 1, sizeof (OrderedMerge), compare_merges);

  for (guint i = 0; i < n; i++)
    {
      parents[i] = numbers[i] = i;
      sizes[i] = 1;
    }
  for (guint i = 0; i + 1 < n; i++)
    {
      guint32 left = find_root (parents, ordered[i].merge.left);
      guint32 right = find_root (parents, ordered[i].merge.right);

      pairs[i].left = MIN (numbers[left], numbers[right]);
      pairs[i].right = MAX (numbers[left], numbers[right]);
      pairs[i].height = ordered[i].merge.height;
      pairs[i].size = sizes[left] + sizes[right];
      parents[right] = left;
      sizes[left] = pairs[i].size;
      numbers[left] = n + i;
    }
  self->n = n;
  self->merges = pairs;
  return self;
}

/**
 * store_dendrogram_cut:
 * @self: a tree
 * @k: number of clusters, 1 to the number of points
 *
 * Returns: (transfer full): for each point its cluster, numbered in the order of the points; free
 *   with g_free()
 */
guint32 *
store_dendrogram_cut (const StoreDendrogram *self,
                      guint                  k)
{
  g_autofree guint32 *roots = g_new (guint32, 2 * (gsize) self->n);
  g_autofree guint32 *names = g_new (guint32, 2 * (gsize) self->n);
  guint32 *labels = g_new (guint32, self->n);
  guint32 n_names = 0;

  g_return_val_if_fail (k >= 1 && k <= self->n, NULL);

  for (guint i = 0; i < 2 * self->n; i++)
    {
      roots[i] = i;
      names[i] = G_MAXUINT32;
    }
  for (guint i = 0; i < self->n - k; i++)
    {
      roots[self->merges[i].left] = self->n + i;
      roots[self->merges[i].right] = self->n + i;
    }
  for (guint i = 0; i < self->n; i++)
    {
      guint32 root = find_root (roots, i);

      if (names[root] == G_MAXUINT32)
        names[root] = n_names++;
      labels[i] = names[root];
    }
  return labels;
}

void
store_dendrogram_free (StoreDendrogram *self)
{
  if (self == NULL)
    return;
  g_free (self->merges);
  g_free (self);
}
