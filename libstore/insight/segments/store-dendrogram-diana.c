/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Divisive clustering (Macnaughton-Smith and others, 1964; DIANA of Kaufman and Rousseeuw, 1990):
 * the cluster is split by the point that is on average farthest from the others; then, one at a
 * time, the point goes over that is nearer to those who left than to those who stay, the most so
 * first. The height of a split is the diameter of the cluster.
 *
 * Sums of distances to both sides are carried along, so a split takes time by the square of the
 * cluster's size and not by its cube. The distances themselves are computed where they are wanted,
 * a row at a time: the points of a cluster lie next to each other, number by number, and what is
 * kept grows with the points and not with their pairs. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "store-dendrogram.h"
#include "store-error.h"

/* All arrays are in the order of the clusters: @members says which point stands at a place. */
typedef struct
{
  guint n;
  guint p;
  double *numbers;
  double *weights;
  guint32 *members;
  double *to_rest;
  double *to_splinter;
  gboolean *left;
  double *row;
  double *spare;
} Diana;

static void
diana_clear (Diana *self)
{
  g_free (self->numbers);
  g_free (self->weights);
  g_free (self->members);
  g_free (self->to_rest);
  g_free (self->to_splinter);
  g_free (self->left);
  g_free (self->row);
  g_free (self->spare);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Diana, diana_clear)

typedef struct
{
  guint start;
  guint n;
} Range;

static void
diana_init (Diana        *self,
            const double *points,
            guint         n,
            guint         p,
            const guint  *weights)
{
  *self = (Diana) { .n = n, .p = p };
  self->numbers = g_new (double, (gsize) n * p);
  self->weights = g_new (double, n);
  self->members = g_new (guint32, n);
  self->to_rest = g_new (double, n);
  self->to_splinter = g_new (double, n);
  self->left = g_new (gboolean, n);
  self->row = g_new (double, n);
  self->spare = g_new (double, n);
  for (guint i = 0; i < n; i++)
    {
      self->members[i] = i;
      self->weights[i] = weights != NULL ? weights[i] : 1.0;
      for (guint j = 0; j < p; j++)
        self->numbers[(gsize) j * n + i] = points[(gsize) i * p + j];
    }
}

/* Distances from the point at @from to those at @start and the @n - 1 places after it. */
static void
find_row (Diana *self,
          guint  from,
          guint  start,
          guint  n)
{
  double *row = self->row;

  memset (row, 0, n * sizeof (double));
  for (guint j = 0; j < self->p; j++)
    {
      const double *numbers = self->numbers + (gsize) j * self->n;
      double number = numbers[from];

      numbers += start;
      for (guint i = 0; i < n; i++)
        row[i] += (numbers[i] - number) * (numbers[i] - number);
    }
  for (guint i = 0; i < n; i++)
    row[i] = sqrt (row[i]);
}

/* Sums the distances inside of a cluster; returns the longest. */
static double
measure (Diana       *self,
         const Range *range)
{
  const double *weights = self->weights + range->start;
  double *to_rest = self->to_rest + range->start;
  double diameter = 0.0;

  memset (to_rest, 0, range->n * sizeof (double));
  memset (self->to_splinter + range->start, 0, range->n * sizeof (double));
  memset (self->left + range->start, 0, range->n * sizeof (gboolean));
  for (guint i = 1; i < range->n; i++)
    {
      double weight = weights[i];
      double sum = 0.0;

      find_row (self, range->start + i, range->start, i);
      for (guint j = 0; j < i; j++)
        to_rest[j] += weight * self->row[j];
      for (guint j = 0; j < i; j++)
        {
          sum += weights[j] * self->row[j];
          diameter = MAX (diameter, self->row[j]);
        }
      to_rest[i] += sum;
    }
  return diameter;
}

static void
leave (Diana       *self,
       const Range *range,
       guint        which)
{
  double weight = self->weights[range->start + which];
  double *to_rest = self->to_rest + range->start;
  double *to_splinter = self->to_splinter + range->start;

  self->left[range->start + which] = TRUE;
  find_row (self, range->start + which, range->start, range->n);
  for (guint i = 0; i < range->n; i++)
    {
      to_rest[i] -= weight * self->row[i];
      to_splinter[i] += weight * self->row[i];
    }
}

static double
sum_weights (const Diana *self,
             const Range *range)
{
  double sum = 0.0;

  for (guint i = 0; i < range->n; i++)
    sum += self->weights[range->start + i];
  return sum;
}

/* A point that stands for several equal ones is at distance 0 from the others of its kind. */
static guint
find_first_to_leave (const Diana *self,
                     const Range *range)
{
  const double *to_rest = self->to_rest + range->start;
  guint which = 0;

  for (guint i = 1; i < range->n; i++)
    if (to_rest[i] > to_rest[which])
      which = i;
  return which;
}

/* Returns FALSE when everybody left is nearer to those who stay. */
static gboolean
find_next_to_leave (const Diana *self,
                    const Range *range,
                    double       stay,
                    double       gone,
                    guint       *which)
{
  double most = 0.0;

  for (guint i = 0; i < range->n; i++)
    {
      guint at = range->start + i;
      double pull;

      if (self->left[at])
        continue;
      pull = self->to_rest[at] / (stay - 1.0) - self->to_splinter[at] / gone;
      if (pull > most)
        {
          most = pull;
          *which = i;
        }
    }
  return most > 0.0;
}

static void
part_numbers (Diana       *self,
              const Range *range,
              double      *numbers)
{
  guint n_gone = 0;
  guint n_stay = 0;

  for (guint i = 0; i < range->n; i++)
    if (self->left[range->start + i])
      self->spare[n_gone++] = numbers[range->start + i];
    else
      numbers[range->start + n_stay++] = numbers[range->start + i];
  memcpy (numbers + range->start + n_stay, self->spare, n_gone * sizeof (double));
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

  for (guint j = 0; j < self->p; j++)
    part_numbers (self, range, self->numbers + (gsize) j * self->n);
  part_numbers (self, range, self->weights);
  for (guint i = 0; i < range->n; i++)
    if (self->left[range->start + i])
      gone[n_gone++] = members[i];
    else
      members[n_stay++] = members[i];
  memcpy (members + n_stay, gone, n_gone * sizeof (guint32));
  return n_stay;
}

/* Leaves a range that was measured in two parts; returns how many stay, who come first. */
static guint
split (Diana       *self,
       const Range *range)
{
  guint which = find_first_to_leave (self, range);
  guint n_left = 1;
  double stay = sum_weights (self, range);
  double gone;

  gone = self->weights[range->start + which];
  stay -= gone;
  leave (self, range, which);
  while (n_left + 1 < range->n && find_next_to_leave (self, range, stay, gone, &which))
    {
      stay -= self->weights[range->start + which];
      gone += self->weights[range->start + which];
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

/* Equal points leave one by one, whoever goes first; that needs no search, which would take time by
 * the cube of their number. Fills the list downwards from @end. */
static guint
join_equals (const Diana          *self,
             const Range          *range,
             StoreDendrogramMerge *end)
{
  for (guint i = 1; i < range->n; i++)
    *--end = (StoreDendrogramMerge) {
      .left = self->members[range->start],
      .right = self->members[range->start + i],
    };
  return range->n - 1;
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
      height = measure (self, &range);
      if (height == 0.0)
        {
          at -= join_equals (self, &range, merges + at);
          continue;
        }
      n_stay = split (self, &range);
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
 * @weights: (nullable): for each point, for how many equal ones it stands; %NULL for one each
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
                            const guint   *weights,
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

  diana_init (&diana, points, n, p, weights);
  merges = g_new0 (StoreDendrogramMerge, n);
  if (!run_splits (&diana, merges, cancellable))
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_CANCELLED, _("Stopped before the end."));
      return NULL;
    }
  return store_dendrogram_take_pairs (g_steal_pointer (&merges), n);
}
