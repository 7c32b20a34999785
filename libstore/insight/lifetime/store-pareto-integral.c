/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The integral of the Pareto/NBD likelihood, over its first term:
 *
 *   I = integral from t_x to T of  s ((alpha+T)/(alpha+t))^R ((beta+T)/(beta+t))^s / (beta+t) dt.
 *
 * The papers write it by hypergeometric functions that overflow and cancel. Here it is taken as it
 * stands, by Gauss and Legendre's rule in u = log (c + t), c the smaller of alpha and beta: all
 * terms are positive, and the derivatives by the parameters are integrals of the same kind. In u
 * the integrand is close to an exponential, analytic up to a distance of pi from the real line, so
 * the nodes that are needed follow from how far it falls and from how long the interval is; a few
 * more are taken. What lies beyond a fall by e^40 is left out: the logarithm of the integrand is
 * concave in u, so Newton's method finds that place from the far end without missing it. */

#include "config.h"

#include <math.h>

#include "store-pareto-integral.h"

#define MOST_NODES 48
#define FALL 40.0

/* Nodes and weights on 0 to 1. */
typedef struct
{
  guint n;
  double at[MOST_NODES];
  double weight[MOST_NODES];
} Rule;

static double
evaluate_legendre (guint   n,
                   double  z,
                   double *slope)
{
  double before = 1.0;
  double value = z;

  for (guint k = 2; k <= n; k++)
    {
      double next = ((2.0 * k - 1.0) * z * value - (k - 1.0) * before) / k;

      before = value;
      value = next;
    }
  *slope = n * (z * value - before) / (z * z - 1.0);
  return value;
}

/* By Newton's method on Legendre's polynomial. */
static void
rule_init (Rule  *self,
           guint  n)
{
  self->n = n;
  for (guint i = 0; i < n; i++)
    {
      double z = cos (G_PI * (i + 0.75) / (n + 0.5));
      double slope = 1.0;

      for (guint round = 0; round < 20; round++)
        z -= evaluate_legendre (n, z, &slope) / slope;
      evaluate_legendre (n, z, &slope);
      self->at[i] = (1.0 - z) / 2.0;
      self->weight[i] = 1.0 / ((1.0 - z * z) * slope * slope);
    }
}

static const Rule *
choose_rule (double fall,
             double length)
{
  static const guint sizes[] = { 8, 10, 12, 14, 16, 20, 24, 32, MOST_NODES };
  static Rule rules[G_N_ELEMENTS (sizes)];
  static gsize ready = 0;
  double wanted = 6.0 + 0.6 * MIN (fall, FALL) + 1.7 * length;
  guint i = 0;

  if (g_once_init_enter (&ready))
    {
      for (guint j = 0; j < G_N_ELEMENTS (sizes); j++)
        rule_init (&rules[j], sizes[j]);
      g_once_init_leave (&ready, 1);
    }
  while (i + 1 < G_N_ELEMENTS (sizes) && sizes[i] < wanted)
    i++;
  return &rules[i];
}

/* What all nodes of one integral share. */
typedef struct
{
  double r;
  double alpha;
  double s;
  double beta;
  double shape;
  double T;
  double base;
  double start;
  double length;
  double to_T_alpha;
  double to_T_beta;
  double scale;
  const Rule *rule;
} Range;

/* How far the logarithm of the integrand has fallen at @u from the start, and how steep it is. */
static double
find_fall (const Range *self,
           double       t_x,
           double       u,
           double      *slope)
{
  double grown = self->start * exp (u);
  double passed = self->start * expm1 (u);

  *slope = self->shape * grown / (self->alpha + t_x + passed) +
           (self->s + 1.0) * grown / (self->beta + t_x + passed) - 1.0;
  return self->shape * log1p (passed / (self->alpha + t_x)) +
         (self->s + 1.0) * log1p (passed / (self->beta + t_x)) - u;
}

static double
find_length (const Range *self,
             double       t_x)
{
  double u = log1p ((self->T - t_x) / self->start);
  double slope;
  double fall = find_fall (self, t_x, u, &slope);

  for (guint round = 0; round < 20 && fall > FALL + 1.0; round++)
    {
      u -= (fall - FALL) / slope;
      fall = find_fall (self, t_x, u, &slope);
    }
  return u;
}

static void
range_init (Range        *self,
            const double *parameters,
            double        x,
            double        t_x,
            double        T)
{
  self->r = parameters[R];
  self->alpha = parameters[ALPHA];
  self->s = parameters[S];
  self->beta = parameters[BETA];
  self->shape = self->r + x;
  self->T = T;
  self->base = MIN (self->alpha, self->beta);
  self->start = self->base + t_x;
  self->to_T_alpha = log1p ((T - t_x) / (self->alpha + t_x));
  self->to_T_beta = log1p ((T - t_x) / (self->beta + t_x));
  self->scale = self->shape * self->to_T_alpha + self->s * self->to_T_beta;
  self->length = find_length (self, t_x);
  self->rule = choose_rule (self->scale, self->length);
}

/* One node: the part of the integral, and how far it is to T on both scales. On the scale of the
 * base that is known; on the other it takes a logarithm. */
typedef struct
{
  double part;
  double of_alpha;
  double of_beta;
  double to_T_alpha;
  double to_T_beta;
} Node;

static inline void
find_node (Node        *self,
           const Range *range,
           guint        i)
{
  double passed = range->rule->at[i] * range->length;
  double grown = range->start * exp (passed);
  double t = grown - range->base;

  self->of_alpha = 1.0 / (range->alpha + t);
  self->of_beta = 1.0 / (range->beta + t);
  self->to_T_alpha = range->alpha <= range->beta ? range->to_T_alpha - passed
                                                 : log1p ((range->T - t) * self->of_alpha);
  self->to_T_beta = range->beta <= range->alpha ? range->to_T_beta - passed
                                                : log1p ((range->T - t) * self->of_beta);
  self->part = range->rule->weight[i] * range->length * grown * range->s * self->of_beta *
               exp (range->shape * self->to_T_alpha + range->s * self->to_T_beta - range->scale);
}

/* The logarithm of the integrand has simple derivatives, and the part is the weight. */
static void
add_node (StoreParetoIntegral *self,
          const Range         *range,
          const Node          *node,
          double               of_alpha_T,
          double               of_beta_T)
{
  double slope[N_PARAMETERS];
  double part = node->part;
  double alpha_step = of_alpha_T - node->of_alpha;
  double beta_step = of_beta_T - node->of_beta;

  slope[R] = node->to_T_alpha;
  slope[ALPHA] = range->shape * alpha_step;
  slope[S] = 1.0 / range->s + node->to_T_beta;
  slope[BETA] = range->s * beta_step - node->of_beta;

  self->left += part;
  for (guint i = 0; i < N_PARAMETERS; i++)
    {
      double weighted = part * slope[i];

      self->slope[i] += weighted;
      for (guint j = i; j < N_PARAMETERS; j++)
        self->curve[i * N_PARAMETERS + j] += weighted * slope[j];
    }
  self->curve[R * N_PARAMETERS + ALPHA] += part * alpha_step;
  self->curve[ALPHA * N_PARAMETERS + ALPHA] -= part * range->shape * alpha_step *
                                               (of_alpha_T + node->of_alpha);
  self->curve[S * N_PARAMETERS + S] -= part / (range->s * range->s);
  self->curve[S * N_PARAMETERS + BETA] += part * beta_step;
  self->curve[BETA * N_PARAMETERS + BETA] += part *
                                             (node->of_beta * node->of_beta -
                                              range->s * beta_step * (of_beta_T + node->of_beta));
}

/**
 * store_pareto_integral_evaluate:
 * @self: (out): the integral, without derivatives
 * @parameters: r, alpha, s, beta, all positive
 * @x: repeat purchases
 * @t_x: time from the first purchase to the last
 * @T: time from the first purchase to the cut
 */
void
store_pareto_integral_evaluate (StoreParetoIntegral *self,
                                const double        *parameters,
                                double               x,
                                double               t_x,
                                double               T)
{
  Range range;

  range_init (&range, parameters, x, t_x, T);
  self->scale = range.scale;
  self->left = 0.0;
  for (guint i = 0; i < range.rule->n; i++)
    {
      Node node;

      find_node (&node, &range, i);
      self->left += node.part;
    }
}

/**
 * store_pareto_integral_differentiate:
 * @self: (out): the integral with its derivatives
 * @parameters: r, alpha, s, beta, all positive
 * @x: repeat purchases
 * @t_x: time from the first purchase to the last
 * @T: time from the first purchase to the cut
 */
void
store_pareto_integral_differentiate (StoreParetoIntegral *self,
                                     const double        *parameters,
                                     double               x,
                                     double               t_x,
                                     double               T)
{
  double of_alpha_T = 1.0 / (parameters[ALPHA] + T);
  double of_beta_T = 1.0 / (parameters[BETA] + T);
  Range range;

  range_init (&range, parameters, x, t_x, T);
  *self = (StoreParetoIntegral) { .scale = range.scale };
  for (guint i = 0; i < range.rule->n; i++)
    {
      Node node;

      find_node (&node, &range, i);
      add_node (self, &range, &node, of_alpha_T, of_beta_T);
    }
}
