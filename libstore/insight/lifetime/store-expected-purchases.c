/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A customer who is active at the cut has, after x repeat purchases and m chances to leave, a rate
 * of Gamma(r+x, alpha+T) and a probability p to leave of Beta(a, b+m). With y = t / (alpha+T) they
 * buy in the next t on average
 *
 *   E = integral over p of (1 - (1 + p y)^-(r+x)) / p  Beta(p; a, b+m).
 *
 * The papers give it by a hypergeometric function that is 0/0 at a = 1 and at a + b = 1 and that
 * overflows for large x. After Euler's transformation, and divided through by a - 1, it is regular
 * in both places: with z = y / (1+y), L = log(1-z), c = a + (b+m) - 1, A = c - (r+x),
 *
 *   E = -c expm1((a-1) L) / (a-1) - e^((a-1) L) sum_{k>=1} (A)_k (a)_{k-1} z^k / ((c+1)_{k-1} k!).
 *
 * The coefficients do not depend on the times. The series is used up to z = .95 and while its own
 * terms show that not much cancels; else the integral is taken as it stands, by the trapezoidal
 * rule over s = log(p / (1-p)), stretched by sinh so that both tails end, halving the step until
 * the answer stays. The integrand has no cancellation at all. */

#include "config.h"

#include <float.h>
#include <math.h>

#include "store-expected-purchases.h"

#define SERIES_LIMIT 0.95
#define LOSS_ALLOWED 2e-12
#define FIRST_STEP 0.25
#define MAX_HALVINGS 9
#define TAIL_ENDS 42.0
#define SETTLED 1e-12

/**
 * store_expected_purchases_init:
 * @self: to be filled
 * @r: shape of the buying rates
 * @x: repeat purchases of the customer
 * @a: first parameter of the probability to leave; 0: nobody leaves
 * @b: second parameter, with the chances that the customer has passed added
 *
 * Prepares for all customers of one x.
 */
void
store_expected_purchases_init (StoreExpectedPurchases *self,
                               double                  r,
                               double                  x,
                               double                  a,
                               double                  b)
{
  self->rate_shape = r + x;
  self->a = a;
  self->b = b;
  self->c = a + b - 1.0;
  self->first = self->c - self->rate_shape;
  self->n_terms = 0;
}

static double
get_term (StoreExpectedPurchases *self,
          guint                   k)
{
  while (self->n_terms < k)
    {
      double j = self->n_terms;

      if (self->n_terms == 0)
        self->terms[0] = self->first;
      else
        self->terms[self->n_terms] = self->terms[self->n_terms - 1] * (self->first + j) *
                                     (self->a + j - 1.0) / ((self->c + j) * (j + 1.0));
      self->n_terms++;
    }
  return self->terms[k - 1];
}

/* (1-z)^(a-1), and the same less 1 divided by a - 1: the first loses nothing where it is small, the
 * second nothing where it is near 0. */
static inline double
find_power (const StoreExpectedPurchases *self,
            double                        log_rest,
            double                       *slope)
{
  double exponent = (self->a - 1.0) * log_rest;
  double power;

  if (fabs (exponent) > 0.7)
    {
      power = exp (exponent);
      *slope = (power - 1.0) / (self->a - 1.0);
      return power;
    }
  power = expm1 (exponent);
  *slope = self->a - 1.0 != 0.0 ? power / (self->a - 1.0) : log_rest;
  return 1.0 + power;
}

/* Returns FALSE where the series does not end or cancels too much. */
static gboolean
sum_series (StoreExpectedPurchases *self,
            double                  z,
            double                 *expected)
{
  double slope;
  double power = find_power (self, log1p (-z), &slope);
  double z_k = 1.0;
  double sum = 0.0;
  double size = 0.0;
  guint k;

  for (k = 1; k <= STORE_EXPECTED_PURCHASES_TERMS; k++)
    {
      double term;

      z_k *= z;
      term = get_term (self, k) * z_k;
      sum += term;
      size += fabs (term);
      if (fabs (term) <= DBL_EPSILON * 0.125 * (1.0 - z) * size && k > -self->first)
        break;
    }

  *expected = -self->c * slope - power * sum;
  size = fabs (self->c * slope) + power * size;
  return k <= STORE_EXPECTED_PURCHASES_TERMS && isfinite (size) &&
         size * DBL_EPSILON * 4.0 <= LOSS_ALLOWED * fabs (*expected);
}

static double
log_weight (const StoreExpectedPurchases *self,
            double                        s)
{
  double log_p = s < 0.0 ? s - log1p (exp (s)) : -log1p (exp (-s));
  double log_q = s > 0.0 ? -s - log1p (exp (-s)) : -log1p (exp (s));

  return self->a * log_p + self->b * log_q;
}

static double
get_purchases (const StoreExpectedPurchases *self,
               double                        s,
               double                        ahead)
{
  double p = 1.0 / (1.0 + exp (-s));

  if (p * ahead < 1e-290)
    return self->rate_shape * ahead;
  return -expm1 (-self->rate_shape * log1p (p * ahead)) / p;
}

typedef struct
{
  const StoreExpectedPurchases *model;
  double ahead;
  double centre;
  double width;
  double top;
  double weights;
  double values;
} Integral;

/* Adds one node; returns whether its weight still counts. */
static gboolean
add_node (Integral *self,
          double    u)
{
  double s = self->centre + self->width * sinh (u);
  double weight = log_weight (self->model, s) - self->top;
  double node;

  if (weight < -TAIL_ENDS - fabs (u))
    return FALSE;
  node = exp (weight) * cosh (u);
  self->weights += node;
  self->values += node * get_purchases (self->model, s, self->ahead);
  return TRUE;
}

static void
add_nodes (Integral *self,
           double    from,
           double    step)
{
  for (double u = from; add_node (self, u); u += step)
    continue;
  for (double u = from - step; add_node (self, u); u -= step)
    continue;
}

/**
 * store_expected_purchases_integrate:
 * @self: a prepared model
 * @ahead: time to look ahead, divided by alpha + T
 *
 * The expected purchases by quadrature: slower than the series, and exact everywhere.
 *
 * Returns: the expected number of purchases of a customer who is active at the cut
 */
double
store_expected_purchases_integrate (const StoreExpectedPurchases *self,
                                    double                        ahead)
{
  Integral integral = { .model = self, .ahead = ahead };
  double narrowness = self->a * self->b / (self->a + self->b);
  double step = FIRST_STEP;
  double settled;
  double before;

  integral.centre = log (self->a / self->b);
  integral.width = CLAMP (1.0 / sqrt (narrowness), 1e-6, 1.0);
  integral.top = log_weight (self, integral.centre);
  /* A halving squares the error, so that a last change above the rounding of the answer will do; the
   * rounding of the weights is that of their logarithm, and no halving gets below it. */
  settled = MAX (SETTLED, 4.0 * DBL_EPSILON * fabs (integral.top));
  add_nodes (&integral, 0.0, step);

  for (guint i = 0; i < MAX_HALVINGS; i++)
    {
      before = integral.values / integral.weights;
      add_nodes (&integral, step / 2.0, step);
      step /= 2.0;
      if (fabs (integral.values / integral.weights - before) <= settled * before)
        break;
    }
  return integral.values / integral.weights;
}

/**
 * store_expected_purchases_while_alive:
 * @self: a prepared model
 * @ahead: time to look ahead, divided by alpha + T
 *
 * Returns: the expected number of purchases of a customer who is active at the cut
 */
double
store_expected_purchases_while_alive (StoreExpectedPurchases *self,
                                      double                  ahead)
{
  double z = ahead / (1.0 + ahead);
  double expected;

  if (ahead <= 0.0)
    return 0.0;
  if (self->a <= 0.0)
    return self->rate_shape * ahead;
  if (z <= SERIES_LIMIT && sum_series (self, z, &expected))
    return expected;
  return store_expected_purchases_integrate (self, ahead);
}

/* How many terms count at @z: all are positive, and what is left out is below the last bit. */
static guint
count_terms (StoreExpectedPurchases *self,
             double                  z)
{
  double smallest = DBL_EPSILON * 0.125 * (1.0 - z);
  double sum = 0.0;
  double z_k = 1.0;

  for (guint k = 1; k <= STORE_EXPECTED_PURCHASES_TERMS; k++)
    {
      double term;

      z_k *= z;
      term = get_term (self, k) * z_k;
      sum += term;
      if (term <= smallest * sum)
        return k;
    }
  return 0;
}

/* Horner's rule for all times at once: the sums are independent, so they fill a vector unit. */
static void
sum_together (const StoreExpectedPurchases *self,
              const double                 *z,
              guint                         n_terms,
              double                       *sums)
{
  for (guint j = 0; j < STORE_EXPECTED_PURCHASES_TIMES; j++)
    sums[j] = 0.0;
  for (guint k = n_terms; k-- > 0;)
    {
      double term = self->terms[k];

      for (guint j = 0; j < STORE_EXPECTED_PURCHASES_TIMES; j++)
        sums[j] = (sums[j] + term) * z[j];
    }
}

static guint
prepare_together (StoreExpectedPurchases *self,
                  const double           *ahead,
                  guint                   n,
                  double                 *z)
{
  double largest = 0.0;

  for (guint j = 0; j < STORE_EXPECTED_PURCHASES_TIMES; j++)
    {
      z[j] = j < n ? ahead[j] / (1.0 + ahead[j]) : 0.0;
      largest = MAX (largest, z[j]);
    }
  if (self->a <= 0.0 || self->first <= 0.0 || largest > SERIES_LIMIT)
    return 0;
  return count_terms (self, largest);
}

/**
 * store_expected_purchases_for_all:
 * @self: a prepared model
 * @ahead: times to look ahead, divided by alpha + T
 * @n: how many, at most %STORE_EXPECTED_PURCHASES_TIMES
 * @expected: (out): the expected number of purchases for each
 *
 * As store_expected_purchases_while_alive() for several times, faster.
 */
void
store_expected_purchases_for_all (StoreExpectedPurchases *self,
                                  const double           *ahead,
                                  guint                   n,
                                  double                 *expected)
{
  double z[STORE_EXPECTED_PURCHASES_TIMES];
  double sums[STORE_EXPECTED_PURCHASES_TIMES];
  guint n_terms = prepare_together (self, ahead, n, z);

  if (n_terms > 0)
    sum_together (self, z, n_terms, sums);
  for (guint j = 0; j < n; j++)
    {
      double slope;
      double power;
      double lost;

      if (n_terms > 0 && ahead[j] > 0.0)
        {
          power = find_power (self, log1p (-z[j]), &slope);
          expected[j] = -self->c * slope - power * sums[j];
          lost = (fabs (self->c * slope) + power * sums[j]) * DBL_EPSILON * 4.0;
          if (isfinite (lost) && lost <= LOSS_ALLOWED * fabs (expected[j]))
            continue;
        }
      expected[j] = store_expected_purchases_while_alive (self, ahead[j]);
    }
}
