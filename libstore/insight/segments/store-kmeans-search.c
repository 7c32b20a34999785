/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lloyd's k-means from several starts of k-means++ (Arthur and Vassilvitskii, 2007: each next
 * centre is a point drawn in proportion to its squared distance, or in every other start the best
 * of a few), with the
 * bounds of Hamerly ("Making k-means even faster", 2010): a point whose distance to its own centre
 * is below half the distance from there to the next centre, or below its bound to all others,
 * cannot change and is not looked at. When Lloyd stands still, single points are moved while that
 * lowers the sum (Hartigan's exchange), because many of Lloyd's resting places are not minima. A
 * cluster that runs empty takes the point that lies farthest from its centre. Few points, where it
 * costs nothing, get more starts than asked for, and the best is shaken some times: a centre is put
 * elsewhere and the search goes on from there (random swap, Fränti, 2018).
 *
 * Random numbers are counted from the seed, sums run in the order of the points, and ties go to
 * the lower number, so the same points give the same bits. */

#include "config.h"

#include <math.h>
#include <string.h>

#include "store-counter-random.h"
#include "store-kmeans-private.h"

#define MAX_ITERATIONS 300

void
store_kmeans_search_clear (StoreKmeansSearch *self)
{
  g_free (self->centres);
  g_free (self->before);
  g_free (self->moved);
  g_free (self->half_gap);
  g_free (self->upper);
  g_free (self->lower);
  g_free (self->labels);
  g_free (self->sizes);
}

void
store_kmeans_search_init (StoreKmeansSearch *self,
                          const double      *points,
                          guint              n,
                          guint              p,
                          guint              k,
                          guint64            seed)
{
  *self = (StoreKmeansSearch) { .points = points, .n = n, .p = p, .k = k, .seed = seed };
  self->centres = g_new0 (double, k * p);
  self->before = g_new0 (double, k * p);
  self->moved = g_new0 (double, k);
  self->half_gap = g_new0 (double, k);
  self->upper = g_new0 (double, n);
  self->lower = g_new0 (double, n);
  self->labels = g_new0 (guint32, n);
  self->sizes = g_new0 (guint, k);
}

static inline const double *
get_point (const StoreKmeansSearch *self,
           guint                    i)
{
  return self->points + (gsize) i * self->p;
}

static inline double *
get_centre (const StoreKmeansSearch *self,
            guint                    c)
{
  return self->centres + (gsize) c * self->p;
}

static inline double
square_distance (const double *a,
                 const double *b,
                 guint         p)
{
  double sum = 0.0;

  for (guint j = 0; j < p; j++)
    sum += (a[j] - b[j]) * (a[j] - b[j]);
  return sum;
}

static guint
draw_point (const StoreKmeansSearch *self,
            const double            *nearest,
            double                   total,
            guint64                  counter)
{
  double left = store_counter_random (self->seed, self->stream, counter) * total;

  for (guint i = 0; i < self->n; i++)
    {
      left -= nearest[i];
      if (left < 0.0 && nearest[i] > 0.0)
        return i;
    }
  return store_counter_random_bits (self->seed, self->stream, counter) % self->n;
}

/* Sum of the distances to the nearest centre if @candidate became one. */
static double
weigh_candidate (const StoreKmeansSearch *self,
                 const double            *nearest,
                 guint                    candidate,
                 double                  *shorter)
{
  double sum = 0.0;

  for (guint i = 0; i < self->n; i++)
    {
      shorter[i] = MIN (nearest[i], square_distance (get_point (self, i),
                                                     get_point (self, candidate), self->p));
      sum += shorter[i];
    }
  return sum;
}

static void
choose_centres (StoreKmeansSearch *self)
{
  guint n_candidates = self->stream % 2 ? 1 : 2 + (guint) log (self->k);
  g_autofree double *nearest = g_new (double, self->n);
  g_autofree double *shorter = g_new (double, self->n);
  g_autofree double *best = g_new (double, self->n);
  guint64 counter = 0;
  guint first = store_counter_random_bits (self->seed, self->stream, counter++) % self->n;
  double total;

  for (guint i = 0; i < self->n; i++)
    nearest[i] = HUGE_VAL;
  total = weigh_candidate (self, nearest, first, shorter);
  memcpy (nearest, shorter, self->n * sizeof (double));
  memcpy (self->centres, get_point (self, first), self->p * sizeof (double));

  for (guint c = 1; c < self->k; c++)
    {
      double best_total = HUGE_VAL;

      for (guint t = 0; t < n_candidates; t++)
        {
          guint candidate = draw_point (self, nearest, total, counter++);
          double sum = weigh_candidate (self, nearest, candidate, shorter);

          if (sum >= best_total)
            continue;
          best_total = sum;
          memcpy (get_centre (self, c), get_point (self, candidate), self->p * sizeof (double));
          memcpy (best, shorter, self->n * sizeof (double));
        }
      total = best_total;
      memcpy (nearest, best, self->n * sizeof (double));
    }
}

/* The nearest centre of a point, and its bounds. */
static guint32
look_around (StoreKmeansSearch *self,
             guint              i)
{
  double first = HUGE_VAL;
  double second = HUGE_VAL;
  guint32 nearest = 0;

  for (guint c = 0; c < self->k; c++)
    {
      double distance = square_distance (get_point (self, i), get_centre (self, c), self->p);

      if (distance < first)
        {
          second = first;
          first = distance;
          nearest = c;
        }
      else if (distance < second)
        second = distance;
    }
  self->upper[i] = sqrt (first);
  self->lower[i] = sqrt (second);
  return nearest;
}

static void
find_half_gaps (StoreKmeansSearch *self)
{
  for (guint c = 0; c < self->k; c++)
    {
      double gap = HUGE_VAL;

      for (guint d = 0; d < self->k; d++)
        if (d != c)
          gap = MIN (gap, square_distance (get_centre (self, c), get_centre (self, d), self->p));
      self->half_gap[c] = sqrt (gap) / 2.0;
    }
}

static gboolean
assign_points (StoreKmeansSearch *self)
{
  gboolean changed = FALSE;

  find_half_gaps (self);
  for (guint i = 0; i < self->n; i++)
    {
      guint32 label = self->labels[i];
      double bound = MAX (self->half_gap[label], self->lower[i]);

      /* A hair of slack keeps rounding in the bounds from hiding a tie. */
      if (self->upper[i] < bound * (1.0 - 1e-12))
        continue;
      self->upper[i] = sqrt (square_distance (get_point (self, i), get_centre (self, label),
                                              self->p));
      if (self->upper[i] < bound * (1.0 - 1e-12))
        continue;

      self->labels[i] = look_around (self, i);
      changed |= self->labels[i] != label;
    }
  return changed;
}

static void
forget_bounds (StoreKmeansSearch *self)
{
  for (guint i = 0; i < self->n; i++)
    {
      self->upper[i] = HUGE_VAL;
      self->lower[i] = 0.0;
    }
}

static void
fill_empty (StoreKmeansSearch *self,
            guint              empty)
{
  double farthest = -1.0;
  guint which = 0;

  for (guint i = 0; i < self->n; i++)
    {
      guint32 label = self->labels[i];
      double distance = square_distance (get_point (self, i), get_centre (self, label), self->p);

      if (self->sizes[label] > 1 && distance > farthest)
        {
          farthest = distance;
          which = i;
        }
    }
  self->sizes[self->labels[which]]--;
  self->labels[which] = empty;
  self->sizes[empty] = 1;
}

static void
count_sizes (StoreKmeansSearch *self)
{
  memset (self->sizes, 0, self->k * sizeof (guint));
  for (guint i = 0; i < self->n; i++)
    self->sizes[self->labels[i]]++;
}

static gboolean
fill_all_empty (StoreKmeansSearch *self)
{
  gboolean filled = FALSE;

  count_sizes (self);
  for (guint c = 0; c < self->k; c++)
    if (self->sizes[c] == 0)
      {
        fill_empty (self, c);
        filled = TRUE;
      }
  return filled;
}

static void
average_points (StoreKmeansSearch *self)
{
  memset (self->centres, 0, (gsize) self->k * self->p * sizeof (double));
  for (guint i = 0; i < self->n; i++)
    {
      const double *point = get_point (self, i);
      double *centre = get_centre (self, self->labels[i]);

      for (guint j = 0; j < self->p; j++)
        centre[j] += point[j];
    }
  for (guint c = 0; c < self->k; c++)
    for (guint j = 0; j < self->p; j++)
      get_centre (self, c)[j] /= self->sizes[c];
}

static void
shift_bounds (StoreKmeansSearch *self)
{
  double longest = 0.0;

  for (guint c = 0; c < self->k; c++)
    {
      self->moved[c] = sqrt (square_distance (get_centre (self, c),
                                              self->before + (gsize) c * self->p, self->p));
      longest = MAX (longest, self->moved[c]);
    }
  for (guint i = 0; i < self->n; i++)
    {
      self->upper[i] += self->moved[self->labels[i]];
      self->lower[i] -= longest;
    }
}

static void
run_lloyd (StoreKmeansSearch *self)
{
  gboolean changed = TRUE;

  forget_bounds (self);
  while (changed && self->iterations < MAX_ITERATIONS)
    {
      gboolean filled;

      changed = assign_points (self);
      filled = fill_all_empty (self);
      memcpy (self->before, self->centres, (gsize) self->k * self->p * sizeof (double));
      average_points (self);
      self->iterations++;
      if (filled)
        forget_bounds (self);
      else
        shift_bounds (self);
      changed |= filled;
    }
}

static void
move_point (StoreKmeansSearch *self,
            guint              i,
            guint              to)
{
  const double *point = get_point (self, i);
  guint from = self->labels[i];
  double *left = get_centre (self, from);
  double *joined = get_centre (self, to);

  self->sizes[from]--;
  self->sizes[to]++;
  for (guint j = 0; j < self->p; j++)
    {
      left[j] -= (point[j] - left[j]) / self->sizes[from];
      joined[j] += (point[j] - joined[j]) / self->sizes[to];
    }
  self->labels[i] = to;
}

/* Moving a point away saves n/(n-1) of its square distance, adding it elsewhere costs n/(n+1). */
static gboolean
exchange_point (StoreKmeansSearch *self,
                guint              i)
{
  guint from = self->labels[i];
  double n_from = self->sizes[from];
  guint best = from;
  double saved;
  double least;

  if (self->sizes[from] < 2)
    return FALSE;

  saved = square_distance (get_point (self, i), get_centre (self, from),
                           self->p) * n_from / (n_from - 1.0);
  least = saved * (1.0 - STORE_KMEANS_GAIN);
  for (guint c = 0; c < self->k; c++)
    {
      double n_to = self->sizes[c];
      double cost;

      if (c == from)
        continue;
      cost = square_distance (get_point (self, i), get_centre (self, c),
                              self->p) * n_to / (n_to + 1.0);
      if (cost < least)
        {
          least = cost;
          best = c;
        }
    }
  if (best == from)
    return FALSE;
  move_point (self, i, best);
  return TRUE;
}

static gboolean
exchange_points (StoreKmeansSearch *self)
{
  gboolean any = FALSE;

  for (guint i = 0; i < self->n; i++)
    any |= exchange_point (self, i);
  return any;
}

static double
sum_distances (const StoreKmeansSearch *self)
{
  double sum = 0.0;

  for (guint i = 0; i < self->n; i++)
    sum += square_distance (get_point (self, i), get_centre (self, self->labels[i]), self->p);
  return sum;
}

static void
run_to_rest (StoreKmeansSearch *self)
{
  run_lloyd (self);
  while (self->iterations < MAX_ITERATIONS && exchange_points (self))
    run_lloyd (self);
}

double
store_kmeans_search_start (StoreKmeansSearch *self,
                           guint64            stream)
{
  self->stream = stream;
  self->iterations = 0;
  memset (self->labels, 0, self->n * sizeof (guint32));
  choose_centres (self);
  run_to_rest (self);
  return sum_distances (self);
}

/* One centre is put elsewhere: to a point drawn by its distance. Which centre goes is drawn too. */
double
store_kmeans_search_swap (StoreKmeansSearch *self,
                          const StoreKmeans *from,
                          guint64            stream)
{
  g_autofree double *distances = g_new (double, self->n);
  guint leaving = store_counter_random_bits (self->seed, stream, 0) % self->k;
  guint coming;
  double total = 0.0;

  self->stream = stream;
  self->iterations = 0;
  memcpy (self->centres, from->centres, (gsize) self->k * self->p * sizeof (double));
  memcpy (self->labels, from->labels, self->n * sizeof (guint32));
  for (guint i = 0; i < self->n; i++)
    {
      distances[i] = square_distance (get_point (self, i), get_centre (self, self->labels[i]),
                                      self->p);
      total += distances[i];
    }
  coming = draw_point (self, distances, total, 1);
  memcpy (get_centre (self, leaving), get_point (self, coming), self->p * sizeof (double));
  run_to_rest (self);
  return sum_distances (self);
}
