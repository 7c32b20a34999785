/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store-bgnbd.h"

G_BEGIN_DECLS

#define N_PARAMETERS 4

enum { R, ALPHA, A, B };

/* The likelihood of the customers as a function of the logarithms of the parameters; with two
 * parameters, r and alpha, nobody leaves. */
typedef struct
{
  const StorePurchasePatterns *patterns;
  guint n_parameters;
  guint first_chance;
  double time_unit;
  double *more_than;
  guint n_more_than;
  GCancellable *cancellable;
} StoreBgnbdLikelihood;

void   store_bgnbd_likelihood_init     (StoreBgnbdLikelihood        *self,
                                        StoreBgnbdKind               kind,
                                        const StorePurchasePatterns *patterns,
                                        double                       time_unit,
                                        guint                        n_parameters);
void   store_bgnbd_likelihood_clear    (StoreBgnbdLikelihood        *self);
double store_bgnbd_likelihood_evaluate (const double                *point,
                                        double                      *gradient,
                                        double                      *hessian,
                                        gpointer                     data);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StoreBgnbdLikelihood, store_bgnbd_likelihood_clear)

G_END_DECLS
