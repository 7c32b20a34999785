/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How well the value of a customer is known: an interval by parametric bootstrap. The parameters of
 * both models are drawn again and again from their estimated distribution, normal in their
 * logarithms with the covariance of the fit; each draw scores the patterns, never single customers;
 * of the values that a customer gets so, the 10 % and 90 % quantiles are the interval. Drawing
 * instead of refitting to resampled patterns costs no fit, and agrees with it on CDNOW within a
 * tenth of the width: the likelihood is close to normal in the logarithms, and ridges along which
 * two parameters trade are kept by the covariance. A parameter on its limit does not vary; nor does
 * one that the data leave open by more than LOOSE, as on a ridge that runs to its limit, where the
 * logarithms are not normal any more: the others then vary as they do beside it.
 *
 * Where there are many patterns, those of about equal x, P(alive) and T share a cell, and the first
 * of a cell tells by how much a draw changes the purchases of all: the change varies little within
 * a cell, and the value itself stays that of the pattern. */

#include "config.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <string.h>

#include "store-clv-private.h"
#include "store-counter-random.h"
#include "store-estimate.h"
#include "store-gsl.h"
#include "store-parallel.h"

#define MANY_PATTERNS 4096
#define CELL_STEPS 12
#define FEW_PURCHASES 16.0
#define X_STEP 0.06
#define MOST_LOG_ODDS 20.0
#define LOG_ODDS_STEP 0.5
#define BLOCK 4096
#define TAIL 0.1
/* A draw changes the purchases of the tenth year little otherwise than those of the ninth. */
#define MOST_STEPS 12
#define LOOSE 3.0
#define LIMIT 14.0
#define N_MAX STORE_PURCHASE_MODEL_PARAMETERS

enum
{
  STREAM_PURCHASES,
  STREAM_SPEND,
};

/* exp (point + lower z), z normal and independent, within limits that keep the exponent finite. */
static void
draw_parameters (const double *parameters,
                 const double *lower,
                 guint         n,
                 guint64       seed,
                 guint64       stream,
                 guint         draw,
                 double       *drawn)
{
  double z[N_MAX];

  for (guint i = 0; i < n; i++)
    {
      double p = store_counter_random (seed, stream, (guint64) draw * N_MAX + i);
      double shift = 0.0;

      z[i] = lower[i * n + i] < LOOSE ? gsl_cdf_ugaussian_Pinv (p) : 0.0;
      for (guint j = 0; j <= i; j++)
        shift += lower[i * n + j] * z[j];
      shift = CLAMP (shift, -LIMIT, LIMIT);
      drawn[i] = parameters[i] * exp (shift);
    }
}

static StorePurchaseModel *
draw_models (const StoreClv *self)
{
  StorePurchaseModel *models = g_new (StorePurchaseModel, self->options.n_draws);
  double lower[N_MAX * N_MAX] = { 0.0 };

  if (!store_estimate_factor (self->model.covariance, N_MAX, lower))
    memset (lower, 0, sizeof lower);
  for (guint draw = 0; draw < self->options.n_draws; draw++)
    {
      models[draw] = self->model;
      draw_parameters (self->model.parameters, lower, N_MAX, self->options.seed, STREAM_PURCHASES,
                       draw, models[draw].parameters);
    }
  return models;
}

/* What the expected value of a purchase needs of each draw: it is a weighted mean of the customer's
 * own and that of all, with the weights p x and q - 1. */
typedef struct
{
  double *own_weight;
  double *common_weight;
  double *common_mean;
} Spends;

static void
spends_clear (Spends *self)
{
  g_free (self->own_weight);
  g_free (self->common_weight);
  g_free (self->common_mean);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Spends, spends_clear)

/* A draw without a mean of all customers takes the mean of those seen, for whom nothing is known. */
static void
spends_init (Spends         *self,
             const StoreClv *clv)
{
  enum { N = STORE_GAMMA_GAMMA_PARAMETERS };
  guint n_draws = clv->options.n_draws;
  const double parameters[N] = { clv->spend.p, clv->spend.q, clv->spend.v };
  double lower[N * N] = { 0.0 };

  self->own_weight = g_new (double, n_draws);
  self->common_weight = g_new (double, n_draws);
  self->common_mean = g_new (double, n_draws);
  if (!store_estimate_factor (clv->spend.covariance, N, lower))
    memset (lower, 0, sizeof lower);
  for (guint draw = 0; draw < n_draws; draw++)
    {
      double drawn[N];

      draw_parameters (parameters, lower, N, clv->options.seed, STREAM_SPEND, draw, drawn);
      self->own_weight[draw] = drawn[0];
      self->common_weight[draw] = MAX (drawn[1] - 1.0, 0.0);
      self->common_mean[draw] = drawn[1] > 1.0 ? drawn[0] * drawn[2] / (drawn[1] - 1.0)
                                               : clv->spend.mean;
    }
}

/* Which cell each pattern belongs to, and the first pattern of each cell. */
typedef struct
{
  guint n;
  guint *of_pattern;
  StorePurchasePatterns *first;
} Cells;

static void
cells_clear (Cells *self)
{
  g_free (self->of_pattern);
  g_clear_pointer (&self->first, store_purchase_patterns_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Cells, cells_clear)

static double
find_width (const StorePurchasePatterns *patterns)
{
  double largest = 1.0;

  for (guint i = 0; i < patterns->n; i++)
    largest = MAX (largest, patterns->T[i]);
  return largest * (1.0 + 1e-9) / CELL_STEPS;
}

/* What a draw changes depends on x, on how likely the customer is still one and, less, on T. */
static guint64
find_cell (const StorePurchasePatterns *patterns,
           guint                        i,
           double                       p_alive,
           double                       width)
{
  double x = patterns->x[i];
  double odds = CLAMP (log (p_alive / (1.0 - p_alive)), -MOST_LOG_ODDS, MOST_LOG_ODDS);
  guint64 of_x = (guint64) (x <= FEW_PURCHASES ? x
                                               : FEW_PURCHASES + log (x / FEW_PURCHASES) / X_STEP);
  guint64 of_odds = (guint64) ((odds + MOST_LOG_ODDS) / LOG_ODDS_STEP);
  guint64 of_T = (guint64) (patterns->T[i] / width);

  if (patterns->n <= MANY_PATTERNS)
    return i;
  return of_x << 40 | of_odds << 16 | of_T;
}

static void
cells_init (Cells                       *self,
            const StorePurchasePatterns *patterns,
            const double                *p_alive)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  double width = find_width (patterns);
  double *x = g_new (double, patterns->n);
  double *t_x = g_new (double, patterns->n);
  double *T = g_new (double, patterns->n);
  double *weight = g_new (double, patterns->n);

  self->of_pattern = g_new (guint, patterns->n);
  for (guint i = 0; i < patterns->n; i++)
    {
      guint64 cell = find_cell (patterns, i, p_alive[i], width);
      gpointer found = g_hash_table_lookup (known, &cell);

      if (found == NULL)
        {
          x[self->n] = patterns->x[i];
          t_x[self->n] = patterns->t_x[i];
          T[self->n] = patterns->T[i];
          weight[self->n++] = 1.0;
          found = GUINT_TO_POINTER (self->n);
          g_hash_table_insert (known, g_memdup2 (&cell, sizeof cell), found);
        }
      self->of_pattern[i] = GPOINTER_TO_UINT (found) - 1;
    }
  self->first = store_purchase_patterns_take (self->n, x, t_x, T, weight);
}

/* By how much each draw multiplies the purchases of each cell: a column of draws for each cell. */
typedef struct
{
  const StoreClv *clv;
  const StoreClvMonths *months;
  const Cells *cells;
  const StorePurchaseModel *models;
  const Spends *spends;
  const double *discounted;
  double *plain;
  double *ratios;
  double *totals;
  guint n_draws;
} Work;

static void
discount_cells (const Work               *work,
                const StorePurchaseModel *model,
                double                   *discounted)
{
  guint n = work->cells->n;
  g_autofree double *p_alive = g_new (double, n);
  g_autofree double *expected = g_new (double, n);

  store_clv_discount_block (model, work->cells->first, 0, n, work->months, p_alive, expected,
                            discounted);
}

static void
do_draw (guint    draw,
         gpointer data)
{
  const Work *work = data;
  g_autofree double *discounted = g_new (double, work->cells->n);

  discount_cells (work, &work->models[draw], discounted);
  for (guint i = 0; i < work->cells->n; i++)
    {
      double ratio = work->plain[i] > 0.0 ? discounted[i] / work->plain[i] : 1.0;

      work->ratios[(gsize) i * work->n_draws + draw] = isfinite (ratio) ? ratio : 1.0;
    }
}

/* The quantile by linear interpolation; the order of @values changes. */
static double
find_quantile (double *values,
               guint   n,
               double  share)
{
  double at = share * (n - 1.0);
  guint below = (guint) at;
  double low = gsl_stats_select (values, 1, n, below);
  double high = HUGE_VAL;

  /* What is larger stands behind it now. */
  for (guint i = below + 1; i < n; i++)
    high = MIN (high, values[i]);
  return below + 1 < n ? low + (at - below) * (high - low) : low;
}

/* What each draw makes of a customer with @x repeat purchases of @mean value. */
static void
find_values (const Work   *work,
             const double *ratios,
             double        earned,
             double        x,
             double        mean,
             double       *values)
{
  const Spends *spends = work->spends;
  double own = mean > 0.0 ? x : 0.0;

  for (guint draw = 0; draw < work->n_draws; draw++)
    {
      double common = spends->common_weight[draw];
      double share = own > 0.0 ? common / (spends->own_weight[draw] * own + common) : 1.0;
      double value = share * spends->common_mean[draw] + (1.0 - share) * mean;

      values[draw] = earned * ratios[draw] * value;
    }
}

static void
do_rows (guint    block,
         gpointer data)
{
  const Work *work = data;
  const StoreClv *self = work->clv;
  const StorePurchaseColumns *columns = store_purchase_table_get_columns (self->table);
  guint end = MIN ((block + 1) * BLOCK, columns->n_rows);
  double *totals = work->totals + (gsize) block * work->n_draws;
  g_autofree double *values = g_new (double, work->n_draws);

  for (guint row = block * BLOCK; row < end; row++)
    {
      guint i = self->patterns->row_pattern[row];

      find_values (work, work->ratios + (gsize) work->cells->of_pattern[i] * work->n_draws,
                   self->options.margin * work->discounted[i], columns->purchases[row] - 1.0,
                   store_gamma_gamma_get_mean_of (self->table, row), values);
      for (guint draw = 0; draw < work->n_draws; draw++)
        totals[draw] += values[draw];
      self->low[row] = find_quantile (values, work->n_draws, TAIL);
      self->high[row] = find_quantile (values, work->n_draws, 1.0 - TAIL);
    }
}

static void
take_total (StoreClv     *self,
            const double *totals,
            guint         n_blocks)
{
  guint n = self->options.n_draws;
  g_autofree double *sums = g_new0 (double, n);

  for (guint block = 0; block < n_blocks; block++)
    for (guint draw = 0; draw < n; draw++)
      sums[draw] += totals[(gsize) block * n + draw];
  self->total_low = find_quantile (sums, n, TAIL);
  self->total_high = find_quantile (sums, n, 1.0 - TAIL);
}

/* Fills @low, @high and the totals of @self, whose patterns have these @p_alive and @discounted
 * purchases. */
gboolean
store_clv_find_interval (StoreClv              *self,
                         const StoreClvMonths  *months,
                         const double          *p_alive,
                         const double          *discounted,
                         GCancellable          *cancellable,
                         GError               **error)
{
  guint n_rows = self->patterns->n_rows;
  guint n_draws = self->options.n_draws;
  guint n_blocks = (n_rows + BLOCK - 1) / BLOCK;
  g_autofree StorePurchaseModel *models = NULL;
  g_auto (Spends) spends = { 0 };
  g_autofree double *plain = NULL;
  g_autofree double *ratios = NULL;
  g_autofree double *totals = g_new0 (double, (gsize) n_blocks * n_draws);
  g_auto (Cells) cells = { 0 };
  g_auto (StoreClvMonths) steps = { 0 };
  Work work = { self, &steps, &cells };

  if (n_draws < 2)
    return TRUE;
  store_gsl_prepare ();
  store_clv_months_coarsen (&steps, months, MOST_STEPS);
  cells_init (&cells, self->patterns, p_alive);
  work.models = models = draw_models (self);
  spends_init (&spends, self);
  work.spends = &spends;
  work.discounted = discounted;
  work.plain = plain = g_new (double, cells.n);
  work.ratios = ratios = g_new (double, (gsize) cells.n * n_draws);
  work.totals = totals;
  work.n_draws = n_draws;
  self->low = g_new0 (double, n_rows);
  self->high = g_new0 (double, n_rows);

  discount_cells (&work, &self->model, plain);
  if (!store_parallel_run (n_draws, do_draw, &work, cancellable, error) ||
      !store_parallel_run (n_blocks, do_rows, &work, cancellable, error))
    return FALSE;
  take_total (self, totals, n_blocks);
  self->has_interval = TRUE;
  return TRUE;
}
