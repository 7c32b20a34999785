/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rows of calibration_open.json: predicted against actual, by decile of the probability to buy
 * again and by the number of earlier purchases. */

#include "config.h"

#include <math.h>
#include <stdlib.h>

#include "lifetime-data.h"
#include "store-auc.h"
#include "store-backtest.h"

typedef struct
{
  guint n;
  double *x;
  double *later;
  double *expected;
  double *p_alive;
  double *p_active;
} Scores;

static void
scores_clear (Scores *self)
{
  g_free (self->x);
  g_free (self->later);
  g_free (self->expected);
  g_free (self->p_alive);
  g_free (self->p_active);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scores, scores_clear)

static void
scores_init (Scores             *self,
             const LifetimeData *data,
             StorePurchaseModelKind kind)
{
  const StorePurchasePatterns *patterns = data->patterns;
  double weeks = data->days / 7.0;
  StorePurchaseModel model;

  store_purchase_model_fit_kind (&model, kind, patterns, NULL, NULL);
  self->later = store_backtest_count_later (data->whole,
                                            store_purchase_table_get_columns (data->past)->until,
                                            &self->n);
  self->x = g_new (double, self->n);
  self->expected = g_new (double, self->n);
  self->p_alive = g_new (double, self->n);
  self->p_active = g_new (double, self->n);
  for (guint i = 0; i < self->n; i++)
    {
      guint of = patterns->row_pattern[i];
      double x = patterns->x[of];
      double t_x = patterns->t_x[of];
      double T = patterns->T[of];

      self->x[i] = x;
      self->expected[i] = store_purchase_model_get_expected (&model, x, t_x, T, weeks);
      self->p_alive[i] = store_purchase_model_get_p_alive (&model, x, t_x, T);
      self->p_active[i] = store_purchase_model_get_p_active (&model, x, t_x, T, weeks);
    }
}

static void
compare_means (const Scores *scores,
               JsonNode     *reference,
               const char   *base)
{
  g_autofree gboolean *active = g_new (gboolean, scores->n);
  double sums[5] = { 0.0 };
  guint n_once = 0;

  for (guint i = 0; i < scores->n; i++)
    {
      gboolean once = scores->x[i] == 0.0;

      active[i] = scores->later[i] > 0.0;
      n_once += once;
      sums[0] += (scores->p_active[i] - active[i]) * (scores->p_active[i] - active[i]);
      sums[1] += scores->p_active[i];
      sums[2] += scores->p_alive[i];
      sums[3] += once ? scores->p_alive[i] : 0.0;
      sums[4] += once && active[i];
    }
  assert_close (store_auc_get (scores->p_active, active, scores->n),
                reference_number (reference, "%s/auc", base), 1e-5);
  assert_close (sums[0] / scores->n, reference_number (reference, "%s/brier", base), 1e-6);
  assert_close (sums[1] / scores->n, reference_number (reference, "%s/mean_pred_active", base),
                1e-6);
  assert_close (sums[2] / scores->n, reference_number (reference, "%s/mean_p_alive", base), 1e-6);
  assert_close (sums[3] / n_once, reference_number (reference, "%s/p_alive_of_x0", base), 1e-6);
  assert_close (sums[4] / n_once, reference_number (reference, "%s/active_share_of_x0", base),
                1e-12);
}

/* Mean forecast and actual of those with 0, 1, ... 6 and of those with 7 repeat purchases or more. */
static void
compare_by_x (const Scores *scores,
              JsonNode     *reference,
              const char   *base)
{
  for (guint group = 0; group < 8; group++)
    {
      double later = 0.0;
      double expected = 0.0;
      guint n = 0;

      for (guint i = 0; i < scores->n; i++)
        if (MIN (scores->x[i], 7.0) == group)
          {
            later += scores->later[i];
            expected += scores->expected[i];
            n++;
          }
      g_assert_cmpfloat (group, ==, reference_number (reference, "%s/by_x/%u/0", base, group));
      g_assert_cmpfloat (n, ==, reference_number (reference, "%s/by_x/%u/1", base, group));
      assert_close (later / n, reference_number (reference, "%s/by_x/%u/2", base, group), 1e-9);
      assert_close (expected / n, reference_number (reference, "%s/by_x/%u/3", base, group), 1e-6);
    }
}

typedef struct
{
  double p;
  double active;
} Pair;

static int
compare_pairs (gconstpointer a,
               gconstpointer b)
{
  const Pair *left = a;
  const Pair *right = b;

  return (left->p > right->p) - (left->p < right->p);
}

/* Tenths by rank. Customers of equal probability on both sides of a cut may be on either side, so
 * the shares of those who bought agree only to some customers. */
static void
compare_deciles (const Scores *scores,
                 JsonNode     *reference,
                 const char   *base)
{
  g_autofree Pair *pairs = g_new (Pair, scores->n);

  for (guint i = 0; i < scores->n; i++)
    pairs[i] = (Pair) { scores->p_active[i], scores->later[i] > 0.0 };
  qsort (pairs, scores->n, sizeof (Pair), compare_pairs);
  for (guint decile = 0; decile < 10; decile++)
    {
      guint first = (guint) ceil (decile * scores->n / 10.0);
      guint end = (guint) ceil ((decile + 1) * scores->n / 10.0);
      double p = 0.0;
      double active = 0.0;

      for (guint i = first; i < end; i++)
        {
          p += pairs[i].p / (end - first);
          active += pairs[i].active / (end - first);
        }
      assert_close (p, reference_number (reference, "%s/deciles/%u/0", base, decile), 2e-3);
      assert_close (active, reference_number (reference, "%s/deciles/%u/1", base, decile), 0.03);
    }
}

static void
test_data_set (gconstpointer user_data)
{
  const char *name = user_data;
  g_autoptr (LifetimeData) data = lifetime_data_load (name);
  g_autoptr (JsonNode) reference = shared_reference_load ("calibration_open.json");
  double active = 0.0;

  if (data == NULL || reference == NULL)
    return;
  for (guint kind = STORE_BGNBD; kind <= STORE_MBGNBD; kind++)
    {
      g_autofree char *base = g_strdup_printf ("%s/%s", name, store_purchase_model_get_name (kind));
      g_auto (Scores) scores = { 0 };

      scores_init (&scores, data, kind);
      active = 0.0;
      for (guint i = 0; i < scores.n; i++)
        active += scores.later[i] > 0.0;
      g_assert_cmpfloat (scores.n, ==, reference_number (reference, "%s/n", name));
      assert_close (active / scores.n, reference_number (reference, "%s/active_share", name), 1e-12);
      compare_means (&scores, reference, base);
      compare_by_x (&scores, reference, base);
      compare_deciles (&scores, reference, base);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/calibration/cdnow", "cdnow_sample", test_data_set);
  g_test_add_data_func ("/calibration/grocery", "grocery", test_data_set);
  return g_test_run ();
}
