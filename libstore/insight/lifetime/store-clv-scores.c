/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lifetime value: purchases expected in each month to come, times the expected value of a purchase
 * day, times the margin, discounted to the cut:
 *
 *   CLV = margin E(M) sum_i (E[Y(t_i)] - E[Y(t_{i-1})]) / (1+d)^i,        t_i = i months.
 *
 * A month is a twelfth of 365 days; a horizon that is not whole months ends with a shorter step,
 * discounted by its own length. The purchases come from any of the purchase-history models, the
 * value from Gamma-Gamma; the two are taken as independent, as the papers do. */

#include "config.h"

#include <math.h>

#include "store-clv-private.h"
#include "store-parallel.h"

#define DAYS_A_WEEK 7.0
#define BLOCK 4096

static guint
count_months (double horizon_days)
{
  return MAX (1, (guint) ceil (horizon_days / STORE_CLV_MONTH_DAYS - 1e-9));
}

void
store_clv_months_clear (StoreClvMonths *self)
{
  g_free (self->ends);
  g_free (self->factors);
}

void
store_clv_months_init (StoreClvMonths        *self,
                       const StoreClvOptions *options)
{
  self->n = count_months (options->horizon_days);
  self->ends = g_new (double, self->n);
  self->factors = g_new (double, self->n);
  for (guint i = 0; i < self->n; i++)
    {
      double months = MIN (i + 1.0, options->horizon_days / STORE_CLV_MONTH_DAYS);

      self->ends[i] = months * STORE_CLV_MONTH_DAYS / DAYS_A_WEEK;
      self->factors[i] = pow (1.0 + options->discount, -months);
    }
}

/* At most so many steps of as many months each, discounted by their mean: for what hardly changes
 * from a month to the next. Few months stay what they are. */
void
store_clv_months_coarsen (StoreClvMonths       *self,
                          const StoreClvMonths *months,
                          guint                 most)
{
  self->n = MIN (months->n, most);
  self->ends = g_new (double, self->n);
  self->factors = g_new (double, self->n);
  for (guint i = 0; i < self->n; i++)
    {
      guint first = i * months->n / self->n;
      guint end = (i + 1) * months->n / self->n;
      double sum = 0.0;

      for (guint month = first; month < end; month++)
        sum += months->factors[month];
      self->ends[i] = months->ends[end - 1];
      self->factors[i] = sum / (end - first);
    }
}

static double
discount (const StoreClvMonths *months,
          const double         *purchases)
{
  double sum = purchases[0] * months->factors[0];

  for (guint j = 1; j < months->n; j++)
    sum += (purchases[j] - purchases[j - 1]) * months->factors[j];
  return sum;
}

/* The purchases of some patterns within the horizon, as such and discounted. */
void
store_clv_discount_block (const StorePurchaseModel    *model,
                          const StorePurchasePatterns *patterns,
                          guint                        first,
                          guint                        n,
                          const StoreClvMonths        *months,
                          double                      *p_alive,
                          double                      *expected,
                          double                      *discounted)
{
  g_autofree double *purchases = g_new (double, (gsize) n * months->n);

  store_purchase_model_expect_all (model, patterns, first, n, months->ends, months->n, p_alive,
                                   purchases);
  for (guint i = 0; i < n; i++)
    {
      const double *row = purchases + (gsize) i * months->n;

      expected[i] = row[months->n - 1];
      discounted[i] = discount (months, row);
    }
}

typedef struct
{
  const StoreClv *clv;
  const StoreClvMonths *months;
  double *p_alive;
  double *expected;
  double *discounted;
} Scores;

/* A block of patterns, so that the work may be shared out; no block depends on another. */
static void
score_block (guint    block,
             gpointer data)
{
  const Scores *self = data;
  const StorePurchasePatterns *patterns = self->clv->patterns;
  guint first = block * BLOCK;
  guint n = MIN (BLOCK, patterns->n - first);

  store_clv_discount_block (&self->clv->model, patterns, first, n, self->months,
                            self->p_alive + first, self->expected + first,
                            self->discounted + first);
  for (guint i = first; i < first + n; i++)
    {
      self->expected[i] *= self->clv->purchases_an_occasion;
      self->discounted[i] *= self->clv->purchases_an_occasion;
    }
}

static void
take_scores (StoreClv     *self,
             const Scores *scores)
{
  const StorePurchaseColumns *columns = store_purchase_table_get_columns (self->table);

  for (guint row = 0; row < columns->n_rows; row++)
    {
      guint i = self->patterns->row_pattern[row];
      double mean;

      self->p_alive[row] = scores->p_alive[i];
      self->expected[row] = scores->expected[i];
      if (!self->has_spend)
        continue;
      mean = store_gamma_gamma_get_mean_of (self->table, row);
      self->value[row] = store_gamma_gamma_get_expected (&self->spend,
                                                         columns->purchases[row] - 1.0, mean);
      self->clv[row] = self->options.margin * self->value[row] * scores->discounted[i];
    }
}

/* Fills the arrays of @self, whose models are there. */
gboolean
store_clv_score_rows (StoreClv      *self,
                      GCancellable  *cancellable,
                      GError       **error)
{
  guint n = self->patterns->n;
  g_autofree double *p_alive = g_new (double, n);
  g_autofree double *expected = g_new (double, n);
  g_autofree double *discounted = g_new (double, n);
  g_auto (StoreClvMonths) months = { 0 };
  Scores scores = { self, &months, p_alive, expected, discounted };

  store_clv_months_init (&months, &self->options);
  if (!store_parallel_run ((n + BLOCK - 1) / BLOCK, score_block, &scores, cancellable, error))
    return FALSE;
  take_scores (self, &scores);
  if (!self->has_spend || self->options.n_draws == 0)
    return TRUE;
  return store_clv_find_interval (self, &months, p_alive, discounted, cancellable, error);
}
