/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-logit.h"

G_BEGIN_DECLS

/* Rows a block of work: fixed, so that no sum depends on the number of threads. */
#define STORE_LOGIT_BLOCK 65536
#define STORE_LOGIT_N_BLOCKS(n) (((n) + STORE_LOGIT_BLOCK - 1) / STORE_LOGIT_BLOCK)

/* The rows, of which every @every-th counts, and the slopes of the constant and the standardised
 * columns that the search has reached. @triangles and @likelihoods are one a block. */
typedef struct
{
  const double *x;
  const double *y;
  guint n;
  guint p;
  guint every;
  double penalty;
  const double *means;
  const double *sds;
  const gboolean *is_left_out;
  double *slopes;
  double *triangles;
  double *likelihoods;
} StoreLogitSearch;

gboolean store_logit_search_pass (StoreLogitSearch  *self,
                                  double            *triangle,
                                  double            *likelihood,
                                  GCancellable      *cancellable,
                                  GError           **error);
gboolean store_logit_search_run  (StoreLogitSearch  *self,
                                  StoreLogit        *fit,
                                  double            *triangle,
                                  double             last_step,
                                  GCancellable      *cancellable,
                                  GError           **error);

G_END_DECLS
