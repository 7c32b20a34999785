/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The BG/BB model (Fader, Hardie and Shang, "Customer-base analysis in a discrete-time
 * noncontractual setting", 2010): at each occasion a customer leaves for good with a probability of
 * Beta(gamma, delta), and if not buys with one of Beta(alpha, beta). A customer whose last purchase
 * was at t_x of n occasions has stayed for m of them, m = t_x .. n, and left then or is there
 * still; with c = B(alpha, beta) B(gamma, delta),
 *
 *   L = B(alpha+x, beta+n-x) B(gamma, delta+n) / c
 *     + sum_{m=t_x}^{n-1} B(alpha+x, beta+m-x) B(gamma+1, delta+m) / c.
 *
 * Each ratio of beta functions is a product of a few factors, so each term is the exponential of a
 * sum of logarithms, with simple derivatives; Newton's method does the rest. */

#include "config.h"

#include <math.h>

#include "store-purchase-likelihood.h"

enum
{
  BUYS,
  PASSES,
  LEAVES,
  STAYS,
};

/* A logarithm with its derivatives by the logarithms of the parameters, upper half. */
typedef struct
{
  double value;
  double slope[N_PARAMETERS];
  double curve[N_PARAMETERS * N_PARAMETERS];
} Term;

/* log of a product over i from @start to before @end of (first+i), by log first. */
static void
add_rising (Term   *self,
            double  first,
            guint   start,
            guint   end,
            guint   which)
{
  for (guint i = start; i < end; i++)
    {
      double share = first / (first + i);

      self->value += log (first + i);
      self->slope[which] += share;
      self->curve[which * N_PARAMETERS + which] += share * (1.0 - share);
    }
}

/* Less the log of a product over i from @start to before @end of (first+second+i). */
static void
subtract_rising_sum (Term   *self,
                     double  first,
                     double  second,
                     guint   start,
                     guint   end,
                     guint   which)
{
  for (guint i = start; i < end; i++)
    {
      double of_first = first / (first + second + i);
      double of_second = second / (first + second + i);

      self->value -= log (first + second + i);
      self->slope[which] -= of_first;
      self->slope[which + 1] -= of_second;
      self->curve[which * N_PARAMETERS + which] -= of_first * (1.0 - of_first);
      self->curve[which * N_PARAMETERS + which + 1] += of_first * of_second;
      self->curve[(which + 1) * N_PARAMETERS + which + 1] -= of_second * (1.0 - of_second);
    }
}

/* x purchases in @m occasions; then left, or not. */
static void
find_term (Term         *self,
           const double *natural,
           guint         x,
           guint         m,
           gboolean      left)
{
  *self = (Term) { 0 };
  add_rising (self, natural[BUYS], 0, x, BUYS);
  add_rising (self, natural[PASSES], 0, m - x, PASSES);
  subtract_rising_sum (self, natural[BUYS], natural[PASSES], 0, m, BUYS);
  add_rising (self, natural[LEAVES], 0, left ? 1 : 0, LEAVES);
  add_rising (self, natural[STAYS], 0, m, STAYS);
  subtract_rising_sum (self, natural[LEAVES], natural[STAYS], 0, m + (left ? 1 : 0), LEAVES);
}

/* From who left after m - 1 occasions to who left after @m: four factors more, where a term made
 * anew has as many as there are occasions. */
static void
advance_term (Term         *self,
              const double *natural,
              guint         x,
              guint         m)
{
  add_rising (self, natural[PASSES], m - 1 - x, m - x, PASSES);
  subtract_rising_sum (self, natural[BUYS], natural[PASSES], m - 1, m, BUYS);
  add_rising (self, natural[STAYS], m - 1, m, STAYS);
  subtract_rising_sum (self, natural[LEAVES], natural[STAYS], m, m + 1, LEAVES);
}

/* The term of @m, after that of m - 1 unless it is the first; n occasions, the last purchase at
 * t_x. */
static void
next_term (Term         *self,
           const double *natural,
           guint         x,
           guint         t_x,
           guint         n,
           guint         m)
{
  if (m == t_x || m == n)
    find_term (self, natural, x, m, m < n);
  else
    advance_term (self, natural, x, m);
}

/* The sum of the terms is a mean of them when it comes to slopes; curvature adds their spread. */
static double
add_pattern (const double *natural,
             guint         x,
             guint         t_x,
             guint         n,
             double        weight,
             double       *gradient,
             double       *hessian)
{
  double sum = 0.0;
  double slope[N_PARAMETERS] = { 0.0 };
  double curve[N_PARAMETERS * N_PARAMETERS] = { 0.0 };
  double top = -HUGE_VAL;
  Term term;

  for (guint m = t_x; m <= n; m++)
    {
      next_term (&term, natural, x, t_x, n, m);
      top = MAX (top, term.value);
    }
  for (guint m = t_x; m <= n; m++)
    {
      double part;

      next_term (&term, natural, x, t_x, n, m);
      part = exp (term.value - top);
      sum += part;
      for (guint i = 0; i < N_PARAMETERS; i++)
        {
          slope[i] += part * term.slope[i];
          for (guint j = i; j < N_PARAMETERS; j++)
            curve[i * N_PARAMETERS + j] += part * (term.curve[i * N_PARAMETERS + j] +
                                                   term.slope[i] * term.slope[j]);
        }
    }

  for (guint i = 0; i < N_PARAMETERS; i++)
    {
      gradient[i] += weight * slope[i] / sum;
      for (guint j = i; j < N_PARAMETERS; j++)
        hessian[i * N_PARAMETERS + j] += weight * (curve[i * N_PARAMETERS + j] / sum -
                                                   slope[i] * slope[j] / (sum * sum));
    }
  return weight * (top + log (sum));
}

static double
add_patterns (const StorePurchaseLikelihood *likelihood,
              const double                  *point,
              guint                          first,
              guint                          end,
              double                        *gradient,
              double                        *hessian)
{
  const StorePurchasePatterns *patterns = likelihood->patterns;
  double natural[N_PARAMETERS];
  double sum = 0.0;

  for (guint i = 0; i < N_PARAMETERS; i++)
    natural[i] = exp (point[i]);
  for (guint i = first; i < end; i++)
    sum += add_pattern (natural, (guint) lround (patterns->x[i]), (guint) lround (patterns->t_x[i]),
                        (guint) lround (patterns->T[i]), patterns->weight[i], gradient, hessian);
  return sum;
}

static void
find_start (const StorePurchasePatterns *patterns,
            guint                        k,
            guint                        start,
            double                      *point)
{
  static const double starts[STORE_PURCHASE_MODEL_STARTS][N_PARAMETERS] =
    { { 1.0, 1.0, 1.0, 4.0 }, { 0.5, 2.0, 0.5, 2.0 }, { 2.0, 1.0, 0.3, 3.0 },
      { 4.0, 8.0, 2.0, 10.0 } };

  for (guint i = 0; i < N_PARAMETERS; i++)
    point[i] = log (starts[start][i]);
}

/* That they are there after all occasions. Who left after m of them is by a simple ratio less or more
 * likely than who left after m + 1; the sum goes from the last occasion back to t_x. */
static double
get_p_there (const StorePurchaseModel *model,
             double                    x,
             double                    t_x,
             double                    n)
{
  double all = model->parameters[BUYS] + model->parameters[PASSES];
  double passes = model->parameters[PASSES] - x;
  double leaves = model->parameters[LEAVES];
  double stays = model->parameters[STAYS];
  double ratio = 1.0;
  double others = 0.0;

  if (leaves <= 0.0)
    return 1.0;
  for (double m = n - 1.0; m >= t_x - 0.5; m -= 1.0)
    {
      double stayed = m < n - 1.5 ? leaves + stays + m + 1.0 : leaves;

      ratio *= (all + m) / (passes + m) * stayed / (stays + m);
      others += ratio;
    }
  return 1.0 / (1.0 + others);
}

/* The chance to stay at the @occasion after this many. */
static double
get_p_stay (const StorePurchaseModel *model,
            double                    occasions)
{
  double leaves = model->parameters[LEAVES];

  return leaves > 0.0 ? 1.0 - leaves / (leaves + model->parameters[STAYS] + occasions) : 1.0;
}

static double
get_p_alive (const StorePurchaseModel *model,
             double                    x,
             double                    t_x,
             double                    T)
{
  return get_p_stay (model, T) * get_p_there (model, x, t_x, T);
}

/* A part of an occasion counts as that share of it. */
static double
get_expected (const StorePurchaseModel *model,
              double                    x,
              double                    t_x,
              double                    T,
              double                    weeks)
{
  double buys = (model->parameters[BUYS] + x) /
                (model->parameters[BUYS] + model->parameters[PASSES] + T);
  double there = get_p_alive (model, x, t_x, T);
  double ahead = weeks / model->occasion_weeks;
  double sum = 0.0;

  for (guint i = 1; ahead > 1e-12; i++)
    {
      sum += there * buys * MIN (ahead, 1.0);
      there *= get_p_stay (model, T + i);
      ahead -= 1.0;
    }
  return sum;
}

/* To buy at some of the next occasions; a part of one counts as that share of it. */
static double
get_p_active (const StorePurchaseModel *model,
              double                    x,
              double                    t_x,
              double                    T,
              double                    weeks)
{
  double all = model->parameters[BUYS] + model->parameters[PASSES] + T;
  double buys = model->parameters[BUYS] + x;
  double there = get_p_alive (model, x, t_x, T);
  double ahead = weeks / model->occasion_weeks;
  double passed = 1.0;
  double sum = 0.0;

  for (guint i = 1; ahead > 1e-12; i++)
    {
      double bought = there * passed * buys / (all + i - 1.0);

      sum += bought * MIN (ahead, 1.0);
      passed *= 1.0 - buys / (all + i - 1.0);
      there *= get_p_stay (model, T + i);
      ahead -= 1.0;
    }
  return sum;
}

/* Who is there and did not buy at the occasions from the last purchase to the last of all. */
static double
get_p_silence (const StorePurchaseModel *model,
               double                    x,
               double                    t_x,
               double                    T)
{
  double passes = model->parameters[PASSES] - x;
  double all = model->parameters[BUYS] + model->parameters[PASSES];
  double p = 1.0;

  for (double i = t_x; i < T - 0.5; i += 1.0)
    p *= (passes + i) / (all + i);
  return p;
}

const StorePurchaseModelClass store_bgbb_class = {
  .name = "bgbb",
  .label = "BG/BB",
  .n_parameters = N_PARAMETERS,
  .parameter_names = { "alpha", "beta", "gamma", "delta" },
  .discrete = TRUE,
  .find_start = find_start,
  .add_patterns = add_patterns,
  .get_p_alive = get_p_alive,
  .get_expected = get_expected,
  .get_p_active = get_p_active,
  .get_p_silence = get_p_silence,
};
