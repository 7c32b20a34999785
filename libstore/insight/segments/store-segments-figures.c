/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a customer is for the segments: recency, frequency and money, each as log (1 + value) and in
 * standard deviations, because money and counts are skewed. Money below zero (more refunded than
 * bought) counts as zero there. */

#include "config.h"

#include <math.h>
#include <stdlib.h>

#include "store-segments-private.h"

#define N_FIGURES STORE_SEGMENTS_N_FIGURES

static void
find_figures (const StorePurchaseTable *table,
              guint                     row,
              double                   *figures)
{
  const StorePurchaseColumns *columns = store_purchase_table_get_columns (table);
  double money = store_purchase_table_to_major (table, columns->value[row]);

  figures[STORE_SEGMENTS_RECENCY] = log1p (columns->until - columns->last_day[row]);
  figures[STORE_SEGMENTS_FREQUENCY] = log1p (columns->purchases[row]);
  figures[STORE_SEGMENTS_MONEY] = log1p (MAX (0.0, money));
}

static int
compare_values (gconstpointer a,
                gconstpointer b)
{
  double left = *(const double *) a;
  double right = *(const double *) b;

  return (left > right) - (left < right);
}

static double
find_median (const double *figures,
             guint         n,
             guint         which)
{
  g_autofree double *values = g_new (double, n);

  for (guint row = 0; row < n; row++)
    values[row] = figures[(gsize) row * N_FIGURES + which];
  qsort (values, n, sizeof (double), compare_values);
  return (values[(n - 1) / 2] + values[n / 2]) / 2.0;
}

static void
measure (StoreSegmentsScale *self,
         const double       *figures,
         guint               n,
         guint               which)
{
  double sum = 0.0;
  double squares = 0.0;

  for (guint row = 0; row < n; row++)
    sum += figures[(gsize) row * N_FIGURES + which];
  self->mean[which] = sum / n;
  for (guint row = 0; row < n; row++)
    {
      double away = figures[(gsize) row * N_FIGURES + which] - self->mean[which];

      squares += away * away;
    }
  self->deviation[which] = sqrt (squares / n);
  self->median[which] = find_median (figures, n, which);

  /* A figure that is the same for all has no spread and adds nothing. */
  if (self->deviation[which] <= 1e-12 * MAX (1.0, fabs (self->mean[which])))
    self->deviation[which] = 1.0;
}

/* @table: a finished one with at least one row */
void
store_segments_scale_init (StoreSegmentsScale       *self,
                           const StorePurchaseTable *table)
{
  guint n = store_purchase_table_get_n_rows (table);
  g_autofree double *figures = g_new (double, (gsize) n * N_FIGURES);

  for (guint row = 0; row < n; row++)
    find_figures (table, row, figures + (gsize) row * N_FIGURES);
  for (guint which = 0; which < N_FIGURES; which++)
    measure (self, figures, n, which);
}

void
store_segments_find_point (const StorePurchaseTable *table,
                           const StoreSegmentsScale *scale,
                           guint                     row,
                           double                   *point)
{
  find_figures (table, row, point);
  for (guint j = 0; j < N_FIGURES; j++)
    point[j] = (point[j] - scale->mean[j]) / scale->deviation[j];
}

/* Returns: (transfer full): all rows, point by point */
double *
store_segments_find_points (const StorePurchaseTable *table,
                            const StoreSegmentsScale *scale)
{
  guint n = store_purchase_table_get_n_rows (table);
  double *points = g_new (double, (gsize) MAX (n, 1) * N_FIGURES);

  for (guint row = 0; row < n; row++)
    store_segments_find_point (table, scale, row, points + (gsize) row * N_FIGURES);
  return points;
}

/* The nearest centre but @except, which may be @k for none; ties go to the lower number. */
guint32
store_segments_find_centre (const double *centres,
                            guint         k,
                            const double *point,
                            guint32       except)
{
  double least = HUGE_VAL;
  guint32 nearest = 0;

  for (guint32 c = 0; c < k; c++)
    {
      const double *centre = centres + (gsize) c * N_FIGURES;
      double distance = 0.0;

      for (guint j = 0; j < N_FIGURES; j++)
        distance += (point[j] - centre[j]) * (point[j] - centre[j]);
      if (c != except && distance < least)
        {
          least = distance;
          nearest = c;
        }
    }
  return nearest;
}
