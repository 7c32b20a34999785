/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The contestants that every tournament has: three rules that need no model, and the
 * purchase-history models by their probability of at least one purchase. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "store-purchase-model.h"
#include "store-tournament.h"

#define DAYS_A_WEEK 7.0
#define OCCASION_WEEKS 4.0

/* Who bought last is the likeliest to buy again; it does not say how many. */
static gboolean
score_by_recency (StorePurchaseTable  *past,
                  guint                days,
                  double              *activity,
                  double              *purchases,
                  GCancellable        *cancellable,
                  GError             **error,
                  gpointer             data)
{
  const StorePurchaseColumns *columns = store_purchase_table_get_columns (past);

  for (guint row = 0; row < columns->n_rows; row++)
    activity[row] = columns->last_day[row] - columns->until;
  return TRUE;
}

static gboolean
score_by_frequency (StorePurchaseTable  *past,
                    guint                days,
                    double              *activity,
                    double              *purchases,
                    GCancellable        *cancellable,
                    GError             **error,
                    gpointer             data)
{
  const StorePurchaseColumns *columns = store_purchase_table_get_columns (past);

  for (guint row = 0; row < columns->n_rows; row++)
    activity[row] = columns->purchases[row];
  return TRUE;
}

/* Everybody goes on at the rate that they had, their repeat purchases over their time. */
static gboolean
score_by_rate (StorePurchaseTable  *past,
               guint                days,
               double              *activity,
               double              *purchases,
               GCancellable        *cancellable,
               GError             **error,
               gpointer             data)
{
  const StorePurchaseColumns *columns = store_purchase_table_get_columns (past);

  for (guint row = 0; row < columns->n_rows; row++)
    {
      double T = columns->until - columns->first_day[row];

      purchases[row] = T > 0.0 ? days * (columns->purchases[row] - 1.0) / T : 0.0;
      activity[row] = purchases[row];
    }
  return TRUE;
}

static gboolean
score_by_model (StorePurchaseTable  *past,
                guint                days,
                double              *activity,
                double              *purchases,
                GCancellable        *cancellable,
                GError             **error,
                gpointer             data)
{
  StorePurchaseModelOptions options = {
    .kind = GPOINTER_TO_UINT (data),
    .occasion_weeks = OCCASION_WEEKS,
  };
  g_autoptr (StorePurchasePatterns) patterns =
    store_purchase_model_find_patterns (options.kind, past, OCCASION_WEEKS);
  g_autofree double *p_alive = g_new (double, patterns->n);
  g_autofree double *expected = g_new (double, patterns->n);
  g_autofree double *p_active = g_new (double, patterns->n);
  double weeks = days / DAYS_A_WEEK;
  StorePurchaseModel model;

  if (store_purchase_model_needs_gaps (options.kind))
    options.sum_log_gaps = store_purchase_model_sum_log_gaps (past);
  if (!store_purchase_model_fit (&model, &options, patterns, cancellable, error))
    return FALSE;
  store_purchase_model_expect_all (&model, patterns, 0, patterns->n, &weeks, 1, p_alive, expected);
  for (guint i = 0; i < patterns->n; i++)
    p_active[i] = store_purchase_model_get_p_active (&model, patterns->x[i], patterns->t_x[i],
                                                     patterns->T[i], weeks);
  for (guint row = 0; row < patterns->n_rows; row++)
    {
      activity[row] = p_active[patterns->row_pattern[row]];
      purchases[row] = expected[patterns->row_pattern[row]];
    }
  return TRUE;
}

/**
 * store_tournament_get_contestants:
 * @n: (out): how many
 *
 * Returns: (transfer none) (array length=n): the usual contestants; labels are to be translated
 */
const StoreContestant *
store_tournament_get_contestants (guint *n)
{
  static const StoreContestant contestants[] = {
    { "recency", N_("Days since the last purchase"), TRUE, score_by_recency, NULL },
    { "frequency", N_("Number of purchases"), TRUE, score_by_frequency, NULL },
    { "rate", N_("Everybody goes on at their own rate"), TRUE, score_by_rate, NULL },
    { "bgnbd", N_("BG/NBD"), FALSE, score_by_model, GUINT_TO_POINTER (STORE_BGNBD) },
    { "mbgnbd", N_("MBG/NBD"), FALSE, score_by_model, GUINT_TO_POINTER (STORE_MBGNBD) },
    { "pareto", N_("Pareto/NBD"), FALSE, score_by_model, GUINT_TO_POINTER (STORE_PARETO_NBD) },
    { "mbgcnbd", N_("MBG/CNBD-k"), FALSE, score_by_model, GUINT_TO_POINTER (STORE_MBGCNBD) },
  };

  *n = G_N_ELEMENTS (contestants);
  return contestants;
}
