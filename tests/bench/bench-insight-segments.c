/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "bench-insight.h"
#include "store-counter-random.h"
#include "store-dendrogram.h"
#include "store-kmeans.h"

#define N_POINTS 1000000
#define P_POINTS 3
#define N_TREE 10000
#define P_TREE 4

static const BenchPeer kmeans_peer = { "scikit-learn 1.2.1", 0.35 };
static const BenchPeer ward_peer = { "R cluster 2.1.4, of 5,000 points", 188.0 };
static const BenchPeer diana_peer = { "R cluster 2.1.4", 299.0 };

typedef struct
{
  const double *points;
  guint n;
  guint p;
  guint k;
  guint n_starts;
  StoreDendrogramLinkage linkage;
  double figure;
} Work;

/* Five heaps that overlap. */
static double *
make_points (void)
{
  double *points = g_new (double, (gsize) N_POINTS * P_POINTS);

  for (guint i = 0; i < N_POINTS; i++)
    for (guint j = 0; j < P_POINTS; j++)
      points[(gsize) i * P_POINTS + j] = (i % 5) * (j + 1) * 0.7 + store_counter_random (5, i, j) +
                                         store_counter_random (6, i, j);
  return points;
}

/* One heap without any parts, where the bounds spare least. */
static double *
make_cloud (void)
{
  double *points = g_new (double, (gsize) N_POINTS * P_POINTS);

  for (guint i = 0; i < N_POINTS; i++)
    for (guint j = 0; j < P_POINTS; j++)
      points[(gsize) i * P_POINTS + j] =
        store_counter_random (8, i, 4 * j) + store_counter_random (8, i, 4 * j + 1) +
        store_counter_random (8, i, 4 * j + 2) + store_counter_random (8, i, 4 * j + 3);
  return points;
}

static double *
make_tree_points (void)
{
  double *points = g_new (double, (gsize) N_TREE * P_TREE);

  for (guint i = 0; i < N_TREE * P_TREE; i++)
    points[i] = (i / P_TREE % 5) * 0.7 + store_counter_random (7, 0, i);
  return points;
}

static void
run_kmeans (gpointer data)
{
  Work *self = data;
  g_autoptr (StoreKmeans) clusters =
    store_kmeans_new (self->points, self->n, self->p, self->k, self->n_starts, 1, NULL, NULL);

  self->figure = clusters->inertia;
}

static void
run_agnes (gpointer data)
{
  Work *self = data;
  g_autoptr (StoreDendrogram) tree =
    store_dendrogram_new_agnes (self->points, self->n, self->p, NULL, self->linkage, NULL, NULL);

  self->figure = tree->merges[self->n - 2].height;
}

static void
run_diana (gpointer data)
{
  Work *self = data;
  g_autoptr (StoreDendrogram) tree =
    store_dendrogram_new_diana (self->points, self->n, self->p, NULL, NULL, NULL);

  self->figure = tree->merges[self->n - 2].height;
}

static void
tell (const char      *key,
      const char      *what,
      BenchFunc        func,
      Work            *work,
      const char      *figure_of,
      const BenchPeer *recorded)
{
  double seconds = bench_measure (func, work, 3);
  g_autofree char *figure = g_strdup_printf ("%s %.6f", figure_of, work->figure);

  bench_tell (key, what, seconds, figure, recorded);
}

static void
bench_kmeans (void)
{
  g_autofree double *points = make_points ();
  g_autofree double *cloud = make_cloud ();
  Work work = { .points = points, .n = N_POINTS, .p = P_POINTS, .k = 5, .n_starts = 1 };

  tell ("kmeans", "k-means 1,000,000 x 3, k = 5, one start", run_kmeans, &work, "inertia",
        &kmeans_peer);
  work.points = cloud;
  tell ("kmeans-cloud", "k-means of a cloud 1,000,000 x 3, k = 5", run_kmeans, &work, "inertia",
        NULL);
}

void
bench_segments (void)
{
  g_autofree double *points = make_tree_points ();
  Work work = { .points = points, .p = P_TREE };

  bench_kmeans ();
  work.n = 10000;
  work.linkage = STORE_LINKAGE_WARD;
  tell ("ward", "AGNES by Ward, 10,000 x 4", run_agnes, &work, "height", &ward_peer);
  work.n = 5000;
  work.linkage = STORE_LINKAGE_AVERAGE;
  tell ("agnes", "AGNES by average, 5,000 x 4", run_agnes, &work, "height", NULL);
  work.n = 2000;
  tell ("diana-2000", "DIANA, 2,000 x 4", run_diana, &work, "height", NULL);
  work.n = 5000;
  tell ("diana", "DIANA, 5,000 x 4", run_diana, &work, "height", &diana_peer);
}

void
bench_segments_write (const char *folder)
{
  g_autofree double *points = make_points ();
  g_autofree double *cloud = make_cloud ();
  g_autofree double *tree = make_tree_points ();

  bench_write_numbers (folder, "points.f64", points, (gsize) N_POINTS * P_POINTS);
  bench_write_numbers (folder, "cloud.f64", cloud, (gsize) N_POINTS * P_POINTS);
  bench_write_numbers (folder, "tree.f64", tree, (gsize) N_TREE * P_TREE);
}
