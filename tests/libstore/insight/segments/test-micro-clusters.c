/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "shared-data.h"
#include "store-counter-random.h"
#include "store-micro-clusters.h"
#include "store-rand-index.h"

static double *
invent_points (guint n,
               guint p)
{
  double *points = g_new (double, n * p);

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < p; j++)
      points[i * p + j] = (i % 7) * 5.0 + store_counter_random (23, i, j);
  return points;
}

static void
test_heaps_hold_every_point_once_around_their_mean (void)
{
  enum { N = 3000, P = 3, MOST = 200 };
  g_autofree double *points = invent_points (N, P);
  g_autoptr (StoreMicroClusters) heaps = store_micro_clusters_new (points, N, P, MOST);
  g_autofree double *sums = g_new0 (double, MOST * P);
  guint sizes[MOST] = { 0 };

  g_assert_cmpuint (heaps->n, ==, MOST);
  for (guint i = 0; i < N; i++)
    {
      sizes[heaps->labels[i]]++;
      for (guint j = 0; j < P; j++)
        sums[heaps->labels[i] * P + j] += points[i * P + j];
    }
  for (guint c = 0; c < MOST; c++)
    {
      g_assert_cmpuint (sizes[c], ==, heaps->sizes[c]);
      for (guint j = 0; j < P; j++)
        assert_close (heaps->centres[c * P + j], sums[c * P + j] / sizes[c], 1e-12);
    }
}

/* Seven clouds that lie far apart are not mixed. */
static void
test_no_heap_spans_two_clouds (void)
{
  enum { N = 1400, P = 2, MOST = 28 };
  g_autofree double *points = invent_points (N, P);
  g_autoptr (StoreMicroClusters) heaps = store_micro_clusters_new (points, N, P, MOST);
  guint clouds[MOST] = { 0 };

  for (guint i = 0; i < N; i++)
    clouds[heaps->labels[i]] |= 1u << i % 7;
  for (guint c = 0; c < heaps->n; c++)
    g_assert_cmpuint (clouds[c] & (clouds[c] - 1), ==, 0);
}

static void
test_equal_points_are_one_heap (void)
{
  double points[300];
  g_autoptr (StoreMicroClusters) heaps = NULL;

  for (guint i = 0; i < 300; i++)
    points[i] = 0.1;
  heaps = store_micro_clusters_new (points, 100, 3, 20);
  g_assert_cmpuint (heaps->n, <=, 3);
  g_assert_cmpfloat (heaps->centres[0], >, 0.0999);
}

static void
test_chance_agrees_by_nothing (void)
{
  enum { N = 2000 };
  guint32 one[N];
  guint32 other[N];
  const guint32 left[] = { 0, 0, 1, 1 };
  const guint32 right[] = { 0, 1, 0, 1 };

  for (guint i = 0; i < N; i++)
    {
      one[i] = store_counter_random_bits (24, 0, i) % 4;
      other[i] = store_counter_random_bits (24, 1, i) % 4;
    }
  g_assert_cmpfloat (ABS (store_rand_index_get (one, other, N, 4)), <, 0.02);
  g_assert_cmpfloat (store_rand_index_get (one, one, N, 4), ==, 1.0);
  assert_close (store_rand_index_get (left, right, 4, 2), -0.5, 1e-15);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/micro-clusters/heaps-hold-every-point-once-around-their-mean",
                   test_heaps_hold_every_point_once_around_their_mean);
  g_test_add_func ("/micro-clusters/no-heap-spans-two-clouds", test_no_heap_spans_two_clouds);
  g_test_add_func ("/micro-clusters/equal-points-are-one-heap", test_equal_points_are_one_heap);
  g_test_add_func ("/micro-clusters/chance-agrees-by-nothing", test_chance_agrees_by_nothing);
  return g_test_run ();
}
