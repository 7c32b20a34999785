/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-purchase-model.h"

G_BEGIN_DECLS

#define N_PARAMETERS STORE_PURCHASE_MODEL_PARAMETERS

/* The parameters by their place: rates, then leaving as a share of purchases or as a rate. */
enum
{
  R = 0,
  ALPHA = 1,
  A = 2,
  B = 3,
  S = 2,
  BETA = 3,
};

typedef struct _StorePurchaseLikelihood StorePurchaseLikelihood;

/**
 * StorePurchaseModelClass:
 * @name: as the command line and JSON have it
 * @label: as papers have it
 * @n_parameters: 2 or 4
 * @parameter_names: of these
 * @in_time: which of them are times
 * @first_chance: whether the first purchase is a chance to leave
 * @regular: whether k is more than 1
 * @discrete: whether times are occasions
 * @find_start: (nullable): one of the starts, with the mean T as the unit of time
 * @add_common: (nullable): what does not depend on single patterns
 * @add_patterns: what patterns from first to end add to the log-likelihood and to its derivatives by
 *   the logarithms of the parameters; of the second ones the upper half
 * @get_p_alive: probability that the customer has not left
 * @get_expected: purchases in the time to come
 * @get_p_active: probability of at least one of these
 * @get_p_silence: probability of no purchase since the last one
 * @expect_all: (nullable): as @get_expected for many patterns and times
 *
 * What one kind of model has of its own.
 */
typedef struct
{
  const char *name;
  const char *label;
  guint n_parameters;
  const char *parameter_names[N_PARAMETERS];
  gboolean in_time[N_PARAMETERS];
  gboolean first_chance;
  gboolean regular;
  gboolean discrete;

  void   (*find_start)    (const StorePurchasePatterns   *patterns,
                           guint                          k,
                           guint                          start,
                           double                        *point);
  double (*add_common)    (const StorePurchaseLikelihood *likelihood,
                           const double                  *point,
                           double                        *gradient,
                           double                        *hessian);
  double (*add_patterns)  (const StorePurchaseLikelihood *likelihood,
                           const double                  *point,
                           guint                          first,
                           guint                          end,
                           double                        *gradient,
                           double                        *hessian);
  double (*get_p_alive)   (const StorePurchaseModel      *model,
                           double                         x,
                           double                         t_x,
                           double                         T);
  double (*get_expected)  (const StorePurchaseModel      *model,
                           double                         x,
                           double                         t_x,
                           double                         T,
                           double                         weeks);
  double (*get_p_active)  (const StorePurchaseModel      *model,
                           double                         x,
                           double                         t_x,
                           double                         T,
                           double                         weeks);
  double (*get_p_silence) (const StorePurchaseModel      *model,
                           double                         x,
                           double                         t_x,
                           double                         T);
  void   (*expect_all)    (const StorePurchaseModel      *model,
                           const StorePurchasePatterns   *patterns,
                           guint                          first,
                           guint                          n,
                           const double                  *weeks,
                           guint                          n_weeks,
                           double                        *p_alive,
                           double                        *expected);
} StorePurchaseModelClass;

#define STORE_PURCHASE_MODEL_STARTS 4

extern const StorePurchaseModelClass store_bgnbd_class;
extern const StorePurchaseModelClass store_mbgnbd_class;
extern const StorePurchaseModelClass store_pareto_nbd_class;
extern const StorePurchaseModelClass store_bgcnbd_class;
extern const StorePurchaseModelClass store_mbgcnbd_class;
extern const StorePurchaseModelClass store_nbd_class;
extern const StorePurchaseModelClass store_bgbb_class;

const StorePurchaseModelClass *store_purchase_model_get_class (StorePurchaseModelKind kind);

G_END_DECLS
