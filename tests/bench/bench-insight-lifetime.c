/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench-insight.h"
#include "store-clv.h"
#include "store-purchase-model.h"

#define GOAL_ALL_SECONDS 2.0
#define GOAL_ALL_MEGABYTES 250.0
#define MILLION 1000000

static const BenchPeer cdnow_peer = { "lifetimes 0.11.3, Python", 0.019 };
static const BenchPeer cdnow_pareto_peer = { "lifetimes 0.11.3, Python", 0.288 };
static const BenchPeer million_peer = { "lifetimes 0.11.3, Python", 7.0 };

typedef struct
{
  StorePurchaseTable *table;
  StorePurchasePatterns *patterns;
  StorePurchaseModelKind kind;
  double log_likelihood;
} Fit;

static void
find_patterns (Fit *self)
{
  g_clear_pointer (&self->patterns, store_purchase_patterns_free);
  self->patterns = store_purchase_patterns_new (self->table);
}

static void
fit_model (gpointer data)
{
  Fit *self = data;
  StorePurchaseModel model = { 0 };

  find_patterns (self);
  store_purchase_model_fit_kind (&model, self->kind, self->patterns, NULL, NULL);
  self->log_likelihood = model.log_likelihood;
}

static void
tell_fit (Fit                    *fit,
          StorePurchaseModelKind  kind,
          guint                   repeats,
          const char             *data,
          const BenchPeer        *recorded)
{
  const char *name = store_purchase_model_get_name (kind);
  g_autofree char *key = g_strdup_printf ("%s-%s", name, data);
  g_autofree char *what = g_strdup_printf ("%s, %s, patterns found too", name, data);
  g_autofree char *figure = NULL;
  double seconds;

  fit->kind = kind;
  seconds = bench_measure (fit_model, fit, repeats);
  figure = g_strdup_printf ("log-likelihood %.4f", fit->log_likelihood);
  bench_tell (key, what, seconds, figure, recorded);
}

static void
fit_models (StorePurchaseTable *table,
            const char         *data,
            guint               repeats,
            const BenchPeer    *bgnbd_peer,
            const BenchPeer    *pareto_peer)
{
  Fit fit = { .table = table };

  tell_fit (&fit, STORE_BGNBD, repeats, data, bgnbd_peer);
  tell_fit (&fit, STORE_MBGNBD, repeats, data, bgnbd_peer);
  tell_fit (&fit, STORE_PARETO_NBD, MIN (repeats, 3), data, pareto_peer);
  store_purchase_patterns_free (fit.patterns);
}

static void
score_all (gpointer data)
{
  StoreClvOptions options = STORE_CLV_OPTIONS_INIT;
  g_autoptr (StoreClv) clv = NULL;

  options.n_draws = 0;
  options.hold_back_days = 0;
  clv = store_clv_new (data, &options, NULL, NULL);
  g_assert (clv->enough);
}

/* With intervals and held-back days, as a person gets it. */
static void
score_as_told (gpointer data)
{
  StoreClvOptions options = STORE_CLV_OPTIONS_INIT;
  g_autoptr (StoreClv) clv = store_clv_new (data, &options, NULL, NULL);

  g_assert (clv->enough);
}

static double
get_peak_megabytes (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024.0;
}

static void
tell_all_scores (void)
{
  g_autoptr (StorePurchaseTable) table = bench_simulate (MILLION, 3.2, 12.0);
  const StorePurchaseColumns *columns = store_purchase_table_get_columns (table);
  double built = get_peak_megabytes ();
  guint64 orders = 0;
  double seconds = bench_measure (score_all, table, 2);
  double peak = get_peak_megabytes ();
  g_autofree char *figure = NULL;
  const BenchPeer goal = { "goal", GOAL_ALL_SECONDS };

  for (guint row = 0; row < columns->n_rows; row++)
    orders += columns->orders[row];
  figure = g_strdup_printf ("%.1f million orders; peak %.0f MB (table alone %.0f), goal %.0f",
                            orders / 1e6, peak, built, GOAL_ALL_MEGABYTES);
  bench_tell ("all-scores", "fit and all scores, 1,000,000 customers", seconds, figure, &goal);
  bench_tell ("as-told", "the same with intervals and held-back days",
              bench_measure (score_as_told, table, 1), NULL, NULL);
}

/* In a process of its own, for the peak of the memory is that of the whole process. */
static void
tell_all_scores_apart (void)
{
  pid_t child;

  fflush (stdout);
  child = fork ();
  if (child == 0)
    {
      tell_all_scores ();
      fflush (stdout);
      _exit (0);
    }
  if (child > 0)
    waitpid (child, NULL, 0);
}

void
bench_lifetime (void)
{
  g_autoptr (StorePurchaseTable) cdnow = bench_load_cdnow ();
  g_autoptr (StorePurchaseTable) million = NULL;

  tell_all_scores_apart ();
  if (cdnow != NULL)
    fit_models (cdnow, "cdnow", 20, &cdnow_peer, &cdnow_pareto_peer);
  else
    bench_skip ("CDNOW");
  million = bench_simulate (MILLION, 8.0, 12.0);
  fit_models (million, "million", 2, &million_peer, NULL);
}

static void
write_patterns (StorePurchaseTable *table,
                const char         *folder,
                const char         *name)
{
  g_autoptr (StorePurchasePatterns) patterns = store_purchase_patterns_new (table);
  g_autofree double *numbers = g_new (double, (gsize) patterns->n_rows * 3);

  for (guint row = 0; row < patterns->n_rows; row++)
    {
      guint pattern = patterns->row_pattern[row];

      numbers[(gsize) row * 3] = patterns->x[pattern];
      numbers[(gsize) row * 3 + 1] = patterns->t_x[pattern];
      numbers[(gsize) row * 3 + 2] = patterns->T[pattern];
    }
  bench_write_numbers (folder, name, numbers, (gsize) patterns->n_rows * 3);
}

void
bench_lifetime_write (const char *folder)
{
  g_autoptr (StorePurchaseTable) cdnow = bench_load_cdnow ();
  g_autoptr (StorePurchaseTable) million = bench_simulate (MILLION, 8.0, 12.0);

  if (cdnow != NULL)
    write_patterns (cdnow, folder, "cdnow.f64");
  write_patterns (million, folder, "million.f64");
}
