/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-purchase-patterns.h"

G_BEGIN_DECLS

/**
 * StoreNbd:
 * @r: shape of the buying rates
 * @alpha: inverse scale of the buying rates, in weeks
 * @log_likelihood: of the fit, with times in weeks
 * @at_limit: whether a parameter rests on the limit of the search: all buy at one rate
 *
 * The NBD model: everybody buys at a rate of their own, and nobody leaves.
 */
typedef struct
{
  double r;
  double alpha;
  double log_likelihood;
  gboolean at_limit;
} StoreNbd;

gboolean store_nbd_fit           (StoreNbd                    *self,
                                  const StorePurchasePatterns *patterns,
                                  GError                     **error);
double   store_nbd_get_expected  (const StoreNbd              *self,
                                  double                       x,
                                  double                       T,
                                  double                       weeks);
double   store_nbd_get_p_at_most (const StoreNbd              *self,
                                  double                       x,
                                  double                       T,
                                  double                       weeks,
                                  guint                        purchases);

G_END_DECLS
