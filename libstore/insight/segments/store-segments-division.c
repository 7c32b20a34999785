/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Dividing the points by the method that was asked for, and choosing into how many: the number with
 * the best silhouette of 2 to 8. A silhouette takes time by the square of the customers: above
 * 4,000 of them it is computed on every n-th. The hierarchical methods take time by the square
 * too: above 20,000 points they divide 2,000 heaps of nearly equal points instead, each with the
 * weight of its points. */

#include "config.h"

#include <math.h>
#include <string.h>

#include "store-dendrogram.h"
#include "store-kmeans.h"
#include "store-micro-clusters.h"
#include "store-segments-private.h"
#include "store-silhouette.h"

#define N_FIGURES STORE_SEGMENTS_N_FIGURES
#define MAX_SILHOUETTE_ROWS 4000
#define MAX_TREE_ROWS 20000
#define N_HEAPS 2000

void
store_segments_division_clear (StoreSegmentsDivision *self)
{
  g_clear_pointer (&self->labels, g_free);
  g_clear_pointer (&self->centres, g_free);
}

/* The clusters of one tree, cut anywhere. */
typedef struct
{
  StoreMicroClusters *heaps;
  StoreDendrogram *tree;
} Forest;

static void
forest_clear (Forest *self)
{
  g_clear_pointer (&self->heaps, store_micro_clusters_free);
  g_clear_pointer (&self->tree, store_dendrogram_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Forest, forest_clear)

static gboolean
forest_grow (Forest               *self,
             const double         *points,
             guint                 n,
             StoreSegmentsMethod   method,
             GCancellable         *cancellable,
             GError              **error)
{
  const guint *weights = NULL;

  if (n > MAX_TREE_ROWS)
    {
      self->heaps = store_micro_clusters_new (points, n, N_FIGURES, N_HEAPS);
      points = self->heaps->centres;
      weights = self->heaps->sizes;
      n = self->heaps->n;
    }
  if (method == STORE_SEGMENTS_DIANA)
    self->tree = store_dendrogram_new_diana (points, n, N_FIGURES, weights, cancellable, error);
  else
    self->tree = store_dendrogram_new_agnes (points, n, N_FIGURES, weights, STORE_LINKAGE_WARD,
                                             cancellable, error);
  return self->tree != NULL;
}

static guint32 *
forest_cut (const Forest *self,
            guint         n,
            guint         k)
{
  g_autofree guint32 *cut = store_dendrogram_cut (self->tree, MIN (k, self->tree->n));
  guint32 *labels;

  if (self->heaps == NULL)
    return g_steal_pointer (&cut);
  labels = g_new (guint32, n);
  for (guint i = 0; i < n; i++)
    labels[i] = cut[self->heaps->labels[i]];
  return labels;
}

static double *
take_sample (const double *points,
             guint         n,
             guint         n_sample)
{
  double *sample = g_new (double, (gsize) n_sample * N_FIGURES);

  for (guint i = 0; i < n_sample; i++)
    memcpy (sample + (gsize) i * N_FIGURES, points + ((guint64) i * n / n_sample) * N_FIGURES,
            N_FIGURES * sizeof (double));
  return sample;
}

static guint32 *
take_labels (const guint32 *labels,
             guint          n,
             guint          n_sample)
{
  guint32 *sample = g_new (guint32, n_sample);

  for (guint i = 0; i < n_sample; i++)
    sample[i] = labels[(guint64) i * n / n_sample];
  return sample;
}

static guint32 *
label_sample (const Forest                *forest,
              const double                *sample,
              guint                        n_sample,
              guint                        n,
              guint                        k,
              const StoreSegmentsOptions  *options,
              GCancellable                *cancellable,
              GError                     **error)
{
  g_autoptr (StoreKmeans) clusters = NULL;
  g_autofree guint32 *all = NULL;

  if (forest->tree != NULL)
    {
      all = forest_cut (forest, n, k);
      return take_labels (all, n, n_sample);
    }
  clusters = store_kmeans_new (sample, n_sample, N_FIGURES, k, options->n_starts, options->seed,
                               cancellable, error);
  return clusters != NULL ? g_steal_pointer (&clusters->labels) : NULL;
}

static void
take_silhouettes (StoreSegmentsDivision       *self,
                  const StoreSilhouetteLabels *tried,
                  guint                        n_tried,
                  guint                        asked)
{
  double best = -HUGE_VAL;

  for (guint i = 0; i < n_tried; i++)
    {
      self->silhouettes[tried[i].k] = tried[i].silhouette;
      if (tried[i].silhouette <= best)
        continue;
      best = tried[i].silhouette;
      self->k = tried[i].k;
    }
  if (asked != 0)
    self->k = asked;
}

/* Tries every number of clusters on the sample. */
static gboolean
try_numbers (StoreSegmentsDivision       *self,
             const Forest                *forest,
             const double                *points,
             guint                        n,
             guint                        highest_k,
             const StoreSegmentsOptions  *options,
             GCancellable                *cancellable,
             GError                     **error)
{
  guint n_sample = MIN (n, MAX_SILHOUETTE_ROWS);
  g_autofree double *sample = take_sample (points, n, n_sample);
  StoreSilhouetteLabels tried[STORE_SEGMENTS_MAX_K] = { { 0 } };
  guint32 *labels[STORE_SEGMENTS_MAX_K] = { NULL };
  guint n_tried = 0;
  gboolean found;

  for (guint k = STORE_SEGMENTS_MIN_K; k <= highest_k; k++)
    {
      labels[n_tried] = label_sample (forest, sample, n_sample, n, k, options, cancellable, error);
      if (labels[n_tried] == NULL)
        break;
      tried[n_tried] = (StoreSilhouetteLabels) { labels[n_tried], k, 0.0 };
      n_tried++;
      if (options->progress != NULL)
        options->progress (0.6 * n_tried / highest_k, options->progress_data);
    }
  self->silhouette_rows = n_sample;
  found = n_tried == highest_k + 1 - STORE_SEGMENTS_MIN_K &&
          store_silhouette_find (sample, n_sample, N_FIGURES, tried, n_tried, cancellable, error);
  if (found)
    take_silhouettes (self, tried, n_tried, options->k);
  for (guint i = 0; i < n_tried; i++)
    g_free (labels[i]);
  return found;
}

static void
find_centres (StoreSegmentsDivision *self,
              const double          *points,
              guint                  n)
{
  g_autofree guint *sizes = g_new0 (guint, self->k);

  self->centres = g_new0 (double, (gsize) self->k * N_FIGURES);
  for (guint i = 0; i < n; i++)
    {
      sizes[self->labels[i]]++;
      for (guint j = 0; j < N_FIGURES; j++)
        self->centres[self->labels[i] * N_FIGURES + j] += points[(gsize) i * N_FIGURES + j];
    }
  for (guint c = 0; c < self->k; c++)
    for (guint j = 0; j < N_FIGURES; j++)
      self->centres[c * N_FIGURES + j] /= MAX (sizes[c], 1);
}

static gboolean
divide (StoreSegmentsDivision       *self,
        const Forest                *forest,
        const double                *points,
        guint                        n,
        const StoreSegmentsOptions  *options,
        GCancellable                *cancellable,
        GError                     **error)
{
  g_autoptr (StoreKmeans) clusters = NULL;

  if (forest->tree != NULL)
    {
      self->labels = forest_cut (forest, n, self->k);
      self->n_heaps = forest->heaps != NULL ? forest->heaps->n : 0;
      find_centres (self, points, n);
      return TRUE;
    }
  clusters = store_kmeans_new (points, n, N_FIGURES, self->k, options->n_starts, options->seed,
                               cancellable, error);
  if (clusters == NULL)
    return FALSE;
  self->labels = g_steal_pointer (&clusters->labels);
  self->centres = g_steal_pointer (&clusters->centres);
  return TRUE;
}

/* Into as many clusters as the options say, or as part best; @highest_k is the most that the points
 * allow. */
gboolean
store_segments_division_choose (StoreSegmentsDivision       *self,
                                const double                *points,
                                guint                        n,
                                guint                        highest_k,
                                const StoreSegmentsOptions  *options,
                                GCancellable                *cancellable,
                                GError                     **error)
{
  g_auto (Forest) forest = { 0 };

  for (guint k = 0; k <= STORE_SEGMENTS_MAX_K; k++)
    self->silhouettes[k] = NAN;
  if (options->method != STORE_SEGMENTS_KMEANS &&
      !forest_grow (&forest, points, n, options->method, cancellable, error))
    return FALSE;
  return try_numbers (self, &forest, points, n, highest_k, options, cancellable, error) &&
         divide (self, &forest, points, n, options, cancellable, error);
}

/* Into @k clusters, without silhouettes. */
gboolean
store_segments_division_make (StoreSegmentsDivision       *self,
                              const double                *points,
                              guint                        n,
                              guint                        k,
                              const StoreSegmentsOptions  *options,
                              GCancellable                *cancellable,
                              GError                     **error)
{
  g_auto (Forest) forest = { 0 };

  self->k = k;
  if (options->method != STORE_SEGMENTS_KMEANS &&
      !forest_grow (&forest, points, n, options->method, cancellable, error))
    return FALSE;
  return divide (self, &forest, points, n, options, cancellable, error);
}
