/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every value of the reference answers on clusters. What the library does not tell itself (the
 * criteria of Calinski and Davies, cophenetic correlation, the coefficients and the order of R's
 * trees) is computed here from what it does tell, so that it proves the same clusters. */

#include "config.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cluster-criteria.h"
#include "reference-walk.h"
#include "shared-data.h"
#include "store-dendrogram.h"
#include "store-kmeans-private.h"
#include "store-silhouette.h"

enum { DIANA = STORE_LINKAGE_WARD + 1, N_TREES };

/* @tied: some distances are equal, so that there are several right trees */
typedef struct
{
  const char *name;
  const char *r_name;
  const char *path;
  guint first;
  guint p;
  gboolean logarithm;
  gboolean standard;
  gboolean tied;

  guint n;
  double *points;
  StoreKmeans *clusters[9];
  StoreDendrogram *trees[N_TREES];
} Set;

static Set sets[] = {
  { "iris_raw", "iris_raw", "cluster/iris.csv", 0, 4, FALSE, FALSE, TRUE },
  { "wine_std", "wine_std", "cluster/wine.csv", 0, 13, FALSE, TRUE, FALSE },
  { "wholesale_log_std", "wholesale_log_std_ddof1", "cluster/wholesale.csv", 2, 6, TRUE, TRUE,
    FALSE },
  { "usarrests_std", "usarrests_std_ddof1", "cluster/usarrests.csv", 1, 4, FALSE, TRUE, FALSE },
};

static Set *
find_set (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    if (g_str_equal (sets[i].name, name) || g_str_equal (sets[i].r_name, name))
      return &sets[i];
  g_assert_not_reached ();
}

static gboolean
load_sets (void)
{
  for (guint s = 0; s < G_N_ELEMENTS (sets); s++)
    {
      Set *set = &sets[s];
      g_autofree char *path = shared_data_find (set->path);

      if (path == NULL)
        return FALSE;
      if (set->points != NULL)
        continue;
      set->points = numbers_load (path, set->first, set->p, &set->n);
      for (guint i = 0; set->logarithm && i < set->n * set->p; i++)
        set->points[i] = log (set->points[i]);
      if (set->standard)
        numbers_standardise (set->points, set->n, set->p);
    }
  return TRUE;
}

static void
clear_sets (void)
{
  for (guint s = 0; s < G_N_ELEMENTS (sets); s++)
    {
      for (guint k = 0; k < G_N_ELEMENTS (sets[s].clusters); k++)
        g_clear_pointer (&sets[s].clusters[k], store_kmeans_free);
      for (guint t = 0; t < N_TREES; t++)
        g_clear_pointer (&sets[s].trees[t], store_dendrogram_free);
      g_clear_pointer (&sets[s].points, g_free);
    }
}

static const StoreKmeans *
find_clusters (Set   *set,
               guint  k)
{
  if (set->clusters[k] == NULL)
    set->clusters[k] = store_kmeans_new (set->points, set->n, set->p, k, 10, 1, NULL, NULL);
  return set->clusters[k];
}

static const StoreDendrogram *
find_tree (Set  *set,
           guint which)
{
  if (set->trees[which] == NULL)
    set->trees[which] =
      which == DIANA
        ? store_dendrogram_new_diana (set->points, set->n, set->p, NULL, NULL, NULL)
        : store_dendrogram_new_agnes (set->points, set->n, set->p, NULL, which, NULL, NULL);
  return set->trees[which];
}

/* hclust_ward, agnes_ward, diana. */
static guint
parse_tree (const char *name)
{
  static const char *const names[] = { "single", "complete", "average", "ward" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_has_suffix (name, names[i]))
      return i;
  g_assert_cmpstr (name, ==, "diana");
  return DIANA;
}

/* R standardises by division by n - 1. */
static double
get_scale (const Set *set)
{
  return set->standard ? sqrt ((set->n - 1.0) / set->n) : 1.0;
}

static guint
parse_k (char **steps)
{
  return atoi (steps[1] + 1);
}

static void
check_count (char     **steps,
             JsonNode  *value,
             gpointer   data)
{
  Set *set = find_set (steps[0]);

  g_assert_cmpuint (g_str_equal (steps[1], "n") ? set->n : set->p, ==, json_node_get_int (value));
}

static void
check_inertia (char     **steps,
               JsonNode  *value,
               gpointer   data)
{
  const StoreKmeans *clusters = find_clusters (find_set (steps[0]), parse_k (steps));

  g_assert_cmpfloat (clusters->inertia, <=, json_node_get_double (value) + 1e-6);
}

/* Where ours are better than the best of the reference they are other clusters, of which the rest
 * says nothing. */
static const StoreKmeans *
find_same_clusters (char     **steps,
                    gpointer   data)
{
  Set *set = find_set (steps[0]);
  const StoreKmeans *clusters = find_clusters (set, parse_k (steps));
  g_autofree char *path = g_strdup_printf ("%s/%s/best_inertia_200_starts", steps[0], steps[1]);

  if (clusters->inertia >= shared_reference_get (data, path) - 1e-6)
    return clusters;
  g_test_message ("%s %s: better than the reference", steps[0], steps[1]);
  return NULL;
}

static void
check_criterion (char     **steps,
                 JsonNode  *value,
                 gpointer   data)
{
  Set *set = find_set (steps[0]);
  const StoreKmeans *clusters = find_same_clusters (steps, data);
  double criterion;

  if (clusters == NULL)
    return;
  if (g_str_equal (steps[2], "silhouette"))
    criterion = store_silhouette_get (set->points, set->n, set->p, clusters->labels, clusters->k);
  else if (g_str_equal (steps[2], "calinski"))
    criterion = cluster_criteria_calinski (set->points, set->n, set->p, clusters->labels,
                                           clusters->k);
  else
    criterion = cluster_criteria_davies (set->points, set->n, set->p, clusters->labels,
                                         clusters->k);
  assert_close (criterion, json_node_get_double (value), 1e-9);
}

static void
check_sizes (char     **steps,
             JsonNode  *value,
             gpointer   data)
{
  const StoreKmeans *clusters = find_same_clusters (steps, data);

  for (guint c = 0; clusters != NULL && c < clusters->k; c++)
    g_assert_cmpfloat (clusters->sizes[c], ==, reference_walk_number (value, c));
}

/* Lloyd's rounds alone, from the first points as centres. */
static void
check_lloyd (char     **steps,
             JsonNode  *value,
             gpointer   data)
{
  Set *set = find_set (steps[0]);
  guint k = parse_k (steps);
  JsonObject *answer = json_node_get_object (value);
  JsonNode *labels = json_object_get_member (answer, "labels");
  JsonArray *centres = json_object_get_array_member (answer, "centres");
  StoreKmeansSearch search = { 0 };
  double inertia;

  store_kmeans_search_init (&search, set->points, set->n, set->p, k, 1);
  inertia = store_kmeans_search_lloyd (&search, set->points);
  g_test_message ("%s k=%u: %u rounds", set->name, k, search.iterations);
  assert_close (inertia, json_object_get_double_member (answer, "inertia"), 1e-10);
  g_assert_cmpint (ABS ((gint64) search.iterations -
                        json_object_get_int_member (answer, "iterations")), <=, 1);
  for (guint i = 0; JSON_NODE_HOLDS_ARRAY (labels) && i < set->n; i++)
    g_assert_cmpfloat (search.labels[i], ==, reference_walk_number (labels, i));
  for (guint c = 0; c < k; c++)
    for (guint j = 0; j < set->p; j++)
      assert_close (search.centres[c * set->p + j],
                    reference_walk_number (json_array_get_element (centres, c), j), 1e-10);
  store_kmeans_search_clear (&search);
}

static void
check_heights (char     **steps,
               JsonNode  *value,
               gpointer   data)
{
  Set *set = find_set (steps[0]);
  guint which = parse_tree (steps[1]);
  const StoreDendrogram *tree = find_tree (set, which);
  double scale = g_str_equal (steps[2], "height_sorted") ? get_scale (set) : 1.0;

  /* R takes equal distances in another order than scipy; both trees are right. */
  if (scale == 1.0 && g_str_has_prefix (steps[1], "agnes") && which != STORE_LINKAGE_SINGLE)
    return;
  for (guint i = 0; i + 1 < tree->n; i++)
    assert_close (tree->merges[i].height * scale, reference_walk_number (value, i), 1e-10);
}

static void
check_merge (char     **steps,
             JsonNode  *value,
             gpointer   data)
{
  Set *set = find_set (steps[0]);
  const StoreDendrogram *tree = find_tree (set, parse_tree (steps[1]));
  const StoreDendrogramMerge *merge = &tree->merges[tree->n - 11 + atoi (steps[3])];
  double left = reference_walk_number (value, 0);
  double right = reference_walk_number (value, 1);

  assert_close (merge->height, reference_walk_number (value, 2), 1e-10);
  g_assert_cmpfloat (merge->size, ==, reference_walk_number (value, 3));
  if (set->tied)
    return;
  g_assert_cmpfloat (merge->left, ==, MIN (left, right));
  g_assert_cmpfloat (merge->right, ==, MAX (left, right));
}

static int
compare_descending (gconstpointer a,
                    gconstpointer b)
{
  return *(const int *) b - *(const int *) a;
}

static void
check_cut_sizes (char     **steps,
                 JsonNode  *value,
                 gpointer   data)
{
  Set *set = find_set (steps[0]);
  g_autofree guint32 *labels = store_dendrogram_cut (find_tree (set, parse_tree (steps[1])), 3);
  int sizes[3] = { 0 };

  for (guint i = 0; i < set->n; i++)
    sizes[labels[i]]++;
  qsort (sizes, 3, sizeof (int), compare_descending);
  for (guint c = 0; c < 3; c++)
    g_assert_cmpfloat (sizes[c], ==, reference_walk_number (value, c));
}

/* Equal up to the names of the clusters. */
static void
check_cut (char     **steps,
           JsonNode  *value,
           gpointer   data)
{
  Set *set = find_set (steps[0]);
  guint which = parse_tree (steps[1]);
  const StoreDendrogram *tree = find_tree (set, which);
  guint k = atoi (steps[2] + strlen ("cut"));
  g_autofree guint32 *labels = store_dendrogram_cut (tree, k);
  int names[8] = { 0 };

  if (g_str_has_prefix (steps[1], "agnes") && set->tied && which != STORE_LINKAGE_SINGLE)
    return;
  /* A part may be as wide as the whole; R then cuts the two in another order. */
  if (which == DIANA && tree->merges[set->n - k - 1].height >= tree->merges[set->n - k].height)
    return;
  for (guint i = 0; i < set->n; i++)
    {
      int there = (int) reference_walk_number (value, i) + 1;

      if (names[labels[i]] == 0)
        names[labels[i]] = there;
      g_assert_cmpint (names[labels[i]], ==, there);
    }
}

static void
check_cophenetic (char     **steps,
                  JsonNode  *value,
                  gpointer   data)
{
  Set *set = find_set (steps[0]);

  assert_close (cluster_criteria_cophenetic (set->points, set->p,
                                             find_tree (set, parse_tree (steps[1]))),
                json_node_get_double (value), set->tied ? 1e-3 : 1e-9);
}

static void
check_coefficient (char     **steps,
                   JsonNode  *value,
                   gpointer   data)
{
  Set *set = find_set (steps[0]);

  assert_close (cluster_criteria_coefficient (find_tree (set, parse_tree (steps[1]))),
                json_node_get_double (value), set->tied ? 1e-3 : 1e-10);
}

/* R draws the points in an order in which every cluster is together. */
static void
check_order (char     **steps,
             JsonNode  *value,
             gpointer   data)
{
  Set *set = find_set (steps[0]);
  guint which = parse_tree (steps[1]);
  g_autofree guint *places = g_new0 (guint, set->n);

  for (guint i = 0; i < set->n; i++)
    places[(guint) reference_walk_number (value, i) - 1] = i;
  if (!set->tied && which != DIANA)
    g_assert_true (cluster_criteria_is_order (find_tree (set, which), places));
  for (guint i = 1; i < set->n; i++)
    g_assert_true (places[i] != places[0]);
}

/* Clusters around three points of the data, which the library does not search for: the silhouette
 * of labels that come from elsewhere. */
static void
check_pam (char     **steps,
           JsonNode  *value,
           gpointer   data)
{
  Set *set = find_set (steps[0]);
  JsonObject *answer = json_node_get_object (value);
  JsonNode *medoids = json_object_get_member (answer, "medoids");
  guint members[3];
  g_autofree guint32 *labels = g_new (guint32, set->n);
  double distance;

  for (guint c = 0; c < 3; c++)
    members[c] = (guint) reference_walk_number (medoids, c) - 1;
  distance = cluster_criteria_label_nearest (set->points, set->n, set->p, members, 3, labels);
  assert_close (distance * get_scale (set), json_object_get_double_member (answer, "objective"),
                1e-10);
  assert_close (store_silhouette_get (set->points, set->n, set->p, labels, 3),
                json_object_get_double_member (answer, "sil"), 1e-10);
}

static const ReferenceRow scipy_rows[] = {
  { "versions", NULL },
  { "*/scaling", NULL },
  { "*/n", check_count },
  { "*/p", check_count },
  { "*/k?/best_inertia_200_starts", check_inertia },
  { "*/k?/silhouette", check_criterion },
  { "*/k?/calinski", check_criterion },
  { "*/k?/davies", check_criterion },
  { "*/k?/sizes", check_sizes },
  { "*/k?/lloyd_from_first_k_points", check_lloyd },
  { "*/hclust_*/heights", check_heights },
  { "*/hclust_*/merges_last10/?", check_merge },
  { "*/hclust_*/cut3_sizes", check_cut_sizes },
  { "*/hclust_*/cut3", check_cut },
  { "*/hclust_*/cophenetic", check_cophenetic },
};

static const ReferenceRow r_rows[] = {
  { "*/n", check_count },
  { "*/ac", check_coefficient },
  { "*/dc", check_coefficient },
  { "*/height_sorted", check_heights },
  { "*/order", check_order },
  { "*/cut?", check_cut },
  { "*/pam3", check_pam },
};

static void
test_every_value_of_scikit_learn_and_scipy (void)
{
  g_autoptr (JsonNode) reference = shared_reference_load ("cluster_open.json");

  if (reference != NULL && load_sets ())
    reference_walk (reference, scipy_rows, G_N_ELEMENTS (scipy_rows), reference);
  clear_sets ();
}

static void
test_every_value_of_r (void)
{
  g_autoptr (JsonNode) reference = shared_reference_load ("hclust_open_R.json");

  if (reference != NULL && load_sets ())
    reference_walk (reference, r_rows, G_N_ELEMENTS (r_rows), reference);
  clear_sets ();
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reference-clusters/every-value-of-scikit-learn-and-scipy",
                   test_every_value_of_scikit_learn_and_scipy);
  g_test_add_func ("/reference-clusters/every-value-of-r", test_every_value_of_r);
  return g_test_run ();
}
