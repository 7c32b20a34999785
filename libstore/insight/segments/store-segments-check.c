/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Groups found in any cloud of points say little. So the customers are halved at random; each half
 * is divided by itself, and the second half is also put to the nearest centres of the first. Where
 * both ways go the same way (Lange and others, "Stability-based validation of clustering
 * solutions", 2004), and where the second half parts well by the centres of the first, the groups are real. The
 * naive rule goes through the same: as many equal parts by money alone. */

#include "config.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "store-counter-random.h"
#include "store-rand-index.h"
#include "store-segments-private.h"
#include "store-silhouette.h"

#define N_FIGURES STORE_SEGMENTS_N_FIGURES
#define MAX_ROWS 4000
#define FEWEST_A_GROUP 5
#define HALVES_STREAM (1u << 21)
#define N_STARTS 3

typedef struct
{
  double *points;
  guint n;
} Half;

static void
half_clear (Half *self)
{
  g_clear_pointer (&self->points, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Half, half_clear)

static void
half_points (const double *points,
             guint         n,
             guint64       seed,
             Half         *halves)
{
  guint n_rows = MIN (n, MAX_ROWS);

  for (guint h = 0; h < 2; h++)
    halves[h].points = g_new (double, (gsize) n_rows * N_FIGURES);
  for (guint i = 0; i < n_rows; i++)
    {
      Half *half = &halves[store_counter_random_bits (seed, HALVES_STREAM, i) % 2];

      memcpy (half->points + (gsize) half->n++ * N_FIGURES,
              points + ((guint64) i * n / n_rows) * N_FIGURES, N_FIGURES * sizeof (double));
    }
}

static guint32 *
label_nearest (const Half   *half,
               const double *centres,
               guint         k)
{
  guint32 *labels = g_new (guint32, half->n);

  for (guint i = 0; i < half->n; i++)
    labels[i] = store_segments_find_centre (centres, k, half->points + (gsize) i * N_FIGURES, k);
  return labels;
}

static int
compare_values (gconstpointer a,
                gconstpointer b)
{
  double left = *(const double *) a;
  double right = *(const double *) b;

  return (left > right) - (left < right);
}

/* The money at 1/k, 2/k ... of the half. */
static void
find_limits (const Half *half,
             guint       k,
             double     *limits)
{
  g_autofree double *money = g_new (double, half->n);

  for (guint i = 0; i < half->n; i++)
    money[i] = half->points[(gsize) i * N_FIGURES + STORE_SEGMENTS_MONEY];
  qsort (money, half->n, sizeof (double), compare_values);
  for (guint part = 1; part < k; part++)
    limits[part - 1] = money[(guint64) part * half->n / k];
}

static guint32 *
label_by_money (const Half *half,
                const Half *measure,
                guint       k)
{
  double limits[STORE_SEGMENTS_MAX_K] = { 0.0 };
  guint32 *labels = g_new0 (guint32, half->n);

  find_limits (measure, k, limits);
  for (guint i = 0; i < half->n; i++)
    for (guint part = 0; part + 1 < k; part++)
      labels[i] += half->points[(gsize) i * N_FIGURES + STORE_SEGMENTS_MONEY] >= limits[part];
  return labels;
}

static void
compare (const Half    *half,
         const guint32 *by_others,
         const guint32 *by_itself,
         guint          k,
         double        *silhouette,
         double        *stability)
{
  *silhouette = store_silhouette_get (half->points, half->n, N_FIGURES, by_others, k);
  *stability = store_rand_index_get (by_others, by_itself, half->n, k);
}

/* Leaves no check where the halves are too small. */
gboolean
store_segments_check_points (StoreSegmentsCheck          *self,
                             const double                *points,
                             guint                        n,
                             guint                        k,
                             const StoreSegmentsOptions  *options,
                             GCancellable                *cancellable,
                             GError                     **error)
{
  g_auto (Half) first = { 0 };
  g_auto (Half) second = { 0 };
  g_auto (StoreSegmentsDivision) of_first = { 0 };
  g_auto (StoreSegmentsDivision) of_second = { 0 };
  g_autofree guint32 *by_first = NULL;
  g_autofree guint32 *money_by_first = NULL;
  g_autofree guint32 *money_by_second = NULL;
  StoreSegmentsOptions quick = *options;
  Half halves[2] = { { 0 } };

  *self = (StoreSegmentsCheck) { 0, NAN, NAN, NAN, NAN };
  half_points (points, n, options->seed, halves);
  first = halves[0];
  second = halves[1];
  if (MIN (first.n, second.n) < FEWEST_A_GROUP * k)
    return TRUE;

  quick.n_starts = MIN (options->n_starts, N_STARTS);
  if (!store_segments_division_make (&of_first, first.points, first.n, k, &quick, cancellable,
                                     error) ||
      !store_segments_division_make (&of_second, second.points, second.n, k, &quick, cancellable,
                                     error))
    return FALSE;

  self->held_back = second.n;
  by_first = label_nearest (&second, of_first.centres, k);
  compare (&second, by_first, of_second.labels, k, &self->silhouette, &self->stability);
  money_by_first = label_by_money (&second, &first, k);
  money_by_second = label_by_money (&second, &second, k);
  compare (&second, money_by_first, money_by_second, k, &self->naive_silhouette,
           &self->naive_stability);
  return TRUE;
}
