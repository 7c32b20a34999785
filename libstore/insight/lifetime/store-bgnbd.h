/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "store-purchase-patterns.h"

G_BEGIN_DECLS

/**
 * StoreBgnbdKind:
 * @STORE_BGNBD: a customer can leave after a repeat purchase only
 * @STORE_MBGNBD: a customer can leave after every purchase, the first one too
 *
 * Which of the two models.
 */
typedef enum
{
  STORE_BGNBD,
  STORE_MBGNBD,
} StoreBgnbdKind;

/**
 * StoreBgnbdBoundary:
 * @STORE_BGNBD_INSIDE: all four parameters are determined
 * @STORE_BGNBD_NOBODY_LEAVES: a is 0 and b has no meaning
 * @STORE_BGNBD_EQUAL_RATES: r and alpha grow without end: all buy at one rate
 * @STORE_BGNBD_EQUAL_LEAVING: a and b grow without end: all leave with one probability
 * @STORE_BGNBD_LOOSE: some other parameter rests on the limit of the search
 *
 * Where the best model lies. Outside of the inside, the scores are as good as any; single
 * parameters are not to be read.
 */
typedef enum
{
  STORE_BGNBD_INSIDE,
  STORE_BGNBD_NOBODY_LEAVES,
  STORE_BGNBD_EQUAL_RATES,
  STORE_BGNBD_EQUAL_LEAVING,
  STORE_BGNBD_LOOSE,
} StoreBgnbdBoundary;

/**
 * StoreBgnbd:
 * @kind: which model
 * @r: shape of the buying rates
 * @alpha: inverse scale of the buying rates, in weeks
 * @a: first parameter of the probability to leave
 * @b: second parameter of the probability to leave
 * @log_likelihood: of the fit, with times in weeks
 * @boundary: where the fit lies
 * @converged: whether the search ended by itself
 * @iterations: evaluations of the likelihood of all patterns
 *
 * The BG/NBD model of repeat purchases and its modified form.
 */
typedef struct
{
  StoreBgnbdKind kind;
  double r;
  double alpha;
  double a;
  double b;

  double log_likelihood;
  StoreBgnbdBoundary boundary;
  gboolean converged;
  guint iterations;
} StoreBgnbd;

gboolean    store_bgnbd_fit            (StoreBgnbd                  *self,
                                        StoreBgnbdKind               kind,
                                        const StorePurchasePatterns *patterns,
                                        GCancellable                *cancellable,
                                        GError                     **error);
double      store_bgnbd_differentiate  (StoreBgnbdKind               kind,
                                        const StorePurchasePatterns *patterns,
                                        const double                *log_parameters,
                                        double                      *gradient,
                                        double                      *hessian);

double      store_bgnbd_get_p_alive    (const StoreBgnbd            *self,
                                        double                       x,
                                        double                       t_x,
                                        double                       T);
double      store_bgnbd_get_expected   (const StoreBgnbd            *self,
                                        double                       x,
                                        double                       t_x,
                                        double                       T,
                                        double                       weeks);
void        store_bgnbd_expect_all     (const StoreBgnbd            *self,
                                        const StorePurchasePatterns *patterns,
                                        guint                        first,
                                        guint                        n,
                                        const double                *weeks,
                                        guint                        n_weeks,
                                        double                      *expected);
double      store_bgnbd_get_p_silence  (const StoreBgnbd            *self,
                                        double                       x,
                                        double                       t_x,
                                        double                       T);
const char *store_bgnbd_get_name       (StoreBgnbdKind               kind);
const char *store_bgnbd_describe       (const StoreBgnbd            *self);

G_END_DECLS
