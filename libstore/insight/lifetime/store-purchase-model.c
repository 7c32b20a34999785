/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One interface for all models of who buys again: a table of classes, each with its formulas in a
 * file of its own. `store-purchase-model-fit.c` finds the parameters. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "store-occasions.h"
#include "store-purchase-model-private.h"

#define DAYS_A_WEEK 7.0

static const StorePurchaseModelClass *const classes[STORE_PURCHASE_MODEL_KINDS] = {
  [STORE_BGNBD] = &store_bgnbd_class,
  [STORE_MBGNBD] = &store_mbgnbd_class,
  [STORE_PARETO_NBD] = &store_pareto_nbd_class,
  [STORE_BGCNBD] = &store_bgcnbd_class,
  [STORE_MBGCNBD] = &store_mbgcnbd_class,
  [STORE_NBD] = &store_nbd_class,
  [STORE_BGBB] = &store_bgbb_class,
};

const StorePurchaseModelClass *
store_purchase_model_get_class (StorePurchaseModelKind kind)
{
  g_assert (kind < STORE_PURCHASE_MODEL_KINDS);

  return classes[kind];
}

/**
 * store_purchase_model_get_p_alive:
 * @self: a model
 * @x: repeat purchases
 * @t_x: weeks from the first purchase to the last
 * @T: weeks from the first purchase to the cut
 *
 * Returns: the probability that the customer has not left; for %STORE_BGBB, that they are still
 *   there at the next occasion
 */
double
store_purchase_model_get_p_alive (const StorePurchaseModel *self,
                                  double                    x,
                                  double                    t_x,
                                  double                    T)
{
  g_return_val_if_fail (self != NULL, 0.0);

  return classes[self->kind]->get_p_alive (self, x, t_x, T);
}

/**
 * store_purchase_model_get_expected:
 * @self: a model
 * @x: repeat purchases
 * @t_x: weeks from the first purchase to the last
 * @T: weeks from the first purchase to the cut
 * @weeks: how far to look ahead
 *
 * Returns: the expected number of purchases in the @weeks after the cut
 */
double
store_purchase_model_get_expected (const StorePurchaseModel *self,
                                   double                    x,
                                   double                    t_x,
                                   double                    T,
                                   double                    weeks)
{
  g_return_val_if_fail (self != NULL, 0.0);

  return classes[self->kind]->get_expected (self, x, t_x, T, weeks);
}

/**
 * store_purchase_model_get_p_active:
 * @self: a model
 * @x: repeat purchases
 * @t_x: weeks from the first purchase to the last
 * @T: weeks from the first purchase to the cut
 * @weeks: how far to look ahead
 *
 * Returns: the probability of at least one purchase in the @weeks after the cut
 */
double
store_purchase_model_get_p_active (const StorePurchaseModel *self,
                                   double                    x,
                                   double                    t_x,
                                   double                    T,
                                   double                    weeks)
{
  g_return_val_if_fail (self != NULL, 0.0);

  return classes[self->kind]->get_p_active (self, x, t_x, T, weeks);
}

/**
 * store_purchase_model_get_p_silence:
 * @self: a model
 * @x: repeat purchases
 * @t_x: weeks from the first purchase to the last
 * @T: weeks from the first purchase to the cut
 *
 * How unusual is the silence since the last purchase? For a customer with this past who is still
 * active, the probability of no purchase from @t_x to @T.
 *
 * Returns: a probability
 */
double
store_purchase_model_get_p_silence (const StorePurchaseModel *self,
                                    double                    x,
                                    double                    t_x,
                                    double                    T)
{
  g_return_val_if_fail (self != NULL, 1.0);

  return classes[self->kind]->get_p_silence (self, x, t_x, T);
}

/**
 * store_purchase_model_expect_all:
 * @self: a model
 * @patterns: the customers, as store_purchase_model_find_patterns() gives them
 * @first: the first pattern
 * @n: how many patterns
 * @weeks: how far to look ahead, one or several lengths
 * @n_weeks: how many
 * @p_alive: (out): for each pattern, the probability that the customer has not left
 * @expected: (out): for each pattern, @n_weeks expected numbers of purchases
 *
 * As store_purchase_model_get_p_alive() and store_purchase_model_get_expected() for many: what they
 * share is computed once.
 */
void
store_purchase_model_expect_all (const StorePurchaseModel    *self,
                                 const StorePurchasePatterns *patterns,
                                 guint                        first,
                                 guint                        n,
                                 const double                *weeks,
                                 guint                        n_weeks,
                                 double                      *p_alive,
                                 double                      *expected)
{
  const StorePurchaseModelClass *klass;

  g_return_if_fail (self != NULL && patterns != NULL && first + n <= patterns->n);

  klass = classes[self->kind];
  if (klass->expect_all != NULL)
    {
      klass->expect_all (self, patterns, first, n, weeks, n_weeks, p_alive, expected);
      return;
    }
  for (guint i = 0; i < n; i++)
    {
      double x = patterns->x[first + i];
      double t_x = patterns->t_x[first + i];
      double T = patterns->T[first + i];

      p_alive[i] = klass->get_p_alive (self, x, t_x, T);
      for (guint j = 0; j < n_weeks; j++)
        expected[(gsize) i * n_weeks + j] = klass->get_expected (self, x, t_x, T, weeks[j]);
    }
}

guint
store_purchase_model_get_n_parameters (StorePurchaseModelKind kind)
{
  g_return_val_if_fail (kind < STORE_PURCHASE_MODEL_KINDS, 0);

  return classes[kind]->n_parameters;
}

const char *
store_purchase_model_get_parameter_name (StorePurchaseModelKind kind,
                                         guint                  which)
{
  g_return_val_if_fail (kind < STORE_PURCHASE_MODEL_KINDS, NULL);
  g_return_val_if_fail (which < classes[kind]->n_parameters, NULL);

  return classes[kind]->parameter_names[which];
}

/**
 * store_purchase_model_get_name:
 * @kind: which model
 *
 * Returns: (transfer none): the name that the command line and JSON use
 */
const char *
store_purchase_model_get_name (StorePurchaseModelKind kind)
{
  g_return_val_if_fail (kind < STORE_PURCHASE_MODEL_KINDS, NULL);

  return classes[kind]->name;
}

/**
 * store_purchase_model_get_label:
 * @kind: which model
 *
 * Returns: (transfer none): the name that papers use, such as "BG/NBD"
 */
const char *
store_purchase_model_get_label (StorePurchaseModelKind kind)
{
  g_return_val_if_fail (kind < STORE_PURCHASE_MODEL_KINDS, NULL);

  return classes[kind]->label;
}

/**
 * store_purchase_model_find_kind:
 * @name: as store_purchase_model_get_name() gives it
 * @kind: (out): which model
 *
 * Returns: %FALSE if no model has that name
 */
gboolean
store_purchase_model_find_kind (const char             *name,
                                StorePurchaseModelKind *kind)
{
  g_return_val_if_fail (name != NULL && kind != NULL, FALSE);

  for (guint i = 0; i < STORE_PURCHASE_MODEL_KINDS; i++)
    if (g_str_equal (name, classes[i]->name))
      {
        *kind = i;
        return TRUE;
      }
  return FALSE;
}

/**
 * store_purchase_model_get_boundary_name:
 * @self: a model
 *
 * Returns: (transfer none): the word that JSON has for where the fit lies
 */
const char *
store_purchase_model_get_boundary_name (const StorePurchaseModel *self)
{
  static const char *const names[] = { "inside", "nobody-leaves", "equal-rates", "equal-leaving",
                                       "loose" };

  g_return_val_if_fail (self != NULL && self->boundary < G_N_ELEMENTS (names), NULL);

  return names[self->boundary];
}

/**
 * store_purchase_model_describe:
 * @self: a model
 *
 * Returns: (transfer none) (nullable): a sentence about the boundary that the model lies on
 */
const char *
store_purchase_model_describe (const StorePurchaseModel *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  switch (self->boundary)
    {
    case STORE_BOUNDARY_NOBODY_LEAVES:
      return _("These purchases show no sign that customers leave for good; only their pace tells "
               "them apart.");
    case STORE_BOUNDARY_EQUAL_RATES:
      return _("These purchases show no sign that some customers buy faster than others.");
    case STORE_BOUNDARY_EQUAL_LEAVING:
      return _("These purchases show no sign that some customers leave sooner than others.");
    case STORE_BOUNDARY_LOOSE:
      return _("These purchases do not settle every parameter of the model; the forecasts hold, "
               "the parameters say little.");
    case STORE_BOUNDARY_INSIDE:
    default:
      return NULL;
    }
}

/**
 * store_purchase_model_needs_gaps:
 * @kind: which model
 *
 * Returns: whether a fit that looks for the likeliest k needs store_purchase_model_sum_log_gaps()
 */
gboolean
store_purchase_model_needs_gaps (StorePurchaseModelKind kind)
{
  g_return_val_if_fail (kind < STORE_PURCHASE_MODEL_KINDS, FALSE);

  return classes[kind]->regular;
}

/**
 * store_purchase_model_sum_log_gaps:
 * @table: a finished table
 *
 * What the likelihood of the kinds with k has beside the patterns.
 *
 * Returns: the sum over all customers of the logarithms of the weeks between two purchases
 */
double
store_purchase_model_sum_log_gaps (const StorePurchaseTable *table)
{
  const StorePurchaseColumns *columns = store_purchase_table_get_columns (table);
  double gaps = 0.0;

  for (guint row = 0; row < columns->n_rows; row++)
    gaps += columns->purchases[row] - 1.0;
  return store_purchase_table_sum_log_gaps (table) - gaps * log (DAYS_A_WEEK);
}

/**
 * store_purchase_model_find_patterns:
 * @kind: which model
 * @table: a finished table
 * @occasion_weeks: for %STORE_BGBB, weeks from one occasion to the next
 *
 * Returns: (transfer full): the distinct patterns of the customers, in the unit of time that the
 *   model takes
 */
StorePurchasePatterns *
store_purchase_model_find_patterns (StorePurchaseModelKind    kind,
                                    const StorePurchaseTable *table,
                                    double                    occasion_weeks)
{
  g_return_val_if_fail (kind < STORE_PURCHASE_MODEL_KINDS && table != NULL, NULL);

  if (!classes[kind]->discrete)
    return store_purchase_patterns_new (table);

  {
    g_autoptr (StorePurchaseTable) occasions =
      store_occasions_new (table, (guint) MAX (lround (occasion_weeks * DAYS_A_WEEK), 1));

    return store_purchase_patterns_new (occasions);
  }
}

/**
 * store_purchase_model_get_purchases_an_occasion:
 * @table: a finished table
 * @patterns: found for it by store_purchase_model_find_patterns()
 *
 * Returns: how many repeat purchases there are for each that the patterns count: 1, or a little more
 *   where they count occasions
 */
double
store_purchase_model_get_purchases_an_occasion (const StorePurchaseTable    *table,
                                                const StorePurchasePatterns *patterns)
{
  const StorePurchaseColumns *columns = store_purchase_table_get_columns (table);
  double repeats = 0.0;

  for (guint row = 0; row < columns->n_rows; row++)
    repeats += columns->purchases[row] - 1.0;
  return patterns->n_repeats > 0.0 ? repeats / patterns->n_repeats : 1.0;
}
