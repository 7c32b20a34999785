/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "store-purchase-patterns.h"

G_BEGIN_DECLS

#define STORE_PURCHASE_MODEL_PARAMETERS 4
#define STORE_PURCHASE_MODEL_MAX_K 12

/**
 * StorePurchaseModelKind:
 * @STORE_BGNBD: a customer can leave after a repeat purchase only; r, alpha, a, b
 * @STORE_MBGNBD: a customer can leave after every purchase, the first one too; r, alpha, a, b
 * @STORE_PARETO_NBD: a customer can leave at any time; r, alpha, s, beta
 * @STORE_BGCNBD: as %STORE_BGNBD, for customers who buy regularly; r, alpha, a, b and k
 * @STORE_MBGCNBD: as %STORE_MBGNBD, for customers who buy regularly; r, alpha, a, b and k
 * @STORE_NBD: nobody leaves; r, alpha
 * @STORE_BGBB: purchases at fixed occasions; alpha, beta, gamma, delta
 *
 * The models of who buys again. Rates are Gamma(r, alpha) over the customers, with alpha in weeks;
 * the probability to leave after a purchase is Beta(a, b), the rate of leaving Gamma(s, beta).
 */
typedef enum
{
  STORE_BGNBD,
  STORE_MBGNBD,
  STORE_PARETO_NBD,
  STORE_BGCNBD,
  STORE_MBGCNBD,
  STORE_NBD,
  STORE_BGBB,
} StorePurchaseModelKind;

#define STORE_PURCHASE_MODEL_KINDS (STORE_BGBB + 1)

/**
 * StorePurchaseBoundary:
 * @STORE_BOUNDARY_INSIDE: all parameters are determined
 * @STORE_BOUNDARY_NOBODY_LEAVES: a (or s) is 0 and b (or beta) has no meaning
 * @STORE_BOUNDARY_EQUAL_RATES: r and alpha grow without end: all buy at one rate
 * @STORE_BOUNDARY_EQUAL_LEAVING: a and b (or s and beta) grow without end: all leave alike
 * @STORE_BOUNDARY_LOOSE: some other parameter rests on the limit of the search
 *
 * Where the best model lies. Outside of the inside, the scores are as good as any; single
 * parameters are not to be read.
 */
typedef enum
{
  STORE_BOUNDARY_INSIDE,
  STORE_BOUNDARY_NOBODY_LEAVES,
  STORE_BOUNDARY_EQUAL_RATES,
  STORE_BOUNDARY_EQUAL_LEAVING,
  STORE_BOUNDARY_LOOSE,
} StorePurchaseBoundary;

/**
 * StorePurchaseModel:
 * @kind: which model
 * @k: regularity, 1 for all kinds but %STORE_BGCNBD and %STORE_MBGCNBD
 * @occasion_weeks: weeks from one occasion to the next, for %STORE_BGBB; else 1
 * @parameters: in the order that %StorePurchaseModelKind names; those without meaning are 0
 * @covariance: 4 by 4, of the logarithms of the parameters; zero for what is not determined
 * @log_likelihood: of the fit, with times in weeks; for the kinds with k, that of the days between
 *   the purchases too
 * @boundary: where the fit lies
 * @converged: whether the search ended by itself
 * @iterations: evaluations of the likelihood of all patterns
 *
 * A model of repeat purchases with its parameters. A plain value: copy it as you like, and read it
 * on any thread. Times are in weeks, for %STORE_BGBB in occasions.
 */
typedef struct
{
  StorePurchaseModelKind kind;
  guint k;
  double occasion_weeks;
  double parameters[STORE_PURCHASE_MODEL_PARAMETERS];
  double covariance[STORE_PURCHASE_MODEL_PARAMETERS * STORE_PURCHASE_MODEL_PARAMETERS];

  double log_likelihood;
  StorePurchaseBoundary boundary;
  gboolean converged;
  guint iterations;
} StorePurchaseModel;

/**
 * StorePurchaseModelOptions:
 * @kind: which model
 * @k: regularity of the kinds that have one; 0 takes the likeliest
 * @occasion_weeks: for %STORE_BGBB, weeks from one occasion to the next
 * @sum_log_gaps: from store_purchase_model_sum_log_gaps(); needed where @k is 0
 * @known: (nullable): an earlier fit of the same kind, to begin at
 *
 * What to fit.
 */
typedef struct
{
  StorePurchaseModelKind kind;
  guint k;
  double occasion_weeks;
  double sum_log_gaps;
  const StorePurchaseModel *known;
} StorePurchaseModelOptions;

#define STORE_PURCHASE_MODEL_OPTIONS_INIT { STORE_MBGNBD, 0, 4.0, 0.0, NULL }

gboolean    store_purchase_model_fit                (StorePurchaseModel              *self,
                                                     const StorePurchaseModelOptions *options,
                                                     const StorePurchasePatterns     *patterns,
                                                     GCancellable                    *cancellable,
                                                     GError                         **error);
gboolean    store_purchase_model_fit_kind           (StorePurchaseModel              *self,
                                                     StorePurchaseModelKind           kind,
                                                     const StorePurchasePatterns     *patterns,
                                                     GCancellable                    *cancellable,
                                                     GError                         **error);
double      store_purchase_model_differentiate      (StorePurchaseModelKind           kind,
                                                     guint                            k,
                                                     const StorePurchasePatterns     *patterns,
                                                     const double                    *log_parameters,
                                                     double                          *gradient,
                                                     double                          *hessian);
double      store_purchase_model_test_score         (const StorePurchaseModel        *self,
                                                     const StorePurchasePatterns     *patterns,
                                                     double                          *statistic);

double      store_purchase_model_get_p_alive        (const StorePurchaseModel        *self,
                                                     double                           x,
                                                     double                           t_x,
                                                     double                           T);
double      store_purchase_model_get_expected       (const StorePurchaseModel        *self,
                                                     double                           x,
                                                     double                           t_x,
                                                     double                           T,
                                                     double                           weeks);
double      store_purchase_model_get_p_active       (const StorePurchaseModel        *self,
                                                     double                           x,
                                                     double                           t_x,
                                                     double                           T,
                                                     double                           weeks);
double      store_purchase_model_get_p_silence      (const StorePurchaseModel        *self,
                                                     double                           x,
                                                     double                           t_x,
                                                     double                           T);
void        store_purchase_model_expect_all         (const StorePurchaseModel        *self,
                                                     const StorePurchasePatterns     *patterns,
                                                     guint                            first,
                                                     guint                            n,
                                                     const double                    *weeks,
                                                     guint                            n_weeks,
                                                     double                          *p_alive,
                                                     double                          *expected);

guint       store_purchase_model_get_n_parameters   (StorePurchaseModelKind           kind);
const char *store_purchase_model_get_parameter_name (StorePurchaseModelKind           kind,
                                                     guint                            which);
const char *store_purchase_model_get_name           (StorePurchaseModelKind           kind);
const char *store_purchase_model_get_label          (StorePurchaseModelKind           kind);
gboolean    store_purchase_model_find_kind          (const char                      *name,
                                                     StorePurchaseModelKind          *kind);
const char *store_purchase_model_get_boundary_name  (const StorePurchaseModel        *self);
const char *store_purchase_model_describe           (const StorePurchaseModel        *self);

gboolean               store_purchase_model_needs_gaps    (StorePurchaseModelKind     kind);
double                 store_purchase_model_sum_log_gaps  (const StorePurchaseTable  *table);
StorePurchasePatterns *store_purchase_model_find_patterns (StorePurchaseModelKind     kind,
                                                           const StorePurchaseTable  *table,
                                                           double                     occasion_weeks);
double                 store_purchase_model_get_purchases_an_occasion
                                                          (const StorePurchaseTable  *table,
                                                           const StorePurchasePatterns *patterns);

G_END_DECLS
