/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long the models take, beside the peers that were measured on two cores in one run: the fit of
 * BG/NBD by the Python package lifetimes (19 ms on CDNOW, 7.0 s and 480 MB on a million
 * customers) and of Pareto/NBD by it (288 ms); k-means by scikit-learn (.35 s a start on a million
 * points of three numbers, five clusters); rules by arules (Groceries at .001 .022 s, T10I4D100K at
 * .002 .688 s); clusters of 5,000 points by R's cluster (agnes Ward 188 s, diana 299 s). A ratio
 * above 1 means faster than the peer. Nothing is asserted. */

#include "config.h"

#include <math.h>
#include <sys/resource.h>
#include <time.h>

#include "store-clv.h"
#include "store-counter-random.h"
#include "store-dendrogram.h"
#include "store-kmeans.h"
#include "store-rules.h"

#define PEER_CDNOW_SECONDS 0.019
#define PEER_MILLION_SECONDS 7.0
#define PEER_MILLION_MEGABYTES 480.0
#define PEER_PARETO_SECONDS 0.288
#define PEER_KMEANS_SECONDS 0.35
#define PEER_GROCERIES_SECONDS 0.022
#define PEER_T10_SECONDS 0.688
#define PEER_WARD_SECONDS 188.0
#define PEER_DIANA_SECONDS 299.0
#define GOAL_ALL_SECONDS 2.0
#define GOAL_ALL_MEGABYTES 250.0

/* Of the processor, over all threads, so that a busy machine tells the same. */
static double
get_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec + now.tv_nsec / 1e9;
}

static double
get_peak_megabytes (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024.0;
}

static double
draw_exponential (guint64 customer,
                  guint64 counter)
{
  return -log (store_counter_random (1, customer, counter));
}

/* Customers of a year, whose rates are Gamma(1, 8 weeks) and who leave with Beta(1, 4), after the
 * first purchase or later; about ten orders each when @orders is 10. */
static StorePurchaseTable *
simulate (guint  n,
          double weeks_between,
          double b)
{
  StorePurchaseTable *table = store_purchase_table_new (730, 2);

  for (guint i = 0; i < n; i++)
    {
      char id[16];
      double rate = draw_exponential (i, 0) / weeks_between;
      double p = 1.0 - pow (store_counter_random (1, i, 1), 1.0 / b);
      double day = store_counter_random_bits (1, i, 2) % 365;
      guint64 counter = 3;

      g_snprintf (id, sizeof id, "C%07u", i);
      do
        {
          store_purchase_table_add (table, id, (gint32) day,
                                    500 + store_counter_random_bits (1, i, counter++) % 9500);
          day += 7.0 * draw_exponential (i, counter++) / rate;
        }
      while (day < 731.0 && store_counter_random (1, i, counter++) >= p);
    }
  store_purchase_table_finish (table);
  return table;
}

static double
time_fit (const StorePurchasePatterns *patterns,
          StorePurchaseModelKind       kind,
          guint                        repeats)
{
  double start = get_seconds ();
  StorePurchaseModel model = { 0 };

  for (guint i = 0; i < repeats; i++)
    store_purchase_model_fit_kind (&model, kind, patterns, NULL, NULL);
  g_print ("#   r %.6f alpha %.6f a %.6f b %.6f, %u "
           "evaluations\n", model.parameters[0], model.parameters[1], model.parameters[2], model.parameters[3],
           model.iterations);
  return (get_seconds () - start) / repeats;
}

static gint32
parse_day (const char *text)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, atoi (text + 8), atoi (text + 5), atoi (text));
  return (gint32) g_date_get_julian (&date) - 719163;
}

static StorePurchaseTable *
load_cdnow (void)
{
  const char *root = g_getenv ("CLIENTELE_SHARED_DATA");
  g_autofree char *path = g_build_filename (root != NULL ? root : "", "clv", "cdnow_sample.csv",
                                            NULL);
  g_autofree char *contents = NULL;
  g_auto (GStrv) lines = NULL;
  StorePurchaseTable *table;

  if (root == NULL || !g_file_get_contents (path, &contents, NULL, NULL))
    return NULL;
  lines = g_strsplit (g_strchomp (contents), "\n", -1);
  table = store_purchase_table_new (parse_day ("1997-09-30"), 2);
  for (guint i = 1; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], ",", -1);

      store_purchase_table_add (table, cells[1], parse_day (cells[2]),
                                llround (g_ascii_strtod (cells[4], NULL) * 100.0));
    }
  store_purchase_table_finish (table);
  return table;
}

static void
bench_pareto (const StorePurchasePatterns *patterns)
{
  double start = get_seconds ();
  StorePurchaseModel model;
  double seconds;

  store_purchase_model_fit_kind (&model, STORE_PARETO_NBD, patterns, NULL, NULL);
  seconds = get_seconds () - start;
  g_print ("fit pareto/nbd, CDNOW: %.1f ms, %.1f times the peer's speed\n", seconds * 1e3,
           PEER_PARETO_SECONDS / seconds);
}

static void
bench_cdnow (void)
{
  g_autoptr (StorePurchaseTable) table = load_cdnow ();
  g_autoptr (StorePurchasePatterns) patterns = NULL;

  if (table == NULL)
    {
      g_print ("# CDNOW: skipped: data not here\n");
      return;
    }
  patterns = store_purchase_patterns_new (table);
  for (guint kind = STORE_BGNBD; kind <= STORE_MBGNBD; kind++)
    {
      double seconds = time_fit (patterns, kind, 50);

      g_print ("fit %s, CDNOW, %u patterns: %.2f ms, %.1f times the peer's "
               "speed\n", store_purchase_model_get_name (kind),
               patterns->n, seconds * 1e3, PEER_CDNOW_SECONDS / seconds);
    }
  bench_pareto (patterns);
}

static void
bench_million (void)
{
  g_autoptr (StorePurchaseTable) table = simulate (1000000, 8.0, 12.0);
  double start = get_seconds ();
  g_autoptr (StorePurchasePatterns) patterns = store_purchase_patterns_new (table);
  double found = get_seconds () - start;

  g_print ("patterns of 1,000,000 customers: %u, %.3f s\n", patterns->n, found);
  for (guint kind = STORE_BGNBD; kind <= STORE_MBGNBD; kind++)
    {
      double seconds = time_fit (patterns, kind, 1);

      g_print ("fit %s, 1,000,000 customers: %.3f s, %.1f times the peer's speed (patterns "
               "included)\n",
               store_purchase_model_get_name (kind), seconds, PEER_MILLION_SECONDS / (seconds + found));
    }
}

static void
bench_all_scores (void)
{
  StoreClvOptions options = { STORE_MBGNBD, 365.0, 0.01, 1.0, 50 };
  double start = get_seconds ();
  g_autoptr (StorePurchaseTable) table = simulate (1000000, 3.2, 12.0);
  double built = get_seconds ();
  g_autoptr (StoreClv) clv = store_clv_new (table, &options, NULL, NULL);
  double scored = get_seconds ();
  gsize orders = 0;

  for (guint row = 0; row < clv->patterns->n_rows; row++)
    orders += store_purchase_table_get_columns (table)->orders[row];
  g_print ("1,000,000 customers, %.1f million orders: simulated and sorted %.2f "
           "s\n", orders / 1e6, built - start);
  g_print ("fit and all scores: %.2f s, %.2f of the "
           "goal\n", scored - built, (scored - built) / GOAL_ALL_SECONDS);
  g_print ("peak memory: %.0f MB, %.2f of the goal, %.2f of the peer\n", get_peak_megabytes (),
           get_peak_megabytes () / GOAL_ALL_MEGABYTES, get_peak_megabytes () /
             PEER_MILLION_MEGABYTES);
}

static void
bench_kmeans (void)
{
  const guint n = 1000000;
  g_autofree double *points = g_new (double, n * 3);
  g_autoptr (StoreKmeans) clusters = NULL;
  double start;
  double seconds;

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < 3; j++)
      points[i * 3 + j] = (i % 5) * (j + 1) * 0.7 + store_counter_random (5, i, j) +
                          store_counter_random (6, i, j);
  start = get_seconds ();
  clusters = store_kmeans_new (points, n, 3, 5, 1, 1, NULL, NULL);
  seconds = get_seconds () - start;
  g_print ("k-means, 1,000,000 x 3, k = 5, one start: %.2f s, %u rounds, %.1f times the peer's "
           "speed\n", seconds,
           clusters->iterations, PEER_KMEANS_SECONDS / seconds);
}

static StoreBaskets *
load_baskets (const char *name,
              gboolean    by_line)
{
  const char *root = g_getenv ("CLIENTELE_SHARED_DATA");
  g_autofree char *path = g_build_filename (root != NULL ? root : "", "basket", name, NULL);
  g_autofree char *contents = NULL;
  g_auto (GStrv) lines = NULL;
  StoreBaskets *baskets;

  if (root == NULL || !g_file_get_contents (path, &contents, NULL, NULL))
    return NULL;
  lines = g_strsplit (g_strchomp (contents), "\n", -1);
  baskets = store_baskets_new ();
  for (guint i = by_line ? 0 : 1; lines[i] != NULL; i++)
    {
      g_autofree char *number = g_strdup_printf ("%06u", i);
      g_auto (GStrv) cells = g_strsplit (g_strstrip (lines[i]), by_line ? " " : ",",
                                         by_line ? -1 : 2);

      if (!by_line)
        store_baskets_add (baskets, cells[0], cells[1]);
      for (guint j = 0; by_line && cells[j] != NULL; j++)
        store_baskets_add (baskets, number, cells[j]);
    }
  store_baskets_finish (baskets);
  return baskets;
}

static void
bench_rules (const char *name,
             gboolean    by_line,
             double      support,
             double      peer)
{
  static const char *const methods[] = { "eclat", "apriori", "fp-growth" };
  g_autoptr (StoreBaskets) baskets = load_baskets (name, by_line);

  if (baskets == NULL)
    {
      g_print ("# %s: skipped: data not here\n", name);
      return;
    }
  for (guint method = STORE_ITEM_SETS_ECLAT; method <= STORE_ITEM_SETS_FP_GROWTH; method++)
    {
      double start = get_seconds ();
      g_autoptr (StoreItemSets) sets = store_item_sets_new (baskets, support, 10, method, 10000000,
                                                            NULL, NULL);
      double seconds = get_seconds () - start;

      g_print ("%s, %s at %g: %u sets, %.1f ms, %.1f times the peer's "
               "speed\n", methods[method], name, support,
               store_item_sets_get_n (sets), seconds * 1e3, peer / seconds);
    }
}

static void
bench_dendrograms (void)
{
  const guint n = 5000;
  g_autofree double *points = g_new (double, n * 4);
  g_autoptr (StoreDendrogram) ward = NULL;
  g_autoptr (StoreDendrogram) diana = NULL;
  double start;
  double middle;
  double end;

  for (guint i = 0; i < n * 4; i++)
    points[i] = (i / 4 % 5) * 0.7 + store_counter_random (7, 0, i);
  start = get_seconds ();
  ward = store_dendrogram_new_agnes (points, n, 4, NULL, STORE_LINKAGE_WARD, NULL, NULL);
  middle = get_seconds ();
  diana = store_dendrogram_new_diana (points, n, 4, NULL, NULL, NULL);
  end = get_seconds ();
  g_print ("Ward, 5,000 points: %.2f s, %.0f times the peer's speed\n", middle - start,
           PEER_WARD_SECONDS / (middle - start));
  g_print ("DIANA, 5,000 points: %.2f s, %.0f times the peer's speed\n", end - middle,
           PEER_DIANA_SECONDS / (end - middle));
}

int
main (void)
{
  bench_cdnow ();
  bench_rules ("groceries.csv", FALSE, 0.001, PEER_GROCERIES_SECONDS);
  bench_rules ("T10I4D100K.dat", TRUE, 0.002, PEER_T10_SECONDS);
  bench_dendrograms ();
  bench_all_scores ();
  bench_million ();
  bench_kmeans ();
  return 0;
}
