/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Heaps by variance (Wan, Wong and Prusinkiewicz, "An algorithm for multidimensional data
 * clustering", 1988): all points are one heap at first; the heap with the largest sum of squares
 * around its mean is cut at the mean of the number that varies most, until there are enough heaps.
 * Equal points never part. No random numbers, and time by n log n in practice. */

#include "config.h"

#include <string.h>

#include "store-micro-clusters.h"

typedef struct
{
  guint start;
  guint n;
  guint widest;
  double squares;
  double cut;
} Heap;

typedef struct
{
  const double *points;
  guint p;
  guint32 *order;
  guint32 *spare;
  double *means;
  double *spreads;
} Work;

static void
work_clear (Work *self)
{
  g_free (self->order);
  g_free (self->spare);
  g_free (self->means);
  g_free (self->spreads);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

static inline const double *
get_point (const Work *self,
           guint       place)
{
  return self->points + (gsize) self->order[place] * self->p;
}

static void
find_means (Work       *self,
            const Heap *heap)
{
  memset (self->means, 0, self->p * sizeof (double));
  for (guint i = heap->start; i < heap->start + heap->n; i++)
    for (guint j = 0; j < self->p; j++)
      self->means[j] += get_point (self, i)[j];
  for (guint j = 0; j < self->p; j++)
    self->means[j] /= heap->n;
}

static Heap
measure (Work  *self,
         guint  start,
         guint  n)
{
  Heap heap = { .start = start, .n = n };

  find_means (self, &heap);
  memset (self->spreads, 0, self->p * sizeof (double));
  for (guint i = start; i < start + n; i++)
    for (guint j = 0; j < self->p; j++)
      {
        double away = get_point (self, i)[j] - self->means[j];

        self->spreads[j] += away * away;
      }
  for (guint j = 0; j < self->p; j++)
    {
      heap.squares += self->spreads[j];
      if (self->spreads[j] > self->spreads[heap.widest])
        heap.widest = j;
    }
  heap.cut = self->means[heap.widest];
  return heap;
}

/* Puts what is not above the cut first, both sides in the order that they had; returns how many
 * those are. */
static guint
part (Work       *self,
      const Heap *heap)
{
  guint n_low = 0;
  guint n_high = 0;

  for (guint i = heap->start; i < heap->start + heap->n; i++)
    if (get_point (self, i)[heap->widest] > heap->cut)
      self->spare[n_high++] = self->order[i];
    else
      self->order[heap->start + n_low++] = self->order[i];
  memcpy (self->order + heap->start + n_low, self->spare, n_high * sizeof (guint32));
  return n_low;
}

static guint
find_loosest (const Heap *heaps,
              guint       n)
{
  guint loosest = 0;

  for (guint i = 1; i < n; i++)
    if (heaps[i].squares > heaps[loosest].squares)
      loosest = i;
  return loosest;
}

static guint
cut_heaps (Work  *self,
           Heap  *heaps,
           guint  n_points,
           guint  most)
{
  guint n = 1;

  heaps[0] = measure (self, 0, n_points);
  while (n < most)
    {
      Heap *heap = &heaps[find_loosest (heaps, n)];
      guint n_low;
      guint end = heap->start + heap->n;

      if (heap->squares <= 0.0)
        break;
      n_low = part (self, heap);

      /* Rounding may put the mean of all but equal points beside them all. */
      if (n_low == 0 || n_low == heap->n)
        {
          heap->squares = 0.0;
          continue;
        }
      heaps[n++] = measure (self, heap->start + n_low, end - heap->start - n_low);
      *heap = measure (self, heap->start, n_low);
    }
  return n;
}

static void
take_heaps (StoreMicroClusters *self,
            Work               *work,
            const Heap         *heaps)
{
  self->centres = g_new (double, (gsize) self->n * self->p);
  self->sizes = g_new (guint, self->n);
  for (guint c = 0; c < self->n; c++)
    {
      find_means (work, &heaps[c]);
      memcpy (self->centres + (gsize) c * self->p, work->means, self->p * sizeof (double));
      self->sizes[c] = heaps[c].n;
      for (guint i = heaps[c].start; i < heaps[c].start + heaps[c].n; i++)
        self->labels[work->order[i]] = c;
    }
}

/**
 * store_micro_clusters_new:
 * @points: @n times @p numbers, point by point, all finite
 * @n: number of points, at least one
 * @p: numbers in a point
 * @most: how many heaps at most
 *
 * Returns: (transfer full): the heaps; fewer than @most where the points are fewer or equal
 */
StoreMicroClusters *
store_micro_clusters_new (const double *points,
                          guint         n,
                          guint         p,
                          guint         most)
{
  g_auto (Work) work = { .points = points, .p = p };
  g_autofree Heap *heaps = NULL;
  StoreMicroClusters *self;

  g_return_val_if_fail (points != NULL && n > 0 && p > 0 && most > 0, NULL);

  heaps = g_new (Heap, most);
  work.order = g_new (guint32, n);
  work.spare = g_new (guint32, n);
  work.means = g_new (double, p);
  work.spreads = g_new (double, p);
  for (guint i = 0; i < n; i++)
    work.order[i] = i;

  self = g_new0 (StoreMicroClusters, 1);
  self->p = p;
  self->labels = g_new (guint32, n);
  self->n = cut_heaps (&work, heaps, n, most);
  take_heaps (self, &work, heaps);
  return self;
}

void
store_micro_clusters_free (StoreMicroClusters *self)
{
  if (self == NULL)
    return;
  g_free (self->centres);
  g_free (self->sizes);
  g_free (self->labels);
  g_free (self);
}
