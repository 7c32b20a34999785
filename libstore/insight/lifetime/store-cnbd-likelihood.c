/* SPDX-License-Identifier: GPL-3.0-or-later */

/* BG/CNBD-k (Platzer and Reutterer, "Ticking away the moments", 2016, and its modified form):
 * events come at a rate of Gamma(r, alpha), the customer buys at every k-th of them and may leave
 * at each purchase. So the gaps between purchases are Erlang, k times more regular than at random;
 * k = 1 is BG/NBD. With R = r + k x, m chances to leave and g the gaps, the likelihood is
 *
 *   (prod g)^(k-1) / (k-1)!^x  prod_{i<kx} (r+i)  prod_{i<m} (b+i)/(a+b+i)  alpha^r (alpha+t_x)^-R
 *     [ S + a/(b+m-1) ],    S = ((alpha+t_x)/(alpha+T))^R P,
 *   P = sum_{j<k} (R)_j / j!  w^j,    w = (T-t_x)/(alpha+T),
 *
 * where j counts the events since the last purchase. P(alive) is S over the bracket. */

#include "config.h"

#include <math.h>

#include "store-cnbd-likelihood.h"

/* log P and its derivatives by R and w. */
typedef struct
{
  double log_p;
  double of_r;
  double of_w;
  double of_rr;
  double of_rw;
  double of_ww;
} Phases;

static void
find_phases (Phases *self,
             guint   k,
             double  shape,
             double  w)
{
  double c = 1.0;
  double w_j = 1.0;
  double w_j1 = 0.0;
  double w_j2 = 0.0;
  double psi = 0.0;
  double psi2 = 0.0;
  double sum[6] = { 0.0 };

  for (guint j = 0; j < k; j++)
    {
      sum[0] += c * w_j;
      sum[1] += c * w_j * psi;
      sum[2] += c * j * w_j1;
      sum[3] += c * w_j * (psi * psi - psi2);
      sum[4] += c * j * w_j1 * psi;
      sum[5] += c * j * (j - 1.0) * w_j2;

      c *= (shape + j) / (j + 1.0);
      psi += 1.0 / (shape + j);
      psi2 += 1.0 / ((shape + j) * (shape + j));
      w_j2 = w_j1;
      w_j1 = w_j;
      w_j *= w;
    }
  self->log_p = log (sum[0]);
  self->of_r = sum[1] / sum[0];
  self->of_w = sum[2] / sum[0];
  self->of_rr = sum[3] / sum[0] - self->of_r * self->of_r;
  self->of_rw = sum[4] / sum[0] - self->of_r * self->of_w;
  self->of_ww = sum[5] / sum[0] - self->of_w * self->of_w;
}

/* The logarithm of S. */
void
store_cnbd_find_staying (StoreCnbdTerm *self,
                         guint          k,
                         double         shape,
                         double         alpha,
                         double         t_x,
                         double         T)
{
  double rest = alpha + T;
  double w = (T - t_x) / rest;
  double w_alpha = -w / rest;
  double w_alpha2 = 2.0 * w / (rest * rest);
  double fall = -log1p ((T - t_x) / (alpha + t_x));
  double fall_alpha = (T - t_x) / (rest * (alpha + t_x));
  double fall_alpha2 = 1.0 / (rest * rest) - 1.0 / ((alpha + t_x) * (alpha + t_x));
  Phases phases;

  find_phases (&phases, k, shape, w);
  self->value = shape * fall + phases.log_p;
  self->r = fall + phases.of_r;
  self->alpha = shape * fall_alpha + phases.of_w * w_alpha;
  self->rr = phases.of_rr;
  self->r_alpha = fall_alpha + phases.of_rw * w_alpha;
  self->alpha_alpha = shape * fall_alpha2 + phases.of_ww * w_alpha * w_alpha +
                      phases.of_w * w_alpha2;
}

/* alpha^r (alpha+t_x)^-R, by r and alpha themselves. */
static void
find_pace (StoreCnbdTerm *self,
           double         r,
           double         shape,
           double         alpha,
           double         t_x)
{
  double elapsed = alpha + t_x;

  self->value = -r * log1p (t_x / alpha) - (shape - r) * log (elapsed);
  self->r = -log1p (t_x / alpha);
  self->alpha = r * t_x / (alpha * elapsed) - (shape - r) / elapsed;
  self->rr = 0.0;
  self->r_alpha = t_x / (alpha * elapsed);
  self->alpha_alpha = -r / (alpha * alpha) + shape / (elapsed * elapsed);
}

static void
add_term (const StoreCnbdTerm *term,
          double               weight,
          double               r,
          double               alpha,
          double              *gradient,
          double              *hessian)
{
  gradient[R] += weight * r * term->r;
  gradient[ALPHA] += weight * alpha * term->alpha;
  hessian[R * N_PARAMETERS + R] += weight * (r * r * term->rr + r * term->r);
  hessian[R * N_PARAMETERS + ALPHA] += weight * r * alpha * term->r_alpha;
  hessian[ALPHA * N_PARAMETERS + ALPHA] += weight * (alpha * alpha * term->alpha_alpha +
                                                     alpha * term->alpha);
}

/* log (S + a/(b+last)); @last is below 0 where there was no chance to leave. */
static double
add_bracket (const StoreCnbdTerm *staying,
             double               last,
             double               weight,
             double               r,
             double               alpha,
             double               log_a,
             double               b,
             double              *gradient,
             double              *hessian)
{
  double slope[N_PARAMETERS] = { r * staying->r, alpha * staying->alpha, -1.0, 0.0 };
  double leaving;
  double stays;
  double of_b;

  if (last < 0.0)
    {
      add_term (staying, weight, r, alpha, gradient, hessian);
      return weight * staying->value;
    }

  leaving = log_a - log (b + last);
  of_b = b / (b + last);
  slope[B] = of_b;
  stays = 1.0 / (1.0 + exp (leaving - staying->value));
  add_term (staying, weight * stays, r, alpha, gradient, hessian);
  gradient[A] += weight * (1.0 - stays);
  gradient[B] -= weight * (1.0 - stays) * of_b;
  hessian[B * N_PARAMETERS + B] -= weight * (1.0 - stays) * of_b * (1.0 - of_b);

  for (guint i = 0; i < N_PARAMETERS; i++)
    for (guint j = i; j < N_PARAMETERS; j++)
      hessian[i * N_PARAMETERS + j] += weight * stays * (1.0 - stays) * slope[i] * slope[j];
  return weight * (MAX (staying->value, leaving) + log1p (exp (-fabs (staying->value - leaving))));
}

double
store_cnbd_add_common (const StorePurchaseLikelihood *likelihood,
                       const double                  *point,
                       double                        *gradient,
                       double                        *hessian)
{
  return store_purchase_likelihood_add_rates (likelihood, point, gradient, hessian) +
         store_purchase_likelihood_add_chances (likelihood, point, gradient, hessian);
}

double
store_cnbd_add_patterns (const StorePurchaseLikelihood *likelihood,
                         const double                  *point,
                         guint                          first,
                         guint                          end,
                         double                        *gradient,
                         double                        *hessian)
{
  const StorePurchasePatterns *patterns = likelihood->patterns;
  double r = exp (point[R]);
  double alpha = exp (point[ALPHA]);
  double b = exp (point[B]);
  double sum = 0.0;

  for (guint i = first; i < end; i++)
    {
      double shape = r + likelihood->k * patterns->x[i];
      double last_chance = patterns->x[i] + (likelihood->klass->first_chance ? 0.0 : -1.0);
      double t_x = patterns->t_x[i] / likelihood->time_unit;
      double T = patterns->T[i] / likelihood->time_unit;
      double weight = patterns->weight[i];
      StoreCnbdTerm pace;
      StoreCnbdTerm staying;

      find_pace (&pace, r, shape, alpha, t_x);
      add_term (&pace, weight, r, alpha, gradient, hessian);
      store_cnbd_find_staying (&staying, likelihood->k, shape, alpha, t_x, T);
      sum += weight * pace.value;
      sum += add_bracket (&staying, last_chance, weight, r, alpha, point[A], b, gradient, hessian);
    }
  return sum;
}
