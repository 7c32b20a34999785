/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Segments are clusters of k-means on recency, frequency and money, each as log (1 + value) and in
 * standard deviations, because money and counts are skewed. Money below zero (more refunded than
 * bought) counts as zero there. The number of segments is the one with the best silhouette of 2 to
 * 8. A silhouette takes time by the square of the customers: above 4,000 of them it is computed on
 * every n-th, and the choice is made on those; the answer says on how many. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>

#include "store-error.h"
#include "store-kmeans.h"
#include "store-segment-names.h"
#include "store-segments.h"

#define N_FIGURES 3
#define MAX_SILHOUETTE_ROWS 4000
#define LITTLE 0.4
#define MUCH 1.25

enum { RECENCY, FREQUENCY, MONEY };

typedef struct
{
  double mean[N_FIGURES];
  double deviation[N_FIGURES];
  double median[N_FIGURES];
} Scale;

static double *
find_figures (const StorePurchaseTable *table)
{
  const StorePurchaseColumns *columns = store_purchase_table_get_columns (table);
  double *figures = g_new (double, (gsize) columns->n_rows * N_FIGURES);

  for (guint row = 0; row < columns->n_rows; row++)
    {
      double *at = figures + (gsize) row * N_FIGURES;

      at[RECENCY] = log1p (columns->until - columns->last_day[row]);
      at[FREQUENCY] = log1p (columns->purchases[row]);
      at[MONEY] = log1p (MAX (0.0, store_purchase_table_to_major (table, columns->value[row])));
    }
  return figures;
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
find_scale (Scale        *self,
            const double *figures,
            guint         n)
{
  for (guint j = 0; j < N_FIGURES; j++)
    {
      double sum = 0.0;
      double squares = 0.0;

      for (guint row = 0; row < n; row++)
        sum += figures[(gsize) row * N_FIGURES + j];
      self->mean[j] = sum / n;
      for (guint row = 0; row < n; row++)
        {
          double difference = figures[(gsize) row * N_FIGURES + j] - self->mean[j];

          squares += difference * difference;
        }
      self->deviation[j] = sqrt (squares / n);
      self->median[j] = find_median (figures, n, j);

      /* A figure that is the same for all has no spread and adds nothing. */
      if (self->deviation[j] <= 1e-12 * MAX (1.0, fabs (self->mean[j])))
        self->deviation[j] = 1.0;
    }
}

static void
standardise (double      *figures,
             guint        n,
             const Scale *scale)
{
  for (guint row = 0; row < n; row++)
    for (guint j = 0; j < N_FIGURES; j++)
      {
        double *at = &figures[(gsize) row * N_FIGURES + j];

        *at = (*at - scale->mean[j]) / scale->deviation[j];
      }
}

static double *
take_sample (const double *points,
             guint         n,
             guint         n_sample)
{
  double *sample = g_new (double, (gsize) n_sample * N_FIGURES);

  for (guint i = 0; i < n_sample; i++)
    {
      gsize row = (guint64) i * n / n_sample;

      for (guint j = 0; j < N_FIGURES; j++)
        sample[(gsize) i * N_FIGURES + j] = points[row * N_FIGURES + j];
    }
  return sample;
}

static guint
count_distinct (const double *points,
                guint         n,
                guint         enough)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_bytes_hash, g_bytes_equal,
                                                       (GDestroyNotify) g_bytes_unref, NULL);

  for (guint i = 0; i < n && g_hash_table_size (seen) < enough; i++)
    g_hash_table_add (seen,
                      g_bytes_new (points + (gsize) i * N_FIGURES, N_FIGURES * sizeof (double)));
  return g_hash_table_size (seen);
}

static gboolean
choose_k (StoreSegments  *self,
          const double   *points,
          guint           n,
          guint           highest,
          GCancellable   *cancellable,
          GError        **error)
{
  g_autofree double *sample = NULL;
  double best = -HUGE_VAL;

  self->silhouette_rows = MIN (n, MAX_SILHOUETTE_ROWS);
  sample = take_sample (points, n, self->silhouette_rows);
  for (guint k = STORE_SEGMENTS_MIN_K; k <= highest; k++)
    {
      g_autoptr (StoreKmeans) clusters =
        store_kmeans_new (sample, self->silhouette_rows, N_FIGURES, k, self->options.n_starts,
                          self->options.seed, cancellable, error);

      if (clusters == NULL)
        return FALSE;
      self->silhouettes[k] = store_kmeans_get_silhouette (sample, self->silhouette_rows, N_FIGURES,
                                                          clusters->labels, k);
      if (self->silhouettes[k] <= best)
        continue;
      best = self->silhouettes[k];
      self->k = k;
    }
  return TRUE;
}

/* Steps away from the median customer, in standard deviations. */
static int
find_level (double centre,
            double median)
{
  double away = centre - median;

  if (fabs (away) < LITTLE)
    return 0;
  return (away > 0.0 ? 1 : -1) * (fabs (away) < MUCH ? 1 : 2);
}

static void
describe_segment (StoreSegment *segment,
                  const double *centre,
                  const Scale  *scale)
{
  double typical[N_FIGURES];

  for (guint j = 0; j < N_FIGURES; j++)
    {
      typical[j] = expm1 (centre[j] * scale->deviation[j] + scale->mean[j]);
      segment->levels[j] = find_level (centre[j],
                                       (scale->median[j] - scale->mean[j]) / scale->deviation[j]);
    }
  segment->recency = MAX (typical[RECENCY], 0.0);
  segment->frequency = MAX (typical[FREQUENCY], 1.0);
  segment->money = MAX (typical[MONEY], 0.0);
}

static int
compare_money (gconstpointer a,
               gconstpointer b,
               gpointer      data)
{
  const StoreKmeans *clusters = data;
  guint left = *(const guint *) a;
  guint right = *(const guint *) b;
  double difference = clusters->centres[left * N_FIGURES + MONEY] -
                      clusters->centres[right * N_FIGURES + MONEY];

  if (difference != 0.0)
    return difference > 0.0 ? -1 : 1;
  return (left > right) - (left < right);
}

static void
take_clusters (StoreSegments     *self,
               const StoreKmeans *clusters,
               const Scale       *scale)
{
  const StorePurchaseColumns *columns = store_purchase_table_get_columns (self->table);
  g_autofree guint *order = g_new (guint, self->k);
  g_autofree guint32 *rank = g_new (guint32, self->k);

  for (guint c = 0; c < self->k; c++)
    order[c] = c;
  g_qsort_with_data (order, self->k, sizeof (guint), compare_money, (gpointer) clusters);

  self->inertia = clusters->inertia;
  self->segments = g_new0 (StoreSegment, self->k);
  for (guint c = 0; c < self->k; c++)
    {
      rank[order[c]] = c;
      self->segments[c].size = clusters->sizes[order[c]];
      describe_segment (&self->segments[c], clusters->centres + (gsize) order[c] * N_FIGURES,
                        scale);
    }
  for (guint row = 0; row < columns->n_rows; row++)
    {
      self->labels[row] = rank[clusters->labels[row]];
      self->segments[self->labels[row]].value +=
        store_purchase_table_to_major (self->table, columns->value[row]);
    }
  store_segment_names_give (self->segments, self->k);
}

static guint
find_highest_k (const StoreSegments  *self,
                const double         *points,
                guint                 n,
                GError              **error)
{
  guint wanted = MAX (self->options.k, STORE_SEGMENTS_MIN_K);
  guint distinct = count_distinct (points, n, MAX (wanted, STORE_SEGMENTS_MAX_K) + 1);

  if (distinct > wanted)
    return MIN (distinct - 1, STORE_SEGMENTS_MAX_K);
  g_set_error (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA,
               _("There are too few different customers for %u groups."), wanted);
  return 0;
}

/**
 * store_segments_new:
 * @table: a finished table
 * @options: what to compute
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Divides the customers into segments and names them in the person's language. Slow for large
 * tables: call it on a worker thread.
 *
 * Returns: (transfer full): the segments, or %NULL with %STORE_ERROR_TOO_LITTLE_DATA,
 *   %STORE_ERROR_INVALID (number of segments) or %STORE_ERROR_CANCELLED
 */
StoreSegments *
store_segments_new (StorePurchaseTable          *table,
                    const StoreSegmentsOptions  *options,
                    GCancellable                *cancellable,
                    GError                     **error)
{
  guint n = store_purchase_table_get_n_rows (table);
  g_autoptr (StoreSegments) self = NULL;
  g_autoptr (StoreKmeans) clusters = NULL;
  g_autofree double *points = NULL;
  Scale scale = { 0 };
  guint highest;

  g_return_val_if_fail (table != NULL && options != NULL, NULL);

  if (options->k != 0 && (options->k < STORE_SEGMENTS_MIN_K || options->k > STORE_SEGMENTS_MAX_K))
    {
      g_set_error (error, STORE_ERROR, STORE_ERROR_INVALID,
                   _("The number of groups must be from %u to %u."),
                   STORE_SEGMENTS_MIN_K, STORE_SEGMENTS_MAX_K);
      return NULL;
    }

  self = g_new0 (StoreSegments, 1);
  self->table = store_purchase_table_ref (table);
  self->options = *options;
  self->labels = g_new0 (guint32, n);
  for (guint k = 0; k <= STORE_SEGMENTS_MAX_K; k++)
    self->silhouettes[k] = NAN;

  points = find_figures (table);
  highest = find_highest_k (self, points, n, error);
  if (highest == 0)
    return NULL;
  find_scale (&scale, points, n);
  for (guint j = 0; j < N_FIGURES; j++)
    self->medians[j] = expm1 (scale.median[j]);
  standardise (points, n, &scale);

  if (!choose_k (self, points, n, highest, cancellable, error))
    return NULL;
  if (options->k != 0)
    self->k = options->k;
  clusters = store_kmeans_new (points, n, N_FIGURES, self->k, options->n_starts, options->seed,
                               cancellable, error);
  if (clusters == NULL)
    return NULL;
  take_clusters (self, clusters, &scale);
  return g_steal_pointer (&self);
}

void
store_segments_free (StoreSegments *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; self->segments != NULL && i < self->k; i++)
    g_free (self->segments[i].name);
  g_clear_pointer (&self->table, store_purchase_table_unref);
  g_free (self->segments);
  g_free (self->labels);
  g_free (self);
}
