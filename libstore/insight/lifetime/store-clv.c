/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lifetime value: purchases expected in each month to come, times the expected value of a purchase
 * day, times the margin, discounted to the cut:
 *
 *   CLV = margin E(M) sum_i (E[Y(t_i)] - E[Y(t_{i-1})]) / (1+d)^i,        t_i = i months.
 *
 * A month is a twelfth of 365 days; a horizon that is not whole months ends with a shorter step,
 * discounted by its own length. The purchases come from BG/NBD or its modified form, the value
 * from Gamma-Gamma; the two are taken as independent, as both papers do. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "store-clv.h"
#include "store-error.h"
#include "store-parallel.h"

#define DAYS_A_WEEK 7.0
#define BLOCK 4096

void
store_clv_free (StoreClv *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->table, store_purchase_table_unref);
  g_clear_pointer (&self->patterns, store_purchase_patterns_free);
  g_strfreev (self->notes);
  g_free (self->p_alive);
  g_free (self->expected);
  g_free (self->value);
  g_free (self->clv);
  g_free (self);
}

static guint
count_months (double horizon_days)
{
  return MAX (1, (guint) ceil (horizon_days / STORE_CLV_MONTH_DAYS - 1e-9));
}

/* The months of the horizon: their ends in weeks, and what a unit then is worth now. */
typedef struct
{
  guint n;
  double *ends;
  double *factors;
} Months;

static void
months_clear (Months *self)
{
  g_free (self->ends);
  g_free (self->factors);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Months, months_clear)

static void
months_init (Months                *self,
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

static double
discount (const Months *months,
          const double *purchases)
{
  double sum = purchases[0] * months->factors[0];

  for (guint j = 1; j < months->n; j++)
    sum += (purchases[j] - purchases[j - 1]) * months->factors[j];
  return sum;
}

/* A block of patterns, so that the work may be shared out; no block depends on another. */
typedef struct
{
  const StoreClv *clv;
  const Months *months;
  double *p_alive;
  double *expected;
  double *discounted;
} Scores;

static void
score_block (guint    block,
             gpointer data)
{
  const Scores *self = data;
  const StorePurchasePatterns *patterns = self->clv->patterns;
  guint first = block * BLOCK;
  guint n = MIN (BLOCK, patterns->n - first);
  g_autofree double *purchases = g_new (double, (gsize) n * self->months->n);

  store_bgnbd_expect_all (&self->clv->model, patterns, first, n, self->months->ends,
                          self->months->n, purchases);
  for (guint i = 0; i < n; i++)
    {
      const double *row = purchases + (gsize) i * self->months->n;

      self->p_alive[first + i] =
        store_bgnbd_get_p_alive (&self->clv->model, patterns->x[first + i],
                                 patterns->t_x[first + i], patterns->T[first + i]);
      self->expected[first + i] = row[self->months->n - 1];
      self->discounted[first + i] = discount (self->months, row);
    }
}

static gboolean
score_patterns (Scores        *self,
                GCancellable  *cancellable,
                GError       **error)
{
  guint n_blocks = (self->clv->patterns->n + BLOCK - 1) / BLOCK;

  return store_parallel_run (n_blocks, score_block, self, cancellable, error);
}

static gboolean
score_rows (StoreClv      *self,
            GCancellable  *cancellable,
            GError       **error)
{
  const StorePurchasePatterns *patterns = self->patterns;
  g_autofree double *p_alive = g_new (double, patterns->n);
  g_autofree double *expected = g_new (double, patterns->n);
  g_autofree double *discounted = g_new (double, patterns->n);
  g_auto (Months) months = { 0 };
  Scores scores = { self, &months, p_alive, expected, discounted };

  months_init (&months, &self->options);
  if (!score_patterns (&scores, cancellable, error))
    return FALSE;

  for (guint row = 0; row < patterns->n_rows; row++)
    {
      guint i = patterns->row_pattern[row];
      double mean;

      self->p_alive[row] = p_alive[i];
      self->expected[row] = expected[i];
      if (!self->has_spend)
        continue;
      mean = store_gamma_gamma_get_mean_of (self->table, row);
      self->value[row] = store_gamma_gamma_get_expected (&self->spend, patterns->x[i], mean);
      self->clv[row] = self->options.margin * self->value[row] * discounted[i];
    }
  return TRUE;
}

static char *
describe_too_few (const StoreClv *self)
{
  guint n = self->patterns->n_repeaters;

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "Only %u customer has bought more than once; with at least "
                                       "%u the models can say who will buy again.",
                                       "Only %u customers have bought more than once; with at "
                                       "least %u the models can say who will buy again.",
                                       n),
                          n, self->options.min_repeaters);
}

static gboolean
check_options (const StoreClvOptions *options,
               GError               **error)
{
  if (isfinite (options->horizon_days) && options->horizon_days > 0.0 &&
      options->horizon_days <= 36500.0 &&
      isfinite (options->discount) && options->discount > -1.0 && options->discount <= 1.0 &&
      isfinite (options->margin) && fabs (options->margin) <= 1e6)
    return TRUE;
  g_set_error_literal (error, STORE_ERROR, STORE_ERROR_INVALID,
                       _("The horizon must be 1 to 36500 days, the discount a month below 1 and "
                         "the margin a number."));
  return FALSE;
}

static gboolean
fit_models (StoreClv      *self,
            GStrvBuilder  *notes,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr (GError) no_spend = NULL;

  if (!store_bgnbd_fit (&self->model, self->options.model, self->patterns, cancellable, error))
    return FALSE;
  if (store_bgnbd_describe (&self->model) != NULL)
    g_strv_builder_add (notes, store_bgnbd_describe (&self->model));

  self->has_spend = store_gamma_gamma_fit (&self->spend, self->table, &no_spend);
  if (!self->has_spend)
    g_strv_builder_add (notes, no_spend->message);
  else if (self->spend.at_limit || self->spend.q <= 1.0)
    g_strv_builder_add (notes, _("The values of these purchases do not settle every parameter of "
                                 "the model; the expected values hold, the parameters say "
                                 "little."));
  return TRUE;
}

/**
 * store_clv_new:
 * @table: a finished table
 * @options: what to compute
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Fits the models to the table and scores each of its rows. Too little data is an answer with
 * @enough unset and the reason in the notes. Slow for large tables: call it on a worker thread.
 *
 * Returns: (transfer full): the result, or %NULL with %STORE_ERROR_INVALID or
 *   %STORE_ERROR_CANCELLED
 */
StoreClv *
store_clv_new (StorePurchaseTable    *table,
               const StoreClvOptions *options,
               GCancellable          *cancellable,
               GError               **error)
{
  g_autoptr (StoreClv) self = NULL;
  g_autoptr (GStrvBuilder) notes = g_strv_builder_new ();
  guint n = store_purchase_table_get_n_rows (table);

  g_return_val_if_fail (table != NULL && options != NULL, NULL);

  if (!check_options (options, error))
    return NULL;

  self = g_new0 (StoreClv, 1);
  self->table = store_purchase_table_ref (table);
  self->options = *options;
  self->patterns = store_purchase_patterns_new (table);
  self->p_alive = g_new0 (double, n);
  self->expected = g_new0 (double, n);
  self->value = g_new0 (double, n);
  self->clv = g_new0 (double, n);

  self->enough = self->patterns->n_repeaters >= MAX (options->min_repeaters, 1);
  if (!self->enough)
    {
      g_autofree char *too_few = describe_too_few (self);

      g_strv_builder_add (notes, too_few);
    }
  else if (!fit_models (self, notes, cancellable, error) ||
           !score_rows (self, cancellable, error))
    return NULL;

  self->notes = g_strv_builder_end (notes);
  return g_steal_pointer (&self);
}

static char *
describe_past (const StoreClv *self,
               guint           row,
               guint           silent_days)
{
  const StorePurchaseColumns *columns = store_purchase_table_get_columns (self->table);
  guint n = columns->purchases[row];
  guint gap;

  if (n == 1)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Bought once, %u day ago",
                                         "Bought once, %u days ago",
                                         silent_days),
                            silent_days);

  gap = (guint) lround ((columns->last_day[row] - columns->first_day[row]) / (n - 1.0));
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "Bought %u times, every %u days on average, silent for %u day",
                                       "Bought %u times, every %u days on average, silent for %u days",
                                       silent_days),
                          n, MAX (gap, 1), silent_days);
}

static char *
describe_silence (const StoreClv *self,
                  guint           row)
{
  const StorePurchasePatterns *patterns = self->patterns;
  guint i = patterns->row_pattern[row];
  double p = store_bgnbd_get_p_silence (&self->model, patterns->x[i], patterns->t_x[i],
                                        patterns->T[i]);

  if (p >= 0.5)
    return g_strdup (_("nothing unusual for an active customer like this"));
  if (p < 1e-3)
    return g_strdup (_("less than one in 1000 active customers like this is silent for so long"));
  return g_strdup_printf (_("one in %u active customers like this is silent for so long"),
                          (guint) lround (1.0 / p));
}

/**
 * store_clv_dup_reason:
 * @self: a result
 * @row: a row of its table
 *
 * Says in one sentence why the customer has the score they have, such as "Bought 4 times, every
 * 18 days on average, silent for 63 days: one in 40 active customers like this is silent for so
 * long."
 *
 * Returns: (transfer full): a translated sentence
 */
char *
store_clv_dup_reason (const StoreClv *self,
                      guint           row)
{
  const StorePurchaseColumns *columns;
  g_autofree char *past = NULL;
  g_autofree char *silence = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (row < store_purchase_table_get_n_rows (self->table), NULL);

  columns = store_purchase_table_get_columns (self->table);
  past = describe_past (self, row, columns->until - columns->last_day[row]);
  if (!self->enough)
    return g_strdup_printf (C_("the past of a customer as a whole sentence", "%s."), past);

  silence = describe_silence (self, row);
  /* Translators: the past of a customer, and how usual their silence is. */
  return g_strdup_printf (_("%s: %s."), past, silence);
}
