/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every value of the reference answers on scores, on cohorts and on the formulas of articles. */

#include "config.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "reference-walk.h"
#include "shared-data.h"
#include "store-cohorts.h"
#include "store-kmeans.h"
#include "store-rfm.h"
#include "store-silhouette.h"

typedef struct
{
  StorePurchaseTable *table;
  StoreRfm *rfm;
  double *points;
  StoreKmeans *clusters;
} Scores;

static void
scores_clear (Scores *self)
{
  g_clear_pointer (&self->clusters, store_kmeans_free);
  g_clear_pointer (&self->points, g_free);
  g_clear_pointer (&self->rfm, store_rfm_free);
  g_clear_pointer (&self->table, store_purchase_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scores, scores_clear)

static guint
get_n (const Scores *self)
{
  return store_purchase_table_get_n_rows (self->table);
}

static void
scores_init (Scores             *self,
             StorePurchaseTable *table)
{
  guint n = store_purchase_table_get_n_rows (table);

  *self = (Scores) { store_purchase_table_ref (table), store_rfm_new (table, STORE_RFM_ORDERS) };
  self->points = g_new (double, n * 3);
  for (guint row = 0; row < n; row++)
    {
      self->points[row * 3] = log1p (store_rfm_get_recency (self->rfm, row));
      self->points[row * 3 + 1] = log1p (store_rfm_get_frequency (self->rfm, row));
      self->points[row * 3 + 2] = log1p (store_rfm_get_money (self->rfm, row));
    }
  numbers_standardise (self->points, n, 3);
}

static void
check_customers (char     **steps,
                 JsonNode  *value,
                 gpointer   data)
{
  g_assert_cmpuint (get_n (data), ==, json_node_get_int (value));
}

static void
check_now (char     **steps,
           JsonNode  *value,
           gpointer   data)
{
  Scores *scores = data;

  g_assert_cmpint (store_purchase_table_get_columns (scores->table)->until, ==,
                   day_of (json_node_get_string (value)));
}

static void
check_total (char     **steps,
             JsonNode  *value,
             gpointer   data)
{
  Scores *scores = data;
  double total = 0.0;

  for (guint row = 0; row < get_n (scores); row++)
    total += store_rfm_get_money (scores->rfm, row);
  assert_relative (total, json_node_get_double (value), 1e-12);
}

static guint
find_row (Scores   *scores,
          JsonNode *value)
{
  guint row = 0;

  g_assert_true (store_purchase_table_find (
    scores->table, json_array_get_string_element (json_node_get_array (value), 0), &row));
  return row;
}

static void
check_head (char     **steps,
            JsonNode  *value,
            gpointer   data)
{
  Scores *scores = data;
  guint row = find_row (scores, value);

  g_assert_cmpfloat (store_rfm_get_recency (scores->rfm, row), ==,
                     reference_walk_number (value, 1));
  g_assert_cmpfloat (store_rfm_get_frequency (scores->rfm, row), ==,
                     reference_walk_number (value, 2));
  assert_relative (store_rfm_get_money (scores->rfm, row), reference_walk_number (value, 3), 1e-12);
}

static void
check_limits (char     **steps,
              JsonNode  *value,
              gpointer   data)
{
  Scores *scores = data;
  const double *limits = *steps[1] == 'R'   ? scores->rfm->recency_limits
                         : *steps[1] == 'F' ? scores->rfm->frequency_limits
                                            : scores->rfm->money_limits;

  for (guint i = 0; i < 4; i++)
    assert_close (limits[i], reference_walk_number (value, i), 1e-9);
}

/* These divide equal values by their order in the file, which ours never does: recency and money,
 * that hardly repeat, agree, and so does the frequency of whoever bought uncommonly often. */
static void
check_ranked (char     **steps,
              JsonNode  *value,
              gpointer   data)
{
  Scores *scores = data;
  guint row = find_row (scores, value);
  double recency = reference_walk_number (value, 1);

  g_assert_cmpfloat (ABS (scores->rfm->r[row] - recency), <=, 1.0);
  g_assert_cmpfloat (scores->rfm->m[row], ==, reference_walk_number (value, 3));
  if (store_rfm_get_frequency (scores->rfm, row) > scores->rfm->frequency_limits[3])
    g_assert_cmpfloat (scores->rfm->f[row], ==, reference_walk_number (value, 2));
}

static void
check_score_counts (char     **steps,
                    JsonNode  *value,
                    gpointer   data)
{
  Scores *scores = data;
  const guint8 *scored = *steps[1] == 'R'   ? scores->rfm->r
                         : *steps[1] == 'F' ? scores->rfm->f
                                            : scores->rfm->m;
  guint counts[6] = { 0 };

  for (guint row = 0; row < get_n (scores); row++)
    counts[scored[row]]++;
  for (guint i = 0; i < 5; i++)
    g_assert_cmpfloat (counts[i + 1], ==, reference_walk_number (value, i));
}

/* How many customers have the same score in all three. */
static void
check_corner (char     **steps,
              JsonNode  *value,
              gpointer   data)
{
  Scores *scores = data;
  guint8 score = steps[0][2] - '0';
  guint count = 0;

  for (guint row = 0; row < get_n (scores); row++)
    count += scores->rfm->r[row] == score && scores->rfm->f[row] == score &&
             scores->rfm->m[row] == score;
  g_assert_cmpuint (count, ==, json_node_get_int (value));
}

static const StoreKmeans *
find_clusters (Scores *scores,
               guint   k)
{
  if (scores->clusters != NULL && scores->clusters->k == k)
    return scores->clusters;
  g_clear_pointer (&scores->clusters, store_kmeans_free);
  scores->clusters = store_kmeans_new (scores->points, get_n (scores), 3, k, 5, 1, NULL, NULL);
  return scores->clusters;
}

static void
check_clusters (char     **steps,
                JsonNode  *value,
                gpointer   data)
{
  Scores *scores = data;
  JsonObject *answer = json_node_get_object (value);
  const StoreKmeans *clusters = find_clusters (scores, atoi (steps[1]));
  double inertia = json_object_get_double_member (answer, "inertia");
  JsonNode *sizes = json_object_get_member (answer, "sizes");

  g_test_message ("%s clusters: inertia %.9f, reference %.9f", steps[1], clusters->inertia,
                  inertia);
  g_assert_cmpfloat (clusters->inertia, <=, inertia + 1e-6);
  if (clusters->inertia < inertia - 1e-6)
    return;
  assert_close (store_silhouette_get (scores->points, get_n (scores), 3, clusters->labels,
                                      clusters->k),
                json_object_get_double_member (answer, "silhouette"), 1e-9);
  for (guint c = 0; c < clusters->k; c++)
    g_assert_cmpfloat (clusters->sizes[c], ==, reference_walk_number (sizes, c));
}

static const ReferenceRow rfm_rows[] = {
  { "customers", check_customers },
  { "now", check_now },
  { "total_M", check_total },
  { "head/?", check_head },
  { "quantiles/?", check_limits },
  { "rank_first_scores_head/?", check_ranked },
  { "value_quantile_scores_counts/?", check_score_counts },
  { "n_???", check_corner },
  { "kmeans_log1p_std/?", check_clusters },
};

static void
test_every_value_of_the_scores (void)
{
  g_autoptr (StorePurchaseTable) table = online_retail_load ("2011-12-10", FALSE);
  g_autoptr (JsonNode) reference = shared_reference_load ("rfm_open.json");
  g_auto (Scores) scores = { 0 };

  if (table == NULL || reference == NULL)
    return;
  scores_init (&scores, table);
  reference_walk (reference, rfm_rows, G_N_ELEMENTS (rfm_rows), &scores);
}

static guint
find_month (const StoreCohorts *cohorts,
            const char         *name)
{
  for (guint i = 0; i < cohorts->n; i++)
    {
      g_autofree char *there = g_strdup_printf ("%04u-%02u", cohorts->months[i].year,
                                                cohorts->months[i].month);

      if (g_str_equal (there, name))
        return i;
    }
  g_assert_not_reached ();
}

static void
check_cohort (char     **steps,
              JsonNode  *value,
              gpointer   data)
{
  guint month = find_month (data, steps[1]);

  for (guint age = 0; age < 13; age++)
    g_assert_cmpfloat (store_cohorts_get_count (data, month, age), ==,
                       reference_walk_number (value, age));
}

static void
check_month (char     **steps,
             JsonNode  *value,
             gpointer   data)
{
  const StoreCohorts *cohorts = data;
  JsonObject *answer = json_node_get_object (value);
  const StoreCohortMonth *month =
    &cohorts->months[find_month (cohorts, json_object_get_string_member (answer, "month"))];

  g_assert_cmpuint (json_object_get_size (answer), ==, 7);
  g_assert_cmpuint (month->before, ==, json_object_get_int_member (answer, "active_prev"));
  g_assert_cmpuint (month->active, ==, json_object_get_int_member (answer, "active"));
  g_assert_cmpuint (month->retained, ==, json_object_get_int_member (answer, "retained"));
  g_assert_cmpuint (month->arrived, ==, json_object_get_int_member (answer, "new"));
  assert_close (store_cohorts_get_churn (month),
                json_object_get_double_member (answer, "churn_rate"), 1e-14);
  assert_close (store_cohorts_get_retention (month),
                json_object_get_double_member (answer, "retention_rate"), 1e-14);
}

static void
check_total_of_cohorts (char     **steps,
                        JsonNode  *value,
                        gpointer   data)
{
  const StoreCohorts *cohorts = data;
  double expected = json_node_get_double (value);

  if (g_str_equal (steps[0], "repeat_purchase_rate"))
    assert_close ((double) cohorts->n_repeaters / store_purchase_table_get_n_rows (cohorts->table),
                  expected, 1e-14);
  else if (g_str_equal (steps[0], "orders"))
    g_assert_cmpfloat (cohorts->n_orders, ==, expected);
  else if (g_str_equal (steps[0], "aov"))
    assert_relative (cohorts->value / cohorts->n_orders, expected, 1e-12);
  else
    assert_relative (cohorts->top_share, expected, 1e-12);
}

static const ReferenceRow kpi_rows[] = {
  { "cohort_counts/*", check_cohort },
  { "monthly/*", check_month },
  { "repeat_purchase_rate", check_total_of_cohorts },
  { "orders", check_total_of_cohorts },
  { "aov", check_total_of_cohorts },
  { "top20pct_revenue_share", check_total_of_cohorts },
};

static void
test_every_value_of_the_cohorts (void)
{
  g_autoptr (StorePurchaseTable) table = online_retail_load ("2011-12-09", FALSE);
  g_autoptr (JsonNode) reference = shared_reference_load ("kpi_open.json");
  g_autoptr (StoreCohorts) cohorts = NULL;

  if (table == NULL || reference == NULL)
    return;
  cohorts = store_cohorts_new (table, NULL);
  reference_walk (reference, kpi_rows, G_N_ELEMENTS (kpi_rows), cohorts);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reference-figures/every-value-of-the-scores", test_every_value_of_the_scores);
  g_test_add_func ("/reference-figures/every-value-of-the-cohorts",
                   test_every_value_of_the_cohorts);
  return g_test_run ();
}
