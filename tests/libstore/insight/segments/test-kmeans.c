/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include "shared-data.h"
#include "store-counter-random.h"
#include "store-error.h"
#include "store-kmeans.h"
#include "store-parallel.h"
#include "store-silhouette.h"

static double *
invent_points (guint n,
               guint p)
{
  double *points = g_new (double, n * p);

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < p; j++)
      points[i * p + j] = (i % 4) * 2.0 + store_counter_random (17, i, j);
  return points;
}

static void
test_labels_name_the_nearest_centre (void)
{
  g_autofree double *points = invent_points (600, 3);
  g_autoptr (StoreKmeans) clusters = store_kmeans_new (points, 600, 3, 6, 5, 3, NULL, NULL);
  guint total = 0;

  for (guint i = 0; i < 600; i++)
    {
      double own = 0.0;

      for (guint j = 0; j < 3; j++)
        own += pow (points[i * 3 + j] - clusters->centres[clusters->labels[i] * 3 + j], 2);
      for (guint c = 0; c < 6; c++)
        {
          double other = 0.0;

          for (guint j = 0; j < 3; j++)
            other += pow (points[i * 3 + j] - clusters->centres[c * 3 + j], 2);
          g_assert_cmpfloat (own, <=, other + 1e-9);
        }
    }
  for (guint c = 0; c < 6; c++)
    {
      g_assert_cmpuint (clusters->sizes[c], >, 0);
      total += clusters->sizes[c];
    }
  g_assert_cmpuint (total, ==, 600);
}

static void
test_same_seed_gives_the_same_bits (void)
{
  g_autofree double *points = invent_points (500, 2);
  g_autoptr (StoreKmeans) one = store_kmeans_new (points, 500, 2, 5, 10, 42, NULL, NULL);
  g_autoptr (StoreKmeans) two = store_kmeans_new (points, 500, 2, 5, 10, 42, NULL, NULL);

  g_assert_cmpmem (one->centres, 10 * sizeof (double), two->centres, 10 * sizeof (double));
  g_assert_cmpmem (one->labels, 500 * sizeof (guint32), two->labels, 500 * sizeof (guint32));
}

/* More points than a block holds, so that they are divided among the threads. */
static void
test_threads_give_the_same_bits (void)
{
  enum { N = 40000 };
  g_autofree double *points = invent_points (N, 3);
  g_autoptr (StoreKmeans) alone = NULL;

  store_parallel_set_n_threads (1);
  alone = store_kmeans_new (points, N, 3, 7, 2, 5, NULL, NULL);
  for (guint n_threads = 2; n_threads <= 8; n_threads *= 4)
    {
      g_autoptr (StoreKmeans) together = NULL;

      store_parallel_set_n_threads (n_threads);
      together = store_kmeans_new (points, N, 3, 7, 2, 5, NULL, NULL);
      g_assert_cmpmem (together->centres, 21 * sizeof (double), alone->centres,
                       21 * sizeof (double));
      g_assert_cmpmem (together->labels, N * sizeof (guint32), alone->labels,
                       N * sizeof (guint32));
      g_assert_true (together->inertia == alone->inertia);
    }
  store_parallel_set_n_threads (0);
}

static void
test_equal_points_fill_every_cluster (void)
{
  double points[40] = { 0.0 };
  g_autoptr (StoreKmeans) clusters = store_kmeans_new (points, 20, 2, 3, 2, 1, NULL, NULL);

  g_assert_cmpfloat (clusters->inertia, ==, 0.0);
  for (guint c = 0; c < 3; c++)
    g_assert_cmpuint (clusters->sizes[c], >, 0);
  g_assert_cmpfloat (store_silhouette_get (points, 20, 2, clusters->labels, 3), ==, 0.0);
}

static void
test_fewer_points_than_clusters (void)
{
  const double points[] = { 1.0, 2.0 };
  g_autoptr (GError) error = NULL;

  g_assert_null (store_kmeans_new (points, 2, 1, 3, 1, 1, NULL, &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA);
}

static void
test_cancelled_before_the_first_start (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const double points[] = { 1.0, 2.0 };
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (store_kmeans_new (points, 2, 1, 2, 1, 1, cancellable, &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kmeans/labels-name-the-nearest-centre", test_labels_name_the_nearest_centre);
  g_test_add_func ("/kmeans/same-seed-gives-the-same-bits", test_same_seed_gives_the_same_bits);
  g_test_add_func ("/kmeans/threads-give-the-same-bits", test_threads_give_the_same_bits);
  g_test_add_func ("/kmeans/equal-points-fill-every-cluster", test_equal_points_fill_every_cluster);
  g_test_add_func ("/kmeans/fewer-points-than-clusters", test_fewer_points_than_clusters);
  g_test_add_func ("/kmeans/cancelled-before-the-first-start",
                   test_cancelled_before_the_first_start);
  return g_test_run ();
}
