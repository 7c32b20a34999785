/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Divisive clustering (Macnaughton-Smith and others, 1964; DIANA of Kaufman and Rousseeuw, 1990):
 * the cluster is split by the point that is on average farthest from the others; then, one at a
 * time, the point goes over that is nearer to those who left than to those who stay, the most so
 * first. The height of a split is the diameter of the cluster.
 *
 * Sums of distances to both sides are carried along, so a split takes time by the square of the
 * cluster's size and not by its cube. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "store-dendrogram.h"
#include "store-error.h"

typedef struct
{
  guint n;
  double *distances;
  guint32 *members;
  double *to_rest;
  double *to_splinter;
  gboolean *left;
} Diana;

static void
diana_clear (Diana *self)
{
  g_free (self->distances);
  g_free (self->members);
  g_free (self->to_rest);
  g_free (self->to_splinter);
  g_free (self->left);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Diana, diana_clear)

typedef struct
{
  guint start;
  guint n;
} Range;

static inline double
get_distance (const Diana *self,
              guint        a,
              guint        b)
{
  gsize low = MIN (a, b);
  gsize high = MAX (a, b);

  return a == b ? 0.0 : self->distances[high * (high - 1) / 2 + low];
}

static void
diana_init (Diana        *self,
            const double *points,
            guint         n,
            guint         p)
{
  double *place;

  self->n = n;
  self->distances = place = g_new (double, (gsize) n * (n - 1) / 2);
  self->members = g_new (guint32, n);
  self->to_rest = g_new (double, n);
  self->to_splinter = g_new (double, n);
  self->left = g_new (gboolean, n);
  for (guint i = 0; i < n; i++)
    self->members[i] = i;
  for (guint b = 1; b < n; b++)
    for (guint a = 0; a < b; a++)
      {
        double sum = 0.0;

        for (guint j = 0; j < p; j++)
          sum += (points[(gsize) a * p + j] - points[(gsize) b * p + j]) *
                 (points[(gsize) a * p + j] - points[(gsize) b * p + j]);
        *place++ = sqrt (sum);
      }
}

/* Sums the distances inside of a cluster; returns the longest. */
static double
measure (Diana       *self,
         const Range *range)
{
  const guint32 *members = self->members + range->start;
  double diameter = 0.0;

  for (guint i = 0; i < range->n; i++)
    {
      self->to_rest[members[i]] = 0.0;
      self->to_splinter[members[i]] = 0.0;
      self->left[members[i]] = FALSE;
    }
  for (guint i = 1; i < range->n; i++)
    for (guint j = 0; j < i; j++)
      {
        double distance = get_distance (self, members[i], members[j]);

        self->to_rest[members[i]] += distance;
        self->to_rest[members[j]] += distance;
        diameter = MAX (diameter, distance);
      }
  return diameter;
}

static void
leave (Diana       *self,
       const Range *range,
       guint        which)
{
  const guint32 *members = self->members + range->start;

  self->left[which] = TRUE;
  for (guint i = 0; i < range->n; i++)
    {
      double distance = get_distance (self, members[i], which);

      self->to_rest[members[i]] -= distance;
      self->to_splinter[members[i]] += distance;
    }
}

static guint
find_first_to_leave (const Diana *self,
                     const Range *range)
{
  const guint32 *members = self->members + range->start;
  guint which = members[0];

  for (guint i = 1; i < range->n; i++)
    if (self->to_rest[members[i]] > self->to_rest[which])
      which = members[i];
  return which;
}

/* Returns FALSE when everybody left is nearer to those who stay. */
static gboolean
find_next_to_leave (const Diana *self,
                    const Range *range,
                    guint        n_left,
                    guint       *which)
{
  const guint32 *members = self->members + range->start;
  double most = 0.0;

  for (guint i = 0; i < range->n; i++)
    {
      guint point = members[i];
      double pull;

      if (self->left[point])
        continue;
      pull = self->to_rest[point] / (range->n - n_left - 1) - self->to_splinter[point] / n_left;
      if (pull > most)
        {
          most = pull;
          *which = point;
        }
    }
  return most > 0.0;
}

/* Those who stay are put first, both sides in the order that they had. */
static guint
part (Diana       *self,
      const Range *range)
{
  g_autofree guint32 *gone = g_new (guint32, range->n);
  guint32 *members = self->members + range->start;
  guint n_gone = 0;
  guint n_stay = 0;

  for (guint i = 0; i < range->n; i++)
    if (self->left[members[i]])
      gone[n_gone++] = members[i];
    else
      members[n_stay++] = members[i];
  for (guint i = 0; i < n_gone; i++)
    members[n_stay + i] = gone[i];
  return n_stay;
}

static guint
split (Diana       *self,
       const Range *range,
       double      *height)
{
  guint n_left = 1;
  guint which = 0;

  *height = measure (self, range);
  leave (self, range, find_first_to_leave (self, range));
  while (n_left + 1 < range->n && find_next_to_leave (self, range, n_left, &which))
    {
      leave (self, range, which);
      n_left++;
    }
  return part (self, range);
}

static void
push_range (GArray *waiting,
            guint   start,
            guint   n)
{
  Range range = { start, n };

  if (n > 1)
    g_array_append_val (waiting, range);
}

/* Splits come from above, merges from below: the list is filled from its end. */
static gboolean
run_splits (Diana                *self,
            StoreDendrogramMerge *merges,
            GCancellable         *cancellable)
{
  g_autoptr (GArray) waiting = g_array_new (FALSE, FALSE, sizeof (Range));
  guint at = self->n - 1;

  push_range (waiting, 0, self->n);
  while (waiting->len > 0)
    {
      Range range = g_array_index (waiting, Range, waiting->len - 1);
      double height;
      guint n_stay;

      if (g_cancellable_is_cancelled (cancellable))
        return FALSE;
      g_array_set_size (waiting, waiting->len - 1);
      n_stay = split (self, &range, &height);
      merges[--at] = (StoreDendrogramMerge) {
        .left = self->members[range.start],
        .right = self->members[range.start + n_stay],
        .height = height,
      };
      push_range (waiting, range.start, n_stay);
      push_range (waiting, range.start + n_stay, range.n - n_stay);
    }
  return TRUE;
}

/**
 * store_dendrogram_new_diana:
 * @points: @n times @p numbers, point by point
 * @n: number of points
 * @p: numbers in a point
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Builds clusters from above.
 *
 * Returns: (transfer full): the tree, or %NULL with %STORE_ERROR_TOO_LITTLE_DATA below two points
 *   or with %STORE_ERROR_CANCELLED
 */
StoreDendrogram *
store_dendrogram_new_diana (const double  *points,
                            guint          n,
                            guint          p,
                            GCancellable  *cancellable,
                            GError       **error)
{
  g_auto (Diana) diana = { 0 };
  g_autofree StoreDendrogramMerge *merges = NULL;

  if (n < 2)
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA,
                           _("There are fewer customers than groups to divide them into."));
      return NULL;
    }

  diana_init (&diana, points, n, p);
  merges = g_new0 (StoreDendrogramMerge, n);
  if (!run_splits (&diana, merges, cancellable))
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_CANCELLED, _("Stopped before the end."));
      return NULL;
    }
  return store_dendrogram_take_pairs (g_steal_pointer (&merges), n);
}
