/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "bench-insight.h"
#include "store-auc.h"
#include "store-counter-random.h"
#include "store-forest.h"
#include "store-logit.h"

#define N_LOGIT 1000000
#define N_FOREST 100000
#define N_HELD_BACK 20000
#define N_TREES 100
#define P 20

typedef struct
{
  guint n;
  double *x;
  double *y;
  double figure;
  StoreForest *forest;
} Rows;

static void
rows_clear (Rows *self)
{
  g_free (self->x);
  g_free (self->y);
  g_clear_pointer (&self->forest, store_forest_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Rows, rows_clear)

/* Twenty columns, each with a say in the outcome, the even ones also by a threshold. */
static void
rows_init (Rows    *self,
           guint    n,
           guint64  seed)
{
  *self = (Rows) { .n = n };
  self->x = g_new (double, (gsize) n * P);
  self->y = g_new (double, n);
  for (guint i = 0; i < n; i++)
    {
      double odds = -0.5;

      for (guint j = 0; j < P; j++)
        {
          double number = 4.0 * store_counter_random (seed, i, j) - 2.0;

          self->x[(gsize) i * P + j] = number;
          odds += number * ((int) j - 10) / 20.0;
          if (j % 2 == 0)
            odds += number > 1.0 ? 0.5 : 0.0;
        }
      self->y[i] = store_counter_random (seed, i, P) < 1.0 / (1.0 + exp (-odds));
    }
}

static void
fit_logit (gpointer data)
{
  Rows *self = data;
  g_autoptr (StoreLogit) model = store_logit_new (self->x, self->y, self->n, P, 0.0, NULL, NULL);

  self->figure = model->log_likelihood;
}

static void
bench_logit (void)
{
  g_auto (Rows) rows = { 0 };
  g_autofree char *figure = NULL;
  double seconds;

  rows_init (&rows, N_LOGIT, 9);
  seconds = bench_measure (fit_logit, &rows, 2);
  figure = g_strdup_printf ("log-likelihood %.4f", rows.figure);
  bench_tell ("logit", "logistic regression, 1,000,000 x 20", seconds, figure, NULL);
}

static void
grow_forest (gpointer data)
{
  Rows *self = data;
  StoreForestOptions options = STORE_FOREST_OPTIONS_INIT;

  options.n_trees = N_TREES;
  g_clear_pointer (&self->forest, store_forest_free);
  self->forest = store_forest_new (self->x, self->y, self->n, P, &options, NULL, NULL);
}

static double
find_auc (const StoreForest *forest,
          const Rows        *rows)
{
  g_autofree double *scores = g_new (double, rows->n);
  g_autofree gboolean *outcomes = g_new (gboolean, rows->n);

  for (guint i = 0; i < rows->n; i++)
    {
      scores[i] = store_forest_score (forest, rows->x + (gsize) i * P);
      outcomes[i] = rows->y[i] > 0.5;
    }
  return store_auc_get (scores, outcomes, rows->n);
}

static void
bench_forest (void)
{
  g_auto (Rows) rows = { 0 };
  g_auto (Rows) held_back = { 0 };
  g_autofree char *figure = NULL;
  double seconds;

  rows_init (&rows, N_FOREST, 9);
  rows_init (&held_back, N_HELD_BACK, 10);
  seconds = bench_measure (grow_forest, &rows, 2);
  figure = g_strdup_printf ("AUC of others %.4f", find_auc (rows.forest, &held_back));
  bench_tell ("forest", "random forest, 100,000 x 20, 100 trees", seconds, figure, NULL);
}

void
bench_learning (void)
{
  bench_logit ();
  bench_forest ();
}

static void
write_rows (const char *folder,
            const char *name,
            guint       n,
            guint64     seed)
{
  g_auto (Rows) rows = { 0 };
  g_autofree char *x = g_strdup_printf ("%s-x.f64", name);
  g_autofree char *y = g_strdup_printf ("%s-y.f64", name);

  rows_init (&rows, n, seed);
  bench_write_numbers (folder, x, rows.x, (gsize) n * P);
  bench_write_numbers (folder, y, rows.y, n);
}

void
bench_learning_write (const char *folder)
{
  write_rows (folder, "logit", N_LOGIT, 9);
  write_rows (folder, "forest", N_FOREST, 9);
  write_rows (folder, "held-back", N_HELD_BACK, 10);
}
