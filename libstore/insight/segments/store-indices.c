/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The simple indices that business articles print, under their names, with the mistakes of the
 * articles taken out:
 *
 * - "simple CLV" is the sum of P_t / (1+r)^t; the rate must be that of the period (10 % a year is
 *   .797 % a month) and the exponent says when the money arrives;
 * - churn is lost / at the start, retention its complement; over several periods what is kept
 *   multiplies;
 * - P/(1+P) turns odds into a probability and is wrong for what is a probability already;
 * - P · ARPU · RFM takes RFM as an index of mean 1, else its code counts R, F and M once more;
 * - R · C · T, of (S-B)/(S+B), (L-D)/(L+D) and N/D, makes a good customer of two bad signs and
 *   anything of one observation; here each part is smoothed by two observations and mapped to 0
 *   to 1 before it is multiplied, and what was never observed stays undefined;
 * - a contribution in percent means nothing where the total is not positive, so it is also given
 *   as the share of the positive profit. */

#include "config.h"

#include <math.h>
#include <stdlib.h>

#include "store-indices.h"

#define SMOOTHING 2.0

/**
 * store_index_get_period_rate:
 * @yearly_rate: interest a year, .1 for 10 %
 * @periods_a_year: 12 for months
 *
 * Returns: the rate of one period that compounds to the same
 */
double
store_index_get_period_rate (double yearly_rate,
                             guint  periods_a_year)
{
  g_return_val_if_fail (periods_a_year > 0, NAN);

  return expm1 (log1p (yearly_rate) / periods_a_year);
}

/**
 * store_index_discount:
 * @values: money of each period
 * @n: how many periods
 * @rate: interest of one period
 * @timing: when in a period the money arrives
 *
 * Returns: what all of it is worth now
 */
double
store_index_discount (const double     *values,
                      guint             n,
                      double            rate,
                      StoreIndexTiming  timing)
{
  double early = timing == STORE_INDEX_BEGINNING ? 1.0 : timing == STORE_INDEX_MIDDLE ? 0.5 : 0.0;
  double sum = 0.0;

  for (guint i = 0; i < n; i++)
    sum += values[i] * pow (1.0 + rate, early - (i + 1.0));
  return sum;
}

/**
 * store_index_get_churn:
 * @lost: of those at the start, how many were lost
 * @at_start: how many there were
 *
 * Returns: the share that was lost; NAN where there was nobody
 */
double
store_index_get_churn (double lost,
                       double at_start)
{
  return at_start > 0.0 ? lost / at_start : NAN;
}

/**
 * store_index_get_yearly_churn:
 * @churn: of one period
 * @periods_a_year: 12 for months
 *
 * Returns: the share that is lost in a year
 */
double
store_index_get_yearly_churn (double churn,
                              guint  periods_a_year)
{
  return -expm1 (periods_a_year * log1p (-churn));
}

/**
 * store_index_get_lifetime:
 * @churn: of one period
 *
 * Returns: for how many periods a customer stays on average; NAN where nobody is lost
 */
double
store_index_get_lifetime (double churn)
{
  return churn > 0.0 ? 1.0 / churn : NAN;
}

/**
 * store_index_odds_to_p:
 * @odds: such as 2.33 for seven to three
 *
 * Returns: the probability, .7
 */
double
store_index_odds_to_p (double odds)
{
  return isinf (odds) ? 1.0 : odds / (1.0 + odds);
}

/**
 * store_index_log_odds_to_p:
 * @log_odds: the linear part of a logistic regression
 *
 * Returns: the probability
 */
double
store_index_log_odds_to_p (double log_odds)
{
  return log_odds >= 0.0 ? 1.0 / (1.0 + exp (-log_odds)) : exp (log_odds) / (1.0 + exp (log_odds));
}

/**
 * store_index_scale_to_mean:
 * @values: numbers of all customers, such as their scores
 * @n: how many
 *
 * Returns: (transfer full): the same with mean 1; all 1 where their mean is not positive
 */
double *
store_index_scale_to_mean (const double *values,
                           guint         n)
{
  double *scaled = g_new (double, MAX (n, 1));
  double sum = 0.0;

  for (guint i = 0; i < n; i++)
    sum += values[i];
  for (guint i = 0; i < n; i++)
    scaled[i] = sum > 0.0 ? values[i] * n / sum : 1.0;
  return scaled;
}

static double
balance (double good,
         double bad)
{
  return ((good - bad) / (good + bad + SMOOTHING) + 1.0) / 2.0;
}

/**
 * store_index_get_relation:
 * @pleased: S, signs of satisfaction
 * @displeased: B, complaints
 * @stayed: L, loyal ones
 * @departed: D, lost ones
 * @arrived: N, new ones
 *
 * V = R · C · T with each part from 0 to 1.
 *
 * Returns: 0 (all bad) to 1 (all good); NAN where one of the three was never observed
 */
double
store_index_get_relation (double pleased,
                          double displeased,
                          double stayed,
                          double departed,
                          double arrived)
{
  if (pleased + displeased <= 0.0 || stayed + departed <= 0.0 || arrived + departed <= 0.0)
    return NAN;
  return balance (pleased, displeased) * balance (stayed, departed) * balance (arrived, departed);
}

static int
compare_profits (gconstpointer a,
                 gconstpointer b)
{
  const double *left = *(const double *const *) a;
  const double *right = *(const double *const *) b;

  if (*left != *right)
    return *left > *right ? -1 : 1;
  return (left > right) - (left < right);
}

/**
 * store_index_share_profit:
 * @profits: what each brought in
 * @n: how many
 * @shares: (out) (array length=n): what that is of the whole
 */
void
store_index_share_profit (const double    *profits,
                          guint            n,
                          StoreIndexShare *shares)
{
  g_autofree const double **order = g_new (const double *, MAX (n, 1));
  double positive = 0.0;
  double total = 0.0;
  double cumulative = 0.0;

  for (guint i = 0; i < n; i++)
    {
      order[i] = &profits[i];
      total += profits[i];
      positive += MAX (profits[i], 0.0);
    }
  qsort (order, n, sizeof *order, compare_profits);
  for (guint i = 0; i < n; i++)
    {
      gsize which = order[i] - profits;
      StoreIndexShare *share = &shares[which];

      share->share = positive > 0.0 ? MAX (profits[which], 0.0) / positive : NAN;
      share->of_total = total > 0.0 ? profits[which] / total : NAN;
      cumulative += share->share;
      share->cumulative = cumulative;
    }
}

static double
get_naive_error (const double *actual,
                 guint         n)
{
  double sum = 0.0;

  for (guint i = 1; i < n; i++)
    sum += fabs (actual[i] - actual[i - 1]);
  return n > 1 ? sum / (n - 1) : 0.0;
}

/**
 * store_index_get_errors:
 * @actual: what came
 * @forecast: what was said
 * @n: how many
 * @errors: (out): how far they are apart
 *
 * Returns: %FALSE without any numbers
 */
gboolean
store_index_get_errors (const double     *actual,
                        const double     *forecast,
                        guint             n,
                        StoreIndexErrors *errors)
{
  double absolute = 0.0;
  double squares = 0.0;
  double signed_sum = 0.0;
  double size = 0.0;
  double naive;

  if (n == 0)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      double error = forecast[i] - actual[i];

      absolute += fabs (error);
      squares += error * error;
      signed_sum += error;
      size += fabs (actual[i]);
    }
  naive = get_naive_error (actual, n);
  *errors = (StoreIndexErrors) {
    .mae = absolute / n,
    .rmse = sqrt (squares / n),
    .bias = signed_sum / n,
    .wape = size > 0.0 ? absolute / size : NAN,
    .mase = naive > 0.0 ? absolute / n / naive : NAN,
  };
  return TRUE;
}
