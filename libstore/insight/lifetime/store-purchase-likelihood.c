/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the likelihoods of the purchase-history models share. Products over the purchases of each
 * customer become sums over i of the number of customers with more than i repeat purchases: no
 * gamma functions, exact for any size of the parameters. The rest is a sum over patterns; it is
 * taken in blocks of fixed size, on several threads, and the blocks are added in their order, so
 * that the same bits come out on any number of threads. */

#include "config.h"

#include <math.h>
#include <string.h>

#include "store-parallel.h"
#include "store-purchase-likelihood.h"

#define BLOCK 2048

void
store_purchase_likelihood_init (StorePurchaseLikelihood       *self,
                                const StorePurchaseModelClass *klass,
                                guint                          k,
                                const StorePurchasePatterns   *patterns,
                                double                         time_unit,
                                GCancellable                  *cancellable)
{
  *self = (StorePurchaseLikelihood) {
    .klass = klass,
    .patterns = patterns,
    .k = k,
    .time_unit = time_unit,
    .cancellable = cancellable,
  };
  self->more_than = store_purchase_patterns_count_above (patterns, &self->n_more_than);
}

void
store_purchase_likelihood_clear (StorePurchaseLikelihood *self)
{
  g_free (self->more_than);
}

/* Products of r + i: one for each purchase, k where a purchase is every k-th event. */
double
store_purchase_likelihood_add_rates (const StorePurchaseLikelihood *self,
                                     const double                  *point,
                                     double                        *gradient,
                                     double                        *hessian)
{
  double r = exp (point[R]);
  double sum = 0.0;

  for (guint i = 0; i < self->n_more_than * self->k; i++)
    {
      double weight = self->more_than[i / self->k];
      double share = r / (r + i);

      sum += weight * log (r + i);
      gradient[R] += weight * share;
      hessian[R * N_PARAMETERS + R] += weight * share * (1.0 - share);
    }
  return sum;
}

static double
add_one_chance (double  weight,
                double  a,
                double  b_i,
                double  b,
                double *gradient,
                double *hessian)
{
  double stay = b / b_i;
  double of_a = a / (a + b_i);
  double of_b = b / (a + b_i);

  gradient[A] -= weight * of_a;
  gradient[B] += weight * (stay - of_b);
  hessian[A * N_PARAMETERS + A] -= weight * of_a * (1.0 - of_a);
  hessian[A * N_PARAMETERS + B] += weight * of_a * of_b;
  hessian[B * N_PARAMETERS + B] += weight * (stay * (1.0 - stay) - of_b * (1.0 - of_b));
  return -weight * log1p (a / b_i);
}

/* Products of (b+i)/(a+b+i) over the chances to leave. */
double
store_purchase_likelihood_add_chances (const StorePurchaseLikelihood *self,
                                       const double                  *point,
                                       double                        *gradient,
                                       double                        *hessian)
{
  guint first = self->klass->first_chance ? 1 : 0;
  double a = exp (point[A]);
  double b = exp (point[B]);
  double sum = 0.0;

  if (first)
    sum += add_one_chance (self->patterns->n_customers, a, b, b, gradient, hessian);
  for (guint i = 0; i < self->n_more_than; i++)
    sum += add_one_chance (self->more_than[i], a, b + i + first, b, gradient, hessian);
  return sum;
}

/* (1 + T/c)^-k (c+T)^-x by the logarithms of k and c, at places first and first + 1. */
double
store_purchase_likelihood_add_survival (double  k,
                                        double  c,
                                        double  x,
                                        double  T,
                                        double  weight,
                                        guint   first,
                                        double *gradient,
                                        double *hessian)
{
  double log_ratio = log1p (T / c);
  double past = T / (c + T);
  double present = c / (c + T);

  gradient[first] -= weight * k * log_ratio;
  gradient[first + 1] += weight * (k * past - x * present);
  hessian[first * N_PARAMETERS + first] -= weight * k * log_ratio;
  hessian[first * N_PARAMETERS + first + 1] += weight * k * past;
  hessian[(first + 1) * N_PARAMETERS + first + 1] -= weight * (k + x) * present * past;
  return -weight * (k * log_ratio + x * (log (c) + log_ratio));
}

/* Rough sizes: rates that spread little or much, leaving that is rare or common. */
void
store_purchase_likelihood_find_start (const StorePurchasePatterns *patterns,
                                      guint                        k,
                                      guint                        start,
                                      double                      *point)
{
  static const double shapes[STORE_PURCHASE_MODEL_STARTS] = { 0.5, 2.0, 0.25, 1.0 };
  static const double leavers[STORE_PURCHASE_MODEL_STARTS] = { 0.8, 0.5, 0.2, 2.0 };
  static const double stayers[STORE_PURCHASE_MODEL_STARTS] = { 2.0, 1.0, 4.0, 2.0 };
  double rate = MAX (k * patterns->n_repeats / patterns->n_customers, 1e-3);

  point[R] = log (shapes[start]);
  point[ALPHA] = log (shapes[start] / (1.5 * rate));
  point[A] = log (leavers[start]);
  point[B] = log (stayers[start]);
}

typedef struct
{
  double value;
  double gradient[N_PARAMETERS];
  double hessian[N_PARAMETERS * N_PARAMETERS];
} Sum;

typedef struct
{
  const StorePurchaseLikelihood *likelihood;
  const double *point;
  Sum *sums;
} Work;

static void
add_block (guint    block,
           gpointer data)
{
  const Work *work = data;
  const StorePurchaseLikelihood *self = work->likelihood;
  guint first = block * BLOCK;
  guint end = MIN (first + BLOCK, self->patterns->n);
  Sum sum = { 0 };

  sum.value = self->klass->add_patterns (self, work->point, first, end, sum.gradient, sum.hessian);
  work->sums[block] = sum;
}

static void
add_sum (Sum       *self,
         const Sum *other)
{
  self->value += other->value;
  for (guint i = 0; i < N_PARAMETERS; i++)
    self->gradient[i] += other->gradient[i];
  for (guint i = 0; i < N_PARAMETERS * N_PARAMETERS; i++)
    self->hessian[i] += other->hessian[i];
}

/* As StoreNewtonFunc. A search that is cancelled sees a flat function and ends at once. */
double
store_purchase_likelihood_evaluate (const double *point,
                                    double       *gradient,
                                    double       *hessian,
                                    gpointer      data)
{
  const StorePurchaseLikelihood *self = data;
  guint n = self->klass->n_parameters;
  guint n_blocks = (self->patterns->n + BLOCK - 1) / BLOCK;
  g_autofree Sum *sums = g_new0 (Sum, n_blocks);
  Work work = { self, point, sums };
  Sum all = { 0 };

  memset (gradient, 0, n * sizeof (double));
  memset (hessian, 0, n * n * sizeof (double));
  if (!store_parallel_run (n_blocks, add_block, &work, self->cancellable, NULL))
    return 0.0;

  if (self->klass->add_common != NULL)
    all.value = self->klass->add_common (self, point, all.gradient, all.hessian);
  for (guint i = 0; i < n_blocks; i++)
    add_sum (&all, &sums[i]);
  for (guint i = 0; i < n; i++)
    {
      gradient[i] = all.gradient[i];
      for (guint j = i; j < n; j++)
        hessian[i * n + j] = hessian[j * n + i] = all.hessian[i * N_PARAMETERS + j];
    }
  return all.value;
}
