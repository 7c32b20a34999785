/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Segments are clusters on recency, frequency and money; `store-segments-figures.c` tells what of
 * them is compared, `store-segments-division.c` how many clusters and by which method,
 * `store-segments-check.c` whether they hold for customers that they were not made of. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "store-error.h"
#include "store-segment-names.h"
#include "store-segments-private.h"

#define N_FIGURES STORE_SEGMENTS_N_FIGURES
#define LITTLE 0.4
#define MUCH 1.25

static const char *const method_names[STORE_SEGMENTS_N_METHODS] = {
  [STORE_SEGMENTS_KMEANS] = "kmeans",
  [STORE_SEGMENTS_AGNES] = "agnes",
  [STORE_SEGMENTS_DIANA] = "diana",
};

/**
 * store_segments_method_get_name:
 * @method: a method
 *
 * Returns: (transfer none): its name in JSON and on the command line
 */
const char *
store_segments_method_get_name (StoreSegmentsMethod method)
{
  g_return_val_if_fail (method < STORE_SEGMENTS_N_METHODS, NULL);

  return method_names[method];
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
describe_segment (StoreSegment             *segment,
                  const double             *centre,
                  const StoreSegmentsScale *scale)
{
  double typical[N_FIGURES];

  for (guint j = 0; j < N_FIGURES; j++)
    {
      typical[j] = expm1 (centre[j] * scale->deviation[j] + scale->mean[j]);
      segment->levels[j] = find_level (centre[j],
                                       (scale->median[j] - scale->mean[j]) / scale->deviation[j]);
    }
  segment->recency = MAX (typical[STORE_SEGMENTS_RECENCY], 0.0);
  segment->frequency = MAX (typical[STORE_SEGMENTS_FREQUENCY], 1.0);
  segment->money = MAX (typical[STORE_SEGMENTS_MONEY], 0.0);
}

/* Names, sizes and sums of the segments, from centres and labels. */
void
store_segments_fill (StoreSegments *self)
{
  const StorePurchaseColumns *columns = store_purchase_table_get_columns (self->table);

  self->segments = g_new0 (StoreSegment, MAX (self->k, 1));
  for (guint c = 0; c < self->k; c++)
    describe_segment (&self->segments[c], self->centres + (gsize) c * N_FIGURES, &self->scale);
  for (guint row = 0; row < columns->n_rows; row++)
    {
      StoreSegment *segment = &self->segments[self->labels[row]];

      segment->size++;
      segment->value += store_purchase_table_to_major (self->table, columns->value[row]);
    }
  for (guint j = 0; j < N_FIGURES; j++)
    self->medians[j] = expm1 (self->scale.median[j]);
  if (self->k == 1)
    self->segments[0].name = g_strdup (_("All customers"));
  else
    store_segment_names_give (self->segments, self->k);
}

static int
compare_money (gconstpointer a,
               gconstpointer b,
               gpointer      data)
{
  const StoreSegmentsDivision *division = data;
  guint left = *(const guint *) a;
  guint right = *(const guint *) b;
  double difference = division->centres[left * N_FIGURES + STORE_SEGMENTS_MONEY] -
                      division->centres[right * N_FIGURES + STORE_SEGMENTS_MONEY];

  if (difference != 0.0)
    return difference > 0.0 ? -1 : 1;
  return (left > right) - (left < right);
}

static double
sum_distances (const StoreSegments *self,
               const double        *points,
               guint                n)
{
  double sum = 0.0;

  for (guint row = 0; row < n; row++)
    for (guint j = 0; j < N_FIGURES; j++)
      {
        double away = points[(gsize) row * N_FIGURES + j] -
                      self->centres[self->labels[row] * N_FIGURES + j];

        sum += away * away;
      }
  return sum;
}

/* Most money first. */
static void
take_division (StoreSegments               *self,
               const StoreSegmentsDivision *division,
               const double                *points,
               guint                        n)
{
  g_autofree guint *order = g_new (guint, division->k);
  g_autofree guint32 *rank = g_new (guint32, division->k);

  for (guint c = 0; c < division->k; c++)
    order[c] = c;
  g_qsort_with_data (order, division->k, sizeof (guint), compare_money, (gpointer) division);

  self->k = division->k;
  self->silhouette_rows = division->silhouette_rows;
  self->n_heaps = division->n_heaps;
  memcpy (self->silhouettes, division->silhouettes, sizeof self->silhouettes);
  self->centres = g_new (double, (gsize) self->k * N_FIGURES);
  for (guint c = 0; c < self->k; c++)
    {
      rank[order[c]] = c;
      memcpy (self->centres + (gsize) c * N_FIGURES, division->centres + order[c] * N_FIGURES,
              N_FIGURES * sizeof (double));
    }
  for (guint row = 0; row < n; row++)
    self->labels[row] = rank[division->labels[row]];
  self->inertia = sum_distances (self, points, n);
}

/* Too few different customers: all of them are one group, around their mean. */
static void
take_everyone (StoreSegments *self,
               const double  *points,
               guint          n)
{
  self->k = n > 0 ? 1 : 0;
  self->centres = g_new0 (double, N_FIGURES);
  self->inertia = sum_distances (self, points, n);
}

static void
tell (const StoreSegments *self,
      double               share)
{
  if (self->options.progress != NULL)
    self->options.progress (share, self->options.progress_data);
}

static gboolean
divide (StoreSegments  *self,
        const double   *points,
        guint           n,
        guint           highest_k,
        GCancellable   *cancellable,
        GError        **error)
{
  g_auto (StoreSegmentsDivision) division = { 0 };

  if (!store_segments_division_choose (&division, points, n, highest_k, &self->options,
                                       cancellable, error))
    return FALSE;
  tell (self, 0.8);
  take_division (self, &division, points, n);
  return store_segments_check_points (&self->check, points, n, self->k, &self->options,
                                      cancellable, error);
}

static gboolean
compute (StoreSegments  *self,
         GCancellable   *cancellable,
         GError        **error)
{
  guint n = store_purchase_table_get_n_rows (self->table);
  guint wanted = MAX (self->options.k, STORE_SEGMENTS_MIN_K);
  g_autofree double *points = NULL;
  guint distinct;

  if (n > 0)
    store_segments_scale_init (&self->scale, self->table);
  points = store_segments_find_points (self->table, &self->scale);
  distinct = count_distinct (points, n, MAX (wanted, STORE_SEGMENTS_MAX_K) + 1);
  self->enough = distinct > wanted;
  if (!self->enough)
    take_everyone (self, points, n);
  else if (!divide (self, points, n, MIN (distinct - 1, STORE_SEGMENTS_MAX_K), cancellable, error))
    return FALSE;
  store_segments_fill (self);
  self->notes = store_segments_dup_notes (self);
  tell (self, 1.0);
  return TRUE;
}

/**
 * store_segments_new:
 * @table: a finished table
 * @options: what to compute
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Divides the customers into segments and names them in the person's language. Too few different
 * customers are an answer: @enough is then %FALSE and all are one group. Slow for large tables:
 * call it on a worker thread.
 *
 * Returns: (transfer full): the segments, or %NULL with %STORE_ERROR_INVALID (number of segments)
 *   or %STORE_ERROR_CANCELLED
 */
StoreSegments *
store_segments_new (StorePurchaseTable          *table,
                    const StoreSegmentsOptions  *options,
                    GCancellable                *cancellable,
                    GError                     **error)
{
  g_autoptr (StoreSegments) self = NULL;

  g_return_val_if_fail (table != NULL && options != NULL, NULL);
  g_return_val_if_fail (options->method < STORE_SEGMENTS_N_METHODS, NULL);

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
  self->labels = g_new0 (guint32, MAX (store_purchase_table_get_n_rows (table), 1));
  self->check = (StoreSegmentsCheck) { 0, NAN, NAN, NAN, NAN };
  for (guint k = 0; k <= STORE_SEGMENTS_MAX_K; k++)
    self->silhouettes[k] = NAN;
  return compute (self, cancellable, error) ? g_steal_pointer (&self) : NULL;
}

void
store_segments_free (StoreSegments *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; self->segments != NULL && i < self->k; i++)
    g_free (self->segments[i].name);
  g_clear_pointer (&self->table, store_purchase_table_unref);
  g_strfreev (self->notes);
  g_free (self->segments);
  g_free (self->labels);
  g_free (self->centres);
  g_free (self);
}
