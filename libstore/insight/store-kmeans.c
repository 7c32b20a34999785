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

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "store-counter-random.h"
#include "store-error.h"
#include "store-kmeans.h"

#define MAX_ITERATIONS 300
#define EXCHANGE_GAIN 1e-12
#define SPARE_POINTS 20000
#define MOST_SWAPS 20
#define MOST_EXTRA 4
#define SWAP_STREAM (1u << 20)

typedef struct
{
  const double *points;
  guint n;
  guint p;
  guint k;
  guint64 seed;
  guint64 stream;

  double *centres;
  double *before;
  double *moved;
  double *half_gap;
  double *upper;
  double *lower;
  guint32 *labels;
  guint *sizes;
  guint iterations;
} Search;

static void
search_clear (Search *self)
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

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

static void
search_init (Search       *self,
             const double *points,
             guint         n,
             guint         p,
             guint         k,
             guint64       seed)
{
  *self = (Search) { .points = points, .n = n, .p = p, .k = k, .seed = seed };
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
get_point (const Search *self,
           guint         i)
{
  return self->points + (gsize) i * self->p;
}

static inline double *
get_centre (const Search *self,
            guint         c)
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
draw_point (const Search *self,
            const double *nearest,
            double        total,
            guint64       counter)
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
weigh_candidate (const Search *self,
                 const double *nearest,
                 guint         candidate,
                 double       *shorter)
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
choose_centres (Search *self)
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
look_around (Search *self,
             guint   i)
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
find_half_gaps (Search *self)
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
assign_points (Search *self)
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
forget_bounds (Search *self)
{
  for (guint i = 0; i < self->n; i++)
    {
      self->upper[i] = HUGE_VAL;
      self->lower[i] = 0.0;
    }
}

static void
fill_empty (Search *self,
            guint   empty)
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
count_sizes (Search *self)
{
  memset (self->sizes, 0, self->k * sizeof (guint));
  for (guint i = 0; i < self->n; i++)
    self->sizes[self->labels[i]]++;
}

static gboolean
fill_all_empty (Search *self)
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
average_points (Search *self)
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
shift_bounds (Search *self)
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
run_lloyd (Search *self)
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
move_point (Search *self,
            guint   i,
            guint   to)
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
exchange_point (Search *self,
                guint   i)
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
  least = saved * (1.0 - EXCHANGE_GAIN);
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
exchange_points (Search *self)
{
  gboolean any = FALSE;

  for (guint i = 0; i < self->n; i++)
    any |= exchange_point (self, i);
  return any;
}

static double
sum_distances (const Search *self)
{
  double sum = 0.0;

  for (guint i = 0; i < self->n; i++)
    sum += square_distance (get_point (self, i), get_centre (self, self->labels[i]), self->p);
  return sum;
}

static void
run_to_rest (Search *self)
{
  run_lloyd (self);
  while (self->iterations < MAX_ITERATIONS && exchange_points (self))
    run_lloyd (self);
}

static double
run_start (Search  *self,
           guint64  stream)
{
  self->stream = stream;
  self->iterations = 0;
  memset (self->labels, 0, self->n * sizeof (guint32));
  choose_centres (self);
  run_to_rest (self);
  return sum_distances (self);
}

/* One centre is put elsewhere: to a point drawn by its distance. Which centre goes is drawn too. */
static double
run_swap (Search            *self,
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

static void
take_best (StoreKmeans  *self,
           const Search *search,
           double        inertia)
{
  self->inertia = inertia;
  self->iterations = search->iterations;
  memcpy (self->labels, search->labels, self->n * sizeof (guint32));
  memcpy (self->sizes, search->sizes, self->k * sizeof (guint));
  memcpy (self->centres, search->centres, (gsize) self->k * self->p * sizeof (double));
}

static void
swap_centres (StoreKmeans  *self,
              Search       *search,
              GCancellable *cancellable)
{
  guint n_swaps = self->k > 1 ? MIN (SPARE_POINTS / self->n, MOST_SWAPS) * self->k : 0;

  for (guint swap = 0; swap < n_swaps && !g_cancellable_is_cancelled (cancellable); swap++)
    {
      double inertia = run_swap (search, self, SWAP_STREAM + swap);

      if (inertia < self->inertia * (1.0 - EXCHANGE_GAIN))
        take_best (self, search, inertia);
    }
}

static int
compare_clusters (gconstpointer a,
                  gconstpointer b,
                  gpointer      data)
{
  const StoreKmeans *self = data;
  guint left = *(const guint *) a;
  guint right = *(const guint *) b;

  if (self->sizes[left] != self->sizes[right])
    return self->sizes[left] > self->sizes[right] ? -1 : 1;
  for (guint j = 0; j < self->p; j++)
    {
      double difference = self->centres[left * self->p + j] - self->centres[right * self->p + j];

      if (difference != 0.0)
        return difference < 0.0 ? -1 : 1;
    }
  return (left > right) - (left < right);
}

static void
order_by_size (StoreKmeans *self)
{
  g_autofree guint *order = g_new (guint, self->k);
  g_autofree guint32 *rank = g_new (guint32, self->k);
  g_autofree guint *sizes = g_memdup2 (self->sizes, self->k * sizeof (guint));
  g_autofree double *centres = g_memdup2 (self->centres,
                                          (gsize) self->k * self->p * sizeof (double));

  for (guint c = 0; c < self->k; c++)
    order[c] = c;
  g_qsort_with_data (order, self->k, sizeof (guint), compare_clusters, self);
  for (guint c = 0; c < self->k; c++)
    {
      rank[order[c]] = c;
      self->sizes[c] = sizes[order[c]];
      memcpy (self->centres + (gsize) c * self->p, centres + (gsize) order[c] * self->p,
              self->p * sizeof (double));
    }
  for (guint i = 0; i < self->n; i++)
    self->labels[i] = rank[self->labels[i]];
}

/**
 * store_kmeans_new:
 * @points: @n times @p numbers, point by point, all finite
 * @n: number of points
 * @p: numbers in a point
 * @k: number of clusters, at most @n
 * @n_starts: how many starts to take the best of, at least
 * @seed: of the random numbers
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Divides points into clusters so that the sum of squared distances to the centres is small.
 *
 * Returns: (transfer full): the best division found, or %NULL with %STORE_ERROR_TOO_LITTLE_DATA
 *   if there are fewer points than clusters, or with %STORE_ERROR_CANCELLED
 */
StoreKmeans *
store_kmeans_new (const double  *points,
                  guint          n,
                  guint          p,
                  guint          k,
                  guint          n_starts,
                  guint64        seed,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_autoptr (StoreKmeans) self = NULL;
  g_auto (Search) search = { 0 };

  g_return_val_if_fail (points != NULL || n == 0, NULL);
  g_return_val_if_fail (p > 0 && k > 0, NULL);

  if (n < k)
    {
      g_set_error_literal (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA,
                           _("There are fewer customers than groups to divide them into."));
      return NULL;
    }

  self = g_new0 (StoreKmeans, 1);
  self->n = n;
  self->p = p;
  self->k = k;
  self->inertia = HUGE_VAL;
  self->labels = g_new0 (guint32, n);
  self->sizes = g_new0 (guint, k);
  self->centres = g_new0 (double, (gsize) k * p);

  search_init (&search, points, n, p, k, seed);
  n_starts = MAX (n_starts, 1) * (1 + MIN (SPARE_POINTS / n, MOST_EXTRA));
  for (guint start = 0; start < n_starts; start++)
    {
      double inertia;

      if (g_cancellable_is_cancelled (cancellable))
        {
          g_set_error_literal (error, STORE_ERROR, STORE_ERROR_CANCELLED,
                               _("Stopped before the end."));
          return NULL;
        }
      inertia = run_start (&search, start);
      if (inertia < self->inertia)
        take_best (self, &search, inertia);
    }
  swap_centres (self, &search, cancellable);
  order_by_size (self);
  return g_steal_pointer (&self);
}

void
store_kmeans_free (StoreKmeans *self)
{
  if (self == NULL)
    return;
  g_free (self->centres);
  g_free (self->labels);
  g_free (self->sizes);
  g_free (self);
}

static double
get_point_silhouette (const double  *points,
                      guint          n,
                      guint          p,
                      const guint32 *labels,
                      guint          k,
                      const guint   *sizes,
                      guint          i,
                      double        *sums)
{
  double own;
  double other = HUGE_VAL;

  if (sizes[labels[i]] < 2)
    return 0.0;

  memset (sums, 0, k * sizeof (double));
  for (guint j = 0; j < n; j++)
    sums[labels[j]] += sqrt (square_distance (points + (gsize) i * p, points + (gsize) j * p, p));
  for (guint c = 0; c < k; c++)
    if (c != labels[i] && sizes[c] > 0)
      other = MIN (other, sums[c] / sizes[c]);

  own = sums[labels[i]] / (sizes[labels[i]] - 1);
  if (other == HUGE_VAL || MAX (own, other) <= 0.0)
    return 0.0;
  return (other - own) / MAX (own, other);
}

/**
 * store_kmeans_get_silhouette:
 * @points: @n times @p numbers, point by point
 * @n: number of points
 * @p: numbers in a point
 * @labels: for each point, its cluster
 * @k: number of clusters
 *
 * How well the clusters part (Rousseeuw, 1987): for each point, how much nearer its own cluster is
 * than the next one, from -1 to 1, and 0 for a point that is alone. Takes time by @n squared.
 *
 * Returns: the mean over all points
 */
double
store_kmeans_get_silhouette (const double  *points,
                             guint          n,
                             guint          p,
                             const guint32 *labels,
                             guint          k)
{
  g_autofree guint *sizes = g_new0 (guint, k);
  g_autofree double *sums = g_new0 (double, k);
  double total = 0.0;

  g_return_val_if_fail (n > 0, 0.0);

  for (guint i = 0; i < n; i++)
    sizes[labels[i]]++;
  for (guint i = 0; i < n; i++)
    total += get_point_silhouette (points, n, p, labels, k, sizes, i, sums);
  return total / n;
}
