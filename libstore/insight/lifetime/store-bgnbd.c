/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The scores of BG/NBD and its modified form; `store-bgnbd-likelihood.c` tells the models. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "store-bgnbd.h"
#include "store-expected-purchases.h"

static double
get_chances (const StoreBgnbd *self,
             double            x)
{
  return self->kind == STORE_MBGNBD ? x + 1.0 : x;
}

/**
 * store_bgnbd_get_p_alive:
 * @self: a model
 * @x: repeat purchases
 * @t_x: weeks from the first purchase to the last
 * @T: weeks from the first purchase to the cut
 *
 * Returns: the probability that the customer has not left
 */
double
store_bgnbd_get_p_alive (const StoreBgnbd *self,
                         double            x,
                         double            t_x,
                         double            T)
{
  double chances = get_chances (self, x);
  double departure;

  if (chances <= 0.0 || self->a <= 0.0)
    return 1.0;
  departure = log (self->a) - log (self->b + chances - 1.0) +
              (self->r + x) * log1p ((T - t_x) / (self->alpha + t_x));
  return 1.0 / (1.0 + exp (departure));
}

static void
prepare (const StoreBgnbd       *self,
         double                  x,
         StoreExpectedPurchases *expected)
{
  store_expected_purchases_init (expected, self->r, x, self->a, self->b + get_chances (self, x));
}

/**
 * store_bgnbd_get_expected:
 * @self: a model
 * @x: repeat purchases
 * @t_x: weeks from the first purchase to the last
 * @T: weeks from the first purchase to the cut
 * @weeks: how far to look ahead
 *
 * Returns: the expected number of purchases in the @weeks after the cut
 */
double
store_bgnbd_get_expected (const StoreBgnbd *self,
                          double            x,
                          double            t_x,
                          double            T,
                          double            weeks)
{
  StoreExpectedPurchases expected;

  prepare (self, x, &expected);
  return store_bgnbd_get_p_alive (self, x, t_x, T) *
         store_expected_purchases_while_alive (&expected, weeks / (self->alpha + T));
}

/**
 * store_bgnbd_expect_all:
 * @self: a model
 * @patterns: the customers
 * @first: the first pattern
 * @n: how many patterns
 * @weeks: how far to look ahead, one or several lengths
 * @n_weeks: how many
 * @expected: (out): for each pattern, @n_weeks expected numbers of purchases
 *
 * As store_bgnbd_get_expected() for many: what depends on x alone is computed once for each x.
 */
void
store_bgnbd_expect_all (const StoreBgnbd            *self,
                        const StorePurchasePatterns *patterns,
                        guint                        first,
                        guint                        n,
                        const double                *weeks,
                        guint                        n_weeks,
                        double                      *expected)
{
  StoreExpectedPurchases prepared;

  for (guint i = first; i < first + n; i++)
    {
      double T = patterns->T[i];
      double p_alive = store_bgnbd_get_p_alive (self, patterns->x[i], patterns->t_x[i], T);
      double *row = expected + (gsize) (i - first) * n_weeks;

      if (i == first || patterns->x[i] > patterns->x[i - 1])
        prepare (self, patterns->x[i], &prepared);
      for (guint j = 0; j < n_weeks; j += STORE_EXPECTED_PURCHASES_TIMES)
        {
          guint n_times = MIN (n_weeks - j, STORE_EXPECTED_PURCHASES_TIMES);
          double ahead[STORE_EXPECTED_PURCHASES_TIMES];

          for (guint k = 0; k < n_times; k++)
            ahead[k] = weeks[j + k] / (self->alpha + T);
          store_expected_purchases_for_all (&prepared, ahead, n_times, row + j);
        }
      for (guint j = 0; j < n_weeks; j++)
        row[j] *= p_alive;
    }
}

/**
 * store_bgnbd_get_p_silence:
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
store_bgnbd_get_p_silence (const StoreBgnbd *self,
                           double            x,
                           double            t_x,
                           double            T)
{
  return exp (-(self->r + x) * log1p ((T - t_x) / (self->alpha + t_x)));
}

/**
 * store_bgnbd_get_name:
 * @kind: which model
 *
 * Returns: (transfer none): the name that the command line and JSON use
 */
const char *
store_bgnbd_get_name (StoreBgnbdKind kind)
{
  return kind == STORE_MBGNBD ? "mbgnbd" : "bgnbd";
}

/**
 * store_bgnbd_describe:
 * @self: a model
 *
 * Returns: (transfer none) (nullable): a sentence about the boundary that the model lies on
 */
const char *
store_bgnbd_describe (const StoreBgnbd *self)
{
  switch (self->boundary)
    {
    case STORE_BGNBD_NOBODY_LEAVES:
      return _("These purchases show no sign that customers leave for good; only their pace tells "
               "them apart.");
    case STORE_BGNBD_EQUAL_RATES:
      return _("These purchases show no sign that some customers buy faster than others.");
    case STORE_BGNBD_EQUAL_LEAVING:
      return _("These purchases show no sign that some customers leave sooner than others.");
    case STORE_BGNBD_LOOSE:
      return _("These purchases do not settle every parameter of the model; the forecasts hold, "
               "the parameters say little.");
    case STORE_BGNBD_INSIDE:
    default:
      return NULL;
    }
}
