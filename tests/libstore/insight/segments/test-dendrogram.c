/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "shared-data.h"
#include "store-counter-random.h"
#include "store-dendrogram.h"
#include "store-error.h"

typedef struct
{
  const char *path;
  guint first;
  guint p;
  gboolean logarithm;
  gboolean standard;
  const char *scipy;
  const char *r;
} Set;

static const Set sets[] = {
  { "cluster/iris.csv", 0, 4, FALSE, FALSE, "iris_raw", "iris_raw" },
  { "cluster/usarrests.csv", 1, 4, FALSE, TRUE, "usarrests_std", "usarrests_std_ddof1" },
  { "cluster/wholesale.csv", 2, 6, TRUE, TRUE, "wholesale_log_std", "wholesale_log_std_ddof1" },
};

static double *
load (const Set *set,
      guint     *n)
{
  g_autofree char *path = shared_data_find (set->path);
  double *points = numbers_load (path, set->first, set->p, n);

  for (guint i = 0; set->logarithm && i < *n * set->p; i++)
    points[i] = log (points[i]);
  if (set->standard && *n > 0)
    numbers_standardise (points, *n, set->p);
  return points;
}

/* @scale: the references of R divide by n - 1 where these points were divided by n. */
static void
assert_heights (const StoreDendrogram *tree,
                JsonNode              *reference,
                const char            *path,
                double                 scale)
{
  for (guint i = 0; i + 1 < tree->n; i++)
    {
      g_autofree char *place = g_strdup_printf ("%s/%u", path, i);

      assert_close (tree->merges[i].height * scale, shared_reference_get (reference, place), 1e-10);
    }
}

/* Equal up to the names of the clusters. */
static void
assert_cut (const StoreDendrogram *tree,
            guint                  k,
            JsonNode              *reference,
            const char            *path)
{
  g_autofree guint32 *labels = store_dendrogram_cut (tree, k);
  int names[8] = { 0 };

  for (guint i = 0; i < tree->n; i++)
    {
      g_autofree char *place = g_strdup_printf ("%s/%u", path, i);
      int there = (int) shared_reference_get (reference, place) + 1;

      g_assert_cmpuint (labels[i], <, k);
      if (names[labels[i]] == 0)
        names[labels[i]] = there;
      g_assert_cmpint (names[labels[i]], ==, there);
    }
}

static void
test_agnes_is_exact (void)
{
  const char *names[] = { "single", "complete", "average", "ward" };
  g_autoptr (JsonNode) scipy = shared_reference_load ("cluster_open.json");
  g_autoptr (JsonNode) r = shared_reference_load ("hclust_open_R.json");

  for (guint s = 0; s < G_N_ELEMENTS (sets) && scipy != NULL && r != NULL; s++)
    {
      guint n;
      g_autofree double *points = load (&sets[s], &n);

      for (guint linkage = STORE_LINKAGE_SINGLE; linkage <= STORE_LINKAGE_WARD && n > 0; linkage++)
        {
          double scale = sets[s].standard ? sqrt ((n - 1.0) / n) : 1.0;
          g_autofree char *heights = g_strdup_printf ("%s/hclust_%s/heights", sets[s].scipy,
                                                      names[linkage]);
          g_autofree char *cut = g_strdup_printf ("%s/hclust_%s/cut3", sets[s].scipy,
                                                  names[linkage]);
          g_autofree char *sorted = g_strdup_printf ("%s/agnes_%s/height_sorted", sets[s].r,
                                                     names[linkage]);
          g_autofree char *cut_r = g_strdup_printf ("%s/agnes_%s/cut4", sets[s].r, names[linkage]);
          g_autoptr (GError) error = NULL;
          g_autoptr (StoreDendrogram) tree =
            store_dendrogram_new_agnes (points, n, sets[s].p, NULL, linkage, NULL, &error);

          g_assert_no_error (error);
          g_test_message ("%s %s", sets[s].scipy, names[linkage]);
          assert_heights (tree, scipy, heights, 1.0);
          assert_cut (tree, 3, scipy, cut);

          /* Iris has equal distances, and R takes them in another order: both trees are right. */
          if (!sets[s].standard && linkage != STORE_LINKAGE_SINGLE)
            continue;
          assert_heights (tree, r, sorted, scale);
          assert_cut (tree, 4, r, cut_r);
        }
    }
}

static void
test_diana_is_exact (void)
{
  g_autoptr (JsonNode) r = shared_reference_load ("hclust_open_R.json");

  for (guint s = 0; s < G_N_ELEMENTS (sets) && r != NULL; s++)
    {
      guint n;
      g_autofree double *points = load (&sets[s], &n);
      g_autofree char *heights = g_strdup_printf ("%s/diana/height_sorted", sets[s].r);
      g_autofree char *cut3 = g_strdup_printf ("%s/diana/cut3", sets[s].r);
      g_autofree char *cut4 = g_strdup_printf ("%s/diana/cut4", sets[s].r);
      g_autoptr (GError) error = NULL;
      g_autoptr (StoreDendrogram) tree = NULL;

      if (n == 0)
        return;
      tree = store_dendrogram_new_diana (points, n, sets[s].p, NULL, NULL, &error);
      g_assert_no_error (error);
      g_test_message ("%s", sets[s].r);
      assert_heights (tree, r, heights, sets[s].standard ? sqrt ((n - 1.0) / n) : 1.0);
      assert_cut (tree, 3, r, cut3);

      /* A part may be as wide as the whole; R then cuts the two in another order. */
      if (tree->merges[n - 5].height < tree->merges[n - 4].height)
        assert_cut (tree, 4, r, cut4);
    }
}

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
  g_test_add_func ("/dendrogram/agnes-is-exact", test_agnes_is_exact);
  g_test_add_func ("/dendrogram/diana-is-exact", test_diana_is_exact);
  g_test_add_func ("/dendrogram/every-merge-is-above-its-parts",
                   test_every_merge_is_above_its_parts);
  g_test_add_func ("/dendrogram/one-point-is-too-little", test_one_point_is_too_little);
  return g_test_run ();
}
