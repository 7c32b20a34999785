/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "shared-data.h"
#include "store-counter-random.h"
#include "store-dendrogram.h"
#include "store-error.h"

static void
test_every_merge_is_above_its_parts (void)
{
  const guint n = 300;
  g_autofree double *points = g_new (double, n * 2);

  /* Coarse coordinates: many ties. */
  for (guint i = 0; i < n * 2; i++)
    points[i] = floor (6.0 * store_counter_random (51, 0, i));
  for (guint method = 0; method < 5; method++)
    {
      g_autoptr (StoreDendrogram) tree =
        method < 4 ? store_dendrogram_new_agnes (points, n, 2, NULL, method, NULL, NULL)
                   : store_dendrogram_new_diana (points, n, 2, NULL, NULL, NULL);

      g_assert_cmpuint (tree->merges[n - 2].size, ==, n);
      for (guint i = 0; i + 1 < n; i++)
        {
          const StoreDendrogramMerge *merge = &tree->merges[i];

          g_assert_cmpuint (merge->right, <, n + i);
          if (merge->left >= n)
            g_assert_cmpfloat (tree->merges[merge->left - n].height, <=, merge->height);
          if (merge->right >= n)
            g_assert_cmpfloat (tree->merges[merge->right - n].height, <=, merge->height);
        }
    }
}

/* Their number cubed would be a hundred billion steps. */
static void
test_many_equal_points_part_at_once (void)
{
  enum { N = 4000 };
  g_autofree double *points = g_new0 (double, N * 2);
  g_autoptr (StoreDendrogram) tree = NULL;
  g_autofree guint32 *labels = NULL;

  for (guint i = 0; i < N; i += 1000)
    points[i * 2] = 1.0 + i / 1000;
  tree = store_dendrogram_new_diana (points, N, 2, NULL, NULL, NULL);
  labels = store_dendrogram_cut (tree, 5);
  for (guint i = 0; i < N; i++)
    g_assert_true ((labels[i] == labels[1]) == (i % 1000 != 0));
  g_assert_cmpuint (tree->merges[N - 2].size, ==, N);
  g_assert_cmpfloat (tree->merges[N - 6].height, ==, 0.0);
}

static void
test_one_point_is_too_little (void)
{
  const double point = 1.0;
  g_autoptr (GError) error = NULL;

  g_assert_null (store_dendrogram_new_diana (&point, 1, 1, NULL, NULL, &error));
  g_assert_error (error, STORE_ERROR, STORE_ERROR_TOO_LITTLE_DATA);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dendrogram/every-merge-is-above-its-parts",
                   test_every_merge_is_above_its_parts);
  g_test_add_func ("/dendrogram/many-equal-points-part-at-once",
                   test_many_equal_points_part_at_once);
  g_test_add_func ("/dendrogram/one-point-is-too-little", test_one_point_is_too_little);
  return g_test_run ();
}
